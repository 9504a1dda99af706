"""The words around a picture, in one language, as geo.captions makes them."""

from __future__ import annotations

from dataclasses import dataclass

from geo import captions
from geo.choropleth import Choropleth
from geo.index.exchange import from_address
from geo.index.model import score
from geo.measures import measures
from geo.openindex import WHOLE
from geo.picture.request import PROFILE, Picture
from geo.text import Texts


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


def words(picture: Picture, drawn: Choropleth | None, say: Texts) -> Words:
    """The words of a picture as the atlas makes them, without the reader's own.

    drawn: the map of its measure; a profile has none.
    """
    found = _caption(picture, drawn, say)
    return Words(
        _unstopped(found.title.text),
        found.subtitle,
        found.alt.text,
        found.source,
        tuple(note.text for note in found.notes),
    )


def _caption(picture: Picture, drawn: Choropleth | None, say: Texts) -> captions.Caption:
    if picture.recipe:
        result = score(from_address(picture.recipe), picture.year)
        return captions.index_caption(result, say, WHOLE, picture.province)
    if picture.kind == PROFILE:
        return captions.profile_caption(picture.province, picture.year, say)
    measure = measures()[picture.measure]
    return captions.caption(measure, picture.year, say, picture.province, drawn)


def _unstopped(title: str) -> str:
    """A title as a heading, which ends without a full stop."""
    return title.removesuffix(".").removesuffix("。")
