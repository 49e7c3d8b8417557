"""PostgreSQL's own guard of shops: whatever a statement says, its transaction sees and writes the rows of one shop.

The repository scopes every query already; this holds when one forgets. SQLite has nothing like it.
"""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.store.tables import metadata

#: A superuser sees every row whatever the policies say: such a connection takes this role for each transaction.
ROLE = "support_desk_rows"
#: Never a shop's slug. What goes through all shops says so.
EVERY_SHOP = "*"

# Asked once per statement, not once per row, because it stands in a subquery.
_MINE = "(SELECT current_setting('app.tenant', true))"
_POLICY = f"tenant = {_MINE} OR {_MINE} = '{EVERY_SHOP}'"
_ROLE = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN CREATE ROLE {ROLE} NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- another process of the cluster was quicker
END $$"""
_ALL_POWERFUL = text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
_SCOPE = text("SELECT set_config('app.tenant', :tenant, true)")
_SCOPE_AS_ROLE = text(f"SELECT set_config('app.tenant', :tenant, true), set_config('role', '{ROLE}', true)")


async def scope(connection: AsyncConnection, tenant: str, *, as_role: bool) -> None:
    """Bind the transaction to one shop, or to EVERY_SHOP; forgotten at its end. One round trip."""
    await connection.execute(_SCOPE_AS_ROLE if as_role else _SCOPE, {"tenant": tenant})


async def needs_role(connection: AsyncConnection) -> bool:
    """Whether the product's own user would not be held by policies."""
    return bool((await connection.execute(_ALL_POWERFUL)).scalar())


async def protect(connection: AsyncConnection) -> None:
    """Put every table that belongs to shops under the policy, new ones too; what is there stays."""
    found = await connection.execute(
        text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relforcerowsecurity AND relnamespace = "
             "current_schema()::regnamespace")
    )  # fmt: skip
    done = set(found.scalars())
    for table in metadata.sorted_tables:
        if table.name not in done:
            name = f'"{table.name}"'
            await connection.execute(text(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"))
            # the owner too: it is the product itself that is to be held
            await connection.execute(text(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"))
            await connection.execute(text(f"CREATE POLICY of_shop ON {name} USING ({_POLICY}) WITH CHECK ({_POLICY})"))
    if await needs_role(connection):
        await connection.execute(text(_ROLE))
        await connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {ROLE}"))
        await connection.execute(text(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE}"))
