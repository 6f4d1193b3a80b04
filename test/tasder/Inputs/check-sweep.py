#!/usr/bin/env python3
"""Computes what a comparison says from the reports in it.

  check-sweep.py FILE
"""
import json
import sys


def is_better(one, other):
    pairs = [(other["edp_left_share"], one["edp_left_share"]),
             (one["quality_share"], other["quality_share"])]
    return all(a >= b for a, b in pairs) and any(a > b for a, b in pairs)


with open(sys.argv[1], encoding="utf-8") as file:
    sweep = json.load(file)
for task in sweep["tasks"]:
    peers = [other for other in sweep["tasks"] if other["model"] == task["model"]]
    [dense] = [other["report"] for other in peers if other["machine"] == sweep["baseline"]]
    report = task["report"]
    score = report["scores"][-1]
    assert task["edp_left_share"] == report["edp_pj_cycles"] / dense["dense_edp_pj_cycles"], task
    assert task["quality_share"] == score["score"] / score["dense_score"], task
    assert task["on_front"] == (not any(is_better(peer, task) for peer in peers)), task
