"""Tells the loss of the records' engine, and writes that got in each other's way, from every other error."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from backend.domain.errors import EngineUnavailable

#: What callers read while the records are gone.
AWAY = "The shop's records cannot be reached right now."
#: What the drivers raise when the server, the network or the disk is gone.
_LOST = (OperationalError, InterfaceError, PoolTimeout, OSError, TimeoutError)
#: PostgreSQL ended one of two transactions: serialization_failure, deadlock_detected (its manual, appendix A).
_COLLIDED = frozenset({"40001", "40P01"})
#: … it has no room: too many connections, a full disk (the same, class 53).
_FULL = "53"
#: … it only reads, as the follower does that a failover left behind: read_only_sql_transaction (the same).
_READ_ONLY = "25006"
#: … it is starting up or shutting down, the connection broke, it lets us in no more or the database is gone (the same).
_AWAY = ("57P", "08", "28", "3D")
#: SQLite's file is damaged, or is none (SQLITE_CORRUPT, SQLITE_NOTADB).
_DAMAGED = frozenset({11, 26})


class Collided(EngineUnavailable):
    """The engine took the transaction back for the sake of another one; done again it would work."""

    def __init__(self) -> None:
        super().__init__("Too many changes at once. Nothing was done; please try again.")


class Full(EngineUnavailable):
    """The engine lives and takes no more: no connection, no disk, no writes."""

    def __init__(self) -> None:
        super().__init__(AWAY)


@contextmanager
def reaching() -> Iterator[None]:
    """Around a call of the engine, and nothing else.

    Raises Collided when another transaction was preferred, Full when there is no room, EngineUnavailable when the
    engine is gone.
    """
    try:
        yield
    except _LOST as lost:
        raise EngineUnavailable(AWAY) from lost
    except DBAPIError as error:
        state = str(getattr(error.orig, "sqlstate", None) or "")
        if state in _COLLIDED:
            raise Collided from error
        if state.startswith(_FULL) or state == _READ_ONLY:
            raise Full from error
        damaged = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in _DAMAGED
        if not (damaged or state.startswith(_AWAY) or error.connection_invalidated):
            raise
        raise EngineUnavailable(AWAY) from error
