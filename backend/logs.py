"""How the product logs: one JSON line for each event, an error with its plain traceback and no values of variables."""

import logging

import structlog


def configure_logs(level: str) -> None:
    """Events of `level` (DEBUG, INFO, WARNING, ERROR) and above go to stdout."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(default=str),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping().get(level.upper(), 20)),
        cache_logger_on_first_use=True,
    )
