"""The words around a picture, in one language."""

from __future__ import annotations

from dataclasses import dataclass

from geo import wording
from geo.choropleth import Choropleth
from geo.measures import measures
from geo.picture.request import PROFILE, Picture
from geo.provinces import provinces
from geo.text import N_, Texts


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


def words(picture: Picture, drawn: Choropleth, say: Texts) -> Words:
    """The words of a picture as the atlas makes them, without the reader's own."""
    measure = measures()[picture.measure]
    name = wording.measure_name(measure, say)
    title = say(N_("{measure}, {year}"), measure=name, year=picture.year)
    if picture.kind == PROFILE:
        title = provinces()[picture.province].name(say.lang)
    return Words(title, say.pick(measure.unit_en, measure.unit_zh), title, "source", ("boundaries",))
