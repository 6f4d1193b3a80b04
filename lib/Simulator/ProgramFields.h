//===- ProgramFields.h - What programs consist of ------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each struct of Program.h says its fields once, in the order of the binary
// form, to whatever goes through them: a writer or a reader.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_PROGRAMFIELDS_H
#define TASD_LIB_SIMULATOR_PROGRAMFIELDS_H

#include "tasd/Simulator/Program.h"

namespace tasd::simulator {

//===----------------------------------------------------------------------===//
// Kinds of fields
//===----------------------------------------------------------------------===//

/// How many values an enumeration has.
template <typename Enum> inline constexpr unsigned kNumValues = 0;
template <>
inline constexpr unsigned kNumValues<sparsity::ElementType> =
    unsigned(sparsity::ElementType::UI8) + 1;
template <>
inline constexpr unsigned kNumValues<Operand> = unsigned(Operand::Z) + 1;
template <>
inline constexpr unsigned kNumValues<MicroLoopKind> =
    unsigned(MicroLoopKind::SpatialY) + 1;

/// Structs whose fields are told to `describe`, lists, and the rest.
template <typename Field, typename = void> struct IsList : std::false_type {};
template <typename Field>
struct IsList<Field,
              std::void_t<decltype(std::declval<Field>().emplace_back())>>
    : std::negation<std::is_same<Field, std::string>> {};
template <typename Field> struct IsOption : std::false_type {};
template <typename... Options>
struct IsOption<std::variant<Options...>> : std::true_type {};
template <typename Value>
struct IsOption<std::optional<Value>> : std::true_type {};
template <typename Field>
constexpr bool kIsStruct =
    std::is_class_v<Field> && !IsList<Field>::value &&
    !IsOption<Field>::value && !std::is_same_v<Field, std::string>;

//===----------------------------------------------------------------------===//
// Structs
//===----------------------------------------------------------------------===//

/// Passes several fields on.
template <typename Io, typename... Fields>
void pass(Io &io, Fields &...fields) {
  (io(fields), ...);
}
template <typename Io> void describe(Io &io, Digit &digit) {
  pass(io, digit.extent, digit.dimension, digit.scale);
}
template <typename Io> void describe(Io &io, Axis &axis) {
  pass(io, axis.digits, axis.gathered);
}
template <typename Io> void describe(Io &io, TensorArgument &argument) {
  pass(io, argument.name, argument.type, argument.shape, argument.batch,
       argument.rows, argument.columns, argument.density);
}
template <typename Io> void describe(Io &io, PackedArgument &argument) {
  pass(io, argument.name, argument.type, argument.series, argument.batch,
       argument.rows, argument.columns);
}
template <typename Io> void describe(Io &io, Offset::Summand &summand) {
  pass(io, summand.loop, summand.stride);
}
template <typename Io> void describe(Io &io, Offset &offset) {
  pass(io, offset.summands);
}
template <typename Io> void describe(Io &io, TileOrigin &origin) {
  pass(io, origin.batch, origin.row, origin.column);
}
template <typename Io> void describe(Io &io, Ring &ring) {
  pass(io, ring.name, ring.level, ring.operand, ring.numSlots, ring.rows,
       ring.columns);
}
template <typename Io> void describe(Io &io, LoopBegin &loop) {
  pass(io, loop.bound);
}
template <typename Io> void describe(Io &, LoopEnd &) {}
template <typename Io> void describe(Io &io, Load &load) {
  pass(io, load.ring, load.argument, load.source, load.origin, load.revisits);
}
template <typename Io> void describe(Io &io, Acquire &acquire) {
  pass(io, acquire.ring, acquire.reader);
}
template <typename Io> void describe(Io &io, Release &release) {
  pass(io, release.ring, release.reader);
}
template <typename Io> void describe(Io &io, Begin &begin) {
  pass(io, begin.ring, begin.revisits, begin.accumulates);
}
template <typename Io> void describe(Io &io, End &end) { pass(io, end.ring); }
template <typename Io> void describe(Io &io, Store &store) {
  pass(io, store.ring, store.argument, store.origin);
}
template <typename Io> void describe(Io &io, Signal &signal) {
  pass(io, signal.token, signal.unit);
}
template <typename Io> void describe(Io &io, Wait &wait) {
  pass(io, wait.token, wait.unit, wait.revisits);
}
template <typename Io> void describe(Io &io, MicroLoop &loop) {
  pass(io, loop.dim, loop.bound, loop.kind, loop.level);
}
template <typename Io> void describe(Io &io, InputSource &source) {
  pass(io, source.ring, source.argument, source.origin);
}
template <typename Io> void describe(Io &io, Decompose &decompose) {
  pass(io, decompose.a, decompose.rows, decompose.columns, decompose.series);
}
template <typename Io> void describe(Io &io, Multiply &multiply) {
  pass(io, multiply.a, multiply.b, multiply.accumulators, multiply.row,
       multiply.column, multiply.pattern, multiply.term, multiply.decomposed,
       multiply.zeroPointB, multiply.nest, multiply.m, multiply.n, multiply.k);
}
template <typename Io> void describe(Io &io, Program &program) {
  pass(io, program.name, program.machine, program.machineHash,
       program.arguments, program.rings, program.numTokens, program.sumType,
       program.instructions);
}

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_PROGRAMFIELDS_H
