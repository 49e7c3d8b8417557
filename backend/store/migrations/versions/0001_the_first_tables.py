"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "actions",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "key", name=op.f("pk_actions")),
    )
    op.create_table(
        "api_keys",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key_hash", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_api_keys")),
    )
    op.create_index(op.f("ix_api_keys_tenant_key_hash"), "api_keys", ["tenant", "key_hash"], unique=True)
    op.create_table(
        "audit",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_tenant_at"), "audit", ["tenant", "at"], unique=False)
    op.create_index(op.f("ix_audit_tenant_object_at"), "audit", ["tenant", "object", "at"], unique=False)
    op.create_table(
        "complaints",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=True),
        sa.Column("line_ids", sa.JSON(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_response_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolution_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("breached", sa.Boolean(), nullable=False),
        sa.Column("assignee", sa.Text(), nullable=True),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("history", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_complaints")),
    )
    op.create_index(op.f("ix_complaints_tenant_customer_id"), "complaints", ["tenant", "customer_id"], unique=False)
    op.create_index(op.f("ix_complaints_tenant_order_id"), "complaints", ["tenant", "order_id"], unique=False)
    op.create_index(
        op.f("ix_complaints_tenant_status_created_at"), "complaints", ["tenant", "status", "created_at"], unique=False
    )
    op.create_table(
        "conversations",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_conversations")),
    )
    op.create_index(
        op.f("ix_conversations_tenant_customer_id_updated_at"),
        "conversations",
        ["tenant", "customer_id", "updated_at"],
        unique=False,
    )
    op.create_index(op.f("ix_conversations_tenant_session_id"), "conversations", ["tenant", "session_id"], unique=False)
    op.create_index(op.f("ix_conversations_tenant_updated_at"), "conversations", ["tenant", "updated_at"], unique=False)
    op.create_table(
        "counters",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "name", name=op.f("pk_counters")),
    )
    op.create_table(
        "customers",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("address", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_customers")),
    )
    op.create_index(op.f("ix_customers_tenant_email_key"), "customers", ["tenant", "email_key"], unique=False)
    op.create_table(
        "deleted_documents",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("changed_in", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_deleted_documents")),
    )
    op.create_index(
        op.f("ix_deleted_documents_tenant_changed_in"), "deleted_documents", ["tenant", "changed_in"], unique=False
    )
    op.create_table(
        "documents",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=True),
        sa.Column("product_name", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("changed_in", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_documents")),
    )
    op.create_index(op.f("ix_documents_tenant_changed_in"), "documents", ["tenant", "changed_in"], unique=False)
    op.create_table(
        "enquiries",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("email", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("phone", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("company", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("budget_cents", sa.BigInteger(), nullable=True),
        sa.Column("budget_confidence", sa.Float(), nullable=True),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("score_reasons", sa.JSON(), nullable=False),
        sa.Column("draft_reply", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_enquiries")),
    )
    op.create_index(
        op.f("ix_enquiries_tenant_status_created_at"), "enquiries", ["tenant", "status", "created_at"], unique=False
    )
    op.create_table(
        "events",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_tenant_created_at"), "events", ["tenant", "created_at"], unique=False)
    op.create_table(
        "fit_rules",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "name", name=op.f("pk_fit_rules")),
    )
    op.create_table(
        "handoffs",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=True),
        sa.Column("staff_name", sa.Text(), nullable=True),
        sa.Column("expected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_handoffs")),
    )
    op.create_index(op.f("ix_handoffs_tenant_conversation_id"), "handoffs", ["tenant", "conversation_id"], unique=False)
    op.create_index(op.f("ix_handoffs_tenant_session_id"), "handoffs", ["tenant", "session_id"], unique=False)
    op.create_index(
        op.f("ix_handoffs_tenant_state_created_at"), "handoffs", ["tenant", "state", "created_at"], unique=False
    )
    op.create_table(
        "identity_codes",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("tries_left", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "session_id", "email_key", name=op.f("pk_identity_codes")),
    )
    op.create_table(
        "loaded_rows",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "kind", "id", name=op.f("pk_loaded_rows")),
    )
    op.create_table(
        "mails",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_mails")),
    )
    op.create_index(op.f("ix_mails_tenant_created_at"), "mails", ["tenant", "created_at"], unique=False)
    op.create_index(op.f("ix_mails_tenant_sent_at_due_at"), "mails", ["tenant", "sent_at", "due_at"], unique=False)
    op.create_table(
        "pending_actions",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("action", sa.JSON(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_pending_actions")),
    )
    op.create_index(
        op.f("ix_pending_actions_tenant_expires_at"), "pending_actions", ["tenant", "expires_at"], unique=False
    )
    op.create_table(
        "policies",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("policy", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", name=op.f("pk_policies")),
    )
    op.create_table(
        "products",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("brand", sa.Text(), nullable=True),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("specs", sa.JSON(), nullable=False),
        sa.Column("rating", sa.Float(), nullable=True),
        sa.Column("review_count", sa.Integer(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("image", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_products")),
    )
    op.create_index(op.f("ix_products_tenant_category"), "products", ["tenant", "category"], unique=False)
    op.create_table(
        "relations",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("strength", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "kind", "source_id", "target_id", name=op.f("pk_relations")),
    )
    op.create_table(
        "staff",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_staff")),
    )
    op.create_index(op.f("ix_staff_tenant_email_key"), "staff", ["tenant", "email_key"], unique=True)
    op.create_table(
        "tenants",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("dates_as_of", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant", name=op.f("pk_tenants")),
    )
    op.create_table(
        "webhooks",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_webhooks")),
    )
    op.create_table(
        "document_versions",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "document_id"],
            ["documents.tenant", "documents.id"],
            name=op.f("fk_document_versions_documents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant", "document_id", "version", name=op.f("pk_document_versions")),
    )
    op.create_table(
        "login_links",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "staff_id"], ["staff.tenant", "staff.id"], name=op.f("fk_login_links_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenant", "token_hash", name=op.f("pk_login_links")),
    )
    op.create_table(
        "messages",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("meta", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "conversation_id"],
            ["conversations.tenant", "conversations.id"],
            name=op.f("fk_messages_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_messages")),
    )
    op.create_index(
        op.f("ix_messages_tenant_conversation_id_at"), "messages", ["tenant", "conversation_id", "at"], unique=False
    )
    op.create_table(
        "orders",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("items_modified", sa.Boolean(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("shipping_cents", sa.BigInteger(), nullable=False),
        sa.Column("address", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "customer_id"],
            ["customers.tenant", "customers.id"],
            name=op.f("fk_orders_customers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_orders")),
    )
    op.create_index(
        op.f("ix_orders_tenant_customer_id_placed_at"), "orders", ["tenant", "customer_id", "placed_at"], unique=False
    )
    op.create_index(
        op.f("ix_orders_tenant_status_placed_at"), "orders", ["tenant", "status", "placed_at"], unique=False
    )
    op.create_table(
        "payment_methods",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("brand", sa.Text(), nullable=True),
        sa.Column("last_four", sa.Text(), nullable=True),
        sa.Column("balance_cents", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "customer_id"],
            ["customers.tenant", "customers.id"],
            name=op.f("fk_payment_methods_customers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_payment_methods")),
    )
    op.create_index(
        op.f("ix_payment_methods_tenant_customer_id"), "payment_methods", ["tenant", "customer_id"], unique=False
    )
    op.create_table(
        "variants",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("price_cents", sa.BigInteger(), nullable=False),
        sa.Column("stock", sa.Integer(), nullable=True),
        sa.Column("available", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "product_id"],
            ["products.tenant", "products.id"],
            name=op.f("fk_variants_products"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_variants")),
    )
    op.create_index(op.f("ix_variants_tenant_product_id"), "variants", ["tenant", "product_id"], unique=False)
    op.create_table(
        "webhook_deliveries",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("webhook_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "event_id"],
            ["events.tenant", "events.id"],
            name=op.f("fk_webhook_deliveries_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_webhook_deliveries")),
    )
    op.create_index(
        op.f("ix_webhook_deliveries_tenant_event_id"), "webhook_deliveries", ["tenant", "event_id"], unique=False
    )
    op.create_index(
        op.f("ix_webhook_deliveries_tenant_state_due_at"),
        "webhook_deliveries",
        ["tenant", "state", "due_at"],
        unique=False,
    )
    op.create_table(
        "deliveries",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("carrier", sa.Text(), nullable=True),
        sa.Column("tracking_number", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("eta", sa.Date(), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("line_ids", sa.JSON(), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "order_id"],
            ["orders.tenant", "orders.id"],
            name=op.f("fk_deliveries_orders"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_deliveries")),
    )
    op.create_index(op.f("ix_deliveries_tenant_order_id"), "deliveries", ["tenant", "order_id"], unique=False)
    op.create_index(
        op.f("ix_deliveries_tenant_tracking_number"), "deliveries", ["tenant", "tracking_number"], unique=False
    )
    op.create_table(
        "exchanges",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("difference_cents", sa.BigInteger(), nullable=False),
        sa.Column("method_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "order_id"], ["orders.tenant", "orders.id"], name=op.f("fk_exchanges_orders"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_exchanges")),
    )
    op.create_index(op.f("ix_exchanges_tenant_order_id"), "exchanges", ["tenant", "order_id"], unique=False)
    op.create_table(
        "order_lines",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("variant_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_price_cents", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "order_id"],
            ["orders.tenant", "orders.id"],
            name=op.f("fk_order_lines_orders"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant", "order_id", "id", name=op.f("pk_order_lines")),
    )
    op.create_index(op.f("ix_order_lines_tenant_product_id"), "order_lines", ["tenant", "product_id"], unique=False)
    op.create_table(
        "payments",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("method_id", sa.Text(), nullable=False),
        sa.Column("method_label", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "order_id"], ["orders.tenant", "orders.id"], name=op.f("fk_payments_orders"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenant", "order_id", "id", name=op.f("pk_payments")),
    )
    op.create_table(
        "refunds",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("return_id", sa.Text(), nullable=True),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("fee_cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("method_id", sa.Text(), nullable=False),
        sa.Column("method_label", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expected_by", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "order_id"], ["orders.tenant", "orders.id"], name=op.f("fk_refunds_orders"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_refunds")),
    )
    op.create_index(op.f("ix_refunds_tenant_order_id"), "refunds", ["tenant", "order_id"], unique=False)
    op.create_index(op.f("ix_refunds_tenant_status"), "refunds", ["tenant", "status"], unique=False)
    op.create_table(
        "returns",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("line_ids", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("refund_cents", sa.BigInteger(), nullable=False),
        sa.Column("fee_cents", sa.BigInteger(), nullable=False),
        sa.Column("method_id", sa.Text(), nullable=False),
        sa.Column("refund_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "order_id"], ["orders.tenant", "orders.id"], name=op.f("fk_returns_orders"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_returns")),
    )
    op.create_index(op.f("ix_returns_tenant_order_id"), "returns", ["tenant", "order_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_returns_tenant_order_id"), table_name="returns")
    op.drop_table("returns")
    op.drop_index(op.f("ix_refunds_tenant_status"), table_name="refunds")
    op.drop_index(op.f("ix_refunds_tenant_order_id"), table_name="refunds")
    op.drop_table("refunds")
    op.drop_table("payments")
    op.drop_index(op.f("ix_order_lines_tenant_product_id"), table_name="order_lines")
    op.drop_table("order_lines")
    op.drop_index(op.f("ix_exchanges_tenant_order_id"), table_name="exchanges")
    op.drop_table("exchanges")
    op.drop_index(op.f("ix_deliveries_tenant_tracking_number"), table_name="deliveries")
    op.drop_index(op.f("ix_deliveries_tenant_order_id"), table_name="deliveries")
    op.drop_table("deliveries")
    op.drop_index(op.f("ix_webhook_deliveries_tenant_state_due_at"), table_name="webhook_deliveries")
    op.drop_index(op.f("ix_webhook_deliveries_tenant_event_id"), table_name="webhook_deliveries")
    op.drop_table("webhook_deliveries")
    op.drop_index(op.f("ix_variants_tenant_product_id"), table_name="variants")
    op.drop_table("variants")
    op.drop_index(op.f("ix_payment_methods_tenant_customer_id"), table_name="payment_methods")
    op.drop_table("payment_methods")
    op.drop_index(op.f("ix_orders_tenant_status_placed_at"), table_name="orders")
    op.drop_index(op.f("ix_orders_tenant_customer_id_placed_at"), table_name="orders")
    op.drop_table("orders")
    op.drop_index(op.f("ix_messages_tenant_conversation_id_at"), table_name="messages")
    op.drop_table("messages")
    op.drop_table("login_links")
    op.drop_table("document_versions")
    op.drop_table("webhooks")
    op.drop_table("tenants")
    op.drop_index(op.f("ix_staff_tenant_email_key"), table_name="staff")
    op.drop_table("staff")
    op.drop_table("relations")
    op.drop_index(op.f("ix_products_tenant_category"), table_name="products")
    op.drop_table("products")
    op.drop_table("policies")
    op.drop_index(op.f("ix_pending_actions_tenant_expires_at"), table_name="pending_actions")
    op.drop_table("pending_actions")
    op.drop_index(op.f("ix_mails_tenant_sent_at_due_at"), table_name="mails")
    op.drop_index(op.f("ix_mails_tenant_created_at"), table_name="mails")
    op.drop_table("mails")
    op.drop_table("loaded_rows")
    op.drop_table("identity_codes")
    op.drop_index(op.f("ix_handoffs_tenant_state_created_at"), table_name="handoffs")
    op.drop_index(op.f("ix_handoffs_tenant_session_id"), table_name="handoffs")
    op.drop_index(op.f("ix_handoffs_tenant_conversation_id"), table_name="handoffs")
    op.drop_table("handoffs")
    op.drop_table("fit_rules")
    op.drop_index(op.f("ix_events_tenant_created_at"), table_name="events")
    op.drop_table("events")
    op.drop_index(op.f("ix_enquiries_tenant_status_created_at"), table_name="enquiries")
    op.drop_table("enquiries")
    op.drop_index(op.f("ix_documents_tenant_changed_in"), table_name="documents")
    op.drop_table("documents")
    op.drop_index(op.f("ix_deleted_documents_tenant_changed_in"), table_name="deleted_documents")
    op.drop_table("deleted_documents")
    op.drop_index(op.f("ix_customers_tenant_email_key"), table_name="customers")
    op.drop_table("customers")
    op.drop_table("counters")
    op.drop_index(op.f("ix_conversations_tenant_updated_at"), table_name="conversations")
    op.drop_index(op.f("ix_conversations_tenant_session_id"), table_name="conversations")
    op.drop_index(op.f("ix_conversations_tenant_customer_id_updated_at"), table_name="conversations")
    op.drop_table("conversations")
    op.drop_index(op.f("ix_complaints_tenant_status_created_at"), table_name="complaints")
    op.drop_index(op.f("ix_complaints_tenant_order_id"), table_name="complaints")
    op.drop_index(op.f("ix_complaints_tenant_customer_id"), table_name="complaints")
    op.drop_table("complaints")
    op.drop_index(op.f("ix_audit_tenant_object_at"), table_name="audit")
    op.drop_index(op.f("ix_audit_tenant_at"), table_name="audit")
    op.drop_table("audit")
    op.drop_index(op.f("ix_api_keys_tenant_key_hash"), table_name="api_keys")
    op.drop_table("api_keys")
    op.drop_table("actions")
