"""The mailed map: all in one file, nothing fetched, every text a text, only our scripts run."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest
from branca.element import Template

from geo.analysis import published_measures, snapshot_of
from geo.exports import RENDERERS, STANDALONE_MAP_PATH, parse_query
from geo.exports.standalone_map import MapTexts, map_texts, standalone_html
from geo.limits import MAX_MAP_TITLE_LENGTH
from geo.maps import build_pane, classify_snapshot, map_label, map_state
from geo.maps.webmap import UNSAFE
from geo.text import InputError, translator
from geo.units import provinces
from tests.geo.maps.test_webmap import HOSTILE

ADDRESSED = {"src", "href", "srcset", "data", "action", "poster", "background", "formaction"}
MAPS = [("gdp_per_capita", 2020), ("report_comprehensive", 2017), ("index_comprehensive", 2020)]


class Parts(HTMLParser):
    """What a browser makes of a file: tags with their attributes, scripts, text by tag."""

    def __init__(self, body):
        super().__init__()
        self.tags, self.scripts, self.styles, self.text, self.inside = [], [], [], {}, []
        self.feed(body)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "br"):
            self.inside.append(tag)

    def handle_endtag(self, tag):
        assert self.inside.pop() == tag

    def handle_data(self, data):
        tag = self.inside[-1] if self.inside else ""
        held = {"script": self.scripts, "style": self.styles}.get(tag)
        if held is not None:
            held.append(data)
        else:
            self.text.setdefault(tag, []).append(data)

    def one(self, tag):
        (value,) = [attrs for name, attrs in self.tags if name == tag]
        return value


def render_map(params):
    return RENDERERS[STANDALONE_MAP_PATH](parse_query(params))


def parts(**params):
    """The file, and the frame inside it."""
    outer = Parts(render_map(params).body.decode())
    return outer, Parts(outer.one("iframe")["srcdoc"])


def painted(frame):
    """The state out of the last script, as a browser would read the literal."""
    literal = re.search(r"const STATE = '(.*)';", frame.scripts[-1]).group(1)
    return json.loads(re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m.group(1), 16)), literal))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("measure", "year"), MAPS)
def test_nothing_is_fetched_and_only_our_scripts_may_run(measure, year, lang):
    outer, frame = parts(measure=measure, year=str(year), lang=lang)
    for tag, attrs in outer.tags + frame.tags:
        result = {attrs[name] for name in ADDRESSED & set(attrs)}
        assert result <= {"data:,"}, tag
        assert not [name for name in attrs if name.startswith("on")]
    assert outer.scripts == []
    assert len(frame.scripts) == 5
    assert "sourceMappingURL" not in "".join(frame.scripts)
    for style in outer.styles:
        assert "url(" not in style
        assert "@import" not in style
    policy = next(a["content"] for t, a in outer.tags if "http-equiv" in a and t == "meta")
    named = re.findall(r"'sha256-([^']+)'", policy)
    sums = [hashlib.sha256(script.encode()).digest() for script in frame.scripts]
    assert named == [base64.b64encode(body).decode() for body in sums]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("measure", "year"), MAPS)
def test_the_file_says_what_the_page_says(measure, year, lang):
    t = translator(lang)
    outer, frame = parts(measure=measure, year=str(year), lang=lang, province="440000")
    drawn = classify_snapshot(snapshot_of(measure, year))
    pane = build_pane(drawn, published_measures()[measure], t)
    label = map_label(published_measures()[measure], year, t)
    assert painted(frame) == json.loads(json.dumps(map_state([pane], label, t, "440000")))
    texts = map_texts(published_measures()[measure], drawn, t)
    assert outer.text["h1"] == outer.text["title"] == [texts.title]
    assert outer.text["p"][0] == texts.under
    assert texts.source in outer.text["p"]
    assert outer.one("html")["lang"] == lang
    rows = [attrs for _, attrs in outer.tags if "data-adcode" in attrs]
    assert [row["data-adcode"] for row in rows if row.get("aria-pressed")] == ["440000"]
    assert {row["data-adcode"] for row in rows} == set(provinces())
    classes = [attrs["data-class"] for _, attrs in outer.tags if "data-class" in attrs]
    assert classes == [str(place) for place in range(len(drawn.classes))]


def test_the_marks_of_the_legend_are_there_for_every_choice():
    outer, _ = parts(measure="gdp_per_capita", year="2020")
    ready = [attrs["data-marks"] for tag, attrs in outer.tags if tag == "template"]
    assert ready == ["", *provinces()]
    published, _ = parts(measure="report_comprehensive", year="2017")
    assert "template" not in [tag for tag, _ in published.tags]


@pytest.mark.parametrize("text", [*HOSTILE, "数字中国", "<!--", "]]>", "&amp;"])
def test_a_title_of_any_content_comes_out_as_text(text):
    typed = f"A {text} B"
    outer, frame = parts(measure="gdp_per_capita", year="2020", title=typed)
    plain, _ = parts(measure="gdp_per_capita", year="2020")
    result = " ".join(typed.split())
    assert "".join(outer.text["h1"]) == "".join(outer.text["title"]) == result
    assert [tag for tag, _ in outer.tags] == [tag for tag, _ in plain.tags]
    assert len(frame.scripts) == 5


def test_words_of_the_map_itself_come_out_as_text():
    """What stands in the frame passes two readers: the attribute's and the script's."""
    drawn = classify_snapshot(snapshot_of("gdp_per_capita", 2020))
    measure = published_measures()["gdp_per_capita"]
    texts = MapTexts("".join(HOSTILE), "".join(HOSTILE), "".join(HOSTILE))
    body = standalone_html(measure, drawn, texts, translator("en"))
    outer = Parts(body)
    assert "".join(outer.text["h1"]) == texts.title
    assert texts.under in outer.text["p"]
    assert texts.source in outer.text["p"]
    value = Parts(outer.one("iframe")["srcdoc"]).scripts[-1]
    literals = re.findall(r"const (?:FRAME|STATE) = '(.*)';", value)
    assert len(literals) == 2
    assert not set("".join(literals).replace("\\u", "")) & set(UNSAFE)
    assert Template("{{ 7*7 }}").render() == "49"  # the engine that would have read it
    assert "49" not in "".join(outer.text["h1"])


def test_a_long_title_is_cut_with_a_mark_and_stays_on_one_line():
    outer, _ = parts(measure="gdp_per_capita", year="2020", title="wide\n" * 100)
    (title,) = outer.text["h1"]
    assert len(title) == MAX_MAP_TITLE_LENGTH
    assert title.startswith("wide wide")
    assert title.endswith("…")


def test_the_address_takes_the_parameters_of_the_page():
    file = render_map(
        {"measure": "gdp_per_capita", "year": "2020", "lang": "zh", "title": "a/../b\r\n"}
    )
    assert file.headers["Content-Type"] == "text/html; charset=utf-8"
    assert file.headers["Content-Disposition"] == (
        'attachment; filename="map-gdp_per_capita-2020-zh.html"'
    )
    outer, frame = parts(measure="gdp_per_capita", year="2020", method="own", classes="50000,90000")
    drawn = classify_snapshot(snapshot_of("gdp_per_capita", 2020), "own", 3, (50000.0, 90000.0))
    assert len([a for _, a in outer.tags if "data-class" in a]) == 3
    fills = {look[2] for look in painted(frame)["panes"][0]["looks"]}
    assert {map_class.colour for map_class in drawn.classes} <= fills
    default = render_map({})
    assert "index_comprehensive-2017-en" in default.headers["Content-Disposition"]
    _, frame = parts(measure="gdp_per_capita", year="2020", marks="report")
    assert ["110000", "1"] in painted(frame)["panes"][0]["numbers"]
    with pytest.raises(InputError, match="measure=nonsense"):
        render_map({"measure": "nonsense"})


def test_the_same_parameters_give_the_same_bytes_of_a_size_to_mail():
    texts = {"measure": "index_comprehensive", "year": "2020", "province": "110000"}
    assert render_map(texts).body == render_map(texts).body
    assert len(render_map(texts).body) < 700_000


def test_licences_of_what_the_file_holds_go_with_it():
    outer, _ = parts(measure="gdp_per_capita", year="2020")
    text = "".join(outer.text["pre"])
    for words in ("Volodymyr Agafonkin", "BSD 2-Clause", "ZhaJiMan", "MIT License", "map review"):
        assert words in text
