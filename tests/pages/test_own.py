"""The pages with a measure of the reader's own in the session that they serve."""

from __future__ import annotations

import pytest

from geo.provinces import evaluated, provinces
from geo.upload import session
from geo.upload.own import OwnMeasure
from geo.upload.raw import Raw
from geo.upload.session import OwnTable, OwnTables
from tests.geo.yearbook import PATENTS, figure
from tests.pages.run import heading, html, page


@pytest.fixture
def mine(monkeypatch):
    """A session's tables, as if the frame had said that it serves them."""
    rows = [f"{provinces()[a].short_zh},{figure(PATENTS, a, 2017):.0f}" for a in evaluated()]
    raw = Raw("a.csv", "\n".join(["省,2017", *rows, "台湾,5"]).encode())
    own = OwnMeasure("·", "{{7*7}} <b>Patents</b>", "件", decimals=0)
    tables = OwnTables((OwnTable(raw, measures=(own,)),))
    monkeypatch.setattr(session, "current", lambda: tables)
    return tables


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_map_shows_an_own_measure_and_says_so(mine, lang):
    (measure_id,) = mine.measures
    test = page(measure=measure_id, lang=lang, year="2017", province="540000")
    assert not test.exception
    assert heading(test) == {
        "en": "{{7*7}} <b>Patents</b>, 2017", "zh": "{{7*7}} <b>Patents</b>，2017年",
    }[lang]  # fmt: skip
    shown = html(test)
    unchecked = {
        "en": "Own data, brought into this session; the atlas has not checked it, 件",
        "zh": "本次会话载入的自有数据，本图集未作核实，件",
    }[lang]
    assert unchecked in shown
    assert "<b>Patents</b>" not in shown


@pytest.mark.parametrize("at", ["province", "dimension"])
def test_the_other_pages_open_with_an_own_measure_in_the_address(mine, at):
    (measure_id,) = mine.measures
    test = page(at, measure=measure_id, province="540000", year="2017")
    assert not test.exception
