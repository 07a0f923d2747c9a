"""Telegram updates as arrivals. Pure translation of one raw update at a time; never raises, drops all identity.

Private chats alone are read. Of a group or channel nothing is read but that it is one.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.edge.drivers.firsts import Firsts
from bot.edge.drivers.loose import Json, branch, has_branch, whole, words
from bot.edge.drivers.telegram.contents import Download, read_edit, read_message, read_press
from bot.service.arrivals import Arrival, Content, Gone, Group, Sticker
from handlers.values import Channel

WANTED = ("message", "edited_message", "callback_query", "my_chat_member", "message_reaction", "channel_post")
"""Kinds of update asked of the Bot API."""
_THOUSANDTHS = 10**11
"""No second of ours is that late: it is the year 5138."""
_WRITTEN = ("message", "edited_message")
"""Those that are a message of the person's own."""
_OUT = ("left", "kicked")


def update_id(raw: Json) -> int | None:
    """The number of an update, None if it has none."""
    return whole(raw, "update_id")


def callback_id(raw: Json) -> str | None:
    """Id of the button press that waits for an answer, if the update is one."""
    return words(branch(raw, "callback_query"), "id") or None


class UpdateReader:
    """Turns raw updates into arrivals. `link` is where the private chat is, as shown to groups."""

    def __init__(self, bot: str, channel: Channel, download: Download) -> None:
        self.link = ""
        self._bot = bot
        self._channel = channel
        self._download = download
        self._albums = Firsts()
        self._groups = Firsts()
        self._readers: dict[str, Callable[[int, Json], tuple[int, Content] | None]] = {
            "message": self._message,
            "edited_message": self._edit,
            "callback_query": self._press,
            "my_chat_member": self._membership,
            "message_reaction": self._reaction,
            "channel_post": self._message,
        }

    def read(self, raw: Json) -> Arrival | None:
        """The arrival in one raw update; None for what is unknown, half-empty or of no interest."""
        number = update_id(raw)
        if number is None:
            return None
        for kind, reader in self._readers.items():
            if has_branch(raw, kind):
                found = reader(number, branch(raw, kind))
                if found is None:
                    return None
                chat, content = found
                message = _own_message(branch(raw, kind)) if kind in _WRITTEN else None
                sent = _sent(branch(raw, kind))
                return Arrival(self._bot, self._channel, str(chat), str(number), content, message, sent)
        return None

    def _message(self, number: int, message: Json) -> tuple[int, Content] | None:
        chat = whole(branch(message, "chat"), "id")
        if chat is None:
            return None
        if not _private(message):
            return self._group(number, chat)
        content = read_message(message, self._download, answer=self._answered(number, chat, message))
        return (chat, content) if content else None

    def _answered(self, number: int, chat: int, message: Json) -> bool:
        album = words(message, "media_group_id") or whole(message, "media_group_id")
        return not album or self._albums.is_first(f"{chat}:{album}", number)

    def _group(self, number: int, chat: int) -> tuple[int, Content] | None:
        return (chat, Group(self.link)) if self._groups.is_first(str(chat), number) else None

    def _edit(self, _number: int, message: Json) -> tuple[int, Content] | None:
        return _with_chat(message, read_edit(message))

    def _press(self, _number: int, query: Json) -> tuple[int, Content] | None:
        content = read_press(query)
        if has_branch(query, "message"):
            return _with_chat(branch(query, "message"), content)
        # A press without its message: a private chat has the number of the person it is with.
        chat = whole(branch(query, "from"), "id")
        return (chat, content) if chat is not None and content else None

    def _reaction(self, _number: int, reaction: Json) -> tuple[int, Content] | None:
        return _with_chat(reaction, Sticker())

    def _membership(self, number: int, change: Json) -> tuple[int, Content] | None:
        chat = whole(branch(change, "chat"), "id")
        out = words(branch(change, "new_chat_member"), "status") in _OUT
        if chat is None:
            return None
        if _private(change):
            return (chat, Gone()) if out else None
        if out:
            self._groups.forget(str(chat))
            return None
        return self._group(number, chat) if has_branch(change, "new_chat_member") else None


def _sent(raw: Json) -> int | None:
    """The second a message was written or changed, also where it is told in thousandths."""
    date = whole(raw, "edit_date") or whole(raw, "date")
    if date is None:
        return None
    return date // 1000 if date >= _THOUSANDTHS else date


def _own_message(message: Json) -> str | None:
    """The id of a person's message, so that it can be deleted; of a group's nothing is kept."""
    number = whole(message, "message_id")
    return str(number) if number is not None and _private(message) else None


def _with_chat(raw: Json, content: Content | None) -> tuple[int, Content] | None:
    chat = whole(branch(raw, "chat"), "id")
    return (chat, content) if chat is not None and content and _private(raw) else None


def _private(raw: Json) -> bool:
    """True for a private chat. Where the kind is not said: groups and channels have numbers below zero."""
    chat = branch(raw, "chat")
    kind = words(chat, "type")
    return kind == "private" if kind else (whole(chat, "id") or 0) > 0
