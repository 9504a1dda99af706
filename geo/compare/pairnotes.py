"""What must be said of two maps and of the third, on the page and under pictures."""

from __future__ import annotations

from typing import Final

from geo.compare.third import DifferenceMap
from geo.text import N_, Translator

NOTES: Final = {
    "value": N_(
        "Both maps share their classes, cut over the values of both maps together: equal values"
        " have equal colours."
    ),
    "percentile": N_(
        "The units differ, so both maps are coloured by percentile rank: the share of the other"
        " provinces that a province stands above."
    ),
    "rank": N_(
        "The report publishes places and no values, so both maps are coloured by place among 31."
        " What the list does not place is drawn so, and is not a last place."
    ),
    "": N_("Each map has classes of its own: equal colours do not mean equal values."),
}
LOWER: Final = N_("lower in {late}")
HIGHER: Final = N_("higher in {late}")
DOWN: Final = N_("lower place in B")
UP: Final = N_("higher place in B")
NOMINAL: Final = N_("Current prices: the change holds price changes.")
RANKED_AMONG: Final = N_("Ranked anew among the {count} provinces that have both.")


def side_titles(third: DifferenceMap, t: Translator) -> tuple[str, str]:
    """What the classes below and above nought mean; empty for a side without classes."""
    if third.basis == "moved":
        words = t(DOWN), t(UP)
    else:
        words = t(LOWER, late=third.late), t(HIGHER, late=third.late)
    below, above = third.sides
    return words[0] if below else "", words[1] if above else ""


def difference_note(third: DifferenceMap, t: Translator) -> str:
    """Prices in a difference, and ranks that hold among some provinces only; may be empty."""
    anew = t(RANKED_AMONG, count=third.anew) if third.anew else ""
    nominal = t(NOMINAL) if third.nominal else ""
    return t.join_sentences([anew, nominal])
