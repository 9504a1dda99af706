"""The store of workspaces: encrypted versions in SQLite or PostgreSQL, opened by secrets alone."""

from geo.store.backup import read_backup, write_backup
from geo.store.cipher import create_key, hash_key, is_key
from geo.store.database import (
    READABLE_BY_OWNER,
    Database,
    database_of,
    open_postgresql,
    open_sqlite,
)
from geo.store.errors import (
    ConflictError,
    HistoryError,
    NotFoundError,
    QuotaError,
    SchemaError,
    SlowStoreError,
)
from geo.store.records import (
    COPY,
    LOOK,
    OWN,
    PSEUDONYM_LENGTH,
    Details,
    Holder,
    Link,
    OpenedWorkspace,
    Right,
    Usage,
    Version,
    WorkspaceInfo,
    browser_owner,
    link_holder,
    person_owner,
)
from geo.store.store import WorkspaceStore

__all__ = [
    "COPY",
    "LOOK",
    "OWN",
    "PSEUDONYM_LENGTH",
    "READABLE_BY_OWNER",
    "ConflictError",
    "Database",
    "Details",
    "HistoryError",
    "Holder",
    "Link",
    "NotFoundError",
    "OpenedWorkspace",
    "QuotaError",
    "Right",
    "SchemaError",
    "SlowStoreError",
    "Usage",
    "Version",
    "WorkspaceInfo",
    "WorkspaceStore",
    "browser_owner",
    "create_key",
    "database_of",
    "hash_key",
    "is_key",
    "link_holder",
    "open_postgresql",
    "open_sqlite",
    "person_owner",
    "read_backup",
    "write_backup",
]
