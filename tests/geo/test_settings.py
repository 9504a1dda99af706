"""Settings and limits stand in their tables alone, and docs/settings.md prints them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from data.settings_document import DOCUMENT, format_document
from geo import limits
from geo.limits import LIMITS, UPLOAD_LIMITS
from geo.settings import SETTINGS

ROOT = Path(__file__).parents[2]
TABLE = "geo/limits.py"
LIMIT_NAME = re.compile(
    r"_?(MOST|LONGEST|MAX|KEPT)_\w+"
    r"|\w*(_BYTES|_SECONDS|_AT_ONCE|_MAX_\w+|CONCURRENT|CACHE_SIZE|TIMEOUT\w*)|AT_ONCE"
)
# Keywords of calls that are limits, whatever function is called.
LIMIT_KEYWORDS = {"maxsize", "max_entries", "ttl", "timeout", "max_workers", "max_chars"}
OF_A_DRAWING = {
    ("geo/exports/workbooks.py", "MAX_COLUMN_WIDTH"),
    ("geo/pictures/comparison.py", "MAX_FONT_FACTOR"),
    ("geo/pictures/frame.py", "MAX_USER_NOTE_LINES"),
    ("geo/pictures/profile.py", "MAX_BAND_SHARE"),
    ("geo/pictures/profile.py", "MAX_ROW_GAP"),
    ("geo/pictures/rows.py", "MAX_WITH_INTERVAL"),
    ("geo/pictures/unit_names.py", "MAX_CANDIDATES"),
    ("geo/pictures/unit_names.py", "MAX_COVERED_SHARE"),
    ("geo/pictures/unit_names.py", "MAX_OFFSHORE_SHARE"),
    ("geo/slides/measure.py", "MAX_CHOSEN"),
    ("geo/slides/provinces.py", "MAX_LABELLED"),
    ("geo/text/translation.py", "MOST_MYRIAD_DECIMALS"),  # how Chinese writes a number
}
OF_A_METHOD = {
    ("geo/index/treatment.py", "MAX_WINSORISED"),
    ("geo/index/treatment.py", "MAX_WINSORISED_SHARE"),
}


def trees(*places: str) -> Iterator[tuple[str, ast.Module]]:
    for place in places:
        path = ROOT / place
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            yield file.relative_to(ROOT).as_posix(), ast.parse(file.read_text("utf-8"))


def is_number(node: ast.AST | None) -> bool:
    """Whether an expression is made of numbers alone, such as 48 * 2**20."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, (int, float)) and not isinstance(node.value, bool)
    if isinstance(node, ast.BinOp):
        return is_number(node.left) and is_number(node.right)
    return isinstance(node, ast.UnaryOp) and is_number(node.operand)


def number_constants(tree: ast.Module) -> Iterator[str]:
    """The names that a module gives to numbers, at its top level and in classes and functions."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and is_number(node.value):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name) and target.id.isupper():
                    yield target.id


def test_the_document_is_what_the_command_writes():
    assert DOCUMENT.read_text("utf-8") == format_document()


def test_every_row_has_a_name_of_its_own_and_a_reason():
    names = [row.name for row in (*SETTINGS, *LIMITS)]
    assert len(set(names)) == len(names)
    assert [row.name for row in SETTINGS if not row.help] == []
    assert [row.name for row in LIMITS if not (row.unit and row.reason.endswith("."))] == []


def test_a_limit_is_imported_by_its_name():
    rows = {row.name: row.value for row in LIMITS if row.name not in UPLOAD_LIMITS}
    constants = {n: v for n, v in vars(limits).items() if LIMIT_NAME.fullmatch(n) or n in rows}
    assert constants == rows


def test_every_limit_is_used():
    places = ("geo", "pages", "deploy", "app.py")
    code = "".join((ROOT / name).read_text("utf-8") for name, _ in trees(*places) if name != TABLE)
    rest = {row.name for row in LIMITS if not re.search(rf"\b{row.name}\b", code)}
    # The number of slides follows from what is chosen; tests hold it to the bounds.
    assert rest == {"MIN_SLIDES", "MAX_SLIDES"}


def test_no_limit_is_defined_elsewhere():
    found = {
        (name, constant)
        for name, tree in trees("geo", "pages", "deploy", "app.py")
        if name != TABLE
        for constant in number_constants(tree)
        if LIMIT_NAME.fullmatch(constant)
    }
    assert found == OF_A_DRAWING | OF_A_METHOD


def test_no_call_is_limited_by_a_bare_number():
    found = [
        f"{name}:{node.lineno}"
        for name, tree in trees("geo", "pages", "deploy", "app.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg in LIMIT_KEYWORDS and is_number(keyword.value)
    ]
    assert found == []


def environment_names(tree: ast.Module) -> Iterator[str]:
    """The names that a module reads from os.environ, and all texts that begin with ATLAS_.

    Names of Python that a front door lists in __all__ are none.
    """
    listed = {
        id(item)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
        for item in ast.walk(node)
    }
    for node in ast.walk(tree):
        text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if text and id(node) not in listed:
            yield from re.findall(r"\AATLAS_[A-Z_]+\Z", node.value)
        key: ast.AST | None = None
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            key = node.slice
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in {
            "os.environ.get", "os.getenv", "os.environ.setdefault", "os.environ.pop",
        }:  # fmt: skip
            key = node.args[0]
        if key is not None:
            yield key.value if isinstance(key, ast.Constant) else ast.unparse(key)


def test_every_environment_variable_is_in_the_table():
    known = {setting.name for setting in SETTINGS}
    for name, tree in trees("geo", "pages", "deploy", "app.py", "data", "tests"):
        assert set(environment_names(tree)) <= known, name
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert set(re.findall(r"\bATLAS_[A-Z_]+|^[A-Z]+(?= \?=)", makefile, re.MULTILINE)) <= known


def test_defaults_of_the_makefile_are_those_of_the_table():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    defaults = {setting.name: setting.default for setting in SETTINGS}
    given = dict(re.findall(r"^([A-Z]+) \?= (.*)$", makefile, re.MULTILINE))
    assert given == {name: defaults[name] for name in given}
    assert set(given) == {"PORT", "WORKERS"}
