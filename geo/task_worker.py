"""A process of tasks: ``python -m geo.task_worker DESCRIPTOR [MODULE ...]``.

``geo.task_processes`` starts it. It imports the modules, then answers the tasks that come through
the pipe with the descriptor, and ends when the server is gone. A task that is a generator sends
each of its steps.
"""

from __future__ import annotations

import importlib
import os
import select
import signal
import sys
from collections.abc import Generator
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any, Final

from geo.limits import TASK_NICENESS

# What an answer is: a step on the way, the result, what the task raised, or that its time was up.
STEP: Final = "step"
RESULT: Final = "result"
ERROR: Final = "error"
TIME_UP: Final = "time_up"


class TaskTimeError(BaseException):
    """A task took more seconds of processor than it may; no handler of errors in it takes this."""


def main(descriptor: int, modules: list[str]) -> None:
    """Answer each task, a function with its arguments, with its result or what it raises."""
    os.nice(TASK_NICENESS)
    Thread(target=_end_with_server, args=(descriptor,), daemon=True).start()
    signal.signal(signal.SIGPROF, _give_up)
    for name in modules:
        importlib.import_module(name)
    pipe: Connection[Any, Any] = Connection(descriptor)
    while True:
        try:
            function, args, most_seconds = pipe.recv()
        except (EOFError, OSError):  # the server is gone
            return
        try:
            # The timer counts what this process uses: waiting for a busy processor is no fault.
            signal.setitimer(signal.ITIMER_PROF, most_seconds)
            result = function(*args)
            if isinstance(result, Generator):
                result = send_steps(result, pipe)
            signal.setitimer(signal.ITIMER_PROF, 0)
            answer = (RESULT, result)
        except TaskTimeError:
            answer = (TIME_UP, None)
        except Exception as error:  # raised again in the server
            signal.setitimer(signal.ITIMER_PROF, 0)
            answer = (ERROR, error)
        try:
            pipe.send(answer)
        except (BrokenPipeError, ConnectionResetError):  # nobody waits for it any more
            return


def send_steps(steps: Generator[Any, None, Any], pipe: Connection[Any, Any]) -> Any:
    """Send each step of a task; return its result."""
    while True:
        try:
            pipe.send((STEP, next(steps)))
        except StopIteration as end:
            return end.value


def _give_up(*_: object) -> None:
    raise TaskTimeError


def _end_with_server(descriptor: int) -> None:
    """End this process at once when the other end of the pipe is closed, even while it renders."""
    hang_up = select.poll()
    hang_up.register(descriptor, select.POLLHUP)
    hang_up.poll()
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
