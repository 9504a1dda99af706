"""How long a store of 10,000 workspaces of 1 MB takes: ``python -m tests.bench.store [FOLDER]``.

Bodies are workspace files with tables of random values, which compression shrinks to half: about
0.5 MB each in the store. The folder (by default a new one below /tmp) needs 25 GB: the store, its
backup, the store that the backup is restored into, and the log of that one transaction. The script
removes everything. A second argument is another number of workspaces.

``store_speed`` is the same with fewer workspaces, for ``make bench``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median

import psutil
from playwright.sync_api import Browser

import geo.store.store as store_module
from geo.settings import DATABASE
from geo.store import (
    Holder,
    WorkspaceStore,
    browser_owner,
    create_key,
    open_sqlite,
)
from tests.bench.rival import Rival
from tests.bench.row import Row
from tests.geo.store.bodies import workspace_body
from tests.server import ROOT

WORKSPACES = 10_000
FEWER = 500  # of the table of ``make bench``: all of them take ten minutes and 25 GB
BODY_BYTES = 1_000_000
EACH = 20  # workspaces of an owner
BODIES = 20  # different bodies; every workspace encrypts them with a key of its own
OPEN_S, LIST_S = 0.3, 0.3
MOST_GROWTH = 60_000_000  # bytes of memory that a backup may add, whatever the store has
MB = 1_000_000
STORED, BACKUP = "atlas.db", "backup.jsonl.gz"


def seconds(action: Callable[[], object], times: int = 15) -> tuple[float, float]:
    """The median and the longest time of an action."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        action()
        taken.append(time.perf_counter() - begun)
    return median(taken), max(taken)


def run_command(path: Path, *arguments: str) -> tuple[float, int]:
    """Run ``python -m geo.workspaces`` on the store in a file; return seconds and peak memory.

    The memory is looked at fifty times a second, in bytes.
    """
    begun, peak = time.perf_counter(), 0
    process = psutil.Popen(
        [sys.executable, "-m", "geo.workspaces", *arguments],
        cwd=ROOT,
        env={**os.environ, DATABASE.name: f"sqlite:///{path}"},
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None:
        with suppress(psutil.NoSuchProcess):
            peak = max(peak, process.memory_info().rss)
        time.sleep(0.02)
    if process.returncode:
        raise RuntimeError(f"{arguments[0]} ended with {process.returncode}")
    return time.perf_counter() - begun, peak


def fill(store: WorkspaceStore, count: int) -> list[tuple[Holder, str]]:
    bodies = [workspace_body(seed, BODY_BYTES) for seed in range(BODIES)]
    made = []
    owner = browser_owner(create_key())
    for number in range(count):
        if number % EACH == 0:
            owner = browser_owner(create_key())
        body = bodies[number % BODIES]
        made.append((owner, store.create(owner, f"Workspace {number}", body).id))
    return made


def report(what: str, value: str, good: bool = True) -> None:
    print(f"{what:44} {value}{'' if good else '   MISSED'}", flush=True)


def measure(folder: Path, count: int) -> None:
    store_module.MAX_OWNER_WORKSPACES = count  # type: ignore[attr-defined]
    path = folder / STORED
    store = WorkspaceStore(open_sqlite(path))
    begun = time.perf_counter()
    made = fill(store, count)
    report(
        "to create one, with all of them there", f"{(time.perf_counter() - begun) / count:.3f} s"
    )
    report("workspaces, size of the file", f"{count:,}, {path.stat().st_size / MB:,.0f} MB")
    places = iter(range(0, count, max(count // 200, 1)))

    def open_one() -> None:
        owner, workspace = made[next(places)]
        assert len(store.open(owner, workspace).body) > BODY_BYTES * 0.9

    for what, action, most in (
        ("open one", open_one, OPEN_S),
        ("list those of an owner", lambda: store.list_workspaces(made[-1][0]), LIST_S),
        ("room of all", store.total_usage, LIST_S),
    ):
        usual, longest = seconds(action)
        report(f"{what}: median, longest", f"{usual:.3f} s, {longest:.3f} s", longest <= most)
    owner, workspace = made[count // 2]
    body, number = store.open(owner, workspace).body, [1]

    def save() -> None:
        changed = body.replace(b'"title": ""', b'"title": "%d"' % number[0])
        number[0] = store.save(owner, workspace, changed, number[0]).number

    usual, longest = seconds(save)
    report("save a new title: median, longest", f"{usual:.3f} s, {longest:.3f} s")

    for what, taken, growth in measure_backup(folder, store):
        text = f"{taken:.0f} s, {growth / MB:.0f} MB"
        report(f"{what}: time, memory that it adds", text, growth <= MOST_GROWTH)
    report("size of the backup", f"{(folder / BACKUP).stat().st_size / MB:,.0f} MB")


def measure_backup(folder: Path, store: WorkspaceStore) -> list[tuple[str, float, int]]:
    """Back up the store of a folder and restore that into an empty one, as an operator does.

    Return for each the seconds and the bytes of memory beyond those of a command that does nothing.
    """
    _, idle = run_command(folder / STORED, "purge")
    backup, peak = run_command(folder / STORED, "backup", str(folder / BACKUP))
    restore, other_peak = run_command(folder / "other.db", "restore", str(folder / BACKUP))
    assert WorkspaceStore(open_sqlite(folder / "other.db")).total_usage() == store.total_usage()
    return [("backup", backup, peak - idle), ("restore", restore, other_peak - idle)]


def measure_one_owner(folder: Path, count: int) -> None:
    """As many small workspaces of one owner: what names and keys cost."""
    store_module.MAX_OWNER_WORKSPACES = count  # type: ignore[attr-defined]
    store = WorkspaceStore(open_sqlite(folder / "one.db"))
    owner = browser_owner(create_key())
    for number in range(count):
        store.create(owner, f"Workspace {number}", b"small")
    usual, longest = seconds(lambda: store.list_workspaces(owner), 5)
    report(f"list {count:,} of one owner: median, longest", f"{usual:.3f} s, {longest:.3f} s")


def store_speed(_: Browser, __: list[Rival]) -> list[Row]:
    """Rows of a store of some workspaces of 1 MB: open one, list an owner’s, back up all."""
    folder = Path(tempfile.mkdtemp())
    try:
        store = WorkspaceStore(open_sqlite(folder / STORED))
        made = fill(store, FEWER)
        places = iter(made[:: FEWER // 20])
        _, opening = seconds(lambda: store.open(*next(places)))
        _, listing = seconds(lambda: store.list_workspaces(made[-1][0]))
        (_, taken, growth), *_ = measure_backup(folder, store)
        size = (folder / BACKUP).stat().st_size
    finally:
        shutil.rmtree(folder)
    what = f"{FEWER} workspaces of 1 MB ({WORKSPACES:,}: `python -m tests.bench.store`)"
    return [
        Row(
            f"{what}: open one; list an owner’s {EACH} (slowest)",
            "",
            f"{opening * 1000:.0f} ms; {listing * 1000:.0f} ms",
            "",
            "",
            "at most 0.3 s each",
            opening <= OPEN_S and listing <= LIST_S,
        ),
        Row(
            f"{what}: backup, memory that it adds",
            "",
            f"{size / MB:.0f} MB in {taken:.0f} s, {growth / MB:.0f} MB",
            "",
            "",
            f"adds at most {MOST_GROWTH // MB} MB",
            growth <= MOST_GROWTH,
        ),
    ]


def main() -> None:
    count = int(sys.argv[2]) if len(sys.argv) > 2 else WORKSPACES
    folder = Path(tempfile.mkdtemp(dir=sys.argv[1] if len(sys.argv) > 1 else None))
    try:
        measure_one_owner(folder, min(count, 2_000))
        measure(folder, count)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
