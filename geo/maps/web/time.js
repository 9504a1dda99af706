/* Time on a map with one pane: the script that such a map loads after its first view. */

import { addElement } from "./elements.js";
import { extendTips } from "./series_tips.js";
import { addTimeBar } from "./time_bar.js";
import { view } from "./view.js";

/**
 * Add time to the map, and show what the map shows already.
 * @param {string} style the style sheet
 * @param {Record<string, Record<string, string>>} texts by language
 */
export function installTime(style, texts) {
  view.texts.time = texts;
  addElement("style", {}, document.head).textContent = style;
  extendTips();
  addTimeBar();
  if (view.state) view.paintTime();
}
