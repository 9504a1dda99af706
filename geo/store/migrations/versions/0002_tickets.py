"""Tickets for the cookie, which any process of the server exchanges."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of tickets."""
    op.create_table(
        "ticket",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary, nullable=False),
        sa.Column("ends", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_ticket"),
    )
    op.create_index("ix_ticket_ends", "ticket", ["ends"])
