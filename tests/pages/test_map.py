"""The map page without a browser: every measure in both languages, addresses, widgets."""

from __future__ import annotations

from html import unescape

import pytest

from geo.analysis import published_measures, sources_of
from geo.measures import measure_name
from geo.tables import STRATEGY_KINDS, statements_of_kind
from geo.text import translator
from geo.units import provinces
from tests.cases import choose_evenly, pair_in_turn
from tests.pages.run import address, heading, html, open_options, page


@pytest.mark.parametrize(
    ("measure", "lang"), pair_in_turn(choose_evenly(published_measures(), 12), ["en", "zh"])
)
def test_every_measure_in_its_last_year_with_a_province(lang, measure):
    entry = published_measures()[measure]
    test = page(lang=lang, measure=measure, year=str(entry.years[-1]), province="150000")
    assert not test.exception
    assert not test.warning
    name = measure_name(entry, translator(lang))
    assert name in heading(test)
    assert str(entry.years[-1]) in heading(test)
    assert f'data-shows="{measure}/{entry.years[-1]}"' in html(test)


@pytest.mark.parametrize(
    ("province", "lang"), pair_in_turn(choose_evenly(provinces(), 8), ["en", "zh"])
)
def test_every_province_opens_its_panel(lang, province):
    test = page(lang=lang, measure="report_comprehensive", province=province)
    assert not test.exception
    text = html(test)
    assert f'<h2 class="name">{provinces()[province].name_in(lang)}</h2>' in text
    if provinces()[province].evaluated:
        assert 'class="strips"' in text
    else:
        assert translator(lang)("Not evaluated") in text


def test_first_view():
    test = page()
    assert test.selectbox(key="measure").value == "index_comprehensive"
    assert not test.select_slider
    assert heading(test).endswith("2017")
    assert "method" not in {widget.key for widget in test.selectbox}
    text = unescape(html(test))
    assert "Rank in the report, Comprehensive ranking, 2017" in text
    assert "<h2>China at a glance</h2>" in text
    assert "27.2 trillion CNY" in text
    assert "highest in Beijing (81.8), Shanghai (78.5) and Guangdong (67.8)" in text


def test_a_list_of_ranks_has_no_classes_and_no_marks_to_choose():
    test = open_options(page(lang="en", measure="report_comprehensive"))
    assert {w.key for w in test.selectbox} == {"find_province", "measure", "display", "year"}
    assert "marks" not in {group.key for group in test.segmented_control}
    assert "Published ranks have rank groups" in html(test)


def test_marks_of_the_report_are_switched_on_over_any_measure():
    test = open_options(page(lang="en", measure="gdp_per_capita"))
    assert "Rank in the report" not in html(test)
    test.segmented_control(key="marks").set_value("report").run()
    assert address(test, "marks") == "report"
    assert "Rank in the report, Comprehensive ranking, 2017" in html(test)


@pytest.mark.parametrize(
    ("at", "where"), [("", ""), ("pages/compare", "province"), ("pages/province", "province")]
)
def test_a_found_province_opens_its_panel_or_its_page(at, where):
    test = page(at.removeprefix("pages/"), lang="en", measure="gdp_per_capita")
    test.selectbox(key="find_province").set_value("510000").run()
    assert not test.exception
    assert address(test, "province") == "510000"
    assert address(test, "measure") == "gdp_per_capita"
    assert test.selectbox(key="find_province").value is None
    name = '<h2 class="name">Sichuan</h2>' if not where else "Sichuan"
    assert name in html(test)


def test_the_search_finds_either_name_and_the_pinyin():
    options = page(lang="zh").selectbox(key="find_province").options
    for typed in ("四川", "Sichuan", "neimenggu", "Inner Mongolia", "xianggang", "Xizang"):
        assert [typed in option for option in options].count(True) == 1, typed


def test_the_tab_says_measure_year_and_province():
    text = unescape(html(page(lang="en", measure="gdp_per_capita", year="2020", province="510000")))
    name = "Gross regional product per capita, 2020 · Sichuan · Digital China Atlas"
    assert f'data-title="{name}"' in text


def test_a_choice_writes_the_address():
    test = page(lang="en")
    test.selectbox(key="measure").set_value("gdp_per_capita").run()
    assert address(test, "measure") == "gdp_per_capita"
    open_options(test)
    test.selectbox(key="year").set_value("2020").run()
    assert address(test, "year") == "2020"
    assert "2020" in heading(test)
    test.selectbox(key="method").set_value("fisher_jenks").run()
    test.selectbox(key="classes").set_value(7).run()
    assert address(test, "classes") == "7"
    assert address(test, "method") == "fisher_jenks"
    assert not test.exception
    assert html(test).count("data-class=") == 7


def test_the_language_switch_keeps_the_view():
    test = page(lang="en", measure="gdp_per_capita", year="2020", province="440000")
    test.segmented_control(key="lang").set_value("zh").run()
    assert address(test, "lang") == "zh"
    assert heading(test) == "人均地区生产总值，2020年"
    assert '<h2 class="name">广东</h2>' in html(test)
    assert test.selectbox(key="measure").value == "gdp_per_capita"


def test_own_breaks_start_from_those_drawn_and_belong_to_one_measure():
    test = open_options(page(lang="en", measure="gdp_per_capita", year="2020", classes="4"))
    test.selectbox(key="method").set_value("own").run()
    assert not test.exception
    assert len(address(test, "classes").split(",")) == 3
    test.text_input(key="breaks").set_value("50000, 100000").run()
    assert address(test, "classes") == "50000,100000"
    test.text_input(key="breaks").set_value("nonsense").run()
    assert address(test, "classes") == "50000,100000"
    assert "is not a list of numbers" in test.toast[0].value
    test.selectbox(key="measure").set_value("urbanization").run()
    assert "method" not in test.query_params
    assert test.selectbox(key="method").value == "quantiles"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("measure", "nonsense"),
        ("year", "abc"),
        ("province", "Atlantis"),
        ("method", "magic"),
        ("classes", "99"),
        ("lang", "xx"),
    ],
)
def test_a_wrong_value_gives_the_default_and_one_note(name, value):
    test = page(**{name: value})
    assert not test.exception
    assert [
        f"{name}\\={value}" in note.value or f"{name}={value}" in note.value
        for note in test.warning
    ] == [True]
    assert test.selectbox(key="measure").value == "index_comprehensive"


def test_a_year_that_the_measure_lacks_is_said():
    test = page(lang="en", measure="internet_penetration", year="2020")
    assert "not available for 2020; the map shows 2016" in test.info[0].value


def test_the_legend_marks_the_national_value_and_the_province():
    text = html(page(lang="en", measure="gdp_per_capita", year="2017", province="440000"))
    assert 'class="national' in text
    assert 'class="chosen' in text


def test_text_from_the_address_is_shown_as_text():
    test = page(lang="en", province="<img src=x> ![a](http://b.c/d.png) $x$")
    assert r"\<img src\=x\> \!\[a\]\(http\:" in test.warning[0].value
    assert "<img" not in html(test)


def test_the_map_has_a_key_of_its_own(monkeypatch):
    """Hazard 3: without one, another map with a like script would be taken for this one."""
    given = []
    monkeypatch.setattr(
        "pages.parts.map_view.st_folium", lambda *args, **options: given.append(options)
    )
    assert not page().exception
    assert [options["key"] for options in given] == ["atlas_map_map"]
    assert given[0]["returned_objects"] == []


def test_keys_for_tests_from_outside():
    test = open_options(page(measure="gdp_per_capita"))
    for key in ("measure", "year", "lang", "method", "classes"):
        assert key in test.session_state


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_panel_without_a_province_names_tasks_and_directions(lang):
    text, t = unescape(html(page(lang=lang))), translator(lang)
    for one in statements_of_kind(*STRATEGY_KINDS):
        assert t.localized(one, "text") in text


def test_the_map_shows_who_climbed_since_a_year():
    test = page(lang="en", measure="gdp_per_capita", year="2024")
    test.selectbox(key="display").set_value("places").run()
    test.selectbox(key="since").set_value("2017").run()
    assert (address(test, "display"), address(test, "since")) == ("places", "2017")
    text = unescape(html(test))
    assert heading(test) == "Gross regional product per capita: change of rank from 2017 to 2024"
    assert text.count("<li><button") == 31
    assert "higher rank in 2024" in text
    assert "display=places&since=2017" in text  # the links of the picture


def test_a_change_is_shown_of_a_later_year_if_the_shown_one_has_none():
    test = page(lang="en", measure="index_comprehensive", year="2017")
    test.selectbox(key="display").set_value("places").run()
    assert heading(test) == "Open index of this atlas: change of rank from 2021 to 2023"
    assert [toast.value for toast in test.toast] == [
        "No year before 2017 is comparable with it, so the map shows 2023."
    ]
    test = page(lang="en", measure="index_comprehensive", year="2022")
    test.selectbox(key="display").set_value("places").run()
    assert heading(test) == "Open index of this atlas: change of rank from 2021 to 2022"
    assert len(test.toast) == 0


def test_measures_of_the_product_are_found_by_gdp():
    for lang in ("en", "zh"):
        options = page(lang=lang).selectbox(key="measure").options
        assert sum("GDP" in option for option in options) == 9


def test_a_change_that_cannot_be_shown_gives_values_and_the_reason():
    test = page(lang="en", measure="index_comprehensive", year="2017", display="percent")
    assert not test.exception
    assert "no year before 2017 is comparable" in test.warning[0].value
    assert heading(test) == "Open index of this atlas, 2017"


def test_the_tile_grid_is_one_switch_and_in_the_links_of_the_picture():
    test = page(lang="en", measure="gdp_per_capita", year="2020")
    assert "do not show boundaries" not in html(test)
    test.segmented_control(key="layout").set_value("tiles").run()
    assert address(test, "layout") == "tiles"
    text = unescape(html(test))
    assert "the tiles do not show boundaries" in text
    assert "layout=tiles" in text


def panel_of(text):
    return unescape(text[text.index('<div class="panel">') :])


def test_the_panel_of_a_province_outside_the_ten_says_so_once():
    panel = panel_of(html(page(lang="en", measure="gdp_per_capita", province="520000")))
    assert (
        "The report of 2017 publishes ten provinces in its comprehensive index and in 4"
        " dimensions; Guizhou is not among them." in panel
    )
    assert "outside the ten" not in panel
    assert "not published" not in panel
    panel = panel_of(html(page(lang="en", measure="gdp_per_capita", province="500000")))
    ranked = '<tr><th scope="row">{}</th><td>{}'
    assert ranked.format("Comprehensive", 8) in panel
    assert "Not among the published ten of 2017: " in panel


def test_the_panel_has_the_years_of_the_measure_and_three_strengths():
    panel = panel_of(html(page(lang="en", measure="fixed_broadband_per_100", province="110000")))
    text = "Fixed broadband subscriptions per 100 residents, 2016 to 2024: Beijing "
    assert f'alt="{text}' in panel
    for title in ("Strengths", "Weaknesses"):
        rows = panel[panel.index(f"<h2>{title}</h2>") :].split("</table>")[0]
        assert rows.count("<tr>") == 3
    panel = panel_of(html(page(lang="en", measure="report_comprehensive", province="110000")))
    assert '<figure class="years">' not in panel


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_panel_of_a_province_links_the_sources_of_its_measure(lang):
    """The table of the bureau first, then the copy that was read, with commit and checksum."""
    t = translator(lang)
    text = unescape(html(page(lang=lang, measure="gdp_per_capita", province="520000")))
    folded = text[text.index(f"<summary>{t('Sources')}</summary>") :].split("</details>")[0]
    sources = sources_of(published_measures()["gdp_per_capita"])
    assert len(sources) == 2
    for source in sources:
        links = [source.url, source.file.address]
        at = [folded.index(f'href="{link}"') for link in links]
        assert at == sorted(at)
        for code in (source.table_code, source.series_code, source.file.sha256):
            assert f"<code>{code}</code>" in folded
        assert source.file.commit[:10] in folded
        assert t.format_date(source.file.read_on) in folded


def test_the_panel_of_a_list_says_which_edition_and_of_the_index_each_series():
    text = unescape(html(page(lang="en", measure="report_comprehensive", province="110000")))
    assert "<dd>Digital China Construction and Development Report (2017), section 4.</dd>" in text
    text = unescape(html(page(lang="en", measure="index_comprehensive", province="110000")))
    sources = sources_of(published_measures()["index_comprehensive"], [2017])
    folded = text[text.index("<summary>Sources</summary>") :].split("</details>")[0]
    assert folded.count("<dt>") == len(sources)
    assert "SHA-256" not in folded


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_reviewed_map_has_its_number_below_it(lang, monkeypatch):
    note = {"en": "no map review", "zh": "未经地图审核"}[lang]
    assert note in html(page(lang=lang, measure="gdp_per_capita", year="2021"))
    monkeypatch.setenv("ATLAS_MAP_REVIEW", "审图号 GS(2024)1234")
    # A view that no other test looks at: readers of the same map share what is made of it.
    text = html(page(lang=lang, measure="population_density", year="2018", method="equal_interval"))
    assert "GS(2024)1234号" in text
    assert note not in text
