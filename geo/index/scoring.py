"""Scores of a year by a recipe, with the results of every step and the notes on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd

from geo.index.aggregation import rank_column, score_contributions
from geo.index.composition import (
    Composition,
    IndexInputs,
    Method,
    check_inputs,
    compose_index,
    treat_outliers,
    uninformative_indicators,
)
from geo.index.inputs import (
    SECURITY_DIMENSION,
    YEAR_SETS,
    build_pooled_table,
    build_table,
    build_tree,
    comparable_indicators,
    doubtful_cells,
    indicator_years,
)
from geo.index.normalisation import scale_min_max
from geo.index.recipe import Recipe
from geo.index.tree import Floats, Tree
from geo.index.weighting import (
    CONTAINED,
    Overlap,
    effective_weights,
    entropy_weights,
    find_overlaps,
    overlap_clusters,
    principal_component_weights,
    share_weights,
    sum_group_weights,
)
from geo.limits import SCORE_CACHE_SIZE
from geo.measures import published_indicators
from geo.text import N_
from geo.units import provinces

OWNER_NOTE: Final = N_(
    "The open index is calculated by this atlas from open indicators. The report "
    "publishes neither scores nor weights; this is not its index."
)


@dataclass(frozen=True)
class IndexNote:
    """A note on a result for the reader: a message and the values of its slots."""

    message: str
    slots: tuple[tuple[str, object], ...] = ()


def index_result_notes(
    recipe: Recipe, names: dict[str, int], tree: Tree, loadings: dict[str, float]
) -> list[IndexNote]:
    """Return the notes to show with an index, first that it is the atlas's and not the report's.

    names: the measures with the year of their values; tree: those that are used; loadings:
    on the first principal component, where the weights come from it.
    """
    notes = [IndexNote(OWNER_NOTE)]
    year_set = YEAR_SETS[recipe.years]
    if year_set.weak:
        notes.append(
            IndexNote(
                N_("Only {count} indicators are comparable over {years}: the evidence is weak."),
                (
                    ("years", year_set.id),
                    ("count", len(comparable_indicators(year_set.id))),
                ),
            )
        )
    if recipe.weighting == "entropy":
        notes.append(
            IndexNote(
                N_(
                    "Entropy weighting gives more weight to unevenly distributed indicators: it "
                    "favours skewed ones, and its weights change from year to year."
                )
            )
        )
    if recipe.weighting == "component":
        notes.append(
            IndexNote(
                N_(
                    "The first principal component gives more weight to indicators that vary "
                    "together; its weights change from year to year."
                )
            )
        )
        against = [name for name, loading in loadings.items() if loading < 0]
        if against:
            notes.append(
                IndexNote(
                    N_("These indicators run against the first principal component: {measures}."),
                    (("measures", tuple(against)),),
                )
            )
    if not recipe.security and SECURITY_DIMENSION in (group.id for group in tree.groups):
        notes.append(
            IndexNote(
                N_(
                    "Network security is shown, but not counted:"
                    " it has only one volatile indicator."
                )
            )
        )
    elif recipe.security and not year_set.snapshot:
        notes.append(
            IndexNote(
                N_(
                    "Network security counts, and has no values before 2018: scores are not "
                    "comparable with earlier years."
                )
            )
        )
    if recipe.doubtful and doubtful_cells(names):
        notes.append(IndexNote(N_("Doubtful values are used.")))
    if recipe.normalisation != "goalposts" and not year_set.snapshot:
        notes.append(
            IndexNote(
                N_(
                    "The scale is set anew in each year: ranks are comparable over years, scores "
                    "only with min–max over all years."
                )
            )
        )
    return notes


class ScoreStatus(StrEnum):
    """Whether a unit has a score, or why not."""

    EVALUATED = "evaluated"
    LEFT_OUT = "left_out"  # too little coverage
    NOT_EVALUATED = "not_evaluated"  # Hong Kong, Macao and Taiwan


SCORE_STATUS_NAMES: Final = {
    ScoreStatus.EVALUATED: N_("Evaluated"),
    ScoreStatus.LEFT_OUT: N_("Excluded: values for less than 65% of the weight"),
    ScoreStatus.NOT_EVALUATED: N_("Not evaluated"),
}


@dataclass(frozen=True)
class IndexResult:
    """The open index of one year. The tables are shared through a cache: never change them.

    table: a row for each of the 34 units by adcode. ``score_index`` and ``rank`` (missing without a
    score), ``standing``; and for each dimension d ``score d``, ``rank d`` (also where it is
    shown, not counted) and ``points d``, what it adds to the score (zero where it is not
    counted; the points sum to the score).
    indicators: a row for each measure that the recipe includes. ``dimension``, ``year`` (of its
    values), ``status`` (used, missing, constant), ``nominal`` and ``effective`` weight (each
    sums to one), ``treatment`` (none, winsorise, log), ``skew`` and ``kurtosis`` before it,
    ``figures`` (number of values), ``doubtful`` (number of doubtful values), ``shares_with`` (ids).
    points: units by measures, what each adds to the score.
    figures, treated, normalised: units by measures after each step (figures after imputation
    from the region). overlaps: the measures that measure nearly the same. notes: the notes for the
    reader. material, method: inputs and method of the index, for geo.index.uncertainty.
    """

    recipe: Recipe
    year: int
    table: pd.DataFrame
    indicators: pd.DataFrame
    points: pd.DataFrame
    figures: pd.DataFrame
    treated: pd.DataFrame
    normalised: pd.DataFrame
    overlaps: tuple[Overlap, ...]
    notes: tuple[IndexNote, ...]
    material: IndexInputs
    method: Method

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions that have a measure, in the order of the report."""
        return tuple(group.id for group in self.material.tree.groups)

    @property
    def counted(self) -> tuple[str, ...]:
        """The dimensions that count."""
        return tuple(group.id for group in self.material.tree.groups if group.weight > 0)

    @property
    def scores(self) -> pd.Series:
        """The scores of the units that have one."""
        return self.table["score"].dropna()


@lru_cache(maxsize=SCORE_CACHE_SIZE)
def score_index(recipe: Recipe, year: int) -> IndexResult:
    """Return the open index by a recipe, for a year of its set.

    Units with values for less than 65% of the weight have no score; their standing says so. Raises
    InputError when the choices leave nothing to compare (geo.index.recipe, geo.index.composition).
    """
    names = recipe.indicators_for(year)
    return score_table(recipe, year, build_table(names, recipe.doubtful))


def score_table(recipe: Recipe, year: int, table: pd.DataFrame) -> IndexResult:
    """Return the open index of a table of values (provinces by the recipe's measures), uncached."""
    composed_index = _compose_year(recipe, year, table)
    material, method, composition = (
        composed_index.material,
        composed_index.method,
        composed_index.composition,
    )
    return IndexResult(
        recipe=recipe,
        year=year,
        table=_result_table(material, method, composition),
        indicators=_indicator_table(composed_index),
        points=_points_table(material, method, composition),
        figures=_unit_frame(
            material, material.imputed(method.imputation) * material.tree.directions
        ),
        treated=_unit_frame(material, composition.treated),
        normalised=_unit_frame(material, composition.normalised),
        overlaps=composed_index.pairs,
        notes=tuple(
            index_result_notes(recipe, composed_index.names, material.tree, composed_index.loadings)
        ),
        material=material,
        method=method,
    )


def rank_table(recipe: Recipe, year: int) -> pd.Series:
    """Return only the ranks of the 31 provinces, missing without a score, to compare recipes."""
    table = build_table(recipe.indicators_for(year), recipe.doubtful)
    composition = _compose_year(recipe, year, table).composition
    return rank_column(pd.Series(composition.index, index=table.index))


@dataclass(frozen=True)
class _ComposedIndex:
    """A composition with its inputs and choices."""

    names: dict[str, int]
    excluded: dict[str, str]
    pairs: tuple[Overlap, ...]
    sets: tuple[tuple[str, ...], ...]
    loadings: dict[str, float]
    material: IndexInputs
    method: Method
    composition: Composition


def _compose_year(recipe: Recipe, year: int, table: pd.DataFrame) -> _ComposedIndex:
    names = recipe.indicators_for(year)
    mute = uninformative_indicators(table)
    skeleton = build_tree(names)
    bare = skeleton.without_indicators(mute) if mute else skeleton
    method = Method(
        recipe.outliers, recipe.normalisation, recipe.imputation, recipe.within, recipe.across
    )
    material = _build_inputs(recipe, names, bare, table)
    check_inputs(material)
    pairs = _find_overlaps(recipe, year, bare)
    sets = overlap_clusters(bare, pairs)
    tree, loadings = _weigh_tree(recipe, material, method, sets)
    material = replace(material, tree=tree)
    composition = compose_index(material, method)
    return _ComposedIndex(names, mute, pairs, sets, loadings, material, method, composition)


def _build_inputs(
    recipe: Recipe, names: dict[str, int], tree: Tree, table: pd.DataFrame
) -> IndexInputs:
    columns = list(tree.indicator_ids)
    years = YEAR_SETS[recipe.years].years
    pool = None
    if recipe.normalisation == "goalposts":
        pool = build_pooled_table({n: names[n] for n in columns}, years, recipe.doubtful)
    regions = pd.Series({a: provinces()[a].region_en for a in table.index})
    return IndexInputs(table[columns], tree, pool, regions)


def _find_overlaps(recipe: Recipe, year: int, tree: Tree) -> tuple[Overlap, ...]:
    """Return the overlaps among the measures of a tree."""
    names = set(tree.indicator_ids)
    overlaps = _all_overlaps(recipe.years, year, recipe.nearest_year, recipe.doubtful)
    return tuple(pair for pair in overlaps if {pair.first, pair.second} <= names)


@lru_cache(maxsize=SCORE_CACHE_SIZE)
def _all_overlaps(
    year_set: str, year: int, nearest_year: bool, doubtful: bool
) -> tuple[Overlap, ...]:
    """Return the overlaps over all years of the set, so that weights do not change by year."""
    numbers = indicator_years(year_set, year, nearest_year)
    years = YEAR_SETS[year_set].years
    tables = [
        build_table(
            {
                m: y if y in published_indicators()[m].years and len(years) > 1 else numbers[m]
                for m in numbers
            },
            doubtful,
        )
        for y in years
    ]
    numerators = {m: published_indicators()[m].numerator for m in numbers}
    contained = [
        (part, whole)
        for part in numbers
        for whole in numbers
        if (numerators[part], numerators[whole]) in CONTAINED
    ]
    return find_overlaps(tables, build_tree(numbers), contained)


def _weigh_tree(
    recipe: Recipe, material: IndexInputs, method: Method, sets: tuple[tuple[str, ...], ...]
) -> tuple[Tree, dict[str, float]]:
    """Return the tree with weights, and the loadings where a component gives the weights."""
    tree = material.tree
    loadings: dict[str, float] = {}
    uncounted = () if recipe.security else (SECURITY_DIMENSION,)
    if recipe.weighting in ("dimension", "own"):
        weights_by_id = dict(recipe.indicator_weights)
        # Weights that the reader sets stay as given; only the other indicators share weights.
        tree = share_weights(tree, [lines for lines in sets if not set(lines) & set(weights_by_id)])
        ours = {group.id: recipe.weight_of(group.id) for group in tree.groups}
        ours |= dict.fromkeys(set(uncounted) & set(ours), 0.0)
        weights_by_id = {
            name: weight for name, weight in weights_by_id.items() if name in tree.indicator_ids
        }
        return tree.with_weights(weights_by_id, ours), loadings
    if recipe.weighting in ("entropy", "component"):
        values = treat_outliers(material, replace(method, normalisation="min_max")).values
        if recipe.weighting == "entropy":
            weights = entropy_weights(scale_min_max(values, 0, 1))
        else:
            weights, signed = principal_component_weights(values)
            loadings = dict(zip(tree.indicator_ids, signed.tolist(), strict=True))
        tree = tree.with_weights(dict(zip(tree.indicator_ids, weights.tolist(), strict=True)), {})
    return sum_group_weights(share_weights(tree, sets), uncounted), loadings


def _unit_frame(material: IndexInputs, values: Floats) -> pd.DataFrame:
    return pd.DataFrame(
        values, index=material.figures.index, columns=list(material.tree.indicator_ids)
    )


def _result_table(material: IndexInputs, method: Method, composition: Composition) -> pd.DataFrame:
    index, tree = material.figures.index, material.tree
    points = score_contributions(
        composition.groups.T, tree.group_weights, composition.index, method.across
    )
    columns = {"score": pd.Series(composition.index, index)}
    columns["rank"] = rank_column(columns["score"])
    for place, group in enumerate(tree.groups):
        column = pd.Series(composition.groups[place], index)
        columns[f"score {group.id}"] = column
        columns[f"rank {group.id}"] = rank_column(column)
        columns[f"points {group.id}"] = pd.Series(points[:, place], index)
    table = pd.DataFrame(columns).reindex(list(provinces()))
    standing = [
        ScoreStatus.NOT_EVALUATED
        if not province.evaluated
        else ScoreStatus.LEFT_OUT
        if np.isnan(table.at[adcode, "score"])
        else ScoreStatus.EVALUATED
        for adcode, province in provinces().items()
    ]
    table.insert(2, "standing", pd.Series(standing, table.index, dtype=object))
    table.index.name = "adcode"
    return table


def _points_table(material: IndexInputs, method: Method, composition: Composition) -> pd.DataFrame:
    """Return the points of each indicator: those of its group, divided as within the group."""
    tree = material.tree
    groups = score_contributions(
        composition.groups.T, tree.group_weights, composition.index, method.across
    )
    points = np.full(composition.normalised.shape, np.nan)
    for place, weights in enumerate(tree.leaf_weights):
        row = tree.membership[place].astype(bool)
        within = score_contributions(
            composition.normalised[:, row], weights[row], np.ones(len(points)), method.within
        )
        points[:, row] = within * groups[:, [place]]
    return _unit_frame(material, points)


def _indicator_table(composed: _ComposedIndex) -> pd.DataFrame:
    names, material, composition = composed.names, composed.material, composed.composition
    tree = material.tree
    used = list(tree.indicator_ids)
    frame = pd.DataFrame(
        {
            "dimension": {name: published_indicators()[name].dimension for name in names},
            "year": names,
            "status": {name: composed.excluded.get(name, "used") for name in names},
        }
    )
    doubtful = doubtful_cells(names)
    columns: dict[str, object] = {
        "nominal": tree.nominal_weights,
        "effective": effective_weights(
            composition.normalised, composition.index, tree.nominal_weights
        ),
        "treatment": composition.treatment.treatment_names(),
        "skew": composition.treatment.skew,
        "kurtosis": composition.treatment.kurtosis,
        "figures": material.is_present.sum(axis=0),
    }
    frame = frame.join(pd.DataFrame(columns, index=used))
    frame[["nominal", "effective"]] = frame[["nominal", "effective"]].fillna(0.0)
    frame["figures"] = frame["figures"].fillna(0).astype(int)
    frame["treatment"] = frame["treatment"].where(frame["treatment"].notna(), "none")
    frame["doubtful"] = [len(doubtful.get(name, ())) for name in names]
    frame["shares_with"] = pd.Series(
        [
            tuple(m for same in composed.sets if name in same for m in same if m != name)
            for name in names
        ],
        index=frame.index,
        dtype=object,
    )
    return frame


def rank_changes(before: IndexResult, after: IndexResult) -> pd.DataFrame:
    """Return the units whose rank differs between two results, the largest moves first.

    Columns before, after (missing without a rank) and places, above zero for a rise
    (missing where either rank is). Index: adcode.
    """
    frame = pd.DataFrame({"before": before.table["rank"], "after": after.table["rank"]})
    frame["places"] = frame["before"] - frame["after"]
    same = (frame["before"] == frame["after"]).fillna(False)
    frame = frame[~same & (frame["before"].notna() | frame["after"].notna())]
    order = frame["places"].abs().sort_values(ascending=False, kind="stable").index
    return frame.loc[order]


def rank_changes_with_security(recipe: Recipe, year: int) -> pd.DataFrame:
    """Return the rank changes when network security counts; InputError where it has no value."""
    return rank_changes(
        score_index(replace(recipe, security=False), year),
        score_index(replace(recipe, security=True), year),
    )
