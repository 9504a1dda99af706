"""Serve the atlas from several processes at one address: ``make serve WORKERS=2 PORT=8501``.

Caddy stands before the processes and Circus keeps all of them running. This module checks the
settings and the data, writes what Circus reads, and becomes Circus: a signal to it reaches all.
"""

from __future__ import annotations

import argparse
import configparser
import fcntl
import json
import os
import secrets
import shlex
import socket
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deploy.restarts import HOOK
from geo.limits import (
    MAX_CONTROL_PATH_LENGTH,
    MAX_WORKERS,
    STOP_SECONDS,
)
from geo.metrics import metrics_place
from geo.server import (
    build_security_policy,
    check_base_path,
    check_data,
    parse_trusted_proxies,
)
from geo.settings import (
    ALLOWED_HOSTS,
    BASE_PATH,
    CADDY_ADDRESS,
    CADDY_BASE,
    CADDY_COOKIE,
    CADDY_PROCESSES,
    COOKIE_SECRET,
    HOST,
    METRICS_PORT,
)
from geo.store import database_of
from geo.text import N_, AtlasError, InputError, error_messages
from pages.parts.access import policy_of

ROOT: Final = Path(__file__).parents[1]
CADDYFILE: Final = ROOT / "deploy" / "Caddyfile"
FOLDER: Final = ROOT / ".build" / "serve"
READABLE_BY_OWNER: Final = 0o600
PRIVATE_FOLDER: Final = 0o700
LOOPBACK: Final = "127.0.0.1"
HIGHEST_PORT: Final = 65_535


@dataclass(frozen=True)
class Fleet:
    """What is to be started: processes of the atlas behind a proxy.

    workers: the number of processes. port: of the proxy; the processes have the ports after it, on
    the loopback address. folder: for what Circus and Caddy write. host: the name that readers open,
    with HTTPS; empty for plain HTTP on the port. base: the path below which the atlas is served.
    metrics_port: of the first process, and the next ones of the others; None without metrics.
    """

    workers: int
    port: int
    folder: Path
    host: str = ""
    base: str = ""
    metrics_port: int | None = None

    @property
    def ports(self) -> list[int]:
        """The ports of the processes."""
        return [self.port + number for number in range(1, self.workers + 1)]

    @property
    def control(self) -> Path:
        """The socket by which ``circusctl`` reaches Circus."""
        return self.folder / "control"

    def check(self) -> None:
        """Raise InputError if the numbers are not valid, or a port or the folder cannot be used."""
        if not 1 <= self.workers <= MAX_WORKERS:
            raise InputError(
                N_("WORKERS: “{given}” is not valid. Write a number from 1 to {most}."),
                given=self.workers,
                most=MAX_WORKERS,
            )
        if not 1 <= self.port <= HIGHEST_PORT - self.workers:
            raise InputError(
                N_(
                    "PORT: “{given}” is not valid. Write a number from 1 to {most}; the {count}"
                    " processes have the ports after it."
                ),
                given=self.port,
                most=HIGHEST_PORT - self.workers,
                count=self.workers,
            )
        if len(os.fsencode(self.control)) > MAX_CONTROL_PATH_LENGTH:
            raise InputError(
                N_(
                    "The folder “{folder}” has a path of more than {most} bytes, too long for a"
                    " socket. Choose another with --folder."
                ),
                folder=self.folder,
                most=MAX_CONTROL_PATH_LENGTH - len("/control"),
            )
        for port in ([] if self.host else [self.port]) + self.ports:
            if is_taken(port):
                raise InputError(
                    N_("Port {port} is taken. End what listens there, or choose another PORT."),
                    port=port,
                )


def number_of(name: str, given: str) -> int:
    """Return the number in a text. Raises InputError that names the setting."""
    try:
        return int(given)
    except ValueError:
        raise InputError(
            N_("{name}: “{given}” is not a whole number."), name=name, given=given
        ) from None


def lock_folder(folder: Path) -> None:
    """Keep the folder for this process and for Circus, which takes its place, until that ends.

    Raises InputError while another one has it, whose configuration and socket it holds.
    """
    descriptor = os.open(folder / "lock", os.O_WRONLY | os.O_CREAT, READABLE_BY_OWNER)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise InputError(
            N_(
                "The folder “{folder}” is used by processes that run already. End them, or choose"
                " another folder with --folder."
            ),
            folder=folder,
        ) from None
    os.set_inheritable(descriptor, True)


def is_taken(port: int) -> bool:
    """Whether something listens on a port of this machine."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) == 0


def shared_secret(folder: Path) -> str:
    """Return the secret that signs cookies of all processes; made once, readable by the owner."""
    file = folder / "cookie_secret"
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, READABLE_BY_OWNER)
    except FileExistsError:
        file.chmod(READABLE_BY_OWNER)
    else:
        with os.fdopen(descriptor, "w") as output:
            output.write(secrets.token_hex(32))
    return file.read_text("ascii")


def fleet_environment(fleet: Fleet, environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of Caddy and of the processes.

    A secret and allowed hosts that the operator gives stay as they are; without allowed hosts,
    sessions are opened under the name that readers open.
    """
    mine = {
        CADDY_ADDRESS.name: fleet.host or f"http://:{fleet.port}",
        CADDY_PROCESSES.name: " ".join(f"{LOOPBACK}:{port}" for port in fleet.ports),
        CADDY_BASE.name: fleet.base,
        CADDY_COOKIE.name: f"__Host-{CADDY_COOKIE.default}" if fleet.host else CADDY_COOKIE.default,
        # Circus imports the streams of the logs from here.
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
    }
    lasting = {
        COOKIE_SECRET.name: COOKIE_SECRET.read(environment) or shared_secret(fleet.folder),
        # Certificates are kept beside the secret; a new start does not ask for new ones.
        "XDG_DATA_HOME": environment.get("XDG_DATA_HOME") or str(fleet.folder / "data"),
        "XDG_CONFIG_HOME": environment.get("XDG_CONFIG_HOME") or str(fleet.folder / "config"),
    }
    if hosts := environment.get(ALLOWED_HOSTS.name) or fleet.host:
        lasting[ALLOWED_HOSTS.name] = hosts
    return {**environment, **mine, **lasting}


def circus_configuration(fleet: Fleet) -> configparser.ConfigParser:
    """Return what Circus runs: one watcher for each process of the atlas, and one for Caddy."""
    config = configparser.ConfigParser(interpolation=None)
    config.optionxform = str  # type: ignore[assignment,method-assign]  # names of variables keep their case
    config["circus"] = {
        # Sockets in a folder of the owner: a port would obey every user of the machine.
        "endpoint": f"ipc://{fleet.control}",
        "pubsub_endpoint": f"ipc://{fleet.folder / 'events'}",
        "check_delay": "1",
        "loggerconfig": str(fleet.folder / "logging.json"),
    }
    bin_folder = Path(sys.executable).parent
    caddy = [str(bin_folder / "caddy"), "run", "--config", str(CADDYFILE)]
    commands = {"caddy": [*caddy, "--adapter", "caddyfile"]}
    for number, port in enumerate(fleet.ports, 1):
        commands[f"atlas-{number}"] = [
            sys.executable, "-m", "deploy.worker",
            "--server.port", str(port),
            "--server.address", LOOPBACK,
            "--server.headless", "true",
            "--logger.hideWelcomeMessage", "true",  # its address is not for readers
        ]  # fmt: skip
        if fleet.metrics_port is not None:
            metrics_port = fleet.metrics_port + number - 1
            config[f"env:atlas-{number}"] = {METRICS_PORT.name: str(metrics_port)}
    for name, command in commands.items():
        config[f"watcher:{name}"] = {
            "cmd": shlex.join(command),
            "working_dir": str(ROOT),
            "copy_env": "True",
            "graceful_timeout": str(STOP_SECONDS),
            "max_retry": "-1",
            "hooks.before_spawn": HOOK,
            # A new start has the same number, so that it has the same port.
            "singleton": "True",
        } | _streams(name)
    return config


def _streams(name: str) -> dict[str, str]:
    return {
        f"{stream}_stream.{field}": value
        for stream in ("stdout", "stderr")
        for field, value in (("class", "deploy.json_lines.JsonStream"), ("process", name))
        # Caddy writes JSON itself.
        if name != "caddy"
    }


def logging_configuration() -> dict[str, object]:
    """Return the configuration of Python's logging for Circus."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"output": {"()": "deploy.json_lines.JsonHandler"}},
        "root": {"level": "INFO", "handlers": ["output"]},
    }


def write_configuration(fleet: Fleet) -> Path:
    """Write what Circus reads into the folder; return the file that it starts from."""
    (fleet.folder / "logging.json").write_text(json.dumps(logging_configuration()), "utf-8")
    file = fleet.folder / "circus.ini"
    with file.open("w", encoding="utf-8") as output:
        circus_configuration(fleet).write(output)
    return file


def main(arguments: Sequence[str]) -> None:
    """Check the settings, write what Circus reads, and become it.

    Prints a sentence and ends with 1 if a setting is not valid, a port is taken or the data cannot
    be read.
    """
    parser = argparse.ArgumentParser(description="Serve the atlas from several processes.")
    parser.add_argument("--workers", default="2")
    parser.add_argument("--port", default="8501")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    options = parser.parse_args(arguments)
    try:
        place = metrics_place(os.environ)
        fleet = Fleet(
            number_of("WORKERS", options.workers),
            number_of("PORT", options.port),
            options.folder.absolute(),
            HOST.read(os.environ).strip(),
            check_base_path(BASE_PATH.read(os.environ), os.environ),
            place.port if place else None,
        )
        fleet.check()
        build_security_policy("", (), os.environ)
        parse_trusted_proxies(os.environ)
        has_store = database_of(os.environ, ROOT) is not None
        fleet.folder.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
        fleet.folder.chmod(PRIVATE_FOLDER)
        environment = fleet_environment(fleet, os.environ)
        policy_of(environment, has_store)  # sign-in needs the secret that the processes share
        # Each process reads the data itself. What none of them can read is said once, here.
        check_data()
        lock_folder(fleet.folder)
    except AtlasError as error:
        sys.exit("\n".join(error_messages(error)))
    file = write_configuration(fleet)
    where = f"https://{fleet.host}" if fleet.host else f"http://localhost:{fleet.port}"
    print(f"{where}{fleet.base}/", file=sys.stderr, flush=True)
    os.execve(sys.executable, [sys.executable, "-m", "circus.circusd", str(file)], environment)


if __name__ == "__main__":
    main(sys.argv[1:])
