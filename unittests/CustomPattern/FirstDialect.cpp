//===- FirstDialect.cpp - The attributes of patterns from outside ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FirstDialect.h"
#include "FirstPattern.h"
#include "TightPattern.h"

#include "tasd/Dialect/TASD/IR/TASD.h"
#include "tasd/Runtime/Runtime.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/DialectImplementation.h"

using namespace mlir;
using namespace mlir::tasd;
using namespace ::tasd;

namespace {

struct CountStorage : AttributeStorage {
  using KeyTy = int64_t;
  explicit CountStorage(int64_t count) : count(count) {}
  bool operator==(const KeyTy &key) const { return key == count; }
  static CountStorage *construct(AttributeStorageAllocator &allocator,
                                 const KeyTy &key) {
    return new (allocator.allocate<CountStorage>()) CountStorage(key);
  }
  int64_t count;
};

/// The pattern first(K).
class FirstAttr : public Attribute::AttrBase<FirstAttr, Attribute, CountStorage,
                                             PatternAttrInterface::Trait> {
public:
  using Base::Base;
  static constexpr StringLiteral name = "first.first";

  ::tasd::sparsity::PatternRef getPattern() const {
    return std::make_shared<test::FirstPattern>(getImpl()->count);
  }

  Value buildNumSlots(OpBuilder &builder, Location loc, SeriesType, ValueRange,
                      ValueRange) const {
    return arith::ConstantIndexOp::create(builder, loc, getImpl()->count);
  }

  Slot buildSlot(OpBuilder &builder, Location loc, SeriesType,
                 ValueRange components, ValueRange row, Value slot) const {
    SmallVector<Value> indices(row);
    indices.push_back(slot);
    Value value =
        tensor::ExtractOp::create(builder, loc, components[0], indices);
    Value column =
        tensor::ExtractOp::create(builder, loc, components[1], indices);
    return {value, arith::IndexCastOp::create(builder, loc,
                                              builder.getIndexType(), column)};
  }
};

/// The pattern tight(K), or tight with a count of 0.
class TightAttr : public Attribute::AttrBase<TightAttr, Attribute, CountStorage,
                                             PatternAttrInterface::Trait> {
public:
  using Base::Base;
  static constexpr StringLiteral name = "first.tight";

  ::tasd::sparsity::PatternRef getPattern() const {
    int64_t count = getImpl()->count;
    return std::make_shared<test::TightPattern>(
        count == 0 ? std::nullopt : std::optional<int64_t>(count));
  }

  Value buildNumSlots(OpBuilder &builder, Location loc, SeriesType,
                      ValueRange components, ValueRange row) const {
    Value one = arith::ConstantIndexOp::create(builder, loc, 1);
    Value next = arith::AddIOp::create(builder, loc, row[0], one);
    return arith::SubIOp::create(
        builder, loc, readIndex(builder, loc, components[2], next),
        readIndex(builder, loc, components[2], row[0]));
  }

  Slot buildSlot(OpBuilder &builder, Location loc, SeriesType,
                 ValueRange components, ValueRange row, Value slot) const {
    Value begin = readIndex(builder, loc, components[2], row[0]);
    Value place = arith::AddIOp::create(builder, loc, begin, slot);
    return {tensor::ExtractOp::create(builder, loc, components[0], place),
            readIndex(builder, loc, components[1], place)};
  }

private:
  static Value readIndex(OpBuilder &builder, Location loc, Value component,
                         Value place) {
    Value number = tensor::ExtractOp::create(builder, loc, component, place);
    return arith::IndexCastOp::create(builder, loc, builder.getIndexType(),
                                      number);
  }
};

class FirstDialect : public Dialect {
public:
  explicit FirstDialect(MLIRContext *context)
      : Dialect(getDialectNamespace(), context, TypeID::get<FirstDialect>()) {
    addAttributes<FirstAttr, TightAttr>();
  }
  static constexpr StringLiteral getDialectNamespace() { return "first"; }

  void printAttribute(Attribute, DialectAsmPrinter &printer) const override {
    printer << "first";
  }
};

} // namespace

void test::registerCustomPatterns(DialectRegistry &registry) {
  registry.insert<FirstDialect>();
  registry.addExtension(+[](MLIRContext *context, TASDDialect *dialect) {
    context->getOrLoadDialect<FirstDialect>();
    dialect->registerPattern(
        test::createFirstFamily(),
        [](MLIRContext *context, const ::tasd::sparsity::Pattern &pattern) {
          auto &first = static_cast<const test::FirstPattern &>(pattern);
          return FirstAttr::get(context, first.getCount());
        });
    dialect->registerPattern(
        test::createTightFamily(),
        [](MLIRContext *context, const ::tasd::sparsity::Pattern &pattern) {
          auto &tight = static_cast<const test::TightPattern &>(pattern);
          return TightAttr::get(context, tight.getCount().value_or(0));
        });
  });
  ::tasd::sparsity::PatternRegistry &atRunTime = runtime::getPatternRegistry();
  if (!atRunTime.lookup("first"))
    atRunTime.add(test::createFirstFamily());
}
