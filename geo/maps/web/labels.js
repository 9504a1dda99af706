/* Names on the map, and marks: the sign of a chosen province, "?" for a doubtful value, a dot for
 * an uncertain rank. */

const LABEL_GAP_PX = 3;
const ALONG = [0, 0.25, 0.5, 0.75, 1]; // points along a name that are tested against units
const shares = []; // by pane: the origin of the map, and the share of a box that is over a unit
const labels = []; // by pane: adcode and kind -> {marker, drawn}, what is on the map now

/* Draws marks, and short names where they fit without overlaps.
 * Large units come first; a name wider than its unit is left out. If a mark takes its position, a
 * name goes below or above the mark, wherever more of it is over its unit. */
function label(place, map, units, chosen) {
  const taken = [];
  const shown = map.getSize();
  const before = labels[place] || new Map();
  const kept = new Map();
  const clear = (box) => taken.every((b) => box[0] > b[2] || box[2] < b[0] || box[1] > b[3] || box[3] < b[1]);
  units.forEach((unit) => {
    const box = unit.paths[2 * place].getBounds();
    const corners = [map.latLngToLayerPoint(box.getNorthWest()), map.latLngToLayerPoint(box.getSouthEast())];
    unit.width = corners[1].x - corners[0].x;
  });
  const around = (unit, [width, height], drop) => {
    const at = map.latLngToLayerPoint(unit.at).add([0, drop]);
    return [at.x - width / 2 - LABEL_GAP_PX, at.y - height / 2, at.x + width / 2 + LABEL_GAP_PX, at.y + height / 2];
  };
  /* Whether a box is entirely within the visible height of the map. */
  const whole = (box) => {
    const [top, bottom] = [box[1], box[3]].map((y) => map.layerPointToContainerPoint([0, y]).y);
    return top >= 0 && bottom <= shown.y;
  };
  /* The share of a name that is over a unit, kept until the map zooms: it is slow to find. */
  const origin = `${map.getZoom()}/${map.getPixelOrigin()}`;
  if (!shares[place] || shares[place].origin !== origin) shares[place] = { origin, over: new Map() };
  const over = (unit, box) => {
    const key = `${unit.adcode}/${box}`;
    const known = shares[place].over.get(key);
    if (known !== undefined) return known;
    const path = unit.paths[2 * place].getElement();
    const [left, right] = [box[0] + LABEL_GAP_PX, box[2] - LABEL_GAP_PX];
    const inside = ALONG.filter((share) =>
      path.isPointInFill(new DOMPoint(left + share * (right - left), (box[1] + box[3]) / 2))
    );
    shares[place].over.set(key, inside.length / ALONG.length);
    return inside.length / ALONG.length;
  };
  const put = (unit, kind, html, className, [width, height], drop) => {
    const box = around(unit, [width, height], drop);
    if (!clear(box)) return;
    taken.push(box);
    const key = unit.adcode + kind;
    const drawn = [html.outerHTML, className, drop].join();
    const old = before.get(key);
    before.delete(key);
    if (old && old.drawn === drawn) return kept.set(key, old);
    if (old) old.marker.remove();
    const icon = L.divIcon({ className, iconSize: [width, height], iconAnchor: [width / 2, height / 2 - drop], html });
    kept.set(key, { drawn, marker: L.marker(unit.at, { icon, interactive: false, keyboard: false }).addTo(map) });
  };
  const cell = (unit) => unit.cells[place];
  const drop = (unit) => (chosen.has(unit.adcode) ? 15 : 0);
  units.filter((unit) => chosen.has(unit.adcode)).forEach((unit) => {
    put(unit, "sign", sign(...chosen.get(unit.adcode)), "sign", [16, 16], 0);
  });
  units.filter((unit) => cell(unit).mark).forEach((unit) => {
    const doubt = cell(unit).mark === "?";
    const size = doubt ? [13, 13] : [8, 8];
    put(unit, "mark", word(cell(unit).mark), doubt ? "mark" : `dot ${ink(cell(unit))}`, size, drop(unit));
  });
  units.sort((a, b) => b.width - a.width).forEach((unit) => {
    const width = measure(unit.short);
    if (width >= unit.width * 0.8) return;
    const size = [width, 13];
    const below = drop(unit) + (cell(unit).mark ? 12 : 0);
    const above = chosen.has(unit.adcode) ? -15 : -12;
    const spots = (below ? [below, above] : [0]).map((way) => {
      const box = around(unit, size, way);
      const inside = over(unit, box);
      // Outside its own unit a name may be over sea, but not over another unit.
      const astray = !inside && units.some((other) => over(other, box));
      return { way, inside, free: clear(box) && whole(box) && !astray };
    });
    const best = spots.filter((spot) => spot.free).sort((a, b) => b.inside - a.inside)[0];
    if (!best) return;
    const colour = best.inside > 0.7 ? ink(cell(unit)) : "dark";
    put(unit, "name", word(unit.short), `name ${colour}`, size, best.way);
  });
  before.forEach(({ marker }) => marker.remove());
  labels[place] = kept;
}

function word(text) {
  const made = document.createElement("span");
  made.textContent = text;
  return made;
}

/* The sign of a chosen province: its colour and shape, as on every chart of the page. */
function sign(colour, outline) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "-8 -8 16 16");
  const path = document.createElementNS(SVG, "path");
  Object.entries({ d: outline, fill: colour, stroke: "#fff", "stroke-width": 1.6, "paint-order": "stroke" }).forEach(
    ([name, value]) => path.setAttribute(name, value)
  );
  svg.append(path);
  return svg;
}

const ruler = document.createElement("canvas").getContext("2d");
const widths = new Map();
function measure(text) {
  if (!widths.size) ruler.font = getComputedStyle(document.body).font || "11px sans-serif";
  if (!widths.has(text)) widths.set(text, Math.ceil(ruler.measureText(text).width) + 2);
  return widths.get(text);
}
