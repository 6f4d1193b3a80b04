//===- NumpyIO.h - NumPy's files --------------------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads and writes .npy and .npz files.
//
// Element types are those of DType. NumPy has no bf16 and no f8: they are
// written as ml_dtypes writes them, as raw items of two and one bytes ("<V2",
// "|V1"), and such items are read as bf16 and f8E4M3FN.
//
// Arrays in Fortran order and of the other byte order are converted. Anything
// else, as pickled objects, strings or complex numbers, is an error. No input
// makes a reader crash or allocate more than the file can hold.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_NUMPYIO_H
#define TASD_EVALUATION_NUMPYIO_H

#include "tasd/Evaluation/NDArray.h"

#include "llvm/Support/Error.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace tasd::evaluation {

/// An array of an .npz file; the name is without ".npy".
struct NamedArray {
  std::string name;
  NDArray array;
};

/// Reads the bytes of an .npy file.
llvm::Expected<NDArray> parseNpy(llvm::StringRef bytes);

/// Reads the bytes of an .npz file, arrays in the order of the archive.
llvm::Expected<std::vector<NamedArray>> parseNpz(llvm::StringRef bytes);

/// Reads the arrays of a file, .npy or .npz by its content. Those of an .npz
/// come by number if their names are all "arg0", "arg1", ..., as in
/// np.savez(f, arg0=x, arg1=y), else sorted by name (np.savez(f, x, y) names
/// them "arr_0", "arr_1", ...; numbers at the end of a name sort as numbers).
/// Errors name the file.
llvm::Expected<std::vector<NamedArray>> readArrays(llvm::StringRef path);

/// Writes an .npy file of format version 1.0, in row-major order.
void writeNpy(llvm::raw_ostream &os, const NDArray &array);

/// The bytes of an uncompressed .npz file. Same arrays, same bytes.
llvm::Expected<std::vector<char>> encodeNpz(llvm::ArrayRef<NamedArray> arrays);

/// Checks that `count` arrays can be written to `path`: the name must end in
/// .npz, or in .npy for one array.
llvm::Error verifyOutputPath(llvm::StringRef path, size_t count);

/// Emits the bytes of the file that `path` is to be.
llvm::Expected<std::vector<char>>
encodeArrays(llvm::StringRef path, llvm::ArrayRef<NamedArray> arrays);

/// Writes a file whole or not at all. Errors name the file.
llvm::Error writeArrays(llvm::StringRef path,
                        llvm::ArrayRef<NamedArray> arrays);

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_NUMPYIO_H
