"""The open index by the OECD/JRC Handbook: tree, recipe, steps, uncertainty, sensitivity."""

from geo.index.aggregation import AGGREGATIONS
from geo.index.agreement import Agreement, agreement_by_edition, compare_with_edition
from geo.index.imputation import IMPUTATIONS
from geo.index.inputs import (
    LATEST_YEAR,
    SECURITY_DIMENSION,
    YEAR_SETS,
    dimension_years,
    index_indicators,
)
from geo.index.normalisation import NORMALISATIONS, SCALE_MAX
from geo.index.open_index import (
    INDEX_PREFIX,
    WHOLE_INDEX,
    counted_indicators,
    default_recipe,
    open_index_definition,
    open_index_measures,
    open_index_note,
    open_index_snapshot,
    rank_intervals,
    rests_on_one_indicator,
    result_snapshot,
    score_snapshot,
)
from geo.index.recipe import Recipe, presets
from geo.index.recipe_files import (
    RECIPE_KIND,
    dataset_checksum,
    recipe_from_address,
    recipe_from_json,
    recipe_to_address,
    recipe_to_json,
)
from geo.index.scoring import (
    OWNER_NOTE,
    SCORE_STATUS_NAMES,
    IndexResult,
    rank_changes_with_security,
    rank_table,
    score_index,
)
from geo.index.sensitivity import ScorePosition, change_one_figure, leave_one_out, one_at_a_time
from geo.index.treatment import OUTLIER_RULES
from geo.index.uncertainty import (
    DEFAULT_DRAWS,
    DEFAULT_SPREAD,
    SAFE_SHARE,
    Uncertainty,
    recipe_uncertainty,
)
from geo.index.weighting import WEIGHTINGS

__all__ = [
    "AGGREGATIONS",
    "DEFAULT_DRAWS",
    "DEFAULT_SPREAD",
    "IMPUTATIONS",
    "INDEX_PREFIX",
    "LATEST_YEAR",
    "NORMALISATIONS",
    "OUTLIER_RULES",
    "OWNER_NOTE",
    "RECIPE_KIND",
    "SAFE_SHARE",
    "SCALE_MAX",
    "SCORE_STATUS_NAMES",
    "SECURITY_DIMENSION",
    "WEIGHTINGS",
    "WHOLE_INDEX",
    "YEAR_SETS",
    "Agreement",
    "IndexResult",
    "Recipe",
    "ScorePosition",
    "Uncertainty",
    "agreement_by_edition",
    "change_one_figure",
    "compare_with_edition",
    "counted_indicators",
    "dataset_checksum",
    "default_recipe",
    "dimension_years",
    "index_indicators",
    "leave_one_out",
    "one_at_a_time",
    "open_index_definition",
    "open_index_measures",
    "open_index_note",
    "open_index_snapshot",
    "presets",
    "rank_changes_with_security",
    "rank_intervals",
    "rank_table",
    "recipe_from_address",
    "recipe_from_json",
    "recipe_to_address",
    "recipe_to_json",
    "recipe_uncertainty",
    "rests_on_one_indicator",
    "result_snapshot",
    "score_index",
    "score_snapshot",
]
