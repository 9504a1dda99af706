"""Upload a reader's table to the Data page and correct it there."""

from __future__ import annotations

from tests.browser.views import UPLOADED, VIEWS
from tests.geo.upload.yearbook import gdp_rows, text

OWN = ".st-key-uploads"
FIRST = "[class*='st-key-upload_0_'][class*='_{part}']"
UNKNOWN = "Xizng"


def yearbook() -> dict[str, object]:
    """A yearbook's table as Excel in China saves it, one name in it misspelt."""
    rows = gdp_rows()
    next(row for row in rows if row[0] == "西 藏")[0] = UNKNOWN
    body = text(rows).encode("gb18030")
    return {"name": "年鉴.csv", "mimeType": "text/csv", "buffer": body}


def find_field(atlas, part):
    return atlas.page.locator(FIRST.format(part=part)).first


def upload_table(atlas, lang="en"):
    """Open the page of data and give it the table."""
    atlas.open(f"data?lang={lang}")
    atlas.key("upload_file_0").locator("input").set_input_files(yearbook())
    atlas.key("upload_table_0").wait_for(timeout=60_000)
    atlas.page.get_by_text(UNKNOWN).first.wait_for()
    atlas.wait_settled()
    return atlas


def open_view(atlas, name, lang):
    """Open a view by its name, the one with an uploaded table too."""
    if name == UPLOADED:
        return upload_table(atlas, lang)
    return atlas.open(f"{VIEWS[name]}&lang={lang}")


def confirm_series(atlas, name):
    """Say which province the unknown name is, and what the figures are, all by keyboard."""
    correction = find_field(atlas, "row_").locator("input")
    correction.focus()
    atlas.page.keyboard.type("西藏")
    atlas.page.get_by_role("option").first.wait_for()
    atlas.page.keyboard.press("Enter")
    atlas.page.locator(f"{OWN} .atlas-note", has_text="31").first.wait_for()
    atlas.wait_settled()
    field = find_field(atlas, "name_").locator("input")
    field.focus()
    atlas.page.keyboard.press("Control+a")
    atlas.page.keyboard.type(name)
    find_field(atlas, "count_").locator("input").first.focus()
    atlas.page.keyboard.press("Space")
    atlas.wait_settled()
    per = find_field(atlas, "per_").locator("input")
    per.focus()
    atlas.page.keyboard.type("10,000")
    atlas.page.get_by_role("option").first.wait_for()
    atlas.page.keyboard.press("Enter")
    atlas.wait_settled()
    find_field(atlas, "make_").locator("button").focus()
    atlas.page.keyboard.press("Enter")
    atlas.page.locator("[class*='st-key-upload_line_']").first.wait_for(timeout=60_000)
