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

#include "Resources.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Pass/LayerNames.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_EXTERNALIZECONSTANTS
#include "tasd/Dialect/TASD/Transforms/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

static std::string getResourceName(Location location) {
  std::string name = getLocationName(location);
  return name.empty() ? "constant" : name;
}

/// Whether the elements are stored one after the other, each in whole bytes.
static bool isPlain(DenseElementsAttr elements) {
  return !elements.empty() && !elements.isSplat() &&
         hasPlainElements(elements.getElementType());
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
                                                      kResourceAlignment));
    return resource;
  }

  DenseMap<Attribute, DenseResourceElementsAttr> resources;
};
} // namespace
