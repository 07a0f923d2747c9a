"""What a thief of disks tries: every row of the database, and every key he holds on everything sealed in it."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from crypto.age import Identity, open_
from crypto.epochs import EpochKey, epoch_of
from crypto.errors import SealError
from crypto.labels import derive
from storage.tables import metadata

Rows = dict[str, list[Any]]
KEY = 32


def all_rows(connection: Connection) -> Rows:
    """Every row of every table, by the table's name."""
    return {table.name: list(connection.execute(select(table))) for table in metadata.sorted_tables}


def secrets_in(files: Iterable[Path], site: str) -> frozenset[bytes]:
    """Every 32 bytes that these files could mean: as they are, spelt out, hashed, and derived as the product does."""
    spelt: set[bytes] = set()
    for path in files:
        content = path.read_bytes()
        spelt |= {content, content.strip(), hashlib.sha256(content).digest(), content[-KEY:], content[:KEY]}
        for word in _words(content):
            spelt |= set(_decoded(word))
    found = {one if len(one) == KEY else hashlib.sha256(one).digest() for one in spelt if one}
    return frozenset(found | {derive(one, site, use) for one in found for use in ("epoch", "ephemeral")})


def _words(content: bytes) -> Iterator[str]:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return
    yield from text.split()
    try:
        parsed = json.loads(text)
    except ValueError:
        return
    if isinstance(parsed, dict):
        yield from (str(value) for value in parsed.values())


def _decoded(word: str) -> Iterator[bytes]:
    readings: tuple[Callable[[str], bytes], ...] = (
        str.encode,
        bytes.fromhex,
        lambda text: base64.b64decode(text + "=" * (-len(text) % 4), validate=True),
        lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)),
    )
    for read in readings:
        try:
            yield read(word)
        except ValueError:
            continue


@dataclass(frozen=True)
class Opened:
    """Something sealed that a thief could read."""

    table: str
    plain: bytes


def opened_by_epochs(rows: Rows, blobs: Path, secrets: Iterable[bytes], sites: Iterable[str]) -> list[Opened]:
    """What these secrets open as epoch keys of any number."""
    keys = [(secret, site) for secret in secrets for site in sites]
    return [opened for secret, site in keys for opened in _opened_by(rows, blobs, secret, site)]


def _opened_by(rows: Rows, blobs: Path, secret: bytes, site: str) -> Iterator[Opened]:
    def key(sealed: bytes) -> EpochKey:
        return EpochKey(epoch_of(sealed), 0, secret, site)

    for row in rows["conversations"]:
        yield from _try("conversations", lambda row=row: key(row.blob).open_state(row.key, row.blob))
    for row in rows["outbox"]:
        if row.blob:
            yield from _try("outbox", lambda row=row: key(row.blob).open_outgoing(row.lane, row.n, row.blob))
    for row in rows["traces"]:
        yield from _try("traces", lambda row=row: key(row.blob).open_trace(row.lane, row.id, row.blob))
    for row in rows["draft_parts"]:
        yield from _try("draft_parts", lambda row=row: key(row.blob).open_part(row.draft, row.id, row.blob))
        if row.media:
            sealed, name = (blobs / row.media).read_bytes(), bytes.fromhex(row.media)
            yield from _try("photos", lambda s=sealed, n=name: b"".join(key(s).open_part_stream(n, n, [s])))


def opened_by_identities(rows: Rows, secrets: Iterable[bytes]) -> list[Opened]:
    """What these secrets open as private keys of the age format: grants, mailboxes, entries."""
    sealed = [(name, row.sealed) for name in ("grants", "mailboxes", "entries") for row in rows[name]]
    found = []
    for secret in secrets:
        identity = Identity.from_seed(secret)
        for name, one in sealed:
            found += list(_try(name, lambda one=one, identity=identity: open_(one, identity)))
    return found


def _try(table: str, attempt: Callable[[], bytes | None]) -> Iterator[Opened]:
    try:
        plain = attempt()
    except SealError:
        return
    if plain is not None:
        yield Opened(table, plain)
