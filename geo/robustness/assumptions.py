"""Which choices a Monte Carlo draws from, and how far weights stray from those that are set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.errors import InputError
from geo.index.aggregate import AGGREGATIONS
from geo.index.compose import Method
from geo.index.normalise import NORMALISATIONS
from geo.index.treat import OUTLIERS
from geo.index.tree import Floats
from geo.text import N_

SEED: Final = 20180416  # fixed and printed, so that everyone gets the same intervals
DRAWS: Final = 10_000
MAX_DRAWS: Final = 100_000  # more move no interval by a place, and would hold up other readers
SPREAD: Final = 0.25
MAX_SPREAD: Final = 0.9


@dataclass(frozen=True)
class Assumptions:
    """What is drawn, each choice with equal probability; the recipe's own choice always takes part.

    outliers, normalisations, aggregations: names. (Places and goalposts repeat percentile ranks
    and minimum to maximum within one year, and the harmonic mean on a scale that begins at 1 is
    ruled by single last places; none of the three is drawn unless the recipe has it.)
    spread: the coefficient of variation of an average weight among its siblings; 0 keeps the
    weights as set. leave_out: whether half of the draws go without one indicator, any with
    equal probability.
    """

    outliers: tuple[str, ...] = ("none", "winsorise", "log")
    normalisations: tuple[str, ...] = (
        "min_max",
        "z_score",
        "percentile_rank",
        "distance_to_best",
    )
    aggregations: tuple[str, ...] = ("arithmetic", "geometric")
    spread: float = SPREAD
    leave_out: bool = True

    def __post_init__(self) -> None:
        if not (np.isfinite(self.spread) and 0 <= self.spread <= MAX_SPREAD):
            raise InputError(
                N_("The spread of the weights is {spread}. Give a number from 0 to {most}."),
                spread=self.spread,
                most=MAX_SPREAD,
            )
        for names, known in (
            (self.outliers, OUTLIERS),
            (self.normalisations, NORMALISATIONS),
            (self.aggregations, AGGREGATIONS),
        ):
            for name in names:
                if name not in known:
                    raise KeyError(name)

    def method_combinations(self, chosen: Method) -> list[Method]:
        """Every combination of the choices, the one asked for first."""
        methods = [chosen]
        for outliers in _own_choice_first(chosen.outliers, self.outliers):
            for normalisation in _own_choice_first(chosen.normalisation, self.normalisations):
                for within in _own_choice_first(chosen.within, self.aggregations):
                    for across in _own_choice_first(chosen.across, self.aggregations):
                        method = Method(outliers, normalisation, chosen.imputation, within, across)
                        if method != chosen:
                            methods.append(method)
        return methods


NOTHING: Final = Assumptions((), (), (), spread=0.0, leave_out=False)


def draw_weights(
    weights: Floats, spread: float, draws: int, generator: np.random.Generator
) -> Floats:
    """Draws of weights around those that are set: draws by parts, each row summing to one.

    Dirichlet with parameters A w_j, whose means are the set weights w_j (summing to one). A =
    (n - 1) / spread² - 1, so that a weight of 1/n has the coefficient of variation
    `spread`; heavier ones vary less in proportion, lighter ones more. Weights of nought stay
    nought; a single part keeps all. (Handbook, step 8; Saisana, Saltelli and Tarantola 2005.)
    """
    held = weights > 0
    count = int(held.sum())
    result = np.tile(weights, (draws, 1))
    if spread == 0 or count < 2:
        return result
    concentration = (count - 1) / spread**2 - 1
    # The gamma variates behind a Dirichlet, in one array for all draws.
    gammas = generator.standard_gamma(concentration * weights[held], size=(draws, count))
    sums = gammas.sum(axis=1, keepdims=True)
    # Very uneven weights can draw nothing but noughts: there the set weights stand.
    result[:, held] = np.divide(gammas, sums, out=result[:, held], where=sums > 0)
    return result


def check_draws(draws: int) -> None:
    """Raise InputError unless the number of draws is from 1 to the most that is allowed."""
    if not 1 <= draws <= MAX_DRAWS:
        raise InputError(
            N_("The number of draws is {draws}. Give a number from 1 to {most}."),
            draws=draws,
            most=MAX_DRAWS,
        )


def _own_choice_first(chosen: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((chosen, *names)))
