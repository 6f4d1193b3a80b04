// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A grid of shares, one row for each layer: the darker, the more.

function drawHeatmap(section) {
  const rows = getRows(section.rows).filter(row => row[section.cells]?.length);
  if (!rows.length) return null;
  const names = [...new Set(rows.flatMap(row => row[section.cells].map(cell => cell.name)))];
  const labels = shortenNames(rows, section.value);
  const head = html(
      "tr", {}, html("th", {scope: "col"}, section.label),
      ...names.map(name => html("th", {scope: "col"}, name)));
  const body = rows.map(
      row => html(
          "tr", {}, html("th", {scope: "row", title: row[section.value]}, labels.get(row)),
          ...names.map(name => drawCell(row, name, section))));
  return createScrollBox(
      section.title,
      html("table", {class: "heat"}, html("thead", {}, head), html("tbody", {}, ...body)));
}

function drawCell(row, name, section) {
  const share = row[section.cells].find(cell => cell.name === name)?.[section.of];
  if (typeof share !== "number") return html("td");
  const cell = html(
      "td", {class: row[section.chosen] === name ? "heat chosen" : "heat"},
      (share * 100).toFixed(1));
  // From white to dark blue, most of the way where shares are close to all. On
  // this hue black stands out more than white down to a lightness of 48 %.
  const lightness = 97 - 69 * share ** 3;
  cell.style.backgroundColor = `hsl(212 75% ${lightness.toFixed(1)}%)`;
  cell.style.color = lightness < 48 ? "#fff" : "#000";
  return cell;
}
