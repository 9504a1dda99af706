/* Draws names on the map, and marks: the sign of a chosen province, "?" for a doubtful value, a dot
 * for an uncertain rank. */

import { addSvgElement, SVG_NAMESPACE } from "./elements.js";
import { LABEL_GAP_PX, placeLabels } from "./label_placement.js";
import { textColour } from "./looks.js";
import { view } from "./view.js";

const ALONG = [0, 0.25, 0.5, 0.75, 1]; // points along a name that are tested against units
const shareCaches = []; // by pane: the origin of the map, and the share of a box that is over a unit
const labelMarkers = []; // by pane: adcode and kind -> {marker, key}, what is on the map now
const ruler = document.createElement("canvas").getContext("2d");
const textWidths = new Map();

/** Draw the labels of all panes; without a state there are none. */
export function drawLabels() {
  if (view.state) view.panes.forEach(drawPaneLabels);
}

function drawPaneLabels({ main }, place) {
  const units = [...view.units.values()];
  for (const unit of units) {
    const bounds = unit.paths[2 * place].getBounds();
    const [west, east] = [bounds.getNorthWest(), bounds.getSouthEast()];
    unit.width = main.latLngToLayerPoint(east).x - main.latLngToLayerPoint(west).x;
  }
  const top = main.containerPointToLayerPoint([0, 0]).y;
  const labels = placeLabels(
    units.map((unit) => labelUnit(unit, main, place)),
    [top, top + main.getSize().y],
    shareFunction(main, place),
  );
  const before = labelMarkers[place] || new Map();
  const after = new Map();
  for (const label of labels) {
    const unit = view.units.get(label.adcode);
    const { html, className } = labelContent(label, unit, place);
    const name = label.adcode + label.kind;
    const key = [html.outerHTML, className, label.drop].join();
    const old = before.get(name);
    before.delete(name);
    if (old?.key === key) {
      after.set(name, old);
      continue;
    }
    old?.marker.remove();
    after.set(name, { key, marker: labelMarker(label, unit.at, html, className).addTo(main) });
  }
  for (const { marker } of before.values()) marker.remove();
  labelMarkers[place] = after;
}

function labelUnit(unit, map, place) {
  const { x, y } = map.latLngToLayerPoint(unit.at);
  const cell = unit.cells[place];
  return {
    adcode: unit.adcode,
    at: [x, y],
    width: unit.width,
    nameWidth: textWidth(unit.short),
    mark: cell.mark,
    isChosen: view.signs.has(unit.adcode),
    colour: textColour(cell),
  };
}

/* The share of a name that is over a unit, cached until the map zooms: it is slow to find. */
function shareFunction(map, place) {
  const origin = `${map.getZoom()}/${map.getPixelOrigin()}`;
  if (shareCaches[place]?.origin !== origin) shareCaches[place] = { origin, shares: new Map() };
  const { shares } = shareCaches[place];
  return (adcode, box) => {
    const key = `${adcode}/${box}`;
    if (!shares.has(key)) {
      const path = view.units.get(adcode).paths[2 * place].getElement();
      const [left, right] = [box[0] + LABEL_GAP_PX, box[2] - LABEL_GAP_PX];
      const middle = (box[1] + box[3]) / 2;
      const points = ALONG.map((share) => new DOMPoint(left + share * (right - left), middle));
      const inside = points.filter((point) => path.isPointInFill(point));
      shares.set(key, inside.length / ALONG.length);
    }
    return shares.get(key);
  };
}

function labelContent({ kind, colour }, unit, place) {
  if (kind === "sign") {
    return { html: provinceSign(...view.signs.get(unit.adcode)), className: "sign" };
  }
  if (kind === "name") return { html: textSpan(unit.short), className: `name ${colour}` };
  const { mark } = unit.cells[place];
  return { html: textSpan(mark), className: mark === "?" ? "mark" : `dot ${colour}` };
}

function labelMarker({ size: [width, height], drop }, at, html, className) {
  const iconAnchor = [width / 2, height / 2 - drop];
  const icon = L.divIcon({ className, iconSize: [width, height], iconAnchor, html });
  return L.marker(at, { icon, interactive: false, keyboard: false });
}

function textSpan(text) {
  const span = document.createElement("span");
  span.textContent = text;
  return span;
}

/* The sign of a chosen province: its colour and shape, as on every chart of the page. */
function provinceSign(colour, outline) {
  const svg = document.createElementNS(SVG_NAMESPACE, "svg");
  svg.setAttribute("viewBox", "-8 -8 16 16");
  const stroke = { stroke: view.colours.surface, "stroke-width": 1.6, "paint-order": "stroke" };
  addSvgElement("path", { d: outline, fill: colour, ...stroke }, svg);
  return svg;
}

/* The width of a text in the type of the frame, in pixels. */
function textWidth(text) {
  if (!textWidths.size) ruler.font = getComputedStyle(document.body).font || "11px sans-serif";
  if (!textWidths.has(text)) {
    textWidths.set(text, Math.ceil(ruler.measureText(text).width) + 2);
  }
  return textWidths.get(text);
}
