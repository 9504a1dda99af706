"""A process that renders: ``python -m geo.render_worker DESCRIPTOR [MODULE ...]``.

``geo.render_processes`` starts it. It imports the modules, then answers the tasks that come through
the pipe with the descriptor, and ends when the server is gone.
"""

from __future__ import annotations

import importlib
import os
import select
import sys
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any

from geo.limits import RENDER_NICENESS


def main(descriptor: int, modules: list[str]) -> None:
    """Answer each task, a function with its arguments, with its result or what it raises."""
    os.nice(RENDER_NICENESS)
    Thread(target=_end_with_server, args=(descriptor,), daemon=True).start()
    for name in modules:
        importlib.import_module(name)
    pipe: Connection[Any, Any] = Connection(descriptor)
    while True:
        try:
            function, args = pipe.recv()
        except EOFError:
            return
        try:
            answer = (True, function(*args))
        except Exception as error:  # raised again in the server
            answer = (False, error)
        pipe.send(answer)


def _end_with_server(descriptor: int) -> None:
    """End this process at once when the other end of the pipe is closed, even while it renders."""
    hang_up = select.poll()
    hang_up.register(descriptor, select.POLLHUP)
    hang_up.poll()
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
