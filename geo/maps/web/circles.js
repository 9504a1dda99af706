/* Circles of a total: their areas are in proportion to the values, larger ones below smaller ones.
 *
 * They are drawn before the labels, below them and above all units. The page's legend takes the
 * radius of the largest circle from a property of the document.
 */

import { circleOrder } from "./circle_order.js";
import { view } from "./view.js";

const LARGEST_PX = 30; // radius of the largest circle on a wide map
const WIDTH_SHARE = 0.042; // of the width of a narrower map
const TILE_SHARE = 0.48; // of the width of a tile
const LAYER = "circles"; // above all units, whose outlines come to the front, below the labels
const LAYER_HEIGHT = 450;
const drawn = new WeakMap(); // by map: the circles by adcode

/** Draw circles whenever the map draws its labels. */
export function installCircles() {
  const drawLabels = view.drawLabels;
  view.drawLabels = () => {
    if (view.state) view.panes.forEach(drawCircles);
    drawLabels();
  };
}

/* The sizes of what a pane shows, in the year that is played. */
function currentSizes(place) {
  const frames = view.playedYear ? view.state?.time?.series?.frames : null;
  const frame = frames?.find(({ year }) => year === view.playedYear);
  return frame?.sizes ?? view.state?.panes[place]?.sizes ?? [];
}

function largestRadius({ main, wholeZoom }) {
  const width = main.getSize().x;
  if (!view.frame.grid) return Math.min(LARGEST_PX, width * WIDTH_SHARE);
  const [unit] = view.units.values();
  return TILE_SHARE * unit.extent * main.options.crs.scale(Math.min(wholeZoom, main.getZoom()));
}

function drawCircles(pane, place) {
  const sizes = currentSizes(place);
  const largest = largestRadius(pane);
  if (!largest) return;
  const units = [...view.units.values()];
  const kept = drawn.get(pane.main) ?? new Map();
  drawn.set(pane.main, kept);
  for (const [row, { adcode }] of units.entries()) {
    if (sizes[row] || !kept.has(adcode)) continue;
    kept.get(adcode).remove();
    kept.delete(adcode);
  }
  for (const row of circleOrder(sizes)) {
    const unit = units[row];
    if (!kept.has(unit.adcode)) kept.set(unit.adcode, addCircle(unit, pane));
    const circle = kept.get(unit.adcode);
    circle.setRadius(Math.max(1, Math.abs(sizes[row]) * largest));
    const { circle: colour, surface } = view.colours;
    circle.setStyle(
      sizes[row] < 0 ? { color: colour, fillOpacity: 0 } : { color: surface, fillOpacity: 0.55 },
    );
    circle.bringToFront();
  }
  const page = window.frameElement?.ownerDocument.documentElement;
  if (!place && sizes.length) page?.style.setProperty("--circle-px", `${largest.toFixed(1)}px`);
}

/* A circle that the pointer meets like its unit: it may lie over a neighbour. */
function addCircle({ adcode, at }, { main }) {
  if (!main.getPane(LAYER)) {
    main.createPane(LAYER).style.zIndex = LAYER_HEIGHT;
    main.options.circles = L.svg({ pane: LAYER });
  }
  const circle = L.circleMarker(at, {
    renderer: main.options.circles,
    pane: LAYER,
    weight: 1,
    fillColor: view.colours.circle,
    className: "circle",
  }).addTo(main);
  circle.getElement().setAttribute("data-adcode", adcode);
  return circle;
}
