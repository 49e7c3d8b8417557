"""Tags in use are found among the tagged items, however many there are without."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TABLES = ("conversations", "complaints", "enquiries")
_TAGGED = sa.text("CAST(tags AS TEXT) <> '[]'")


def upgrade() -> None:
    """A large shop makes them before, without holding up its writers: see OPERATIONS.md."""
    for table in _TABLES:
        op.create_index(
            op.f(f"ix_{table}_tagged"),
            table,
            ["tenant"],
            postgresql_where=_TAGGED,
            sqlite_where=_TAGGED,
            if_not_exists=True,
        )


def downgrade() -> None:
    for table in _TABLES:
        op.drop_index(op.f(f"ix_{table}_tagged"), table)
