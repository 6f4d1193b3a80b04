# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Sparse constants: decoded as the framework itself decodes them."""

import itertools
import tempfile
import unittest
from pathlib import Path

import numpy as np
from ai_edge_litert import schema_py_generated as schema
from builder import Builder

from tasd_import.failure import Failure
from tasd_import.tflite import reference, sparsity

VECTORS = {
    np.uint8: (schema.SparseIndexVector.Uint8Vector, schema.Uint8VectorT),
    np.uint16: (schema.SparseIndexVector.Uint16Vector, schema.Uint16VectorT),
    np.int32: (schema.SparseIndexVector.Int32Vector, schema.Int32VectorT),
}


def vector(values, dtype):
    kind, make = VECTORS[dtype]
    result = make()
    result.values = [int(value) for value in values]
    return kind, result


def dense_level(size):
    level = schema.DimensionMetadataT()
    level.format, level.denseSize = schema.DimensionType.DENSE, size
    return level


def compressed_level(segments, indices, dtype=np.int32):
    level = schema.DimensionMetadataT()
    level.format = schema.DimensionType.SPARSE_CSR
    level.arraySegmentsType, level.arraySegments = vector(segments, dtype)
    level.arrayIndicesType, level.arrayIndices = vector(indices, dtype)
    return level


def encode(array, order, blocks, compressed, dtype=np.int32):
    """Encodes `array`: a straightforward tree walk, the opposite of decode().

    `blocks` maps dimensions to block sizes; `compressed` names levels' dimensions.
    """
    rank, dims = array.ndim, list(blocks)
    sizes = [extent // blocks.get(dim, 1) for dim, extent in enumerate(array.shape)]
    sizes += [blocks[dim] for dim in dims]

    def part(path):
        index = [slice(None)] * rank
        for dim in range(rank):
            inner = rank + dims.index(dim) if dim in blocks else None
            size = blocks.get(dim, 1)
            if dim in path:
                start, stop = path[dim] * size, (path[dim] + 1) * size
                if inner is not None and inner in path:
                    start += path[inner]
                    stop = start + 1
                index[dim] = slice(start, stop)
            elif inner is not None and inner in path:
                index[dim] = slice(path[inner], None, size)
        return array[tuple(index)]

    paths, levels = [{}], []
    for level in order:
        if level not in compressed:
            levels.append(dense_level(sizes[level]))
            paths = [{**path, level: i} for path in paths for i in range(sizes[level])]
            continue
        children = [
            [{**path, level: i} for i in range(sizes[level]) if part({**path, level: i}).any()]
            for path in paths
        ]
        segments = [0, *itertools.accumulate(len(group) for group in children)]
        paths = [path for group in children for path in group]
        levels.append(compressed_level(segments, [path[level] for path in paths], dtype))
    parameters = schema.SparsityParametersT()
    parameters.traversalOrder, parameters.blockMap = list(order), dims
    parameters.dimMetadata = levels
    values = np.array([part(path).item() for path in paths], array.dtype)
    return parameters, values


def random_sparse(shape, dtype=np.float32):
    rng = np.random.default_rng(7)
    values = rng.integers(1, 100, shape)
    return np.where(rng.random(shape) < 0.25, values, 0).astype(dtype)


class Decode(unittest.TestCase):
    def check(self, shape, order, blocks, compressed, dtype=np.float32, index=np.int32):
        array = random_sparse(shape, dtype)
        parameters, values = encode(array, order, blocks, compressed, index)
        decoded = sparsity.decode(list(shape), parameters, values)
        self.assertEqual(decoded.dtype, array.dtype)
        np.testing.assert_array_equal(decoded, array)

    def test_last_dimension(self):
        for index in VECTORS:
            with self.subTest(index=index.__name__):
                self.check((8, 12), (0, 1), {}, {1}, index=index)

    def test_element_types(self):
        for dtype in (np.float16, np.float32, np.int8, np.int32, np.float64):
            with self.subTest(dtype=dtype.__name__):
                self.check((4, 1, 3, 8), (0, 1, 2, 3), {}, {3}, dtype)

    def test_traversal_orders(self):
        for order in itertools.permutations(range(3)):
            for compressed in ({order[-1]}, {order[0]}, set(order), {order[1], order[2]}, set()):
                with self.subTest(order=order, compressed=compressed):
                    self.check((4, 3, 5), order, {}, compressed)

    def test_blocks(self):
        for blocks, order in (
            ({1: 4}, (0, 1, 2)),
            ({0: 2, 1: 4}, (0, 1, 2, 3)),
            ({1: 4, 0: 2}, (1, 0, 3, 2)),
            ({0: 4}, (1, 0, 2)),
        ):
            for compressed in ({0}, {1}, {0, 1}):
                with self.subTest(blocks=blocks, order=order, compressed=compressed):
                    self.check((8, 12), order, blocks, compressed)

    def test_nothing_stored(self):
        parameters, _ = encode(np.zeros((2, 3), np.float32), (0, 1), {}, {1})
        decoded = sparsity.decode([2, 3], parameters, np.zeros(0, np.float32))
        np.testing.assert_array_equal(decoded, np.zeros((2, 3)))


class Framework(unittest.TestCase):
    """The interpreter's own DENSIFY agrees."""

    def densify(self, array, order, blocks, compressed):
        parameters, values = encode(array, order, blocks, compressed)
        builder = Builder()
        source = builder.sparse("sparse", array.shape, parameters, values)
        dense = builder.tensor("dense", array.shape, array.dtype)
        x = builder.tensor("x", array.shape, array.dtype)
        y = builder.tensor("y", array.shape, array.dtype)
        builder.op("DENSIFY", [source], [dense], schema.DensifyOptionsT())
        builder.op("ADD", [x, dense], [y], schema.AddOptionsT())
        with tempfile.TemporaryDirectory() as folder:
            path = builder.write(Path(folder, "m.tflite"), [x], [y])
            (result,) = reference.run(path, [np.zeros_like(array)])
        np.testing.assert_array_equal(result, array)

    def test_plain(self):
        self.densify(random_sparse((8, 12)), (0, 1), {}, {1})
        self.densify(random_sparse((4, 1, 1, 16)), (0, 1, 2, 3), {}, {3})

    def test_blocks(self):
        self.densify(random_sparse((8, 12)), (0, 1, 2), {1: 4}, {1})
        self.densify(random_sparse((8, 12)), (0, 1, 2, 3), {0: 2, 1: 4}, {1})


class Invalid(unittest.TestCase):
    def setUp(self):
        self.array = random_sparse((4, 8))
        self.parameters, self.values = encode(self.array, (0, 1), {}, {1})

    def check(self, message):
        with self.assertRaisesRegex(Failure, message):
            sparsity.decode([4, 8], self.parameters, self.values)

    def test_order(self):
        self.parameters.traversalOrder = [0, 0]
        self.check("expected a traversal order of 2 dimensions but got")

    def test_number_of_levels(self):
        self.parameters.dimMetadata = self.parameters.dimMetadata[:1]
        self.check("expected 2 dimensions but got 1")

    def test_block_map(self):
        self.parameters.blockMap = [5]
        self.parameters.traversalOrder = [0, 1, 2]
        self.parameters.dimMetadata.append(dense_level(2))
        self.check("expected different dimensions in the block map")

    def test_ragged_blocks(self):
        self.parameters.blockMap = [1]
        self.parameters.traversalOrder = [0, 1, 2]
        self.parameters.dimMetadata.append(dense_level(3))
        self.check("expected blocks that divide")

    def test_dense_size(self):
        self.parameters.dimMetadata[0].denseSize = 3
        self.check("expected 4 as the size of dimension 0 but got 3")

    def test_segments(self):
        self.parameters.dimMetadata[1].arraySegments.values = [0, 5, 3, 4, 4]
        self.check("ascending segments")

    def test_no_segments(self):
        self.parameters.dimMetadata[1].arraySegments = None
        self.check("expected segments and indices")

    def test_indices(self):
        self.parameters.dimMetadata[1].arrayIndices.values[0] = 8
        self.check("expected indices from 0 to 7")

    def test_values(self):
        self.values = self.values[:-1]
        self.check("values but got")


if __name__ == "__main__":
    unittest.main()
