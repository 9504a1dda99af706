"""Slides opened again: their words, tables and charts are those of the data, and nothing is cut."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pptx import Presentation
from pptx.oxml.ns import qn

from geo.analysis import (
    STANDOUT_COUNT,
    open_index_standings,
    published_measures,
    snapshot_of,
    strengths_and_weaknesses,
)
from geo.captions import FOOT_LINES, map_caption, profile_caption
from geo.limits import MAX_SLIDES, MIN_SLIDES
from geo.maps import NATIONAL_COLOUR, classify_snapshot
from geo.measures import HOW_NATIONAL_SHORT, format_value_beside_name, short_rank, status_name
from geo.slides import SlideRequest, build_deck, build_single_slide, deck_file_name
from geo.slides.build_template import HEIGHT, WIDTH
from geo.slides.charts import ChartBar, add_bar_chart
from geo.slides.template import (
    PlaceholderIndex,
    Placement,
    layout_area,
    layout_text,
    new_deck,
)
from geo.slides.text import (
    EAST_ASIAN,
    LATIN,
    clean_text,
    line_count,
    shorten_to_lines,
    text_width_pt,
)
from geo.task_processes import finish_steps
from geo.text import InputError, translator
from geo.units import evaluated_adcodes, provinces
from tests.cases import pair_in_turn

pytestmark = pytest.mark.slow

DAY = date(2026, 11, 25)
CHOSEN = ("110000", "150000", "520000")
LINK = "https://atlas.example/map?measure=gdp_per_capita&lang=en"
EMU_PER_INCH = 914_400


def png(width_px: int = 1920, height_px: int = 1080) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    rows = b"".join(b"\0" + b"\x80" * width_px for _ in range(height_px))
    head = struct.pack(">IIBBBBB", width_px, height_px, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


PNG = png()


def brief(measure: str = "gdp_per_capita", year: int = 2017, **more: object) -> SlideRequest:
    values = {"chosen": CHOSEN, "link": LINK, **more}
    drawn = classify_snapshot(snapshot_of(measure, year))
    return SlideRequest(published_measures()[measure], drawn, DAY, **values)


def opened(body: bytes):
    return Presentation(io.BytesIO(body))


def packed(request: SlideRequest, lang: str):
    return opened(finish_steps(build_deck(request, PNG, translator(lang))))


@cache
def standard(lang: str) -> bytes:
    """The pack that most of the tests open."""
    return finish_steps(build_deck(brief(), PNG, translator(lang)))


def charts(slide) -> list:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def tables(slide) -> list[list[list[str]]]:
    lines = [shape.table for shape in slide.shapes if shape.has_table]
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in lines]


def words_of(slide) -> str:
    frames = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    return "\n".join(frames)


def words_in(shape) -> str:
    return shape.text_frame.text if shape.has_text_frame else ""


def notes_of(slide) -> str:
    return slide.notes_slide.notes_text_frame.text


# ---- one slide ----


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_one_slide_says_what_the_data_say(lang):
    t, request = translator(lang), brief()
    deck = opened(build_single_slide(request, PNG, t))
    assert len(deck.slides) == 1
    slide = deck.slides[0]
    caption = map_caption(request.measure, 2017, t, choropleth=request.choropleth)
    assert slide.shapes.title.text_frame.text == caption.title.text
    assert caption.subtitle in words_of(slide)
    assert caption.foot.credit in words_of(slide)
    assert caption.foot.boundaries in words_of(slide)
    assert caption.source in notes_of(slide)
    for note in caption.notes:
        assert note.text in notes_of(slide)
    assert LINK in notes_of(slide)

    ranked = sorted(request.cells.values(), key=lambda c: -(c.value or 0))[:10]
    (chart,) = charts(slide)
    plot = chart.plots[0]
    names = [provinces()[c.adcode].name_in(lang) for c in ranked]
    assert list(plot.categories) == [*names, t(HOW_NATIONAL_SHORT["ratio_of_sums"])]
    national = snapshot_of("gdp_per_capita", 2017).national.value
    assert list(plot.series[0].values) == [*(c.value for c in ranked), national]
    colours = [
        "#" + str(plot.series[0].points[i].format.fill.fore_color.rgb).lower() for i in range(11)
    ]
    assert colours == [*(request.choropleth.colour(c) for c in ranked), NATIONAL_COLOUR]

    (table,) = tables(slide)
    inner = request.cells["150000"]
    assert [
        provinces()["150000"].name_in(lang),
        t.format_number(inner.value),
        short_rank(inner, t),
    ] in table
    last = max(request.cells.values(), key=lambda c: c.rank or 0)
    assert table[-2][1] == t.format_number(last.value)


def test_the_picture_keeps_its_proportions_and_has_its_words():
    t, request = translator("en"), brief()
    slide = opened(build_single_slide(request, png(600, 500), t)).slides[0]
    (picture,) = [shape for shape in slide.shapes if hasattr(shape, "image")]
    assert picture.width / picture.height == pytest.approx(600 / 500, rel=1e-3)
    alt = picture.element.xpath(".//p:cNvPr")[0].get("descr")
    assert alt == map_caption(request.measure, 2017, t, choropleth=request.choropleth).alt.text
    for shape in slide.shapes:
        if shape.has_chart or shape.has_table:
            assert "2017" in shape.element.xpath(".//p:cNvPr")[0].get("descr")


def test_published_ranks_have_a_table_and_no_bars_for_scores_that_nobody_published():
    slide = opened(build_single_slide(brief("report_comprehensive"), PNG, translator("en"))).slides[
        0
    ]
    assert charts(slide) == []
    (table,) = tables(slide)
    assert table[1] == ["Beijing", "Rank 1 of 31"]
    assert table[10] == ["Hubei", "Rank 10 of 31"]
    assert table[11] == ["21 provinces", "Outside the published ten"]


def test_a_doubtful_figure_is_marked():
    entry = next(
        (m.id, y, a)
        for m in published_measures().values()
        if m.kind == "indicator"
        for y in m.years
        for a, c in snapshot_of(m.id, y).cells.items()
        if c.status.value == "doubtful"
    )
    measure, year, adcode = entry
    deck = packed(brief(measure, year, chosen=(adcode,)), "en")
    name = provinces()[adcode].name_en + " ?"
    bars = [c for chart in charts(deck.slides[2]) for c in chart.plots[0].categories]
    assert name in bars
    assert any(name in row for table in tables(deck.slides[3]) for row in table)


# ---- a pack ----


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_pack_holds_the_whole_ranking(lang):
    t, request = translator(lang), brief()
    deck = opened(standard(lang))
    values, names = [], []
    for chart in charts(deck.slides[2]):
        names += list(chart.plots[0].categories)
        values += list(chart.plots[0].series[0].values)
    national = request.choropleth.snapshot.national.value
    assert values == sorted(
        [*request.choropleth.snapshot.values_by_adcode().values(), national], reverse=True
    )
    assert len(set(names)) == 32
    scales = {chart.value_axis.maximum_scale for chart in charts(deck.slides[2])}
    assert len(scales) == 1

    (table,) = tables(deck.slides[3])
    entries = [tuple(row[i : i + 3]) for i in (0, 3, 6) for row in table[1:] if row[i + 1]]
    expected = {
        (str(c.rank), provinces()[a].name_in(lang), t.format_number(c.value))
        for a, c in request.cells.items()
        if c.rank
    }
    assert len(entries) == 32
    assert {entry for entry in entries if entry[0]} == expected
    places = [int(entry[0]) for entry in entries if entry[0]]
    assert places == sorted(places)
    taiwan = provinces()["710000"].name_in(lang)
    assert taiwan in words_of(deck.slides[3])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_pack_holds_the_profiles(lang):
    t = translator(lang)
    deck = opened(standard(lang))
    for adcode, slide in zip(CHOSEN, list(deck.slides)[4:7], strict=True):
        caption = profile_caption(adcode, 2017, t)
        assert slide.shapes.title.text_frame.text == caption.title.text
        strong, weak = strengths_and_weaknesses(adcode, 2017)
        (table,) = tables(slide)
        figures = [tuple(row[1:]) for row in table[1:] if row[1]]
        assert figures == [
            (
                format_value_beside_name(s.cell.value, s.measure, t),
                short_rank(s.cell, t),
                str(s.year),
            )
            for s in (one.standing for one in (*strong[:STANDOUT_COUNT], *weak[:STANDOUT_COUNT]))
        ]
        (chart,) = charts(slide)
        scores = open_index_standings(adcode, 2017)
        assert list(chart.plots[0].series[0].values) == [s.cell.value for s in scores]
        assert list(chart.plots[0].series[1].values) == [s.snapshot.national.value for s in scores]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_pack_sets_the_chosen_side_by_side(lang):
    t, request = translator(lang), brief()
    deck = opened(standard(lang))
    (table,) = tables(deck.slides[7])
    report, index = (
        snapshot_of("report_comprehensive", 2017),
        snapshot_of("index_comprehensive", 2017),
    )
    for row, adcode in zip(table[1:], ("110000", "150000", "520000"), strict=True):
        cell = request.cells[adcode]
        published = report.cells[adcode]
        assert row == [
            provinces()[adcode].name_in(lang),
            t.format_number(cell.value),
            short_rank(cell, t),
            short_rank(published, t) or status_name(published, t),
            short_rank(index.cells[adcode], t),
        ]
    # A published rank and a rank of ours are told apart by their headings.
    assert table[0][3] != table[0][4]
    (table,) = tables(deck.slides[8])
    (chart,) = charts(deck.slides[8])
    for place, adcode in enumerate(CHOSEN):
        standings = open_index_standings(adcode, 2017)
        assert list(chart.plots[0].series[place].values) == [s.cell.value for s in standings]
        assert table[place + 1][1:] == [
            t("{value} ({rank})", value=t.format_number(s.cell.value, 1), rank=s.cell.rank)
            for s in standings
        ]


def test_the_last_slides_tell_method_and_sources():
    request = brief()
    deck = opened(standard("en"))
    text = words_of(deck.slides[9])
    caption = map_caption(request.measure, 2017, translator("en"), choropleth=request.choropleth)
    assert caption.source in text
    assert LINK in text
    for note in caption.notes:
        assert note.text in text
    runs = [
        run
        for shape in deck.slides[9].shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    ]
    assert [run.text for run in runs if run.hyperlink.address == LINK] == [LINK]


EVERY_KIND = [
    ("gdp_per_capita", 2017),
    ("report_comprehensive", 2017),
    ("report_information_services", 2018),
    ("index_comprehensive", 2020),
    ("index_network_security", 2018),
    ("egov_capability", 2019),
    ("security_revenue_share_gdp", 2018),
]


def inches(shape) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a shape."""
    edges = (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)
    return tuple(round(edge / EMU_PER_INCH, 3) for edge in edges)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("reviewed", [False, True])
def test_the_foot_of_a_slide_has_three_lines_with_all_cautions(reviewed, lang, monkeypatch):
    if reviewed:
        monkeypatch.setenv("ATLAS_MAP_REVIEW", "审图号 GS(2024)1234")
    t = translator(lang)
    for measure, year in EVERY_KIND:
        request = brief(measure, year)
        slide = opened(build_single_slide(request, PNG, t)).slides[0]
        place = layout_area(slide.slide_layout, PlaceholderIndex.SOURCE)
        size = layout_text(slide.slide_layout, PlaceholderIndex.SOURCE).size
        text = slide.placeholders[PlaceholderIndex.SOURCE].text_frame.text
        assert line_count(text, place.width_pt, size) <= FOOT_LINES
        for caution in request.caption(t).foot.cautions:
            assert caution.sentence.text in text or caution.short.text in text
        assert ("GS(2024)1234号" in text) == reviewed
        assert ("GS(2024)1234号" in notes_of(slide)) == reviewed


@pytest.mark.parametrize(("kind", "lang"), pair_in_turn(EVERY_KIND, ["en", "zh"]))
def test_a_pack_of_ten_provinces_has_at_most_20_slides_and_nothing_overlaps(kind, lang):
    measure, year = kind
    chosen = ("540000", *(a for a in evaluated_adcodes() if a != "540000"))[:10]
    deck = packed(brief(measure, year, chosen=chosen), lang)
    assert MIN_SLIDES <= len(deck.slides) <= MAX_SLIDES
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, rel=1e-3)
    for slide in list(deck.slides)[1:]:
        assert slide.shapes.title.text_frame.text
        assert notes_of(slide)
        boxes = [inches(shape) for shape in slide.shapes if not shape.has_text_frame]
        source = [inches(shape)[1] for shape in slide.shapes if "Data:" in words_in(shape)]
        for left, top, right, bottom in boxes:
            assert left >= 0.6
            assert top >= 1.8
            assert right <= WIDTH - 0.59
            assert bottom <= min([HEIGHT, *source])
        for number, one in enumerate(boxes):
            for other in boxes[:number]:
                beside = one[2] <= other[0] or other[2] <= one[0]
                assert beside or one[3] <= other[1] or other[3] <= one[1]


def test_the_smallest_pack_has_6_slides_or_more():
    deck = packed(brief("report_comprehensive", chosen=("440000",)), "en")
    assert len(deck.slides) >= MIN_SLIDES


def test_a_unit_without_figures_has_its_words():
    deck = packed(brief(chosen=("810000",)), "en")
    assert "Hong Kong is one of China’s 34 provincial units" in words_of(deck.slides[4])
    (table,) = tables(deck.slides[5])
    assert table[1][0] == "Hong Kong"
    outside = "Not covered by this series"
    assert table[1][1:] == [outside, outside, "Not evaluated", outside]


@pytest.mark.parametrize("chosen", [(), evaluated_adcodes()[:11]])
def test_a_pack_needs_1_to_10_provinces(chosen):
    with pytest.raises(InputError, match="compares 1 to 10 provinces"):
        finish_steps(build_deck(brief(chosen=chosen), PNG, translator("en")))


def test_progress_counts_every_step_to_its_end():
    result = []
    finish_steps(build_deck(brief(), PNG, translator("en")), result.append)
    assert [done for done, _, _ in result] == list(range(9))
    assert {of for _, of, _ in result} == {8}
    assert [value for _, _, value in result] == [
        "Cover", "Map", "Ranking", "Beijing", "Inner Mongolia", "Guizhou", "Comparison",
        "Method and sources", "Done",
    ]  # fmt: skip


# ---- the file ----


def test_the_same_question_gives_the_same_bytes():
    first, second = standard("zh"), finish_steps(build_deck(brief(), PNG, translator("zh")))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        books = [name for name in package.namelist() if name.endswith(".xlsx")]
        assert len(books) == 8
        for book in books:
            properties = load_workbook(io.BytesIO(package.read(book))).properties
            assert properties.created.date() == DAY
        assert not any("thumbnail" in name for name in package.namelist())
    core_properties_part = opened(first).core_properties
    assert core_properties_part.created.date() == core_properties_part.modified.date() == DAY
    assert core_properties_part.author == "数字中国地图集"


def test_the_workbook_behind_a_chart_holds_its_figures():
    body = build_single_slide(brief(), PNG, translator("en"))
    chart = charts(opened(body).slides[0])[0]
    sheet = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][1] == "Gross regional product per capita (CNY per person)"
    assert [row[1] for row in rows[1:]] == pytest.approx(list(chart.plots[0].series[0].values))


def test_a_name_like_a_formula_stays_text_in_the_workbook():
    deck = new_deck()
    page = deck.slides.add_slide(deck.slide_layouts[1])
    graphic_frame = add_bar_chart(
        page, Placement(1, 2, 5, 3), [ChartBar("=1+1", 2.0, "#336699")], "@x", 0, ""
    )
    sheet = load_workbook(io.BytesIO(graphic_frame.chart.part.chart_workbook.xlsx_part.blob)).active
    assert (sheet["A2"].data_type, sheet["A2"].value) == ("s", "'=1+1")
    assert (sheet["B1"].data_type, sheet["B1"].value) == ("s", "'@x")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_chinese_letters_have_a_font_of_their_own_everywhere(lang):
    for slide in opened(standard(lang)).slides:
        roots = [slide.element, slide.notes_slide.element, *(c.element for c in charts(slide))]
        for root in roots:
            for latin in root.iter(qn("a:latin")):
                assert latin.get("typeface") == LATIN
                assert latin.getnext().tag == qn("a:ea")
                assert latin.getnext().get("typeface") == EAST_ASIAN
        language = {"en": "en-US", "zh": "zh-CN"}[lang]
        runs = [run for run in slide.element.iter(qn("a:r")) if run.findtext(qn("a:t"))]
        assert {run.find(qn("a:rPr")).get("lang") for run in runs} == {language}


def test_file_names_are_our_own_words():
    request = brief(title="../../etc/passwd", note="x")
    assert deck_file_name(request, "pack", translator("zh")) == "gdp_per_capita-2017-pack-zh.pptx"


# ---- what a reader typed ----

NASTY = '<b>&amp;</b> {{7*7}} ${1} =1+1 "quoted" \x00\x07\x1b\x0b _x001B_ \ud800 \ufffe \u202eabc'
SAFE = '<b>&amp;</b> {{7*7}} ${1} =1+1 "quoted" _x001B_ abc'


def test_typed_text_comes_out_as_text():
    deck = packed(brief(title=NASTY, note=NASTY, link=NASTY), "en")
    assert deck.slides[1].shapes.title.text_frame.text == SAFE
    assert SAFE in words_of(deck.slides[0])
    assert f"Note: {SAFE}" in words_of(deck.slides[1])
    notes = notes_of(deck.slides[5]).replace("\n", " ")
    assert f"Note: {SAFE}" in notes
    assert f"View in the atlas: {SAFE}" in notes
    assert deck.core_properties.title == SAFE


def test_only_the_web_can_be_clicked_on():
    with zipfile.ZipFile(
        io.BytesIO(
            finish_steps(build_deck(brief(link="javascript:alert(1)"), PNG, translator("en")))
        )
    ) as package:
        rels = b"".join(package.read(n) for n in package.namelist() if n.endswith(".rels"))
    assert b"javascript" not in rels


@pytest.mark.parametrize("text", ["long words " * 400, "很长的标题" * 400, "x" * 4000])
def test_typed_text_of_any_length_is_shortened_with_a_mark_and_whole_in_the_notes(text):
    slide = opened(build_single_slide(brief(title=text, note=text), PNG, translator("en"))).slides[
        0
    ]
    result = slide.shapes.title.text_frame.text
    assert result.endswith("…")
    assert len(result) < 200
    assert text.strip()[:1000] in notes_of(slide)


@settings(max_examples=12, deadline=None)
@given(st.text(max_size=300))
def test_any_text_at_all_makes_a_file_that_opens(text):
    slide = opened(
        build_single_slide(brief(title=text, note=text, link=text), PNG, translator("zh"))
    ).slides[0]
    result = slide.shapes.title.text_frame.text
    cleaned = clean_text(text)
    if cleaned:
        assert result == cleaned or cleaned.startswith(result.removesuffix("…"))


@given(st.text(max_size=200), st.floats(30, 400), st.integers(1, 3))
def test_what_is_shortened_fits(text, room, lines):
    result = shorten_to_lines(clean_text(text), room, 10, lines)
    assert line_count(result, room, 10) <= lines
    assert result == clean_text(text) or result.endswith("…")


def test_widths_are_estimated_on_the_wide_side():
    # The widths of Arial, from its table of advances, in thousandths.
    for text, thousandths in (("Inner Mongolia", 6671), ("142,780", 3614), ("National", 3724)):
        assert thousandths / 1000 <= text_width_pt(text, 1) <= 1.25 * thousandths / 1000
    assert text_width_pt("内蒙古", 10) == 30
