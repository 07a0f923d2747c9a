"""aiogram's errors as ours. Theirs hold what was sent and to whom, so they end here: never chained, never logged."""

from __future__ import annotations

from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiohttp import ClientError, ClientResponseError

from bot.service.delivery_errors import BotRejected, DeliveryError, Refused, RetryLater, TooBig, Unreachable

OUTSIDE = (AiogramError, ClientError, TimeoutError, OSError)
"""Everything a call to the Bot API may raise."""
_NO_CHAT = ("chat not found", "peer_id_invalid", "user not found", "user is deactivated", "group chat was deactivated")
_NO_MESSAGE = ("message to delete not found", "message not found", "message_id_invalid")
_NO_FILE = range(400, 429)
"""Answers to the fetching of a file that another try would not change."""
_OTHER_READER_WAIT = 30
"""Seconds to wait while another program reads the same bot's updates."""


class Absent(Refused):
    """The message that a call is about is not there, or not any more."""


def translated(error: BaseException) -> DeliveryError:
    """Our error for one of `OUTSIDE`."""
    match error:
        case TelegramRetryAfter():
            return RetryLater(error.retry_after)
        case TelegramForbiddenError() | TelegramMigrateToChat():
            return Unreachable()
        case TelegramUnauthorizedError() | TelegramNotFound():
            return BotRejected()
        case TelegramBadRequest():
            return _bad_request(error.message.lower())
        case TelegramEntityTooLarge():
            return Refused()
        case TelegramConflictError():
            return RetryLater(_OTHER_READER_WAIT)
        case ClientResponseError() if error.status in _NO_FILE:
            return Refused()
        case _:
            return RetryLater()


def _bad_request(said: str) -> DeliveryError:
    if any(words in said for words in _NO_CHAT):
        return Unreachable()
    if any(words in said for words in _NO_MESSAGE):
        return Absent()
    return TooBig() if "file is too big" in said else Refused()
