"""Serve a Streamlit script on a free port of this machine, for as long as a test needs it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from geo.settings import base_path

ROOT = Path(__file__).parent.parent
PATIENCE_S = 180  # a start takes some seconds, and a minute on a machine that is busy


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A server process of our own; only this process is ever stopped."""

    def __init__(
        self, script: Path, port: int = 0, settings: Mapping[str, str] | None = None
    ) -> None:
        self.script = script
        self.settings = settings or {}
        self.port = port or free_port()
        self.log = Path(tempfile.mkstemp(suffix=".log")[1])
        self.stored = self.log.with_suffix(".db")
        self.process = self._start()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "streamlit", "run", str(self.script)]
        options = [
            "--server.port", str(self.port),
            "--server.address", "127.0.0.1",
            "--server.headless", "true",
        ]  # fmt: skip
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [*command, *options],
                cwd=ROOT,
                env={
                    "ATLAS_DATABASE": f"sqlite:///{self.stored}",
                    **os.environ,
                    "PYTHONPATH": str(ROOT),
                    **self.settings,
                },
                stdout=log,
                stderr=log,
            )
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end and process.poll() is None:
            if self.healthy():
                return process
            time.sleep(0.1)
        process.kill()
        raise RuntimeError(f"the server did not start:\n{self.output()}")

    def healthy(self) -> bool:
        """Any unknown path answers 200; only this body means health."""
        try:
            base = base_path(self.settings)
            with urlopen(f"{self.url}{base}/_stcore/health", timeout=10) as answer:
                return bool(answer.read() == b"ok")
        except (URLError, OSError):
            return False

    def output(self) -> str:
        return self.log.read_text("utf-8", "replace")

    def kill(self) -> None:
        """Stop it without warning, as a crash would."""
        self.process.kill()
        self.process.wait()

    def restart(self) -> None:
        self.process = self._start()

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)
        self.log.unlink()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.stored}{suffix}").unlink(missing_ok=True)
