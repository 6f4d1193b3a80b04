// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The page, from its data and its layout.

const kinds = {
  figures: drawFigures,
  facts: drawFacts,
  bars: drawBars,
  scatter: drawScatter,
  heatmap: drawHeatmap,
  table: drawTable,
  tree: drawTrees,
};

/// A section; none where the report has nothing for it.
function drawSection(section, index) {
  const content = kinds[section.kind](section);
  if (!content) return [];
  const note = section.note ? [html("p", {class: "note"}, fillIn(section.note))] : [];
  return [html(
      "section", {id: `section-${index}`}, html("h2", {}, section.title), ...note, content)];
}

function drawPage() {
  const read = id => JSON.parse(document.getElementById(id).textContent);
  report = read("data");
  const sections = read("layout").flatMap(drawSection);
  const links = sections.map(
      section => html("a", {href: `#${section.id}`}, section.querySelector("h2").textContent));
  document.getElementById("sections").replaceChildren(html("nav", {}, ...links), ...sections);
  installTip();
}

drawPage();
