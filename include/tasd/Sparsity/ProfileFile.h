//===- ProfileFile.h - Profiles in JSON -------------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The file of a profile: exact, so that what is read merges as what was
// written. Matrices of second moments are files of their own beside it.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SPARSITY_PROFILEFILE_H
#define TASD_SPARSITY_PROFILEFILE_H

#include "tasd/Sparsity/Profile.h"
#include "tasd/Support/OutputFile.h"

namespace tasd::sparsity {

/// What the file says that it is.
constexpr llvm::StringLiteral kProfileSchema = "tasd-profile";
/// The version of the format that is written, the only one that is read.
constexpr int64_t kProfileVersion = 1;

/// Reads the text of a profile; series are parsed by `registry`. Errors name
/// the place, as in "expected integer at profile.layers[0].name".
llvm::Expected<Profile> parseProfile(llvm::StringRef text,
                                     const PatternRegistry &registry);

/// Reads a file; errors name it. The paths of matrices are made relative to the
/// working directory.
llvm::Expected<Profile> readProfileFile(llvm::StringRef path,
                                        const PatternRegistry &registry);

/// Reads files and merges them. Errors name the file: of the same content as
/// another one, since what it holds would count twice.
llvm::Expected<Profile> readProfileFiles(llvm::ArrayRef<std::string> paths,
                                         const PatternRegistry &registry);

/// Writes the text; operands with a matrix name its path, matrixPath.
void printProfile(llvm::raw_ostream &os, const Profile &profile);

/// Adds the files of a profile: a matrix for each operand that has one,
/// PATH.0.npy, PATH.1.npy, ..., and PATH itself, the last.
llvm::Error addProfileFiles(llvm::StringRef path, Profile profile,
                            OutputFiles &files);

/// Writes the files and puts them into their places. Each appears whole or not
/// at all.
llvm::Error writeProfileFile(llvm::StringRef path, Profile profile);

/// Reads the second moments of an operand from a profile's file, row-major,
/// numColumns x numColumns means. Errors: none were measured, or the file is
/// none of them; named by their file.
llvm::Expected<std::vector<double>>
readSecondMoments(const OperandProfile &profile);

} // namespace tasd::sparsity

#endif // TASD_SPARSITY_PROFILEFILE_H
