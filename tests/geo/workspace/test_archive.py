"""All workspaces as one file: each opens again, and no name leads out of the folder."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from geo.workspace import Workspace, open_workspace, workspace_to_json, zip_workspaces


def test_each_workspace_is_a_file_under_its_name():
    bodies = [
        workspace_to_json(Workspace(provinces=(code,))).encode() for code in ("110000", "520000")
    ]
    names = ["a/../b", "数字" * 80, "Same", "same", "..", "con: <x>|?", "SAME"]
    body = zip_workspaces((name, bodies[place % 2]) for place, name in enumerate(names))
    with ZipFile(BytesIO(body)) as archive:
        assert archive.testzip() is None
        listed = archive.namelist()
        assert listed == [
            "a .. b.json",
            "数字" * 16 + "数.json",
            "Same.json",
            "same (2).json",
            "workspace.json",
            "con x.json",
            "SAME (3).json",
        ]
        opened = [open_workspace(archive.read(name)).provinces for name in listed]
    assert opened == [*[("110000",), ("520000",)] * 3, ("110000",)]
    assert body == zip_workspaces((name, bodies[place % 2]) for place, name in enumerate(names))
