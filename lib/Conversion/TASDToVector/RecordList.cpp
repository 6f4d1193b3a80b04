//===- RecordList.cpp - The records of a few rows -------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// for records, for rows, for the four entries of each:
//   sums[row] += splat(value) * panel[offset...]
//
//===----------------------------------------------------------------------===//

#include "RecordList.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "tasd/Conversion/VectorKernels/KernelBuilder.h"
#include "tasd/Dialect/TASD/IR/MultiplyAdd.h"
#include "tasd/Sparsity/RowRecords.h"

using namespace mlir;
using namespace mlir::tasd;

using sparsity::RowRecords;

/// Bits of an offset in a record.
static constexpr int64_t kOffsetBits = 16;

/// Bits of the narrowest register of vectors.
static constexpr int64_t kMinRegisterBits = 128;

namespace {

class RecordList : KernelBuilder {
public:
  RecordList(OpBuilder &builder, const PackedProduct &product, int64_t lanes,
             bool hidesSplats, const Panel &panel)
      : KernelBuilder(builder, product.op.getLoc(), product.getComputeType(),
                      lanes),
        product(product), layout(product.getRowRecords()),
        records(product.laidOut.getSizedComponents().front()), panel(panel),
        lanes(lanes), hidesSplats(hidesSplats),
        elementBytes(getElementType().getIntOrFloatBitWidth() / 8),
        unitBytes(RowRecords::kUnit * (elementBytes + kOffsetBits / 8)) {}

  SmallVector<Value> build(Value begin, Value end, ValueRange sums) {
    numVectors = static_cast<int64_t>(sums.size()) / layout.getRows();
    return loop(sub(end, begin), 1, sums, [&](Value record, ValueRange state) {
      Value position =
          arith::MulIOp::create(b, arith::AddIOp::create(b, begin, record),
                                index(unitBytes * layout.getRows()));
      return buildRecord(position, state);
    });
  }

private:
  Type getElementType() const {
    return product.getSeriesType().getElementType();
  }

  SmallVector<Value> buildRecord(Value position, ValueRange sums) {
    SmallVector<Value> next;
    for (int64_t i = 0; i < layout.getRows(); ++i) {
      Value unit = add(position, i * unitBytes);
      Value values = readValues(unit);
      Value offsets = readOffsets(add(unit, RowRecords::kUnit * elementBytes));
      SmallVector<Value> row(sums.slice(i * numVectors, numVectors));
      for (int64_t entry = 0; entry < RowRecords::kUnit; ++entry) {
        Value offset = getOffset(offsets, entry);
        Value factor = getSplat(values, entry);
        for (int64_t j = 0; j < numVectors; ++j)
          row[j] =
              multiplyAdd(factor, readPanel(add(offset, j * lanes)), row[j]);
      }
      llvm::append_range(next, row);
    }
    return next;
  }

  /// `count` bytes of the records as one vector of another type.
  Value readBytes(Value position, VectorType type) {
    int64_t count = type.getNumElements() * type.getElementTypeBitWidth() / 8;
    auto bytes = VectorType::get(count, b.getI8Type());
    Value none = arith::ConstantOp::create(b, b.getI8IntegerAttr(0));
    Value read = vector::TransferReadOp::create(
        b, bytes, records, position, b.getMultiDimIdentityMap(1), none, Value(),
        b.getBoolArrayAttr({true}));
    return vector::BitCastOp::create(b, type, read);
  }

  /// The four values of a row, as they are multiplied.
  Value readValues(Value position) {
    Value stored = readBytes(
        position, VectorType::get(RowRecords::kUnit, getElementType()));
    Value factor =
        buildFactor(b, b.getLoc(), product.op, product.packed, stored, nullptr);
    auto type = VectorType::get(RowRecords::kUnit, elementType);
    if (factor.getType() != type)
      factor = arith::ExtFOp::create(b, type, factor);
    return hidesSplats && fillsRegister(type) ? hide(factor) : factor;
  }

  /// An asm operand of fewer bits is none to LLVM on a CPU without AVX-512.
  static bool fillsRegister(VectorType type) {
    return type.getNumElements() * type.getElementTypeBitWidth() >=
           kMinRegisterBits;
  }

  /// LLVM would load each value by itself, to broadcast it on the way, and the
  /// ports of loads are what limits the kernel: it must not see that the values
  /// come from memory.
  Value hide(Value values) {
    return LLVM::InlineAsmOp::create(
               b, values.getType(), values, /*asm_string=*/"",
               /*constraints=*/"=v,0", /*has_side_effects=*/false,
               /*is_align_stack=*/false, LLVM::TailCallKind::None,
               /*asm_dialect=*/nullptr, /*operand_attrs=*/nullptr)
        .getResult(0);
  }

  /// All offsets of a row in one number: one load instead of four.
  Value readOffsets(Value position) {
    int64_t bits = RowRecords::kUnit * kOffsetBits;
    Value offsets =
        readBytes(position, VectorType::get(1, b.getIntegerType(bits)));
    return vector::ExtractOp::create(b, offsets, ArrayRef<int64_t>{0});
  }

  Value getOffset(Value offsets, int64_t entry) {
    Type type = offsets.getType();
    auto number = [&](int64_t value) {
      return arith::ConstantOp::create(b, b.getIntegerAttr(type, value));
    };
    Value shifted = offsets;
    if (entry != 0)
      shifted = arith::ShRUIOp::create(b, offsets, number(entry * kOffsetBits));
    if (entry != RowRecords::kUnit - 1)
      shifted =
          arith::AndIOp::create(b, shifted, number((1 << kOffsetBits) - 1));
    return arith::IndexCastUIOp::create(b, b.getIndexType(), shifted);
  }

  Value getSplat(Value values, int64_t entry) {
    return vector::ShuffleOp::create(b, values, values,
                                     SmallVector<int64_t>(lanes, entry));
  }

  Value readPanel(Value offset) {
    SmallVector<Value> position(panel.outer);
    position.push_back(arith::AddIOp::create(b, panel.begin, offset));
    return read(panel.elements, position, nullptr);
  }

  const PackedProduct &product;
  RowRecordsAttr layout;
  Value records;
  const Panel &panel;
  /// Vectors of sums side by side, as many as the list is multiplied with.
  int64_t numVectors = 0;
  int64_t lanes;
  bool hidesSplats;
  /// Of a value, and of the four entries of a row.
  int64_t elementBytes, unitBytes;
};

} // namespace

SmallVector<Value>
mlir::tasd::buildRecordList(OpBuilder &builder, const PackedProduct &product,
                            int64_t lanes, bool hidesSplats, Value begin,
                            Value end, const Panel &panel, ValueRange sums) {
  return RecordList(builder, product, lanes, hidesSplats, panel)
      .build(begin, end, sums);
}
