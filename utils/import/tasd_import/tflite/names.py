# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Gives tensors short, unique names, which become the names of layers.

The framework joins the names of ops that it fused by semicolons, that of the last
one first: `relu;batch_norm;conv`. The first says which value it is, and is kept
where no other tensor bears it.
"""

from collections import Counter

from ai_edge_litert import schema_py_generated as schema

from .model import name_of


def _choose(full: str, firsts: Counter[str]) -> str:
    first = full.split(";")[0]
    return first if firsts[first] == 1 else full


def shorten(model: schema.ModelT) -> None:
    """Renames the tensors of every graph."""
    for graph in model.subgraphs:
        results = {i for op in graph.operators for i in op.outputs}
        names = [name_of(tensor) for tensor in graph.tensors]
        firsts = Counter(names[i].split(";")[0] for i in results)
        taken: Counter[str] = Counter()
        for i, tensor in enumerate(graph.tensors):
            name = _choose(names[i], firsts) if i in results else names[i]
            name = name or f"tensor{i}"
            taken[name] += 1
            unique = name if taken[name] == 1 else f"{name}#{taken[name] - 1}"
            tensor.name = unique.encode()
