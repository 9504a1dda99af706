"""The atlas below a path: which requests reach its routes, and what the routes know."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from geo.server import BelowPathMiddleware, build_security_policy, check_base_path
from geo.settings import BASE_PATH
from geo.text import InputError


def client(base):
    """A client of a server with a route of the atlas and one of Streamlit."""

    async def own(request):
        return PlainTextResponse(str(request.base_url))

    async def streamlit(request):
        return PlainTextResponse("ok")

    app = Starlette(
        routes=[Route("/table.csv", own), Route(f"{base}/_stcore/health", streamlit)],
        middleware=[Middleware(BelowPathMiddleware, base=base, paths={"/table.csv"})],
    )
    return TestClient(app, follow_redirects=False)


def test_a_route_knows_the_path_of_the_server():
    assert client("").get("/table.csv").text == "http://testserver/"
    below = client("/atlas")
    assert below.get("/atlas/table.csv").text == "http://testserver/atlas/"
    assert below.get("/atlas/_stcore/health").text == "ok"


def test_what_is_not_below_the_path_is_not_found():
    below = client("/atlas")
    for path in ("/", "/table.csv", "/atlases/table.csv", "/_stcore/health"):
        assert below.get(path).status_code == 404, path
    answer = below.get("/atlas?lang=zh")
    assert (answer.status_code, answer.headers["location"]) == (307, "/atlas/?lang=zh")


def test_policies_are_chosen_by_the_path_below_that_of_the_server():
    guard = build_security_policy("", {"/table.csv"}, {BASE_PATH.name: "atlas"})
    root = build_security_policy("", {"/table.csv"}, {})
    for path in ("/", "/compare", "/table.csv", "/static/a.js", "/component/x", "/atlas/page.css"):
        assert guard.headers_for(f"/atlas{path}") == root.headers_for(path), path
    assert guard.is_page("/atlas/compare")
    assert not guard.is_page("/atlas/table.csv")


def test_streamlit_has_the_path_from_the_environment_alone():
    assert check_base_path("/atlas/", {BASE_PATH.name: "atlas"}) == "/atlas"
    assert check_base_path("", {}) == ""
    assert check_base_path("/a/b-1_c.d~", {BASE_PATH.name: "a/b-1_c.d~"}) == "/a/b-1_c.d~"
    for given in ("a\\ b", "a b", "a//b", "..", "a/../b", "地图", "a?b", "a#b", "a;b", "{x}"):
        with pytest.raises(InputError, match=r"STREAMLIT_SERVER_BASE_URL_PATH: .* is not valid"):
            check_base_path(given, {BASE_PATH.name: given})
    with pytest.raises(InputError) as error:
        check_base_path("atlas", {})
    assert error.value.slots == {"setting": BASE_PATH.name}
