/* Hover and clicks on the legend and ranking of the page around the frame. */

import { outerDocument, rememberFocus } from "./ranking.js";
import { dimUnits, hoverUnit, selectUnit } from "./selection.js";
import { view } from "./view.js";

/** Listen to the page around the frame, if there is one. */
export function listenToPage() {
  const outer = outerDocument();
  if (!outer) return;
  // A new frame removes the listeners of the previous one. A page may have several frames.
  window.parent.atlasListeners ??= {};
  const listeners = window.parent.atlasListeners;
  const frameKey = `${view.frame.panes}/${view.frame.rest}`;
  listeners[frameKey]?.abort();
  listeners[frameKey] = new AbortController();
  const { signal } = listeners[frameKey];
  outer.addEventListener("pointerover", followPointer, { signal });
  outer.addEventListener("focusin", followPointer, { signal });
  outer.addEventListener("click", selectRow, { signal });
}

function rankingRow(target) {
  return target.closest?.(".ranking [data-adcode]");
}

function followPointer({ target }) {
  const row = rankingRow(target);
  if (row) hoverUnit(row.dataset.adcode);
  else if (view.hoveredAdcode && !document.hasFocus()) hoverUnit("");
  const key = target.closest?.(".legend [data-class], .legend [data-status]");
  if (!key) {
    dimUnits(null);
    return;
  }
  const { class: group, status } = key.dataset;
  const test =
    group === undefined ? (cell) => cell.status === status : (cell) => cell.group === Number(group);
  const legend = key.closest("[data-panes]"); // a legend may belong to some of the panes only
  dimUnits(test, legend ? legend.dataset.panes.split(",").map(Number) : null);
}

function selectRow({ target }) {
  const row = rankingRow(target);
  if (!row) return;
  rememberFocus(row.dataset.adcode);
  selectUnit(row.dataset.adcode);
}
