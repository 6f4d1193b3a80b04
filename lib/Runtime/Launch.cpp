//===- Launch.cpp - Launches of programs ----------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Runtime/Launch.h"

#include "RecordReader.h"

#include "tasd/Runtime/ABI.h"

using namespace tasd;
using namespace tasd::runtime;

//===----------------------------------------------------------------------===//
// LaunchContext
//===----------------------------------------------------------------------===//

LaunchContext::~LaunchContext() { llvm::consumeError(std::move(error)); }

void LaunchContext::addListener(simulator::Listener &listener) {
  std::lock_guard<std::mutex> lock(mutex);
  listeners.push_back(&listener);
}

llvm::Expected<simulator::Result>
LaunchContext::run(llvm::StringRef bytes,
                   llvm::ArrayRef<simulator::Tensor> tensors) {
  auto program = programs.get(bytes);
  if (!program)
    return program.takeError();
  std::optional<llvm::ArrayRef<simulator::Tensor>> data;
  if (mode == LaunchMode::Functional)
    data = tensors;
  return simulator::simulate(**program, machine, data, listeners);
}

void LaunchContext::launch(llvm::StringRef layer, llvm::StringRef program,
                           llvm::ArrayRef<simulator::Tensor> tensors) {
  std::lock_guard<std::mutex> lock(mutex);
  if (error)
    return;
  if (llvm::Expected<simulator::Result> result = run(program, tensors))
    launches.push_back({layer.str(), std::move(*result)});
  else
    error = llvm::createStringError("layer '" + layer +
                                    "': " + llvm::toString(result.takeError()));
}

llvm::Expected<std::vector<Launch>> LaunchContext::take() {
  std::lock_guard<std::mutex> lock(mutex);
  std::vector<Launch> taken = std::exchange(launches, {});
  if (error)
    return std::exchange(error, llvm::Error::success());
  return taken;
}

/// The context of setLaunchContext.
static LaunchContext *&getLaunchContextSlot() {
  static LaunchContext *context = nullptr;
  return context;
}

void runtime::setLaunchContext(LaunchContext *context) {
  getLaunchContextSlot() = context;
}

LaunchContext *runtime::getLaunchContext() { return getLaunchContextSlot(); }

//===----------------------------------------------------------------------===//
// The ABI
//===----------------------------------------------------------------------===//

static simulator::Tensor readTensor(RecordReader &reader) {
  simulator::Tensor tensor;
  int64_t rank = reader.readCount("a rank", kMaxRank);
  tensor.data = reader.readAddress<void>();
  tensor.shape = llvm::to_vector<4>(reader.readWords(rank));
  tensor.strides = llvm::to_vector<4>(reader.readWords(rank));
  return tensor;
}

/// More tensors than this are a broken record.
static constexpr int64_t kMaxTensors = 1024;

extern "C" void tasd_runtime_launch(const int64_t *record) {
  RecordReader reader(record, "tasd_runtime_launch");
  llvm::StringRef program = reader.readBytes();
  llvm::StringRef layer = reader.readBytes();
  int64_t numTensors = reader.readCount("a number of tensors", kMaxTensors);
  llvm::SmallVector<simulator::Tensor> tensors;
  for (int64_t i = 0; i < numTensors; ++i)
    tensors.push_back(readTensor(reader));
  LaunchContext *context = getLaunchContext();
  if (!context)
    reader.fail("expected a launch context");
  context->launch(layer, program, tensors);
}
