/* Makes elements of the document. */

export const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

/**
 * Set attributes of an element.
 * @param {Element} element
 * @param {Record<string, string | number>} attributes
 */
export function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

/**
 * Append a new element to its parent and return it.
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {Element} parent
 * @returns {HTMLElement}
 */
export function addElement(tag, attributes, parent) {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  parent.append(element);
  return element;
}

/**
 * Append a new SVG element to its parent and return it.
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {Element} parent
 * @returns {SVGElement}
 */
export function addSvgElement(tag, attributes, parent) {
  const element = document.createElementNS(SVG_NAMESPACE, tag);
  setAttributes(element, attributes);
  parent.append(element);
  return element;
}
