"""What an installation holds, told in a way that two runs of the same story tell alike; and how to go back to before.

Random ids, codes and tokens differ between runs; everything a person or an officer could notice does not.
"""

from __future__ import annotations

import gc
import os
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from installation import Installation, Officer, Person
from rules.thief import Rows, all_rows
from sqlalchemy import Connection, delete, insert

from bot.edge.drivers.memory import Shown
from bot.service.arrivals import Rendered
from bot.service.chats import open_chat
from bot.service.outgoing import Outgoing
from crypto.age import Identity
from crypto.grants import open_grant
from crypto.receipts import Good, recognise, stretch
from crypto.tips import open_thread
from handlers.conversation import Conversation, Draft
from storage.sweep import sweep
from storage.tables import metadata

DAY = 24 * 3600
CODE = re.compile(r"(?:\d{4} ){5}\d{4}")
Told = dict[str, Any]


@dataclass(frozen=True)
class Snapshot:
    """Everything durable of an installation, its clock, and what its messenger was given."""

    rows: Rows
    files: dict[Path, bytes]
    now: float
    seen: int
    shown: tuple[Shown, ...]
    sent: tuple[tuple[str, Rendered], ...]


def _folders(box: Installation) -> tuple[Path, ...]:
    data = box.config.data_dir
    return data / "blobs", box.config.ephemeral, box.config.ephemeral / "drawers", data / "keys"


def _files(box: Installation) -> dict[Path, bytes]:
    folders = [folder for folder in _folders(box) if folder.exists()]
    return {path: path.read_bytes() for folder in folders for path in folder.iterdir() if path.is_file()}


async def snapshot(box: Installation, person: Person) -> Snapshot:
    rows = await box.ground.database.read(all_rows)
    return Snapshot(rows, _files(box), box.clock.now, person.seen, tuple(box.telegram.shown), tuple(box.telegram.sent))


async def go_back(box: Installation, person: Person, to: Snapshot) -> None:
    """As if nothing had happened since."""

    def work(connection: Connection) -> None:
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))
        for table in metadata.sorted_tables:
            if rows := to.rows[table.name]:
                connection.execute(insert(table), [dict(row._mapping) for row in rows])

    await box.run(work)
    for path in _files(box).keys() - to.files.keys():
        path.unlink()
    for path, content in to.files.items():
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
            path.chmod(0o600)
    box.clock.now, person.seen = to.now, to.seen
    box.telegram.shown[:], box.telegram.sent[:] = to.shown, to.sent


async def told(box: Installation, person: Person, officer: Officer) -> Told:
    """What everybody finds."""
    rows = await box.ground.database.read(all_rows)
    queued = await box.queued(person.bot, person.chat)
    return {
        "rows": {name: len(found) for name, found in rows.items() if name != "settings"},
        "chat": await _chat(box, person),
        "queued": [_said(outgoing) for _, outgoing in queued],
        "numbered": [n for n, _ in queued] == sorted({n for n, _ in queued}),
        "tips": _tips(box, officer, rows),
        "blobs": len(box.ground.blobs.names()),
        "shown": sorted((one.chat, CODE.sub("<code>", one.text)) for one in box.telegram.shown),
        "sent": sorted((chat, CODE.sub("<code>", message.full_text)) for chat, message in box.telegram.sent),
        "drawers": len(list((box.config.ephemeral / "drawers").iterdir())),
    }


async def _chat(box: Installation, person: Person) -> object:
    keys = box.ring.living(int(box.clock()))
    lanes = _Of(person)
    chat = await box.run(lambda connection: open_chat(connection, keys, lanes))  # type: ignore[arg-type] # its twin
    return _masked(chat.conversation)


class _Of:
    """As much of an arrival as opening a chat asks for."""

    def __init__(self, person: Person) -> None:
        self.bot, self.chat = person.bot, person.chat
        self.channel = person.box.telegram.channel if person.bot != "web" else person.channel  # type: ignore[attr-defined] # a page has one


def _masked(conversation: Conversation) -> object:
    """Without what is random in it."""
    c = conversation
    kept = replace(c, serial="", draft=None, parked=None, mail=None, given=None)
    return kept, _draft(c.draft), _draft(c.parked), c.mail is not None, c.given is not None


def _draft(draft: Draft | None) -> object:
    if draft is None:
        return None
    told = sorted(":".join(name.split(":")[:2]) for name in draft.told)
    parts = [(part.kind, part.about, part.agreed, part.weight) for part in draft.parts]
    return parts, draft.urgent, draft.target is not None, told, draft.category, draft.door


def _said(outgoing: Outgoing) -> object:
    shown = outgoing.shown
    lines = [CODE.sub("<code>", text) for text in shown.lines]
    errands = [errand.act for errand in outgoing.errands]
    return lines, [choice.label for choice in shown.choices], shown.kind, outgoing.state, errands


def _tips(box: Installation, officer: Officer, rows: Rows) -> list[object]:
    """Every tip as the officer's browser reads it, whether its receipt is there, and whether its attachments are."""
    found = []
    for tip in rows["tips"]:
        identity = _identity(box, officer, tip.id, rows)
        sealed = [row.sealed for row in sorted(rows["entries"], key=lambda row: row.seq) if row.tip == tip.id]
        thread = open_thread(
            sealed,
            identity,
            {officer.me.officer.serial: officer.keys.signer.verify_key}.get,
            site=box.ground.keys.site.id,
            tip=tip.id,
            unit=tip.unit_id,
        )
        blobs = [row.name for row in rows["tip_blobs"] if row.tip == tip.id]
        there = set(blobs) <= set(box.ground.blobs.names())
        named = {entry.media.blob for entry in thread.entries if entry.media is not None}
        assert named == set(blobs)
        said = [(entry.kind, entry.text, entry.day) for entry in thread.entries]
        found.append((said, tip.urgent, tip.state, tip.entries, there, _mailboxes(rows, tip.id)))
    return sorted(found, key=repr)


def _mailboxes(rows: Rows, tip: bytes) -> int:
    return sum(row.tip == tip for row in rows["mailboxes"])


def _identity(box: Installation, officer: Officer, tip: bytes, rows: Rows) -> Identity:
    me = officer.me.officer
    (grant,) = [row for row in rows["grants"] if row.tip == tip and row.recipient == me.serial]
    site = box.ground.keys.site.id
    who = {"officer": me.account, "serial": me.serial}
    identity = open_grant(grant.sealed, officer.keys.identity, site=site, tip=tip, unit=me.unit, **who)
    assert identity is not None
    return identity


async def nothing_is_left(box: Installation) -> None:
    """No place taken, no lock held, no work waiting, nothing half written; what no row names goes the next day."""
    intake, uploads = box.intake, box.intake._facts._uploads
    if intake._turns._lines:
        gc.collect()
    assert not intake._turns._lines
    assert not intake.coming._chats
    assert (uploads._pages, uploads._messengers) == (_room(64), _room(16))
    assert (uploads._small._value, uploads._large._value) == (2, 1)
    for queue in (intake._facts.lookups, intake._submissions._filing):
        assert queue._inside == 0
    assert not box.delivery._sending
    assert not list((box.config.ephemeral / "drawers").glob("*.new"))
    assert not list(box.config.ephemeral.glob("[0-9]*.[0-9a-f]" + "[0-9a-f]" * 11))


def _room(small: int) -> object:
    from bot.service.places import Room  # noqa: PLC0415 - beside the one place that asks for it

    return Room(small=small, large=16)


def watch_sends(box: Installation) -> None:
    """Whatever is sent lies in the outbox by then, committed; and a code opens a tip that is there."""
    send, read = box.telegram.send, box.ground.database.read

    async def watched(chat: str, message: Rendered) -> tuple[str, ...]:
        rows = await read(all_rows)
        assert any(row.state == "claimed" for row in rows["outbox"]), "nothing leaves before its commit"
        if message.kind == "code":
            found = recognise(message.full_text)
            assert isinstance(found, Good)
            lookup = stretch(found.code, box.ground.keys.site.salt).lookup
            assert any(row.lookup == lookup for row in rows["mailboxes"]), "a code before its tip"
        return await send(chat, message)

    box.telegram.send = watched  # type: ignore[method-assign] # on this one object


async def swept(box: Installation) -> set[str]:
    """The blobs that are there a day later, which must be the ones that rows name."""
    for name in box.ground.blobs.names():
        os.utime(Path(box.config.data_dir) / "blobs" / name, (box.clock.now, box.clock.now))
    await sweep(box.ground.database, box.ground.blobs, int(box.clock.now) + DAY + 60)
    rows = await box.ground.database.read(all_rows)
    named = {row.name for row in rows["tip_blobs"]} | {row.media for row in rows["draft_parts"] if row.media}
    left = set(box.ground.blobs.names())
    assert left == named
    return left


def more(before: list[Any], after: list[Any]) -> int | None:
    """How many things of `after` are there beyond those of `before`; None if one of those lacks."""
    wanted, found = Counter(before), Counter(after)
    return None if wanted - found else sum((found - wanted).values())
