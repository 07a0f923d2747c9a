"""What the chats of a fake messenger hold, by the ids of their messages, and what can be deleted from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(frozen=True)
class Button:
    """A button under a message: what pressing it sends, or what it copies."""

    label: str
    press: str
    copies: str = ""

    @classmethod
    def of(cls, raw: dict[str, Any]) -> Self:
        """The button in one of a keyboard's rows."""
        return cls(raw["text"], raw.get("callback_data", ""), raw.get("copy_text", {}).get("text", ""))


@dataclass(frozen=True)
class Sent:
    """A message the bot sent, with the buttons under it."""

    chat: str
    text: str
    buttons: tuple[Button, ...]
    raw: dict[str, Any] = field(repr=False, compare=False)


class FakeChats:
    """Messages of both sides that stand in chats. Those in `stuck` cannot be deleted: too old, say."""

    def __init__(self) -> None:
        self.stuck: set[int] = set()
        self._held: dict[str, dict[int, str]] = defaultdict(dict)

    def take(self, message: Any) -> None:
        """A person's message stands in its chat, if it is one at all."""
        chat = message.get("chat") if isinstance(message, dict) else None
        if isinstance(chat, dict) and "message_id" in message:
            self.stand(str(chat.get("id")), message["message_id"], message.get("text", "[photo]"))

    def stand(self, chat: str, number: int, text: str) -> None:
        """A message was written in a chat, or written anew."""
        self._held[chat][number] = text

    def texts(self, chat: int | str) -> list[str]:
        """What stands in a chat, oldest first."""
        return [text for _, text in sorted(self._held[str(chat)].items())]

    def holds(self, chat: str, number: int) -> bool:
        return number in self._held[chat]

    def delete(self, chat: str, numbers: Sequence[int]) -> bool:
        """Delete what can be; False if something of it stays."""
        for number in set(numbers) - self.stuck:
            self._held[chat].pop(number, None)
        return not any(self.holds(chat, number) for number in numbers)
