/* The legend on the page around the frame while the years play: the classes of all years.
 *
 * Its own classes and keys are hidden and not changed: the page draws them.
 */

import { outerDocument } from "./ranking.js";
import { fillSlots } from "./series.js";
import { view } from "./view.js";

const HIDDEN_PARTS = ".classes, .keys, .split";
const MARKS = ".marks"; // their room stays, so that the page does not jump
let observer = null; // of the page, which may draw its legend again

/**
 * Show the classes of all years.
 * @param {MapSeries} series
 * @param {Record<string, string>} texts
 * @param {boolean} hasCounts whether to say how many units the map shows in each class
 */
export function showFixedLegend(series, texts, hasCounts) {
  const outer = outerDocument();
  if (!outer) return;
  const show = () => {
    const legend = outer.querySelector(".legend");
    if (!legend) return;
    if (!legend.querySelector("[data-fixed]")) addFixedParts(legend, series);
    writeCounts(legend, texts, hasCounts);
  };
  observer?.disconnect();
  show();
  observer = new MutationObserver(() => {
    if (!outer.querySelector(".legend [data-fixed]")) show();
  });
  const sheet = outer.querySelector(".st-key-sheet");
  if (sheet) observer.observe(sheet, { childList: true, subtree: true });
}

function writeCounts(legend, texts, hasCounts) {
  const cells = [...view.units.values()].map((unit) => unit.cells[0]);
  const write = (part, test, text) => {
    const count = cells.filter(test).length;
    part.querySelector("small").textContent = hasCounts ? fillSlots(text, { count }) : "";
  };
  for (const part of legend.querySelectorAll("[data-fixed] [data-class]")) {
    write(part, ({ group }) => group === Number(part.dataset.class), texts.count);
  }
  for (const part of legend.querySelectorAll("[data-fixed] [data-status]")) {
    write(part, ({ status }) => status === part.dataset.status, "{count}");
  }
}

/** Show the legend of the page again. */
export function restoreLegend() {
  observer?.disconnect();
  const outer = outerDocument();
  if (!outer) return;
  for (const part of outer.querySelectorAll(".legend [data-fixed]")) part.remove();
  for (const part of outer.querySelectorAll(".legend [data-hidden]")) {
    part.style.display = "";
    part.style.visibility = "";
    delete part.dataset.hidden;
  }
}

function addFixedParts(legend, series) {
  const hide = (part, name, value) => {
    part.dataset.hidden = "";
    part.style[name] = value;
  };
  const keys = legend.querySelector(".keys");
  const classes = legend.querySelector(".classes");
  for (const part of legend.querySelectorAll(HIDDEN_PARTS)) hide(part, "display", "none");
  for (const part of legend.querySelectorAll(MARKS)) hide(part, "visibility", "hidden");
  if (classes) classes.after(fixedClasses(classes, series));
  if (keys) keys.after(fixedKeys(keys, series));
}

function fixedClasses(classes, series) {
  const part = classes.cloneNode(false);
  showPart(part);
  part.dataset.fixed = "";
  for (const [place, [colour, label]] of series.classes.entries()) {
    const button = legendButton(part, label);
    button.dataset.class = String(place);
    button.querySelector("i").style.background = colour;
  }
  return part;
}

/* The keys of the statuses without a class, in any of the years. */
function fixedKeys(keys, series) {
  const part = keys.cloneNode(false);
  showPart(part);
  part.dataset.fixed = "";
  const looks = new Map(series.looks.map(([group, status, ...style]) => [status, [group, style]]));
  for (const [status, name] of Object.entries(series.statuses)) {
    const [group, [fill, pattern]] = looks.get(status);
    const isDoubtful = status === "doubtful";
    if (group >= 0 && !isDoubtful) continue;
    const button = legendButton(part, name);
    button.dataset.status = status;
    const sign = button.querySelector("i");
    sign.className = isDoubtful ? "query" : pattern;
    if (isDoubtful) sign.textContent = "?";
    else sign.style.backgroundColor = fill;
  }
  for (const mark of keys.querySelectorAll(":scope > span")) {
    const copy = mark.cloneNode(true);
    copy.querySelector("small")?.remove();
    part.append(copy);
  }
  return part;
}

function legendButton(part, label) {
  const button = part.ownerDocument.createElement("button");
  button.type = "button";
  for (const tag of ["i", "span", "small"]) {
    button.append(part.ownerDocument.createElement(tag));
  }
  button.querySelector("span").textContent = label;
  part.append(button);
  return button;
}

/* A copy of a hidden part is not hidden. */
function showPart(part) {
  delete part.dataset.hidden;
  part.style.display = "";
}
