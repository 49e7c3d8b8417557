"""Questions that nothing written answers, for whoever writes next."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table of its own; nothing else changes."""
    op.create_table(
        "unanswered",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_unanswered")),
    )
    op.create_index(op.f("ix_unanswered_tenant_last_at"), "unanswered", ["tenant", "last_at"], unique=False)


def downgrade() -> None:
    op.drop_table("unanswered")
