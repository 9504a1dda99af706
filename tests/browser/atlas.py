"""The atlas as a reader drives it: open, choose, hover, click, read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlparse

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Frame,
    Locator,
    Page,
    Request,
    ViewportSize,
)

LOCAL = {"localhost", "127.0.0.1"}
PATIENCE_MS = 20_000
# Collects what the policies of the page and its frames refuse.
LISTEN_FOR_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation",
  e => window.violations.push(`${e.effectiveDirective} ${e.blockedURI}`));
"""
# Streamlit's messages at the edge are dialogs without a name, which the atlas cannot give them.
AXE_CONTEXT = {"exclude": [["[data-testid=stToast]"]]}
AXE_OPTIONS = {"resultTypes": ["violations"]}  # what passes is not collected: half the time
CALM = 5  # looks in a row that find the same page
PAUSE_MS = 50  # between two looks

# It runs in the page: each look from outside would cost as much as the pause between two.
WAIT_SETTLED = (Path(__file__).parent / "wait_settled.js").read_text("utf-8").rstrip(";\n")


class Visit:
    """Pages of a browser context that remember every try to leave this machine, and every fault.

    The browser itself resolves no other name (see tests.chromium). Playwright's own routing
    would do as well, but switches the browser's cache off, which is to be tested too.
    """

    def __init__(self, context: BrowserContext, base: str, width: int, height: int) -> None:
        self.context = context
        self.base = base
        self.size: ViewportSize = {"width": width, "height": height}
        self.pages: list[Page] = []
        self.foreign: list[str] = []
        self.faults: list[str] = []
        self.requests: list[str] = []
        context.on("request", self._request)

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)
        address = urlparse(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname not in LOCAL:
            self.foreign.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"{message.text} {message.location['url']}")

    def page(self) -> Atlas:
        page = self.context.new_page()
        page.set_viewport_size(self.size)
        page.add_init_script(LISTEN_FOR_VIOLATIONS)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._console)
        self.pages.append(page)
        return Atlas(page, self.base)

    def close(self) -> None:
        """Close the pages, and leave the context to the next visit without cookies."""
        for page in self.pages:
            page.close()
        self.context.clear_cookies()  # data of a reader would come back
        self.context.remove_listener("request", self._request)


class Atlas:
    """One page of the atlas."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.patience_ms = PATIENCE_MS  # more for a browser that is slowed down
        self.sent: list[int] = []  # bytes of every frame that the browser sent
        self.received: list[bytes] = []
        page.on("websocket", self._listen)

    def _listen(self, socket) -> None:
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, body: str | bytes) -> None:
        self.sent.append(len(body))

    def _received(self, body: str | bytes) -> None:
        self.received.append(body if isinstance(body, bytes) else body.encode())

    def open(self, address: str = "") -> Atlas:
        """Open a page by its path and parameters, and wait until it is complete."""
        self.page.goto(f"{self.base}/{address}")
        self.wait_settled()
        return self

    def navigate(self, address: str) -> Atlas:
        """Go to another address of the same page without loading it again, as Back does."""
        self.page.evaluate(
            "address => { history.pushState({}, '', address);"
            " dispatchEvent(new PopStateEvent('popstate')); }",
            f"{self.base}/{address}",
        )
        self.wait_settled()
        return self

    def switch_language(self, lang: str) -> None:
        """Switch to the other language, and wait until the page is complete."""
        self.key("lang").get_by_text({"en": "English", "zh": "中文"}[lang]).click()
        language = "document.documentElement.lang"
        self.until(lambda: self.page.evaluate(language) == lang, f"the page in {lang}")
        self.wait_settled()

    def resize(self, width: int, height: int) -> None:
        """Change the size of the window, and wait until the page has followed."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.wait_settled()

    def wait_settled(self) -> None:
        """Wait until the script has ended, all is drawn, and nothing moves any more."""
        settled = self.page.evaluate(WAIT_SETTLED, [CALM, PAUSE_MS, self.patience_ms])
        assert settled, "waited in vain for the page to be complete"

    def serious(self, place: Page | Frame) -> list[str]:
        """What axe-core finds that is serious or worse."""
        return [
            f"{one['id']}: {one['nodes'][0]['html'][:200]}"
            for one in Axe().run(place, AXE_CONTEXT, AXE_OPTIONS).response["violations"]
            if one["impact"] in ("serious", "critical")
        ]

    def find_violations(self) -> list[str]:
        """What the policies refused, on the page and in all its frames."""
        frames = self.page.frames
        return [one for frame in frames for one in frame.evaluate("window.violations || []")]

    def until(self, value, text: str) -> None:
        """Poll through Playwright, which learns of new frames only while it waits."""
        for _ in range(PATIENCE_MS // PAUSE_MS):
            if value():
                return
            self.page.wait_for_timeout(PAUSE_MS)
        raise AssertionError(f"waited in vain for {text}")

    def wait_for_none(self, read: Callable[[], list[object]]) -> None:
        """Poll until nothing is read. Raises AssertionError with what is still read at the end."""
        for _ in range(PATIENCE_MS // PAUSE_MS):
            if not (faults := read()):
                return
            self.page.wait_for_timeout(PAUSE_MS)
        raise AssertionError(faults)

    def wait_still(self, read: Callable[[], object], text: str) -> None:
        """Wait until several looks in a row read the same."""
        seen: list[object] = []

        def is_still() -> bool:
            seen.append(read())
            return len(seen) >= CALM and all(value == seen[-1] for value in seen[-CALM:])

        self.until(is_still, text)

    def move_map(self, move: Callable[[], object]) -> list[float]:
        """Move or zoom the map, wait until it has moved and stands still, and return its view."""
        before = self.view()
        move()
        self.until(lambda: self.view() != before, "the map to move")
        # The view is that of the end while the map is still on its way.
        moving = ".leaflet-zoom-anim, .leaflet-pan-anim"
        self.until(lambda: not self.frame.locator(moving).count(), "the map to end its way")
        self.wait_still(self.view, "the map to stand still")
        return self.view()

    @property
    def frame(self) -> Frame | None:
        return next((f for f in self.page.frames if "streamlit_folium" in f.url), None)

    @property
    def painted(self) -> str:
        frame = self.frame
        return frame.evaluate("document.documentElement?.dataset.painted || ''") if frame else ""

    @property
    def ranked(self) -> str:
        locator = self.page.locator(".ranking[data-shows]")
        return locator.get_attribute("data-shows") if locator.count() else ""

    def wait_painted(self, shows: str = "") -> None:
        self.until(
            lambda: self.painted and self.painted == self.ranked and self.painted.startswith(shows),
            f"the map to show {shows or 'anything'}",
        )

    def key(self, name: str) -> Locator:
        return self.page.locator(f".st-key-{name}")

    def choose(self, key: str, text: str) -> None:
        """Type into a picker and take the first that is offered."""
        field = self.key(key).locator("input")
        field.click()
        field.fill(text)
        self.page.get_by_role("option").first.wait_for()
        field.press("Enter")

    def unit(self, adcode: str, inset: bool = False) -> Locator:
        pane = "#inset" if inset else "#map_div"
        return self.frame.locator(f"{pane} path[data-adcode='{adcode}']")

    def point(self, adcode: str) -> tuple[float, float]:
        """Where the label point of a unit is on the page."""
        corner = self.page.locator(".st-key-map iframe").bounding_box()
        x, y = self.frame.evaluate("adcode => Atlas.pointOf(adcode)", adcode)
        return corner["x"] + x, corner["y"] + y

    def hover(self, adcode: str) -> None:
        self.page.mouse.move(*self.point(adcode))

    def click(self, adcode: str) -> None:
        self.page.mouse.click(*self.point(adcode))

    def tip(self) -> str:
        tip = self.frame.locator("#tip")
        return tip.inner_text() if tip.is_visible() else ""

    def fill(self, adcode: str) -> str:
        return self.unit(adcode).get_attribute("fill")

    def view(self) -> list[float]:
        """Zoom and centre of the map."""
        return self.frame.evaluate(
            "[map_div.getZoom(), map_div.getCenter().lat, map_div.getCenter().lng]"
        )

    def params(self) -> dict[str, str]:
        return self.page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")
