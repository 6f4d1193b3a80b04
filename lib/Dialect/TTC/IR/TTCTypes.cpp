//===- TTCTypes.cpp - Arguments, rings and what is in them ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TTC/IR/TTC.h"

#include "Limits.h"

#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::ttc;
using ::tasd::sparsity::ElementType;

/// The extents of a matrix, as in `64x128`.
static ParseResult parseExtents(AsmParser &parser, int64_t &rows,
                                int64_t &columns) {
  SmallVector<int64_t> extents;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseDimensionList(extents, /*allowDynamic=*/false,
                                /*withTrailingX=*/false))
    return failure();
  if (extents.size() != 2)
    return parser.emitError(loc, "expected 2 extents but got ")
           << extents.size();
  rows = extents[0];
  columns = extents[1];
  return success();
}

static void printExtents(AsmPrinter &printer, int64_t rows, int64_t columns) {
  printer.printDimensionList({rows, columns});
}

#define GET_TYPEDEF_CLASSES
#include "tasd/Dialect/TTC/IR/TTCTypes.cpp.inc"

void TTCDialect::registerTypes() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "tasd/Dialect/TTC/IR/TTCTypes.cpp.inc"
      >();
}

//===----------------------------------------------------------------------===//
// Element types
//===----------------------------------------------------------------------===//

std::optional<ElementType> mlir::ttc::getElementType(Type type) {
  auto integer = dyn_cast<IntegerType>(type);
  if (!integer)
    return mlir::tasd::getSparsityElementType(type, /*isUnsigned=*/false);
  if (integer.isSignless())
    return std::nullopt;
  return mlir::tasd::getSparsityElementType(
      IntegerType::get(type.getContext(), integer.getWidth()),
      integer.isUnsigned());
}

Type mlir::ttc::getType(MLIRContext *context, ElementType type) {
  switch (type) {
  case ElementType::F64:
    return Float64Type::get(context);
  case ElementType::F32:
    return Float32Type::get(context);
  case ElementType::F16:
    return Float16Type::get(context);
  case ElementType::BF16:
    return BFloat16Type::get(context);
  case ElementType::F8E4M3FN:
    return Float8E4M3FNType::get(context);
  case ElementType::SI32:
    return IntegerType::get(context, 32, IntegerType::Signed);
  case ElementType::UI32:
    return IntegerType::get(context, 32, IntegerType::Unsigned);
  case ElementType::SI8:
    return IntegerType::get(context, 8, IntegerType::Signed);
  case ElementType::UI8:
    return IntegerType::get(context, 8, IntegerType::Unsigned);
  case ElementType::SI64:
    return IntegerType::get(context, 64, IntegerType::Signed);
  }
  llvm_unreachable("unknown element type");
}

/// The type of elements in host code, whose integers have no sign.
static Type getHostElementType(Type type) {
  auto integer = dyn_cast<IntegerType>(type);
  return integer ? IntegerType::get(type.getContext(), integer.getWidth())
                 : type;
}

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

/// Checks the shape and element type of an argument.
static LogicalResult
verifyArgument(function_ref<InFlightDiagnostic()> emitError,
               ArrayRef<int64_t> shape, Type elementType) {
  if (!getElementType(elementType)) // tensor_c1, packed_c2
    return emitError() << "expected an element type of f64, f32, f16, bf16, "
                          "f8E4M3FN, si32, ui32, si8 or ui8 but got "
                       << elementType;
  if (llvm::any_of(shape, [](int64_t extent) { return extent < 0; }) ||
      !multiplyExtents(shape)) // tensor_c2, packed_c1
    return emitError() << "expected static extents with a product of at most "
                          "2^48 but got ["
                       << shape << "]";
  return success();
}

LogicalResult
TensorArgumentType::verify(function_ref<InFlightDiagnostic()> emitError,
                           ArrayRef<int64_t> shape, Type elementType) {
  return verifyArgument(emitError, shape, elementType);
}

LogicalResult
PackedArgumentType::verify(function_ref<InFlightDiagnostic()> emitError,
                           ArrayRef<int64_t> shape, Type elementType,
                           mlir::tasd::SeriesAttr series) {
  if (shape.size() != 3) // packed_c1
    return emitError() << "expected 3 extents but got " << shape.size();
  if (series.getSelection() || !series.hasFixedSize()) // packed_c3
    return emitError() << "expected a series with a packed form of fixed size "
                          "and no parameters of its selection but got "
                       << series.getText();
  return verifyArgument(emitError, shape, elementType);
}

/// Checks the extents of tiles and the like.
static LogicalResult verifyExtents(function_ref<InFlightDiagnostic()> emitError,
                                   int64_t rows, int64_t columns) {
  if (rows < 1 || columns < 1 || !multiplyExtents(ArrayRef{rows, columns}))
    return emitError() << "expected positive extents with a product of at most "
                          "2^48 but got "
                       << rows << "x" << columns;
  return success();
}

LogicalResult RingType::verify(function_ref<InFlightDiagnostic()> emitError,
                               Operand, int64_t rows, int64_t columns) {
  return verifyExtents(emitError, rows, columns); // ring_type_c1
}

LogicalResult TileType::verify(function_ref<InFlightDiagnostic()> emitError,
                               Operand, int64_t rows, int64_t columns) {
  return verifyExtents(emitError, rows, columns); // tile_c1
}

LogicalResult
AccumulatorsType::verify(function_ref<InFlightDiagnostic()> emitError,
                         int64_t rows, int64_t columns) {
  return verifyExtents(emitError, rows, columns); // accumulators_c1
}

LogicalResult TermsType::verify(function_ref<InFlightDiagnostic()> emitError,
                                int64_t rows, int64_t columns) {
  return verifyExtents(emitError, rows, columns); // terms_c1
}

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

Type TensorArgumentType::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  SmallVector<int64_t> shape;
  Type elementType;
  if (parser.parseLess() ||
      parser.parseDimensionList(shape, /*allowDynamic=*/false) ||
      parser.parseType(elementType) || parser.parseGreater())
    return {};
  return getChecked([&] { return parser.emitError(loc); }, parser.getContext(),
                    shape, elementType);
}

/// Prints `8x16xf32`.
static void printShapeAndType(AsmPrinter &printer, ArrayRef<int64_t> shape,
                              Type elementType) {
  for (int64_t extent : shape)
    printer << extent << "x";
  printer << elementType;
}

void TensorArgumentType::print(AsmPrinter &printer) const {
  printer << "<";
  printShapeAndType(printer, getShape(), getElementType());
  printer << ">";
}

RankedTensorType TensorArgumentType::getHostType() const {
  return RankedTensorType::get(getShape(),
                               getHostElementType(getElementType()));
}

Type PackedArgumentType::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  SmallVector<int64_t> shape;
  Type elementType;
  if (parser.parseLess() ||
      parser.parseDimensionList(shape, /*allowDynamic=*/false) ||
      parser.parseType(elementType) || parser.parseComma())
    return {};
  FailureOr<mlir::tasd::SeriesAttr> series =
      mlir::tasd::SeriesAttr::parseBare(parser);
  if (failed(series) || parser.parseGreater())
    return {};
  return getChecked([&] { return parser.emitError(loc); }, parser.getContext(),
                    shape, elementType, *series);
}

void PackedArgumentType::print(AsmPrinter &printer) const {
  printer << "<";
  printShapeAndType(printer, getShape(), getElementType());
  printer << ", " << getSeries().getText() << ">";
}

SmallVector<RankedTensorType> PackedArgumentType::getHostTypes() const {
  ArrayRef<int64_t> shape = getShape();
  return mlir::tasd::SeriesType::get(
             getContext(), {shape[0] * shape[1], shape[2]},
             getHostElementType(getElementType()), getSeries(), /*along=*/{1})
      .getComponentTypes();
}
