// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Sections of single numbers.

/// Numbers of a row in a tree: they are made when it is opened.
function drawTree(value) {
  const entries = Object.entries(value);
  const isNumber = ([, each]) => typeof each === "number";
  const numbers = entries.filter(isNumber).map(
      ([name, each]) => html("li", {}, `${name.replaceAll("_", " ")}: ${formatNumber(each)}`));
  const trees =
      entries.filter(entry => !isNumber(entry))
          .map(([name, each]) => html("li", {}, name.replaceAll("_", " "), drawTree(each)));
  return html("ul", {}, ...numbers, ...trees);
}

function drawTrees(section) {
  const rows = getRows(section.rows).filter(row => row[section.value]);
  const details = rows.map(row => {
    const element = html("details", {}, html("summary", {}, row[section.label]));
    element.addEventListener(
        "toggle", () => element.append(drawTree(row[section.value])), {once: true});
    return element;
  });
  return rows.length ? createScrollBox(section.title, ...details) : null;
}

/// The row itself, or the object in it that the field is of.
const pick = (row, field) => field.of ? row[field.of] ?? {} : row;

/// A number, what it is in, and what it is compared with.
function drawFigure(figure, row) {
  const beside =
      (figure.beside ?? [])
          .map(
              each => html(
                  "p", {},
                  `${each.title} ${formatField(pick(row, each), each)} ${each.unit ?? ""}`));
  return html(
      "div", {class: "figure"}, html("h3", {}, fillIn(figure.title, row)),
      html(
          "p", {}, html("strong", {}, formatField(pick(row, figure), figure)),
          ` ${figure.unit ?? ""}`),
      ...beside);
}

function drawFigures(section) {
  const figures = section.figures.flatMap(
      figure => getRows(figure.rows)
                    .filter(row => getNumber(pick(row, figure), figure) !== null)
                    .map(row => drawFigure(figure, row)));
  return figures.length ? html("div", {class: "figures"}, ...figures) : null;
}

/// Names and values.
function drawFacts(section) {
  const facts = section.facts.map(fact => [fact.title, formatField(report, fact)])
                    .filter(([, text]) => text !== "-");
  const entries =
      facts.flatMap(([title, text]) => [html("dt", {}, title), html("dd", {}, text)]);
  return facts.length ? html("dl", {}, ...entries) : null;
}
