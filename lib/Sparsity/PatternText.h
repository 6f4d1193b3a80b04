//===- PatternText.h - Patterns with parameters -----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The form that families with parameters share: "keyword(size, name = number)".
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_PATTERNTEXT_H
#define TASD_LIB_SPARSITY_PATTERNTEXT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>

namespace tasd::sparsity {

/// A parameter and where its number goes.
struct Threshold {
  llvm::StringRef name;
  double &value;
};

/// A parameter that is one of a few words, the first where it is left out, and
/// where the position of its word goes.
struct Choice {
  llvm::StringRef name;
  llvm::ArrayRef<llvm::StringLiteral> words;
  unsigned &position;
};

/// Whether `text` is `keyword`, alone or with something in parentheses.
bool isPatternCall(llvm::StringRef text, llvm::StringRef keyword);

/// Reads "keyword(size, name = number or word, ...)" of text that
/// isPatternCall; gives the size, without spaces around it, empty where
/// `hasSize` is not set. `syntax` is the form for messages. Parameters come in
/// any order, those left out stay as they are. Errors: another form, an unknown
/// or repeated parameter, a number that is negative or not finite, an unknown
/// word.
llvm::Expected<llvm::StringRef>
parsePatternCall(llvm::StringRef text, llvm::StringRef syntax, bool hasSize,
                 llvm::ArrayRef<Threshold> thresholds,
                 llvm::ArrayRef<Choice> choices = {});

/// ", name = number" for every threshold that is not 0.
std::string getThresholdText(llvm::ArrayRef<Threshold> thresholds);

/// ", name = word" where that is not the first.
std::string getChoiceText(const Choice &choice);

/// The shortest decimal that reads back as `number`, without '+'.
std::string getNumberText(double number);

/// Checks that thresholds are finite and at least 0.
llvm::Error verifyThresholds(llvm::ArrayRef<Threshold> thresholds);

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_PATTERNTEXT_H
