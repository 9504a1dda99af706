"""The open index of a year: ``score(recipe, year)``, with every step kept for showing.

It is the atlas's own reckoning from open indicators. The report publishes neither scores nor
weights, and this does not reproduce them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd

from geo.index import aggregate, figures, weigh
from geo.index.compose import Composition, Material, Method, check, compose, silent, treated
from geo.index.figures import SECURITY, YEAR_SETS
from geo.index.normalise import min_max
from geo.index.notes import Note, notes
from geo.index.recipe import Recipe
from geo.index.tree import Floats, Tree
from geo.indicators import indicators
from geo.provinces import provinces
from geo.text import N_


class Standing(StrEnum):
    """Whether a unit has a score, and if not, why."""

    EVALUATED = "evaluated"
    LEFT_OUT = "left_out"  # too little coverage
    NOT_EVALUATED = "not_evaluated"  # Hong Kong, Macao and Taiwan


STANDING_NAMES: Final = {
    Standing.EVALUATED: N_("Evaluated"),
    Standing.LEFT_OUT: N_("Left out: figures for less than 65% of the weight"),
    Standing.NOT_EVALUATED: N_("Not evaluated"),
}
SILENT: Final = {
    "missing": N_("Left out: no figure in this year"),
    "constant": N_("Left out: the same figure everywhere, so it tells no province apart"),
}


@dataclass(frozen=True)
class IndexResult:
    """The open index of one year. The tables are shared through a cache: never change them.

    table: a row for each of the 34 units by adcode. ``score`` and ``rank`` (missing without a
    score), ``standing``; and for each dimension d ``score d``, ``rank d`` (also where it is
    shown, not counted) and ``points d``, what it adds to the score (nought where it is not
    counted; the points sum to the score).
    indicators: a row for each measure that the recipe lets in. ``dimension``, ``year`` (of its
    figures), ``status`` (used, missing, constant), ``nominal`` and ``effective`` weight (each
    sums to one), ``treatment`` (none, winsorise, log), ``skew`` and ``kurtosis`` before it,
    ``figures`` (how many), ``doubtful`` (how many figures are marked), ``shares_with`` (ids).
    points: units by measures, what each adds to the score.
    figures, treated, normalised: units by measures after each step (figures after imputation
    from the region). overlaps: the measures that say nearly the same. notes: what a reader must
    know. material, method: what the index was composed of, for geo.robustness.
    """

    recipe: Recipe
    year: int
    table: pd.DataFrame
    indicators: pd.DataFrame
    points: pd.DataFrame
    figures: pd.DataFrame
    treated: pd.DataFrame
    normalised: pd.DataFrame
    overlaps: tuple[weigh.Overlap, ...]
    notes: tuple[Note, ...]
    material: Material
    method: Method

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions that have a measure, in the report's order."""
        return tuple(group.id for group in self.material.tree.groups)

    @property
    def counted(self) -> tuple[str, ...]:
        """The dimensions that count."""
        return tuple(group.id for group in self.material.tree.groups if group.weight > 0)

    @property
    def scores(self) -> pd.Series:
        """The scores of the units that have one."""
        return self.table["score"].dropna()


@lru_cache(maxsize=64)
def score(recipe: Recipe, year: int) -> IndexResult:
    """The open index by a recipe, for a year of its set.

    Units with figures for less than 65% of the weight have no score, and say so. Raises
    InputError where the choices leave nothing to compare (geo.index.recipe, geo.index.compose).
    """
    names = recipe.measures(year)
    return score_table(recipe, year, figures.table(names, recipe.doubtful))


def score_table(recipe: Recipe, year: int, table: pd.DataFrame) -> IndexResult:
    """The open index over given figures (provinces by the recipe's measures); not cached."""
    own = _compose(recipe, year, table)
    material, method, made = own.material, own.method, own.made
    return IndexResult(
        recipe=recipe,
        year=year,
        table=_table(material, method, made),
        indicators=_indicators(own),
        points=_points(material, method, made),
        figures=_frame(material, material.filled(method.imputation) * material.tree.directions),
        treated=_frame(material, made.treated),
        normalised=_frame(material, made.normalised),
        overlaps=own.pairs,
        notes=tuple(notes(recipe, own.names, material.tree, own.loadings)),
        material=material,
        method=method,
    )


def rank_table(recipe: Recipe, year: int) -> pd.Series:
    """Only the ranks of the 31 provinces, missing without a score; for comparing many recipes."""
    table = figures.table(recipe.measures(year), recipe.doubtful)
    made = _compose(recipe, year, table).made
    return aggregate.rank_column(pd.Series(made.index, index=table.index))


@dataclass(frozen=True)
class _Composed:
    """A composition with what led to it."""

    names: dict[str, int]
    mute: dict[str, str]
    pairs: tuple[weigh.Overlap, ...]
    sets: tuple[tuple[str, ...], ...]
    loadings: dict[str, float]
    material: Material
    method: Method
    made: Composition


def _compose(recipe: Recipe, year: int, table: pd.DataFrame) -> _Composed:
    names = recipe.measures(year)
    mute = silent(table)
    skeleton = figures.tree(names)
    bare = skeleton.without(mute) if mute else skeleton
    method = Method(
        recipe.outliers, recipe.normalisation, recipe.imputation, recipe.within, recipe.across
    )
    material = _material(recipe, names, bare, table)
    check(material)
    pairs = _overlaps(recipe, year, bare)
    sets = weigh.sharing(bare, pairs)
    tree, loadings = _weighed(recipe, material, method, sets)
    material = replace(material, tree=tree)
    made = compose(material, method)
    return _Composed(names, mute, pairs, sets, loadings, material, method, made)


def _material(recipe: Recipe, names: dict[str, int], tree: Tree, table: pd.DataFrame) -> Material:
    columns = list(tree.indicators)
    years = YEAR_SETS[recipe.years].years
    pool = None
    if recipe.normalisation == "goalposts":
        pool = figures.pooled({n: names[n] for n in columns}, years, recipe.doubtful)
    regions = pd.Series({a: provinces()[a].region_en for a in table.index})
    return Material(table[columns], tree, pool, regions)


def _overlaps(recipe: Recipe, year: int, tree: Tree) -> tuple[weigh.Overlap, ...]:
    """The overlaps among the measures of a tree."""
    names = set(tree.indicators)
    found = _all_overlaps(recipe.years, year, recipe.nearest_year, recipe.doubtful)
    return tuple(pair for pair in found if {pair.first, pair.second} <= names)


@lru_cache(maxsize=64)
def _all_overlaps(
    year_set: str, year: int, nearest_year: bool, doubtful: bool
) -> tuple[weigh.Overlap, ...]:
    """Which measures overlap, looked at over all years of the set, so that weights stay put."""
    own = figures.asked(year_set, year, nearest_year)
    years = YEAR_SETS[year_set].years
    tables = [
        figures.table(
            {m: y if y in indicators()[m].years and len(years) > 1 else own[m] for m in own},
            doubtful,
        )
        for y in years
    ]
    numerators = {m: indicators()[m].numerator for m in own}
    contained = [
        (part, whole)
        for part in own
        for whole in own
        if (numerators[part], numerators[whole]) in weigh.CONTAINED
    ]
    return weigh.overlaps(tables, figures.tree(own), contained)


def _weighed(
    recipe: Recipe, material: Material, method: Method, sets: tuple[tuple[str, ...], ...]
) -> tuple[Tree, dict[str, float]]:
    """The tree with its weights, and the loadings where they come from a component."""
    tree = material.tree
    loadings: dict[str, float] = {}
    uncounted = () if recipe.security else (SECURITY,)
    if recipe.weighting in ("dimension", "own"):
        given = dict(recipe.indicator_weights)
        # What the reader weighs stays as given; the rest shares.
        tree = weigh.share(tree, [own for own in sets if not set(own) & set(given)])
        ours = {group.id: recipe.weight_of(group.id) for group in tree.groups}
        ours |= dict.fromkeys(set(uncounted) & set(ours), 0.0)
        given = {name: weight for name, weight in given.items() if name in tree.indicators}
        return tree.weighted(given, ours), loadings
    if recipe.weighting in ("entropy", "component"):
        own = treated(material, replace(method, normalisation="min_max")).own
        if recipe.weighting == "entropy":
            weights = weigh.entropy(min_max(own, 0, 1))
        else:
            weights, signed = weigh.first_component(own)
            loadings = dict(zip(tree.indicators, signed.tolist(), strict=True))
        tree = tree.weighted(dict(zip(tree.indicators, weights.tolist(), strict=True)), {})
    return weigh.summed(weigh.share(tree, sets), uncounted), loadings


def _frame(material: Material, values: Floats) -> pd.DataFrame:
    return pd.DataFrame(
        values, index=material.figures.index, columns=list(material.tree.indicators)
    )


def _table(material: Material, method: Method, made: Composition) -> pd.DataFrame:
    index, tree = material.figures.index, material.tree
    points = aggregate.contributions(made.groups.T, tree.group_weights, made.index, method.across)
    columns = {"score": pd.Series(made.index, index)}
    columns["rank"] = aggregate.rank_column(columns["score"])
    for place, group in enumerate(tree.groups):
        own = pd.Series(made.groups[place], index)
        columns[f"score {group.id}"] = own
        columns[f"rank {group.id}"] = aggregate.rank_column(own)
        columns[f"points {group.id}"] = pd.Series(points[:, place], index)
    table = pd.DataFrame(columns).reindex(list(provinces()))
    standing = [
        Standing.NOT_EVALUATED
        if not own.evaluated
        else Standing.LEFT_OUT
        if np.isnan(table.at[adcode, "score"])
        else Standing.EVALUATED
        for adcode, own in provinces().items()
    ]
    table.insert(2, "standing", pd.Series(standing, table.index, dtype=object))
    table.index.name = "adcode"
    return table


def _points(material: Material, method: Method, made: Composition) -> pd.DataFrame:
    """What each indicator adds: its group's points, shared out as within the group."""
    tree = material.tree
    groups = aggregate.contributions(made.groups.T, tree.group_weights, made.index, method.across)
    points = np.full(made.normalised.shape, np.nan)
    for place, weights in enumerate(tree.leaf_weights):
        row = tree.membership[place].astype(bool)
        within = aggregate.contributions(
            made.normalised[:, row], weights[row], np.ones(len(points)), method.within
        )
        points[:, row] = within * groups[:, [place]]
    return _frame(material, points)


def _indicators(own: _Composed) -> pd.DataFrame:
    names, material, made = own.names, own.material, own.made
    tree = material.tree
    used = list(tree.indicators)
    frame = pd.DataFrame(
        {
            "dimension": {name: indicators()[name].dimension for name in names},
            "year": names,
            "status": {name: own.mute.get(name, "used") for name in names},
        }
    )
    doubtful = figures.doubtful_cells(names)
    columns: dict[str, object] = {
        "nominal": tree.nominal,
        "effective": weigh.effective(made.normalised, made.index, tree.nominal),
        "treatment": made.treatment.names(),
        "skew": made.treatment.skew,
        "kurtosis": made.treatment.kurtosis,
        "figures": material.present.sum(axis=0),
    }
    frame = frame.join(pd.DataFrame(columns, index=used))
    frame[["nominal", "effective"]] = frame[["nominal", "effective"]].fillna(0.0)
    frame["figures"] = frame["figures"].fillna(0).astype(int)
    frame["treatment"] = frame["treatment"].where(frame["treatment"].notna(), "none")
    frame["doubtful"] = [len(doubtful.get(name, ())) for name in names]
    frame["shares_with"] = pd.Series(
        [
            tuple(m for same in own.sets if name in same for m in same if m != name)
            for name in names
        ],
        index=frame.index,
        dtype=object,
    )
    return frame


def moves(before: IndexResult, after: IndexResult) -> pd.DataFrame:
    """Who moves between two results: units whose rank differs, the largest moves first.

    Columns before, after (missing without a rank) and places, above nought for a rise
    (missing where either rank is). Index: adcode.
    """
    frame = pd.DataFrame({"before": before.table["rank"], "after": after.table["rank"]})
    frame["places"] = frame["before"] - frame["after"]
    same = (frame["before"] == frame["after"]).fillna(False)
    frame = frame[~same & (frame["before"].notna() | frame["after"].notna())]
    order = frame["places"].abs().sort_values(ascending=False, kind="stable").index
    return frame.loc[order]


def security_moves(recipe: Recipe, year: int) -> pd.DataFrame:
    """Who moves when network security is counted; raises InputError where it has no figure."""
    return moves(
        score(replace(recipe, security=False), year), score(replace(recipe, security=True), year)
    )
