"""Which mark or line is whose, in a row over a chart."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from geo import marks


def key_row(items: Iterable[tuple[str, str]]) -> Markup:
    """Small drawings (SVG) with the names of what they stand for."""
    item = Markup('<span><img src="{}" alt=""> {}</span>')
    return Markup('<p class="marks free">{}</p>').format(
        Markup("").join(item.format(marks.image_address(svg), name) for svg, name in items)
    )
