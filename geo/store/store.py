"""The store of workspaces: who has a secret opens what it was given for, and nobody else can.

Each workspace has a random key, which encrypts its name, its versions and the labels of its links.
A grant holds that key encrypted with the secret of a holder: of the owner, or of a link. The
secrets themselves are not stored, only hashes of them.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import time
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update

from geo.limits import (
    MAX_ENDED_REMOVED,
    MAX_LINKS,
    MAX_OWNER_BYTES,
    MAX_OWNER_WORKSPACES,
    MAX_STORE_BYTES,
    MAX_STORE_WORKSPACES,
    MAX_VERSIONS,
    MB,
    VISIT_SECONDS,
)
from geo.metrics import time_store
from geo.store.activity import find_activity, note_activity
from geo.store.bodies import Manifest, join_parts, named_parts, open_manifest, seal_part
from geo.store.checks import check_packed, checked_body, checked_label, checked_name
from geo.store.cipher import create_key, encrypt, hash_key
from geo.store.database import Database
from geo.store.errors import (
    NO_VERSION,
    NOT_PERMITTED,
    NOTHING_TO_REDO,
    NOTHING_TO_UNDO,
    OWNER_FULL,
    STORE_FULL,
    TOO_MANY,
    TOO_MANY_LINKS,
    WORKSPACE_DAMAGED,
    ConflictError,
    HistoryError,
    NotFoundError,
    QuotaError,
)
from geo.store.records import (
    COPY,
    OWN,
    SHARED_RIGHTS,
    Details,
    Holder,
    Link,
    ListedLink,
    OpenedWorkspace,
    Right,
    Usage,
    Version,
    WorkspaceInfo,
    browser_owner,
)
from geo.store.replaced_keys import find_replacement, note_replacement
from geo.store.rows import (
    OpenedGrant,
    delete_of_owner,
    delete_workspaces,
    describe_version,
    details_by_id,
    grant_values,
    listed_links,
    open_grant,
    open_text,
    owner_usage,
    part_names,
    read_parts,
    step_target,
    stored_bytes,
    this_version,
    total_usage,
    version_row,
    withdraw_links,
    workspace_info,
)
from geo.store.schema import grants, parts, versions, workspaces
from geo.store.sign_outs import end_sign_ins, is_sign_in_ended
from geo.store.tickets import is_issued, issue_ticket, redeem_ticket
from geo.text import InputError, StoreError

ID_LENGTH: Final = 16  # bytes: an address that cannot be guessed
ALL_RIGHTS: Final[tuple[Right, ...]] = (OWN, *SHARED_RIGHTS)


@dataclass(frozen=True)
class WorkspaceStore:
    """A database of workspaces. now: seconds since 1970.

    Every method may be called by several threads and processes at the same time. All raise
    NotFoundError for a workspace that does not exist, has ended, or is not the holder's, which is
    the same answer; and StoreError when the database cannot be used.
    """

    database: Database
    now: Callable[[], float] = time

    def prepare(self) -> None:
        """Create or migrate the tables. Raises StoreError when that is impossible."""
        self.database.prepare()

    # Workspaces.

    def check_access(self) -> None:
        """Read something. Raises StoreError when the database cannot be used."""
        with self.database.reading() as connection:
            connection.execute(select(grants.c.name).limit(1)).first()

    @time_store("create")
    def create(self, owner: Holder, name: str, body: bytes, label: str = "") -> WorkspaceInfo:
        """Store a new workspace with its first version.

        Raises InputError for a name or label that is too long, and QuotaError when the body is too
        big or the owner or the store have no room.
        """
        name, label = checked_name(name), checked_label(label)
        key, workspace, now = create_key(), secrets.token_urlsafe(ID_LENGTH), self.now()
        found = named_parts(checked_body(body), key)
        sealed = {part: seal_part(content, part, key) for part, content in found}
        check_packed(sum(map(len, sealed.values())))
        holder = hash_key(owner.secret)
        with self.database.writing(holder) as connection:
            self._remove_ended(connection, MAX_ENDED_REMOVED)
            connection.execute(
                insert(workspaces).values(
                    id=workspace,
                    name=encrypt(name.encode(), key, f"name/{workspace}"),
                    created=now,
                    changed=now,
                    ends=self._end(owner),
                    number=0,
                    size=0,
                    stored_bytes=0,
                )
            )
            connection.execute(
                insert(grants).values(grant_values(owner.secret, workspace, OWN, key, "owner", now))
            )
            grant = self._find(connection, owner, workspace, (OWN,))
            self._add_version(connection, grant, found, sealed, label, len(body), owner)
            self._check_room(connection, holder, new=True)
            return workspace_info(self._find(connection, owner, workspace, (OWN,)))

    @time_store("list_workspaces")
    def list_workspaces(self, holder: Holder) -> list[WorkspaceInfo]:
        """Return the workspaces of a holder, the last changed first; for a link its workspace."""
        with self.database.reading() as connection:
            rows = connection.execute(self._granted(holder)).all()
        return [workspace_info(open_grant(holder, row)) for row in rows]

    @time_store("count_details")
    def count_details(self, owner: Holder) -> dict[str, Details]:
        """Return how many versions and links each workspace of an owner has, by its id."""
        with self.database.reading() as connection:
            return details_by_id(connection, hash_key(owner.secret))

    @time_store("open")
    def open(self, holder: Holder, workspace: str, number: int | None = None) -> OpenedWorkspace:
        """Return a workspace with the newest version, or, for its owner alone, another one.

        Raises HistoryError for a version that is not stored, InputError when it was damaged.
        """
        with self.database.reading() as connection:
            rights = ALL_RIGHTS if number is None else (OWN,)
            grant = self._find(connection, holder, workspace, rights)
            row = version_row(connection, workspace, grant.row.number if number is None else number)
            if row is None:
                raise HistoryError(NO_VERSION, number=number)
            manifest = open_manifest(row.manifest, grant.key, workspace, row.number)
            sealed = read_parts(connection, workspace, manifest.parts)
        self._note_visit(holder, grant)
        body = join_parts(manifest.parts, sealed, grant.key)
        return OpenedWorkspace(workspace_info(grant), describe_version(row, manifest), body)

    @time_store("open_link")
    def open_link(self, secret: str) -> OpenedWorkspace:
        """Return the workspace of a link with its newest version.

        Raises NotFoundError if there is no such link, or not any more; else as ``open``.
        """
        holder = Holder(secret)
        found = self.list_workspaces(holder)
        if not found:
            raise NotFoundError
        return self.open(holder, found[0].id)

    @time_store("save")
    def save(
        self, owner: Holder, workspace: str, body: bytes, expected: int, label: str = ""
    ) -> Version:
        """Store a body as a new version, unless it is the same as the newest one; return that.

        expected: the number of the version that the body was made from. Raises ConflictError when
        another version was saved since, and QuotaError as ``create`` does. The last versions are
        kept (MAX_VERSIONS), fewer where they are large.
        """
        label, body = checked_label(label), checked_body(body)
        with self.database.reading() as connection:
            grant = self._find(connection, owner, workspace, (OWN,))
            self._expect(connection, grant, expected)
            stored = part_names(connection, workspace)
        # Compressing and encrypting take the longest: no other process waits for them.
        found = named_parts(body, grant.key)
        sealed = {n: seal_part(part, n, grant.key) for n, part in found if n not in stored}
        holder = hash_key(owner.secret)
        with self.database.writing(holder) as connection:
            self._remove_ended(connection, MAX_ENDED_REMOVED)
            grant = self._find(connection, owner, workspace, (OWN,), lock=True)
            newest, manifest = self._expect(connection, grant, expected)
            if manifest.parts == tuple(name for name, _ in found):
                return describe_version(newest, manifest)
            number = self._add_version(
                connection, grant, found, sealed, label, len(body), owner, newest.origin
            )
            self._prune(connection, grant, holder)
            self._check_room(connection, holder)
            return self._newest(connection, workspace, number, grant.key)

    @time_store("rename")
    def rename(self, owner: Holder, workspace: str, name: str) -> None:
        """Give a workspace another name. Raises InputError for one that is empty or too long."""
        name = checked_name(name)
        with self.database.writing() as connection:
            grant = self._find(connection, owner, workspace, (OWN,), lock=True)
            sealed = encrypt(name.encode(), grant.key, f"name/{workspace}")
            change = update(workspaces).where(workspaces.c.id == workspace)
            connection.execute(change.values(name=sealed, changed=self._changed(grant)))

    @time_store("duplicate")
    def duplicate(
        self, holder: Holder, workspace: str, owner: Holder, name: str = "", label: str = ""
    ) -> WorkspaceInfo:
        """Store a copy of the newest version for an owner, without its history and its links.

        holder: the owner, or a link that permits it. name: of the copy, by default the same;
        label: of its first version. Raises InputError when the link permits looking alone,
        QuotaError as ``create`` does.
        """
        opened = self.open(holder, workspace)
        if opened.info.right not in (OWN, COPY):
            raise InputError(NOT_PERMITTED)
        return self.create(owner, name or opened.info.name, opened.body, label)

    @time_store("delete")
    def delete(self, owner: Holder, workspace: str) -> None:
        """Delete a workspace with its versions and links."""
        with self.database.writing() as connection:
            self._find(connection, owner, workspace, (OWN,), lock=True)
            delete_workspaces(connection, [workspace])
            self.database.note_removal()

    @time_store("delete_all")
    def delete_all(self, owner: Holder) -> int:
        """Delete all workspaces of an owner; return how many there were."""
        holder = hash_key(owner.secret)
        with self.database.writing(holder) as connection:
            rows = connection.execute(
                select(grants.c.workspace)
                .where(grants.c.name == holder, grants.c.right == OWN)
                .order_by(grants.c.workspace)
            )
            self.database.note_removal()
            return delete_workspaces(connection, [row.workspace for row in rows])

    @time_store("touch")
    def touch(self, owner: Holder) -> None:
        """Let the workspaces of an owner last from this visit on."""
        end = self._end(owner)
        if end is None:
            return
        mine = select(grants.c.workspace).where(
            grants.c.name == hash_key(owner.secret), grants.c.right == OWN
        )
        due = (
            workspaces.c.id.in_(mine),
            workspaces.c.ends >= self.now(),
            workspaces.c.ends < end - VISIT_SECONDS,
        )
        with self.database.reading() as connection:
            if connection.execute(select(workspaces.c.id).where(*due).limit(1)).first() is None:
                return
        with self.database.writing() as connection:
            connection.execute(update(workspaces).where(*due).values(ends=end))

    @time_store("move_all")
    def move_all(self, giver: Holder, taker: Holder) -> int:
        """Give all workspaces of an owner to another one; return how many there were.

        They keep their versions and links, last as long as the new owner's do, and do not open for
        the old owner any more. Raises QuotaError when the new owner has no room; nothing is moved
        then.
        """
        giving, taking = hash_key(giver.secret), hash_key(taker.secret)
        if giving == taking:
            return 0
        # One lock alone: two owners who move to one another at the same time do not wait for ever.
        with self.database.writing(taking) as connection:
            rows = connection.execute(
                self._granted(giver).where(grants.c.right == OWN).with_for_update(of=workspaces)
            ).all()
            for row in rows:
                grant, now = open_grant(giver, row), self.now()
                mine = (grants.c.name == giving, grants.c.workspace == grant.id)
                connection.execute(delete(grants).where(*mine))
                connection.execute(
                    insert(grants).values(
                        grant_values(taker.secret, grant.id, OWN, grant.key, "owner", now)
                    )
                )
                connection.execute(
                    update(workspaces)
                    .where(workspaces.c.id == grant.id)
                    .values(ends=self._end(taker))
                )
            if rows:
                self._check_room(connection, taking, new=True)
            return len(rows)

    # Versions.

    @time_store("list_versions")
    def list_versions(self, holder: Holder, workspace: str) -> list[Version]:
        """Return the versions that are stored, the newest first. Only the owner sees them."""
        with self.database.reading() as connection:
            grant = self._find(connection, holder, workspace, (OWN,))
            rows = connection.execute(
                select(versions)
                .where(versions.c.workspace == workspace)
                .order_by(versions.c.number.desc())
            ).all()
        return [
            describe_version(row, open_manifest(row.manifest, grant.key, workspace, row.number))
            for row in rows
        ]

    @time_store("restore_version")
    def restore_version(
        self, owner: Holder, workspace: str, number: int, expected: int, label: str = ""
    ) -> Version:
        """Save a new version that is equal to an earlier one; it can be undone like any other.

        Raises HistoryError when that version is not stored, ConflictError as ``save`` does.
        """
        label = checked_label(label)
        with self.database.writing(hash_key(owner.secret)) as connection:
            grant = self._find(connection, owner, workspace, (OWN,), lock=True)
            newest, manifest = self._expect(connection, grant, expected)
            row = version_row(connection, workspace, number)
            if row is None:
                raise HistoryError(NO_VERSION, number=number)
            earlier = open_manifest(row.manifest, grant.key, workspace, number)
            if earlier.parts == manifest.parts:
                return describe_version(newest, manifest)
            made = Manifest(label or earlier.label, earlier.parts)
            added = self._add_row(connection, grant, made, row.size, owner, newest.origin)
            self._prune(connection, grant, hash_key(owner.secret))
            return self._newest(connection, workspace, added, grant.key)

    @time_store("undo")
    def undo(self, owner: Holder, workspace: str, expected: int) -> Version:
        """Return to the version before the newest one, as a new version.

        Raises HistoryError when there is none, ConflictError as ``save`` does.
        """
        return self._step(owner, workspace, expected, back=True)

    @time_store("redo")
    def redo(self, owner: Holder, workspace: str, expected: int) -> Version:
        """Return to the version that was undone last, as a new version.

        Raises HistoryError when there is none, ConflictError as ``save`` does.
        """
        return self._step(owner, workspace, expected, back=False)

    def can_step(self, owner: Holder, workspace: str) -> tuple[bool, bool]:
        """Whether there is a version to undo to, and one to redo."""
        with self.database.reading() as connection:
            grant = self._find(connection, owner, workspace, (OWN,))
            newest = version_row(connection, workspace, grant.row.number)
            steps = [step_target(connection, workspace, newest, back) for back in (True, False)]
        return steps[0] is not None, steps[1] is not None

    # Links.

    @time_store("share")
    def share(self, owner: Holder, workspace: str, right: Right, label: str = "") -> str:
        """Return the secret of a new link to a workspace, which cannot be read again.

        right: ``look``, or ``copy``, which permits looking, too. label: for the list of links.
        Raises InputError when there are too many links.
        """
        if right not in SHARED_RIGHTS:
            raise ValueError(right)
        label, secret = checked_label(label), create_key()
        with self.database.writing() as connection:
            grant = self._find(connection, owner, workspace, (OWN,), lock=True)
            others = select(func.count()).where(
                grants.c.workspace == workspace, grants.c.right != OWN
            )
            if connection.execute(others).scalar_one() >= MAX_LINKS:
                raise InputError(TOO_MANY_LINKS, most=MAX_LINKS)
            connection.execute(
                insert(grants).values(
                    grant_values(secret, workspace, right, grant.key, label, self.now())
                )
            )
        return secret

    @time_store("list_links")
    def list_links(self, owner: Holder, workspace: str) -> list[Link]:
        """Return the links to a workspace, the oldest first."""
        with self.database.reading() as connection:
            grant = self._find(connection, owner, workspace, (OWN,))
            rows = connection.execute(
                select(grants)
                .where(grants.c.workspace == workspace, grants.c.right != OWN)
                .order_by(grants.c.made, grants.c.name)
            ).all()
        return [
            Link(
                row.name,
                open_text(row.label, grant.key, f"label/{row.name}"),
                row.right,
                row.made,
                row.used,
            )
            for row in rows
        ]

    @time_store("withdraw")
    def withdraw(self, owner: Holder, workspace: str, link: str) -> None:
        """Withdraw a link by its id: its secret opens nothing from now on.

        Raises NotFoundError if the workspace of the owner has no such link.
        """
        with self.database.writing() as connection:
            self._find(connection, owner, workspace, (OWN,), lock=True)
            gone = connection.execute(
                delete(grants).where(
                    grants.c.workspace == workspace, grants.c.name == link, grants.c.right != OWN
                )
            )
            if gone.rowcount == 0:
                raise NotFoundError
            self.database.note_removal()

    # Work and links of all owners, for whoever runs the server.

    def list_all_links(self) -> list[ListedLink]:
        """Return the links to all workspaces, the oldest first. No key is needed for it."""
        with self.database.reading() as connection:
            return list(listed_links(connection, self.now()))

    def withdraw_any(self, link: str) -> int:
        """Withdraw a link of any owner by its pseudonym; return how many links there were."""
        with self.database.writing() as connection:
            self.database.note_removal()
            return withdraw_links(connection, link)

    def delete_any(self, owner: str) -> Usage:
        """Delete all workspaces of an owner by the pseudonym; return what they took."""
        with self.database.writing() as connection:
            removed = delete_of_owner(connection, owner)
            if removed.workspaces:
                self.database.note_removal()
            return removed

    # Room.

    def usage(self, owner: Holder) -> Usage:
        """Return what the workspaces of an owner take."""
        with self.database.reading() as connection:
            return owner_usage(connection, hash_key(owner.secret))

    def total_usage(self) -> Usage:
        """Return what all workspaces take."""
        with self.database.reading() as connection:
            return total_usage(connection)

    @time_store("purge")
    def purge(self) -> Usage:
        """Remove the workspaces that have ended; return what they took."""
        removed = Usage(0, 0)
        while True:
            with self.database.writing() as connection:
                gone = self._remove_ended(connection, MAX_ENDED_REMOVED)
            removed = Usage(
                removed.workspaces + gone.workspaces, removed.stored_bytes + gone.stored_bytes
            )
            if gone.workspaces < MAX_ENDED_REMOVED:
                self.database.shrink()
                return removed

    # Tickets, which a browser exchanges for its cookie, whichever process answers.

    def issue_ticket(self, key: str) -> str:
        """Return a new ticket for the key of a browser; of too many the oldest goes."""
        with self.database.writing() as connection:
            return issue_ticket(connection, key, self.now())

    def is_issued(self, ticket: str) -> bool:
        """Whether there is a ticket. A guess waits for no writer, and none for it."""
        with self.database.reading() as connection:
            return is_issued(connection, ticket)

    def redeem_ticket(self, ticket: str) -> str:
        """Return the key of a ticket, once; empty when it is unknown, exchanged or too old."""
        if not self.is_issued(ticket):
            return ""
        with self.database.writing() as connection:
            return redeem_ticket(connection, ticket, self.now())

    # Keys of browsers of which another one took the place.

    def replace_key(self, key: str, kept: str) -> None:
        """Give the workspaces of a browser to another key of it, and note that for its sessions.

        Where they have no room, they stay with the first key, and the next save of its session
        says so.
        """
        with suppress(QuotaError):
            self.move_all(browser_owner(key), browser_owner(kept))
        with self.database.writing(hash_key(key)) as connection:
            note_replacement(connection, key, kept, self.now())

    def find_replacement(self, key: str) -> str:
        """Return the key that took the place of a key; empty for none."""
        with self.database.reading() as connection:
            return find_replacement(connection, key, self.now())

    # Sign-outs, which hold in all processes.

    def end_sign_ins(self, key: str) -> None:
        """End the sign-ins of a key, of one sign-in or of a person, that began until now."""
        with self.database.writing(hash_key(key)) as connection:
            end_sign_ins(connection, key, self.now())

    def is_sign_in_ended(self, keys: Sequence[str], began: float) -> bool:
        """Whether a sign-in was ended by one of its keys. began: seconds since 1970."""
        with self.database.reading() as connection:
            return is_sign_in_ended(connection, keys, began)

    def note_activity(self, key: str) -> None:
        """Note that the sign-in of a key did something now."""
        with self.database.writing(hash_key(key)) as connection:
            note_activity(connection, key, self.now())

    def find_activity(self, key: str) -> float | None:
        """Return when the sign-in of a key did something; None when that was not noted."""
        with self.database.reading() as connection:
            return find_activity(connection, key)

    # Steps of the above.

    def _granted(self, holder: Holder) -> Any:
        """The rows of the workspaces that a holder may open, with the grants."""
        return (
            select(
                workspaces, grants.c.name.label("holder"), grants.c.right, grants.c.sealed_key,
                grants.c.used,
            )
            .join(grants, grants.c.workspace == workspaces.c.id)
            .where(
                grants.c.name == hash_key(holder.secret),
                or_(workspaces.c.ends.is_(None), workspaces.c.ends >= self.now()),
            )
            .order_by(workspaces.c.changed.desc(), workspaces.c.id)
        )  # fmt: skip

    def _find(
        self,
        connection: Connection,
        holder: Holder,
        workspace: str,
        rights: Sequence[Right],
        lock: bool = False,
    ) -> OpenedGrant:
        """Return the grant of a holder. Raises NotFoundError, or InputError for a lesser right."""
        query = self._granted(holder).where(workspaces.c.id == workspace)
        row = connection.execute(query.with_for_update(of=workspaces) if lock else query).first()
        if row is None:
            raise NotFoundError
        grant = open_grant(holder, row)
        if grant.right not in rights:
            raise InputError(NOT_PERMITTED)
        return grant

    def _expect(
        self, connection: Connection, grant: OpenedGrant, expected: int
    ) -> tuple[Row[Any], Manifest]:
        """Return the newest version. Raises ConflictError when it is not the expected one."""
        row = version_row(connection, grant.id, grant.row.number)
        if row is None:
            raise InputError(WORKSPACE_DAMAGED)
        manifest = open_manifest(row.manifest, grant.key, grant.id, row.number)
        if row.number != expected:
            raise ConflictError(describe_version(row, manifest))
        return row, manifest

    def _newest(self, connection: Connection, workspace: str, number: int, key: str) -> Version:
        row = version_row(connection, workspace, number)
        if row is None:
            raise InputError(WORKSPACE_DAMAGED)
        return describe_version(row, open_manifest(row.manifest, key, workspace, number))

    def _add_version(
        self,
        connection: Connection,
        grant: OpenedGrant,
        found: Sequence[tuple[str, bytes]],
        sealed: dict[str, bytes],
        label: str,
        size: int,
        owner: Holder,
        before: int = 0,
    ) -> int:
        """Add the parts that are not stored yet, and a version of them; return its number."""
        stored = part_names(connection, grant.id)
        missing = {name: part for name, part in found if name not in stored}
        rows = []
        for name, part in missing.items():
            body = sealed.get(name) or seal_part(part, name, grant.key)
            rows.append({"workspace": grant.id, "name": name, "size": len(body), "body": body})
        if rows:
            connection.execute(insert(parts), rows)
        names = tuple(name for name, _ in found)
        packed = select(func.coalesce(func.sum(parts.c.size), 0)).where(
            parts.c.workspace == grant.id, parts.c.name.in_(names)
        )
        check_packed(connection.execute(packed).scalar_one())
        return self._add_row(connection, grant, Manifest(label, names), size, owner, before)

    def _add_row(
        self,
        connection: Connection,
        grant: OpenedGrant,
        manifest: Manifest,
        size: int,
        owner: Holder,
        before: int,
        origin: int | None = None,
    ) -> int:
        number = grant.row.number + 1
        connection.execute(
            insert(versions).values(
                workspace=grant.id,
                number=number,
                origin=origin or number,
                before=before,
                made=self.now(),
                size=size,
                manifest=manifest.seal(grant.key, grant.id, number),
            )
        )
        connection.execute(
            update(workspaces)
            .where(workspaces.c.id == grant.id)
            .values(
                number=number,
                size=size,
                changed=self._changed(grant),
                ends=self._later_end(grant, owner),
                stored_bytes=stored_bytes(grant.id),
            )
        )
        return number

    def _step(self, owner: Holder, workspace: str, expected: int, back: bool) -> Version:
        with self.database.writing(hash_key(owner.secret)) as connection:
            grant = self._find(connection, owner, workspace, (OWN,), lock=True)
            newest, _ = self._expect(connection, grant, expected)
            target = step_target(connection, workspace, newest, back)
            if target is None:
                raise HistoryError(NOTHING_TO_UNDO if back else NOTHING_TO_REDO)
            manifest = open_manifest(target.manifest, grant.key, workspace, target.number)
            if newest.origin != newest.number:
                # Of several steps in a row one version remains, so that steps push nothing out.
                connection.execute(this_version(delete(versions), workspace, newest.number))
            number = self._add_row(
                connection, grant, manifest, target.size, owner, target.before, target.number
            )
            return self._newest(connection, workspace, number, grant.key)

    def _prune(self, connection: Connection, grant: OpenedGrant, holder: str) -> None:
        """Remove the versions beyond the limit, and the oldest while the owner has no room."""
        rows = connection.execute(
            select(versions)
            .where(versions.c.workspace == grant.id)
            .order_by(versions.c.number.desc())
        ).all()
        changes = [row.number for row in rows if row.origin == row.number]
        first = changes[min(len(changes), MAX_VERSIONS) - 1]
        excess = owner_usage(connection, holder).stored_bytes - MAX_OWNER_BYTES
        if first <= rows[-1].number and excess <= 0:
            return
        sizes: dict[str, int] = {
            row.name: row.size
            for row in connection.execute(
                select(parts.c.name, parts.c.size).where(parts.c.workspace == grant.id)
            )
        }
        kept: set[str] = set()
        last = rows[0].number
        for row in rows:
            needed = kept | set(open_manifest(row.manifest, grant.key, grant.id, row.number).parts)
            freed = sum(size for name, size in sizes.items() if name not in needed)
            if row.number < first or (row is not rows[0] and freed < excess):
                break
            kept, last = needed, row.number
        connection.execute(
            delete(versions).where(versions.c.workspace == grant.id, versions.c.number < last)
        )
        unused = [name for name in sizes if name not in kept]
        connection.execute(
            delete(parts).where(parts.c.workspace == grant.id, parts.c.name.in_(unused))
        )
        connection.execute(
            update(workspaces)
            .where(workspaces.c.id == grant.id)
            .values(stored_bytes=stored_bytes(grant.id))
        )

    def _check_room(self, connection: Connection, holder: str, new: bool = False) -> None:
        """Raise QuotaError when an owner or the store have more than they may."""
        mine = owner_usage(connection, holder)
        if new and mine.workspaces > MAX_OWNER_WORKSPACES:
            raise QuotaError(TOO_MANY, most=MAX_OWNER_WORKSPACES)
        if mine.stored_bytes > MAX_OWNER_BYTES:
            raise QuotaError(OWNER_FULL, most=MAX_OWNER_BYTES // MB)
        total = total_usage(connection)
        if total.stored_bytes > MAX_STORE_BYTES or (
            new and total.workspaces > MAX_STORE_WORKSPACES
        ):
            raise QuotaError(STORE_FULL)

    def _remove_ended(self, connection: Connection, most: int) -> Usage:
        rows = connection.execute(
            select(workspaces.c.id, workspaces.c.stored_bytes)
            .where(workspaces.c.ends < self.now())
            .order_by(workspaces.c.ends)
            .limit(most)
            .with_for_update(skip_locked=True)
        ).all()
        if delete_workspaces(connection, [row.id for row in rows]):
            self.database.note_removal()
        return Usage(len(rows), sum(row.stored_bytes for row in rows))

    def _note_visit(self, holder: Holder, grant: OpenedGrant) -> None:
        """Note when a link was used and an owner was here; opening does not fail for it."""
        now = self.now()
        try:
            if grant.right == OWN:
                end, there = self._end(holder), grant.row.ends
                if end is not None and there is not None and there < end - VISIT_SECONDS:
                    self.touch(holder)
            elif grant.row.used is None or grant.row.used < now - VISIT_SECONDS:
                with self.database.writing() as connection:
                    connection.execute(
                        update(grants)
                        .where(grants.c.name == grant.row.holder, grants.c.workspace == grant.id)
                        .values(used=now)
                    )
        except StoreError:
            return

    def _end(self, owner: Holder) -> float | None:
        return None if owner.lasts_s is None else self.now() + owner.lasts_s

    def _later_end(self, grant: OpenedGrant, owner: Holder) -> float | None:
        """When a workspace ends after a visit: never earlier, whatever the clock says."""
        end, there = self._end(owner), grant.row.ends
        return None if end is None or there is None else max(end, there)

    def _changed(self, grant: OpenedGrant) -> float:
        return max(self.now(), grant.row.changed)
