/* Sizes and positions of the panes in their frame, in pixels. */

const WIDE_PX = 520; // from this width on, the inset of a single map is beside it
const SIDE_PX = 128; // the column of the inset, and its height on a narrow screen
const SIDE_GAP_PX = 10; // between the main map and the inset in its column
const CORNER_SHARE = 0.188; // width of an inset in the corner of a narrow map, of the map's width
const SHAPE = 1.2; // width over height of the main map
const MIN_HEIGHT_PX = 250;
const MAX_LEAST_SHARE = 0.62; // of the height of the screen, for the least height of a map
// Edges of the frame that a map leaves free. On a narrow map the buttons are at the upper left and
// the inset is at the lower left, clear of all units.
const PADDING_PX = 3;
const NARROW_PADDING = { left: 15, top: 8, right: 2, bottom: 7 };
const NARROW_EXTRA_PX = 4; // height of a narrow map beyond its shape
const TITLE_PX = 40; // two lines over each of several panes
const GAP_PX = 16;
const MIN_PANE_PX = 310; // a pane narrower than this moves to the next row
const MIN_SIDE_PX = 78;

/**
 * @typedef {object} PaneSizes
 * @property {number} columns
 * @property {number} paneWidth
 * @property {boolean} isInsetBeside whether the inset has a column at the right; else it is in the
 *   lower left corner
 * @property {number} insetWidth
 * @property {{left: number, top: number, right: number, bottom: number}} padding between the edges
 *   of a pane and the whole map
 * @property {number} mapHeight
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
 * @param {number} room.least height of the map on a low screen, if that is not most of the screen
 * @param {number} room.count number of panes
 * @param {boolean} [room.hasInset] whether the panes have the inset of the South China Sea
 * @returns {PaneSizes}
 */
export function paneSizes({ width, screenHeight, rest, least, count, hasInset = true }) {
  const isMany = count > 1;
  const maxColumns = Math.floor((width + GAP_PX) / (MIN_PANE_PX + GAP_PX));
  const columns = Math.max(1, Math.min(count, maxColumns));
  const paneWidth = Math.floor((width - GAP_PX * (columns - 1)) / columns);
  const isInsetBeside = isMany || paneWidth >= WIDE_PX;
  const narrowSide = Math.max(MIN_SIDE_PX, Math.min(SIDE_PX, paneWidth * 0.2));
  const sideWidth = isMany ? Math.round(narrowSide) : SIDE_PX;
  const mapWidth = isInsetBeside && hasInset ? paneWidth - sideWidth : paneWidth;
  const leastHeight = Math.min(least, Math.round(screenHeight * MAX_LEAST_SHARE));
  const maxHeight = Math.max(MIN_HEIGHT_PX, leastHeight, screenHeight - rest);
  const extraHeight = isInsetBeside ? 0 : NARROW_EXTRA_PX;
  const shapeHeight = Math.max(isMany ? 0 : MIN_HEIGHT_PX, mapWidth / SHAPE + extraHeight);
  const mapHeight = Math.round(Math.min(maxHeight, shapeHeight));
  const titleHeight = isMany ? TITLE_PX : 0;
  const paneHeight = titleHeight + mapHeight;
  const rows = Math.ceil(count / columns);
  const totalHeight = rows * paneHeight + (rows - 1) * GAP_PX;
  return {
    columns,
    paneWidth,
    isInsetBeside,
    insetWidth: isInsetBeside ? sideWidth - SIDE_GAP_PX : Math.round(paneWidth * CORNER_SHARE),
    padding: !hasInset
      ? { left: PADDING_PX, top: PADDING_PX, right: PADDING_PX, bottom: PADDING_PX }
      : isInsetBeside
        ? { left: PADDING_PX, top: PADDING_PX, right: sideWidth + PADDING_PX, bottom: PADDING_PX }
        : NARROW_PADDING,
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
