"""Every bad file gets its one answer, in both languages, in time and in memory."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.limits import MAX_ECHO_LENGTH
from geo.text import InputError, translator
from geo.upload import UploadedFile
from geo.upload.parsing import parse_table
from tests.bad_inputs.files import GOOD, book, features, ods, text
from tests.bad_inputs.make import Case, cases
from tests.bad_inputs.measure import MOST_MB, MOST_SECONDS

pytestmark = pytest.mark.slow

CASES = cases()
ROOT = Path(__file__).parents[3]


def test_there_are_enough_and_each_is_told_apart():
    assert len(CASES) >= 120
    assert sum(bool(case.says) for case in CASES) >= 231
    assert len({case.id for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_answer(case: Case):
    if not case.says:  # odd, but understood: no fault of one cell or head refuses a table
        parsed = parse_table(UploadedFile(case.name, case.make()))
        assert any(series.figures for series in parsed.series)
        return
    with pytest.raises(InputError) as caught:
        parse_table(UploadedFile(case.name, case.make()))
    error = caught.value
    assert str(error) == case.says
    chinese = translator("zh")(error.message, **error.slots)
    assert re.search(r"[\u4e00-\u9fff].*。$", chinese)
    assert len(str(error)) < 200 + 2 * MAX_ECHO_LENGTH


@pytest.fixture(scope="module")
def readings(tmp_path_factory) -> dict[str, dict]:
    """What each bad file cost and touched, measured in a process without this one's memory."""
    folder = tmp_path_factory.mktemp("bad")
    for case in CASES:
        (folder / case.id).write_bytes(case.make())
    (folder / "names.json").write_text(json.dumps({case.id: case.name for case in CASES}))
    value = tmp_path_factory.mktemp("temporary")
    done = subprocess.run(
        [sys.executable, "-m", "tests.bad_inputs.measure", str(folder)],
        cwd=ROOT, env={**os.environ, "TMPDIR": str(value)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert list(value.iterdir()) == []
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {line["file"]: line for line in lines}


@pytest.mark.skipif(sys.platform != "linux", reason="reads the account of Linux's kernel")
def test_each_is_answered_in_time_and_memory_and_opens_nothing(readings):
    assert {name: entry["says"] for name, entry in readings.items()} == {
        case.id: case.says for case in CASES
    }
    assert {name: item["touched"] for name, item in readings.items() if item["touched"]} == {}
    slow = {
        n: reading["seconds"]
        for n, reading in readings.items()
        if reading["seconds"] > MOST_SECONDS
    }
    large = {n: value["mb"] for n, value in readings.items() if value["mb"] > MOST_MB}
    assert (slow, large) == ({}, {})


GOOD_FILES = {
    "a.csv": text(GOOD),
    "a.xlsx": book(),
    "a.ods": ods(),
    "a.geojson": features([{"省": "北京", "产值": 1}, {"省": "天津", "产值": 2}]),
}


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(GOOD_FILES)),
    st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=4)), min_size=1, max_size=4),
    st.integers(0, 3),
)
def test_a_good_file_with_bytes_exchanged_is_understood_or_answered(name, changes, cut):
    body = bytearray(GOOD_FILES[name])
    for place, new in changes:
        at = place % len(body)
        body[at : at + max(len(new) - cut, 0)] = new
    assert_understood_or_answered(UploadedFile(name, bytes(body)))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_pasted_text_is_understood_or_answered(pasted):
    assert_understood_or_answered(UploadedFile.from_pasted(pasted))


def assert_understood_or_answered(raw: UploadedFile) -> None:
    """Anything but an answer to the reader is an error that ends the test."""
    try:
        parsed = parse_table(raw)
    except InputError as error:
        answer = translator("zh")(error.message, **error.slots)
    else:
        answer = str(len(parsed.series))
    assert answer not in ("", "0")
