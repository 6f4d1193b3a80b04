//===- MetricKinds.h - Makers of the table of metrics -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each is in a file of its own. It gives null for a text of another kind.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_EVALUATION_METRICKINDS_H
#define TASD_LIB_EVALUATION_METRICKINDS_H

#include "tasd/Evaluation/Metric.h"

namespace tasd::evaluation {

using CreatedMetric = llvm::Expected<std::unique_ptr<Metric>>;

/// "topK": the share of rows whose right class is among the K largest scores.
CreatedMetric createTopMetric(llvm::StringRef text);

/// "mse": 1 - sum (z - r)^2 / sum r^2 of outputs z and the truth r.
CreatedMetric createSquaredErrorMetric(llvm::StringRef text);
/// "relative-error": 1 - ||z - r|| / ||r||.
CreatedMetric createRelativeErrorMetric(llvm::StringRef text);
/// "cosine": z * r / (||z|| ||r||).
CreatedMetric createCosineMetric(llvm::StringRef text);

/// "command:PROGRAM ARGUMENT...": the number that a program prints.
CreatedMetric createCommandMetric(llvm::StringRef text);

} // namespace tasd::evaluation

#endif // TASD_LIB_EVALUATION_METRICKINDS_H
