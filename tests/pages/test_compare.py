"""The Compare page: provinces side by side, and over time, in both languages."""

from __future__ import annotations

import json
import re
from html import unescape
from itertools import pairwise

import pytest

from geo.analysis import LINE_MODES, compare_measures, published_measures
from geo.analysis.change import longest_period
from geo.analysis.profiles import comparable_standings
from geo.analysis.state import SCALE_MODES
from geo.maps.markers import CHOSEN
from geo.text import translator
from tests.cases import pair_in_turn
from tests.pages.run import address, html, page

FIVE = "110000,440000,520000,540000,310000"
TEN = f"{FIVE},320000,330000,370000,420000,510000"


def specs(test):
    return [json.loads(chart.proto.spec) for chart in test.get("vega_lite_chart")]


@pytest.mark.parametrize(
    ("show", "provinces", "lang"),
    pair_in_turn([*SCALE_MODES, *SCALE_MODES], ["110000,520000", FIVE], ["en", "zh"]),
)
def test_side_by_side_in_every_way_of_showing(lang, show, provinces):
    test = page("compare", lang=lang, show=show, provinces=provinces)
    assert not test.exception
    assert not test.warning
    text = unescape(html(test))
    details = re.findall(r'<details class="row" data-measure="(\w+)"', text)
    assert sorted(details) == sorted(published_measures())
    assert ('class="mirror"' in text) == (provinces == "110000,520000")
    t = translator(lang)
    assert t("outside the ten") in text


def test_rows_follow_the_order_of_the_address():
    test = page("compare", lang="en", provinces=FIVE, order="gap", year="2017")
    values = re.findall(r'<details class="row" data-measure="(\w+)"', html(test))
    rows = compare_measures(tuple(FIVE.split(",")), 2017, "gap")
    assert values == [row.measure.id for group in rows.values() for row in group]
    test.segmented_control(key="order").set_value("dimension").run()
    assert address(test, "order") == "dimension"
    test.segmented_control(key="show").set_value("z").run()
    assert address(test, "show") == "z"
    assert "standard deviations" in html(test)


def test_every_province_has_its_colour_and_shape_in_the_rows():
    text = html(page("compare", lang="en", provinces=TEN))
    for marker in CHOSEN:
        assert text.count(f"%23{marker.colour[1:]}") >= 30


@pytest.mark.parametrize("provinces", ["none", "110000"])
def test_fewer_than_two_are_told_what_to_do(provinces):
    test = page("compare", lang="en", provinces=provinces)
    assert "Choose at least two provinces" in test.info[0].value
    assert 'class="rows' not in html(test)


def ranks_of(adcode):
    """The sound ranks of a province in the indicators of the six dimensions."""
    standings = comparable_standings(adcode, 2017)
    return [(standing.measure.id, standing.cell.rank) for standing in standings]


def test_two_are_mirrored_with_the_difference_in_words():
    text = unescape(html(page("compare", lang="en", provinces="110000,520000", year="2017")))
    beijing, guizhou = (dict(ranks_of(adcode)) for adcode in ("110000", "520000"))
    shared = beijing.keys() & guizhou.keys()
    higher = sum(beijing[name] < guizhou[name] for name in shared)
    lower = sum(beijing[name] > guizhou[name] for name in shared)
    assert f"Beijing ranks higher in {higher} and Guizhou in {lower}" in text
    line = re.search(r'<tr data-measure="gdp_per_capita">.*?</tr>', text)[0]
    assert re.search(r"Beijing higher by [\d,]+ CNY per person", line)
    widths = [float(w) for w in re.findall(r"width:([\d.]+)%", line)]
    assert widths == [100.0, pytest.approx(100 * 2 / 30, abs=0.05)]
    doubtful = re.search(r'<tr data-measure="mobile_internet_users_per_100">.*?</tr>', text)[0]
    assert "background:#fff" in doubtful
    assert "higher by" not in doubtful


def test_groups_are_chosen_by_one_click_and_an_eleventh_is_declined():
    test = page("compare", lang="en", provinces="520000")
    test.session_state["groups"] = True  # open: what is in it runs only then
    test.run()
    test.button(key="group_Northeast").click().run()
    assert address(test, "provinces") == "210000,220000,230000"
    test.button(key="group_ten").click().run()
    assert address(test, "provinces").split(",")[:2] == ["110000", "440000"]
    test.button(key="group_income").click().run()
    assert address(test, "provinces").startswith("110000,")
    assert len(address(test, "provinces").split(",")) == 6
    test.button(key="group_Western").click().run()
    assert len(address(test, "provinces").split(",")) == 10
    assert "At most 10 provinces" in test.toast[0].value
    assert not test.exception


MEASURES = ["report_comprehensive", "report_network_security", "index_comprehensive",
            "enterprises_with_ecommerce", "internet_penetration",
            "software_revenue_share_gdp"]  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "course", "lang"),
    pair_in_turn([*MEASURES, *MEASURES[1:], MEASURES[0]], LINE_MODES, ["en", "zh"]),
)
def test_over_time_in_every_mode(measure, course, lang):
    test = page("compare", lang=lang, view="years", measure=measure, course=course, provinces=FIVE)
    assert not test.exception
    assert not test.warning
    drawn = specs(test)
    assert len(drawn) == (measure != "report_network_security")
    for spec in drawn:
        axis = spec["layer"][0]["encoding"]["x"]["axis"]
        assert axis["values"] == list(range(2016, 2025))


def test_ranks_have_the_first_place_on_top_and_names_do_not_overlap():
    test = page("compare", lang="en", view="years", measure="gdp_per_capita", course="ranks",
                provinces=TEN)  # fmt: skip
    spec = specs(test)[0]
    scale = spec["layer"][0]["encoding"]["y"]["scale"]
    assert scale["reverse"]
    assert scale["domain"] == [0.5, 31.5]
    places = sorted(label["place"] for label in end_labels(test))
    assert len(places) == 10
    assert all(b - a >= 0.05 * 31 - 1e-6 for a, b in pairwise(places))


def test_choices_over_time_go_into_the_address():
    test = page("compare", lang="en", view="years", provinces=FIVE)
    test.selectbox(key="measure").set_value("enterprises_with_ecommerce").run()
    assert address(test, "measure") == "enterprises_with_ecommerce"
    assert "Break at 2023" in html(test)
    test.segmented_control(key="course").set_value("indexed").run()
    assert address(test, "course") == "indexed"
    assert "Each line is 100 in 2017" in html(test)


def test_provinces_and_measure_chosen_elsewhere_are_carried_over():
    test = page("compare", lang="en", view="years", province="510000", provinces="110000,440000",
                measure="gdp_per_capita")  # fmt: skip
    assert test.multiselect(key="provinces").value == ["510000", "110000", "440000"]
    assert test.selectbox(key="measure").value == "gdp_per_capita"
    # Taken away here, it does not come back from the address.
    test.multiselect(key="provinces").set_value(["110000", "440000"]).run()
    assert test.multiselect(key="provinces").value == ["110000", "440000"]
    assert "province" not in test.query_params


@pytest.mark.parametrize("view", ["years", "maps", "scatter", "both"])
def test_no_view_opens_poor(view):
    test = page("compare", lang="en", view=view)
    keys = ["measure"] if view == "years" else ["measure", "measure2"]
    for key in keys:
        measure = published_measures()[test.selectbox(key=key).value]
        cells = measure.snapshot(measure.years[-1]).cells.values()
        assert sum(cell.value is not None for cell in cells) >= 28
        first, last = longest_period(measure)
        assert last - first >= 4
    if view != "years":
        assert test.select_slider(key="year").value == 2024
    assert not test.exception


def test_views_stand_in_the_order_of_use():
    control = page("compare", lang="en").segmented_control(key="view")
    assert control.options == ["Provinces compared", "Over time", "Two maps", "Scatter",
                               "Bivariate map"]  # fmt: skip


def test_a_row_that_shows_ranks_among_values_says_so():
    for show, count in (("value", 7), ("rank", 0)):
        text = html(page("compare", lang="en", show=show, year="2017", provinces=FIVE))
        assert text.count("2017&nbsp;·&nbsp;rank") == count


def test_rows_with_values_come_before_lists_that_publish_no_places():
    for year, first in (("2017", "report_comprehensive"), ("2023", "index_comprehensive")):
        text = html(page("compare", lang="en", year=year, provinces=FIVE))
        assert re.search(r'<details class="row" data-measure="(\w+)"', text)[1] == first


def test_lines_end_in_name_and_value_with_the_unit_once_in_the_title():
    test = page("compare", lang="en", view="years", provinces="110000,520000",
                measure="gdp_per_capita")  # fmt: skip
    spec = specs(test)[0]
    assert spec["layer"][0]["encoding"]["y"]["title"] is None
    assert html(test).count("CNY per person") == 1
    labels = [label["label"] for label in end_labels(test)]
    cells = published_measures()["gdp_per_capita"].snapshot(2024).cells
    assert set(labels) >= {
        f"Beijing {cells['110000'].value:,.0f}", f"Guizhou {cells['520000'].value:,.0f}",
    }  # fmt: skip
    assert any(label.startswith("Eastern region") for label in labels)
    test.segmented_control(key="regions").set_value("hidden").run()
    assert address(test, "regions") == "hidden"
    assert not any("region" in label["label"] for label in end_labels(test))


def end_labels(test):
    """The rows of the labels at the ends of lines."""
    return next(
        layer["data"]["values"]
        for layer in specs(test)[0]["layer"]
        if layer.get("encoding", {}).get("text", {}).get("field") == "text"
    )
