//===- Remarks.h - What passes decided about layers -------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every pass that decides something about a layer says so in a remark of the
// category `tasd`, named after the flag of the pass, with keys and values. MLIR
// drops them unless they are asked for, as by --remarks-filter=tasd.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_PASS_REMARKS_H
#define TASD_PASS_REMARKS_H

#include "mlir/IR/Operation.h"

#include <string>
#include <utility>

namespace mlir::tasd {

/// A key in snake_case, ending in its unit if it has one, and its value.
using RemarkArgument = std::pair<StringRef, std::string>;

/// Remarks what the pass with the flag `pass` does to `op`. The layer's name
/// comes first, where the location has one and `arguments` do not name it.
void remarkPassed(Operation *op, StringRef pass,
                  ArrayRef<RemarkArgument> arguments);

/// Remarks that the pass leaves `op` as it is; the arguments say why.
void remarkMissed(Operation *op, StringRef pass,
                  ArrayRef<RemarkArgument> arguments);

/// The same with the argument `reason`.
void remarkMissed(Operation *op, StringRef pass, StringRef reason);

/// Remarks what the pass found out about `op`.
void remarkAnalysis(Operation *op, StringRef pass,
                    ArrayRef<RemarkArgument> arguments);

/// What prints as `value`, for an argument.
template <typename T> std::string toRemarkValue(const T &value) {
  std::string text;
  llvm::raw_string_ostream(text) << value;
  return text;
}

} // namespace mlir::tasd

#endif // TASD_PASS_REMARKS_H
