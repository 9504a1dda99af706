"""Modules become one script: in order, without their comments, and any other form is refused."""

from __future__ import annotations

import re

import pytest

from geo.maps import (
    WEB_DIR,
    circle_script,
    join_script,
    read_style_sheet,
    time_script,
    web_assets,
)

POINT = "export const ORIGIN = 0;\nexport function movePoint(x) {\n  return x + ORIGIN;\n}\n"


@pytest.fixture
def join_texts(tmp_path):
    """A function that writes modules by name and joins them from ``entry``."""

    def join(start="run();", **modules):
        for name, text in modules.items():
            (tmp_path / f"{name}.js").write_text(text, "utf-8")
        return join_script(tmp_path / "entry.js", start)

    return join


def test_dependencies_come_first_and_once(join_texts):
    script = join_texts(
        entry='import { moveLine } from "./line.js";\nimport { ORIGIN } from "./point.js";\n'
        "export function run() {\n  return moveLine(ORIGIN);\n}\n",
        line='import {\n  movePoint,\n  ORIGIN,\n} from "./point.js";\n'
        "export function moveLine(x) {\n  return movePoint(x) + ORIGIN;\n}\n",
        point=POINT,
    )
    assert script == (
        '(() => {\n"use strict";\n'
        "const ORIGIN = 0;\nfunction movePoint(x) {\nreturn x + ORIGIN;\n}\n"
        "function moveLine(x) {\nreturn movePoint(x) + ORIGIN;\n}\n"
        "function run() {\nreturn moveLine(ORIGIN);\n}\n"
        "run();\n})();"
    )


def test_indents_and_comments_on_their_own_lines_are_left_out_and_code_stays(join_texts):
    script = join_texts(
        entry="/* One. */\n\n/**\n * Two.\n * export const x = 1;\n */\n"
        'export function run() {\n  // three\n  const a = "/* four */"; // five\n\n'
        '  /* six */ const b = "// seven";\n  /* eight\n     nine */\n  return a + b;\n}\n'
    )
    assert script == (
        '(() => {\n"use strict";\nfunction run() {\n'
        'const a = "/* four */"; // five\n'
        '/* six */ const b = "// seven";\nreturn a + b;\n}\nrun();\n})();'
    )


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ('import * as point from "./point.js";\n', "import * as point"),
        ('import movePoint from "./point.js";\n', "import movePoint"),
        ('import { movePoint as move } from "./point.js";\n', "import { movePoint as move }"),
        ('import "./point.js";\n', 'import "./point.js"'),
        ("export default function run() {}\n", "export default"),
        ('export { movePoint } from "./point.js";\n', "export { movePoint }"),
        ('export * from "./point.js";\n', "export *"),
        ("export const { a } = window;\n", "export const {"),
        ("const [a, b] = [1, 2];\n", "const [a"),
        ("var a = 1;\n", "var a"),
        ('const later = import("./point.js");\n', 'import("./point.js")'),
        ("const a = `\n// no comment\n`;\n", "`"),
        ('import { moveLine } from "./point.js";\n', "import moveLine (point.js)"),
        ('import { ORIGIN } from "./point.js";\nfunction movePoint() {}\n', "movePoint (point.js)"),
        ('import { a } from "./entry.js";\nexport const a = 1;\n', "import entry.js"),
    ],
)
def test_a_form_that_cannot_be_joined_is_refused(join_texts, entry, text):
    with pytest.raises(ValueError, match=re.escape(text)):
        join_texts(entry=entry, point=POINT)


def test_a_cycle_is_refused(join_texts):
    with pytest.raises(
        ValueError, match=re.escape("b.js cannot be joined into one script: import a.js")
    ):
        join_texts(
            entry='import { a } from "./a.js";\n',
            a='import { b } from "./b.js";\nexport const a = 1;\n',
            b='import { a } from "./a.js";\nexport const b = 1;\n',
        )


ENTRIES = [
    "map.js",
    "circles.js",
    "labels.js",
    "tile_labels.js",
    "time.js",
    "page_script.js",
    "standalone.js",
]


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_scripts_of_the_atlas_hold_no_module_syntax_and_no_comments(entry):
    script = join_script(WEB_DIR / entry, "")
    assert not re.search(r"^\s*(import|export)\b", script, re.MULTILINE)
    assert not re.search(r"^\s*(//|/?\*)", script, re.MULTILINE)


def test_every_module_is_reached_from_a_script():
    scripts = "".join(join_script(WEB_DIR / entry, "") for entry in ENTRIES)
    for path in WEB_DIR.glob("*.js"):
        names = re.findall(
            r"^export (?:const|(?:async )?function) (\w+)", path.read_text("utf-8"), re.MULTILINE
        )
        assert names, path.name
        for name in names:
            assert re.search(rf"^(const|(async )?function) {name}\b", scripts, re.MULTILINE), name


def test_a_style_sheet_loses_comments_and_indents_alone(tmp_path):
    path = tmp_path / "a.css"
    path.write_text(
        '/* One\n   two */\na {\n  content: "▸ "; /* three */\n}\n\nb {\n  top: 0;\n}\n', "utf-8"
    )
    assert read_style_sheet(path) == 'a {\ncontent: "▸ ";\n}\nb {\ntop: 0;\n}\n'


def test_the_scripts_of_the_map_stay_small():
    """Compressed bytes of a first visit, besides the geometry."""
    files = web_assets()
    assert len(files["map.js"].encodings["br"]) < 12_600
    assert len(files["labels.js"].encodings["br"]) < 8_000
    assert len(circle_script().encodings["br"]) < 1_500
    assert len(time_script().encodings["br"]) < 11_000
    assert len(files["leaflet.js"].encodings["br"]) < 37_000
