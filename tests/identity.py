"""A provider of sign-in (OpenID Connect) in a process of its own, and people who have accounts."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from tests.server import PATIENCE_S, free_port

COOKIE_SECRET: Final = "of the tests, longer than it has to be"
ADMINS: Final = ["Admins", "staff"]
PEOPLE: Final[Mapping[str, Mapping[str, object]]] = {
    "li": {"name": "李华", "email": "li@example.cn", "email_verified": True, "groups": ["staff"]},
    "wu": {"name": "Wu Mei", "email": "wu@example.cn", "email_verified": True, "groups": ["staff"]},
    "zhao": {"name": "Zhao", "email": "zhao@example.cn", "email_verified": True, "groups": []},
    "admin": {"name": "Chen", "email": "c@example.cn", "email_verified": True, "groups": ADMINS},
    "eve": {"name": "Eve", "email": "eve@elsewhere.org", "email_verified": True},
}


class Identity:
    """A provider of sign-in of our own; only this process is ever stopped."""

    def __init__(self) -> None:
        self.port = free_port()
        self.log = Path(tempfile.mkstemp(suffix=".log")[1])
        command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(self.port)]
        for subject, claims in PEOPLE.items():
            command += ["--user-claims", json.dumps({"sub": subject, **claims})]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with urlopen(f"{self.issuer}/.well-known/openid-configuration", timeout=10):
                    return
            except (URLError, OSError):
                time.sleep(0.1)
        self.process.kill()
        raise RuntimeError(f"the provider did not start:\n{self.log.read_text('utf-8', 'replace')}")

    @property
    def issuer(self) -> str:
        return f"http://localhost:{self.port}"

    def settings(self, port: int, **more: str) -> dict[str, str]:
        """The environment of an atlas on a port that signs people in here."""
        return {
            "ATLAS_OIDC_ISSUER": self.issuer,
            "ATLAS_OIDC_CLIENT_ID": "atlas",
            "ATLAS_OIDC_CLIENT_SECRET": "the secret of the client",
            "ATLAS_OIDC_ROLE_CLAIM": "groups",
            "ATLAS_OIDC_ROLES": "Admins=admin; staff=editor",
            "ATLAS_OIDC_DOMAINS": "example.cn",
            "ATLAS_PUBLIC_ADDRESS": f"http://localhost:{port}",
            "STREAMLIT_SERVER_COOKIE_SECRET": COOKIE_SECRET,
            **more,
        }

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)
        self.log.unlink()
