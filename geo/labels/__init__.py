"""Label placement: boxes and their overlaps, the choice among positions, and spacing on an axis.

Four drawings use it: names of provinces on pictures of maps, names of points on scatters, names at
the ends of lines, and marks on strips. Each brings its own candidates (the positions that it
accepts, best first), obstacles and costs; the geometry and the search are here.

Their problems differ in what a candidate costs. A scatter can list all its candidates beforehand,
and a name has to be free at all widths of a range, so it is placed again in other orders until
all names have a position. Names on a map depend on territory, and each leader line is an obstacle
to the names after it, so their candidates are made one name at a time and placed once. Positions
along one axis need no search: ``spread_labels`` moves them by least squares, ``stacking_levels``
keeps them and uses rows.

Labels of the web map are placed in the browser, by ``geo/maps/web/label_placement.js``.
"""

from geo.labels.axis import spread_labels, stacking_levels
from geo.labels.boxes import Box, box_edges, boxes_around, non_overlapping, overlap_matrix
from geo.labels.search import cheapest_candidate, first_candidate, place_in_order, place_in_rounds

__all__ = [
    "Box",
    "box_edges",
    "boxes_around",
    "cheapest_candidate",
    "first_candidate",
    "non_overlapping",
    "overlap_matrix",
    "place_in_order",
    "place_in_rounds",
    "spread_labels",
    "stacking_levels",
]
