"""Logs that a person can read and that hold nothing: events by name, numbers and fixed words, never what came in.

Owns the redaction. A message of a foreign library is written by its template alone, an exception by its type alone.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

SHOWN = frozenset(
    {"event", "level", "timestamp", "logger", "driver", "attempts", "count", "role", "port", "host", "error"}
)
"""Fields that may be written; every other one is dropped."""
QUIET = ("httpx", "httpcore", "aiogram", "aiogram.event", "aiohttp", "telegram", "apscheduler", "sqlalchemy", "alembic")
"""Loggers kept at WARNING: at INFO some of them print tokens or texts (CRYPTO "Settings …")."""


def redact(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keep the fields of `SHOWN`; an exception becomes its type's name."""
    error = event.pop("exc_info", None)
    if error:
        kind = error[0] if isinstance(error, tuple) else type(error)
        event["error"] = getattr(kind, "__name__", "error")
    return {name: value for name, value in event.items() if name in SHOWN}


class TemplateFormatter(logging.Formatter):
    """A record's template and its exception's type: no argument, no traceback, no message of an exception."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        kind = f" ({record.exc_info[0].__name__})" if record.exc_info and record.exc_info[0] else ""
        template = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        return f"{record.levelname.lower():8} {record.name}: {template.splitlines()[0] if template else ''}{kind}"


def configure() -> None:
    """Send everything to standard error, redacted."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(TemplateFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%MZ", utc=True),
            redact,
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
