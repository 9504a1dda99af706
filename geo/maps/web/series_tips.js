/* What a tooltip says of the years of a unit: the change on the year before, and a small line. */

import { changeLine, currentSeries, loadSeries, timeTexts } from "./series.js";
import { drawSeriesLine } from "./series_line.js";
import { showTip } from "./tips.js";
import { view } from "./view.js";

const LINES_BEFORE = 3; // name, value and rank come before the change

/** Extend the tooltips of the map. */
export function extendTips() {
  view.extendTip = extendTip;
}

/** Write the tooltip again that is shown. */
export function refreshTips() {
  const unit = view.units.get(view.hoveredAdcode);
  for (const { tip } of view.panes) tip.dataset.adcode = "";
  if (unit && view.panes.some(({ tip }) => !tip.hidden)) showTip(unit, ...view.tipAt);
}

function extendTip(tip, { adcode }) {
  const { time } = view.state;
  if (!time?.series) return;
  const series = currentSeries();
  if (!series) {
    loadSeries().then((answer) => answer && refreshTips());
    return;
  }
  const row = series.adcodes.indexOf(adcode);
  const year = view.playedYear || time.year;
  const change = time.plays ? changeLine(series, year, row, timeTexts()) : "";
  if (change) {
    const line = document.createElement("div");
    line.textContent = change;
    tip.insertBefore(line, tip.children[LINES_BEFORE] ?? null);
  }
  drawSeriesLine(tip, series, row, year, timeTexts().national);
}
