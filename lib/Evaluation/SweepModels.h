//===- SweepModels.h - The models of a sweep's file -------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_EVALUATION_SWEEPMODELS_H
#define TASD_LIB_EVALUATION_SWEEPMODELS_H

#include "Sweep.h"
#include "SweepKeys.h"
#include "SweepValues.h"

namespace tasd::evaluation {

/// Reads models, whose paths are relative to `folder`.
class SweepModelReader {
public:
  SweepModelReader(SweepValues &values, llvm::StringRef folder)
      : values(values), folder(folder) {}

  /// Reads an option that holds for all models which do not say otherwise.
  void readDefault(const SweepKey &option, const YamlEntry &entry);
  /// Reads the list of models, after the defaults.
  std::vector<SweepModel> readModels(const YamlNode &node);

private:
  void readOption(const SweepKey &option, const YamlNode &node,
                  llvm::StringRef key, TasderOptions &options);
  void readEntries(const YamlNode &node, TasderOptions &options);
  SweepModel readModel(const YamlNode &node);
  void checkModel(const SweepModel &model, const YamlPlace &place);

  SweepValues &values;
  llvm::StringRef folder;
  TasderOptions defaults;
};

} // namespace tasd::evaluation

#endif // TASD_LIB_EVALUATION_SWEEPMODELS_H
