"""Where to write to, as it lies sealed for longer than an epoch: in a drawer, or under the subscriptions' subkey."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from handlers.values import Language
from storage.repositories.outbox import Driver

VERSION = 1
KEPT_SECONDS = 30 * 24 * 3600
"""How long a reply address and a button are kept (DESIGN rule 3)."""


@dataclass(frozen=True, slots=True)
class Address:
    """A chat of one bot, who delivers to it, and the language it is told in where no conversation says it.

    `deletes`: messages can be deleted from it again.
    """

    bot: str
    driver: Driver
    chat: str
    language: Language = "vi"
    deletes: bool = False

    def encode(self) -> bytes:
        """Plain bytes for sealing."""
        return _written({"b": self.bot, "d": self.driver, "c": self.chat, "l": self.language})

    @classmethod
    def decode(cls, plain: bytes) -> Address | None:
        """The address again; None for a version that is not known here."""
        found = _read(plain)
        return None if found is None else _address(found)

    def is_chat(self, bot: str, chat: str) -> bool:
        """True for an address of this chat."""
        return (self.bot, self.chat) == (bot, chat)

    @property
    def name(self) -> bytes:
        """The chat as a key is bound to it."""
        return f"{len(self.bot)}:{self.bot}{self.chat}".encode()


@dataclass(frozen=True, slots=True)
class KeptAddress:
    """An address with what it is kept for.

    `tip` is empty for a button; `asked` and `until` are UTC seconds: news from before are known to who asked.
    """

    address: Address
    tip: bytes
    asked: int
    until: int

    def encode(self) -> bytes:
        """Plain bytes for sealing."""
        beside = {"t": self.tip.hex(), "a": self.asked, "u": self.until}
        address = self.address
        return _written({"b": address.bot, "d": address.driver, "c": address.chat, "l": address.language, **beside})

    @classmethod
    def decode(cls, plain: bytes) -> KeptAddress | None:
        """The address again; None for a version that is not known here."""
        found = _read(plain)
        return None if found is None else cls(_address(found), bytes.fromhex(found["t"]), found["a"], found["u"])


def _written(values: dict[str, object]) -> bytes:
    return json.dumps({"v": VERSION, **values}, ensure_ascii=False, separators=(",", ":")).encode()


def _read(plain: bytes) -> dict[str, Any] | None:
    found: dict[str, Any] = json.loads(plain)
    return found if found.get("v") == VERSION else None


def _address(found: dict[str, Any]) -> Address:
    return Address(found["b"], found["d"], found["c"], found["l"])
