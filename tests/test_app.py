"""The server as a whole: its processes, how it ends, and that it does not slow down as it ages."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from urllib.parse import urlencode
from urllib.request import urlopen

import psutil
import pytest

from geo.limits import MAX_PICTURES_AT_ONCE, MAX_TABLES_AT_ONCE
from tests.bench.rerun_speed import (
    MOST_WAIT_S,
    age,
    change_cpu_ms,
    waits_beside_pictures,
)
from tests.made_files import file_addresses
from tests.server import ROOT, Server

pytestmark = pytest.mark.slow

MEASURES = ["urbanization", "broadband_ports_per_100", "computers_per_100_staff"]
END_S = 30  # it takes two seconds on a machine that is not busy


@pytest.fixture(scope="module")
def server():
    server = Server(ROOT / "app.py")
    yield server
    server.close()


@pytest.fixture
def own_server():
    """A server that a test ends."""
    server = Server(ROOT / "app.py")
    yield server
    server.kill()


def workers(server: Server) -> list[psutil.Process]:
    children = psutil.Process(server.process.pid).children(recursive=True)
    alive = [child for child in children if child.status() != psutil.STATUS_ZOMBIE]
    return [child for child in alive if "geo.task_worker" in child.cmdline()]


def draw(server: Server, title: str) -> bytes:
    with urlopen(f"{server.url}/picture.png?{urlencode({'title': title})}") as answer:
        return answer.read()


def test_pictures_are_drawn_by_processes_of_their_own(server):
    draw(server, "first")
    processes = workers(server)
    assert len(processes) == MAX_PICTURES_AT_ONCE + MAX_TABLES_AT_ONCE
    before = [sum(process.cpu_times()[:2]) for process in processes]
    spent = psutil.Process(server.process.pid).cpu_times()
    assert draw(server, "another").startswith(b"\x89PNG")
    after = [sum(process.cpu_times()[:2]) for process in processes]
    now = psutil.Process(server.process.pid).cpu_times()
    theirs = sum(after) - sum(before)
    ours = now.user + now.system - spent.user - spent.system
    assert theirs > 0.1
    assert ours < theirs / 2


def test_readers_do_not_notice_that_a_process_is_killed(own_server):
    draw(own_server, "before")
    killed = workers(own_server)
    for process in killed:
        process.kill()
    assert draw(own_server, "after").startswith(b"\x89PNG")
    alive = {process.pid for process in workers(own_server)} - {process.pid for process in killed}
    assert alive


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGKILL"])
def test_all_processes_end_with_the_server_while_it_draws(own_server, name):
    """Pictures that were asked for before TERM or Ctrl-C are still drawn, nothing else is."""
    processes = workers(own_server)
    assert len(processes) == MAX_PICTURES_AT_ONCE + MAX_TABLES_AT_ONCE
    with ThreadPoolExecutor(4) as pool:
        pending = [pool.submit(draw, own_server, str(number)) for number in range(4)]
        while not any(future.done() for future in pending):  # the others wait or are drawn
            time.sleep(0.02)
        began = time.monotonic()
        os.kill(own_server.process.pid, getattr(signal, name))
        own_server.process.wait(60)
        _, alive = psutil.wait_procs(processes, timeout=END_S)
        seconds = time.monotonic() - began
        for future in pending:
            fault = future.exception()
            if name == "SIGKILL":
                assert fault is None or isinstance(fault, OSError | HTTPException)
            else:
                assert fault is None
    assert alive == []
    assert seconds < END_S
    assert "Traceback" not in own_server.output()


@pytest.mark.timeout(1800)  # with ATLAS_ALL_CASES each process draws 90 pictures
def test_an_address_gives_the_same_bytes_in_two_processes():
    """Their hashes differ, so their sets have other orders; one draws the last address first."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.made_files", order],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "ATLAS_KEEP": "off"},
            stdout=subprocess.PIPE,
        )
        for seed, order in (("1", ""), ("2", "reversed"))
    ]
    first, second = (json.loads(process.communicate()[0]) for process in processes)
    assert first.keys() == second.keys() == set(file_addresses())
    assert {address for address in first if first[address] != second[address]} == set()


@pytest.mark.timed
def test_ten_pictures_leave_a_change_of_measure_fast(server):
    draw(server, "first")
    assert max(waits_beside_pictures(server, MEASURES)) < MOST_WAIT_S


@pytest.mark.timed
def test_a_change_of_measure_takes_no_longer_as_the_server_ages(own_server):
    fresh = change_cpu_ms(own_server, MEASURES, batches=5)
    age(own_server, sessions=60, pictures=10)
    # With a full collection after each run it takes 1.7 times as long then.
    assert change_cpu_ms(own_server, MEASURES, batches=5) < 1.25 * fresh
