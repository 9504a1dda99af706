/* Decodes TopoJSON (delta-indices arcs on a grid of metres) to the coordinates of the map. */

/** Metres in one unit of the map: 10 km, which keeps zoom levels small. */
export const MAP_UNIT_M = 10000;

/**
 * @typedef {object} Shape
 * @property {Record<string, any>} properties
 * @property {any[]} latlngs [y, x] in units of the map, nested as Leaflet expects them
 */

/**
 * Return the shapes of every object of a topology.
 *
 * The geometries may be Polygon, MultiPolygon, LineString or MultiLineString.
 * @param {any} topology as TopoJSON, quantised
 * @returns {Record<string, Shape[]>} by the name of the object
 */
export function decodeTopology(topology) {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx, dy]) => {
      x += dx;
      y += dy;
      return [
        (y * scale[1] + translate[1]) / MAP_UNIT_M,
        (x * scale[0] + translate[0]) / MAP_UNIT_M,
      ];
    });
  });
  const line = (indices) =>
    indices.flatMap((index, place) => {
      // A negative index is the arc ~index in reverse. Arcs of a line share their end points.
      const points = index < 0 ? arcs[~index].slice().reverse() : arcs[index];
      return place ? points.slice(1) : points;
    });
  const rings = (polygon) => polygon.map((ring) => line(ring));
  const latlngs = {
    Polygon: (indices) => [rings(indices)],
    MultiPolygon: (indices) => indices.map(rings),
    LineString: (indices) => [line(indices)],
    MultiLineString: (indices) => rings(indices),
  };
  const shape = ({ type, arcs: indices, properties }) => ({
    properties: properties || {},
    latlngs: latlngs[type](indices),
  });
  return Object.fromEntries(
    Object.entries(topology.objects).map(([name, { geometries }]) => [name, geometries.map(shape)]),
  );
}

/**
 * Return the rings or lines of a shape, each as x and y in turn.
 * @param {any[]} latlngs [y, x] in units of the map, nested at any depth
 * @returns {Float64Array[]}
 */
export function flatRings(latlngs) {
  if (typeof latlngs[0][0] !== "number") return latlngs.flatMap(flatRings);
  return [Float64Array.from(latlngs.flatMap(([y, x]) => [x, y]))];
}

/**
 * Return the south-western and the north-eastern corner of an extent, as [y, x] of the map.
 * @param {number[]} extent west, south, east and north, in metres
 * @returns {[number[], number[]]}
 */
export function extentCorners([west, south, east, north]) {
  return [
    [south / MAP_UNIT_M, west / MAP_UNIT_M],
    [north / MAP_UNIT_M, east / MAP_UNIT_M],
  ];
}
