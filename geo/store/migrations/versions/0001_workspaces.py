"""Workspaces with their versions, their parts and who may open them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of workspaces."""
    op.create_table(
        "workspace",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.LargeBinary, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("changed", sa.Double, nullable=False),
        sa.Column("ends", sa.Double),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("stored_bytes", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_workspace"),
    )
    op.create_index("ix_workspace_ends", "workspace", ["ends"])
    op.create_table(
        "workspace_grant",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("workspace", sa.String(32), nullable=False),
        sa.Column("right", sa.String(4), nullable=False, quote=True),
        sa.Column("sealed_key", sa.LargeBinary, nullable=False),
        sa.Column("label", sa.LargeBinary, nullable=False),
        sa.Column("made", sa.Double, nullable=False),
        sa.Column("used", sa.Double),
        sa.PrimaryKeyConstraint("name", "workspace", name="pk_workspace_grant"),
        _reference("workspace_grant"),
    )
    op.create_index("ix_workspace_grant_workspace", "workspace_grant", ["workspace"])
    op.create_table(
        "workspace_version",
        sa.Column("workspace", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("origin", sa.Integer, nullable=False),
        sa.Column("before", sa.Integer, nullable=False),
        sa.Column("made", sa.Double, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("manifest", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number", name="pk_workspace_version"),
        _reference("workspace_version"),
    )
    op.create_table(
        "workspace_part",
        sa.Column("workspace", sa.String(32), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "name", name="pk_workspace_part"),
        _reference("workspace_part"),
    )


def _reference(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace"], ["workspace.id"], name=f"fk_{table}_workspace", ondelete="CASCADE"
    )
