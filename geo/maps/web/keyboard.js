/* The keyboard: one tab stop; arrows walk the units, Enter selects, Escape leaves. */

import { showWholeMap, zoomMap } from "./pane_layout.js";
import { outerDocument } from "./ranking.js";
import { hoverUnit, selectUnit } from "./selection.js";
import { tipLines } from "./tips.js";
import { view } from "./view.js";

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const LEAST_AHEAD = 0.35; // of the distance aside

/**
 * Return the adcode of the nearest unit in a direction; sideways distance counts twice.
 *
 * Without a start it is the unit nearest to the middle of the map; "" if there is none ahead.
 * @param {{adcode: string, at: [number, number]}[]} units at: x and y, to the east and the north
 * @param {string | undefined} start adcode of the unit to walk from
 * @param {[number, number]} direction steps to the east and to the north
 * @param {[number, number]} middle of the map
 * @returns {string}
 */
export function nextUnit(units, start, [east, north], middle) {
  const from = units.find(({ adcode }) => adcode === start);
  let nearest = "";
  let leastCost = Infinity;
  for (const { adcode, at } of units) {
    if (adcode === from?.adcode) continue;
    const [dx, dy] = [at[0] - (from?.at ?? middle)[0], at[1] - (from?.at ?? middle)[1]];
    const ahead = dx * east + dy * north;
    const aside = Math.abs(dx * north) + Math.abs(dy * east);
    const isAhead = !from || ahead > aside * LEAST_AHEAD;
    const cost = from ? ahead + 2 * aside : Math.hypot(dx, dy);
    if (isAhead && cost < leastCost) {
      nearest = adcode;
      leastCost = cost;
    }
  }
  return nearest;
}

/**
 * Make the first map a tab stop with keys.
 * @param {HTMLElement} container of the map
 */
export function listenToKeys(container) {
  container.setAttribute("tabindex", "0");
  container.setAttribute("role", "application");
  container.addEventListener("keydown", (event) => {
    if (actOnKey(event.key, container)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (!event.defaultPrevented && passKeyOn(event)) event.preventDefault();
  });
  container.addEventListener("focus", () => {
    if (view.state) announceText(view.texts.keys[view.state.lang]);
  });
  container.addEventListener("blur", () => hoverUnit(""));
}

/* Returns whether the map uses the key. */
function actOnKey(key, container) {
  if (DIRECTIONS[key]) {
    walkUnits(DIRECTIONS[key]);
  } else if (key === "Enter" || key === " ") {
    if (view.hoveredAdcode) selectUnit(view.hoveredAdcode);
  } else if (key === "Escape") {
    hoverUnit("");
    container.blur();
  } else if (key === "+" || key === "=") {
    zoomMap(1);
  } else if (key === "-") {
    zoomMap(-1);
  } else if (key === "0") {
    showWholeMap();
  } else {
    return false;
  }
  return true;
}

/* Pass a key to the page around the frame; returns whether the page uses it. */
function passKeyOn({ key, ctrlKey, metaKey, altKey }) {
  const options = { key, ctrlKey, metaKey, altKey, bubbles: true, cancelable: true };
  return outerDocument()?.body.dispatchEvent(new KeyboardEvent("keydown", options)) === false;
}

function walkUnits(direction) {
  const [{ main }] = view.panes;
  const plainPoint = ({ lat, lng }) => [lng, lat];
  const units = [...view.units.values()].map(({ adcode, at }) => ({ adcode, at: plainPoint(at) }));
  const start = view.hoveredAdcode || view.state.selected;
  const unit = view.units.get(nextUnit(units, start, direction, plainPoint(main.getCenter())));
  if (!unit) return;
  if (!main.getBounds().contains(unit.at)) main.panTo(unit.at, { animate: false });
  hoverUnit(unit.adcode);
  const texts = unit.cells.flatMap((_, place) => [
    view.state.panes[place].title,
    ...tipLines(unit, place).slice(1),
  ]);
  announceText([unit.short, ...texts].filter(Boolean).join(". "));
}

function announceText(text) {
  document.getElementById("say").textContent = text;
}
