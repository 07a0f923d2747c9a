"""One entry of a tip's thread: its written form, its signature, its place in the chain, its size class.

Owns the bytes of one entry. Whose key signs and whether the chain is whole is the business of tips.py.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from crypto.acts import CASES
from crypto.age import open_, parse_recipient, seal
from crypto.contents import (
    DIGEST,
    MEDIA_KINDS,
    Coordinates,
    Media,
    MediaKind,
    media_fields,
    place_fields,
    read_media,
    read_place,
)
from crypto.errors import Tampered, Unusable
from crypto.hybrid import Identity
from crypto.labels import VERSION
from crypto.signing import KEY, Signer, verify
from crypto.wire import (
    ENTRY_BUCKET,
    Fields,
    check_filling,
    encode_line,
    encode_raw,
    fill,
    signed,
    split_signed,
)

Kind = Literal["opening", "text", MediaKind, "place", "question", "answer", "state", "take", "forward", "rekey", "case"]
KINDS = get_args(Kind)
About = Literal["cat", "what", "where", "when", "who"]
"""The question that a reporter's part answers."""
ABOUTS = get_args(About)
REPORTER = "reporter"
"""`by` of whatever the reporter wrote; every other `by` is the serial of a sheet entry."""
REPORTER_KINDS = frozenset({"opening", "text", "place"}) | MEDIA_KINDS
STATES = frozenset({"received", "verify", "need", "closed"})
"""What the text of a `state` entry may be."""
TIP = 16
"""Bytes of a tip's id."""
_LABEL = b"hopthu/v1/entry\n"
_MINUTE = 60
_COMMON = ("v", "site", "tip", "seq", "prev", "kind", "by")
_OPENING = ("unit", "box", "category", "reporter", "sheet")
_OPTIONAL = dict.fromkeys(REPORTER_KINDS, "about") | {"opening": "passed", "case": "of", "rekey": "instead"}
"""The field that may be there or not, by kind."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What entry 0 says: where the tip went, and the reporter's public keys. `sheet` is the number sealed by.

    `passed`: the unit that its reporter passed over, which nobody may pass it on to.
    """

    unit: str
    box: str | None
    category: str | None
    recipient: str
    verify_key: bytes
    sheet: int
    passed: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: site, tip (16 bytes), its number, and the SHA-256 before it (see `first_prev`)."""

    site: str
    tip: bytes
    seq: int
    prev: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, read or to be written.

    A reporter's carries the ISO `day`, an officer's the second `at` rounded down to the minute. One of `text`, `media`,
    `coordinates` and `opening` is set, as `kind` says. `about`: the question that the reporter's part answers; `to`:
    the unit that has the tip from here on, beside why in `text`; `recipient`: the tip's public key from here on,
    `instead` of one that the entries from that place on were shut by;
    `case`: what was done with it, beside why or of what kind in `text`, and `of` which other tip it is a duplicate.
    """

    place: Place
    kind: Kind
    by: str
    day: str | None = None
    at: int | None = None
    text: str | None = field(default=None, repr=False)
    media: Media | None = field(default=None, repr=False)
    coordinates: Coordinates | None = field(default=None, repr=False)
    opening: Opening | None = None
    about: About | None = None
    to: str | None = None
    recipient: str | None = None
    case: str | None = None
    of: str | None = None
    instead: int | None = None


def digest(sealed: bytes) -> bytes:
    """SHA-256 of a sealed entry: the next one's `prev`."""
    return hashlib.sha256(sealed).digest()


def first_prev(tip: bytes, recipient: str) -> bytes:
    """`prev` of entry 0: SHA-256 of the tip's id and its public key."""
    return hashlib.sha256(tip + recipient.encode()).digest()


def _content_fields(entry: Entry) -> dict[str, object]:
    if entry.opening is not None:
        opening = entry.opening
        return {
            "unit": opening.unit,
            "box": opening.box,
            "category": opening.category,
            "reporter": {"recipient": opening.recipient, "verify": encode_raw(opening.verify_key)},
            "sheet": opening.sheet,
            **({} if opening.passed is None else {"passed": opening.passed}),
        }
    if entry.media is not None:
        return {"media": media_fields(entry.media)}
    if entry.coordinates is not None:
        return {"place": place_fields(entry.coordinates)}
    if entry.recipient is not None:
        return {"recipient": entry.recipient, **({} if entry.instead is None else {"instead": entry.instead})}
    if entry.case is not None:
        return {"case": entry.case, "text": entry.text, **({} if entry.of is None else {"of": entry.of})}
    return {"text": entry.text} if entry.to is None else {"to": entry.to, "text": entry.text}


def _fields(entry: Entry) -> dict[str, object]:
    place = entry.place
    when = {"day": entry.day} if entry.by == REPORTER else {"at": entry.at}
    about = {} if entry.about is None else {"about": entry.about}
    return {
        "v": VERSION,
        "site": place.site,
        "tip": encode_raw(place.tip),
        "seq": place.seq,
        "prev": encode_raw(place.prev),
        "kind": entry.kind,
        "by": entry.by,
        **when,
        **about,
        **_content_fields(entry),
    }


def seal_entry(entry: Entry, signer: Signer, recipient: str) -> bytes:
    """The entry signed and sealed to the tip's public key, filled to its size class.

    `recipient` must come from the tip's private key (`Identity.recipient`), never from a table. An officer's `at` is
    rounded down to the minute here. Raises Unusable for an entry that no reader would take.
    """
    if entry.at is not None:
        entry = replace(entry, at=entry.at - entry.at % _MINUTE)
    line = encode_line(_fields(entry))
    if _read(line) != entry:
        raise Unusable("entry: fields do not belong together")
    return seal(fill(signed(line, signer.sign(_LABEL + line)), ENTRY_BUCKET), [recipient])


@dataclass(frozen=True, slots=True)
class OpenedEntry:
    """An entry opened but not yet verified: whose key must have signed is for the caller to say."""

    entry: Entry
    line: bytes
    signature: bytes

    def verified(self, verify_key: bytes | None) -> Entry:
        """The entry. Raises Tampered unless `verify_key` signed it."""
        if verify_key is None or not verify(verify_key, self.signature, _LABEL + self.line):
            raise Tampered("entry: signature")
        return self.entry


def open_entry(sealed: bytes, identity: Identity) -> OpenedEntry | None:
    """The entry; None where it is not addressed to this tip's key. Raises Unusable where it is broken."""
    plain = open_(sealed, identity)
    if plain is None:
        return None
    line, signature, filling = split_signed(plain)
    check_filling(filling, len(plain), ENTRY_BUCKET)
    return OpenedEntry(_read(line), line, signature)


def _read_kind(fields: Fields) -> Kind:
    kind = fields.text("kind")
    found = next((known for known in KINDS if known == kind), None)
    if found is None:
        raise Unusable("entry: unknown kind")
    return found  # type: ignore[no-any-return]  # KINDS is untyped; the loop compared it with Kind's own words


def _read_about(fields: Fields) -> About | None:
    """The question; one that is not known here is passed over."""
    about = fields.text("about")
    return next((known for known in ABOUTS if known == about), None)


def _read_opening(fields: Fields) -> Opening:
    reporter = fields.part("reporter")
    reporter.expect(("recipient", "verify"))
    parse_recipient(reporter.text("recipient"))
    return Opening(
        unit=fields.text("unit"),
        box=fields.maybe_text("box"),
        category=fields.maybe_text("category"),
        recipient=reporter.text("recipient"),
        verify_key=reporter.raw("verify", KEY),
        sheet=fields.number("sheet"),
        passed=fields.shown("passed") if fields.has("passed") else None,
    )


def _content_names(kind: Kind) -> tuple[str, ...]:
    if kind == "opening":
        return _OPENING
    if kind in MEDIA_KINDS:
        return ("media",)
    if kind == "forward":
        return ("to", "text")
    if kind == "rekey":
        return ("recipient",)
    if kind == "case":
        return ("case", "text")
    return ("place",) if kind == "place" else ("text",)


def _read(line: bytes) -> Entry:
    fields = Fields.parse(line)
    kind, by = _read_kind(fields), fields.text("by")
    if not by or (by == REPORTER) != (kind in REPORTER_KINDS):
        raise Unusable("entry: not this author's kind")
    optional = _OPTIONAL.get(kind, "")
    tag = (optional,) if optional and fields.has(optional) else ()
    fields.expect((*_COMMON, "day" if by == REPORTER else "at", *tag, *_content_names(kind)))
    entry = Entry(
        place=Place(fields.text("site"), fields.raw("tip", TIP), fields.number("seq"), fields.raw("prev", DIGEST)),
        kind=kind,
        by=by,
        day=fields.day("day") if by == REPORTER else None,
        at=None if by == REPORTER else fields.number("at"),
        text=fields.text("text") if "text" in _content_names(kind) else None,
        media=read_media(fields.part("media"), kind) if kind in MEDIA_KINDS else None,
        coordinates=read_place(fields.part("place")) if kind == "place" else None,
        opening=_read_opening(fields) if kind == "opening" else None,
        about=_read_about(fields) if "about" in tag else None,
        to=fields.shown("to") if kind == "forward" else None,
        recipient=fields.text("recipient") if kind == "rekey" else None,
        case=fields.text("case") if kind == "case" else None,
        of=fields.shown("of") if "of" in tag else None,
        instead=fields.number("instead") if "instead" in tag else None,
    )
    _check(entry)
    return entry


def _check(entry: Entry) -> None:
    if (entry.kind == "opening") != (entry.place.seq == 0):
        raise Unusable("entry: opening out of place")
    if entry.at is not None and entry.at % _MINUTE:
        raise Unusable("entry: not a whole minute")
    if entry.to == "" or (entry.opening is not None and entry.opening.passed == ""):
        raise Unusable("entry: a unit without a code")
    if entry.recipient is not None:
        parse_recipient(entry.recipient)
    if entry.instead is not None and not 0 < entry.instead < entry.place.seq:
        raise Unusable("entry: in place of nothing")
    if entry.kind == "state" and entry.text not in STATES:
        raise Unusable("entry: unknown state")
    if (entry.case is not None and entry.case not in CASES) or (entry.of is not None and entry.case != "duplicate"):
        raise Unusable("entry: unknown act of a case")
