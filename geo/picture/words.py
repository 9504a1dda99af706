"""The words around a picture, in one language: geo.captions has them but for own recipes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geo import attribution, captions, indexwords, wording
from geo.choropleth import Choropleth
from geo.index.exchange import from_address
from geo.index.model import score
from geo.index.notes import WHOSE
from geo.index.recipe import Recipe, named_recipes
from geo.measures import measures
from geo.picture.request import PROFILE, Picture
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


def words(picture: Picture, drawn: Choropleth | None, say: Texts) -> Words:
    """The words of a picture as the atlas makes them, without the reader's own.

    drawn: the map of its measure; a profile has none.
    """
    if picture.recipe:
        return _of_recipe(picture, say)
    if picture.kind == PROFILE:
        found = captions.profile_caption(picture.province, picture.year, say)
    else:
        measure = measures()[picture.measure]
        found = captions.caption(measure, picture.year, say, picture.province, drawn)
    notes = tuple(note.text for note in found.notes)
    return Words(found.title.text, found.subtitle, found.alt.text, found.source, notes)


def _of_recipe(picture: Picture, say: Texts) -> Words:
    """The words of an open index by other choices than the default: nothing of the default's."""
    measure = measures()[picture.measure]
    recipe = from_address(picture.recipe)
    parts = indexwords.entered(measure, score(recipe, picture.year))
    title = say(
        N_("{measure}, {year}"), measure=wording.measure_name(measure, say), year=picture.year
    )
    source = say(
        N_("open index of this atlas, from {count} indicators ({official})"),
        count=len(parts),
        official=attribution.official(parts, say),
    )
    return Words(
        title,
        captions.subtitle(measure, picture.year, say),
        title,
        say(N_("Figures: {source}."), source=source),
        tuple(filter(None, (_mark(recipe, say), say(WHOSE), attribution.boundaries(say)))),
    )


def _mark(recipe: Recipe, say: Texts) -> str:
    """With what choices an index was made; empty where only its set of years is another."""
    bare = replace(recipe, years=Recipe().years)
    named = next((own for own in named_recipes().values() if own.recipe == bare), None)
    if named is None:
        return say(N_("Made with your own choices and weights, not with the atlas’s default"))
    if named.recipe == Recipe():
        return ""
    return say(N_("Made with the set “{name}”, not with the atlas’s default"), name=say(named.name))
