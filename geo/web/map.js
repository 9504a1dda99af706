/* The map inside its frame: drawn once, restyled with every change of measure.
 *
 * Atlas.create(id, frame) lays out the main map and the inset of the South China Sea from the
 * geometry that the page has loaded as a file of its own. Atlas.paint(state) recolours both.
 * Hover, keyboard and legend act here, without a word to the server; a click sends one adcode.
 * Texts arrive as data and are written as text, never as markup.
 */
const CATCH_PX = 13; // how near the pointer must come to a very small unit
const SMALL_PX = 16; // a unit narrower than this on screen is very small
const WIDE_PX = 520; // from this width on the inset stands beside the map
const SIDE_PX = 128; // the column of the inset, and its height on a narrow screen
const STRIP_PX = 168;
const SHAPE = 1.2; // width over height of the main map
const MIN_HEIGHT = 250;
const REST_PX = 395; // what stands above and below the map on a page that needs no scrolling
const ZOOM_STEPS = 5;

let frame = null; // bounds of the two maps, in metres
let state = null; // what was painted last
let maps = []; // the main map, then the inset
let names = new Map(); // adcode -> unit: {at, paths: [main, inset], cell, width}
let dashes = []; // above all units, in both maps
let outlined = ""; // what is outlined now, and how
let hovered = "";
let moved = false; // whether the reader has left the first view

/* ---- layout ---- */

function element(tag, attributes, parent) {
  const made = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  parent.append(made);
  return made;
}

function create(id, given) {
  frame = given;
  element("style", {}, document.head).textContent = STYLE;
  document.body.classList.add("atlas");
  const main = document.getElementById(id);
  const sea = element("div", { id: "inset", "aria-hidden": "true" }, document.body);
  element("div", { id: "tip", class: "atlas-tip", hidden: "" }, document.body);
  element("div", { id: "say", "aria-live": "polite", role: "status" }, document.body);
  const shapes = decode(window.ATLAS_BOUNDARIES);
  const objects = window.ATLAS_BOUNDARIES.objects;
  const options = {
    crs: L.CRS.Simple,
    attributionControl: false,
    zoomControl: false,
    keyboard: false,
    zoomSnap: 0,
    zoomDelta: 0.75,
    wheelPxPerZoomLevel: 90,
    maxBoundsViscosity: 0.9,
  };
  const fixed = {
    dragging: false,
    scrollWheelZoom: false,
    doubleClickZoom: false,
    touchZoom: false,
    boxZoom: false,
  };
  maps = [
    L.map(main, { ...options, renderer: L.svg({ padding: 0.6 }) }),
    L.map(sea, { ...options, ...fixed, renderer: L.svg({ padding: 0 }) }),
  ];
  layout();
  maps.forEach((map, place) => draw(map, place, shapes, objects));
  controls(maps[0]);
  maps[0].on("zoomend", relabel);
  maps[0].on("zoomstart dragstart", () => tip(null));
  maps[0].on("dragstart", () => (moved = true));
  listen();
  keyboard(main);
  page();
  // Streamlit's own size for the frame knows nothing of the screen: ours does.
  window.Streamlit.setFrameHeight = resize(window.Streamlit.setFrameHeight);
  new ResizeObserver(() => window.Streamlit.setFrameHeight()).observe(document.documentElement);
  return maps[0];
}

function sizes() {
  const width = document.documentElement.clientWidth;
  const wide = width >= WIDE_PX;
  const room = wide ? width - SIDE_PX : width;
  const tallest = Math.max(MIN_HEIGHT, window.parent.innerHeight - REST_PX);
  const height = Math.round(Math.min(tallest, Math.max(MIN_HEIGHT, room / SHAPE)));
  return { wide, height, total: wide ? height : height + STRIP_PX };
}

/* Lay out the frame and fit both maps; what the reader has zoomed or moved stays put. */
function layout() {
  const { wide, height, total } = sizes();
  document.body.classList.toggle("wide", wide);
  document.body.style.setProperty("--map-height", `${height}px`);
  document.body.style.height = `${total}px`;
  maps.forEach((map) => map.invalidateSize({ animate: false, pan: false }));
  const [main, sea] = maps;
  sea.setMinZoom(-20).fitBounds(bounds(frame.inset), { animate: false, padding: [2, 2] });
  const view = bounds(frame.main);
  main.setMinZoom(-20); // a fit is never below it, and the screen may have become smaller
  const fit = main.getBoundsZoom(view, false, L.point(6, 6));
  main.setMaxZoom(fit + ZOOM_STEPS);
  if (!moved) main.setMaxBounds(null).fitBounds(view, { animate: false, padding: [3, 3] });
  main.setMinZoom(fit).setMaxBounds(view.pad(0.25));
  relabel();
  return total;
}

function resize(setFrameHeight) {
  let last = "";
  return function () {
    const now = `${document.documentElement.clientWidth}/${window.parent.innerHeight}`;
    if (now !== last && maps.length) {
      last = now;
      setFrameHeight.call(window.Streamlit, layout());
    }
  };
}

function home() {
  moved = false;
  layout();
}

function controls(map) {
  const bar = element("div", { id: "zoom" }, document.body);
  const button = (sign, act) => {
    // Not a tab stop: the map is one, and has keys for this.
    const made = element("button", { type: "button", tabindex: "-1" }, bar);
    made.textContent = sign;
    made.addEventListener("click", act);
    return made;
  };
  button("+", () => zoom(map, 1));
  button("−", () => zoom(map, -1));
  button("⌂", home);
}

function zoom(map, direction) {
  moved = true;
  map.setZoom(map.getZoom() + direction * map.options.zoomDelta);
}

/* ---- drawing ---- */

function draw(map, place, shapes, objects) {
  shapes(objects.provinces).forEach(({ properties, latlngs }) => {
    const path = L.polygon(latlngs, { ...BORDER, fillOpacity: 1, className: "unit", smoothFactor: 0.4 });
    path.addTo(map);
    path.getElement().setAttribute("data-adcode", properties.adcode);
    const unit = names.get(properties.adcode) || {
      adcode: properties.adcode,
      at: L.latLng(properties.y / KM10, properties.x / KM10),
      paths: [],
      over: [],
    };
    unit.paths[place] = path;
    names.set(properties.adcode, unit);
  });
  patterns(map.options.renderer._container, frame.patterns);
  const line = (name, style) =>
    shapes(objects[name]).map(({ latlngs }) =>
      L.polyline(latlngs, { interactive: false, className: name, smoothFactor: 0.4, ...style }).addTo(map)
    );
  line("sea_borders", { color: "#8a949f", weight: 0.7, dashArray: "3 2" });
  line("sar_borders", { color: "#66707c", weight: 0.7 });
  line("undetermined", { color: "#66707c", weight: 1.1, dashArray: "4 3" });
  dashes = dashes.concat(line("dashes", { color: "#4a525c", weight: place ? 1.4 : 1.8 }));
}

/* state: {shows, lang, label, hint, selected, units: [[adcode, class, status, fill, pattern,
 * mark, short name, lines of the tooltip]]}. Returns a layer, as the frame expects one. */
function paint(text) {
  state = JSON.parse(text);
  [document, window.frameElement && window.parent.document].forEach((page) => {
    // Even the same language set again would make the browser style the whole page anew.
    if (page && page.documentElement.lang !== state.lang) page.documentElement.lang = state.lang;
  });
  if (window.frameElement) window.parent.document.body.classList.add("atlas-painted");
  const main = document.getElementById("map_div");
  main.setAttribute("aria-label", state.label);
  state.units.forEach(([adcode, group, status, colour, pattern, mark, short, lines]) => {
    const unit = names.get(adcode);
    unit.cell = { group, status, fill: colour, pattern, mark, short, lines };
    const fillColor = fill(unit.cell);
    unit.paths.forEach((path) => path.options.fillColor !== fillColor && path.setStyle({ fillColor }));
  });
  document.querySelectorAll("#zoom button").forEach((button, i) => {
    button.setAttribute("aria-label", state.buttons[i]);
    button.title = state.buttons[i];
  });
  outline();
  relabel();
  focusBack();
  document.documentElement.dataset.painted = state.shows;
  return L.layerGroup();
}

/* The selected unit is drawn last, with an outline; a hovered one above it. */
function outline() {
  const wanted = [[state && state.selected, SELECTED], [hovered, HOVERED]].filter(([adcode]) => names.has(adcode));
  const now = JSON.stringify(wanted);
  if (now === outlined) return;
  outlined = now;
  names.forEach((unit) => unit.paths.forEach((path) => path.options.color !== BORDER.color && path.setStyle(BORDER)));
  wanted.forEach(([adcode, style]) =>
    names.get(adcode).paths.forEach((path, place) =>
      path.setStyle(place ? { ...style, weight: style.weight * 0.6 } : style).bringToFront()
    )
  );
  dashes.forEach((line) => line.bringToFront());
}

function relabel() {
  if (state) label(maps[0], [...names.values()]);
}

/* ---- hover, click ---- */

function unitAt(map, event) {
  const at = map.mouseEventToLayerPoint(event);
  const inside = event.target.getAttribute && event.target.getAttribute("data-adcode");
  let near = "";
  let distance = CATCH_PX;
  names.forEach((unit) => {
    if (unit.width > SMALL_PX) return;
    const away = map.latLngToLayerPoint(unit.at).distanceTo(at);
    if (away < distance) [near, distance] = [unit.adcode, away];
  });
  return near || inside || "";
}

function listen() {
  maps.forEach((map) => {
    const pane = map.getContainer();
    pane.addEventListener("mousemove", (event) => hover(unitAt(map, event), event));
    pane.addEventListener("mouseleave", () => hover(""));
    map.on("click", ({ originalEvent }) => {
      const adcode = unitAt(map, originalEvent);
      if (adcode) select(adcode);
    });
    pane.addEventListener("wheel", () => (moved = true), { passive: true });
    map.on("dblclick", () => (moved = true));
  });
}

/* A choice of the selected unit takes the choice back. */
function select(adcode) {
  tip(null);
  const chosen = state && state.selected === adcode ? "" : adcode;
  window.Streamlit.setComponentValue({ province: chosen, at: Date.now() });
}

function hover(adcode, event) {
  if (adcode !== hovered) {
    hovered = adcode;
    outline();
    rows(adcode);
  }
  tip(adcode ? names.get(adcode) : null, event && [event.clientX, event.clientY]);
}

function tip(unit, at) {
  const box = document.getElementById("tip");
  box.hidden = !(unit && unit.cell);
  if (box.hidden) return;
  if (box.dataset.adcode !== unit.adcode || box.dataset.shows !== state.shows + state.lang) {
    box.dataset.adcode = unit.adcode;
    box.dataset.shows = state.shows + state.lang;
    box.replaceChildren();
    unit.cell.lines.forEach((line) => (element("div", {}, box).textContent = line));
  }
  const point = at || centre(unit);
  const { offsetWidth: width, offsetHeight: height } = box;
  const right = document.documentElement.clientWidth;
  const left = point[0] + 14 + width > right ? point[0] - 14 - width : point[0] + 14;
  const top = point[1] + 14 + height > document.body.offsetHeight ? point[1] - 10 - height : point[1] + 14;
  box.style.left = `${Math.max(2, Math.min(left, right - width - 2))}px`;
  box.style.top = `${Math.max(2, top)}px`;
}

function centre(unit) {
  const point = maps[0].latLngToContainerPoint(unit.at);
  const corner = maps[0].getContainer().getBoundingClientRect();
  return [point.x + corner.left, point.y + corner.top];
}

/* Dim every unit that is not of the class or the status; null shows all again. */
function only(wanted) {
  names.forEach((unit) => {
    const kept = !wanted || !unit.cell || wanted(unit.cell);
    unit.paths.forEach((path) => path.getElement().classList.toggle("dim", !kept));
  });
}

/* ---- keyboard: one tab stop; arrows walk, Enter selects, Escape leaves ---- */

const AIM = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function keyboard(main) {
  main.setAttribute("tabindex", "0");
  main.setAttribute("role", "application");
  main.addEventListener("keydown", (event) => {
    if (AIM[event.key]) {
      walk(AIM[event.key]);
    } else if (event.key === "Enter" || event.key === " ") {
      if (hovered) select(hovered);
    } else if (event.key === "Escape") {
      hover("");
      main.blur();
    } else if (event.key === "+" || event.key === "=") {
      zoom(maps[0], 1);
    } else if (event.key === "-") {
      zoom(maps[0], -1);
    } else if (event.key === "0") {
      home();
    } else {
      return;
    }
    event.preventDefault();
  });
  main.addEventListener("focus", () => state && speak(state.hint));
  main.addEventListener("blur", () => hover(""));
}

/* The nearest unit in a direction: what lies aside counts twice as far. */
function walk([east, north]) {
  const start = names.get(hovered || state.selected);
  const middle = maps[0].getCenter();
  let best = null;
  let least = Infinity;
  names.forEach((unit) => {
    if (unit === start) return;
    const away = start ? [unit.at.lng - start.at.lng, unit.at.lat - start.at.lat] : [0, 0];
    const ahead = away[0] * east + away[1] * north;
    const aside = Math.abs(away[0] * north) + Math.abs(away[1] * east);
    const cost = start ? ahead + 2 * aside : Math.hypot(unit.at.lat - middle.lat, unit.at.lng - middle.lng);
    if ((!start || ahead > aside * 0.35) && cost < least) [best, least] = [unit, cost];
  });
  if (!best) return;
  if (!maps[0].getBounds().contains(best.at)) maps[0].panTo(best.at, { animate: false });
  hover(best.adcode);
  speak(best.cell.lines.join(". "));
}

function speak(text) {
  document.getElementById("say").textContent = text;
}

/* Where a unit's label point is in the frame, in pixels. */
const pointOf = (adcode) => centre(names.get(adcode));

window.Atlas = { create, paint, pointOf };
