# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Least squares of few coefficients, none below 0, that need nothing installed."""

import itertools


def solve(matrix, vector):
    """The solution of a square system; None where it is (nearly) singular."""
    rows = [[*row, value] for row, value in zip(matrix, vector, strict=True)]
    size = len(rows)
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        if abs(rows[pivot][column]) < 1e-12:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(size):
            if row != column:
                factor = rows[row][column] / rows[column][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [rows[i][-1] / rows[i][i] for i in range(size)]


def fit_nonnegative(samples, values):
    """The coefficients, at least 0, of the least sum of squares.

    Where the best solution has zeros, it is the best one without these counts: all sets
    of counts are tried, which are few.
    """
    width = len(samples[0])
    scales = [max(abs(sample[i]) for sample in samples) or 1 for i in range(width)]
    scaled = [[x / scale for x, scale in zip(s, scales, strict=True)] for s in samples]
    best, least = [0.0] * width, sum(value * value for value in values)
    for used in itertools.product((False, True), repeat=width):
        columns = [i for i in range(width) if used[i]]
        products = [[sum(s[i] * s[j] for s in scaled) for j in columns] for i in columns]
        targets = [
            sum(s[i] * value for s, value in zip(scaled, values, strict=True)) for i in columns
        ]
        solution = solve(products, targets)
        if solution is None or any(x < 0 for x in solution):
            continue
        full = [0.0] * width
        for i, x in zip(columns, solution, strict=True):
            full[i] = x
        error = sum(
            (sum(a * x for a, x in zip(s, full, strict=True)) - value) ** 2
            for s, value in zip(scaled, values, strict=True)
        )
        if error < least * (1 - 1e-12):
            best, least = full, error
    return [x / scale for x, scale in zip(best, scales, strict=True)]


def fit_relative(samples, times, weights):
    """As fit_nonnegative, by errors as shares of `weights`."""
    return fit_nonnegative(
        [[x / weight for x in sample] for sample, weight in zip(samples, weights, strict=True)],
        [time / weight for time, weight in zip(times, weights, strict=True)],
    )
