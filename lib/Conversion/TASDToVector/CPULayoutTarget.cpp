//===- CPULayoutTarget.cpp - CPUs that constants are laid out for ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Products with a single vector have rows in lanes. Else a panel is as wide as
// there are registers for the sums of two rows, or narrower where there are
// fewer lanes, and then more rows go together. It is as deep as fits in the
// first-level cache beside what streams through.
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/TASDToVector/CPULayoutTarget.h"

#include "Gather.h"
#include "LaneTiles.h"
#include "PackedProduct.h"
#include "tasd/Dialect/TASD/IR/LayoutTarget.h"
#include "tasd/Sparsity/RowRecords.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::tasd;

namespace {

/// What a kernel may use of a CPU.
struct Registers {
  StringLiteral target;
  int64_t vectorBits;
  /// Vectors of sums, side by side and in all.
  int64_t maxVectors, maxSums;
  /// Of the first-level cache.
  int64_t panelBytes;
  /// Whether it permutes the lanes of a vector by another, as x86 does.
  bool permutes;
};

constexpr Registers kCPUs[] = {{"cpu-256", 256, 6, 12, 24 * 1024, false},
                               {"cpu-512", 512, 8, 16, 32 * 1024, false},
                               {"cpu-avx2", 256, 6, 12, 24 * 1024, true},
                               {"cpu-avx512", 512, 8, 16, 32 * 1024, true}};

/// Rows that go together at most.
constexpr int64_t kMaxRows = 8;
/// Panels are cut at multiples of so many columns, so that the lists of usual
/// patterns are of whole records.
constexpr int64_t kDepthStep = 32;

class CPULayoutTarget : public LayoutTarget {
public:
  explicit CPULayoutTarget(const Registers &registers) : registers(registers) {}

  StringRef getName() const override { return registers.target; }

  LayoutAttrInterface chooseLayout(ContractOp op,
                                   unsigned input) const override {
    StringRef reason;
    FailureOr<PackedProduct> product = matchPackedProduct(op, reason);
    if (failed(product) || product->packed != input ||
        !hasRowsInOrder(*product))
      return nullptr;
    LayoutAttrInterface layout = registers.permutes && isVectorProduct(*product)
                                     ? getLaneRows(*product)
                                     : getRowRecords(*product);
    sparsity::BlockedShape blocked = product->getSeriesType().getBlockedShape();
    auto type = getSparsityElementType(
        product->getSeriesType().getElementType(), false);
    if (llvm::Error error = layout.getLayout()->verify(blocked, *type)) {
      llvm::consumeError(std::move(error));
      return nullptr;
    }
    return layout;
  }

private:
  LayoutAttrInterface getLaneRows(const PackedProduct &product) const {
    return LaneRowsAttr::get(product.op.getContext(),
                             registers.vectorBits / 32);
  }

  LayoutAttrInterface getRowRecords(const PackedProduct &product) const {
    int64_t bits = product.getComputeType().getIntOrFloatBitWidth();
    int64_t lanes = chooseLanes(product, registers.vectorBits);
    int64_t vectors = chooseVectors(product, lanes);
    int64_t stride = vectors * lanes;
    int64_t batches = product.getExtent(getOuterLoops(product));
    SeriesType type = product.getSeriesType();
    int64_t numRows = type.getBlockedShape().getNumRows() / batches;
    int64_t rows = std::min({registers.maxSums / vectors, kMaxRows, numRows});
    int64_t depth = registers.panelBytes * 8 / (stride * bits);
    depth = std::max(depth / kDepthStep, int64_t(1)) * kDepthStep;
    int64_t numColumns = type.getBlockedShape().getNumColumns();
    depth = std::min<int64_t>(depth, llvm::alignTo(numColumns, kDepthStep));
    return RowRecordsAttr::get(type.getContext(), batches, rows, depth, stride);
  }

  /// Vectors side by side, so that few lanes of the last block are idle.
  int64_t chooseVectors(const PackedProduct &product, int64_t lanes) const {
    int64_t most = registers.maxVectors;
    int64_t extent = getTileExtent(product, most * lanes);
    if (ShapedType::isDynamic(extent))
      return most;
    int64_t needed = llvm::divideCeil(extent, lanes);
    int64_t numBlocks = llvm::divideCeil(needed, most);
    return llvm::divideCeil(needed, numBlocks);
  }

  const Registers &registers;
};

} // namespace

StringRef mlir::tasd::getCPULayoutTarget(int64_t vectorBits, bool isX86) {
  const Registers *found = llvm::find_if(kCPUs, [&](const Registers &cpu) {
    return cpu.vectorBits == vectorBits && cpu.permutes == isX86;
  });
  // Widths are checked by the passes that follow.
  return found == std::end(kCPUs) ? kCPUs[0].target : found->target;
}

void mlir::tasd::registerCPULayoutTargets(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *, TASDDialect *dialect) {
    for (const Registers &registers : kCPUs)
      dialect->registerLayoutTarget(
          std::make_shared<CPULayoutTarget>(registers));
  });
}
