"""The work at the desk: whose turn a conversation is, notes, views, canned replies, thumbs, files, old rules."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def _text(name: str, *, nullable: bool = False, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable, server_default=default)


def _table(name: str, *columns: sa.Column[Any], keys: tuple[str, ...] = ("id",), parent: str = "") -> None:
    constraints: list[sa.Constraint] = [sa.PrimaryKeyConstraint("tenant", *keys, name=op.f(f"pk_{name}"))]
    if parent:
        of = f"{parent[:-1]}_id"
        reference = [f"{parent}.tenant", f"{parent}.id"]
        constraint = sa.ForeignKeyConstraint(
            ["tenant", of], reference, name=op.f(f"fk_{name}_{parent}"), ondelete="CASCADE"
        )
        constraints.append(constraint)
    op.create_table(name, _text("tenant"), *columns, *constraints)


def _index(table: str, *columns: str, unique: bool = False) -> None:
    op.create_index(op.f(f"ix_{table}_tenant_{'_'.join(columns)}"), table, ["tenant", *columns], unique=unique)


def upgrade() -> None:
    """What was there before keeps its place: titles come from the first words, times from the creation."""
    _widen()
    _table("notes", *map(_text, ("id", "conversation_id", "kind", "author", "author_name", "text")),
           sa.Column("at", _TIME, nullable=False), parent="conversations")  # fmt: skip
    _index("notes", "conversation_id", "at")
    _table("saved_views", *map(_text, ("id", "owner", "name")), sa.Column("shared", sa.Boolean(), nullable=False),
           sa.Column("query", sa.JSON(), nullable=False), sa.Column("created_at", _TIME, nullable=False))  # fmt: skip
    _index("saved_views", "owner")
    _table("canned_replies", *map(_text, ("id", "shortcut", "title", "text")), _text("language", nullable=True),
           _text("author"), sa.Column("updated_at", _TIME, nullable=False))  # fmt: skip
    _index("canned_replies", "shortcut", unique=True)
    _opinions()
    _table("attachments", *map(_text, ("id", "complaint_id", "name", "media_type")),
           sa.Column("size", sa.BigInteger(), nullable=False), _text("content_hash"), _text("author"),
           sa.Column("created_at", _TIME, nullable=False), parent="complaints")  # fmt: skip
    _index("attachments", "complaint_id")
    _table("policy_versions", sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
           sa.Column("policy", sa.JSON(), nullable=False), _text("author"),
           sa.Column("at", _TIME, nullable=False), keys=("version",))  # fmt: skip


def _tags() -> sa.Column[Any]:
    return sa.Column("tags", sa.JSON(), nullable=False, server_default="[]")


def _widen() -> None:
    for table in ("conversations", "enquiries"):
        op.add_column(table, _text("priority", default="normal"))
        op.add_column(table, _text("assignee", nullable=True))
        op.add_column(table, _tags())
        op.add_column(table, sa.Column("due_at", _TIME, nullable=True))
    op.add_column("conversations", _text("title", default=""))
    op.add_column("conversations", _text("channel", default="chat"))
    op.add_column("conversations", _text("status", default="assistant"))
    op.add_column("complaints", _tags())
    for table in ("complaints", "enquiries"):
        op.add_column(table, sa.Column("updated_at", _TIME, nullable=True))
        rows = sa.table(table, sa.column("updated_at"), sa.column("created_at"))
        op.execute(rows.update().values(updated_at=rows.c.created_at))
        _index(table, "updated_at")
    _index("conversations", "status", "updated_at")
    op.execute(
        "UPDATE conversations SET title = COALESCE((SELECT SUBSTR(m.text, 1, 120) FROM messages m "
        "WHERE m.tenant = conversations.tenant AND m.conversation_id = conversations.id "
        "ORDER BY m.at, m.position LIMIT 1), '')"
    )


def _opinions() -> None:
    _table("feedback", *map(_text, ("message_id", "conversation_id", "score")),
           sa.Column("reasons", sa.JSON(), nullable=False), _text("comment", nullable=True),
           sa.Column("at", _TIME, nullable=False), keys=("message_id",))  # fmt: skip
    _index("feedback", "at")
    _index("feedback", "conversation_id")
    _table("satisfaction", _text("conversation_id"), sa.Column("score", sa.Integer(), nullable=False),
           _text("comment", nullable=True), sa.Column("at", _TIME, nullable=False),
           keys=("conversation_id",))  # fmt: skip
    _index("satisfaction", "at")


def downgrade() -> None:
    for table in ("notes", "saved_views", "canned_replies", "feedback", "satisfaction", "attachments",
                  "policy_versions"):  # fmt: skip
        op.drop_table(table)
    op.drop_index(op.f("ix_conversations_tenant_status_updated_at"), "conversations")
    for table in ("complaints", "enquiries"):
        op.drop_index(op.f(f"ix_{table}_tenant_updated_at"), table)
        op.drop_column(table, "updated_at")
    for name in ("title", "channel", "status"):
        op.drop_column("conversations", name)
    for table in ("conversations", "enquiries"):
        for name in ("priority", "assignee", "due_at"):
            op.drop_column(table, name)
    for table in ("conversations", "complaints", "enquiries"):
        op.drop_column(table, "tags")
