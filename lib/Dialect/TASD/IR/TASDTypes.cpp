//===- TASDTypes.cpp - The series type ------------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/IR/TASD.h"

#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/SmallSet.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::tasd;

#define GET_TYPEDEF_CLASSES
#include "tasd/Dialect/TASD/IR/TASDTypes.cpp.inc"

void TASDDialect::registerTypes() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "tasd/Dialect/TASD/IR/TASDTypes.cpp.inc"
      >();
}

std::optional<sparsity::ElementType>
mlir::tasd::getSparsityElementType(Type type, bool isUnsigned) {
  using sparsity::ElementType;
  if (type.isF64())
    return ElementType::F64;
  if (type.isF32())
    return ElementType::F32;
  if (type.isF16())
    return ElementType::F16;
  if (type.isBF16())
    return ElementType::BF16;
  if (isa<Float8E4M3FNType>(type))
    return ElementType::F8E4M3FN;
  if (type.isSignlessInteger(32))
    return isUnsigned ? ElementType::UI32 : ElementType::SI32;
  if (type.isSignlessInteger(8))
    return isUnsigned ? ElementType::UI8 : ElementType::SI8;
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Verification and assembly
//===----------------------------------------------------------------------===//

/// Sizes of components are computed in 64 bits, with room for 64-bit elements
/// and for indices of a ragged block: shapes stay below this.
static constexpr int64_t kMaxElements = int64_t(1) << 48;

/// Whether the static extents span more elements than a series can have.
static bool isTooLarge(ArrayRef<int64_t> shape) {
  int64_t elements = 1;
  for (int64_t extent : shape)
    if (!ShapedType::isDynamic(extent) && extent != 0 &&
        (llvm::MulOverflow(elements, extent, elements) ||
         elements > kMaxElements))
      return true;
  return false;
}

LogicalResult SeriesType::verify(function_ref<InFlightDiagnostic()> emitError,
                                 ArrayRef<int64_t> shape, Type elementType,
                                 SeriesAttr series, ArrayRef<int64_t> along) {
  if (series.getSelection()) // series_type_c5
    return emitError() << "expected what is stored, "
                       << series.getStored().getText() << ", but got "
                       << series.getText();
  return verifyBlockedTensor(emitError, shape, elementType, along);
}

LogicalResult
mlir::tasd::verifyBlockedTensor(function_ref<InFlightDiagnostic()> emitError,
                                ArrayRef<int64_t> shape, Type elementType,
                                ArrayRef<int64_t> along) {
  if (along.empty()) // series_type_c1
    return emitError() << "expected `along` to name a dimension but got none";
  llvm::SmallSet<int64_t, 4> seen;
  for (int64_t dim : along) {
    if (dim < 0 || dim >= static_cast<int64_t>(shape.size()) ||
        !seen.insert(dim).second) // series_type_c1
      return emitError()
             << "expected `along` to name distinct dimensions below "
             << shape.size() << " but got [" << along << "]";
    if (ShapedType::isDynamic(shape[dim])) // series_type_c2
      return emitError() << "expected a static extent along blocked dimension "
                         << dim;
  }
  if (isTooLarge(shape)) // series_type_c4
    return emitError() << "expected a shape of at most 2^48 elements but got ["
                       << shape << "]";
  if (!getSparsityElementType(elementType,
                              /*isUnsigned=*/false)) // series_type_c3
    return emitError() << "expected an element type of f64, f32, f16, bf16, "
                          "f8E4M3FN, i32 or i8 but got "
                       << elementType;
  return success();
}

Type SeriesType::parse(AsmParser &parser) {
  SmallVector<int64_t> shape, along;
  Type elementType;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess() || parser.parseDimensionList(shape) ||
      parser.parseType(elementType) || parser.parseComma())
    return {};
  FailureOr<SeriesAttr> series = SeriesAttr::parseBare(parser);
  auto parseDim = [&] { return parser.parseInteger(along.emplace_back()); };
  if (failed(series) || parser.parseComma() || parser.parseKeyword("along") ||
      parser.parseEqual() ||
      parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parseDim) ||
      parser.parseGreater())
    return {};
  return getChecked([&] { return parser.emitError(loc); }, parser.getContext(),
                    shape, elementType, *series, along);
}

void SeriesType::print(AsmPrinter &printer) const {
  printer << "<";
  printer.printDimensionList(getShape());
  printer << "x" << getElementType() << ", " << getSeries().getText()
          << ", along = [" << getAlong() << "]>";
}

//===----------------------------------------------------------------------===//
// ShapedType
//===----------------------------------------------------------------------===//

bool SeriesType::hasRank() const { return true; }

ShapedType SeriesType::cloneWith(std::optional<ArrayRef<int64_t>> shape,
                                 Type elementType) const {
  return get(getContext(), shape.value_or(getShape()), elementType, getSeries(),
             getAlong());
}

//===----------------------------------------------------------------------===//
// Derived types
//===----------------------------------------------------------------------===//

SeriesType SeriesType::get(RankedTensorType tensorType, SeriesAttr series,
                           ArrayRef<int64_t> along) {
  return get(tensorType.getContext(), tensorType.getShape(),
             tensorType.getElementType(), series, along);
}

RankedTensorType SeriesType::getTensorType() const {
  return RankedTensorType::get(getShape(), getElementType());
}

sparsity::BlockedShape SeriesType::getBlockedShape() const {
  sparsity::BlockedShape blocked;
  blocked.shape.assign(getShape().begin(), getShape().end());
  blocked.along.assign(getAlong().begin(), getAlong().end());
  return blocked;
}

/// The builtin type of a component's element type. Components are bit fields,
/// counts or values: their integers are signless.
static Type getBuiltinType(MLIRContext *context,
                           std::optional<sparsity::ElementType> type,
                           Type tensorElementType) {
  if (!type)
    return tensorElementType;
  switch (*type) {
  case sparsity::ElementType::F64:
    return Float64Type::get(context);
  case sparsity::ElementType::F32:
    return Float32Type::get(context);
  case sparsity::ElementType::F16:
    return Float16Type::get(context);
  case sparsity::ElementType::BF16:
    return BFloat16Type::get(context);
  case sparsity::ElementType::F8E4M3FN:
    return Float8E4M3FNType::get(context);
  case sparsity::ElementType::SI64:
    return IntegerType::get(context, 64);
  case sparsity::ElementType::SI32:
  case sparsity::ElementType::UI32:
    return IntegerType::get(context, 32);
  case sparsity::ElementType::SI8:
  case sparsity::ElementType::UI8:
    return IntegerType::get(context, 8);
  }
  llvm_unreachable("unknown element type");
}

RankedTensorType
mlir::tasd::getComponentType(const sparsity::PackedComponent &component,
                             Type tensorElementType) {
  return RankedTensorType::get(component.shape,
                               getBuiltinType(tensorElementType.getContext(),
                                              component.elementType,
                                              tensorElementType));
}

SmallVector<RankedTensorType> SeriesType::getComponentTypes() const {
  SmallVector<RankedTensorType> types;
  sparsity::BlockedShape blocked = getBlockedShape();
  for (PatternAttrInterface pattern : getSeries().getPatterns())
    for (const sparsity::PackedComponent &component :
         pattern.getPattern()->getPackedComponents(blocked))
      types.push_back(getComponentType(component, getElementType()));
  return types;
}

SmallVector<int64_t> SeriesType::getNumComponents() const {
  sparsity::BlockedShape blocked = getBlockedShape();
  return llvm::map_to_vector(
      getSeries().getPatterns(), [&](PatternAttrInterface pattern) -> int64_t {
        return pattern.getPattern()->getPackedComponents(blocked).size();
      });
}

SeriesType SeriesType::getTermType(int64_t index) const {
  return get(getTensorType(), getSeries().getTerm(index), getAlong());
}

SeriesType SeriesType::withShape(ArrayRef<int64_t> shape) const {
  return get(getContext(), shape, getElementType(), getSeries(), getAlong());
}

bool SeriesType::isBlocked(int64_t dimension) const {
  return llvm::is_contained(getAlong(), dimension);
}
