"""What a screen reader meets in the HTML of every page: headings, names, words that stand apart."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise
from string import punctuation

import pytest

from pages.parts.state import escape_markdown
from tests.pages.run import html, page

TEN = "110000,120000,130000,310000,320000,330000,370000,440000,500000,510000"
VIEWS = [
    pytest.param(at, params, id=" ".join([at or "map", *params.values()]))
    for at, params in (
        ("", {}),
        ("", {"measure": "gdp_per_capita", "province": "440000", "display": "change"}),
        ("", {"measure": "report_comprehensive", "province": "810000"}),
        ("province", {"provinces": "440000,310000"}),
        ("province", {"province": "540000"}),
        ("province", {"province": "810000"}),
        ("dimension", {"provinces": "110000"}),
        *(
            ("compare", {"view": pane, "provinces": TEN, "measure": "gdp_per_capita"})
            for pane in ("provinces", "maps", "scatter", "both", "years")
        ),
        ("compare", {"view": "provinces", "provinces": "110000,440000"}),
        *(("index", {"tab": tab}) for tab in ("result", "sure", "agreement", "takes", "method")),
        ("index", {"recipe": "1~outliers-log", "province": "520000"}),
        ("briefing", {}),
        ("data", {}),
        ("data", {"measure": "software_revenue_share_gdp", "listed": "facts"}),
    )
]
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Elements that do not part words: what stands beside them is read as one word with them.
INLINE = ("a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "sub", "sup")
# Elements without an end.
VOID = ("br", "img", "input", "hr", "wbr", "meta", "link", "source", "col")
NAMED = ("a", "button", "summary", "th", *HEADINGS)


class Reader(HTMLParser):
    """Reads the HTML of a page as a screen reader does.

    headings: level and text, in their order, outside of dialogs. joined: pairs of words between
    which an element ends or begins, and no space stands. nameless: elements without a name.
    """

    def __init__(self, text):
        super().__init__()
        self.headings = []
        self.joined = []
        self.nameless = []
        self._open = []  # tag, whether it is hidden, what is read in it
        self._last = ""  # the last text, "" after what parts words
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        if tag not in INLINE:
            self._last = ""
        if tag == "img":
            if "alt" not in known:
                self.nameless.append(self.get_starttag_text())
            self._read(known.get("alt", ""))
        if tag in VOID:
            return
        hidden = known.get("aria-hidden") == "true"
        self._open.append((tag, hidden, [known.get("aria-label", "")], self.get_starttag_text()))

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        name, _, texts, start = self._open.pop()
        assert name == tag, (name, tag)
        text = " ".join("".join(texts).split())
        is_in_dialog = any(entry[0] == "dialog" for entry in self._open)
        if tag in HEADINGS and not is_in_dialog:
            self.headings.append((int(tag[1]), text))
        if tag in NAMED and not text:
            self.nameless.append(start)
        if tag not in INLINE:
            self._last = ""

    def _read(self, text):
        for entry in self._open:
            entry[2].append(text)

    def handle_data(self, data):
        if any(entry[1] for entry in self._open) or not data:
            return
        self._read(data)
        if self._last and self._last[-1].isalnum() and data[0].isalnum():
            self.joined.append((self._last[-20:], data[:20]))
        self._last = data


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("at", "params"), VIEWS)
def test_a_page_has_one_title_headings_in_order_names_and_words_apart(at, params, lang):
    reader = Reader(html(page(at, lang=lang, **params)))
    levels = [level for level, _ in reader.headings]
    assert levels.count(1) == 1, reader.headings
    assert levels[0] == 1, reader.headings
    deeper = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
    assert deeper == [], reader.headings
    assert reader.nameless == []
    assert reader.joined == []


def test_all_punctuation_is_escaped_for_markdown():
    assert escape_markdown(f"a1 省{punctuation}") == "a1 省" + "".join(
        f"\\{c}" for c in punctuation
    )
