#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Draw the timeline of one layer as an SVG picture.

Reads a trace that tasd-run --trace wrote, and draws the spans of one of its
processes: a row for each unit, time from left to right. The same trace gives the
same bytes.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

WIDTH, LABEL, ROW, AXIS = 960, 130, 34, 40
COLOURS = {"load": "#7fb3d5", "mma": "#f0b27a", "store": "#82c99d", "decompose": "#c39bd3"}
OTHER = "#bbbbbb"


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("trace", type=Path, help="file of tasd-run --trace")
    parser.add_argument("layer", help="name of the layer")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the picture")
    return parser.parse_args()


def get_names(events: list[dict[str, Any]], kind: str) -> dict[tuple[int, int], str]:
    return {
        (event["pid"], event["tid"]): event["args"]["name"]
        for event in events
        if event["name"] == kind
    }


def find_process(events: list[dict[str, Any]], layer: str) -> int:
    names = {process: name for (process, _), name in get_names(events, "process_name").items()}
    for process, name in names.items():
        if name == layer:
            return process
    raise SystemExit(f"error: expected a layer among {', '.join(names.values())} but got '{layer}'")


def get_colour(unit: str, work: str) -> str:
    return next((COLOURS[key] for key in COLOURS if work.startswith(key) or unit.startswith(key)), OTHER)


def draw_axis(begin: float, end: float, height: int) -> list[str]:
    """Five marks, in cycles from the layer's first request at 1 GHz."""
    lines = []
    for step in range(5):
        x = LABEL + step * (WIDTH - LABEL - 10) / 4
        cycles = round((end - begin) * 1000 * step / 4)
        lines.append(f'<line x1="{x:.1f}" y1="10" x2="{x:.1f}" y2="{height - AXIS + 8}" stroke="#ddd"/>')
        lines.append(f'<text x="{x:.1f}" y="{height - 12}" text-anchor="middle">{cycles:,}</text>')
    return lines


def draw(events: list[dict[str, Any]], layer: str) -> str:
    process = find_process(events, layer)
    units = {
        unit: name for (owner, unit), name in get_names(events, "thread_name").items() if owner == process
    }
    spans = [event for event in events if event["ph"] == "X" and event["pid"] == process]
    units = {unit: name for unit, name in units.items() if any(s["tid"] == unit for s in spans)}
    begin = min(span["ts"] for span in spans)
    end = max(span["ts"] + span["dur"] for span in spans)
    scale = (WIDTH - LABEL - 10) / (end - begin)
    height = 10 + ROW * len(units) + AXIS
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        'font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        *draw_axis(begin, end, height),
    ]
    for row, (unit, name) in enumerate(units.items()):
        y = 10 + row * ROW
        lines.append(f'<text x="4" y="{y + 21}">{escape(name)}</text>')
        for span in (span for span in spans if span["tid"] == unit):
            x, width = LABEL + (span["ts"] - begin) * scale, max(span["dur"] * scale, 0.5)
            lines.append(
                f'<rect x="{x:.2f}" y="{y + 5}" width="{width:.2f}" height="{ROW - 10}" '
                f'fill="{get_colour(name, span["name"])}" stroke="#555" stroke-width="0.4">'
                f"<title>{escape(span['name'])}</title></rect>"
            )
    return "\n".join([*lines, "</svg>"]) + "\n"


def main() -> int:
    options = parse_options()
    try:
        events = json.loads(options.trace.read_text())["traceEvents"]
        options.output.write_text(draw(events, options.layer))
    except (OSError, ValueError, KeyError) as error:
        print(f"error: {options.trace}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
