"""What the store takes and returns: holders of keys, workspaces, versions, links, use of room."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from geo.limits import WORKSPACE_SECONDS
from geo.store.cipher import derive_person_key, hash_key

Right = Literal["own", "look", "copy"]
OWN: Final = "own"
LOOK: Final = "look"
COPY: Final = "copy"
PSEUDONYM_LENGTH: Final = 16  # hexadecimal digits: enough to tell owners and links apart
LINK_PARAM: Final = "link"  # what precedes the secret in the address of a link
SHARED_RIGHTS: Final[tuple[Right, ...]] = (LOOK, COPY)


@dataclass(frozen=True)
class Holder:
    """Whoever has a secret that opens workspaces: a browser, a person, or a reader with a link.

    lasts_s: seconds after the last visit for which its workspaces are stored; None for ever.
    """

    secret: str = field(repr=False)
    lasts_s: int | None = None

    @property
    def pseudonym(self) -> str:
        """The beginning of the hash under which the store has the holder, for logs and lists."""
        return hash_key(self.secret)[:PSEUDONYM_LENGTH]


def browser_owner(key: str) -> Holder:
    """The owner with the random key of a browser, whose workspaces end some time after a visit."""
    return Holder(key, WORKSPACE_SECONDS)


def person_owner(issuer: str, subject: str, server_secret: str) -> Holder:
    """The owner who signed in, by the claims ``iss`` and ``sub``; the workspaces do not end.

    server_secret: what all processes share and the store does not hold. Whoever has it and the
    store can open the workspaces of persons.
    """
    return Holder(derive_person_key(issuer, subject, server_secret))


def link_holder(secret: str) -> Holder:
    """The reader who has the secret of a link."""
    return Holder(secret)


@dataclass(frozen=True)
class WorkspaceInfo:
    """A workspace as its holder sees it.

    right: what the holder may do. created, changed, ends: seconds since 1970; ends is None for a
    workspace that does not end. number: of the newest version. size: bytes of the newest version,
    as it is opened. stored_bytes: what all versions take in the store.
    """

    id: str
    name: str
    right: Right
    created: float
    changed: float
    ends: float | None
    number: int
    size: int
    stored_bytes: int


@dataclass(frozen=True)
class Version:
    """A version of a workspace.

    number: counts the saves of the workspace. made: seconds since 1970. size: bytes, as it is
    opened. origin: the version that an undo or redo brought back, its own number otherwise.
    """

    number: int
    made: float
    size: int
    label: str
    origin: int


@dataclass(frozen=True)
class OpenedWorkspace:
    """A workspace with the bytes of one of its versions."""

    info: WorkspaceInfo
    version: Version
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class Link:
    """A link to a workspace as its owner sees it: the secret cannot be read again.

    id: names the link when it is withdrawn. made, used: seconds since 1970; used is None when
    nobody opened it, and otherwise exact to VISIT_SECONDS.
    """

    id: str
    name: str
    right: Right
    made: float
    used: float | None


@dataclass(frozen=True)
class ListedLink:
    """A link as the operator sees it, without any key: its label and workspace are encrypted.

    owner, link: pseudonyms. right: what the link permits. made, used: as in ``Link``. stored_bytes:
    what the workspace takes.
    """

    owner: str
    link: str
    right: Right
    made: float
    used: float | None
    stored_bytes: int


@dataclass(frozen=True)
class Details:
    """How many versions and links a workspace has."""

    versions: int
    links: int


@dataclass(frozen=True)
class Usage:
    """How many workspaces are stored, and what they take, in bytes."""

    workspaces: int
    stored_bytes: int
