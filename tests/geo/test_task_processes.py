"""Processes of tasks: errors and steps cross, a dead one is replaced, none outlives the server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from threading import Thread

import psutil
import pytest

from geo.task_processes import TaskPool, TaskProcesses, finish_steps
from geo.text import BusyError, DataError, InputError
from tests.server import ROOT

SOON_S = 60  # for what takes a tenth of a second on a machine that is not busy


@pytest.fixture
def one():
    processes = TaskProcesses(1)
    yield processes
    processes.close()


def double(number: int) -> tuple[int, int]:
    return 2 * number, os.getpid()


def fail(error: Exception) -> None:
    raise error


def die(marker: Path, times: int) -> int:
    """Kill this process, the first times that it is called."""
    calls = len(marker.read_text("utf-8")) if marker.exists() else 0
    marker.write_text("x" * (calls + 1), "utf-8")
    if calls < times:
        os.kill(os.getpid(), signal.SIGKILL)
    return calls


def rest(seconds: float, marker: Path) -> None:
    marker.write_text(str(os.getpid()), "utf-8")
    time.sleep(seconds)


def wait_until(holds, seconds=SOON_S):
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


def is_gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_a_function_runs_in_another_process_which_stays(one):
    number, pid = one.run(double, 21)
    assert number == 42
    assert pid != os.getpid()
    assert one.run(double, 1) == (2, pid)
    assert one.pids == [pid]
    assert os.getpriority(os.PRIO_PROCESS, pid) > os.getpriority(os.PRIO_PROCESS, 0)


@pytest.mark.parametrize(
    "error",
    [
        InputError("“{what}” is unknown.", what="{braces} and 省"),
        BusyError("Try again in {seconds} seconds.", 7),
        DataError("{file} is damaged.", file="a.csv"),
        KeyError("no such year"),
        FileNotFoundError(2, "No such file", "fonts.ttf"),
        EOFError("of a file"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_cross_as_they_are(one, error):
    _, pid = one.run(double, 1)
    with pytest.raises(type(error)) as caught:
        one.run(fail, error)
    assert caught.value.args == error.args
    assert caught.value.__dict__ == error.__dict__
    assert one.run(double, 2) == (4, pid)


def count_to(most: int, marker: Path | None = None):
    for number in range(1, most + 1):
        if number == most and marker:
            die(marker, 1)
        yield number
    return os.getpid()


def test_steps_are_told_before_the_result(one):
    steps = []
    _, pid = one.run(double, 1)
    assert one.run(count_to, 3, tell=steps.append) == pid
    assert steps == [1, 2, 3]
    with pytest.raises(TypeError):
        one.run(count_to, "three", tell=steps.append)
    assert one.run(double, 2) == (4, pid)


def test_steps_of_a_process_that_dies_are_told_again(one, tmp_path):
    steps = []
    one.run(count_to, 3, tmp_path / "calls", tell=steps.append)
    assert steps == [1, 2, 1, 2, 3]


def test_a_pool_works_here_until_a_server_has_processes_for_it():
    pool, steps = TaskPool(1, ()), []
    assert pool.run(double, 4) == (8, os.getpid())
    assert pool.run_steps(steps.append, count_to, 2) == os.getpid()
    with pool.serve() as processes:
        assert pool.run(double, 4) == (8, processes.pids[0])
        assert pool.run_steps(steps.append, count_to, 2) == processes.pids[0]
    assert steps == [1, 2, 1, 2]
    with pytest.raises(BusyError):
        pool.run(double, 4)
    assert finish_steps(count_to(2)) == os.getpid()


def test_what_a_dead_process_was_doing_is_done_once_more(one, tmp_path):
    _, before = one.run(double, 1)
    assert one.run(die, tmp_path / "calls", 1) == 1
    assert one.run(double, 3)[0] == 6
    assert one.pids != [before]


def test_who_kills_two_processes_gets_a_sentence_and_others_are_served(one, tmp_path):
    with pytest.raises(DataError, match="the process that works on it stopped twice"):
        one.run(die, tmp_path / "calls", 100)
    assert (tmp_path / "calls").read_text("utf-8") == "xx"
    assert one.run(double, 3)[0] == 6


def test_a_process_that_was_killed_while_idle_is_replaced(one):
    _, pid = one.run(double, 1)
    os.kill(pid, signal.SIGKILL)
    assert one.run(double, 5)[0] == 10


def spin(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_what_takes_too_much_of_the_processor_is_given_up_and_the_process_stays(one):
    _, pid = one.run(double, 1)
    one.most_seconds = 0.3
    one.run(spin, 0.05)
    with pytest.raises(DataError, match="given up after 0 seconds"):
        one.run(spin, 600)
    assert one.run(double, 2) == (4, pid)


def test_what_does_not_answer_is_given_up(tmp_path):
    with closing(TaskProcesses(1)) as processes:
        processes.run(double, 1)  # it has started
        processes.most_wait_s = 5
        with pytest.raises(DataError, match="given up after 5 seconds"):
            processes.run(rest, 600, tmp_path / "pid")
        assert is_gone(int((tmp_path / "pid").read_text("utf-8")))


def test_a_process_is_replaced_after_its_number_of_tasks():
    with closing(TaskProcesses(1, most_tasks=2)) as processes:
        pids = [processes.run(double, n)[1] for n in range(5)]
        assert [pids.index(pid) for pid in pids] == [0, 0, 2, 2, 4]
        assert is_gone(pids[0])


def test_the_end_of_the_server_does_not_wait_for_what_is_running(tmp_path):
    processes, faults = TaskProcesses(1), []

    def ask():
        try:
            processes.run(rest, 600, tmp_path / "pid")
        except BusyError as error:
            faults.append(error)

    waiting = [Thread(target=ask) for _ in range(2)]
    for thread in waiting:
        thread.start()
    assert wait_until((tmp_path / "pid").exists)
    processes.close()
    for thread in waiting:
        thread.join(SOON_S)
    assert len(faults) == 2
    assert faults[0].message.startswith("The server is stopping.")
    assert is_gone(int((tmp_path / "pid").read_text("utf-8")))


def test_no_process_outlives_a_server_that_is_killed(tmp_path):
    marker = tmp_path / "pid"
    code = (
        "from pathlib import Path\n"
        "from geo.task_processes import TaskProcesses\n"
        "from tests.geo.test_task_processes import double, rest\n"
        "from threading import Thread\n"
        "processes = TaskProcesses(2)\n"
        f"Thread(target=processes.run, args=(rest, 600, Path({str(marker)!r}))).start()\n"
        "while not Path(" + repr(str(marker)) + ").exists(): pass\n"
        "processes.run(double, 1)\n"
        "print('ready', flush=True)\n"
    )
    # It starts two processes: one is busy, the other waits.
    server = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE)
    assert server.stdout.readline() == b"ready\n"
    children = psutil.Process(server.pid).children(recursive=True)
    busy = int(marker.read_text("utf-8"))
    assert busy in {child.pid for child in children}
    assert len(children) == 2
    server.kill()
    server.wait()
    server.stdout.close()
    assert wait_until(lambda: all(is_gone(child.pid) for child in children)), children
