"""The server: Streamlit's app with its routes; the data are checked before it starts.

Start it with ``streamlit run app.py`` or, better, with ``make run``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import Future
from contextlib import asynccontextmanager
from datetime import date
from functools import partial
from pathlib import Path
from platform import python_version
from typing import Final

import streamlit as st
from starlette.middleware import Middleware

ROOT = Path(__file__).parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from geo.access import open_security_log
from geo.analysis import SERIES_PATH
from geo.exports import RENDERERS, THUMBNAIL_PATH, FileQuery, is_immutable, parse_file_query
from geo.index import dataset_checksum
from geo.limits import FILE_CACHE_BYTES, MAX_FILES_AT_ONCE
from geo.maps import (
    circle_script,
    document_script,
    tile_label_script,
    time_script,
    web_assets,
)
from geo.metrics import (
    describe_build,
    metrics_place,
    open_metrics_port,
    watch_sessions,
)
from geo.pictures import (
    FIGURE_FORMATS,
    MAP_KIND,
    FigureRequest,
    RenderedFigure,
    font_files,
    picture_queue,
    request_from_address,
)
from geo.render_queue import RenderQueue
from geo.server import (
    DOWNLOADS,
    KEEP_PATH,
    PAGE_FILES,
    PICTURES,
    AccessMiddleware,
    AddressQuotas,
    BelowPathMiddleware,
    PageMiddleware,
    Permit,
    RenderedFile,
    RequestIdMiddleware,
    SecurityHeadersMiddleware,
    asset_route,
    build_page,
    build_security_policy,
    check_base_path,
    check_data,
    check_tables,
    error_handler,
    file_route,
    keep_route,
    parse_trusted_proxies,
    picture_route,
    ready_route,
    regular_collection,
)
from geo.task_processes import READING, RENDERING
from geo.text import AtlasError, error_messages
from pages.parts.access import access_policy
from pages.parts.media import (
    bind_sessions,
    browser_of,
    note_made_files,
    owns_media,
    owns_session,
)
from pages.parts.page_frame import show_fault, style_asset
from pages.parts.session_counts import session_counts
from pages.parts.share import SLIDE_PATH, render_slide
from pages.parts.store import prepare_store
from pages.parts.visitor import end_sign_in, find_visitor

LOADED_BY_PAGES: Final = (THUMBNAIL_PATH, SERIES_PATH)


def submit_picture(
    params: Mapping[str, str], base: str, form: str, permit: Permit | None = None
) -> Future[RenderedFigure]:
    """Queue the picture of an address. Raises InputError for invalid parameters."""
    return picture_queue().submit(request_from_address(params, base, date.today()), form, permit)


def parse_file_address(path: str, params: Mapping[str, str], base: str) -> FileQuery:
    """Parse the address of a file; it does not depend on the server's. Raises InputError."""
    return parse_file_query(path, params)


def parse_slide_address(params: Mapping[str, str], base: str) -> FigureRequest:
    """Parse the address of a slide, which shows the map of a measure. Raises InputError."""
    return request_from_address({**params, "kind": MAP_KIND}, base, date.today())


try:
    base_url_path = check_base_path(st.get_option("server.baseUrlPath"), os.environ)
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
    quotas = AddressQuotas(parse_trusted_proxies(os.environ))
    store = prepare_store()
    policy = access_policy()
    if place := metrics_place(os.environ):
        open_metrics_port(place)
except AtlasError as error:
    # Nothing can be served: print one sentence in both languages for whoever started it.
    sys.exit("\n".join(error_messages(error)))

open_security_log()
watch_sessions(session_counts)
describe_build(
    {"data": dataset_checksum()[:12], "python": python_version(), "streamlit": st.__version__}
)
checks = {"tables": check_tables, **({"store": store.check_access} if store else {})}


@asynccontextmanager
async def run_beside(_: st.App) -> AsyncIterator[None]:
    """What runs as long as the server: processes of tasks, garbage collection, the store."""
    note_made_files()
    bind_sessions()
    try:
        with RENDERING.serve(), READING.serve(), regular_collection():
            yield
    finally:
        if store is not None:
            store.database.close()


files: RenderQueue[RenderedFile] = RenderQueue(
    FILE_CACHE_BYTES, MAX_FILES_AT_ONCE, thread_name="file"
)
routes = [
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
        file_route(
            path,
            partial(parse_file_address, path),
            render if path in LOADED_BY_PAGES else partial(RENDERING.run, render),
            files,
            quotas,
            PAGE_FILES if path in LOADED_BY_PAGES else DOWNLOADS,
            is_immutable,
        )
        for path, render in RENDERERS.items()
    ),
    file_route(SLIDE_PATH, parse_slide_address, render_slide, files, quotas, PICTURES),
    *(picture_route(form, submit_picture, quotas) for form in FIGURE_FORMATS),
    keep_route(store, quotas, browser_of),
    ready_route(checks),
]
app = st.App(
    ROOT / "pages" / "frame.py",
    routes=routes,
    middleware=[
        Middleware(RequestIdMiddleware),
        Middleware(SecurityHeadersMiddleware, guard=guard),
        Middleware(BelowPathMiddleware, base=base_url_path, paths={route.path for route in routes}),
        Middleware(
            AccessMiddleware,
            protected=made_here - {KEEP_PATH},
            find_visitor=find_visitor,
            owns_media=owns_media,
            owns_session=owns_session,
            quotas=quotas,
            provider=policy.provider,
            is_closed=policy.is_closed,
            base=base_url_path,
            end_sign_in=end_sign_in,
        ),
        Middleware(PageMiddleware, page=page, guard=guard),
    ],
    secrets=policy.provider.secrets() if policy.provider else None,
    exception_handlers={Exception: error_handler(guard)},
    on_script_error=show_fault,
    lifespan=run_beside,
)
