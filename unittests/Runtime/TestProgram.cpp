//===- TestProgram.cpp - A small program ----------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestProgram.h"

#include "tasd/Simulator/VerifyProgram.h"

using namespace tasd;
using namespace tasd::simulator;

/// A dense argument of `rows` x `columns` in row-major order.
static TensorArgument getMatrix(llvm::StringRef name,
                                sparsity::ElementType type, int64_t rows,
                                int64_t columns) {
  TensorArgument argument;
  argument.name = name.str();
  argument.type = type;
  argument.shape = {rows, columns};
  argument.rows.digits = {{rows, 0, 1}};
  argument.columns.digits = {{columns, 1, 1}};
  return argument;
}

Program tasd::runtime::test::getProgram(const machine::Machine &machine) {
  Program program;
  program.name = "program";
  program.machine = machine.name;
  program.machineHash = getMachineHash(machine);
  program.arguments = {getMatrix("a", sparsity::ElementType::SI8, 2, 4),
                       getMatrix("b", sparsity::ElementType::SI8, 2, 4),
                       getMatrix("z", sparsity::ElementType::SI32, 2, 2)};
  program.rings = {{"smem_a", 1, Operand::A, 2, 2, 4},
                   {"smem_b", 1, Operand::B, 2, 2, 4},
                   {"rf_z", 2, Operand::Z, 2, 2, 2}};
  Multiply multiply;
  multiply.a.ring = 0;
  multiply.b.ring = 1;
  multiply.accumulators = 2;
  multiply.m = multiply.n = 2;
  multiply.k = 4;
  multiply.nest = {{0, 2, MicroLoopKind::SpatialY, 2},
                   {2, 4, MicroLoopKind::SpatialX, 2},
                   {1, 2, MicroLoopKind::Temporal, 3}};
  program.instructions = {Load{0, 0, {}, {}, {}},
                          Load{1, 1, {}, {}, {}},
                          Acquire{0, {}},
                          Acquire{1, {}},
                          Begin{2, {}, false},
                          multiply,
                          End{2},
                          Release{1, {}},
                          Release{0, {}},
                          Store{2, 2, {}}};
  return program;
}
