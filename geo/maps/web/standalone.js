/* The map's frame in a standalone file; replaces what Streamlit does on a page.
 *
 * The frame gets the height that the map requests. A choice is shown at once on the map, in the
 * ranking and among the marks of the legend.
 */

import { listenToRankingKeys } from "./ranking_keys.js";

/**
 * Draw the map and let the reader select a unit.
 * @param {Frame} frame
 * @param {MapState} state
 */
export function startStandaloneMap(frame, state) {
  window.Streamlit = {
    setFrameHeight(height) {
      window.frameElement.style.height = `${height}px`;
    },
    setComponentValue({ province }) {
      showSelection(state, province);
    },
  };
  window.map_div = window.Atlas.create("map_div", frame);
  showSelection(state, state.selected);
  listenToRankingKeys(window.parent.document);
}

function showSelection(state, province) {
  state.selected = province;
  window.Atlas.paint(JSON.stringify(state));
  const outer = window.parent.document;
  for (const row of outer.querySelectorAll(".ranking [data-adcode]")) {
    row.setAttribute("aria-pressed", String(row.dataset.adcode === province));
  }
  const marks = outer.querySelector(".legend .marks");
  const template = outer.querySelector(`template[data-marks="${province}"]`);
  if (marks && template) marks.replaceWith(template.content.cloneNode(true));
}
