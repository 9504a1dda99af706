"""Share, the keyboard help, and a view in a frame of another page, as a reader meets them."""

from __future__ import annotations

import re
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from geo.settings import FRAME_ANCESTORS
from pages.parts.share.dialogs import EMBED_CODE, HEIGHT_MESSAGE, RESIZE_CODE
from pages.parts.share.shortcuts import SHORTCUTS
from tests.server import ROOT, Server

COMPARED = "provinces=110000,440000,520000"
EMBEDDED = {
    "map": "?measure=gdp_per_capita&year=2020&lang={lang}&embed=true",
    "both": f"compare?view=both&measure=gdp_per_capita&{COMPARED}&lang={{lang}}&embed=true",
    "lines": f"compare?view=years&measure=gdp_per_capita&{COMPARED}&lang={{lang}}&embed=true",
}


def open_share(atlas):
    atlas.page.locator("[data-dialog=share]").click()
    dialog = atlas.page.locator("dialog[data-name=share]")
    expect(dialog).to_be_visible()
    return dialog


def test_a_slide_from_the_map_takes_two_actions(atlas):
    dialog = open_share(atlas.open("?measure=gdp_per_capita&year=2020&lang=en"))
    with atlas.page.expect_download() as result:
        dialog.get_by_role("link", name="Slide (PPTX)").click()
    assert result.value.suggested_filename.endswith(".pptx")
    assert result.value.path().read_bytes()[:2] == b"PK"


def test_share_follows_the_view_without_a_message_to_the_server(atlas):
    atlas.open("?measure=gdp_per_capita&year=2020&lang=en")
    atlas.click("440000")
    atlas.until(lambda: atlas.params().get("province") == "440000", "the province in the URL")
    atlas.wait_settled()
    before = len(atlas.sent)
    dialog = open_share(atlas)
    link = dialog.locator("[data-part=link] code").inner_text()
    assert link.startswith(atlas.base)
    assert {"measure=gdp_per_capita", "year=2020", "province=440000"} <= set(
        urlsplit(link).query.split("&")
    )
    assert "province=440000" in dialog.locator("[data-part=picture] a").first.get_attribute("href")
    code = dialog.locator("[data-part=embed] code").first.inner_text()
    assert code.startswith("<iframe src=")
    assert code.endswith("</iframe>")
    assert atlas.page.evaluate("code => {const d = document.createElement('div');"
        "d.innerHTML = code; return new URL(d.firstChild.src).searchParams.get('embed')}",
        code.replace("<iframe", "<img").replace("</iframe>", "")) == "true"  # fmt: skip
    assert len(atlas.sent) == before
    assert atlas.serious(atlas.page) == []
    atlas.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_copying_says_so(visit):
    atlas = visit(permissions=["clipboard-read", "clipboard-write"]).page()
    dialog = open_share(atlas.open("?measure=gdp_per_capita&lang=en"))
    dialog.locator("[data-part=link] [data-copy]").click()
    expect(dialog.get_by_role("status")).to_have_text("Copied.")
    copied = atlas.page.evaluate("navigator.clipboard.readText()")
    assert copied == dialog.locator("[data-part=link] code").inner_text()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_question_mark_opens_the_help_and_escape_closes_it(visit, lang):
    atlas = visit().page().open(f"?lang={lang}")
    help_dialog = atlas.page.locator("dialog[data-name=keys]")
    atlas.page.keyboard.press("?")
    expect(help_dialog).to_be_visible()
    assert atlas.serious(atlas.page) == []
    atlas.page.keyboard.press("Escape")
    expect(help_dialog).to_be_hidden()
    atlas.frame.locator("#map_div").focus()
    atlas.page.keyboard.press("?")
    expect(help_dialog).to_be_visible()
    atlas.page.keyboard.press("Escape")
    expect(help_dialog).to_be_hidden()
    atlas.page.keyboard.press("/")
    expect(atlas.key("find_province").locator("input")).to_be_focused()
    atlas.page.keyboard.press("?")  # typed into the search
    expect(help_dialog).to_be_hidden()


def test_the_help_lists_the_keys_of_the_page():
    script = (ROOT / "geo" / "maps" / "web" / "shortcuts.js").read_text("utf-8")
    keys = script.partition("PAGE_KEYS = {")[2].partition("};")[0]
    names = re.findall(r'^ *"?([^":\n]+)"?:', keys, re.MULTILINE)
    symbols = {"ArrowLeft": "←", "ArrowRight": "→", "Escape": "Esc", "f": "F"}
    listed = [key for shortcut in SHORTCUTS[0].shortcuts for key in shortcut.keys]
    assert {symbols.get(name, name) for name in names} == set(listed)


@pytest.fixture
def portal(tmp_path):
    """A site of another origin, and a function that writes its page."""
    site = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=tmp_path)
    )
    Thread(target=site.serve_forever, daemon=True).start()
    origin = f"http://127.0.0.1:{site.server_port}"

    def show(body):
        (tmp_path / "portal.html").write_text(body, "utf-8")
        return f"{origin}/portal.html"

    yield origin, show
    site.shutdown()
    site.server_close()


def fill(code, **values):
    for name, value in {"lt": "<", **values}.items():
        code = code.replace(f"{{{name}}}", value)
    return code


def test_another_site_embeds_views_that_tell_it_their_height(browser, portal, monkeypatch):
    origin, show = portal
    monkeypatch.setenv(FRAME_ANCESTORS.name, origin)
    opened = Server(ROOT / "app.py")
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    try:
        for number, (name, address) in enumerate(EMBEDDED.items()):
            lang, width = ("zh", 300) if number % 2 else ("en", 700)
            source = f"{opened.url}/{address.format(lang=lang)}"
            code = fill(EMBED_CODE, embed=source.replace("&", "&amp;"), title=name)
            code = code.replace('width="100%"', f'width="{width}"')
            resize = fill(RESIZE_CODE, origin=opened.url)
            page.goto(show(f"{code}{resize}"))
            frame = page.frame_locator("iframe")
            drawn = ".stVegaLiteChart canvas, .stVegaLiteChart svg" if name == "lines" else (
                "iframe[src*='streamlit_folium']")  # fmt: skip
            frame.locator(drawn).first.wait_for()
            link = frame.locator(".embed a")
            expect(link).to_have_attribute("target", "_blank")
            expect(link).to_have_attribute("rel", "noopener noreferrer")
            assert "embed" not in link.get_attribute("href")
            assert frame.locator(".nav, .share-bar, .st-key-lang, .st-key-controls").count() == 0
            inner = next(f for f in page.frames if f.url.startswith(opened.url))
            fits = (
                "() => { const main = document.querySelector('[data-testid=stMain]');"
                " return document.body.scrollWidth <= innerWidth"
                " && innerHeight > 300 && innerHeight !== 640"
                " && Math.abs(main.scrollHeight - innerHeight) <= 2; }"
            )
            inner.wait_for_function(fits)
        assert faults == []
    finally:
        context.close()
        opened.close()


def test_the_message_has_the_type_that_the_code_expects():
    script = (ROOT / "geo" / "maps" / "web" / "embed.js").read_text("utf-8")
    assert f'"{HEIGHT_MESSAGE}"' in script
    assert HEIGHT_MESSAGE in RESIZE_CODE


@pytest.mark.parametrize("name", EMBEDDED)
def test_an_embedded_view_is_accessible(visit, name):
    atlas = visit(700, 800).page()
    atlas.page.goto(f"{atlas.base}/{EMBEDDED[name].format(lang='en')}")
    atlas.page.locator(".embed a").wait_for()
    atlas.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    assert atlas.serious(atlas.page) == []


def test_the_map_is_presented_alone_and_arrows_change_its_year(atlas):
    atlas.open("?lang=en&measure=gdp_per_capita&year=2020")
    page = atlas.page
    page.keyboard.press("f")
    expect(page.locator("body")).to_have_class(re.compile("atlas-presenting"))
    expect(atlas.key("header")).to_be_hidden()
    expect(page.locator(".ranking")).to_be_hidden()
    expect(page.locator(".legend")).to_be_visible()
    box = page.locator(".st-key-map iframe")
    page.wait_for_function(
        "() => document.querySelector('.st-key-map iframe').offsetHeight > innerHeight * 0.6"
    )
    assert box.bounding_box()["width"] > 0.9 * page.viewport_size["width"]
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => new URL(location).searchParams.get('year') === '2021'")
    expect(page.locator("body")).to_have_class(re.compile("atlas-presenting"))
    assert atlas.serious(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("body")).not_to_have_class(re.compile("atlas-presenting"))
    expect(atlas.key("header")).to_be_visible()
