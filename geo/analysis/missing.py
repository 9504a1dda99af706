"""Known gaps in the report, in its editions and in the open indicators."""

from __future__ import annotations

from functools import cache

from geo.measures import EVALUATED_COUNT, QUANTITIES, indicator_snapshot, published_indicators
from geo.tables import Exhibit, missing_exhibits
from geo.text import N_, Translator

INDICATOR_SYSTEM = ("table", 2)
CARD_COVERAGE = ("figure", 5)


def known_gaps(t: Translator) -> list[str]:
    """Return what is missing, and why, as whole sentences."""
    filled, cells = count_filled_cells()
    return [
        t(N_("Scores: the report publishes no scores, and no ranks below the tenth.")),
        t(
            N_(
                "Two lists: the report does not publish those for network security and policy "
                "environment. One provincial notice gives a single rank among the comprehensive "
                "ten."
            )
        ),
        t(
            N_(
                "All tables and charts: the available text gives only their titles. Table 2 "
                "(“{table}”) contained the second-level indicators with their weights, Figure 5 "
                "(“{figure}”) a series by province."
            ),
            table=_exhibit_name(INDICATOR_SYSTEM, t),
            figure=_exhibit_name(CARD_COVERAGE, t),
        ),
        t(
            N_(
                "Other editions: for 2018, 2020 and 2021 only what the press printed is "
                "available. No list of another edition is available."
            )
        ),
        t(
            N_(
                "Data: for {provinces} provinces and the years of each indicator, {filled} of "
                "{cells} values are available. The others were not published or are not "
                "available; no value is estimated."
            ),
            filled=t.format_number(filled),
            cells=t.format_number(cells),
            provinces=EVALUATED_COUNT,
        ),
        t(
            N_(
                "Hong Kong, Macao and Taiwan: the report does not evaluate them, and the series "
                "used here do not cover them."
            )
        ),
    ]


@cache
def count_filled_cells() -> tuple[int, int]:
    """Return how many cells of the indicators have a value, and the number of all cells."""
    years = [
        (indicator.id, year)
        for indicator in published_indicators().values()
        for year in indicator.years
    ]
    filled = sum(
        cell.status in QUANTITIES
        for name, year in years
        for cell in indicator_snapshot(name, year).cells.values()
    )
    return filled, EVALUATED_COUNT * len(years)


def _exhibit_name(which: tuple[str, int], t: Translator) -> str:
    exhibit = next(one for one in missing_exhibits() if (one.kind, one.number) == which)
    return exhibit_title(exhibit, t)


def exhibit_title(exhibit: Exhibit, t: Translator) -> str:
    return t.localized(exhibit, "title")
