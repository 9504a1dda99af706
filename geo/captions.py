"""The words of a picture or a slide: title, subtitle, alternative text, source, notes.

All are made here, so that a picture, a slide, a page and an address say the same. Titles and
notes are ``Sentence``s: every number in them comes with the cell that it was read from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo import alttext, attribution, caveats, wording
from geo.choropleth import Choropleth, choropleth
from geo.indicators import Measure
from geo.measures import snapshot
from geo.openindex import WHOLE
from geo.profile import index_standings
from geo.report import sources
from geo.sentences import Sentence, joined, name, portrait, titles
from geo.text import N_, Texts


@dataclass(frozen=True)
class Caption:
    """What stands around a picture.

    title: one short sentence without a full stop. subtitle: measure, unit and year. alt: the
    alternative text. source: whose the figures are and where they were read. notes: what must be
    said besides, the most important first, the credit of the boundaries last.
    """

    title: Sentence
    subtitle: str
    alt: Sentence
    source: str
    notes: tuple[Sentence, ...]


def caption(
    measure: Measure, year: int, say: Texts, province: str = "", drawn: Choropleth | None = None
) -> Caption:
    """The words of a map of a measure in a year that it has.

    province: the one that is outlined ('' for none). drawn: the map with the reader's classes;
    without it, the default ones. Raises KeyError for a year that the measure does not have.
    """
    shown = drawn or choropleth(snapshot(measure.id, year))
    return Caption(
        title=titles.of_map(measure, year, say, province),
        subtitle=subtitle(measure, year, say),
        alt=alttext.of_map(shown, measure, say, province),
        source=attribution.figures(measure, year, say, where=True),
        notes=(*caveats.of_measure(measure, shown.snapshot, say), _boundaries(say)),
    )


def subtitle(measure: Measure, year: int, say: Texts) -> str:
    """Measure, unit and year; for ranks, of which edition and among how many."""
    title = wording.titled(measure, say)
    if measure.kind == "report":
        return say(N_("{measure}, published ranks, edition of {year}"), measure=title, year=year)
    return say(N_("{measure}, {year}"), measure=title, year=year)


def profile_caption(adcode: str, year: int, say: Texts) -> Caption:
    """The words of a province's profile; year: the one preferred where a measure has it."""
    parts = portrait(adcode, year, say)
    behind = [own.measure for own in index_standings(adcode, year)]
    published = wording.remark(sources(WHOLE, titles.EDITION), say)
    official = attribution.official(behind, say) if behind else ""
    source = say(N_("; ")).join(filter(None, (published, official)))
    return Caption(
        title=titles.of_profile(adcode, year, say),
        subtitle=say(
            N_("{name}: the report’s lists of {edition}, open indicators of {year} or nearest"),
            name=name(adcode, say),
            edition=titles.EDITION,
            year=year,
        ),
        alt=joined(parts, say),
        source=say(N_("Figures: {source}."), source=source),
        notes=(*caveats.of_profile(adcode, year, say), _boundaries(say)),
    )


def comparison_caption(measure: Measure, year: int, chosen: Sequence[str], say: Texts) -> Caption:
    """The words of a comparison of chosen provinces (adcodes, at least one) in a measure."""
    own = snapshot(measure.id, year)
    return Caption(
        title=titles.of_comparison(measure, year, chosen, say),
        subtitle=subtitle(measure, year, say),
        alt=alttext.of_comparison([own.cells[adcode] for adcode in chosen], measure, year, say),
        source=attribution.figures(measure, year, say, where=True),
        notes=caveats.of_measure(measure, own, say),
    )


def _boundaries(say: Texts) -> Sentence:
    return caveats.plain(attribution.boundaries(say))
