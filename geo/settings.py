"""The settings of the atlas: the one table of environment variables, their defaults and uses.

``docs/settings.md`` prints them with the limits (``geo/limits.py``).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True)
class Setting:
    """An environment variable.

    default: what holds if it is not set; empty means nothing. help: what it does, in Markdown.
    read_by: ``atlas``, the server itself; ``streamlit``; ``caddy``, its file in ``deploy/``; or
    ``make``, its targets and the tests.
    """

    name: str
    default: str
    help: str
    read_by: Literal["atlas", "streamlit", "caddy", "make"] = "atlas"

    def read(self, environment: Mapping[str, str]) -> str:
        """Return the value in an environment, or the default.

        >>> METRICS.read({}), METRICS.read({"ATLAS_METRICS": "open"})
        ('closed', 'open')
        """
        return environment.get(self.name, self.default)


FRAME_ANCESTORS: Final = Setting(
    "ATLAS_FRAME_ANCESTORS",
    "",
    "origins that may show the atlas in a frame, with blanks between them:"
    " `https://portal.example.cn https://*.example.org`",
)
METRICS: Final = Setting(
    "ATLAS_METRICS",
    "closed",
    "`open` lets `/_stcore/metrics` answer; then the proxy should keep readers from it",
)
METRICS_PORT: Final = Setting(
    "ATLAS_METRICS_PORT",
    "",
    "the port on which this process gives its metrics to Prometheus; without it, none"
    " ([watching.md](watching.md)). Several processes need a port each",
)
METRICS_ADDRESS: Final = Setting(
    "ATLAS_METRICS_ADDRESS",
    "127.0.0.1",
    "the address of this machine on which `ATLAS_METRICS_PORT` is opened; whoever reaches it reads"
    " the metrics",
)
TRUSTED_PROXIES: Final = Setting(
    "ATLAS_TRUSTED_PROXIES",
    "127.0.0.0/8 ::1/128",
    "networks of the proxies whose `X-Forwarded-For` is believed, with blanks between them; the"
    " limits on pictures and files count by the address that it names. The Caddy of `make serve`"
    " believes their `X-Forwarded-Proto`, too",
)
KEEP: Final = Setting(
    "ATLAS_KEEP",
    "on",
    "`off` stores no workspaces, as `none` in `ATLAS_DATABASE`: a reload of the page loses the data"
    " of readers, which it says",
)
DATABASE: Final = Setting(
    "ATLAS_DATABASE",
    "sqlite:///.build/atlas.db",
    "where workspaces are stored, encrypted: `sqlite:///file.db` (a relative path starts from the"
    " folder of `app.py`), `postgresql://user:password@host/name`, or `none`; several servers may"
    " share a database",
)
ACCESS: Final = Setting(
    "ATLAS_ACCESS",
    "public",
    "`public`, or `signed_in`: pages, pictures, files and uploads only for people who signed in"
    " ([sign-in.md](sign-in.md))",
)
VISITOR_ROLE: Final = Setting(
    "ATLAS_VISITOR_ROLE",
    "editor",
    "what readers of a public atlas with sign-in may do who are not signed in: `editor` (upload"
    " tables, which the server stores for their browser) or `reader`",
)
OIDC_ISSUER: Final = Setting(
    "ATLAS_OIDC_ISSUER",
    "",
    "the provider of sign-in by OpenID Connect: the address of its issuer, or of its"
    " `/.well-known/openid-configuration`; without it, nobody signs in",
)
OIDC_CLIENT_ID: Final = Setting(
    "ATLAS_OIDC_CLIENT_ID", "", "the id under which the atlas is registered with the provider"
)
OIDC_CLIENT_SECRET: Final = Setting(
    "ATLAS_OIDC_CLIENT_SECRET", "", "the secret that the provider gave for that id"
)
OIDC_SCOPES: Final = Setting(
    "ATLAS_OIDC_SCOPES",
    "openid email profile",
    "what the provider is asked for; some give roles only for a further scope, such as `groups`",
)
OIDC_ROLE_CLAIM: Final = Setting(
    "ATLAS_OIDC_ROLE_CLAIM",
    "",
    "the claim of the ID token that roles come from, such as `groups` or `realm_access.roles`;"
    " without it, everyone who signs in is an editor",
)
OIDC_ROLES: Final = Setting(
    "ATLAS_OIDC_ROLES",
    "",
    "which value of the claim gives which role, `reader`, `editor`, `admin` or `none`:"
    " `Atlas Admins=admin; staff=editor; *=none`; `*` is everyone, and without it everyone is a"
    " reader",
)
OIDC_DOMAINS: Final = Setting(
    "ATLAS_OIDC_DOMAINS",
    "",
    "domains of verified mail addresses that may sign in, with blanks between them; without it,"
    " whoever the provider lets in",
)
SIGN_IN_IDLE: Final = Setting(
    "ATLAS_SIGN_IN_IDLE",
    "60",
    "minutes without an action after which a reader has to sign in again, from 5 to 720; 720 is as"
    " long as a sign-in lasts in any case",
)
PUBLIC_ADDRESS: Final = Setting(
    "ATLAS_PUBLIC_ADDRESS",
    "",
    "the origin that readers open, `https://portal.example.cn`, where the provider sends them back;"
    " without it, `https://` and `ATLAS_HOST`",
)
WORKSPACE_SECRET: Final = Setting(
    "ATLAS_WORKSPACE_SECRET",
    "",
    "the secret that the keys of persons are derived from: whoever loses it loses their workspaces;"
    " without it, the secret of the cookies",
)
MAP_REVIEW: Final = Setting(
    "ATLAS_MAP_REVIEW",
    "",
    "the number of the map review, if the map that this server shows was reviewed:"
    " `审图号 GS(2024)1234`; it stands on pages, pictures, slides and files in place of the note"
    " that the map was not reviewed",
)

BASE_PATH: Final = Setting(
    "STREAMLIT_SERVER_BASE_URL_PATH",
    "",
    "the path below which the atlas is served: `atlas` for `https://portal.example.cn/atlas/`;"
    " it is read from the environment alone",
    "streamlit",
)
ALLOWED_HOSTS: Final = Setting(
    "STREAMLIT_SERVER_ALLOWED_HOSTS",
    "",
    "host names under which sessions may be opened; without it, any, but for `make serve` with"
    " `ATLAS_HOST`, which allows that name",
    "streamlit",
)
COOKIE_SECRET: Final = Setting(
    "STREAMLIT_SERVER_COOKIE_SECRET",
    "",
    "the secret that signs cookies, the same for all processes, at least 32 characters;"
    " `make serve` makes one if it is not set, sign-in with `make run` needs it",
    "streamlit",
)
HOST: Final = Setting(
    "ATLAS_HOST",
    "",
    "host name that readers open: `make serve` then answers on ports 80 and 443, with a"
    " certificate that Caddy gets and renews",
    "make",
)
CADDY_ADDRESS: Final = Setting(
    "ATLAS_ADDRESS",
    "http://:8501",
    "what Caddy serves: a host name, then with HTTPS, or `http://:PORT`; `make serve` sets it",
    "caddy",
)
CADDY_PROCESSES: Final = Setting(
    "ATLAS_PROCESSES",
    "127.0.0.1:8502 127.0.0.1:8503",
    "addresses of the processes, with blanks between them; `make serve` sets it",
    "caddy",
)
CADDY_BASE: Final = Setting(
    "ATLAS_BASE",
    "",
    "the path below which the processes serve the atlas, such as `/atlas`; `make serve` sets it",
    "caddy",
)
CADDY_COOKIE: Final = Setting(
    "ATLAS_PROCESS_COOKIE",
    "atlas_process",
    "the cookie that names the process of a browser; `make serve` sets it,"
    " `__Host-atlas_process` with `ATLAS_HOST`",
    "caddy",
)


def base_path(environment: Mapping[str, str]) -> str:
    """Return the path below which the atlas is served; empty for the root of its host.

    >>> base_path({BASE_PATH.name: "/atlas/"}), base_path({})
    ('/atlas', '')
    """
    name = BASE_PATH.read(environment).strip("/")
    return f"/{name}" if name else ""


def served_path(path: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return the address of a path on this server, below the path of the atlas.

    >>> served_path("/keep", {BASE_PATH.name: "atlas"}), served_path("/keep", {})
    ('/atlas/keep', '/keep')
    """
    return base_path(environment) + path


SETTINGS: Final = (
    FRAME_ANCESTORS,
    METRICS,
    METRICS_PORT,
    METRICS_ADDRESS,
    TRUSTED_PROXIES,
    KEEP,
    DATABASE,
    ACCESS,
    VISITOR_ROLE,
    OIDC_ISSUER,
    OIDC_CLIENT_ID,
    OIDC_CLIENT_SECRET,
    OIDC_SCOPES,
    OIDC_ROLE_CLAIM,
    OIDC_ROLES,
    OIDC_DOMAINS,
    SIGN_IN_IDLE,
    PUBLIC_ADDRESS,
    WORKSPACE_SECRET,
    MAP_REVIEW,
    BASE_PATH,
    ALLOWED_HOSTS,
    COOKIE_SECRET,
    HOST,
    CADDY_ADDRESS,
    CADDY_PROCESSES,
    CADDY_BASE,
    CADDY_COOKIE,
    Setting(
        "STREAMLIT_SERVER_XSRF_COOKIE_SAME_SITE",
        "lax",
        "`none` lets readers upload inside a frame of another site; needs HTTPS",
        "streamlit",
    ),
    Setting(
        "PORT",
        "8501",
        "the port of `make run` and `make serve`, whose processes have the ports after it",
        "make",
    ),
    Setting("WORKERS", "2", "processes of `make serve`; tests at the same time", "make"),
    Setting(
        "ATLAS_ALL_CASES",
        "",
        "`1` draws every combination of the largest products; `make test-all` sets it",
        "make",
    ),
    Setting(
        "ATLAS_REPORT",
        "",
        "folder with a copy of the report, against which the tests read its facts",
        "make",
    ),
    Setting(
        "CHROMIUM",
        "",
        "path of the Chromium of the browser tests; without it, the one that is found",
        "make",
    ),
)
