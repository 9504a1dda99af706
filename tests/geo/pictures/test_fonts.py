"""Every letter has a glyph, and lines break where they may."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.pictures import font_files, fonts
from geo.pictures.fonts import BOLD, has_glyphs, shorten_text, text_width, to_drawable, wrap_text
from geo.tables import dataset
from geo.text import DataError
from geo.text.translation import CATALOGUES


def texts_of_the_app() -> list[str]:
    with (CATALOGUES / "zh.po").open("rb") as file:
        results = [part for entry in read_po(file) for part in (entry.id, entry.string) if part]
    data = dataset()
    for table in (
        data.provinces, data.dimensions, data.catalogue, data.measures, data.rankings,
        data.doubtful, data.breaks, data.facts, data.targets,
    ):  # fmt: skip
        for column in table.columns:
            results += table[column].dropna().astype(str).tolist()
    return results


def test_every_text_of_the_app_has_glyphs():
    texts = texts_of_the_app()
    assert len(texts) > 3_000
    missing = {c for text in texts for c in text if c != "\n" and not has_glyphs(c)}
    assert missing == set()


def test_the_wheel_with_the_fonts_is_never_imported():
    font_files()
    assert "mpl_font" not in sys.modules
    assert [Path(path).name for path in font_files()[BOLD]] == [
        "NotoSansCJKsc-Bold.otf",
        "DejaVuSans-Bold.ttf",
    ]


def test_a_missing_font_is_named(monkeypatch):
    monkeypatch.setattr(fonts, "WHEEL", "no-such-wheel")
    with pytest.raises(DataError, match=r"NotoSansCJKsc-Regular\.otf.*no-such-wheel"):
        font_files.__wrapped__()


@given(st.text(max_size=200))
@settings(max_examples=300)
def test_whatever_is_typed_can_be_drawn_on_one_line(text):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = to_drawable(text)
        assert has_glyphs(result)
        assert "\n" not in result
        assert text_width(result, 10) >= 0
        assert to_drawable(result) == result


def test_what_no_font_can_show_becomes_a_box():
    assert to_drawable("ไทย a\u0000b\u202e c") == "□□□ a b c"
    assert to_drawable("Ж Ω ש ع") == "Ж Ω ש ع"


def test_quotation_marks_are_narrow_in_latin_script_and_wide_in_chinese():
    assert text_width("report’s", 100) == pytest.approx(text_width("reports", 100), abs=35)
    assert text_width("报告“好”的", 100) == pytest.approx(600, abs=60)


@given(st.text(st.sampled_from("ab ,.。，（）中文字x-"), max_size=120), st.integers(60, 400))
@settings(max_examples=300)
def test_no_line_is_wider_than_its_room_and_nothing_is_lost(text, room):
    text = to_drawable(text)
    lines = wrap_text(text, room, 20, max_lines=500)
    assert all(text_width(line, 20) <= room + 0.01 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(st.text(min_size=1, max_size=300), st.integers(80, 600), st.integers(1, 3))
@settings(max_examples=200)
def test_what_is_cut_off_ends_in_a_mark(text, room, most):
    text = to_drawable(text)
    lines = wrap_text(text, room, 20, max_lines=most)
    assert len(lines) <= most
    whole = "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert whole or lines[-1].endswith("…")


def test_chinese_breaks_before_no_closing_and_after_no_opening_mark():
    lines = wrap_text("北京（最高），上海（次高）；天津、江苏。" * 4, 130, 20, max_lines=99)
    assert len(lines) > 10
    assert not any(line[0] in "，。、；）" for line in lines)
    assert not any(line[-1] == "（" for line in lines)


def test_shortening():
    assert shorten_text("abc", 1000, 20) == "abc"
    assert shorten_text("abcdef ghi", 70, 20) == "abcd…"
    assert text_width(shorten_text("中" * 99, 70, 20), 20) <= 70
