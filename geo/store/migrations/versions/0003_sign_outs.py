"""Sign-outs, which end a sign-in in all tabs and processes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of sign-outs."""
    op.create_table(
        "sign_out",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("until", sa.Double, nullable=False),
        sa.Column("ends", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_sign_out"),
    )
    op.create_index("ix_sign_out_ends", "sign_out", ["ends"])
