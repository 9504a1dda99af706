"""The open index gives the results on record, to the ninth digit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.geo.index.results import collect_results, read_results


def flatten(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """All single values of nested tables, each with its path."""
    if isinstance(value, dict | list):
        entries = value.items() if isinstance(value, dict) else enumerate(value)
        for key, entry in entries:
            yield from flatten(entry, f"{path}/{key}")
    else:
        yield path, value


def test_the_results_are_those_on_record():
    record, now = dict(flatten(read_results())), dict(flatten(collect_results()))
    differences = {
        path: (record.get(path), now.get(path))
        for path in record.keys() | now.keys()
        if record.get(path) != pytest.approx(now.get(path), abs=1e-8)
    }
    assert differences == {}, "if this is meant: make index-results, and look at the difference"
