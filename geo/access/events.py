"""The log of security events: one line of JSON for each, without anything that names a person.

A person is a pseudonym, the beginning of the hash under which the store has the owner: the same in
every line and in ``python -m geo.workspaces links``, and not to be reversed without the secret of
the server. No token, address, name or mail address is written.

References: OWASP Logging Cheat Sheet; OWASP ASVS 5.0, V16.2 and V16.3.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from enum import StrEnum
from typing import Final, TextIO

LOG: Final = logging.getLogger("atlas.security")
REQUEST_ID: Final = re.compile(r"[A-Za-z0-9-]{8,64}")


class SecurityEvent(StrEnum):
    """What is written. docs/sign-in.md lists the events with their fields."""

    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"
    SIGN_IN_EXPIRED = "sign_in_expired"
    SIGN_OUT_FAILED = "sign_out_failed"
    LINK_MADE = "link_made"
    LINK_WITHDRAWN = "link_withdrawn"
    WORK_DELETED = "work_deleted"
    ACCESS_REFUSED = "access_refused"


def open_security_log(stream: TextIO | None = None) -> None:
    """Write security events to a stream, by default standard error, from now on."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    LOG.handlers[:] = [handler]
    LOG.setLevel(logging.INFO)
    LOG.propagate = False


def log_event(event: SecurityEvent, person: str = "", request_id: str = "", **facts: str) -> None:
    """Write an event.

    person: a pseudonym; empty for a stranger. request_id: as a proxy gave it; anything else is left
    out, because a reader can send it. facts: more fields, of words of the atlas alone; empty ones
    are left out.
    """
    known_id = request_id if REQUEST_ID.fullmatch(request_id) else ""
    fields = {"person": person, **facts, "request_id": known_id}
    given = {name: value for name, value in fields.items() if value}
    LOG.info(json.dumps({"ts": round(time.time(), 3), "event": str(event), **given}))
