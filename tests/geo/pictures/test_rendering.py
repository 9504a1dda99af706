"""The files of pictures: the same bytes for the same request, text that is text, sizes that fit."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import product
from xml.etree import ElementTree

import pypdfium2
import pytest
from PIL import Image

from geo.analysis import parse_state, snapshot_of
from geo.limits import MAX_PICTURE_TEXT_LENGTH
from geo.maps import classify_snapshot
from geo.pictures import FIGURE_SIZES, INDEX_KIND, PROFILE_KIND, FigureRequest, request_from_address
from geo.pictures.figure_kinds import FIGURE_KINDS, RANKING_KIND
from geo.pictures.rendering import lay_out, render_picture
from geo.pictures.request import BOTH_LANGUAGES, page_link
from geo.pictures.sheet import ShapeItem
from geo.pictures.subject import FigureSubject
from geo.text import InputError, translator
from geo.units import provinces

pytestmark = pytest.mark.slow

SVG = "{http://www.w3.org/2000/svg}"
BASE = "https://atlas.example.org/"
DAY = date(2026, 11, 25)
GDP = FigureRequest(measure="gdp_per_capita", day=DAY.isoformat(), link=BASE)


def pdf_text(body: bytes) -> str:
    return pypdfium2.PdfDocument(body)[0].get_textpage().get_text_range()


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_the_same_request_gives_the_same_bytes_in_any_thread(form):
    picture = replace(GDP, lang=BOTH_LANGUAGES, qr=True, title="Own title", province="440000")
    first = render_picture(picture, form)
    with ThreadPoolExecutor(2) as drawers:
        others = list(drawers.map(lambda _: render_picture(picture, form), range(3)))
    assert set(others) == {first}
    assert b"atplotlib" not in first


def test_only_the_date_differs_on_another_day():
    tomorrow = replace(GDP, day="2026-11-26")
    texts = [[t.text for t in lay_out(request).text_items()] for request in (GDP, tomorrow)]
    differing = [pair for pair in zip(*texts, strict=True) if pair[0] != pair[1]]
    assert differing == [
        (
            f"Digital China Atlas  ·  25 November 2026  ·  {BASE}",
            f"Digital China Atlas  ·  26 November 2026  ·  {BASE}",
        )
    ]


@pytest.mark.parametrize(
    ("size", "scale"), [*product(FIGURE_SIZES, (1,)), ("16-9", 2), ("square", 4)]
)
def test_a_png_has_its_size_and_resolution(size, scale):
    image = Image.open(io.BytesIO(render_picture(replace(GDP, size=size, scale=scale), "png")))
    figure_size = FIGURE_SIZES[size]
    assert image.size == (figure_size.width * scale, figure_size.height * scale)
    assert image.info["dpi"][0] == pytest.approx(figure_size.px_per_inch * scale, abs=0.5)
    assert set(image.info) <= {"dpi"}
    assert image.mode == "RGB"


def test_a_slide_is_a_slide_and_a_sheet_is_a4():
    assert FIGURE_SIZES["16-9"].size_in_inches == pytest.approx((13.333, 7.5), abs=0.001)
    for size, inches in (("a4-upright", (8.268, 11.693)), ("a4-across", (11.693, 8.268))):
        assert FIGURE_SIZES[size].size_in_inches == pytest.approx(inches, abs=0.005)
    page = pypdfium2.PdfDocument(render_picture(replace(GDP, size="a4-upright"), "pdf"))[0]
    assert page.get_size() == pytest.approx((595.3, 841.9), abs=0.3)


def test_text_in_svg_stays_text():
    picture = replace(GDP, lang=BOTH_LANGUAGES, title="<b>$x^2$ {{7*7}} & 标题")
    root = ElementTree.fromstring(render_picture(picture, "svg"))
    texts = {element.text for element in root.iter(f"{SVG}text")}
    assert "<b>$x^2$ {{7*7}} & 标题" in texts
    assert {province.short_zh for province in provinces().values()} <= texts
    assert {entry.name_en for entry in provinces().values()} <= texts
    assert {text.text for text in lay_out(picture).text_items()} <= texts
    style = next(root.iter(f"{SVG}text")).get("style", "")
    assert "Noto Sans CJK SC" in style
    assert "Atlas" not in style
    assert root.find(f"{SVG}metadata") is not None


def test_the_text_of_a_pdf_can_be_found_and_its_fonts_are_in_it():
    picture = replace(GDP, lang=BOTH_LANGUAGES, province="440000")
    body = render_picture(picture, "pdf")
    result = re.sub(r"\s", "", pdf_text(body))
    for text in lay_out(picture).text_items():
        assert re.sub(r"\s", "", text.text) in result, text.text
    assert "人均地区生产总值" in result
    assert "天地图" in result
    assert "report’s" in re.sub(
        r"\s", "", pdf_text(render_picture(replace(picture, measure="report_comprehensive"), "pdf"))
    )
    # Glyphs are in the file, with what each stands for.
    assert body.count(b"/Type3") >= 2
    assert body.count(b"/ToUnicode") >= 2
    assert b"/CreationDate" not in body


def test_a_picture_shows_the_colours_of_the_map():
    drawn = classify_snapshot(snapshot_of("gdp_per_capita", 2017))
    sheet = lay_out(GDP)
    fills = {
        item.about: (item.fill, item.pattern)
        for item in sheet.items
        if isinstance(item, ShapeItem) and item.role == "main unit"
    }
    assert fills == {
        adcode: (drawn.colour(cell), drawn.pattern(cell))
        for adcode, cell in drawn.snapshot.cells.items()
    }
    legend = [t.text for t in sheet.text_items("legend")]
    assert [str(map_class.count) for map_class in drawn.classes] == [
        t for t in legend if t.isdigit()
    ][:5]
    image = Image.open(io.BytesIO(render_picture(GDP, "png")))
    x, y = next(
        shape.shape.representative_point().coords[0]
        for shape in sheet.items
        if isinstance(shape, ShapeItem) and shape.about == "650000" and shape.role == "main unit"
    )
    pixel = image.getpixel((round(x), round(y) + 70))
    assert "#{:02x}{:02x}{:02x}".format(*pixel) == fills["650000"][0].lower()


def test_the_ranking_of_a_picture_is_the_ranking():
    sheet = lay_out(replace(GDP, kind=RANKING_KIND))
    lines = [text.text for text in sheet.text_items("ranking")]
    cells = snapshot_of("gdp_per_capita", 2017).cells.values()
    order = [provinces()[c.adcode].name_en for c in sorted(cells, key=lambda c: c.rank or 99)][:31]
    assert [text for text in lines if text in order] == order
    assert lines.count("National") == 1


# ---- what may be asked ----


def ask(**params: str) -> FigureRequest:
    return request_from_address(params, BASE, DAY)


def test_an_address_without_anything_is_the_default_map():
    assert ask() == FigureRequest(
        day="2026-11-25", link=f"{BASE}?lang=en&measure=index_comprehensive&year=2017&marks=none"
    )


def test_an_address_with_everything():
    request = ask(
        lang="both", kind="map_ranking", measure="gdp_per_capita", year="2020", province="粤",
        method="own", classes="40000,60000,90000", size="a4-across", scale="3",
        title=" Own\n title", note="Note", qr="1",
    )  # fmt: skip
    assert request.province == "440000"
    assert request.custom_breaks == (40000.0, 60000.0, 90000.0)
    assert (request.size, request.scale, request.title, request.qr) == (
        "a4-across",
        3,
        "Own title",
        True,
    )
    assert request.file_stem == "atlas-map-ranking-gdp-per-capita-2020-both-a4-across"
    view, notes = parse_state(
        dict(pair.split("=") for pair in request.link.split("?")[1].split("&"))
    )
    assert notes == []
    assert (view.measure, view.year, view.province) == ("gdp_per_capita", 2020, "440000")
    assert (view.method, view.custom_breaks) == ("own", request.custom_breaks)


def test_addresses_of_charts_lead_to_their_panes():
    lines = ask(kind="course", measure="urbanization", course="indexed", provinces="110000,440000")
    assert lines.link.endswith(
        "compare?lang=en&view=years&measure=urbanization&course=indexed&provinces=110000,440000"
    )
    same = {"measure": "urbanization", "course": "indexed", "provinces": "京,粤"}
    assert ask(kind="course", year="2020", **same) == lines
    dots = ask(kind="scatter", measure="urbanization", year="2020", measure2="gdp_per_capita",
               year2="2018", fit="line", provinces="none")  # fmt: skip
    assert dots.link.endswith(
        "compare?lang=en&view=scatter&measure=urbanization&year=2020&measure2=gdp_per_capita"
        "&year2=2018&fit=line&provinces=none"
    )
    assert dots.file_stem == "atlas-scatter-urbanization-2020-gdp-per-capita-2018-en-16-9"


@pytest.mark.parametrize(
    ("params", "value"),
    [
        ({"kind": "course", "provinces": "none"}, "Lines need at least one province"),
        ({"size": "huge"}, "“size=huge” is not valid. Choose one of: 16-9"),
        ({"scale": "5"}, "“scale=5” is not valid. Choose one of: 1, 2, 3, 4"),
        ({"kind": "poster"}, "kind=poster"),
        ({"lang": "fr"}, "“lang=fr” is not valid. Choose one of: en, zh, both"),
        ({"qr": "yes"}, "qr=yes"),
        ({"measure": "nonsense"}, "measure=nonsense"),
        ({"year": "x"}, "year=x"),
        ({"province": "Atlantis"}, "province=Atlantis"),
        ({"method": "magic"}, "method=magic"),
        ({"kind": "profile"}, "A profile needs its province"),
        ({"kind": "index", "measure": "gdp_per_capita"}, "is not a measure of the open index"),
        ({"kind": "index", "recipe": "9"}, "9"),
        ({"kind": "index", "recipe": "1~years-2016_2020", "year": "2023"}, "the year 2023"),
    ],
)
def test_what_does_not_fit_is_named(params, value):
    with pytest.raises(InputError, match=re.escape(value)):
        ask(**params)


def test_what_has_no_part_in_a_picture_does_not_make_another():
    plain = ask(kind="profile", province="440000")
    assert ask(kind="profile", province="粤", measure="urbanization", method="pretty") == plain
    assert ask(recipe="1~outliers-log") == ask()
    assert len(ask(title="x" * 5000).title) == MAX_PICTURE_TEXT_LENGTH


def note_text(sheet):
    return " ".join(text.text for text in sheet.text_items("note"))


def caption_notes(request):
    """The notes behind the link of a picture."""
    subject = FigureSubject(request)
    caption = FIGURE_KINDS[request.kind].build_caption(subject, translator("en"))
    return " ".join(note.text for note in caption.notes)


def test_an_index_by_other_choices_says_so_and_nothing_of_the_default():
    request = ask(kind="index", recipe="1~across-geometric")
    assert request.recipe
    assert "not with the default of the atlas" in note_text(lay_out(request))
    default = lay_out(ask(kind="index"))
    # Its agreement with the report is its own, and not that of the default.
    pattern = r"Of the 10 provinces .*? would be expected by chance"
    agreed = re.search(pattern, caption_notes(ask(kind="index")))
    assert agreed
    assert agreed[0] not in caption_notes(request)
    assert agreed[0] not in note_text(default)  # it is behind the link
    ranked = [t.text for t in default.text_items("ranking")]
    assert ranked != [t.text for t in lay_out(request).text_items("ranking")]


def test_links_lead_to_the_page_that_shows_the_same():
    request = replace(GDP, kind=PROFILE_KIND, province="440000", year=2019, lang="zh")
    assert page_link(request, BASE) == f"{BASE}province?lang=zh&year=2019&province=440000"
    request = replace(GDP, kind=INDEX_KIND, measure="index_comprehensive", recipe="1~outliers-log")
    assert page_link(request, BASE) == f"{BASE}index?lang=en&year=2017&recipe=1~outliers-log"


def test_a_qr_code_holds_the_whole_link():
    sheet = lay_out(replace(GDP, qr=True))
    codes = [item for item in sheet.items if getattr(item, "role", "") == "qr"]
    assert len(codes) == 1
    assert sheet.boxes["qr"].width == sheet.boxes["qr"].height
    assert not [i for i in lay_out(GDP).items if getattr(i, "role", "") == "qr"]
