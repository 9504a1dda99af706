/* Rows of the ranking on the page around the frame. */

let focusAdcode = ""; // of the row that had the focus before a rerun
const FOCUS_TRIES_MS = [0, 60, 160, 320];

/**
 * Return the document of the page around the frame; null if there is none.
 * @returns {Document | null}
 */
export function outerDocument() {
  return window.frameElement ? window.parent.document : null;
}

/**
 * Mark the row of a hovered unit; "" marks none.
 * @param {string} adcode
 */
export function markRow(adcode) {
  const outer = outerDocument();
  if (!outer) return;
  for (const row of outer.querySelectorAll(".ranking .over")) row.classList.remove("over");
  if (adcode) findRow(outer, adcode)?.classList.add("over");
}

/**
 * Remember the row that causes a rerun.
 * @param {string} adcode
 */
export function rememberFocus(adcode) {
  focusAdcode = adcode;
}

/** Return the focus to the row that caused a rerun, which redraws the rows. */
export function restoreFocus() {
  if (!focusAdcode) return;
  const adcode = focusAdcode;
  focusAdcode = "";
  const outer = outerDocument();
  const focusRow = () => {
    const row = findRow(outer, adcode);
    if (row && outer.activeElement === outer.body) row.focus({ preventScroll: true });
  };
  for (const wait of FOCUS_TRIES_MS) setTimeout(focusRow, wait);
}

function findRow(outer, adcode) {
  return outer.querySelector(`.ranking [data-adcode="${adcode}"]`);
}
