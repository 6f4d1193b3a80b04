//===- ElementOrder.cpp - Constants in another order ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ElementOrder.h"

#include "Resources.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/Threading.h"
#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"

#include <cstring>
#include <numeric>

using namespace mlir;
using namespace mlir::tasd;

namespace {
/// Copies a row-major tensor, each dimension in an order of its own.
class Reorderer {
public:
  Reorderer(RankedTensorType type, const DimOrders &orders)
      : type(type), width(type.getElementTypeBitWidth() / 8),
        strides(computeStrides(type.getShape())), orders(orders) {
    for (auto [order, extent] : llvm::zip(this->orders, type.getShape()))
      if (order.empty()) {
        order.resize(extent);
        std::iota(order.begin(), order.end(), 0);
      }
    // Dimensions inside the last one that moves are copied as one.
    for (int64_t dim = type.getRank(); dim > 0 && orders[dim - 1].empty();
         --dim)
      runElements *= type.getDimSize(dim - 1);
  }

  void run(const char *in, char *out) const {
    int64_t numRuns = type.getNumElements() / runElements;
    // Tasks of about 2^16 elements.
    int64_t step = llvm::divideCeil(1 << 16, runElements);
    parallelFor(type.getContext(), 0, llvm::divideCeil(numRuns, step),
                [&](size_t task) {
                  int64_t end = std::min<int64_t>((task + 1) * step, numRuns);
                  for (int64_t run = task * step; run < end; ++run)
                    copyRun(run * runElements, in, out);
                });
  }

private:
  void copyRun(int64_t index, const char *in, char *out) const {
    int64_t source = 0, rest = index;
    for (auto [order, stride] : llvm::zip(orders, strides)) {
      source += order[rest / stride] * stride;
      rest %= stride;
    }
    std::memcpy(out + index * width, in + source * width, runElements * width);
  }

  RankedTensorType type;
  int64_t width;
  SmallVector<int64_t> strides;
  DimOrders orders;
  int64_t runElements = 1;
};
} // namespace

FailureOr<ElementsAttr>
mlir::tasd::reorderElements(ElementsAttr elements, const DimOrders &orders,
                            function_ref<InFlightDiagnostic()> emitError) {
  FailureOr<ElementsData> data = ElementsData::get(elements, emitError);
  if (failed(data))
    return failure();
  if (data->isSplat || data->bytes.empty())
    return elements;
  auto type = cast<RankedTensorType>(elements.getType());
  AsmResourceBlob blob =
      HeapAsmResourceBlob::allocate(data->bytes.size(), kResourceAlignment);
  Reorderer(type, orders).run(data->bytes.data(), blob.getMutableData().data());
  auto resource = dyn_cast<DenseResourceElementsAttr>(elements);
  if (!resource)
    return ElementsAttr(
        DenseElementsAttr::getFromRawBuffer(type, blob.getData()));
  return ElementsAttr(DenseResourceElementsAttr::get(
      type, resource.getRawHandle().getKey(), std::move(blob)));
}
