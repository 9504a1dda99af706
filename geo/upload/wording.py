"""The wording of uploaded tables: encodings, rows, columns and measures."""

from __future__ import annotations

from typing import Final

from geo.measures import Measure
from geo.text import N_, Translator
from geo.units import provinces
from geo.upload.columns import Column, ColumnRole
from geo.upload.files import column_letters, quote_for_message
from geo.upload.measures import DIVISORS, UploadedMeasure, years_without_divisor
from geo.upload.numbers import DecimalMark
from geo.upload.periods import format_period
from geo.upload.rows import RowOutcome, RowReport

KEPT_NOTE: Final = N_(
    "Your tables are shown to nobody else, unless you make a link to your workspace under “Your"
    " work”. This server stores them encrypted for {days} days after your last visit. The key is in"
    " a cookie of this browser: they come back when you reload the page."
)
KEPT_FOR_PERSON_NOTE: Final = N_(
    "Your tables are shown to nobody else, unless you make a link to your workspace under “Your"
    " work”. This server stores them encrypted until you delete them, under a key that it derives"
    " from your account: they come back wherever you sign in."
)
UNKEPT_NOTE: Final = N_(
    "Your tables are shown to nobody else. This server does not store them: a reload of the page"
    " loses them. Download the workspace file to go on later."
)
NOT_IN_INDEX: Final = N_(
    "Your data appear on Map, Province, Compare, Briefing and Data. They do not "
    "enter the open index, which uses only official data."
)
UNCHECKED_NOTE: Final = N_("Uploaded data; the atlas has not checked them")
YEARS_LISTED: Final = 12  # that a divisor lacks; a longer list ends with dots
ENCODING_NAMES: Final = {  # their names are the same in both languages
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE",
    "gb18030": "GB18030", "big5": "Big5", "big5hkscs": "Big5-HKSCS", "utf-32-le": "UTF-32 LE",
    "utf-32-be": "UTF-32 BE", "cp1252": "Windows-1252", "shift_jis": "Shift JIS",
    "euc_kr": "EUC-KR", "cp1251": "Windows-1251",
}  # fmt: skip
DELIMITER_NAMES: Final = {
    "": N_("none"),
    "\t": N_("tab"),
    ",": N_("comma"),
    ";": N_("semicolon"),
    "|": N_("vertical bar"),
    "，": N_("full-width comma"),
}
OUTCOME_NAMES: Final = {
    RowOutcome.MATCHED: N_("Matched to a province"),
    RowOutcome.BEYOND: N_("Hong Kong, Macao or Taiwan, beside the 31"),
    RowOutcome.UNMATCHED: N_("Not matched: choose a province"),
    RowOutcome.DOUBLED: N_("Duplicate: choose which row to keep"),
    RowOutcome.NO_YEAR: N_("Not used: its year cannot be read"),
    RowOutcome.TOTAL: N_("Skipped: total or mean"),
    RowOutcome.OTHER: N_("Skipped: beside the provinces"),
    RowOutcome.REGION: N_("Skipped: a region larger than a province"),
    RowOutcome.NOTE: N_("Skipped: a note or a source"),
    RowOutcome.LEFT_OUT: N_("Excluded by you"),
    RowOutcome.HEAD: N_("Headers"),
    RowOutcome.UNITS: N_("Units"),
    RowOutcome.TITLE: N_("Skipped: a title or a line over the headers"),
    RowOutcome.BLANK: N_("Blank"),
}
NOTATIONS: Final = {  # the same in both languages
    DecimalMark.POINT: "1,234.5", DecimalMark.COMMA: "1.234,5", DecimalMark.FOURS: "12,3456.5",
}  # fmt: skip
ROLE_NAMES: Final = {
    ColumnRole.PROVINCE: N_("Names the provinces"),
    ColumnRole.CODE: N_("Codes or numbers the rows"),
    ColumnRole.YEAR: N_("Year"),
    ColumnRole.KEY: N_("Tells series apart"),
    ColumnRole.UNIT: N_("Units"),
    ColumnRole.ASIDE: N_("Ranks, numbers or locates the rows"),
    ColumnRole.FIGURES: N_("Values"),
    ColumnRole.WORDS: N_("Words, not used"),
    ColumnRole.EMPTY: N_("Empty"),
}


def describe_outcome(row: RowReport, t: Translator) -> str:
    """Return the outcome of a row as text, with its name and the province that it matches."""
    if row.outcome is RowOutcome.MATCHED:
        name = provinces()[row.adcode].name_in(t.lang)
        return t(N_("“{text}” is {province}"), text=quote_for_message(row.text), province=name)
    return t(OUTCOME_NAMES[row.outcome])


def encoding_name(name: str, t: Translator) -> str:
    """Return the name of the encoding of a text; empty for a workbook, which has none."""
    text = ENCODING_NAMES.get(name, "")
    if name == "utf-8-sig":
        return t(N_("{encoding} with byte order mark"), encoding=text)
    return text


def candidate_names(row: RowReport, t: Translator) -> list[str]:
    """Return the names of the candidate provinces, nearest first."""
    return [provinces()[adcode].name_in(t.lang) for adcode in row.candidates]


def column_title(column: Column, t: Translator) -> str:
    """Return the letters and the head of a column."""
    if column.head.text == "":
        return t(N_("Column {letter}"), letter=column_letters(column.number))
    return t(
        N_("Column {letter}: {head}"),
        letter=column_letters(column.number),
        head=quote_for_message(column.head.text),
    )


def notation_example(column: Column) -> str:
    """Return an example of the notation of a column of values, the same in both languages.

    >>> from geo.upload.heads import ColumnHead
    >>> head = ColumnHead("a", "a")
    >>> notation_example(Column(2, head, ColumnRole.FIGURES, DecimalMark.COMMA, "%"))
    '12,5%'
    """
    if column.decimal is None:
        return ""
    if column.suffix:
        example = "1.2" if column.suffix == "万" else "12.5"
        mark = "," if column.decimal is DecimalMark.COMMA else "."
        return example.replace(".", mark) + column.suffix
    return NOTATIONS[column.decimal]


def uploaded_definition(measure: Measure, t: Translator) -> str:
    """Return how an uploaded measure is calculated, from which table, and its stated source.

    Raises TypeError for a measure that is not uploaded.
    """
    if not isinstance(measure, UploadedMeasure):
        raise TypeError(f"{measure.id} is not uploaded")
    text = _calculation_text(measure, t)
    source = measure.definition.source
    return (
        t(N_("{text} Source: {source}."), text=text, source=source.rstrip(".。"))
        if source
        else text
    )


def _calculation_text(measure: UploadedMeasure, t: Translator) -> str:
    definition = measure.definition
    name = measure.file_name or t(N_("pasted table"))
    names = {series.key: series.name for series in measure.understood.series}
    if definition.per in DIVISORS:
        text = t(
            N_("{series} {per}, from the uploaded table “{table}”."),
            series=quote_for_message(names[definition.series]),
            per=t(DIVISORS[definition.per].name),
            table=quote_for_message(name),
        )
        lacking = years_without_divisor(definition, measure.understood)
        if not lacking:
            return text
        listed = [format_period(year) for year in lacking[:YEARS_LISTED]]
        more = ["…"] if len(lacking) > YEARS_LISTED else []
        return t(
            N_("{text} The divisor has no values for {years}, which are excluded."),
            text=text,
            years=t.join_names([*listed, *more]),
        )
    if definition.is_quotient:
        return t(
            N_("{above} ÷ {below}, both from the uploaded table “{table}”."),
            above=quote_for_message(names[definition.series]),
            below=quote_for_message(names[definition.per[1:]]),
            table=quote_for_message(name),
        )
    series = quote_for_message(names[definition.series])
    return t(
        N_("{series}, from the uploaded table “{table}”."),
        series=series,
        table=quote_for_message(name),
    )
