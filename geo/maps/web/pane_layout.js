/* Layout of the panes: one map, or several side by side that move together.
 *
 * A pane is a main map with its inset of the South China Sea, and a title where there are several.
 */

import { addElement, addSvgElement } from "./elements.js";
import { paneBox, paneSizes } from "./pane_sizes.js";
import { outerDocument } from "./ranking.js";
import { extentCorners, MAP_UNIT_M } from "./topology.js";
import { view } from "./view.js";

const ZOOM_STEPS = 5;
const PRESENTING_REST_PX = 285; // height around a map that is presented: title, legend, source
const CORNERS = "M1 5V1h4M11 1h4v4M15 11v4h-4M5 15H1v-4"; // the icon of the full screen
const HIDDEN_PX = 320; // width of the panes of a frame that has none
const MOVE_SHARE = 0.25; // of the extent of the map, beyond which the reader cannot move it
const MAP_OPTIONS = {
  attributionControl: false,
  zoomControl: false,
  keyboard: false,
  zoomSnap: 0,
  zoomDelta: 0.75,
  wheelPxPerZoomLevel: 90,
  maxBoundsViscosity: 0.9,
};
const INSET_OPTIONS = {
  dragging: false,
  scrollWheelZoom: false,
  doubleClickZoom: false,
  touchZoom: false,
  boxZoom: false,
};
const KM = 1000; // metres
const EXTENT = "at"; // parameter of the address: the part of the map that it shows
let isAsked = true; // whether the address may ask for a part of the map: once, at first
let isFollowing = false; // whether the main maps are being moved to the extent of one of them

/**
 * Add a pane to the frame. The first one uses the element that the frame has created for a map.
 * @param {string} id of that element
 * @param {number} place number of the pane, from 0
 */
export function addPane(id, place) {
  const { body } = document;
  const isSingle = view.frame.panes === 1;
  const numberedId = (name) => (place ? `${name}_${place}` : name);
  const box = addElement("div", { class: "pane" }, body);
  const title = addElement("div", { class: "title" }, box);
  const main = place
    ? addElement("div", { id: numberedId(id), "aria-hidden": "true" }, box)
    : document.getElementById(id);
  box.append(main);
  const sea = addElement(
    "div",
    { id: numberedId("inset"), class: "sea", "aria-hidden": "true" },
    box,
  );
  const seaName = addElement("div", { class: "sea-name", "aria-hidden": "true" }, box);
  const tip = addElement("div", { id: numberedId("tip"), class: "atlas-tip", hidden: "" }, body);
  main.classList.add("main");
  // Several panes must show the same extent at any time.
  const options = { ...MAP_OPTIONS, crs: L.CRS.Simple, zoomAnimation: isSingle };
  view.panes.push({
    box,
    title,
    seaName,
    tip,
    wholeZoom: 0,
    numbers: new Map(),
    main: L.map(main, { ...options, renderer: L.svg({ padding: isSingle ? 0.6 : 0.3 }) }),
    sea: L.map(sea, { ...options, ...INSET_OPTIONS, renderer: L.svg({ padding: 0 }) }),
  });
}

/**
 * Lay out the frame and fit all maps, unless the reader has zoomed or moved them.
 *
 * A frame that the page hides has no width: it is laid out as a narrow one, and again when it shows.
 * @returns {number} the height of the frame in pixels
 */
export function layOutPanes() {
  const { frame, panes } = view;
  const { body } = document;
  const { bar } = frame;
  const sizes = paneSizes({
    width: frameWidth() || HIDDEN_PX,
    screenHeight: screenHeight(),
    rest: (isPresenting() ? PRESENTING_REST_PX : frame.rest) + bar,
    least: frame.least,
    count: panes.length,
    hasInset: !frame.grid,
  });
  body.classList.toggle("wide", sizes.isInsetBeside);
  body.classList.toggle("many", panes.length > 1);
  body.classList.toggle("presenting", isPresenting());
  const setLength = (name, px) => body.style.setProperty(name, `${px}px`);
  setLength("--map-height", sizes.mapHeight);
  setLength("--title", sizes.titleHeight);
  setLength("--inset", sizes.insetWidth);
  setLength("height", sizes.totalHeight + bar);
  setLength("--bar", bar);
  for (const [place, pane] of panes.entries()) {
    for (const [name, px] of Object.entries(paneBox(sizes, place))) {
      pane.box.style[name] = `${px}px`;
    }
    fitMaps(pane, sizes.padding);
  }
  view.drawLabels();
  return sizes.totalHeight + bar;
}

function frameWidth() {
  return document.documentElement.clientWidth;
}

/* The page removes a frame that still runs when the reader leaves it at once: it has no parent. */
function screenHeight() {
  return (window.parent || window).innerHeight;
}

/* Whether the page around the frame shows the map alone. */
function isPresenting() {
  return Boolean(outerDocument()?.body.classList.contains("atlas-presenting"));
}

function fitMaps(pane, padding) {
  const { main, sea } = pane;
  const extent = L.latLngBounds(extentCorners(view.frame.main));
  const inset = L.latLngBounds(extentCorners(view.frame.inset));
  for (const map of [main, sea]) map.invalidateSize({ animate: false, pan: false });
  // A map of no size, in a frame that is hidden, fits at no zoom: Leaflet would throw.
  if (!main.getSize().x || !main.getSize().y) {
    for (const map of [main, sea]) if (!map._loaded) map.setView(extent.getCenter(), 0);
    return;
  }
  if (!view.frame.grid) {
    sea.setMinZoom(-20).fitBounds(inset, { animate: false, padding: [2, 2] });
  }
  main.setMinZoom(-20); // no lower limit: the screen may have become smaller
  const corners = {
    paddingTopLeft: [padding.left, padding.top],
    paddingBottomRight: [padding.right, padding.bottom],
  };
  const free = L.point(padding.left + padding.right, padding.top + padding.bottom);
  const zoom = main.getBoundsZoom(extent, false, free);
  pane.wholeZoom = zoom;
  main.setMaxZoom(zoom + ZOOM_STEPS);
  if (!view.hasMoved) main.setMaxBounds(null).fitBounds(extent, { animate: false, ...corners });
  showAskedExtent(pane);
  main.setMinZoom(zoom).setMaxBounds(wholeBounds(main, extent, zoom, padding));
}

/**
 * Return what part of the map is shown, for the address of the page: zoom levels over the whole
 * map, then the centre in kilometres east and north; "" for the whole map or several panes.
 * @returns {string}
 */
export function extentText() {
  const [{ main, wholeZoom }, ...others] = view.panes;
  if (!view.hasMoved || others.length) return "";
  const { lat, lng } = main.getCenter();
  const [east, north] = [lng, lat].map((unit) => Math.round((unit * MAP_UNIT_M) / KM));
  return [(main.getZoom() - wholeZoom).toFixed(2), east, north].join();
}

/* Show the part of the map that the address of the page asks for, when the map is first laid out. */
function showAskedExtent({ main, wholeZoom }) {
  if (!isAsked || view.panes.length > 1) return;
  isAsked = false;
  const text = new URLSearchParams((window.parent || window).location.search).get(EXTENT);
  const [levels, east, north, ...rest] = (text ?? "").split(",").map(Number);
  if (rest.length || ![levels, east, north].every(Number.isFinite)) return;
  view.hasMoved = true;
  const centre = [north, east].map((km) => (km * KM) / MAP_UNIT_M);
  const zoom = wholeZoom + Math.min(Math.max(levels, 0), ZOOM_STEPS);
  main.setView(centre, zoom, { animate: false });
}

/* The bounds that the reader can move a map within: what the whole map shows, and some more. */
function wholeBounds(map, extent, zoom, padding) {
  const scale = map.options.crs.scale(zoom);
  const { x: width, y: height } = map.getSize();
  const middle = extent.getCenter();
  const lng = middle.lng + (padding.right - padding.left) / 2 / scale;
  const lat = middle.lat - (padding.bottom - padding.top) / 2 / scale;
  const [halfWidth, halfHeight] = [width / 2 / scale, height / 2 / scale];
  return L.latLngBounds([lat - halfHeight, lng - halfWidth], [lat + halfHeight, lng + halfWidth])
    .pad(0.02)
    .extend(extent.pad(MOVE_SHARE));
}

/**
 * Return a function that lays out the frame and sets its height.
 *
 * The height depends on the size of the screen, which Streamlit does not know.
 * @param {(height: number) => void} setFrameHeight as Streamlit defines it
 * @returns {() => void}
 */
export function frameResizer(setFrameHeight) {
  let last = "";
  return () => {
    const now = `${frameWidth()}/${screenHeight()}/${isPresenting()}`;
    if (now !== last && frameWidth() && view.panes.length) {
      last = now;
      setFrameHeight.call(window.Streamlit, layOutPanes());
    }
  };
}

/**
 * Move the other main maps to the extent of this one.
 * @param {L.Map} lead
 */
export function followMap(lead) {
  if (isFollowing) return;
  isFollowing = true;
  for (const { main } of view.panes) {
    if (main !== lead) main.setView(lead.getCenter(), lead.getZoom(), { animate: false });
  }
  isFollowing = false;
}

/** Show the whole map again. */
export function showWholeMap() {
  view.hasMoved = false;
  layOutPanes();
}

/**
 * Zoom all panes by one step.
 * @param {1 | -1} direction
 */
export function zoomMap(direction) {
  const [{ main }] = view.panes;
  view.hasMoved = true;
  main.setZoom(main.getZoom() + direction * main.options.zoomDelta);
}

function presentingKey() {
  return new KeyboardEvent("keydown", { key: "f", bubbles: true });
}

/** Add the buttons for zooming. */
export function addZoomButtons() {
  const bar = addElement("div", { id: "zoom" }, document.body);
  const addButton = (sign, act) => {
    // Not a tab stop: the map is one, and has keys for zooming.
    const button = addElement("button", { type: "button", tabindex: "-1" }, bar);
    button.textContent = sign;
    button.addEventListener("click", act);
    return button;
  };
  addButton("+", () => zoomMap(1));
  addButton("−", () => zoomMap(-1));
  addButton("⌂", showWholeMap);
  // The map of the page can be presented: the script of the page answers the key.
  if (!view.frame.bar) return;
  const button = addButton("", () => outerDocument()?.body.dispatchEvent(presentingKey()));
  const icon = addSvgElement("svg", { viewBox: "0 0 16 16", width: 14, height: 14 }, button);
  addSvgElement("path", { d: CORNERS, fill: "none", stroke: "currentColor" }, icon);
}
