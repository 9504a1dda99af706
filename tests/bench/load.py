"""Many readers at once, on several processes behind the proxy: ``make bench-load``.

Readers are sessions without a browser: each shows another view every few seconds, on all pages or
on those that are named. Prints a Markdown table and ends with 1 when a target is missed; --write
puts the table into README between its marks.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from statistics import median, quantiles

import psutil
from websockets.exceptions import WebSocketException

from geo.analysis import published_measures
from tests.bench.session import WAIT_S, RawSession, SessionError
from tests.deploy.fleet import FleetProcess
from tests.server import ROOT

MARKS = re.compile(r"(<!-- load -->\n).*?(<!-- /load -->)", re.DOTALL)
PAGES = ("", "province", "dimension", "compare", "index", "briefing", "data")
ADCODES = ("110000", "310000", "440000", "520000", "540000", "650000")
FAULTS = (OSError, TimeoutError, WebSocketException, SessionError, HTTPException)
PICTURES = 20
OPENED_AT_ONCE = 20


@dataclass
class Tally:
    """What readers met: seconds of actions and of asking for health, and faults."""

    actions: list[float] = field(default_factory=list)
    health: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class LoadRow:
    """A line of the table."""

    text: str
    figures: str
    target: str
    met: bool

    def __str__(self) -> str:
        return (
            f"| {self.text} | {self.figures} | {self.target} | {'yes' if self.met else '**no**'} |"
        )


def percentile_95(values: Sequence[float]) -> float:
    """Return the 95th percentile of values; not a number without two of them."""
    return quantiles(values, n=20)[-1] if len(values) > 1 else float("nan")


def random_view(pages: Sequence[str], chance: random.Random) -> tuple[str, str]:
    """Return a page and the query of one of its views."""
    measure = chance.choice(list(published_measures().values()))
    year, first = chance.choice(measure.years), chance.choice(ADCODES)
    query = f"lang={chance.choice(('en', 'zh'))}&measure={measure.id}&year={year}"
    return chance.choice(pages), f"{query}&province={first}&provinces=440000,{first}"


async def read_for(
    session: RawSession,
    seconds: float,
    interval: float,
    pages: Sequence[str],
    chance: random.Random,
    tally: Tally,
) -> None:
    """Show views at an interval until the time is over."""
    end = time.monotonic() + seconds
    await asyncio.sleep(chance.random() * interval)
    while time.monotonic() < end:
        began = time.monotonic()
        try:
            tally.actions.append(await session.show(*random_view(pages, chance)))
        except FAULTS as fault:
            tally.faults.append(f"{type(fault).__name__}: {fault}")
            return
        await asyncio.sleep(max(0.0, interval - (time.monotonic() - began)))


async def ask_health(fleet: FleetProcess, seconds: float, tally: Tally) -> None:
    """Ask each process for its health, by the proxy, once a second."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for port in fleet.ports:
            began = time.perf_counter()
            reached = await asyncio.to_thread(fleet.is_reached, port)
            tally.health.append(time.perf_counter() - began)
            if not reached:
                tally.faults.append(f"the process at {port} was not reached")
        await asyncio.sleep(1)


async def open_sessions(fleet: FleetProcess, count: int, tally: Tally) -> list[RawSession]:
    """Open sessions, shared out to the processes, some at a time, each with its first page."""
    gate = asyncio.Semaphore(OPENED_AT_ONCE)

    async def open_one(number: int) -> RawSession | None:
        port = fleet.ports[number % len(fleet.ports)]
        session = RawSession(fleet.url, f"atlas_process={fleet.cookie_of(port)}")
        async with gate:
            try:
                await session.open()
                await session.show("", "lang=en")
            except FAULTS as fault:
                tally.faults.append(f"{type(fault).__name__}: {fault}")
                return None
        return session

    opened = await asyncio.gather(*map(open_one, range(count)))
    return [session for session in opened if session is not None]


async def close_sessions(sessions: Sequence[RawSession]) -> None:
    """Close sessions, all at once."""
    await asyncio.gather(*(session.close() for session in sessions))


def memory_mb(fleet: FleetProcess) -> float:
    """Return the resident memory of all processes of the atlas."""
    processes = (fleet.process_at(port) for port in fleet.ports)
    return sum(psutil.Process(one.pid).memory_info().rss for one in processes) / 1e6


async def ask_pictures(fleet: FleetProcess, chance: random.Random, tally: Tally) -> None:
    """Ask for pictures that nobody has asked for yet, all at once."""

    async def ask(number: int) -> None:
        _, query = random_view(("",), chance)
        try:
            status, _, _ = await asyncio.to_thread(
                fleet.ask,
                f"/picture.png?{query}&title={number}%20{chance.random()}",
                timeout_s=3 * WAIT_S,
            )
        except FAULTS as fault:
            tally.faults.append(f"{type(fault).__name__}: {fault}")
        else:
            # 503 is what the server answers when its line of pictures is full.
            if status not in (200, 503):
                tally.faults.append(f"a picture answered {status}")

    await asyncio.gather(*map(ask, range(PICTURES)))


Disturbance = Callable[[FleetProcess, random.Random, Tally], Awaitable[None]]


async def measure_load(
    fleet: FleetProcess,
    count: int,
    interval: float,
    seconds: float,
    pages: Sequence[str] = PAGES,
    disturb: Disturbance | None = None,
) -> tuple[Tally, float]:
    """Let sessions read for a time; return what they met and the memory for each, in MB."""
    tally, chance = Tally(), random.Random(count)
    before = memory_mb(fleet)
    sessions = await open_sessions(fleet, count, tally)
    readers = [
        read_for(session, seconds, interval, pages, random.Random(number), tally)
        for number, session in enumerate(sessions)
    ]
    others = [disturb(fleet, chance, tally)] if disturb else []
    await asyncio.gather(*readers, *others, ask_health(fleet, seconds, tally))
    memory = (memory_mb(fleet) - before) / max(count, 1)
    await close_sessions(sessions)
    return tally, memory


def load_row(
    what: str, tally: Tally, most_s: float, health_s: float = 0.0, more: str = "", met: bool = True
) -> LoadRow:
    """Return a line on the time of actions, held to a bound at the 95th percentile."""
    action, health = percentile_95(tally.actions), percentile_95(tally.health)
    for fault in sorted(set(tally.faults))[:5]:
        print(f"{what}: {tally.faults.count(fault)} times {fault}", file=sys.stderr)
    print(f"{what}: p95 {action:.2f} s, health {health:.2f} s", file=sys.stderr, flush=True)
    figures = (
        f"{len(tally.actions)} actions: median {median(tally.actions or [0]):.2f} s,"
        f" p95 {action:.2f} s; health p95 {health:.2f} s; {len(tally.faults)} errors{more}"
    )
    target = f"p95 at most {most_s} s, no error" + (f", health {health_s} s" if health_s else "")
    is_calm = not health_s or health <= health_s
    return LoadRow(what, figures, target, met and is_calm and action <= most_s and not tally.faults)


async def measure_all(fleet: FleetProcess, options: argparse.Namespace) -> list[LoadRow]:
    """Measure what the table has, one after the other on the same processes."""
    # Pictures wait in threads, and health must not wait for one of them.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(2 * PICTURES))
    seconds, interval, count = options.seconds, options.interval, options.sessions
    await measure_load(fleet, 10, 1, min(seconds, 15))  # fills the caches
    tally, _ = await measure_load(fleet, count, interval, seconds, options.pages)
    text = f"{count} sessions, an action every {interval:g} s, {seconds:g} s"
    rows = [load_row(text, tally, 0.8, 0.2)]
    tally, _ = await measure_load(fleet, count, interval, seconds, options.pages, ask_pictures)
    rows.append(load_row(f"the same while {PICTURES} pictures are asked for", tally, 1.5))
    many = 3 * count
    tally, memory = await measure_load(fleet, many, 6 * interval, seconds, options.pages)
    rows.append(
        load_row(
            f"{many} sessions, an action every {6 * interval:g} s, {seconds:g} s",
            tally, 1.5, more=f"; {memory:.1f} MB a session", met=memory <= 2,
        )
    )  # fmt: skip
    before, tally = memory_mb(fleet), Tally()
    for _ in range(10):
        await close_sessions(await open_sessions(fleet, count, tally))
    await asyncio.sleep(options.rest)
    # Streamlit forgets sessions that have ended when another one comes.
    await close_sessions(await open_sessions(fleet, len(fleet.ports), tally))
    after = memory_mb(fleet)
    rows.append(
        LoadRow(
            f"{10 * count} sessions opened and closed, then {options.rest:g} s",
            f"{before:.0f} MB before, {after:.0f} MB after; {len(tally.faults)} errors",
            "within 10%, no error",
            after <= 1.1 * before and not tally.faults,
        )
    )
    return rows


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Many readers at once.")
    parser.add_argument("--sessions", type=int, default=100)
    parser.add_argument("--interval", type=float, default=5, help="seconds between actions")
    parser.add_argument("--seconds", type=float, default=60, help="of each measurement")
    parser.add_argument("--rest", type=float, default=130, help="seconds until memory is read")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--pages", nargs="*", default=PAGES)
    parser.add_argument("--write", action="store_true", help="put the table into README")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        fleet = FleetProcess(Path(folder), options.workers)
        try:
            rows = asyncio.run(measure_all(fleet, options))
        finally:
            fleet.close()
    head = f"| what, WORKERS={options.workers} | measured | target | met |"
    table = "\n".join([head, "|---|---|---|---|", *map(str, rows)])
    print(table)
    if options.write:
        readme = ROOT / "README.md"
        text = readme.read_text("utf-8")
        readme.write_text(MARKS.sub(rf"\g<1>{table}\n\g<2>", text), "utf-8")
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
