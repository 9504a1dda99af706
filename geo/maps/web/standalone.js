/* The map's frame in a standalone file; replaces what Streamlit does on a page.
 *
 * FRAME and STATE are JSON literals (geo.maps.js_string_literal) that are set before this script.
 * The frame gets the height that the map requests. A choice is shown at once on the map, in the
 * ranking and among the marks of the legend.
 */
const outer = window.parent.document;
const shown = JSON.parse(STATE);

function choose(province) {
  shown.selected = province;
  window.Atlas.paint(JSON.stringify(shown));
  outer.querySelectorAll("[data-adcode][aria-pressed]").forEach((row) => {
    row.setAttribute("aria-pressed", String(row.dataset.adcode === province));
  });
  const marks = outer.querySelector(".legend .marks");
  const ready = outer.querySelector(`template[data-marks="${province}"]`);
  if (marks && ready) marks.replaceWith(ready.content.cloneNode(true));
}

window.Streamlit = {
  setFrameHeight(height) {
    window.frameElement.style.height = `${height}px`;
  },
  setComponentValue({ province }) {
    choose(province);
  },
};
window.map_div = window.Atlas.create("map_div", JSON.parse(FRAME));
choose(shown.selected);
