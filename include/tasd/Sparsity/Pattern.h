//===- Pattern.h - Where the non-zeros of a term may be ---------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A pattern says where a term may have non-zeros, and may treat whole series of
// its family in one pass; a family makes patterns from text; the registry is
// the one parser of series. A new pattern is a new family and nothing else.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SPARSITY_PATTERN_H
#define TASD_SPARSITY_PATTERN_H

#include "tasd/Sparsity/TensorView.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace llvm {
class ThreadPoolInterface;
} // namespace llvm

namespace tasd::sparsity {

class Pattern;
class Scoring;
class Series;

/// One tensor of a term's packed form.
struct PackedComponent {
  /// Lower-case noun: "values", "metadata".
  std::string name;
  /// The element type; none stands for the element type of the tensor.
  std::optional<ElementType> elementType;
  /// A negative extent is not known from the shape of the tensor alone.
  llvm::SmallVector<int64_t, 4> shape;

  /// The extent that depends on the elements of a tensor.
  static constexpr int64_t dataDependentExtent =
      std::numeric_limits<int64_t>::min();

  /// Whether no extent is negative.
  bool hasStaticShape() const;
  int64_t getNumElements() const;
  /// Bytes of the component, of a tensor of elements of `tensorType`.
  int64_t getNumBytes(ElementType tensorType) const;
};

/// For each element of a tensor (rows x columns, row-major) the position in
/// the series of the term that holds it; `unowned` where no term does.
struct Ownership {
  static constexpr uint8_t unowned = 0xff;
  int64_t numRows = 0;
  int64_t numColumns = 0;
  std::vector<uint8_t> owner;
};

using PatternRef = std::shared_ptr<const Pattern>;

/// A rectangle of a packed term that is a small tensor of its own once its rows
/// and columns are gathered: dense, or a term of another pattern.
struct PackedPart {
  /// Where a component of the part stands in the term.
  struct Component {
    /// Position of the term's component that holds it.
    size_t position = 0;
    /// Its first element there; the others follow in row-major order.
    int64_t begin = 0;
    llvm::SmallVector<int64_t, 4> shape;
  };

  /// Element (i, j) of the part is the one at rows[i] and columns[j] of the
  /// tensor, flattened as in TensorView. Both ascend.
  std::vector<int64_t> rows, columns;
  /// The pattern of the part, blocked along its columns; null where it is
  /// dense.
  PatternRef pattern;
  /// Those of the pattern; of a dense part one of rows x columns.
  llvm::SmallVector<Component, 2> components;
};

/// Buffers of the components of one term.
using TermBuffers = llvm::SmallVector<llvm::MutableArrayRef<char>, 2>;
using ConstTermBuffers = llvm::SmallVector<llvm::ArrayRef<char>, 2>;

/// What a series leaves of the rows of a tensor.
struct DroppedSums {
  int64_t nonZeros = 0;
  /// Sums of |a| and of a^2.
  double magnitude = 0;
  double squaredNorm = 0;
  /// Sum of w * a^2 with the weight w of the column; 0 without weights.
  double weightedNorm = 0;

  DroppedSums &operator+=(const DroppedSums &other);
};

/// A way to treat all terms of a series at once, row by row. Every function
/// takes rows [rowBegin, rowEnd) and is thread-safe for disjoint row ranges.
class FusedPacker {
public:
  virtual ~FusedPacker();

  /// Gives the elements of the rows to the terms that keep them.
  virtual void selectRows(const TensorView &tensor, int64_t rowBegin,
                          int64_t rowEnd, Ownership &ownership) const = 0;

  /// Packs the rows. `terms[i]` are the whole buffers of term i.
  virtual void packRows(const TensorView &tensor, int64_t rowBegin,
                        int64_t rowEnd,
                        llvm::ArrayRef<TermBuffers> terms) const = 0;

  /// Writes the stored non-zeros of the rows into `tensor`, which holds zeros.
  virtual void unpackRows(llvm::ArrayRef<ConstTermBuffers> terms,
                          int64_t rowBegin, int64_t rowEnd,
                          const MutableTensorView &tensor) const = 0;
};

/// A way to measure what each series of a list drops, in one pass.
class FusedMeter {
public:
  virtual ~FusedMeter();

  /// Adds to `sums[i]` what series i drops of rows [rowBegin, rowEnd), with a
  /// weight for each column or none. The sums are a function of the rows and
  /// weights alone. Thread-safe.
  virtual void measureRows(const TensorView &tensor, int64_t rowBegin,
                           int64_t rowEnd, llvm::ArrayRef<double> columnWeights,
                           llvm::MutableArrayRef<DroppedSums> sums) const = 0;
};

/// Where the non-zeros of a term may be. Immutable; equal when their texts are.
class Pattern {
public:
  virtual ~Pattern();

  /// The keyword of the family this pattern was made by, as in "nm".
  virtual llvm::StringRef getFamilyKeyword() const = 0;

  /// The text of the pattern, as in "2:4"; parsing it gives this pattern.
  virtual std::string getText() const = 0;

  /// An upper bound on the share of elements a term may hold, if there is one.
  virtual std::optional<double> getMaxDensity() const = 0;

  /// Blocks of this many consecutive columns are selected independently of each
  /// other; none where the whole row or tensor is looked at.
  virtual std::optional<int64_t> getBlockSize() const = 0;

  /// Whether a term of this pattern holds every element of any tensor. Asked of
  /// a stored pattern it says nothing of terms that another one selected.
  virtual bool keepsEverything() const { return false; }

  /// What is left of this pattern once a term is selected: it has the same
  /// packed form, without the parameters of the selection, as in "tw(128)" for
  /// "tw(128, rows = 0.1)". Null where that is this pattern itself.
  virtual PatternRef getStored() const { return nullptr; }

  /// This pattern with `inner` applied to what it keeps, as in "tw(128)*2:4".
  /// Errors: this pattern takes no inner one, or not this one.
  virtual llvm::Expected<PatternRef> withInner(PatternRef inner) const;

  /// The tensors of the packed form of a term of the given logical shape.
  /// Extents of row dimensions may be ShapedType::kDynamic-like negative
  /// values, which are passed through to the components' shapes. Extents that
  /// depend on elements are PackedComponent::dataDependentExtent.
  virtual std::vector<PackedComponent>
  getPackedComponents(const BlockedShape &blocked) const = 0;

  /// As getPackedComponents, with the extents that what `term` owns of the
  /// tensor takes: none is negative.
  virtual std::vector<PackedComponent>
  getSizedComponents(const TensorView &tensor, const Ownership &ownership,
                     uint8_t term) const;

  /// Whether the shape of a tensor alone gives all sizes of the packed form.
  bool hasFixedSize() const;

  /// Whether the tensor's non-zeros all stand where this pattern allows.
  virtual bool obeys(const TensorView &tensor) const = 0;

  /// Gives the elements this pattern keeps, among those still unowned, to
  /// `term`. Zeros (and -0.0) are never owned.
  virtual void select(const TensorView &tensor, Ownership &ownership,
                      uint8_t term) const = 0;

  /// Writes the packed form of what `term` owns. `components` are buffers of
  /// the sizes of getSizedComponents; every byte is written.
  virtual void
  pack(const TensorView &tensor, const Ownership &ownership, uint8_t term,
       llvm::ArrayRef<llvm::MutableArrayRef<char>> components) const = 0;

  /// Checks what the other components hold of places in the buffers and the
  /// tensor, for patterns whose sizes depend on elements: unpack and getParts
  /// are for components that pass. The sizes are those of getPackedComponents
  /// where it gives them, and whole elements elsewhere.
  virtual llvm::Error
  verifyPacked(const BlockedShape &blocked, ElementType type,
               llvm::ArrayRef<llvm::ArrayRef<char>> components) const;

  /// The parts of a packed term, whose sum over the tensor the term is; none
  /// for patterns that have no such form. A part is never empty.
  virtual std::vector<PackedPart>
  getParts(const BlockedShape &blocked,
           llvm::ArrayRef<llvm::ArrayRef<char>> components) const;

  /// The pattern that parts of terms have, null where they are dense: all that
  /// a machine has to know to run terms part by part. None where terms have no
  /// parts.
  virtual std::optional<PatternRef> getPartPattern() const {
    return std::nullopt;
  }

  /// Writes the stored non-zeros of a packed term into `tensor` and leaves its
  /// other elements. Indices past the end of a row are not followed.
  virtual void unpack(llvm::ArrayRef<llvm::ArrayRef<char>> components,
                      const MutableTensorView &tensor) const = 0;

  /// A one-pass packer of `series`, whose patterns are all of this family; null
  /// where there is none, and terms are then treated one after the other.
  virtual std::unique_ptr<FusedPacker>
  createFusedPacker(const Series &series, ElementType type) const;

  /// A one-pass meter of `series`, whose patterns are all of this family; null
  /// where there is none, and each series is then selected on its own.
  virtual std::unique_ptr<FusedMeter>
  createFusedMeter(llvm::ArrayRef<Series> series, ElementType type) const;

  /// How the pattern scores parts of a tensor, where it keeps those above a
  /// threshold; null where it does not.
  virtual const Scoring *getScoring() const { return nullptr; }
};

/// A kind of pattern. Families are registered explicitly with a registry.
class PatternFamily {
public:
  virtual ~PatternFamily();

  /// Unique lower-case keyword, as in "nm".
  virtual llvm::StringRef getKeyword() const = 0;

  /// The form of the text, for messages and help: "N:M".
  virtual llvm::StringRef getSyntax() const = 0;

  /// Whether `text` is meant for this family, well-formed or not.
  virtual bool claims(llvm::StringRef text) const = 0;

  /// Makes the pattern that `text` names; errors say what was expected.
  virtual llvm::Expected<PatternRef> parse(llvm::StringRef text) const = 0;
};

/// An ordered list of patterns, applied in the order written.
class Series {
public:
  Series() = default;
  explicit Series(std::vector<PatternRef> patterns);

  /// The most terms a series may have: Ownership numbers them in one byte.
  static constexpr size_t maxTerms = 254;

  llvm::ArrayRef<PatternRef> getPatterns() const { return patterns; }
  size_t size() const { return patterns.size(); }
  /// "2:4+1:8".
  std::string getText() const;
  /// Sum of the patterns' bounds, at most 1; none if any has none.
  std::optional<double> getMaxDensity() const;
  /// The least common multiple of the block sizes; none if any has none, or if
  /// it exceeds int64_t.
  std::optional<int64_t> getBlockSize() const;

private:
  std::vector<PatternRef> patterns;
};

/// The families known, and the one parser of the text of series.
class PatternRegistry {
public:
  /// A registry of the families of this library.
  static PatternRegistry createWithBuiltins();

  /// Adds a family; its keyword must be new.
  void add(std::shared_ptr<const PatternFamily> family);
  const PatternFamily *lookup(llvm::StringRef keyword) const;
  /// The families in the order in which they were added.
  llvm::ArrayRef<std::shared_ptr<const PatternFamily>> getFamilies() const {
    return families;
  }

  /// Parses one pattern, as in "2:4" or "tw(128)*2:4".
  llvm::Expected<PatternRef> parsePattern(llvm::StringRef text) const;
  /// Parses a series, as in "2:4+1:8"; at most 254 terms.
  llvm::Expected<Series> parseSeries(llvm::StringRef text) const;

private:
  llvm::Expected<PatternRef> parseOuterPattern(llvm::StringRef text) const;

  std::vector<std::shared_ptr<const PatternFamily>> families;
};

/// Splits `text` at the separators that stand outside parentheses. Text without
/// a separator, empty text too, is one part.
llvm::SmallVector<llvm::StringRef> splitOutsideParentheses(llvm::StringRef text,
                                                           char separator);

/// The parts of a list of series, as in "2:4,tw(128, rows = 0.1)+csr", without
/// spaces around them. Empty text is an empty list.
llvm::SmallVector<llvm::StringRef> splitSeriesList(llvm::StringRef text);

} // namespace tasd::sparsity

#endif // TASD_SPARSITY_PATTERN_H
