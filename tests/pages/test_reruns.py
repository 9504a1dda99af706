"""What a run of a page leaves behind: no objects."""

from __future__ import annotations

import gc

from tests.pages.run import page

VISITS = 12


def test_visits_leave_no_objects_behind():
    """The caches hold the first view; each session after it gives back all that it took."""

    def visit_pages(count):
        for _ in range(count):
            assert not page(measure="urbanization").exception
        gc.collect()
        return len(gc.get_objects())

    visit_pages(3)
    before = visit_pages(1)
    # A session holds some thousand objects; the test itself keeps one for each.
    assert visit_pages(VISITS) - before < 10 * VISITS
