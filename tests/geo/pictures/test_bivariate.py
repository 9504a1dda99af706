"""Pictures of both measures on one map: what they state is read back and held against the data."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from geo.analysis import parse_state, snapshot_of
from geo.analysis.bivariate import bivariate_colours
from geo.pictures import BIVARIATE_KIND, FIGURE_LANGUAGES, FIGURE_SIZES, request_from_address
from geo.pictures.guard import find_layout_faults
from geo.pictures.rendering import lay_out, render_picture
from geo.pictures.sheet import ShapeItem
from geo.pictures.subject import FigureSubject
from geo.text import translator
from tests.geo.captions.sentence_reader import adcodes, read

pytestmark = pytest.mark.slow

BASE = "https://atlas.example/"
DAY = date(2026, 11, 25)
# Two values, a list beside a value, two lists, doubtful values, a year beside a year.
PAIRS = (
    ("gdp_per_capita", 2020, "fixed_broadband_per_100", 2020),
    ("report_comprehensive", 2017, "gdp_per_capita", 2017),
    ("report_network_security", 2017, "report_policy_environment", 2017),
    ("software_revenue_share_gdp", 2021, "index_comprehensive", 2017),
    ("gdp_per_capita", 2016, "gdp_per_capita", 2023),
)
COUNTED = "{count} of {of} provinces are in the highest class of both {first} and {second}"
NONE = "None of {of} provinces is in the highest class of both {first} and {second}"
NAMED = "{names} are in the highest class of both {first} and {second}"
ALONE = "{names} alone is in the highest class of both {first} and {second}"
BESIDE = "{first} compared with {second}"


def both(order: int = 0, **more: object):
    names = ("measure", "year", "measure2", "year2")
    params = {"kind": BIVARIATE_KIND, **dict(zip(names, PAIRS[order], strict=True)), **more}
    return request_from_address({name: str(value) for name, value in params.items()}, BASE, DAY)


@pytest.mark.parametrize(("size", "lang"), list(product(FIGURE_SIZES, FIGURE_LANGUAGES)))
def test_both_on_one_map_pass_the_guard(size, lang):
    for order in range(len(PAIRS)):
        assert find_layout_faults(lay_out(both(order, size=size, lang=lang))) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("order", range(len(PAIRS)))
def test_the_title_says_who_is_in_the_highest_class_of_both(order, lang):
    picture = both(order, lang=lang)
    subject, t = FigureSubject(picture), translator(lang)
    sheet = lay_out(picture)
    cells = subject.bivariate.choropleth.snapshot.cells
    sound = {a for a in subject.bivariate.choropleth.index if not cells[a].is_doubtful}
    high = {a for a in sound if subject.bivariate.choropleth.index[a] == 8}
    message, slots = read(sheet.title, [COUNTED, NONE, NAMED, ALONE, BESIDE], t)
    if message in (NAMED, ALONE):
        assert (len(high) == 1) == (message == ALONE)
        assert set(adcodes(slots["names"], t)) == high
    elif message == COUNTED:
        assert (int(slots["count"]), int(slots["of"])) == (len(high), len(sound))
    else:
        assert not high


def test_who_is_high_in_both_has_more_of_either_than_who_is_low_in_both():
    index = FigureSubject(both()).bivariate.choropleth.index
    for measure in PAIRS[0][::2]:
        cells = snapshot_of(measure, 2020).cells
        high = [cells[adcode].value for adcode, place in index.items() if place == 8]
        low = [cells[adcode].value for adcode, place in index.items() if place == 0]
        assert min(high) > max(low)


def test_the_square_has_the_colours_and_counts_of_the_map():
    sheet = lay_out(both())
    drawn = [item for item in sheet.items if getattr(item, "role", "") == "legend sign"]
    colours = [item.fill for item in drawn if item.fill in bivariate_colours()]
    assert sorted(colours) == sorted(bivariate_colours())
    units = [item for item in sheet.items if getattr(item, "role", "") == "main unit"]
    for item in drawn:
        if item.fill not in bivariate_colours():
            continue
        box = item.shape.bounds
        inside = [
            text.text
            for text in sheet.text_items("legend")
            if box[0] < text.x < box[2] and box[1] < text.y < box[3]
        ]
        assert inside == [str(sum(unit.fill == item.fill for unit in units))]


def test_the_province_of_the_address_is_outlined():
    drawn = lay_out(both(province="440000")).items
    outlined = [i for i in drawn if isinstance(i, ShapeItem) and i.role == "main selected"]
    assert [item.about for item in outlined] == ["440000"]


def test_the_link_opens_the_same_view():
    query = both().link.partition("?")[2]
    view, notes = parse_state(dict(pair.split("=") for pair in query.split("&")))
    assert notes == []
    assert (view.pane, view.measure, view.year, view.measure2, view.year2) == ("both", *PAIRS[0])


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_it_is_a_file_in_each_format(form):
    assert len(render_picture(both(), form)) > 10_000
