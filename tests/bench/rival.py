"""The three apps that are measured side by side, each driven the same way."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from playwright.sync_api import Browser, Page, Route
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from xstatic.pkg import leaflet

from geo.analysis import DEFAULT_MEASURE
from tests.server import ROOT, Server

HERE = Path(__file__).parent
PATIENCE_MS = 30_000
# What a page must show for a choice to count as drawn.
ECHO = "choice => document.querySelector('[data-shows]')?.dataset.shows.startsWith(choice)"
# A stock map is a new frame for every choice: drawn when its units are there.
STOCK = """choice => document.querySelector('[data-shows]')?.dataset.shows.startsWith(choice)
 && [...document.querySelectorAll('iframe')].some(f =>
   f.contentDocument?.querySelectorAll('path.leaflet-interactive').length >= 34
   && f.contentWindow.__seen !== true)"""
OURS = """choice => document.querySelector('.ranking[data-shows]')
 ?.dataset.shows.startsWith(choice + '/') && [...document.querySelectorAll('iframe')].some(f =>
   f.contentDocument?.documentElement?.dataset.painted?.startsWith(choice + '/'))"""

# A page without a map is drawn when its last part is there and all its pictures have loaded.
PAGE = """() => document.querySelector('{last}') && [...document.querySelectorAll('.stHtml img')]
 .every(i => i.complete && i.naturalWidth)"""


@dataclass
class Rival:
    """One app with its server; `drawn` is the script that says whether a choice is on screen."""

    name: str
    script: Path
    drawn: str
    first: str
    choices: list[tuple[str, str]]  # what is typed, and what is then shown
    server: Server = field(init=False)

    def start(self) -> None:
        self.server = Server(self.script)

    def visit(self, browser: Browser) -> Visit:
        return Visit(self, browser)


class Visit:
    """One browser page on a rival, with what came over its websocket."""

    def __init__(self, rival: Rival, browser: Browser) -> None:
        self.rival = rival
        # The page's policy lets no text run as a script, and waiting for a function is that.
        self.context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
        if rival.name == "stock":
            # Its foreign hosts do not exist here: Leaflet is served from the same package as
            # ours, and the rest, which it does not need to draw, is empty.
            self.context.route("**/*", _stand_in)
        self.page: Page = self.context.new_page()
        self.received: list[bytes] = []
        self.sent: list[str | bytes] = []
        self.page.on("websocket", self._listen)

    def _listen(self, socket) -> None:
        socket.on("framereceived", self._received)
        socket.on("framesent", self._sent)

    def _received(self, body: str | bytes) -> None:
        self.received.append(body if isinstance(body, bytes) else body.encode())

    def _sent(self, body: str | bytes) -> None:
        self.sent.append(body)

    def open(self, path: str = "", drawn: str = "") -> float:
        """Seconds from the visit to the first drawn view, or to what another page shows."""
        start = perf_counter()
        self.page.goto(f"{self.rival.server.url}/{path}", wait_until="commit")
        self.page.wait_for_function(
            drawn or self.rival.drawn, arg=self.rival.first, polling="raf", timeout=PATIENCE_MS
        )
        return perf_counter() - start

    def choose(self, typed: str, text: str, key: str = "measure", drawn: str = "") -> float:
        """Seconds from Enter on an option to its view on screen, by the page's own clock."""
        page = self.page
        page.evaluate(
            "for (const f of document.querySelectorAll('iframe')) f.contentWindow.__seen = true"
        )
        box = page.locator(f".st-key-{key} input")
        box.click()
        box.fill(typed)
        page.get_by_role("option").first.wait_for()
        page.wait_for_timeout(50)
        self.received.clear()
        self.sent.clear()
        page.evaluate(
            "addEventListener('keydown', e => { if (e.key === 'Enter')"
            " window.began = performance.now() }, {capture: true, once: true})"
        )
        box.press("Enter")
        ended = page.wait_for_function(
            f"choice => ({drawn or self.rival.drawn})(choice) && performance.now()",
            arg=text,
            polling="raf",
            timeout=PATIENCE_MS,
        ).json_value()
        return (ended - page.evaluate("window.began")) / 1000

    def close(self) -> None:
        self.context.close()


def map_bytes(frames: list[bytes]) -> int:
    """Bytes of the arguments of st_folium among the frames that a change brought."""
    total = 0
    for frame in frames:
        message = ForwardMsg()
        message.ParseFromString(frame)
        element = message.delta.new_element
        if element.HasField("component_instance"):
            total += len(element.component_instance.json_args)
            total += sum(
                len(arg.SerializeToString()) for arg in element.component_instance.special_args
            )
    return total


def _stand_in(route: Route) -> None:
    url = route.request.url
    if "localhost" in url:
        route.continue_()
    elif url.endswith(("leaflet.js", "leaflet.css")):
        route.fulfill(path=Path(leaflet.BASE_DIR) / url.rpartition("/")[2])
    else:
        route.fulfill(status=200, body="")


def rivals() -> list[Rival]:
    """Empty, ours and stock, with the same number of choices to walk through."""
    ours = [
        ("Urban share", "urbanization"),
        ("Broadband access ports", "broadband_ports_per_100"),
        ("Mobile internet traffic", "mobile_traffic_per_resident"),
        ("Industrial R&D personnel", "rd_personnel_per_10k"),
        ("Computers per 100", "computers_per_100_staff"),
    ]
    return [
        Rival(
            "empty", HERE / "empty.py", ECHO, "choice 0",
            [(f"choice {n}", f"choice {n}") for n in (31, 12, 23, 34, 15)],
        ),
        Rival("ours", ROOT / "app.py", OURS, DEFAULT_MEASURE, ours),
        Rival(
            "stock", HERE / "stock.py", STOCK, "internet_penetration",
            [(text, text) for _, text in ours],
        ),
    ]  # fmt: skip
