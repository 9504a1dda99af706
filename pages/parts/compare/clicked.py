"""A click on a map adds a province to those that are compared, or takes it away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from geo.compare.chosen import toggled
from pages.parts import choosers, state
from pages.parts.webmap import answered


def on_click(key: str) -> Callable[[], None]:
    """The callback of the map under a key."""
    return partial(_clicked, key)


def _clicked(key: str) -> None:
    adcode = answered(key)
    if adcode:
        view, say, _ = state.current()
        choosers.choose(toggled(view, adcode), say)
