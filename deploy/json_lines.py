"""Logs as JSON lines: what processes print, and what the process manager says."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from collections.abc import Mapping
from typing import Any, Final, TextIO

from circus.exc import ConflictError

NO_ID: Final = "-"
# What a process of the atlas logs, with the id of the request that the line belongs to.
PROCESS_FORMAT: Final = "[%(request_id)s] %(levelname)s %(name)s: %(message)s"
BEGIN: Final = re.compile(r"\[([A-Za-z0-9-]+)\] ")


def format_line(**fields: object) -> str:
    """Return a line of the log with the time in seconds, as the log of the proxy has it.

    >>> json.loads(format_line(logger="atlas-1", msg="ready"))["msg"]
    'ready'
    """
    return json.dumps({"ts": round(time.time(), 6), **fields}, ensure_ascii=False) + "\n"


class JsonStream:
    """A stream of Circus that writes each line of a process as a JSON object.

    The id of a request at the beginning of a line (``PROCESS_FORMAT``) is a field of its own.

    process: the name of the process, for the field ``logger``. Circus calls it with chunks of bytes
    that may end anywhere: what follows the last end of a line waits for the rest of it.
    """

    def __init__(self, process: str = "", output: TextIO | None = None, **_: object) -> None:
        self.process = process
        self.output = output or sys.stdout
        self.waiting: dict[int, bytes] = {}

    def __call__(self, chunk: Mapping[str, Any]) -> None:
        """Write the lines that a chunk completes. chunk: its ``data`` and the ``pid``."""
        pid = int(chunk["pid"])
        *lines, rest = (self.waiting.pop(pid, b"") + chunk["data"]).split(b"\n")
        for line in lines:
            self._write(pid, line)
        if rest:
            self.waiting[pid] = rest

    def close(self) -> None:
        """Write lines that have no end."""
        for pid, line in self.waiting.items():
            self._write(pid, line)
        self.waiting.clear()

    def _write(self, pid: int, line: bytes) -> None:
        if text := line.decode("utf-8", "replace").strip("\r"):
            begin = BEGIN.match(text)
            ids = {"request_id": begin[1]} if begin and begin[1] != NO_ID else {}
            message = text[begin.end() :] if begin else text
            self.output.write(format_line(logger=self.process, pid=pid, **ids, msg=message))
            self.output.flush()


def is_worth_a_line(record: logging.LogRecord) -> bool:
    """Whether a record of Circus says something.

    Once a second it looks after the processes, and reports as an error that it does not while it
    stops or starts one of them.
    """
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, ConflictError)


class JsonFormatter(logging.Formatter):
    """A formatter of Python's logging that writes a record as a JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line, with its traceback if it has one."""
        text = super().format(record)
        return format_line(level=record.levelname.lower(), logger=record.name, msg=text).rstrip()


class JsonHandler(logging.StreamHandler):
    """A handler of Python's logging that writes JSON lines to the standard output."""

    def __init__(self) -> None:
        super().__init__(sys.stdout)
        self.setFormatter(JsonFormatter())
        self.addFilter(is_worth_a_line)
