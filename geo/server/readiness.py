"""The address that tells a proxy whether this process can serve readers now."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextvars import copy_context
from dataclasses import dataclass, field
from threading import Thread
from typing import Final, Literal

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from geo.limits import READY_SECONDS
from geo.metrics import observe_check
from geo.server.keeping import UNCACHED
from geo.text import AtlasError

READY_PATH: Final = "/atlas/ready"
LOG: Final = logging.getLogger(__name__)
State = Literal["ok", "failed", "slow"]


@dataclass
class ReadyCheck:
    """A check that runs in a thread of its own, once at a time however often it is asked for.

    run: raises AtlasError if something is not ready. A thread that hangs is left behind when the
    server ends.
    """

    name: str
    run: Callable[[], None]
    _pending: Future[Exception | None] | None = field(default=None, repr=False)

    async def find_state(self, seconds: float) -> State:
        """Return the result, or ``slow`` if it is not there in time.

        Raises what the check raises, unless it is an AtlasError.
        """
        if self._pending is None or self._pending.done():
            self._pending = Future()
            context = copy_context()  # its log lines know the request
            Thread(target=context.run, args=(self._run_into, self._pending), daemon=True).start()
        pending = self._pending
        await asyncio.wait([asyncio.wrap_future(pending)], timeout=seconds)
        state: State = "slow"
        if pending.done():
            error = pending.result()
            if error and not isinstance(error, AtlasError):
                raise error
            if error:
                LOG.warning("Not ready: %s: %s", self.name, error)
            state = "failed" if error else "ok"
        observe_check(self.name, state == "ok")
        return state

    def _run_into(self, pending: Future[Exception | None]) -> None:
        error = None
        try:
            self.run()
        except Exception as raised:
            error = raised
        pending.set_result(error)


def ready_route(checks: Mapping[str, Callable[[], None]], seconds: float = READY_SECONDS) -> Route:
    """A route that answers 200 if all checks pass, else 503, with the state of each as JSON.

    checks: by name; each raises AtlasError if something is not ready. The answer names what is
    not ready; the reason is in the log. seconds: the most that a check takes.
    """
    runs = [ReadyCheck(name, run) for name, run in checks.items()]

    async def answer(request: Request) -> Response:
        states = await asyncio.gather(*(check.find_state(seconds) for check in runs))
        ready = all(state == "ok" for state in states)
        body = {"ready": ready, "checks": {c.name: s for c, s in zip(runs, states, strict=True)}}
        return JSONResponse(body, 200 if ready else 503, UNCACHED)

    return Route(READY_PATH, answer, methods=["GET", "HEAD"])
