"""Subscriptions: who gets the ordinary notice, under a subkey of the master key.

Owns the row's key and the sealing of its address; must not know the master key itself. Who has the database and this
subkey knows who subscribed, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from crypto.errors import Unusable
from crypto.fixed import open_fixed, seal_fixed
from crypto.labels import derive

FORMAT = b"\x01"
ROOM = 240
"""Bytes a subscriber's address is filled to."""
_NUMBER, _KEY = 4, 32
_HEAD = len(FORMAT) + _NUMBER


def subscriptions_subkey(master: bytes, site: str) -> bytes:
    """The subkey that processes without the master key hold."""
    return derive(master, site, "subscriptions")


def number_of(sealed: bytes) -> int:
    """The number of the key that sealed this address. Raises Unusable for an unknown format."""
    if len(sealed) < _HEAD or not sealed.startswith(FORMAT):
        raise Unusable("address: unknown format")
    return int.from_bytes(sealed[len(FORMAT) : _HEAD], "big")


@dataclass(frozen=True, slots=True)
class AddressKey:
    """A subkey of the master key number `number`, for addresses of one use; `secret` is never printed."""

    use: ClassVar[str]
    """What the labels of its own keys begin with."""
    number: int
    secret: bytes = field(repr=False)
    site: str = "-"

    def __post_init__(self) -> None:
        """Refuses a key of a wrong length."""
        if len(self.secret) != _KEY or not 0 <= self.number < 1 << 8 * _NUMBER:
            raise Unusable("address: key")

    def row(self, bot: str, chat: str) -> bytes:
        """The 32 bytes under which a chat's row is stored."""
        mac = HMAC(derive(self.secret, self.site, f"{self.use}-row"), SHA256())
        for text in (bot.encode(), chat.encode()):
            mac.update(len(text).to_bytes(4, "big") + text)
        return mac.finalize()

    def seal(self, row: bytes, plain: bytes) -> bytes:
        """An address, always of one size. Raises Unusable if it does not fit."""
        return FORMAT + self._number + seal_fixed(self._key, plain, bound=row + self._number, room=ROOM)

    def open(self, row: bytes, sealed: bytes) -> bytes:
        """The reverse. Raises Unusable for another key, another row or a changed byte."""
        if number_of(sealed) != self.number:
            raise Unusable("address: another key")
        return open_fixed(self._key, sealed[_HEAD:], bound=row + self._number, room=ROOM)

    @property
    def _number(self) -> bytes:
        return self.number.to_bytes(_NUMBER, "big")

    @property
    def _key(self) -> bytes:
        return derive(self.secret, self.site, f"{self.use}-address")


class SubscriptionKey(AddressKey):
    """The subscriptions' subkey."""

    __slots__ = ()
    use = "subscription"
