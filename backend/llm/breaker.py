"""Leaves a failing model alone for a while; with Redis all processes learn of it at once."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import structlog
from purgatory import AsyncCircuitBreakerFactory, AsyncRedisUnitOfWork
from purgatory.domain.model import OpenedState

from backend.domain.outage import Outage
from backend.domain.patience import AT_MOST, patience
from backend.llm.base import ModelUnavailable

log = structlog.get_logger()

#: After this many failures in a row the model is left alone for so many seconds.
FAILURES, SECONDS = 5, 15.0
#: What asking Redis may cost a call, and how long it is left alone once it did not answer.
_REDIS_SECONDS, _REDIS_PAUSE = 0.3, 2.0
#: Whoever stops reading has not seen the model fail.
_NO_FAILURE = (GeneratorExit,)


class Breakers:
    """One breaker per model. While Redis is away each process keeps its own."""

    def __init__(self, redis_url: str = "") -> None:
        #: what this process saw of it: on while calls are refused, until one succeeds
        self.outage = Outage("llm", SECONDS)
        #: those whose last call failed here, whatever it was: no answer, or none that can be used
        self.failing: set[str] = set()
        self._local = AsyncCircuitBreakerFactory(FAILURES, SECONDS, exclude=list(_NO_FAILURE))
        self._shared = None
        self._redis = Outage("redis", _REDIS_PAUSE)
        if redis_url:
            # the client's own clock runs on while this process is late
            most = _REDIS_SECONDS * AT_MOST
            quick = f"{redis_url}{'&' if '?' in redis_url else '?'}socket_timeout={most}&socket_connect_timeout={most}"
            self._shared = AsyncCircuitBreakerFactory(
                FAILURES, SECONDS, exclude=list(_NO_FAILURE), uow=AsyncRedisUnitOfWork(quick)
            )

    @asynccontextmanager
    async def guard(self, model: str) -> AsyncIterator[None]:
        """Counts what fails inside. Raises ModelUnavailable at once while the breaker is open."""
        failed: BaseException | None = None
        try:
            breaker, shared = await self._entered(model)
        except OpenedState as error:
            self.outage.failed()
            self.failing.add(model)
            raise ModelUnavailable("the model failed repeatedly and is left alone for a while") from error
        try:
            yield
            self.outage.answered()
            self.failing.discard(model)
        except BaseException as error:
            failed = error
            if isinstance(error, Exception):  # whoever stops reading has not seen the model fail
                self.failing.add(model)
            raise
        finally:
            await self._report(breaker, failed, shared=shared)

    async def _entered(self, model: str) -> tuple[AbstractAsyncContextManager[Any], bool]:
        """The breaker of all processes, else this one's, and whether it is the shared one. Raises OpenedState."""
        if self._shared is not None and self._redis.may_ask():
            try:
                async with patience(_REDIS_SECONDS):
                    breaker = await self._shared.get_breaker(f"llm:{model}")
                    await breaker.__aenter__()
                self._redis.answered()
                return breaker, True
            except OpenedState:
                self._redis.answered()
                raise
            except Exception as error:  # whatever Redis raises, the breaker must go on working
                self._redis.failed()
                log.warning("breaker_without_redis", reason=type(error).__name__)
        own = await self._local.get_breaker(f"llm:{model}")
        await own.__aenter__()
        return own, False

    async def _report(
        self, breaker: AbstractAsyncContextManager[Any], failed: BaseException | None, *, shared: bool
    ) -> None:
        if shared and not self._redis.may_ask():
            return
        try:
            async with patience(_REDIS_SECONDS):
                await breaker.__aexit__(
                    type(failed) if failed else None, failed, failed.__traceback__ if failed else None
                )
        except Exception as error:  # as above
            if error is not failed:
                self._redis.failed()
                log.warning("breaker_without_redis", reason=type(error).__name__)
