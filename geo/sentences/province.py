"""How one province stands, in three to six sentences."""

from __future__ import annotations

from geo import wording
from geo.cells import Status
from geo.change import change
from geo.measures import measures, snapshot
from geo.peers import peers
from geo.profile import Standing, standing
from geo.provinces import provinces
from geo.ranking import count_level_beyond
from geo.report import PREFIX
from geo.sentences.pen import NAMED_COUNT, Pen, Sentence, name
from geo.strengths import highest_and_lowest
from geo.text import N_, Texts

TREND = "fixed_broadband_per_100"
INCOME = "gdp_per_capita"
EDITION = 2017


def portrait(adcode: str, year: int, say: Texts) -> list[Sentence]:
    """Three to six sentences on how a province stands; year: the one that is preferred."""
    if not provinces()[adcode].evaluated:
        return _not_evaluated(adcode, say)
    strong, weak = highest_and_lowest(adcode, year)
    found = [
        _report_rank(adcode, say),
        _income(standing(adcode, measures()[INCOME], year), say),
        _list(
            adcode,
            strong,
            N_("{name} ranks highest among the open indicators in {list}{more}."),
            say,
        ),
        _list(adcode, weak, N_("Its lowest ranks are in {list}{more}."), say),
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
            "Gross regional product per capita was {value} yuan in {year} ({place}), {gap}% above"
            " the national value of {national} yuan."
        )
        if gap >= 0
        else N_(
            "Gross regional product per capita was {value} yuan in {year} ({place}), {gap}% below"
            " the national value of {national} yuan."
        )
    )
    return pen.done(
        message,
        value=pen.number(own.cell, own.measure, own.year),
        year=own.year,
        place=pen.place(own),
        gap=pen.keep(say.number(abs(gap)), own.measure, own.year, own.cell.adcode, "gap"),
        national=pen.number(national, own.measure, own.year),
    )


def _list(adcode: str, found: list[Standing], message: str, say: Texts) -> Sentence | None:
    """The first of some standings by name; those level with the last one named are counted."""
    pen = Pen(say)
    if not found:
        return None
    more = count_level_beyond([one.cell.percentile or 0.0 for one in found], NAMED_COUNT)
    tail = ""
    if more:
        last = found[NAMED_COUNT - 1]
        tail = pen.say(
            N_(", and {count} more at the same percentile rank")
            if more > 1
            else N_(", and one more at the same percentile rank"),
            count=pen.keep(more, last.measure, last.year, adcode, "level"),
        )
    named = say.listing([pen.named(one) for one in found[:NAMED_COUNT]])
    return pen.done(message, name=name(adcode, say), list=named, more=tail)


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
