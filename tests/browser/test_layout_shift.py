"""Nothing jumps while a page loads: the layout shift that the browser itself measures."""

from __future__ import annotations

import pytest

from tests.cases import for_each

MOST = 0.1  # what web.dev calls good
PAGES = ("", "province", "dimension", "compare", "index", "briefing", "data")
SIZES = ((1440, 900), (390, 844))
# All shifts of a load are added up: the largest window of some seconds, as web.dev counts, is less.
RECORD_SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts.push({
    value: entry.value,
    at: Math.round(entry.startTime),
    nodes: entry.sources.map(source => (source.node?.outerHTML ?? source.node?.textContent ?? "")
      .slice(0, 90) + JSON.stringify([source.previousRect, source.currentRect]
      .map(r => [r.x, r.y, r.width, r.height].map(Math.round)))),
  });
}).observe({ type: "layout-shift", buffered: true });
"""
SLOWER = 4  # times, of the browser: then parts of a page come one after the other
CASES = [
    *(
        pytest.param(path, width, height, 1, id=f"{path or 'map'} {width}")
        for path in PAGES
        for width, height in SIZES
    ),
    *(pytest.param(path, *SIZES[1], SLOWER, id=f"{path}, slow") for path in ("province", "index")),
]


@for_each("case", CASES)
def test_nothing_jumps_while_a_page_loads(visit, case):
    path, width, height, slower = case.values
    atlas = visit(width, height, fresh=True).page()
    devtools = atlas.page.context.new_cdp_session(atlas.page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    atlas.patience_ms *= slower
    atlas.page.add_init_script(RECORD_SHIFTS)
    atlas.open(f"{path}?lang=en")
    shifts = atlas.page.evaluate("window.shifts")
    total = sum(shift["value"] for shift in shifts)
    assert total < MOST, shifts
