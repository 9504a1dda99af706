"""Rows of the store: what a grant opens, what a version is made of, what all of it takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, func, or_, select

from geo.store.bodies import Manifest
from geo.store.cipher import ForgedError, decrypt, encrypt, hash_key, names_match
from geo.store.errors import WORKSPACE_DAMAGED, NotFoundError
from geo.store.records import (
    OWN,
    PSEUDONYM_LENGTH,
    Details,
    Holder,
    ListedLink,
    Right,
    Usage,
    Version,
    WorkspaceInfo,
)
from geo.store.schema import grants, parts, versions, workspaces
from geo.text import InputError


@dataclass(frozen=True)
class OpenedGrant:
    """A workspace that a holder may open: its row, and the key that encrypts it."""

    row: Row[Any]
    right: Right
    key: str

    @property
    def id(self) -> str:
        """Return the id of the workspace."""
        return str(self.row.id)


def grant_values(
    secret: str, workspace: str, right: Right, key: str, label: str, now: float
) -> dict[str, object]:
    """Return the row of a new grant, whose secret opens a workspace with a right.

    key: of the workspace, which the row holds encrypted with the secret. label: of a link,
    encrypted with the key. now: seconds since 1970.
    """
    name = hash_key(secret)
    return {
        "name": name,
        "workspace": workspace,
        "right": right,
        "sealed_key": encrypt(key.encode(), secret, grant_context(workspace, right)),
        "label": encrypt(label.encode(), key, f"label/{name}"),
        "made": now,
    }


def grant_context(workspace: str, right: str) -> str:
    """What the key of a grant is bound to: whoever writes into the store cannot raise a right."""
    return f"grant/{workspace}/{right}"


def open_grant(holder: Holder, row: Row[Any]) -> OpenedGrant:
    """Return a grant with the key of its workspace.

    row: of a workspace with its grant. Raises NotFoundError unless the grant is for the holder,
    InputError if it was changed.
    """
    if not names_match(row.holder, hash_key(holder.secret)):
        raise NotFoundError
    try:
        key = decrypt(row.sealed_key, holder.secret, grant_context(row.id, row.right)).decode()
    except ForgedError:
        raise InputError(WORKSPACE_DAMAGED) from None
    return OpenedGrant(row, row.right, key)


def open_text(sealed: bytes, key: str, context: str) -> str:
    """Return a decrypted text. context: what it is bound to. Raises InputError if changed."""
    try:
        return decrypt(sealed, key, context).decode()
    except ForgedError:
        raise InputError(WORKSPACE_DAMAGED) from None


def workspace_info(grant: OpenedGrant) -> WorkspaceInfo:
    """Return a workspace as its holder sees it. Raises InputError if its name was changed."""
    row = grant.row
    name = open_text(row.name, grant.key, f"name/{row.id}")
    return WorkspaceInfo(
        row.id, name, grant.right, row.created, row.changed, row.ends, row.number, row.size,
        row.stored_bytes,
    )  # fmt: skip


def describe_version(row: Row[Any], manifest: Manifest) -> Version:
    """Return a version as its readers see it; its label stands in its manifest."""
    return Version(row.number, row.made, row.size, manifest.label, row.origin)


def this_version(statement: Any, workspace: str, number: int) -> Any:
    """Return a statement that is limited to one version of a workspace."""
    return statement.where(versions.c.workspace == workspace, versions.c.number == number)


def version_row(connection: Connection, workspace: str, number: int) -> Row[Any] | None:
    """Return the row of a version; None if it is not stored."""
    return connection.execute(this_version(select(versions), workspace, number)).first()


def step_target(
    connection: Connection, workspace: str, newest: Row[Any] | None, back: bool
) -> Row[Any] | None:
    """The version that a step back leads to, or the last one that was undone."""
    if newest is None:
        return None
    if back:
        return version_row(connection, workspace, newest.before)
    if newest.origin == newest.number:
        return None
    return connection.execute(
        select(versions)
        .where(
            versions.c.workspace == workspace,
            versions.c.before == newest.origin,
            versions.c.origin == versions.c.number,
        )
        .order_by(versions.c.number.desc())
        .limit(1)
    ).first()


def part_names(connection: Connection, workspace: str) -> set[str]:
    """Return the names of all parts that a workspace has stored."""
    rows = connection.execute(select(parts.c.name).where(parts.c.workspace == workspace))
    return {row.name for row in rows}


def read_parts(connection: Connection, workspace: str, names: Sequence[str]) -> dict[str, bytes]:
    """Return the bodies of parts by name, encrypted; a part that is not stored is left out."""
    rows = connection.execute(
        select(parts.c.name, parts.c.body).where(
            parts.c.workspace == workspace, parts.c.name.in_(set(names))
        )
    )
    return {row.name: row.body for row in rows}


def stored_bytes(workspace: str) -> Any:
    """What a workspace takes: its parts and the lists of its versions."""
    bodies = select(func.coalesce(func.sum(parts.c.size), 0)).where(parts.c.workspace == workspace)
    lists = select(func.coalesce(func.sum(func.length(versions.c.manifest)), 0)).where(
        versions.c.workspace == workspace
    )
    return bodies.scalar_subquery() + lists.scalar_subquery()


def owner_usage(connection: Connection, holder: str) -> Usage:
    """Return what the workspaces of an owner take. holder: the hash of the secret."""
    row = connection.execute(
        select(func.count(), func.coalesce(func.sum(workspaces.c.stored_bytes), 0))
        .join_from(workspaces, grants, grants.c.workspace == workspaces.c.id)
        .where(grants.c.name == holder, grants.c.right == OWN)
    ).one()
    return Usage(row[0], int(row[1]))


def total_usage(connection: Connection) -> Usage:
    """Return what all workspaces take."""
    row = connection.execute(
        select(func.count(), func.coalesce(func.sum(workspaces.c.stored_bytes), 0)).select_from(
            workspaces
        )
    ).one()
    return Usage(row[0], int(row[1]))


def delete_workspaces(connection: Connection, ids: Sequence[str]) -> int:
    """Delete workspaces with their grants, versions and parts; return how many there were."""
    if not ids:
        return 0
    return connection.execute(delete(workspaces).where(workspaces.c.id.in_(ids))).rowcount


def details_by_id(connection: Connection, holder: str) -> dict[str, Details]:
    """The versions and links of the workspaces of an owner, by the hash of the secret."""
    mine = select(grants.c.workspace).where(grants.c.name == holder, grants.c.right == OWN)

    def counts(table: Table, *which: ColumnElement[bool]) -> dict[str, int]:
        query = select(table.c.workspace, func.count().label("rows"))
        rows = connection.execute(
            query.where(table.c.workspace.in_(mine), *which).group_by(table.c.workspace)
        )
        return {row.workspace: row.rows for row in rows}

    links = counts(grants, grants.c.right != OWN)
    return {
        workspace: Details(count, links.get(workspace, 0))
        for workspace, count in counts(versions).items()
    }


def listed_links(connection: Connection, now: float) -> Iterator[ListedLink]:
    """The links to the workspaces that have not ended, the oldest first."""
    owning = grants.alias()
    rows = connection.execute(
        select(
            owning.c.name.label("owner"), grants.c.name, grants.c.right, grants.c.made,
            grants.c.used, workspaces.c.stored_bytes,
        )
        .select_from(grants)
        .join(workspaces, workspaces.c.id == grants.c.workspace)
        .join(owning, (owning.c.workspace == grants.c.workspace) & (owning.c.right == OWN))
        .where(grants.c.right != OWN, or_(workspaces.c.ends.is_(None), workspaces.c.ends >= now))
        .order_by(grants.c.made, grants.c.name)
    )  # fmt: skip
    for row in rows:
        yield ListedLink(
            row.owner[:PSEUDONYM_LENGTH], row.name[:PSEUDONYM_LENGTH], row.right, row.made,
            row.used, row.stored_bytes,
        )  # fmt: skip


def withdraw_links(connection: Connection, link: str) -> int:
    """Delete the links whose names begin with a pseudonym; return how many there were."""
    return connection.execute(
        delete(grants).where(grants.c.right != OWN, grants.c.name.startswith(link, autoescape=True))
    ).rowcount


def delete_of_owner(connection: Connection, owner: str) -> Usage:
    """Delete the workspaces of the owner with a pseudonym; return what they took."""
    mine = select(grants.c.workspace).where(
        grants.c.right == OWN, grants.c.name.startswith(owner, autoescape=True)
    )
    rows = connection.execute(
        select(workspaces.c.id, workspaces.c.stored_bytes)
        .where(workspaces.c.id.in_(mine))
        .order_by(workspaces.c.id)
        .with_for_update()
    ).all()
    delete_workspaces(connection, [row.id for row in rows])
    return Usage(len(rows), sum(row.stored_bytes for row in rows))
