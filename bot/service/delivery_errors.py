"""How talking to a messenger fails. Strings are fixed: never an address, a chat, a token or a person's words."""

from __future__ import annotations

from bot.service.errors import HopthuError, OutsideFailed


class DeliveryError(HopthuError):
    """Base of what a driver raises on purpose."""


class RetryLater(DeliveryError, OutsideFailed):
    """Not done; the same call may work later. `seconds`: what the messenger asked to wait, None if it did not say."""

    def __init__(self, seconds: int | None = None) -> None:
        super().__init__("the messenger cannot be reached or asks to wait")
        self.seconds = seconds


class Unreachable(DeliveryError):
    """The chat is gone: the bot was blocked, removed, or the account closed. Give up and forget the chat."""

    def __init__(self) -> None:
        super().__init__("the chat is gone or has blocked the bot")


class Refused(DeliveryError):
    """The messenger will never take this message or give this file. Give it up."""

    def __init__(self) -> None:
        super().__init__("the messenger refused this for good")


class TooBig(DeliveryError):
    """A file is larger than the messenger or the box takes."""

    def __init__(self) -> None:
        super().__init__("the file is larger than what is taken here")


class BotRejected(RetryLater):
    """The messenger does not know this bot: check its token and the address of the Bot API. Nothing is lost by it."""

    def __init__(self) -> None:
        super().__init__()
        self.args = ("the messenger does not know this bot; check its token and the API address",)
