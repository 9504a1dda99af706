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
from websockets.exceptions import ConnectionClosed, WebSocketException

from geo.analysis import published_measures
from geo.units import provinces
from geo.upload import limit_of
from tests.bench.session import WAIT_S, RawSession, SessionError
from tests.deploy.fleet import FleetProcess
from tests.server import ROOT

MARKS = re.compile(r"(<!-- load -->\n).*?(<!-- /load -->)", re.DOTALL)
PAGES = ("", "province", "dimension", "compare", "index", "briefing", "data")
ADCODES = ("110000", "310000", "440000", "520000", "540000", "650000")
FAULTS = (OSError, TimeoutError, WebSocketException, SessionError, HTTPException)
PICTURES = 20
ROUND_PAUSE_S = 30
OPENED_AT_ONCE = 20
RECONNECT_S = 0.5  # as Streamlit's browser does at first
RETURN_S = 5
KILL_SECONDS = 60
END_S = 10


@dataclass
class Tally:
    """What readers met.

    actions, health, uploads: seconds of each. returns: seconds from a lost connection to the view
    that was shown before. faults: as texts. is_disturbed: whether something disturbs at the moment;
    disturbed: seconds of the actions that it met.
    """

    actions: list[float] = field(default_factory=list)
    health: list[float] = field(default_factory=list)
    uploads: list[float] = field(default_factory=list)
    returns: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    is_disturbed: bool = False
    disturbed: list[float] = field(default_factory=list)

    def note_fault(self, fault: Exception) -> None:
        self.faults.append(f"{type(fault).__name__}: {fault}")


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
    """Show views at an interval until the time is over, and come back if the connection is lost."""
    end = time.monotonic() + seconds
    view = ("", "lang=en")
    pause = chance.random() * interval
    while True:
        if await session.is_lost_within(min(pause, max(0.0, end - time.monotonic()))):
            await come_back(session, view, tally)
        if time.monotonic() >= end:
            return
        began, view = time.monotonic(), random_view(pages, chance)
        is_disturbed = tally.is_disturbed
        try:
            seconds_taken = await session.show(*view)
        except ConnectionClosed:
            await come_back(session, view, tally)
        except FAULTS as fault:
            tally.note_fault(fault)
            return
        else:
            tally.actions.append(seconds_taken)
            if is_disturbed or tally.is_disturbed:
                tally.disturbed.append(seconds_taken)
        pause = max(0.0, interval - (time.monotonic() - began))


async def come_back(session: RawSession, view: tuple[str, str], tally: Tally) -> None:
    """Connect again until the view is shown, as a browser does."""
    began = time.monotonic()
    while True:
        try:
            await session.open()
            await session.show(*view)
        except FAULTS as fault:
            if time.monotonic() > began + WAIT_S:
                tally.note_fault(fault)
                return
            await asyncio.sleep(RECONNECT_S)
        else:
            tally.returns.append(time.monotonic() - began)
            return


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
                tally.note_fault(fault)
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
            tally.note_fault(fault)
        else:
            # 503 is what the server answers when its line of pictures is full, 429 when an address
            # asks for too many.
            if status not in (200, 429, 503):
                tally.faults.append(f"a picture answered {status}")

    await asyncio.gather(*map(ask, range(PICTURES)))


def largest_table() -> bytes:
    """Return a table with as many columns and cells as are permitted, all of them values."""
    names = [province.name_zh for province in provinces().values()]
    columns = limit_of("columns")
    rows = limit_of("cells") // columns - 1
    lines = [",".join(["省份", *(f"指标{column}" for column in range(1, columns))])]
    for row in range(rows):
        values = (f"{(row * 7 + column * 13) % 1000 / 10}" for column in range(1, columns))
        lines.append(",".join([names[row % len(names)], *values]))
    return "\n".join(lines).encode()


async def upload_table(fleet: FleetProcess, chance: random.Random, tally: Tally) -> None:
    """Upload the largest permitted table in a session of its own."""
    cookie = f"atlas_process={fleet.cookie_of(chance.choice(fleet.ports))}"
    session = RawSession(fleet.url, cookie)
    try:
        await session.open()
        await session.show("data", "lang=en")
        tally.uploads.append(await session.upload("table.csv", largest_table()))
    except FAULTS as fault:
        tally.note_fault(fault)
    finally:
        await session.close()


async def disturb_in_rounds(
    fleet: FleetProcess, seconds: float, chance: random.Random, tally: Tally
) -> None:
    """Upload a table and ask for pictures, both at once, and again after a pause."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        tally.is_disturbed = True
        await asyncio.gather(upload_table(fleet, chance, tally), ask_pictures(fleet, chance, tally))
        tally.is_disturbed = False
        await asyncio.sleep(min(ROUND_PAUSE_S, max(0.0, end - time.monotonic())))


async def kill_one(
    fleet: FleetProcess, seconds: float, chance: random.Random, tally: Tally
) -> None:
    """Kill a process in the middle of the time."""
    await asyncio.sleep(seconds / 2)
    tally.is_disturbed = True
    fleet.process_at(chance.choice(fleet.ports)).kill()
    await asyncio.sleep(RETURN_S)
    tally.is_disturbed = False


Disturbance = Callable[[FleetProcess, float, random.Random, Tally], Awaitable[None]]


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
    others = [disturb(fleet, seconds, chance, tally)] if disturb else []
    health = [] if disturb is kill_one else [ask_health(fleet, seconds, tally)]
    await asyncio.gather(*readers, *others, *health)
    memory = (memory_mb(fleet) - before) / max(count, 1)
    await close_sessions(sessions)
    return tally, memory


def load_row(
    what: str,
    tally: Tally,
    most_s: float,
    health_s: float = 0.0,
    more: str = "",
    met: bool = True,
    actions: Sequence[float] | None = None,
) -> LoadRow:
    """Return a line on the time of actions, held to a bound at the 95th percentile.

    actions: those that are held to it; all by default. A lost connection is an error.
    """
    times = tally.actions if actions is None else actions
    action, health = percentile_95(times), percentile_95(tally.health)
    faults = [*tally.faults, *("a connection was lost" for _ in tally.returns)]
    for fault in sorted(set(faults))[:5]:
        print(f"{what}: {faults.count(fault)} times {fault}", file=sys.stderr)
    print(f"{what}: p95 {action:.2f} s, health {health:.2f} s", file=sys.stderr, flush=True)
    figures = (
        f"{len(times):,} actions: median {median(times or [0]):.2f} s,"
        f" p95 {action:.2f} s; health p95 {health:.2f} s; {len(faults)} errors{more}"
    )
    target = f"p95 at most {most_s} s, no error" + (f", health {health_s} s" if health_s else "")
    is_calm = not health_s or health <= health_s
    return LoadRow(what, figures, target, met and is_calm and action <= most_s and not faults)


async def measure_disturbed(fleet: FleetProcess, options: argparse.Namespace) -> LoadRow:
    """Measure actions while tables are uploaded and pictures are asked for."""
    tally, _ = await measure_load(
        fleet, options.sessions, options.interval, options.seconds / 3, options.pages,
        disturb_in_rounds,
    )  # fmt: skip
    rounds = len(tally.uploads)
    more = f"; a table took {median(tally.uploads or [0]):.1f} s, {rounds} rounds"
    return load_row(
        f"the same while the largest table is uploaded and {PICTURES} pictures are asked for",
        tally, 1.5, more=more, met=bool(rounds), actions=tally.disturbed,
    )  # fmt: skip


async def measure_many(fleet: FleetProcess, options: argparse.Namespace) -> LoadRow:
    """Measure three times as many sessions that act more seldom, and their memory."""
    many, interval = 3 * options.sessions, 6 * options.interval
    seconds = options.seconds / 3
    tally, memory = await measure_load(fleet, many, interval, seconds, options.pages)
    return load_row(
        f"{many} sessions, an action every {interval:g} s, {seconds:g} s",
        tally, 1.5, more=f"; {memory:.1f} MB a session", met=memory <= 2,
    )  # fmt: skip


async def measure_opening(fleet: FleetProcess, options: argparse.Namespace) -> LoadRow:
    """Measure what memory is left by sessions that have ended."""
    before, tally = memory_mb(fleet), Tally()
    for _ in range(10):
        await close_sessions(await open_sessions(fleet, options.sessions, tally))
    await asyncio.sleep(options.rest)
    # Streamlit forgets sessions that have ended when another one comes.
    await close_sessions(await open_sessions(fleet, len(fleet.ports), tally))
    after = memory_mb(fleet)
    return LoadRow(
        f"{10 * options.sessions:,} sessions opened and closed, then {options.rest:g} s",
        f"{before:.0f} MB before, {after:.0f} MB after; {len(tally.faults)} errors",
        "within 10%, no error",
        after <= 1.1 * before and not tally.faults,
    )


async def measure_kill(fleet: FleetProcess, options: argparse.Namespace) -> LoadRow:
    """Measure how soon the readers of a process that is killed have the same view again."""
    seconds = min(options.seconds, KILL_SECONDS)
    tally, _ = await measure_load(
        fleet, options.sessions, options.interval, seconds, options.pages, kill_one
    )
    for fault in tally.faults[:5]:
        print(f"KILL: {fault}", file=sys.stderr)
    slowest = max(tally.returns, default=float("nan"))
    expected = options.sessions // len(fleet.ports)
    return LoadRow(
        f"a process is killed under {options.sessions} sessions",
        f"{len(tally.returns)} readers lose their connection, the slowest has the same view after"
        f" {slowest:.1f} s; others: {len(tally.faults)} errors; all actions of these {RETURN_S} s:"
        f" p95 {percentile_95(tally.disturbed):.2f} s",
        f"within {RETURN_S} s; others notice nothing",
        slowest <= RETURN_S and len(tally.returns) == expected and not tally.faults,
    )


async def measure_end(fleet: FleetProcess, options: argparse.Namespace) -> LoadRow:
    """Measure how long TERM takes to end all under load."""
    tally = Tally()
    sessions = await open_sessions(fleet, options.sessions, tally)
    chance = random.Random(options.sessions)
    running = [
        asyncio.ensure_future(one.show(*random_view(options.pages, chance))) for one in sessions
    ]
    seconds = await asyncio.to_thread(fleet.close)
    code = fleet.process.returncode
    await asyncio.gather(*running, return_exceptions=True)
    await asyncio.gather(*(one.close() for one in sessions), return_exceptions=True)
    return LoadRow(
        f"TERM to everything under {options.sessions} sessions",
        f"all ends in {seconds:.1f} s, exit {code}",
        f"{END_S} s, exit 0",
        seconds <= END_S and code == 0,
    )


async def measure_all(fleet: FleetProcess, options: argparse.Namespace) -> list[LoadRow]:
    """Measure what the table has, one after the other on the same processes."""
    # Pictures wait in threads, and health must not wait for one of them.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(2 * PICTURES))
    count, interval, seconds = options.sessions, options.interval, options.seconds
    await measure_load(fleet, 10, 1, min(seconds, 15))  # fills the caches
    tally, _ = await measure_load(fleet, count, interval, seconds, options.pages)
    text = f"{count} sessions, an action every {interval:g} s, {seconds:g} s"
    rows = [load_row(text, tally, 0.8, 0.2)]
    for measure in (measure_disturbed, measure_many, measure_opening, measure_kill, measure_end):
        rows.append(await measure(fleet, options))
        print(rows[-1], file=sys.stderr, flush=True)
    return rows


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Many readers at once.")
    parser.add_argument("--sessions", type=int, default=100)
    parser.add_argument("--interval", type=float, default=5, help="seconds between actions")
    parser.add_argument(
        "--seconds", type=float, default=600, help="of the first measurement; others take a third"
    )
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
            if fleet.process.poll() is None:
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
