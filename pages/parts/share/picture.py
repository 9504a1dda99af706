"""The parameters of the picture that shows what a page shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from geo.analysis import DEFAULT_PROVINCE, NONE_CHOSEN, PageState, compared_provinces
from geo.index import INDEX_PREFIX, WHOLE_INDEX
from geo.pictures import FIGURE_KINDS, MAP_KIND

# Fields of a picture that have the name and the value of a field of the page's state.
STATE_FIELDS: Final = (
    "measure",
    "year",
    "province",
    "measure2",
    "year2",
    "classed",
    "third",
    "quadrants",
    "fit",
    "course",
)


def picture_params(view: PageState, url_params: Mapping[str, str]) -> dict[str, str]:
    """Return the state of a page as parameters of a picture: those that its kind has.

    url_params: of the page's URL, with the kind of picture and what the state does not hold.
    """
    kind = FIGURE_KINDS.get(url_params.get("kind", ""), FIGURE_KINDS[MAP_KIND])
    texts: dict[str, str] = {"lang": url_params.get("words", view.lang)}
    texts |= {name: str(getattr(view, name)) for name in STATE_FIELDS if name in kind.fields}
    if kind.measure_kind and view.shown_measure.kind != kind.measure_kind:
        texts["measure"] = INDEX_PREFIX + WHOLE_INDEX
    if "measure" not in kind.fields:
        texts["year"] = str(view.preferred_year)
    if kind.needs_province:
        texts["province"] = view.province or DEFAULT_PROVINCE
    if "provinces" in kind.fields:
        chosen = compared_provinces(view)
        if len(chosen) < kind.min_provinces:
            chosen = compared_provinces(view.model_copy(update={"requested_provinces": None}))
        texts["provinces"] = ",".join(chosen) or NONE_CHOSEN
    texts |= {name: url_params[name] for name in ("method", "classes") if name in url_params}
    return {name: value for name, value in texts.items() if value}
