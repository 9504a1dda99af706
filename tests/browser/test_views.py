"""Each view of the atlas, opened once in each language: accessibility, widths, policy, pictures."""

from __future__ import annotations

from functools import partial

import pytest

from tests.browser.uploading import OWN, open_view, upload_table
from tests.browser.views import SIZES, UPLOADED
from tests.cases import ALL_CASES

CHECKED = [
    "first", "province",
    "province-110000", "province-540000", "province-810000",
    "dimension-technology_industry", "dimension-national",
    "compare-provinces", "compare-years-of-one", "compare-scatter", "compare-scatter-report",
    "compare-both", "compare-indexed",
    "index-result", "index-sure", "index-takes", "index-agreement", "index-method",
    "data", "data-report", "data-facts", UPLOADED, "work",
    "briefing-map_ranking", "briefing-profile",
]  # fmt: skip
PHONE = SIZES[2]
# Between two languages every view meets every width; the phone's in both.
WIDTHS = (
    [SIZES[0], (1260, 700), (800, 700), PHONE],
    [SIZES[1], (1024, 700), PHONE],
)
# Sections that are closed at first, and hold what is to be checked too: the first of each kind.
SECTIONS = ("#missing", ".st-key-cite", ".entries", ".st-key-uploads")

# What reaches over the right edge of the window, outside of what scrolls by itself.
FIND_WIDE = """width => {
  const main = document.querySelector('[data-testid=stMain]');
  const wide = [...document.querySelectorAll(
    'h1:not(.unseen), h2, iframe, img.sheet, .legend, .ranking, .panel, .square, .stVegaLiteChart,'
    + ' .stHtml > *, .stHtml section, .stHtml h3, .small-maps a, .rows .row, .entries summary')]
    .filter(e => e.getBoundingClientRect().right > width + 1 && !e.closest('.wide'))
    .map(e => e.outerHTML.slice(0, 120));
  return [...wide, ...(main.scrollWidth > width ? [`main: ${main.scrollWidth}`] : [])];
}"""
# Links of the row of pages that touch what stands beside them in the header.
FIND_COVERED = """() => {
  const box = e => e.getBoundingClientRect();
  const parts = ['.st-key-lang', '.st-key-find_province', '.share-bar']
    .map(name => box(document.querySelector(name)));
  return [...document.querySelectorAll('.nav a')].filter(a => {
    const link = box(a);
    return parts.some(part => link.right > part.left && link.left < part.right
      && link.bottom > part.top && link.top < part.bottom);
  }).map(a => a.innerText);
}"""


@pytest.mark.parametrize("name", CHECKED)
def test_a_view_is_accessible_fits_every_width_and_keeps_its_policy(visit, name):
    atlas = visit().page()
    open_view(atlas, name, "en")
    turn = CHECKED.index(name) % 2
    check_widths(atlas, widths_of(turn))
    check_accessibility(atlas)
    atlas.switch_language("zh")
    check_widths(atlas, widths_of(1 - turn))
    atlas.resize(*SIZES[0])
    check_accessibility(atlas)
    assert atlas.find_violations() == []


def widths_of(turn):
    return [*WIDTHS[0], *WIDTHS[1]] if ALL_CASES else WIDTHS[turn]


def check_widths(atlas, widths):
    """Fail where anything stays too wide or covered; the last width is a phone's."""
    for width, height in widths:
        atlas.resize(width, height)
        # A chart follows its column only after a while, longer on a busy machine.
        atlas.wait_for_none(partial(find_faults, atlas, width))


def find_faults(atlas, width):
    return [
        (width, fault)
        for fault in (*atlas.page.evaluate(FIND_WIDE, width), *atlas.page.evaluate(FIND_COVERED))
    ]


def check_accessibility(atlas):
    """Fail when axe finds anything serious, once sections are open and tooltips have been up."""
    for chart in atlas.page.locator(".stVegaLiteChart").all():
        chart.hover()  # tooltips are styled by a sheet of their own
    for section in SECTIONS:
        closed = atlas.page.locator(f"{section} details:not([open]) > summary")
        if closed.count():
            closed.first.click()
    for place in (atlas.page, atlas.frame):
        assert place is None or atlas.serious(place) == []


def test_streamlits_own_words_are_not_seen_beside_ours(visit):
    atlas = upload_table(visit().page(), "zh")
    word = atlas.page.locator(OWN).get_by_text("Upload", exact=True)
    sizes = word.evaluate_all("all => all.map(e => getComputedStyle(e).fontSize)")
    assert set(sizes) == {"0px"}
