//===- NpyHeader.cpp - The header of an .npy file -------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NpyHeader.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace tasd;
using namespace tasd::evaluation;

static constexpr StringLiteral kMagic("\x93NUMPY");
/// NumPy itself takes up to 64 dimensions.
static constexpr size_t kMaxRank = 64;

//===----------------------------------------------------------------------===//
// The dictionary
//===----------------------------------------------------------------------===//

namespace {

/// Reads the literal of a Python dictionary by recursive descent.
class DictionaryParser {
public:
  explicit DictionaryParser(StringRef text) : rest(text) {}

  Error parse(NpyHeader &header);

private:
  Error parseEntry(NpyHeader &header, unsigned &keysSeen);
  Error parseString(std::string &value);
  Error parseBool(bool &value);
  Error parseTuple(SmallVectorImpl<int64_t> &values);
  Error parseExtent(int64_t &value);

  /// Skips blanks, and `token` if it comes next.
  bool consume(StringRef token) {
    rest = rest.ltrim(" \t\n");
    return rest.consume_front(token);
  }
  Error expect(StringRef token) {
    return consume(token) ? Error::success() : makeError("'" + token + "'");
  }
  Error makeError(const Twine &expected) const {
    std::string found;
    raw_string_ostream os(found);
    printEscapedString(rest.take_front(16), os);
    return createStringError("expected " + expected +
                             " in the header but got '" + found + "'");
  }

  StringRef rest;
};

} // namespace

Error DictionaryParser::parseString(std::string &value) {
  if (consume("["))
    return createStringError(
        "expected numbers but got a structured element type");
  char quote = consume("'") ? '\'' : consume("\"") ? '"' : 0;
  size_t end = quote ? rest.find(quote) : StringRef::npos;
  if (end == StringRef::npos)
    return makeError("a string");
  value = rest.take_front(end).str();
  rest = rest.drop_front(end + 1);
  return Error::success();
}

Error DictionaryParser::parseBool(bool &value) {
  value = consume("True");
  return value || consume("False") ? Error::success()
                                   : makeError("True or False");
}

Error DictionaryParser::parseExtent(int64_t &value) {
  rest = rest.ltrim(" \t\n");
  StringRef digits = rest.take_while(isDigit);
  if (digits.empty() || digits.getAsInteger(10, value))
    return makeError("an extent of 63 bits");
  rest = rest.drop_front(digits.size());
  // Python 2 writes its long integers with a suffix.
  consume("L");
  return Error::success();
}

Error DictionaryParser::parseTuple(SmallVectorImpl<int64_t> &values) {
  if (Error error = expect("("))
    return error;
  values.clear();
  while (!consume(")")) {
    int64_t value = 0;
    if (Error error = parseExtent(value))
      return error;
    values.push_back(value);
    if (values.size() > kMaxRank)
      return createStringError("expected at most " + Twine(kMaxRank) +
                               " dimensions");
    if (consume(","))
      continue;
    if (Error error = expect(")"))
      return error;
    break;
  }
  return Error::success();
}

Error DictionaryParser::parseEntry(NpyHeader &header, unsigned &keysSeen) {
  std::string key;
  if (Error error = parseString(key))
    return error;
  if (Error error = expect(":"))
    return error;
  unsigned bit = key == "descr"           ? 1
                 : key == "fortran_order" ? 2
                 : key == "shape"         ? 4
                                          : 0;
  if (bit == 0 || (keysSeen & bit))
    return makeError("the keys descr, fortran_order and shape once each");
  keysSeen |= bit;
  if (bit == 1)
    return parseString(header.descr);
  return bit == 2 ? parseBool(header.fortranOrder) : parseTuple(header.shape);
}

Error DictionaryParser::parse(NpyHeader &header) {
  if (Error error = expect("{"))
    return error;
  unsigned keysSeen = 0;
  while (!consume("}")) {
    if (Error error = parseEntry(header, keysSeen))
      return error;
    if (consume(","))
      continue;
    if (Error error = expect("}"))
      return error;
    break;
  }
  if (keysSeen != 7)
    return makeError("the keys descr, fortran_order and shape");
  rest = rest.ltrim(StringRef(" \t\n\0", 4));
  return rest.empty() ? Error::success() : makeError("nothing after '}'");
}

//===----------------------------------------------------------------------===//
// The header
//===----------------------------------------------------------------------===//

Expected<NpyHeader> NpyHeader::parse(StringRef bytes) {
  if (!bytes.starts_with(kMagic) || bytes.size() < kMagic.size() + 2)
    return createStringError("expected the format of NumPy's .npy files");
  unsigned major = static_cast<uint8_t>(bytes[kMagic.size()]);
  if (major < 1 || major > 3)
    return createStringError(
        "expected version 1, 2 or 3 of the .npy format but got " +
        Twine(major));
  size_t lengthOffset = kMagic.size() + 2;
  size_t lengthSize = major == 1 ? 2 : 4;
  if (bytes.size() < lengthOffset + lengthSize)
    return createStringError("expected a header but the file ends");
  const char *field = bytes.data() + lengthOffset;
  size_t length = major == 1 ? support::endian::read16le(field)
                             : support::endian::read32le(field);
  StringRef rest = bytes.drop_front(lengthOffset + lengthSize);
  if (rest.size() < length)
    return createStringError("expected a header of " + Twine(length) +
                             " bytes but the file ends after " +
                             Twine(rest.size()));
  NpyHeader header;
  header.dataOffset = lengthOffset + lengthSize + length;
  if (Error error = DictionaryParser(rest.take_front(length)).parse(header))
    return std::move(error);
  return header;
}

std::string NpyHeader::getText() const {
  std::string dictionary;
  raw_string_ostream os(dictionary);
  os << "{'descr': '" << descr
     << "', 'fortran_order': " << (fortranOrder ? "True" : "False")
     << ", 'shape': (";
  interleaveComma(shape, os);
  os << (shape.size() == 1 ? ",), }" : "), }");
  // 64 dimensions of 19 digits stay far below the 65535 bytes of version 1.0.
  size_t unpadded = kMagic.size() + 4 + dictionary.size() + 1;
  dictionary.append(alignTo(unpadded, 64) - unpadded, ' ');
  dictionary += '\n';
  char length[2];
  support::endian::write16le(length, dictionary.size());
  return (kMagic + StringRef("\x01\x00", 2) + StringRef(length, 2) + dictionary)
      .str();
}
