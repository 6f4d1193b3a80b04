//===- Npz.cpp - Archives of arrays in NumPy's format ---------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An .npz file is a zip archive of .npy files. libzip reads and writes it in
// memory.
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/NumpyIO.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/Support/raw_ostream.h"

#include <zip.h>

using namespace llvm;
using namespace tasd;
using namespace tasd::evaluation;

namespace {

/// A zip_error_t with its lifetime.
struct ZipError {
  ZipError() { zip_error_init(&error); }
  ~ZipError() { zip_error_fini(&error); }
  Error make(const Twine &what) {
    return createStringError(what + ": " + zip_error_strerror(&error));
  }
  zip_error_t error;
};

struct SourceDeleter {
  void operator()(zip_source_t *source) const { zip_source_free(source); }
};
/// Closes without writing.
struct ArchiveDeleter {
  void operator()(zip_t *archive) const { zip_discard(archive); }
};
struct FileDeleter {
  void operator()(zip_file_t *file) const { zip_fclose(file); }
};
using SourceRef = std::unique_ptr<zip_source_t, SourceDeleter>;
using ArchiveRef = std::unique_ptr<zip_t, ArchiveDeleter>;
using FileRef = std::unique_ptr<zip_file_t, FileDeleter>;

} // namespace

/// Opens an archive over `source`; the archive then shares the source.
static Expected<ArchiveRef> openArchive(zip_source_t *source, int flags) {
  ZipError error;
  zip_source_keep(source);
  ArchiveRef archive(zip_open_from_source(source, flags, &error.error));
  if (archive)
    return archive;
  zip_source_free(source);
  return error.make("expected a zip archive");
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// No deflated byte stands for more than this many.
static constexpr uint64_t kMaxInflation = 1032;

/// Checks what the archive's directory says of a member, before memory is
/// allocated for it.
static Error verifyMember(const zip_stat_t &member, size_t archiveSize) {
  constexpr zip_uint64_t wanted = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE |
                                  ZIP_STAT_COMP_METHOD |
                                  ZIP_STAT_ENCRYPTION_METHOD;
  if ((member.valid & wanted) != wanted)
    return createStringError("expected its size in the archive's directory");
  if (member.encryption_method != ZIP_EM_NONE)
    return createStringError("expected no encryption");
  if (member.comp_method != ZIP_CM_STORE &&
      member.comp_method != ZIP_CM_DEFLATE)
    return createStringError("expected stored or deflated data");
  uint64_t inflation = member.comp_method == ZIP_CM_STORE ? 1 : kMaxInflation;
  if (member.comp_size > archiveSize ||
      member.size > (member.comp_size + 1) * inflation)
    return createStringError("expected at most what the archive can hold but "
                             "got a size of " +
                             Twine(member.size) + " bytes");
  return Error::success();
}

static Expected<std::vector<char>> readMember(zip_t *archive, uint64_t index,
                                              uint64_t size) {
  FileRef file(zip_fopen_index(archive, index, 0));
  if (!file)
    return createStringError(zip_strerror(archive));
  std::vector<char> bytes(size);
  zip_int64_t numRead = zip_fread(file.get(), bytes.data(), size);
  // The checksum is compared at the end of the data, one read further on.
  char beyond;
  zip_int64_t numBeyond = numRead < 0 ? -1 : zip_fread(file.get(), &beyond, 1);
  if (numBeyond < 0)
    return createStringError(zip_file_strerror(file.get()));
  if (static_cast<uint64_t>(numRead) != size || numBeyond != 0)
    return createStringError("expected " + Twine(size) +
                             " bytes as the archive's directory says");
  return bytes;
}

static Expected<NDArray> readArray(zip_t *archive, const zip_stat_t &member,
                                   size_t archiveSize) {
  if (Error error = verifyMember(member, archiveSize))
    return std::move(error);
  Expected<std::vector<char>> bytes =
      readMember(archive, member.index, member.size);
  if (!bytes)
    return bytes.takeError();
  return parseNpy(StringRef(bytes->data(), bytes->size()));
}

Expected<std::vector<NamedArray>> evaluation::parseNpz(StringRef bytes) {
  ZipError error;
  SourceRef source(zip_source_buffer_create(bytes.data(), bytes.size(),
                                            /*freep=*/0, &error.error));
  if (!source)
    return error.make("expected a zip archive");
  Expected<ArchiveRef> archive = openArchive(source.get(), ZIP_RDONLY);
  if (!archive)
    return archive.takeError();

  std::vector<NamedArray> arrays;
  StringSet<> names;
  zip_int64_t numMembers = zip_get_num_entries(archive->get(), 0);
  for (zip_int64_t i = 0; i < numMembers; ++i) {
    zip_stat_t member;
    if (zip_stat_index(archive->get(), i, 0, &member) != 0 ||
        !(member.valid & ZIP_STAT_NAME))
      return createStringError("expected a name for member " + Twine(i));
    StringRef name(member.name);
    name.consume_back(".npy");
    if (!names.insert(name).second)
      return createStringError("expected one array named '" + name +
                               "' but got two");
    Expected<NDArray> array = readArray(archive->get(), member, bytes.size());
    if (!array)
      return createStringError("array '" + name +
                               "': " + toString(array.takeError()));
    arrays.push_back({name.str(), std::move(*array)});
  }
  return arrays;
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

/// 1980-01-01, where zip's time begins: the bytes do not depend on the clock.
static constexpr zip_uint16_t kFixedDosDate = (1 << 5) | 1;

static Error addMember(zip_t *archive, StringRef name,
                       const std::string &bytes) {
  zip_source_t *source =
      zip_source_buffer(archive, bytes.data(), bytes.size(), /*freep=*/0);
  zip_int64_t index = source
                          ? zip_file_add(archive, (name + ".npy").str().c_str(),
                                         source, ZIP_FL_ENC_UTF_8)
                          : -1;
  if (index < 0) {
    zip_source_free(source);
    return createStringError(zip_strerror(archive));
  }
  if (zip_set_file_compression(archive, index, ZIP_CM_STORE, 0) != 0 ||
      zip_file_set_dostime(archive, index, 0, kFixedDosDate, 0) != 0)
    return createStringError(zip_strerror(archive));
  return Error::success();
}

/// The bytes that were written to `source`.
static Expected<std::vector<char>> readBack(zip_source_t *source) {
  zip_stat_t stat;
  if (zip_source_stat(source, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE) ||
      zip_source_open(source) != 0)
    return createStringError(zip_error_strerror(zip_source_error(source)));
  std::vector<char> bytes(stat.size);
  zip_int64_t numRead = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  if (static_cast<uint64_t>(numRead) != bytes.size())
    return createStringError(zip_error_strerror(zip_source_error(source)));
  return bytes;
}

/// An archive of nothing, which libzip does not write: the record that ends a
/// directory of no members.
static std::vector<char> encodeEmptyNpz() {
  std::vector<char> bytes(22, 0);
  llvm::copy(StringRef("PK\5\6"), bytes.begin());
  return bytes;
}

Expected<std::vector<char>> evaluation::encodeNpz(ArrayRef<NamedArray> arrays) {
  if (arrays.empty())
    return encodeEmptyNpz();
  ZipError error;
  SourceRef source(
      zip_source_buffer_create(nullptr, 0, /*freep=*/0, &error.error));
  if (!source)
    return error.make("cannot make a zip archive");
  Expected<ArchiveRef> archive =
      openArchive(source.get(), ZIP_CREATE | ZIP_TRUNCATE);
  if (!archive)
    return archive.takeError();
  // The archive reads the members when it is closed.
  std::vector<std::string> members(arrays.size());
  for (size_t i = 0; i < arrays.size(); ++i) {
    raw_string_ostream os(members[i]);
    writeNpy(os, arrays[i].array);
    if (Error error = addMember(archive->get(), arrays[i].name, members[i]))
      return std::move(error);
  }
  if (zip_close(archive->get()) != 0)
    return createStringError(zip_strerror(archive->get()));
  (void)archive->release(); // closing has freed it
  return readBack(source.get());
}
