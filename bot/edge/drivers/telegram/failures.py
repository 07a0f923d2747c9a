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

from bot.edge.drivers.telegram.refusals import NO_FILE, OTHER_READER_WAIT, refusal
from bot.service.delivery_errors import BotRejected, DeliveryError, Refused, RetryLater, Unreachable

OUTSIDE = (AiogramError, ClientError, TimeoutError, OSError)
"""Everything a call to the Bot API may raise."""


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
            return refusal(error.message)
        case TelegramEntityTooLarge():
            return Refused()
        case TelegramConflictError():
            return RetryLater(OTHER_READER_WAIT)
        case ClientResponseError() if error.status in NO_FILE:
            return Refused()
        case _:
            return RetryLater()
