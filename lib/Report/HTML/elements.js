// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Elements of the page, and the tip beside the pointer.

/// An element with attributes and children; texts are never read as HTML.
function create(namespace, name, attributes, children) {
  const element = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes ?? {}))
    if (value !== null && value !== undefined) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const html = (name, attributes, ...children) =>
    create("http://www.w3.org/1999/xhtml", name, attributes, children);
const svg = (name, attributes, ...children) =>
    create("http://www.w3.org/2000/svg", name, attributes, children);

const percent = share => `${+ (share * 100).toFixed(3)}%`;

/// The colours of page.css, for the eyes of the colour-blind too; whatever is
/// beyond them is a part of the last one.
const numColours = 6;
const colour = index => `c${Math.min(index, numColours)}`;

/// Paths of 12 x 12 around 0, so that points tell apart without colours, and one more
/// than there are of these, so that many groups have pairs of their own; and what
/// stands for a line and for a ring in a legend.
const line = "M-7 0H7";
const ring = "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0";
const shapes = [
  "M-4.5-4.5h9v9h-9z",
  "M0-6L6 5H-6z",
  "M0-6L6 0 0 6-6 0z",
  "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
  "M0 6L6-5H-6z",
  "M-2-6h4v4h4v4h-4v4h-4v-4h-4v-4h4z",
  "M-6-4h12v8h-12z",
];

/// What colours, shapes and lines of a chart mean: [{name, class, path}].
function drawLegend(entries) {
  return html(
      "ul", {class: "legend"},
      ...entries.map(
          entry => html(
              "li", {},
              svg("svg", {viewBox: "-7 -7 14 14", width: 14, height: 14, "aria-hidden": "true"},
                  svg("path", {d: entry.path ?? shapes[0], class: entry.class})),
              entry.name)));
}

/// What is too large for the page moves in a box of its own, by keys too.
function createScrollBox(title, ...children) {
  return html(
      "div", {class: "scroll", tabindex: 0, role: "region", "aria-label": title}, ...children);
}

/// Marks say what they are in their label; the tip shows it to pointers and
/// fingers.
function installTip() {
  const tip = html("div", {id: "tip", hidden: ""});
  document.body.append(tip);
  const show = event => {
    const mark = event.target.closest?.("[data-tip]");
    tip.hidden = !mark;
    if (!mark) return;
    tip.textContent = mark.getAttribute("data-tip");
    const left = Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8);
    const isLow = event.clientY + tip.offsetHeight + 24 > innerHeight;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${isLow ? event.clientY - tip.offsetHeight - 12 : event.clientY + 16}px`;
  };
  for (const kind of ["pointermove", "pointerdown"]) document.addEventListener(kind, show);
  document.addEventListener("scroll", () => {
    tip.hidden = true;
  }, true);
}
