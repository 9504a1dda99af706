"""The Province page: every province in both languages, and the same numbers as the panel."""

from __future__ import annotations

import re
from html import unescape

import pytest

from geo.analysis import published_measures, standing_in
from geo.captions import describe_province
from geo.maps.markers import CHOSEN
from geo.measures import describe_formula, dimension_ids, format_cell, indicators_of
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
    assert f'<h1 class="name">{entry.name_in(lang)}</h1>' in text
    assert entry.name_zh in text
    assert f"/small-map.svg?province={province}" in text
    joint = "" if lang == "zh" else " "
    assert test.code[0].value == joint.join(s.text for s in describe_province(province, 2023, t))
    for mention in province_mentions(province):
        assert t.localized(mention, "text") in text
    if not entry.evaluated:
        assert 'class="rows"' not in text
        assert t("not available") in text
        return
    rows = re.findall(r'data-measure="(\w+)"', text)
    assert sorted(rows) == sorted(m.id for m in published_measures().values() if m.kind != "report")
    for measure in rows:
        standing = standing_in(province, published_measures()[measure], 2023)
        assert format_cell(standing.cell, standing.measure, t) in text


def test_the_panel_and_the_page_say_the_same():
    for year in ("2017", "2021"):
        params = {"lang": "en", "province": "150000", "year": year, "measure": "gdp_per_capita"}
        panel, whole = html(page(**params)), html(page("province", **params))
        title = "<h2>Published ranks, report of 2017</h2>"
        block = panel[panel.index(title) : panel.index("<h2>Strengths</h2>")]
        assert "Inner Mongolia is not among them." in block
        assert block in whole
        for title in re.findall(r'<i style="left:[\d.]+%" title="(.*?), (\d+): Rank (.*?)"', panel):
            name, row_year, rank = title
            row = whole[whole.index(f"<span>{name}</span>") :]
            assert f"<small>{row_year}</small></span> <span>{rank}</span>" in row[:600]


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
    assert "distinguish up to 10" in test.warning[0].value
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


def cards(text):
    """The key values by their names: value, and all other texts."""
    found = re.findall(r"<div><dt>(.*?)</dt><dd><b>(.*?)</b>(.*?)</dd></div>", text)
    return {name: (value, unescape(rest)) for name, value, rest in found}


def test_six_key_values_have_rank_change_and_years():
    shown = cards(unescape(html(page("province", lang="en", province="520000"))))
    assert list(shown) == [
        "Residents, 2023", "Gross regional product per capita, 2023",
        "Urban share of residents, 2023", "Rank in the report, 2017", "Open index, 2023",
        "Strongest dimension, 2023",
    ]  # fmt: skip
    product, urban = list(shown.values())[1:3]
    assert product[0] == "55,663 CNY per person"
    assert "Rank 28 of 31" in product[1]
    assert "+72.4% since 2016, at current prices" in product[1]
    assert "+10.4 percentage points since 2016" in urban[1]
    assert shown["Rank in the report, 2017"][0] == "not among the ten"
    assert "nor in 2018, 2020 and 2021" in shown["Rank in the report, 2017"][1]
    index = shown["Open index, 2023"]
    assert index[0] == "17 of 31"
    assert "interval 14 to 21" in index[1]
    assert "5 ranks down since 2021" in index[1]
    assert [name for name, (_, rest) in shown.items() if "<img" not in rest] == [
        "Rank in the report, 2017"
    ]
    leader = cards(unescape(html(page("province", lang="en", province="440000"))))
    assert leader["Rank in the report, 2017"][0] == "2 of 31"


def test_the_small_map_shows_the_measure_with_the_province():
    params = {"lang": "en", "province": "520000"}
    text = unescape(html(page("province", measure="gdp_per_capita", **params)))
    assert "/small-map.svg?province=520000&measure=gdp_per_capita&year=2023" in text
    assert "<b>28 of 31</b></figcaption>" in text
    text = unescape(html(page("province", measure="report_comprehensive", **params)))
    assert "/small-map.svg?province=520000&measure=report_comprehensive&year=2017" in text
    assert "<b>Outside the published ten</b></figcaption>" in text


def test_five_strengths_stand_and_the_others_are_folded():
    text = html(page("province", lang="en", province="110000", year="2017"))
    block = text[text.index("<h2>Strengths</h2>") : text.index("<h2>Weaknesses</h2>")]
    seen, folded = block.split("<details>")
    assert seen.count("<li>") == 5
    more, every = map(int, re.search(r"(\d+) more, (\d+) in total", folded).groups())
    assert folded.count("<li>") == more == every - 5 > 0
    assert "strengths are the 5 highest percentile ranks and all ranks of 3 or better" in text


def test_dimensions_fold_and_the_first_group_is_open():
    text = html(page("province", lang="en", province="520000"))
    groups = re.findall(
        r'<details class="group"( open)?><summary><h2>(.*?)</h2>(.*?)</summary>', text
    )
    assert [bool(opened) for opened, _, _ in groups] == [True] + 7 * [False]
    # A dimension of a single indicator has its rank, and no median.
    lone = [len(indicators_of(name)) == 1 for name in dimension_ids()]
    assert ["median" in rest for _, _, rest in groups] == [False, *(not one for one in lone), False]
    assert ["one indicator" in rest for _, _, rest in groups] == [False, *lone, False]
