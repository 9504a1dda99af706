"""A rerun that changes nothing calls few functions: what does not change is not made again."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.cases import for_each
from tests.pages.run import page

ROOT = Path(__file__).parents[2]
OURS = tuple(f"{ROOT / folder}/" for folder in ("geo", "pages"))
MOST_CALLS = 10_000
MOST_CALLS_ON_DATA = 20_000  # it lists every measure, series, fact and statement
TEN = "110000,120000,130000,310000,320000,330000,370000,440000,500000,510000"
PANES = ("provinces", "maps", "scatter", "both", "years")
VIEWS = [
    pytest.param(at, params, id=" ".join([at or "map", *params.values()]))
    for at, params in (
        ("", {}),
        ("", {"measure": "gdp_per_capita", "province": "440000"}),
        ("province", {}),
        ("province", {"province": "440000", "provinces": TEN}),
        ("dimension", {}),
        ("dimension", {"provinces": TEN}),
        *(("compare", {"view": pane}) for pane in PANES),
        ("compare", {"view": "provinces", "provinces": "110000,440000"}),
        *(("compare", {"view": pane, "provinces": TEN}) for pane in PANES),
        ("index", {}),
        ("briefing", {}),
        ("data", {}),
        ("data", {"measure": "gdp_per_capita"}),
        ("work", {}),
    )
]


def count_calls(test):
    """Run a page once more; return the number of calls of functions of the atlas."""
    calls = 0

    def count(frame, event, _):
        nonlocal calls
        if event == "call" and frame.f_code.co_filename.startswith(OURS):
            calls += 1

    threading.setprofile(count)  # AppTest runs a page in a thread of its own
    try:
        test.run()
    finally:
        threading.setprofile(None)
    return calls


@for_each("view", VIEWS)
def test_a_rerun_that_changes_nothing_calls_few_functions(view):
    at, params = view.values
    test = page(at, lang="en", **params).run()
    calls = count_calls(test)
    assert not test.exception
    most = MOST_CALLS_ON_DATA if at == "data" else MOST_CALLS
    assert 0 < calls <= most, f"the page {at or 'map'} with {params} makes {calls:,} calls"
