//===- ImportDeclarations.cpp - Arguments, rings and tokens ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Importer.h"

using namespace mlir;
using namespace mlir::ttc;

/// The digits of an axis; null, with an error, if one cannot be.
static FailureOr<SmallVector<DigitAttr>>
importAxis(function_ref<InFlightDiagnostic()> emitError, MLIRContext *context,
           const simulator::Axis &axis) {
  SmallVector<DigitAttr> digits;
  for (simulator::Digit digit : axis.digits) {
    auto attr = getIfValid<DigitAttr>(emitError, context, digit.extent,
                                      digit.dimension, digit.scale);
    if (!attr)
      return failure();
    digits.push_back(attr);
  }
  return digits;
}

/// Null where all coordinates are there.
static DenseI64ArrayAttr importGathered(MLIRContext *context,
                                        const simulator::Axis &axis) {
  if (axis.gathered.empty())
    return nullptr;
  return DenseI64ArrayAttr::get(context, axis.gathered);
}

LogicalResult
Importer::declareArgument(const simulator::TensorArgument &argument) {
  auto emit = [&] { return emitError(); };
  FailureOr<SmallVector<DigitAttr>> batch =
      importAxis(emit, context, argument.batch);
  FailureOr<SmallVector<DigitAttr>> rows =
      importAxis(emit, context, argument.rows);
  FailureOr<SmallVector<DigitAttr>> columns =
      importAxis(emit, context, argument.columns);
  if (failed(batch) || failed(rows) || failed(columns))
    return failure();
  auto axes = getIfValid<AxesAttr>(emit, context, *batch, *rows, *columns,
                                   importGathered(context, argument.rows),
                                   importGathered(context, argument.columns));
  auto type = getIfValid<TensorArgumentType>(
      emit, context, argument.shape, ttc::getType(context, argument.type));
  if (!axes || !type)
    return failure();
  arguments.push_back(ArgumentOp::create(builder, loc, type, argument.name,
                                         axes, APFloat(argument.density)));
  return success();
}

LogicalResult
Importer::declareArgument(const simulator::PackedArgument &argument) {
  FailureOr<mlir::tasd::SeriesAttr> series = parseSeries(argument.series);
  if (failed(series))
    return failure();
  auto type = getIfValid<PackedArgumentType>(
      [&] { return emitError(); }, context,
      ArrayRef{argument.batch, argument.rows, argument.columns},
      ttc::getType(context, argument.type), *series);
  if (!type)
    return failure();
  arguments.push_back(ArgumentOp::create(builder, loc, type, argument.name,
                                         AxesAttr(), APFloat(1.0)));
  return success();
}

LogicalResult Importer::declareRing(const simulator::Ring &ring) {
  auto type = getIfValid<RingType>([&] { return emitError(); }, context,
                                   static_cast<Operand>(ring.operand),
                                   ring.rows, ring.columns);
  if (!type)
    return failure();
  rings.push_back(
      RingOp::create(builder, loc, type, ring.name, ring.level, ring.numSlots));
  return success();
}

/// A number without tokens behind it is believed no further than this.
LogicalResult Importer::declareTokens() {
  if (program.numTokens > program.instructions.size())
    return emitError() << "expected at most one token for each of "
                       << program.instructions.size()
                       << " instructions but got " << program.numTokens;
  for (uint32_t i = 0; i < program.numTokens; ++i)
    tokens.push_back(TokenOp::create(builder, loc));
  return success();
}
