//===- PartProduct.cpp - A contraction as one of its parts ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All parts share the scratch memory of what is gathered and of the sums, which
// so stays in the cache.
//
//===----------------------------------------------------------------------===//

#include "PartProduct.h"

#include "PlacedOperand.h"
#include "tasd/Conversion/TermParts/PartValues.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "tasd/Dialect/TASD/IR/MultiplyAdd.h"

using namespace mlir;
using namespace mlir::tasd;
using sparsity::PackedPart;

namespace {

class PartProductBuilder {
public:
  PartProductBuilder(OpBuilder &builder, const PartedContraction &product)
      : builder(builder), product(product), op(product.op),
        loc(product.op.getLoc()), laneSizes(getLaneSizes()),
        dense(product.getDenseMap(), product.lanes, laneSizes),
        result(product.getInitMap(), product.lanes, laneSizes) {}

  Value build() {
    denseValue = getDenseValue();
    int64_t maxRows = 0, maxColumns = 0;
    for (const PackedPart &part : product.parts) {
      maxRows = std::max<int64_t>(maxRows, part.rows.size());
      maxColumns = std::max<int64_t>(maxColumns, part.columns.size());
    }
    gatherScratch = createScratch(dense, maxColumns);
    sumScratch = createScratch(result, maxRows);
    Value sum = op.getInit();
    for (const PackedPart &part : product.parts)
      sum = addPart(part, sum);
    return sum;
  }

private:
  SmallVector<OpFoldResult> getLaneSizes() {
    SmallVector<Range> domain = op.getIterationDomain(builder);
    SmallVector<OpFoldResult> sizes;
    for (unsigned lane : product.lanes)
      sizes.push_back(domain[lane].size);
    return sizes;
  }

  /// The other input, composed if it is a series.
  Value getDenseValue() {
    Value value = op->getOperand(1 - product.packed);
    auto type = dyn_cast<SeriesType>(value.getType());
    if (!type)
      return value;
    return ComposeOp::create(builder, loc, type.getTensorType(), value);
  }

  Value createScratch(const PlacedOperand &operand, int64_t numPlaces) {
    return tensor::EmptyOp::create(
        builder, loc, operand.getShape(builder.getIndexAttr(numPlaces)),
        getElementTypeOrSelf(op.getInit().getType()));
  }

  /// Room for so many places in scratch memory.
  Value takeScratch(Value scratch, const PlacedOperand &operand,
                    int64_t numPlaces) {
    SmallVector<OpFoldResult> sizes =
        operand.getShape(builder.getIndexAttr(numPlaces));
    SmallVector<OpFoldResult> offsets(sizes.size(), builder.getIndexAttr(0));
    SmallVector<OpFoldResult> strides(sizes.size(), builder.getIndexAttr(1));
    return tensor::ExtractSliceOp::create(builder, loc, scratch, offsets, sizes,
                                          strides);
  }

  Value addPart(const PackedPart &part, Value sum) {
    LoopValueMap rows = getRowValues(builder, product, part);
    Value gathered = gatherFactors(part, rows);
    Value sums = gatherSums(part, rows, sum);
    sums = part.pattern ? contract(part, gathered, sums)
                        : multiply(part, gathered, sums);
    return result.scatter(builder, loc, sums, rows, sum);
  }

  Value gatherFactors(const PackedPart &part, const LoopValueMap &rows) {
    LoopValueMap values = getColumnValues(builder, product, part);
    // Of a batch or group: one for all rows of the part.
    for (const auto &[loop, value] : rows)
      values[loop] = value;
    auto toFactor = [&](OpBuilder &b, Location loc, Value element) {
      return buildFactor(b, loc, op, 1 - product.packed, element,
                         op.getZeroPoint());
    };
    Value target = takeScratch(gatherScratch, dense, part.columns.size());
    return dense.gather(builder, loc, denseValue, values, target, toFactor);
  }

  /// Where everything starts from one value nothing has to be read.
  Value gatherSums(const PackedPart &part, const LoopValueMap &rows,
                   Value sum) {
    Value target = takeScratch(sumScratch, result, part.rows.size());
    if (auto fill = op.getInit().getDefiningOp<linalg::FillOp>())
      return linalg::FillOp::create(builder, loc, fill.getInputs(), target)
          .getResult(0);
    auto keep = [](OpBuilder &, Location, Value element) { return element; };
    return result.gather(builder, loc, sum, rows, target, keep);
  }

  /// Maps of the part, of what is gathered and of the sums, over the lanes, the
  /// rows of the part and its columns.
  SmallVector<AffineMap> getMaps() {
    unsigned row = product.lanes.size(), column = row + 1;
    MLIRContext *context = builder.getContext();
    SmallVector<AffineMap> maps = {
        AffineMap::getMultiDimMapWithTargets(row + 2, {row, column}, context),
        dense.getGatheredMap(row + 2, column, context),
        result.getGatheredMap(row + 2, row, context)};
    if (product.packed == Contraction::Rhs)
      std::swap(maps[0], maps[1]);
    return maps;
  }

  /// The inputs in their order.
  SmallVector<Value> getInputs(Value part, Value gathered) {
    if (product.packed == Contraction::Rhs)
      std::swap(part, gathered);
    return {part, gathered};
  }

  /// Multiplies a dense part.
  Value multiply(const PackedPart &part, Value gathered, Value sums) {
    Value values = getPartComponent(builder, product, part.components.front());
    SmallVector<utils::IteratorType> iterators(product.lanes.size() + 1,
                                               utils::IteratorType::parallel);
    iterators.push_back(utils::IteratorType::reduction);
    auto multiplied = linalg::GenericOp::create(
        builder, loc, sums.getType(), getInputs(values, gathered), sums,
        getMaps(), iterators, [&](OpBuilder &b, Location loc, ValueRange args) {
          SmallVector<Value> factors(args.take_front(2));
          Value &factor = factors[product.packed];
          factor = buildFactor(b, loc, op, product.packed, factor, Value());
          Value sum = buildMultiplyAdd(b, loc, factors[0], factors[1], args[2]);
          linalg::YieldOp::create(b, loc, sum);
        });
    return multiplied.getResult(0);
  }

  /// Contracts a part of a pattern of its own.
  Value contract(const PackedPart &part, Value gathered, Value sums) {
    auto type =
        RankedTensorType::get({static_cast<int64_t>(part.rows.size()),
                               static_cast<int64_t>(part.columns.size())},
                              product.series.getType().getElementType());
    auto series =
        SeriesAttr::get(builder.getContext(), sparsity::Series({part.pattern}));
    SmallVector<Value> components;
    for (const PackedPart::Component &component : part.components)
      components.push_back(getPartComponent(builder, product, component));
    Value term = AssembleOp::create(
        builder, loc, SeriesType::get(type, series, {1}), components);
    SmallVector<Value> inputs = getInputs(term, gathered);
    bool isLhs = product.packed == Contraction::Lhs;
    return ContractOp::create(
        builder, loc, sums.getType(), builder.getAffineMapArrayAttr(getMaps()),
        isLhs && op.getUnsignedLhs(), !isLhs && op.getUnsignedRhs(), inputs[0],
        inputs[1], sums, /*zero_point=*/Value());
  }

  OpBuilder &builder;
  const PartedContraction &product;
  ContractOp op;
  Location loc;
  SmallVector<OpFoldResult> laneSizes;
  PlacedOperand dense, result;
  Value denseValue, gatherScratch, sumScratch;
};

} // namespace

Value mlir::tasd::buildPartProducts(OpBuilder &builder,
                                    const PartedContraction &product) {
  return PartProductBuilder(builder, product).build();
}
