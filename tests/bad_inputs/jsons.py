"""GeoJSON that is something else, too deep, or broken."""

from __future__ import annotations

import json
from typing import Final

from tests.bad_inputs.files import (
    File,
    features,
    layer,
    plain,
)

VRT = (
    '<OGRVRTDataSource><OGRVRTLayer name="passwd"><SrcDataSource>/etc/passwd</SrcDataSource>'
    "</OGRVRTLayer></OGRVRTDataSource>"
)
GDALG = json.dumps(
    {"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read /etc/passwd"}
)


FILES: Final[dict[str, File]] = {
    "vrt": ("a.geojson", lambda: plain(VRT)),
    "vrt_with_a_prolog": ("a.geojson", lambda: plain('<?xml version="1.0"?>\n' + VRT)),
    "vrt_named_json": ("a.json", lambda: plain("\n  " + VRT.lower())),
    "gdal_pipeline": ("a.geojson", lambda: b"gdal vector pipeline ! read /etc/passwd ! write x"),
    "gdal_pipeline_in_json": ("a.geojson", lambda: plain(GDALG)),
    "gdal_pipeline_pasted": ("", lambda: plain(GDALG)),
    "path_as_json": ("a.geojson", lambda: b'["/vsicurl/http://192.0.2.1/a"]'),
    "esri_json": ("a.json", lambda: b'{"fields": [], "features": [{"attributes": {"a": 1}}]}'),
    "topojson": ("a.json", lambda: b'{"type": "Topology", "objects": {}, "arcs": []}'),
    "one_feature": (
        "a.geojson",
        lambda: b'{"type": "Feature", "properties": {"a": 1}, "geometry": null}',
    ),
    "one_geometry": ("a.geojson", lambda: b'{"type": "Point", "coordinates": [116, 39]}'),
    "list_of_rows": ("a.json", lambda: plain('[{"省": "北京", "产值": 1}]')),
    "collection_without_features": ("a.geojson", lambda: b'{"type": "FeatureCollection"}'),
    "features_as_an_object": (
        "a.geojson",
        lambda: b'{"type": "FeatureCollection", "features": {}}',
    ),
    "no_features": ("a.geojson", lambda: features([])),
    "feature_that_is_text": (
        "a.geojson",
        lambda: b'{"type": "FeatureCollection", "features": ["{{7*7}}"]}',
    ),
    "feature_without_type": (
        "a.geojson",
        lambda: b'{"type": "FeatureCollection", "features": [{"properties": {}}]}',
    ),
    "properties_as_a_list": ("a.geojson", lambda: layer("[1, 2]")),
    "no_properties": ("a.geojson", lambda: layer("null")),
    "deep_lists": ("a.geojson", lambda: b"[" * 100_000),
    "deep_lists_closed": ("a.geojson", lambda: layer('{"a": 1}', "[" * 5_000 + "]" * 5_000)),
    "deep_objects": ("a.geojson", lambda: plain('{"a":' * 100_000 + "1" + "}" * 100_000)),
    "deep_properties": ("a.geojson", lambda: layer('{"a": ' * 25 + "1" + "}" * 25)),
    "brackets_by_the_million": (
        "a.geojson",
        lambda: layer('{"a": 1}', "[" + "[]," * 600_000 + "[]]"),
    ),
    "objects_by_the_million": ("a.geojson", lambda: layer('{"a": [' + "{}," * 600_000 + "{}]}")),
    "json_cut_off": ("a.geojson", lambda: features([{"省": "北京"}])[:-4]),
    "json_with_a_comma_too_many": (
        "a.geojson",
        lambda: b'{"type": "FeatureCollection",\n "features": [],\n}',
    ),
    "json_with_comments": ("a.geojson", lambda: b'{\n// a\n"type": "FeatureCollection"}'),
    "json_nan": ("a.geojson", lambda: layer('{"省": "北京", "a": NaN}')),
    "json_infinity": ("a.geojson", lambda: layer('{"省": "北京", "a": -Infinity}')),
    "json_too_large_a_number": ("a.geojson", lambda: layer('{"省": "北京", "a": 1e999}')),
    "json_number_of_400_digits": (
        "a.geojson",
        lambda: layer('{"省": "北京", "a": %s}' % ("9" * 400)),
    ),
    "json_number_of_9000_digits": (
        "a.geojson",
        lambda: layer('{"省": "北京", "a": %s}' % ("9" * 9_000)),
    ),
    "json_name_twice": ("a.geojson", lambda: layer('{"省": "北京", "a": 1, "a": 2}')),
    "json_features_twice": (
        "a.geojson",
        lambda: b'{"type": "FeatureCollection", "features": [], "features": []}',
    ),
    "json_name_as_template_twice": ("a.geojson", lambda: layer('{"{{7*7}}": 1, "{{7*7}}": 2}')),
    "json_with_nul": ("a.geojson", lambda: b'{"type": "Feature\0Collection"}'),
    "json_without_provinces": ("a.geojson", lambda: features([{"name": "Paris", "a": 1}])),
    "json_without_figures": ("a.geojson", lambda: features([{"name": "北京", "a": "x"}])),
}
