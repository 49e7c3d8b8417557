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
#: … it is starting up, shutting down or full, the connection broke (the same appendix, classes 57P, 53 and 08).
_AWAY_CLASSES = ("57P", "53", "08")


class Collided(EngineUnavailable):
    """The engine took the transaction back for the sake of another one; done again it would work."""

    def __init__(self) -> None:
        super().__init__("Too many changes at once. Nothing was done; please try again.")


@contextmanager
def reaching() -> Iterator[None]:
    """Around a call of the engine, and nothing else.

    Raises Collided when another transaction was preferred, EngineUnavailable when the engine is gone.
    """
    try:
        yield
    except _LOST as lost:
        raise EngineUnavailable(AWAY) from lost
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) in _COLLIDED:
            raise Collided from error
        gone = str(getattr(error.orig, "sqlstate", None) or "").startswith(_AWAY_CLASSES)
        if not (gone or error.connection_invalidated):
            raise
        raise EngineUnavailable(AWAY) from error
