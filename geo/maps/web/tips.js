/* Tooltips: one in each pane, all for the same unit. */

import { addElement } from "./elements.js";
import { view } from "./view.js";

const BESIDE_PX = 14; // distance from the pointer
const ABOVE_PX = 10;
const EDGE_PX = 2; // distance from the edges of the pane

/**
 * Return the lines of a unit's tooltip: its name, and what its cell says.
 * @param {{short: string, cells: {lines: string[]}[]}} unit
 * @param {number} place number of the pane
 * @returns {string[]}
 */
export function tipLines({ short, cells }, place) {
  return [short, ...cells[place].lines];
}

/**
 * Return the left and top edge of a tooltip: right of and below a point where there is room.
 *
 * All lengths are in pixels of the frame.
 * @param {[number, number]} point
 * @param {[number, number]} size width and height of the tooltip
 * @param {{left: number, top: number, right: number, bottom: number}} room what the reader sees of
 *   the pane
 * @returns {[number, number]}
 */
export function tipPosition([x, y], [width, height], room) {
  const isRight = x + BESIDE_PX + width <= room.right;
  const left = isRight ? x + BESIDE_PX : x - BESIDE_PX - width;
  const isBelow = y + BESIDE_PX + height <= room.bottom;
  const top = isBelow ? y + BESIDE_PX : y - ABOVE_PX - height;
  return [
    Math.max(room.left + EDGE_PX, Math.min(left, room.right - width - EDGE_PX)),
    Math.max(room.top + EDGE_PX, Math.min(top, room.bottom - height - EDGE_PX)),
  ];
}

/**
 * Show the tooltip of a unit in every pane, or hide all.
 * @param {Unit | null} unit null hides
 * @param {[number, number]} [pointer] in the frame; without it, the label point of the unit
 * @param {number} [under] number of the pane that the pointer is over
 */
export function showTip(unit, pointer, under = 0) {
  view.tipAt = [pointer, under];
  for (const [place, { box, tip }] of view.panes.entries()) {
    tip.hidden = !unit?.cells[place];
    if (tip.hidden) continue;
    const shows = view.state.shows + view.state.lang;
    if (tip.dataset.adcode !== unit.adcode || tip.dataset.shows !== shows) {
      tip.dataset.adcode = unit.adcode;
      tip.dataset.shows = shows;
      tip.replaceChildren();
      for (const line of tipLines(unit, place)) addElement("div", {}, tip).textContent = line;
      view.extendTip(tip, unit);
    }
    const edge = box.getBoundingClientRect();
    const from = view.panes[under].box.getBoundingClientRect();
    const point = pointer
      ? [pointer[0] - from.left + edge.left, pointer[1] - from.top + edge.top]
      : unitPoint(unit, place);
    const size = [tip.offsetWidth, tip.offsetHeight];
    const [left, top] = tipPosition(point, size, seenRoom(edge));
    tip.style.left = `${left}px`;
    tip.style.top = `${top}px`;
  }
}

/* What the reader sees of a pane: the part that the window around the frame does not cut off. */
function seenRoom({ left, right }) {
  const height = document.body.offsetHeight;
  const frame = window.frameElement?.getBoundingClientRect();
  if (!frame) return { left, right, top: 0, bottom: height };
  return {
    left: Math.max(left, -frame.left),
    right: Math.min(right, window.parent.innerWidth - frame.left),
    top: Math.max(0, -frame.top),
    bottom: Math.min(height, window.parent.innerHeight - frame.top),
  };
}

/**
 * Return the position of a unit's label point in the frame, in pixels.
 * @param {Unit} unit
 * @param {number} place number of the pane
 * @returns {[number, number]}
 */
export function unitPoint(unit, place) {
  const { main } = view.panes[place];
  const point = main.latLngToContainerPoint(unit.at);
  const corner = main.getContainer().getBoundingClientRect();
  return [point.x + corner.left, point.y + corner.top];
}
