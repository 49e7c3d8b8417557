"""What an API key may call, by its scopes: one table for the whole surface."""

from backend.domain.desk import ApiKey
from backend.domain.errors import NotAllowed
from backend.tools.api_keys import Scope

_READS = ("GET", "HEAD")

#: path prefix → scope for reading, scope for the rest; the first prefix that fits counts
_SCOPES: tuple[tuple[str, Scope | None, Scope | None], ...] = (
    ("/api/chat", Scope.CHAT, Scope.CHAT),
    ("/v1/", Scope.CHAT, Scope.CHAT),
    ("/api/conversations", Scope.CHAT, Scope.CHAT),
    ("/api/feedback", Scope.CHAT, Scope.CHAT),
    ("/api/shop", Scope.CHAT, Scope.CHAT),
    ("/api/auth/", Scope.CHAT, Scope.CHAT),
    ("/api/products", Scope.CATALOGUE, Scope.CATALOGUE),
    ("/api/knowledge/ask", Scope.KNOWLEDGE, Scope.KNOWLEDGE),
    ("/api/knowledge", Scope.KNOWLEDGE, Scope.KNOWLEDGE_WRITE),
    ("/api/orders", Scope.ORDERS, Scope.ORDERS),
    ("/api/delivery", Scope.ORDERS, Scope.ORDERS),
    ("/api/refunds", Scope.ORDERS, Scope.ORDERS),
    ("/api/actions", Scope.ORDERS, Scope.ORDERS),
    ("/api/complaints", Scope.COMPLAINTS, Scope.COMPLAINTS),
    ("/api/enquiries", Scope.ENQUIRIES, Scope.ENQUIRIES),
    # a key must not make keys, nor learn or change where events go
    ("/api/staff/keys", None, None),
    ("/api/staff/webhooks", None, None),
    # who works at the desk and what everybody did and saw are for people
    ("/api/staff/team", None, None),
    ("/api/staff/audit", None, None),
    # reading texts changes nothing
    ("/api/staff/understand", Scope.STAFF_READ, Scope.STAFF_READ),
    ("/api/staff", Scope.STAFF_READ, Scope.STAFF_WRITE),
)


def require_scope(key: ApiKey, method: str, path: str) -> None:
    """Raises NotAllowed, naming the scope, when the key is not good for this call."""
    for prefix, reading, writing in _SCOPES:
        if path.startswith(prefix):
            needed = reading if method in _READS else writing
            if needed is None:
                raise NotAllowed("This needs the sign-in of an admin; an API key cannot do it.")
            if needed not in key.scopes:
                raise NotAllowed(f"This API key lacks the scope {needed.value}.")
            return
    raise NotAllowed("An API key cannot call this.")
