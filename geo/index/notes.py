"""What a reader must know of an open index, whatever page it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from geo.index import figures
from geo.index.figures import SECURITY, YEAR_SETS
from geo.index.recipe import Recipe
from geo.index.tree import Tree
from geo.text import N_

WHOSE: Final = N_(
    "The open index is our own evaluation from open indicators. The report publishes neither"
    " scores nor weights; this is not its index."
)


@dataclass(frozen=True)
class IndexNote:
    """Something that a reader must know of a result: a sentence with its slots."""

    message: str
    slots: tuple[tuple[str, object], ...] = ()


def index_result_notes(
    recipe: Recipe, names: dict[str, int], tree: Tree, loadings: dict[str, float]
) -> list[IndexNote]:
    """What must stand beside an index by a recipe, whose it is first.

    names: the measures with the year of their figures; tree: those that are used; loadings:
    on the first principal component, where the weights come from it.
    """
    notes = [IndexNote(WHOSE)]
    year_set = YEAR_SETS[recipe.years]
    if year_set.weak:
        notes.append(
            IndexNote(
                N_("The set {years} has only {count} measures: it is weak."),
                (
                    ("years", year_set.id),
                    ("count", len(figures.comparable_indicators(year_set.id))),
                ),
            )
        )
    if recipe.weighting == "entropy":
        notes.append(
            IndexNote(
                N_(
                    "Entropy gives most weight to what is spread least evenly: it rewards skew,"
                    " and its weights change from year to year."
                )
            )
        )
    if recipe.weighting == "component":
        notes.append(
            IndexNote(
                N_(
                    "The principal component gives most weight to what varies together; its"
                    " weights change from year to year."
                )
            )
        )
        against = [name for name, loading in loadings.items() if loading < 0]
        if against:
            notes.append(
                IndexNote(
                    N_("These measures run against the principal component: {measures}."),
                    (("measures", tuple(against)),),
                )
            )
    if not recipe.security and SECURITY in (group.id for group in tree.groups):
        notes.append(
            IndexNote(N_("Network security is shown, but not counted: it has one volatile proxy."))
        )
    elif recipe.security and not year_set.snapshot:
        notes.append(
            IndexNote(
                N_(
                    "Network security counts, and has no figure before 2018: scores do not"
                    " compare with earlier years."
                )
            )
        )
    if recipe.doubtful and figures.doubtful_cells(names):
        notes.append(IndexNote(N_("Doubtful figures are used.")))
    if recipe.normalisation != "goalposts" and not year_set.snapshot:
        notes.append(
            IndexNote(
                N_(
                    "The scale is set anew in each year: ranks compare over years, scores only"
                    " with goalposts."
                )
            )
        )
    return notes
