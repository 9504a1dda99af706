"""The tables of the store. Migrations create them; a test compares both.

What is readable without a key: random names and hashes, times, sizes, numbers of versions, rights.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

VERSION_TABLE: Final = "atlas_schema"  # the revision of the tables, written by Alembic
NAME: Final = String(64)  # a hash in hexadecimal digits
ID: Final = String(32)

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _workspace_key() -> Column[str]:
    return Column("workspace", ID, ForeignKey("workspace.id", ondelete="CASCADE"), primary_key=True)


# number: the newest version; size: its bytes, as it is opened; stored_bytes: all versions.
workspaces: Final = Table(
    "workspace",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", LargeBinary, nullable=False),  # encrypted
    Column("created", Double, nullable=False),
    Column("changed", Double, nullable=False),
    Column("ends", Double, index=True),
    Column("number", Integer, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("stored_bytes", BigInteger, nullable=False),
)
# Who may open a workspace: name is the hash of a secret, sealed_key the key of the workspace,
# encrypted with the secret. label is encrypted with the key of the workspace.
grants: Final = Table(
    "workspace_grant",
    metadata,
    Column("name", NAME, primary_key=True),
    _workspace_key(),
    Column("right", String(4), nullable=False, quote=True),
    Column("sealed_key", LargeBinary, nullable=False),
    Column("label", LargeBinary, nullable=False),
    Column("made", Double, nullable=False),
    Column("used", Double),
    Index("ix_workspace_grant_workspace", "workspace"),
)
# manifest: label and the names of the parts, encrypted. origin: the version that an undo or redo
# brought back, else its own number; before: the origin of the version that it followed.
versions: Final = Table(
    "workspace_version",
    metadata,
    _workspace_key(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("origin", Integer, nullable=False),
    Column("before", Integer, nullable=False),
    Column("made", Double, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("manifest", LargeBinary, nullable=False),
)
# Bytes of versions, compressed and encrypted: what several versions have in common, once.
parts: Final = Table(
    "workspace_part",
    metadata,
    _workspace_key(),
    Column("name", NAME, primary_key=True),
    Column("size", BigInteger, nullable=False),  # of body
    Column("body", LargeBinary, nullable=False),
)
# name is the hash of a ticket, sealed_key the key of a browser, encrypted with the ticket.
tickets: Final = Table(
    "ticket",
    metadata,
    Column("name", NAME, primary_key=True),
    Column("sealed_key", LargeBinary, nullable=False),
    Column("ends", Double, nullable=False, index=True),
)
# name is the hash of a key of a sign-in or of a person; until: sign-ins that began up to it are
# ended; ends: when no cookie is left that it could end.
sign_outs: Final = Table(
    "sign_out",
    metadata,
    Column("name", NAME, primary_key=True),
    Column("until", Double, nullable=False),
    Column("ends", Double, nullable=False, index=True),
)
# name is the hash of the key of a sign-in; seen: its last action; ends: as above.
activity: Final = Table(
    "sign_in_activity",
    metadata,
    Column("name", NAME, primary_key=True),
    Column("seen", Double, nullable=False),
    Column("ends", Double, nullable=False, index=True),
)
# name is the hash of a key of a browser, sealed_key the key that took its place, encrypted with it.
replaced_keys: Final = Table(
    "replaced_key",
    metadata,
    Column("name", NAME, primary_key=True),
    Column("sealed_key", LargeBinary, nullable=False),
    Column("ends", Double, nullable=False, index=True),
)
