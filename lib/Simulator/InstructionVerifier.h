//===- InstructionVerifier.h - Whether instructions fit ------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_INSTRUCTIONVERIFIER_H
#define TASD_LIB_SIMULATOR_INSTRUCTIONVERIFIER_H

#include "Elements.h"
#include "VerifyInstructions.h"

#include <map>

namespace tasd::simulator {

/// One walk through the text of a program, with the loops that are open and the
/// tiles that are held.
class InstructionVerifier {
public:
  InstructionVerifier(const Program &program, const machine::Machine &machine)
      : program(program), machine(machine), loads(program.rings.size()),
        acquires(program.rings.size()), begins(program.rings.size()),
        ends(program.rings.size()), stores(program.rings.size()),
        readers(program.rings.size()) {}

  llvm::Error run();

private:
  /// An open loop.
  struct OpenLoop {
    LoopId id;
    int64_t bound;
  };
  /// A tile that a unit holds, and how many loops are open around that.
  struct Held {
    size_t depth;
  };

  llvm::Error visit(const LoopBegin &loop);
  llvm::Error visit(const LoopEnd &loop);
  llvm::Error visit(const Load &load);
  llvm::Error visit(const Acquire &acquire);
  llvm::Error visit(const Release &release);
  llvm::Error visit(const Begin &begin);
  llvm::Error visit(const End &end);
  llvm::Error visit(const Store &store);
  llvm::Error visit(const Signal &signal);
  llvm::Error visit(const Wait &wait);
  llvm::Error visit(const Decompose &decompose);
  llvm::Error visit(const Multiply &multiply);

  llvm::Error verifyLoadOfSums(const Load &load);
  llvm::Error verifyLoadOfInput(const Load &load);
  llvm::Error verifyLoadFromRing(const Load &load, RingId source);
  llvm::Error verifyUnit(TokenId token, std::optional<RingId> unit);
  llvm::Error verifyRing(RingId ring);
  llvm::Error verifyRevisits(llvm::ArrayRef<LoopId> loops);
  llvm::Error verifyOffset(const Offset &offset, int64_t size, int64_t room);
  llvm::Error verifyOrigin(const TileOrigin &origin, ArgumentId argument);
  llvm::Error verifySums(ArgumentId argument);
  llvm::Error verifySource(const InputSource &source, Operand operand,
                           int64_t rows, int64_t columns);
  llvm::Error verifyTerm(const Multiply &multiply);
  llvm::Error verifyNest(const Multiply &multiply);
  llvm::Error verifyCounts();

  sparsity::ElementType getType(ArgumentId argument) const {
    return std::visit([](const auto &each) { return each.type; },
                      program.arguments[argument]);
  }
  /// Whether rows or columns of an argument are gathered.
  bool isGathered(ArgumentId id) const;
  const PackedArgument *getPacked(const InputSource &source) const;
  bool suitsLanes(sparsity::ElementType type) const {
    return isFloat(type) == (program.sumType == sparsity::ElementType::F32) &&
           (isFloat(type) || getReader<int16_t>(type));
  }
  /// How often what stands here runs.
  double countRuns() const {
    double runs = 1;
    for (const OpenLoop &loop : open)
      runs *= loop.bound;
    return runs;
  }
  llvm::Error fail(const llvm::Twine &message) const {
    return llvm::createStringError(message);
  }

  const Program &program;
  const machine::Machine &machine;
  std::vector<OpenLoop> open;
  LoopId numLoops = 0;
  /// By reader and ring; the array is none.
  std::map<std::pair<std::optional<RingId>, RingId>, Held> held;
  std::optional<std::pair<RingId, size_t>> begun;
  /// The series of the newest decomposition, its extents and its depth.
  const Decompose *decomposed = nullptr;
  size_t decomposedDepth = 0;
  std::vector<double> loads, acquires, begins, ends, stores;
  /// Who reads a ring, once it is known.
  std::vector<std::optional<std::optional<RingId>>> readers;
  /// The argument that stands behind a ring.
  std::map<RingId, ArgumentId> contents;
  double steps = 0;
};

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_INSTRUCTIONVERIFIER_H
