"""Logs that a person can read and that hold nothing: events by name, numbers and fixed words, never what came in.

Owns the redaction, of whatever reaches standard error: our events, messages of foreign libraries, warnings of Python's,
and exceptions nobody caught. An exception is written by its type alone. A foreign message is written by its template
where it has one; one that comes in a piece may have been put together of anything, and only its place is written.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
import warnings
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

SHOWN = frozenset(
    {"event", "level", "timestamp", "logger", "driver", "attempts", "count", "role", "port", "host", "error"}
)
"""Fields that may be written; every other one is dropped."""
QUIET = ("httpx", "httpcore", "aiogram", "aiogram.event", "aiohttp", "telegram", "apscheduler", "sqlalchemy", "alembic")
"""Loggers kept at WARNING: at INFO some of them print tokens or texts (CRYPTO "Settings …")."""
OURS = frozenset({"bot", "crypto", "handlers", "storage"})
"""Packages whose messages are fixed strings: a rule test reads every one of them."""


SENTENCES = {
    "checkpoint_postponed": "The database was busy: its log is emptied at the next minute.",
    "clock_believed": "The machine's clock has kept to its new time for an hour: it is the time now.",
    "clock_leapt": "The machine's clock leapt: time goes on as before until it is put right, or for an hour.",
    "conversation_unusable": "A chat's state could not be opened; that chat begins anew.",
    "endings_postponed": "The database was busy: sheets that run out are looked for tomorrow.",
    "expiry_postponed": "The database was busy: what is over goes in five minutes.",
    "forgetting_postponed": "The database was busy: old changes of the organisation go tomorrow.",
    "kept_button_unusable": "A button kept in a chat could not be opened; its owner uses the code.",
    "loop_ended": "Something that runs beside the pages failed and starts again in a moment.",
    "message_failed": "A message did not leave; it is tried again.",
    "message_given_up": "A message did not leave in all its tries and is given up.",
    "message_lost": "A message waited longer than its key lives and is gone.",
    "message_refused": "The messenger refused a message for good.",
    "message_unusable": "A waiting message could not be opened and is dropped.",
    "outbox_unavailable": "The database was busy: messages wait a moment.",
    "reply_address_unusable": "An address for replies could not be opened; nobody is told through it.",
    "scatter_postponed": "The database was busy: rows that stay are written anew in six hours.",
    "sheets_end_soon": "Units' sheets of keys run out within two weeks: hopthu doctor names them.",
    "sheets_have_ended": "Units' sheets of keys have run out: hopthu doctor names them.",
    "silence_postponed": "The database was busy: what silence ends is ended in a minute.",
    "subscription_unusable": "A subscription could not be opened; nobody is told through it.",
    "sweep_postponed": "The store was busy: left-over attachments go in six hours.",
    "telegram_does_not_know_this_bot": "Telegram does not know this bot: its token is wrong or was revoked.",
    "thread_does_not_match_its_check_marks": "A thread does not match its check marks: somebody wrote to the database.",
}
"""What events mean, for who reads the log. One without a sentence is written as its words."""


def speak(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The event as a sentence, its name behind it."""
    name = str(event.get("event", ""))
    said = SENTENCES.get(name)
    event["event"] = f"{said} [{name}]" if said else name.replace("_", " ")
    return event


def redact(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keep the fields of `SHOWN`; an exception becomes its type's name."""
    error = event.pop("exc_info", None)
    if error:
        error = sys.exc_info() if error is True else error
        kind = error[0] if isinstance(error, tuple) else type(error)
        event["error"] = getattr(kind, "__name__", "error")
    return {name: value for name, value in event.items() if name in SHOWN}


class TemplateFormatter(logging.Formatter):
    """A record's template and its exception's type: no argument, no traceback, no message of an exception."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        kind = f" ({record.exc_info[0].__name__})" if record.exc_info and record.exc_info[0] else ""
        return f"{record.levelname.lower():8} {record.name}: {_template(record)}{kind}"


def _template(record: logging.LogRecord) -> str:
    if not isinstance(record.msg, str):
        return type(record.msg).__name__
    if record.args or record.name.partition(".")[0] in OURS:
        return next(iter(record.msg.splitlines()), "")
    return f"{record.module}, line {record.lineno}"


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
            speak,
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    warnings.showwarning = _warned
    sys.excepthook = _uncaught
    threading.excepthook = lambda found: _uncaught(found.exc_type, found.exc_value, found.exc_traceback)
    sys.unraisablehook = lambda found: _uncaught(found.exc_type, found.exc_value, found.exc_traceback)


def _warned(*said: object, **_: object) -> None:
    """In place of Python's own, which prints the warning's words and the line of code."""
    _words, category, filename, line, *_rest = said
    sys.stderr.write(f"{getattr(category, '__name__', 'warning')} in {filename}, line {line}\n")


def _uncaught(kind: type[BaseException], _: BaseException | None, trace: TracebackType | None) -> None:
    """In place of Python's own, which prints the exception's words."""
    place = traceback.extract_tb(trace)[-1:] if trace else []
    where = f"{place[0].filename}, line {place[0].lineno}" if place else "an unknown place"
    sys.stderr.write(f"ended by {kind.__name__} in {where}\n")
