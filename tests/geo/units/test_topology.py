"""The boundaries are whole: every unit, part, dash and shared border, as the source has them."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
import sys

import geopandas as gpd
import pytest
import shapely

from geo.maps import web_assets
from geo.text import DataError
from geo.units import BOUNDARIES_FILE, MAP_CRS, boundaries, provinces
from geo.units.topology import read_boundaries

CHECKS = json.loads((BOUNDARIES_FILE.parent / "checks.json").read_text("utf-8"))
QIANSANDAO = ((119.89, 35.01), (119.91, 35.14))


def parts(adcode):
    return shapely.get_parts(boundaries().units.geometry[adcode])


def test_34_valid_units_with_the_codes_of_the_table():
    units = boundaries().units
    assert list(units.index) == list(provinces())
    assert len(units) == 34
    assert units.is_valid.all()


def test_all_557_parts_are_kept():
    numbers = {adcode: len(parts(adcode)) for adcode in boundaries().units.index}
    assert numbers == {adcode: unit["parts"] for adcode, unit in CHECKS["units"].items()}
    assert sum(numbers.values()) == 557
    assert all(part.area > 1000 for adcode in numbers for part in parts(adcode))


def test_areas_are_within_3_percent_of_the_unsimplified():
    for adcode, shape in boundaries().units.geometry.items():
        assert shape.area / 1e6 == pytest.approx(CHECKS["units"][adcode]["area_km2"], rel=0.03)


def test_the_coverage_is_valid_but_for_the_two_doubled_islets():
    units = boundaries().units.geometry
    edges = shapely.coverage_invalid_edges(units.array)
    torn = {adcode for adcode, edge in zip(units.index, edges, strict=True) if not edge.is_empty}
    assert torn == {"320000", "370000"}
    doubled = [p for p in parts("320000") if any(p.equals(q) for q in parts("370000"))]
    points = gpd.GeoSeries([p.centroid for p in doubled], crs=MAP_CRS).to_crs(4326)
    assert sorted(zip(points.x.round(2), points.y.round(2), strict=True)) == sorted(QIANSANDAO)
    without = units.copy()
    without["320000"] = shapely.MultiPolygon([p for p in parts("320000") if p not in doubled])
    assert shapely.coverage_is_valid(without.array)


def test_lines():
    lines = boundaries().lines
    assert len(shapely.get_parts(lines["dashes"])) == 10
    assert len(shapely.get_parts(lines["undetermined"])) == 1
    tenth = lines.to_crs(4326)["dashes"].geoms[-1]
    assert tenth.bounds == pytest.approx((122.507, 23.468, 122.789, 24.572), abs=0.01)


def test_islands_of_the_south_china_sea_are_there():
    hainan = boundaries().units.geometry.to_crs(4326)["460000"]
    assert hainan.bounds[1] < 4
    south = [part for part in hainan.geoms if part.centroid.y < 12]
    assert len(south) == 228


def test_every_label_point_lies_inside_its_unit():
    units = boundaries().units
    for adcode, row in units.iterrows():
        assert row.geometry.contains(shapely.Point(row.label_x, row.label_y)), adcode


def test_neighbours():
    neighbours = boundaries().neighbours
    assert neighbours["110000"] == ("120000", "130000")
    assert neighbours["460000"] == ()
    assert set(neighbours["440000"]) == {"350000", "360000", "430000", "450000", "810000", "820000"}
    assert all(a in neighbours[b] for a, others in neighbours.items() for b in others)


def test_the_built_file_is_the_one_that_was_checked_and_small():
    body = BOUNDARIES_FILE.read_bytes()
    assert hashlib.sha256(body).hexdigest() == CHECKS["sha256"]
    assert len(gzip.compress(body, 9)) < 120_000
    assert len(web_assets()["boundaries.js"].encodings["gzip"]) < 120_000


@pytest.mark.slow
def test_a_rebuild_gives_the_same_bytes(tmp_path):
    build = BOUNDARIES_FILE.parent / "build.py"
    subprocess.run([sys.executable, str(build), str(tmp_path)], check=True)
    for name in ("china.topo.json", "checks.json"):
        assert (tmp_path / name).read_bytes() == (BOUNDARIES_FILE.parent / name).read_bytes()


@pytest.mark.parametrize(
    ("damage", "value"),
    [
        (lambda text: text[:5000], "cannot be read"),
        (
            lambda text: text.replace('"adcode":"110000"', '"adcode":"999999"'),
            "differ from those of provinces.csv",
        ),
        (lambda text: text.replace('"dashes"', '"dots"'), "KeyError"),
        (lambda text: "[]", "cannot be read"),
    ],
)
def test_a_damaged_file_is_named(tmp_path, damage, value):
    path = tmp_path / "china.topo.json"
    path.write_text(damage(BOUNDARIES_FILE.read_text("utf-8")), "utf-8")
    with pytest.raises(DataError, match=value) as caught:
        read_boundaries(path)
    assert "china.topo.json" in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"china\.topo\.json.*make boundaries"):
        read_boundaries(tmp_path / "china.topo.json")


def test_a_lost_dash_is_noticed(tmp_path):
    topology = json.loads(BOUNDARIES_FILE.read_text("utf-8"))
    topology["objects"]["dashes"]["geometries"][0]["arcs"].pop()
    path = shutil.copy(BOUNDARIES_FILE, tmp_path / "china.topo.json")
    path.write_text(json.dumps(topology), "utf-8")
    with pytest.raises(DataError, match="9 dashes instead of 10"):
        read_boundaries(path)
