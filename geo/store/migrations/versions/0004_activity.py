"""The last activity of a sign-in, which ends without any."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of activity."""
    op.create_table(
        "sign_in_activity",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("seen", sa.Double, nullable=False),
        sa.Column("ends", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_sign_in_activity"),
    )
    op.create_index("ix_sign_in_activity_ends", "sign_in_activity", ["ends"])
