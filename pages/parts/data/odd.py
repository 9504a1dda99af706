"""What is odd in published series, and pairs of heads and texts."""

from __future__ import annotations

from markupsafe import Markup

from geo import oddities, wording
from geo.oddities import QualityNote
from geo.provinces import provinces
from geo.text import N_, Translator


def definition_list(rows: list[tuple[str, str]]) -> Markup:
    """Heads and texts as the body of a list of definitions."""
    return Markup("").join(Markup("<dt>{}</dt><dd>{}</dd>").format(*row) for row in rows)


def quality_pairs(series: tuple[str, ...], t: Translator) -> list[tuple[str, str]]:
    """What is odd in some published series, as pairs of head and text."""
    rows = []
    for kind, name in oddities.KIND_NAMES.items():
        notes = [
            data_quality_note
            for data_quality_note in oddities.data_quality_notes(series)
            if data_quality_note.kind == kind
        ]
        if notes:
            rows.append((t(name), t.join_sentences(_describe_note(note, t) for note in notes)))
    return rows


def _describe_note(note: QualityNote, t: Translator) -> str:
    reason = wording.localized_remark(note.reason, t)
    if note.kind == oddities.BREAK:
        return t(N_("{year}: {reason}"), year=note.places[0][1], reason=reason)
    by_province: dict[str, list[str]] = {}
    for adcode, year in note.places:
        by_province.setdefault(provinces()[adcode].name_in(t.lang), []).append(str(year))
    places = t(N_("; ")).join(
        t(N_("{name} {years}"), name=name, years=", ".join(years))
        for name, years in by_province.items()
    )
    return t(N_("{places}: {reason}."), places=places, reason=reason.rstrip(".。"))
