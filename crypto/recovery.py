"""What travels between the console and the offline machine when a unit's recovery shares are used.

There: the tips' keys as sealed to the recovery identity. Back: the same keys sealed to the readers of the newest sheet.
Owns both files and the opening in between; opens grants alone, never an entry. No clock is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from crypto.entries import TIP
from crypto.errors import Unusable
from crypto.grants import LARGEST, RECOVERY, grants_digest, open_grant, seal_grant
from crypto.hybrid import Identity
from crypto.labels import VERSION
from crypto.sheets import Officer, Sheet
from crypto.wire import Fields, decode_raw, encode_line, encode_raw

MOST_TIPS = 200_000
"""Tips of one file: more than a unit has in decades."""
DIGEST = 32
_ASKED, _GIVEN = "hopthu-recovery", "hopthu-recovered"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be opened with the shares: each tip's grant to the unit's recovery identity."""

    site: str
    unit: str
    grants: Mapping[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Given:
    """What came of it: each tip's grants by officer's serial. `recovery`: SHA-256 of the recipient that was used."""

    site: str
    unit: str
    recovery: bytes
    grants: Mapping[bytes, Mapping[str, bytes]]


def recipient_digest(recipient: str) -> bytes:
    """How a recovery recipient is named where its 1,959 letters would be too long: SHA-256 of them."""
    return hashlib.sha256(recipient.encode()).digest()


def rewrap(asked: Asked, identity: Identity, sheet: Sheet, at: int) -> Iterator[tuple[bytes, dict[str, bytes] | None]]:
    """Each tip with its key sealed to everybody who reads by this sheet at this UTC second.

    None where the grant is not addressed to this identity, or says something else than that it is the unit's.
    """
    readers = sheet.readers(at)
    for tip, sealed in asked.grants.items():
        key = _opened(sealed, identity, sheet, tip)
        yield tip, None if key is None else {one.serial: _sealed(key, one, sheet, tip) for one in readers}


def _sealed(key: Identity, reader: Officer, sheet: Sheet, tip: bytes) -> bytes:
    said = {"officer": reader.officer, "serial": reader.serial, "by": RECOVERY}
    return seal_grant(key, reader.recipient, site=sheet.site, tip=tip, unit=sheet.unit, **said)


def _opened(sealed: bytes, identity: Identity, sheet: Sheet, tip: bytes) -> Identity | None:
    try:
        return open_grant(
            sealed,
            identity,
            site=sheet.site,
            tip=tip,
            unit=sheet.unit,
            officer=RECOVERY,
            serial=RECOVERY,
            goes_on_for=sheet.goes_on_for,
        )
    except Unusable:
        return None


def recovered_digest(grants: Mapping[bytes, Mapping[str, bytes]]) -> bytes:
    """What the act names grants of many tips by: SHA-256 over each tip's id and the digest of its grants, by id."""
    parts = (tip + grants_digest(each) for tip, each in sorted(grants.items()))
    return hashlib.sha256(b"".join(parts)).digest()


def write_asked(asked: Asked) -> Iterator[bytes]:
    """The file for the offline machine, line by line."""
    head = {"v": VERSION, "kind": _ASKED, "site": asked.site, "unit": asked.unit, "tips": len(asked.grants)}
    yield encode_line(head) + b"\n"
    for tip, sealed in asked.grants.items():
        yield encode_line({"v": VERSION, "tip": encode_raw(tip), "grant": encode_raw(sealed)}) + b"\n"


def read_asked(body: bytes) -> Asked:
    """The file from the console. Raises Unusable for anything else, cut short or too long."""
    head, rest = _head(body, _ASKED, ("site", "unit"))
    grants = {fields.raw("tip", TIP): _grant(fields.text("grant")) for fields in _lines(rest, ("tip", "grant"))}
    if not len(grants) == len(rest) == head.number("tips"):
        raise Unusable("recovery: tips")
    return Asked(head.shown("site"), head.shown("unit"), grants)


def write_given(given: Given) -> Iterator[bytes]:
    """The file for the console, line by line."""
    yield (
        encode_line(
            {
                "v": VERSION,
                "kind": _GIVEN,
                "site": given.site,
                "unit": given.unit,
                "recovery": encode_raw(given.recovery),
                "tips": len(given.grants),
            }
        )
        + b"\n"
    )
    for tip, grants in given.grants.items():
        sealed = {serial: encode_raw(one) for serial, one in grants.items()}
        yield encode_line({"v": VERSION, "tip": encode_raw(tip), "grants": sealed}) + b"\n"


def read_given(body: bytes) -> Given:
    """The file from the offline machine. Raises Unusable for anything else, cut short or too long."""
    head, rest = _head(body, _GIVEN, ("site", "unit", "recovery"))
    grants: dict[bytes, dict[str, bytes]] = {}
    for fields in _lines(rest, ("tip", "grants")):
        each = fields.part("grants")
        grants[fields.raw("tip", TIP)] = {serial: _grant(each.text(serial)) for serial in each.names}
    if not len(grants) == len(rest) == head.number("tips"):
        raise Unusable("recovery: tips")
    return Given(head.shown("site"), head.shown("unit"), head.raw("recovery", DIGEST), grants)


def _head(body: bytes, kind: str, names: tuple[str, ...]) -> tuple[Fields, list[bytes]]:
    first, *rest = body.split(b"\n", MOST_TIPS + 2)
    fields = Fields.parse(first)
    fields.expect(("v", "kind", *names, "tips"))
    if fields.text("kind") != kind or not rest or rest.pop() or len(rest) > MOST_TIPS:
        raise Unusable("recovery: another file, or cut short")
    return fields, rest


def _lines(lines: Iterable[bytes], names: tuple[str, ...]) -> Iterator[Fields]:
    for line in lines:
        fields = Fields.parse(line)
        fields.expect(("v", *names))
        yield fields


def _grant(text: str) -> bytes:
    if len(text) > LARGEST * 4 // 3 + 4:
        raise Unusable("recovery: grant")
    return decode_raw(text)
