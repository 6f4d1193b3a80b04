//===- ConstantBuffers.h - Large constants beside the code ------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// LLVM emits constant data element by element and keeps them several times
// over. Weights are kept out of its sight: compiled code finds them by address.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_EVALUATION_CONSTANTBUFFERS_H
#define TASD_LIB_EVALUATION_CONSTANTBUFFERS_H

#include "mlir/IR/BuiltinOps.h"

#include "llvm/ExecutionEngine/Orc/Core.h"
#include "llvm/ExecutionEngine/Orc/Mangling.h"
#include "llvm/Support/MemoryBuffer.h"

#include <string>
#include <vector>

namespace tasd::evaluation {

/// The data of large constants of a program, which must not outlive this.
class ConstantBuffers {
public:
  /// Copies the data of the large constants of a module in the LLVM dialect and
  /// leaves them as declarations.
  static ConstantBuffers takeFrom(mlir::ModuleOp lowered);

  /// The addresses under the names that the JIT looks up.
  llvm::orc::SymbolMap getSymbols(llvm::orc::MangleAndInterner interner) const;

private:
  struct Buffer {
    std::string name;
    std::unique_ptr<llvm::MemoryBuffer> data;
  };
  std::vector<Buffer> buffers;
};

} // namespace tasd::evaluation

#endif // TASD_LIB_EVALUATION_CONSTANTBUFFERS_H
