"""The page that every address answers with has our styles and script, whatever is cached."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from geo.maps import build_asset
from geo.server import PageMiddleware, build_page, build_security_policy
from geo.server.page import scripts_of_elements

STYLE = build_asset("page.css", b"a{}")
SCRIPT = build_asset("document.js", b"1;")
ORIGINAL = '<html><body><div id="root"></div></body></html>'
PAGE = "<html>the page</html>"
INDEX = Path(streamlit.__file__).parent / "static" / "index.html"


@pytest.fixture
def client():
    async def page(request):
        known = {"ETag": '"a"', "Last-Modified": "yesterday", "Cache-Control": "no-cache"}
        if "if-none-match" in request.headers:
            return PlainTextResponse(status_code=304, headers=known)
        return HTMLResponse(ORIGINAL, headers=known)

    async def text(request):
        return PlainTextResponse(request.headers["accept-encoding"], headers={"ETag": '"b"'})

    guard = build_security_policy(PAGE, {"/table.csv"}, {})
    paths = {
        "/": page,
        "/province": page,
        "/component/x/index.html": page,
        "/table.csv": text,
        "/old/{name:path}": page,
        "/province/": page,
    }
    return TestClient(
        Starlette(
            routes=[Route(path, answer) for path, answer in paths.items()],
            middleware=[Middleware(PageMiddleware, page=PAGE, guard=guard)],
        )
    )


def test_the_page_of_streamlit_has_a_place_for_styles_and_script(tmp_path):
    page = build_page(INDEX, STYLE, SCRIPT)
    head, _, body = page.partition("<body>")
    assert STYLE.path not in head  # of two rules of equal weight ours applies
    assert body.index(STYLE.path) < body.index(SCRIPT.path) < body.index('<div id="root">')
    (tmp_path / "index.html").write_text("<html></html>")
    with pytest.raises(ValueError, match="no <div"):
        build_page(tmp_path / "index.html", STYLE, SCRIPT)


def test_scripts_of_elements_are_loaded_once_with_those_that_they_import(tmp_path):
    page = build_page(INDEX, STYLE, SCRIPT)
    loaded = re.findall(r'(?:href|src)="\./static/js/([^"]+)"', page)
    assert len(loaded) == len(set(loaded))
    for name in ("Html", "purify.es", "Selectbox", "Slider", "moment", "ComponentInstance"):
        assert any(script.startswith(f"{name}.") for script in loaded), name
    assert all((INDEX.parent / "static" / "js" / name).is_file() for name in loaded)
    with pytest.raises(ValueError, match=r"for Html: \[\]"):
        scripts_of_elements(tmp_path)


@pytest.mark.parametrize("path", ["/", "/province"])
def test_every_page_is_ours(client, path):
    answer = client.get(path, headers={"If-None-Match": '"a"'})
    assert (answer.status_code, answer.text) == (200, PAGE)
    assert answer.headers["content-length"] == str(len(PAGE))
    assert answer.headers["cache-control"] == "no-cache"
    assert not {"etag", "last-modified"} & set(answer.headers)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/province/", "/province"),
        ("/old/province?lang=zh", "/province?lang=zh"),
        ("/old//example.org", "/example.org"),
        ("/old/%5Cexample.org", "/%5Cexample.org"),
    ],
)
def test_a_path_of_several_names_leads_to_the_page_of_the_last(client, path, address):
    answer = client.get(path, follow_redirects=False)
    assert (answer.status_code, answer.text) == (307, "")
    assert answer.headers["location"] == address


def test_the_head_of_a_page_has_its_length_and_no_body(client):
    answer = client.head("/")
    assert (answer.content, answer.headers["content-length"]) == (b"", str(len(PAGE)))


def test_frames_files_and_errors_are_left_as_they_are(client):
    assert client.get("/component/x/index.html").text == ORIGINAL
    answer = client.get("/table.csv", headers={"Accept-Encoding": "gzip"})
    assert (answer.text, answer.headers["etag"]) == ("gzip", '"b"')
    assert client.get("/missing").text == "Not Found"


@pytest.mark.parametrize(("asset", "kind"), [(STYLE, "text/css"), (SCRIPT, "text/javascript")])
def test_a_file_has_the_media_type_of_its_ending(asset, kind):
    assert asset.media_type == kind
    assert asset.path.startswith("/atlas/")
