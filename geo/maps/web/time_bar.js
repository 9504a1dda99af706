/* The time bar below the map: play, the years, speed, all years.
 *
 * Playing and dragging recolour the map in the browser, with the same classes in all years. The
 * year goes to the page when playing stops or the handle is released.
 */

import { addElement, addSvgElement } from "./elements.js";
import { restoreLegend, showFixedLegend } from "./fixed_legend.js";
import { paintCell } from "./paint.js";
import {
  currentSeries,
  fillSlots,
  loadSeries,
  periodPlace,
  periodText,
  seriesCell,
  timeTexts,
  yearNotes,
} from "./series.js";
import { refreshTips } from "./series_tips.js";
import { drawSmallYears } from "./small_years.js";
import { showTip } from "./tips.js";
import { view } from "./view.js";

const STEP_MS = 1200; // a year at the speed of 1
const KEY_WAIT_MS = 350; // after the last key until the year goes to the page
const SPEEDS = [0.5, 1, 2];
const PERIOD_LABEL_PX = 76; // room that a day takes
const FULL_LABEL_PX = 34; // room that a year with four digits takes
const ICONS = {
  play: "M5 3v12l10-6z",
  pause: "M4 3h4v12h-4zM10 3h4v12h-4z",
  all: "M2 3h6v5h-6zM10 3h6v5h-6zM2 10h6v5h-6zM10 10h6v5h-6z",
};
let bar = null; // its elements
let isPlaying = false;
let isOverMap = false;
let isDragging = false;
let speed = 1;
let timer = 0;

/**
 * Return the year of a measure that is nearest to a place on the track.
 * @param {number[]} years
 * @param {number} share of the track, from 0 at its first year to 1 at its last
 * @returns {number}
 */
export function yearAt(years, share) {
  const away = (year) => Math.abs(periodPlace(years, year) - wish);
  const [first, last] = [years[0], years.at(-1)].map((year) => periodPlace(years, year));
  const wish = first + share * (last - first);
  return years.reduce((best, year) => (away(year) < away(best) ? year : best));
}

/**
 * Return the year that a key leads to; null for another key.
 * @param {number[]} years
 * @param {number} year
 * @param {string} key
 * @returns {number | null}
 */
export function yearByKey(years, year, key) {
  const place = years.indexOf(year);
  const steps = {
    ArrowLeft: place - 1,
    ArrowDown: place - 1,
    ArrowRight: place + 1,
    ArrowUp: place + 1,
    Home: 0,
    End: years.length - 1,
  };
  if (!(key in steps)) return null;
  return years[Math.max(0, Math.min(years.length - 1, steps[key]))];
}

/** Add the bar to the frame. */
export function addTimeBar() {
  const { body } = document;
  const holder = addElement("div", { id: "time", class: "time", role: "group" }, body);
  const play = iconButton("play", holder, togglePlay);
  const track = addElement("div", { role: "slider", tabindex: "0", class: "track" }, holder);
  const pace = addElement("button", { type: "button", class: "pace" }, holder);
  pace.addEventListener("click", changeSpeed);
  const all = iconButton("all", holder, toggleAll);
  const year = addElement(
    "div",
    { id: "year", class: "time", hidden: "", "aria-hidden": "true" },
    body,
  );
  const years = addElement("div", { id: "years", class: "time", hidden: "" }, body);
  bar = { holder, play, track, pace, all, year, years };
  listenToTrack(track);
  for (const { box } of view.panes) {
    box.addEventListener("pointerenter", ({ pointerType }) => holdPlaying(pointerType !== "touch"));
    box.addEventListener("pointerleave", () => holdPlaying(false));
  }
  view.takeYear = takeYear;
  view.paintTime = paintTimeBar;
  new ResizeObserver(() => view.state?.time && drawTrack()).observe(track);
}

function iconButton(icon, holder, act) {
  const button = addElement("button", { type: "button", class: icon }, holder);
  const svg = addSvgElement("svg", { viewBox: "0 0 18 18", "aria-hidden": "true" }, button);
  addSvgElement("path", { d: ICONS[icon] }, svg);
  button.addEventListener("click", act);
  return button;
}

/* Show the year of a new state, and end what was played before it. */
function paintTimeBar() {
  endPlaying();
  view.playedYear = 0;
  restoreLegend();
  bar.year.hidden = true;
  const { time } = view.state;
  bar.holder.hidden = !time;
  if (!time) return;
  const texts = timeTexts();
  bar.holder.setAttribute("aria-label", texts.bar);
  bar.track.setAttribute("aria-label", texts.year);
  bar.play.disabled = !time.plays;
  bar.all.disabled = !time.plays;
  bar.pace.disabled = !time.plays;
  bar.track.setAttribute("aria-disabled", String(time.years.length === 1));
  nameButton(bar.all, texts.all);
  bar.all.setAttribute("aria-pressed", String(time.all));
  paintSpeed();
  paintPlay();
  drawTrack();
  showAllYears(time.all);
}

function nameButton(button, name) {
  button.setAttribute("aria-label", name);
  button.title = name;
}

function paintPlay() {
  const name = isPlaying ? "pause" : "play";
  nameButton(bar.play, timeTexts()[name]);
  bar.play.querySelector("path").setAttribute("d", ICONS[name]);
}

function paintSpeed() {
  bar.pace.textContent = `${speed}×`;
  nameButton(bar.pace, fillSlots(timeTexts().speed, { speed: `${speed}×` }));
}

function shownYear() {
  return view.playedYear || view.state.time.year;
}

/* Draw the ticks, the labels and the handle of the track. */
function drawTrack() {
  const { years } = view.state.time;
  const year = shownYear();
  const [first, last] = [years[0], years.at(-1)].map((entry) => periodPlace(years, entry));
  const position = (entry) =>
    last > first ? (100 * (periodPlace(years, entry) - first)) / (last - first) : 50;
  const scale = document.createElement("div");
  const room = bar.track.clientWidth / (last - first + 1);
  const isFine = periodText(years[0]).length > 4;
  const step = isFine ? Math.ceil(PERIOD_LABEL_PX / room) : 1;
  for (const [row, entry] of years.entries()) {
    const tick = addElement("span", { style: `left:${position(entry)}%` }, scale);
    const text = periodText(entry);
    if (isFine) tick.textContent = row % step ? "" : text;
    else tick.textContent = room >= FULL_LABEL_PX ? text : `'${text.slice(2)}`;
    tick.classList.toggle("current", entry === year);
  }
  addElement("i", { style: `left:${position(year)}%` }, scale);
  bar.track.replaceChildren(scale);
  const now = periodPlace(years, year);
  const values = { "aria-valuemin": first, "aria-valuemax": last, "aria-valuenow": now };
  for (const [name, value] of Object.entries(values)) bar.track.setAttribute(name, String(value));
  bar.track.setAttribute("aria-valuetext", periodText(year));
}

/* Show a year of the series on the map; without the series only on the track. */
function showYear(year) {
  view.playedYear = year;
  drawTrack();
  const series = currentSeries();
  const frame = series?.frames.find((entry) => entry.year === year);
  if (!frame || !view.state.time.plays) return;
  const texts = timeTexts();
  for (const [row, adcode] of series.adcodes.entries()) {
    const cell = seriesCell(series, frame, row, texts);
    // Tiles do not move: their values may change.
    if (view.frame.grid) cell.number = frame.values[row] || String(frame.ranks[row] || "");
    paintCell(view.units.get(adcode), 0, cell);
  }
  view.drawLabels();
  refreshTips();
  showFixedLegend(series, texts, true);
  bar.year.replaceChildren();
  addElement("strong", {}, bar.year).textContent = periodText(year);
  for (const note of [...yearNotes(series, frame, texts), texts.fixed]) {
    addElement("small", {}, bar.year).textContent = note;
  }
  bar.year.hidden = false;
}

async function togglePlay() {
  if (isPlaying) {
    endPlaying();
    sendYear();
    return;
  }
  const state = view.state;
  const series = await loadSeries();
  if (view.state !== state) return;
  if (!series) {
    announceTime(timeTexts().failed);
    return;
  }
  showAllYears(false);
  isPlaying = true;
  paintPlay();
  const { years } = view.state.time;
  showYear(shownYear() === years.at(-1) ? years[0] : shownYear());
  waitForStep();
}

function waitForStep() {
  clearTimeout(timer);
  if (isPlaying && !isOverMap) timer = setTimeout(playStep, STEP_MS / speed);
}

function playStep() {
  const { years } = view.state.time;
  const next = years[years.indexOf(shownYear()) + 1];
  if (next === undefined) {
    endPlaying();
    sendYear();
    return;
  }
  requestAnimationFrame(() => {
    if (!isPlaying) return;
    showYear(next);
    waitForStep();
  });
}

function holdPlaying(isOver) {
  isOverMap = isOver;
  waitForStep();
}

function endPlaying() {
  clearTimeout(timer);
  isPlaying = false;
  if (view.state?.time) paintPlay();
}

function changeSpeed() {
  speed = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length];
  paintSpeed();
  waitForStep();
}

/* The year that goes to the page with another choice; none if it is that of the page. */
function takeYear() {
  endPlaying();
  const year = view.playedYear;
  return year && year !== view.state.time.year ? { year } : {};
}

function sendYear(choice = {}) {
  const answer = { ...takeYear(), ...choice };
  announceTime(String(shownYear()));
  showTip(null);
  if (Object.keys(answer).length) {
    window.Streamlit.setComponentValue({ ...answer, at: Date.now() });
  } else {
    window.Atlas.paint(JSON.stringify(view.state)); // the year of the page again
  }
}

function listenToTrack(track) {
  const follow = ({ clientX }) => {
    const { left, width } = track.firstChild.getBoundingClientRect();
    const year = yearAt(view.state.time.years, (clientX - left) / width);
    if (year !== shownYear()) showYear(year);
  };
  track.addEventListener("pointerdown", (event) => {
    if (event.button || view.state.time.years.length === 1) return;
    endPlaying();
    isDragging = true;
    track.setPointerCapture(event.pointerId);
    loadAndShow();
    follow(event);
  });
  track.addEventListener("pointermove", (event) => {
    if (isDragging) follow(event);
  });
  for (const name of ["pointerup", "pointercancel"]) {
    track.addEventListener(name, () => {
      if (!isDragging) return;
      isDragging = false;
      sendYear({ years: "" });
    });
  }
  track.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { years, plays } = view.state.time;
    const year = yearByKey(years, shownYear(), event.key);
    if (event.key === " " && plays) togglePlay();
    if (event.key === " " || year !== null) event.preventDefault();
    if (year === null || year === shownYear()) return;
    endPlaying();
    showYear(year);
    loadAndShow();
    timer = setTimeout(sendYear, KEY_WAIT_MS, { years: "" });
  });
}

/* Show the chosen year on the map as soon as the series is there. */
async function loadAndShow() {
  if (currentSeries()) return;
  const state = view.state;
  await loadSeries();
  if (view.state === state && view.playedYear) showYear(view.playedYear);
}

function toggleAll() {
  const isOn = bar.all.getAttribute("aria-pressed") !== "true";
  showAllYears(isOn);
  sendYear({ years: isOn ? "all" : "" });
}

/* Show a small map for each year in place of the map, or the map. */
async function showAllYears(isOn) {
  bar.all.setAttribute("aria-pressed", String(isOn));
  if (!isOn) {
    if (!bar.years.hidden) restoreLegend();
    document.body.classList.remove("all-years");
    bar.years.hidden = true;
    return;
  }
  const state = view.state;
  const series = await loadSeries();
  if (view.state !== state || bar.all.getAttribute("aria-pressed") !== "true") return;
  if (!series) {
    announceTime(timeTexts().failed);
    return;
  }
  document.body.classList.add("all-years");
  bar.years.hidden = false;
  showFixedLegend(series, timeTexts(), false);
  drawSmallYears(bar.years, series, timeTexts(), chooseSmallYear);
}

function chooseSmallYear(year) {
  showAllYears(false);
  view.playedYear = year;
  sendYear({ years: "" });
}

function announceTime(text) {
  document.getElementById("say").textContent = text;
}
