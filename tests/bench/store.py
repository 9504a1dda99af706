"""How long a store of 10,000 workspaces of 1 MB takes: ``python -m tests.bench.store [FOLDER]``.

Bodies are workspace files with tables of random values, which compression shrinks to half: about
0.5 MB each in the store. The folder (by default a new one below /tmp) needs 8 GB; the script
removes everything. A second argument is another number of workspaces.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import psutil

import geo.store.store as store_module
from geo.store import (
    Holder,
    WorkspaceStore,
    browser_owner,
    create_key,
    open_sqlite,
    read_backup,
    write_backup,
)
from tests.geo.store.bodies import workspace_body

WORKSPACES = 10_000
BODY_BYTES = 1_000_000
EACH = 20  # workspaces of an owner
BODIES = 20  # different bodies; every workspace encrypts them with a key of its own
OPEN_S, LIST_S = 0.3, 0.3
MOST_GROWTH = 60_000_000  # bytes of memory that a backup may add, whatever the store has
MB = 1_000_000


class Sink(io.RawIOBase):
    """A file that counts its bytes and forgets them, and notes the memory of this process."""

    size = 0
    peak = 0

    def writable(self) -> bool:
        return True

    def write(self, body: object) -> int:
        written = len(memoryview(body))  # type: ignore[arg-type]
        self.size += written
        self.peak = max(self.peak, memory_bytes())
        return written


def seconds(action: Callable[[], object], times: int = 15) -> tuple[float, float]:
    """The median and the longest time of an action."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        action()
        taken.append(time.perf_counter() - begun)
    return median(taken), max(taken)


def memory_bytes() -> int:
    """The memory that this process has now."""
    return psutil.Process().memory_info().rss


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
    path = folder / "atlas.db"
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

    before, sink, begun = memory_bytes(), Sink(), time.perf_counter()
    write_backup(store.database, sink, time.time())
    taken, growth = time.perf_counter() - begun, sink.peak - before
    report("backup: size, time", f"{sink.size / MB:,.0f} MB, {taken:.0f} s")
    report("backup: memory that it adds", f"{growth / MB:.0f} MB", growth <= MOST_GROWTH)


def measure_one_owner(folder: Path, count: int) -> None:
    """As many small workspaces of one owner: what names and keys cost."""
    store_module.MAX_OWNER_WORKSPACES = count  # type: ignore[attr-defined]
    store = WorkspaceStore(open_sqlite(folder / "one.db"))
    owner = browser_owner(create_key())
    for number in range(count):
        store.create(owner, f"Workspace {number}", b"small")
    usual, longest = seconds(lambda: store.list_workspaces(owner), 5)
    report(f"list {count:,} of one owner: median, longest", f"{usual:.3f} s, {longest:.3f} s")


def measure_restore(folder: Path, count: int) -> None:
    store = WorkspaceStore(open_sqlite(folder / "some.db"))
    fill(store, count)
    file = folder / "backup.jsonl.gz"
    with file.open("wb") as out:
        write_backup(store.database, out, time.time())
    other = WorkspaceStore(open_sqlite(folder / "other.db"))
    begun = time.perf_counter()
    with file.open("rb") as body:
        read_backup(other.database, body)
    report(f"restore of {count}", f"{time.perf_counter() - begun:.1f} s")


def main() -> None:
    count = int(sys.argv[2]) if len(sys.argv) > 2 else WORKSPACES
    folder = Path(tempfile.mkdtemp(dir=sys.argv[1] if len(sys.argv) > 1 else None))
    try:
        measure_one_owner(folder, min(count, 2_000))
        measure_restore(folder, min(count, 200))
        measure(folder, count)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
