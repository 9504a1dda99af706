"""What fails on a server with two processes: readers are told, maps go on, saved work is whole."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import pytest

from geo.limits import DOUBLE_CLICK_SECONDS, MIN_RESTART_PAUSE_SECONDS, STORE_WAIT_SECONDS
from geo.server import KEY_COOKIE
from geo.store import WorkspaceStore, browser_owner, create_key
from geo.store.database import open_sqlite
from geo.store.errors import DISK_FULL, SLOW, UNREACHABLE
from geo.text import translator
from tests.deploy.fleet import FleetProcess, free_ports
from tests.deploy.readers import desk, reading
from tests.deploy.tree import Tree

pytestmark = [pytest.mark.slow, pytest.mark.timed]

MAP = "lang=en&measure=gdp_per_capita&year=2020&province=440000"
OPEN_NOW = "Open now: "
DAY_S = 86_400
MOST_SAVES = 40  # small ones, until a page of the database is full


@dataclass
class Spoiled:
    """A fleet and what it reads, which a test spoils."""

    tree: Tree
    fleet: FleetProcess


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory) -> Iterator[Spoiled]:
    tree = Tree(tmp_path_factory.mktemp("tree"))
    value = Spoiled(tree, FleetProcess(tmp_path_factory.mktemp("fleet"), root=tree.folder))
    yield value
    value.fleet.close()


@dataclass(frozen=True)
class Work:
    """The work of a browser. key: its secret. bodies: by the ids of its workspaces."""

    key: str
    bodies: dict[str, bytes]


def stored_bodies(fleet, key):
    """Return the bodies of the workspaces of a browser; the database has to be whole."""
    store = WorkspaceStore(open_sqlite(fleet.database))
    with closing(store.database):
        owner = browser_owner(key)
        return {one.id: store.open(owner, one.id).body for one in store.list_workspaces(owner)}


@pytest.fixture
def work(spoiled) -> Work:
    """A workspace that the first process has stored for a browser."""
    fleet, key = spoiled.fleet, create_key()
    with desk(fleet, fleet.ports[0], key) as own:
        own.show("work")
        assert OPEN_NOW in own.show("work", press="work_create", work_new_name="Plan")
    bodies = stored_bodies(fleet, key)
    assert len(bodies) == 1
    return Work(key, bodies)


@contextmanager
def undisturbed_readers(fleet, ports=()):
    """Readers of maps meanwhile, who have to meet no error and see many pages."""
    with reading(fleet, ports) as crowd:
        yield crowd
        crowd.wait_for_pages(2 * len(crowd.ports) + 1)
    assert crowd.faults == []
    assert len(crowd.waits) > 2 * len(crowd.ports)


def create_workspace(own):
    """Make a workspace, a second after the last one: before, it is a double click."""
    time.sleep(DOUBLE_CLICK_SECONDS)
    return own.show("work", press="work_create", work_new_name="Plan")


def assert_whole(fleet, work, more=0):
    """Assert that what was stored is, with more workspaces, and that both processes show it."""
    bodies = stored_bodies(fleet, work.key)
    assert {one: bodies[one] for one in work.bodies} == work.bodies
    assert len(bodies) == len(work.bodies) + more
    with closing(sqlite3.connect(fleet.database)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
    for port in fleet.ports:
        with desk(fleet, port, work.key) as own:
            assert OPEN_NOW in own.show("work"), port


def is_store_ready(fleet, port, request_id="asked-for-this"):
    """Whether a process says that it reaches the store."""
    status, _, body = fleet.ask("/atlas/ready", port, X_Request_Id=request_id)
    assert status == (200 if b'"store":"ok"' in body else 503)
    return status == 200


def test_a_full_disk_is_said_where_the_reader_saves(spoiled, work):
    tree, fleet = spoiled.tree, spoiled.fleet
    with undisturbed_readers(fleet), desk(fleet, fleet.ports[0], work.key) as own:
        own.show("work")
        tree.fill_disk()
        try:
            presses = 0
            while DISK_FULL not in create_workspace(own):
                presses += 1
                assert presses < MOST_SAVES
            assert OPEN_NOW in own.reader.text  # what was saved before is there
            assert "Guangdong" in own.show("", MAP)
            assert DISK_FULL not in own.reader.text
        finally:
            tree.fill_disk(False)
        # The ticket of the cookie is stored after a workspace, which may be there without it.
        saved = len(stored_bodies(fleet, work.key)) - 1
        assert presses <= saved <= presses + 1
        own.show("work")
        assert DISK_FULL not in create_workspace(own)
    assert_whole(fleet, work, saved + 1)


def test_a_store_that_is_gone_is_said_and_found_again(spoiled, work):
    fleet = spoiled.fleet
    folder = fleet.database.parent
    away = folder.with_name("away")
    with undisturbed_readers(fleet), desk(fleet, fleet.ports[0], work.key) as own:
        assert OPEN_NOW in own.show("work")
        folder.rename(away)
        try:
            for lang in ("en", "zh"):
                assert translator(lang)(UNREACHABLE) in own.show("work", f"lang={lang}"), lang
            with desk(fleet, fleet.ports[1], work.key) as new:
                assert UNREACHABLE in new.show("", MAP)  # its work does not come back
                assert UNREACHABLE not in new.show("", MAP)  # said once
            assert not is_store_ready(fleet, fleet.ports[0], "asked-while-gone")
            assert list(fleet.folder.glob("store/*")) == []  # nothing new is begun meanwhile
        finally:
            away.rename(folder)
        assert OPEN_NOW in own.show("work")
        assert UNREACHABLE not in own.reader.text
        assert is_store_ready(fleet, fleet.ports[0])
    assert_whole(fleet, work)
    lines = [line for line in fleet.log_lines() if "request_id" in line]
    requests = {line["request_id"] for line in lines if "request" in line}
    reasons = [line for line in lines if "geo.store.faults: store:" in str(line.get("msg"))]
    asked = [line for line in reasons if line["request_id"] == "asked-while-gone"]
    drawn = [line for line in reasons if line["request_id"] in requests]
    assert len(asked) == 1
    assert len(drawn) >= 3  # the pages above, by the requests that opened their websockets
    assert len(asked) + len(drawn) == len(reasons)


def test_a_store_that_is_slow_is_said_after_five_seconds(spoiled, work):
    fleet = spoiled.fleet
    sentence = SLOW.format(seconds=STORE_WAIT_SECONDS)
    with undisturbed_readers(fleet), desk(fleet, fleet.ports[0], work.key) as own:
        own.show("work")
        with closing(sqlite3.connect(fleet.database)) as connection:
            connection.execute("begin immediate")  # the only one that may write
            assert sentence in own.show("work", press="work_create", work_new_name="Plan")
            assert STORE_WAIT_SECONDS - 0.5 < own.seconds < STORE_WAIT_SECONDS + 2
            assert OPEN_NOW in own.reader.text
            assert sentence not in own.show("", MAP)
        own.show("work")
        assert sentence not in own.show("work", press="work_create", work_new_name="Plan")
    assert_whole(fleet, work, 1)


def test_a_clock_that_is_set_back_changes_nothing_that_is_stored(spoiled, work):
    tree, fleet = spoiled.tree, spoiled.fleet
    with undisturbed_readers(fleet), desk(fleet, fleet.ports[0], work.key) as own:
        own.show("work")
        tree.shift_clock(-DAY_S)
        try:
            own.show("work", press="work_create", work_new_name="Plan")
            (ticket,) = set(re.findall(r"keep\?ticket=([\w-]+)", own.reader.text))
            answer = fleet.ask(
                f"/keep?ticket={ticket}", fleet.ports[1], Sec_Fetch_Site="same-origin"
            )
            assert f"{KEY_COOKIE}={work.key};" in answer[1]["set-cookie"]
            with desk(fleet, fleet.ports[1], work.key) as new:
                assert OPEN_NOW in new.show("work")
            assert is_store_ready(fleet, fleet.ports[0])
        finally:
            tree.shift_clock()
    assert_whole(fleet, work, 1)
    with closing(sqlite3.connect(fleet.database)) as connection:
        (oldest,) = connection.execute("select min(created) from workspace").fetchone()
    assert oldest < time.time() - 0.9 * DAY_S  # the process did have the other time


def test_a_damaged_table_ends_the_start_with_its_place(spoiled, tmp_path):
    tree = Tree(tmp_path)
    tree.damage("indicators.csv")
    port, folder = free_ports(3), tmp_path / "serve"
    result = subprocess.run(
        [sys.executable, "-m", "deploy.serve", "--port", str(port), "--folder", str(folder)],
        cwd=tree.folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert result.returncode == 1
    lines = result.stderr.splitlines()
    assert [line.partition("：")[0].partition(":")[0] for line in lines] == [
        "indicators.csv, row 2",
        "indicators.csv 第2行",
    ]
    assert not (folder / "circus.ini").exists()  # nothing was started


def test_a_process_that_cannot_start_is_tried_again_after_longer_and_longer_pauses(spoiled):
    tree, fleet = spoiled.tree, spoiled.fleet
    gone, other = fleet.ports

    def ends():
        """Return what the log says of pauses: the time, how often in a row, the seconds."""
        words = r"atlas-1 ended within \d+ seconds .* (\d+) times in a row: .* in (\d+) seconds"
        pairs = [(line["ts"], re.match(words, str(line["msg"]))) for line in fleet.log_lines()]
        return [(ts, int(found[1]), int(found[2])) for ts, found in pairs if found]

    before = len(ends())
    with undisturbed_readers(fleet, [other]):
        tree.damage("indicators.csv")
        try:
            fleet.process_at(gone).kill()
            end = time.monotonic() + 120
            while len(ends()) < before + 2 and time.monotonic() < end:
                time.sleep(0.2)
            first, second = ends()[before:]
        finally:
            tree.damage("indicators.csv", damaged=False)
        fleet.wait_until_all_answer()
    assert second[1] == first[1] + 1
    assert second[2] == 2 * first[2]
    assert first[2] >= MIN_RESTART_PAUSE_SECONDS
    assert second[0] - first[0] >= first[2]
    messages = [str(line["msg"]) for line in fleet.log_lines() if "atlas-1" in line.values()]
    assert any(message.startswith("indicators.csv, row 2:") for message in messages)


def test_all_end_under_load_and_the_next_start_has_all(spoiled, work):
    fleet = spoiled.fleet
    with reading(fleet, each=4) as crowd, desk(fleet, fleet.ports[1], work.key) as own:
        own.show("work")
        own.show("work", press="work_create", work_new_name="Plan")
        assert crowd.faults == []
        seconds = fleet.close()
    assert seconds <= 10
    assert fleet.process.returncode == 0
    assert [line for line in fleet.log_lines() if "Error" in str(line.get("msg"))] == []
    assert "Traceback" not in fleet.log.read_text("utf-8")
    spoiled.fleet = FleetProcess(fleet.folder, root=spoiled.tree.folder)
    assert_whole(spoiled.fleet, work, 1)
