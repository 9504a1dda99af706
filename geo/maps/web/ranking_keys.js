/* The ranking is one tab stop; the arrow keys go from row to row. */

const ROWS = ".ranking button[data-adcode]";
const STEPS = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

/**
 * Let the arrow keys, Home and End walk the rows of a ranking.
 *
 * The row that has the focus is the tab stop, so that Tab leaves the ranking and returns to it.
 * @param {Document} page that holds the ranking
 */
export function listenToRankingKeys(page) {
  if (page.atlasRankingKeys) return;
  page.atlasRankingKeys = true;
  page.addEventListener("keydown", walkRows);
  page.addEventListener("focusin", ({ target }) => {
    if (target.matches?.(ROWS)) moveTabStop(target);
  });
}

function walkRows(event) {
  const { target, key } = event;
  if (!(key in STEPS) || !target.matches?.(ROWS)) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const rows = rowsBeside(target);
  const place = Math.min(Math.max(rows.indexOf(target) + STEPS[key], 0), rows.length - 1);
  event.preventDefault();
  rows[place].focus();
}

function moveTabStop(row) {
  for (const other of rowsBeside(row)) other.tabIndex = other === row ? 0 : -1;
}

function rowsBeside(row) {
  return [...row.closest(".ranking").querySelectorAll(ROWS)];
}
