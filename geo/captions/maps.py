"""Captions of maps of one measure: indicators, the open index, published lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from geo.analysis import (
    boundary_line,
    index_source_line,
    issuer_line,
    published_measures,
    source_line,
)
from geo.captions.caption import (
    Caption,
    choose_title,
    map_subtitle,
    record_value,
    short_name,
    topic_phrase,
)
from geo.captions.cautions import index_cautions, map_cautions
from geo.captions.foot import Caution, Foot
from geo.captions.notes import (
    boundary_note,
    deduplicate,
    index_notes,
    indicator_notes,
    published_list_notes,
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
NAMED_COUNT: Final = 3  # provinces that a title names
COUNTRY: Final = {
    Scale.TOP_TEN: N_("{names} lead the report’s {list} ranking of {year}"),
    Scale.NAMED: N_(
        "The report of {year} names {count} leading provinces in its {list} ranking, without order"
    ),
    Scale.PARTIAL: N_("{count} of {of} ranks available in {list}, report of {year}: {places}"),
    Scale.AMONG_TEN: N_("“{list}”, report of {year}: only {places} among the first {of} is known"),
}
PROVINCE: Final = {
    Status.RANK: N_("{name} ranks {place} of {of} in the report’s {list} ranking of {year}"),
    Status.RANK_AMONG_TEN: N_(
        "{name} ranks {place} among the comprehensive {of} in “{list}”, report of {year}"
    ),
    Status.NAMED: N_("{name} is among the leading ten of the report of {year}, without a rank"),
    Status.OUTSIDE: N_("{name} is outside the first ten in {list}, report of {year}"),
    Status.NOT_PUBLISHED: N_("No rank of {name} is available in {list}, report of {year}"),
    Status.NOT_EVALUATED: N_("The report of {year} does not evaluate {name}"),
}
# Titles where a published name may mean another province: without and with a rank.
UNCLEAR: Final = {
    False: N_(
        "“{list}”, report of {year}: {name} is outside the ten, unless “{other}” refers to it"
    ),
    True: N_("{name}, or {other}, ranks {place} of {of} in the report’s {list} ranking of {year}"),
}
# Headlines on the first one, two or three provinces, and where not all have a reliable value.
LEADERS: Final = {
    1: N_("{names} ranks highest in {topic} in {year}"),
    2: N_("{names} rank first and second in {topic} in {year}"),
    3: N_("{names} rank highest in {topic} in {year}"),
}
LEADERS_WITHOUT_YEAR: Final = {
    1: N_("{names} ranks highest in {topic}"),
    2: N_("{names} rank first and second in {topic}"),
    3: N_("{names} rank highest in {topic}"),
}
LEADERS_OF_SOME: Final = {
    1: N_("{names} ranks highest in {topic} in {year}, of {count} provinces with reliable values"),
    2: N_(
        "{names} rank first and second in {topic} in {year}, of {count} provinces with reliable "
        "values"
    ),
    3: N_("{names} rank highest in {topic} in {year}, of {count} provinces with reliable values"),
}
LEADERS_OF_SOME_IN_SHORT: Final = {
    1: N_("{names} ranks highest of {count} provinces in {topic}"),
    2: N_("{names} rank first and second of {count} provinces in {topic}"),
    3: N_("{names} rank highest of {count} provinces in {topic}"),
}
LEADERS_OF_INDEX: Final = {
    1: N_("{names} leads {topic} in {year}"),
    2: N_("{names} take the first two places in {topic} in {year}"),
    3: N_("{names} lead {topic} in {year}"),
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


def leading_cells(cells: list[Cell]) -> list[Cell]:
    """The first three cells, or as many as are clearly ahead of the next; cells: highest first.

    >>> [len(leading_cells([Cell("", Status.VALUE, value=v) for v in (4.0, *more)]))
    ...  for more in ([3.0, 2.0, 1.0], [3.0, 2.0, 2.0], [2.0, 2.0, 2.0], [])]
    [3, 2, 1, 1]
    """
    most = min(NAMED_COUNT, len(cells))
    for count in range(most, 1, -1):
        if count == len(cells) or cells[count - 1].value != cells[count].value:
            return cells[:count]
    return cells[:1]


def title_for_country(snapshot: Snapshot, measure: Measure, t: Translator) -> Sentence:
    """A headline that names the leading provinces; a tie for first is said as a tie."""
    cells = reliable_cells(snapshot)
    if not cells:
        return SentenceBuilder(t).build(
            N_("{topic}: no values are available"), topic=short_name(measure, t)
        )
    first = [cell for cell in cells if cell.value == cells[0].value]
    if len(first) > 1:
        return choose_title(_titles_for_tie(first, snapshot, measure, t), t)
    return choose_title(_titles_with_leaders(cells, snapshot, measure, t), t)


def _titles_with_leaders(
    cells: list[Cell], snapshot: Snapshot, measure: Measure, t: Translator
) -> Iterator[Sentence]:
    """Headlines from long to short: three provinces and the year, then fewer of both."""
    leaders = leading_cells(cells)
    if len(cells) < EVALUATED_COUNT:
        tables = [LEADERS_OF_SOME, LEADERS_OF_SOME_IN_SHORT]
    elif measure.kind == "index":
        tables = [LEADERS_OF_INDEX]
    else:
        tables = [LEADERS, LEADERS_WITHOUT_YEAR]
    for named in dict.fromkeys((len(leaders), min(len(leaders), 2), 1)):
        if named < len(leaders) and cells[named - 1].value == cells[named].value:
            continue
        for table in tables:
            pen = SentenceBuilder(t)
            yield pen.build(
                table[named],
                names=t.join_names([province_name(cell.adcode, t) for cell in leaders[:named]]),
                topic=topic_phrase(measure, t),
                year=snapshot.year,
                count=pen.cite(len(cells), measure, snapshot.year, "", "count"),
            )


def _titles_for_tie(
    first: list[Cell], snapshot: Snapshot, measure: Measure, t: Translator
) -> Iterator[Sentence]:
    """Titles for provinces tied for first; they are named if they are few."""
    messages = [
        N_("{names} share first place of {count} provinces in {topic} in {year}"),
        N_("{names} share first place of {count} provinces in {topic}"),
    ]
    if len(first) > MAX_FIRST_TIED:
        messages = []
    messages += [
        N_("{level} of {count} provinces share first place in {topic} in {year}"),
        N_("{level} of {count} provinces share first place in {topic}"),
    ]
    for message in messages:
        pen = SentenceBuilder(t)
        yield pen.build(
            message,
            topic=topic_phrase(measure, t),
            year=snapshot.year,
            names=t.join_names([province_name(cell.adcode, t) for cell in first]),
            level=pen.cite(len(first), measure, snapshot.year, "", "level"),
            count=pen.cite(len(reliable_cells(snapshot)), measure, snapshot.year, "", "count"),
        )


def _rank_slots(
    pen: SentenceBuilder, cell: Cell, snapshot: Snapshot, measure: Measure
) -> dict[str, str]:
    return {
        "name": province_name(cell.adcode, pen.t),
        "place": pen.cite_ordinal(cell, measure, snapshot.year),
        "of": pen.cite(cell.of, measure, snapshot.year, cell.adcode, "of"),
        "topic": topic_phrase(measure, pen.t),
        "year": str(snapshot.year),
    }


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
    """Headlines on the rank of a province, from long to short."""
    level = sum(other.value == cell.value for other in snapshot.cells.values()) > 1
    if measure.kind != "index" and snapshot.national and snapshot.national.value:
        yield from _titles_with_national(cell, snapshot, measure, t, level)
    for message in (
        (
            N_("{name} shares {place} place of {of} provinces in {topic} in {year}"),
            N_("{name} shares {place} place of {of} in {topic}"),
        )
        if level
        else (
            N_("{name} ranks {place} of {of} provinces in {topic} in {year}"),
            N_("{name} ranks {place} of {of} in {topic}"),
        )
    ):
        pen = SentenceBuilder(t)
        yield pen.build(message, **_rank_slots(pen, cell, snapshot, measure))


def _titles_with_national(
    cell: Cell, snapshot: Snapshot, measure: Measure, t: Translator, level: bool
) -> Iterator[Sentence]:
    """Headlines with the distance to the national value, with the year and without."""
    national = snapshot.national
    if national is None or cell.value is None:
        raise ValueError("no distance without both figures")
    percent = 100 * (cell.value / national.value - 1)
    for message in _distance_messages(percent, level):
        pen = SentenceBuilder(t)
        gap = t.format_number(abs(percent))
        yield pen.build(
            message,
            gap=pen.cite(gap, measure, snapshot.year, cell.adcode, "gap"),
            national=t(NATIONAL[national.how]),
            **_rank_slots(pen, cell, snapshot, measure),
        )


def _distance_messages(percent: float, level: bool) -> tuple[str, str]:
    """The messages on a distance to the national value in percent; level: of a shared rank."""
    if abs(percent) < LEVEL_PCT:
        return (
            (
                N_("{name} shares {place} place of {of} in {topic} in {year}, equal to {national}"),
                N_("{name} shares {place} place of {of} in {topic}, equal to {national}"),
            )
            if level
            else (
                N_("{name} ranks {place} of {of} in {topic} in {year}, equal to {national}"),
                N_("{name} ranks {place} of {of} in {topic}, equal to {national}"),
            )
        )
    if percent > 0:
        return (
            (
                N_(
                    "{name} shares {place} place of {of} in {topic} in {year}, {gap}% above"
                    " {national}"
                ),
                N_("{name} shares {place} place of {of} in {topic}, {gap}% above {national}"),
            )
            if level
            else (
                N_("{name} ranks {place} of {of} in {topic} in {year}, {gap}% above {national}"),
                N_("{name} ranks {place} of {of} in {topic}, {gap}% above {national}"),
            )
        )
    return (
        (
            N_("{name} shares {place} place of {of} in {topic} in {year}, {gap}% below {national}"),
            N_("{name} shares {place} place of {of} in {topic}, {gap}% below {national}"),
        )
        if level
        else (
            N_("{name} ranks {place} of {of} in {topic} in {year}, {gap}% below {national}"),
            N_("{name} ranks {place} of {of} in {topic}, {gap}% below {national}"),
        )
    )


def list_title_for_country(snapshot: Snapshot, measure: Measure, t: Translator) -> Sentence:
    """The first published ranks, and what is not known about the others."""
    pen = SentenceBuilder(t)
    cells = sorted((c for c in snapshot.cells.values() if c.rank), key=lambda cell: cell.rank or 0)
    few = cells[:NAMED_COUNT] if len(cells) <= NAMED_COUNT else cells[:1]
    named = snapshot.scale is Scale.NAMED
    count = snapshot.count_status(Status.NAMED) if named else len(cells)
    slots = {
        "list": t.lower_initial(t(GROUP_NAMES[measure.dimension])),
        "year": snapshot.year,
        "count": pen.cite(count, measure, snapshot.year, "", "count"),
        "names": t.join_names([province_name(c.adcode, t) for c in cells[:NAMED_COUNT]]),
        "places": t.join_names([_format_list_place(c, snapshot, measure, pen) for c in few]),
    }
    if cells:
        slots["of"] = pen.cite(cells[0].of, measure, snapshot.year, cells[0].adcode, "of")
    messages = [COUNTRY[snapshot.scale]]
    if snapshot.scale is Scale.TOP_TEN:
        messages.append(N_("{names} lead the report’s {list} ranking"))
    return choose_title([pen.build(message, **slots) for message in messages], t)


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


def list_title_for_province(
    cell: Cell, snapshot: Snapshot, measure: Measure, t: Translator
) -> Sentence:
    """The published rank of one province, or its status if it has none."""
    pen = SentenceBuilder(t)
    message = UNCLEAR[bool(cell.rank)] if cell.may_mean else PROVINCE[cell.status]
    return pen.build(
        message,
        other=province_name(cell.may_mean, t) if cell.may_mean else "",
        list=t.lower_initial(t(GROUP_NAMES[measure.dimension])),
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
        foot=map_foot([(measure, [year])], map_cautions(snapshot, measure, t), t),
    )


def index_caption(
    result: IndexResult, t: Translator, part: str = WHOLE_INDEX, province: str = ""
) -> Caption:
    """The caption of an index by any recipe, or of one of its dimensions, with intervals.

    The foot and the notes say so if the recipe is not the default one.
    """
    measure = published_measures()[INDEX_PREFIX + part]
    snapshot = result_snapshot(result, part, rank_intervals(result, part))
    return _index_map_caption(result, measure, classify_snapshot(snapshot), t, province)


def _index_map_caption(
    result: IndexResult, measure: Measure, choropleth: Choropleth, t: Translator, province: str
) -> Caption:
    named = leading_cells(reliable_cells(choropleth.snapshot))
    if province:
        named = [choropleth.snapshot.cells[province]]
    return Caption(
        title=map_title(choropleth.snapshot, measure, t, province),
        subtitle=map_subtitle(measure, result.year, t),
        alt=describe_map(choropleth, measure, t),
        source=index_source_line(result, measure.dimension, t),
        notes=deduplicate([*index_notes(result, measure.dimension, t), boundary_note(t)]),
        foot=map_foot(
            [(measure, [result.year])],
            index_cautions(result, choropleth.snapshot, measure, named, t),
            t,
        ),
    )


def map_foot(
    measures_shown: Sequence[tuple[Measure, Sequence[int]]],
    cautions: Iterable[Caution],
    t: Translator,
    hints: Sequence[Sentence] = (),
) -> Foot:
    """The foot of maps; measures_shown: each with its years."""
    return Foot(
        credit=issuer_line(measures_shown, t),
        short_credit=issuer_line(measures_shown, t, is_short=True),
        cautions=tuple(cautions),
        boundaries=boundary_line(t),
        hints=tuple(hints),
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
