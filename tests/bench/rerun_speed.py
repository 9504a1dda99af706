"""What the server does for one change of measure, before and after it has aged; and ten pictures.

There is no browser: sessions speak to the server themselves (``tests/bench/sessions.py``), so the
processor time of its process is for nothing else.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from statistics import median
from urllib.parse import urlencode
from urllib.request import urlopen

import psutil
from playwright.sync_api import Browser

from geo.analysis import published_measures
from tests.bench.rival import Rival
from tests.bench.row import Row
from tests.bench.sessions import Session, cpu_time
from tests.server import Server

BATCHES, CHANGES = 9, 40  # changes in a batch: the clock of the processor has steps of 10 ms
SESSIONS, PICTURES = 1_000, 200
FRESH_MS, MOST_AGEING = 25, 1.10
AT_ONCE, MOST_WAIT_S = 10, 0.3


def rerun_speed(browser: Browser, fleet: list[Rival]) -> list[Row]:
    """Processor time for a change of measure, fresh and aged; a change beside ten pictures."""
    empty, ours = (next(r for r in fleet if r.name == name) for name in ("empty", "ours"))
    options = [text for _, text in ours.choices]
    server = Server(ours.script)
    try:
        plain = change_cpu_ms(empty.server, [text for _, text in empty.choices])
        fresh = change_cpu_ms(server, options)
        before = _memory(server)
        age(server)
        aged = change_cpu_ms(server, options)
        growth = _memory(server) - before
        waits = waits_beside_pictures(server, options)
    finally:
        server.close()
    return [
        Row(
            "processor time of the server for one change of measure, fresh",
            f"{plain:.1f} ms", f"{fresh:.1f} ms", "", f"{fresh / plain:.1f} times empty",
            f"at most {FRESH_MS} ms", fresh <= FRESH_MS,
        ),
        Row(
            f"the same after {SESSIONS:,} sessions, {PICTURES} pictures, every measure and year",
            "", f"{aged:.1f} ms", "", f"{aged / fresh:.2f} times fresh; {growth / 1e6:+.0f} MB",
            f"at most {MOST_AGEING:.2f} times fresh", aged <= MOST_AGEING * fresh,
        ),
        Row(
            f"change of measure while {AT_ONCE} pictures are drawn (slowest; median)",
            "", f"{max(waits) * 1000:.0f} ms; {median(waits) * 1000:.0f} ms", "", "",
            f"at most {MOST_WAIT_S * 1000:.0f} ms", max(waits) <= MOST_WAIT_S,
        ),
    ]  # fmt: skip


def change_cpu_ms(server: Server, options: list[str], batches: int = BATCHES) -> float:
    """Return the processor time of a server for one choice in its select box: the median batch.

    The first batch, which fills caches, is not counted.
    """
    seconds = []
    choices = cycle(options)
    with Session(server.url, {"lang": "en"}) as session:
        for _ in range(batches + 1):
            with cpu_time(server.process.pid) as spent:
                for _ in range(CHANGES):
                    _change(session, next(choices))
            seconds.append(spent[0] / CHANGES)
    return median(seconds[1:]) * 1000


def show_every_view(server: Server) -> None:
    """Show every measure in each of its years."""
    with Session(server.url, {"lang": "en"}) as session:
        for measure in published_measures().values():
            for year in measure.years:
                answer = session.show(lang="en", measure=measure.id, year=year)
                assert answer.is_success, (measure.id, year)


def age(server: Server, sessions: int = SESSIONS, pictures: int = PICTURES) -> None:
    """Use a server as readers do in some hours: views, sessions that end, different pictures."""
    show_every_view(server)
    for _ in range(sessions):
        with Session(server.url, {"lang": "en"}) as session:
            assert session.first.is_success
    indicators = [m for m in published_measures().values() if m.kind == "indicator"]
    views = [(measure.id, year) for measure in indicators for year in measure.years]
    assert len(views) >= pictures
    for measure_id, year in views[:pictures]:
        _draw_picture(server, measure=measure_id, year=year)


def waits_beside_pictures(server: Server, options: list[str]) -> list[float]:
    """Return how long changes of measure take while ten pictures are drawn, in seconds."""
    waits = []
    choices = cycle(options)
    with Session(server.url, {"lang": "en"}) as session, ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in options:
            _change(session, next(choices))
        titles = [f"{time.time()} {number}" for number in range(AT_ONCE)]
        pending = [pool.submit(_draw_picture, server, title=title) for title in titles]
        while not all(future.done() for future in pending):
            began = time.perf_counter()
            _change(session, next(choices))
            waits.append(time.perf_counter() - began)
            time.sleep(0.05)
        for future in pending:
            future.result()
    return waits


def _change(session: Session, option: str) -> None:
    answer = session.choose("measure", option)
    assert answer.is_success
    assert any(f'data-shows="{option}' in text for text in answer.texts), option


def _draw_picture(server: Server, **params: object) -> None:
    with urlopen(f"{server.url}/picture.png?{urlencode(params)}") as answer:
        assert answer.read(4) == b"\x89PNG"


def _memory(server: Server) -> int:
    """Return the resident memory of the server's own process, in bytes."""
    return int(psutil.Process(server.process.pid).memory_info().rss)
