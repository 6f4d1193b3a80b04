//===- SelectAVX2.cpp - Selection with AVX2 -------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Many blocks at a time: a sorting network finds the smallest magnitude that
// each block keeps, and comparing with it gives the columns; ties that are too
// many are settled on bit planes.
//
//===----------------------------------------------------------------------===//

#include "BitPlane.h"
#include "Kernels.h"
#include "SimdAVX2.h"
#include "SortingNetwork.h"

#include <utility>

using namespace tasd::sparsity;

namespace {

template <typename V, int m, size_t... i>
void sortColumns(V *columns, std::index_sequence<i...>) {
  static constexpr SortingNetwork<m> network;
  auto exchange = [columns](int first, int second) {
    V larger = getLarger(columns[first], columns[second]);
    columns[second] = getSmaller(columns[first], columns[second]);
    columns[first] = larger;
  };
  (exchange(network.comparators[i].first, network.comparators[i].second), ...);
}

/// Selection of blocks of `m` elements, in units of whole words of planes; for
/// the one top `onlyTop` if that is not 0, of which less needs to be sorted.
template <typename Magnitude, int m, int onlyTop = 0> class Selector {
  using Bits = typename Magnitude::Bits;
  using V = Vector<Bits>;
  using Lane = std::decay_t<decltype(V{}[0])>;
  static constexpr int numLanes = lanesOf<Bits>;
  static constexpr int blocksPerWord = 64 / m;
  static constexpr int batchColumns = numLanes * m;
  /// Columns of one batch of vectors, or of the batches that make a word.
  static constexpr int unitColumns = batchColumns < 64 ? 64 : batchColumns;
  static constexpr int unitWords = unitColumns / 64;
  static constexpr int numBatches = unitColumns / batchColumns;
  /// Counting ranks takes m * (m - 1) / 2 comparisons, more than sorting long
  /// blocks, but knows no ties, which are common among narrow elements.
  static constexpr bool isRanked = m <= 4 && sizeof(Bits) <= 2;

  /// Rows are read segment by segment, which the processor does not foresee.
  static constexpr int64_t prefetchDistance = 8192;

public:
  static void select(const TopRequest &request) {
    auto *elements = static_cast<const Bits *>(request.elements);
    int64_t readable = (request.numColumns + 63) / 64 * 64;
    for (int64_t begin = 0; begin < readable; begin += unitColumns) {
      int64_t numColumns = readable - begin;
      const Bits *unit = elements + begin;
      const uint64_t *owned =
          request.owned ? request.owned + begin / 64 : nullptr;
      if (!owned)
        prefetch(unit);
      bool isWhole = numColumns >= unitColumns;
      if (isWhole && !owned) {
        selectUnit(unit, nullptr, request, begin / 64);
      } else if (isWhole && hasBlockMasks<Bits, m>) {
        selectUnit(unit, owned, request, begin / 64);
      } else {
        alignas(32) Bits buffer[unitColumns];
        copyUnowned(unit, owned, numColumns, buffer);
        selectUnit(buffer, nullptr, request, begin / 64);
      }
    }
  }

private:
  static void prefetch(const Bits *unit) {
    auto *ahead = reinterpret_cast<const char *>(unit) + prefetchDistance;
    for (int byte = 0; byte < int(unitColumns * sizeof(Bits)); byte += 64)
      __builtin_prefetch(ahead + byte);
  }

  /// Copies a unit, with zeros for what is owned or past the end.
  static void copyUnowned(const Bits *from, const uint64_t *owned,
                          int64_t numColumns, Bits *to) {
    for (int word = 0; word < unitWords; ++word) {
      uint64_t taken = ~uint64_t(0);
      if (word * 64 < numColumns)
        taken = owned ? owned[word] : 0;
      if (taken == ~uint64_t(0)) {
        __builtin_memset(to + word * 64, 0, 64 * sizeof(Bits));
        continue;
      }
      for (int i = 0; i < 64; i += numLanes) {
        V lanes;
        __builtin_memcpy(&lanes, from + word * 64 + i, sizeof(V));
        lanes &= ~expandBits(taken >> i);
        __builtin_memcpy(to + word * 64 + i, &lanes, sizeof(V));
      }
    }
  }

  /// Lanes of all ones where the lowest bits are set.
  static V expandBits(uint64_t bits) {
    if constexpr (sizeof(Bits) == 1) {
      const __m256i byteOfLane =
          _mm256_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2,
                           2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3);
      __m256i bitOfLane = _mm256_set1_epi64x(int64_t(0x8040201008040201));
      __m256i spread =
          _mm256_shuffle_epi8(_mm256_set1_epi32(int(bits)), byteOfLane);
      return V(
          _mm256_cmpeq_epi8(_mm256_and_si256(spread, bitOfLane), bitOfLane));
    } else {
      V bitOfLane;
      for (int i = 0; i < numLanes; ++i)
        bitOfLane[i] = Lane(Lane(1) << i);
      return V(((V{} + Lane(bits)) & bitOfLane) == bitOfLane);
    }
  }

  static void selectUnit(const Bits *elements, const uint64_t *owned,
                         const TopRequest &request, int64_t firstWord) {
    V keys[numBatches][m];
    for (int batch = 0; batch < numBatches; ++batch) {
      __m256i columns[m];
      loadBlocks<Bits, m>(elements + batch * batchColumns, columns);
      for (int i = 0; i < m; ++i)
        keys[batch][i] = getKeys(Magnitude(), V(columns[i]));
      if (hasBlockMasks<Bits, m> && owned)
        clearOwned(owned, batch, keys[batch]);
    }
    if constexpr (isRanked)
      selectByRank(keys, request, firstWord);
    else
      selectByThreshold(keys, request, firstWord);
  }

  /// Makes zeros of the keys of a batch that are owned.
  static void clearOwned(const uint64_t *owned, int batch, V *keys) {
    if constexpr (hasBlockMasks<Bits, m>) {
      auto masks = V(loadBlockMasks<Bits, m>(
          reinterpret_cast<const char *>(owned) + batch * batchColumns / 8));
      for (int i = 0; i < m; ++i)
        keys[i] &= V((masks & Lane(Lane(1) << i)) == V{});
    }
  }

  /// Short blocks: how many elements go before an element says it all.
  static void selectByRank(const V (*keys)[m], const TopRequest &request,
                           int64_t firstWord) {
    V ranks[numBatches][m];
    for (int batch = 0; batch < numBatches; ++batch)
      getRanks(keys[batch], ranks[batch]);
    for (int64_t i = 0; i < request.numTops; ++i) {
      V tops[numBatches];
      for (V &top : tops)
        top = V{} + Lane(request.tops[i]);
      uint64_t words[unitWords];
      collect(ranks, tops, words, [](V rank, V top) { return rank < top; });
      writeWords(words, request, request.planes[i], firstWord);
    }
  }

  /// Counts for each element those before it: larger ones, and of its equals
  /// those of lower index. Zeros get the largest rank, so as not to be taken.
  static void getRanks(const V *keys, V *ranks) {
    for (int i = 0; i < m; ++i)
      ranks[i] = V{} + Lane(i);
#pragma clang loop unroll(full)
    for (int i = 0; i < m; ++i)
#pragma clang loop unroll(full)
      for (int j = i + 1; j < m; ++j) {
        // All ones, which is -1, where j goes before i.
        V before = V(keys[j] > keys[i]);
        ranks[i] -= before;
        ranks[j] += before;
      }
    for (int i = 0; i < m; ++i)
      ranks[i] |= V(keys[i] == V{});
  }

  /// Longer blocks: the smallest magnitude that is taken comes from sorting.
  static void selectByThreshold(const V (*keys)[m], const TopRequest &request,
                                int64_t firstWord) {
    V sorted[numBatches][m];
    for (int batch = 0; batch < numBatches; ++batch) {
      for (int i = 0; i < m; ++i)
        sorted[batch][i] = keys[batch][i];
      sortColumns<V, m>(
          sorted[batch],
          std::make_index_sequence<SortingNetwork<m>::numComparators>());
    }
    if constexpr (onlyTop != 0) {
      writeTop(keys, sorted, onlyTop, request, request.planes[0], firstWord);
      return;
    }
    for (int64_t i = 0; i < request.numTops; ++i)
      writeTop(keys, sorted, request.tops[i], request, request.planes[i],
               firstWord);
  }

  /// Writes the plane of one top.
  static void writeTop(const V (*keys)[m], const V (*sorted)[m], int64_t top,
                       const TopRequest &request, uint64_t *plane,
                       int64_t firstWord) {
    V thresholds[numBatches];
    // Zeros are never taken, so no threshold is below 1.
    for (int batch = 0; batch < numBatches; ++batch)
      thresholds[batch] = getLarger(sorted[batch][top - 1], V{} + Lane(1));
    uint64_t words[unitWords];
    getTop(keys, thresholds, top, words);
    writeWords(words, request, plane, firstWord);
  }

  static void writeWords(const uint64_t *words, const TopRequest &request,
                         uint64_t *plane, int64_t firstWord) {
    int64_t numWords = (request.numColumns + 63) / 64 - firstWord;
    for (int64_t word = 0; word < unitWords && word < numWords; ++word)
      plane[firstWord + word] = words[word];
  }

  /// The columns at or above the thresholds; of those at them, where there are
  /// more than `top`, the first.
  static void getTop(const V (*keys)[m], const V *thresholds, int64_t top,
                     uint64_t *words) {
    WordFields fields(m);
    collect(keys, thresholds, words,
            [](V key, V threshold) { return key >= threshold; });
    if (top == m)
      return;
    // Ties are rare among wide elements and common among narrow ones, for which
    // it is cheaper not to ask first.
    if (sizeof(Bits) > 1 && !hasTooMany(fields, words, top))
      return;
    uint64_t above[unitWords];
    collect(keys, thresholds, above,
            [](V key, V threshold) { return key > threshold; });
    for (int word = 0; word < unitWords; ++word)
      if (fields.getDeficient(words[word], top + 1) != fields.lowest)
        words[word] =
            fields.addLowestOf(above[word], words[word] & ~above[word], top);
  }

  /// Whether a block has more than `top` columns.
  static bool hasTooMany(const WordFields &fields, const uint64_t *words,
                         int64_t top) {
    uint64_t tooMany = 0;
    for (int word = 0; word < unitWords; ++word)
      tooMany |= fields.getDeficient(words[word], top + 1) ^ fields.lowest;
    return __builtin_expect(tooMany != 0, false);
  }

  /// The plane of the columns whose keys compare so with the thresholds.
  template <typename Compare>
  static void collect(const V (*keys)[m], const V *thresholds, uint64_t *words,
                      Compare compare) {
    constexpr uint64_t lowest = ~uint64_t(0) / ((uint64_t(1) << m) - 1);
    if constexpr (sizeof(Bits) == 4 && m == 4) {
      words[0] = getFoursBits(compare(keys[0][0], thresholds[0]),
                              compare(keys[0][1], thresholds[0]),
                              compare(keys[0][2], thresholds[0]),
                              compare(keys[0][3], thresholds[0])) |
                 getFoursBits(compare(keys[1][0], thresholds[1]),
                              compare(keys[1][1], thresholds[1]),
                              compare(keys[1][2], thresholds[1]),
                              compare(keys[1][3], thresholds[1]))
                     << 32;
      return;
    }
    for (int word = 0; word < unitWords; ++word)
      words[word] = 0;
#pragma clang loop unroll(full)
    for (int e = 0; e < m; ++e) {
      // One bit for each block of the unit.
      uint64_t blocks = 0;
      for (int batch = 0; batch < numBatches; ++batch)
        blocks |= getLaneBits<Bits>(compare(keys[batch][e], thresholds[batch]))
                  << (batch * numLanes);
#pragma clang loop unroll(full)
      for (int word = 0; word < unitWords; ++word)
        words[word] |= _pdep_u64(blocks >> (word * blocksPerWord), lowest << e);
    }
  }
};

using SelectFunction = void (*)(const TopRequest &);

/// The selector made for the one top that is asked for, else that for any.
template <typename Magnitude, int m, int... onlyTops>
void selectAny(const TopRequest &request) {
  SelectFunction select = Selector<Magnitude, m>::select;
  if (request.numTops == 1)
    ((request.tops[0] == onlyTops
          ? void(select = Selector<Magnitude, m, onlyTops>::select)
          : void()),
     ...);
  select(request);
}

} // namespace

void (*tasd::sparsity::getSelectTopAVX2(ElementType type,
                                        int64_t m))(const TopRequest &) {
  return withMagnitude(type, [m](auto magnitude) -> SelectFunction {
    using Magnitude = decltype(magnitude);
    if (m == 4)
      return selectAny<Magnitude, 4, 1, 2>;
    if (m == 8)
      return selectAny<Magnitude, 8, 1, 2, 4>;
    if (m == 16)
      return selectAny<Magnitude, 16, 1, 2, 4>;
    if (m == 32)
      return selectAny<Magnitude, 32>;
    return nullptr;
  });
}
