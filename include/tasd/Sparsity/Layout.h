//===- Layout.h - Packed forms laid out for a target ------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How the kernels of one target want a whole series stored: all its terms in
// one list, in the order in which they are read. The packed form of patterns
// (Pattern.h) is the one that is exchanged; a layout is made of it, and it can
// be made of a layout again.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SPARSITY_LAYOUT_H
#define TASD_SPARSITY_LAYOUT_H

#include "tasd/Sparsity/Packing.h"

#include <memory>

namespace tasd::sparsity {

/// Gives a buffer for a component, whose shape is static by then.
using LayoutAllocator =
    llvm::function_ref<llvm::MutableArrayRef<char>(const PackedComponent &)>;

/// Immutable.
class Layout {
public:
  virtual ~Layout();

  /// Checks that a tensor can be laid out; says what was expected and found.
  virtual llvm::Error verify(const BlockedShape &blocked,
                             ElementType type) const = 0;

  /// The tensors of the layout. Extents that depend on the elements are
  /// PackedComponent::dataDependentExtent.
  virtual std::vector<PackedComponent>
  getComponents(const BlockedShape &blocked) const = 0;

  /// Stores the non-zeros of `tensor`, which passes verify. The same bytes for
  /// any pool. Errors: more of them than the layout can count.
  virtual llvm::Error layOut(const TensorView &tensor, LayoutAllocator allocate,
                             llvm::ThreadPoolInterface *pool) const = 0;

  /// Writes the elements that are stored into `tensor`, which passes verify and
  /// holds zeros. Errors: components that are no such layout.
  virtual llvm::Error restore(llvm::ArrayRef<llvm::ArrayRef<char>> components,
                              const MutableTensorView &tensor) const = 0;
};

} // namespace tasd::sparsity

#endif // TASD_SPARSITY_LAYOUT_H
