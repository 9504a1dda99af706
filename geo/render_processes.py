"""Processes that render files, so that the server's own processor time is for its pages.

Each is started by ``subprocess`` as a program of its own (``geo.render_worker``) with a pipe.
``multiprocessing`` and what is built on it, ``ProcessPoolExecutor`` too, runs the ``__main__``
module again in each new process: while Streamlit runs a page, that is the page. And a process of a
server, which has many threads, must not be forked.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, Pipe
from queue import LifoQueue
from typing import Any, Final, TypeVar, cast

from geo.limits import MAX_FILES_PER_PROCESS, MAX_RENDER_SECONDS, RETRY_AFTER_SECONDS
from geo.messages import N_
from geo.text import BusyError, DataError

LOG: Final = logging.getLogger(__name__)
Result = TypeVar("Result")
Task = tuple[Callable[..., Any], tuple[Any, ...]]


class RenderProcesses:
    """A fixed number of processes; each renders one file at a time.

    They end with the server, however it ends. preload: names of modules that a process imports
    before its first file. most_files: after how many files a process is replaced. most_seconds: for
    one file.
    """

    def __init__(
        self,
        count: int,
        preload: Sequence[str] = (),
        most_files: int = MAX_FILES_PER_PROCESS,
        most_seconds: float = MAX_RENDER_SECONDS,
    ) -> None:
        self.most_files, self.most_seconds = most_files, most_seconds
        self._closed = False
        self._processes = [_RenderProcess(preload) for _ in range(count)]
        # The one used last is the first to be used again: its caches are warm.
        self._idle: LifoQueue[_RenderProcess] = LifoQueue()
        for process in reversed(self._processes):
            process.start()
            self._idle.put(process)

    def run(self, function: Callable[..., Result], *args: Any) -> Result:
        """Call a function in a process, and wait for its result; others wait for their turn.

        function, args, the result and what the function raises are pickled and go through a pipe.
        If the process dies, the function is called once more in a new one. Raises what the function
        raises, DataError if the second process dies too or the time is up, and BusyError when the
        server stops.
        """
        process = self._idle.get()
        try:
            for _ in range(2):
                if self._closed:
                    break
                try:
                    is_result, answer = process.call((function, args), self.most_seconds)
                except (EOFError, OSError) as error:
                    if not self._closed:
                        LOG.warning("A process that renders files has died: %r", error)
                        process.restart()
                    continue
                if is_result:
                    return cast("Result", answer)
                raise answer
        finally:
            if process.files >= self.most_files and not self._closed:
                process.restart()
            self._idle.put(process)
        if self._closed:
            raise BusyError(
                N_("The server is stopping. Try again in {seconds} seconds."), RETRY_AFTER_SECONDS
            )
        raise DataError(
            N_(
                "This file could not be made: the process that makes it stopped twice. Choose a"
                " smaller size, or try again later."
            )
        )

    def close(self) -> None:
        """End all processes; what they are rendering is lost."""
        self._closed = True
        for process in self._processes:
            process.kill()

    @property
    def pids(self) -> list[int]:
        """The ids of the processes."""
        return [process.pid for process in self._processes]


class _RenderProcess:
    """One process with its pipe. files: how many it has rendered."""

    _process: subprocess.Popen[bytes]
    _pipe: Connection[Any, Any]

    def __init__(self, preload: Sequence[str]) -> None:
        self._preload = preload
        self.files = 0

    @property
    def pid(self) -> int:
        return self._process.pid

    def start(self) -> None:
        """Start the process; it takes its first task when it has imported its modules."""
        self._pipe, theirs = Pipe()
        descriptor = theirs.fileno()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "geo.render_worker", str(descriptor), *self._preload],
            pass_fds=[descriptor],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            process_group=0,  # Ctrl-C in a terminal is for the server, which ends this
        )
        theirs.close()
        self.files = 0

    def call(self, task: Task, most_seconds: float) -> tuple[bool, Any]:
        """Send a task and wait for what it gives: whether it is a result, and it or the exception.

        Raises EOFError or OSError if the process dies, DataError if the time is up.
        """
        self._pipe.send(task)
        if not self._pipe.poll(most_seconds):
            self.restart()
            raise DataError(
                N_(
                    "This file was given up after {seconds} seconds. Choose a smaller size, or try"
                    " again later."
                ),
                seconds=round(most_seconds),
            )
        answer: tuple[bool, Any] = self._pipe.recv()
        self.files += 1
        return answer

    def kill(self) -> None:
        """End the process, whatever it does; who waits for its answer gets an EOFError."""
        self._process.kill()
        self._process.wait()

    def restart(self) -> None:
        """Replace the process by a new one."""
        self.kill()
        self._pipe.close()
        self.start()
