"""Creates the app; opens and closes the container."""

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.gzip import GZipMiddleware

from backend.api import (
    attachments,
    auth,
    casework,
    chat,
    complaints,
    completions,
    conversations,
    corrections,
    handoffs,
    health,
    keys,
    knowledge,
    orders,
    privacy,
    products,
    shop,
    staff,
    unanswered,
    webhooks,
)
from backend.api.closing import Stopping
from backend.api.desk import audit, canned, cases, events, inbox, numbers, settings, trial, usage
from backend.api.docs import ABOUT, DescribedApp, add_docs
from backend.api.headers import HeadersMiddleware
from backend.api.heap import give_back
from backend.api.limits import BodyMiddleware
from backend.api.metrics import watch_engines
from backend.api.pages import add_pages
from backend.api.problems import PROBLEMS, add_problem_handlers
from backend.api.rates import RatesMiddleware
from backend.api.request_ids import RequestIdMiddleware
from backend.container import open_container
from backend.logs import configure_logs
from backend.settings import ROOT, Settings, load_settings

_SHOP = (chat, completions, shop, products, orders, complaints, attachments, knowledge, auth, privacy)
_DESK = (staff, corrections, handoffs, conversations, casework, keys, unanswered, webhooks)
_SCREENS = (inbox, cases, canned, events, numbers, settings, audit, usage, trial)
PAGES = ROOT / "frontend" / "out"


#: New objects between two looks for cycles. Turns that are under way are looked through each time and are no garbage.
_YOUNG = 7_000


def _settle() -> None:
    """What the start left behind goes back to the system, what it loaded is left out of later collections."""
    gc.collect()
    gc.freeze()
    give_back()


def _operation(route: APIRoute) -> str:
    """What generated clients call it: chat_stream, orders_order."""
    return f"{route.endpoint.__module__.rpartition('.')[2]}_{route.name}"


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application; nothing is opened before it starts."""
    chosen = settings or load_settings()
    level = logging.getLevelNamesMapping()[chosen.log_level]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(level))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        configure_logs(chosen.log_level)
        app.state.container = await open_container(chosen)
        watch_engines(app.state.container.outages)
        try:
            await app.state.container.warm_up()
            _settle()
            app.state.container.start()
            app.state.stopping = Stopping(chosen.drain_seconds, app.state.container.live.end)
            with app.state.stopping.heard():
                yield
        finally:
            await app.state.container.close()

    app = DescribedApp(
        title="Support desk",
        version="1",
        summary="Support for online shops",
        description=ABOUT,
        lifespan=lifespan,
        responses=PROBLEMS,
        generate_unique_id_function=_operation,
        docs_url=None,  # FastAPI's own pages load scripts from elsewhere
        redoc_url=None,
    )
    for router in (*_SHOP, *_DESK, *_SCREENS, health):
        app.include_router(router.router)
    add_docs(app)
    add_problem_handlers(app)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(BodyMiddleware, max_body_bytes=chosen.max_body_bytes)
    app.add_middleware(RatesMiddleware)
    app.add_middleware(HeadersMiddleware, secure=chosen.address.startswith("https://"))
    app.add_middleware(RequestIdMiddleware)
    add_pages(app, PAGES)
    return app
