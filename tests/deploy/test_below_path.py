"""The atlas below a path of its host, behind the proxy: all pages, links, files and cookies."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from geo.server import KEY_COOKIE
from pages.parts.page_frame import HOME, PAGES
from tests.browser.uploading import confirm_series, upload_table
from tests.deploy.conftest import process_port

pytestmark = [pytest.mark.slow, pytest.mark.timed]

VIEW = "measure=gdp_per_capita&year=2020&province=440000&provinces=110000,440000&lang=en"
ADDRESSES = """
() => [...document.querySelectorAll("a[href], img[src]")]
  .map(one => one.href || one.src)
  .filter(address => address.startsWith(location.origin))
"""


def test_all_pages_and_what_they_load_are_below_the_path(fleet, visit):
    value = visit(fleet.url)
    answers = []
    value.context.on("response", lambda one: answers.append((one.status, one.url)))
    atlas = value.page()
    addresses = set()
    for name in PAGES:
        atlas.open(f"{'' if name == HOME else name}?{VIEW}")
        assert atlas.page.locator(".nav [aria-current=page]").count() == 1, name
        addresses |= set(atlas.page.evaluate(ADDRESSES))
    atlas.open(f"?{VIEW}")
    assert atlas.frame is not None
    loaded = {urlsplit(url).path for _, url in answers if not url.startswith("blob:")}
    assert [path for path in loaded if not path.startswith("/atlas/")] == []
    # Streamlit's client asks nothing below a page: it knows the address of the server.
    assert [(status, url) for status, url in answers if status >= 400] == []
    assert value.faults == []
    assert atlas.find_violations() == []
    local = {urlsplit(one).path for one in addresses if not one.startswith("blob:")}
    assert {"/atlas/", "/atlas/data", "/atlas/briefing", "/atlas/everything.zip"} <= local
    assert [path for path in local if not path.startswith("/atlas/")] == []


def test_links_of_share_open_what_they_say(fleet, visit):
    atlas = visit(fleet.url).page().open(f"?{VIEW}")
    atlas.page.locator("[data-dialog=share]").click()
    dialog = atlas.page.locator("dialog[data-name=share]")
    link = dialog.locator("[data-part=link] code").inner_text()
    assert link.startswith(f"{fleet.url}/?")
    code = dialog.locator("[data-part=embed] code").first.inner_text()
    assert f'src="{fleet.url}/?' in code
    links = dialog.locator("a[download]:visible")
    hrefs = links.evaluate_all("links => links.map(link => link.href)")
    paths = {urlsplit(href).path for href in hrefs}
    for path in ("/atlas/picture.png", "/atlas/table.csv", "/atlas/slide.pptx"):
        assert path in paths
    for href in hrefs:
        parts = urlsplit(href)
        assert parts.path.startswith("/atlas/")
        address = f"{parts.path.removeprefix('/atlas')}?{parts.query}"
        assert fleet.ask(address)[0] == 200, address
    picture = next(href for href in hrefs if "/picture.svg" in href)
    _, headers, _ = fleet.ask(f"/picture.svg?{urlsplit(picture).query}")
    assert headers["content-type"] == "image/svg+xml"


def test_an_address_is_found_from_the_path_of_the_server(fleet):
    for path, status, place in (
        ("/old/compare?lang=zh", 307, "/atlas/compare?lang=zh"),
        ("", 307, "/atlas/"),
        ("/_stcore/metrics", 404, ""),
    ):
        answer, headers, _ = fleet.ask(path)
        assert (answer, urlsplit(headers.get("location", "")).path) == (
            status,
            place.partition("?")[0],
        ), path
        assert "content-security-policy" in headers


def test_what_is_kept_has_a_cookie_for_the_path_and_comes_back(fleet, visit):
    value = visit(fleet.url)
    atlas = upload_table(value.page())
    confirm_series(atlas, "Kept below a path")
    named = lambda: {one["name"]: one for one in value.context.cookies()}  # noqa: E731
    atlas.until(lambda: KEY_COOKIE in named(), "the cookie")
    assert named()[KEY_COOKIE]["path"] == "/atlas/"
    before = process_port(value, fleet)
    atlas.page.reload()
    atlas.page.get_by_text("Kept below a path").first.wait_for()
    assert process_port(value, fleet) == before
