"""Captions of a scatter of two measures, and of a time series of one measure."""

from __future__ import annotations

from collections.abc import Sequence

from geo.analysis import (
    Relation,
    SeriesPoint,
    TimeSeries,
    axis_title,
    comparable_rank,
    describe_correlation,
    is_nominal,
    issuer_line,
    name_with_year,
    relation_notes,
    series_decimals,
    source_line,
    spearman_correlation,
    time_series_cautions,
    time_series_notes,
)
from geo.captions.caption import Caption, choose_title, map_subtitle, short_name, topic_phrase
from geo.captions.cautions import ambiguity_cautions, upload_cautions
from geo.captions.foot import Caution, Foot
from geo.captions.notes import deduplicate, indicator_notes, plain_note
from geo.captions.sentences import Sentence, SentenceBuilder, join_sentences, province_name
from geo.measures import EVALUATED_COUNT, Cell, Measure, describe_formula, measure_name
from geo.text import N_, Translator


def scatter_caption(relation: Relation, kind: str, fit: str, t: Translator) -> Caption:
    """The caption of a scatter; kind, fit: as in geo.analysis.relations.notes.

    The title gives the rank correlation, which applies to both values and ranks.
    """
    sides = [(side.measure, side.year) for side in (relation.a, relation.b)]
    first, second = (map_subtitle(measure, year, t) for measure, year in sides)
    strong = Sentence(describe_correlation(relation, t))
    sentences = [Sentence(text) for text in relation_notes(relation, kind, fit, t)]
    return Caption(
        title=choose_title(_scatter_titles(relation, t), t),
        subtitle=t(N_("A: {first}; B: {second}"), first=first, second=second),
        alt=join_sentences([_scatter_description(relation, t), strong], t),
        source=source_line([(measure, [year]) for measure, year in sides], t),
        notes=deduplicate([strong, *sentences]),
        foot=_chart_foot(
            [(measure, [year]) for measure, year in sides], _scatter_cautions(relation, t), t
        ),
    )


def _chart_foot(
    measures_shown: Sequence[tuple[Measure, Sequence[int]]], cautions: list[Caution], t: Translator
) -> Foot:
    return Foot(
        credit=issuer_line(measures_shown, t),
        short_credit=issuer_line(measures_shown, t, is_short=True),
        cautions=tuple(cautions),
    )


def _scatter_cautions(relation: Relation, t: Translator) -> list[Caution]:
    """That a correlation shows no causes, uploaded data, and the provinces in doubt."""
    sides = (relation.a, relation.b)
    uploads = [c for side in sides for c in upload_cautions(side.measure, t)]
    results = [Caution(plain_note(N_("A correlation does not show causes."), t)), *uploads[:1]]
    if relation.doubtful:
        pen = SentenceBuilder(t)
        count = len(relation.doubtful)
        brief = pen.build(
            N_("Doubtful, shown hollow and not counted: {count}."),
            count=pen.cite(count, relation.a.measure, relation.a.year, "", "doubtful"),
        )
        whole = plain_note(
            N_("Doubtful, shown hollow and excluded from all calculations: {names}."),
            t,
            names=t.join_names([province_name(pair.adcode, t) for pair in relation.doubtful]),
        )
        results.append(Caution(whole, brief))
    cells = [cell for pair in relation.pairs for cell in (pair.a, pair.b)]
    return [*results, *ambiguity_cautions(cells, t)]


def _scatter_titles(relation: Relation, t: Translator) -> list[Sentence]:
    """Headlines on how two measures go together, without a word on causes."""
    a, b = relation.a.measure, relation.b.measure
    correlation = spearman_correlation(relation)
    if correlation is None:
        return [SentenceBuilder(t).build(N_("{a} and {b}"), a=short_name(a, t), b=short_name(b, t))]
    titles = []
    for message in _relation_messages(correlation.low, correlation.high):
        pen = SentenceBuilder(t)
        titles.append(
            pen.build(
                message,
                a=topic_phrase(a, t),
                b=topic_phrase(b, t),
                value=pen.cite(
                    t.format_number(correlation.value, 2), a, relation.a.year, "", "spearman"
                ),
                count=pen.cite(correlation.count, a, relation.a.year, "", "correlated"),
            )
        )
    return titles


def _relation_messages(low: float, high: float) -> tuple[str, str]:
    """The messages on a rank correlation whose interval runs from low to high.

    An interval with zero in it shows no relation.
    """
    if low > 0:
        return (
            N_("Provinces high in {a} tend to be high in {b} (rank correlation {value})"),
            N_("Provinces high in A tend to be high in B (rank correlation {value})"),
        )
    if high < 0:
        return (
            N_("Provinces high in {a} tend to be low in {b} (rank correlation {value})"),
            N_("Provinces high in A tend to be low in B (rank correlation {value})"),
        )
    return (
        N_("No clear relation of {a} and {b} (rank correlation {value})"),
        N_("No clear relation of A and B over {count} provinces (rank correlation {value})"),
    )


def _scatter_description(relation: Relation, t: Translator) -> Sentence:
    return SentenceBuilder(t).build(
        N_("Scatter of China’s provinces, {a} across and {b} upwards."),
        a=name_with_year(relation.a, t),
        b=name_with_year(relation.b, t),
    )


def time_series_caption(series: TimeSeries, chosen: Sequence[str], t: Translator) -> Caption:
    """The caption of the lines of compared provinces over the years.

    The title names the first of them in the last year in which all have a reliable value.
    """
    measure = series.measure
    name_of = measure_name(measure, t)
    sentences = [Sentence(text) for text in time_series_notes(series, chosen, t)]
    if series.mode != "ranks" and is_nominal(measure):
        sentences.append(plain_note(N_("At current prices: changes over years are nominal."), t))
    return Caption(
        title=choose_title(_time_series_titles(series, chosen, t), t),
        subtitle=t(
            N_("{measure}, {first} to {last}")
            if axis_title(series, t) in name_of
            else N_("{measure} ({unit}), {first} to {last}"),
            measure=name_of,
            unit=axis_title(series, t),
            first=measure.years[0],
            last=measure.years[-1],
        ),
        alt=_describe_time_series(series, chosen, t),
        source=source_line([(measure, measure.years)], t),
        notes=deduplicate([*sentences, *_definition_note(series, t)]),
        foot=_chart_foot([(measure, measure.years)], _time_series_cautions(series, chosen, t), t),
    )


def _time_series_cautions(
    series: TimeSeries, chosen: Sequence[str], t: Translator
) -> list[Caution]:
    """The base of the lines, breaks, values in doubt, uploaded data, and nominal values."""
    measure = series.measure
    results = upload_cautions(measure, t)
    results += [Caution(Sentence(text)) for text in time_series_cautions(series, t)]
    if series.mode != "ranks" and is_nominal(measure):
        message = N_("At current prices: changes over years are nominal.")
        results.append(Caution(plain_note(message, t)))
    if measure.kind == "report":
        snapshots = [measure.snapshot(year) for year in measure.years]
        results += ambiguity_cautions((s.cells[a] for s in snapshots for a in chosen), t)
    return results


def _definition_note(series: TimeSeries, t: Translator) -> list[Sentence]:
    """The definition of an indicator; lists and indices have their own notes instead."""
    measure = series.measure
    if measure.kind == "own":
        return indicator_notes(measure.snapshot(measure.years[-1]), measure, t)
    if not measure.is_derived:
        return []
    return [
        plain_note(
            N_("Calculated by this atlas: {formula}."), t, formula=describe_formula(measure, t)
        )
    ]


def _last_common_year(series: TimeSeries, chosen: Sequence[str]) -> tuple[int, list[Cell]] | None:
    """The cells of the last year in which all have a reliable value or rank, best rank first."""
    for year in reversed(series.measure.years):
        cells = [series.measure.snapshot(year).cells[adcode] for adcode in chosen]
        if all(comparable_rank(cell) and not cell.is_doubtful for cell in cells):
            return year, sorted(cells, key=lambda cell: cell.rank or 0)
    return None


def _time_series_titles(series: TimeSeries, chosen: Sequence[str], t: Translator) -> list[Sentence]:
    name = short_name(series.measure, t)
    listed = t.join_names([province_name(adcode, t) for adcode in chosen])
    plain = [
        SentenceBuilder(t).build(N_("{topic} of {names} over the years"), topic=name, names=names)
        for names in (listed, t(N_("{count} provinces"), count=len(chosen)))
    ]
    common = _last_common_year(series, chosen)
    if common is None:
        return plain
    year, cells = common
    if len(cells) > 1 and cells[0].rank == cells[1].rank:
        return plain
    one = len(chosen) == 1
    full = (
        N_("{name} ranks {rank} of {of} in {topic} in {year}")
        if one
        else N_("{name} leads these {count} provinces in {topic} in {year}, at rank {rank} of {of}")
    )
    short = N_("{name} leads these {count} provinces in {topic} in {year}")
    titles = []
    for message in (full,) if one else (full, short):
        first, pen = cells[0], SentenceBuilder(t)
        titles.append(
            pen.build(
                message,
                topic=topic_phrase(series.measure, t),
                name=province_name(first.adcode, t),
                year=year,
                count=pen.cite(len(chosen), series.measure, year, first.adcode, "compared"),
                rank=pen.cite(first.rank, series.measure, year, first.adcode, "rank"),
                of=pen.cite(first.of or EVALUATED_COUNT, series.measure, year, first.adcode, "of"),
            )
        )
    return [*titles, *plain]


def _describe_time_series(series: TimeSeries, chosen: Sequence[str], t: Translator) -> Sentence:
    """The alternative text: the lines, and the first and last value of each province."""
    parts = [
        SentenceBuilder(t).build(
            N_("Lines over the years, {measure} ({unit})."),
            measure=measure_name(series.measure, t),
            unit=axis_title(series, t),
        )
    ]
    for adcode in chosen:
        points = [point for point in series.points if point.line == adcode]
        if not points:
            parts.append(
                SentenceBuilder(t).build(
                    N_("{name}: not available."), name=province_name(adcode, t)
                )
            )
            continue
        pen = SentenceBuilder(t)
        ends = [
            pen.cite(
                _format_point(point, series, t), series.measure, point.year, adcode, series.mode
            )
            for point in (points[0], points[-1])
        ]
        parts.append(
            pen.build(
                N_("{name}: {start} in {first}, {end} in {last}."),
                name=province_name(adcode, t),
                start=ends[0],
                first=points[0].year,
                end=ends[1],
                last=points[-1].year,
            )
        )
    return join_sentences(parts, t)


def _format_point(point: SeriesPoint, series: TimeSeries, t: Translator) -> str:
    figure = t.format_number(point.value, series_decimals(series))
    return f"{figure} ?" if point.doubtful else figure
