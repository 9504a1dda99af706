"""Charts are valid Vega-Lite: the atlas writes dictionaries, which nothing else checks."""

from __future__ import annotations

import json

import altair as alt
import pytest
from jsonschema import ValidationError

from pages.parts.vega import channel, chart, layer
from tests.pages.run import open_options, page

PAIR = {"measure": "gdp_per_capita", "year": "2020", "year2": "2020"}
CHARTS = {
    "lines": ("dimension", {"dimension": "infrastructure"}),
    "lines_of_provinces": (
        "compare",
        {"view": "years", "measure": "gdp_per_capita", "provinces": "440000,540000"},
    ),
    "lines_of_ranks": (
        "compare",
        {"view": "years", "measure": "gdp_per_capita", "course": "ranks", "provinces": "440000"},
    ),
    "lines_with_a_break": ("compare", {"view": "years", "measure": "enterprises_with_ecommerce"}),
    "scatter": ("compare", {"view": "scatter", "measure2": "mobile_phones_per_100", **PAIR}),
    "scatter_of_ranks": ("compare", {"view": "scatter", "measure": "report_comprehensive"}),
    "scatter_of_marks": (
        "compare",
        {
            "view": "scatter",
            "measure2": "mobile_phones_per_100",
            "provinces": "440000,540000",
            "quadrants": "median",
            "fit": "line",
            **PAIR,
        },
    ),
    "histogram": ("", {"measure": "gdp_per_capita"}),
}


def check(spec):
    """Raise what is wrong in a specification by the schema of Vega-Lite."""
    alt.LayerChart.from_dict(spec)


@pytest.mark.parametrize("name", CHARTS)
def test_charts_are_valid_vega_lite(name):
    path, params = CHARTS[name]
    for lang in ("en", "zh"):
        test = page(path, lang=lang, **params)
        if not path:
            open_options(test)
        specs = [json.loads(one.proto.spec) for one in test.get("vega_lite_chart")]
        assert specs, lang
        for spec in specs:
            check(spec)


def test_what_the_schema_does_not_know_is_found():
    rows = [{"x": 1}]
    check(chart([layer("point", {"x": channel("x")}, rows, size=4)]))
    for encoding, look in (({"x": channel("x", "number")}, {}), ({"x": channel("x")}, {"sise": 4})):
        with pytest.raises(ValidationError):
            check(chart([layer("point", encoding, rows, **look)]))
