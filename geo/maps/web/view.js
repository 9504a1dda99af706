/**
 * What all modules of the map share: the frame, its panes, the units and what is painted now.
 *
 * @typedef {object} Cell one unit in one pane
 * @property {number} group its class; -1 for a cell without one
 * @property {string} status
 * @property {string} fill colour as #rrggbb
 * @property {string} pattern name of a pattern, or "" for none
 * @property {string} mark "?" for a doubtful value, "•" for an uncertain rank, or ""
 * @property {string[]} lines lines of the tooltip below the name
 * @property {string} [number] the value below the name on the map or on a tile
 *
 * @typedef {object} Unit
 * @property {string} adcode
 * @property {string} short its name on the map
 * @property {L.LatLng} at its label point
 * @property {Float64Array[]} rings its outline, as x and y in turn, in units of the map
 * @property {number} extent its width in units of the map
 * @property {number} width its width on screen, in pixels
 * @property {L.Path[]} paths main map and inset of each pane in turn
 * @property {Cell[]} cells by pane
 *
 * @typedef {object} Pane
 * @property {HTMLElement} box
 * @property {HTMLElement} title
 * @property {HTMLElement} seaName the name of the inset
 * @property {HTMLElement} tip
 * @property {L.Map} main
 * @property {L.Map} sea the inset
 * @property {number} wholeZoom zoom at which the whole map is in view
 * @property {Map<string, string>} numbers text of each numbered unit, by adcode
 *
 * @typedef {object} Frame
 * @property {number[]} main bounds of the main map in metres: west, south, east, north
 * @property {number[]} inset bounds of the inset, likewise
 * @property {Record<string, string>} patterns background colour by name of a pattern
 * @property {number} panes number of panes
 * @property {object} [grid] TopoJSON of a tile grid, in place of the boundaries
 * @property {number} rest height of what is above and below the map, in pixels
 * @property {number} least height of the map on a low screen, in pixels
 * @property {number} bar height of the time bar below the map, in pixels; 0 for none
 * @property {string} time the address of the script of time; "" for none
 *
 * @typedef {object} Texts what is the same for every view, by language
 * @property {Record<string, Record<string, string>>} codes short name of each unit, by adcode
 * @property {Record<string, [string, string][]>} names adcode and name of each unit, in the order
 *   of the cells
 * @property {Record<string, string>} wheel how to zoom with the wheel
 * @property {Record<string, Record<string, string>>} [time] what the time bar and the tooltips say
 * @property {Record<string, string>} keys what the keys do
 * @property {Record<string, string>} inset name of the inset
 * @property {Record<string, string[]>} buttons names of the buttons for zooming
 *
 * @typedef {Record<string, string>} Colours colour by name: geo/colours/tokens.toml
 *
 * @typedef {object} PaneState
 * @property {string} title
 * @property {[number, string, string, string][]} looks class, status, fill and pattern
 * @property {string[]} lines those that several tooltips have
 * @property {[string, string][]} ends how other lines start and end, by their place in a tooltip
 * @property {[number, string, (string | number)[]][]} cells look, mark and lines of the tooltip
 *   below the name, each as the text between its ends or as its number among lines; in the order
 *   of the names
 * @property {[string, string][]} [numbers] adcode and text of each numbered unit
 *
 * @typedef {object} MapState what one view shows: geo.maps.map_state
 * @property {string} shows
 * @property {string} lang
 * @property {string} label
 * @property {string} selected adcode, or ""
 * @property {[string, string, string][]} chosen adcode, colour and outline of a sign
 * @property {PaneState[]} panes
 * @property {MapTime} [time] of a map with a time bar
 * @property {string[]} [values] text below the name of each unit, if values are shown
 *
 * @typedef {object} MapTime: geo.analysis.map_time
 * @property {number[]} years of the measure
 * @property {number} year the shown one
 * @property {boolean} all whether each year has a small map
 * @property {boolean} plays whether the years can be played
 * @property {string | MapSeries} series the address of the series, or the series; "" for none
 *
 * @typedef {object} MapSeries all years under the same classes: geo.analysis.build_map_series
 * @property {string[]} adcodes
 * @property {[number, string, string, string][]} looks class, status, fill and pattern
 * @property {[string, string][]} classes colour and label
 * @property {Record<string, string>} statuses name by status
 * @property {SeriesFrame[]} frames
 * @property {number[]} breaks years that do not compare with the year before
 * @property {string} unit what follows a value
 * @property {string} changeUnit what follows a change
 * @property {[string, string]} separators of groups of digits, and of decimals
 *
 * @typedef {object} SeriesFrame one year; lists and texts have an entry for each unit
 * @property {number} year
 * @property {string} looks number of its look, a digit of base 36
 * @property {string[]} values
 * @property {number[]} ranks 0 for none
 * @property {number} of number of ranked units
 * @property {string} marks a character each; a space for none
 * @property {string[]} changes on the year before; empty without one
 * @property {string} national
 */

// Two scripts share it: the map, and the labels that are drawn on it.
window.atlasView ??= {
  /** @type {Frame | null} */
  frame: null,
  /** @type {Colours} */
  colours: {},
  /** @type {Texts | Record<string, undefined>} */
  texts: {},
  /** @type {Pane[]} */
  panes: [],
  /** @type {Map<string, Unit>} by adcode */
  units: new Map(),
  /** @type {Float64Array[]} lines that no name may lie over, in units of the map */
  lines: [],
  /** @type {Map<string, [string, string]>} colour and outline of each compared province */
  signs: new Map(),
  /** @type {MapState | null} the last painted state */
  state: null,
  /** Adcode of the unit under the pointer or the keyboard, or "". */
  hoveredAdcode: "",
  /** The year that playing shows, or 0. */
  playedYear: 0,
  /** Whether the reader has left the first extent. */
  hasMoved: false,
  /** Ends playing; returns the year to be sent with another choice, if it has changed. The script of
   * time sets it. */
  takeYear: () => ({}),
  /** Shows the time of a new state; the script of time sets it. */
  paintTime: () => {},
  /** Adds to the tooltip of a unit what it was in other years; likewise. */
  extendTip: () => {},
  /** The pointer and the number of the pane at which the tooltip is. */
  tipAt: [],
  /** Draws the labels of all panes; the script of the labels sets it. */
  drawLabels: () => {},
};
export const view = window.atlasView;

/* The main map and its inset; a tile grid has no inset. */
function mapsPerPane() {
  return view.frame.grid ? 1 : 2;
}

/**
 * Return the paths of a unit in one pane.
 * @param {Unit} unit
 * @param {number} place number of the pane
 * @returns {L.Path[]}
 */
export function panePaths({ paths }, place) {
  const count = mapsPerPane();
  return paths.slice(count * place, count * (place + 1));
}

/**
 * Return the number of the pane of a path, and whether the path is in its inset.
 * @param {number} row number of the path among those of its unit
 * @returns {{place: number, isInset: boolean}}
 */
export function paneOfPath(row) {
  const count = mapsPerPane();
  return { place: Math.floor(row / count), isInset: row % count === 1 };
}
