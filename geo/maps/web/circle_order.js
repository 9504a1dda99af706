/* The order of circles that overlap. */

/**
 * Return the rows of circles in the order in which they are drawn: a smaller one over a larger.
 * @param {number[]} sizes radius of each, negative for a value below zero; 0 for none
 * @returns {number[]}
 */
export function circleOrder(sizes) {
  const rows = [...sizes.keys()].filter((row) => sizes[row]);
  return rows.sort((a, b) => Math.abs(sizes[b]) - Math.abs(sizes[a]));
}
