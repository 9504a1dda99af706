"""Start what ``make serve`` starts, on free ports, for as long as a test needs it."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import psutil
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from geo.settings import base_path
from tests.server import PATIENCE_S, ROOT

COOKIE = "atlas_process"


def free_ports(count: int) -> int:
    """Return the first of some ports in a row on which nothing listens."""
    for first in range(20_000 + os.getpid() % 1_000 * 10, 32_000, count):
        for port in range(first, first + count):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
        else:
            return first
    raise RuntimeError("no ports are free")


class FleetProcess:
    """``deploy.serve`` as a process of its own; only what it started is ever stopped.

    folder: for its log, its secret and its database. root: of the atlas that it serves.
    """

    def __init__(self, folder: Path, workers: int = 2, root: Path = ROOT, **settings: str) -> None:
        self.port = free_ports(workers + 1)
        self.ports = [self.port + number for number in range(1, workers + 1)]
        self.folder = folder
        self.base = base_path(settings)
        self.log = folder / "log.jsonl"
        command = [sys.executable, "-m", "deploy.serve", "--workers", str(workers)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port), "--folder", str(folder / "serve")],
                cwd=root,
                env={**os.environ, "ATLAS_DATABASE": f"sqlite:///{self.database}", **settings},
                stdout=log,
                stderr=subprocess.DEVNULL,
            )
        try:
            self.wait_until_all_answer()
        except RuntimeError:
            self.close()
            raise

    @property
    def database(self) -> Path:
        return self.folder / "store" / "atlas.db"

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}{self.base}"

    def wait_until_all_answer(self) -> None:
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end and self.process.poll() is None:
            if all(map(self.is_reached, self.ports)):
                return
            time.sleep(0.1)
        raise RuntimeError(f"not all processes started:\n{self.log.read_text('utf-8')[-3000:]}")

    def is_reached(self, port: int) -> bool:
        """Whether the proxy takes a reader with the cookie of a process to it."""
        try:
            cookie = f"{COOKIE}={self.cookie_of(port)}"
            status, headers, body = self.ask("/_stcore/health", Cookie=cookie)
        except OSError:
            return False
        return (status, body) == (200, b"ok") and COOKIE not in headers.get("set-cookie", "")

    def ask(
        self, path: str, port: int = 0, timeout_s: float = 20, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body of the answer to a request; by the proxy, or a port."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(
            HTTPConnection("127.0.0.1", port or self.port, timeout=timeout_s)
        ) as connection:
            connection.request("GET", self.base + path, headers=names)
            answer = connection.getresponse()
            values: dict[str, str] = {}
            for name, value in answer.getheaders():  # two cookies are two headers
                values[name.lower()] = ", ".join(filter(None, [values.get(name.lower()), value]))
            return answer.status, values, answer.read()

    def websocket(self, port: int) -> ClientConnection:
        """Return a session of a reader of the process at a port, opened by the proxy."""
        address = f"ws://127.0.0.1:{self.port}{self.base}/_stcore/stream"
        cookie = {"Cookie": f"{COOKIE}={self.cookie_of(port)}"}
        return connect(address, subprotocols=[Subprotocol("streamlit")], additional_headers=cookie)

    def port_of(self, cookie: str) -> int:
        """Return the port of the process that a value of the cookie names."""
        return next(port for port in self.ports if self.cookie_of(port) == cookie)

    def cookie_of(self, port: int) -> str:
        """Return the value of the cookie for a process: Caddy's checksum of its address."""
        return hmac.new(b"", f"127.0.0.1:{port}".encode(), hashlib.sha256).hexdigest()

    def process_at(self, port: int) -> psutil.Process:
        """Return the process of the atlas that listens on a port."""
        return next(
            child
            for child in psutil.Process(self.process.pid).children()
            if str(port) in child.cmdline()
        )

    def log_lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]

    def close(self) -> float:
        """End all by TERM; return the seconds that it took."""
        began = time.monotonic()
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            for child in psutil.Process(self.process.pid).children(recursive=True):
                child.kill()
            self.process.kill()
            self.process.wait()
            raise
        return time.monotonic() - began
