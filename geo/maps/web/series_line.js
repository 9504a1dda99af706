/* The small line of a tooltip: a unit over the years, with the national value in grey. */

import { addElement, addSvgElement } from "./elements.js";
import { parseNumber, periodPlace, periodText } from "./series.js";

const LINE_SIZE = { width: 124, height: 36, axis: 11, left: 4, right: 4, top: 4 };
const POINT_PX = 1.8;
const SHOWN_POINT_PX = 2.6;
const QUERY_ABOVE_PX = 4;

/**
 * @typedef {object} SeriesPoint
 * @property {number} year
 * @property {number} value a value, or a rank with its sign turned: higher is better
 * @property {boolean} isDoubtful
 */

/**
 * Return the points of a unit and of the country, split where a year is missing or does not compare
 * with the year before. Without values the points are ranks.
 * @param {MapSeries} series
 * @param {number} row of the unit
 * @returns {{unit: SeriesPoint[][], national: SeriesPoint[][]}}
 */
export function seriesRuns(series, row) {
  const isRanked = series.frames.every(({ values }) => values.every((text) => !text));
  const read = (text) => parseNumber(text, series.separators);
  const rankValue = (rank) => (rank ? -rank : null);
  const unit = series.frames.map(({ year, values, ranks, marks }) => ({
    year,
    value: isRanked ? rankValue(ranks[row]) : read(values[row]),
    isDoubtful: marks[row] === "?",
  }));
  const national = series.frames.map(({ year, national: text }) => ({
    year,
    value: read(text),
    isDoubtful: false,
  }));
  return { unit: splitRuns(unit, series.breaks), national: splitRuns(national, series.breaks) };
}

function splitRuns(points, breaks) {
  const runs = [];
  let last = null;
  for (const point of points) {
    if (point.value === null) continue;
    if (last !== point.year - 1 || breaks.includes(point.year)) runs.push([]);
    runs.at(-1).push(point);
    last = point.year;
  }
  return runs;
}

/**
 * Return a function from a point to its position in the picture, in pixels.
 * @param {SeriesPoint[]} points
 * @param {number[]} years
 * @returns {(point: SeriesPoint) => [number, number]}
 */
export function linePosition(points, years) {
  const values = points.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [first, last] = [years[0], years.at(-1)].map((entry) => periodPlace(years, entry));
  const width = LINE_SIZE.width - LINE_SIZE.left - LINE_SIZE.right;
  const height = LINE_SIZE.height - LINE_SIZE.top - LINE_SIZE.axis;
  const round = (px) => Math.round(10 * px) / 10;
  return ({ year, value }) => [
    round(
      LINE_SIZE.left + (width * (periodPlace(years, year) - first)) / Math.max(1, last - first),
    ),
    round(LINE_SIZE.top + (high > low ? (height * (high - value)) / (high - low) : height / 2)),
  ];
}

/**
 * Draw the line of a unit.
 * @param {HTMLElement} parent
 * @param {MapSeries} series
 * @param {number} row of the unit
 * @param {number} year the shown one
 * @param {string} key what the grey line is
 */
export function drawSeriesLine(parent, series, row, year, key) {
  const { unit, national } = seriesRuns(series, row);
  if (!unit.length) return;
  const points = [...unit, ...national].flat();
  const position = linePosition(
    points,
    series.frames.map((frame) => frame.year),
  );
  const size = { width: LINE_SIZE.width, height: LINE_SIZE.height };
  const holder = addElement("div", { class: "line", "aria-hidden": "true" }, parent);
  const svg = addSvgElement(
    "svg",
    { ...size, viewBox: `0 0 ${LINE_SIZE.width} ${LINE_SIZE.height}` },
    holder,
  );
  for (const [name, runs] of Object.entries({ national, unit })) {
    for (const run of runs) drawRun(svg, run.map(position), name);
  }
  for (const point of unit.flat()) {
    const [x, y] = position(point);
    if (point.year === year) addSvgElement("circle", { cx: x, cy: y, r: SHOWN_POINT_PX }, svg);
    if (point.isDoubtful)
      addLineText(svg, "?", x, Math.max(8, y - QUERY_ABOVE_PX), "middle", "query");
  }
  const [first, last] = [series.frames[0].year, series.frames.at(-1).year];
  addLineText(svg, periodText(first), 0, LINE_SIZE.height - 1, "start");
  addLineText(svg, periodText(last), LINE_SIZE.width, LINE_SIZE.height - 1, "end");
  if (national.length) addLineText(svg, key, LINE_SIZE.width / 2, LINE_SIZE.height - 1, "middle");
}

function drawRun(svg, run, name) {
  if (run.length > 1) {
    addSvgElement("polyline", { points: run.join(" "), class: name }, svg);
  } else {
    addSvgElement("circle", { cx: run[0][0], cy: run[0][1], r: POINT_PX, class: name }, svg);
  }
}

function addLineText(svg, text, x, y, anchor, name = "") {
  const element = addSvgElement("text", { x, y, "text-anchor": anchor, class: name }, svg);
  element.textContent = String(text);
}
