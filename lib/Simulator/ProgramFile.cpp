//===- ProgramFile.cpp - Programs as bytes --------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Integers are LEB128, signed where the field is; text and lists begin with
// their length.
//
//===----------------------------------------------------------------------===//

#include "tasd/Simulator/ProgramFile.h"

#include "ProgramFields.h"

#include "llvm/ADT/bit.h"
#include "llvm/Support/DataExtractor.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/EndianStream.h"
#include "llvm/Support/LEB128.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

using namespace tasd;
using namespace tasd::simulator;

static constexpr llvm::StringLiteral kMagic = "TASD-TTC";
/// Magic, version, size and checksum of what follows.
static constexpr size_t kHeaderBytes = 8 + 4 + 8 + 8;

namespace {
class Writer {
public:
  explicit Writer(llvm::raw_ostream &os) : os(os) {}

  template <typename Field> void operator()(const Field &field);

private:
  void write(int64_t value) { llvm::encodeSLEB128(value, os); }
  void write(uint64_t value) { llvm::encodeULEB128(value, os); }
  void write(uint32_t value) { write(uint64_t(value)); }
  void write(uint8_t value) { write(uint64_t(value)); }
  void write(bool value) { write(uint64_t(value)); }
  void write(double value) {
    llvm::support::endian::write(os, llvm::bit_cast<uint64_t>(value),
                                 llvm::endianness::little);
  }
  void write(const std::string &text) {
    write(uint64_t(text.size()));
    os << text;
  }
  template <typename Value> void write(const std::optional<Value> &value) {
    write(value.has_value());
    if (value)
      (*this)(*value);
  }
  template <typename... Options>
  void write(const std::variant<Options...> &value) {
    write(uint64_t(value.index()));
    std::visit([&](const auto &option) { (*this)(option); }, value);
  }

  llvm::raw_ostream &os;
};

/// After the first mistake it reads nothing more.
class Reader {
public:
  explicit Reader(llvm::StringRef bytes)
      : data(bytes, /*IsLittleEndian=*/true, /*AddressSize=*/8),
        cursor(kHeaderBytes) {}

  template <typename Field> void operator()(Field &field);

  llvm::Error finish();

private:
  void fail(const llvm::Twine &message) {
    if (isGood() && problem.empty())
      problem = ("offset " + llvm::Twine(cursor.tell()) + ": " + message).str();
  }
  bool isGood() { return bool(cursor) && problem.empty(); }
  uint64_t readBelow(uint64_t bound, const llvm::Twine &what);
  uint64_t readLength() {
    return readBelow(data.size() - cursor.tell() + 1, "a length");
  }

  void read(int64_t &value) { value = data.getSLEB128(cursor); }
  void read(uint64_t &value) { value = data.getULEB128(cursor); }
  void read(uint32_t &value) {
    value = readBelow(uint64_t(1) << 32, "a number of 32 bits");
  }
  void read(uint8_t &value) { value = readBelow(256, "a number of 8 bits"); }
  void read(bool &value) { value = readBelow(2, "0 or 1"); }
  void read(double &value) {
    value = llvm::bit_cast<double>(data.getU64(cursor));
  }
  void read(std::string &text) {
    uint64_t length = readLength();
    text = data.getBytes(cursor, length).str();
  }
  template <typename Value> void read(std::optional<Value> &value) {
    bool has = false;
    read(has);
    if (has)
      (*this)(value.emplace());
  }
  template <size_t index = 0, typename... Options>
  void readOption(uint64_t chosen, std::variant<Options...> &value) {
    if constexpr (index < sizeof...(Options)) {
      if (chosen == index)
        (*this)(value.template emplace<index>());
      else
        readOption<index + 1>(chosen, value);
    }
  }
  template <typename... Options> void read(std::variant<Options...> &value) {
    readOption(readBelow(sizeof...(Options), "a kind"), value);
  }

  llvm::DataExtractor data;
  llvm::DataExtractor::Cursor cursor;
  std::string problem;
};

} // namespace

template <typename Field> void Writer::operator()(const Field &field) {
  if constexpr (std::is_enum_v<Field>) {
    write(uint64_t(field));
  } else if constexpr (IsList<Field>::value) {
    write(uint64_t(field.size()));
    for (const auto &element : field)
      (*this)(element);
  } else if constexpr (kIsStruct<Field>) {
    // A description changes nothing when it writes.
    describe(*this, const_cast<Field &>(field));
  } else {
    write(field);
  }
}

uint64_t Reader::readBelow(uint64_t bound, const llvm::Twine &what) {
  uint64_t value = data.getULEB128(cursor);
  if (value < bound)
    return value;
  fail("expected " + what + " but got " + llvm::Twine(value));
  return 0;
}

template <typename Field> void Reader::operator()(Field &field) {
  if constexpr (std::is_enum_v<Field>) {
    field = Field(readBelow(kNumValues<Field>, "a value of an enumeration"));
  } else if constexpr (IsList<Field>::value) {
    // Every element takes a byte at least, so that lists end with the data.
    for (uint64_t length = readLength(); length && isGood(); --length)
      if constexpr (std::is_class_v<typename Field::value_type>)
        (*this)(field.emplace_back());
      else
        (*this)(field.emplace_back(0));
  } else if constexpr (kIsStruct<Field>) {
    describe(*this, field);
  } else {
    read(field);
  }
}

llvm::Error Reader::finish() {
  if (llvm::Error error = cursor.takeError())
    return llvm::createStringError("offset " + llvm::Twine(cursor.tell()) +
                                   ": " + llvm::toString(std::move(error)));
  if (problem.empty() && cursor.tell() != data.size())
    fail("expected the end of the program");
  if (!problem.empty())
    return llvm::createStringError(problem);
  return llvm::Error::success();
}

std::string tasd::simulator::writeProgram(const Program &program) {
  std::string body;
  llvm::raw_string_ostream bodyStream(body);
  Writer writer(bodyStream);
  writer(program);
  std::string bytes;
  llvm::raw_string_ostream os(bytes);
  llvm::support::endian::Writer header(os, llvm::endianness::little);
  os << kMagic;
  header.write(kProgramVersion);
  header.write(uint64_t(body.size()));
  header.write(uint64_t(llvm::xxh3_64bits(body)));
  os << body;
  return bytes;
}

static llvm::Error checkHeader(llvm::StringRef bytes) {
  if (!bytes.starts_with(kMagic) || bytes.size() < kHeaderBytes)
    return llvm::createStringError("offset 0: expected a program of ttc");
  const char *at = bytes.data() + kMagic.size();
  uint32_t version = llvm::support::endian::read32le(at);
  if (version != kProgramVersion)
    return llvm::createStringError("offset 8: expected version " +
                                   llvm::Twine(kProgramVersion) + " but got " +
                                   llvm::Twine(version));
  llvm::StringRef body = bytes.drop_front(kHeaderBytes);
  uint64_t size = llvm::support::endian::read64le(at + 4);
  if (size != body.size())
    return llvm::createStringError("offset 12: expected " + llvm::Twine(size) +
                                   " bytes behind the header but got " +
                                   llvm::Twine(body.size()));
  if (llvm::support::endian::read64le(at + 12) != llvm::xxh3_64bits(body))
    return llvm::createStringError(
        "offset 20: expected the checksum of what follows");
  return llvm::Error::success();
}

llvm::Expected<Program> tasd::simulator::readProgram(llvm::StringRef bytes) {
  if (llvm::Error error = checkHeader(bytes))
    return std::move(error);
  Reader reader(bytes);
  Program program;
  reader(program);
  if (llvm::Error error = reader.finish())
    return std::move(error);
  // Numbers may have longer forms, which are nobody's.
  if (writeProgram(program) != bytes)
    return llvm::createStringError("offset " + llvm::Twine(kHeaderBytes) +
                                   ": expected numbers in their shortest form");
  return program;
}
