//===- Elements.h - Elements as the lanes see them ------------ -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The lanes multiply integers of 16 bits, which hold i8 of either sign, or f32,
// which holds all narrower floats. Both hold their elements exactly.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_ELEMENTS_H
#define TASD_LIB_SIMULATOR_ELEMENTS_H

#include "tasd/Sparsity/ElementType.h"

#include <type_traits>

namespace tasd::simulator {

/// Reads an element of `type` at an address as `Element`, int16_t or float.
template <typename Element> using ElementReader = Element (*)(const char *);

/// The reader of a type; null if it is not one of `Element`'s.
template <typename Element>
ElementReader<Element> getReader(sparsity::ElementType type);

/// Whether the lanes see `type` as a float.
bool isFloat(sparsity::ElementType type);

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_ELEMENTS_H
