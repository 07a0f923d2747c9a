"""A drawer: the key of one reply address or of one button that keeps access. Destroying the key revokes the row.

Owns the subkeys and what is bound to them; must not keep a key anywhere. A key is 32 random bytes, belongs to one row,
and lies where no backup goes.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field

from crypto.errors import Unusable
from crypto.fixed import open_fixed, seal_fixed
from crypto.labels import derive

KEY = 32
TOKEN = 16
"""Bytes of a button's token."""
FORMAT = b"\x01"
"""First byte of everything sealed under a drawer key."""
ADDRESS_ROOM = 480
"""Bytes an address is filled to; an address takes about 150."""
ACCESS_ROOM = 66
"""Bytes of what a button opens: lookup id and seed of a receipt, and their length."""
_ADDRESS, _ACCESS = "drawer-address", "drawer-access"


def token_digest(token: bytes) -> bytes:
    """The 32 bytes under which a button's row is found."""
    return hashlib.sha256(token).digest()


@dataclass(frozen=True, slots=True)
class Drawer:
    """The key of the row `row` (16 bytes); `secret` is never printed."""

    row: bytes
    secret: bytes = field(repr=False)
    site: str = "-"

    def __post_init__(self) -> None:
        """Refuses a key of a wrong length."""
        if len(self.secret) != KEY:
            raise Unusable("drawer: key")

    @classmethod
    def new(cls, row: bytes, site: str = "-") -> Drawer:
        """A new drawer with a random secret."""
        return cls(row, os.urandom(KEY), site)

    def seal_address(self, plain: bytes) -> bytes:
        """Where to write to and what about, always of one size. Raises Unusable if it does not fit."""
        return FORMAT + seal_fixed(self._key(_ADDRESS), plain, bound=self.row, room=ADDRESS_ROOM)

    def open_address(self, sealed: bytes) -> bytes:
        """The reverse. Raises Unusable for another drawer or a changed byte."""
        return open_fixed(self._key(_ADDRESS), _inside(sealed), bound=self.row, room=ADDRESS_ROOM)

    def seal_access(self, token: bytes, chat: bytes, plain: bytes) -> bytes:
        """What the button with `token` opens in `chat`, always of one size."""
        return FORMAT + seal_fixed(self._bound_key(token, chat), plain, bound=self.row, room=ACCESS_ROOM)

    def open_access(self, token: bytes, chat: bytes, sealed: bytes) -> bytes:
        """The reverse. Raises Unusable for another drawer, token or chat, or a changed byte."""
        return open_fixed(self._bound_key(token, chat), _inside(sealed), bound=self.row, room=ACCESS_ROOM)

    def _key(self, use: str) -> bytes:
        return derive(self.secret, self.site, use)

    def _bound_key(self, token: bytes, chat: bytes) -> bytes:
        """HKDF(drawer key ‖ token ‖ chat): two of the three are of a fixed length."""
        if len(token) != TOKEN:
            raise Unusable("drawer: token")
        return derive(self.secret + token + chat, self.site, _ACCESS)


def _inside(sealed: bytes) -> bytes:
    if not sealed.startswith(FORMAT):
        raise Unusable("drawer: unknown format")
    return sealed[len(FORMAT) :]
