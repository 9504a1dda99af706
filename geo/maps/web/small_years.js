/* All years in one view: a small map for each, with its year and the national value. */

import { circleOrder } from "./circle_order.js";
import { addElement, addSvgElement, setAttributes } from "./elements.js";
import { unitFill } from "./looks.js";
import { periodText, seriesCell } from "./series.js";
import { extentCorners } from "./topology.js";
import { view } from "./view.js";

const SMALL_WIDTH = 240; // of the drawing, in its own units; the inset is beside it
const SMALL_INSET_WIDTH = 40;
const SMALL_LABEL_PX = 18; // height of the year above each map
const SMALL_GAP_PX = 8;
const SMALL_CIRCLE = 10; // radius of the largest circle
const UNIT_PX = 170; // width of a map whose national value has its unit
const LEAST_STEP = 0.9; // points of an outline that are nearer are left out

/**
 * Return the number of columns in which small maps are largest.
 * @param {number} count
 * @param {{width: number, height: number}} room in pixels
 * @param {number} shape width over height of a map
 * @returns {number}
 */
export function smallMapColumns(count, { width, height }, shape) {
  let best = { columns: 1, scale: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const cellWidth = (width - SMALL_GAP_PX * (columns - 1)) / columns;
    const cellHeight = (height - SMALL_GAP_PX * (rows - 1)) / rows - SMALL_LABEL_PX;
    const scale = Math.min(cellWidth, cellHeight * shape);
    if (scale > best.scale) best = { columns, scale };
  }
  return best.columns;
}

/**
 * Return the path of a line or ring of SVG, without points that are very near to the one before.
 * A ring that would vanish is a dot.
 * @param {ArrayLike<number>} points x and y in turn
 * @param {(x: number, y: number) => [number, number]} project
 * @param {boolean} isClosed
 * @returns {string}
 */
export function coarsePath(points, project, isClosed) {
  const kept = [];
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = project(points[i], points[i + 1]);
    const last = kept.at(-1);
    if (last && Math.hypot(x - last[0], y - last[1]) < LEAST_STEP) continue;
    kept.push([Math.round(10 * x) / 10, Math.round(10 * y) / 10]);
  }
  const [[x, y]] = kept;
  if (kept.length < 3 && isClosed) return `M${x} ${y}h.6v.6h-.6z`;
  return `M${kept.map((point) => point.join(" ")).join("L")}${isClosed ? "z" : ""}`;
}

/**
 * Draw a small map for each year.
 * @param {HTMLElement} holder
 * @param {MapSeries} series
 * @param {Record<string, string>} texts
 * @param {(year: number) => void} onChoose
 */
export function drawSmallYears(holder, series, texts, onChoose) {
  const drawing = smallDrawing();
  const { width, height } = drawing.size;
  const room = { width: holder.clientWidth, height: holder.clientHeight };
  const columns = smallMapColumns(series.frames.length, room, width / height);
  const rows = Math.ceil(series.frames.length / columns);
  holder.style.gridTemplate = `repeat(${rows}, minmax(0, 1fr)) / repeat(${columns}, minmax(0, 1fr))`;
  const unit = room.width / columns >= UNIT_PX ? series.unit : "";
  const buttons = series.frames.map((frame) => smallYear(series, frame, unit, drawing, texts));
  for (const [row, button] of buttons.entries()) {
    const { year } = series.frames[row];
    button.classList.toggle("current", year === view.state.time.year);
    button.addEventListener("click", () => onChoose(year));
  }
  holder.replaceChildren(...buttons);
}

function smallYear(series, frame, unit, drawing, texts) {
  const button = document.createElement("button");
  setAttributes(button, { type: "button", "data-year": frame.year });
  const label = addElement("span", {}, button);
  addElement("b", {}, label).textContent = periodText(frame.year);
  if (frame.national) addElement("small", {}, label).textContent = `${frame.national}${unit}`;
  const svg = drawing.svg.cloneNode(true);
  for (const path of svg.querySelectorAll("[data-row]")) {
    const cell = seriesCell(series, frame, Number(path.dataset.row), texts);
    path.setAttribute("fill", unitFill(cell));
  }
  for (const row of circleOrder(frame.sizes ?? [])) {
    const [cx, cy] = drawing.centres[row];
    const r = Math.abs(frame.sizes[row]) * SMALL_CIRCLE;
    addSvgElement("circle", { cx, cy, r, class: "small-circle" }, svg);
  }
  button.append(svg);
  return button;
}

/* The units without their colours: the main map, and the inset of the South China Sea beside it. */
function smallDrawing() {
  const holder = document.createElement("div");
  const main = extentSize(view.frame.main, SMALL_WIDTH);
  const inset = extentSize(view.frame.inset, SMALL_INSET_WIDTH);
  const size = { width: SMALL_WIDTH + SMALL_INSET_WIDTH + 2, height: main.height };
  const viewBox = `0 0 ${size.width} ${size.height}`;
  const svg = addSvgElement("svg", { viewBox, "aria-hidden": "true" }, holder);
  drawPart(svg, main, 0, 0);
  drawPart(svg, inset, SMALL_WIDTH + 1, main.height - inset.height - 1, "frame");
  const centres = [...view.units.values()].map(({ at }) => main.project(at.lng, at.lat));
  return { svg, size, centres };
}

function extentSize(extent, width) {
  const [[south, west], [north, east]] = extentCorners(extent);
  const scale = width / (east - west);
  const project = (x, y) => [(x - west) * scale, (north - y) * scale];
  return { width, height: Math.round((north - south) * scale), project };
}

function drawPart(parent, { width, height, project }, x, y, name = "") {
  const svg = addSvgElement("svg", { x, y, width, height }, parent);
  for (const [row, { rings }] of [...view.units.values()].entries()) {
    const inside = rings.filter((ring) => touchesPart(ring, width, height, project));
    const d = inside.map((ring) => coarsePath(ring, project, true)).join("");
    addSvgElement("path", { d, "data-row": row }, svg);
  }
  const d = view.lines.map((line) => coarsePath(line, project, false)).join("");
  addSvgElement("path", { d, class: "small-dashes" }, svg);
  if (name) addSvgElement("rect", { width, height, class: "small-frame" }, svg);
}

function touchesPart(ring, width, height, project) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < ring.length; i += 2) {
    const [x, y] = project(ring[i], ring[i + 1]);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return right >= 0 && left <= width && bottom >= 0 && top <= height;
}
