/* Tells which unit each pixel of a map lies over, and how much of a box lies over units. */

const LINE = 255; // the cell of a line, which no name may lie over

/**
 * @typedef {[number, number, number, number]} Box left, top, right and bottom
 *
 * @typedef {object} Projection from coordinates of the map to pixels
 * @property {number} scale pixels in a unit of the map
 * @property {number} left x of the origin of the map
 * @property {number} top y of the origin of the map; y of the map grows to the north
 *
 * @typedef {object} LandGrid one cell for each pixel of a view
 * @property {number} width
 * @property {number} height
 * @property {Uint8Array} cells number of the unit from 1, 0 for the sea and what is abroad
 * @property {Box} bounds of the grid
 * @property {Int32Array} landSums summed areas of all cells that are not 0
 * @property {UnitSums[]} unitSums by unit
 *
 * @typedef {object} UnitSums summed areas of the cells of one unit, within its bounds
 * @property {Box} bounds in cells
 * @property {number} area cells of the unit
 * @property {Int32Array} sums
 */

/**
 * Return the grid of a view.
 * @param {Float64Array[][]} units the rings of each unit, as x and y in turn, in units of the map
 * @param {Float64Array[]} lines lines that no name may lie over, likewise
 * @param {Projection} projection
 * @param {[number, number]} size width and height of the view
 * @returns {LandGrid}
 */
export function buildLandGrid(units, lines, projection, [width, height]) {
  const cells = new Uint8Array(width * height);
  const grid = { width, height, cells };
  const bounds = units.map((rings, unit) => fillUnit(grid, rings, projection, unit + 1));
  for (const line of lines) drawLine(grid, line, projection);
  const landSums = sumCells(grid, [0, 0, width, height], (cell) => cell > 0);
  const unitSums = bounds.map((box, unit) => {
    const sums = sumCells(grid, box, (cell) => cell === unit + 1);
    return { bounds: box, area: sums.length ? sums[sums.length - 1] : 0, sums };
  });
  return { ...grid, bounds: [0, 0, width, height], landSums, unitSums };
}

/* Mark the cells whose middle is inside the rings, by the even-odd rule; return their bounds. */
function fillUnit({ width, height, cells }, rings, { scale, left, top }, value) {
  const rows = new Map();
  for (const ring of rings) {
    for (let place = 2; place < ring.length; place += 2) {
      const [x0, y0] = [left + scale * ring[place - 2], top - scale * ring[place - 1]];
      const [x1, y1] = [left + scale * ring[place], top - scale * ring[place + 1]];
      const first = Math.max(0, Math.ceil(Math.min(y0, y1) - 0.5));
      const last = Math.min(height, Math.ceil(Math.max(y0, y1) - 0.5));
      for (let row = first; row < last; row += 1) {
        const x = x0 + ((row + 0.5 - y0) * (x1 - x0)) / (y1 - y0);
        if (rows.has(row)) rows.get(row).push(x);
        else rows.set(row, [x]);
      }
    }
  }
  const box = [width, height, 0, 0];
  for (const [row, crossings] of rows) {
    crossings.sort((a, b) => a - b);
    for (let place = 1; place < crossings.length; place += 2) {
      const start = Math.max(0, Math.ceil(crossings[place - 1] - 0.5));
      const end = Math.min(width, Math.ceil(crossings[place] - 0.5));
      if (end <= start) continue;
      cells.fill(value, row * width + start, row * width + end);
      box[0] = Math.min(box[0], start);
      box[1] = Math.min(box[1], row);
      box[2] = Math.max(box[2], end);
      box[3] = Math.max(box[3], row + 1);
    }
  }
  return box[2] > box[0] ? box : [0, 0, 0, 0];
}

function drawLine({ width, height, cells }, line, { scale, left, top }) {
  for (let place = 2; place < line.length; place += 2) {
    const [x0, y0] = [left + scale * line[place - 2], top - scale * line[place - 1]];
    const [x1, y1] = [left + scale * line[place], top - scale * line[place + 1]];
    const steps = Math.ceil(Math.hypot(x1 - x0, y1 - y0)) + 1;
    for (let step = 0; step <= steps; step += 1) {
      const x = Math.floor(x0 + ((x1 - x0) * step) / steps);
      const y = Math.floor(y0 + ((y1 - y0) * step) / steps);
      if (x >= 0 && x < width && y >= 0 && y < height) cells[y * width + x] = LINE;
    }
  }
}

/* Summed areas of the cells in bounds that pass a test, with a row and a column of zeros. */
function sumCells({ width, cells }, [left, top, right, bottom], test) {
  const across = right - left + 1;
  if (across === 1) return new Int32Array(0);
  const sums = new Int32Array(across * (bottom - top + 1));
  for (let row = top; row < bottom; row += 1) {
    let inRow = 0;
    const above = (row - top) * across;
    for (let column = left; column < right; column += 1) {
      if (test(cells[row * width + column])) inRow += 1;
      const place = column - left + 1;
      sums[above + across + place] = sums[above + place] + inRow;
    }
  }
  return sums;
}

/* The number of cells of a box, by summed areas of given bounds. Plain numbers, for speed. */
function countCells(sums, bounds, left, top, right, bottom) {
  const x0 = Math.max(left, bounds[0]) - bounds[0];
  const y0 = Math.max(top, bounds[1]) - bounds[1];
  const x1 = Math.min(right, bounds[2]) - bounds[0];
  const y1 = Math.min(bottom, bounds[3]) - bounds[1];
  if (x1 <= x0 || y1 <= y0) return 0;
  const across = bounds[2] - bounds[0] + 1;
  const [above, below] = [y0 * across, y1 * across];
  return sums[below + x1] - sums[below + x0] - sums[above + x1] + sums[above + x0];
}

/**
 * Return the share of a box around a point that is over a unit; every pixel that it touches counts.
 * @param {LandGrid} grid
 * @param {number} unit its number, from 0
 * @param {number} x of the middle
 * @param {number} y of the middle
 * @param {number} width
 * @param {number} height
 * @returns {number} from 0 to 1
 */
export function ownShare(grid, unit, x, y, width, height) {
  const [left, top] = [Math.floor(x - width / 2), Math.floor(y - height / 2)];
  const [right, bottom] = [Math.ceil(x + width / 2), Math.ceil(y + height / 2)];
  const { bounds, sums } = grid.unitSums[unit];
  const own = countCells(sums, bounds, left, top, right, bottom);
  return own / ((right - left) * (bottom - top));
}

/**
 * Return the share of a box around a point that is over units or lines, likewise.
 * @param {LandGrid} grid
 * @param {number} x of the middle
 * @param {number} y of the middle
 * @param {number} width
 * @param {number} height
 * @returns {number} from 0 to 1
 */
export function landShare(grid, x, y, width, height) {
  const [left, top] = [Math.floor(x - width / 2), Math.floor(y - height / 2)];
  const [right, bottom] = [Math.ceil(x + width / 2), Math.ceil(y + height / 2)];
  const land = countCells(grid.landSums, grid.bounds, left, top, right, bottom);
  return land / ((right - left) * (bottom - top));
}

/**
 * Return how many pixels of a line are over other units, and whether it crosses a line of the map.
 * @param {LandGrid} grid
 * @param {number} unit number of the unit that does not count, from 0
 * @param {[number, number]} from
 * @param {[number, number]} to
 * @returns {{over: number, isCrossing: boolean}}
 */
export function lineOverUnits({ width, height, cells }, unit, from, to) {
  const steps = Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]));
  let over = 0;
  for (let step = 0; step < steps; step += 1) {
    const x = Math.floor(from[0] + ((to[0] - from[0]) * step) / steps);
    const y = Math.floor(from[1] + ((to[1] - from[1]) * step) / steps);
    if (x < 0 || x >= width || y < 0 || y >= height) continue;
    const cell = cells[y * width + x];
    if (cell === LINE) return { over, isCrossing: true };
    if (cell && cell !== unit + 1) over += 1;
  }
  return { over, isCrossing: false };
}
