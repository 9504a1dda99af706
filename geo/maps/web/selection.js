/* Hovering, dimming and selecting units, in all panes at once. */

import { outlineStyle } from "./looks.js";
import { markRow } from "./ranking.js";
import { showTip } from "./tips.js";
import { paneOfPath, view } from "./view.js";

const CATCH_PX = 13; // distance at which the pointer catches a very small unit
const CATCH_INSIDE_PX = 7; // the same from inside another unit
const SMALL_PX = 16; // units narrower than this on screen are very small
const TOUCH_MS = 800; // mouse events this soon after a touch are made by the browser from it
let touchedAt = -TOUCH_MS; // time of the last touch
let dashLines = []; // the dashes in all maps, drawn above all units
let outlineKey = ""; // the current outlines and their styles

/**
 * Keep lines above the outlines of units.
 * @param {L.Polyline[]} lines
 */
export function keepLinesAbove(lines) {
  dashLines = dashLines.concat(lines);
}

/**
 * Outline the selected unit above the others, and the hovered one above it.
 */
export function outlineUnits() {
  const outlines = [
    [view.state?.selected, outlineStyle("selected")],
    [view.hoveredAdcode, outlineStyle("unit-hovered")],
  ].filter(([adcode]) => view.units.has(adcode));
  const key = JSON.stringify(outlines);
  if (key === outlineKey) return;
  outlineKey = key;
  const border = outlineStyle("border");
  for (const { paths } of view.units.values()) {
    for (const path of paths) if (path.options.color !== border.color) path.setStyle(border);
  }
  for (const [adcode, style] of outlines) {
    for (const [row, path] of view.units.get(adcode).paths.entries()) {
      const { isInset } = paneOfPath(row);
      path.setStyle(isInset ? { ...style, weight: style.weight * 0.6 } : style).bringToFront();
    }
  }
  for (const line of dashLines) line.bringToFront();
}

/**
 * Return the adcode of the unit that the pointer catches: a very small one nearby, or the one that
 * it is inside of; "" for none.
 * @param {{adcode: string, width: number, at: [number, number]}[]} units in pixels
 * @param {[number, number]} pointer
 * @param {string} inside adcode of the unit under the pointer, or ""
 * @returns {string}
 */
export function caughtUnit(units, [x, y], inside) {
  let adcode = inside;
  let distance = inside ? CATCH_INSIDE_PX : CATCH_PX;
  for (const unit of units) {
    if (unit.width > SMALL_PX) continue;
    const away = Math.hypot(unit.at[0] - x, unit.at[1] - y);
    if (away < distance) {
      adcode = unit.adcode;
      distance = away;
    }
  }
  return adcode;
}

function unitAtPointer(map, event) {
  const { x, y } = map.mouseEventToLayerPoint(event);
  const small = [...view.units.values()].filter(({ width }) => !(width > SMALL_PX));
  const units = small.map(({ adcode, width, at }) => {
    const point = map.latLngToLayerPoint(at);
    return { adcode, width, at: [point.x, point.y] };
  });
  return caughtUnit(units, [x, y], event.target.getAttribute?.("data-adcode") || "");
}

/** Listen to the pointer on all maps. */
export function listenToPointer() {
  const noteMove = () => {
    view.hasMoved = true;
  };
  for (const [place, { main, sea }] of view.panes.entries()) {
    for (const map of [main, sea]) {
      const container = map.getContainer();
      const noteTouch = ({ pointerType }) => {
        if (pointerType === "touch") touchedAt = performance.now();
      };
      container.addEventListener("pointerdown", noteTouch);
      container.addEventListener("pointerup", noteTouch);
      container.addEventListener("mousemove", (event) => {
        if (!isTouching()) hoverUnit(unitAtPointer(map, event), event, place);
      });
      container.addEventListener("mouseleave", () => {
        if (!isTouching()) hoverUnit("");
      });
      map.on("dblclick", noteMove);
      map.on("click", ({ originalEvent }) => {
        const adcode = unitAtPointer(map, originalEvent);
        if (isTouching()) hoverUnit(adcode, originalEvent, place);
        if (adcode) selectUnit(adcode);
      });
    }
    main.on("zoomstart dragstart", () => showTip(null));
    main.on("dragstart", noteMove);
    main.on("zoomstart", () => {
      if (isTouching()) noteMove();
    });
  }
}

/* Whether the browser has made the current mouse event from a touch. */
function isTouching() {
  return performance.now() - touchedAt < TOUCH_MS;
}

/**
 * Select a unit; the selected unit again clears the selection.
 * @param {string} adcode
 */
export function selectUnit(adcode) {
  // After a touch the tooltip is the answer, and stays until the next one.
  if (!isTouching()) showTip(null);
  const province = view.state?.selected === adcode ? "" : adcode;
  window.Streamlit.setComponentValue({ province, ...view.takeYear(), at: Date.now() });
}

/**
 * Outline a unit, show its tooltip and mark its row; "" ends that.
 * @param {string} adcode
 * @param {MouseEvent} [event] of the pointer in the frame
 * @param {number} [place] number of the pane that the pointer is over
 */
export function hoverUnit(adcode, event, place = 0) {
  if (adcode !== view.hoveredAdcode) {
    view.hoveredAdcode = adcode;
    outlineUnits();
    markRow(adcode);
  }
  const pointer = event && [event.clientX, event.clientY];
  showTip(adcode ? view.units.get(adcode) : null, pointer, place);
}

/**
 * Dim the cells that a test refuses.
 * @param {((cell: Cell) => boolean) | null} test null shows all cells again
 * @param {number[] | null} [places] numbers of the panes in which to dim; null for all
 */
export function dimUnits(test, places = null) {
  for (const { paths, cells } of view.units.values()) {
    for (const [row, path] of paths.entries()) {
      const { place } = paneOfPath(row);
      const isInScope = test && cells[place] && (!places || places.includes(place));
      path.getElement().classList.toggle("dim", Boolean(isInScope && !test(cells[place])));
    }
  }
}
