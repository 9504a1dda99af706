"""The atlas below a path of its host, such as ``https://portal.example.cn/atlas/``."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send


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
