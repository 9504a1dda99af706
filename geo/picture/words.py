"""The words around a picture, in one language, as geo.captions makes them."""

from __future__ import annotations

from dataclasses import dataclass

from geo.captions import Caption


@dataclass(frozen=True)
class Words:
    """Title (without a full stop), subtitle, alternative text, source, and notes.

    notes: the most important first, the credit of the boundaries last.
    """

    title: str
    subtitle: str
    alt: str
    source: str
    notes: tuple[str, ...]


def of_caption(found: Caption) -> Words:
    """The words of a picture as the atlas makes them, without the reader's own."""
    return Words(
        _unstopped(found.title.text),
        found.subtitle,
        found.alt.text,
        found.source,
        tuple(note.text for note in found.notes),
    )


def _unstopped(title: str) -> str:
    """A title as a heading, which ends without a full stop."""
    return title.removesuffix(".").removesuffix("。")
