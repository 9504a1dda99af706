"""What a run of a page leaves behind: no full collection of garbage, and no objects."""

from __future__ import annotations

import gc

from tests.pages.run import page

VISITS = 12


def test_a_run_does_not_collect_all_generations():
    test = page(measure="gdp_per_capita")
    collected = []

    def note(phase, info):
        collected.append(info["generation"])

    gc.disable()  # only what is called for is collected
    gc.callbacks.append(note)
    try:
        test.query_params["measure"] = "urbanization"
        test.run()
    finally:
        gc.callbacks.remove(note)
        gc.enable()
    assert not test.exception
    assert collected == []


def test_visits_leave_no_objects_behind():
    """The caches hold the first view; each session after it gives back all that it took."""

    def visit_pages(count):
        for _ in range(count):
            assert not page(measure="urbanization").exception
        gc.collect()
        return len(gc.get_objects())

    visit_pages(3)
    before = visit_pages(1)
    assert visit_pages(VISITS) < 1.01 * before
