// Sections of single numbers.

/// A number, what it is in, and what it is compared with.
function drawFigure(figure, row) {
  const beside = (figure.beside ?? []).map(each => html(
      "p", {}, `${each.title} ${formatField(row, each)} ${each.unit ?? ""}`));
  return html("div", {class: "figure"}, html("h3", {}, fillIn(figure.title, row)),
              html("p", {}, html("strong", {}, formatField(row, figure)), ` ${figure.unit ?? ""}`),
              ...beside);
}

function drawFigures(section) {
  const figures = section.figures.flatMap(figure =>
      getRows(figure.rows).filter(row => getNumber(row, figure) !== null)
          .map(row => drawFigure(figure, row)));
  return figures.length ? html("div", {class: "figures"}, ...figures) : null;
}

/// Names and values.
function drawFacts(section) {
  const facts = section.facts.map(fact => [fact.title, formatField(report, fact)])
      .filter(([, text]) => text !== "-");
  return html("dl", {}, ...facts.flatMap(
      ([title, text]) => [html("dt", {}, title), html("dd", {}, text)]));
}
