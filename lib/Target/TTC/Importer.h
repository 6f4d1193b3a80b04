//===- Importer.h - Programs into IR, op by op ------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_TARGET_TTC_IMPORTER_H
#define TASD_LIB_TARGET_TTC_IMPORTER_H

#include "tasd/Target/TTC/Translation.h"

namespace mlir::ttc {

/// The attribute or type of valid parameters; null, with an error, of others.
template <typename T, typename... Params>
T getIfValid(function_ref<InFlightDiagnostic()> emitError, MLIRContext *context,
             const Params &...params) {
  if (failed(T::verifyInvariants(emitError, params...)))
    return {};
  return T::get(context, params...);
}

/// Builds the ops of a program. Methods that fail have reported why.
class Importer {
public:
  Importer(OpBuilder &builder, Location loc, const simulator::Program &program)
      : builder(builder), context(builder.getContext()), loc(loc),
        program(program) {}

  FailureOr<ProgramOp> run();

private:
  LogicalResult declare();
  LogicalResult declareArgument(const simulator::TensorArgument &argument);
  LogicalResult declareArgument(const simulator::PackedArgument &argument);
  LogicalResult declareRing(const simulator::Ring &ring);
  LogicalResult declareTokens();
  LogicalResult importInstructions();

  LogicalResult visit(const simulator::LoopBegin &begin);
  LogicalResult visit(const simulator::LoopEnd &end);
  LogicalResult visit(const simulator::Load &load);
  LogicalResult visit(const simulator::Acquire &acquire);
  LogicalResult visit(const simulator::Release &release);
  LogicalResult visit(const simulator::Begin &begin);
  LogicalResult visit(const simulator::End &end);
  LogicalResult visit(const simulator::Decompose &decompose);
  LogicalResult visit(const simulator::Multiply &multiply);
  LogicalResult visit(const simulator::Store &store);
  LogicalResult visit(const simulator::Signal &signal);
  LogicalResult visit(const simulator::Wait &wait);

  InFlightDiagnostic emitError();

  FailureOr<Value> get(ArrayRef<Value> values, uint32_t id, StringRef what);
  FailureOr<Value> getArgument(simulator::ArgumentId id) {
    return get(arguments, id, "argument");
  }
  FailureOr<Value> getRing(simulator::RingId id) {
    return get(rings, id, "ring");
  }
  FailureOr<Value> getUnit(std::optional<simulator::RingId> id);
  /// What the array or a channel holds of a ring: a tile or accumulators.
  FailureOr<Value> getHeld(simulator::RingId id);
  FailureOr<SmallVector<Value>> getCounters(ArrayRef<simulator::LoopId> loops);
  FailureOr<Place> getPlace(ArrayRef<const simulator::Offset *> offsets);
  FailureOr<Place> getPlace(const simulator::TileOrigin &origin, bool isInTile);
  FailureOr<std::pair<Value, Place>>
  getInput(const simulator::InputSource &source);
  FailureOr<std::pair<Value, Place>> getTerms();
  FailureOr<mlir::tasd::SeriesAttr> parseSeries(StringRef text);

  OpBuilder &builder;
  MLIRContext *context;
  Location loc;
  const simulator::Program &program;
  SmallVector<Value> arguments, rings, tokens;
  /// Of each ring, null where nothing is held.
  SmallVector<Value> held;
  /// Of each loop that was begun.
  SmallVector<Value> counters;
  /// The loops around the next instruction.
  SmallVector<LoopOp> loops;
  /// The last ones, null before.
  Value terms;
  /// The number of the instruction, for messages.
  size_t position = 0;
};

} // namespace mlir::ttc

#endif // TASD_LIB_TARGET_TTC_IMPORTER_H
