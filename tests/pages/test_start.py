"""A start with broken data ends at once, with one sentence in both languages and no traceback."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from tests.server import ROOT, free_port

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("file", "damage", "value"),
    [
        (
            "data/doubtful.csv",
            None,
            ["doubtful.csv is missing from the data folder.", "数据文件夹中缺少 doubtful.csv。"],
        ),
        ("data/boundaries/china.topo.json", lambda text: text[:999], ["china.topo.json", "make"]),
        ("data/texts/zh.po", lambda text: text.replace("msgid", "msgit", 5), ["zh.po"]),
    ],
)
def test_a_damaged_file_stops_the_start(tmp_path, file, damage, value):
    for part in ("app.py", "pages", "geo", "data", ".streamlit"):
        source = ROOT / part
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / part)
    target = tmp_path / file
    if damage is None:
        target.unlink()
    else:
        target.write_text(damage(target.read_text("utf-8")), "utf-8")
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    ended = subprocess.run(
        [*command, "--server.port", str(free_port()), "--server.address", "127.0.0.1"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    output = ended.stdout + ended.stderr
    assert "Traceback" not in output
    assert str(tmp_path) not in output
    for sentence in value:
        assert sentence in output
