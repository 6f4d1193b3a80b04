//===- MappingParser.cpp - Read the text of a mapping ---------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Cost/Mapping.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace tasd::cost;
using llvm::StringRef;
using llvm::Twine;

namespace {
/// Reads one line. The functions `parse...` and `expect` return whether all
/// went well; the first that did not has set `message` and `position`.
class LineParser {
public:
  LineParser(StringRef line, unsigned number)
      : line(line), rest(line), number(number) {}

  bool parse(LevelNest &nest);

  std::string message;
  Position position;

private:
  Position getPosition() const {
    return {number, static_cast<unsigned>(rest.data() - line.data()) + 1};
  }
  bool fail(const Twine &expected);
  bool consume(StringRef text);
  bool expect(StringRef text);
  StringRef peekWord() const;
  bool parseKeeps(OperandSet &keeps);
  bool parseLoop(Loop &loop);
  bool parseDim(Dim &dim);
  bool parseBound(int64_t &bound);
  bool parseKind(LoopKind &kind);

  StringRef line, rest;
  unsigned number;
};
} // namespace

StringRef LineParser::peekWord() const {
  return rest.take_while(
      [](char c) { return llvm::isAlnum(c) || c == '_' || c == '-'; });
}

bool LineParser::fail(const Twine &expected) {
  StringRef word = peekWord();
  StringRef found = word.empty() ? rest.take_front(1) : word;
  position = getPosition();
  message = ("expected " + expected + " but got " +
             (found.empty() ? Twine("the end of the line")
                            : "'" + Twine(found) + "'"))
                .str();
  return false;
}

/// Takes `text`, and the blanks before and after it.
bool LineParser::consume(StringRef text) {
  rest = rest.ltrim(" \t");
  if (!rest.consume_front(text))
    return false;
  rest = rest.ltrim(" \t");
  return true;
}

bool LineParser::expect(StringRef text) {
  return consume(text) || fail("'" + text + "'");
}

static std::optional<Operand> findOperand(StringRef name) {
  for (Operand operand : kOperands)
    if (name == getName(operand))
      return operand;
  return std::nullopt;
}

/// a,b,z in any order, or "none".
bool LineParser::parseKeeps(OperandSet &keeps) {
  if (consume("none"))
    return true;
  do {
    std::optional<Operand> operand = findOperand(peekWord());
    if (!operand)
      return fail("operand a, b or z, or none");
    bool &member = *operand == Operand::A   ? keeps.a
                   : *operand == Operand::B ? keeps.b
                                            : keeps.z;
    if (member)
      return fail("each operand once");
    member = true;
    rest = rest.drop_front(peekWord().size());
  } while (consume(","));
  return true;
}

bool LineParser::parseDim(Dim &dim) {
  StringRef word = peekWord();
  for (Dim candidate : kDims)
    if (word == getName(candidate)) {
      dim = candidate;
      rest = rest.drop_front(word.size());
      return true;
    }
  return fail("dimension M, N or K");
}

bool LineParser::parseBound(int64_t &bound) {
  StringRef digits = rest.take_while(llvm::isDigit);
  if (digits.empty() || digits.getAsInteger(10, bound) || bound < 1 ||
      bound > kMaxExtent)
    return fail("a bound from 1 to " + Twine(kMaxExtent));
  rest = rest.drop_front(digits.size());
  return true;
}

bool LineParser::parseKind(LoopKind &kind) {
  if (!consume("("))
    return true;
  if (consume("Spatial-X"))
    kind = LoopKind::SpatialX;
  else if (consume("Spatial-Y"))
    kind = LoopKind::SpatialY;
  else
    return fail("'Spatial-X' or 'Spatial-Y'");
  return expect(")");
}

bool LineParser::parseLoop(Loop &loop) {
  rest = rest.ltrim(" \t");
  loop.position = getPosition();
  return expect("for") && parseDim(loop.dim) && expect("in") && expect("[") &&
         expect("0") && expect(":") && parseBound(loop.bound) && expect(")") &&
         parseKind(loop.kind);
}

bool LineParser::parse(LevelNest &nest) {
  rest = rest.ltrim(" \t");
  nest.position = getPosition();
  nest.level = peekWord().str();
  if (nest.level.empty())
    return fail("the name of a level");
  rest = rest.drop_front(nest.level.size());
  if (consume("keep") && !parseKeeps(nest.keeps.emplace()))
    return false;
  if (!expect(":"))
    return false;
  if (rest.empty())
    return true;
  do
    if (!parseLoop(nest.loops.emplace_back()))
      return false;
  while (consume("/"));
  return rest.empty() || fail("'/' or the end of the line");
}

/// Names the first loop that takes the extent of its dimension out of bounds.
static llvm::Error checkExtents(const Mapping &mapping) {
  Extents extents;
  for (const LevelNest &nest : mapping.levels)
    for (const Loop &loop : nest.loops) {
      int64_t &extent = getExtent(extents, loop.dim);
      if (extent > kMaxExtent / loop.bound)
        return createMappingError(
            mapping, loop.position,
            "expected the loops over " + getName(loop.dim) +
                " to multiply to at most " + Twine(kMaxExtent));
      extent *= loop.bound;
    }
  return llvm::Error::success();
}

llvm::Expected<Mapping> tasd::cost::parseMapping(StringRef text,
                                                 StringRef file) {
  Mapping mapping;
  mapping.file = file.str();
  llvm::SmallVector<StringRef> lines;
  text.split(lines, '\n');
  for (auto [index, line] : llvm::enumerate(lines)) {
    line = line.split('#').first.rtrim();
    if (line.empty())
      continue;
    LineParser parser(line, index + 1);
    if (!parser.parse(mapping.levels.emplace_back()))
      return createMappingError(mapping, parser.position, parser.message);
  }
  if (mapping.levels.empty())
    return createMappingError(mapping, {}, "expected a line for each level");
  if (llvm::Error error = checkExtents(mapping))
    return std::move(error);
  return mapping;
}

llvm::Expected<Mapping> tasd::cost::readMappingFile(StringRef path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer)
    return llvm::createStringError(path + ": " + buffer.getError().message());
  return parseMapping((*buffer)->getBuffer(), path);
}
