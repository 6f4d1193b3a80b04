//===- PlanAttrs.cpp - Plans of operands and layers -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/IR/TASD.h"

#include "Along.h"

#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/SmallSet.h"

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Blocked dimensions
//===----------------------------------------------------------------------===//

ParseResult mlir::tasd::parseAlong(AsmParser &parser,
                                   SmallVectorImpl<int64_t> &along) {
  auto parseDim = [&] { return parser.parseInteger(along.emplace_back()); };
  return failure(
      parser.parseKeyword("along") ||
      parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parseDim));
}

LogicalResult
mlir::tasd::verifyAlong(function_ref<InFlightDiagnostic()> emitError,
                        ArrayRef<int64_t> along) {
  llvm::SmallSet<int64_t, 4> seen;
  for (int64_t dim : along)
    if (dim < 0 || !seen.insert(dim).second)
      return emitError() << "expected `along` to name distinct dimensions but "
                            "got ["
                         << along << "]";
  if (along.empty())
    return emitError() << "expected `along` to name a dimension but got none";
  return success();
}

//===----------------------------------------------------------------------===//
// OperandPlanAttr
//===----------------------------------------------------------------------===//

LogicalResult
OperandPlanAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                        SeriesAttr series, ArrayRef<int64_t> along,
                        DecomposeTime time) {
  return verifyAlong(emitError, along); // operand_plan_c1
}

FailureOr<OperandPlanAttr> OperandPlanAttr::parseBare(AsmParser &parser) {
  FailureOr<SeriesAttr> series = SeriesAttr::parseBare(parser);
  if (failed(series))
    return failure();
  SMLoc loc = parser.getCurrentLocation();
  SmallVector<int64_t> along;
  FailureOr<DecomposeTime> time = failure();
  if (parseAlong(parser, along) || parser.parseKeyword("at") ||
      failed(time = FieldParser<DecomposeTime>::parse(parser)))
    return failure();
  auto plan = getChecked([&] { return parser.emitError(loc); },
                         parser.getContext(), *series, ArrayRef(along), *time);
  if (!plan)
    return failure();
  return plan;
}

void OperandPlanAttr::printBare(AsmPrinter &printer) const {
  printer << getSeries().getText() << " along [" << getAlong() << "] at "
          << stringifyDecomposeTime(getTime());
}

Attribute OperandPlanAttr::parse(AsmParser &parser, Type) {
  if (parser.parseLess())
    return {};
  FailureOr<OperandPlanAttr> plan = parseBare(parser);
  if (failed(plan) || parser.parseGreater())
    return {};
  return *plan;
}

void OperandPlanAttr::print(AsmPrinter &printer) const {
  printer << "<";
  printBare(printer);
  printer << ">";
}

//===----------------------------------------------------------------------===//
// MappingAttr
//===----------------------------------------------------------------------===//

LogicalResult MappingAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                  StringAttr machine, int64_t a,
                                  ArrayRef<StringAttr> levels) {
  if (machine.empty()) // mapping_c1
    return emitError() << "expected the name of a machine but got none";
  if (a != 0 && a != 1) // mapping_c2
    return emitError() << "expected operand A to be input 0 or 1 but got " << a;
  if (levels.empty()) // mapping_c3
    return emitError() << "expected a line for each level but got none";
  for (StringAttr level : levels)
    if (level.empty() || level.getValue().contains('\n')) // mapping_c3
      return emitError() << "expected one line for a level but got " << level;
  return success();
}

FailureOr<MappingAttr>
MappingAttr::parseText(StringAttr machine, int64_t a, StringRef text,
                       function_ref<InFlightDiagnostic()> emitError) {
  SmallVector<StringAttr> levels;
  for (StringRef line : llvm::split(text, '\n'))
    if (!line.trim().empty())
      levels.push_back(StringAttr::get(machine.getContext(), line));
  auto mapping =
      getChecked(emitError, machine.getContext(), machine, a, ArrayRef(levels));
  if (!mapping)
    return failure();
  return mapping;
}

std::string MappingAttr::getText() const {
  std::string text;
  for (StringAttr level : getLevels())
    (text += level.getValue()) += '\n';
  return text;
}

//===----------------------------------------------------------------------===//
// PlanAttr
//===----------------------------------------------------------------------===//

LogicalResult PlanAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                               ArrayRef<OperandPlanAttr> inputs,
                               MappingAttr mapping) {
  if (!mapping)
    return success();
  auto hasSeries = [&](size_t input) {
    return input < inputs.size() && inputs[input];
  };
  if (hasSeries(1 - mapping.getA()) && !hasSeries(mapping.getA())) // plan_c5
    return emitError() << "expected operand A of the mapping to be input "
                       << 1 - mapping.getA() << ", which has a series, but got "
                       << mapping.getA();
  return success();
}

PlanAttr PlanAttr::withMapping(MappingAttr mapping) const {
  return get(getContext(), getInputs(), mapping);
}

bool PlanAttr::isDense() const {
  return llvm::none_of(getInputs(), [](OperandPlanAttr plan) -> bool {
    return static_cast<bool>(plan);
  });
}

/// Parses the mapping, or the plan of one input, null where dense.
static ParseResult parseEntry(AsmParser &parser,
                              SmallVectorImpl<OperandPlanAttr> &inputs,
                              MappingAttr &mapping) {
  if (mapping)
    return parser.emitError(parser.getCurrentLocation(),
                            "expected nothing after the mapping");
  if (succeeded(parser.parseOptionalKeyword("mapping"))) {
    if (parser.parseEqual())
      return failure();
    mapping = dyn_cast_if_present<MappingAttr>(MappingAttr::parse(parser, {}));
    return success(static_cast<bool>(mapping));
  }
  if (succeeded(parser.parseOptionalKeyword("dense"))) {
    inputs.push_back(nullptr);
    return success();
  }
  FailureOr<OperandPlanAttr> plan = OperandPlanAttr::parseBare(parser);
  if (succeeded(plan))
    inputs.push_back(*plan);
  return success(succeeded(plan));
}

Attribute PlanAttr::parse(AsmParser &parser, Type) {
  SmallVector<OperandPlanAttr> inputs;
  MappingAttr mapping;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::LessGreater, [&] {
        return parseEntry(parser, inputs, mapping);
      }))
    return {};
  return getChecked([&] { return parser.emitError(loc); }, parser.getContext(),
                    ArrayRef(inputs), mapping);
}

void PlanAttr::print(AsmPrinter &printer) const {
  printer << "<";
  llvm::interleaveComma(getInputs(), printer, [&](OperandPlanAttr plan) {
    if (plan)
      plan.printBare(printer);
    else
      printer << "dense";
  });
  if (getMapping()) {
    printer << (getInputs().empty() ? "" : ", ") << "mapping = ";
    getMapping().print(printer);
  }
  printer << ">";
}
