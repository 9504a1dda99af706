"""Keys of browsers that another key took the place of."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of replaced keys."""
    op.create_table(
        "replaced_key",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary, nullable=False),
        sa.Column("ends", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_replaced_key"),
    )
    op.create_index("ix_replaced_key_ends", "replaced_key", ["ends"])
