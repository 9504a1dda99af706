"""A backup goes from one database to the other and back; a damaged one restores nothing."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select

from geo.store import (
    Usage,
    WorkspaceStore,
    browser_owner,
    create_key,
    database_of,
    person_owner,
    read_backup,
    write_backup,
)
from geo.store.backup import BACKUP_TABLES
from geo.text import InputError
from geo.workspaces import main
from tests.geo.store.bodies import workspace_body

ROOT = Path(__file__).parents[3]
NOW = 1_800_000_000.0


@pytest.fixture
def owners():
    return browser_owner(create_key()), person_owner("https://id.example", "alice", "secret")


def fill(store, owners):
    """Workspaces with versions, steps and links; return the secret of a link."""
    secret = ""
    for owner in owners:
        for number in range(3):
            made = store.create(owner, f"Plan {number}", workspace_body(number), "first")
            store.save(owner, made.id, workspace_body(number, title="later"), 1)
            store.undo(owner, made.id, 2)
            secret = store.share(owner, made.id, "copy", "office")
    return secret


def all_rows(store):
    with store.database.reading() as connection:
        return {
            name: sorted(connection.execute(select(table)).all(), key=repr)
            for name, table in BACKUP_TABLES.items()
        }


def backup_of(store):
    file = io.BytesIO()
    write_backup(store.database, file, NOW)
    return file.getvalue()


@pytest.fixture
def others(tmp_path, request, clock):
    """A new empty store of each kind, beside that of the test."""
    found = []
    for name in ("sqlite", "postgresql"):
        settings = {"ATLAS_DATABASE": f"sqlite:///{tmp_path}/other.db"}
        if name == "postgresql":
            settings = {"ATLAS_DATABASE": request.getfixturevalue("new_postgresql")()}
        found.append(WorkspaceStore(database_of(settings, Path("/")), clock))
    yield found
    for store in found:
        store.database.close()


def test_a_backup_has_everything_and_goes_from_one_database_to_the_other(store, owners, others):
    secret = fill(store, owners)
    store.issue_ticket("key")
    rows = all_rows(store)
    body = backup_of(store)
    for other in others:
        usage = read_backup(other.database, io.BytesIO(body))
        assert usage == store.total_usage()
        assert all_rows(other) == rows
        assert backup_of(other) == body
        for owner in owners:
            infos = other.list_workspaces(owner)
            assert infos == store.list_workspaces(owner)
            for info in infos:
                assert other.open(owner, info.id) == store.open(owner, info.id)
                assert other.redo(owner, info.id, info.number).number == info.number + 1
        assert other.open_link(secret).info.name == "Plan 2"


def test_a_backup_says_what_it_is_and_shows_nothing(store, owners):
    secret = fill(store, owners)
    lines = gzip.decompress(backup_of(store)).splitlines(keepends=True)
    header, footer = json.loads(lines[0]), json.loads(lines[-1])
    assert header == {
        "kind": "digital-china-atlas/workspaces", "version": 1, "made": "2027-01-15T08:00:00Z",
    }  # fmt: skip
    assert footer["rows"] == {
        "workspace": 6, "workspace_grant": 12, "workspace_version": 18, "workspace_part": 24,
    }  # fmt: skip
    assert footer["sha256"] == sha256(b"".join(lines[:-1])).hexdigest()
    content = b"".join(lines)
    for hidden in (secret, owners[0].secret, owners[1].secret, "Plan", "office"):
        assert hidden.encode() not in content


def test_a_backup_is_one_moment_while_others_save(store, owners, monkeypatch):
    owner = owners[0]
    made = store.create(owner, "Plan", b"one")
    before = all_rows(store)
    with store.database.reading_all() as connection:
        rows = connection.execute(select(BACKUP_TABLES["workspace"])).all()
        store.save(owner, made.id, b"two", 1)
        store.create(owner, "Other", b"x")
        for name, table in BACKUP_TABLES.items():
            found = connection.execute(select(table)).all()
            assert sorted(found, key=repr) == before[name], name
    assert rows == before["workspace"]
    assert store.total_usage().workspaces == 2


def damaged_files(body):
    """Files that are no whole backup of this version, by what is wrong with them."""
    lines = gzip.decompress(body).splitlines(keepends=True)
    header, first, footer = lines[0], lines[1], lines[-1]
    flipped = bytearray(first)
    flipped[first.index(b'"name":"') + 12] ^= 1
    name, values = json.loads(first)
    changed = bytearray(body)
    changed[len(body) // 2] ^= 0x55

    def packed(*parts):
        return gzip.compress(b"".join(parts))

    def signed(*parts, **rows):
        """A file whose sum is right."""
        counts = {**json.loads(footer)["rows"], **rows}
        digest = sha256(b"".join(parts)).hexdigest()
        return packed(*parts, json.dumps({"rows": counts, "sha256": digest}).encode() + b"\n")

    def row(**columns):
        return json.dumps([name, {**values, **columns}]).encode() + b"\n"

    middle = lines[2:-1]
    return {
        "cut off": body[: len(body) // 2],
        "without its last bytes": body[:-10],
        "a changed byte": bytes(changed),
        "a changed character": packed(header, bytes(flipped), *middle, footer),
        "a row less": packed(header, *middle, footer),
        "a row more": packed(header, first, first, *middle, footer),
        "no last line": packed(*lines[:-1]),
        "lines after the last": packed(*lines, first),
        "half a line": packed(*lines[:-1], footer[:-20]),
        "no JSON": packed(header, b"what?\n", footer),
        "deep nesting": packed(header, b"[" * 100_000 + b"\n", footer),
        "another table": signed(header, b'["ticket",{}]\n'),
        "no row": signed(header, b"[1]\n"),
        "a missing column": signed(header, b'["workspace",{"id":"x"}]\n'),
        "a text for a number": signed(header, row(size="many"), *middle),
        "a number for a text": signed(header, row(id=1), *middle),
        "a number that is too large": signed(header, row(size=2**70), *middle),
        "no base64": signed(header, row(name="***"), *middle),
        "a character that PostgreSQL does not hold": signed(header, row(id="a\0b"), *middle),
        "a grant of no workspace": signed(header, *middle, workspace=5),
    }


def test_a_damaged_backup_restores_nothing(store, owners):
    fill(store, owners)
    body = backup_of(store)
    rows = all_rows(store)
    for what, file in damaged_files(body).items():
        with pytest.raises(InputError, match="damaged or not complete, so nothing was restored"):
            pytest.fail(f"{what}: {read_backup(store.database, io.BytesIO(file), replace=True)}")
        assert all_rows(store) == rows, what
    assert read_backup(store.database, io.BytesIO(body), replace=True) == store.total_usage()
    assert all_rows(store) == rows


@pytest.mark.parametrize(
    "body",
    [b"", b"text", gzip.compress(b""), gzip.compress(b"text\n"), gzip.compress(b"[1]\n"),
     gzip.compress(b'{"kind": "digital-china-atlas/workspace", "version": 1}\n')],
    ids=["empty", "text", "packed nothing", "packed text", "packed list", "packed workspace"],
)  # fmt: skip
def test_another_file_is_no_backup(store, body):
    with pytest.raises(InputError, match="The file is not a backup of workspaces"):
        read_backup(store.database, io.BytesIO(body))


def test_a_backup_of_a_newer_version_is_refused(store):
    for version in (2, "1", None):
        header = json.dumps({"kind": "digital-china-atlas/workspaces", "version": version})
        with pytest.raises(InputError, match="newer version of this atlas"):
            read_backup(store.database, io.BytesIO(gzip.compress(header.encode() + b"\n")))


def test_a_store_with_workspaces_is_replaced_on_request_alone(store, owners):
    body = backup_of(store)
    fill(store, owners)
    rows = all_rows(store)
    with pytest.raises(InputError, match="add --replace"):
        read_backup(store.database, io.BytesIO(body))
    assert all_rows(store) == rows
    assert read_backup(store.database, io.BytesIO(body), replace=True) == Usage(0, 0)
    assert store.total_usage() == Usage(0, 0)


# The command.


def test_the_command_backs_up_restores_and_purges(store, settings, owners, tmp_path, capsys):
    fill(store, owners)
    rows, file = all_rows(store), tmp_path / "backup.jsonl.gz"
    size = f"{store.total_usage().stored_bytes / 1000:,.0f}"
    assert main(["backup", str(file)], settings) == 0
    assert capsys.readouterr().err == (
        f"6 workspaces with {size} kB were backed up.\n已备份6个工作区，共{size} kB。\n"
    )
    assert [path.name for path in tmp_path.glob("backup*")] == [file.name]
    assert file.stat().st_mode & 0o777 == 0o600
    assert main(["restore", str(file)], settings) == 1
    assert "add --replace" in capsys.readouterr().err
    assert main(["restore", "--replace", str(file)], settings) == 0
    assert "6 workspaces with" in capsys.readouterr().err
    assert all_rows(store) == rows
    with store.database.writing() as connection:
        end = WorkspaceStore(store.database).now() - 1
        connection.execute(BACKUP_TABLES["workspace"].update().values(ends=end))
    assert main(["purge"], settings) == 0
    assert "6 workspaces with" in capsys.readouterr().err
    assert store.total_usage().workspaces == 0


def test_the_command_says_what_is_wrong(settings, tmp_path, capsys):
    missing = str(tmp_path / "no" / "file")
    cases = (
        (["restore", missing], settings, "cannot be read: No such file"),
        (["backup", missing], settings, "cannot be written: No such file"),
        (["restore", str(ROOT / "NOTICE")], settings, "is not a backup"),
        (["purge"], {"ATLAS_DATABASE": "none"}, "ATLAS_DATABASE is none"),
        (["purge"], {"ATLAS_DATABASE": "x"}, "ATLAS_DATABASE is not valid"),
    )
    for arguments, given, sentence in cases:
        assert main(arguments, given) == 1
        english, chinese = capsys.readouterr().err.splitlines()
        assert sentence in english
        assert any("一" <= character <= "鿿" for character in chinese)


def test_the_command_writes_to_standard_output_and_reads_standard_input(store, settings, owners):
    fill(store, owners)
    rows = all_rows(store)
    store.database.close()
    command = [sys.executable, "-m", "geo.workspaces"]
    environment = {**settings, "PYTHONPATH": str(ROOT)}
    written = subprocess.run(
        [*command, "backup", "-"], env=environment, capture_output=True, check=True
    )
    assert b"6 workspaces" in written.stderr
    subprocess.run(
        [*command, "restore", "--replace", "-"], env=environment, input=written.stdout, check=True,
        capture_output=True,
    )  # fmt: skip
    assert all_rows(store) == rows
