/* Labels on a tile grid: each tile has its name over its value, and marks in its upper corners. */

import {
  FONT_PX,
  installLabels,
  LINE_GAP_PX,
  nameOption,
  SMALL_FONT_PX,
  showLabels,
  textWidth,
  typePx,
  unitMarks,
} from "./labels.js";
import { view } from "./view.js";

const TILE_EDGE_PX = 2; // between a text and the edge of its tile
const TWO_LINES_PX = 30; // least width of a tile with a value below the name
const MARKED_PX = 40; // least width of a tile whose texts make room for marks

const NO_INSET = ".pane .sea, .pane .sea-name { display: none; }";

/**
 * Draw the labels of tiles whenever the map asks for them.
 * @param {string} style the style sheet of labels
 */
export function installTileLabels(style) {
  installLabels(style + NO_INSET, drawTileLabels);
}

function drawTileLabels(pane, place) {
  const { main } = pane;
  if (!main.getSize().x) return;
  const scale = main.options.crs.scale(main.getZoom());
  const corner = main.containerPointToLayerPoint([0, 0]);
  const units = [...view.units.values()];
  const options = new Map();
  const labels = units.flatMap((unit) => {
    unit.width = scale * unit.extent;
    options.set(unit.adcode, tileName(unit));
    const { x, y } = main.latLngToContainerPoint(unit.at);
    return tileLabels(unit, [x, y], options.get(unit.adcode), unitMarks(unit, place), place);
  });
  showLabels(pane, place, labels, corner, (adcode) => options.get(adcode));
}

/* The full name if the tile is wide enough, else the short one. */
function tileName({ adcode, short, width }) {
  const code = view.texts.codes?.[view.state.lang]?.[adcode] ?? short;
  const names = [nameOption(short, FONT_PX, false), nameOption(short, SMALL_FONT_PX, false)];
  const fits = names.find(({ size }) => size[0] <= width - 2 * TILE_EDGE_PX);
  return fits ?? nameOption(code, FONT_PX, false);
}

function tileLabels({ adcode, width, cells }, [x, y], name, marks, place) {
  const figure = cells[place].number ?? "";
  const size = [textWidth(figure, SMALL_FONT_PX), typePx(SMALL_FONT_PX) + LINE_GAP_PX];
  const hasFigure = figure && size[0] <= width - 2 * TILE_EDGE_PX && width >= TWO_LINES_PX;
  const line = name.size[1];
  const top = y + (marks.length && width >= MARKED_PX ? line / 3 : 0);
  const nameAt = [x, hasFigure ? top - line / 2 : top];
  const corners = marks.map((kind, row) => {
    const side = kind === "•" ? 8 : 13;
    const edge = width / 2 - side / 2 - 1;
    const at = [row ? x - edge : x + edge, y - edge];
    return { adcode, kind, at, size: [side, side], isOver: true };
  });
  return [
    { adcode, kind: "name", at: nameAt, size: name.size, option: 0, isOver: true },
    ...(hasFigure ? [{ adcode, kind: "figure", at: [x, top + line / 2], size, isOver: true }] : []),
    ...corners,
  ];
}
