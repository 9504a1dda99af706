"""The server: Streamlit's app with the few files that the map loads, checked before it opens.

Start it with ``streamlit run app.py`` or, better, with ``make run``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

ROOT = Path(__file__).parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from geo import start, webmap  # noqa: E402  (the root must be on the path first)
from geo.errors import DataError  # noqa: E402

YEAR_SECONDS = 365 * 24 * 3600


def serve(asset: webmap.Asset) -> Route:
    """A route for one file: compressed beforehand, and kept by the browser for a year.

    The address carries the checksum of the file, so a new file has a new address.
    """

    async def answer(request: Request) -> Response:
        headers = {
            "ETag": asset.etag,
            "Cache-Control": f"public, max-age={YEAR_SECONDS}, immutable",
            "Vary": "Accept-Encoding",
            "X-Content-Type-Options": "nosniff",
        }
        if asset.etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        accepted = request.headers.get("accept-encoding", "")
        coding = next((name for name in asset.encodings if name in accepted), None)
        if coding is None:
            return Response(asset.body, media_type=asset.media_type, headers=headers)
        headers["Content-Encoding"] = coding
        return Response(asset.encodings[coding], media_type=asset.media_type, headers=headers)

    return Route(asset.path, answer, methods=["GET", "HEAD"])


try:
    start.check()
except DataError as error:
    # Nothing to serve: one sentence for whoever started it, in both languages.
    sys.exit("\n".join(start.sentences(error)))

app = st.App(
    ROOT / "pages" / "frame.py",
    routes=[serve(asset) for asset in webmap.assets().values()],
)
