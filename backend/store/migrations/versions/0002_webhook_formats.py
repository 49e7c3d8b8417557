"""Webhooks say in which format their receiver reads."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Subscriptions made before keep our own format."""
    op.add_column("webhooks", sa.Column("format", sa.Text(), nullable=False, server_default="events"))


def downgrade() -> None:
    op.drop_column("webhooks", "format")
