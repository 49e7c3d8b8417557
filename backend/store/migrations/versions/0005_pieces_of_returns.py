"""Returns say how many pieces of each line come back."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Returns made before bring back whole lines: no number says so."""
    op.add_column("returns", sa.Column("quantities", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("returns", "quantities")
