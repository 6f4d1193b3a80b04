//===- Packing.h - Series of packed terms -----------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Decomposes tensors into packed series and composes them again. Every function
// gives the same bytes whatever the pool; a null pool runs on this thread.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SPARSITY_PACKING_H
#define TASD_SPARSITY_PACKING_H

#include "tasd/Sparsity/Pattern.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace tasd::sparsity {

/// The owning form of a packed series.
struct PackedSeries {
  /// components[term][component] holds bytes of the size and shape that
  /// getSizedComponents of that term's pattern says.
  std::vector<std::vector<std::vector<char>>> components;
};

/// Selects the terms of the series: which term owns which element.
llvm::Expected<Ownership> select(const TensorView &tensor, const Series &series,
                                 llvm::ThreadPoolInterface *pool = nullptr);

/// Decomposes `tensor` into buffers of the caller, one set for each term, in
/// one pass over the data where the family has a fused packer. Errors: invalid
/// view, wrong number or size of buffers. A size that depends on elements is
/// checked, too, before anything is written.
llvm::Error packInto(const TensorView &tensor, const Series &series,
                     llvm::ArrayRef<TermBuffers> terms,
                     llvm::ThreadPoolInterface *pool = nullptr);

/// Makes the buffer of a component, whose size is known, of a term. It is
/// called once for each, in their order; buffers stay where they are until the
/// end.
using ComponentAllocator = llvm::function_ref<llvm::MutableArrayRef<char>(
    size_t term, const PackedComponent &component)>;

/// As packInto, into buffers made when their sizes are known.
llvm::Error packInto(const TensorView &tensor, const Series &series,
                     ComponentAllocator allocate,
                     llvm::ThreadPoolInterface *pool = nullptr);

/// As packInto, into new buffers.
llvm::Expected<PackedSeries> pack(const TensorView &tensor,
                                  const Series &series,
                                  llvm::ThreadPoolInterface *pool = nullptr);

/// Composes packed terms: writes every element of `tensor`, zeros included.
/// Errors: invalid view, wrong number or size of buffers.
llvm::Error unpackInto(const Series &series,
                       llvm::ArrayRef<ConstTermBuffers> terms,
                       const MutableTensorView &tensor,
                       llvm::ThreadPoolInterface *pool = nullptr);

/// Composes what `tensor` decomposes to, in its place. Errors: invalid view.
llvm::Error recompose(const MutableTensorView &tensor, const Series &series,
                      llvm::ThreadPoolInterface *pool = nullptr);

} // namespace tasd::sparsity

#endif // TASD_SPARSITY_PACKING_H
