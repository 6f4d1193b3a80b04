//===- ProgramWriter.cpp - The text of a program, op by op ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProgramWriter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace tasd::differential;
using llvm::ArrayRef;

std::string tasd::differential::getTypeText(ArrayRef<int64_t> shape,
                                            llvm::StringRef element) {
  std::string text = "tensor<";
  for (int64_t extent : shape)
    text += (extent < 0 ? "?" : std::to_string(extent)) + "x";
  return text + element.str() + ">";
}

std::string tasd::differential::getTypeText(const Tensor &tensor) {
  return getTypeText(tensor.shape, tensor.format.getName());
}

std::string tasd::differential::getListText(ArrayRef<int64_t> values) {
  return "[" +
         llvm::join(llvm::map_range(
                        values, [](int64_t v) { return std::to_string(v); }),
                    ", ") +
         "]";
}

TypedValue ProgramWriter::addArgument(std::string type, Tensor tensor) {
  program.inputs.push_back(std::move(tensor));
  arguments.push_back({"%arg" + std::to_string(arguments.size()), type});
  return arguments.back();
}

TypedValue ProgramWriter::addOp(const llvm::Twine &text, std::string type) {
  std::string name = "%" + std::to_string(numValues++);
  body += "  " + name + " = " + text.str() + "\n";
  return {name, type};
}

static std::string join(ArrayRef<TypedValue> values,
                        std::string (*print)(const TypedValue &)) {
  return llvm::join(llvm::map_range(values, print), ", ");
}

void ProgramWriter::finish() {
  auto getType = [](const TypedValue &value) { return value.type; };
  auto getName = [](const TypedValue &value) { return value.name; };
  auto getBoth = [](const TypedValue &value) {
    return value.name + ": " + value.type;
  };
  std::string types = join(results, getType);
  program.text = globals + "func.func @" + program.name + "(" +
                 join(arguments, getBoth) + ") -> (" + types + ") {\n" + body +
                 "  return " + join(results, getName) + " : " + types + "\n}\n";
}

bool Program::isEligible() const {
  return !isComposition() &&
         llvm::any_of(layers, [](const ExpectedLayer &layer) {
           return layer.isPlanned();
         });
}

std::string Program::getModuleText() const {
  std::string module = text;
  if (resources.empty())
    return module;
  module += "{-#\n  dialect_resources: {\n    builtin: {\n";
  for (auto [i, resource] : llvm::enumerate(resources))
    module += "      " + resource.first + ": \"0x" + resource.second +
              (i + 1 == resources.size() ? "\"\n" : "\",\n");
  return module + "    }\n  }\n#-}\n";
}
