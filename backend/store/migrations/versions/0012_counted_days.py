"""What the numbers of the desk need of a day is counted once, and conversations are found by when they began."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_NAME = "ix_conversations_tenant_started_at"


def upgrade() -> None:
    """A large shop makes the index before, without holding up its writers: see OPERATIONS.md."""
    op.create_table(
        "counted_days",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("counted", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "day", name=op.f("pk_counted_days")),
    )
    op.create_index(op.f(_NAME), "conversations", ["tenant", "started_at"], if_not_exists=True)


def downgrade() -> None:
    op.drop_index(op.f(_NAME), "conversations")
    op.drop_table("counted_days")
