//===- ModuleFile.cpp - Read modules of any size --------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/ModuleIO/ModuleFile.h"

#include "tasd/Dialect/TASD/IR/ConstantStorage.h"

#include "mlir/Bytecode/BytecodeReader.h"

#include "llvm/Config/llvm-config.h"

#ifdef LLVM_ON_UNIX
#include <sys/mman.h>
#endif

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Opening
//===----------------------------------------------------------------------===//

static bool isMapped(const llvm::MemoryBuffer &file) {
  return file.getBufferKind() == llvm::MemoryBuffer::MemoryBuffer_MMap;
}

static llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>>
openFile(StringRef path, bool isTerminated) {
  return llvm::MemoryBuffer::getFileOrSTDIN(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/
                                            isTerminated);
}

/// Text is parsed up to a terminator, which only mapped files may lack.
/// Bytecode needs none, and a file whose size is a multiple of a page is mapped
/// only without.
static llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>>
openTerminatedOrBytecode(StringRef path) {
  auto file = openFile(path, /*isTerminated=*/false);
  if (!file || !isMapped(**file) || isBytecode(**file))
    return file;
  return openFile(path, /*isTerminated=*/true);
}

llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
mlir::tasd::openModuleFile(StringRef path) {
  auto file = openTerminatedOrBytecode(path);
  if (!file)
    return llvm::createStringError("cannot open input file '" + path +
                                   "': " + file.getError().message());
  return std::move(*file);
}

//===----------------------------------------------------------------------===//
// Releasing
//===----------------------------------------------------------------------===//

/// Drops the pages of a mapped file from memory; read again, they come from the
/// file. MemoryBuffer::dontNeedIfMmap does not do it: it calls posix_madvise,
/// which glibc makes do nothing.
static void releasePages(const llvm::MemoryBuffer &file) {
#ifdef LLVM_ON_UNIX
  if (isMapped(file))
    ::madvise(const_cast<char *>(file.getBufferStart()), file.getBufferSize(),
              MADV_DONTNEED);
#endif
}

namespace {
class MappedFileStorage : public ConstantStorageInterface {
public:
  MappedFileStorage(Dialect *dialect, llvm::MemoryBuffer &file)
      : ConstantStorageInterface(dialect), file(file) {}

  void release() const override { releasePages(file); }

private:
  llvm::MemoryBuffer &file;
};

/// Gives the dialect of each new context its storage.
class StorageExtension
    : public DialectExtension<StorageExtension, TASDDialect> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(StorageExtension)

  explicit StorageExtension(llvm::MemoryBuffer &file) : file(file) {}

  void apply(MLIRContext *, TASDDialect *dialect) const override {
    dialect->addInterface<MappedFileStorage>(file);
  }

private:
  llvm::MemoryBuffer &file;
};
} // namespace

void mlir::tasd::registerConstantStorage(DialectRegistry &registry,
                                         llvm::MemoryBuffer &file) {
  registry.addExtension(TypeID::get<StorageExtension>(),
                        std::make_unique<StorageExtension>(file));
}
