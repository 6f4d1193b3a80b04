//===- PackAVX2.cpp - Packing with AVX2 and BMI2 --------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The values of a segment, and their indices, are what remains of all values
// and all indices where the filled slots' bits are set: one compaction for any
// N:M.
//
//===----------------------------------------------------------------------===//

#include "BitPlane.h"
#include "Kernels.h"

#include <immintrin.h>

using namespace tasd::sparsity;

namespace {

/// order[bits][i] = place of the i-th set bit, for every byte.
constexpr auto setBitTable = [] {
  struct {
    alignas(16) uint8_t order[256][8] = {};
  } table;
  for (int bits = 0; bits < 256; ++bits)
    for (int bit = 0, next = 0; bit < 8; ++bit)
      if (bits >> bit & 1)
        table.order[bits][next++] = uint8_t(bit);
  return table;
}();

inline __m128i loadOrder(unsigned bits) {
  return _mm_loadl_epi64(
      reinterpret_cast<const __m128i *>(setBitTable.order[bits]));
}

// compact moves the elements of eight columns that are set in `filled` to the
// front; clear makes zeros of those that are not set in `kept`.

inline __m256i clear(__m256i lanes, unsigned kept) {
  __m256i bit = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
  __m256i isKept = _mm256_cmpeq_epi32(
      _mm256_and_si256(_mm256_set1_epi32(int(kept)), bit), bit);
  return _mm256_and_si256(lanes, isKept);
}

template <bool clearing>
void compact(const uint32_t *from, unsigned filled, unsigned kept,
             uint32_t *to) {
  __m256i lanes = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(from));
  if (clearing)
    lanes = clear(lanes, kept);
  lanes = _mm256_permutevar8x32_epi32(lanes,
                                      _mm256_cvtepu8_epi32(loadOrder(filled)));
  _mm256_storeu_si256(reinterpret_cast<__m256i *>(to), lanes);
}

template <bool clearing>
void compact(const uint16_t *from, unsigned filled, unsigned kept,
             uint16_t *to) {
  __m128i lanes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(from));
  if (clearing) {
    __m128i bit = _mm_setr_epi16(1, 2, 4, 8, 16, 32, 64, 128);
    __m128i isKept =
        _mm_cmpeq_epi16(_mm_and_si128(_mm_set1_epi16(short(kept)), bit), bit);
    lanes = _mm_and_si128(lanes, isKept);
  }
  // Places of elements become places of their two bytes.
  __m128i order = loadOrder(filled);
  order = _mm_slli_epi16(_mm_unpacklo_epi8(order, order), 1);
  order = _mm_add_epi8(order, _mm_set1_epi16(0x0100));
  _mm_storeu_si128(reinterpret_cast<__m128i *>(to),
                   _mm_shuffle_epi8(lanes, order));
}

template <bool clearing>
void compact(const uint8_t *from, unsigned filled, unsigned kept, uint8_t *to) {
  __m128i lanes = _mm_loadl_epi64(reinterpret_cast<const __m128i *>(from));
  if (clearing) {
    __m128i bit = _mm_set1_epi64x(int64_t(0x8040201008040201));
    __m128i isKept =
        _mm_cmpeq_epi8(_mm_and_si128(_mm_set1_epi8(char(kept)), bit), bit);
    lanes = _mm_and_si128(lanes, isKept);
  }
  _mm_storel_epi64(reinterpret_cast<__m128i *>(to),
                   _mm_shuffle_epi8(lanes, loadOrder(filled)));
}

template <bool clearing>
void compact(const uint64_t *from, unsigned filled, unsigned kept,
             uint64_t *to) {
  for (unsigned bit = 0; bit < 8; ++bit) {
    *to = from[bit] & -uint64_t(kept >> bit & 1);
    to += filled >> bit & 1;
  }
}

/// Packs the values of one word; returns the place of the next. Each byte of
/// `filled` has `perByte` bits, or any number if that is 0.
template <bool clearing, typename Bits>
Bits *packWord(const Bits *elements, uint64_t filled, uint64_t kept,
               int64_t perByte, Bits *values) {
#pragma clang loop unroll(full)
  for (int bit = 0; bit < 64; bit += 8) {
    unsigned byte = uint8_t(filled >> bit);
    compact<clearing>(elements + bit, byte, uint8_t(kept >> bit), values);
    values += perByte ? perByte : __builtin_popcount(byte);
  }
  return values;
}

/// table[mask] = place of the set bit number `which` of four.
template <int which> __m128i loadPlaceTable() {
  alignas(16) static constexpr auto table = [] {
    struct {
      uint8_t places[16] = {};
    } result;
    for (int mask = 0; mask < 16; ++mask)
      result.places[mask] = setBitTable.order[mask][which];
    return result;
  }();
  return _mm_load_si128(reinterpret_cast<const __m128i *>(table.places));
}

/// The masks of the blocks of four of a word, one in each byte.
inline __m128i getMasksOfFours(uint64_t word) {
  __m128i bytes = _mm_cvtsi64_si128(int64_t(word));
  __m128i nibble = _mm_set1_epi8(15);
  return _mm_unpacklo_epi8(_mm_and_si128(bytes, nibble),
                           _mm_and_si128(_mm_srli_epi64(bytes, 4), nibble));
}

/// As packWord for bytes in blocks of four of which two are filled: the masks
/// of all blocks are looked up at once.
template <typename Bits>
Bits *packTwoOfFour(const Bits *elements, uint64_t filled, Bits *values) {
  __m128i masks = getMasksOfFours(filled);
  __m128i first = _mm_shuffle_epi8(loadPlaceTable<0>(), masks);
  __m128i second = _mm_shuffle_epi8(loadPlaceTable<1>(), masks);
  __m128i begins = _mm_set1_epi64x(int64_t(0x0c0c080804040000));
  __m128i orders[] = {_mm_add_epi8(_mm_unpacklo_epi8(first, second), begins),
                      _mm_add_epi8(_mm_unpackhi_epi8(first, second), begins)};
  for (int half = 0; half < 2; ++half) {
    auto *from = reinterpret_cast<const __m128i *>(elements + half * 32);
    auto *to = reinterpret_cast<__m128i *>(values + half * 16);
    __m128i low = _mm_shuffle_epi8(_mm_loadu_si128(from), orders[half]);
    __m128i high =
        _mm_shuffle_epi8(_mm_loadu_si128(from + 1),
                         _mm_unpackhi_epi64(orders[half], orders[half]));
    _mm_storeu_si128(to, _mm_unpacklo_epi64(low, high));
  }
  return values + 32;
}

template <typename Bits> void packValues(const PackRequest &request) {
  auto *elements = static_cast<const Bits *>(request.elements);
  auto *values = reinterpret_cast<Bits *>(request.values);
  int64_t perByte = 8 % request.m == 0 ? 8 / request.m * request.n : 0;
  for (int64_t word = 0; word * 64 < request.numColumns; ++word) {
    const Bits *from = elements + word * 64;
    uint64_t filled = request.filled[word], kept = request.kept[word];
    bool isWhole = request.numColumns - word * 64 >= 64;
    // Dense data leaves no empty slots.
    if (filled != kept)
      values = packWord<true>(from, filled, kept, 0, values);
    else if (!isWhole || perByte == 0)
      values = packWord<false>(from, filled, kept, 0, values);
    else if (sizeof(Bits) == 1 && request.n == 2 && request.m == 4)
      values = packTwoOfFour(from, filled, values);
    else
      values = packWord<false>(from, filled, kept, perByte, values);
  }
}

/// Writes bits, lowest first, eight bytes at a time.
class BitWriter {
public:
  explicit BitWriter(char *bytes) : bytes(bytes) {}

  /// Adds the lowest `count` bits, others being 0; 0 <= count <= 64.
  void add(uint64_t bits, unsigned count) {
    pending |= bits << numPending;
    unsigned total = numPending + count;
    if (total >= 64) {
      __builtin_memcpy(bytes, &pending, 8);
      bytes += 8;
      pending = numPending ? bits >> (64 - numPending) : 0;
      total -= 64;
    }
    numPending = total;
  }
  void finish() { __builtin_memcpy(bytes, &pending, 8); }

private:
  char *bytes;
  uint64_t pending = 0;
  unsigned numPending = 0;
};

/// The columns of a word whose index has bit `bit`, for blocks of powers of
/// two.
constexpr uint64_t columnsWithIndexBit[] = {
    0xaaaaaaaaaaaaaaaa, 0xcccccccccccccccc, 0xf0f0f0f0f0f0f0f0,
    0xff00ff00ff00ff00, 0xffff0000ffff0000, 0xffffffff00000000};

/// As packIndices, for two of four: four bits for each block, looked up.
void packIndicesOfTwoOfFour(const PackRequest &request) {
  __m128i weights = _mm_set1_epi16(0x1001);
  for (int64_t word = 0; word * 64 < request.numColumns; ++word) {
    __m128i masks = getMasksOfFours(request.filled[word]);
    __m128i first = _mm_shuffle_epi8(loadPlaceTable<0>(), masks);
    __m128i second = _mm_shuffle_epi8(loadPlaceTable<1>(), masks);
    __m128i both = _mm_or_si128(first, _mm_slli_epi16(second, 2));
    // Two blocks make a byte: the even one and 16 times the odd one.
    __m128i pairs = _mm_maddubs_epi16(both, weights);
    _mm_storel_epi64(reinterpret_cast<__m128i *>(request.indices + word * 8),
                     _mm_packus_epi16(pairs, pairs));
  }
}

/// Packs indices of `bits` bits of blocks of 2^bits columns: gathers each bit
/// of the indices of all slots, then interleaves them.
template <int bits> void packIndices(const PackRequest &request) {
  if (bits == 2 && request.n == 2)
    return packIndicesOfTwoOfFour(request);
  constexpr uint64_t everyField = [] {
    uint64_t ones = 0;
    for (int i = 0; i < 64; i += bits)
      ones |= uint64_t(1) << i;
    return ones;
  }();
  // The most columns, a power of two, whose slots' indices fit a word.
  int64_t step = 64;
  auto getMaxSlots = [&request](int64_t columns) {
    return columns >= request.m  ? columns / request.m * request.n
           : columns < request.n ? columns
                                 : request.n;
  };
  while (getMaxSlots(step) * bits > 64)
    step /= 2;
  BitWriter writer(request.indices);
  for (int64_t word = 0; word * 64 < request.numColumns; ++word)
    for (int64_t begin = 0; begin < 64; begin += step) {
      uint64_t columns = request.filled[word] >> begin & lowBits(step);
      uint64_t indices = 0;
#pragma clang loop unroll(full)
      for (int bit = 0; bit < bits; ++bit)
        indices |=
            _pdep_u64(_pext_u64(columnsWithIndexBit[bit] >> begin, columns),
                      everyField << bit);
      writer.add(indices, unsigned(__builtin_popcountll(columns)) * bits);
    }
  writer.finish();
}

} // namespace

Kernels tasd::sparsity::getAVX2Kernels(ElementType type, int64_t m) {
  Kernels kernels = getPortableKernels(type);
  int64_t width = getByteWidth(type);
  kernels.packValues = width == 1   ? packValues<uint8_t>
                       : width == 2 ? packValues<uint16_t>
                       : width == 4 ? packValues<uint32_t>
                                    : packValues<uint64_t>;
  if (auto *selectTop = getSelectTopAVX2(type, m))
    kernels.selectTop = selectTop;
  using Function = void (*)(const PackRequest &);
  constexpr Function packers[] = {packIndices<1>, packIndices<2>,
                                  packIndices<3>, packIndices<4>,
                                  packIndices<5>, packIndices<6>};
  for (int bits = 1; bits <= 6; ++bits)
    if (m == 1 << bits)
      kernels.packIndices = packers[bits - 1];
  setMeterKernelsAVX2(type, kernels);
  return kernels;
}
