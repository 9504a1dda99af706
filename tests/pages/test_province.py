"""The Province page: every province in both languages, and the same numbers as the panel."""

from __future__ import annotations

import re
from html import unescape

import pytest

from geo.analysis import published_measures, standing_in
from geo.captions import describe_province
from geo.maps.markers import CHOSEN
from geo.measures import describe_formula, format_cell
from geo.tables import province_mentions
from geo.text import translator
from geo.units import provinces
from tests.cases import choose_evenly, pair_in_turn
from tests.pages.run import address, html, page


@pytest.mark.parametrize(
    ("province", "lang"), pair_in_turn(choose_evenly(provinces(), 8), ["en", "zh"])
)
def test_every_province_opens(lang, province):
    test = page("province", lang=lang, province=province)
    assert not test.exception
    assert not test.warning
    entry, text, t = provinces()[province], unescape(html(test)), translator(lang)
    assert f'<h2 class="name">{entry.name_in(lang)}</h2>' in text
    assert entry.name_zh in text
    assert f"/small-map.svg?province={province}" in text
    joint = "" if lang == "zh" else " "
    assert test.code[0].value == joint.join(s.text for s in describe_province(province, 2017, t))
    for mention in province_mentions(province):
        assert t.localized(mention, "text") in text
    if not entry.evaluated:
        assert 'class="rows"' not in text
        assert t("no figure") in text
        return
    rows = re.findall(r'data-measure="(\w+)"', text)
    assert sorted(rows) == sorted(m.id for m in published_measures().values() if m.kind != "report")
    for measure in rows:
        standing = standing_in(province, published_measures()[measure], 2017)
        assert format_cell(standing.cell, standing.measure, t) in text


def test_the_panel_and_the_page_say_the_same():
    for year in ("2017", "2021"):
        params = {"lang": "en", "province": "150000", "year": year, "measure": "gdp_per_capita"}
        panel, whole = html(page(**params)), html(page("province", **params))
        table = re.search(r"<table>.*?</table>", panel)[0]
        assert table in whole
        for title in re.findall(r'<i style="left:[\d.]+%" title="(.*?), (\d+): Rank (.*?)"', panel):
            name, row_year, rank = title
            row = whole[whole.index(f"<span>{name}</span>") :]
            assert f"<small>{row_year}</small></span><span>{rank}</span>" in row[:600]


def test_chosen_provinces_keep_their_colour_in_every_strip():
    text = html(page("province", lang="en", province="520000", provinces="110000,440000"))
    for marker in CHOSEN[:2]:
        assert text.count(f"%23{marker.colour[1:]}") >= 30
    assert f"%23{CHOSEN[2].colour[1:]}" not in text


def test_the_years_and_choices_go_into_the_address():
    test = page("province", lang="en", province="520000")
    test.selectbox(key="province").set_value("440000").run()
    assert address(test, "province") == "440000"
    test.select_slider(key="year").set_value(2022).run()
    assert address(test, "year") == "2022"
    test.multiselect(key="provinces").set_value(["110000", "310000"]).run()
    assert address(test, "provinces") == "110000,310000"
    test.segmented_control(key="peers").set_value("region").run()
    assert address(test, "peers") == "region"
    assert "Jiangsu" in html(test)
    assert not test.exception


def test_an_eleventh_province_is_declined_with_a_reason():
    test = page("province", lang="en", provinces="11,12,13,14,15,21,22,23,31,32,33", province="44")
    assert "tell 10 apart" in test.warning[0].value
    assert len(test.multiselect(key="provinces").value) == 10


def test_every_row_has_its_definition_source_and_data():
    text = unescape(html(page("province", lang="zh", province="330000")))
    for measure in published_measures().values():
        if measure.kind == "indicator":
            assert f"/table.csv?measure={measure.id}&lang=zh" in text
            assert describe_formula(measure, translator("zh")) in text


def test_before_and_after_by_rank():
    test = page("province", lang="en", province="440000", measure="report_comprehensive")
    assert [test.button(key=key).label for key in ("arrow_back", "arrow_forward")] == [
        "1. Beijing",
        "3. Jiangsu",
    ]
    test.button(key="arrow_forward").click().run()
    assert address(test, "province") == "320000"
    test = page("province", lang="en", province="520000", measure="report_comprehensive")
    assert "Gross regional product per capita" in html(test)
