//===- OneDNN.cpp - Convolutions by oneDNN --------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OneDNN.h"

#include "dnnl.hpp"

#include <algorithm>
#include <dlfcn.h>

using namespace tasd::convolutions;
using dnnl::memory;

/// oneDNN takes as many threads as OpenMP has, of which its own library says.
static void useOneThread() {
  using SetNumThreads = void (*)(int);
  if (void *function = dlsym(RTLD_DEFAULT, "omp_set_num_threads"))
    reinterpret_cast<SetNumThreads>(function)(1);
}

void tasd::convolutions::setOneDNNVectorBits(unsigned vectorBits) {
  if (vectorBits < 512)
    dnnl::set_max_cpu_isa(dnnl::cpu_isa::avx2);
}

static memory::desc describe(const memory::dims &dims) {
  return {dims, memory::data_type::f32, memory::format_tag::any};
}

static dnnl::convolution_forward::primitive_desc
create(const Convolution &convolution, const dnnl::engine &engine) {
  int64_t input = convolution.getInputSize();
  int64_t window = convolution.window, size = convolution.size;
  dnnl::convolution_forward::desc description(
      dnnl::prop_kind::forward_inference, dnnl::algorithm::convolution_auto,
      describe({1, convolution.channels, input, input}),
      describe({convolution.filters, convolution.channels, window, window}),
      describe({1, convolution.filters, size, size}),
      /*strides=*/{convolution.stride, convolution.stride},
      /*padding_l=*/{0, 0}, /*padding_r=*/{0, 0});
  return {description, engine};
}

/// Normal enough numbers: zeros and denormals have times of their own.
static memory fill(const memory::desc &description,
                   const dnnl::engine &engine) {
  memory result(description, engine);
  auto *elements = static_cast<float *>(result.get_data_handle());
  std::fill_n(elements, description.get_size() / sizeof(float), 0.5f);
  return result;
}

struct OneDNNConvolution::Impl {
  explicit Impl(const Convolution &convolution)
      : engine(dnnl::engine::kind::cpu, 0), stream(engine),
        description(create(convolution, engine)), primitive(description),
        source(fill(description.src_desc(), engine)),
        weights(fill(description.weights_desc(), engine)),
        result(fill(description.dst_desc(), engine)) {}

  dnnl::engine engine;
  dnnl::stream stream;
  dnnl::convolution_forward::primitive_desc description;
  dnnl::convolution_forward primitive;
  memory source, weights, result;
};

OneDNNConvolution::OneDNNConvolution(const Convolution &convolution) {
  useOneThread();
  impl = std::make_unique<Impl>(convolution);
}
OneDNNConvolution::~OneDNNConvolution() = default;

void OneDNNConvolution::run() {
  impl->primitive.execute(impl->stream, {{DNNL_ARG_SRC, impl->source},
                                         {DNNL_ARG_WEIGHTS, impl->weights},
                                         {DNNL_ARG_DST, impl->result}});
  impl->stream.wait();
}
