"""What the atlas says of a reader's own table: how it was read, its rows, its measures."""

from __future__ import annotations

from typing import Final

from geo.indicators import Measure
from geo.provinces import provinces
from geo.text import N_, Texts
from geo.upload import session
from geo.upload.columns import Column, Role
from geo.upload.notation import Decimal
from geo.upload.own import DIVISORS
from geo.upload.raw import echo
from geo.upload.rows import Fate, RowReport
from geo.upload.source import letter

PRIVATE: Final = N_(
    "Your tables stay in this browser session alone. They are not stored, and nobody else sees"
    " them; download the recipe to keep them."
)
NOT_IN_INDEX: Final = N_(
    "Own data stand on Map, Province, Compare, Briefing and Data. They do not enter the open"
    " index, which rests on official figures alone."
)
UNCHECKED: Final = N_("Own data, brought into this session; the atlas has not checked it")
ENCODINGS: Final = {  # their names are the same in both languages
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE",
    "gb18030": "GB18030",
}  # fmt: skip
DELIMITERS: Final = {
    "": N_("none"),
    "\t": N_("tab"),
    ",": N_("comma"),
    ";": N_("semicolon"),
    "|": N_("vertical bar"),
}
FATES: Final = {
    Fate.MATCHED: N_("Matched to a province"),
    Fate.BEYOND: N_("Hong Kong, Macao or Taiwan, beside the 31"),
    Fate.UNMATCHED: N_("Not matched: choose a province"),
    Fate.DOUBLED: N_("Doubled: choose which row to keep"),
    Fate.NO_YEAR: N_("Not used: its year cannot be read"),
    Fate.TOTAL: N_("Set aside: a total or a mean"),
    Fate.REGION: N_("Set aside: a region larger than a province"),
    Fate.NOTE: N_("Set aside: a note or a source"),
    Fate.LEFT_OUT: N_("Left out by you"),
    Fate.HEAD: N_("Heads"),
    Fate.UNITS: N_("Units"),
    Fate.TITLE: N_("Set aside: a title or a line over the heads"),
    Fate.BLANK: N_("Blank"),
}
ROLES: Final = {
    Role.PROVINCE: N_("Names the provinces"),
    Role.CODE: N_("Codes or numbers the rows"),
    Role.YEAR: N_("Year"),
    Role.FIGURES: N_("Figures"),
    Role.WORDS: N_("Words, not used"),
    Role.EMPTY: N_("Empty"),
}


def fate(row: RowReport, say: Texts) -> str:
    """What becomes of a row, with the name that matched it and the province that it means."""
    if row.fate is Fate.MATCHED:
        name = provinces()[row.adcode].name(say.lang)
        return say(N_("“{text}” is {province}"), text=echo(row.text), province=name)
    return say(FATES[row.fate])


def encoding(name: str, say: Texts) -> str:
    """The encoding of a text by its name; empty for a workbook, which has none to choose."""
    shown = ENCODINGS.get(name, "")
    if name == "utf-8-sig":
        return say(N_("{encoding} with byte order mark"), encoding=shown)
    return shown


def candidates(row: RowReport, say: Texts) -> list[str]:
    """The names of the provinces to choose from, nearest first."""
    return [provinces()[adcode].name(say.lang) for adcode in row.candidates]


def column(own: Column, say: Texts) -> str:
    """A column by its letters and its head."""
    if own.head.text == "":
        return say(N_("Column {letter}"), letter=letter(own.number))
    return say(N_("Column {letter}: {head}"), letter=letter(own.number), head=echo(own.head.text))


def notation(own: Column) -> str:
    """The notation of a column of figures, as an example that reads alike in both languages.

    >>> from geo.upload.heads import Head
    >>> notation(Column(2, Head("a", "a"), Role.FIGURES, Decimal.COMMA, "%"))
    '12,5%'
    """
    if own.decimal is None:
        return ""
    if own.suffix:
        example = "1.2" if own.suffix == "万" else "12.5"
        return example.replace(".", own.decimal) + own.suffix
    return "1,234.5" if own.decimal is Decimal.POINT else "1.234,5"


def definition(measure: Measure, say: Texts) -> str:
    """From what an own measure is reckoned, and from which table.

    Raises KeyError for a measure that is none of the session's own.
    """
    table, own = session.current().source(measure.id)
    name = table.raw.shown or say(N_("pasted table"))
    names = {series.key: series.name for series in table.understood.series}
    if own.per in DIVISORS:
        return say(
            N_("{series} {per}, from your own table “{table}”."),
            series=echo(names[own.series]),
            per=say(DIVISORS[own.per].name),
            table=echo(name),
        )
    if own.count:
        return say(
            N_("{above} ÷ {below}, both from your own table “{table}”."),
            above=echo(names[own.series]),
            below=echo(names[own.per[1:]]),
            table=echo(name),
        )
    series = echo(names[own.series])
    return say(N_("{series}, from your own table “{table}”."), series=series, table=echo(name))
