"""Templates to fill in: provinces with codes and both names, and one column per measure."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from geo.tables import escape_formula, to_csv
from geo.text import LANGUAGES, N_, translator
from geo.units import Province, provinces
from geo.upload.limits import format_limit

HEADS: Final = ("adcode", "Province", "省份")
# Placeholder names of measures; a unit goes in brackets after the name.
MEASURES: Final = ("Measure 1 指标一 (unit 单位)", "Measure 2 指标二 (unit 单位)")
EXPLAINED: Final = (
    N_("Write one value for each province into the columns with a measure."),
    N_(
        "Put the name of the measure into its header, with the unit in brackets: "
        "Patents granted (items)."
    ),
    N_("For several years of one measure, give each year a column headed 2016, 2017 and so on."),
    N_("Leave a cell empty where there is no value. A zero is a value."),
    N_("Add columns for more measures; delete the rows and columns that are not needed."),
    N_(
        "Give counts as counts: the atlas asks what to divide them by before it maps them. Give"
        " percentages with their sign, or with % as the unit."
    ),
    N_("Names and codes may be in any order; one of the three columns is enough."),
    N_("A file may have up to {bytes}, {rows} rows and {columns} columns."),
)
WIDTH: Final = 90  # characters of the column with the explanation


def template_units(all_units: bool) -> list[Province]:
    """Return the 31 provinces, or all 34 units."""
    return [unit for unit in provinces().values() if all_units or unit.evaluated]


def template_rows(all_units: bool = False, measures: Sequence[str] = MEASURES) -> list[list[str]]:
    """Return heads and provinces, with the columns of the measures blank."""
    body = [
        [unit.adcode, unit.name_en, unit.short_zh, *("" for _ in measures)]
        for unit in template_units(all_units)
    ]
    return [[*HEADS, *measures], *body]


def template_csv(all_units: bool = False, measures: Sequence[str] = MEASURES) -> bytes:
    """Return the template as CSV, in UTF-8 with a byte order mark for spreadsheets."""
    return to_csv(template_rows(all_units, measures)).encode()


def template_xlsx(all_units: bool = False, measures: Sequence[str] = MEASURES) -> bytes:
    """Return the template as a workbook: the sheet to fill in, and one that explains it."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Data 数据"
    for row in template_rows(all_units, measures):
        sheet.append([escape_formula(cell) for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "D2"
    for column, width in enumerate((10, 18, 10, *(24 for _ in measures)), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    note = book.create_sheet("Explanation 说明")
    for lang, language in LANGUAGES.items():
        note.append([language.name])
        note.cell(note.max_row, 1).font = Font(bold=True)
        for line in template_instructions(lang):
            note.append([line])
        note.append([""])
    note.column_dimensions["A"].width = WIDTH
    for (cell,) in note.iter_rows():
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def template_instructions(lang: str) -> list[str]:
    """Return the instructions for the template, a sentence or two per line."""
    t = translator(lang)
    slots = {
        "bytes": format_limit("file_bytes"),
        "rows": format_limit("rows"),
        "columns": format_limit("columns"),
    }
    return [t(line, **slots) for line in EXPLAINED]
