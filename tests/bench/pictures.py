"""How long a picture takes, new and kept, and how much memory a hundred of them.

Runs in a process of its own, so that its memory is its own, through the studio that the page and
the address use. ``python -m tests.bench.pictures`` prints it; ``make bench`` puts it into its
table.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from itertools import product
from statistics import median
from typing import Any

from geo.indicators import indicators
from geo.picture import Picture
from geo.picture.studio import KEPT_BYTES, Studio
from tests.bench.row import Row
from tests.server import ROOT

DAY = "2026-11-25"
LINK = "https://atlas.example.org/?lang=en"
COUNT = 100
MB = 1e6


def case() -> dict[str, float]:
    """A hundred different pictures in a row, as a server draws them: seconds and bytes."""
    studio = Studio()
    # The first picture reads fonts and shapes, as the server does when it starts.
    studio.picture(Picture(day=DAY, link=LINK), "png")
    before = _bytes_now()
    choices = product(list(indicators())[:25], ("16-9", "a4-upright"), ("en", "both"))
    new, kept = [], []
    for number, (measure, size, lang) in enumerate(choices, start=1):
        year = indicators()[measure].years[-1]
        asked = Picture(measure=measure, year=year, size=size, lang=lang, day=DAY, link=LINK)
        for seconds in (new, kept):
            start = time.perf_counter()
            studio.picture(asked, "png")
            seconds.append(time.perf_counter() - start)
        if number == COUNT // 2:
            halfway = _bytes_now()
    assert len(new) == COUNT
    return {
        "new": median(new),
        "slowest": max(new),
        "kept": max(kept),
        "grown": _bytes_now() - before,
        "later": _bytes_now() - halfway,
        "peak": _peak_bytes(),
        "shelf": studio.kept,
    }


def pictures(browser: Any = None, fleet: Any = None) -> list[Row]:
    """Rows for the table of ``make bench``; neither a browser nor the rivals are needed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.pictures", "case"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout)
    return [
        Row(
            f"a new picture, median and slowest of {COUNT}",
            "",
            f"{found['new']:.2f} s; {found['slowest']:.2f} s",
            "",
            "",
            "at most 2 s",
            found["slowest"] <= 2,
        ),
        Row(
            "a kept picture (slowest)",
            "",
            f"{found['kept'] * 1000:.1f} ms",
            "",
            "",
            "at most 50 ms",
            found["kept"] <= 0.05,
        ),
        Row(
            f"memory that {COUNT} different pictures add; those kept; the second half",
            "",
            f"{found['grown'] / MB:.0f} MB; {found['shelf'] / MB:.0f} MB;"
            f" {found['later'] / MB:.0f} MB",
            "",
            "",
            f"at most {(KEPT_BYTES + 150 * MB) / MB:.0f} MB",
            found["grown"] <= KEPT_BYTES + 150 * MB,
        ),
    ]


def _peak_bytes() -> float:
    # Linux counts in units of 1,024 bytes.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0


def _bytes_now() -> float:
    """The memory that the process holds now."""
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123  no file of ours
        return float(file.read().split()[1]) * resource.getpagesize()


if __name__ == "__main__":
    if sys.argv[1:]:
        print(json.dumps(case()))
    else:
        for row in pictures():
            print(row)
