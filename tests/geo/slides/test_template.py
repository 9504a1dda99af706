"""The template of the slides: the file is what the script builds, and slides follow it."""

from __future__ import annotations

import io
from datetime import date
from functools import cache

import pytest
from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from geo.analysis import published_measures, snapshot_of
from geo.maps import classify_snapshot
from geo.pictures import SLIDE_PART
from geo.slides import SlideRequest, build_deck, build_single_slide, template
from geo.slides.build_template import THEME_COLOURS, build_template, template_layouts
from geo.slides.template import (
    TEMPLATE,
    LayoutName,
    LayoutText,
    PlaceholderIndex,
    Placement,
    find_layout,
    join_placements,
    layout_area,
    layout_text,
    new_deck,
)
from geo.slides.text import EAST_ASIAN, INK, LATIN, MUTED
from geo.task_processes import finish_steps
from geo.text import translator
from tests.geo.slides.test_slides import png

CHOSEN = ("110000", "810000")
PNG = png(SLIDE_PART.width, SLIDE_PART.height)


def brief(measure: str = "gdp_per_capita", **more: object) -> SlideRequest:
    values = {"chosen": CHOSEN, "link": "https://atlas.example/map", **more}
    drawn = classify_snapshot(snapshot_of(measure, 2017))
    return SlideRequest(published_measures()[measure], drawn, date(2026, 11, 25), **values)


def opened(body: bytes):
    return Presentation(io.BytesIO(body))


@cache
def deck_bytes(measure: str, lang: str, note: str = "") -> bytes:
    return finish_steps(build_deck(brief(measure, note=note), PNG, translator(lang)))


DECKS = [("gdp_per_capita", "en", ""), ("report_comprehensive", "zh", "A note.")]


def test_the_file_in_the_repository_is_what_the_script_builds():
    assert TEMPLATE.read_bytes() == build_template(), "run: make slide-template"


def test_the_template_has_every_layout_with_its_placeholders():
    deck = new_deck()
    assert [layout.name for layout in deck.slide_layouts] == list(LayoutName)
    assert len(deck.slides) == 0
    assert (deck.slide_width, deck.slide_height) == (Inches(13.333), Inches(7.5))
    for name, placeholders in template_layouts().items():
        layout = find_layout(deck, name)
        indices = [shape.placeholder_format.idx for shape in layout.placeholders]
        assert indices == [placeholder.index for placeholder in placeholders]
        assert indices[0] == PlaceholderIndex.TITLE


@pytest.mark.parametrize("name", list(LayoutName))
def test_placeholders_of_a_layout_are_on_the_slide_and_do_not_overlap(name):
    layout = find_layout(new_deck(), name)
    areas = [
        layout_area(layout, PlaceholderIndex(shape.placeholder_format.idx))
        for shape in layout.placeholders
    ]
    for number, one in enumerate(areas):
        assert one.left >= 0.6
        assert one.top >= 0.42
        assert one.left + one.width <= 13.333 - 0.6 + 1e-5
        assert one.bottom <= 7.5
        for other in areas[:number]:
            beside = one.left + 1e-5 >= other.left + other.width
            beside |= other.left + 1e-5 >= one.left + one.width
            assert beside or one.top + 1e-5 >= other.bottom or other.top + 1e-5 >= one.bottom


def test_the_theme_has_the_colours_and_fonts_of_the_atlas():
    deck = new_deck()
    for part in (deck.slide_master.part, deck.notes_master.part):
        theme = etree.fromstring(part.part_related_by(RELATIONSHIP_TYPE.THEME).blob)
        scheme = next(theme.iter(qn("a:clrScheme")))
        colours = {name: scheme.find(qn(f"a:{name}"))[0].get("val") for name in THEME_COLOURS}
        assert colours == {n: c.removeprefix("#").upper() for n, c in THEME_COLOURS.items()}
        assert (colours["dk1"], colours["dk2"]) == (INK[1:].upper(), MUTED[1:].upper())
        for kind in next(theme.iter(qn("a:fontScheme"))):
            assert kind.find(qn("a:latin")).get("typeface") == LATIN
            assert kind.find(qn("a:ea")).get("typeface") == EAST_ASIAN


def test_sizes_of_text_come_from_the_layout_or_the_master():
    deck = new_deck()
    cover, method = (find_layout(deck, name) for name in (LayoutName.COVER, LayoutName.METHOD))
    assert layout_text(cover, PlaceholderIndex.TITLE) == LayoutText(34.0, 0.0)
    assert layout_text(method, PlaceholderIndex.TITLE) == LayoutText(26.0, 0.0)
    assert layout_text(method, PlaceholderIndex.SOURCE) == LayoutText(8.5, 0.0)
    assert layout_text(method, PlaceholderIndex.TEXT) == LayoutText(12.0, 4.0)


def test_what_the_template_lacks_is_named():
    with pytest.raises(ValueError, match="'Cover' has no placeholder CHART"):
        layout_area(find_layout(new_deck(), LayoutName.COVER), PlaceholderIndex.CHART)
    with pytest.raises(ValueError, match="no layout <LayoutName"):
        find_layout(Presentation(), LayoutName.COVER)


def test_joined_placements_hold_both_and_fill_the_first():
    first = Placement(1, 2, 3, 1, PlaceholderIndex.TABLE)
    second = Placement(0.5, 3.5, 4, 1, PlaceholderIndex.TEXT)
    assert join_placements(first, second) == Placement(0.5, 2, 4, 2.5, PlaceholderIndex.TABLE)


@pytest.mark.slow
@pytest.mark.parametrize(("measure", "lang", "note"), DECKS)
def test_all_that_stands_on_a_slide_fills_a_placeholder(measure, lang, note):
    deck = opened(deck_bytes(measure, lang, note))
    for slide in deck.slides:
        assert all(shape.is_placeholder for shape in slide.shapes)
        ids = [shape.shape_id for shape in slide.shapes]
        assert len(set(ids)) == len(ids)
        assert slide.shapes[0] == slide.shapes.title
        wanted = {shape.placeholder_format.idx for shape in slide.slide_layout.placeholders}
        filled = {shape.placeholder_format.idx for shape in slide.placeholders}
        # A method slide names its sources in the text.
        assert wanted - filled <= {PlaceholderIndex.SOURCE}
        for shape in slide.placeholders:
            if shape.has_text_frame:
                assert shape.text_frame.text


@pytest.mark.slow
@pytest.mark.parametrize(("measure", "lang", "note"), DECKS)
def test_titles_and_lines_take_place_and_look_from_the_layout(measure, lang, note):
    deck = opened(deck_bytes(measure, lang, note))
    kinds = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
    for slide in deck.slides:
        for shape in slide.placeholders:
            if shape.placeholder_format.type in kinds:
                assert shape.element.find(f".//{qn('a:xfrm')}") is None
                assert shape.element.find(f".//{qn('a:solidFill')}") is None
        charts = [shape.chart.element for shape in slide.shapes if shape.has_chart]
        for root in (slide.element, slide.notes_slide.element, *charts):
            assert list(root.iter(qn("a:latin"), qn("a:ea"))) == []


@pytest.mark.slow
def test_slides_follow_a_template_that_somebody_changed(tmp_path, monkeypatch):
    deck = new_deck()
    title = next(iter(deck.slide_master.placeholders))
    title.left, title.width = Inches(2), Inches(6)
    (style,) = deck.slide_master.element.iter(qn("p:titleStyle"))
    style[0].find(qn("a:defRPr")).set("sz", "2000")
    layout = find_layout(deck, LayoutName.MAP_CHART_TABLE)
    for shape in layout.placeholders:
        if shape.placeholder_format.idx in (PlaceholderIndex.PICTURE, PlaceholderIndex.CHART):
            shape.top += Inches(0.5)
    before = layout_area(
        find_layout(new_deck(), LayoutName.MAP_CHART_TABLE), PlaceholderIndex.CHART
    )
    path = tmp_path / "template.pptx"
    deck.save(path)
    monkeypatch.setattr(template, "TEMPLATE", path)

    text = "A title that is too long for a line of six inches, and has two lines"
    slide = opened(build_single_slide(brief(title=text), PNG, translator("en"))).slides[0]
    heading = slide.shapes.title
    assert (heading.left, heading.width) == (Inches(2), Inches(6))
    sizes = {run.font.size for run in heading.text_frame.paragraphs[0].runs}
    assert sizes <= {None, Pt(17), Pt(14)}
    (picture,) = (shape for shape in slide.shapes if hasattr(shape, "image"))
    assert picture.element.find(f".//{qn('a:xfrm')}") is None
    assert picture.top == Inches(1.82) + Inches(0.5)
    (chart,) = (shape for shape in slide.shapes if shape.has_chart)
    assert chart.top == pytest.approx(Inches(before.top + 0.5), abs=2)
