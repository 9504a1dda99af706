/* Draws names on the map, with leaders where they are in the sea, and marks: the sign of a chosen
 * province, the number of a listed one, "?" for a doubtful value, a dot for an uncertain rank. */

import { addElement, addSvgElement, SVG_NAMESPACE } from "./elements.js";
import { placeLabels } from "./label_placement.js";
import { buildLandGrid } from "./land_grid.js";
import { haloColour, textColour } from "./looks.js";
import { view } from "./view.js";

const NARROW_PX = 600; // narrower frames have short names
const ZOOMED = 0.5; // zoom levels from which a narrow map has full names, too
export const FONT_PX = 11;
export const SMALL_FONT_PX = 10;
const PRESENTING_FACTOR = 1.5; // of the sizes, while the map is presented
export const LINE_GAP_PX = 1; // a line is higher than its font by this
const LETTER_PX = 0.5; // room for each letter of a name that runs downwards
const DOT_PX = 1.6; // radius of the point where a leader begins
const OBSTACLES = "#zoom";
const KEPT = 24; // placements and grids that are kept
const ruler = document.createElement("canvas").getContext("2d");
const textWidths = new Map();
const grids = new Map(); // by view
const placements = new Map(); // by view, names and marks
const drawn = []; // by pane: what is on the map now

/**
 * Draw labels whenever the map asks for them; without a state there are none.
 * @param {string} style the style sheet of labels
 * @param {(pane: Pane, place: number) => void} [drawLabels] draws those of a pane
 */
export function installLabels(style, drawLabels = drawPaneLabels) {
  addElement("style", {}, document.head).textContent = style;
  view.drawLabels = () => {
    if (view.state) view.panes.forEach(drawLabels);
  };
}

function drawPaneLabels(pane, place) {
  const { x: width, y: height } = pane.main.getSize();
  if (!width || !height) return;
  const scale = pane.main.options.crs.scale(pane.main.getZoom());
  const origin = pane.main.getPixelOrigin();
  const corner = pane.main.containerPointToLayerPoint([0, 0]);
  const projection = { scale, left: -origin.x - corner.x, top: -origin.y - corner.y };
  const units = [...view.units.values()];
  for (const unit of units) unit.width = scale * unit.extent;
  const options = units.map((unit) => nameOptions(unit, pane, place, width));
  const marks = units.map((unit) => unitMarks(unit, place));
  const obstacles = obstacleBoxes(pane);
  const viewKey = [scale, projection.left, projection.top, width, height].join();
  const names = options.map((option) => option.map(({ text }) => text).join()).join();
  const key = [viewKey, obstacles.join(), names, marks.join(";")].join("/");
  const labels = remember(placements, key, () => {
    const size = [width, height];
    const rings = units.map((unit) => unit.rings);
    const grid = remember(grids, viewKey, () => buildLandGrid(rings, view.lines, projection, size));
    const unitPoint = ({ lat, lng }) => [
      projection.left + scale * lng,
      projection.top - scale * lat,
    ];
    const labelUnits = units.map(({ adcode, at }, row) => ({
      adcode,
      at: unitPoint(at),
      names: options[row],
      marks: marks[row],
    }));
    return placeLabels(labelUnits, grid, obstacles);
  });
  showLabels(pane, place, labels, corner, (adcode, option) => {
    return options[units.findIndex((unit) => unit.adcode === adcode)][option];
  });
}

/* Return what is kept under a key; else make it, and forget the oldest if there are too many. */
function remember(kept, key, make) {
  if (!kept.has(key)) {
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value);
    kept.set(key, make());
  }
  return kept.get(key);
}

/* The ways to write a name, the best one first: see NameOption in label_placement.js. */
function nameOptions({ adcode, short, cells }, { main, wholeZoom }, place, width) {
  const code = view.texts.codes?.[view.state.lang]?.[adcode] ?? short;
  const isZoomed = main.getZoom() > wholeZoom + ZOOMED;
  const isNarrow = width < NARROW_PX;
  const isShort = isNarrow && view.panes[0].box.parentElement.clientWidth < NARROW_PX;
  const full = [
    nameOption(short, FONT_PX, !isNarrow),
    nameOption(short, SMALL_FONT_PX, false),
    ...(/^\p{Script=Han}{2,}$/u.test(short) ? [nameOption(short, FONT_PX, false, true)] : []),
  ];
  const shortened = [nameOption(code, FONT_PX, true), nameOption(code, SMALL_FONT_PX, false)];
  const number = view.playedYear ? "" : cells[place]?.number;
  const withNumber = (name) =>
    number
      ? [numberedOption(name, number, FONT_PX), numberedOption(name, number, SMALL_FONT_PX)]
      : [];
  if (isShort && !isZoomed) return [...withNumber(code), ...shortened];
  return [
    ...withNumber(short),
    ...full,
    { ...nameOption(code, FONT_PX, true), isSubstitute: !isNarrow },
  ];
}

/* A name with its value below it; only over its unit, so that it takes no room from other names. */
function numberedOption(name, number, font) {
  const width = Math.max(textWidth(name, font), textWidth(number, font));
  const option = nameOption(name, font, false);
  return {
    ...option,
    text: `${name}\n${number}`,
    size: [width, 2 * (typePx(font) + LINE_GAP_PX)],
    className: `${option.className} numbered`.trim(),
  };
}

export function nameOption(text, font, mayLeave, isVertical = false) {
  const line = typePx(font) + LINE_GAP_PX;
  const size = isVertical
    ? [line, Math.ceil([...text].length * (typePx(font) + LETTER_PX))]
    : [textWidth(text, font), line];
  const className = [font < FONT_PX && "small", isVertical && "vertical"].filter(Boolean).join(" ");
  return { text, size, mayLeave, className };
}

/* What is drawn at a unit's label point, from left to right. While years play, names stay where they
 * are: marks and values of a year would place them anew, which takes longer than a frame. */
export function unitMarks({ adcode, cells }, place) {
  return [
    view.signs.has(adcode) && "sign",
    view.panes[place].numbers.has(adcode) && "number",
    !view.playedYear && cells[place]?.mark,
  ].filter(Boolean);
}

/* What lies over a main map: the inset, its name and the buttons, in pixels of the map. */
function obstacleBoxes({ main, sea, seaName }) {
  const frame = main.getContainer().getBoundingClientRect();
  const elements = [sea.getContainer(), seaName, ...document.querySelectorAll(OBSTACLES)];
  return elements
    .map((element) => element.getBoundingClientRect())
    .filter((box) => box.width && box.right > frame.left && box.left < frame.right)
    .filter((box) => box.bottom > frame.top && box.top < frame.bottom)
    .map((box) => [
      Math.round(box.left - frame.left),
      Math.round(box.top - frame.top),
      Math.round(box.right - frame.left),
      Math.round(box.bottom - frame.top),
    ]);
}

/* Show labels at their places; if they are there already, only their looks change. */
export function showLabels({ main }, place, labels, corner, optionOf) {
  const holder = drawn[place]?.holder ?? addHolder(main);
  if (drawn[place]?.labels !== labels) {
    holder.style.transform = `translate(${corner.x}px, ${corner.y}px)`;
    const leaders = document.createElementNS(SVG_NAMESPACE, "svg");
    for (const { leader } of labels) if (leader) drawLeader(leader, leaders);
    const elements = labels.map((label) => labelElement(label, optionOf));
    holder.replaceChildren(leaders, ...elements);
    drawn[place] = { holder, labels, elements };
  }
  for (const [row, label] of labels.entries()) {
    paintLabel(drawn[place].elements[row], label, place, optionOf);
  }
}

/* The element that holds the labels of a map; it moves with the map and hides while it zooms. */
function addHolder(main) {
  return addElement("div", { class: "labels leaflet-zoom-hide" }, main.getPanes().markerPane);
}

function drawLeader([start, end], svg) {
  const line = { x1: start[0], y1: start[1], x2: end[0], y2: end[1] };
  addSvgElement("line", { ...line, class: "leader-edge" }, svg);
  addSvgElement("line", { ...line, class: "leader" }, svg);
  addSvgElement("circle", { cx: start[0], cy: start[1], r: DOT_PX, class: "leader" }, svg);
}

function labelElement({ adcode, kind, at, size, option }, optionOf) {
  const element = document.createElement("div");
  element.dataset.adcode = adcode;
  Object.assign(element.style, {
    left: `${at[0] - size[0] / 2}px`,
    top: `${at[1] - size[1] / 2}px`,
    width: `${size[0]}px`,
    height: `${size[1]}px`,
  });
  if (kind === "name") element.textContent = optionOf(adcode, option).text;
  return element;
}

/* Give a label the colours and content of what is painted now. */
function paintLabel(element, { adcode, kind, isOver, option }, place, optionOf) {
  const cell = view.units.get(adcode).cells[place];
  const colour = isOver ? textColour(cell) : "dark";
  const halo = isOver ? haloColour(cell) : view.colours.surface;
  const setContent = (content, make) => {
    if (element.dataset.content === content) return;
    element.dataset.content = content;
    element.replaceChildren(make());
  };
  let className = `${kind} ${colour}`;
  if (kind === "name") {
    className += ` ${optionOf(adcode, option).className}`;
  } else if (kind === "sign") {
    const look = view.signs.get(adcode);
    setContent(look.join(), () => provinceSign(...look));
  } else if (kind === "figure") {
    setContent(cell.number, () => document.createTextNode(cell.number));
  } else if (kind === "number") {
    const number = view.panes[place].numbers.get(adcode);
    setContent(number, () => document.createTextNode(number));
  } else {
    className = kind === "?" ? "mark" : `dot ${colour}`;
    setContent(kind, () => document.createTextNode(kind));
  }
  if (element.className !== className.trim()) element.className = className.trim();
  if (element.dataset.halo !== halo) {
    element.dataset.halo = halo;
    element.style.setProperty("--halo", halo);
  }
}

/* The sign of a chosen province: its colour and shape, as on every chart of the page. */
function provinceSign(colour, outline) {
  const svg = document.createElementNS(SVG_NAMESPACE, "svg");
  svg.setAttribute("viewBox", "-8 -8 16 16");
  const stroke = { stroke: view.colours.surface, "stroke-width": 1.6, "paint-order": "stroke" };
  addSvgElement("path", { d: outline, fill: colour, ...stroke }, svg);
  return svg;
}

/**
 * Return the size of type on the map as it is shown; it is larger while the map is presented.
 * @param {number} font in pixels
 * @returns {number}
 */
export function typePx(font) {
  return document.body.classList.contains("presenting") ? font * PRESENTING_FACTOR : font;
}

/* The width of a text in the type of the frame, in whole pixels. */
export function textWidth(text, font) {
  const px = typePx(font);
  const key = `${px}/${text}`;
  if (!textWidths.has(key)) {
    const { fontFamily } = getComputedStyle(document.body);
    ruler.font = `${px}px ${fontFamily}`;
    textWidths.set(key, Math.ceil(ruler.measureText(text).width));
  }
  return textWidths.get(key);
}
