/* Finds positions of names and marks on a map, in pixels, without overlaps. */

/** Space to the left and right of a label. */
export const LABEL_GAP_PX = 3;
const NAME_HEIGHT_PX = 13;
const SIGN_PX = 16;
const DOUBT_PX = 13;
const DOT_PX = 8;
const BELOW_SIGN_PX = 15;
const BELOW_MARK_PX = 12;
const WIDEST_NAME = 0.8; // of the width of its unit
const INSIDE = 0.7; // a name that is over its unit by more than this has the unit's text colour

/**
 * @typedef {[number, number, number, number]} Box left, top, right and bottom
 *
 * @typedef {object} LabelUnit a unit to label
 * @property {string} adcode
 * @property {[number, number]} at its label point
 * @property {number} width of the unit
 * @property {number} nameWidth of its name
 * @property {string} mark "?" for a doubtful value, "•" for an uncertain rank, or ""
 * @property {boolean} isChosen whether it has the sign of a compared province
 * @property {string} colour of a text over it: dark or light
 *
 * @typedef {object} Label
 * @property {string} adcode
 * @property {"sign" | "mark" | "name"} kind
 * @property {[number, number]} size width and height
 * @property {number} drop distance of its middle below the label point
 * @property {string} colour dark or light
 */

/**
 * Return the box of a label, with the space to its left and right.
 * @param {[number, number]} at
 * @param {[number, number]} size
 * @param {number} drop
 * @returns {Box}
 */
export function labelBox([x, y], [width, height], drop) {
  const middle = y + drop;
  return [
    x - width / 2 - LABEL_GAP_PX,
    middle - height / 2,
    x + width / 2 + LABEL_GAP_PX,
    middle + height / 2,
  ];
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
 * Return the labels that fit: signs, then marks, then short names.
 *
 * Large units come first; a name wider than its unit is left out. If a sign or a mark takes its
 * position, a name goes below or above it, wherever more of it is over its unit. Outside its own
 * unit a name may be over sea, but not over another unit.
 * @param {LabelUnit[]} units
 * @param {[number, number]} visible top and bottom of the map on screen
 * @param {(adcode: string, box: Box) => number} shareOver share of a box that is over a unit, 0 to 1
 * @returns {Label[]}
 */
export function placeLabels(units, [top, bottom], shareOver) {
  const labels = [];
  const boxes = [];
  const isFree = (box) => boxes.every((other) => areApart(box, other));
  const addLabel = ({ adcode, at }, kind, size, drop, colour) => {
    const box = labelBox(at, size, drop);
    if (!isFree(box)) return;
    boxes.push(box);
    labels.push({ adcode, kind, size, drop, colour });
  };
  for (const unit of units.filter(({ isChosen }) => isChosen)) {
    addLabel(unit, "sign", [SIGN_PX, SIGN_PX], 0, "dark");
  }
  for (const unit of units.filter(({ mark }) => mark)) {
    const side = unit.mark === "?" ? DOUBT_PX : DOT_PX;
    addLabel(unit, "mark", [side, side], unit.isChosen ? BELOW_SIGN_PX : 0, unit.colour);
  }
  for (const unit of units.slice().sort((a, b) => b.width - a.width)) {
    if (unit.nameWidth >= unit.width * WIDEST_NAME) continue;
    const size = [unit.nameWidth, NAME_HEIGHT_PX];
    const below = (unit.isChosen ? BELOW_SIGN_PX : 0) + (unit.mark ? BELOW_MARK_PX : 0);
    const above = unit.isChosen ? -BELOW_SIGN_PX : -BELOW_MARK_PX;
    const spots = (below ? [below, above] : [0]).map((drop) => {
      const box = labelBox(unit.at, size, drop);
      const share = shareOver(unit.adcode, box);
      const isOverOther = !share && units.some(({ adcode }) => shareOver(adcode, box));
      return {
        drop,
        share,
        fits: isFree(box) && box[1] >= top && box[3] <= bottom && !isOverOther,
      };
    });
    const [best] = spots.filter(({ fits }) => fits).sort((a, b) => b.share - a.share);
    if (best) addLabel(unit, "name", size, best.drop, best.share > INSIDE ? unit.colour : "dark");
  }
  return labels;
}
