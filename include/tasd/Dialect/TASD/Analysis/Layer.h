//===- Layer.h - Contractions and convolutions in linalg --------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A layer is one contraction or convolution: a linalg op on tensors that sums
// products of two inputs. It is recognised by its body and its maps, never by
// its name; what keeps it from being written with series is said in words.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_ANALYSIS_LAYER_H
#define TASD_DIALECT_TASD_ANALYSIS_LAYER_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/BuiltinOps.h"
#include "tasd/Dialect/TASD/IR/TASD.h"

namespace mlir::tasd {

struct MultiplyAddBody;

class Layer {
public:
  /// The layer that `op` is; none if it multiplies and adds nothing up.
  static std::optional<Layer> match(linalg::LinalgOp op);

  linalg::LinalgOp getOp() const { return op; }
  Value getInput(unsigned input) const;
  Value getInit() const;
  /// What is subtracted from the input before it is multiplied, an i32; null if
  /// nothing is.
  Value getZeroPoint(unsigned input) const { return zeroPoints[input]; }
  /// Whether anything but a constant 0 is.
  bool hasZeroPoint(unsigned input) const;

  /// Maps, types and casts; inputs are dense.
  const Contraction &getContraction() const { return contraction; }
  /// The same once the inputs with a plan are series.
  Contraction getContraction(PlanAttr plan) const;

  /// What keeps this plan from being carried out; empty if nothing does.
  std::string findViolation(PlanAttr plan) const;
  /// The same, but for encodings of the operands' types: for conversions that
  /// replace operands that have one.
  std::string findFormViolation(PlanAttr plan) const;

  /// Why no input can be a series; empty if one can be.
  StringRef getObstacle() const { return obstacle; }
  /// Why it is not known as a sum of products of its two inputs; empty if it
  /// is.
  StringRef getProductObstacle() const { return productObstacle; }

  /// Whether an index of an input sums a window and an output position.
  bool isConvolution() const;

  /// The dimensions along which `input` is blocked: those summed over, windows
  /// before channels, whatever the layout. Of an activation the channels alone,
  /// since its windows overlap. Empty if there are none.
  SmallVector<int64_t> getBlockedDims(unsigned input, bool isWeights) const;

  /// Multiply-accumulate operations, if all extents are static.
  std::optional<int64_t> getNumMACs() const { return contraction.getNumMACs(); }

private:
  Layer(linalg::LinalgOp op) : op(op) {}
  std::string readFactors(const MultiplyAddBody &body);
  std::string findFormObstacle() const;
  bool isDepthwise() const;

  linalg::LinalgOp op;
  Contraction contraction;
  std::array<Value, 2> zeroPoints;
  std::string obstacle, productObstacle;
};

/// The layer of an op that carries `plan`. Errors, emitted: the op is no layer,
/// or the plan cannot be carried out.
FailureOr<Layer> getPlannedLayer(linalg::LinalgOp op, PlanAttr plan);

/// Verifies the plan of an op, be it a dense one. Errors, emitted: as above, or
/// its mapping is no text of one.
LogicalResult verifyPlan(linalg::LinalgOp op, PlanAttr plan);

/// The ops of a module that carry a plan, dense or not, in order.
SmallVector<std::pair<linalg::LinalgOp, PlanAttr>>
collectPlans(ModuleOp module);

/// Stamps the module with the number of its plans, so that whoever carries them
/// out notices lost ones.
void stampPlanCount(ModuleOp module);

/// A layer and its name, unique among those collected: the name of its
/// location, else `function/op-name#ordinal`.
struct NamedLayer {
  std::string name;
  Layer layer;
};

/// The layers inside `root`, a module or a part of one, in order.
SmallVector<NamedLayer> collectLayers(Operation *root);

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_ANALYSIS_LAYER_H
