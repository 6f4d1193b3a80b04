# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Constants that the file stores sparse, as dense ones.

A sparse tensor is a tree: each level, in the traversal order, is one of the dense
dimensions or of the dimensions of its blocks, and is stored dense (every index) or
compressed (CSR: the indices there are). Leaves are the values, in order.
"""

from dataclasses import dataclass

import numpy as np
from ai_edge_litert import schema_py_generated as schema

from ..failure import Failure

DENSE = schema.DimensionType.DENSE
COMPRESSED = schema.DimensionType.SPARSE_CSR


@dataclass(frozen=True)
class Blocks:
    """How each dimension of the dense tensor is cut into blocks."""

    # Extent of a block along each dimension; 1 where it is not cut.
    sizes: np.ndarray
    # The dimension that each dimension of a block runs along.
    dims: list[int]


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise Failure(f"sparse constant: {message}")


def _vector(values: object) -> np.ndarray:
    _require(values is not None, "expected segments and indices for a compressed dimension")
    return np.asarray(values.values if values.values is not None else [], dtype=np.int64)


def _expand_dense(count: int, size: int) -> tuple[np.ndarray, np.ndarray]:
    """The parent and the index of each child of a dense level."""
    return np.repeat(np.arange(count), size), np.tile(np.arange(size), count)


def _expand_compressed(
    count: int, size: int, metadata: schema.DimensionMetadataT
) -> tuple[np.ndarray, np.ndarray]:
    """The parent and the index of each child of a compressed level."""
    segments, indices = _vector(metadata.arraySegments), _vector(metadata.arrayIndices)
    _require(
        len(segments) == count + 1 and segments[0] == 0 and bool((np.diff(segments) >= 0).all()),
        f"expected {count + 1} ascending segments but got {len(segments)}",
    )
    _require(
        len(indices) == segments[-1], f"expected {segments[-1]} indices but got {len(indices)}"
    )
    _require(
        bool(((indices >= 0) & (indices < size)).all()), f"expected indices from 0 to {size - 1}"
    )
    return np.repeat(np.arange(count), np.diff(segments)), indices


def _find_blocks(shape: np.ndarray, sparsity: schema.SparsityParametersT) -> Blocks:
    order, dims = sparsity.traversalOrder, sparsity.blockMap
    order = [] if order is None else [int(i) for i in order]
    dims = [] if dims is None else [int(i) for i in dims]
    rank = len(shape)
    _require(
        sorted(order) == list(range(rank + len(dims))),
        f"expected a traversal order of {rank + len(dims)} dimensions but got {order}",
    )
    _require(
        len(sparsity.dimMetadata or []) == len(order),
        f"expected {len(order)} dimensions but got {len(sparsity.dimMetadata or [])}",
    )
    _require(
        len(set(dims)) == len(dims) and all(0 <= dim < rank for dim in dims),
        f"expected different dimensions in the block map but got {dims}",
    )
    sizes = np.ones(rank, np.int64)
    for level, metadata in zip(order, sparsity.dimMetadata, strict=True):
        if level >= rank:
            _require(metadata.format == DENSE, "expected the dimensions of blocks to be dense")
            sizes[dims[level - rank]] = metadata.denseSize
    _require(
        bool((sizes > 0).all()) and not bool((shape % sizes).any()),
        f"expected blocks that divide {shape.tolist()} but got {sizes.tolist()}",
    )
    return Blocks(sizes, dims)


def decode(
    shape: list[int], sparsity: schema.SparsityParametersT, values: np.ndarray
) -> np.ndarray:
    """The dense tensor of that shape; a Failure if the encoding contradicts itself."""
    extents = np.asarray(shape, np.int64)
    blocks = _find_blocks(extents, sparsity)
    # The extent of each level's dimension.
    sizes = [*(extents // blocks.sizes), *(blocks.sizes[dim] for dim in blocks.dims)]
    count, levels = 1, {}
    for level, metadata in zip(sparsity.traversalOrder, sparsity.dimMetadata, strict=True):
        size = int(sizes[level])
        if metadata.format == COMPRESSED:
            parents, indices = _expand_compressed(count, size, metadata)
        else:
            _require(
                metadata.denseSize == size,
                f"expected {size} as the size of dimension {level} but got {metadata.denseSize}",
            )
            parents, indices = _expand_dense(count, size)
        levels = {known: path[parents] for known, path in levels.items()}
        levels[int(level)] = indices
        count = len(indices)
    _require(len(values) == count, f"expected {count} values but got {len(values)}")
    return _scatter(extents, blocks, levels, values)


def _scatter(
    extents: np.ndarray, blocks: Blocks, levels: dict[int, np.ndarray], values: np.ndarray
) -> np.ndarray:
    """Puts each value to where the indices of its levels say."""
    rank = len(extents)
    positions = [levels[dim] * blocks.sizes[dim] for dim in range(rank)]
    for i, dim in enumerate(blocks.dims):
        positions[dim] = positions[dim] + levels[rank + i]
    dense = np.zeros(extents, values.dtype)
    dense[tuple(positions)] = values
    return dense
