"""What is observed is counted once, under labels of the atlas."""

from __future__ import annotations

from contextlib import suppress
from threading import Thread
from time import perf_counter

import pytest
from prometheus_client import Counter

from geo.limits import MAX_LABEL_SETS
from geo.metrics import (
    RenderMetrics,
    SessionCounts,
    observe_check,
    observe_upload,
    time_rerun,
    time_store,
    watch_sessions,
)
from geo.metrics.labels import Labelled
from geo.text import DataError, InputError, StoreError
from tests.geo.metrics.readings import sample


class EarlyEndError(BaseException):
    """As Streamlit ends a script."""


def reruns(page, scope):
    return sample("atlas_rerun_seconds_count", page=page, scope=scope)


def test_a_fragment_within_its_page_counts_as_the_page():
    before = reruns("map", "page"), reruns("map", "fragment")
    with time_rerun("map", "page"), time_rerun("map", "fragment"):
        pass
    assert (reruns("map", "page"), reruns("map", "fragment")) == (before[0] + 1, before[1])
    with time_rerun("map", "fragment"):
        pass
    assert (reruns("map", "page"), reruns("map", "fragment")) == (before[0] + 1, before[1] + 1)


def test_pages_of_two_sessions_at_the_same_time_count_both():
    before = reruns("data", "fragment")
    with time_rerun("index", "page"):
        other = Thread(target=time_rerun("data", "fragment")(lambda: None))
        other.start()
        other.join(10)
    assert reruns("data", "fragment") == before + 1


@pytest.mark.parametrize(("error", "faults"), [(EarlyEndError, 0), (ValueError, 1)])
def test_a_page_that_ends_early_is_timed_and_a_fault_is_counted(error, faults):
    name = "atlas_rerun_faults_total"
    before = reruns("compare", "page"), sample(name, page="compare", scope="page")
    with pytest.raises(error), time_rerun("compare", "page"):
        raise error
    after = reruns("compare", "page"), sample(name, page="compare", scope="page")
    assert after == (before[0] + 1, before[1] + faults)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [(None, "done"), (InputError("Too much."), "refused"), (StoreError("Gone."), "failed"),
     (OSError("disk"), "failed")],
)  # fmt: skip
def test_an_operation_of_a_store_has_an_outcome(error, outcome):
    name = "atlas_store_seconds_count"
    before = sample(name, operation="test", outcome=outcome)
    with suppress(InputError, OSError), time_store("test"):
        if error:
            raise error
    assert sample(name, operation="test", outcome=outcome) == before + 1


def rendering(error=None):
    """Render something of the queue `test` that raises an error; return what has changed."""
    names = ("atlas_render_waiting", "atlas_render_running", "atlas_render_wait_seconds_count")
    metrics, during = RenderMetrics("test"), []
    metrics.count_request("map", "png", "queued")
    queued = sample(names[0], queue="test")
    with suppress(ValueError, InputError), metrics.time_rendering("map", "png", perf_counter()):
        during = [sample(name, queue="test") for name in names]
        if error:
            raise error
    return queued, during, [sample(name, queue="test") for name in names]


def test_a_picture_is_in_line_then_being_made_then_made():
    labels = {"queue": "test", "kind": "map", "form": "png"}
    made = sample("atlas_render_seconds_count", **labels)
    waited = sample("atlas_render_wait_seconds_count", queue="test")
    queued, during, after = rendering()
    assert (queued, during, after) == (1, [0, 1, waited + 1], [0, 0, waited + 1])
    assert sample("atlas_render_seconds_count", **labels) == made + 1
    assert sample("atlas_render_requests_total", **labels, outcome="queued") >= 1


@pytest.mark.parametrize(
    ("error", "faults"), [(InputError("No."), 0), (DataError("No."), 1), (ValueError(), 1)]
)
def test_only_what_is_the_fault_of_the_atlas_is_counted_as_one(error, faults):
    labels = {"queue": "test", "kind": "map", "form": "png"}
    before = sample("atlas_render_faults_total", **labels)
    with suppress(DataError):
        rendering(error)
    assert sample("atlas_render_faults_total", **labels) == before + faults
    assert sample("atlas_render_running", queue="test") == 0


def test_uploads_checks_and_sessions_are_counted():
    labels = {"form": "csv", "outcome": "taken"}
    before = sample("atlas_upload_seconds_count", **labels)
    observe_upload("csv", "taken", 0.2)
    assert sample("atlas_upload_seconds_count", **labels) == before + 1
    for passed in (True, False):
        observe_check("test", passed)
        assert sample("atlas_check_passed", check="test") == passed
    watch_sessions(lambda: SessionCounts(3, {"connect": 7}))
    assert sample("atlas_sessions") == 3
    assert sample("atlas_session_events_total", event="connect") == 7
    watch_sessions(SessionCounts)


def test_a_label_takes_no_text_of_a_reader_and_no_endless_number_of_values():
    counter = Labelled(Counter, "test_labels_total", "For a test.", ("kind",))
    for text in ("Wang Wei", "收入", "x" * 25, 'a"b', "a\nb"):
        assert counter.series(text) is counter.series("other")
    many = {id(counter.series(f"kind{number}")) for number in range(2 * MAX_LABEL_SETS)}
    assert len(many) == MAX_LABEL_SETS
    assert counter.series("kind0") is not counter.series("other")


@pytest.mark.timed
def test_what_a_rerun_pays_for_its_metrics_is_far_below_a_tenth_of_a_millisecond():
    def observe():
        with time_rerun("map", "page"), time_rerun("map", "fragment"):
            pass

    def best(times=2000):
        start = perf_counter()
        for _ in range(times):
            observe()
        return (perf_counter() - start) / times

    assert min(best() for _ in range(5)) < 0.00002
