"""What pages tell the metrics: how long each takes, what was uploaded, and nothing of a reader."""

from __future__ import annotations

import pytest
from streamlit import runtime

from geo.metrics import SessionCounts
from pages.parts.page_frame import PAGES
from pages.parts.session_counts import session_counts
from tests.geo.metrics.readings import label_values, sample
from tests.pages.run import page
from tests.pages.test_uploads import CSV, upload


@pytest.mark.parametrize("name", [name for name in PAGES if name != "map"])
def test_a_page_is_timed_once_under_its_name(name):
    def counts():
        scopes = ("page", "fragment")
        return [sample("atlas_rerun_seconds_count", page=name, scope=scope) for scope in scopes]

    before = counts()
    page(name)
    assert counts() == [before[0] + 1, before[1]]


def test_an_uploaded_table_is_counted_under_its_format_and_not_its_name():
    def count(form, outcome):
        return sample("atlas_upload_seconds_count", form=form, outcome=outcome)

    before = count("csv", "taken"), count("other", "refused")
    upload(page("data"), ("Wang Fang.csv", *CSV[1:]))
    test = upload(page("data"), ("Wang Fang.secret", b"%PDF-1.7 " * 9, "text/csv"))
    test.run()  # it is read again, and counted no more
    assert (count("csv", "taken"), count("other", "refused")) == (before[0] + 1, before[1] + 1)
    assert not {value for value in label_values() if "wang" in value.lower() or "secret" in value}


def test_what_a_reader_puts_into_an_address_is_no_label():
    page("index", lang="en")
    before = label_values()
    page("index", measure="Wang Fang", tab="Wang Fang", lang="Wang Fang")
    assert label_values() == before


def test_without_a_server_there_are_no_sessions():
    assert not runtime.exists()
    assert session_counts() == SessionCounts()
