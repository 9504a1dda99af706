/* Outlines, patterns and text colours of units, given their fill. */

import { addSvgElement, SVG_NAMESPACE } from "./elements.js";
import { view } from "./view.js";

// By the name of a colour: the width of an outline in pixels.
const OUTLINE_WIDTHS = { selected: 2.6, "unit-hovered": 2, border: 0.6 };
// Luminances of fills on which white, and the ink of the map, have a contrast of 4.5 to 1.
const MAX_UNDER_LIGHT = 0.183;
const MIN_UNDER_DARK = 0.275;
// By name: the size of a tile in pixels, and the tag and attributes of its mark.
const PATTERNS = {
  dots: [6, "circle", { cx: 3, cy: 3, r: 0.9 }],
  hatch: [6, "path", { d: "M-1 7L7 -1M-1 1L1 -1M5 7L7 5", "stroke-width": 0.9 }],
  bars: [5, "path", { d: "M2.5 0V5", "stroke-width": 0.9 }],
  cross: [7, "path", { d: "M0 0L7 7M7 0L0 7", "stroke-width": 0.6 }],
};

/**
 * Return the style of a unit's outline.
 * @param {"selected" | "unit-hovered" | "border"} name of its colour
 * @returns {{color: string, weight: number, opacity: number}}
 */
export function outlineStyle(name) {
  return { color: view.colours[name], weight: OUTLINE_WIDTHS[name], opacity: 1 };
}

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
    const paint = tag === "circle" ? "fill" : "stroke";
    addSvgElement(tag, { ...attributes, [paint]: view.colours.pattern }, pattern);
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
 * Return the relative luminance of a colour, 0 to 1, as WCAG 2 defines it.
 * @param {string} colour as #rrggbb
 * @returns {number}
 */
export function relativeLuminance(colour) {
  const [r, g, b] = [1, 3, 5].map((start) => {
    const part = parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/**
 * Return the colour of a text over a cell: light where white has enough contrast with the fill.
 * @param {{fill: string, pattern: string}} cell fill as #rrggbb
 * @returns {"dark" | "light"}
 */
export function textColour({ fill, pattern }) {
  return !pattern && relativeLuminance(fill) <= MAX_UNDER_LIGHT ? "light" : "dark";
}

/**
 * Return the colour around a text over a cell: the fill, or the surface where the text would have
 * too little contrast with the fill, or lies over a pattern.
 * @param {{fill: string, pattern: string}} cell fill as #rrggbb
 * @returns {string}
 */
export function haloColour({ fill, pattern }) {
  const luminance = relativeLuminance(fill);
  const isReadable = luminance <= MAX_UNDER_LIGHT || luminance >= MIN_UNDER_DARK;
  return !pattern && isReadable ? fill : view.colours.surface;
}
