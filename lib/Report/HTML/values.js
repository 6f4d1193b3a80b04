// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The values that sections name, and how they read.

/// The data of the page.
let report = {};

/// What a field is of a row: the value under its key, as a share of the value
/// under `per`, in the row or else in the report, times `scale`. Null where there
/// is none.
function getNumber(row, field) {
  const value = row[field.value];
  const per = field.per == null ? 1 : (field.per in row ? row : report)[field.per];
  if (typeof value !== "number" || typeof per !== "number" || per === 0) return null;
  return value / per * (field.scale ?? 1);
}

const formats = {
  count: number => Math.round(number).toLocaleString("en-US"),
  share: number => `${(number * 100).toFixed(2)} %`,
  score: number => number.toFixed(4),
  number: formatNumber,
};

/// Four significant digits, whole numbers in full; large and small ones as powers of ten.
function formatNumber(number) {
  const size = Math.abs(number);
  if (size !== 0 && (size >= 1e7 || size < 1e-3)) return number.toExponential(2);
  if (Number.isInteger(number)) return number.toLocaleString("en-US");
  const digits = Math.max(0, 3 - Math.floor(Math.log10(size || 1)));
  return number.toLocaleString(
      "en-US", {minimumFractionDigits: digits, maximumFractionDigits: digits});
}

function formatField(row, field) {
  if (!field.format || field.format === "text")
    return row[field.value] === null || row[field.value] === undefined ?
        "-" :
        String(row[field.value]);
  const number = getNumber(row, field);
  return number === null ? "-" : formats[field.format](number);
}

/// "{key}" and "{key:format}" stand for values of the row, else of the report.
function fillIn(text, row = report) {
  return text.replace(
      /\{(\w+)(?::(\w+))?\}/g,
      (_, value, format) => formatField(value in row ? row : report, {value, format}));
}

/// The names of rows, less what all of them begin with, up to a slash or dot.
function shortenNames(rows, key) {
  const names = rows.map(row => String(row[key]));
  const isShared = end => names.every(name => name.startsWith(names[0].slice(0, end)));
  const ends = [...(names[0] ?? "").matchAll(/[/.]/g)].map(match => match.index + 1);
  const start = names.length > 1 ? Math.max(0, ...ends.filter(isShared)) : 0;
  return new Map(rows.map((row, i) => [row, start ? `…${names[i].slice(start)}` : names[i]]));
}

/// The rows of a list, or the report itself.
const getRows = key => key ? report[key] ?? [] : [report];

/// The parts of a bar, [{name, value}], from a list of {name, ...}, from an
/// object, or the one value itself.
function getParts(row, bar) {
  const factor = (bar.scale ?? 1) * (bar.times ? row[bar.times] ?? 1 : 1);
  const parts = [bar.parts ?? bar].flat().flatMap(part => {
    const value = row[part.value];
    if (typeof value === "number") return [{name: part.title, value}];
    if (Array.isArray(value))
      return value.map(each => ({name: each.name, value: each[part.of]}));
    return Object.entries(value ?? {}).map(([
                                             name, value
                                           ]) => ({name: name.replaceAll("_", " "), value}));
  });
  return parts.map(({name, value}) => ({name, value: value * factor}))
      .filter(({value}) => value > 0);
}

/// Without digits that say nothing.
const formatTick = (tick, format) =>
    formats[format](tick).replace(/(\.\d*?)0+(?= |$)/, "$1").replace(/\.(?= |$)/, "");

/// Round numbers, about `count` of them, that span all values.
function getTicks(low, high, count) {
  const raw = (high - low) / count || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * [1, 2, 5, 10].find(each => each * power >= raw * 0.999);
  const ticks = [];
  for (let at = Math.floor(low / step + 1e-9);; ++at) {
    ticks.push(at * step);
    if (at * step >= high - step * 1e-9) return ticks;
  }
}

/// Powers of ten that span all values, and twice and five times these.
function getLogTicks(low, high) {
  const ticks = [];
  for (let power = Math.floor(Math.log10(low));; ++power)
    for (const digit of [1, 2, 5]) {
      ticks.push(digit * 10 ** power);
      if (digit * 10 ** power >= high * (1 - 1e-9))
        return ticks.filter((_, i) => !(ticks[i + 1] <= low));
    }
}

/// Whether it is no power of ten.
const isMinor = tick => !tick.toExponential(6).startsWith("1.000000");
