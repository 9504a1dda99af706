"""The page of briefings in a real browser: the preview is the file, and the clipboard holds it."""

from __future__ import annotations

import hashlib

READY = "(i => i && i.complete && i.naturalWidth > 0)(document.querySelector('img.sheet'))"


def open_briefing(atlas, query="lang=en&measure=gdp_per_capita&year=2020"):
    atlas.page.goto(f"{atlas.base}/briefing?{query}")
    atlas.until(lambda: atlas.page.evaluate(READY), "the picture")
    return atlas


def test_the_preview_is_the_file_of_the_download_and_of_the_address(atlas):
    open_briefing(atlas)
    value = atlas.page.locator("img.sheet").get_attribute("src")
    assert atlas.page.evaluate("document.querySelector('img.sheet').naturalWidth") == 1920
    seen = atlas.page.evaluate(
        "async src => { const b = new Uint8Array(await (await fetch(src)).arrayBuffer());"
        " const d = new Uint8Array(await crypto.subtle.digest('SHA-256', b));"
        " return [...d].map(n => n.toString(16).padStart(2, '0')).join('') }",
        value,
    )
    with atlas.page.expect_download() as result:
        atlas.page.get_by_role("link", name="PNG ×1").click()
    download = result.value
    assert download.suggested_filename == "atlas-map-gdp-per-capita-2020-en-16-9.png"
    assert hashlib.sha256(download.path().read_bytes()).hexdigest() == seen


def test_the_picture_is_copied(visit):
    value = visit(fresh=True)
    value.context.grant_permissions(["clipboard-read", "clipboard-write"])
    atlas = open_briefing(value.page())
    atlas.page.get_by_role("button", name="Copy the PNG").click()
    atlas.page.get_by_text("Copied.").wait_for()
    kinds = atlas.page.evaluate(
        "navigator.clipboard.read().then(items => items.flatMap(item => item.types))"
    )
    assert "image/png" in kinds


def test_a_choice_changes_the_picture_and_one_step_back_undoes_it(atlas):
    open_briefing(atlas)
    atlas.choose("size", "Square")
    atlas.until(lambda: atlas.params().get("size") == "square", "the address")
    source = "document.querySelector('img.sheet').src"
    atlas.until(lambda: "size=square" in atlas.page.evaluate(source), "the picture")
    atlas.page.go_back()
    atlas.until(lambda: "size=" not in atlas.page.evaluate(source), "one step back")


# Collects each button of a component that enters the page without a name, however briefly.
WATCH_BUTTONS = """
window.namelessButtons = [];
const attachShadow = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (options) {
  const root = attachShadow.call(this, options);
  const check = () => root.querySelectorAll("button").forEach((button) => {
    if (!(button.textContent.trim() || button.ariaLabel)) {
      window.namelessButtons.push(button.outerHTML);
    }
  });
  new MutationObserver(check).observe(root, { childList: true, subtree: true });
  return root;
};
"""


def test_the_copy_button_never_lacks_a_name(visit):
    page = visit().page()
    page.page.add_init_script(WATCH_BUTTONS)
    atlas = open_briefing(page)
    atlas.page.get_by_role("button", name="Copy the PNG").wait_for()
    assert atlas.page.evaluate("window.namelessButtons") == []


def test_the_addresses_answer_as_promised(visit):
    value = visit()
    ask = value.context.request.get
    path = f"{value.base}/picture.svg?measure=gdp_per_capita&year=2020"
    one = ask(path)
    assert (one.status, one.headers["content-type"]) == (200, "image/svg+xml")
    assert "<text" in one.text()
    assert one.headers["cache-control"].startswith("public, max-age=")
    assert ask(path, headers={"If-None-Match": one.headers["etag"]}).status == 304
    bad = ask(f"{value.base}/picture.png?size=huge")
    assert bad.status == 400
    assert "size=huge" in bad.text()
