# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The trained networks that utils/evaluate-networks.py measures, a module each.

A module has
  KIND      the framework, whose environment it runs in; None where the network is
            MLIR of this tree
  MODEL     the name of the file that utils/fetch-networks.sh fetches, or the path
            in the tree
  TITLE     what it is, in a sentence
  PLANS     the plans to measure, as evaluation.Plan
  TERMS     those to measure with better terms
  inputs(folder) -> array       the data, any number of rows
  BATCHES   numbers of rows to time it with, and for each the options of the importer
  generate(folder)  writes MODEL, where that is not fetched
  IMPORT    options of the importer, where there is one
  METRICS   the headings of the quality columns
  quality(outputs, original, folder, rows) -> list of str
            one cell for each metric; `original` is the framework's own output,
            `rows` are those of the data that the outputs are of, by default all
  CALIBRATION  the rows to calibrate with; what they served to find is measured on
            the others
  METRIC    none where a plan can only be said to keep magnitude; tasder's metric; in its place may be
  score(outputs, folder) -> float
            the score of the outputs of those rows
  MIN_QUALITY  the share of the dense network's score that tasder keeps
"""
