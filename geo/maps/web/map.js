/* The map inside its frame: drawn once, restyled with every change of measure.
 *
 * Atlas.create(id, frame) lays out one or more panes, each a main map and the inset of the South
 * China Sea, from the geometry that the page has loaded as a separate file. Atlas.paint(state)
 * recolours them. Hover, keyboard and legend are handled here, in all panes at once and without
 * the server; a click sends one adcode. Texts arrive as data and are written as text, never as
 * markup.
 */
const CATCH_PX = 13; // distance at which the pointer catches a very small unit
const CATCH_INSIDE_PX = 7; // the same from inside another unit
const SMALL_PX = 16; // units narrower than this on screen are very small

let state = null; // the last painted state
let names = new Map(); // adcode -> unit: {at, short, paths: [main, inset, ...], cells: [by pane], width}
let chosen = new Map(); // adcode -> [colour, outline] of the provinces that are compared
let dashes = []; // the dashes in all maps, drawn above all units
let outlined = ""; // the current outline and its style
let hovered = "";

function create(id, given) {
  frame = given;
  element("style", {}, document.head).textContent = STYLE;
  document.body.classList.add("atlas");
  for (let place = 0; place < frame.panes; place += 1) addPane(id, place);
  element("div", { id: "say", "aria-live": "polite", role: "status" }, document.body);
  layout();
  const shapes = decode(window.ATLAS_BOUNDARIES);
  const objects = window.ATLAS_BOUNDARIES.objects;
  panes.forEach(({ main, sea }) => [main, sea].forEach((map, inset) => draw(map, inset, shapes, objects)));
  controls();
  panes.forEach(({ main }) => {
    main.on("move", () => follow(main));
    main.on("zoomstart dragstart", () => tip(null));
    main.on("dragstart", () => (moved = true));
  });
  panes[0].main.on("zoomend", relabel);
  listen();
  keyboard(panes[0].main.getContainer());
  page();
  window.Streamlit.setFrameHeight = resize(window.Streamlit.setFrameHeight);
  new ResizeObserver(() => window.Streamlit.setFrameHeight()).observe(document.documentElement);
  return panes[0].main;
}

/* ---- drawing ---- */

function draw(map, inset, shapes, objects) {
  shapes(objects.provinces).forEach(({ properties, latlngs }) => {
    const path = L.polygon(latlngs, { ...BORDER, fillOpacity: 1, className: "unit", smoothFactor: 0.4 });
    path.addTo(map);
    path.getElement().setAttribute("data-adcode", properties.adcode);
    const unit = names.get(properties.adcode) || {
      adcode: properties.adcode,
      at: L.latLng(properties.y / KM10, properties.x / KM10),
      paths: [],
      cells: [],
    };
    unit.paths.push(path);
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
  dashes = dashes.concat(line("dashes", { color: "#4a525c", weight: inset ? 1.4 : 1.8 }));
}

/* state: {shows, lang, label, hint, buttons, selected, inset, names: [[adcode, short name]],
 * chosen: [[adcode, colour, outline]], panes: [{title, looks: [[class, status, fill, pattern]],
 * cells: [[look, mark, lines of the tooltip below the name]]}]}, cells in the order of names.
 * Returns a layer, as the frame expects one. */
function paint(text) {
  state = JSON.parse(text);
  // Setting even the same language would make the browser restyle the whole frame.
  const root = document.documentElement;
  if (root.lang !== state.lang) root.lang = state.lang;
  if (window.frameElement) window.parent.document.body.classList.add("atlas-painted");
  document.getElementById("map_div").setAttribute("aria-label", state.label);
  chosen = new Map(state.chosen.map(([adcode, ...look]) => [adcode, look]));
  state.panes.forEach((pane, place) => {
    panes[place].title.textContent = pane.title;
    panes[place].seaName.textContent = state.inset;
    state.names.forEach(([adcode, short], row) => {
      const unit = names.get(adcode);
      const [look, mark, lines] = pane.cells[row];
      const [group, status, colour, pattern] = pane.looks[look];
      unit.short = short;
      unit.cells[place] = { group, status, fill: colour, pattern, mark, lines };
      const fillColor = fill(unit.cells[place]);
      unit.paths
        .slice(2 * place, 2 * place + 2)
        .forEach((path) => path.options.fillColor !== fillColor && path.setStyle({ fillColor }));
    });
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

/* The selected unit is drawn above the others, with an outline; a hovered one above it. */
function outline() {
  const wanted = [[state && state.selected, SELECTED], [hovered, HOVERED]].filter(([adcode]) => names.has(adcode));
  const now = JSON.stringify(wanted);
  if (now === outlined) return;
  outlined = now;
  names.forEach((unit) => unit.paths.forEach((path) => path.options.color !== BORDER.color && path.setStyle(BORDER)));
  wanted.forEach(([adcode, style]) =>
    names.get(adcode).paths.forEach((path, place) =>
      path.setStyle(place % 2 ? { ...style, weight: style.weight * 0.6 } : style).bringToFront()
    )
  );
  dashes.forEach((line) => line.bringToFront());
}

function relabel() {
  if (state) panes.forEach(({ main }, place) => label(place, main, [...names.values()], chosen));
}

/* ---- hover, click ---- */

function unitAt(map, event) {
  const at = map.mouseEventToLayerPoint(event);
  const inside = event.target.getAttribute && event.target.getAttribute("data-adcode");
  let near = "";
  let distance = inside ? CATCH_INSIDE_PX : CATCH_PX;
  names.forEach((unit) => {
    if (unit.width > SMALL_PX) return;
    const away = map.latLngToLayerPoint(unit.at).distanceTo(at);
    if (away < distance) [near, distance] = [unit.adcode, away];
  });
  return near || inside || "";
}

function listen() {
  panes.forEach(({ main, sea }, place) =>
    [main, sea].forEach((map) => {
      const pane = map.getContainer();
      pane.addEventListener("mousemove", (event) => hover(unitAt(map, event), event, place));
      pane.addEventListener("mouseleave", () => hover(""));
      map.on("click", ({ originalEvent }) => {
        const adcode = unitAt(map, originalEvent);
        if (adcode) select(adcode);
      });
      pane.addEventListener("wheel", () => (moved = true), { passive: true });
      map.on("dblclick", () => (moved = true));
    })
  );
}

/* Choosing the selected unit clears the selection. */
function select(adcode) {
  tip(null);
  const taken = state && state.selected === adcode ? "" : adcode;
  window.Streamlit.setComponentValue({ province: taken, at: Date.now() });
}

function hover(adcode, event, place = 0) {
  if (adcode !== hovered) {
    hovered = adcode;
    outline();
    rows(adcode);
  }
  tip(adcode ? names.get(adcode) : null, event && [event.clientX, event.clientY], place);
}

/* Dim every unit outside the class or status in some panes; null shows all again. */
function only(wanted, places) {
  names.forEach((unit) =>
    unit.paths.forEach((path, row) => {
      const place = Math.floor(row / 2);
      const kept = !wanted || (places && !places.includes(place)) || !unit.cells[place] || wanted(unit.cells[place]);
      path.getElement().classList.toggle("dim", !kept);
    })
  );
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
      zoom(1);
    } else if (event.key === "-") {
      zoom(-1);
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

/* The nearest unit in a direction; sideways distance counts twice. */
function walk([east, north]) {
  const { main } = panes[0];
  const start = names.get(hovered || state.selected);
  const middle = main.getCenter();
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
  if (!main.getBounds().contains(best.at)) main.panTo(best.at, { animate: false });
  hover(best.adcode);
  const told = best.cells.flatMap(({ lines }, place) => [state.panes[place].title, ...lines]);
  speak([best.short, ...told].filter(Boolean).join(". "));
}

function speak(text) {
  document.getElementById("say").textContent = text;
}

window.Atlas = {
  create,
  paint,
  pointOf: (adcode, place = 0) => centre(names.get(adcode), place),
  viewOf: (place) => [panes[place].main.getZoom(), panes[place].main.getCenter().lat, panes[place].main.getCenter().lng],
};
