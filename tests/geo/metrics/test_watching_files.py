"""The dashboard and the alerts ask for metrics and labels that the atlas has, in valid PromQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import promql_parser as promql
import pytest
import yaml

from geo.metrics import (
    REGISTRY,
    RenderMetrics,
    SessionCounts,
    describe_build,
    observe_check,
    observe_upload,
    time_rerun,
    time_store,
    watch_sessions,
)

ROOT = Path(__file__).parents[3]
DASHBOARD = json.loads((ROOT / "deploy" / "grafana.json").read_text("utf-8"))
RULES = yaml.safe_load((ROOT / "deploy" / "prometheus-rules.yaml").read_text("utf-8"))
OF_PROMETHEUS = {"instance", "job"}
UNITS = {"short", "s", "bytes", "ops", "cps", "reqps", "percentunit"}


@pytest.fixture(scope="module")
def labels():
    """The names of the labels of each sample, once everything was observed."""
    watch_sessions(lambda: SessionCounts(1, {"connect": 1}))
    describe_build({"data": "1", "python": "1", "streamlit": "1"})
    observe_check("store", True)
    observe_upload("csv", "taken", 0.1)
    metrics = RenderMetrics("test")
    metrics.count_request("map", "png", "queued")
    with time_rerun("map", "page"), time_store("save"):
        pass
    with metrics.time_rendering("map", "png", 0):
        pass
    # These two are counted when something fails, under labels of the same names.
    faults = {
        "atlas_rerun_faults_total": {"page", "scope"},
        "atlas_render_faults_total": {"queue", "kind", "form"},
    }
    names = {metric.name for metric in REGISTRY.collect()}
    assert {name.removesuffix("_total") for name in faults} <= names
    samples = [entry for metric in REGISTRY.collect() for entry in metric.samples]
    watch_sessions(SessionCounts)
    return faults | {entry.name: set(entry.labels) for entry in samples}


def expressions() -> Iterator[tuple[str, str]]:
    for panel in DASHBOARD["panels"]:
        for target in panel["targets"]:
            yield panel["title"], target["expr"].replace("$__rate_interval", "5m")
    for group in RULES["groups"]:
        for rule in group["rules"]:
            yield rule["alert"], rule["expr"]


def parts(expr: promql.Expr) -> Iterator[promql.Expr]:
    """An expression and all within it."""
    yield expr
    within = {
        promql.AggregateExpr: lambda e: [e.expr],
        promql.BinaryExpr: lambda e: [e.lhs, e.rhs],
        promql.Call: lambda e: e.args,
        promql.MatrixSelector: lambda e: [e.vector_selector],
        promql.ParenExpr: lambda e: [e.expr],
        promql.UnaryExpr: lambda e: [e.expr],
    }
    for inner in within.get(type(expr), lambda e: [])(expr):
        yield from parts(inner)


def find_unknown(text: str, labels: dict[str, set[str]]) -> list[str]:
    """The names of metrics and labels in an expression that the atlas does not have."""
    found, known = [], set(OF_PROMETHEUS)
    nodes = list(parts(promql.parse(text)))
    for node in nodes:
        if isinstance(node, promql.VectorSelector) and node.name != "up":
            has = labels.get(node.name, set()) | OF_PROMETHEUS
            found += [] if node.name in labels else [node.name]
            found += [m.name for m in node.matchers.matchers if m.name not in has]
            known |= has
    for node in nodes:
        if isinstance(node, promql.AggregateExpr) and node.modifier:
            found += [label for label in node.modifier.labels if label not in known]
    return found


def test_every_expression_names_metrics_and_labels_that_exist(labels):
    faults = {title: find_unknown(text, labels) for title, text in expressions()}
    assert {title: unknown for title, unknown in faults.items() if unknown} == {}
    assert len(faults) == len(DASHBOARD["panels"]) + len(RULES["groups"][0]["rules"])


def test_an_unknown_metric_or_label_is_found(labels):
    assert find_unknown("sum by (le) (rate(atlas_reruns_bucket[5m]))", labels) == [
        "atlas_reruns_bucket", "le",
    ]  # fmt: skip
    assert find_unknown('sum by (city) (atlas_sessions{name="x"})', labels) == ["name", "city"]


def test_every_metric_of_the_atlas_is_on_the_dashboard(labels):
    text = json.dumps(DASHBOARD)
    families = {m.name for m in REGISTRY.collect() if m.name.startswith("atlas_")}
    assert {name for name in families if name not in text} == set()


def test_every_panel_has_a_unit_a_sentence_and_a_place_of_its_own():
    cells = set()
    for panel in DASHBOARD["panels"]:
        assert panel["fieldConfig"]["defaults"]["unit"] in UNITS
        assert panel["description"].endswith(".")
        at = panel["gridPos"]
        own = {(at["x"] + x, at["y"] + y) for x in range(at["w"]) for y in range(at["h"])}
        assert not own & cells
        assert at["x"] + at["w"] <= 24
        cells |= own
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])


def test_every_alert_is_explained_in_the_document():
    document = (ROOT / "docs" / "watching.md").read_text("utf-8")
    for rule in RULES["groups"][0]["rules"]:
        assert f"`{rule['alert']}`" in document
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert rule["annotations"]["summary"].endswith(".")
