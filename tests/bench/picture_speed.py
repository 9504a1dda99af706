"""How long pictures and slides take, and whether the memory of many pictures stays bounded."""

from __future__ import annotations

import io
import time
from datetime import date
from statistics import median
from urllib.parse import urlencode
from urllib.request import urlopen

import psutil
from playwright.sync_api import Browser
from pptx import Presentation

from geo.analysis import published_measures, snapshot_of
from geo.maps import classify_snapshot
from geo.pictures import FIGURE_KINDS, FigureRequest
from geo.pictures.rendering import render_picture
from geo.slides import SlideRequest, build_deck
from geo.task_processes import finish_steps
from geo.text import translator
from tests.bench.rival import Rival
from tests.bench.row import Row

NEW_S, KEPT_S, PACK_S = 2.0, 0.05, 10.0
SIZES = ("16-9", "4-3", "square", "a4-upright", "a4-across")
MANY = 100  # different pictures
MOST_GROWTH = 200_000_000  # bytes from the 20th picture to the last: the cache holds 64 MB
CHOSEN = ("110000", "440000", "520000", "650000")


def picture_speed(browser: Browser, fleet: list[Rival]) -> list[Row]:
    """Pictures by address, new and kept; a pack of slides; the memory of a hundred pictures."""
    ours = next(rival for rival in fleet if rival.name == "ours")
    base = ours.server.url
    new, rows = [], []
    for kind in FIGURE_KINDS:
        values = {
            "kind": kind, "measure": "index_comprehensive", "year": 2017, "province": "440000",
            "measure2": "gdp_per_capita", "year2": 2020, "provinces": ",".join(CHOSEN),
        }  # fmt: skip
        # The first of a kind reads fonts, shapes and the index, which later ones share.
        _time_picture(base, **values)
        for size in SIZES:
            params = {**values, "size": size, "lang": "both"}
            new.append(_time_picture(base, **params))
            rows.append(_time_picture(base, **params))
    growth = _growth(base, ours.server.process.pid)
    slides, seconds = _pack()
    return [
        Row(
            f"a new picture by address, {len(new)} of all kinds and sizes (slowest; median)",
            "", f"{max(new):.2f} s; {median(new):.2f} s", "", "", f"at most {NEW_S:.0f} s",
            max(new) <= NEW_S,
        ),
        Row(
            "the same again (slowest)",
            "", f"{max(rows) * 1000:.0f} ms", "", "", f"at most {KEPT_S * 1000:.0f} ms",
            max(rows) <= KEPT_S,
        ),
        Row(
            f"memory of all processes of the server from the 20th to the {MANY}th picture",
            "", f"{growth / 1e6:+.0f} MB", "", "", f"at most {MOST_GROWTH / 1e6:.0f} MB more",
            growth <= MOST_GROWTH,
        ),
        Row(
            f"a pack of {slides} slides",
            "", f"{seconds:.1f} s", "", "", f"at most {PACK_S:.0f} s",
            slides >= 10 and seconds <= PACK_S,
        ),
    ]  # fmt: skip


def _time_picture(base: str, **params: object) -> float:
    """Seconds until a picture has come."""
    start = time.perf_counter()
    with urlopen(f"{base}/picture.png?{urlencode(params)}") as answer:
        answer.read()
    return time.perf_counter() - start


def _growth(base: str, pid: int) -> int:
    """How much the server's memory grows over a hundred different pictures, in bytes."""
    results = [
        (entry.id, year)
        for entry in published_measures().values()
        if entry.kind == "indicator"
        for year in entry.years
    ][:MANY]
    before = 0
    for number, (measure, year) in enumerate(results, start=1):
        _time_picture(base, measure=measure, year=year)
        if number == 20:
            before = _memory(pid)
    return _memory(pid) - before


def _memory(pid: int) -> int:
    """The resident memory of a server and of the processes that draw for it, in bytes."""
    server = psutil.Process(pid)
    return sum(process.memory_info().rss for process in (server, *server.children()))


def _pack() -> tuple[int, float]:
    """A pack with four provinces, its picture drawn with it: slides, and seconds."""
    choropleth = classify_snapshot(snapshot_of("gdp_per_capita", 2020))
    brief = SlideRequest(
        published_measures()["gdp_per_capita"], choropleth, date(2026, 1, 1), "440000", CHOSEN
    )
    request = FigureRequest(measure="gdp_per_capita", year=2020, province="440000")
    start = time.perf_counter()
    body = finish_steps(build_deck(brief, render_picture(request, "png"), translator("en")))
    return len(Presentation(io.BytesIO(body)).slides), time.perf_counter() - start
