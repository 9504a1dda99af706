"""What is missing: of the report, of its editions, and of the open figures."""

from __future__ import annotations

from geo.cells import QUANTITIES
from geo.facts import Exhibit, exhibits
from geo.indicators import indicators, snapshot
from geo.report import EVALUATED_COUNT
from geo.text import N_, Texts

INDICATOR_SYSTEM = ("table", 2)
CARD_COVERAGE = ("figure", 5)


def gaps(say: Texts) -> list[str]:
    """What a reader may look for in vain, and why, in whole sentences."""
    filled, cells = coverage()
    return [
        say(N_("Scores: the report publishes none of any province, and no rank below ten.")),
        say(
            N_(
                "Two lists: for network security and policy environment the report publishes none."
                " One provincial notice gives a single place among the comprehensive ten."
            )
        ),
        say(
            N_(
                "All tables and figures: the text that could be read holds their titles alone."
                " Table 2 (“{table}”) had the second-level indicators with their weights, Figure 5"
                " (“{figure}”) a series by province."
            ),
            table=_title(INDICATOR_SYSTEM, say),
            figure=_title(CARD_COVERAGE, say),
        ),
        say(
            N_(
                "Other editions: of 2018, 2020 and 2021 only what the news printed is known. No"
                " list of another edition was found."
            )
        ),
        say(
            N_(
                "Figures: {filled} of the {cells} cells of the indicators, by {provinces} provinces"
                " and the years of each, have one. The others were not published or not found;"
                " none is estimated."
            ),
            filled=say.number(filled),
            cells=say.number(cells),
            provinces=EVALUATED_COUNT,
        ),
        say(
            N_(
                "Hong Kong, Macao and Taiwan: the report does not evaluate them, and the series"
                " used here do not hold them."
            )
        ),
    ]


def coverage() -> tuple[int, int]:
    """How many cells of the indicators have a figure, of all provinces and years that might."""
    years = [(own.id, year) for own in indicators().values() for year in own.years]
    filled = sum(
        cell.status in QUANTITIES
        for name, year in years
        for cell in snapshot(name, year).cells.values()
    )
    return filled, EVALUATED_COUNT * len(years)


def _title(which: tuple[str, int], say: Texts) -> str:
    own = next(one for one in exhibits() if (one.kind, one.number) == which)
    return exhibit_title(own, say)


def exhibit_title(own: Exhibit, say: Texts) -> str:
    return say.pick(own.title_en, own.title_zh)
