"""Take pictures of every page in both languages at three sizes: ``make screenshots``.

They go into .build/screenshots, to be looked at. README's picture is one of them.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.atlas import Visit
from tests.browser.uploading import OWN, open_view
from tests.browser.views import SIZES, UPLOADED, VIEWS
from tests.chromium import FLAGS, find
from tests.server import ROOT, Server

README_PICTURE = ("province", "en", 1440)


def main(lines: list[str]) -> None:
    target = ROOT / ".build" / "screenshots"
    target.mkdir(parents=True, exist_ok=True)
    server = Server(ROOT / "app.py")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        context = browser.new_context(locale="en-US")
        for name in (*VIEWS, UPLOADED):
            if lines and name not in lines:
                continue
            for lang in ("en", "zh"):
                for width, height in SIZES:
                    picture = target / f"{name}-{lang}-{width}.png"
                    visit = Visit(context, server.url, width, height)
                    shoot(visit, name, lang, picture)
                    if (name, lang, width) == README_PICTURE:
                        shutil.copy(picture, ROOT / "docs" / "map-en.png")
        browser.close()
    server.close()
    print(f"{target}: {len(list(target.glob('*.png')))} pictures")


def shoot(visit: Visit, name: str, lang: str, picture: Path) -> None:
    """One picture of a page, of all that it scrolls to on a narrow screen or where it is whole."""
    atlas = visit.page()
    open_view(atlas, name, lang)
    main_part = "document.querySelector('[data-testid=stMain]').scrollHeight"
    size = atlas.page.viewport_size
    if not VIEWS.get(name, "").startswith("?") or size["width"] < 600:
        atlas.page.set_viewport_size({**size, "height": atlas.page.evaluate(main_part)})
        atlas.wait_settled()
    result = atlas.page.locator(OWN) if name == UPLOADED else atlas.page
    result.screenshot(path=picture)
    visit.close()


if __name__ == "__main__":
    main(sys.argv[1:])
