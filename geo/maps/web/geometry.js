/* Decodes TopoJSON (delta-coded arcs on a grid of metres) to the coordinates of the map. */

const KM10 = 10000; // one unit of the map is 10 km, which keeps zoom levels small

/* Returns a function that gives the shapes of one object: [{properties, latlngs}]. */
function decode(topology) {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx, dy]) => {
      x += dx;
      y += dy;
      return [(y * scale[1] + translate[1]) / KM10, (x * scale[0] + translate[0]) / KM10];
    });
  });
  const line = (indices) =>
    indices.flatMap((index, i) => {
      const points = index < 0 ? arcs[~index].slice().reverse() : arcs[index];
      return i ? points.slice(1) : points;
    });
  return (object) =>
    object.geometries.map((geometry) => ({
      properties: geometry.properties || {},
      latlngs: {
        Polygon: () => [geometry.arcs.map(line)],
        MultiPolygon: () => geometry.arcs.map((rings) => rings.map(line)),
        LineString: () => [line(geometry.arcs)],
        MultiLineString: () => geometry.arcs.map(line),
      }[geometry.type](),
    }));
}

function bounds([west, south, east, north]) {
  return L.latLngBounds([south / KM10, west / KM10], [north / KM10, east / KM10]);
}
