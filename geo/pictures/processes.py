"""The processes in which the server draws pictures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from geo.limits import MAX_PICTURES_AT_ONCE
from geo.pictures.queue import PictureQueue
from geo.pictures.rendering import render_picture
from geo.render_processes import RenderProcesses

PRELOAD = ("geo.pictures.warm",)


@contextmanager
def picture_processes(queue: PictureQueue) -> Iterator[RenderProcesses]:
    """Draw the pictures of a queue in processes of their own, until the end of the context.

    They load what they need in the background. After the end the queue draws nothing more.
    """
    processes = RenderProcesses(MAX_PICTURES_AT_ONCE, PRELOAD)
    queue.draw = partial(processes.run, render_picture)
    try:
        yield processes
    finally:
        processes.close()
