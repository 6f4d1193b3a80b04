//===- LayerData.h - Data of drawn layers, and what comes out - -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_SIMULATOR_LAYERDATA_H
#define TASD_UNITTESTS_SIMULATOR_LAYERDATA_H

#include "DrawnLayers.h"

#include "tasd/Simulator/Simulator.h"

namespace tasd::simulator::test {

/// The tensors of a layer's program, and the result that a plain loop over the
/// composed operand gives. All values are small integers, so that floats are
/// exact too.
class LayerData {
public:
  /// `zeroPoint` is B's.
  LayerData(const DrawnLayer &layer, const Program &program,
            std::mt19937 &random, int64_t zeroPoint = 0);

  llvm::ArrayRef<Tensor> getTensors() const { return tensors; }
  /// Element (m, n) as it came out, and as it should be.
  double getResult(int64_t m, int64_t n) const;
  double getExpected(int64_t m, int64_t n) const;
  /// The first element that differs; "" if there is none.
  std::string findDifference() const;

private:
  void addDense(const TensorArgument &argument, std::mt19937 &random);
  void addPacked(const PackedArgument &argument, std::mt19937 &random);
  double getInput(size_t argument, int64_t row, int64_t column) const;
  void compose();

  const DrawnLayer &layer;
  const Program &program;
  int64_t zeroPoint;
  std::vector<std::vector<char>> buffers;
  std::vector<Tensor> tensors;
  /// A as the terms hold it, [M, K].
  std::vector<double> composed;
};

} // namespace tasd::simulator::test

#endif // TASD_UNITTESTS_SIMULATOR_LAYERDATA_H
