//===- VerifyPlaces.cpp - Whether offsets stay where they belong ----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "InstructionVerifier.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd;
using namespace tasd::simulator;
using llvm::Error;
using llvm::Twine;

Error InstructionVerifier::verifyRevisits(llvm::ArrayRef<LoopId> loops) {
  for (LoopId loop : loops)
    if (llvm::none_of(open,
                      [&](const OpenLoop &each) { return each.id == loop; }))
      return fail("expected loops around it but got loop " + Twine(loop));
  return Error::success();
}

/// Offsets grow; with `size` elements behind the largest one has to stay within
/// `room`.
Error InstructionVerifier::verifyOffset(const Offset &offset, int64_t size,
                                        int64_t room) {
  double reach = size;
  for (const Offset::Summand &summand : offset.summands) {
    const auto *loop =
        llvm::find_if(llvm::ArrayRef(open), [&](const OpenLoop &each) {
          return each.id == summand.loop;
        });
    if (loop == llvm::ArrayRef(open).end())
      return fail("expected an offset of loops around it but got loop " +
                  Twine(summand.loop));
    if (summand.stride < 0 || summand.stride > kMaxExtent)
      return fail("expected a stride of at least 0 but got " +
                  Twine(summand.stride));
    reach += double(loop->bound - 1) * summand.stride;
  }
  if (reach > double(room))
    return fail("expected an offset with at most " + Twine(room) +
                " elements up to its end");
  return Error::success();
}

static int64_t getBatch(const Argument &argument) {
  if (const auto *packed = std::get_if<PackedArgument>(&argument))
    return packed->batch;
  return std::get<TensorArgument>(argument).batch.getExtent();
}

/// Rows and columns may pass the extents, as padding does.
Error InstructionVerifier::verifyOrigin(const TileOrigin &origin,
                                        ArgumentId argument) {
  if (Error error =
          verifyOffset(origin.batch, 1, getBatch(program.arguments[argument])))
    return error;
  if (Error error = verifyOffset(origin.row, 1, kMaxExtent))
    return error;
  return verifyOffset(origin.column, 1, kMaxExtent);
}

/// Sums stand in tensors of their own type.
Error InstructionVerifier::verifySums(ArgumentId argument) {
  if (!std::holds_alternative<TensorArgument>(program.arguments[argument]) ||
      getType(argument) != program.sumType)
    return fail("expected a tensor of " + getName(program.sumType) +
                " for sums");
  return Error::success();
}
