"""Notes of a picture: definitions, authorship, doubtful values, prices, boundaries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

from geo.analysis import boundary_statement, is_nominal
from geo.captions.sentences import Sentence, SentenceBuilder, province_name
from geo.index import (
    INDEX_PREFIX,
    WHOLE_INDEX,
    Agreement,
    IndexResult,
    compare_with_edition,
    default_recipe,
    open_index_measures,
    presets,
)
from geo.measures import (
    GROUP_NAMES,
    HOW_NATIONAL_NOTES,
    SCALE_NOTES,
    Cell,
    Measure,
    Snapshot,
    Status,
    ambiguity_lines,
    describe_formula,
    localized_remark,
    measure_name,
    published_indicators,
)
from geo.text import N_, Translator
from geo.upload import UNCHECKED_NOTE, uploaded_definition

Item = TypeVar("Item")
EDITION: Final = 2017  # edition that the open index is compared with
NAMED_SET: Final = N_("Calculated with the preset “{name}”, not with the default of the atlas")
OWN_CHOICES: Final = N_(
    "Calculated with your own methods and weights, not with the default of the atlas"
)


def plain_note(message: str, t: Translator, **slots: object) -> Sentence:
    """A note that cites no numbers."""
    return SentenceBuilder(t).build(message, **slots)


def boundary_note(t: Translator) -> Sentence:
    """The whole credit of the boundaries, with the map review."""
    return Sentence(boundary_statement(t))


def indicator_notes(snapshot: Snapshot, measure: Measure, t: Translator) -> list[Sentence]:
    """The notes of an indicator: definition, caveats and doubtful values."""
    sentences = []
    if measure.kind == "own":
        sentences.append(plain_note(N_("{unchecked}."), t, unchecked=t(UNCHECKED_NOTE)))
        sentences.append(Sentence(uploaded_definition(measure, t)))
    elif measure.is_derived:
        sentences.append(
            plain_note(
                N_("Calculated by this atlas: {formula}."),
                t,
                formula=describe_formula(measure, t),
            )
        )
    caveat = localized_remark(measure.caveat, t)
    if caveat:
        sentences.append(Sentence(caveat))
    if is_nominal(measure):
        sentences.append(plain_note(N_("At current prices: changes over years are nominal."), t))
    if snapshot.national and snapshot.national.how != "ratio_of_sums":
        sentences.append(_national_note(snapshot, measure, t))
    return sentences + doubtful_notes(snapshot, t)


def _national_note(snapshot: Snapshot, measure: Measure, t: Translator) -> Sentence:
    """How a national value is calculated if it is not a simple quotient."""
    pen = SentenceBuilder(t)
    if snapshot.national is None:
        raise ValueError("no national value to explain")
    count = pen.cite(snapshot.national.count, measure, snapshot.year, "", "entered")
    return pen.build(HOW_NATIONAL_NOTES[snapshot.national.how], count=count)


def doubtful_notes(snapshot: Snapshot, t: Translator) -> list[Sentence]:
    """The provinces whose values look wrong; empty if there are none."""
    names = [
        province_name(c.adcode, t) for c in snapshot.cells.values() if c.status is Status.DOUBTFUL
    ]
    if not names:
        return []
    message = N_(
        "Published values in doubt in {year}, shown and marked, not counted in titles: {names}."
    )
    return [plain_note(message, t, year=snapshot.year, names=t.join_names(names))]


def ambiguity_notes(cells: Iterable[Cell], t: Translator) -> list[Sentence]:
    """Why published ranks that may belong to another province are marked."""
    return [Sentence(line) for line in ambiguity_lines(cells, t)]


def published_list_notes(snapshot: Snapshot, t: Translator) -> list[Sentence]:
    """What the list of an edition contains and what it omits."""
    ranked = [cell for cell in snapshot.cells.values() if cell.rank]
    return [plain_note(SCALE_NOTES[snapshot.scale], t), *ambiguity_notes(ranked, t)]


def index_notes(result: IndexResult, part: str, t: Translator) -> list[Sentence]:
    """The notes of an open index: author, weights, method, agreement with the report."""
    default = result.recipe == default_recipe(result.year)
    sentences = []
    for note in result.notes:
        sentences.append(plain_note(note.message, t, **fill_index_slots(dict(note.slots), t)))
    if default:
        sentences.insert(1, plain_note(presets()["default"].note, t))
    else:
        sentences.insert(1, plain_note(N_("{mark}."), t, mark=recipe_label(result, t)))
    if part == WHOLE_INDEX:
        sentences.insert(2, _weights_note(result, t))
    lists = [
        agreement
        for agreement in compare_with_edition(result.recipe, result.year, EDITION)
        if agreement.index == part
    ]
    return sentences + [_agreement_note(item, result, t) for item in lists]


def recipe_label(result: IndexResult, t: Translator) -> str:
    """The preset or the custom choices of a recipe, as a label."""
    for preset in presets().values():
        if preset.recipe == result.recipe and preset.id != "default":
            return t(NAMED_SET, name=t(preset.name))
    return t(OWN_CHOICES)


def fill_index_slots(slots: dict[str, object], t: Translator) -> dict[str, object]:
    """Fill the slots of a note of the index; measures are given by name."""
    return {
        key: t.join_names(
            [measure_name(published_indicators()[str(measure_id)], t) for measure_id in value]
        )
        if isinstance(value, tuple)
        else value
        for key, value in slots.items()
    }


def _weights_note(result: IndexResult, t: Translator) -> Sentence:
    """The effective weights of the dimensions, in percent."""
    weights = result.indicators.groupby("dimension", sort=False)["nominal"].sum()
    pen = SentenceBuilder(t)
    measure = INDEX_PREFIX + WHOLE_INDEX
    dimension_measure = next(m for m in open_index_measures() if m.id == measure)
    listed = [
        t(
            N_("{name} {weight}%"),
            name=t(GROUP_NAMES[str(group)]),
            weight=pen.cite(
                t.format_number(100 * weight), dimension_measure, result.year, "", "weight"
            ),
        )
        for group, weight in weights.items()
    ]
    return pen.build(N_("Weights: {weights}."), weights=t.join_names(listed))


def _agreement_note(agreement: Agreement, result: IndexResult, t: Translator) -> Sentence:
    """How many of the published provinces the open index and two benchmarks have in common."""
    pen = SentenceBuilder(t)
    measure = next(m for m in open_index_measures() if m.dimension == agreement.index)

    def number(value: object, part: str) -> str:
        return pen.cite(value, measure, result.year, "", part)

    return pen.build(
        N_(
            "Of the {published} provinces that the report of {edition} publishes in this "
            "list, {ours} are among the first ten of the open index of this atlas and "
            "{wealth} among the first ten by GRP per capita; {chance} would be expected by "
            "chance."
        ),
        published=number(agreement.published, "published"),
        edition=agreement.edition,
        ours=number(agreement.ours, "ours"),
        wealth=number(agreement.wealth, "wealth"),
        chance=number(t.format_number(agreement.chance, 1), "chance"),
    )


def deduplicate(notes: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """The notes in order, without duplicates."""
    return tuple(dict.fromkeys(notes))


def join_sides(
    first: Sequence[Item], second: Sequence[Item], add_letter: Callable[[Item, str], Item]
) -> list[Item]:
    """Return what both maps say, once, then what one of them says, with its letter.

    >>> join_sides(["old", "own"], ["old"], lambda note, letter: f"{letter}: {note}")
    ['old', 'A: own']
    """
    both = [item for item in first if item in second]
    single = [
        add_letter(item, letter)
        for letter, items in (("A", first), ("B", second))
        for item in items
        if item not in both
    ]
    return [*both, *single]


def note_with_letter(sentence: Sentence, letter: str, t: Translator) -> Sentence:
    """Return a note that starts with the letter of the map that it is about."""
    text = t(N_("{letter}: {note}"), letter=letter, note=sentence.text)
    return Sentence(text, sentence.figures)
