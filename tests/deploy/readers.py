"""Readers without a browser who keep showing pages, and one whose page is read and pressed."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Coroutine, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, TypeVar

from google.protobuf.text_format import MessageToString
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from geo.server import KEY_COOKIE
from tests.bench.load import FAULTS, percentile_95
from tests.bench.session import RawSession
from tests.deploy.fleet import COOKIE, FleetProcess

Value = TypeVar("Value")
INTERVAL_S = 0.5
VIEWS = (
    ("", "lang=en&measure=gdp_per_capita&year=2020&province=440000"),
    ("", "lang=zh&measure=urbanization&year=2018&province=110000"),
    ("province", "lang=en&province=440000"),
)


class Reader(RawSession):
    """A reader whose last page can be read. key: of the browser's workspaces; empty for none."""

    def __init__(self, address: str, cookie: str = "", key: str = "") -> None:
        super().__init__(address, "; ".join(filter(None, [cookie, key and f"{KEY_COOKIE}={key}"])))
        self.elements: list[Any] = []

    def receive(self, message: ForwardMsg) -> None:
        """Keep the elements of a run."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.elements = []
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self.elements.append(message.delta.new_element)

    @property
    def text(self) -> str:
        """The elements of the last page, as text."""
        return "\n".join(MessageToString(one, as_utf8=True) for one in self.elements)

    def widget(self, kind: str, key: str) -> str:
        """Return the id of a button or a text_input of a key on the last page."""
        ids = [getattr(one, kind).id for one in self.elements if one.WhichOneof("type") == kind]
        (found,) = {one for one in ids if one.endswith(f"-{key}")}
        return str(found)


class Crowd:
    """Readers in a thread of their own, until they are stopped.

    waits: the seconds of each page by the port of its process. faults: what readers met.
    """

    def __init__(self, fleet: FleetProcess, ports: Sequence[int], each: int) -> None:
        self.fleet = fleet
        self.ports = [port for port in ports for _ in range(each)]
        self.waits: list[float] = []
        self.faults: list[str] = []
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        async def read_all() -> None:
            await asyncio.gather(*map(self._read, range(len(self.ports)), self.ports))

        asyncio.run(read_all())

    async def _read(self, number: int, port: int) -> None:
        session = RawSession(self.fleet.url, f"{COOKIE}={self.fleet.cookie_of(port)}")
        try:
            await session.open()
            while not self.ended.is_set():
                number += 1
                self.waits.append(await session.show(*VIEWS[number % len(VIEWS)]))
                await asyncio.sleep(INTERVAL_S)
            await session.close()
        except FAULTS as fault:
            self.faults.append(f"{port}: {type(fault).__name__}: {fault}")

    def wait_for_pages(self, count: int) -> None:
        """Wait until a number of pages was shown, or somebody met a fault; a minute at most."""
        end = time.monotonic() + 60
        while len(self.waits) < count and not self.faults and time.monotonic() < end:
            time.sleep(0.1)

    @property
    def slow_s(self) -> float:
        """The 95th percentile of the seconds that a page took."""
        return percentile_95(self.waits)


@contextmanager
def reading(fleet: FleetProcess, ports: Sequence[int] = (), each: int = 2) -> Iterator[Crowd]:
    """Readers who show pages meanwhile, some on each process. ports: of the processes, else all."""
    crowd = Crowd(fleet, ports or fleet.ports, each)
    crowd.thread.start()
    crowd.wait_for_pages(2 * len(crowd.ports))
    crowd.waits.clear()  # the first pages of a process fill its caches
    try:
        yield crowd
    finally:
        crowd.ended.set()
        crowd.thread.join()


class Desk:
    """A reader of one process whose page is read and pressed step by step."""

    def __init__(self, fleet: FleetProcess, port: int, key: str = "") -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.reader = Reader(fleet.url, f"{COOKIE}={fleet.cookie_of(port)}", key)
        self._wait(self.reader.open())

    def _wait(self, task: Coroutine[Any, Any, Value]) -> Value:
        future: Future[Value] = asyncio.run_coroutine_threadsafe(task, self.loop)
        return future.result()

    def show(self, page: str, query: str = "lang=en", press: str = "", **typed: str) -> str:
        """Show a page, or type texts and press a button by key; return its elements as text."""
        pressed = self.reader.widget("button", press) if press else ""
        texts = {self.reader.widget("text_input", key): text for key, text in typed.items()}
        self.seconds = self._wait(self.reader.show(page, query, pressed, texts))
        return self.reader.text

    def close(self) -> None:
        self._wait(self.reader.close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


@contextmanager
def desk(fleet: FleetProcess, port: int, key: str = "") -> Iterator[Desk]:
    """A reader of the process at a port. key: of the browser's workspaces."""
    value = Desk(fleet, port, key)
    try:
        yield value
    finally:
        value.close()
