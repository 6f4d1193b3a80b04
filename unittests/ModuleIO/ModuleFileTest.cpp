//===- ModuleFileTest.cpp - Files of modules stay files -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/ModuleIO/ModuleFile.h"

#include "tasd/Dialect/TASD/IR/ConstantStorage.h"
#include "tasd/InitAll.h"

#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/Parser/Parser.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Process.h"
#include "gtest/gtest.h"

using namespace mlir;
using mlir::tasd::openModuleFile;

namespace {

/// A file that is removed at the end of a test.
class TemporaryFile {
public:
  explicit TemporaryFile(StringRef text) {
    int descriptor;
    EXPECT_FALSE(llvm::sys::fs::createTemporaryFile("tasd-module", "mlirbc",
                                                    descriptor, path));
    llvm::raw_fd_ostream(descriptor, /*shouldClose=*/true) << text;
  }
  ~TemporaryFile() { llvm::sys::fs::remove(path); }

  llvm::SmallString<128> path;
};

/// The byte that stands at each place of the resource.
char getByte(int64_t index) { return static_cast<char>(index % 251); }

/// A module with a resource of so many bytes.
std::string makeBytecode(int64_t numBytes) {
  MLIRContext context;
  OpBuilder builder(&context);
  OwningOpRef<ModuleOp> module = ModuleOp::create(builder.getUnknownLoc());
  AsmResourceBlob blob = HeapAsmResourceBlob::allocate(numBytes, /*align=*/16);
  for (auto [index, byte] : llvm::enumerate(blob.getMutableData()))
    byte = getByte(index);
  auto type = RankedTensorType::get({numBytes}, builder.getI8Type());
  (*module)->setAttr("test.data", DenseResourceElementsAttr::get(
                                      type, "data", std::move(blob)));
  std::string text;
  llvm::raw_string_ostream os(text);
  EXPECT_TRUE(succeeded(writeBytecodeToFile(*module, os)));
  return text;
}

/// A module whose file ends where a page ends.
std::string makeBytecodeOfWholePages() {
  int64_t page = llvm::sys::Process::getPageSizeEstimate();
  int64_t numBytes = 16 * page;
  std::string text = makeBytecode(numBytes);
  // What is around the data may grow with it, hence several rounds.
  while (text.size() % page != 0) {
    numBytes += page - text.size() % page;
    text = makeBytecode(numBytes);
  }
  return text;
}

TEST(ModuleFileTest, MapsBytecodeOfWholePages) {
  TemporaryFile temporary(makeBytecodeOfWholePages());
  auto file = llvm::cantFail(openModuleFile(temporary.path));
  EXPECT_EQ(file->getBufferKind(), llvm::MemoryBuffer::MemoryBuffer_MMap);
}

TEST(ModuleFileTest, TerminatesTextOfWholePages) {
  int64_t page = llvm::sys::Process::getPageSizeEstimate();
  TemporaryFile temporary(std::string(16 * page, ' '));
  auto file = llvm::cantFail(openModuleFile(temporary.path));
  EXPECT_EQ(*file->getBufferEnd(), '\0');
}

TEST(ModuleFileTest, NamesTheFileThatIsMissing) {
  EXPECT_EQ(llvm::toString(openModuleFile("/no/module").takeError()),
            "cannot open input file '/no/module': No such file or directory");
}

TEST(ModuleFileTest, ReadsReleasedConstantsAgain) {
  TemporaryFile temporary(makeBytecode(1 << 20));
  auto file = llvm::cantFail(openModuleFile(temporary.path));
  StringRef text = file->getBuffer();
  DialectRegistry registry;
  mlir::tasd::registerAllDialects(registry);
  mlir::tasd::registerConstantStorage(registry, *file);
  auto sources = std::make_shared<llvm::SourceMgr>();
  sources->AddNewSourceBuffer(std::move(file), {});
  MLIRContext context(registry);
  context.allowUnregisteredDialects();
  context.loadDialect<mlir::tasd::TASDDialect>();
  auto module = parseSourceFile<ModuleOp>(sources, ParserConfig(&context));
  ASSERT_TRUE(module);

  ArrayRef<char> data =
      (*module)
          ->getAttrOfType<DenseResourceElementsAttr>("test.data")
          .getData();
  EXPECT_TRUE(text.begin() <= data.begin() && data.end() <= text.end());
  for (int round = 0; round < 2; ++round) {
    ASSERT_EQ(data.size(), size_t(1) << 20);
    for (auto [index, byte] : llvm::enumerate(data))
      ASSERT_EQ(byte, getByte(index));
    mlir::tasd::releaseConstantData(&context);
  }
}

} // namespace
