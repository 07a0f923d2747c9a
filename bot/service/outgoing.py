"""The sealed content of an outbox row: where to, what to show, and what a page draws beside it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal

from bot.service.errors import OurFault
from bot.service.texts import Shown, ShownChoice, ShownOpener
from handlers.conversation import Conversation
from handlers.values import Language
from storage.repositories.outbox import Driver

VERSION = 1
Stands = Literal["", "talk", "receipt", "button"]
"""What a message that stands in a chat is remembered as: not at all, part of a talk, a receipt, a kept button."""


def driver_of(channel: str) -> Driver:
    """The outbox's word for who delivers on a channel.

    Raises:
        OurFault: a driver nobody delivers for.
    """
    if channel in ("web", "tor"):
        return "web"
    if channel == "telegram":
        return "telegram"
    raise OurFault("an arrival came from a driver nobody delivers for")


@dataclass(frozen=True, slots=True)
class DraftView:
    """The unsent draft beside a message: its part ids and whether it is marked urgent."""

    parts: tuple[str, ...]
    urgent: bool


ErrandAct = Literal["subscribe", "stop", "tell", "tell-no-more", "keep", "forget"]


@dataclass(frozen=True, slots=True)
class Errand:
    """What must be done for this chat before the message is shown, so that what it says is true.

    It concerns what is kept for longer than an epoch, and is never part of the step that wished it. `tip`, `token`,
    `lookup` and `seed` in hex, where the act needs them.
    """

    act: ErrandAct
    tip: str = ""
    token: str = ""
    lookup: str = ""
    seed: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Messages of a chat from number `first` to number `last`: those that tell a receipt, or all the others."""

    first: int
    last: int
    receipt: bool = False


@dataclass(frozen=True, slots=True)
class Clearing:
    """Messages to delete from the chat that bot `bot` knows."""

    bot: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to one chat, as it lies sealed in the outbox. `leave` asks the driver to leave the group after.

    With `clear` it is no message but asks to delete some; then `shown` is said if any of them cannot be.
    A message without lines is an errand alone. `notice`: this is the ordinary notice, for these rows (a letter and
    their keys in hex); if none of them is left when it is sent, it is not.
    """

    chat: str
    shown: Shown
    state: str
    draft: DraftView | None = None
    leave: bool = False
    language: Language = "vi"
    stands: Stands = "talk"
    clear: Clearing | None = None
    bot: str = ""
    errands: tuple[Errand, ...] = ()
    notice: tuple[str, ...] = ()

    def encode(self) -> bytes:
        """Plain bytes for sealing."""
        shown, draft, clear = self.shown, self.draft, self.clear
        written = {
            "v": VERSION,
            "chat": self.chat,
            "shown": {
                "lines": shown.lines,
                "choices": [{"number": one.number, "label": one.label, "act": one.act} for one in shown.choices],
                "serial": shown.serial,
                "kind": shown.kind,
                "copy": shown.copy,
                "opener": None if shown.opener is None else asdict(shown.opener),
            },
            "state": self.state,
            "draft": None if draft is None else {"parts": draft.parts, "urgent": draft.urgent},
            "leave": self.leave,
            "language": self.language,
            "stands": self.stands,
            "clear": None if clear is None else asdict(clear),
            "bot": self.bot,
            "errands": [asdict(errand) for errand in self.errands],
            "notice": self.notice,
        }
        return json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def decode(cls, plain: bytes) -> Outgoing | None:
        """The message in `plain`; None if it was written by a version that is not known here."""
        found = json.loads(plain)
        if found.pop("v", None) != VERSION:
            return None
        shown, draft, clear = found["shown"], found["draft"], found.get("clear")
        opener = ShownOpener(**shown["opener"]) if shown.get("opener") else None
        choices = tuple(ShownChoice(**choice) for choice in shown["choices"])
        return cls(
            chat=found["chat"],
            shown=Shown(tuple(shown["lines"]), choices, shown["serial"], shown["kind"], shown.get("copy", ""), opener),
            state=found["state"],
            draft=DraftView(tuple(draft["parts"]), draft["urgent"]) if draft else None,
            leave=found["leave"],
            language=found.get("language", "vi"),
            stands=found.get("stands", "talk"),
            clear=Clearing(clear["bot"], tuple(Span(**span) for span in clear["spans"])) if clear else None,
            bot=found.get("bot", ""),
            errands=tuple(Errand(**errand) for errand in found.get("errands", ())),
            notice=tuple(found.get("notice", ())),
        )


Told = tuple[int, Outgoing]
"""A message with its number in its lane."""


def draft_view(conversation: Conversation) -> DraftView | None:
    """What a page shows of the draft this conversation holds."""
    draft = conversation.draft
    if draft is None or not draft.parts:
        return None
    return DraftView(tuple(part.id.hex() for part in draft.parts), draft.urgent)
