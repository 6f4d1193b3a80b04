//===- TTCOpBase.td - What ops of the ttc dialect share ----*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Classes of ops and constraints on operands.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TTC_IR_TTCOPBASE
#define TASD_DIALECT_TTC_IR_TTCOPBASE

include "mlir/IR/OpAsmInterface.td"
include "mlir/IR/RegionKindInterface.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/DestinationStyleOpInterface.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "tasd/Dialect/TASD/IR/TASDAttributes.td"
include "tasd/Dialect/TTC/IR/TTCAttributes.td"
include "tasd/Dialect/TTC/IR/TTCDialect.td"
include "tasd/Dialect/TTC/IR/TTCTypes.td"

class TTC_Op<string mnemonic, list<Trait> traits = []>
    : Op<TTC_Dialect, mnemonic, traits>;

/// The state of the machine: its rings, channels, array and counters.
def TTC_MachineState : Resource<"::mlir::ttc::MachineState">;

/// Suggests the names of results in assembly.
def TTC_NamesResults
    : DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmResultNames"]>;

/// What a program declares before its instructions.
class TTC_Declaration<string mnemonic, list<Trait> traits = []>
    : TTC_Op<mnemonic, !listconcat(traits, [
        HasParent<"ProgramOp">, TTC_NamesResults])>;

/// What a unit executes. The order of a unit's instructions is its meaning, so
/// all of them read and write the one state, and none is speculatable.
class TTC_Instruction<string mnemonic, list<Trait> traits = []>
    : TTC_Op<mnemonic, !listconcat(traits, [
        ParentOneOf<["ProgramOp", "LoopOp"]>,
        MemoryEffects<[MemRead<TTC_MachineState>,
                       MemWrite<TTC_MachineState>]>])>;

/// A tile or ring of one operand.
class TTC_Of<Type type, string operand>
    : ConfinedType<type, [CPred<
        "::llvm::cast<" # type.cppType # ">($_self).getOperand() == "
        "::mlir::ttc::Operand::" # operand>],
        type.summary # " of " # operand, type.cppType>;

def TTC_AnyArgument
    : AnyTypeOf<[TTC_TensorArgumentType, TTC_PackedArgumentType]>;

#endif // TASD_DIALECT_TTC_IR_TTCOPBASE
