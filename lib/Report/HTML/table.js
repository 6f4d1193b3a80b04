// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A table whose rows are sorted by a column, and filtered by their name.

/// Texts by the numbers in them, then by letters; what is unknown comes last.
const collator = new Intl.Collator("en", {numeric: true});

function compare(a, b, direction) {
  if (a === null || b === null) return (a === null) - (b === null);
  return direction * (typeof a === "number" ? a - b : collator.compare(a, b));
}

function getSortKey(row, column) {
  return column.format ? getNumber(row, column) : row[column.value] ?? null;
}

/// Sorts up, and down when asked again.
function sortBy(table, column, index) {
  const head = table.tHead.rows[0].cells[index];
  const isUp = head.getAttribute("aria-sort") !== "ascending";
  for (const cell of table.tHead.rows[0].cells) cell.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", isUp ? "ascending" : "descending");
  const rows = [...table.tBodies[0].rows];
  rows.sort(
      (a, b) =>
          compare(getSortKey(a.source, column), getSortKey(b.source, column), isUp ? 1 : -1));
  table.tBodies[0].append(...rows);
}

function filterBy(table, key, text, count) {
  const rows = [...table.tBodies[0].rows];
  for (const row of rows)
    row.hidden = !String(row.source[key]).toLowerCase().includes(text.toLowerCase());
  count.textContent = `${rows.filter(row => !row.hidden).length} of ${rows.length} rows`;
}

function drawFilter(table, column) {
  const title = `Filter by ${column.title}`;
  const input = html("input", {type: "search", "aria-label": title, placeholder: title});
  const count = html("output", {"aria-live": "polite"});
  input.addEventListener("input", () => filterBy(table, column.value, input.value, count));
  filterBy(table, column.value, "", count);
  return html("div", {class: "filter"}, input, count);
}

const isNumber = column => column.format && column.format !== "text" ? "number" : null;

function drawTableHead(table, columns) {
  return html("tr", {}, ...columns.map((column, index) => {
    const button = html("button", {type: "button"}, column.title);
    button.addEventListener("click", () => sortBy(table, column, index));
    return html("th", {scope: "col", class: isNumber(column)}, button);
  }));
}

function drawTableRow(row, [name, ...others]) {
  const title = formatField(row, name);
  const line = html(
      "tr", {}, html("th", {scope: "row", title}, title),
      ...others.map(column => html("td", {class: isNumber(column)}, formatField(row, column))));
  line.source = row;
  return line;
}

function drawTable(section) {
  const rows = getRows(section.rows);
  const columns =
      section.columns.filter(column => rows.some(row => formatField(row, column) !== "-"));
  if (!columns.length) return null;
  const table = html("table", {});
  table.append(
      html("thead", {}, drawTableHead(table, columns)),
      html("tbody", {}, ...rows.map(row => drawTableRow(row, columns))));
  const filter = section.filter ? [drawFilter(table, columns[0])] : [];
  return html("div", {}, ...filter, createScrollBox(section.title, table));
}
