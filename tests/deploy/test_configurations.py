"""The files in deploy/: read by the programs they are for where these are found, else by fields."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
import yaml

from deploy.json_lines import JsonStream
from deploy.serve import Fleet, circus_configuration, fleet_environment, main
from geo.limits import MAX_WORKERS, STOP_SECONDS
from geo.settings import ALLOWED_HOSTS, COOKIE_SECRET, HOST
from geo.text import InputError
from tests.deploy.fleet import free_ports
from tests.server import ROOT

DEPLOY = ROOT / "deploy"
CADDY = Path(sys.executable).parent / "caddy"


def run(*command, **settings):
    """Return code and output of a program."""
    result = subprocess.run(
        list(map(str, command)),
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, **settings},
    )
    return result.returncode, result.stdout + result.stderr


def adapted(**settings):
    """Return the Caddyfile as Caddy reads it, with some variables."""
    code, text = run(CADDY, "adapt", "--config", DEPLOY / "Caddyfile", **settings)
    assert code == 0, text
    return json.loads(next(line for line in text.splitlines() if line.startswith('{"admin')))


def handler_of(config, name):
    """Return the only handler of a name, wherever it stands."""
    found = []

    def search(value):
        if isinstance(value, dict):
            if value.get("handler") == name:
                found.append(value)
            for part in value.values():
                search(part)
        elif isinstance(value, list):
            for part in value:
                search(part)

    search(config)
    (handler,) = found
    return handler


def test_caddy_accepts_its_file_and_takes_the_processes_from_the_variables():
    code, text = run(CADDY, "validate", "--config", DEPLOY / "Caddyfile", "--adapter", "caddyfile")
    assert code == 0, text
    config = adapted(ATLAS_PROCESSES="127.0.0.1:9001 127.0.0.1:9002 127.0.0.1:9003",
                     ATLAS_BASE="/atlas")  # fmt: skip
    proxy = handler_of(config, "reverse_proxy")
    ports = [upstream["dial"] for upstream in proxy["upstreams"]]
    assert ports == ["127.0.0.1:9001", "127.0.0.1:9002", "127.0.0.1:9003"]
    policy = proxy["load_balancing"]["selection_policy"]
    assert (policy["policy"], policy["name"]) == ("cookie", "atlas_process")
    assert policy["fallback"] == {"policy": "least_conn"}
    assert proxy["health_checks"]["active"]["uri"] == "/atlas/_stcore/health"
    assert proxy["health_checks"]["active"]["expect_body"] == "^ok$"
    assert set(handler_of(config, "encode")["encodings"]) == {"zstd", "gzip"}
    assert config["admin"]["disabled"] is True


def test_a_host_name_is_served_by_https_and_a_port_is_not():
    (plain,) = adapted(ATLAS_ADDRESS="http://:8511")["apps"]["http"]["servers"].values()
    assert plain["listen"] == [":8511"]
    assert not any("match" in route for route in plain["routes"] if "host" in str(route))
    (named,) = adapted(ATLAS_ADDRESS="atlas.example.cn")["apps"]["http"]["servers"].values()
    assert named["listen"] == [":443"]
    assert named["routes"][0]["match"] == [{"host": ["atlas.example.cn"]}]


@pytest.mark.parametrize(
    ("program", "options"),
    [
        ("haproxy", ["-c", "-f", DEPLOY / "haproxy.cfg"]),
        ("nginx", ["-t", "-c", DEPLOY / "nginx.conf"]),
    ],
)  # fmt: skip
def test_other_proxies_accept_their_files(program, options):
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin")
    if found is None:
        pytest.skip(f"{program} is not installed")
    code, text = run(found, *options)
    assert code == 0, text


def test_kubernetes_has_two_replicas_probes_limits_and_a_sticky_ingress():
    documents = list(yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text("utf-8")))
    kinds = {document["kind"]: document for document in documents}
    assert set(kinds) == {"Deployment", "PodDisruptionBudget", "Service", "Ingress"}
    spec = kinds["Deployment"]["spec"]
    assert spec["replicas"] == 2
    pod = spec["template"]["spec"]
    (container,) = pod["containers"]
    for probe in ("readinessProbe", "livenessProbe"):
        assert container[probe]["httpGet"]["path"] == "/_stcore/health"
    assert container["startupProbe"]["exec"]["command"][:2] == ["python", "-c"]
    compile(container["startupProbe"]["exec"]["command"][2], "probe", "exec")
    assert set(container["resources"]["limits"]) == {"cpu", "memory"}
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["terminationGracePeriodSeconds"] > STOP_SECONDS
    module = container["command"][container["command"].index("-m") + 1]
    assert (ROOT / f"{module.replace('.', '/')}.py").exists()
    labels = spec["template"]["metadata"]["labels"]
    assert kinds["Service"]["spec"]["selector"] == labels == spec["selector"]["matchLabels"]
    notes = kinds["Ingress"]["metadata"]["annotations"]
    assert notes["nginx.ingress.kubernetes.io/affinity"] == "cookie"
    assert notes["nginx.ingress.kubernetes.io/session-cookie-name"] == "atlas_process"


def test_the_container_copies_what_there_is_and_does_not_run_as_root():
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    copied = [name for line in re.findall(r"^COPY (.+)$", text, re.M) for name in line.split()[:-1]]
    assert {"app.py", "data", "geo", "pages", "deploy", ".streamlit"} <= set(copied)
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert re.search(r"^USER 10001$", text, re.M)
    (check,) = re.findall(r"^HEALTHCHECK .*\\\n +CMD (\[.*\])$", text, re.M)
    compile(json.loads(check)[2], "check", "exec")


def test_the_unit_of_systemd_starts_what_there_is():
    text = (DEPLOY / "atlas.service").read_text("utf-8")
    (command,) = re.findall(r"^ExecStart=(.+)$", text, re.M)
    assert shlex.split(command)[1:3] == ["-m", "deploy.serve"]
    (seconds,) = re.findall(r"^TimeoutStopSec=(\d+)$", text, re.M)
    assert int(seconds) > STOP_SECONDS
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "KillMode=mixed"):
        assert line in text.splitlines()


def test_circus_keeps_each_process_and_caddy(tmp_path):
    config = circus_configuration(Fleet(3, 9000, tmp_path))
    names = ["watcher:caddy", *(f"watcher:atlas-{number}" for number in (1, 2, 3))]
    assert sorted(config.sections()) == sorted(["circus", *names])
    for number in (1, 2, 3):
        watcher = config[f"watcher:atlas-{number}"]
        words = shlex.split(watcher["cmd"])
        assert words[words.index("--server.port") + 1] == str(9000 + number)
        assert words[words.index("--server.address") + 1] == "127.0.0.1"
        assert watcher["graceful_timeout"] == str(STOP_SECONDS)
    assert config["circus"]["endpoint"].startswith("ipc://")


def test_each_process_has_a_port_for_its_metrics(tmp_path):
    config = circus_configuration(Fleet(3, 9000, tmp_path, metrics_port=9100))
    ports = [config[f"env:atlas-{number}"]["ATLAS_METRICS_PORT"] for number in (1, 2, 3)]
    assert ports == ["9100", "9101", "9102"]
    assert list(config["env:atlas-1"]) == ["ATLAS_METRICS_PORT"]  # not in small letters


def test_processes_share_one_secret_that_only_the_owner_reads(tmp_path):
    fleet = Fleet(2, 9000, tmp_path)
    first, second = fleet_environment(fleet, {}), fleet_environment(fleet, {})
    assert first[COOKIE_SECRET.name] == second[COOKIE_SECRET.name]
    assert len(first[COOKIE_SECRET.name]) == 64
    file = tmp_path / "cookie_secret"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o644)  # as after a copy
    assert fleet_environment(fleet, {})[COOKIE_SECRET.name] == first[COOKIE_SECRET.name]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert fleet_environment(fleet, {COOKIE_SECRET.name: "given"})[COOKIE_SECRET.name] == "given"


def test_sessions_are_opened_under_the_name_of_the_host_or_what_the_operator_allows(tmp_path):
    named = Fleet(2, 9000, tmp_path, host="atlas.example.cn")
    assert fleet_environment(named, {})[ALLOWED_HOSTS.name] == "atlas.example.cn"
    allowed = {ALLOWED_HOSTS.name: "a.example.cn"}
    assert fleet_environment(named, allowed)[ALLOWED_HOSTS.name] == "a.example.cn"
    assert ALLOWED_HOSTS.name not in fleet_environment(Fleet(2, 9000, tmp_path), {})
    assert fleet_environment(named, {HOST.name: "x"})["ATLAS_ADDRESS"] == "atlas.example.cn"


def test_numbers_that_cannot_be_are_rejected_with_a_sentence(tmp_path, capsys):
    first = free_ports(3)
    Fleet(2, first, tmp_path).check()
    for name, fleet, word in (
        ("no process", Fleet(0, first, tmp_path), "WORKERS"),
        ("too many", Fleet(MAX_WORKERS + 1, first, tmp_path), "WORKERS"),
        ("no port", Fleet(2, 65_534, tmp_path), "PORT"),
        ("long folder", Fleet(2, first, tmp_path / ("x" * 120)), "--folder"),
    ):
        with pytest.raises(InputError) as error:
            fleet.check()
        assert word in error.value.message, name
    with pytest.raises(SystemExit) as end:
        main(["--workers", "0", "--folder", str(tmp_path)])
    assert "WORKERS" in str(end.value)
    assert list(tmp_path.iterdir()) == []


def test_chunks_of_a_log_become_lines_of_json():
    output = StringIO()
    stream = JsonStream("atlas-1", output)
    for data, pid in ((b"one\ntw", 1), ("第一".encode()[:4], 2), (b'o "2"\n\n', 1)):
        stream({"data": data, "pid": pid, "name": "stdout"})
    stream({"data": "第一".encode()[4:] + b"\n", "pid": 2, "name": "stdout"})
    stream({"data": b"no end", "pid": 1, "name": "stdout"})
    stream.close()
    lines = [json.loads(line) for line in output.getvalue().splitlines()]
    assert [(line["pid"], line["msg"]) for line in lines] == [
        (1, "one"), (1, 'two "2"'), (2, "第一"), (1, "no end"),
    ]  # fmt: skip
    assert {line["logger"] for line in lines} == {"atlas-1"}
