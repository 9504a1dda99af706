/* Outlines, patterns and text colours of units, given their fill. */

import { addSvgElement, SVG_NAMESPACE } from "./elements.js";

export const SELECTED_OUTLINE = { color: "#b3261e", weight: 2.6, opacity: 1 };
export const HOVERED_OUTLINE = { color: "#1b1f24", weight: 2, opacity: 1 };
export const BORDER = { color: "#66707c", weight: 0.6, opacity: 1 };
const PATTERN_GREY = "#a9b0b8";
const PATTERN_STROKE = { stroke: PATTERN_GREY, "stroke-width": 0.9 };
// By name: the size of a tile in pixels, and the tag and attributes of its mark.
const PATTERNS = {
  dots: [6, "circle", { cx: 3, cy: 3, r: 0.9, fill: PATTERN_GREY }],
  hatch: [6, "path", { d: "M-1 7L7 -1M-1 1L1 -1M5 7L7 5", ...PATTERN_STROKE }],
  bars: [5, "path", { d: "M2.5 0V5", ...PATTERN_STROKE }],
  cross: [7, "path", { d: "M0 0L7 7M7 0L0 7", ...PATTERN_STROKE, "stroke-width": 0.6 }],
};

/**
 * Define the patterns in the SVG of a map. They are drawn over the fill of their status.
 * @param {SVGElement} svg
 * @param {Record<string, string>} backgrounds colour by name of a pattern
 */
export function addPatterns(svg, backgrounds) {
  const defs = document.createElementNS(SVG_NAMESPACE, "defs");
  for (const [name, background] of Object.entries(backgrounds)) {
    if (!PATTERNS[name]) continue;
    const [size, tag, attributes] = PATTERNS[name];
    const tile = { width: size, height: size };
    const pattern = addSvgElement(
      "pattern",
      { id: `atlas-${name}`, ...tile, patternUnits: "userSpaceOnUse" },
      defs,
    );
    addSvgElement("rect", { ...tile, fill: background }, pattern);
    addSvgElement(tag, attributes, pattern);
  }
  svg.prepend(defs);
}

/**
 * Return the fill of a cell, as a value of SVG's attribute.
 * @param {{fill: string, pattern: string}} cell
 * @returns {string}
 */
export function unitFill({ fill, pattern }) {
  return pattern ? `url(#atlas-${pattern})` : fill;
}

/**
 * Return the colour of a text over a cell, by the luminance of its fill (with WCAG's weights).
 * @param {{fill: string, pattern: string}} cell fill as #rrggbb
 * @returns {"dark" | "light"}
 */
export function textColour({ fill, pattern }) {
  if (pattern) return "dark";
  const [r, g, b] = [1, 3, 5].map((start) => parseInt(fill.slice(start, start + 2), 16) / 255);
  return 0.2126 * r ** 2.2 + 0.7152 * g ** 2.2 + 0.0722 * b ** 2.2 > 0.3 ? "dark" : "light";
}
