/* The series of a measure: all its years under the same classes, fetched once when first needed. */

import { view } from "./view.js";

const LAST_YEAR = 9999;
const LOOK_BASE = 36; // the number of a look is one digit of this base
const loaded = new Map(); // by address
const requests = new Map(); // by address: what is under way

/**
 * Return the series of what is painted, or null: there is none, or it has not arrived.
 * @returns {MapSeries | null}
 */
export function currentSeries() {
  const series = view.state?.time?.series;
  if (!series) return null;
  return typeof series === "string" ? (loaded.get(series) ?? null) : series;
}

/**
 * Fetch the series of what is painted, unless it is there; null if it cannot be had.
 * @returns {Promise<MapSeries | null>}
 */
export async function loadSeries() {
  const address = view.state?.time?.series;
  if (!address || typeof address !== "string" || loaded.has(address)) return currentSeries();
  if (!requests.has(address)) requests.set(address, fetchSeries(address));
  await requests.get(address);
  return currentSeries();
}

/* A script, as the boundaries are: the policy of the frame lets it connect to nothing. Without it
 * the map shows its own year; the next try may succeed. */
function fetchSeries(address) {
  return new Promise((resolve) => {
    const script = document.createElement("script");
    const end = () => {
      if (script.series) loaded.set(address, script.series);
      requests.delete(address);
      script.remove();
      resolve();
    };
    script.addEventListener("load", end);
    script.addEventListener("error", end);
    script.src = address;
    document.head.append(script);
  });
}

/**
 * Return the texts of time in the language of what is painted.
 * @returns {Record<string, string>}
 */
export function timeTexts() {
  return view.texts.time?.[view.state?.lang] ?? {};
}

/**
 * Return a text with its slots filled.
 * @param {string} text
 * @param {Record<string, string | number>} slots
 * @returns {string}
 */
export function fillSlots(text, slots) {
  return text.replace(/\{(\w+)\}/g, (slot, name) => String(slots[name] ?? slot));
}

/**
 * Return a period as a reader sees it: 2019, 2019Q3, 2019-07, 2019-07-31.
 * @param {number} period
 * @returns {string}
 */
export function periodText(period) {
  const digits = String(period);
  if (digits.length === 5) return `${digits.slice(0, 4)}Q${digits[4]}`;
  return [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)].filter(Boolean).join("-");
}

/**
 * Return the place of a period on an axis: of a year the year, of finer ones the number in order.
 * @param {number[]} periods
 * @param {number} period
 * @returns {number}
 */
export function periodPlace(periods, period) {
  return periods[0] > LAST_YEAR ? periods.indexOf(period) : period;
}

/**
 * Return a number from its text; null for an empty one.
 * @param {string} text
 * @param {[string, string]} separators of groups, and of decimals
 * @returns {number | null}
 */
export function parseNumber(text, [group, decimal]) {
  if (!text) return null;
  return Number(text.replaceAll(group, "").replace(decimal, ".").replace("−", "-"));
}

/**
 * Return what a unit shows in a year.
 * @param {MapSeries} series
 * @param {SeriesFrame} frame the year
 * @param {number} row of the unit
 * @param {Record<string, string>} texts
 * @returns {Cell}
 */
export function seriesCell(series, frame, row, texts) {
  const [group, status, fill, pattern] = series.looks[parseInt(frame.looks[row], LOOK_BASE)];
  const value = frame.values[row];
  const rank = frame.ranks[row];
  const mark = frame.marks[row].trim();
  const place = rank ? fillSlots(texts.rank, { rank, of: frame.of }) : "";
  const name = series.statuses[status];
  const first = value ? `${value}${series.unit}` : place || name;
  const lines = [
    fillSlots(texts.value, { value: first, year: periodText(frame.year) }),
    value ? place : "",
    value || place ? (mark === "?" ? name : "") : "",
  ];
  return { group, status, fill, pattern, mark, lines: lines.filter(Boolean) };
}

/**
 * Return the line of a tooltip that says the change of a unit on the year before; "" without one.
 * @param {MapSeries} series
 * @param {number} year
 * @param {number} row of the unit
 * @param {Record<string, string>} texts
 * @returns {string}
 */
export function changeLine(series, year, row, texts) {
  const frame = series.frames.find((entry) => entry.year === year);
  const change = frame?.changes[row];
  if (!change) return "";
  return fillSlots(texts.change, {
    change: `${change}${series.changeUnit}`,
    year: periodText(year - 1),
  });
}

/**
 * Return what is said of a year: a break of the series, doubtful values.
 * @param {MapSeries} series
 * @param {SeriesFrame} frame
 * @param {Record<string, string>} texts
 * @returns {string[]}
 */
export function yearNotes(series, { year, marks }, texts) {
  const count = marks.split("?").length - 1;
  return [
    series.breaks.includes(year) ? fillSlots(texts.break, { year }) : "",
    count ? fillSlots(count === 1 ? texts.doubtful_one : texts.doubtful, { count }) : "",
  ].filter(Boolean);
}
