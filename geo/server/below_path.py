"""The atlas below a path of its host, such as ``https://portal.example.cn/atlas/``."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.settings import BASE_PATH, base_path
from geo.text import N_, InputError

# Letters that no program writes in another way, so that cookies and links agree on the path.
PERMITTED_BASE: Final = re.compile(r"(?:/(?!\.+(?:/|$))[A-Za-z0-9._~-]+)*")


def check_base_path(option: str, environment: Mapping[str, str]) -> str:
    """Return the path below which the atlas is served; empty for the root of its host.

    option: what Streamlit has for ``server.baseUrlPath``. It takes it from a file or an option of
    the command, too, which the links of the atlas do not know: raises InputError if both differ, or
    for a path with other characters than letters of English, digits and ``. _ ~ -``.
    """
    base = base_path(environment)
    if not PERMITTED_BASE.fullmatch(base):
        raise InputError(
            N_(
                "{setting}: “{given}” is not valid. Write names of letters, digits, hyphens and"
                " underscores, with slashes between them."
            ),
            setting=BASE_PATH.name,
            given=BASE_PATH.read(environment),
        )
    if base_path({BASE_PATH.name: option}) != base:
        raise InputError(
            N_("Set server.baseUrlPath by the environment variable {setting} alone."),
            setting=BASE_PATH.name,
        )
    return base


@dataclass(frozen=True)
class BelowPathMiddleware:
    """ASGI middleware that hands the routes of the atlas what stands below a path.

    Streamlit's own routes begin with the path (``server.baseUrlPath``); those of the atlas do not
    know it: for them it becomes the ``root_path`` of ASGI, which ``request.base_url`` contains.
    The path without a slash at its end is redirected; what is not below it is answered with 404.

    base: the path, without a slash at its end; empty changes nothing. paths: of the atlas's routes.
    """

    app: ASGIApp
    base: str
    paths: Collection[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call the app with the root path of a route, or answer for it."""
        if not self.base or scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if path == self.base:
            query = scope["query_string"].decode("latin-1")
            answer: ASGIApp = RedirectResponse(f"{self.base}/{f'?{query}' if query else ''}")
        elif not path.startswith(f"{self.base}/"):
            answer = Response(status_code=404)
        else:
            answer = self.app
            if path.removeprefix(self.base) in self.paths:
                scope = {**scope, "root_path": self.base}
        await answer(scope, receive, send)
