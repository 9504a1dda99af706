"""The foot of every picture: at most three lines, with every caution, in the smallest font size."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from geo.analysis import published_measures
from geo.captions import FOOT_LINES
from geo.pictures import FIGURE_LANGUAGES, FIGURE_SIZES, FigureRequest, request_from_address
from geo.pictures.figure_kinds import FIGURE_KINDS
from geo.pictures.frame import begin_sheet
from geo.pictures.rendering import render_picture
from geo.pictures.subject import FigureSubject
from geo.text import translator
from tests.cases import for_each

DAY = date(2026, 11, 30)
LINK = "https://a-long-name-of-a-server.example.org/"
FOUR = "110000,440000,520000,140000"
DOUBTFUL = {"measure": "security_revenue_share_gdp", "year": 2021}
BROKEN = {"measure": "enterprises_with_ecommerce", "year": 2023}
# Every kind, with what has many cautions: values in doubt, breaks, ranks of uncertain names.
PICTURES = (
    {"kind": "map", "measure": "gdp_per_capita", "year": 2023},
    {"kind": "map", **DOUBTFUL, "province": "440000"},
    {"kind": "map", **BROKEN},
    {"kind": "map", "measure": "report_information_services", "year": 2017},
    {"kind": "map", "measure": "report_comprehensive", "year": 2021},
    {"kind": "map", "measure": "gdp_per_capita", "year": 2023, "display": "change", "since": 2017},
    {"kind": "map", "measure": "gdp_per_capita", "year": 2023, "layout": "tiles"},
    {"kind": "map_ranking", **DOUBTFUL},
    {"kind": "profile", "province": "150000", "year": 2021},
    {"kind": "profile", "province": "140000", "year": 2021},
    {"kind": "profile", "province": "810000"},
    {"kind": "index", "measure": "index_comprehensive", "year": 2023},
    {"kind": "index", "measure": "index_comprehensive", "year": 2017, "recipe": "1~outliers-log"},
    {"kind": "index", "measure": "index_network_security", "year": 2021},
    {"kind": "two_maps", **DOUBTFUL, "measure2": "software_revenue_share_gdp", "year2": 2021},
    {"kind": "two_maps", **BROKEN, "measure2": "enterprises_with_ecommerce", "year2": 2016},
    {"kind": "two_maps", **DOUBTFUL, "measure2": "report_information_services", "year2": 2017},
    {"kind": "two_maps", **DOUBTFUL, "measure2": "index_comprehensive", "classed": "own"},
    {"kind": "both", **DOUBTFUL, "measure2": "enterprises_with_ecommerce", "year2": 2023},
    {"kind": "both", **DOUBTFUL, "measure2": "report_information_services", "year2": 2017},
    {"kind": "comparison", "provinces": FOUR, "year": 2021},
    {"kind": "scatter", **DOUBTFUL, "measure2": "report_information_services", "year2": 2017},
    {"kind": "scatter", **DOUBTFUL, "measure2": "policy_attention", "year2": 2021},
    {"kind": "course", "measure": "enterprises_with_ecommerce", "provinces": FOUR},
    {"kind": "course", **DOUBTFUL, "provinces": FOUR, "course": "indexed"},
    {"kind": "course", "measure": "report_information_services", "provinces": FOUR},
    {"kind": "course", "measure": "gdp_per_capita", "provinces": FOUR},
)


def ask(**params: object) -> FigureRequest:
    return request_from_address({name: str(value) for name, value in params.items()}, LINK, DAY)


def feet_of(request: FigureRequest) -> list[list[str]]:
    """The lines of each column of the foot, with their size checked."""
    sheet, _ = begin_sheet(FigureSubject(request))
    columns: dict[float, list[str]] = {}
    for text in sheet.text_items("note"):
        assert text.size == sheet.size.small
        columns.setdefault(round(text.x, 2), []).append(text.text)
    return list(columns.values())


def test_every_kind_is_among_the_pictures():
    assert {params["kind"] for params in PICTURES} == set(FIGURE_KINDS)


@pytest.mark.parametrize("size", FIGURE_SIZES)
@pytest.mark.parametrize("lang", FIGURE_LANGUAGES)
def test_a_foot_has_at_most_three_lines_with_all_cautions(lang, size):
    for params, qr in product(PICTURES, "01"):
        request = ask(**params, lang=lang, size=size, qr=qr)
        subject = FigureSubject(request)
        build_caption = FIGURE_KINDS[request.kind].build_caption
        columns = feet_of(request)
        assert len(columns) == len(request.languages)
        for lines, t in zip(columns, subject.translators, strict=True):
            assert len(lines) <= FOOT_LINES, (params, size, lang, lines)
            joined = "".join(lines).replace(" ", "")
            assert "…" not in joined, (params, lines)
            foot = build_caption(subject, t).foot
            for caution in foot.cautions:
                texts = (caution.sentence.text, caution.short.text)
                assert any(text.replace(" ", "") in joined for text in texts), (params, caution)
            assert foot.boundaries.replace(" ", "") in joined
            assert joined.startswith(t("Data: {source}.", source="")[:3].replace(" ", ""))


def test_cautions_are_said_of_what_they_are_about():
    t = translator("en")

    def cautions(**params: object) -> str:
        subject = FigureSubject(ask(**params))
        foot = FIGURE_KINDS[subject.picture.kind].build_caption(subject, t).foot
        return " ".join(caution.sentence.text for caution in foot.cautions)

    assert "Published values in doubt" in cautions(kind="map", **DOUBTFUL)
    assert "Break in the series at 2017 and 2023" in cautions(kind="map", **BROKEN)
    assert "not with the default" in cautions(
        kind="index", measure="index_comprehensive", year=2017, recipe="1~outliers-log"
    )
    assert "Beijing 1 to 3" in cautions(kind="index", measure="index_comprehensive", year=2023)
    assert "does not show causes" in cautions(kind="scatter", **DOUBTFUL)
    assert "Lines are broken at 2017 and 2023" in cautions(
        kind="course", measure="enterprises_with_ecommerce", provinces=FOUR
    )
    assert cautions(kind="map", measure="gdp_per_capita", year=2023) == ""


def test_a_note_of_the_reader_stands_above_the_foot_in_lines_of_its_own():
    (lines,) = feet_of(ask(kind="map", measure="gdp_per_capita", year=2023, note="Draft"))
    assert lines[0] == "Draft"
    assert len(lines) <= FOOT_LINES + 1


@for_each("lang", FIGURE_LANGUAGES)
def test_a_reviewed_map_has_its_number_on_the_picture_and_in_its_metadata(lang, monkeypatch):
    request = ask(kind="map", measure="gdp_per_capita", year=2023, lang=lang)
    notes = (" ".join(" ".join(lines) for lines in feet_of(request)), svg_rights(request))
    for text in notes:
        assert "GS(2024)" not in text
    monkeypatch.setenv("ATLAS_MAP_REVIEW", "审图号 GS(2024)1234")
    notes = (" ".join(" ".join(lines) for lines in feet_of(request)), svg_rights(request))
    monkeypatch.delenv("ATLAS_MAP_REVIEW")
    for text in notes:
        assert "GS(2024)1234号" in text
        assert "no map review" not in text
        assert "未经地图审核" not in text


def svg_rights(request: FigureRequest) -> str:
    """The rights in the metadata of a picture as SVG."""
    body = render_picture(request, "svg").decode()
    return body.partition("<dc:rights>")[2].partition("</dc:rights>")[0]


@for_each("lang", ["en", "zh"])
@for_each("measure", lambda: published_measures().values())
def test_the_credit_names_each_body_or_their_number(measure, lang):
    feet = FigureSubject(ask(kind="map", measure=measure.id, lang=lang)).texts[0].feet
    assert len(feet) == 4
    assert all(
        foot[0].startswith(translator(lang)("Data: {source}.", source="")[:3]) for foot in feet
    )
