/* Outlines, patterns and text colours of units, given their fill. */

const SVG = "http://www.w3.org/2000/svg";
const SELECTED = { color: "#b3261e", weight: 2.6, opacity: 1 };
const HOVERED = { color: "#1b1f24", weight: 2, opacity: 1 };
const BORDER = { color: "#66707c", weight: 0.6, opacity: 1 };

/* Patterns are drawn over a fill; the background of a pattern is the fill of its status. */
function patterns(svg, grounds) {
  const defs = document.createElementNS(SVG, "defs");
  const add = (name, size, ground, marks) => {
    const pattern = document.createElementNS(SVG, "pattern");
    const set = (node, attributes) =>
      Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    set(pattern, { id: `atlas-${name}`, width: size, height: size, patternUnits: "userSpaceOnUse" });
    [["rect", { width: size, height: size, fill: ground }], ...marks].forEach(([tag, attributes]) => {
      const mark = document.createElementNS(SVG, tag);
      set(mark, attributes);
      pattern.append(mark);
    });
    defs.append(pattern);
  };
  const stroke = { stroke: "#a9b0b8", "stroke-width": 0.9 };
  Object.entries(grounds).forEach(([name, ground]) => {
    if (name === "dots") add(name, 6, ground, [["circle", { cx: 3, cy: 3, r: 0.9, fill: "#a9b0b8" }]]);
    if (name === "hatch") add(name, 6, ground, [["path", { d: "M-1 7L7 -1M-1 1L1 -1M5 7L7 5", ...stroke }]]);
    if (name === "bars") add(name, 5, ground, [["path", { d: "M2.5 0V5", ...stroke }]]);
    if (name === "cross") add(name, 7, ground, [["path", { d: "M0 0L7 7M7 0L0 7", ...stroke, "stroke-width": 0.6 }]]);
  });
  svg.prepend(defs);
}

function fill(cell) {
  return cell.pattern ? `url(#atlas-${cell.pattern})` : cell.fill;
}

/* Dark or light text, by the luminance of the fill (with WCAG's weights). */
function ink({ fill: colour, pattern }) {
  if (pattern) return "dark";
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16) / 255);
  return 0.2126 * r ** 2.2 + 0.7152 * g ** 2.2 + 0.0722 * b ** 2.2 > 0.3 ? "dark" : "light";
}
