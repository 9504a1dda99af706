/* The ranking is one tab stop; the arrow keys go from row to row. */

const ROWS = ".ranking button[data-adcode]";
const NEW_RANKINGS = ".ranking:not([data-prepared])";
const STEPS = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

/**
 * Make each ranking one tab stop, and let the arrow keys, Home and End walk its rows.
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
  const prepare = () => page.querySelectorAll(NEW_RANKINGS).forEach(prepareRows);
  new MutationObserver(prepare).observe(page.documentElement, { childList: true, subtree: true });
  prepare();
}

/* Say what the markup leaves out to stay short: that rows are not pressed, and which is the tab stop. */
function prepareRows(ranking) {
  ranking.dataset.prepared = "true";
  const rows = [...ranking.querySelectorAll(ROWS)];
  const isPressed = (row) => row.getAttribute("aria-pressed") === "true";
  for (const row of rows) row.setAttribute("aria-pressed", String(isPressed(row)));
  if (rows.length) moveTabStop(rows.find(isPressed) ?? rows[0]);
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
