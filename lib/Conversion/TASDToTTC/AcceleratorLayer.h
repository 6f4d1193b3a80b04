//===- AcceleratorLayer.h - A layer that becomes a program ---- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the accelerator is given of a layer: where the terms of its series come
// from, its zero points and init, and the interface of its program.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOTTC_ACCELERATORLAYER_H
#define TASD_LIB_CONVERSION_TASDTOTTC_ACCELERATORLAYER_H

#include "LayerProgram.h"

#include "tasd/Conversion/TermParts/PartedContraction.h"
#include "tasd/Dialect/TASD/Analysis/LayerWork.h"

#include <memory>

namespace mlir::tasd {

/// Where a series comes from: packed components, or a dense tensor whose terms
/// the accelerator extracts.
struct SeriesSource {
  SmallVector<Value> components;
  /// Null where the series is packed.
  Value dense;
  /// What is extracted, of which the series is the terms from `firstTerm` on.
  SeriesAttr extracted;
  int64_t firstTerm = 0;
};

/// Where `series` comes from; none where it is neither packed nor made of a
/// dense tensor that only the running program has.
std::optional<SeriesSource> findSeriesSource(Value series);

/// One of the parts that the series of a layer consists of.
struct LayerPart {
  std::shared_ptr<const PartedContraction> product;
  size_t index = 0;

  const sparsity::PackedPart &get() const { return product->parts[index]; }
  bool isLast() const { return index + 1 == product->parts.size(); }
};

struct AcceleratorLayer {
  LayerWork work;
  /// What is subtracted from each input; none where it is not constant.
  std::array<std::optional<int64_t>, 2> zeroPoints;

  /// Set where its series has parts.
  std::shared_ptr<const PartedContraction> product;
  /// Set of one part of a layer.
  std::optional<LayerPart> part;

  static AcceleratorLayer get(LayerWork work);

  Value getInit() const;
  /// Of an input that is a series.
  std::optional<SeriesSource> getSource(unsigned input) const;

  /// Why no program computes the layer on `machine`, so that the host has to;
  /// empty if one does.
  std::string findHostReason(const machine::Machine &machine) const;

  /// The interface without the series and what it makes of operand A, and
  /// without axes.
  ProgramInterface getBareInterface(unsigned a) const;

  /// The interface of the program with input `a` as operand A. `reason` says
  /// why there is none.
  FailureOr<ProgramInterface> getInterface(unsigned a,
                                           std::string &reason) const;

  /// The tensors of a launch, but for the result: of A, then of B.
  SmallVector<Value> getLaunchInputs(OpBuilder &builder, unsigned a) const;
};

/// The element type of an input, which tells its sign, in programs.
Type getArgumentElementType(const Contraction &contraction, unsigned input);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOTTC_ACCELERATORLAYER_H
