//===- ProfileModuleTest.cpp - Measure a model on data --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/ProfileModule.h"

#include "TestModules.h"
#include "tasd/Sparsity/ProfileFile.h"

#include "mlir/IR/Diagnostics.h"

#include "llvm/Support/raw_ostream.h"
#include "gmock/gmock.h"

#include <cmath>
#include <random>

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;
using testing::ElementsAre;
using testing::HasSubstr;

/// A convolution of any number of images, what is negative cut off, and a
/// matrix product of the pixels.
static constexpr char kNetwork[] = R"(
  func.func @main(%x: tensor<?x6x6x4xf32>) -> tensor<?x4x4x3xf32> {
    %w = arith.constant dense<[[[[0.5, -1.0, 0.25, 1.0, -0.75, 0.125], [1.0, 0.5, -0.5, -1.0, 0.75, 0.25], [-0.25, 1.0, 0.5, 0.5, -1.0, 1.0], [1.0, -0.5, -1.0, 0.25, 0.5, -0.125]]]]> : tensor<1x1x4x6xf32>
    %v = arith.constant dense<0.3> : tensor<3x3x6x3xf32>
    %zero = arith.constant 0.0 : f32
    %c0 = arith.constant 0 : index
    %n = tensor.dim %x, %c0 : tensor<?x6x6x4xf32>
    %e0 = tensor.empty(%n) : tensor<?x6x6x6xf32>
    %i0 = linalg.fill ins(%zero : f32) outs(%e0 : tensor<?x6x6x6xf32>) -> tensor<?x6x6x6xf32>
    %y = linalg.conv_2d_nhwc_hwcf ins(%x, %w : tensor<?x6x6x4xf32>, tensor<1x1x4x6xf32>) outs(%i0 : tensor<?x6x6x6xf32>) -> tensor<?x6x6x6xf32> loc("pointwise")
    %r = linalg.map ins(%y : tensor<?x6x6x6xf32>) outs(%e0 : tensor<?x6x6x6xf32>) (%a: f32, %old: f32) {
      %m = arith.maximumf %a, %zero : f32
      linalg.yield %m : f32
    }
    %e1 = tensor.empty(%n) : tensor<?x4x4x3xf32>
    %i1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<?x4x4x3xf32>) -> tensor<?x4x4x3xf32>
    %z = linalg.conv_2d_nhwc_hwcf ins(%r, %v : tensor<?x6x6x6xf32>, tensor<3x3x6x3xf32>) outs(%i1 : tensor<?x4x4x3xf32>) -> tensor<?x4x4x3xf32> loc("spatial")
    return %z : tensor<?x4x4x3xf32>
  })";

static NDArray getImages(int64_t count, bool isInteger = false) {
  std::mt19937 rng(1);
  std::vector<float> elements(count * 6 * 6 * 4);
  for (float &element : elements)
    element = isInteger ? float(int(rng() % 17) - 8)
                        : std::normal_distribution<float>()(rng);
  return makeF32({count, 6, 6, 4}, elements);
}

static std::string getText(const sparsity::Profile &profile) {
  std::string text;
  llvm::raw_string_ostream os(text);
  printProfile(os, profile);
  return text;
}

namespace {
class ProfileModuleTest : public ModuleTest {
protected:
  ProfileModuleTest()
      : handler(&context, [&](Diagnostic &diagnostic) {
          llvm::raw_string_ostream(message) << diagnostic << "\n";
        }) {}

  void parse(StringRef text) {
    module = parseSourceString<ModuleOp>(text, ParserConfig(&context));
    ASSERT_TRUE(module) << message;
    entry = llvm::cantFail(findEntry(*module, "main"));
  }

  mlir::tasd::InstrumentRequest getRequest() {
    mlir::tasd::InstrumentRequest request;
    for (StringRef text : {"2:4", "1:4"})
      request.series.push_back(*mlir::tasd::SeriesAttr::parseText(
          &context, text, [&] { return emitError(entry.getLoc()); }));
    request.blockSizes = {4};
    return request;
  }

  FailureOr<sparsity::Profile>
  profile(ArrayRef<NDArray> inputs, int64_t batch = 0,
          const Backend &backend = getCPUBackend()) {
    return profileModule(*module, entry, backend, getRequest(), inputs, batch,
                         [](int64_t, int64_t) {});
  }

  func::FuncOp entry;
  std::string message;
  ScopedDiagnosticHandler handler;
};
} // namespace

TEST_F(ProfileModuleTest, MeasuresWhatLayersTake) {
  parse(kNetwork);
  NDArray images = getImages(5);
  FailureOr<sparsity::Profile> found = profile(images);
  ASSERT_TRUE(succeeded(found)) << message;
  ASSERT_EQ(found->layers.size(), 2u);
  // The first layer takes the images themselves.
  sparsity::OperandProfile expected({}, 4);
  llvm::cantFail(expected.observe(sparsity::TensorView::contiguous(
      images.bytes.data(), sparsity::ElementType::F32, images.shape, {3})));
  const sparsity::OperandProfile &pointwise = *found->find("pointwise", 0);
  EXPECT_EQ(pointwise.getSecondMoments(), expected.getSecondMoments());
  EXPECT_EQ(pointwise.getPseudoDensity(), expected.getPseudoDensity());
  EXPECT_EQ(pointwise.getTensorMetrics().getDensity(), 1);
  // The second one what is left of the first's results.
  const sparsity::OperandProfile &spatial = *found->find("spatial", 0);
  EXPECT_EQ(spatial.numRows, 5 * 6 * 6);
  EXPECT_EQ(spatial.numColumns, 6);
  EXPECT_NEAR(spatial.getTensorMetrics().getDensity(), 0.5, 0.1);
  EXPECT_EQ(found->find("spatial", 1), nullptr);
}

TEST_F(ProfileModuleTest, BatchesAndBackendsGiveTheSame) {
  parse(kNetwork);
  // Sums of small integers are exact however they are cut.
  NDArray images = getImages(7, /*isInteger=*/true);
  FailureOr<sparsity::Profile> whole = profile(images);
  ASSERT_TRUE(succeeded(whole)) << message;
  for (int64_t batch : {1, 3, 7})
    EXPECT_EQ(getText(*profile(images, batch)), getText(*whole)) << batch;
  EXPECT_EQ(getText(*profile(images, 2, getReferenceBackend())),
            getText(*whole));
  // So are those of shards, in whatever order they are merged.
  sparsity::Profile merged = *profile(images.getRows(5, 7));
  llvm::cantFail(merged.merge(*profile(images.getRows(0, 5))));
  EXPECT_EQ(getText(merged), getText(*whole));
}

TEST_F(ProfileModuleTest, ResultsAreThoseOfThePlainModule) {
  parse(kNetwork);
  NDArray images = getImages(3);
  for (const Backend *backend : {&getCPUBackend(), &getReferenceBackend()}) {
    Executable plain = std::move(*compile(*module, entry, *backend));
    OwningOpRef<ModuleOp> copy = module->clone();
    EXPECT_EQ(mlir::tasd::instrumentModule(*copy, getRequest()).done, 2);
    Executable instrumented = std::move(*compile(*copy, entry, *backend));
    EXPECT_EQ(run(instrumented, images)[0].bytes, run(plain, images)[0].bytes);
  }
}

TEST_F(ProfileModuleTest, AttachesWhatWasMeasured) {
  parse(kNetwork);
  FailureOr<sparsity::Profile> found = profile(getImages(4));
  ASSERT_TRUE(succeeded(found)) << message;
  FailureOr<mlir::tasd::ProfilingCounts> counts =
      mlir::tasd::attachProfile(*module, *found, 0.9);
  ASSERT_TRUE(succeeded(counts)) << message;
  EXPECT_EQ(counts->done, 2);
  for (const mlir::tasd::NamedLayer &named :
       mlir::tasd::collectLayers(*module)) {
    const sparsity::OperandProfile &operand = *found->find(named.name, 0);
    auto profile = linalg::LinalgOp(named.layer.getOp())
                       ->getAttrOfType<mlir::tasd::ProfileAttr>(
                           mlir::tasd::TASDDialect::kProfileAttrName);
    mlir::tasd::OperandProfileAttr input = profile.getInputs()[0];
    EXPECT_FALSE(profile.getInputs()[1]);
    EXPECT_EQ(input.getDensity(), operand.getTensorMetrics().getDensity());
    EXPECT_EQ(input.getPseudoDensity(), operand.getPseudoDensity(0.9));
    EXPECT_EQ(input.getSecondMoments(), ArrayRef(operand.getSecondMoments()));
    EXPECT_EQ(input.getHistogram(4)->counts, operand.histograms[0].counts);
    EXPECT_FALSE(input.getHistogram(8));
    for (auto [i, series] : llvm::enumerate(getRequest().series)) {
      auto metrics = input.getSeriesMetrics(series);
      sparsity::SeriesMetrics expected = operand.getSeriesMetrics(i);
      EXPECT_EQ(metrics->droppedNonZeros, expected.droppedNonZeros);
      EXPECT_EQ(metrics->keptNonZeros, expected.keptNonZeros);
      EXPECT_EQ(metrics->droppedMagnitude, expected.droppedMagnitude);
      EXPECT_DOUBLE_EQ(metrics->keptMagnitude, expected.keptMagnitude);
      EXPECT_DOUBLE_EQ(metrics->keptSquaredNorm, expected.keptSquaredNorm);
    }
  }
}

TEST_F(ProfileModuleTest, NamesLayerAndInputOfWhatIsNotFinite) {
  parse(kNetwork);
  NDArray images = getImages(2);
  reinterpret_cast<float *>(images.bytes.data())[7] = NAN;
  EXPECT_TRUE(failed(profile(images)));
  EXPECT_THAT(message,
              HasSubstr("layer 'pointwise', input 0: expected finite elements "
                        "but got an infinity or NaN"));
}

TEST_F(ProfileModuleTest, RejectsDataOfNoRows) {
  parse(kNetwork);
  EXPECT_TRUE(failed(profile(getImages(0))));
  EXPECT_THAT(message, HasSubstr("layer 'pointwise', input 0: expected data "
                                 "to profile but got no element"));
}

TEST_F(ProfileModuleTest, RejectsInputsThatDoNotFit) {
  parse(kNetwork);
  EXPECT_TRUE(failed(profile(makeF32({1, 2}, {1, 2}))));
  EXPECT_THAT(message, HasSubstr("argument 0: expected"));
}

TEST_F(ProfileModuleTest, RejectsAModelWithoutLayers) {
  parse(getDoubling("4xf32", "arith.addf"));
  EXPECT_TRUE(failed(profile(makeF32({4}, {1, 2, 3, 4}))));
  EXPECT_THAT(message, HasSubstr("expected a layer with an input to measure"));
}
