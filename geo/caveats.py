"""What must be said beside a picture or a slide: a sentence each, with its figures traced."""

from __future__ import annotations

from geo import change, indexwords, openindex, strengths, wording
from geo.cells import Snapshot, Status
from geo.index.notes import WHOSE
from geo.index.recipe import named_recipes
from geo.indicators import Measure
from geo.provinces import provinces
from geo.sentences import Pen, Sentence, name
from geo.text import N_, Texts


def of_measure(measure: Measure, own: Snapshot, say: Texts) -> tuple[Sentence, ...]:
    """What a reader must know of a measure and its cells.

    Whose the open index is, on what it rests and how it agrees with the report; what kind of list
    is published; which figures are doubtful and which are missing; that money is of the year.
    """
    if measure.kind == "report":
        return (plain(say(wording.SCALE_NOTES[own.scale])),)
    if measure.kind == "index":
        return (*_whose(measure, own.year, say), *_missing(measure, own, say))
    found = [*_missing(measure, own, say), *_doubtful(measure, own, say)]
    if change.nominal(measure):
        found.append(plain(say(N_("At current prices: changes over the years are nominal."))))
    caveat = wording.remark(measure.caveat, say)
    return (*found, plain(caveat)) if caveat else tuple(found)


def of_profile(adcode: str, year: int, say: Texts) -> tuple[Sentence, ...]:
    """By what rule a province's strong indicators are chosen, and whose the open index is."""
    if not provinces()[adcode].evaluated:
        return (plain(say(wording.STATUS_NOTES[Status.NOT_EVALUATED])),)
    rule = say(strengths.RULE, year=year, count=strengths.COUNT, leading=strengths.LEADING)
    return plain(rule), plain(say(WHOSE))


def plain(text: str) -> Sentence:
    """A sentence without figures of cells in it."""
    return Sentence(text, ())


def _whose(measure: Measure, year: int, say: Texts) -> list[Sentence]:
    found = [
        plain(say(WHOSE)),
        plain(say(N_("{words}."), words=indexwords.reckoning(measure, year, say))),
    ]
    if measure.dimension == openindex.WHOLE:
        default = named_recipes()["default"]
        found.append(plain(say(default.note)))
    agreed = indexwords.with_report(measure, year)
    if agreed is not None:
        pen = Pen(say)
        ranked = (measure, year, "")
        found.append(
            pen.done(
                N_(
                    "Of the {of} provinces that the report of {edition} publishes here, {ours} are"
                    " among the first ten of the open index; of gross regional product per head,"
                    " {wealth}; of ten drawn by lot, {chance} on average."
                ),
                of=pen.keep(agreed.published, *ranked, "published"),
                edition=indexwords.EDITION,
                ours=pen.keep(agreed.ours, *ranked, "agreed"),
                wealth=pen.keep(agreed.wealth, *ranked, "agreed wealth"),
                chance=pen.keep(say.number(agreed.chance, 1), *ranked, "agreed chance"),
            )
        )
    return found


def _missing(measure: Measure, own: Snapshot, say: Texts) -> list[Sentence]:
    """Which of the 31 have no figure or no score."""
    found = []
    for status in (Status.NOT_PUBLISHED, Status.TOO_FEW):
        cells = [cell for cell in own.cells.values() if cell.status is status]
        if cells:
            names = say.listing([name(cell.adcode, say) for cell in cells])
            message = N_("{status}: {names}.")
            found.append(plain(say(message, status=wording.status(status, say), names=names)))
    return found


def _doubtful(measure: Measure, own: Snapshot, say: Texts) -> list[Sentence]:
    """Which figures look wrong, and why."""
    cells = [cell for cell in own.cells.values() if wording.is_doubtful(cell)]
    if not cells:
        return []
    listed = [
        say(
            N_("{name} ({reason})"),
            name=name(cell.adcode, say),
            reason=say(N_("; ")).join(wording.remark(why, say) for why in cell.remarks),
        )
        for cell in cells
    ]
    return [plain(say(N_("Doubtful as published, and kept: {list}."), list=say.listing(listed)))]
