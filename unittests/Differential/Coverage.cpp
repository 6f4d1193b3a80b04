//===- Coverage.cpp - What was really rewritten ---------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Coverage.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace tasd::differential;
using llvm::formatv;
using llvm::raw_ostream;

//===----------------------------------------------------------------------===//
// Counting
//===----------------------------------------------------------------------===//

void Coverage::Count::add(const Outcome &outcome) {
  ++generated;
  eligible += outcome.program.isEligible();
  rewritten += outcome.isRewritten;
  accelerated += outcome.isAccelerated;
  extracted += outcome.isExtracted;
}

Coverage::Count &Coverage::Count::operator+=(const Count &other) {
  generated += other.generated;
  eligible += other.eligible;
  rewritten += other.rewritten;
  accelerated += other.accelerated;
  extracted += other.extracted;
  return *this;
}

/// The name of an op as a reader of linalg knows it.
static std::string getOpName(const Traits &traits) {
  if (traits.kind.isComposition())
    return "tasd.compose";
  return "linalg." + (traits.form == "generic" ? "generic" : traits.kind.op);
}

/// What the op computes. Orders of dimensions that are drawn are not told
/// apart.
static std::string getLayout(const Traits &traits) {
  if (traits.kind.op == "contract" || traits.kind.isComposition())
    return "any order of dimensions";
  std::string layout = traits.kind.getLayout();
  return traits.form == "generic" ? "as " + traits.kind.op : layout;
}

void Coverage::add(const Outcome &outcome) {
  const Traits &traits = outcome.program.traits;
  auto count = [&](Count &entry) { entry.add(outcome); };
  std::string op = getOpName(traits), layout = getLayout(traits);
  count(total);
  count(byOp[op + " " + layout]);
  count(byTypes[traits.types.getText()]);
  count(bySide[getName(traits.side).str()]);
  for (const std::string &feature : traits.features)
    count(byFeature[feature]);
  count(byCell[{traits.kind.group, traits.family, traits.side}]);
  if (outcome.program.isComposition())
    return;
  OpCoverage &coverage = ops[op];
  coverage.layouts.insert(layout);
  if (!outcome.isRewritten)
    return;
  coverage.isRewritten = true;
  coverage.types.insert(traits.types.getText());
  coverage.sides.insert(getName(traits.side).str());
}

/// Programs of a cell from which on one of them must be rewritten.
static constexpr int64_t kMinPerCell = 5;
/// Programs of a group of ops from which on one of them must run on the
/// accelerator.
static constexpr int64_t kMinPerGroup = 16;
/// Programs from which on one of them must have every kind of packed form.
static constexpr int64_t kMinOfAll = 200;

std::vector<std::string> Coverage::findGaps() const {
  std::vector<std::string> gaps;
  if (total.rewritten * 10 < total.eligible * 7)
    gaps.push_back(
        formatv("expected 70 % of {0} eligible programs rewritten but got {1}",
                total.eligible, total.rewritten));
  for (const Cell &cell : getSupportedCells()) {
    // Of a few programs none may be eligible.
    auto it = byCell.find(cell);
    if (it != byCell.end() && it->second.generated >= kMinPerCell &&
        it->second.rewritten == 0)
      gaps.push_back(formatv("expected a program rewritten for {0}, {1}, {2}",
                             getName(cell.group), getName(cell.family),
                             getName(cell.side)));
  }
  auto open = byFeature.find("packed form of open size");
  if (total.generated >= kMinOfAll &&
      (open == byFeature.end() || open->second.rewritten == 0))
    gaps.push_back("expected a program rewritten with a packed form of open "
                   "size");
  return gaps;
}

std::vector<std::string> Coverage::findAcceleratorGaps() const {
  std::vector<std::string> gaps;
  // Dynamic extents and two series at a time stay on the host, as do i32, f64.
  if (total.accelerated * 4 < total.generated)
    gaps.push_back(formatv(
        "expected 25 % of {0} programs run on the accelerator but got {1}",
        total.generated, total.accelerated));
  std::map<OpGroup, Count> byGroup;
  for (const auto &[cell, count] : byCell)
    byGroup[cell.group] += count;
  for (const auto &[group, count] : byGroup)
    if (group != OpGroup::Composition && count.generated >= kMinPerGroup &&
        count.accelerated == 0)
      gaps.push_back(formatv(
          "expected a program run on the accelerator for {0}", getName(group)));
  findExtractionGaps(gaps);
  return gaps;
}

void Coverage::findExtractionGaps(std::vector<std::string> &gaps) const {
  Count all;
  std::map<std::string, Count> parts;
  for (const auto &[cell, count] : byCell) {
    if (cell.side != Side::Activations)
      continue;
    all += count;
    parts[getName(cell.group).str()] += count;
    parts[getName(cell.family).str()] += count;
  }
  if (all.extracted * 10 < all.eligible * 3)
    gaps.push_back(formatv("expected the accelerator to extract terms in 30 % "
                           "of {0} programs but got {1}",
                           all.eligible, all.extracted));
  for (const auto &[part, count] : parts)
    if (count.eligible >= kMinPerGroup && count.extracted == 0)
      gaps.push_back(formatv(
          "expected the accelerator to extract terms for {0}, activations",
          part));
}

//===----------------------------------------------------------------------===//
// Printing
//===----------------------------------------------------------------------===//

void Coverage::printTable(raw_ostream &os, llvm::StringRef title,
                          const std::map<std::string, Count> &counts) {
  os << formatv("\n{0,-58}{1,10}{2,10}{3,10}{4,13}{5,11}\n", title, "generated",
                "eligible", "rewritten", "accelerated", "extracted");
  for (const auto &[name, count] : counts)
    os << formatv("{0,-58}{1,10}{2,10}{3,10}{4,13}{5,11}\n", name,
                  count.generated, count.eligible, count.rewritten,
                  count.accelerated, count.extracted);
}

void Coverage::print(raw_ostream &os) const {
  std::map<std::string, Count> cells;
  for (const auto &[cell, count] : byCell)
    cells[formatv("{0}, {1}, {2}", getName(cell.group), getName(cell.family),
                  getName(cell.side))] = count;
  printTable(os, "op and layout", byOp);
  printTable(os, "element types", byTypes);
  printTable(os, "side", bySide);
  printTable(os, "feature", byFeature);
  printTable(os, "cell", cells);
  printTable(os, "all", {{"programs", total}});
}

static std::string join(const std::set<std::string> &texts) {
  return llvm::join(
      llvm::map_range(texts,
                      [](const std::string &text) { return "`" + text + "`"; }),
      ", ");
}

void Coverage::printMarkdown(raw_ostream &os) const {
  os << R"(# Which linalg ops become series

Generated by `tasd-differential --markdown` from the random programs of the
differential test: an op stands here with what was really rewritten, and what
the rewritten programs compute equals the dense op on the composed operand.

Layouts have one letter for each dimension of the inputs and the result: `b`
batch, `g` group, `m` `n` rows and columns or output channels, `k` channels
summed over, `h` `w` `d` output positions, `y` `x` `z` windows, and `H` `W` `D`
the input extents they need. Element types are those of the inputs and the
result; `u` marks integers read as unsigned. Strides, dilations, ragged blocks,
empty dimensions and dynamic dimensions that are neither blocked nor windowed
occur with all of them.

| op | layouts | element types | sides |
|---|---|---|---|
)";
  for (const auto &[op, coverage] : ops)
    os << "| `" << op << "` | " << join(coverage.layouts) << " | "
       << (coverage.isRewritten ? join(coverage.types) : "left dense") << " | "
       << join(coverage.sides) << " |\n";
  os << "\nWeights are seen as constants through these, alone and behind each "
        "other: "
     << join([&] {
          std::set<std::string> sources;
          for (const char *source :
               {"dense", "splat", "fill", "dense_resource", "ml_program.global",
                "transpose", "expand_shape", "collapse_shape", "extract_slice",
                "broadcast", "cast"}) {
            auto it = byFeature.find(source);
            if (it != byFeature.end() && it->second.rewritten != 0)
              sources.insert(source);
          }
          return sources;
        }())
     << ".\n";
}
