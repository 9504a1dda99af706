"""The server: Streamlit's app with its routes; the data are checked before it starts.

Start it with ``streamlit run app.py`` or, better, with ``make run``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from concurrent.futures import Future
from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

ROOT = Path(__file__).parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from geo.exports import RENDERERS, FileQuery, is_immutable, parse_file_query  # noqa: E402
from geo.limits import FILE_CACHE_BYTES, MAX_FILES_AT_ONCE  # noqa: E402
from geo.maps import (  # noqa: E402
    circle_script,
    document_script,
    tile_label_script,
    time_script,
    web_assets,
)
from geo.pictures import (  # noqa: E402
    FIGURE_FORMATS,
    MAP_KIND,
    FigureRequest,
    RenderedFigure,
    font_files,
    picture_queue,
    request_from_address,
)
from geo.render_queue import RenderQueue  # noqa: E402
from geo.server import (  # noqa: E402
    KEEP_PATH,
    PageMiddleware,
    RenderedFile,
    SecurityHeadersMiddleware,
    asset_route,
    build_page,
    build_security_policy,
    check_data,
    error_handler,
    file_route,
    keep_route,
    picture_route,
)
from geo.text import AtlasError, error_messages  # noqa: E402
from pages.parts.page_frame import show_fault, style_asset  # noqa: E402
from pages.parts.session import prepare_store  # noqa: E402
from pages.parts.share import SLIDE_PATH, render_slide  # noqa: E402


def submit_picture(params: Mapping[str, str], base: str, form: str) -> Future[RenderedFigure]:
    """Queue the picture of an address. Raises InputError for invalid parameters."""
    return picture_queue().submit(request_from_address(params, base, date.today()), form)


def parse_file_address(path: str, params: Mapping[str, str], base: str) -> FileQuery:
    """Parse the address of a file; it does not depend on the server's. Raises InputError."""
    return parse_file_query(path, params)


def parse_slide_address(params: Mapping[str, str], base: str) -> FigureRequest:
    """Parse the address of a slide, which shows the map of a measure. Raises InputError."""
    return request_from_address({**params, "kind": MAP_KIND}, base, date.today())


try:
    check_data()
    font_files()
    index = Path(st.__file__).parent / "static" / "index.html"
    page = build_page(index, style_asset(), document_script())
    made_here = {
        *RENDERERS,
        SLIDE_PATH,
        KEEP_PATH,
        *(f"/picture.{form}" for form in FIGURE_FORMATS),
    }
    guard = build_security_policy(page, made_here, os.environ)
    store = prepare_store()
except AtlasError as error:
    # Nothing can be served: print one sentence in both languages for whoever started it.
    sys.exit("\n".join(error_messages(error)))

files: RenderQueue[RenderedFile] = RenderQueue(
    FILE_CACHE_BYTES, MAX_FILES_AT_ONCE, thread_name="file"
)
app = st.App(
    ROOT / "pages" / "frame.py",
    routes=[
        *map(
            asset_route,
            (
                *web_assets().values(),
                tile_label_script(),
                circle_script(),
                time_script(),
                style_asset(),
                document_script(),
            ),
        ),
        *(
            file_route(path, partial(parse_file_address, path), render, files, is_immutable)
            for path, render in RENDERERS.items()
        ),
        file_route(SLIDE_PATH, parse_slide_address, render_slide, files),
        *(picture_route(form, submit_picture) for form in FIGURE_FORMATS),
        keep_route(store),
    ],
    middleware=[
        Middleware(SecurityHeadersMiddleware, guard=guard),
        Middleware(PageMiddleware, page=page, guard=guard),
    ],
    exception_handlers={Exception: error_handler(guard)},
    on_script_error=show_fault,
)
# The first picture loads fonts and shapes, which takes a second; no reader should wait for it.
picture_queue().submit(FigureRequest(), "png")
