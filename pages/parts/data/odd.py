"""What is odd in published series, and pairs of heads and texts."""

from __future__ import annotations

from markupsafe import Markup

from geo import oddities, wording
from geo.oddities import Oddity
from geo.provinces import provinces
from geo.text import N_, Texts


def pairs(rows: list[tuple[str, str]]) -> Markup:
    """Heads and texts as the body of a list of definitions."""
    return Markup("").join(Markup("<dt>{}</dt><dd>{}</dd>").format(*row) for row in rows)


def odd(series: tuple[str, ...], say: Texts) -> list[tuple[str, str]]:
    """What is odd in some published series, as pairs of head and text."""
    rows = []
    for kind, name in oddities.NAMES.items():
        found = [own for own in oddities.oddities(series) if own.kind == kind]
        if found:
            rows.append((say(name), say.paragraph(_odd(own, say) for own in found)))
    return rows


def _odd(own: Oddity, say: Texts) -> str:
    reason = wording.remark(own.reason, say)
    if own.kind == oddities.BREAK:
        return say(N_("{year}: {reason}"), year=own.places[0][1], reason=reason)
    by_province: dict[str, list[str]] = {}
    for adcode, year in own.places:
        by_province.setdefault(provinces()[adcode].name(say.lang), []).append(str(year))
    places = say(N_("; ")).join(
        say(N_("{name} {years}"), name=name, years=", ".join(years))
        for name, years in by_province.items()
    )
    return say(N_("{places}: {reason}."), places=places, reason=reason.rstrip(".。"))
