// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Points over two axes, and the lines that bound them.

/// An axis that spans values: where one stands, from 0 to 1, and its ticks. None
/// stands below 0. Values close to each other need no powers of ten.
function createAxis(axis, values) {
  const low = Math.min(...values), high = Math.max(...values);
  const isLog = axis.log && high > 4 * low;
  const ticks = isLog ? getLogTicks(low, high) : getTicks(low, high, 5);
  const scale = isLog ? Math.log10 : value => value;
  const first = ticks[0], last = ticks[ticks.length - 1];
  const span = scale(last) - scale(first) || 1;
  return {
    ticks,
    first,
    last,
    isLog,
    place: value => Math.max(0, (scale(value) - scale(first)) / span)
  };
}

/// The points of all rows, each with the class and the path of its group.
function collectPoints(section) {
  const points =
      section.points
          .flatMap(
              source =>
                  getRows(source.rows).map(row => ({
                                             row,
                                             source,
                                             name: fillIn(source.group, row),
                                             x: getNumber(row, {...section.x, ...source.x}),
                                             y: getNumber(row, {...section.y, ...source.y}),
                                           })))
          .filter(
              ({x, y}) => x !== null && y !== null && (!section.x.log || x > 0) &&
                  (!section.y.log || y > 0));
  const groups = [...new Set(points.map(point => point.name))];
  return points.map(point => {
    const group = groups.indexOf(point.name);
    return {
      ...point,
      path: shapes[(group + 2 * Math.floor(group / numColours)) % shapes.length],
      class: point.source.class ?? colour(group % numColours)
    };
  });
}

/// Far below the bound differences do not matter: the axis ends there.
function getFloor(values, bound) {
  const high = Math.max(...values);
  return bound < high ? bound - 4 * (high - bound) : -Infinity;
}

function createAxes(section, points, roofs, slope, bound) {
  const heights = points.map(point => point.y).concat(roofs, bound ?? []);
  const floor = bound === undefined ? -Infinity : getFloor(heights, bound);
  return {
    x: createAxis(
        section.x,
        points.map(point => point.x).concat(slope ? roofs.map(roof => roof / slope) : [])),
    y: createAxis(section.y, heights.map(height => Math.max(floor, height))),
  };
}

//===----------------------------------------------------------------------===//
// Marks
//===----------------------------------------------------------------------===//

function drawLine(axes, [x1, y1], [x2, y2], attributes) {
  return svg("line", {
    x1: percent(axes.x.place(x1)),
    y1: percent(1 - axes.y.place(y1)),
    x2: percent(axes.x.place(x2)),
    y2: percent(1 - axes.y.place(y2)),
    ...attributes
  });
}

function drawPoint(point, axes, section) {
  const isBelow = point.y < axes.y.first;
  const tip = [
    fillIn(point.source.tip ?? "{name}", point.row), point.name,
    ...["y", "x"].map(
        axis => `${section[axis].title}: ${formats[section[axis].format](point[axis])}`)
  ];
  const mark = point.row[point.source.marked] ? [svg("circle", {r: 10, class: "ring"})] : [];
  return svg(
      "svg", {
        x: percent(axes.x.place(point.x)),
        y: percent(1 - axes.y.place(point.y)),
        class: isBelow ? "point below" : "point",
        "data-tip": tip.join("\n")
      },
      ...mark, svg("path", {d: point.path, class: point.class}));
}

/// Rises with x up to its height.
function drawRoof(axes, height, slope, tip) {
  const {first, last} = axes.x;
  const knee = slope ? height / slope : first;
  const start = slope ? Math.max(first, axes.y.first / slope) : first;
  const attributes = {class: "roof", "data-tip": tip};
  return [
    ...knee > start ? [drawLine(axes, [start, start * slope], [knee, height], attributes)] : [],
    ...knee < last ?
        [drawLine(axes, [Math.max(knee, first), height], [last, height], attributes)] :
        []
  ];
}

/// Between points that no other one beats.
function drawFront(axes, points, key) {
  const front = points.filter(({row}) => row[key]).sort((a, b) => a.x - b.x);
  return front.slice(1).flatMap(
      (point, i) => point.y < axes.y.first && front[i].y < axes.y.first ?
          [] :
          [drawLine(axes, [front[i].x, front[i].y], [point.x, point.y], {class: "front"})]);
}

/// Between the points of the same row.
function drawPairs(axes, points) {
  const firsts = new Map();
  return points.flatMap(point => {
    const other = firsts.get(point.row);
    firsts.set(point.row, other ?? point);
    return other ? [drawLine(axes, [other.x, other.y], [point.x, point.y], {class: "pair"})] :
                   [];
  });
}

function drawGrid(axes) {
  const {x, y} = axes;
  return [
    ...x.ticks.map(tick => drawLine(axes, [tick, y.first], [tick, y.last], {class: "grid"})),
    ...y.ticks.map(tick => drawLine(axes, [x.first, tick], [x.last, tick], {class: "grid"}))
  ];
}

//===----------------------------------------------------------------------===//
// The plot
//===----------------------------------------------------------------------===//

/// The name of a roof at its right end, of the lowest one below it.
function drawRoofName(axes, height, name, isLowest) {
  return html(
      "span", {
        class: isLowest ? "roof-name lowest" : "roof-name",
        style: `top:${percent(1 - axes.y.place(height))}`
      },
      name);
}

function drawPlot(section, axes, marks, names) {
  const drawTicks = (axis, className, side) =>
      html("div", {class: className}, ...axes[axis].ticks.map(tick => {
        const place = axes[axis].place(tick);
        return html(
            "span", {
              style: `${side}:${percent(axis === "x" ? place : 1 - place)}`,
              class: axes[axis].isLog && isMinor(tick) ? "minor" : null
            },
            formatTick(tick, section[axis].format));
      }));
  return html(
      "div", {class: "plot"}, html("p", {class: "y-title"}, section.y.title),
      drawTicks("y", "y-ticks", "top"),
      html(
          "div", {class: "area"},
          svg("svg", {role: "img", "aria-label": section.title}, ...drawGrid(axes), ...marks),
          ...names),
      drawTicks("x", "x-ticks", "left"), html("p", {class: "x-title"}, section.x.title));
}

function drawScatterLegend(section, points) {
  const groups = new Map(points.map(point => [point.name, point]));
  const lines =
      Object.entries(section.lines ?? {}).map(([className, name]) => ({
                                                name: fillIn(name),
                                                class: className,
                                                path: className === "ring" ? ring : line
                                              }));
  return drawLegend([...groups.values(), ...lines]);
}

function drawScatter(described) {
  const section = {...described};
  for (const axis of ["x", "y"])
    section[axis] = {...described[axis], title: fillIn(described[axis].title)};
  const points = collectPoints(section);
  if (!points.length) return null;
  const roofs = section.roofs ? getRows(section.roofs.rows) : [];
  const getHeight = roof => roof[section.roofs.value];
  const slope = report[section.roofs?.slope];
  const bound = report[section.bound?.value];
  const axes = createAxes(section, points, roofs.map(getHeight), slope, bound);
  const lines = roofs.flatMap(
      roof => drawRoof(axes, getHeight(roof), slope, fillIn(section.roofs.tip, roof)));
  if (bound !== undefined)
    lines.push(drawLine(axes, [axes.x.first, bound], [axes.x.last, bound], {
      class: "bound",
      "data-tip": `${fillIn(section.bound.title)}: ${formats[section.y.format](bound)}`
    }));
  if (section.front) lines.push(...drawFront(axes, points, section.front));
  if (section.joined) lines.push(...drawPairs(axes, points));
  const names = roofs.map(
      (roof, i) =>
          drawRoofName(axes, getHeight(roof), fillIn(section.roofs.name, roof), i === 0));
  const marks = [...lines, ...points.map(point => drawPoint(point, axes, section))];
  return html(
      "div", {}, drawScatterLegend(section, points), drawPlot(section, axes, marks, names));
}
