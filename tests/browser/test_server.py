"""The server as a browser meets it: no policy violated, frames by setting, no fault told."""

from __future__ import annotations

import json
import shutil
from functools import partial
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlparse

import pytest
from playwright.sync_api import expect

from geo.settings import FRAME_ANCESTORS, METRICS
from tests.browser.atlas import LISTEN_FOR_VIOLATIONS
from tests.server import ROOT, Server

SECRET = "what only the log may know"
RECIPE = {"never": "a recipe"}


def ask(server, path, method="GET", body=None, **headers):
    """What the server answers to one request: status, headers, body."""
    connection = HTTPConnection(urlparse(server.url).netloc, timeout=20)
    connection.request(method, path, body, {n.replace("_", "-"): v for n, v in headers.items()})
    answer = connection.getresponse()
    result = answer.status, {n.lower(): v for n, v in answer.getheaders()}, answer.read()
    connection.close()
    return result


def test_files_come_and_go_within_the_policy(visit, tmp_path):
    atlas = visit().page().open("index?lang=en")
    value = tmp_path / "recipe.json"
    value.write_text(json.dumps(RECIPE), "utf-8")
    atlas.page.get_by_text("Open a recipe").click()
    with atlas.page.expect_response(lambda r: "/_stcore/upload_file/" in r.url) as upload:
        atlas.page.locator("input[type=file]").set_input_files(value)
    assert upload.value.status == 204
    atlas.page.keyboard.press("Escape")
    with atlas.page.expect_download() as result:
        atlas.key("recipe_download").get_by_role("button").click()
    assert result.value.path().stat().st_size > 0
    assert atlas.find_violations() == []


def test_the_policy_is_at_work(browser, server):
    """The tests above would also pass without a policy: here it has something to refuse."""
    context = browser.new_context()
    context.add_init_script(LISTEN_FOR_VIOLATIONS)
    page = context.new_page()
    page.goto(f"{server.url}/?measure=gdp_per_capita")
    page.frame_locator(".st-key-map iframe").locator("html[data-painted]").wait_for()
    # On its own: what Playwright itself evaluates stands above the policy.
    page.evaluate("void setTimeout(() => { window.ran = eval('1') })")
    page.evaluate("fetch('https://example.org/').catch(() => 0)")
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://example.org/'}))")
    frame = next(f for f in page.frames if "streamlit_folium" in f.url)
    literal = "fetch('/_stcore/health').then(() => 'answered', () => 'refused')"
    assert page.evaluate(literal) == "answered"
    assert frame.evaluate(literal) == "refused"
    page.wait_for_function("window.violations.length >= 3")
    assert page.evaluate("window.ran") is None
    assert set(page.evaluate("window.violations")) == {
        "connect-src https://example.org/",
        "img-src https://example.org/",
        "script-src eval",
    }
    context.close()


@pytest.mark.parametrize(
    "path",
    ["/", "/index", "/nowhere", "/_stcore/health", "/_stcore/host-config", "/small-map.svg",
     "/table.csv?measure=gdp_per_capita", "/table.csv?measure=none", "/static/none.js",
     "/component/streamlit_folium.st_folium/index.html", "/component/none/index.html",
     "/media/none.png", "/..%2fapp.py", "/_stcore/metrics", "/index/"],
)  # fmt: skip
def test_every_answer_carries_the_headers(server, path):
    _, texts, _ = ask(server, path)
    assert texts["content-security-policy"].startswith("default-src 'none'; ")
    assert "frame-ancestors 'self'" in texts["content-security-policy"]
    assert texts["x-content-type-options"] == "nosniff"
    assert texts["referrer-policy"] == "same-origin"
    assert texts["x-frame-options"] == "SAMEORIGIN"


def test_what_no_reader_needs_is_closed(server):
    for path in ("/_stcore/metrics", "/_stcore/metrics/", "/_stcore/metrics?families=x"):
        assert ask(server, path)[0] == 404
    status, _, body = ask(server, "/_stcore/agent/interact", "POST", "{}")
    assert status in (403, 404)
    assert b"enableAgentApi" in body
    status, _, _ = ask(server, "/_stcore/upload_file/one/two", "PUT", "x", Cookie="a=b")
    assert status == 404  # no session of this browser


def test_another_site_cannot_open_a_session(server):
    handshake = {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }  # fmt: skip
    assert ask(server, "/_stcore/stream", Origin="https://example.org", **handshake)[0] == 403


@pytest.fixture
def portal(tmp_path):
    """A site of another origin, and a function that makes its page show an address in a frame."""
    site = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=tmp_path)
    )
    Thread(target=site.serve_forever, daemon=True).start()
    origin = f"http://127.0.0.1:{site.server_port}"

    def show(address):
        text = f"<iframe src='{address}' width=1300 height=850></iframe>"
        (tmp_path / "portal.html").write_text(text, "utf-8")
        return f"{origin}/portal.html"

    yield origin, show
    site.shutdown()
    site.server_close()


def test_another_site_frames_the_atlas_only_when_the_setting_names_it(
    browser, server, portal, monkeypatch
):
    origin, show = portal
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.goto(show(f"{server.url}/?measure=gdp_per_capita"))
    page.wait_for_function("document.querySelector('iframe').contentDocument === null")
    assert [frame.url for frame in page.frames[1:]] == ["chrome-error://chromewebdata/"]
    monkeypatch.setenv(FRAME_ANCESTORS.name, origin)
    monkeypatch.setenv(METRICS.name, "open")
    opened = Server(ROOT / "app.py")
    assert ask(opened, "/_stcore/metrics")[0] == 200
    page.goto(show(f"{opened.url}/?measure=gdp_per_capita"))
    within = page.frame_locator("iframe").frame_locator(".st-key-map iframe")
    within.locator("html[data-painted='gdp_per_capita/2017']").wait_for()
    context.close()
    opened.close()


def test_a_page_that_fails_shows_a_sentence_and_no_reason(browser, tmp_path):
    for part in ("app.py", "pages", "geo", "data"):
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, tmp_path / part)
    (tmp_path / "pages" / "data.py").write_text(f"raise ValueError({SECRET!r})\n", "utf-8")
    broken = Server(tmp_path / "app.py")
    context = browser.new_context()
    page = context.new_page()
    received = []

    def keep(body):
        received.append(body if isinstance(body, bytes) else body.encode())

    page.on("websocket", lambda socket: socket.on("framereceived", keep))
    page.goto(f"{broken.url}/data?lang=zh")
    page.get_by_text("此部分页面未能显示。").wait_for()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    expect(page.locator(".stException")).to_have_count(0)
    sent = b"".join(received)
    assert str(tmp_path) not in page.content()
    for literal in (SECRET, "ValueError", "Traceback"):
        assert literal not in page.content()
        assert literal.encode() not in sent
    assert SECRET in broken.output()
    page.screenshot(path=tmp_path / "fault.png")
    context.close()
    broken.close()
