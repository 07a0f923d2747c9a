"""Reading a backup: opened with the offline key and looked at to its last byte, before anything is done with it.

Anybody who has the public key can make a file that opens. So nothing in it is believed: whose installation it is says
the caller's authority, every sheet must be signed by it, and every member must be one we know.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.service.backup.archive import DAMAGED, Member, members
from bot.service.backup.rows import LARGEST, NAME, parse_rows
from bot.service.backup.writing import FIRST, FORM, LAST
from bot.service.errors import NotAccepted
from crypto.age import open_stream
from crypto.errors import SealError
from crypto.hybrid import Identity
from storage import copies

SMALL = 1 << 20
"""Bytes of a member that is not rows or an attachment, at most."""
KEY_FILE = re.compile(r"keys/([a-z-]+(?:\.[a-z]+)?)")
BLOB = re.compile(r"blobs/([0-9A-Za-z_-]{1,64})")
Opening = Callable[[], Iterable[bytes]]
"""Gives the sealed file's chunks from its beginning, as often as asked."""


@dataclass(slots=True)
class Content:
    """What a backup holds, all of it verified: whose it is, files of the key folder, sheets, how much of the rest."""

    site: str
    revision: str
    digest: bytes = b""
    files: dict[str, bytes] = field(default_factory=dict)
    sheets: list[bytes] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    blobs: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)


def opened(opening: Opening, identity: Identity, digest: bytes) -> Iterator[Member]:
    """The members of a backup that was verified. Nothing of them is to be used for good before this has ended.

    Raises:
        NotAccepted: it is another file than the one verified.
    """
    summed = hashlib.sha256()
    yield from _members(opening, identity, summed.update)
    if summed.digest() != digest:
        raise NotAccepted("the backup changed while it was read")


def verify(opening: Opening, identity: Identity, report: Callable[[int], None]) -> Content:
    """Everything in a backup, looked at once. `report` hears of every member's size.

    Raises:
        NotAccepted: something in it is not as `writing` makes it, is missing, or is not sealed to this key.
    """
    summed = hashlib.sha256()
    found = _members(opening, identity, summed.update)
    content, last = _first(next(found, None)), None
    for member in found:
        if last is not None:
            raise NotAccepted(DAMAGED)
        report(member.size)
        last = _look(member, content)
    _compare(content, last)
    content.digest = summed.digest()
    return content


def _members(opening: Opening, identity: Identity, update: Callable[[bytes], None]) -> Iterator[Member]:
    return members(_plain(opening, identity, update))


def _plain(opening: Opening, identity: Identity, update: Callable[[bytes], None]) -> Iterator[bytes]:
    """What was sealed. The error is turned here: the archive's pieces are read outside of any generator above."""
    try:
        for chunk in open_stream(opening(), identity):
            update(chunk)
            yield chunk
    except SealError:
        raise NotAccepted("this file is damaged, cut off, or not sealed to this key") from None


def _first(member: Member | None) -> Content:
    found = _parsed(member.whole(SMALL)) if member is not None and member.name == FIRST else {}
    match found:
        case {"v": version} if version != FORM:
            raise NotAccepted("this backup is of another version of the product")
        case {"site": str(site), "revision": str(revision)}:
            return Content(site, revision)
        case _:
            raise NotAccepted(DAMAGED)


def _look(member: Member, content: Content) -> dict[str, Any] | None:
    """Note one member; the last one's content."""
    if member.name == LAST:
        return _parsed(member.whole(SMALL))
    if rows := NAME.fullmatch(member.name):
        _look_at_rows(rows[1], parse_rows(member.whole(LARGEST)), content)
    elif key := KEY_FILE.fullmatch(member.name):
        content.files[key[1]] = member.whole(SMALL)
    elif blob := BLOB.fullmatch(member.name):
        content.blobs.add(blob[1])
        for _ in member.pieces:
            pass
    else:
        raise NotAccepted(DAMAGED)
    return None


def _look_at_rows(table: str, rows: list[dict[str, Any]], content: Content) -> None:
    if table not in copies.DURABLE:
        raise NotAccepted(DAMAGED)
    content.rows[table] = content.rows.get(table, 0) + len(rows)
    try:
        if table == "sheets":
            content.sheets += [bytes(row["body"]) for row in rows]
        if table == "tip_blobs":
            content.named |= {str(row["name"]) for row in rows}
    except (KeyError, TypeError):
        raise NotAccepted(DAMAGED) from None


def _compare(content: Content, last: dict[str, Any] | None) -> None:
    match last:
        case {"rows": dict(rows), "blobs": int(blobs), "lost": list(lost)}:
            content.lost = [str(name) for name in lost]
        case _:
            raise NotAccepted(DAMAGED)
    whole = content.named <= content.blobs | set(content.lost)
    if rows != content.rows or blobs != len(content.blobs) or not whole:
        raise NotAccepted(DAMAGED)


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError:
        raise NotAccepted(DAMAGED) from None
    return found if isinstance(found, dict) else {}
