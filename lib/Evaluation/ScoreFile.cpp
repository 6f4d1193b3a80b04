//===- ScoreFile.cpp - Scores of weights from NumPy's files ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/ScoreFile.h"

#include "tasd/Dialect/TASD/IR/TASD.h"
#include "tasd/Dialect/TASD/Transforms/ScoreReader.h"
#include "tasd/Evaluation/NumpyIO.h"

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;
using mlir::tasd::LayerScores;
using mlir::tasd::ScoreReader;
using mlir::tasd::TASDDialect;
using sparsity::ElementType;

/// None of types that scores do not have.
static std::optional<ElementType> getElementType(DType dtype) {
  switch (dtype) {
  case DType::F64:
    return ElementType::F64;
  case DType::F32:
    return ElementType::F32;
  case DType::F16:
    return ElementType::F16;
  case DType::BF16:
    return ElementType::BF16;
  default:
    return std::nullopt;
  }
}

namespace {
class NumpyScoreReader final : public ScoreReader {
public:
  using ScoreReader::ScoreReader;

  llvm::Expected<std::vector<LayerScores>> read(StringRef path) const override {
    llvm::Expected<std::vector<NamedArray>> arrays = readArrays(path);
    if (!arrays)
      return arrays.takeError();
    std::vector<LayerScores> all;
    for (NamedArray &named : *arrays) {
      std::optional<ElementType> type = getElementType(named.array.dtype);
      if (!type)
        return llvm::createStringError(
            path + ": expected scores of f64, f32, f16 or bf16 for layer '" +
            named.name + "' but got " + getName(named.array.dtype));
      all.push_back({std::move(named.name), *type,
                     llvm::to_vector<6>(named.array.shape),
                     std::move(named.array.bytes)});
    }
    return all;
  }
};
} // namespace

void evaluation::registerScoreReader(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *, TASDDialect *dialect) {
    dialect->addInterfaces<NumpyScoreReader>();
  });
}
