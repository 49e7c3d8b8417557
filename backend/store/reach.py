"""Tells the loss of the records' engine from every other error."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from backend.domain.errors import EngineUnavailable

#: What the drivers raise when the server, the network or the disk is gone.
_LOST = (OperationalError, InterfaceError, PoolTimeout, OSError, TimeoutError)


@contextmanager
def reaching() -> Iterator[None]:
    """Around a call of the engine, and nothing else: raises EngineUnavailable when the engine is gone."""
    try:
        yield
    except _LOST as lost:
        raise EngineUnavailable("The shop's records cannot be reached right now.") from lost
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        raise EngineUnavailable("The shop's records cannot be reached right now.") from error
