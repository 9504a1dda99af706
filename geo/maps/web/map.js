/* The map inside its frame: drawn once, restyled with every change of measure.
 *
 * Atlas.create(id, frame) lays out one or more panes, each a main map and the inset of the South
 * China Sea, from the geometry that the page has loaded as a separate file. Atlas.paint(state)
 * recolours them. Hover, keyboard and legend are handled here, in all panes at once and without
 * the server; a click sends one adcode. Texts arrive as data and are written as text, never as
 * markup.
 */

import { addElement } from "./elements.js";
import { listenToKeys } from "./keyboard.js";
import { addPatterns, outlineStyle } from "./looks.js";
import { listenToPage } from "./page.js";
import { paintCell } from "./paint.js";
import {
  addPane,
  addZoomButtons,
  extentText,
  followMap,
  frameResizer,
  layOutPanes,
} from "./pane_layout.js";
import { restoreFocus } from "./ranking.js";
import { keepLinesAbove, listenToPointer, outlineUnits } from "./selection.js";
import { unitPoint } from "./tips.js";
import { decodeTopology, flatRings, MAP_UNIT_M } from "./topology.js";
import { view } from "./view.js";
import { listenToWheel } from "./wheel.js";

// Lines other than the dashes, by name; "colour" is the name of their colour.
const PLAIN_LINES = {
  sea_borders: { colour: "boundary-sea", weight: 0.7, dashArray: "3 2" },
  sar_borders: { colour: "border", weight: 0.7 },
  undetermined: { colour: "border", weight: 1.1, dashArray: "4 3" },
};

/**
 * Make the map available to the scripts of the frame, as window.Atlas.
 * @param {string} style the style sheet of the frame
 * @param {Colours} colours
 */
export function installAtlas(style, colours) {
  view.colours = colours;
  view.texts = window.ATLAS_TEXTS;
  window.Atlas = {
    create: (id, frame) => createMap(id, frame, style),
    paint: (text) => paintMap(JSON.parse(text)),
    pointOf: (adcode, place = 0) => unitPoint(view.units.get(adcode), place),
    extent: extentText,
    viewOf: (place) => {
      const { main } = view.panes[place];
      return [main.getZoom(), main.getCenter().lat, main.getCenter().lng];
    },
  };
}

/**
 * Draw the base map.
 * @param {string} id of the element that the frame has created for a map
 * @param {Frame} frame
 * @param {string} style the style sheet of the frame
 * @returns {L.Map} the main map of the first pane
 */
export function createMap(id, frame, style) {
  removeLeftovers(id);
  view.frame = frame;
  addElement("style", {}, document.head).textContent = style;
  document.body.classList.add("atlas");
  for (let place = 0; place < frame.panes; place += 1) addPane(id, place);
  addElement("div", { id: "say", "aria-live": "polite", role: "status" }, document.body);
  layOutPanes();
  const shapes = decodeTopology(frame.grid ?? window.ATLAS_BOUNDARIES);
  view.lines = shapes.dashes.flatMap(({ latlngs }) => flatRings(latlngs));
  for (const { main, sea } of view.panes) {
    drawShapes(main, shapes, 1.8);
    if (!frame.grid) drawShapes(sea, shapes, 1.4);
    main.on("move", () => followMap(main));
  }
  addZoomButtons();
  if (frame.time) addElement("script", { src: frame.time }, document.head);
  const [{ main: first }] = view.panes;
  first.on("moveend", () => view.drawLabels());
  listenToPointer();
  listenToWheel();
  listenToKeys(first.getContainer());
  listenToPage();
  const resizeFrame = frameResizer(window.Streamlit.setFrameHeight);
  window.Streamlit.setFrameHeight = resizeFrame;
  new ResizeObserver(() => window.Streamlit.setFrameHeight()).observe(document.documentElement);
  return first;
}

/* Remove what an earlier attempt has left, which may have failed halfway: the frame tries again. */
function removeLeftovers(id) {
  view.panes.length = 0;
  view.units.clear();
  view.state = null;
  const old = document.getElementById(id);
  old.replaceWith(old.cloneNode(false));
  const made = ".pane, .atlas-tip, #say, #zoom, #wheel, .time";
  for (const element of document.querySelectorAll(made)) {
    if (element.contains(document.getElementById(id)))
      element.replaceWith(document.getElementById(id));
    else element.remove();
  }
}

function drawShapes(map, shapes, dashWeight) {
  for (const { properties, latlngs } of shapes.provinces) drawUnit(map, properties, latlngs);
  addPatterns(map.options.renderer._container, view.frame.patterns);
  const drawLines = (name, { colour, ...style }) => {
    const color = view.colours[colour];
    const options = { interactive: false, className: name, smoothFactor: 0.4, color, ...style };
    return shapes[name].map(({ latlngs }) => L.polyline(latlngs, options).addTo(map));
  };
  for (const [name, style] of Object.entries(PLAIN_LINES)) drawLines(name, style);
  keepLinesAbove(drawLines("dashes", { colour: "boundary-dashes", weight: dashWeight }));
}

function drawUnit(map, { adcode, x, y }, latlngs) {
  const options = {
    ...outlineStyle("border"),
    fillOpacity: 1,
    className: "unit",
    smoothFactor: 0.4,
  };
  const path = L.polygon(latlngs, options).addTo(map);
  path.getElement().setAttribute("data-adcode", adcode);
  if (!view.units.has(adcode)) {
    const at = L.latLng(y / MAP_UNIT_M, x / MAP_UNIT_M);
    const bounds = path.getBounds();
    const extent = bounds.getEast() - bounds.getWest();
    const rings = flatRings(latlngs);
    view.units.set(adcode, { adcode, at, extent, rings, paths: [], cells: [] });
  }
  view.units.get(adcode).paths.push(path);
}

/**
 * Recolour the map.
 * @param {MapState} state
 * @returns {L.LayerGroup} an empty layer: the frame expects one
 */
export function paintMap(state) {
  view.state = state;
  // Setting even the same language would make the browser restyle the whole frame.
  const root = document.documentElement;
  if (root.lang !== state.lang) root.lang = state.lang;
  if (window.frameElement) window.parent.document.body.classList.add("atlas-painted");
  document.getElementById("map_div").setAttribute("aria-label", state.label);
  if (window.frameElement) window.frameElement.title = state.label;
  view.signs = new Map(state.chosen.map(([adcode, ...look]) => [adcode, look]));
  state.panes.forEach(paintPane);
  for (const [row, button] of document.querySelectorAll("#zoom button").entries()) {
    button.title = view.texts.buttons[state.lang][row];
    button.setAttribute("aria-label", button.title);
  }
  view.paintTime();
  outlineUnits();
  view.drawLabels();
  restoreFocus();
  root.dataset.painted = state.shows;
  return L.layerGroup();
}

function paintPane({ title, lines, ends, looks, cells, numbers = [], figures = [] }, place) {
  view.panes[place].numbers = new Map(numbers);
  view.panes[place].title.textContent = title;
  view.panes[place].seaName.textContent = view.texts.inset[view.state.lang];
  for (const [row, [adcode, short]] of view.texts.names[view.state.lang].entries()) {
    const unit = view.units.get(adcode);
    const [look, mark, tip] = cells[row];
    const [group, status, fill, pattern] = looks[look];
    unit.short = short;
    const number = figures[row] ?? view.state.values?.[row];
    const texts = tip.map((line, n) => (line.at ? ends[n].join(line) : lines[line]));
    paintCell(unit, place, { group, status, fill, pattern, mark, lines: texts, number });
  }
}
