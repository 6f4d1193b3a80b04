//===- Executable.cpp - Run a compiled function on arrays -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/Executable.h"

#include "ConstantBuffers.h"

#include "tasd/Runtime/Runtime.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/OpenMP/OpenMPDialect.h"
#include "mlir/ExecutionEngine/ExecutionEngine.h"
#include "mlir/ExecutionEngine/OptUtils.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/OpenMP/OpenMPToLLVMIRTranslation.h"

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h"
#include "llvm/Support/DynamicLibrary.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetMachine.h"

#include <chrono>
#include <cstdlib>
#include <ctime>

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;

//===----------------------------------------------------------------------===//
// Compilation
//===----------------------------------------------------------------------===//

/// Conversions of bf16 and f8 and the copies of strided memrefs are calls.
static const StringRef kLibraries[] = {TASD_MLIR_FLOAT16_UTILS,
                                       TASD_MLIR_C_RUNNER_UTILS};

/// Those, and that of OpenMP for code of several threads.
static llvm::Expected<SmallVector<StringRef>> getLibraries(ModuleOp lowered) {
  SmallVector<StringRef> libraries(std::begin(kLibraries),
                                   std::end(kLibraries));
  auto find = [](omp::ParallelOp) { return WalkResult::interrupt(); };
  if (!lowered.walk(find).wasInterrupted())
    return libraries;
  StringRef openMP(TASD_OPENMP_LIBRARY);
  if (openMP.empty())
    return llvm::createStringError("expected a build with OpenMP for code of "
                                   "several threads but libomp was not found");
  libraries.push_back(openMP);
  return libraries;
}

static llvm::Expected<std::unique_ptr<llvm::TargetMachine>>
createHostTargetMachine(llvm::CodeGenOptLevel optLevel) {
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  // Kernels have lines of assembly.
  llvm::InitializeNativeTargetAsmParser();
  llvm::Expected<llvm::orc::JITTargetMachineBuilder> builder =
      llvm::orc::JITTargetMachineBuilder::detectHost();
  if (!builder)
    return builder.takeError();
  builder->setCodeGenOptLevel(optLevel);
  // With these LLVM holds a bf16 as an f32 and narrows it again even where it
  // is only copied, which flushes denormals.
  if (builder->getTargetTriple().isX86())
    for (const char *feature : {"avx512bf16", "avxneconvert"})
      builder->getFeatures().AddFeature(feature, /*Enable=*/false);
  return builder->createTargetMachine();
}

/// The functions of our runtime, under the names the JIT looks up.
static llvm::orc::SymbolMap
getRuntimeSymbols(llvm::orc::MangleAndInterner interner) {
  llvm::orc::SymbolMap map;
  for (const runtime::Symbol &symbol : runtime::getSymbols())
    map[interner(symbol.name)] = {
        llvm::orc::ExecutorAddr::fromPtr(symbol.address),
        llvm::JITSymbolFlags::Exported};
  return map;
}

/// Checks that every function the module declares is somewhere: in our runtime,
/// MLIR's, or this process. The JIT itself would say so in terms of its own.
static llvm::Error verifySymbols(ModuleOp lowered,
                                 ArrayRef<StringRef> libraries) {
  for (StringRef library : libraries)
    llvm::sys::DynamicLibrary::LoadLibraryPermanently(library.data());
  for (auto function : lowered.getOps<LLVM::LLVMFuncOp>()) {
    StringRef name = function.getName();
    if (!function.isExternal() || name.starts_with("llvm.") ||
        llvm::is_contained(
            llvm::map_range(runtime::getSymbols(),
                            [](const auto &symbol) { return symbol.name; }),
            name) ||
        llvm::sys::DynamicLibrary::SearchForAddressOfSymbol(name.str()))
      continue;
    return llvm::createStringError("expected a body for function '" + name +
                                   "'");
  }
  return llvm::Error::success();
}

namespace {
/// What compiled code needs as long as it may run.
struct Program {
  ConstantBuffers constants;
  std::unique_ptr<ExecutionEngine> engine;
};
} // namespace

static llvm::Expected<std::unique_ptr<ExecutionEngine>>
createEngine(ModuleOp lowered, unsigned optLevel) {
  auto libraries = getLibraries(lowered);
  if (!libraries)
    return libraries.takeError();
  if (llvm::Error error = verifySymbols(lowered, *libraries))
    return std::move(error);
  registerBuiltinDialectTranslation(*lowered.getContext());
  registerLLVMDialectTranslation(*lowered.getContext());
  registerOpenMPDialectTranslation(*lowered.getContext());
  auto codeGenLevel = static_cast<llvm::CodeGenOptLevel>(optLevel);
  auto machine = createHostTargetMachine(codeGenLevel);
  if (!machine)
    return machine.takeError();
  auto optimize =
      makeOptimizingTransformer(optLevel, /*sizeLevel=*/0, machine->get());
  ExecutionEngineOptions options;
  options.transformer = optimize;
  options.jitCodeGenOptLevel = codeGenLevel;
  options.sharedLibPaths = *libraries;
  options.enableGDBNotificationListener = false;
  options.enablePerfNotificationListener = false;
  auto engine = ExecutionEngine::create(lowered, options, std::move(*machine));
  if (!engine)
    return engine.takeError();
  (*engine)->registerSymbols(getRuntimeSymbols);
  return engine;
}

static llvm::Expected<std::shared_ptr<ExecutionEngine>>
createProgram(ModuleOp lowered, unsigned optLevel) {
  OwningOpRef<ModuleOp> code = lowered.clone();
  auto program = std::make_shared<Program>();
  program->constants = ConstantBuffers::takeFrom(*code);
  auto engine = createEngine(*code, optLevel);
  if (!engine)
    return engine.takeError();
  program->engine = std::move(*engine);
  program->engine->registerSymbols([&](llvm::orc::MangleAndInterner interner) {
    return program->constants.getSymbols(interner);
  });
  program->engine->initialize();
  return std::shared_ptr<ExecutionEngine>(program, program->engine.get());
}

llvm::Expected<std::vector<Executable>>
Executable::createAll(ModuleOp lowered, ArrayRef<EntryPoint> entries,
                      unsigned optLevel) {
  std::vector<Signature> signatures;
  for (const EntryPoint &entry : entries) {
    llvm::Expected<Signature> signature = Signature::get(entry.type);
    if (!signature)
      return signature.takeError();
    signatures.push_back(std::move(*signature));
  }
  auto created = createProgram(lowered, optLevel);
  if (!created)
    return created.takeError();
  std::shared_ptr<ExecutionEngine> engine = std::move(*created);
  std::vector<Executable> executables;
  for (auto [entry, signature] : llvm::zip_equal(entries, signatures)) {
    auto function = engine->lookupPacked(("_mlir_ciface_" + entry.name).str());
    if (!function)
      return function.takeError();
    executables.push_back(
        Executable(std::move(signature), entry.numBuffers, engine, *function));
  }
  return executables;
}

llvm::Expected<Executable> Executable::create(ModuleOp lowered, StringRef entry,
                                              FunctionType type) {
  auto executables = createAll(lowered, EntryPoint{entry, type});
  if (!executables)
    return executables.takeError();
  return std::move(executables->front());
}

/// Takes the last `count` inputs out of a signature.
static SmallVector<TensorSpec> takeInputs(Signature &signature, size_t count) {
  auto begin = signature.inputs.end() - count;
  SmallVector<TensorSpec> taken(
      std::make_move_iterator(begin),
      std::make_move_iterator(signature.inputs.end()));
  signature.inputs.erase(begin, signature.inputs.end());
  return taken;
}

Executable::Executable(Signature wholeSignature, size_t numBuffers,
                       std::shared_ptr<ExecutionEngine> engine,
                       void (*function)(void **))
    : buffers(takeInputs(wholeSignature, numBuffers)),
      signature(std::move(wholeSignature)), engine(std::move(engine)),
      function(function) {}
Executable::Executable(Executable &&) = default;
Executable &Executable::operator=(Executable &&) = default;
Executable::~Executable() = default;

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

namespace {

/// The words of ranked memref descriptors, as MLIR's LLVM lowering lays them
/// out: allocated and aligned pointer, offset, sizes, strides.
class Descriptor {
public:
  /// A descriptor to be filled by a callee.
  Descriptor(int64_t *words, int64_t rank) : words(words), rank(rank) {}

  static int64_t getNumWords(int64_t rank) { return 3 + 2 * rank; }

  /// Describes a row-major array, which callees only read.
  void set(const void *data, ArrayRef<int64_t> shape) {
    words[0] = words[1] = reinterpret_cast<intptr_t>(data);
    words[2] = 0;
    llvm::copy(shape, words + 3);
    llvm::copy(getRowMajorStrides(shape), words + 3 + rank);
  }

  void *getAllocated() const { return reinterpret_cast<void *>(words[0]); }
  int64_t getOffset() const { return words[2]; }
  ArrayRef<int64_t> getSizes() const { return {words + 3, size_t(rank)}; }
  ArrayRef<int64_t> getStrides() const {
    return {words + 3 + rank, size_t(rank)};
  }
  const char *getData(int64_t width) const {
    return reinterpret_cast<const char *>(words[1]) + getOffset() * width;
  }

private:
  int64_t *words;
  int64_t rank;
};

/// The descriptors of all arguments or results, one after the other: that is
/// also the struct that a callee with several results fills.
struct Descriptors {
  explicit Descriptors(ArrayRef<TensorSpec> specs) {
    int64_t numWords = 0;
    for (const TensorSpec &spec : specs)
      numWords += Descriptor::getNumWords(spec.getRank());
    words.resize(numWords);
    int64_t *next = words.data();
    for (const TensorSpec &spec : specs) {
      descriptors.emplace_back(next, spec.getRank());
      next += Descriptor::getNumWords(spec.getRank());
    }
  }

  std::vector<int64_t> words;
  SmallVector<Descriptor> descriptors;
};

} // namespace

/// The address of each descriptor.
static void addPointers(Descriptors &descriptors, ArrayRef<TensorSpec> specs,
                        SmallVectorImpl<void *> &pointers) {
  int64_t *next = descriptors.words.data();
  for (const TensorSpec &spec : specs) {
    pointers.push_back(next);
    next += Descriptor::getNumWords(spec.getRank());
  }
}

/// Copies results into arrays and frees them.
static SmallVector<NDArray> takeResults(ArrayRef<TensorSpec> specs,
                                        const Descriptors &results) {
  SmallVector<NDArray> arrays;
  llvm::SmallPtrSet<void *, 4> allocations;
  for (auto [spec, descriptor] : llvm::zip_equal(specs, results.descriptors)) {
    arrays.push_back(NDArray::allocate(spec.dtype, descriptor.getSizes()));
    copyFromStrided(descriptor.getData(getByteWidth(spec.dtype)),
                    descriptor.getStrides(), arrays.back());
    allocations.insert(descriptor.getAllocated());
  }
  // A function that returns one value twice gives one allocation twice.
  for (void *allocation : allocations)
    std::free(allocation);
  return arrays;
}

/// CPU time that this thread has had.
static double getThreadMilliseconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return 1e3 * static_cast<double>(time.tv_sec) +
         1e-6 * static_cast<double>(time.tv_nsec);
}

llvm::Expected<RunResult>
Executable::run(ArrayRef<NDArray> arrays,
                ArrayRef<const void *> addresses) const {
  assert(addresses.size() == buffers.size() && "expected all buffers");
  if (llvm::Error error = signature.verifyInputs(arrays))
    return std::move(error);
  Descriptors inputs(signature.inputs), bound(buffers),
      results(signature.results);
  for (auto [descriptor, array] : llvm::zip_equal(inputs.descriptors, arrays))
    descriptor.set(array.bytes.data(), array.shape);
  for (auto [descriptor, address, spec] :
       llvm::zip_equal(bound.descriptors, addresses, buffers))
    descriptor.set(address, spec.shape);
  // The results' struct comes first, if there are results.
  SmallVector<void *> pointers, arguments;
  if (!results.descriptors.empty())
    pointers.push_back(results.words.data());
  addPointers(inputs, signature.inputs, pointers);
  addPointers(bound, buffers, pointers);
  for (void *&pointer : pointers)
    arguments.push_back(&pointer);

  double threadStart = getThreadMilliseconds();
  auto start = std::chrono::steady_clock::now();
  function(arguments.data());
  std::chrono::duration<double, std::milli> time =
      std::chrono::steady_clock::now() - start;
  double threadTime = getThreadMilliseconds() - threadStart;
  return RunResult{takeResults(signature.results, results), time.count(),
                   threadTime};
}
