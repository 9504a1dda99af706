"""Whose figures the atlas shows, where they were read, and on what terms.

The only module that answers this. Pages, captions, pictures, slides and files take a ``Source`` or
one of the lines below and lay it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import quote

from geo.analysis.map_review import TILES_NOTE, boundary_line, boundary_statement
from geo.analysis.registry import published_measures
from geo.index import IndexResult, counted_indicators, default_recipe, score_index
from geo.measures import REPORT_PREFIX, Measure, Scale, list_source, measure_name
from geo.tables import dataset
from geo.text import N_, Translator
from geo.units import BOUNDARIES_FILE
from geo.upload import UploadedMeasure, quote_for_message

ATLAS_NAME: Final = N_("Digital China Atlas")
REPORT_ISSUER: Final = N_("Cyberspace Administration of China")

TERMS_OF_FIGURES: Final = N_(
    "Data: as published by the bodies that each source names. Cite them when you use "
    "a value; their own terms apply."
)

NAMED_BODIES: Final = 2  # in a short line; more are counted
# A measure with the years of it that are shown.
ShownMeasure = tuple[Measure, Sequence[int]]


@dataclass(frozen=True)
class Licence:
    """A licence: its SPDX identifier, its title, and the file with its text and its owners."""

    id: str
    title: str
    notice: Path


BOUNDARY_LICENCE: Final = Licence("MIT", "MIT License", BOUNDARIES_FILE.parent / "NOTICE")


@dataclass(frozen=True)
class SourceFile:
    """The file of a public copy, as ``data/source_files.csv`` records it.

    repository: owner and name on GitHub. commit: 40 hexadecimal digits. committed: the date of the
    commit. sha256: of the file. read_on: the day on which the file was read and held the values of
    the atlas.
    """

    repository: str
    commit: str
    committed: date
    path: str
    sha256: str
    read_on: date

    @property
    def address(self) -> str:
        """The URL of the file as it was at the commit."""
        return f"https://github.com/{self.repository}/blob/{self.commit}/{quote(self.path)}"


@dataclass(frozen=True)
class Source:
    """The source of a published series, or of the list of an edition of the report.

    key: of the series in the catalogue, or of the measure of the list; unit: as the issuing body
    prints it ('' for ranks); years: first and last. Texts are in both languages: issuer is who
    published the figures, via the public copy that they were read from ('' for a list, whose
    issuer says it), note the caveats ('' for none). url: where the issuing body publishes the
    table; table_code, series_code: as that body codes them; '' where the tables of the atlas do not
    record one. file: the public copy; None if its file is not recorded.
    """

    key: str
    name_en: str
    name_zh: str
    unit: str
    years: tuple[int, int]
    issuer_en: str
    issuer_zh: str
    via_en: str = ""
    via_zh: str = ""
    note_en: str = ""
    note_zh: str = ""
    url: str = ""
    table_code: str = ""
    series_code: str = ""
    file: SourceFile | None = None

    def title(self, t: Translator) -> str:
        """Return the name of the series or list."""
        if self.key.startswith(REPORT_PREFIX):
            return measure_name(published_measures()[self.key], t)
        return t.localized(self, "name")

    def issuer(self, t: Translator) -> str:
        """Return who published the figures."""
        return t.localized(self, "issuer")

    def via(self, t: Translator) -> str:
        """Return the public copy that the figures were read from; empty for a list."""
        return t.localized(self, "via")

    def note(self, t: Translator) -> str:
        """Return the caveats; empty if there are none."""
        return t.localized(self, "note")


def sources_of(measure: Measure, years: Iterable[int] | None = None) -> tuple[Source, ...]:
    """Return the published sources of a measure in some of its years, or in all, each once.

    Of a published list, its editions. Of an indicator, its series, the same in all years. Of the
    open index, the series of every indicator that counts in one of the years. None for an uploaded
    measure. Raises KeyError for a year that a list lacks.
    """
    measures_shown = measure.years if years is None else years
    if measure.kind == "report":
        return tuple(edition_source(measure.dimension, year) for year in measures_shown)
    if measure.kind == "index":
        results = [score_index(default_recipe(year), year) for year in measures_shown]
        return sources_of_indicators(
            indicator
            for result in results
            for indicator in counted_indicators(result, measure.dimension)
        )
    return sources_of_indicators([measure])


def sources_of_indicators(indicators: Iterable[Measure]) -> tuple[Source, ...]:
    """Return the published series behind some indicators, each once."""
    keys = dict.fromkeys(key for indicator in indicators for key in indicator.series_ids)
    return tuple(series_source(key) for key in keys)


def all_sources() -> tuple[Source, ...]:
    """Return every source of the atlas: the editions of each list, then the series."""
    lists = [measure for measure in published_measures().values() if measure.kind == "report"]
    return (
        *(source for measure in lists for source in sources_of(measure)),
        *(series_source(str(key)) for key in dataset().catalogue.index),
    )


@cache
def series_source(key: str) -> Source:
    """Return one published series of the catalogue. Raises KeyError for an unknown one."""
    row = dataset().catalogue.loc[key]
    return Source(
        key=key,
        name_en=row["name_en"],
        name_zh=row["name_zh"],
        unit=str(row["published_unit"]),
        years=(int(row["first_year"]), int(row["last_year"])),
        issuer_en=row["source_en"],
        issuer_zh=row["source_zh"],
        via_en=row["via_en"],
        via_zh=row["via_zh"],
        note_en=row["note_en"],
        note_zh=row["note_zh"],
        url=row["source_url"],
        table_code=row["table_code"],
        series_code=row["series_code"],
        file=_source_file(row["file"]) if row["file"] else None,
    )


@cache
def _source_file(name: str) -> SourceFile:
    """Return the file of a public copy by its key. Raises KeyError for an unknown one."""
    row = dataset().source_files.loc[name]
    return SourceFile(
        repository=row["repository"],
        commit=row["commit"],
        committed=date.fromisoformat(row["committed"]),
        path=row["path"],
        sha256=row["sha256"],
        read_on=date.fromisoformat(row["read_on"]),
    )


@cache
def edition_source(dimension: str, edition: int) -> Source:
    """Return the source of the list of an edition.

    dimension: a dimension, or ``comprehensive``. Raises KeyError for a list that is not published.
    """
    measure = published_measures()[REPORT_PREFIX + dimension]
    if edition not in measure.years:
        raise KeyError(f"{measure.id} has no edition {edition}")
    read = list_source(dimension, edition)
    return Source(
        key=measure.id,
        name_en=measure.name_en,
        name_zh=measure.name_zh,
        unit="",
        years=(edition, edition),
        issuer_en=read.en,
        issuer_zh=read.zh,
    )


def issuer_name(measure: Measure, t: Translator) -> str:
    """Return who published the values, or calculated the index."""
    if measure.kind == "index":
        return t(ATLAS_NAME)
    if measure.kind == "report" and not _is_secondhand(measure):
        return t(REPORT_ISSUER)
    return issuing_bodies(sources_of(measure), t)


def source_name(measure: Measure, t: Translator) -> str:
    """Return who published the values and where, or the inputs of the index."""
    if measure.kind == "index":
        return t(N_("Calculated by this atlas from open indicators; not the report’s index"))
    read = _join_once(source_texts(measure, measure.years, t), t)
    if measure.kind == "report" and not _is_secondhand(measure):
        return t(N_("{issuer}: {read}"), issuer=t(REPORT_ISSUER), read=read)
    return read


def _is_secondhand(measure: Measure) -> bool:
    """Return whether the list is known only from a provincial notice, not from the report."""
    return all(measure.snapshot(year).scale is Scale.AMONG_TEN for year in measure.years)


def issuing_bodies(sources: Iterable[Source], t: Translator) -> str:
    """Return the bodies that issued some sources, each once."""
    return _join_once((source.issuer(t) for source in sources), t)


def describe_source(source: Source, t: Translator) -> str:
    """Return a source as sentences: the issuing body, where it was read, and its caveats."""
    issuer, via, note = source.issuer(t), source.via(t), source.note(t)
    if via:
        issuer = t(N_("{source}. Read from: {via}."), source=issuer, via=via)
    return t.join_sentences([issuer, note])


def source_texts(measure: Measure, years: Iterable[int], t: Translator) -> list[str]:
    """Return whose figures a measure shows in some years, one text for each source.

    A series names the public copy that it was read from; the open index is one text with the
    bodies that issue its inputs.
    """
    if isinstance(measure, UploadedMeasure):
        return [_own_source(measure, t)]
    sources = sources_of(measure, years)
    if measure.kind == "index":
        return [_describe_open_index(sources, t)]
    return [_name_with_copy(source, t) for source in sources]


def _name_with_copy(source: Source, t: Translator) -> str:
    issuer, via = source.issuer(t), source.via(t)
    return t(N_("{source} ({via})"), source=issuer, via=via) if via else issuer


def _describe_open_index(inputs: Iterable[Source], t: Translator) -> str:
    return t(
        N_("open index of this atlas, calculated from data in public copies: {bodies}"),
        bodies=issuing_bodies(inputs, t),
    )


def source_line(measures_shown: Iterable[ShownMeasure], t: Translator) -> str:
    """Return the source line of measures, each with its years; every source appears once.

    If a value was not read at its issuing body, the line names the public copy it was read from.
    """
    return _figures_line(
        (text for measure, years in measures_shown for text in source_texts(measure, years, t)), t
    )


def index_source_line(result: IndexResult, part: str, t: Translator) -> str:
    """Return the source line of an open index by any recipe, or of one of its dimensions."""
    inputs = sources_of_indicators(counted_indicators(result, part))
    return _figures_line([_describe_open_index(inputs, t)], t)


def profile_source_line(
    dimension: str, edition: int, indicators: Iterable[Measure], t: Translator
) -> str:
    """Return the source line of the list of an edition and many indicators."""
    read = t(
        N_("data from public copies: {bodies}"),
        bodies=issuing_bodies(sources_of_indicators(indicators), t),
    )
    return _figures_line([edition_source(dimension, edition).issuer(t), read], t)


def credit_line(
    measures_shown: Iterable[ShownMeasure], t: Translator, is_grid: bool = False
) -> str:
    """Return the short line under maps: the issuing bodies, and the credit of the boundaries.

    Where the values were read is shown with the definition of the measure. is_grid: whether tiles
    are shown in place of boundaries, which the line then says.
    """
    boundaries = t(TILES_NOTE) if is_grid else boundary_line(t)
    return t.join_sentences([issuer_line(measures_shown, t), boundaries])


def issuer_line(
    measures_shown: Iterable[ShownMeasure], t: Translator, is_short: bool = False
) -> str:
    """Return the issuing bodies of measures, each with its years, without the copies read.

    is_short: in few words: each body without its publication, and many bodies by their number.
    """
    shown = list(measures_shown)
    if not is_short:
        return _figures_line((_short_text(measure, years, t) for measure, years in shown), t)
    texts: list[str] = []
    for measure, years in shown:
        if measure.kind == "indicator":
            texts += [_body_name(source.issuer(t)) for source in sources_of(measure, years)]
        elif measure.kind == "report":
            texts.append(t(N_("Digital China report")))
        elif measure.kind == "index":
            texts.append(t(N_("open index of this atlas")))
        else:
            texts.append(t(N_("uploaded data")))
    return _figures_line(_shorten_bodies(dict.fromkeys(texts), t), t)


def _body_name(issuer: str) -> str:
    """Return a body without its publication.

    >>> _body_name("National Bureau of Statistics of China, National Data, annual data by province")
    'National Bureau of Statistics of China'
    >>> _body_name("国家统计局 国家数据 分省年度数据")
    '国家统计局'
    """
    return re.split(r", | (?=[\u4e00-\u9fff])", issuer)[0]


def _shorten_bodies(names: Iterable[str], t: Translator) -> list[str]:
    """Return the names of up to two bodies, or the first and the number of the others."""
    listed = list(names)
    if len(listed) <= NAMED_BODIES:
        return listed
    message = N_("{body} and {count} others")
    return [t(message, body=listed[0], count=len(listed) - 1)]


def profile_issuer_line(
    dimension: str,
    edition: int,
    indicators: Iterable[Measure],
    t: Translator,
    is_short: bool = False,
) -> str:
    """Return the list of an edition and the number of bodies behind many indicators.

    is_short: with the name of the report alone.
    """
    sources = sources_of_indicators(indicators)
    bodies = {_body_name(source.issuer(t)) for source in sources}
    report = _body_name(edition_source(dimension, edition).issuer(t))
    if is_short:
        report = t(N_("Digital China report"))
    text = t(N_("{report}; open indicators of {count} bodies"), report=report, count=len(bodies))
    return _figures_line([text], t)


def _short_text(measure: Measure, years: Iterable[int], t: Translator) -> str:
    if measure.kind == "index":
        return t(N_("open index of this atlas, from the indicators of the six dimensions"))
    if isinstance(measure, UploadedMeasure):
        return _own_source(measure, t)
    return issuing_bodies(sources_of(measure, years), t)


def _own_source(measure: UploadedMeasure, t: Translator) -> str:
    """The source that the reader typed, else that the data are uploaded."""
    return quote_for_message(measure.definition.source) or t(N_("uploaded data"))


def licence_lines(t: Translator) -> list[str]:
    """Return whose the figures and the boundaries of a file are, and on what terms."""
    return [t(TERMS_OF_FIGURES), boundary_statement(t)]


def _figures_line(texts: Iterable[str], t: Translator) -> str:
    return t(N_("Data: {source}."), source=_join_once(texts, t))


def _join_once(texts: Iterable[str], t: Translator) -> str:
    """Join texts that contain commas, each once."""
    return t.join_clauses(dict.fromkeys(texts))
