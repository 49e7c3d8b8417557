"""On PostgreSQL every shop's rows are guarded by policies: set for all tables after each upgrade, see row_security.py.

This revision changes no table; it makes databases of earlier releases go through that step.
"""

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing to alter here."""


def downgrade() -> None:
    """The policies stay; an earlier release sees no rows before they are dropped."""
