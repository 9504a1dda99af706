/* Names on the map, and the marks: "?" of a doubtful figure, a dot of a rank that is not sure. */

const LABEL_GAP_PX = 3;
let labels = new Map(); // adcode and kind -> {marker, drawn}: what stands on the map now

/* Short names where they fit without touching one another, and marks.
 * Large units come first; a name that would not fit inside its unit's width is left out. */
function label(map, units) {
  const taken = [];
  const kept = new Map();
  const clear = (box) => taken.every((b) => box[0] > b[2] || box[2] < b[0] || box[1] > b[3] || box[3] < b[1]);
  units.forEach((unit) => {
    const box = unit.paths[0].getBounds();
    const corners = [map.latLngToLayerPoint(box.getNorthWest()), map.latLngToLayerPoint(box.getSouthEast())];
    unit.width = corners[1].x - corners[0].x;
  });
  const put = (unit, text, className, width, height, drop) => {
    const at = map.latLngToLayerPoint(unit.at).add([0, drop]);
    const box = [at.x - width / 2 - LABEL_GAP_PX, at.y - height / 2, at.x + width / 2 + LABEL_GAP_PX, at.y + height / 2];
    if (!clear(box)) return;
    taken.push(box);
    const key = unit.adcode + (text === unit.cell.mark ? text : "");
    const drawn = [text, className, drop].join();
    const old = labels.get(key);
    labels.delete(key);
    if (old && old.drawn === drawn) return kept.set(key, old);
    if (old) old.marker.remove();
    const word = document.createElement("span");
    word.textContent = text;
    const icon = L.divIcon({ className, iconSize: [width, height], iconAnchor: [width / 2, height / 2 - drop], html: word });
    kept.set(key, { drawn, marker: L.marker(unit.at, { icon, interactive: false, keyboard: false }).addTo(map) });
  };
  units.filter((unit) => unit.cell.mark).forEach((unit) => {
    const sure = unit.cell.mark === "?";
    put(unit, unit.cell.mark, sure ? "mark" : `dot ${ink(unit.cell)}`, sure ? 13 : 8, sure ? 13 : 8, 0);
  });
  units.sort((a, b) => b.width - a.width).forEach((unit) => {
    const width = measure(unit.cell.short);
    const drop = unit.cell.mark ? 12 : 0;
    if (width < unit.width * 0.8) put(unit, unit.cell.short, `name ${ink(unit.cell)}`, width, 13, drop);
  });
  labels.forEach(({ marker }) => marker.remove());
  labels = kept;
}

const ruler = document.createElement("canvas").getContext("2d");
const widths = new Map();
function measure(text) {
  if (!widths.size) ruler.font = getComputedStyle(document.body).font || "11px sans-serif";
  if (!widths.has(text)) widths.set(text, Math.ceil(ruler.measureText(text).width) + 2);
  return widths.get(text);
}
