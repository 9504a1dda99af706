"""Take pictures of every page in both languages at three sizes: ``make screenshots``.

They go into .build/screenshots, to be looked at. README's picture is one of them.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from geo.analysis import LINE_MODES
from geo.measures import dimension_ids
from geo.pictures import FIGURE_NAMES
from tests.browser.atlas import Visit
from tests.browser.brought import OWN, bring
from tests.chromium import FLAGS, find
from tests.server import ROOT, Server

SIZES = ((1440, 900), (1280, 720), (390, 844))
VIEWS = {
    "first": "",
    "report-named": "&year=2020&province=440000",
    "report-partial": "&measure=report_industrial_digitalization&year=2018",
    "report-among-ten": "&measure=report_policy_environment&province=350000",
    "indicator": "&measure=gdp_per_capita&year=2020",
    "province": "&measure=software_revenue_share_gdp&year=2021&province=150000",
    "seven-classes": "&measure=telecom_volume_per_resident&year=2018&classes=7&province=310000",
    "hong-kong": "&measure=internet_penetration&year=2020&province=810000",
    "wrong-address": "&measure=nonsense&province=Atlantis",
}
DRILLDOWNS = {
    **{
        f"province-{name}": f"province?province={name}&provinces=440000,310000"
        for name in ("110000", "520000", "540000", "810000")
    },
    **{f"index-{tab}": f"index?tab={tab}&province=520000" for tab in ("result", "sure", "takes")},
    "index-agreement": "index?tab=agreement",
    "index-method": "index?tab=method",
    "index-own": "index?recipe=1~weighting-own~dimension_weights-policy_environment.0",
    **{
        f"dimension-{name}": f"dimension?dimension={name}&provinces=110000"
        for name in dimension_ids()
    },
}
COMPARED = "provinces=110000,440000,520000,650000"
DRILLDOWNS |= {
    "compare-provinces": f"compare?{COMPARED}",
    "compare-two": "compare?provinces=440000,520000",
    "compare-years-of-one": f"compare?view=maps&measure=urbanization&year=2016"
    f"&measure2=urbanization&{COMPARED}",
    "compare-report": f"compare?view=maps&{COMPARED}",
    "compare-unlocked": f"compare?view=maps&measure=gdp_per_capita&classed=own&{COMPARED}",
    "compare-scatter": f"compare?view=scatter&measure=gdp_per_capita&{COMPARED}",
    "compare-scatter-report": f"compare?view=scatter&{COMPARED}",
    "compare-both": f"compare?view=both&measure=gdp_per_capita&{COMPARED}",
    **{
        f"compare-{course}": f"compare?view=years&course={course}&measure=gdp_per_capita&{COMPARED}"
        for course in LINE_MODES
    },
}
DRILLDOWNS |= {
    "data": "data?measure=software_revenue_share_gdp&year=2021",
    "data-report": "data?rows=rank",
    "data-index": "data?measure=index_network_security&find=software",
    "data-facts": "data?listed=facts&group=context",
}
DRILLDOWNS |= {
    "briefing": "briefing?measure=gdp_per_capita&year=2020&province=440000",
    **{
        f"briefing-{kind}": f"briefing?kind={kind}&measure=gdp_per_capita&year=2020&{COMPARED}"
        "&province=440000&measure2=urbanization&words=both"
        for kind in FIGURE_NAMES
    },
}
BROUGHT = "data-own"
SHOWN_LAST = (
    ".st-key-mentions, .st-key-facts, .st-key-outcome table, .st-key-compare_choices,"
    " .st-key-report_facts, img.sheet"
)
PICTURES_READY = "[...document.images].every(one => one.complete)"
README_PICTURE = ("province", "en", 1440)


def main(lines: list[str]) -> None:
    target = ROOT / ".build" / "screenshots"
    target.mkdir(parents=True, exist_ok=True)
    server = Server(ROOT / "app.py")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        for name in (*VIEWS, *DRILLDOWNS, BROUGHT):
            if lines and name not in lines:
                continue
            for lang in ("en", "zh"):
                for width, height in SIZES:
                    picture = target / f"{name}-{lang}-{width}.png"
                    visit = Visit(browser, server.url, width, height)
                    shoot(visit, name, lang, picture)
                    if (name, lang, width) == README_PICTURE:
                        shutil.copy(picture, ROOT / "docs" / "map-en.png")
        browser.close()
    server.close()
    print(f"{target}: {len(list(target.glob('*.png')))} pictures")


def shoot(visit: Visit, name: str, lang: str, picture: Path) -> None:
    """One picture of a page, of all that it scrolls to on a narrow screen or where it is whole."""
    atlas = visit.page()
    if name in VIEWS:
        atlas.open(f"?{VIEWS[name]}&lang={lang}")
    elif name == BROUGHT:
        bring(atlas, lang)
    else:
        atlas.open_page(f"{DRILLDOWNS[name]}&lang={lang}", SHOWN_LAST)
        atlas.until(lambda: atlas.page.evaluate(PICTURES_READY), "the pictures")
    atlas.page.wait_for_timeout(600)
    main_part = "document.querySelector('[data-testid=stMain]').scrollHeight"
    size = atlas.page.viewport_size
    if name not in VIEWS or size["width"] < 600:
        atlas.page.set_viewport_size({**size, "height": atlas.page.evaluate(main_part)})
        atlas.page.wait_for_timeout(600)
    result = atlas.page.locator(OWN) if name == BROUGHT else atlas.page
    result.screenshot(path=picture)
    visit.context.close()


if __name__ == "__main__":
    main(sys.argv[1:])
