"""Captions of maps of one measure: indicators, the open index, published lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from geo.analysis import index_source_line, published_measures, source_line
from geo.captions.caption import Caption, choose_title, map_subtitle, record_value, short_name
from geo.captions.notes import (
    boundary_note,
    deduplicate,
    index_notes,
    indicator_notes,
    published_list_notes,
    recipe_label,
)
from geo.captions.sentences import Sentence, SentenceBuilder, join_sentences, province_name
from geo.index import (
    INDEX_PREFIX,
    WHOLE_INDEX,
    IndexResult,
    default_recipe,
    rank_intervals,
    result_snapshot,
    score_index,
)
from geo.limits import MAX_FIRST_TIED
from geo.maps import Choropleth, MapClass, class_label, classify_snapshot
from geo.measures import (
    EVALUATED_COUNT,
    GROUP_NAMES,
    HOW_NATIONAL,
    Cell,
    Measure,
    Scale,
    Snapshot,
    Status,
    status_name,
)
from geo.text import N_, Translator

LEVEL_PCT: Final = 0.5  # smaller distances count as equal to the national value
NATIONAL: Final = {
    "ratio_of_sums": N_("the national value"),
    "population_weighted_mean": N_("the approximate national mean"),
    "median": N_("the median"),
}
NAMED_COUNT: Final = 3  # ranks that a title names
COUNTRY: Final = {
    Scale.TOP_TEN: (
        N_("The report of {year} ranks {places} of {of} in “{list}”"),
        N_("“{list}”, report of {year}: {places} of {of}"),
        N_("“{list}”, report of {year}: {bare} of {of}"),
    ),
    Scale.PARTIAL: (
        N_("“{list}”, report of {year}: {count} of {of} ranks available, with {places}"),
    ),
    Scale.AMONG_TEN: (
        N_("“{list}”, report of {year}: only {places} among the comprehensive {of} is known"),
    ),
}
PROVINCE: Final = {
    Status.RANK: N_("“{list}”, report of {year}: {name} ranks {place} of {of}"),
    Status.RANK_AMONG_TEN: N_(
        "“{list}”, report of {year}: {name} is {place} among the comprehensive {of} only"
    ),
    Status.NAMED: N_("“{list}”, report of {year}: {name} is among the leading ten, without a rank"),
    Status.OUTSIDE: N_("“{list}”, report of {year}: {name} is outside the published ten"),
    Status.NOT_PUBLISHED: N_("“{list}”, report of {year}: the rank of {name} is not available"),
    Status.NOT_EVALUATED: N_("The report of {year} does not evaluate {name}"),
}
# Titles where a published name may mean another province: without and with a rank.
UNCLEAR: Final = {
    False: N_(
        "“{list}”, report of {year}: {name} is outside the ten, unless “{other}” refers to it"
    ),
    True: N_("“{list}”, report of {year}: {name}, or {other}, ranks {place} of {of}"),
}
FIRST = 3  # highest provinces that are named
# Statuses without a value or rank; named at the end, so that they are not taken for low values.
GAPS = (
    Status.DOUBTFUL,
    Status.TOO_FEW,
    Status.NOT_PUBLISHED,
    Status.NOT_GIVEN,
    Status.NOT_COVERED,
    Status.NOT_EVALUATED,
)


def reliable_cells(snapshot: Snapshot) -> list[Cell]:
    """The cells with a value that is not doubtful, highest first."""
    cells = [c for c in snapshot.cells.values() if c.value is not None]
    cells = [c for c in cells if not c.is_doubtful]
    return sorted(cells, key=lambda cell: (-(cell.value or 0.0), cell.adcode))


def title_for_country(snapshot: Snapshot, measure: Measure, t: Translator) -> Sentence:
    """A title that names the highest province, and the lowest if there is room."""
    cells = reliable_cells(snapshot)
    if not cells:
        return SentenceBuilder(t).build(
            N_("{topic}: no values are available"), topic=short_name(measure, t)
        )
    first = [cell for cell in cells if cell.value == cells[0].value]
    if len(first) > 1:
        return choose_title(_titles_for_tie(first, snapshot, measure, t), t)
    return choose_title(_titles_with_leader(cells, snapshot, measure, t), t)


def _titles_with_leader(
    cells: list[Cell], snapshot: Snapshot, measure: Measure, t: Translator
) -> Iterator[Sentence]:
    whole = len(cells) == EVALUATED_COUNT
    last = len(cells) > 1 and cells[-1].value != cells[-2].value
    if measure.kind == "index":
        yield _title_for_index(cells[0], snapshot, measure, t)
    if last:
        message = (
            N_("{topic}: {name} is highest at {value}, {last} lowest at {least}")
            if whole
            else N_(
                "{topic}: of {count} provinces with a reliable value, {name} is highest at "
                "{value}, {last} lowest at {least}"
            )
        )
        yield _fill_title(message, cells, snapshot, measure, t)
    message = (
        N_("{topic}: {name} is highest at {value}")
        if whole
        else N_("{topic}: {name} is highest at {value}, of {count} reliable values")
    )
    yield _fill_title(message, cells, snapshot, measure, t)
    message = (
        N_("{topic}: {name} is highest")
        if whole
        else N_("{topic}: {name} is highest of the {count} with a reliable value")
    )
    yield _fill_title(message, cells, snapshot, measure, t)


def _fill_title(
    message: str, cells: list[Cell], snapshot: Snapshot, measure: Measure, t: Translator
) -> Sentence:
    pen = SentenceBuilder(t)
    first, last = cells[0], cells[-1]
    return pen.build(
        message,
        topic=short_name(measure, t),
        count=pen.cite(len(cells), measure, snapshot.year, "", "count"),
        name=province_name(first.adcode, t),
        value=record_value(pen, first.value or 0.0, measure, snapshot.year, first.adcode),
        last=province_name(last.adcode, t),
        least=record_value(pen, last.value or 0.0, measure, snapshot.year, last.adcode),
    )


def _title_for_index(first: Cell, snapshot: Snapshot, measure: Measure, t: Translator) -> Sentence:
    """The first province of the open index, with the interval of its rank."""
    pen = SentenceBuilder(t)
    return pen.build(
        _rank_message(first),
        topic=short_name(measure, t),
        **_rank_slots(pen, first, snapshot, measure),
    )


def _rank_message(cell: Cell) -> str:
    """The message for a rank, with its interval if it depends on the method."""
    if cell.low is None:
        return N_("{topic}: {name} ranks {place} of {of}, by one indicator")
    if cell.low == cell.rank == cell.high:
        return N_("{topic}: {name} ranks {place} of {of} by every method")
    return N_("{topic}: {name} ranks {place} of {of} ({low} to {high} by method)")


def _rank_slots(
    pen: SentenceBuilder, cell: Cell, snapshot: Snapshot, measure: Measure
) -> dict[str, str]:
    parts = {part: getattr(cell, part) for part in ("of", "low", "high")}
    kept_parts = {
        part: pen.cite(number, measure, snapshot.year, cell.adcode, part)
        for part, number in parts.items()
        if number is not None
    }
    place = pen.cite_ordinal(cell, measure, snapshot.year)
    return {"name": province_name(cell.adcode, pen.t), "place": place, **kept_parts}


def _titles_for_tie(
    first: list[Cell], snapshot: Snapshot, measure: Measure, t: Translator
) -> Iterator[Sentence]:
    """Titles for provinces tied for first; they are named if they are few."""
    for with_name in (True, False):
        if with_name and len(first) > MAX_FIRST_TIED:
            continue
        pen = SentenceBuilder(t)
        value = record_value(pen, first[0].value or 0.0, measure, snapshot.year, first[0].adcode)
        message = (
            N_("{topic}: {names} share first place of {count}")
            if with_name
            else N_("{topic}: {level} of {count} provinces share first place, at {value}")
        )
        yield pen.build(
            message,
            topic=short_name(measure, t),
            names=t.join_names([province_name(cell.adcode, t) for cell in first]),
            level=pen.cite(len(first), measure, snapshot.year, "", "level"),
            value=value,
            count=pen.cite(len(reliable_cells(snapshot)), measure, snapshot.year, "", "count"),
        )


def title_for_province(cell: Cell, snapshot: Snapshot, measure: Measure, t: Translator) -> Sentence:
    """A title on one province: its rank, and its distance to the national value."""
    slots = {"topic": short_name(measure, t), "name": province_name(cell.adcode, t)}
    if cell.status is Status.NOT_COVERED:
        return SentenceBuilder(t).build(N_("{topic}: the series does not cover {name}"), **slots)
    if cell.status is Status.TOO_FEW:
        return SentenceBuilder(t).build(
            N_("{topic}: {name} has too few values for a score"), **slots
        )
    if cell.value is None:
        return SentenceBuilder(t).build(N_("{topic}: no value is published for {name}"), **slots)
    pen = SentenceBuilder(t)
    slots["value"] = record_value(pen, cell.value, measure, snapshot.year, cell.adcode)
    if cell.is_doubtful:
        return pen.build(N_("{topic}: the value of {name}, {value}, is doubtful"), **slots)
    return choose_title(_province_titles(cell, snapshot, measure, t), t)


def _province_titles(
    cell: Cell, snapshot: Snapshot, measure: Measure, t: Translator
) -> Iterator[Sentence]:
    level = sum(other.value == cell.value for other in snapshot.cells.values()) > 1
    if measure.kind == "index" and (cell.low is not None or cell.one_indicator):
        pen = SentenceBuilder(t)
        message = (
            N_("{topic}: {name} shares {place} place of {of} ({low} to {high} by method)")
            if level and cell.low is not None
            else N_("{topic}: {name} shares {place} place of {of}, by one indicator")
            if level
            else _rank_message(cell)
        )
        yield pen.build(
            message, topic=short_name(measure, t), **_rank_slots(pen, cell, snapshot, measure)
        )
    elif snapshot.national and snapshot.national.value and cell.value is not None:
        yield _title_with_national(cell, snapshot, measure, t, level)
    pen = SentenceBuilder(t)
    message = (
        N_("{topic}: {name} shares {place} place of {of}, at {value}")
        if level
        else N_("{topic}: {name} ranks {place} of {of}, at {value}")
    )
    yield pen.build(
        message,
        topic=short_name(measure, t),
        value=record_value(pen, cell.value or 0.0, measure, snapshot.year, cell.adcode),
        **_rank_slots(pen, cell, snapshot, measure),
    )


def _title_with_national(
    cell: Cell, snapshot: Snapshot, measure: Measure, t: Translator, level: bool
) -> Sentence:
    """A title with the distance to the national value."""
    pen = SentenceBuilder(t)
    national = snapshot.national
    if national is None or cell.value is None:
        raise ValueError("no distance without both figures")
    percent = 100 * (cell.value / national.value - 1)
    if abs(percent) < LEVEL_PCT:
        message = (
            N_("{topic}: {name} shares {place} place of {of}, equal to {national}")
            if level
            else N_("{topic}: {name} ranks {place} of {of}, equal to {national}")
        )
    elif percent > 0:
        message = (
            N_("{topic}: {name} shares {place} place of {of}, {gap}% above {national}")
            if level
            else N_("{topic}: {name} ranks {place} of {of}, {gap}% above {national}")
        )
    else:
        message = (
            N_("{topic}: {name} shares {place} place of {of}, {gap}% below {national}")
            if level
            else N_("{topic}: {name} ranks {place} of {of}, {gap}% below {national}")
        )
    return pen.build(
        message,
        topic=short_name(measure, t),
        gap=pen.cite(t.format_number(abs(percent)), measure, snapshot.year, cell.adcode, "gap"),
        national=t(NATIONAL[national.how]),
        **_rank_slots(pen, cell, snapshot, measure),
    )


def list_title_for_country(snapshot: Snapshot, measure: Measure, t: Translator) -> Sentence:
    """The first published ranks, and what is not known about the others."""
    pen = SentenceBuilder(t)
    cells = sorted((c for c in snapshot.cells.values() if c.rank), key=lambda cell: cell.rank or 0)
    slots: dict[str, object] = {
        "list": t(GROUP_NAMES[measure.dimension]),
        "year": snapshot.year,
    }
    if snapshot.scale is Scale.NAMED:
        count = pen.cite(snapshot.count_status(Status.NAMED), measure, snapshot.year, "", "count")
        return pen.build(
            N_("“{list}”: the report of {year} lists {count} leading provinces without ranks"),
            count=count,
            **slots,
        )
    slots["count"] = pen.cite(len(cells), measure, snapshot.year, "", "count")
    slots["of"] = pen.cite(cells[0].of, measure, snapshot.year, cells[0].adcode, "of")
    few = cells if snapshot.scale is Scale.TOP_TEN or len(cells) <= NAMED_COUNT else cells[:1]
    lines = [_format_list_place(cell, snapshot, measure, pen) for cell in few[:NAMED_COUNT]]
    slots["places"] = t.join_names(lines)
    slots["bare"] = t.join_names(
        [_format_bare_place(cell, snapshot, measure, pen) for cell in few[:NAMED_COUNT]]
    )
    return choose_title([pen.build(message, **slots) for message in COUNTRY[snapshot.scale]], t)


def _format_list_place(
    cell: Cell, snapshot: Snapshot, measure: Measure, pen: SentenceBuilder
) -> str:
    return pen.t(
        N_("{name} in {place} place")
        if snapshot.scale is Scale.AMONG_TEN
        else N_("{name} {counted}"),
        name=province_name(cell.adcode, pen.t),
        place=pen.cite_ordinal(cell, measure, snapshot.year),
        counted=pen.cite_list_place(cell, measure, snapshot.year),
    )


def _format_bare_place(
    cell: Cell, snapshot: Snapshot, measure: Measure, pen: SentenceBuilder
) -> str:
    """A rank as a bare number, where names leave no room for more in a title."""
    rank = pen.cite(cell.rank, measure, snapshot.year, cell.adcode, "rank")
    return pen.t(N_("{name} {rank}"), name=province_name(cell.adcode, pen.t), rank=rank)


def list_title_for_province(
    cell: Cell, snapshot: Snapshot, measure: Measure, t: Translator
) -> Sentence:
    """The published rank of one province, or its status if it has none."""
    pen = SentenceBuilder(t)
    message = UNCLEAR[bool(cell.rank)] if cell.may_mean else PROVINCE[cell.status]
    return pen.build(
        message,
        other=province_name(cell.may_mean, t) if cell.may_mean else "",
        list=t(GROUP_NAMES[measure.dimension]),
        year=snapshot.year,
        name=province_name(cell.adcode, t),
        place=pen.cite_ordinal(cell, measure, snapshot.year) if cell.rank else "",
        of=pen.cite(cell.of, measure, snapshot.year, cell.adcode, "of"),
    )


def describe_map(
    choropleth: Choropleth, measure: Measure, t: Translator, letter: str = ""
) -> Sentence:
    """Describe a map of one measure in words, each number with its cell.

    letter: the letter of the map if there are two.
    """
    snapshot = choropleth.snapshot
    subtitle = map_subtitle(measure, snapshot.year, t)
    head = (
        SentenceBuilder(t).build(N_("Map {letter}: {subtitle}."), letter=letter, subtitle=subtitle)
        if letter
        else SentenceBuilder(t).build(
            N_("Map of China’s provinces: {subtitle}."), subtitle=subtitle
        )
    )
    if snapshot.scale is Scale.QUANTITY:
        parts = [
            head,
            *([] if choropleth.circles else [_describe_classes(choropleth, measure, t)]),
            *_describe_extremes(snapshot, measure, t),
        ]
    else:
        parts = [head, *_describe_published_list(snapshot, measure, t)]
    return join_sentences([*parts, *describe_missing(snapshot, t)], t)


def _describe_classes(choropleth: Choropleth, measure: Measure, t: Translator) -> Sentence:
    """The classes from high to low, with the number of provinces in each."""
    pen = SentenceBuilder(t)
    # Tiers start with the best, classes of values with the lowest.
    tiers = choropleth.classes[0].basis == "rank"
    classes = choropleth.classes if tiers else choropleth.classes[::-1]
    listed = [_describe_class(map_class, choropleth, measure, pen) for map_class in classes]
    count = pen.cite(len(choropleth.classes), measure, choropleth.snapshot.year, "", "classes")
    return pen.build(
        N_("{count} classes, dark for high: {classes}."),
        count=count,
        classes=t.join_names(listed),
    )


def _describe_class(
    map_class: MapClass, choropleth: Choropleth, measure: Measure, pen: SentenceBuilder
) -> str:
    members = pen.cite(map_class.count, measure, choropleth.snapshot.year, "", "members")
    return pen.t(N_("{label} ({count})"), label=class_label(map_class, pen.t), count=members)


def _describe_extremes(snapshot: Snapshot, measure: Measure, t: Translator) -> list[Sentence]:
    """The first three provinces and the last, the number of provinces, the national value."""
    cells = reliable_cells(snapshot)
    sentences = []
    if cells:
        pen = SentenceBuilder(t)
        message = (
            N_("Highest: {first}; lowest: {last}.")
            if len(cells) == EVALUATED_COUNT
            else N_("Of {count} provinces with a reliable value highest: {first}; lowest: {last}.")
        )
        # All provinces tied with a named one are named too.
        first = [c for p, c in enumerate(cells) if p < FIRST or c.value == cells[0].value]
        last = [c for c in cells if c.value == cells[-1].value]
        sentences.append(
            pen.build(
                message,
                count=pen.cite(len(cells), measure, snapshot.year, "", "count"),
                first=_list_with_values(first, snapshot, measure, pen),
                last=_list_with_values(last, snapshot, measure, pen),
            )
        )
    if snapshot.national:
        pen = SentenceBuilder(t)
        label = t(HOW_NATIONAL[snapshot.national.how])
        value = pen.cite_number(snapshot.national, measure, snapshot.year)
        sentences.append(pen.build(N_("{label}: {value}."), label=label, value=value))
    return sentences


def _list_with_values(
    cells: list[Cell], snapshot: Snapshot, measure: Measure, pen: SentenceBuilder
) -> str:
    """Provinces with their values; for the open index also with the interval of the rank."""
    return pen.t.join_names([_format_with_interval(cell, snapshot, measure, pen) for cell in cells])


def _format_with_interval(
    cell: Cell, snapshot: Snapshot, measure: Measure, pen: SentenceBuilder
) -> str:
    slots = {
        "name": province_name(cell.adcode, pen.t),
        "value": pen.cite_number(cell, measure, snapshot.year),
    }
    if cell.low is None:
        return pen.t(N_("{name} ({value})"), **slots)
    return pen.t(
        N_("{name} ({value}; rank {low} to {high} by method)"),
        low=pen.cite(cell.low, measure, snapshot.year, cell.adcode, "low"),
        high=pen.cite(cell.high, measure, snapshot.year, cell.adcode, "high"),
        **slots,
    )


def _describe_published_list(snapshot: Snapshot, measure: Measure, t: Translator) -> list[Sentence]:
    """A published list in its order, or the names if they have no ranks."""
    pen = SentenceBuilder(t)
    ranked = sorted((c for c in snapshot.cells.values() if c.rank), key=lambda cell: cell.rank or 0)
    names = [
        province_name(c.adcode, t) for c in snapshot.cells.values() if c.status is Status.NAMED
    ]
    lines = [_format_published_place(cell, snapshot, measure, pen) for cell in ranked] or names
    message = (
        N_("Listed without a rank: {list}.")
        if names
        else N_("Ranks among the comprehensive ten only: {list}.")
        if snapshot.scale is Scale.AMONG_TEN
        else N_("Published ranks among 31: {list}.")
    )
    sentences = [pen.build(message, list=t.join_names(lines))]
    if snapshot.count_status(Status.OUTSIDE):
        sentences.append(
            SentenceBuilder(t).build(N_("The other provinces are outside the published ten."))
        )
    return sentences


def _format_published_place(
    cell: Cell, snapshot: Snapshot, measure: Measure, pen: SentenceBuilder
) -> str:
    counted = pen.cite_list_place(cell, measure, snapshot.year)
    if cell.may_mean:
        return pen.t(
            N_("{name} or {other} {counted}"),
            name=province_name(cell.adcode, pen.t),
            other=province_name(cell.may_mean, pen.t),
            counted=counted,
        )
    return pen.t(N_("{name} {counted}"), name=province_name(cell.adcode, pen.t), counted=counted)


def describe_missing(snapshot: Snapshot, t: Translator) -> list[Sentence]:
    """The provinces without a value or rank and the doubtful ones, by status."""
    sentences = []
    for status in GAPS:
        names = [province_name(c.adcode, t) for c in snapshot.cells.values() if c.status is status]
        if names:
            message = N_("{status}: {names}.")
            label = status_name(status, t)
            sentences.append(
                SentenceBuilder(t).build(message, status=label, names=t.join_names(names))
            )
    return sentences


def map_caption(
    measure: Measure,
    year: int,
    t: Translator,
    province: str = "",
    choropleth: Choropleth | None = None,
) -> Caption:
    """The caption of the map of a measure in a year.

    province: the adcode that the title is about; empty for the whole country. choropleth: the
    map, if it has other classes than the default ones, for the alternative text. Raises KeyError
    for a year that the measure does not have.
    """
    snapshot = measure.snapshot(year)
    choropleth = choropleth or classify_snapshot(snapshot)
    if measure.kind == "index":
        result = score_index(default_recipe(year), year)
        return _index_map_caption(result, measure, choropleth, t, province)
    if measure.kind == "report":
        sentences = published_list_notes(snapshot, t)
    else:
        sentences = indicator_notes(snapshot, measure, t)
    return Caption(
        title=map_title(snapshot, measure, t, province),
        subtitle=map_subtitle(measure, year, t),
        alt=describe_map(choropleth, measure, t),
        source=source_line([(measure, [year])], t),
        notes=deduplicate([*sentences, boundary_note(t)]),
    )


def index_caption(
    result: IndexResult, t: Translator, part: str = WHOLE_INDEX, province: str = ""
) -> Caption:
    """The caption of an index by any recipe, or of one of its dimensions, with intervals.

    The subtitle and the notes say so if the recipe is not the default one.
    """
    measure = published_measures()[INDEX_PREFIX + part]
    snapshot = result_snapshot(result, part, rank_intervals(result, part))
    return _index_map_caption(result, measure, classify_snapshot(snapshot), t, province)


def _index_map_caption(
    result: IndexResult, measure: Measure, choropleth: Choropleth, t: Translator, province: str
) -> Caption:
    under = map_subtitle(measure, result.year, t)
    if result.recipe != default_recipe(result.year):
        under = t(N_("{subtitle}; {mark}"), subtitle=under, mark=recipe_label(result, t))
    return Caption(
        title=map_title(choropleth.snapshot, measure, t, province),
        subtitle=under,
        alt=describe_map(choropleth, measure, t),
        source=index_source_line(result, measure.dimension, t),
        notes=deduplicate([*index_notes(result, measure.dimension, t), boundary_note(t)]),
    )


def map_title(snapshot: Snapshot, measure: Measure, t: Translator, province: str = "") -> Sentence:
    """A finding on the country, or on one province."""
    figures = snapshot.scale is Scale.QUANTITY
    if province:
        cell = snapshot.cells[province]
        if figures:
            return title_for_province(cell, snapshot, measure, t)
        return list_title_for_province(cell, snapshot, measure, t)
    if figures:
        return title_for_country(snapshot, measure, t)
    return list_title_for_country(snapshot, measure, t)
