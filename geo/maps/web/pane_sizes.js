/* Sizes and positions of the panes in their frame, in pixels. */

const WIDE_PX = 520; // from this width on, the inset of a single map is beside it
const SIDE_PX = 128; // the column of the inset, and its height on a narrow screen
const STRIP_PX = 168;
const SHAPE = 1.2; // width over height of the main map
const MIN_HEIGHT_PX = 250;
const TITLE_PX = 40; // two lines over each of several panes
const GAP_PX = 16;
const MIN_PANE_PX = 310; // a pane narrower than this moves to the next row
const MIN_SIDE_PX = 78;

/**
 * @typedef {object} PaneSizes
 * @property {number} columns
 * @property {number} paneWidth
 * @property {boolean} isInsetBeside whether the inset is beside the main map; else below it
 * @property {number} sideWidth width of the column of the inset
 * @property {number} mapHeight height of the main map
 * @property {number} titleHeight 0 for a single pane
 * @property {number} paneHeight
 * @property {number} totalHeight of the frame
 */

/**
 * Return the sizes of the panes of a frame.
 * @param {object} room
 * @param {number} room.width of the frame
 * @param {number} room.screenHeight of the window around the frame
 * @param {number} room.rest height of what is above and below the map on the page
 * @param {number} room.count number of panes
 * @returns {PaneSizes}
 */
export function paneSizes({ width, screenHeight, rest, count }) {
  const isMany = count > 1;
  const maxColumns = Math.floor((width + GAP_PX) / (MIN_PANE_PX + GAP_PX));
  const columns = Math.max(1, Math.min(count, maxColumns));
  const paneWidth = Math.floor((width - GAP_PX * (columns - 1)) / columns);
  const isInsetBeside = isMany || paneWidth >= WIDE_PX;
  const narrowSide = Math.max(MIN_SIDE_PX, Math.min(SIDE_PX, paneWidth * 0.2));
  const sideWidth = isMany ? Math.round(narrowSide) : SIDE_PX;
  const mapWidth = isInsetBeside ? paneWidth - sideWidth : paneWidth;
  const maxHeight = Math.max(MIN_HEIGHT_PX, screenHeight - rest);
  const shapeHeight = Math.max(isMany ? 0 : MIN_HEIGHT_PX, mapWidth / SHAPE);
  const mapHeight = Math.round(Math.min(maxHeight, shapeHeight));
  const titleHeight = isMany ? TITLE_PX : 0;
  const paneHeight = titleHeight + mapHeight + (isInsetBeside ? 0 : STRIP_PX);
  const rows = Math.ceil(count / columns);
  const totalHeight = rows * paneHeight + (rows - 1) * GAP_PX;
  return {
    columns,
    paneWidth,
    isInsetBeside,
    sideWidth,
    mapHeight,
    titleHeight,
    paneHeight,
    totalHeight,
  };
}

/**
 * Return the box of a pane in its frame.
 * @param {PaneSizes} sizes
 * @param {number} place number of the pane, from 0
 * @returns {{left: number, top: number, width: number, height: number}}
 */
export function paneBox({ columns, paneWidth, paneHeight }, place) {
  return {
    left: (place % columns) * (paneWidth + GAP_PX),
    top: Math.floor(place / columns) * (paneHeight + GAP_PX),
    width: paneWidth,
    height: paneHeight,
  };
}
