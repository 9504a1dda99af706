"""No picture is wrong: every size, language, kind and measure is looked over by geometry.

And the guard sees what it is there to see: every rule is broken once.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import pytest
import shapely

from geo.analysis import dimension_standings, published_measures, snapshot_of
from geo.measures import TIGHT_UNITS, format_value_beside_name, unit_beside_name
from geo.pictures import (
    BIVARIATE_KIND,
    FIGURE_LANGUAGES,
    FIGURE_SIZES,
    INDEX_KIND,
    MAP_KIND,
    PROFILE_KIND,
    SCATTER_KIND,
    TIME_SERIES_KIND,
    TWO_MAPS_KIND,
    FigureRequest,
    rendering,
)
from geo.pictures.figure_kinds import RANKING_KIND
from geo.pictures.guard import find_layout_faults
from geo.pictures.rendering import lay_out, render_picture
from geo.pictures.request import BOTH_LANGUAGES
from geo.pictures.sheet import ShapeItem, Sheet, StrokeItem, TextItem
from geo.text import DataError, translator
from geo.units import evaluated_adcodes, provinces
from tests.cases import choose_evenly, pair_in_turn, take_turns

pytestmark = pytest.mark.slow

DAY = "2026-11-25"
LINK = "https://atlas.example.org/?lang=en&measure=gdp_per_capita&year=2017"
ALL = list(product(FIGURE_SIZES, FIGURE_LANGUAGES))
LEAST_UNIT = 6.0  # pixels of the letters of a unit


def build_request(**choices) -> FigureRequest:
    return replace(FigureRequest(day=DAY, link=LINK), **choices)


@pytest.mark.parametrize(("size", "lang"), choose_evenly(ALL, 6))
def test_no_map_of_a_change_is_wrong(size, lang):
    for display_kind, kind in product(
        ("rank", "change", "percent", "places"), (MAP_KIND, RANKING_KIND)
    ):
        request = build_request(
            kind=kind, measure="gdp_per_capita", year=2024, since=2017,
            display_kind=display_kind, size=size, lang=lang,
        )  # fmt: skip
        assert find_layout_faults(lay_out(request)) == [], (display_kind, kind)


@pytest.mark.parametrize(("size", "lang"), choose_evenly(ALL, 6))
def test_no_tile_grid_is_wrong(size, lang):
    for kind, marks in product((MAP_KIND, RANKING_KIND, TWO_MAPS_KIND), ("none", "report")):
        request = build_request(
            kind=kind, measure="gdp_per_capita", year=2024, measure2="gdp_per_capita", year2=2017,
            layout="tiles", marks=marks, size=size, lang=lang, province="440000",
        )  # fmt: skip
        sheet = lay_out(request)
        assert find_layout_faults(sheet) == [], (kind, marks)
        tiles = [item.about for item in sheet.items if getattr(item, "role", "") == "tile"]
        assert set(tiles) == set(provinces())
        named = {text.about for text in sheet.text_items("tile label")}
        assert named == set(provinces())
        assert "Boundaries" not in " ".join(text.text for text in sheet.text_items())


@pytest.mark.parametrize(("size", "lang"), choose_evenly(ALL, 8))
def test_the_ranks_of_the_report_stand_before_the_names(size, lang):
    request = build_request(
        measure="index_comprehensive", year=2017, marks="report", size=size, lang=lang
    )
    sheet = lay_out(request)
    assert find_layout_faults(sheet) == []
    ranks = {text.about: text.text for text in sheet.text_items("label") if text.text.isdigit()}
    report = snapshot_of("report_comprehensive", 2017)
    assert ranks == {a: str(cell.rank) for a, cell in report.cells.items() if cell.rank}
    assert [text for text in sheet.text_items() if text.text == "1–10"]


def labelled_units(sheet: Sheet) -> set[str]:
    return {text.about for text in sheet.text_items("label")}


@pytest.mark.parametrize("measure", list(published_measures()))
def test_no_map_is_wrong_in_any_size_and_language(measure):
    years = published_measures()[measure].years
    for number, (size, lang) in take_turns(ALL, 2, list(published_measures()).index(measure)):
        # Every year of the measure has its turn.
        year = years[number % len(years)]
        sheet = lay_out(build_request(measure=measure, year=year, size=size, lang=lang))
        assert find_layout_faults(sheet) == [], (size, lang, year)
        assert len(labelled_units(sheet)) >= 32, (size, lang, year)


# Full lists, ties, doubtful values, gaps, ten ranks of 31, one place, ten names.
RANKINGS = [
    ("gdp_per_capita", 2017), ("software_revenue_share_gdp", 2021),
    ("security_revenue_share_gdp", 2018), ("telecom_volume_per_resident", 2019),
    ("report_comprehensive", 2017), ("report_comprehensive", 2021),
    ("report_network_security", 2017), ("report_information_services", 2018),
]  # fmt: skip


@pytest.mark.parametrize("lang", FIGURE_LANGUAGES)
@pytest.mark.parametrize("size", FIGURE_SIZES)
def test_no_map_with_its_ranking_is_wrong(size, lang):
    for number, (measure, year) in take_turns(RANKINGS, 2, ALL.index((size, lang))):
        province = ("", "810000", "310000")[number % 3]
        picture = build_request(
            kind=RANKING_KIND, measure=measure, year=year, size=size, lang=lang, province=province
        )
        assert find_layout_faults(lay_out(picture)) == [], (measure, year, province)


@pytest.mark.parametrize("lang", FIGURE_LANGUAGES)
@pytest.mark.parametrize("size", FIGURE_SIZES)
def test_no_index_and_no_profile_is_wrong(size, lang):
    turn = ALL.index((size, lang))
    names = ["index_comprehensive", "index_network_security", "index_policy_environment"]
    for _, measure in take_turns(names, 1, turn + turn // len(FIGURE_LANGUAGES)):
        year = published_measures()[measure].years[0]
        picture = build_request(
            kind=INDEX_KIND, measure=measure, year=year, size=size, lang=lang, qr=True
        )
        assert find_layout_faults(lay_out(picture)) == [], measure
    for _, adcode in take_turns(list(provinces()), 4, turn):
        picture = build_request(kind=PROFILE_KIND, province=adcode, year=2020, size=size, lang=lang)
        assert find_layout_faults(lay_out(picture)) == [], adcode


@pytest.mark.parametrize("lang", FIGURE_LANGUAGES)
@pytest.mark.parametrize("size", FIGURE_SIZES)
def test_the_inset_is_named_in_every_map(size, lang):
    whole = {"South China Sea Islands", "南海诸岛"}
    kinds = [
        (MAP_KIND, "gdp_per_capita"),
        (RANKING_KIND, "report_comprehensive"),
        (INDEX_KIND, "index_comprehensive"),
        (TWO_MAPS_KIND, "gdp_per_capita"),
        (BIVARIATE_KIND, "gdp_per_capita"),
    ]
    for _, (kind, measure) in take_turns(kinds, 1, ALL.index((size, lang))):
        picture = build_request(
            kind=kind, measure=measure, year=2017, measure2="urbanization", year2=2017,
            size=size, lang=lang,
        )  # fmt: skip
        sheet = lay_out(picture)
        panes = sum(name.startswith("inset") for name in sheet.panes)
        words = " ".join(text.text for text in sheet.text_items("inset name"))
        assert sum(words.count(name) for name in whole) >= panes > 0, (kind, words)
        assert "…" not in words


def test_the_inset_is_named_in_both_languages_where_there_is_room():
    sheet = lay_out(build_request(measure="gdp_per_capita", lang=BOTH_LANGUAGES, size="a4-upright"))
    words = [text.text for text in sheet.text_items("inset name")]
    assert words == ["南海诸岛", "South China Sea Islands"]


FOUR = ("110000", "440000", "520000", "650000")
TEN = (*FOUR, "310000", "320000", "330000", "350000", "420000", "500000")
# Values, ranks of ten, an index with breaks, lists, doubtful values, one year alone.
LINES = [
    ("gdp_per_capita", "lines", FOUR), ("telecom_volume_per_resident", "ranks", TEN),
    ("index_comprehensive", "lines", TEN), ("report_comprehensive", "lines", FOUR),
    ("software_revenue_share_gdp", "indexed", ("150000", "450000")),
    ("egov_capability", "indexed", FOUR), ("report_network_security", "ranks", ("350000",)),
]  # fmt: skip
# Values, a value with a list, two lists, lists of one place, doubtful values.
SCATTERS = [
    (("gdp_per_capita", 2017), ("fixed_broadband_per_100", 2020), TEN),
    (("report_comprehensive", 2017), ("gdp_per_capita", 2017), FOUR),
    (("report_comprehensive", 2017), ("report_industrial_digitalization", 2017), ()),
    (("report_network_security", 2017), ("report_policy_environment", 2017), FOUR),
    (("software_revenue_share_gdp", 2021), ("index_comprehensive", 2017), FOUR),
]


@pytest.mark.parametrize("lang", FIGURE_LANGUAGES)
@pytest.mark.parametrize("size", FIGURE_SIZES)
def test_no_lines_and_no_scatter_are_wrong(size, lang):
    turn = ALL.index((size, lang))
    for _, (measure, drawn, chosen) in take_turns(LINES, 2, turn):
        picture = build_request(
            kind=TIME_SERIES_KIND,
            measure=measure,
            course=drawn,
            provinces=chosen,
            size=size,
            lang=lang,
        )
        assert find_layout_faults(lay_out(picture)) == [], measure
    for _, (first, second, chosen) in take_turns(SCATTERS, 1, turn):
        picture = build_request(
            kind=SCATTER_KIND, measure=first[0], year=first[1], measure2=second[0], year2=second[1],
            provinces=chosen, fit="line", size=size, lang=lang,
        )  # fmt: skip
        assert find_layout_faults(lay_out(picture)) == [], (first, second)


def test_no_scatter_of_any_two_measures_is_wrong():
    # Every pair has one size, language, choice of provinces and pair of years: 1,081 pictures.
    choices = [(size, lang, chosen) for size, lang in ALL for chosen in ((), FOUR)]
    pairs = list(combinations(published_measures().values(), 2))
    wrong = {}
    for number, (a, b) in take_turns(pairs, len(pairs) // 8, 0):
        size, lang, chosen = choices[number % len(choices)]
        picture = build_request(
            kind=SCATTER_KIND, measure=a.id, year=a.years[number % len(a.years)], measure2=b.id,
            year2=b.years[number % len(b.years)], provinces=chosen, size=size, lang=lang,
        )  # fmt: skip
        if faults := find_layout_faults(lay_out(picture)):
            wrong[a.id, b.id, picture.year, picture.year2, size, lang] = faults[:2]
    assert wrong == {}


def test_a_scatter_has_a_mark_for_each_province_and_lines_a_mark_for_each_year():
    sheet = lay_out(build_request(kind=SCATTER_KIND, measure="gdp_per_capita", provinces=FOUR))
    marked = {item.about for item in sheet.items if getattr(item, "role", "") == "dot"}
    assert marked - {""} == set(evaluated_adcodes())  # those without are of the key
    assert len(sheet.text_items("name")) >= 28
    sheet = lay_out(build_request(kind=TIME_SERIES_KIND, measure="gdp_per_capita", provinces=FOUR))
    marks = [i for i in sheet.items if isinstance(i, ShapeItem) and i.role == "line"]
    assert len(marks) == (len(FOUR) + 1) * 9
    assert {text.text for text in sheet.text_items("name")} >= {"Guizhou", "Eastern region"}


@pytest.mark.parametrize("size", [adcode for adcode in FIGURE_SIZES if adcode != "square"])
def test_a_profile_in_both_languages_names_its_rows_in_both(size):
    # The square alone has no room for it, and has the first language in letters that can be read.
    sheet = lay_out(
        build_request(
            kind=PROFILE_KIND, province="440000", year=2020, size=size, lang=BOTH_LANGUAGES
        )
    )
    written = {text.text for text in sheet.text_items("profile")}
    assert {"人均信息技术服务收入", "IT service revenue per resident"} <= written


@pytest.mark.parametrize("province", ["460000", "820000", "710000", "650000", "230000"])
def test_provinces_at_the_edges_are_outlined_and_nothing_moves(province):
    for size in FIGURE_SIZES:
        sheet = lay_out(
            build_request(
                province=province, size=size, measure="gdp_per_capita", lang=BOTH_LANGUAGES
            )
        )
        assert find_layout_faults(sheet) == []
        outlined = [item for item in sheet.items if getattr(item, "role", "") == "main selected"]
        assert [item.about for item in outlined] == [province]


def test_classes_of_every_method_and_number():
    methods = product(("fisher_jenks", "equal_interval", "std_mean", "pretty"), (3, 7))
    for (method, count), size in pair_in_turn(methods, FIGURE_SIZES):
        picture = build_request(measure="domain_names_per_1000", year=2017, method=method,
                        classes=count, size=size, lang=BOTH_LANGUAGES)  # fmt: skip
        assert find_layout_faults(lay_out(picture)) == [], (method, count, size)


def test_titles_and_notes_of_any_length_and_script():
    texts = ["", "x", "文" * 3000, "W" * 3000, "مرحبا " * 200, "$x^2$ <b>{{7*7}}</b> \x00😀"]
    for text, size in pair_in_turn(texts, FIGURE_SIZES):
        sheet = lay_out(
            build_request(title=text, note=text, size=size, lang=BOTH_LANGUAGES, qr=True)
        )
        assert find_layout_faults(sheet) == [], (text[:9], size)


def test_a_doubtful_figure_and_an_unsure_rank_are_marked():
    sheet = lay_out(build_request(measure="software_revenue_share_gdp", year=2021))
    assert "Inner Mongolia ?" in {text.text for text in sheet.text_items("label")}
    cells = snapshot_of("index_comprehensive", 2017).cells
    sheet = lay_out(build_request(measure="index_comprehensive"))
    marked = {item.about for item in sheet.items if getattr(item, "role", "") == "mark"}
    assert marked == {cell.adcode for cell in cells.values() if cell.unsure}


# ---- the guard sees ----


@pytest.fixture
def sheet() -> Sheet:
    result = lay_out(build_request(measure="gdp_per_capita", qr=True))
    assert find_layout_faults(result) == []
    return result


def without(sheet: Sheet, drop) -> list[str]:
    sheet.items = [item for item in sheet.items if not drop(item)]
    return find_layout_faults(sheet)


@pytest.mark.parametrize("adcode", ["820000", "150000"])
def test_a_missing_unit_is_seen(sheet, adcode):
    lines = without(sheet, lambda i: isinstance(i, ShapeItem) and i.about == adcode)
    assert f"main: unit {adcode} is missing" in lines


def test_a_missing_island_is_seen_in_both_panes(sheet):
    for number, item in enumerate(sheet.items):
        if isinstance(item, ShapeItem) and item.about == "460000" and item.role.endswith("unit"):
            largest = max(shapely.get_parts(item.shape), key=lambda part: part.area)
            sheet.items[number] = replace(item, shape=shapely.MultiPolygon([largest]))
    lines = find_layout_faults(sheet)
    assert lines.count("inset: a part of 460000 is missing") > 40
    assert "main: a part of 460000 is missing" in lines


def test_a_missing_dash_is_seen(sheet):
    for number, item in enumerate(sheet.items):
        if isinstance(item, StrokeItem) and item.role == "inset dashes":
            sheet.items[number] = replace(item, lines=item.lines[1:])
    assert "inset: 9 of 10 lines of dashes" in find_layout_faults(sheet)


def test_a_missing_inset_is_seen(sheet):
    del sheet.boxes["inset"]
    assert "the inset is missing" in find_layout_faults(sheet)


def place(sheet: Sheet, adcode: str) -> tuple[float, float]:
    shape = next(
        item.shape for item in sheet.items
        if isinstance(item, ShapeItem) and item.about == adcode and item.role == "main unit"
    )  # fmt: skip
    point = shape.representative_point()
    return point.x, point.y


def test_a_text_over_territory_is_seen(sheet):
    x, y = place(sheet, "650000")
    sheet.add_items(TextItem(x, y - 60, "note", 14, "note"))
    assert find_layout_faults(sheet) == ["note “note” covers territory"]


def test_a_text_over_territory_of_the_inset_is_seen(sheet):
    island = next(
        item.shape for item in sheet.items
        if isinstance(item, ShapeItem) and item.about == "460000" and item.role == "inset unit"
    )  # fmt: skip
    point = max(shapely.get_parts(island), key=lambda part: part.area).representative_point()
    sheet.add_items(TextItem(point.x, point.y, "x", 6, "note"))
    assert "note “x” covers territory" in find_layout_faults(sheet)


@pytest.mark.parametrize("name", ["legend", "inset", "qr"])
def test_a_box_over_territory_is_seen(sheet, name):
    x, y = place(sheet, "650000")
    box = sheet.boxes[name]
    sheet.boxes[name] = replace(box, x0=x - 5, y0=y - 90, x1=x + 5, y1=y - 80)
    assert f"{name} covers territory" in find_layout_faults(sheet)


@pytest.mark.parametrize("pane", ["main", "inset"])
def test_a_box_over_a_dash_is_seen(sheet, pane):
    strokes = (item for item in sheet.items if isinstance(item, StrokeItem))
    dash = next(item for item in strokes if item.role == f"{pane} dashes")
    x, y = dash.lines[0].mean(axis=0)
    sheet.boxes["legend"] = replace(sheet.boxes["legend"], x0=x - 4, y0=y - 4, x1=x + 4, y1=y + 4)
    assert "legend covers a dash" in find_layout_faults(sheet)


def test_a_text_over_a_text_is_seen(sheet):
    title = sheet.text_items("title")[0]
    sheet.add_items(replace(title, text="Another", role="note"))
    assert [fault[:14] for fault in find_layout_faults(sheet)] == ["text over text"]


def test_what_is_cut_off_is_seen(sheet):
    sheet.add_items(TextItem(sheet.size.width - 20, 40, "A long text", 20, "note"))
    assert find_layout_faults(sheet) == ["cut off at the edge: note “A long text”"]


def test_a_missing_glyph_is_seen(sheet):
    sheet.add_items(TextItem(900, 30, "ไ", 10, "note"))
    with pytest.warns(UserWarning, match="missing from font"):
        assert "no glyph for a character of “ไ”" in find_layout_faults(sheet)


def test_a_name_on_another_unit_is_seen(sheet):
    x, y = place(sheet, "650000")
    for number, item in enumerate(sheet.items):
        if isinstance(item, TextItem) and item.about == "460000":
            sheet.items[number] = replace(item, x=x, y=y - 80)
    assert find_layout_faults(sheet) == ["the name of 460000 lies over other units"]


def test_a_wrong_picture_never_leaves(monkeypatch, caplog):
    def crooked(picture: FigureRequest) -> Sheet:
        result = lay_out(picture)
        result.add_items(TextItem(-5, 40, "off", 20, "note"))
        return result

    monkeypatch.setattr(rendering, "lay_out", crooked)
    with pytest.raises(DataError) as caught:
        render_picture(build_request(kind=MAP_KIND), "png")
    # Readers get a sentence in their own language, the log has the faults.
    assert "recorded in the server’s log" in translator("en")(caught.value.message)
    assert "已记入服务器日志" in translator("zh")(caught.value.message)
    assert "cut off at the edge: note “off”" in caplog.text


@pytest.mark.parametrize("lang", FIGURE_LANGUAGES)
@pytest.mark.parametrize("size", FIGURE_SIZES)
def test_every_value_of_a_profile_has_its_unit(size, lang):
    t = translator(build_request(lang=lang).lang if lang != BOTH_LANGUAGES else "zh")
    sheet = lay_out(
        build_request(kind=PROFILE_KIND, province="370000", year=2020, size=size, lang=lang)
    )
    written = {text.text: text.size for text in sheet.text_items("profile")}
    lost = []
    for group in dimension_standings("370000", 2020).values():
        for standing in group.standings:
            unit = unit_beside_name(standing.measure, t)
            if standing.cell.value is None or not unit:
                continue
            if unit in TIGHT_UNITS:
                unit = format_value_beside_name(standing.cell.value, standing.measure, t)
                unit += " ?" * standing.cell.is_doubtful
            if written.get(unit, 0) < LEAST_UNIT:
                lost.append((standing.measure.id, unit))
    assert lost == []
