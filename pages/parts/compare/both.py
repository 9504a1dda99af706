"""The pane ``both`` of the page of comparisons."""

from __future__ import annotations

from geo.text import Texts
from geo.view import View
from pages.parts.compare import choices


def draw(view: View, chosen: tuple[str, ...], say: Texts) -> None:
    """Draw the pane."""
    choices.two(view, say)
