//===- Codec.h - Values of machines as text ---------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A codec names a kind of value, parses it from a scalar and prints it such
// that parsing gives the same value.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_MACHINE_CODEC_H
#define TASD_LIB_MACHINE_CODEC_H

#include "tasd/Machine/Machine.h"

namespace tasd::machine {

/// Each codec has
///   static std::string describe();            // "a number"
///   static bool parse(StringRef text, T &value);
///   static std::string print(const T &value); // YAML
template <typename T> struct Codec;

template <> struct Codec<std::string> {
  static std::string describe() { return "text"; }
  static bool parse(llvm::StringRef text, std::string &value);
  static std::string print(const std::string &value);
};

template <> struct Codec<bool> {
  static std::string describe() { return "true or false"; }
  static bool parse(llvm::StringRef text, bool &value);
  static std::string print(bool value) { return value ? "true" : "false"; }
};

template <> struct Codec<int64_t> {
  static std::string describe() { return "an integer"; }
  static bool parse(llvm::StringRef text, int64_t &value);
  static std::string print(int64_t value);
};

template <> struct Codec<double> {
  static std::string describe() { return "a number"; }
  static bool parse(llvm::StringRef text, double &value);
  static std::string print(double value);
};

/// The words for the values of an enumeration, in their order.
template <typename Enum> llvm::ArrayRef<llvm::StringRef> getWords();

template <> llvm::ArrayRef<llvm::StringRef> getWords<Operand>();
template <> llvm::ArrayRef<llvm::StringRef> getWords<Placement>();
template <> llvm::ArrayRef<llvm::StringRef> getWords<CapacityUnit>();
template <> llvm::ArrayRef<llvm::StringRef> getWords<Dataflow>();
template <> llvm::ArrayRef<llvm::StringRef> getWords<MetadataFormat>();
template <> llvm::ArrayRef<llvm::StringRef> getWords<ZeroSupport>();
template <> llvm::ArrayRef<llvm::StringRef> getWords<KernelForm>();

/// "one of: a, b".
std::string describeWords(llvm::ArrayRef<llvm::StringRef> words);

/// Any enumeration that has words.
template <typename Enum> struct Codec {
  static std::string describe() { return describeWords(getWords<Enum>()); }
  static bool parse(llvm::StringRef text, Enum &value) {
    for (size_t i = 0; i < getWords<Enum>().size(); ++i)
      if (getWords<Enum>()[i] == text) {
        value = Enum(i);
        return true;
      }
    return false;
  }
  static std::string print(Enum value) {
    return getWords<Enum>()[size_t(value)].str();
  }
};

} // namespace tasd::machine

#endif // TASD_LIB_MACHINE_CODEC_H
