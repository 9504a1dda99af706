"""What must be known of a picture: whose reckoning, doubtful figures, prices, boundaries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from geo import openindex, wording
from geo.captions.sources import BOUNDARIES
from geo.cells import Snapshot, Status
from geo.change import nominal
from geo.index.agreement import Agreement, agreement
from geo.index.model import IndexResult
from geo.index.recipe import named_recipes
from geo.indicators import Measure, indicators
from geo.sentences import Pen, Sentence, name
from geo.text import N_, Texts
from geo.upload import words

EDITION: Final = 2017  # of the report, with which the open index is compared
NAMED_SET: Final = N_("Made with the set “{name}”, not with the atlas’s default")
OWN_CHOICES: Final = N_("Made with your own choices and weights, not with the atlas’s default")


def plain(message: str, say: Texts, **slots: object) -> Sentence:
    """A note without a number of a cell."""
    return Pen(say).done(message, **slots)


def boundaries(say: Texts) -> Sentence:
    return plain(BOUNDARIES, say)


def of_figures(own: Snapshot, measure: Measure, say: Texts) -> list[Sentence]:
    """What must be known of an indicator: how it is reckoned, what to mind, what is doubtful."""
    found = []
    if measure.kind == "own":
        found.append(plain(N_("{unchecked}."), say, unchecked=say(words.UNCHECKED)))
        found.append(Sentence(words.definition(measure, say)))
    elif measure.derived:
        found.append(
            plain(N_("Reckoned by us: {formula}."), say, formula=wording.formula(measure, say))
        )
    caveat = wording.remark(measure.caveat, say)
    if caveat:
        found.append(Sentence(caveat))
    if nominal(measure):
        found.append(plain(N_("At current prices: changes over years are nominal."), say))
    if own.national and own.national.how != "ratio_of_sums":
        found.append(_national(own, measure, say))
    return found + doubtful(own, say)


def _national(own: Snapshot, measure: Measure, say: Texts) -> Sentence:
    """How a national value came about that is no plain quotient."""
    pen = Pen(say)
    if own.national is None:
        raise ValueError("no national value to explain")
    count = pen.keep(own.national.count, measure, own.year, "", "entered")
    return pen.done(wording.HOW_NATIONAL_NOTES[own.national.how], count=count)


def doubtful(own: Snapshot, say: Texts) -> list[Sentence]:
    """Whose figures look wrong; empty where none does."""
    names = [name(c.adcode, say) for c in own.cells.values() if c.status is Status.DOUBTFUL]
    if not names:
        return []
    message = N_("Doubtful as published in {year}, kept and marked: {names}.")
    return [plain(message, say, year=own.year, names=say.listing(names))]


def of_list(own: Snapshot, say: Texts) -> list[Sentence]:
    """What an edition's list is, and what is not."""
    unclear = [c for c in own.cells.values() if c.rank and c.may_mean]
    return [
        plain(wording.SCALE_NOTES[own.scale], say),
        *(Sentence(wording.remark(text, say)) for cell in unclear for text in cell.remarks),
    ]


def of_index(result: IndexResult, part: str, say: Texts) -> list[Sentence]:
    """Whose index it is, by which weights, on what else it rests, and how well it agrees."""
    default = result.recipe == openindex.recipe(result.year)
    found = []
    for note in result.notes:
        found.append(plain(note.message, say, **filled(dict(note.slots), say)))
    if default:
        found.insert(1, plain(named_recipes()["default"].note, say))
    else:
        found.insert(1, plain(N_("{mark}."), say, mark=mark(result, say)))
    if part == openindex.WHOLE:
        found.insert(2, _weights(result, say))
    lists = [own for own in agreement(result.recipe, result.year, EDITION) if own.index == part]
    return found + [_agreement(own, result, say) for own in lists]


def mark(result: IndexResult, say: Texts) -> str:
    """With which named set or own choices an index was made."""
    for own in named_recipes().values():
        if own.recipe == result.recipe and own.id != "default":
            return say(NAMED_SET, name=say(own.name))
    return say(OWN_CHOICES)


def filled(slots: dict[str, object], say: Texts) -> dict[str, object]:
    """The slots of a note of the index, the measures in them by their names."""
    return {
        key: say.listing([wording.measure_name(indicators()[str(own)], say) for own in value])
        if isinstance(value, tuple)
        else value
        for key, value in slots.items()
    }


def _weights(result: IndexResult, say: Texts) -> Sentence:
    """The weights of the dimensions as they came to be, in percent."""
    weights = result.indicators.groupby("dimension", sort=False)["nominal"].sum()
    pen = Pen(say)
    measure = openindex.PREFIX + openindex.WHOLE
    own = next(m for m in openindex.measures() if m.id == measure)
    listed = [
        say(
            N_("{name} {weight}%"),
            name=say(wording.GROUPS[str(group)]),
            weight=pen.keep(say.number(100 * weight), own, result.year, "", "weight"),
        )
        for group, weight in weights.items()
    ]
    return pen.done(N_("Weights: {weights}."), weights=say.listing(listed))


def _agreement(own: Agreement, result: IndexResult, say: Texts) -> Sentence:
    """How many of the published provinces the open index has, beside the two yardsticks."""
    pen = Pen(say)
    measure = next(m for m in openindex.measures() if m.dimension == own.index)

    def number(shown: object, part: str) -> str:
        return pen.keep(shown, measure, result.year, "", part)

    return pen.done(
        N_(
            "Of the {published} provinces that the report of {edition} publishes in this list,"
            " {ours} are among the first ten of our open index, {wealth} among the first ten by"
            " product per head, and {chance} would be by lot."
        ),
        published=number(own.published, "published"),
        edition=own.edition,
        ours=number(own.ours, "ours"),
        wealth=number(own.wealth, "wealth"),
        chance=number(say.number(own.chance, 1), "chance"),
    )


def once(found: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """Each note once, in order."""
    return tuple(dict.fromkeys(found))
