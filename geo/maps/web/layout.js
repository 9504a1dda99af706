/* Layout of the panes: one map, or several side by side that move together.
 *
 * A pane is a main map with its inset of the South China Sea, and a title where there are several.
 */
const WIDE_PX = 520; // from this width on, the inset of a single map is beside it
const SIDE_PX = 128; // the column of the inset, and its height on a narrow screen
const STRIP_PX = 168;
const SHAPE = 1.2; // width over height of the main map
const MIN_HEIGHT = 250;
const ZOOM_STEPS = 5;
const TITLE_PX = 40; // two lines over each of several panes
const GAP_PX = 16;
const LEAST_PX = 310; // a pane narrower than this moves to the next row
const SMALLEST_SIDE_PX = 78;

let frame = null; // bounds of the two maps in metres, number of panes, height around them
let panes = []; // {box, title, seaName, main, sea, tip}: the elements, and the two maps of each
let moved = false; // whether the reader has left the first view

function element(tag, attributes, parent) {
  const made = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  parent.append(made);
  return made;
}

/* The first pane uses the element that the frame has created for a map. */
function addPane(id, place) {
  const box = element("div", { class: "pane" }, document.body);
  const title = element("div", { class: "title" }, box);
  const main = place ? element("div", { id: `${id}_${place}`, "aria-hidden": "true" }, box) : document.getElementById(id);
  box.append(main);
  const sea = element("div", { id: place ? `inset_${place}` : "inset", class: "sea", "aria-hidden": "true" }, box);
  const seaName = element("div", { class: "sea-name", "aria-hidden": "true" }, box);
  const tip = element("div", { id: place ? `tip_${place}` : "tip", class: "atlas-tip", hidden: "" }, document.body);
  main.classList.add("main");
  const options = {
    crs: L.CRS.Simple,
    attributionControl: false,
    zoomControl: false,
    keyboard: false,
    zoomSnap: 0,
    zoomDelta: 0.75,
    wheelPxPerZoomLevel: 90,
    maxBoundsViscosity: 0.9,
    zoomAnimation: frame.panes === 1, // several panes must show the same extent at any time
  };
  const fixed = {
    dragging: false,
    scrollWheelZoom: false,
    doubleClickZoom: false,
    touchZoom: false,
    boxZoom: false,
  };
  panes.push({
    box,
    title,
    seaName,
    tip,
    main: L.map(main, { ...options, renderer: L.svg({ padding: frame.panes === 1 ? 0.6 : 0.3 }) }),
    sea: L.map(sea, { ...options, ...fixed, renderer: L.svg({ padding: 0 }) }),
  });
}

function sizes() {
  const width = document.documentElement.clientWidth;
  const many = panes.length > 1;
  const columns = Math.max(1, Math.min(panes.length, Math.floor((width + GAP_PX) / (LEAST_PX + GAP_PX))));
  const across = Math.floor((width - GAP_PX * (columns - 1)) / columns);
  const beside = many || across >= WIDE_PX;
  const side = many ? Math.round(Math.max(SMALLEST_SIDE_PX, Math.min(SIDE_PX, across * 0.2))) : SIDE_PX;
  const room = beside ? across - side : across;
  const tallest = Math.max(MIN_HEIGHT, window.parent.innerHeight - frame.rest);
  const height = Math.round(Math.min(tallest, Math.max(many ? 0 : MIN_HEIGHT, room / SHAPE)));
  const title = many ? TITLE_PX : 0;
  const tall = title + height + (beside ? 0 : STRIP_PX);
  const rows = Math.ceil(panes.length / columns);
  return { columns, across, beside, side, height, title, tall, total: rows * tall + (rows - 1) * GAP_PX };
}

/* Lay out the frame and fit all maps, unless the reader has zoomed or moved them. */
function layout() {
  const own = sizes();
  document.body.classList.toggle("wide", own.beside);
  document.body.classList.toggle("many", panes.length > 1);
  const set = (name, px) => document.body.style.setProperty(name, `${px}px`);
  set("--map-height", own.height);
  set("--title", own.title);
  set("--side", own.beside ? own.side : 0);
  set("--inset", own.side - 10);
  document.body.style.height = `${own.total}px`;
  const view = bounds(frame.main);
  panes.forEach(({ box, main, sea }, place) => {
    box.style.left = `${(place % own.columns) * (own.across + GAP_PX)}px`;
    box.style.top = `${Math.floor(place / own.columns) * (own.tall + GAP_PX)}px`;
    box.style.width = `${own.across}px`;
    box.style.height = `${own.tall}px`;
    [main, sea].forEach((map) => map.invalidateSize({ animate: false, pan: false }));
    sea.setMinZoom(-20).fitBounds(bounds(frame.inset), { animate: false, padding: [2, 2] });
    main.setMinZoom(-20); // no lower limit: the screen may have become smaller
    const fit = main.getBoundsZoom(view, false, L.point(6, 6));
    main.setMaxZoom(fit + ZOOM_STEPS);
    if (!moved) main.setMaxBounds(null).fitBounds(view, { animate: false, padding: [3, 3] });
    main.setMinZoom(fit).setMaxBounds(view.pad(0.25));
  });
  relabel();
  return own.total;
}

/* Sets the height of the frame from the size of the screen, which Streamlit does not know. */
function resize(setFrameHeight) {
  let last = "";
  return function () {
    const now = `${document.documentElement.clientWidth}/${window.parent.innerHeight}`;
    if (now !== last && panes.length) {
      last = now;
      setFrameHeight.call(window.Streamlit, layout());
    }
  };
}

/* Moves the other main maps to the extent of this one. */
let following = false;
function follow(lead) {
  if (following) return;
  following = true;
  panes.forEach(({ main }) => main !== lead && main.setView(lead.getCenter(), lead.getZoom(), { animate: false }));
  following = false;
}

function home() {
  moved = false;
  layout();
}

function zoom(direction) {
  const { main } = panes[0];
  moved = true;
  main.setZoom(main.getZoom() + direction * main.options.zoomDelta);
}

function controls() {
  const bar = element("div", { id: "zoom" }, document.body);
  const button = (sign, act) => {
    // Not a tab stop: the map is one, and has keys for zooming.
    const made = element("button", { type: "button", tabindex: "-1" }, bar);
    made.textContent = sign;
    made.addEventListener("click", act);
  };
  button("+", () => zoom(1));
  button("−", () => zoom(-1));
  button("⌂", home);
}
