"""A question may be written anew: what it takes the place of stays in the records, marked."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing said so far was replaced."""
    with op.batch_alter_table("messages") as messages:
        messages.add_column(sa.Column("replaced_by", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("messages") as messages:
        messages.drop_column("replaced_by")
