"""The words around a picture, in one language, as geo.captions makes them."""

from __future__ import annotations

from dataclasses import dataclass

from geo.captions import Caption


@dataclass(frozen=True)
class FigureTexts:
    """Title (without a full stop), subtitle, alternative text, source, and notes.

    notes: the most important first, the credit of the boundaries last.
    """

    title: str
    subtitle: str
    alt: str
    source: str
    notes: tuple[str, ...]


def texts_of_caption(caption: Caption) -> FigureTexts:
    """The words of a picture as the atlas makes them, without the reader's own."""
    return FigureTexts(
        _strip_final_stop(caption.title.text),
        caption.subtitle,
        caption.alt.text,
        caption.source,
        tuple(note.text for note in caption.notes),
    )


def _strip_final_stop(title: str) -> str:
    """A title as a heading, which ends without a full stop."""
    return title.removesuffix(".").removesuffix("。")
