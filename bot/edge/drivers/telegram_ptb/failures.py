"""Errors of python-telegram-bot as ours. Theirs may hold what was sent, so they end here: never chained or logged."""

from __future__ import annotations

from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, TelegramError

from bot.edge.drivers.telegram.refusals import NO_FILE, OTHER_READER_WAIT, refusal
from bot.service.delivery_errors import BotRejected, DeliveryError, Refused, RetryLater, Unreachable

OUTSIDE = (TelegramError, TimeoutError, OSError)
"""Everything a call to the Bot API may raise."""


class AskedToWait(TelegramError):
    """The server asks to wait. The library's own error for it warns of its own field."""

    def __init__(self, seconds: int) -> None:
        super().__init__("asked to wait")
        self.seconds = seconds


class NotFetched(TelegramError):
    """A file was not handed out; `status` is HTTP's."""

    def __init__(self, status: int) -> None:
        super().__init__("not fetched")
        self.status = status


def translated(error: BaseException) -> DeliveryError:
    """Our error for one of `OUTSIDE`."""
    match error:
        case AskedToWait():
            return RetryLater(error.seconds)
        case Forbidden():
            return Unreachable()
        case InvalidToken():
            return BotRejected()
        case BadRequest():
            return refusal(error.message)
        case Conflict():
            return RetryLater(OTHER_READER_WAIT)
        case NotFetched() if error.status in NO_FILE:
            return Refused()
        case _:
            return RetryLater()
