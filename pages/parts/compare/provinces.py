"""The pane ``provinces`` of the page of comparisons."""

from __future__ import annotations

from geo.text import Texts
from geo.view import View


def draw(view: View, chosen: tuple[str, ...], say: Texts) -> None:
    """Draw the pane."""
