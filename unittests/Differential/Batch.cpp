//===- Batch.cpp - Many programs, compiled at once ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Batch.h"
#include "Accelerator.h"
#include "Comparison.h"
#include "Interpreter.h"

#include "tasd/Conversion/LinalgToTASD/Passes.h"
#include "tasd/Dialect/TASD/IR/TASD.h"
#include "tasd/Dialect/TASD/Transforms/Passes.h"
#include "tasd/Evaluation/Compilation.h"
#include "tasd/InitAll.h"
#include "tasd/Pipelines/Lowering.h"
#include "tasd/Runtime/DenseLibrary.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/PrettyStackTrace.h"

using namespace ::tasd;
using namespace ::tasd::differential;
using namespace mlir;
using ::tasd::evaluation::Executable;

namespace {

/// A program on its way through the compiler.
struct Job {
  explicit Job(uint64_t seed) { outcome.program = generateProgram(seed); }

  void fail(const llvm::Twine &message) {
    outcome.failures.push_back(message.str());
  }
  bool hasFailed() const { return !outcome.failures.empty(); }
  const Program &getProgram() const { return outcome.program; }

  Outcome outcome;
  OwningOpRef<ModuleOp> planned;
  FunctionType type;
  Expectation expectation;
};

class Batch {
public:
  Batch(llvm::ArrayRef<uint64_t> seeds, const RunOptions &options);
  std::vector<Outcome> run();

private:
  bool runPasses(ModuleOp module,
                 llvm::function_ref<void(OpPassManager &)> build);
  void plan(Job &job);
  void checkPlan(Job &job);
  void interpret(Job &job);
  OwningOpRef<ModuleOp> merge(llvm::ArrayRef<Job *> jobs);
  void convert(Job &job);
  void addLowering(OpPassManager &pm, llvm::StringRef backend) const;
  void compileAndRun(llvm::ArrayRef<Job *> jobs, llvm::StringRef backend);
  void simulateOne(Job &job, const Executable &executable);
  void runOne(Job &job, const Executable &executable, llvm::StringRef backend);
  std::string takeDiagnostics() { return std::exchange(diagnostics, ""); }

  RunOptions options;
  Accelerator accelerator;
  MLIRContext context{MLIRContext::Threading::DISABLED};
  std::string diagnostics;
  std::vector<Job> jobs;
};

} // namespace

Batch::Batch(llvm::ArrayRef<uint64_t> seeds, const RunOptions &options)
    : options(options), accelerator(options.machine) {
  DialectRegistry registry;
  ::tasd::evaluation::registerDialects(registry);
  mlir::tasd::registerAllDialects(registry);
  context.appendDialectRegistry(registry);
  context.getDiagEngine().registerHandler([this](Diagnostic &diagnostic) {
    diagnostics += diagnostic.str() + "\n";
  });
  for (uint64_t seed : seeds)
    jobs.emplace_back(seed);
}

bool Batch::runPasses(ModuleOp module,
                      llvm::function_ref<void(OpPassManager &)> build) {
  PassManager pm(&context);
  build(pm);
  return succeeded(pm.run(module));
}

//===----------------------------------------------------------------------===//
// Plans
//===----------------------------------------------------------------------===//

static mlir::tasd::PlanSide getPlanSide(Side side) {
  return side == Side::Weights       ? mlir::tasd::PlanSide::Weights
         : side == Side::Activations ? mlir::tasd::PlanSide::Activations
                                     : mlir::tasd::PlanSide::Both;
}

void Batch::plan(Job &job) {
  const Program &program = job.getProgram();
  job.planned = parseSourceString<ModuleOp>(program.getModuleText(), &context);
  if (!job.planned)
    return job.fail("cannot be parsed: " + takeDiagnostics());
  auto function = job.planned->lookupSymbol<func::FuncOp>(program.name);
  job.type = function.getFunctionType();
  mlir::tasd::PlanOptions planOptions;
  planOptions.series.push_back(program.series);
  planOptions.side = getPlanSide(program.traits.side);
  if (!runPasses(*job.planned, [&](OpPassManager &pm) {
        pm.addPass(mlir::tasd::createPlan(planOptions));
      }))
    return job.fail("cannot be planned: " + takeDiagnostics());
  if (options.print)
    llvm::outs() << *job.planned << "\n";
  if (!program.isComposition())
    checkPlan(job);
}

/// The layers of a function, in order.
static SmallVector<linalg::LinalgOp> getLayers(func::FuncOp function) {
  SmallVector<linalg::LinalgOp> layers;
  function.walk([&](linalg::LinalgOp op) {
    if (op.getNumReductionLoops() != 0)
      layers.push_back(op);
  });
  return layers;
}

/// A plan must be as expected, or there must be none: a layer left dense costs
/// coverage, one planned otherwise is a mistake.
void Batch::checkPlan(Job &job) {
  const Program &program = job.getProgram();
  auto function = job.planned->lookupSymbol<func::FuncOp>(program.name);
  SmallVector<linalg::LinalgOp> layers = getLayers(function);
  if (layers.size() != program.layers.size())
    return job.fail("has " + llvm::Twine(layers.size()) + " layers");
  for (auto [op, expected] : llvm::zip(layers, program.layers)) {
    auto plan = op->getAttrOfType<mlir::tasd::PlanAttr>(
        mlir::tasd::TASDDialect::kPlanAttrName);
    if (!plan)
      continue;
    for (int input : {0, 1}) {
      mlir::tasd::OperandPlanAttr operand = plan.getInputs()[input];
      const auto &wanted = expected.inputs[input];
      if (bool(operand) != wanted.has_value())
        job.fail("input " + llvm::Twine(input) + " is " +
                 (operand ? "planned but must not be" : "left dense"));
      else if (operand && (operand.getSeries().getText() != wanted->series ||
                           operand.getAlong() != ArrayRef(wanted->along)))
        job.fail("input " + llvm::Twine(input) +
                 " is planned along other dimensions than expected");
    }
  }
}

/// Counts what is really rewritten.
void Batch::convert(Job &job) {
  OwningOpRef<ModuleOp> converted = job.planned->clone();
  if (!runPasses(*converted, [](OpPassManager &pm) {
        pm.addPass(mlir::tasd::createConvertLinalgToTASD());
      }))
    return job.fail("cannot be converted: " + takeDiagnostics());
  int64_t numContracts = 0;
  converted->walk([&](mlir::tasd::ContractOp) { ++numContracts; });
  int64_t numExpected =
      llvm::count_if(job.getProgram().layers, [](const ExpectedLayer &layer) {
        return layer.isPlanned();
      });
  job.outcome.isRewritten = numContracts != 0 && numContracts == numExpected;
}

//===----------------------------------------------------------------------===//
// The oracle
//===----------------------------------------------------------------------===//

/// Evaluates the program with what the plans that there are keep.
void Batch::interpret(Job &job) {
  const Program &program = job.getProgram();
  auto function = job.planned->lookupSymbol<func::FuncOp>(program.name);
  SmallVector<linalg::LinalgOp> layers = getLayers(function);
  auto substitute = [&](unsigned layer, unsigned input, const Tensor &operand) {
    const auto &decomposition = program.layers[layer].inputs[input];
    StringRef plan = mlir::tasd::TASDDialect::kPlanAttrName;
    if (!decomposition ||
        !(program.isComposition() || layers[layer]->hasAttr(plan)))
      return operand;
    llvm::Expected<Tensor> composed = compose(operand, *decomposition);
    if (composed)
      return *composed;
    job.fail(llvm::toString(composed.takeError()));
    return operand;
  };
  Interpreter interpreter(substitute);
  auto run = [&]() -> std::vector<Tensor> {
    llvm::Expected<std::vector<Tensor>> results =
        interpreter.run(function, program.inputs);
    if (results)
      return std::move(*results);
    job.fail(llvm::toString(results.takeError()));
    return {};
  };
  job.expectation.results = run();
  job.expectation.isBitwise = program.isComposition();
  if (program.isExact)
    return;
  interpreter.useMagnitudes = true;
  job.expectation.magnitudes = run();
  job.expectation.numProducts = program.numProducts;
}

//===----------------------------------------------------------------------===//
// Compiled programs
//===----------------------------------------------------------------------===//

/// One module with the functions of all jobs.
OwningOpRef<ModuleOp> Batch::merge(llvm::ArrayRef<Job *> jobs) {
  OwningOpRef<ModuleOp> merged = ModuleOp::create(UnknownLoc::get(&context));
  int64_t numPlans = 0;
  StringRef stamp = mlir::tasd::TASDDialect::kPlanCountAttrName;
  for (Job *job : jobs) {
    OwningOpRef<ModuleOp> module = job->planned->clone();
    numPlans += (*module)->getAttrOfType<IntegerAttr>(stamp).getInt();
    merged->getBody()->getOperations().splice(
        merged->getBody()->end(), module->getBody()->getOperations());
  }
  (*merged)->setAttr(stamp, Builder(&context).getI64IntegerAttr(numPlans));
  return merged;
}

void Batch::runOne(Job &job, const Executable &executable, StringRef backend) {
  SmallVector<::tasd::evaluation::NDArray> inputs;
  for (const Tensor &input : job.getProgram().inputs)
    inputs.push_back(input.toArray());
  auto result = executable.run(inputs);
  if (!result)
    return job.fail(backend + ": " + llvm::toString(result.takeError()));
  for (auto [i, array] : llvm::enumerate(result->results)) {
    std::string difference = findDifference(job.expectation, i, array);
    if (!difference.empty())
      job.fail(backend + ": result " + llvm::Twine(i) + ": " + difference);
  }
}

/// Whether the accelerator has terms to extract, if it runs all layers.
static bool hasTermsToExtract(const Outcome &outcome) {
  const Traits &traits = outcome.program.traits;
  return outcome.isRewritten && traits.side == Side::Activations &&
         !traits.features.count("empty");
}

/// Layers run on the accelerator; those with dynamic extents do not.
void Batch::simulateOne(Job &job, const Executable &executable) {
  auto counts = accelerator.simulate([&] { runOne(job, executable, "ttc"); });
  if (!counts)
    return job.fail("ttc: " + llvm::toString(counts.takeError()));
  job.outcome.isAccelerated =
      counts->launches >= job.getProgram().layers.size();
  job.outcome.isExtracted = counts->blocks > 0;
  if (job.outcome.isAccelerated && !job.outcome.isExtracted &&
      hasTermsToExtract(job.outcome))
    job.fail("ttc: the accelerator extracts no terms");
}

void Batch::addLowering(OpPassManager &pm, StringRef backend) const {
  if (backend == "reference")
    return mlir::tasd::buildLowerToReferencePipeline(pm);
  mlir::tasd::LowerToTTCOptions pipelineOptions;
  pipelineOptions.vectorBits = options.vectorBits;
  if (backend == "blas") {
    pipelineOptions.dense = mlir::tasd::DenseKernels::BLAS;
    pipelineOptions.minBlasMacs = 0;
  }
  if (backend == "cpu" || backend == "blas")
    return mlir::tasd::buildLowerToCPUPipeline(pm, pipelineOptions);
  pipelineOptions.machine = accelerator.getFile();
  pipelineOptions.termsApart = options.termsApart;
  mlir::tasd::buildLowerToTTCPipeline(pm, pipelineOptions);
}

/// Compiles all jobs as one module; where that fails, halves of them.
void Batch::compileAndRun(llvm::ArrayRef<Job *> jobs, StringRef backend) {
  if (jobs.empty())
    return;
  OwningOpRef<ModuleOp> module = merge(jobs);
  bool isLowered =
      runPasses(*module, [&](OpPassManager &pm) { addLowering(pm, backend); });
  std::string error = takeDiagnostics();
  if (isLowered) {
    std::vector<::tasd::evaluation::EntryPoint> entries;
    for (Job *job : jobs)
      entries.push_back({job->getProgram().name, job->type});
    auto executables =
        Executable::createAll(*module, entries, options.optLevel);
    if (executables) {
      for (auto [job, executable] : llvm::zip_equal(jobs, *executables))
        if (backend == "ttc")
          simulateOne(*job, executable);
        else
          runOne(*job, executable, backend);
      return;
    }
    error = llvm::toString(executables.takeError());
  }
  if (jobs.size() == 1)
    return jobs[0]->fail(backend + ": cannot be compiled: " + error);
  compileAndRun(jobs.take_front(jobs.size() / 2), backend);
  compileAndRun(jobs.drop_front(jobs.size() / 2), backend);
}

/// None of series with a pattern that has no blocks.
static std::optional<int64_t> getBlockSize(StringRef series) {
  auto registry = sparsity::PatternRegistry::createWithBuiltins();
  return llvm::cantFail(registry.parseSeries(series)).getBlockSize();
}

/// A machine takes a series as one input, not as both, and has to hold a block
/// of it.
static bool canRunOnMachine(const Job &job) {
  const Program &program = job.getProgram();
  std::optional<int64_t> blockSize = getBlockSize(program.series);
  return !program.isComposition() && blockSize &&
         *blockSize <= Accelerator::kMaxBlockSize &&
         llvm::none_of(program.layers, [](const ExpectedLayer &layer) {
           return layer.inputs[0] && layer.inputs[1];
         });
}

std::vector<Outcome> Batch::run() {
  SmallVector<Job *> runnable;
  for (Job &job : jobs) {
    plan(job);
    if (!job.hasFailed())
      convert(job);
    if (job.hasFailed() || options.planOnly)
      continue;
    interpret(job);
    if (!job.hasFailed())
      runnable.push_back(&job);
  }
  compileAndRun(runnable, "reference");
  compileAndRun(runnable, "cpu");
  if (::tasd::runtime::getDenseLibrary())
    compileAndRun(runnable, "blas");
  llvm::erase_if(runnable, [](Job *job) { return !canRunOnMachine(*job); });
  compileAndRun(runnable, "ttc");
  std::vector<Outcome> outcomes;
  for (Job &job : jobs)
    outcomes.push_back(std::move(job.outcome));
  return outcomes;
}

std::vector<Outcome> differential::runBatch(llvm::ArrayRef<uint64_t> seeds,
                                            const RunOptions &options) {
  llvm::PrettyStackTraceFormat trace("programs of the seeds %llu to %llu",
                                     (unsigned long long)seeds.front(),
                                     (unsigned long long)seeds.back());
  return Batch(seeds, options).run();
}
