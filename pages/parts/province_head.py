"""The head of the Province page: names, key values, published ranks, text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    DEFAULT_MEASURE,
    FIRST_YEAR,
    INCOME_MEASURE,
    LAST_YEAR,
    RESIDENTS,
    URBAN,
    DimensionStanding,
    KeyValue,
    PageState,
    Standing,
    add_query,
    dimension_standings,
    key_values,
    published_measures,
    published_standings,
    strongest_dimension,
)
from geo.captions import (
    describe_change,
    describe_province,
    map_heading,
    quiet_note,
    small_lines_image,
)
from geo.exports import THUMBNAIL_PATH
from geo.index import WHOLE_INDEX
from geo.maps import NATIONAL_DASH, OWN_PROVINCE, SMALL_NATIONAL, SOLID_LINE, line_key
from geo.measures import (
    GROUP_NAMES,
    REPORT_EDITION,
    STATUS_NOTES,
    Scale,
    Status,
    adjacent_provinces,
    describe_doubt,
    format_cell,
    format_interval,
    format_number,
    format_place,
    format_population,
    format_rank,
    mark_doubt,
    measure_name,
    short_rank,
    status_name,
)
from geo.settings import served_path
from geo.tables import province_mentions, report_sections
from geo.text import N_, Translator, render_template
from geo.units import provinces
from pages.parts.charts import key_row
from pages.parts.page_frame import TEMPLATES, page_address
from pages.parts.state import write_params

LISTED: Final = frozenset({Status.RANK, Status.RANK_AMONG_TEN, Status.NAMED})


class _Locator(NamedTuple):
    """The small map: its file and what it shows; heading, standing and map only of a measure."""

    address: str
    text: str
    heading: str = ""
    standing: str = ""
    map: str = ""


class StripMark(NamedTuple):
    """A rank on a strip from first to last, with a text on hover."""

    position_pct: float
    title: str


class DimensionStrip(NamedTuple):
    """The ranks of a province in the indicators of a dimension, in words and as marks."""

    name: str
    text: str
    marks: Sequence[StripMark]


class ReportItem(NamedTuple):
    """A line of a list of what the report says: its text, and details such as its section."""

    text: str
    details: str = ""


class _Card(NamedTuple):
    """A key value at the head of the page.

    name: with the year. value, rank and change: texts, empty if not known. address, text: of the
    small lines, and what they show.
    """

    name: str
    value: str
    rank: str = ""
    change: str = ""
    address: str = ""
    text: str = ""


def published_ranks(adcode: str, t: Translator) -> Markup:
    """Return the ranks that the report publishes of a province, and a sentence on the others."""
    lists = published_standings(adcode)
    rows = [
        _list_row(index, standings, t)
        for index, standings in lists.items()
        if any(one.cell.status in LISTED for one in standings)
    ]
    return render_template(
        TEMPLATES,
        "published_ranks",
        title=t(N_("Published ranks, report of 2017")),
        rows=rows,
        sentence=_absence_sentence(adcode, t),
        remarks=[
            t(N_("? {remark}"), remark=describe_doubt(one.cell, t))
            for standings in lists.values()
            for one in standings
            if one.cell.may_mean
        ],
    )


def _absence_sentence(adcode: str, t: Translator) -> str:
    """Return in which of the published lists of ten of 2017 the province is not; may be empty."""
    firsts = {index: standings[0].cell for index, standings in published_standings(adcode).items()}
    outside = [index for index, cell in firsts.items() if cell.status is Status.OUTSIDE]
    listed = [index for index, cell in firsts.items() if cell.status is Status.RANK]
    if not outside:
        return ""
    if not listed:
        return t(
            N_(
                "The report of {year} publishes ten provinces in its comprehensive index and in"
                " {count} dimensions; {name} is not among them."
            ),
            year=REPORT_EDITION,
            count=len(outside) - 1,
            name=provinces()[adcode].name_in(t.lang),
        )
    return t(
        N_("Not among the published ten of {year}: {lists}."),
        year=REPORT_EDITION,
        lists=t.join_names([t(GROUP_NAMES[index]) for index in outside]),
    )


def _list_row(index: str, standings: Sequence[Standing], t: Translator) -> dict[str, str]:
    """Return what a row shows of a list: the place of 2017, with later editions below."""
    first, *later = standings
    known = [one for one in later if one.cell.status is not Status.NOT_PUBLISHED]
    return {
        "name": t(GROUP_NAMES[index]),
        "place": format_place(first.cell, t),
        "later": " · ".join(f"{one.year}: {format_place(one.cell, t)}" for one in known),
    }


def _all_lists(adcode: str, t: Translator) -> list[dict[str, str]]:
    """Return the rows of all lists, those without a rank among them."""
    return [
        _list_row(index, standings, t) for index, standings in published_standings(adcode).items()
    ]


def dimension_strips(adcode: str, year: int, t: Translator) -> Markup:
    """Return the ranks in the indicators of each dimension, as strips from first to last."""
    return render_template(
        TEMPLATES,
        "dimension_strips",
        title=t(N_("Ranks in the open indicators")),
        strips=[
            dimension_strip(standing, t) for standing in dimension_standings(adcode, year).values()
        ],
        note=t(
            N_(
                "Each mark is the rank in one indicator, first on the left, in the year "
                "nearest to {year}. This atlas assigns indicators to dimensions."
            ),
            year=year,
        ),
    )


def dimension_strip(standing: DimensionStanding, t: Translator) -> DimensionStrip:
    """Return the median rank of a dimension in words, and its ranks as marks."""
    marks = [
        StripMark(
            100 * (s.cell.rank - 1) / max(1, s.cell.of - 1),
            t(
                N_("{measure}, {year}: {rank}"),
                measure=measure_name(s.measure, t),
                year=s.year,
                rank=format_rank(s.cell, t),
            ),
        )
        for s in standing.standings
        if s.cell.rank and s.cell.of
    ]
    middle = standing.median_rank
    text = (
        t(
            N_("rank {rank}, one indicator")
            if len(marks) == 1
            else N_("median {rank}, {count} indicators"),
            rank=t.format_number(middle, int(middle % 1 > 0)),
            count=len(marks),
        )
        if middle is not None
        else t(N_("not available"))
    )
    return DimensionStrip(t(GROUP_NAMES[standing.dimension]), text, marks)


def draw_province_head(adcode: str, view: PageState, t: Translator) -> None:
    """Draw names, key values as cards, a small map, and the ranks in the report."""
    province = provinces()[adcode]
    region = province.region_in(t.lang)
    names = [
        province.name_zh,
        *([] if province.name_in(t.lang) == province.name_en else [province.name_en]),
        t(N_("abbreviation {abbr}"), abbr=province.abbr),
    ]
    names += [t(N_("{region} region"), region=region)] if region else []
    with st.container(key="portrait"):
        st.html(
            render_template(
                TEMPLATES,
                "portrait",
                title=province.name_in(t.lang),
                names=" · ".join(names),
                cards=_cards(adcode, view.preferred_year, t),
                key=_lines_key(adcode, t) if province.evaluated else "",
                ranks=published_ranks(adcode, t) if province.evaluated else "",
                all_lists=_all_lists(adcode, t) if province.evaluated else [],
                all_title=t(N_("All lists and editions")),
                note="" if province.evaluated else t(STATUS_NOTES[Status.NOT_EVALUATED]),
                locator=_locator(adcode, view, t),
            )
        )


def _locator(adcode: str, view: PageState, t: Translator) -> _Locator:
    """Return the small map: the shown measure with the province outlined, or the place alone.

    The file of an uploaded measure has no address. A list of the report that lacks the year is
    shown as of 2017.
    """
    name = provinces()[adcode].name_in(t.lang)
    measure = view.shown_measure
    if measure.kind == "own" or not provinces()[adcode].evaluated:
        return _Locator(
            add_query(served_path(THUMBNAIL_PATH), {"province": adcode}),
            t(N_("Where {name} lies in China"), name=name),
        )
    year = shown_year(view)
    cell = measure.snapshot(year).cells[adcode]
    heading = map_heading(measure, year, t)
    standing = short_rank(cell, t) or status_name(cell, t)
    return _Locator(
        add_query(
            served_path(THUMBNAIL_PATH), {"province": adcode, "measure": measure.id, "year": year}
        ),
        t(
            N_("Map of China’s provinces: {heading}; {name} is outlined"),
            heading=heading,
            name=name,
        ),
        heading,
        standing,
        page_address("map", view, measure=measure.id, year=year, province=adcode),
    )


def shown_year(view: PageState) -> int:
    """Return the year in which a page on a province shows the measure of the view.

    A list of the report that lacks the preferred year is shown as of 2017, not as of the nearest
    edition, which may have no ranks.
    """
    measure = view.shown_measure
    if measure.kind == "report" and view.preferred_year not in measure.years:
        return REPORT_EDITION
    return measure.nearest_year(view.preferred_year)


def _cards(adcode: str, year: int, t: Translator) -> list[_Card]:
    """Return the key values of a province; of a unit that is not evaluated, that there are none."""
    if not provinces()[adcode].evaluated:
        return [_Card(t(N_("Open indicators")), t(N_("not available")))]
    values = key_values(adcode, year)
    people, index = values[RESIDENTS], values[DEFAULT_MEASURE]
    cards = [
        _value_card(people, t(N_("Residents")), format_population(_number(people), t), t),
        *(
            _value_card(
                values[name],
                measure_name(values[name].standing.measure, t),
                format_cell(values[name].standing.cell, values[name].standing.measure, t),
                t,
            )
            for name in (INCOME_MEASURE, URBAN)
        ),
        _report_card(adcode, t),
        _rank_card(index, t(N_("Open index")), "", t),
    ]
    if strongest := strongest_dimension(adcode, year):
        dimension = t(GROUP_NAMES[strongest.standing.measure.dimension])
        cards.append(_rank_card(strongest, t(N_("Strongest dimension")), dimension, t))
    return cards


def _number(value: KeyValue) -> float:
    return value.standing.cell.value or 0.0


def _value_card(value: KeyValue, name: str, text: str, t: Translator) -> _Card:
    """Return the card of a value, with its rank below it."""
    cell = value.standing.cell
    return _Card(
        t(N_("{measure}, {year}"), measure=name, year=value.standing.year),
        mark_doubt(text, cell),
        format_rank(cell, t),
        describe_change(value, t),
        *small_lines_image(value, t),
    )


def _rank_card(value: KeyValue, name: str, subject: str, t: Translator) -> _Card:
    """Return the card of a rank in the open index, its interval and its score below it.

    subject: what stands in large letters; if empty, the rank.
    """
    cell, measure = value.standing.cell, value.standing.measure
    rank = t(N_("{rank} of {of}"), rank=cell.rank, of=cell.of) if cell.rank else ""
    interval = format_interval(cell, t)
    texts = [
        rank if subject else "",
        t(N_("interval {interval}"), interval=interval) if cell.low is not None else interval,
        t(N_("score {value}"), value=format_number(cell.value or 0.0, measure, t)) if rank else "",
    ]
    return _Card(
        t(N_("{measure}, {year}"), measure=name, year=value.standing.year),
        subject or rank or status_name(cell, t),
        " · ".join(filter(None, texts)),
        describe_change(value, t),
        *small_lines_image(value, t),
    )


def _report_card(adcode: str, t: Translator) -> _Card:
    """Return the card of the comprehensive rank of 2017, with the later editions below it."""
    first, *later = published_standings(adcode)[WHOLE_INDEX]
    if first.cell.status is Status.RANK:
        of = t(N_("{rank} of {of}"), rank=first.cell.rank, of=first.cell.of)
        value = mark_doubt(of, first.cell)
    else:
        value = t(N_("not among the ten"))
    if all(one.cell.status is Status.OUTSIDE for one in (first, *later)):
        years = t.join_names([str(one.year) for one in later])
        editions = t(N_("nor in {years}"), years=years)
    else:
        editions = " · ".join(f"{one.year}: {format_place(one.cell, t)}" for one in later)
    return _Card(t(N_("Rank in the report, {year}"), year=REPORT_EDITION), value, "", editions)


def _lines_key(adcode: str, t: Translator) -> Markup:
    """Return what the two small lines are."""
    name = provinces()[adcode].name_in(t.lang)
    return key_row(
        [
            (line_key(OWN_PROVINCE.colour, SOLID_LINE), name),
            (
                line_key(SMALL_NATIONAL, NATIONAL_DASH),
                t(
                    N_("national value or median, {first} to {last}; residents: both start at 100"),
                    first=FIRST_YEAR,
                    last=LAST_YEAR,
                ),
            ),
        ]
    )


def draw_neighbour_links(adcode: str, view: PageState, t: Translator) -> None:
    """Draw links to the provinces ranked just before and after, by the measure of the view."""
    measure, year = view.shown_measure, shown_year(view)
    snapshot = measure.snapshot(year)
    lines = (
        adjacent_provinces(snapshot, adcode)
        if snapshot.scale in (Scale.QUANTITY, Scale.TOP_TEN)
        else None
    )
    if lines is None:
        # Without a rank in that list, use product per head, which ranks all 31.
        measure = published_measures()[INCOME_MEASURE]
        year = measure.nearest_year(view.preferred_year)
        snapshot = measure.snapshot(year)
        lines = adjacent_provinces(snapshot, adcode)
    if lines is None:
        return
    with st.container(key="steps", horizontal=True, vertical_alignment="center"):
        for other, icon in zip(lines, ("arrow_back", "arrow_forward"), strict=True):
            if other:
                name = provinces()[other].name_in(t.lang)
                label = t(N_("{rank}. {name}"), rank=snapshot.cells[other].rank, name=name)
                # A button: a page link to the current page would not change the URL.
                st.button(
                    label,
                    icon=f":material/{icon}:",
                    key=icon,
                    on_click=write_params,
                    kwargs={"province": other},
                )
        st.html(
            quiet_note(
                t(
                    N_("Neighbours by rank: {measure}, {year}"),
                    measure=measure_name(measure, t),
                    year=year,
                )
            )
        )


def draw_text(adcode: str, view: PageState, t: Translator) -> None:
    """Draw generated sentences on the province, to copy."""
    results = describe_province(adcode, view.preferred_year, t)
    with st.container(key="text"):
        st.html(Markup("<h2>{}</h2>").format(t(N_("Summary"))))
        st.code(t.join_sentences(one.text for one in results), language=None, wrap_lines=True)


def draw_mentions(adcode: str, t: Translator) -> None:
    """Draw the mentions of the province in the report, each with its section."""
    items = [
        ReportItem(t.localized(mention, "text"), section_citation(mention.section, t))
        for mention in province_mentions(adcode)
    ]
    with st.container(key="mentions"):
        st.html(
            render_template(
                TEMPLATES,
                "mentions",
                title=t(N_("Statements in the report of 2017")),
                items=items,
                note=quiet_note(
                    t(N_("The text of the report does not name this province elsewhere."))
                ),
            )
        )


def section_citation(number: str, t: Translator) -> str:
    """Return the citation of a section of the report."""
    section = report_sections()[number]
    return t(
        N_("Section {number}, {title}"),
        number=number,
        title=t.localized(section, "name"),
    )
