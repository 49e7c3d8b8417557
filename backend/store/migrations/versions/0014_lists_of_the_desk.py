"""What the desk lists by is found in what has gathered: who did what, and what is urgent, late, assigned or newest."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_INDEXES = {
    "audit": (("actor", "at"), ("action", "at")),
    "complaints": (("created_at",), ("priority", "updated_at")),
    "conversations": (("priority", "updated_at"), ("channel", "updated_at")),
    "enquiries": (("created_at",),),
    "handoffs": (("created_at",), ("customer_id",)),
}
#: Of some rows only: the index, its table, their condition, by what.
_OF_SOME = (
    ("ix_complaints_assigned", "complaints", "assignee IS NOT NULL", ("assignee", "updated_at")),
    ("ix_complaints_breached", "complaints", "breached", ("created_at",)),
    ("ix_conversations_assigned", "conversations", "assignee IS NOT NULL", ("assignee", "updated_at")),
    ("ix_conversations_due", "conversations", "due_at IS NOT NULL", ("due_at",)),
)


def upgrade() -> None:
    """A large shop makes them before, without holding up its writers: see OPERATIONS.md."""
    for table, lists in _INDEXES.items():
        for columns in lists:
            op.create_index(op.f(_named(table, columns)), table, ["tenant", *columns], if_not_exists=True)
    for name, table, condition, columns in _OF_SOME:
        some = sa.text(condition)
        op.create_index(name, table, ["tenant", *columns], postgresql_where=some, sqlite_where=some, if_not_exists=True)


def downgrade() -> None:
    for name, table, _, _ in _OF_SOME:
        op.drop_index(name, table)
    for table, lists in _INDEXES.items():
        for columns in lists:
            op.drop_index(op.f(_named(table, columns)), table)


def _named(table: str, columns: tuple[str, ...]) -> str:
    return "_".join(("ix", table, "tenant", *columns))
