"""A loop over cases goes on after a failure, and names each case that failed."""

from __future__ import annotations

import pytest

from tests.cases import for_each


def test_every_case_runs_and_each_failure_is_named():
    seen = []

    @for_each("letter", "ab")
    @for_each("number, square", [(1, 1), (2, 5), (3, 10)])
    def check(letter, number, square):
        seen.append((letter, number))
        assert number**2 == square

    with pytest.raises(AssertionError) as caught:
        check()
    assert len(seen) == 6
    text = str(caught.value)
    assert text.startswith("2 of 2 cases of letter failed:")
    assert "[2, 5] AssertionError" in text
    assert "[3, 10] AssertionError" in text
    assert "[1, 1]" not in text


def test_other_arguments_stay_fixtures(tmp_path):
    @for_each("name", ["a", "b"])
    def write(name, folder):
        (folder / name).touch()

    write(folder=tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
