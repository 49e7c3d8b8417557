"""How the product logs: one JSON line for each event, an error with its plain traceback, nobody's data in either."""

import logging
import traceback
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any

import structlog

from backend.domain.masking import masked, masked_value

#: Written here, never by people.
_OURS = frozenset({"timestamp", "level"})
_plain_record = logging.getLogRecordFactory()


class _Lines(structlog.PrintLogger):
    """Lines on stdout. Where they cannot be written, on a full disk, nobody is refused an answer for it."""

    def msg(self, message: str) -> None:
        with suppress(OSError):
            super().msg(message)

    log = debug = info = warn = warning = error = critical = fatal = failure = exception = msg


def configure_logs(level: str) -> None:
    """Events of `level` (DEBUG, INFO, WARNING, ERROR) and above go to stdout; other libraries' lines are masked too."""
    logging.setLogRecordFactory(_masked_record)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _mask,
            structlog.processors.JSONRenderer(default=str),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping().get(level.upper(), 20)),
        logger_factory=lambda *_: _Lines(),
        cache_logger_on_first_use=True,
    )


def _mask(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """E-mails, phones, codes, tokens and streets are covered wherever they stand."""
    return {key: value if key in _OURS else masked_value(value) for key, value in event.items()}


def _masked_record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    """A line of another library: its words and its traceback with the same covers."""
    record = _plain_record(*args, **kwargs)
    record.msg, record.args = masked(record.getMessage()), ()
    if record.exc_info and record.exc_info[1] is not None:
        record.exc_text = masked("".join(traceback.format_exception(record.exc_info[1])).rstrip())
    return record
