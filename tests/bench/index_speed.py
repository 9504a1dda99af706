"""How long the Monte Carlo of the open index takes, and how much memory, on one core.

Each case runs in a process of its own with one thread, so that its peak of memory is its own.
``python -m tests.bench.index_speed`` prints both; ``make bench`` puts them into its table.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from statistics import median
from typing import Any

import numpy as np
import pandas as pd

from geo.index import DEFAULT_DRAWS, Recipe, index_indicators, score_index
from geo.index.composition import IndexInputs, Method
from geo.index.tree import Group, Indicator, Tree
from geo.index.uncertainty import (
    DEFAULT_SEED,
    Assumptions,
    draw_ranks,
    result_uncertainty,
    summarise_ranks,
)
from tests.bench.row import Row
from tests.server import ROOT

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
ROUNDS = 5
UNITS, INDICATORS, GROUPS, LARGE_DRAWS = 3_000, 40, 6, 1_000


def provinces_case() -> dict[str, float]:
    """10,000 draws over the 31 provinces and all measures: the median of five."""
    result = score_index(Recipe(nearest_year=True, security=True), 2017)
    assert result.material.figures.shape == (31, len(index_indicators()))
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        result_uncertainty(result, Assumptions(), DEFAULT_DRAWS, DEFAULT_SEED)
        seconds.append(time.perf_counter() - start)
    return {"seconds": median(seconds), "bytes": _peak_bytes()}


def large_material() -> IndexInputs:
    """3,000 units by 40 skewed indicators in six groups, two in a hundred figures missing."""
    generator = np.random.default_rng(DEFAULT_SEED)
    figures = generator.lognormal(size=(UNITS, INDICATORS))
    figures[generator.random(figures.shape) < 0.02] = np.nan
    names = [f"i{number}" for number in range(INDICATORS)]
    groups = tuple(
        Group(f"g{number}", tuple(Indicator(name) for name in names[number::GROUPS]))
        for number in range(GROUPS)
    )
    tree = Tree(groups)
    return IndexInputs(pd.DataFrame(figures, columns=names)[list(tree.indicator_ids)], tree)


def large_case() -> dict[str, float]:
    """1,000 draws over 3,000 units by 40 indicators, with their summary."""
    material = large_material()
    start = time.perf_counter()
    ranks = draw_ranks(material, Method(), Assumptions(), LARGE_DRAWS, DEFAULT_SEED)
    default = pd.Series(np.argsort(np.argsort(ranks[0])) + 1)
    summarise_ranks(default, ranks, Assumptions().spread, DEFAULT_SEED)
    return {"seconds": time.perf_counter() - start, "bytes": _peak_bytes()}


CASES = {"provinces": provinces_case, "large": large_case}


def run_case(name: str) -> dict[str, float]:
    """A case in a process of its own, on one thread."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.index_speed", name],
        cwd=ROOT, env=os.environ | ONE_THREAD, check=True, capture_output=True, text=True,
    )  # fmt: skip
    values: dict[str, float] = json.loads(done.stdout)
    return values


def index_speed(browser: Any = None, fleet: Any = None) -> list[Row]:
    """Two rows for the table of ``make bench``; neither a browser nor the rivals are needed."""
    small, large = run_case("provinces"), run_case("large")
    count = len(index_indicators())
    return [
        Row(
            f"ranks of 31 provinces, {count} measures, {DEFAULT_DRAWS:,} draws, one core",
            "",
            f"{small['seconds']:.2f} s",
            "",
            "",
            "at most 0.5 s",
            small["seconds"] <= 0.5,
        ),
        Row(
            f"ranks of {UNITS:,} units, {INDICATORS} indicators, {LARGE_DRAWS:,} draws, one core",
            "",
            f"{large['seconds']:.1f} s, {large['bytes'] / 1e6:.0f} MB",
            "",
            "",
            "at most 10 s and 600 MB",
            large["seconds"] <= 10 and large["bytes"] <= 600e6,
        ),
    ]


def _peak_bytes() -> float:
    # Linux counts in units of 1,024 bytes.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0


if __name__ == "__main__":
    if sys.argv[1:]:
        print(json.dumps(CASES[sys.argv[1]]()))
    else:
        for row in index_speed():
            print(row)
