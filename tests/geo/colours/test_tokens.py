"""Colours stand in one file; all else takes them from there by name."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from geo.colours import COLOURS, PALETTES, RAMPS, define_colours
from geo.colours.tokens import COLOUR, PROPERTY, TOKENS_FILE, resolve_colours
from geo.exports.standalone_map import _style_element as standalone_style
from geo.maps import WEB_DIR, colour_ramp, time_script, web_assets
from geo.maps.webmap import SCRIPT_COLOURS
from pages.parts.briefing.figure import _copy_button_files
from pages.parts.page_frame import style_asset

ROOT = Path(__file__).parents[3]
ICON = ROOT / "pages/parts/icon.svg"
HEX = r"#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b"
LITERAL = re.compile(rf"{HEX}|\b(?:rgb|hsl)a?\(", re.IGNORECASE)
SUFFIXES = {".py", ".css", ".js", ".html", ".svg", ".toml", ".json"}
# An image that the browser takes as a file cannot read the colours: a test compares them.
EXCEPTIONS = {TOKENS_FILE, ICON}
ICON_COLOURS = ("accent", "accent-light", "accent")
THEME = {
    "primaryColor": "accent",
    "backgroundColor": "surface",
    "secondaryBackgroundColor": "surface-muted",
    "textColor": "ink",
    "linkColor": "accent",
    "borderColor": "rule",
}


def source_files():
    folders = (ROOT / "geo", ROOT / "pages")
    found = [p for folder in folders for p in folder.rglob("*") if p.suffix in SUFFIXES]
    return [ROOT / "app.py", *found]


def test_no_colour_is_written_outside_the_tokens():
    found = {
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in source_files()
        if path not in EXCEPTIONS
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if LITERAL.search(line)
    }
    assert found == set()


@pytest.mark.parametrize(
    "text", ["#fff", "#1F5F99", "#1f5f9980", "rgb(0 0 0 / 14%)", "rgba(0,0,0,.1)", "hsl(0 0% 0%)"]
)
def test_a_literal_is_recognised(text):
    assert LITERAL.search(f"color: {text};")


def test_each_colour_is_written_once():
    written = Counter(re.findall(r'"(#[0-9a-f]+|rgb\(.*?\))"', TOKENS_FILE.read_text("utf-8")))
    assert {colour for colour, count in written.items() if count > 1} == set()
    assert len(written) > 50


def test_the_theme_of_streamlit_has_the_colours_of_the_tokens():
    theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"]
    colours = {name: value for name, value in theme.items() if name.endswith("Color")}
    assert colours == {name: COLOURS[token] for name, token in THEME.items()}


def test_the_icon_has_the_colours_of_the_tokens():
    fills = re.findall(r'fill="(.*?)"', ICON.read_text("utf-8"))
    assert fills == [COLOURS[name] for name in ICON_COLOURS]


def test_every_token_is_used():
    code = "".join(path.read_text("utf-8") for path in source_files())
    used = set(re.findall(r'COLOURS\["([\w-]+)"', code)) | set(PROPERTY.findall(code))
    tokens = tomllib.loads(TOKENS_FILE.read_text("utf-8"))
    names_of_others = {*tokens["colours"].values(), *tokens["palettes"]["provinces"]}
    elsewhere = {*SCRIPT_COLOURS, *THEME.values(), *ICON_COLOURS}
    assert set(COLOURS) - used - names_of_others - elsewhere == set()
    assert used <= set(COLOURS)


def test_a_name_may_stand_for_another_name():
    entries = {"ink": "#22272e", "national": "ink", "mark": "national"}
    assert resolve_colours(entries) == dict.fromkeys(entries, "#22272e")


@pytest.mark.parametrize(
    "entries",
    [{"ink": "#222"}, {"ink": "blue"}, {"ink": "paper", "paper": "ink"}, {"ink": "#22272E"}],
)
def test_a_value_is_a_colour_or_a_name(entries):
    with pytest.raises(ValueError, match="neither a colour nor a name of one: ink"):
        resolve_colours(entries)


def test_colours_are_written_in_full():
    shades = {name for name in COLOURS if name.startswith("shade-")}
    assert shades == {"shade-bar", "shade-tip"}
    solid = [COLOURS[name] for name in COLOURS if name not in shades]
    for colour in (*solid, *PALETTES["provinces"], *PALETTES["regions"]):
        assert re.fullmatch("#[0-9a-f]{6}", colour)
    assert all(COLOUR.fullmatch(COLOURS[name]) for name in shades)


def test_every_ramp_is_one_of_colorbrewer():
    assert [len(set(colour_ramp(name, 7))) for name in RAMPS.values()] == [7] * len(RAMPS)


def test_palettes_have_a_colour_for_each_that_is_drawn():
    assert [len(set(PALETTES[name])) for name in ("provinces", "regions")] == [10, 4]


def test_a_style_sheet_defines_the_colours_that_it_takes():
    style = "a { color: var(--atlas-accent); border-color: var(--atlas-rule) }"
    rule, _, rest = define_colours(style).partition("}\n")
    assert rule == (
        f":root,:host{{\n--atlas-accent:{COLOURS['accent']};\n--atlas-rule:{COLOURS['rule']};\n"
    )
    assert rest == style
    with pytest.raises(KeyError, match="purple"):
        define_colours("a { color: var(--atlas-purple) }")


@pytest.mark.parametrize(
    "style",
    [
        style_asset().body.decode,
        lambda: _copy_button_files()["css"],
        standalone_style,
        web_assets()["map.js"].body.decode,
        time_script().body.decode,
    ],
    ids=["pages", "copy button", "standalone file", "frame of the map", "time bar"],
)
def test_every_document_defines_the_colours_of_its_styles(style):
    text = style()
    taken = set(PROPERTY.findall(text))
    assert {"accent", "ink", "ink-muted"} <= taken
    defined = dict(re.findall(r"--atlas-([\w-]+):(.*?);", text))
    assert defined == {name: COLOURS[name] for name in taken}


def test_scripts_take_the_colours_that_are_passed_to_them():
    code = "".join(path.read_text("utf-8") for path in WEB_DIR.glob("*.js"))
    forms = (
        r"view\.colours\.(\w+)",
        r'view\.colours\["([\w-]+)"\]',
        r'outlineStyle\("([\w-]+)"\)',
        r'colour: "([\w-]+)"',
    )
    taken = set().union(*(re.findall(form, code) for form in forms))
    assert taken == set(SCRIPT_COLOURS) <= set(COLOURS)
