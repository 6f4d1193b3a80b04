/*===- ABI.h - The C ABI that compiled host code calls ------------*- C -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What code compiled by tasd calls at run time. Plain C: a function takes one
// record, a flat array of 64-bit words that the caller fills in an alloca, and
// otherwise only pointers and integers. The first word of every record is
// TASD_RUNTIME_ABI_VERSION. Functions are thread-safe and keep no pointer of
// their caller. A record that cannot be is a compiler's bug: the function names
// it on stderr and aborts.
//
//===----------------------------------------------------------------------===*/

#ifndef TASD_RUNTIME_ABI_H
#define TASD_RUNTIME_ABI_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The first word of every record. A change to the layout of any record gives
   it a new value. */
#define TASD_RUNTIME_ABI_VERSION 1

/* The values of the word elementType. Those of integers with a sign know it:
   the magnitude of 0x80 depends on it. */
enum {
  TASD_RUNTIME_F64 = 0,
  TASD_RUNTIME_F32 = 1,
  TASD_RUNTIME_F16 = 2,
  TASD_RUNTIME_BF16 = 3,
  TASD_RUNTIME_F8E4M3FN = 4,
  TASD_RUNTIME_SI32 = 5,
  TASD_RUNTIME_UI32 = 6,
  TASD_RUNTIME_SI8 = 7,
  TASD_RUNTIME_UI8 = 8
};

/* Decomposes a dense strided tensor into the packed terms of a series.

   series, seriesLength: the text of the series in bytes, as in "2:4+1:8"; no
   terminating zero is needed.

   record, in words:
     1            TASD_RUNTIME_ABI_VERSION
     1            elementType, one of the values above
     1            rank
     1            numAlong: how many dimensions blocks run along
     numAlong     those dimensions, outermost first
     1            address of element (0, ..., 0): aligned pointer plus offset
     rank         sizes, in elements
     rank         strides, in elements; may be 0 or negative
     1            numTerms, as many as the series has
     per term, in the order of the series:
       1          numComponents, as the pattern of the term says
       per component (of N:M: values, then metadata):
         1        address of its first byte
         1        its size in bytes
   Components are contiguous, row-major, and do not overlap the tensor or each
   other; every byte of them is written. */
void tasd_runtime_pack(const int64_t *record, const char *series,
                       int64_t seriesLength);

/* Runs a program on the accelerator, and returns when it has ended.

   record, in words:
     1            TASD_RUNTIME_ABI_VERSION
     1            address of the first byte of the program's binary form
     1            its size in bytes
     1            address of the first byte of the layer's name
     1            its size in bytes
     1            numTensors, as many as the program's arguments stand for
     per tensor, in the order of the arguments:
       1          rank
       1          address of element (0, ..., 0): aligned pointer plus offset
       rank       sizes, in elements
       rank       strides, in elements; may be 0 or negative
   Components of packed terms are matrices. Tensors that are written overlap no
   other.

   What a launch does is for the host to say: tasd/Runtime/Launch.h. A program
   that cannot be run is no bug of its caller: the host learns of it, and the
   tensors keep what they have. */
void tasd_runtime_launch(const int64_t *record);

/* Composes, in its place, what a dense strided tensor decomposes to by the
   series that the host has set for the calling thread; a tensor without one
   stays as it is.

   record, in words:
     1            TASD_RUNTIME_ABI_VERSION
     1            slot: which of the host's tensors this is
     1            elementType, one of the values above
     1            rank
     1            address of element (0, ..., 0): aligned pointer plus offset
     rank         sizes, in elements
     rank         strides, in elements; no two elements share an address

   What the host sets: tasd/Runtime/Recompose.h. */
void tasd_runtime_recompose(const int64_t *record);

/* Adds a dense strided tensor to the profile of an operand. The tensor is only
   read.

   record, in words:
     1            TASD_RUNTIME_ABI_VERSION
     1            elementType, rank, ..., strides: the words of a tensor, as
                  those of tasd_runtime_pack
     1            address of the first byte of the layer's name
     1            its size in bytes
     1            the number of the layer's input
     1            numBlockSizes
     numBlockSizes  sizes of blocks whose non-zeros are counted
     1            numSeries
     per series whose loss is measured:
       1          address of the first byte of its text
       1          its size in bytes
     1            1 if the products of all pairs of columns are measured, else 0

   What is collected is for the host to say: tasd/Runtime/ProfileCollector.h;
   nothing where it does not. A tensor that has no profile, as one with a NaN,
   is no bug of its caller: the host learns of it. */
void tasd_runtime_record(const int64_t *record);

/* Adds to a matrix the product of two others: C[m, n] += A[m, k] * B[k, n].

   record, in words:
     1            TASD_RUNTIME_ABI_VERSION
     1            elementType of all three, TASD_RUNTIME_F32 or TASD_RUNTIME_F64
     3            m, n, k
     per matrix, A then B then C:
       1          address of element (0, 0)
       2          strides of its rows and its columns, in elements
   Of A and B any strides will do; no two elements of C share an address, and C
   overlaps neither A nor B. Matrices of which neither stride is 1 are copied.

   Who multiplies, and on how many threads: tasd/Runtime/DenseLibrary.h. It is a
   bug of the host to run such code where there is no library. */
void tasd_runtime_gemm(const int64_t *record);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* TASD_RUNTIME_ABI_H */
