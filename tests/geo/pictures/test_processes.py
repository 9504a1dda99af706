"""A picture of a process is the picture of the server, and only what it shows crosses to it."""

from __future__ import annotations

import os
import pickle
from dataclasses import replace
from functools import partial

import pytest

from geo.analysis import build_catalogue, published_measures
from geo.pictures import FIGURE_FORMATS, TWO_MAPS_KIND, FigureRequest
from geo.pictures.queue import PictureQueue
from geo.pictures.rendering import render_picture
from geo.task_processes import TaskPool
from geo.text import InputError
from geo.units import evaluated_adcodes, provinces
from geo.upload import MeasureDefinition, UploadedFile, UploadedTable, UploadedTables

MAP = FigureRequest(
    measure="gdp_per_capita", lang="both", day="2026-11-25", qr=True, link="http://a"
)


@pytest.fixture(scope="module")
def queue():
    pool = TaskPool(2, ["geo.pictures.warm"])
    with pool.serve():
        yield PictureQueue(partial(pool.run, render_picture))


@pytest.fixture(scope="module")
def own():
    """A catalogue with two uploaded measures, and their ids."""
    tables = UploadedTables(tuple(
        UploadedTable(
            UploadedFile(f"{name}.csv", ("省,2017\n" + "\n".join(
                f"{provinces()[adcode].short_zh},{place + value}"
                for place, adcode in enumerate(evaluated_adcodes())
            )).encode()),
            measures=(MeasureDefinition("·", name, "件"),),
        )
        for name, value in (("Mine", 5), ("Secret", 7))
    ))  # fmt: skip
    return build_catalogue(tables.all_measures), list(tables.all_measures)


@pytest.mark.parametrize("form", FIGURE_FORMATS)
def test_a_process_draws_the_same_bytes(queue, form):
    body = queue.render(MAP, form).body
    assert body == render_picture(MAP.canonical(), form)


def test_a_process_draws_uploaded_data(queue, own):
    catalogue, (mine, secret) = own
    request = replace(
        MAP, kind=TWO_MAPS_KIND, measure=mine, measure2=secret, year2=2017, catalogue=catalogue
    )
    body = queue.render(request, "svg").body
    assert body == render_picture(request.canonical(), "svg")
    assert b"Mine" in body
    assert b"Secret" in body


def test_a_fault_of_a_request_crosses(queue):
    with pytest.raises(InputError, match="A profile needs its province"):
        queue.render(replace(MAP, kind="profile"), "png")


def test_only_the_measures_that_are_shown_cross(own):
    catalogue, (mine, secret) = own
    sent = pickle.dumps(replace(MAP, measure=mine, catalogue=catalogue))
    assert b"Mine" in sent
    assert b"Secret" not in sent
    assert len(sent) < 20_000
    came = pickle.loads(sent)
    assert came.shown_measure == catalogue[mine]
    assert secret not in came.catalogue
    assert came.second_measure is published_measures()[came.measure2]
    # What the atlas publishes is known at the other end.
    plain = pickle.loads(pickle.dumps(MAP))
    assert plain == MAP
    assert plain.catalogue is published_measures()


def test_the_server_itself_draws_nothing(monkeypatch):
    pool, drawn = TaskPool(1, ["geo.pictures.warm"]), []
    queue = PictureQueue(partial(pool.run, render_picture))
    with pool.serve() as processes:
        monkeypatch.setattr("geo.pictures.rendering.lay_out", drawn.append)
        assert queue.render(replace(MAP, title="one"), "png").body.startswith(b"\x89PNG")
        pids = processes.pids
    assert drawn == []
    assert pids
    assert os.getpid() not in pids
