"""Honest examples of everything that comes from outside: what is bent, and what is sent between. Words hold a mark."""

from __future__ import annotations

import string
from collections.abc import Iterator
from random import Random
from typing import Any

from fuzz.mutating import lying

Raw = dict[str, Any]

NAMES = (
    "update_id", "message", "edited_message", "callback_query", "my_chat_member", "message_reaction", "channel_post",
    "message_id", "chat", "from", "id", "type", "date", "edit_date", "text", "caption", "photo", "document", "voice",
    "audio", "video", "video_note", "animation", "file_id", "file_size", "mime_type", "duration", "width", "height",
    "media_group_id", "contact", "sticker", "location", "venue", "latitude", "longitude", "data", "new_chat_member",
    "status", "poll", "dice", "story", "checklist", "rich_message", "reply_to_message", "forward_origin", "entities",
)  # fmt: skip


def marked(luck: Random) -> str:
    """Words nobody else says, without a digit."""
    return "dauvet" + "".join(luck.choices(string.ascii_lowercase, k=18))


def updates(luck: Random, mark: str, chat: int, files: list[str]) -> Raw:
    """One honest update of any kind that the driver knows, and of some it does not."""
    head = {
        "message_id": luck.randrange(1, 10**6),
        "date": 1_795_316_827,
        "chat": {"id": chat, "type": "private", "first_name": mark, "username": mark},
        "from": {"id": chat, "is_bot": False, "first_name": mark, "language_code": "vi"},
    }
    kind = luck.choice(("message",) * 8 + ("edited_message", "callback_query", "my_chat_member", "message_reaction"))
    return {"update_id": luck.randrange(1, 2**31), kind: _event(luck, kind, head, {"mark": mark, "files": files})}


def _event(luck: Random, kind: str, head: Raw, about: dict[str, Any]) -> Raw:
    mark = about["mark"]
    match kind:
        case "callback_query":
            data = luck.choice((f"m:{luck.randbytes(4).hex()}:1", "k:" + luck.randbytes(16).hex(), mark))
            return {
                "id": str(luck.randrange(10**9)),
                "from": head["from"],
                "message": {**head, "text": mark},
                "data": data,
            }
        case "my_chat_member":
            status = luck.choice(("kicked", "member", "left"))
            place = luck.choice((head["chat"], {"id": -head["chat"]["id"], "type": "supergroup", "title": mark}))
            return {"chat": place, "from": head["from"], "date": 0, "new_chat_member": {"status": status}}
        case "message_reaction":
            return {"chat": head["chat"], "message_id": 1, "date": 0, "new_reaction": [{"type": "emoji", "emoji": "x"}]}
        case _:
            return {**head, **luck.choice(list(_contents(luck, mark, about["files"])))}


def _contents(luck: Random, mark: str, files: list[str]) -> Iterator[Raw]:
    file = {
        "file_id": luck.choice(files),
        "file_unique_id": "u",
        "file_size": 9,
        "mime_type": "text/plain",
        "duration": 3,
    }
    for text in (mark, f"Xe tải đổ rác {mark}", "1", "2", "0", "menu", "/start tdp4-nhl", "482109375562180477193068"):
        yield {"text": text}
    yield {"photo": [{**file, "width": 90, "height": 60}, {**file, "width": 1, "height": 1}], "caption": mark}
    yield {"document": {**file, "file_name": mark}, "caption": mark, "media_group_id": "7"}
    yield {"location": {"latitude": 18.5, "longitude": 105.7}}
    yield {"venue": {"location": {"latitude": 18.5, "longitude": 105.7}, "title": mark}}
    yield {"contact": {"phone_number": mark, "first_name": mark}}
    yield {"sticker": {"file_id": "s"}}
    yield {"poll": {"question": mark}}
    yield {"story": {"id": 1}, "caption": mark}
    yield {"voice": {**file, "file_size": 2_000_000_000}, "caption": mark}
    yield {"text": mark, "reply_to_message": {"text": mark}, "entities": [{"type": "bold", "offset": 0, "length": 99}]}


FRAME_NAMES = (
    "t", "id", "text", "serial", "n", "lookup", "seed", "count", "part", "latitude", "longitude", "session", "seen",
    "box", "lang", "reloaded", "open",
)  # fmt: skip


def frames(luck: Random, mark: str) -> Raw:
    """One honest frame of a page, other than its hello."""
    name, key = luck.randbytes(9).hex(), "A" * 43
    return luck.choice(
        (
            {"t": "text", "id": name, "text": mark},
            {"t": "text", "id": name, "text": luck.choice(("1", "2", "4", "0", "menu", "xóa", "quên tôi"))},
            {"t": "press", "id": name, "serial": luck.randbytes(4).hex(), "n": luck.randrange(10)},
            {"t": "code", "id": name, "lookup": key, "seed": key},
            {"t": "typo", "id": name, "count": 21},
            {"t": "drop", "id": name, "part": "A" * 22},
            {"t": "place", "id": name, "latitude": "18.5", "longitude": "105.7"},
            {"t": "ack", "n": luck.randrange(2**40)},
            {"t": "leave", "id": name},
        )
    )


def hello(session: str) -> Raw:
    return {
        "t": "hello",
        "session": session,
        "seen": 0,
        "box": "tdp4-nhl",
        "lang": "vi",
        "reloaded": False,
        "open": True,
    }


def sample(schema: Raw, document: Raw, luck: Random) -> Any:
    """Something that an OpenAPI schema allows, as short as can be."""
    if "$ref" in schema:
        return sample(lying(document, tuple(schema["$ref"].removeprefix("#/").split("/"))), document, luck)
    if "const" in schema or "enum" in schema:
        return schema.get("const", luck.choice(schema.get("enum", [None])))
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        return sample(luck.choice(choices), document, luck)
    match schema.get("type"):
        case "object":
            return {name: sample(field, document, luck) for name, field in schema.get("properties", {}).items()}
        case "array":
            return [sample(schema.get("items", {}), document, luck)]
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean" | "null" as kind:
            return True if kind == "boolean" else None
        case _:
            return luck.choice(("A" * 43, "A" * 22, "trucban1", "18118", "x" * schema.get("minLength", 1)))
