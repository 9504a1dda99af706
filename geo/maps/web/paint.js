/* Gives a unit what it shows in one pane. */

import { unitFill } from "./looks.js";
import { panePaths } from "./view.js";

/**
 * Give a unit a cell, and its shapes the fill of the cell.
 * @param {Unit} unit
 * @param {number} place number of the pane
 * @param {Cell} cell
 */
export function paintCell(unit, place, cell) {
  unit.cells[place] = cell;
  const fillColor = unitFill(cell);
  for (const path of panePaths(unit, place)) {
    if (path.options.fillColor !== fillColor) path.setStyle({ fillColor });
  }
}
