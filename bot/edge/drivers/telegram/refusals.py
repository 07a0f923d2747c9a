"""What the Bot API says with a refusal, and which of our errors it means: the same for every library that calls it."""

from __future__ import annotations

from bot.service.delivery_errors import DeliveryError, Refused, TooBig, Unreachable

NO_FILE = range(400, 429)
"""Answers to the fetching of a file that another try would not change."""
OTHER_READER_WAIT = 30
"""Seconds to wait while another program reads the same bot's updates."""
_NO_CHAT = ("chat not found", "peer_id_invalid", "user not found", "user is deactivated", "group chat was deactivated")
_NO_MESSAGE = ("message to delete not found", "message not found", "message_id_invalid")


class Absent(Refused):
    """The message that a call is about is not there, or not any more."""


def refusal(said: str) -> DeliveryError:
    """What a bad request means, by the server's words for it."""
    said = said.lower()
    if any(words in said for words in _NO_CHAT):
        return Unreachable()
    if any(words in said for words in _NO_MESSAGE):
        return Absent()
    return TooBig() if "file is too big" in said else Refused()
