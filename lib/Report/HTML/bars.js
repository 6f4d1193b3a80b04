// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Bars of rows, one below the other, from one axis; stacked where they have parts.

const sumUp = (row, bar) => getParts(row, bar).reduce((sum, part) => sum + part.value, 0);

/// Names of parts, in the order in which they come; where there are more than
/// colours, those that add up to most first.
function collectParts(rows, bars) {
  const sums = new Map();
  for (const row of rows)
    for (const bar of bars)
      for (const {name, value} of getParts(row, bar))
        sums.set(name, (sums.get(name) ?? 0) + value);
  const names = [...sums.keys()];
  return names.length <= numColours ? names : names.sort((a, b) => sums.get(b) - sums.get(a));
}

function describePart(row, bar, label, {name, value}) {
  const unit = bar.unit ?? "";
  const sum = sumUp(row, bar);
  const total = `${row[label]}\n${bar.title}: ${formatNumber(sum)} ${unit}`;
  return bar.parts ?
      `${total}\n${name}: ${formatNumber(value)} ${unit}, ${formats.share(value / sum)}` :
      total;
}

function drawBar(row, bar, label, parts, highest) {
  let start = 0;
  const rects = getParts(row, bar)
                    .sort((a, b) => parts.indexOf(a.name) - parts.indexOf(b.name))
                    .map(part => {
                      const x = start;
                      start += part.value;
                      return svg("rect", {
                        x: percent(x / highest),
                        width: percent(part.value / highest),
                        height: "100%",
                        class: bar.class ?? colour(parts.indexOf(part.name)),
                        "data-tip": describePart(row, bar, label, part),
                      });
                    });
  return svg(
      "svg", {class: "bar", role: "img", "aria-label": `${bar.title} ${formatNumber(start)}`},
      ...rects);
}

function drawRow(row, name, bars, label, parts, highest) {
  return html(
      "div", {class: "row"}, html("span", {class: "name", title: row[label]}, name),
      html(
          "div", {class: "bars"},
          ...bars.map(bar => drawBar(row, bar, label, parts, highest))));
}

/// What colours mean, and which bar is which where they do not say so.
function drawBarLegend(bars, parts) {
  if (!bars.some(bar => bar.parts))
    return [drawLegend(bars.map(bar => ({name: bar.title, class: bar.class})))];
  const entries =
      parts.slice(0, numColours + 1)
          .map((name, i) => ({
                 name: i === numColours && parts.length > numColours + 1 ? "other" : name,
                 class: colour(i)
               }));
  const order = bars.length > 1 ?
      [html(
          "p", {class: "note"},
          `Of two bars the upper one is ${bars[0].title}, the lower one ${bars[1].title}.`)] :
      [];
  return [drawLegend(entries), ...order];
}

function drawBars(section) {
  const rows =
      getRows(section.rows).filter(row => section.bars.some(bar => sumUp(row, bar) > 0));
  const bars = section.bars.filter(bar => rows.some(row => sumUp(row, bar) > 0));
  if (!rows.length) return null;
  const ticks =
      getTicks(0, Math.max(...rows.flatMap(row => bars.map(bar => sumUp(row, bar)))), 4);
  const highest = ticks[ticks.length - 1];
  const parts = collectParts(rows, bars);
  const names = shortenNames(rows, section.label);
  const axis = html(
      "div", {class: "axis"}, html("span", {}, section.axis),
      html(
          "div", {class: "ticks"},
          ...ticks.map(
              tick => html(
                  "span", {style: `left:${percent(tick / highest)}`},
                  formatTick(tick, "number")))));
  return html(
      "div", {}, ...drawBarLegend(bars, parts),
      createScrollBox(
          section.title, axis,
          ...rows.map(
              row => drawRow(row, names.get(row), bars, section.label, parts, highest))));
}
