"""Processes that do what takes long, so that the server's own processor time is for its pages.

Pictures, slides and files are rendered in ``RENDERING``, tables of readers are read in ``READING``.
Where no server has started them, in commands and tests, a task runs in the process that calls.

Each is started by ``subprocess`` as a program of its own (``geo.task_worker``) with a pipe.
``multiprocessing`` and what is built on it, ``ProcessPoolExecutor`` too, runs the ``__main__``
module again in each new process: while Streamlit runs a page, that is the page. And a process of a
server, which has many threads, must not be forked.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, Pipe
from queue import LifoQueue
from typing import Any, Final, TypeVar, cast

from geo.limits import (
    MAX_PICTURES_AT_ONCE,
    MAX_TABLES_AT_ONCE,
    MAX_TASK_SECONDS,
    MAX_TASK_WAIT_SECONDS,
    MAX_TASKS_PER_PROCESS,
    RETRY_AFTER_SECONDS,
)
from geo.messages import N_
from geo.task_worker import RESULT, STEP, TIME_UP
from geo.text import BusyError, DataError

LOG: Final = logging.getLogger(__name__)
Result = TypeVar("Result")
Step = TypeVar("Step")
# A function, its arguments, and the seconds of processor that it may take.
Task = tuple[Callable[..., Any], tuple[Any, ...], float]
GIVEN_UP: Final = N_(
    "This was given up after {seconds} seconds. Choose a smaller size or a smaller file, or try"
    " again later."
)


def ignore_step(_: object) -> None:
    """Do nothing with a step of a task."""


def finish_steps(
    steps: Generator[Step, None, Result], tell: Callable[[Step], object] = ignore_step
) -> Result:
    """Take all steps of a generator, tell each, and return what the generator returns."""
    while True:
        try:
            step = next(steps)
        except StopIteration as end:
            return cast("Result", end.value)
        tell(step)


class TaskProcesses:
    """A fixed number of processes; each does one task at a time.

    They end with the server, however it ends. preload: names of modules that a process imports
    before its first task. most_tasks: after how many a process is replaced. most_seconds: of
    processor for a task. most_wait_s: without an answer or a step.
    """

    def __init__(
        self,
        count: int,
        preload: Sequence[str] = (),
        most_tasks: int = MAX_TASKS_PER_PROCESS,
        most_seconds: float = MAX_TASK_SECONDS,
        most_wait_s: float = MAX_TASK_WAIT_SECONDS,
    ) -> None:
        self.most_tasks, self.most_seconds = most_tasks, most_seconds
        self.most_wait_s = most_wait_s
        self._closed = False
        self._processes = [_TaskProcess(preload) for _ in range(count)]
        # The one used last is the first to be used again: its caches are warm.
        self._idle: LifoQueue[_TaskProcess] = LifoQueue()
        for process in reversed(self._processes):
            process.start()
            self._idle.put(process)

    def run(
        self,
        function: Callable[..., Any],
        *args: Any,
        tell: Callable[[Any], object] = ignore_step,
    ) -> Any:
        """Call a function in a process, and wait for its result; others wait for their turn.

        function, args, the result and what the function raises are pickled and go through a pipe.
        tell: is called with each step if the function is a generator, which returns its result. If
        the process dies, the function is called once more in a new one. Raises what the function
        raises, DataError if the second process dies too or the time is up, and BusyError when the
        server stops.
        """
        process = self._idle.get()
        try:
            for _ in range(2):
                if self._closed:
                    break
                try:
                    is_result, answer = process.call(
                        (function, args, self.most_seconds), tell, self.most_wait_s
                    )
                except (EOFError, OSError) as error:
                    if not self._closed:
                        LOG.warning("A process of tasks has died: %r", error)
                        process.restart()
                    continue
                if is_result:
                    return answer
                raise answer
        finally:
            if process.tasks >= self.most_tasks and not self._closed:
                process.restart()
            self._idle.put(process)
        if self._closed:
            raise BusyError(
                N_("The server is stopping. Try again in {seconds} seconds."), RETRY_AFTER_SECONDS
            )
        raise DataError(
            N_(
                "This could not be done: the process that works on it stopped twice. Choose a"
                " smaller size or a smaller file, or try again later."
            )
        )

    def close(self) -> None:
        """End all processes; what they are doing is lost."""
        self._closed = True
        for process in self._processes:
            process.kill()

    @property
    def pids(self) -> list[int]:
        """The ids of the processes."""
        return [process.pid for process in self._processes]


class _TaskProcess:
    """One process with its pipe. tasks: how many it has done."""

    _process: subprocess.Popen[bytes]
    _pipe: Connection[Any, Any]

    def __init__(self, preload: Sequence[str]) -> None:
        self._preload = preload
        self.tasks = 0

    @property
    def pid(self) -> int:
        return self._process.pid

    def start(self) -> None:
        """Start the process; it takes its first task when it has imported its modules."""
        self._pipe, theirs = Pipe()
        descriptor = theirs.fileno()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "geo.task_worker", str(descriptor), *self._preload],
            pass_fds=[descriptor],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            process_group=0,  # Ctrl-C in a terminal is for the server, which ends this
        )
        theirs.close()
        self.tasks = 0

    def call(
        self, task: Task, tell: Callable[[Any], object], most_wait_s: float
    ) -> tuple[bool, Any]:
        """Send a task, tell its steps, and wait for its end.

        Returns whether that is a result, and the result or the exception. Raises EOFError or
        OSError if the process dies, DataError if the time is up.
        """
        self._pipe.send(task)
        while True:
            if not self._pipe.poll(most_wait_s):
                self.restart()
                raise DataError(GIVEN_UP, seconds=round(most_wait_s))
            kind, answer = self._pipe.recv()
            if kind == TIME_UP:
                raise DataError(GIVEN_UP, seconds=round(task[2]))
            if kind != STEP:
                self.tasks += 1
                return kind == RESULT, answer
            tell(answer)

    def kill(self) -> None:
        """End the process, whatever it does; who waits for its answer gets an EOFError."""
        self._process.kill()
        self._process.wait()

    def restart(self) -> None:
        """Replace the process by a new one."""
        self.kill()
        self._pipe.close()
        self.start()


class TaskPool:
    """Tasks that run in processes of the server as long as it serves, else where they are called.

    count: of processes. preload: as in ``TaskProcesses``.
    """

    def __init__(self, count: int, preload: Sequence[str]) -> None:
        self.count, self.preload = count, preload
        self._processes: TaskProcesses | None = None

    @contextmanager
    def serve(self) -> Iterator[TaskProcesses]:
        """Run the tasks in processes until the end of the context, which loses what runs then.

        They load what they need in the background.
        """
        self._processes = processes = TaskProcesses(self.count, self.preload)
        try:
            yield processes
        finally:
            processes.close()

    def run(self, function: Callable[..., Result], *args: Any) -> Result:
        """Call a function and return its result. Raises as ``TaskProcesses.run``."""
        if self._processes is None:
            return function(*args)
        return cast("Result", self._processes.run(function, *args))

    def run_steps(
        self,
        tell: Callable[[Step], object],
        function: Callable[..., Generator[Step, None, Result]],
        *args: Any,
    ) -> Result:
        """Call a generator, tell each of its steps, and return its result."""
        if self._processes is None:
            return finish_steps(function(*args), tell)
        return cast("Result", self._processes.run(function, *args, tell=tell))


RENDERING: Final = TaskPool(
    MAX_PICTURES_AT_ONCE, ("geo.pictures.warm", "geo.slides", "geo.exports")
)
READING: Final = TaskPool(MAX_TABLES_AT_ONCE, ("geo.upload",))
