"""Labels of map classes in the reader's language."""

from __future__ import annotations

from typing import Final

from geo.choropleth import MapClass
from geo.text import N_, Translator


def class_label(map_class: MapClass, t: Translator) -> str:
    """What a class of the legend holds."""
    return _CLASS_LABELS[map_class.basis](map_class, t)


def _tier_label(map_class: MapClass, t: Translator) -> str:
    return t(
        N_("Rank {first} to {last}"),
        first=_format_plain(map_class.lower),
        last=_format_plain(map_class.upper),
    )


def _percentile_label(map_class: MapClass, t: Translator) -> str:
    lower, upper = map_class.lower or 0, 100 if map_class.upper is None else map_class.upper
    return t(
        N_("Percentile {lower} to {upper}"), lower=_format_plain(lower), upper=_format_plain(upper)
    )


def _value_label(map_class: MapClass, t: Translator) -> str:
    if map_class.lower is None and map_class.upper is None:
        return t(N_("All values"))
    if map_class.lower is None:
        return t(N_("up to {upper}"), upper=_format_break(map_class.upper, t))
    if map_class.upper is None:
        return t(N_("over {lower}"), lower=_format_break(map_class.lower, t))
    return t(
        N_("{lower} to {upper}"),
        lower=_format_break(map_class.lower, t),
        upper=_format_break(map_class.upper, t),
    )


def _rank_change_label(map_class: MapClass, t: Translator) -> str:
    """Places gained or lost: both bounds within, None beyond the last."""
    low, high = map_class.lower, map_class.upper
    if low is None and high is not None:
        return t(N_("{count} or more places down"), count=_format_plain(abs(high)))
    if low is None or high is None:
        return t(N_("{count} or more places up"), count=_format_plain(low))
    if low == high == 0:
        return t(N_("same place"))
    few, many = sorted((abs(low), abs(high)))
    message = N_("{few} to {many} places up") if low > 0 else N_("{few} to {many} places down")
    return t(message, few=_format_plain(few), many=_format_plain(many))


_CLASS_LABELS: Final = {
    "value": _value_label,
    "percentile": _percentile_label,
    "rank": _tier_label,
    "moved": _rank_change_label,
}


def class_range(map_class: MapClass, t: Translator) -> str:
    """What a class of figures holds, in signs that need no language."""
    if map_class.lower is None and map_class.upper is None:
        return t(N_("All values"))
    if map_class.lower is None:
        return f"≤ {_format_break(map_class.upper, t)}"
    if map_class.upper is None:
        return f"> {_format_break(map_class.lower, t)}"
    return f"{_format_break(map_class.lower, t)} – {_format_break(map_class.upper, t)}"


def _format_plain(number: float | None) -> str:
    return f"{number:g}"


def _format_break(number: float | None, t: Translator) -> str:
    """A break with just the decimals that it has."""
    if number is None:
        raise ValueError("an open end of the scale has no break to print")
    decimals = len(f"{number:.12f}".rstrip("0").partition(".")[2])
    return t.format_number(number, decimals)
