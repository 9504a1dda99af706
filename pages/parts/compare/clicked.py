"""A click on a map adds a province to those that are compared, or takes it away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from geo.compare.chosen import toggle_province
from pages.parts import choosers, state
from pages.parts.webmap import clicked_province


def toggle_on_click(key: str) -> Callable[[], None]:
    """The callback of the map under a key."""
    return partial(_toggle_clicked, key)


def _toggle_clicked(key: str) -> None:
    adcode = clicked_province(key)
    if adcode:
        view, _, _ = state.current_page()
        choosers.set_provinces(toggle_province(view, adcode))
