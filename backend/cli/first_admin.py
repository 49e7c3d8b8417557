"""The link by which a shop's first admin comes in."""

from datetime import UTC, datetime

from backend.cli.progress import console
from backend.memory.limiter import Limiter
from backend.settings import Settings
from backend.store.database import Database
from backend.tools.sign_in import SignIn
from backend.tools.tokens import Tokens


async def print_admin_link(settings: Settings, database: Database, tenant: str) -> None:
    """Print a one-time link, unless somebody of that shop has a password already."""
    sign_in = SignIn(database, Tokens(settings.secret_key.get_secret_value()), Limiter())
    token = await sign_in.first_admin_link(tenant, datetime.now(UTC))
    if token:
        shop = "" if tenant == settings.default_tenant else f"&tenant={tenant}"
        console.print(f"First admin: {settings.address}/staff/?token={token}{shop} (works once, within 24 hours)")
