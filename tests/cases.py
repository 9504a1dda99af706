"""Many cases in one test, combinations that take turns, and pairs of measures by their ids.

``make test`` draws a part of the largest products, in which every value has its turn;
``make test-all`` (ATLAS_ALL_CASES=1) draws all of them.
"""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable, Iterable
from itertools import product
from typing import Any

from geo.analysis import MapPair, Relation, build_map_pair, published_measures, relate_measures

ALL_CASES = os.environ.get("ATLAS_ALL_CASES") == "1"
SHOWN = 10  # cases of a failed loop that are printed with their errors


def for_each(
    names: str, values: Iterable[Any] | Callable[[], Iterable[Any]]
) -> Callable[[Callable[..., None]], Callable]:
    """Run a test for each of some values, as ``pytest.mark.parametrize`` does, as one test.

    names: one argument, or several separated by commas; then each value is a tuple. values: may
    be a function that returns them when the test runs. The decorators can be stacked, and other
    arguments are fixtures.
    """
    arguments = [name.strip() for name in names.split(",")]
    known = None if callable(values) else list(values)

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(test)

        @functools.wraps(test)
        def run(**others: Any) -> None:
            failed = []
            entries = values() if callable(values) else known
            cases = [value if len(arguments) > 1 else (value,) for value in entries]
            for case in cases:
                try:
                    test(**dict(zip(arguments, case, strict=True)), **others)
                except Exception as error:
                    failed.append((", ".join(map(describe_case, case)), error))
            if failed:
                lines = [f"[{case}] {type(error).__name__}: {error}" for case, error in failed]
                raise AssertionError(
                    f"{len(failed)} of {len(cases)} cases of {names} failed:\n"
                    + "\n".join(lines[:SHOWN])
                ) from failed[0][1]

        rest = [p for name, p in signature.parameters.items() if name not in arguments]
        run.__signature__ = signature.replace(parameters=rest)  # type: ignore[attr-defined]
        return run

    return decorate


def describe_case(value: object) -> str:
    """A value of a case as a failure prints it: its id if it has one."""
    return str(getattr(value, "id", value))


def pair_in_turn(firsts: Iterable[Any], *others: Iterable[Any]) -> list[tuple[Any, ...]]:
    """Each of the first with one combination of the others, all combinations in turn."""
    combinations = list(product(*others))
    if ALL_CASES:
        return [(first, *rest) for first in firsts for rest in combinations]
    return [
        (first, *combinations[number % len(combinations)]) for number, first in enumerate(firsts)
    ]


def take_turns(cases: list[Any], count: int, turn: int) -> list[tuple[int, Any]]:
    """Some of many cases with their places, evenly spread, and others with the next turn."""
    places = range(len(cases))
    if not ALL_CASES:
        places = sorted({(turn + step * len(cases) // count) % len(cases) for step in range(count)})
    return [(place, cases[place]) for place in places]


def choose_evenly(values: Iterable[Any], count: int) -> list[Any]:
    """Some of many values, evenly spread from the first to the last."""
    entries = list(values)
    if ALL_CASES or len(entries) <= count:
        return entries
    return [entries[round(step * (len(entries) - 1) / (count - 1))] for step in range(count)]


def relate(first: str, year: int, second: str, year2: int) -> Relation:
    """Relate two published measures by their ids."""
    measures = published_measures()
    return relate_measures(measures[first], year, measures[second], year2)


def pair_maps(first: str, year: int, second: str, year2: int, **options: Any) -> MapPair:
    """Build the maps of two published measures by their ids."""
    measures = published_measures()
    return build_map_pair(measures[first], year, measures[second], year2, **options)
