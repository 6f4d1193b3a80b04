//===- ExternalizeConstants.cpp - Constants as resources ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Postcondition: no arith.constant holds `dense` elements of at least the given
// size, save splats and elements that are no whole bytes.
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "tasd/Pass/LayerNames.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_EXTERNALIZECONSTANTS
#include "tasd/Dialect/TASD/Transforms/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

/// MLIR reads bytecode from buffers of this alignment, and none with a resource
/// that asks for more.
static constexpr int64_t kAlignment = 16;

static std::string getResourceName(Location location) {
  std::string name = getLocationName(location);
  return name.empty() ? "constant" : name;
}

/// Whether the elements are stored one after the other, each in whole bytes.
static bool isPlain(DenseElementsAttr elements) {
  Type type = elements.getElementType();
  return !elements.empty() && !elements.isSplat() && type.isIntOrFloat() &&
         type.getIntOrFloatBitWidth() % 8 == 0;
}

namespace {
struct ExternalizeConstantsPass
    : mlir::tasd::impl::ExternalizeConstantsBase<ExternalizeConstantsPass> {
  using ExternalizeConstantsBase::ExternalizeConstantsBase;

  void runOnOperation() override {
    resources.clear();
    getOperation().walk([&](arith::ConstantOp op) {
      auto elements = dyn_cast<DenseIntOrFPElementsAttr>(op.getValue());
      if (elements && isPlain(elements) &&
          elements.getRawData().size() >= minBytes)
        op.setValueAttr(getResource(elements, op.getLoc()));
    });
  }

private:
  /// Equal constants share one resource.
  DenseResourceElementsAttr getResource(DenseElementsAttr elements,
                                        Location location) {
    DenseResourceElementsAttr &resource = resources[elements];
    if (resource)
      return resource;
    ++numResources;
    resource = DenseResourceElementsAttr::get(
        elements.getType(), getResourceName(location),
        HeapAsmResourceBlob::allocateAndCopyWithAlign(elements.getRawData(),
                                                      kAlignment));
    return resource;
  }

  DenseMap<Attribute, DenseResourceElementsAttr> resources;
};
} // namespace
