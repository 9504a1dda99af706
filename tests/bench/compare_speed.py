"""Two maps side by side: how long a change of either measure takes, and what it sends."""

from __future__ import annotations

from collections import defaultdict
from statistics import median

from playwright.sync_api import Browser

from geo.maps import web_assets
from tests.bench.rival import Rival, map_bytes
from tests.bench.row import Row

PATH = "compare?view=maps&lang=en&measure=gdp_per_capita&year=2020&measure2=urbanization&year2=2020"
# What is chosen, by which picker, and what both maps and the table then show.
CHOICES = (
    ("measure", "Broadband access ports", "broadband_ports_per_100/2020+"),
    ("measure2", "Mobile internet traffic", "+mobile_traffic_per_resident/2020"),
    ("measure", "Computers per 100", "computers_per_100_staff/2020+"),
    ("measure2", "Tertiary industry share", "+tertiary_share_gdp/2020"),
    ("measure", "Residents per km", "population_density/2020+"),
)
DRAWN = """choice => document.querySelector('.st-key-pair [data-shows]')?.dataset.shows
 .includes(choice) && [...document.querySelectorAll('iframe')].some(f =>
   f.contentDocument?.documentElement?.dataset.painted?.includes(choice))"""
ROUNDS = 4
MOST_RATIO = 2.5
MOST_BYTES = 20_000


def compare_speed(browser: Browser, fleet: list[Rival]) -> list[Row]:
    """A change of either measure beside the empty page; bytes of the maps; the geometry."""
    empty, ours = (next(r for r in fleet if r.name == name) for name in ("empty", "ours"))
    seconds: dict[str, list[float]] = defaultdict(list)
    largest = 0
    blank, pair = empty.visit(browser), ours.visit(browser)
    blank.open()
    pair.page.on("request", lambda request: fetched.append(request.url))
    fetched: list[str] = []
    pair.page.goto(f"{ours.server.url}/{PATH}")
    pair.page.wait_for_function(DRAWN, arg="gdp_per_capita/2020", polling="raf")
    for number in range(ROUNDS):
        for step, (key, typed, text) in enumerate(CHOICES):
            for visit, choice in (
                (blank, empty.choices[step]),
                (pair, (typed, text, key, DRAWN)),
            ):
                took = visit.choose(*choice)
                visit.page.wait_for_timeout(250)
                if number:
                    seconds[visit.rival.name].append(took)
            if number:
                largest = max(largest, map_bytes(pair.received))
    geometry = [url for url in fetched if web_assets()["boundaries.js"].path in url]
    blank.close()
    pair.close()
    time = {name: median(values) for name, values in seconds.items()}
    ratio = time["ours"] / time["empty"]
    return [
        Row(
            "change of either measure of two maps, the third with them",
            *(f"{time[name] * 1000:.0f} ms" for name in ("empty", "ours")),
            "",
            f"{ratio:.2f} times empty",
            f"at most {MOST_RATIO}",
            ratio <= MOST_RATIO,
        ),
        Row(
            "of it for the maps (largest); the geometry of all",
            "",
            f"{largest / 1000:.1f} kB; fetched {len(geometry)} time",
            "",
            "",
            f"at most {MOST_BYTES / 1000:.0f} kB; once",
            largest <= MOST_BYTES and len(geometry) == 1,
        ),
    ]
