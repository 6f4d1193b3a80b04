//===- ProgramWriter.h - The text of a program, op by op --------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_DIFFERENTIAL_PROGRAMWRITER_H
#define TASD_UNITTESTS_DIFFERENTIAL_PROGRAMWRITER_H

#include "Program.h"
#include "Random.h"

namespace tasd::differential {

/// "tensor<4x8xf32>"; negative extents are dynamic.
std::string getTypeText(llvm::ArrayRef<int64_t> shape, llvm::StringRef element);
std::string getTypeText(const Tensor &tensor);
/// "[1, 2, 3]".
std::string getListText(llvm::ArrayRef<int64_t> values);

/// A value and its type.
struct TypedValue {
  std::string name, type;
};

/// Collects the parts of a program; values are named in order.
class ProgramWriter {
public:
  explicit ProgramWriter(Program &program) : program(program) {}

  TypedValue addArgument(std::string type, Tensor tensor);
  /// An op with one result; `text` is what follows the equals sign.
  TypedValue addOp(const llvm::Twine &text, std::string type);
  void addResult(const TypedValue &value) { results.push_back(value); }

  /// A constant with the elements of `tensor`, in one of the ways that
  /// constants can be written, perhaps behind other ops.
  TypedValue addConstant(const Tensor &tensor, Random &random);

  /// Puts the parts together in the program.
  void finish();

private:
  friend class ConstantWriter;

  Program &program;
  std::vector<TypedValue> arguments, results;
  std::string globals, body;
  int64_t numValues = 0;
};

} // namespace tasd::differential

#endif // TASD_UNITTESTS_DIFFERENTIAL_PROGRAMWRITER_H
