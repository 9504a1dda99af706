"""The files in deploy/: read by the programs they are for where these are found, else by fields."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import ssl
import stat
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from deploy.json_lines import JsonStream
from deploy.restarts import HOOK, Starts
from deploy.serve import (
    Fleet,
    circus_configuration,
    fleet_environment,
    is_taken,
    lock_folder,
    main,
)
from geo.limits import (
    MAX_RESTART_PAUSE_SECONDS,
    MAX_WORKERS,
    MIN_RESTART_PAUSE_SECONDS,
    STEADY_SECONDS,
    STOP_SECONDS,
)
from geo.settings import (
    ACCESS,
    ALLOWED_HOSTS,
    BASE_PATH,
    COOKIE_SECRET,
    DATABASE,
    HOST,
    MAP_REVIEW,
    OIDC_ISSUER,
    TRUSTED_PROXIES,
)
from geo.text import InputError
from tests.deploy.fleet import free_ports
from tests.server import PATIENCE_S, ROOT

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


class Echo(BaseHTTPRequestHandler):
    """A process that answers with what the proxy says of the reader."""

    def do_GET(self):
        names = ("X-Forwarded-Proto", "X-Forwarded-For")
        said = json.dumps([self.headers.get(name, "") for name in names]).encode()
        body = b"ok" if self.path == "/_stcore/health" else said
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextmanager
def caddy_before_an_echo(**settings):
    """Caddy on a free port before a process that echoes; the address of Caddy."""
    port = free_ports(1)
    echo = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    Thread(target=echo.serve_forever, daemon=True).start()
    variables = {
        "ATLAS_ADDRESS": f"http://:{port}",
        "ATLAS_PROCESSES": f"127.0.0.1:{echo.server_port}",
        **settings,
    }
    process = subprocess.Popen(
        [CADDY, "run", "--config", DEPLOY / "Caddyfile", "--adapter", "caddyfile"],
        env={**os.environ, **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + 30
        while not is_taken(port) and time.monotonic() < end:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(20)
        echo.shutdown()
        echo.server_close()


def test_what_a_trusted_proxy_says_of_a_reader_is_passed_on_and_what_others_say_is_not():
    given = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7"}
    behind = ["https", "198.51.100.7, 127.0.0.1"]
    direct = ["http", "127.0.0.1"]
    for name, settings, expected in (
        ("as it is", {}, behind),
        ("other networks", {TRUSTED_PROXIES.name: "10.0.0.0/8 fd00::1"}, direct),
        ("nobody", {TRUSTED_PROXIES.name: ""}, direct),
    ):
        with (
            caddy_before_an_echo(**settings) as address,
            urlopen(Request(address, headers=given), timeout=30) as answer,
        ):
            assert json.load(answer) == expected, name


HSTS = "max-age=31536000"


class Backend(BaseHTTPRequestHandler):
    """A process of the atlas, as far as a proxy sees it."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def backend():
    """The port of a server that answers like a process."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Backend)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


def answer_of(process, scheme, port):
    """Return the headers of an answer of a proxy that starts."""
    unverified = ssl._create_unverified_context()  # its certificate is its own
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"{scheme}://localhost:{port}/", timeout=10, context=unverified) as found:
                return found.headers
        except OSError:
            time.sleep(0.1)
    raise AssertionError(process.poll())


@contextmanager
def started(*command, **settings):
    """A proxy of our own; only this process is stopped."""
    process = subprocess.Popen(
        list(map(str, command)), cwd=ROOT, env={**os.environ, **settings},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def local_certificate(folder):
    """Write a certificate for this machine and its key into one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "localhost.pem"
    file.write_bytes(
        certificate.public_bytes(Encoding.PEM)
        + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    return file


def caddy_command(folder, address, cookie, backend, http_port):
    """Caddy with its file, without ports 80 and 443 and without a change of this machine."""
    variables = {
        "ATLAS_ADDRESS": address,
        "ATLAS_PROCESSES": f"127.0.0.1:{backend}",
        "ATLAS_PROCESS_COOKIE": cookie,
    }
    config = adapted(**variables)
    config["apps"]["http"]["http_port"] = http_port
    config["apps"]["pki"] = {"certificate_authorities": {"local": {"install_trust": False}}}
    file = folder / "caddy.json"
    file.write_text(json.dumps(config))
    folders = {"XDG_DATA_HOME": f"{folder}/data", "XDG_CONFIG_HOME": f"{folder}/config"}
    return started(CADDY, "run", "--config", file, **folders)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_caddy_tells_browsers_to_come_back_by_https_where_it_serves_https(
    tmp_path, backend, scheme
):
    port = free_ports(2)
    name = {"http": "atlas_process", "https": "__Host-atlas_process"}[scheme]
    site = f"{scheme}://localhost:{port}"
    with caddy_command(tmp_path, site, name, backend, port + 1) as process:
        headers = answer_of(process, scheme, port)
    assert headers["Strict-Transport-Security"] == (HSTS if scheme == "https" else None)
    named, *parts = headers["Set-Cookie"].split("; ")
    assert named.partition("=")[0] == name
    assert "Path=/" in parts
    # A browser takes a name with __Host- only with both and without a domain.
    assert ("Secure" in parts) == (scheme == "https")
    assert not [part for part in parts if part.startswith("Domain")]


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("program", ["haproxy", "nginx"])
def test_other_proxies_tell_browsers_to_come_back_by_https(tmp_path, backend, program, scheme):
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin")
    if not found:
        pytest.skip(f"{program} is not installed")
    port, certificate = free_ports(1), local_certificate(tmp_path)
    file = {"haproxy": "haproxy.cfg", "nginx": "nginx.conf"}[program]
    text = (DEPLOY / file).read_text("utf-8")
    tls = {
        "haproxy": ("bind :8501", f"bind :{port} ssl crt {certificate}"),
        "nginx": (
            "listen 8501;",
            f"listen {port} ssl; ssl_certificate {certificate}; ssl_certificate_key {certificate};",
        ),
    }[program]
    listening = tls if scheme == "https" else (tls[0], tls[0].replace("8501", str(port)))
    for before, after in (
        listening,
        ("127.0.0.1:8502", f"127.0.0.1:{backend}"),
        ("127.0.0.1:8503", f"127.0.0.1:{backend}"),
        ("/tmp/atlas-nginx.pid", f"{tmp_path}/pid"),
    ):
        text = text.replace(before, after)
    copy = tmp_path / file
    copy.write_text(text)
    options = ["-db", "-f", copy] if program == "haproxy" else ["-g", "daemon off;", "-c", copy]
    with started(found, *options) as process:
        headers = answer_of(process, scheme, port)
    assert headers["Strict-Transport-Security"] == (HSTS if scheme == "https" else None)


@contextmanager
def proxy_without_processes(folder, program):
    """A proxy before processes of which none answers; its port."""
    port, gone = free_ports(1), free_ports(2) + 1
    if program == "caddy":
        settings = {"ATLAS_ADDRESS": f"http://:{port}", "ATLAS_PROCESSES": f"127.0.0.1:{gone}"}
        text = (
            (DEPLOY / "Caddyfile").read_text("utf-8").replace("try_duration 10s", "try_duration 1s")
        )
        command = [CADDY, "run", "--adapter", "caddyfile", "--config"]
    else:
        settings = {}
        command = [shutil.which(program) or shutil.which(program, path="/usr/sbin")]
        if not command[0]:
            pytest.skip(f"{program} is not installed")
        file = {"haproxy": "haproxy.cfg", "nginx": "nginx.conf"}[program]
        text = (DEPLOY / file).read_text("utf-8")
        command += ["-db", "-f"] if program == "haproxy" else ["-g", "daemon off;", "-c"]
    for before, after in (
        (":8501", f":{port}"),
        ("listen 8501", f"listen {port}"),
        ("127.0.0.1:8502", f"127.0.0.1:{gone}"),
        ("127.0.0.1:8503", f"127.0.0.1:{gone}"),
        ("/tmp/atlas-nginx.pid", f"{folder}/pid"),
        ("/srv/atlas/deploy", str(DEPLOY)),
    ):
        text = text.replace(before, after)
    copy = folder / "configuration"
    copy.write_text(text, "utf-8")
    with started(*command, copy, **settings):
        end = time.monotonic() + PATIENCE_S
        while not is_taken(port) and time.monotonic() < end:
            time.sleep(0.05)
        yield port


@pytest.mark.parametrize("program", ["caddy", "haproxy", "nginx"])
def test_while_no_process_answers_a_page_says_so_in_both_languages(tmp_path, program):
    page = (DEPLOY / "starting.html").read_text("utf-8")
    assert '<meta http-equiv="refresh" content="5">' in page
    assert "The atlas is starting." in page
    assert "地图集正在启动。" in page
    with proxy_without_processes(tmp_path, program) as port:
        address = f"http://127.0.0.1:{port}/data?lang=en"
        with pytest.raises(HTTPError) as caught:
            urlopen(Request(address, headers={"Accept": "text/html,*/*"}), timeout=60)
        answer = caught.value
        assert answer.code in (502, 503)
        assert answer.read().decode() == page
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Retry-After"] == "5"
        answer.close()
        if program == "caddy":  # a picture that is not there is no page
            with pytest.raises(HTTPError) as caught:
                urlopen(Request(address, headers={"Accept": "image/*"}), timeout=60)
            assert (caught.value.code, caught.value.read()) == (503, b"")
            caught.value.close()


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
        assert watcher["hooks.before_spawn"] == HOOK
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


def test_lines_of_a_process_give_the_id_of_their_request():
    output = StringIO()
    stream = JsonStream("atlas-1", output)
    text = "[0b8f-1c2d] WARNING geo: slow\n[-] INFO geo: made\n[a text] other\n"
    stream({"data": text.encode(), "pid": 1, "name": "stdout"})
    lines = [json.loads(line) for line in output.getvalue().splitlines()]
    assert [(line.get("request_id"), line["msg"]) for line in lines] == [
        ("0b8f-1c2d", "WARNING geo: slow"), (None, "INFO geo: made"), (None, "[a text] other"),
    ]  # fmt: skip


def test_the_cookie_of_a_process_is_bound_to_the_host_where_there_is_https(tmp_path):
    for host, name in (("", "atlas_process"), ("atlas.example.cn", "__Host-atlas_process")):
        environment = fleet_environment(Fleet(2, 9000, tmp_path, host=host), {})
        assert environment["ATLAS_PROCESS_COOKIE"] == name


def test_numbers_that_cannot_be_are_rejected_with_a_sentence(tmp_path, capsys):
    first = free_ports(3)
    Fleet(2, first, tmp_path).check()
    for name, fleet, word in (
        ("no process", Fleet(0, first, tmp_path), "WORKERS"),
        ("too many", Fleet(MAX_WORKERS + 1, first, tmp_path), "WORKERS"),
        ("no port", Fleet(2, 65_534, tmp_path), "65533; the 2 processes have the ports after it"),
        ("long folder", Fleet(2, first, tmp_path / ("x" * 120)), "--folder"),
    ):
        with pytest.raises(InputError) as error:
            fleet.check()
        assert word in str(error.value), name
    with pytest.raises(SystemExit) as end:
        main(["--workers", "0", "--folder", str(tmp_path)])
    assert "WORKERS" in str(end.value)
    for option in ("workers", "port"):
        for given in ("abc", "1.5", ""):
            with pytest.raises(SystemExit) as end:
                main([f"--{option}", given, "--folder", str(tmp_path)])
            english, chinese = str(end.value).splitlines()
            assert english == f"{option.upper()}: “{given}” is not a whole number."
            assert f"“{given}”" in chinese
    assert list(tmp_path.iterdir()) == []


def test_a_folder_serves_one_start_at_a_time(tmp_path):
    """The lock goes on while the program is another one, and ends with it."""
    program = (
        "import os, sys; from pathlib import Path; from deploy.serve import lock_folder;"
        "lock_folder(Path(sys.argv[1]));"
        "os.execv(sys.executable, [sys.executable, '-c', 'print(1, flush=True); input()'])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout.readline() == b"1\n"
    with pytest.raises(InputError, match="is used by processes that run already"):
        lock_folder(tmp_path)
    process.communicate(b"\n", timeout=20)
    lock_folder(tmp_path)


def test_settings_of_access_that_do_not_fit_end_the_start_with_a_sentence(tmp_path, monkeypatch):
    port, folder = free_ports(3), tmp_path / "serve"
    monkeypatch.setenv(DATABASE.name, f"sqlite:///{tmp_path}/atlas.db")
    for name, settings, words in (
        ("typing error", {ACCESS.name: "privat"}, "ATLAS_ACCESS: “privat” is not valid."),
        ("no provider", {ACCESS.name: "signed_in"}, "ATLAS_ACCESS is set, but no provider"),
        ("no client", {OIDC_ISSUER.name: "https://id.example.cn"}, "ATLAS_OIDC_CLIENT_ID is not"),
        ("proxies", {TRUSTED_PROXIES.name: "10.0.0.0/33"}, "ATLAS_TRUSTED_PROXIES: “10.0.0.0/33”"),
        ("proxy", {TRUSTED_PROXIES.name: "abc"}, "ATLAS_TRUSTED_PROXIES: “abc”"),
        ("path", {BASE_PATH.name: "a\\ b"}, "STREAMLIT_SERVER_BASE_URL_PATH: “a\\ b” is not valid"),
        ("map review", {MAP_REVIEW.name: "xyz"}, "ATLAS_MAP_REVIEW is “xyz”"),
    ):
        with monkeypatch.context() as change:
            for setting, value in settings.items():
                change.setenv(setting, value)
            with pytest.raises(SystemExit) as end:
                main(["--port", str(port), "--folder", str(folder)])
        assert words in str(end.value), name
        assert not (folder / "circus.ini").exists(), name


def test_pauses_before_a_start_grow_while_a_process_ends_soon():
    starts, now, pauses = Starts(), 100.0, []
    assert starts.find_pause(now) == 0
    for _ in range(8):
        now += 5.0
        pauses.append(starts.find_pause(now))
        assert starts.find_pause(now + 0.5) == pauses[-1] - 0.5  # it is asked again
        now += pauses[-1]
        assert starts.find_pause(now) == 0
    assert (
        pauses
        == [MIN_RESTART_PAUSE_SECONDS * factor for factor in (1, 2, 4, 8, 16)]
        + [MAX_RESTART_PAUSE_SECONDS] * 3
    )
    now += STEADY_SECONDS
    assert starts.find_pause(now) == 0  # at once
    assert starts.find_pause(now + 1) == MIN_RESTART_PAUSE_SECONDS


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
