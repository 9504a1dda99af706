/* Finds positions of names and marks on a map, in pixels, without overlaps. */

import { landShare, lineOverUnits, ownShare } from "./land_grid.js";

const CLEAR_PX = 2; // to the left and right of a label, and between a leader and other labels
const OFFSHORE_PX = 3; // between a name in the sea and all units
const MARK_SIZES = { sign: 16, number: 16, "?": 13, "•": 8 };
const MARK_GAP_PX = 1;
const STEP_PX = 2; // between positions tried within a unit
const LEAST_OWN = 0.5; // share of a name without a leader that is over its unit; the rest is sea
const COAST_COST_PX = 100; // cost of a name over the sea alone, in pixels from the label point
const INSIDE = 0.7; // a name that is over its unit by more than this has the unit's text colour
const LEADER_DIRECTIONS = 32;
const REACH_PX = { first: 10, last: 226, step: 8 }; // distances of a name in the sea
// Sides of a unit, to the east and the south, and points where a leader may begin.
const SIDES = [
  [0, -1],
  [0, 1],
  [-1, 0],
  [1, 0],
];
const ANCHOR_STEP_PX = 3;
const ANCHOR_ROOM_PX = 8;
const CROSSING = 3; // cost of a pixel of a leader over other units, in pixels over sea
const MAX_CROSSED_PX = 110; // longest leader over other units
const ROUNDS = 4; // in each round, names without a position in the round before go first
const SUBSTITUTE_SCORE = 0.5; // of a unit that has its name

/**
 * @typedef {[number, number, number, number]} Box left, top, right and bottom
 * @typedef {[number, number]} Point
 *
 * @typedef {object} NameOption a way to write the name of a unit
 * @property {[number, number]} size width and height
 * @property {boolean} mayLeave whether the name may be in the sea, with a leader
 * @property {boolean} [isSubstitute] whether it is for a unit whose other names have no position
 *
 * @typedef {object} LabelUnit a unit to label
 * @property {string} adcode
 * @property {Point} at its label point
 * @property {NameOption[]} names the best one first
 * @property {string[]} marks what is drawn at the label point, from left to right: "sign",
 *   "number", "?" for a doubtful value, "•" for an uncertain rank
 *
 * @typedef {object} Label
 * @property {string} adcode
 * @property {"name" | "sign" | "number" | "?" | "•"} kind
 * @property {Point} at its middle
 * @property {[number, number]} size
 * @property {boolean} isOver whether it lies over its unit, which gives it its text colour
 * @property {number} [option] of the names
 * @property {[Point, Point]} [leader] from the unit to the name
 */

/**
 * Return the box of a label, with the space to its left and right.
 * @param {Point} at its middle
 * @param {[number, number]} size
 * @param {number} [clear] space to its left and right
 * @returns {Box}
 */
export function labelBox([x, y], [width, height], clear = CLEAR_PX) {
  return [x - width / 2 - clear, y - height / 2, x + width / 2 + clear, y + height / 2];
}

/**
 * Whether two boxes have no point in common.
 * @param {Box} first
 * @param {Box} second
 * @returns {boolean}
 */
export function areApart(first, second) {
  return (
    first[0] > second[2] || second[0] > first[2] || first[1] > second[3] || second[1] > first[3]
  );
}

/**
 * Whether a segment touches a box (by the method of Liang and Barsky, 1984).
 * @param {[Point, Point]} segment
 * @param {Box} box
 * @returns {boolean}
 */
export function touchesBox([[x0, y0], [x1, y1]], [left, top, right, bottom]) {
  let [enter, leave] = [0, 1];
  for (const [start, delta, low, high] of [
    [x0, x1 - x0, left, right],
    [y0, y1 - y0, top, bottom],
  ]) {
    if (!delta) {
      if (start < low || start > high) return false;
      continue;
    }
    const [near, far] = [(low - start) / delta, (high - start) / delta].sort((a, b) => a - b);
    enter = Math.max(enter, near);
    leave = Math.min(leave, far);
  }
  return enter <= leave;
}

/**
 * Whether two segments cross.
 * @param {[Point, Point]} first
 * @param {[Point, Point]} second
 * @returns {boolean}
 */
export function areCrossing([a, b], [c, d]) {
  const side = (p, q, r) =>
    Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}

/**
 * Return the labels that fit: marks at their label points, then names, those with the least room
 * first.
 *
 * A name is inside its unit if it fits, or over its unit and the sea; else it is off all land, with
 * a leader. No name lies over another unit. A mark that has no room at its label point is beside
 * its name.
 * @param {LabelUnit[]} units in the order of the grid
 * @param {import("./land_grid.js").LandGrid} grid
 * @param {Box[]} obstacles boxes that no name may touch
 * @returns {Label[]}
 */
export function placeLabels(units, grid, obstacles) {
  const marks = [];
  const besideNames = new Map(); // by adcode: the marks that have no room at the label point
  for (const { adcode, at, marks: kinds } of units) {
    const group = markGroup(adcode, at, kinds);
    if (!group.length) continue;
    if (
      marks.every((other) =>
        group.every((mark) =>
          areApart(labelBox(mark.at, mark.size, 0), labelBox(other.at, other.size, 0)),
        ),
      )
    )
      marks.push(...group);
    else besideNames.set(adcode, kinds);
  }
  const areas = new Map(units.map(({ adcode }, row) => [adcode, grid.unitSums[row].area]));
  let order = units
    .map((unit, row) => ({ ...unit, row }))
    .sort((a, b) => areas.get(a.adcode) - areas.get(b.adcode));
  let best = null;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { labels, failed, score } = placeNames(order, grid, obstacles, marks, besideNames);
    if (!best || score > best.score) best = { labels, score };
    if (!failed.length) break;
    order = [...failed, ...order.filter((unit) => !failed.includes(unit))];
  }
  return [...marks, ...best.labels];
}

/* Marks side by side around a point. */
function markGroup(adcode, [x, y], kinds) {
  const width = groupWidth(kinds);
  let left = x - width / 2;
  return kinds.map((kind) => {
    const side = MARK_SIZES[kind];
    const at = [left + side / 2, y];
    left += side + MARK_GAP_PX;
    return { adcode, kind, at, size: [side, side], isOver: true };
  });
}

/* The room that marks take to the left of a name. */
function markRoom(kinds) {
  if (!kinds.length) return { width: 0, height: 0 };
  const height = Math.max(...kinds.map((kind) => MARK_SIZES[kind]));
  return { width: groupWidth(kinds) + CLEAR_PX, height };
}

function groupWidth(kinds) {
  return kinds.reduce((sum, kind) => sum + MARK_SIZES[kind] + MARK_GAP_PX, -MARK_GAP_PX);
}

function placeNames(order, grid, obstacles, marks, besideNames) {
  const context = {
    grid,
    boxes: [...obstacles, ...marks.map(({ at, size }) => labelBox(at, size))],
    owners: [...obstacles.map(() => ""), ...marks.map(({ adcode }) => adcode)],
    leaders: [],
  };
  const labels = [];
  const failed = [];
  let score = 0;
  for (const unit of order) {
    const kinds = besideNames.get(unit.adcode) || [];
    const room = markRoom(kinds);
    const position = findPosition(context, unit, room);
    if (!position || unit.names[position.option].isSubstitute) failed.push(unit);
    if (!position) continue;
    score += failed.includes(unit) ? SUBSTITUTE_SCORE : 1;
    const { at, size, option, leader, isOver } = position;
    context.boxes.push(labelBox(at, size));
    context.owners.push(unit.adcode);
    if (leader) context.leaders.push(leader);
    const left = at[0] - size[0] / 2;
    const group = markGroup(unit.adcode, [left + groupWidth(kinds) / 2, at[1]], kinds);
    labels.push(...group.map((mark) => ({ ...mark, isOver })), {
      adcode: unit.adcode,
      kind: "name",
      at: [at[0] + room.width / 2, at[1]],
      size: unit.names[option].size,
      option,
      isOver,
      leader,
    });
  }
  return { labels, failed, score };
}

/* The best free position of a name, or null. A way to write it over its unit comes before the sea,
 * and a substitute after both. */
function findPosition(context, unit, room) {
  const options = [...unit.names.entries()].map(([option, { size, ...rest }]) => ({
    ...rest,
    option,
    size: [size[0] + room.width, Math.max(size[1], room.height)],
  }));
  return (
    firstPosition(
      context,
      unit,
      options.filter(({ isSubstitute }) => !isSubstitute),
    ) ||
    firstPosition(
      context,
      unit,
      options.filter(({ isSubstitute }) => isSubstitute),
    )
  );
}

function firstPosition(context, unit, options) {
  for (const { option, size } of options) {
    const position = positionWithin(context, unit, size);
    if (position) return { option, size, ...position };
  }
  for (const { option, size, mayLeave } of options) {
    const position = mayLeave && offshorePosition(context, unit, size);
    if (position) return { option, size, ...position };
  }
  return null;
}

function isFree({ grid, boxes }, box) {
  return (
    box[0] >= 0 &&
    box[1] >= 0 &&
    box[2] <= grid.width &&
    box[3] <= grid.height &&
    boxes.every((other) => areApart(box, other))
  );
}

/* The position over the unit that is nearest to its label point; entirely inside if there is one. */
function positionWithin(context, { at, row }, size) {
  const { grid, leaders } = context;
  const { bounds, area } = grid.unitSums[row];
  const [width, height] = size;
  if (area < LEAST_OWN * width * height) return null;
  let best = null;
  const tryPoint = (x, y) => {
    const distance = Math.hypot(x - at[0], y - at[1]);
    // A name that is partly over the sea comes after every one inside.
    if (best?.isInside && distance >= best.distance) return;
    const own = ownShare(grid, row, x, y, width, height);
    if (own < LEAST_OWN) return;
    const isInside = own === 1;
    const cost = distance + COAST_COST_PX * (1 - own);
    if (best && (best.isInside ? !isInside : !isInside && cost >= best.cost)) return;
    if (!isInside && landShare(grid, x, y, width, height) > own) return;
    const box = labelBox([x, y], size);
    if (!isFree(context, box) || leaders.some((leader) => touchesBox(leader, box))) return;
    best = { at: [x, y], distance, cost, isInside, own };
  };
  tryPoint(...at);
  const step = Math.max(STEP_PX, (bounds[2] - bounds[0]) / 60, (bounds[3] - bounds[1]) / 60);
  for (let y = bounds[1]; y <= bounds[3]; y += step) {
    for (let x = bounds[0]; x <= bounds[2]; x += step) tryPoint(x, y);
  }
  return best && { at: best.at, leader: null, isOver: best.own > INSIDE };
}

/* The position off all land with the cheapest leader; a leader over other units costs more. */
function offshorePosition(context, unit, size) {
  let best = null;
  for (const anchor of leaderAnchors(context.grid, unit)) {
    best = cheapestLeader(context, unit, anchor, size, best);
  }
  return best && { at: best.at, leader: best.leader, isOver: false };
}

/* Points of a unit where a leader may begin: its label point, and those farthest to each side. */
function leaderAnchors(grid, { at, row }) {
  const { bounds } = grid.unitSums[row];
  const anchors =
    at[0] >= 0 && at[1] >= 0 && at[0] <= grid.width && at[1] <= grid.height ? [at] : [];
  const sides = SIDES.map(() => null);
  for (let y = bounds[1]; y <= bounds[3]; y += ANCHOR_STEP_PX) {
    for (let x = bounds[0]; x <= bounds[2]; x += ANCHOR_STEP_PX) {
      if (ownShare(grid, row, x, y, ANCHOR_ROOM_PX, ANCHOR_ROOM_PX) < 1) continue;
      for (const [place, [east, south]] of SIDES.entries()) {
        const reach = x * east + y * south;
        if (!sides[place] || reach > sides[place].reach) sides[place] = { reach, at: [x, y] };
      }
    }
  }
  return [...anchors, ...sides.filter(Boolean).map((side) => side.at)];
}

/* Whether a leader crosses a box. Marks of very small units may lie over the point it begins at. */
function isCrossed(leader, box) {
  const [[x, y]] = leader;
  const isInside = x > box[0] && x < box[2] && y > box[1] && y < box[3];
  return !isInside && touchesBox(leader, box);
}

/* The better of a position and the best one with a leader from an anchor; null if there is none. */
function cheapestLeader(context, { row, adcode }, anchor, size, rival) {
  const { grid, boxes, owners, leaders } = context;
  const [halfWidth, halfHeight] = [size[0] / 2, size[1] / 2];
  let best = rival;
  for (let reach = REACH_PX.first; reach <= REACH_PX.last; reach += REACH_PX.step) {
    if (best && best.cost < reach) break;
    for (let turn = 0; turn < LEADER_DIRECTIONS; turn += 1) {
      const angle = (turn * 2 * Math.PI) / LEADER_DIRECTIONS;
      // The nearest side of the box touches the end of the leader.
      const x = anchor[0] + Math.cos(angle) * (reach + halfWidth + CLEAR_PX);
      const y = anchor[1] + Math.sin(angle) * (reach + halfHeight);
      const dx = Math.max(0, Math.abs(x - anchor[0]) - halfWidth - 1);
      const dy = Math.max(0, Math.abs(y - anchor[1]) - halfHeight);
      const length = Math.hypot(dx, dy);
      if (best && length >= best.cost) continue;
      if (landShare(grid, x, y, size[0] + 2 * OFFSHORE_PX, size[1] + 2 * OFFSHORE_PX)) continue;
      const box = labelBox([x, y], [size[0] + 2, size[1] + 2]);
      if (!isFree(context, box)) continue;
      const end = [
        Math.max(x - halfWidth - 1, Math.min(anchor[0], x + halfWidth + 1)),
        Math.max(y - halfHeight, Math.min(anchor[1], y + halfHeight)),
      ];
      const leader = [anchor, end];
      const { over, isCrossing } = lineOverUnits(grid, row, anchor, end);
      const cost = length + CROSSING * over;
      if (isCrossing || over > MAX_CROSSED_PX || (best && cost >= best.cost)) continue;
      if (leaders.some((other) => areCrossing(leader, other) || touchesBox(other, box))) continue;
      if (boxes.some((other, place) => owners[place] !== adcode && isCrossed(leader, other))) {
        continue;
      }
      best = { at: [x, y], leader, cost };
    }
  }
  return best;
}
