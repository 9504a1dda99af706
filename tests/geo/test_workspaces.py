"""Whoever runs the server lists and withdraws links of all owners, and reads nothing of them."""

from __future__ import annotations

import csv
import io
import re
import sys

import pytest

from geo.store import (
    COPY,
    LOOK,
    NotFoundError,
    WorkspaceStore,
    browser_owner,
    create_key,
    link_holder,
    open_sqlite,
    person_owner,
)
from geo.workspaces import main
from tests.geo.access.events import logged_events

PERSON = person_owner("https://id.example.cn", "li", "s" * 32)
NAME, LABEL = "Budget of the province", "For the ministry"


@pytest.fixture
def settings(tmp_path):
    return {"ATLAS_DATABASE": f"sqlite:///{tmp_path}/atlas.db"}


@pytest.fixture
def store(tmp_path):
    found = WorkspaceStore(open_sqlite(tmp_path / "atlas.db"), lambda: 1_800_000_000.0)
    found.prepare()
    yield found
    found.database.close()


@pytest.fixture
def secrets(store):
    """The secrets of two links: of a person, and of a browser."""
    browser = browser_owner(create_key())
    made = [store.create(owner, NAME, b"{}") for owner in (PERSON, browser)]
    return [
        store.share(PERSON, made[0].id, LOOK, LABEL),
        store.share(browser, made[1].id, COPY, LABEL),
    ]


def opens(store, secret):
    try:
        store.open_link(secret)
    except NotFoundError:
        return False
    return True


def test_the_list_has_pseudonyms_and_times_and_nothing_that_opens(store, secrets, settings, capsys):
    store.open_link(secrets[0])
    assert main(["links"], settings) == 0
    text = capsys.readouterr().out
    rows = {row["link"]: row for row in csv.DictReader(io.StringIO(text))}
    assert set(rows) == {link_holder(secret).pseudonym for secret in secrets}
    first, second = (rows[link_holder(secret).pseudonym] for secret in secrets)
    assert first["owner"] == PERSON.pseudonym != second["owner"]
    assert (first["right"], second["right"]) == ("look", "copy")
    assert first["made"] == first["used"] == "2027-01-15T08:00:00Z"
    assert second["used"] == ""
    assert int(first["workspace_bytes"]) > 0
    for word in (*secrets, NAME, LABEL, PERSON.secret):
        assert word not in text


def test_a_link_of_any_owner_is_withdrawn_and_the_others_stay(store, secrets, settings, capsys):
    link = link_holder(secrets[0]).pseudonym
    with logged_events():  # what the command changes of the log is put back
        assert main(["withdraw", link], settings) == 0
    written = capsys.readouterr().err
    assert f"The link {link} was withdrawn" in written
    assert f"链接 {link} 已撤回" in written
    assert f'"event": "link_withdrawn", "link": "{link}", "by": "operator"' in written
    assert [opens(store, secret) for secret in secrets] == [False, True]
    assert store.list_workspaces(PERSON)  # the work itself stays
    assert main(["withdraw", link], settings) == 1
    assert "There is no link" in capsys.readouterr().err


def test_a_link_is_withdrawn_by_its_address(store, secrets, settings, capsys, monkeypatch):
    address = f"https://atlas.example.cn/work#link={secrets[1]}\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(address))
    with logged_events():
        assert main(["withdraw", "-"], settings) == 0
    assert [opens(store, secret) for secret in secrets] == [True, False]
    assert secrets[1] not in capsys.readouterr().err


@pytest.mark.parametrize("given", ["", "%", "_" * 16, "0" * 15, "0" * 17, "g" * 16])
def test_nothing_but_a_whole_pseudonym_withdraws_something(store, secrets, settings, capsys, given):
    assert main(["withdraw", given], settings) == 1
    assert "is not a link" in capsys.readouterr().err
    assert all(opens(store, secret) for secret in secrets)


def test_all_work_of_one_owner_is_deleted_by_the_pseudonym(
    store, secrets, settings, capsys, tmp_path
):
    before = [info.id for info in store.list_workspaces(PERSON)]
    owner = PERSON.pseudonym
    with logged_events():
        assert main(["delete", "--owner", owner.upper()], settings) == 0
    written = capsys.readouterr().err
    assert "1 workspaces with" in written
    assert "已删除 1 个工作区" in written
    assert f'"event": "work_deleted", "person": "{owner}", "by": "operator"' in written
    assert store.list_workspaces(PERSON) == []
    assert [opens(store, secret) for secret in secrets] == [False, True]
    content = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert not [workspace for workspace in before if workspace.encode() in content]
    assert main(["delete", "--owner", owner], settings) == 1
    assert f"No workspace belongs to the owner {owner}." in capsys.readouterr().err


@pytest.mark.parametrize("given", ["", "%", "_" * 16, "0" * 15, "0" * 17, "g" * 16])
def test_nothing_but_a_whole_pseudonym_deletes_something(store, secrets, settings, capsys, given):
    assert main(["delete", "--owner", given], settings) == 1
    assert "is not an owner" in capsys.readouterr().err
    assert store.total_usage().workspaces == 2


def test_a_link_is_no_owner(store, secrets, settings):
    assert main(["delete", "--owner", link_holder(secrets[0]).pseudonym], settings) == 1
    assert store.total_usage().workspaces == 2


def test_a_backup_that_is_there_is_written_over_on_request_alone(
    store, secrets, settings, capsys, tmp_path
):
    file = tmp_path / "backup"
    file.write_text("older")
    assert main(["backup", str(file)], settings) == 1
    assert "is there already" in capsys.readouterr().err
    assert file.read_text() == "older"
    assert main(["backup", "--replace", str(file)], settings) == 0
    assert file.read_bytes().startswith(b"\x1f\x8b")


def test_the_help_is_plain_text_for_whoever_runs_the_server(settings, capsys):
    with pytest.raises(SystemExit) as end:
        main(["--help"], settings)
    assert end.value.code == 0
    text = capsys.readouterr().out
    assert "``" not in text
    assert "::" not in text
    for command in ("backup", "restore", "purge", "links", "withdraw", "delete"):
        assert re.search(rf"^    {command} +[A-Z]", text, re.M), command


def test_an_owner_is_no_link(store, secrets, settings):
    assert main(["withdraw", PERSON.pseudonym], settings) == 1
    assert len(store.list_workspaces(PERSON)) == 1
