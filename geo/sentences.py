"""Sentences made from the figures, each with the cells that its numbers were read from.

A sentence about who is first leaves doubtful figures aside and says so, and names the gap where
fewer than 31 provinces have a figure. A change compares years without a break and calls current
prices nominal.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from geo import wording
from geo.cells import Benchmark, Cell, Scale, Snapshot, Status
from geo.change import Change, change, gains, nominal, span
from geo.indicators import Measure
from geo.measures import measures, snapshot
from geo.peers import peers
from geo.profile import Standing, standing
from geo.provinces import provinces
from geo.report import EVALUATED_COUNT, PREFIX
from geo.strengths import Standout, standouts
from geo.text import N_, Texts

NAMED_COUNT = 3  # how many leaders, strengths or gains a sentence names
TREND = "fixed_broadband_per_100"
INCOME = "gdp_per_capita"
EDITION = 2017


@dataclass(frozen=True)
class Figure:
    """A number as a sentence shows it, and the cell behind it.

    adcode is empty for the national value. part: value, rank, of, gap (to the national value),
    count (of provinces with a figure) or difference.
    """

    shown: str
    measure: str
    year: int
    adcode: str
    part: str


@dataclass(frozen=True)
class Sentence:
    """A whole sentence in the reader's language with the figures in it, in their order."""

    text: str
    figures: tuple[Figure, ...]


@dataclass
class Pen:
    """Writes the parts of one sentence and keeps where each number came from."""

    say: Texts
    figures: list[Figure] = field(default_factory=list)

    def keep(self, shown: object, measure: Measure, year: int, adcode: str, part: str) -> str:
        self.figures.append(Figure(str(shown), measure.id, year, adcode, part))
        return str(shown)

    def value(self, cell: Cell, measure: Measure, year: int) -> str:
        """A figure with its unit."""
        shown = wording.quantity(cell.value or 0.0, measure, self.say)
        return self.keep(shown, measure, year, cell.adcode, "value")

    def number(self, figure: Cell | Benchmark, measure: Measure, year: int) -> str:
        """A figure without its unit, of a province or of the country."""
        shown = wording.number(figure.value or 0.0, measure, self.say)
        adcode = figure.adcode if isinstance(figure, Cell) else ""
        return self.keep(shown, measure, year, adcode, "value")

    def national(self, mark: Benchmark, measure: Measure, year: int) -> str:
        shown = wording.quantity(mark.value, measure, self.say)
        return self.keep(shown, measure, year, "", "value")

    def place(self, own: Standing) -> str:
        rank = self.keep(own.cell.rank, own.measure, own.year, own.cell.adcode, "rank")
        of = self.keep(own.cell.of, own.measure, own.year, own.cell.adcode, "of")
        return self.say(N_("rank {rank} of {of}"), rank=rank, of=of)

    def named(self, own: Standing) -> str:
        """A measure with the province's rank in it."""
        return self.say(
            N_("“{measure}” ({year}: {place})"),
            measure=wording.measure_name(own.measure, self.say),
            year=own.year,
            place=self.place(own),
        )

    def done(self, message: str, **slots: object) -> Sentence:
        return Sentence(self.say(message, **slots), tuple(self.figures))


def name(adcode: str, say: Texts) -> str:
    return provinces()[adcode].name(say.lang)


# ---- one province ----


def portrait(adcode: str, year: int, say: Texts) -> list[Sentence]:
    """Three to six sentences on how a province stands; year: the one that is preferred."""
    if not provinces()[adcode].evaluated:
        return _not_evaluated(adcode, say)
    strong, weak = standouts(adcode, year)
    found = [
        _report_rank(adcode, say),
        _income(standing(adcode, measures()[INCOME], year), say),
        _list(
            adcode, strong, N_("{name} stands highest among the open indicators in {list}."), say
        ),
        _list(adcode, weak, N_("It stands lowest in {list}."), say),
        _trend(adcode, say),
        _alike(adcode, year, say),
    ]
    return [sentence for sentence in found if sentence]


def _report_rank(adcode: str, say: Texts) -> Sentence:
    pen = Pen(say)
    measure = measures()[PREFIX + "comprehensive"]
    own = standing(adcode, measure, EDITION)
    if own.cell.status is Status.RANK:
        return pen.done(
            N_("The report of {year} publishes {name} at {place} in its comprehensive index."),
            name=name(adcode, say),
            year=EDITION,
            place=pen.place(own),
        )
    return pen.done(
        N_(
            "{name} is not among the ten provinces that the report of {year} publishes in its"
            " comprehensive ranking; its own rank is not published."
        ),
        name=name(adcode, say),
        year=EDITION,
    )


def _income(own: Standing, say: Texts) -> Sentence | None:
    pen = Pen(say)
    gap, national = own.to_national, own.snapshot.national
    if own.cell.status is Status.DOUBTFUL or gap is None or national is None:
        return None
    message = (
        N_(
            "Gross regional product per head was {value} in {year} ({place}), {gap}% above the"
            " national value of {national}."
        )
        if gap >= 0
        else N_(
            "Gross regional product per head was {value} in {year} ({place}), {gap}% below the"
            " national value of {national}."
        )
    )
    return pen.done(
        message,
        value=pen.value(own.cell, own.measure, own.year),
        year=own.year,
        place=pen.place(own),
        gap=pen.keep(say.number(abs(gap)), own.measure, own.year, own.cell.adcode, "gap"),
        national=pen.national(national, own.measure, own.year),
    )


def _list(adcode: str, found: list[Standout], message: str, say: Texts) -> Sentence | None:
    pen = Pen(say)
    if not found:
        return None
    named = say.listing([pen.named(one.standing) for one in found[:NAMED_COUNT]])
    return pen.done(message, name=name(adcode, say), list=named)


def _trend(adcode: str, say: Texts) -> Sentence | None:
    """The change of one measure that nearly every province has, beside the national one."""
    measure = measures()[TREND]
    own = change(measure, adcode)
    if own is None:
        return None
    pen = Pen(say)
    nations = [snapshot(TREND, year).national for year in (own.first_year, own.last_year)]
    before, after = (mark for mark in nations if mark)
    return pen.done(
        N_(
            "{measure} went from {first} in {first_year} to {last} in {last_year}; nationally from"
            " {before} to {after}."
        ),
        measure=wording.measure_name(measure, say),
        first=pen.number(own.first, measure, own.first_year),
        first_year=own.first_year,
        last=pen.number(own.last, measure, own.last_year),
        last_year=own.last_year,
        before=pen.number(before, measure, own.first_year),
        after=pen.number(after, measure, own.last_year),
    )


def _alike(adcode: str, year: int, say: Texts) -> Sentence | None:
    found = peers(adcode, "profile", year)[:NAMED_COUNT]
    if not found:
        return None
    return Pen(say).done(
        N_("By its ranks in the open indicators {name} is most like {list}."),
        name=name(adcode, say),
        list=say.listing([name(peer.adcode, say) for peer in found]),
    )


def _not_evaluated(adcode: str, say: Texts) -> list[Sentence]:
    own = provinces()[adcode]
    near = [name(peer.adcode, say) for peer in peers(adcode, "neighbours", EDITION)]
    found = [
        Pen(say).done(
            N_("{name} is one of China’s 34 provincial units; its adcode is {adcode}."),
            name=own.name(say.lang),
            adcode=adcode,
        ),
        Pen(say).done(
            N_("The report evaluates 31 provinces, and {name} is not among them."),
            name=own.name(say.lang),
        ),
        Pen(say).done(
            N_("The open indicators of this atlas hold no figures for {name}."),
            name=own.name(say.lang),
        ),
    ]
    if near:
        found.append(
            Pen(say).done(
                N_("On land it borders {list}."), name=own.name(say.lang), list=say.listing(near)
            )
        )
    return found


# ---- one measure ----


def leaders(measure: Measure, year: int, say: Texts) -> Sentence:
    """Who leads in a measure and year, doubtful figures left aside and named."""
    own = snapshot(measure.id, year)
    if own.scale is not Scale.QUANTITY:
        raise ValueError("published ranks have no leaders to find: the list is the sentence")
    pen = Pen(say)
    sound = [c for c in own.cells.values() if c.rank and c.status is not Status.DOUBTFUL]
    first = sorted(sound, key=lambda cell: (cell.rank or 0, cell.adcode))[:NAMED_COUNT]
    tied = len(first) > 1 and first[0].value == first[1].value
    named = say.listing(
        [
            say(
                N_("{name} ({value})"), name=name(c.adcode, say), value=pen.number(c, measure, year)
            )
            for c in first
        ]
    )
    message = (
        N_("{measure}, {year}: highest, the first two level, in {list}{gap}.")
        if tied
        else N_("{measure}, {year}: highest in {list}{gap}.")
    )
    return pen.done(
        message,
        measure=wording.titled(measure, say),
        year=year,
        list=named,
        gap=_gap(own, len(sound), measure, pen),
    )


def _gap(own: Snapshot, sound: int, measure: Measure, pen: Pen) -> str:
    """What the sentence must own up to: provinces without a figure, or with a doubtful one."""
    if sound == EVALUATED_COUNT:
        return ""
    count = pen.keep(sound, measure, own.year, "", "count")
    doubtful = [c.adcode for c in own.cells.values() if c.status is Status.DOUBTFUL]
    if not doubtful:
        return pen.say(N_(", of the {count} provinces with a figure"), count=count)
    names = pen.say.listing([name(adcode, pen.say) for adcode in doubtful])
    return pen.say(
        N_(", of the {count} provinces with a sound figure (doubtful: {names})"),
        count=count,
        names=names,
    )


def risers(measure: Measure, say: Texts) -> Sentence:
    """Who gained most over the years that can be compared, or why nobody can be named."""
    pen = Pen(say)
    years = span(measure.id)
    found = gains(measure)[:NAMED_COUNT]
    title = wording.measure_name(measure, say)
    if len(measure.years) == 1:
        return pen.done(
            N_("{measure}: published for {year} alone, so no change can be told."),
            measure=title,
            year=measure.years[0],
        )
    if years is None or not found:
        return pen.done(N_("{measure}: no two years can be compared."), measure=title)
    named = say.listing([_rise(own, measure, pen) for own in found])
    message = (
        N_("{measure}, {first} to {last}, nominal (current prices): largest rise in {list}{gap}.")
        if nominal(measure)
        else N_("{measure}, {first} to {last}: largest rise in {list}{gap}.")
    )
    compared = len(gains(measure))
    gap = ""
    if compared < EVALUATED_COUNT:
        gap = say(
            N_(", of the {count} provinces with sound figures throughout"),
            count=pen.keep(compared, measure, years[1], "", "count"),
        )
    return pen.done(
        message,
        measure=wording.titled(measure, say),
        first=years[0],
        last=years[1],
        list=named,
        gap=gap,
    )


def _rise(own: Change, measure: Measure, pen: Pen) -> str:
    return pen.say(
        N_("{name} (from {first} to {last})"),
        name=name(own.last.adcode, pen.say),
        first=pen.number(own.first, measure, own.first_year),
        last=pen.number(own.last, measure, own.last_year),
    )
