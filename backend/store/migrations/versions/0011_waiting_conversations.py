"""How many conversations wait, and for whom, is counted from an index alone."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_NAME = "ix_conversations_tenant_status_assignee_due_at_id"


def upgrade() -> None:
    """A large shop makes it before, without holding up its writers: see OPERATIONS.md."""
    columns = ["tenant", "status", "assignee", "due_at", "id"]
    op.create_index(op.f(_NAME), "conversations", columns, if_not_exists=True)


def downgrade() -> None:
    op.drop_index(op.f(_NAME), "conversations")
