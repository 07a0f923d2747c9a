"""Officers' phones: where their notices go, under a subkey of the master key of its own.

Owns that subkey and what is stored of a code; rows and addresses are as subscriptions'. Who has the database and this
subkey knows officers' chats with the bot, and nothing of a tip.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from crypto.labels import derive
from crypto.subscriptions import AddressKey


def phones_subkey(master: bytes, site: str) -> bytes:
    """The subkey that processes without the master key hold."""
    return derive(master, site, "phones")


class PhoneKey(AddressKey):
    """The phones' subkey."""

    __slots__ = ()
    use = "phone"

    def code(self, digits: str) -> bytes:
        """The 32 bytes that are stored of a one-time code: whoever has the database alone cannot try codes out."""
        mac = HMAC(derive(self.secret, self.site, "phone-code"), SHA256())
        mac.update(digits.encode())
        return mac.finalize()
