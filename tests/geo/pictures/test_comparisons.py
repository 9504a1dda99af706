"""Pictures of two maps and of provinces side by side, and the bare size for a slide.

What they show is read back from the laid out sheet and held against the data.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import cycle, product
from urllib.parse import parse_qs, urlsplit

import pytest

from geo.analysis import (
    ComparedRow,
    compare_measures,
    parse_state,
    published_measures,
    side_title_with_letter,
    snapshot_of,
)
from geo.labels import Box
from geo.maps import class_label
from geo.measures import Status, dimension_ids, format_class_counts, indicators_of
from geo.pictures import (
    COMPARISON_KIND,
    FIGURE_LANGUAGES,
    FIGURE_SIZES,
    MAP_KIND,
    SLIDE_PART,
    TWO_MAPS_KIND,
    FigureRequest,
    request_from_address,
)
from geo.pictures.guard import find_layout_faults, map_letters
from geo.pictures.rendering import lay_out
from geo.pictures.sheet import ShapeItem, Sheet
from geo.slides.template import LayoutName, PlaceholderIndex, find_layout, layout_area, new_deck
from geo.text import InputError, translator
from tests.cases import pair_maps

pytestmark = pytest.mark.slow

BASE = "https://atlas.example/"
DAY = date(2026, 11, 25)
EN = translator("en")
TEN = ("110000", "310000", "440000", "320000", "330000", "370000", "520000", "540000", "650000",
       "450000")  # fmt: skip
# One of each kind of pair: a change, two units, a list beside a figure, two lists, the open index
# beside a list, each with classes of its own, the same twice.
PAIRS = tuple(
    dict(zip(("measure", "year", "measure2", "year2"), entry, strict=True)) | more
    for entry, more in (
        (("gdp_per_capita", 2016, "gdp_per_capita", 2023), {}),
        (("gdp_per_capita", 2022, "fixed_broadband_per_100", 2020), {}),
        (
            ("fixed_broadband_per_100", 2022, "report_information_infrastructure", 2017),
            {"province": "440000"},
        ),
        (("report_comprehensive", 2017, "report_comprehensive", 2021), {}),
        (("index_comprehensive", 2017, "report_comprehensive", 2017), {}),
        (("gdp_per_capita", 2022, "fixed_broadband_per_100", 2020), {"classed": "own"}),
        (("gdp_per_capita", 2022, "gdp_per_capita", 2022), {}),
    )
)


def parse_request(**params: object) -> FigureRequest:
    return request_from_address({name: str(value) for name, value in params.items()}, BASE, DAY)


def two(order: int = 0, **more: object) -> FigureRequest:
    return parse_request(kind=TWO_MAPS_KIND, **{**PAIRS[order], **more})


def side_by_side(*chosen: str, **more: object) -> FigureRequest:
    return parse_request(kind=COMPARISON_KIND, provinces=",".join(chosen), **more)


def legend_rows(sheet: Sheet) -> dict[str, str]:
    """What stands at the right of each label of the legends, by the label."""
    figures = [text for text in sheet.text_items("legend") if text.align == "right"]
    texts = {}
    for text in sheet.text_items("legend"):
        beside = [figure for figure in figures if figure.y == text.y and figure.x > text.x]
        if text.align == "left" and beside:
            texts[text.text] = min(beside, key=lambda item: item.x).text
    return texts


@pytest.mark.parametrize(
    ("size", "lang", "order"),
    [
        (*lines, order)
        for lines, order in zip(
            product(FIGURE_SIZES, FIGURE_LANGUAGES), cycle(range(7)), strict=False
        )
    ],
)
def test_two_maps_pass_the_guard_in_every_size_and_language(size: str, lang: str, order: int):
    sheet = lay_out(two(order, size=size, lang=lang))
    assert find_layout_faults(sheet) == []
    assert map_letters(sheet)[:2] == ["A", "B"]


@pytest.mark.parametrize("order", range(len(PAIRS)))
def test_every_kind_of_pair_passes_the_guard(order: int):
    assert find_layout_faults(lay_out(two(order))) == []


@pytest.mark.parametrize(
    ("size", "lang", "chosen"),
    [
        (*lines, TEN[:count])
        for lines, count in zip(
            product(FIGURE_SIZES, FIGURE_LANGUAGES), cycle((10, 2, 5)), strict=False
        )
    ],
)
def test_comparisons_pass_the_guard(size: str, lang: str, chosen: tuple[str, ...]):
    sheet = lay_out(side_by_side(*chosen, size=size, lang=lang, year=2017))
    assert find_layout_faults(sheet) == []
    for text in sheet.text_items("rows"):
        assert sheet.boxes["rows"].y1 >= text.y or "table" in text.text or "表格" in text.text


def test_both_maps_and_the_third_have_one_scale():
    sheet = lay_out(two())
    assert map_letters(sheet) == ["A", "B", "third"]
    for name in ("main", "inset"):
        assert len({sheet.panes[f"{name} {literal}"].scale for literal in ("A", "B", "third")}) == 1


def test_the_third_map_stands_only_where_it_has_room_and_is_wanted():
    for size in FIGURE_SIZES:
        lines = map_letters(lay_out(two(size=size)))
        assert ("third" in lines) == (size in {"16-9", "a4-across"})
    assert map_letters(lay_out(two(third="hidden"))) == ["A", "B"]
    # Both maps show the same: there is nothing to say of a difference.
    assert map_letters(lay_out(two(6))) == ["A", "B"]


def test_one_legend_has_the_counts_of_both_maps():
    results = PAIRS[0]
    drawn = pair_maps(results["measure"], results["year"], results["measure2"], results["year2"])
    texts = legend_rows(lay_out(two(size="square")))
    for place, one in enumerate(drawn.first.choropleth.classes):
        counts = [side.choropleth.shared_class_count(place) for side in (drawn.first, drawn.second)]
        assert texts[class_label(one, EN)] == format_class_counts(counts, EN)
    assert texts["Not covered by this series"] == "A 3 · B 3"


def test_a_list_without_places_leaves_the_classes_to_the_other_map():
    texts = legend_rows(lay_out(two(3)))
    assert texts["Rank 1 to 3"] == "A 3 · B 0"


def test_unlocked_classes_have_a_legend_for_each_map():
    sheet = lay_out(two(5, size="square"))
    assert {"legend", "legend 2"} <= set(sheet.boxes)
    heads = {text.text for text in sheet.text_items("legend") if text.weight > 400}
    assert {head.partition(" · ")[0] for head in heads} == {"A", "B"}


def test_each_map_has_the_title_of_its_pane():
    drawn = pair_maps("gdp_per_capita", 2016, "gdp_per_capita", 2023)
    result = " ".join(text.text for text in lay_out(two()).text_items("heading"))
    for letter, side in (("A", drawn.first), ("B", drawn.second)):
        assert side_title_with_letter(side, letter, EN) in result
    assert "Change from 2016 to 2023" in result


def test_the_third_map_has_diverging_words():
    reordered_legend = {text.text for text in lay_out(two(2)).text_items("legend")}
    assert {"lower rank in B", "higher rank in B", "same rank"} <= reordered_legend
    assert "higher in 2023" in {text.text for text in lay_out(two()).text_items("legend")}


def test_the_guard_looks_at_every_map_of_a_sheet():
    sheet = lay_out(two(size="square"))
    gone = replace(sheet, items=[i for i in sheet.items if not lacks(i)])
    assert "main B: unit 540000 is missing" in find_layout_faults(gone)
    box = sheet.panes["main B"].box
    over = Box(box.x0 + 100, box.y0 + 150, box.x0 + 140, box.y0 + 190)
    covered = replace(sheet, boxes={**sheet.boxes, "stray": over})
    assert "stray covers territory" in find_layout_faults(covered)
    without = {name: entry for name, entry in sheet.boxes.items() if name != "inset B"}
    assert "the inset B is missing" in find_layout_faults(replace(sheet, boxes=without))


def lacks(item: object) -> bool:
    return isinstance(item, ShapeItem) and item.role == "main B unit" and item.about == "540000"


# ---- provinces side by side ----


def rows_of(picture: FigureRequest) -> list[ComparedRow]:
    rows = compare_measures(picture.provinces, picture.year, "dimension")
    return [row for group in rows.values() for row in group]


@pytest.mark.parametrize("size", FIGURE_SIZES)
def test_every_measure_is_drawn_or_counted_as_left_out(size: str):
    picture = side_by_side(*TEN[:3], size=size, year=2022)
    sheet = lay_out(picture)
    marks = [i for i in sheet.items if isinstance(i, ShapeItem) and i.role == "margin"]
    lines = [text.text for text in sheet.text_items("rows") if "more measure" in text.text]
    left = int(lines[0].split()[0]) if lines else 0
    # Each row has every province once in its margin.
    assert len(marks) == 3 * (len(rows_of(picture)) - left)
    assert left < len(rows_of(picture)) - 10


def test_the_margin_has_the_ranks_of_the_data_in_the_order_of_the_rows():
    picture = side_by_side("110000", "520000", year=2017, size="a4-upright")
    sheet = lay_out(picture)
    lines = [
        text.text for text in sheet.text_items("rows") if text.text.removesuffix(" ?").isdigit()
    ]
    texts = [
        f"{cell.rank} ?" if cell.status is Status.DOUBTFUL else str(cell.rank)
        for row in rows_of(picture)
        for cell in row.cells
        if cell.rank and cell.status is not Status.RANK_AMONG_TEN
    ]
    assert lines == texts[: len(lines)]
    assert len(lines) > 50


def test_doubtful_figures_are_hollow_on_the_strip():
    picture = side_by_side("110000", "540000", year=2023)
    hollow = {
        item.about
        for item in lay_out(picture).items
        if isinstance(item, ShapeItem) and item.role == "strip" and item.fill == "#ffffff"
    }
    doubtful = {adcode for row in rows_of(picture) for adcode in row.doubtful}
    assert hollow == doubtful == {"540000"}


@pytest.mark.parametrize("year", [2016, 2017, 2020, 2023])
def test_the_title_counts_what_the_ranks_say(year: int):
    chosen = ("110000", "310000", "520000")
    first = dict.fromkeys(chosen, 0)
    total = 0
    for measure in (m for group in dimension_ids() for m in indicators_of(group)):
        snapshot = snapshot_of(measure.id, measure.nearest_year(year))
        cells = [snapshot.cells[adcode] for adcode in chosen]
        if any(cell.rank is None or cell.status is Status.DOUBTFUL for cell in cells):
            continue
        total += 1
        best = min(cell.rank for cell in cells)
        leaders = [cell.adcode for cell in cells if cell.rank == best]
        if len(leaders) == 1:
            first[leaders[0]] += 1
    most = max(first.values())
    assert list(first.values()).count(most) == 1
    name = {"110000": "Beijing", "310000": "Shanghai", "520000": "Guizhou"}[
        max(first, key=first.__getitem__)
    ]
    assert lay_out(side_by_side(*chosen, year=year)).title == (
        f"{name} ranks first of these 3 provinces in {most} of {total} open indicators"
    )


def test_a_unit_that_is_not_evaluated_makes_no_title_of_ranks():
    sheet = lay_out(side_by_side("110000", "810000"))
    assert sheet.title == "Beijing and Hong Kong side by side"
    assert find_layout_faults(sheet) == []


# ---- requests ----


@pytest.mark.parametrize("picture", [two(2), two(5, third="hidden"), side_by_side(*TEN)])
def test_the_link_opens_the_same_on_the_page_of_comparisons(picture: FigureRequest):
    parts = urlsplit(picture.link)
    assert parts.path == "/compare"
    view, notes = parse_state({name: parse_q[0] for name, parse_q in parse_qs(parts.query).items()})
    assert notes == []
    assert view.pane == {TWO_MAPS_KIND: "maps", COMPARISON_KIND: "provinces"}[picture.kind]
    if picture.kind == COMPARISON_KIND:
        assert view.chosen_provinces == picture.provinces
        return
    for name in ("measure", "year", "measure2", "year2", "classed", "third", "province"):
        assert getattr(view, name) == getattr(picture, name)


def test_what_has_no_part_in_a_picture_does_not_make_it_another():
    more = {"measure2": "gdp_per_capita", "year2": 2020, "classed": "own"}
    more |= {"provinces": "110000,440000"}
    plain = parse_request(kind=MAP_KIND, measure="gdp_per_capita", year=2020)
    assert parse_request(kind=MAP_KIND, measure="gdp_per_capita", year=2020, **more) == plain
    assert two(method="equal_interval", classes=4) == two()
    assert side_by_side("110000", "440000", measure="gdp_per_capita", province="110000") == (
        side_by_side("110000", "440000")
    )
    assert hash(two()) == hash(two())


def test_a_comparison_needs_two_provinces_and_takes_no_eleventh():
    with pytest.raises(InputError, match="at least two provinces"):
        side_by_side("110000")
    with pytest.raises(InputError, match="11 provinces"):
        side_by_side(*TEN, "120000")


def test_names_of_files_tell_what_is_compared():
    assert two().file_stem == "atlas-two-maps-gdp-per-capita-2016-gdp-per-capita-2023-en-16-9"
    assert (
        side_by_side("110000", "440000").file_stem == "atlas-comparison-110000-440000-2017-en-16-9"
    )


# ---- the part of a slide ----


def test_the_part_of_a_slide_has_its_proportions_and_no_words_around_it():
    layout = find_layout(new_deck(), LayoutName.MAP_CHART_TABLE)
    area = layout_area(layout, PlaceholderIndex.PICTURE)
    assert SLIDE_PART.width / SLIDE_PART.height == pytest.approx(
        area.width / area.height, rel=0.002
    )
    assert SLIDE_PART.size_in_inches == pytest.approx((area.width, area.height), abs=0.005)
    for measure in ("gdp_per_capita", "report_comprehensive"):
        sheet = lay_out(FigureRequest(measure=measure, size=SLIDE_PART.id))
        assert find_layout_faults(sheet) == []
        assert {t.role for t in sheet.text_items()} <= {"legend", "label", "inset name"}
        assert sheet.alt
        assert sheet.panes["main"].box.width > 0.6 * SLIDE_PART.width


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("measure", list(published_measures())[::5])
def test_the_part_of_a_slide_passes_the_guard(measure: str, lang: str):
    year = published_measures()[measure].years[-1]
    picture = FigureRequest(measure=measure, year=year, size=SLIDE_PART.id, lang=lang)
    assert find_layout_faults(lay_out(picture)) == []


def test_readers_are_not_offered_the_part_of_a_slide():
    assert SLIDE_PART.id not in FIGURE_SIZES
    with pytest.raises(InputError, match="Choose one of: 16-9"):
        parse_request(size=SLIDE_PART.id)
