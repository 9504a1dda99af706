"""The index tree: the index, its groups (dimensions) and their indicators, with weights.

Weights are relative: a weight counts as its share of the sum of its siblings. The arrays for the
calculation are normalised, so that they sum to one at each level.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geo.text import N_, InputError

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Indicator:
    """An indicator: direction is 1 where more is better and -1 where less is."""

    id: str
    weight: float = 1.0
    direction: int = 1


@dataclass(frozen=True)
class Group:
    """A dimension with its indicators. With weight zero it is scored and shown, not counted."""

    id: str
    leaves: tuple[Indicator, ...]
    weight: float = 1.0


@dataclass(frozen=True)
class Tree:
    """An index of groups of indicators, at least one of which counts.

    Raises InputError when a weight is negative or no number, when all weights are zero, when
    a group that counts has no indicator with weight, or when an indicator occurs twice.
    """

    groups: tuple[Group, ...]

    def __post_init__(self) -> None:
        parts: tuple[Group | Indicator, ...] = (*self.groups, *self.all_leaves)
        for part in parts:
            if not (math.isfinite(part.weight) and part.weight >= 0):
                raise InputError(
                    N_("The weight of {part} is {weight}. Enter zero or a number above zero."),
                    part=part.id,
                    weight=part.weight,
                )
        ids = self.indicator_ids
        for name in ids:
            if ids.count(name) > 1:
                raise InputError(N_("{part} appears twice in the index."), part=name)
        if not sum(group.weight for group in self.groups) > 0:
            raise InputError(
                N_("All dimensions have the weight zero. Set at least one above zero.")
            )
        for group in self.groups:
            if group.weight > 0 and not sum(leaf.weight for leaf in group.leaves) > 0:
                raise InputError(
                    N_(
                        "{group} counts, but all its indicators have the weight zero. Set one of"
                        " them above zero, or set the dimension to zero."
                    ),
                    group=group.id,
                )

    @cached_property
    def all_leaves(self) -> tuple[Indicator, ...]:
        return tuple(leaf for group in self.groups for leaf in group.leaves)

    @cached_property
    def indicator_ids(self) -> tuple[str, ...]:
        """The indicators in the order of the last axis of every array."""
        return tuple(leaf.id for leaf in self.all_leaves)

    @cached_property
    def group_of(self) -> dict[str, str]:
        return {leaf.id: group.id for group in self.groups for leaf in group.leaves}

    @cached_property
    def directions(self) -> Floats:
        """1 or -1 for each indicator."""
        return np.array([leaf.direction for leaf in self.all_leaves], dtype=float)

    @cached_property
    def membership(self) -> Floats:
        """Groups by indicators: 1 where the indicator is in the group."""
        return np.array(
            [[float(self.group_of[name] == group.id) for name in self.indicator_ids]
             for group in self.groups]
        )  # fmt: skip

    @cached_property
    def leaf_weights(self) -> Floats:
        """Groups by indicators: the share of each indicator within its group.

        A row sums to one, or to zero in a group without weighted indicators, which does not
        count.
        """
        rows = self.membership * np.array([leaf.weight for leaf in self.all_leaves])
        sums = rows.sum(axis=1, keepdims=True)
        return np.divide(rows, sums, out=np.zeros_like(rows), where=sums > 0)

    @cached_property
    def group_weights(self) -> Floats:
        """The share of each group in the index, summing to one."""
        weights = np.array([group.weight for group in self.groups], dtype=float)
        return weights / weights.sum()

    @cached_property
    def nominal_weights(self) -> Floats:
        """The share of each indicator in the index (its share times its group's), sum one."""
        return self.group_weights @ self.leaf_weights

    def without_indicators(self, indicators: Iterable[str]) -> Tree:
        """Return the tree without some indicators, and without the groups that become empty.

        Raises InputError when no group that counts is left.
        """
        gone = set(indicators)
        groups = []
        for group in self.groups:
            leaves = tuple(leaf for leaf in group.leaves if leaf.id not in gone)
            if sum(leaf.weight for leaf in leaves) > 0:
                groups.append(replace(group, leaves=leaves))
        if not sum(group.weight for group in groups) > 0:
            raise InputError(
                N_("No indicator with a weight remains, so the index cannot be calculated.")
            )
        return Tree(tuple(groups))

    def with_weights(self, leaves: Mapping[str, float], groups: Mapping[str, float]) -> Tree:
        """Return the tree with other weights; a part that is not named keeps its weight."""
        return Tree(
            tuple(
                replace(
                    group,
                    weight=groups.get(group.id, group.weight),
                    leaves=tuple(
                        replace(leaf, weight=leaves.get(leaf.id, leaf.weight))
                        for leaf in group.leaves
                    ),
                )
                for group in self.groups
            )
        )
