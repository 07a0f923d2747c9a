"""One record of the audit chain: its written form, and whose signature it must carry.

Owns the bytes of one record and the closed list of what a record may tell: it holds no word of anybody's, no minute,
no reporter's act. Whether records follow each other is the business of audit.py.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final, Literal

from crypto.errors import Tampered, Unusable
from crypto.labels import VERSION
from crypto.signing import Signer, verify
from crypto.wire import Fields, encode_line, encode_raw, signed, split_signed

Kind = Literal["officer", "observed"]
"""Signed by the officer's sheet key, or by the server that saw it."""
HOUR: Final = 3600
"""A record's time is a whole hour, in UTC seconds (CRYPTO "Times")."""
TIP, DIGEST = 16, 32
_KINDS: Final[dict[str, Kind]] = {"officer": "officer", "observed": "observed"}
LABELS: Final[dict[str, bytes]] = {"officer": b"hopthu/v1/act\n", "observed": b"hopthu/v1/observed\n"}
LISTS: Final = ("units", "hamlets", "boxes", "hotlines", "roster", "swaps", "holidays", "officers")
"""What is arranged of an organisation, list by list."""
CASES: Final = (
    *("received", "classified", "verifying", "investigation", "competent", "handled", "insufficient", "suspended"),
    *("duplicate", "false", "abusive", "closed", "report", "notify", "complex", "extend"),
    *("hold", "release", "settle"),
)
"""What may be done with a tip: the status it leads to, or a step within one."""
DETAILS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "officer": {
        "open": (),
        "take": ("seq", "entry"),
        "take-over": ("seq", "entry", "reason"),
        "question": ("seq", "entry"),
        "ask-identity": ("seq", "entry"),
        "answer": ("seq", "entry"),
        "state": ("seq", "entry", "state"),
        "arrange": ("list", "change"),
        "forward": ("seq", "entry", "to", "grants"),
        "give": ("reader", "grants"),
        "hand-over": ("reader", "grants", "count"),
        "take-back": ("reader",),
        "rekey": ("seq", "entry", "grants"),
        "recovered": ("count", "grants", "recovery"),
        "case": ("seq", "entry", "case"),
        "export": ("purpose", "manifest"),
    },
    "observed": {
        "login": (),
        "login-failed": ("count",),
        "logout": (),
        "enrol": (),
        "invite": (),
        "remove": (),
        "sheet": ("sheet",),
        "merge": ("into",),
        "keys": ("file",),
        "arrange": ("list", "change"),
        "forwarded": ("seq", "entry", "from"),
        "passkey": (),
        "passkey-off": (),
        "acknowledged": ("count",),
        "passed-duty": ("count",),
        "register": ("year", "purpose"),
        "link": (),
        "unlink": (),
        "erased": ("count",),
    },
}
"""Every act by who vouches for it, and the fields of its detail in order."""
WORDS: Final[dict[str, tuple[str, ...]]] = {
    "reason": ("shift", "absent", "asked", "other"),
    "state": ("received", "verify", "need", "closed"),
    "file": ("master", "audit"),
    "list": LISTS,
    "case": CASES,
    "purpose": ("inspection", "report", "file", "other"),
}
"""What a field of a detail that is a word may say."""
NUMBERS: Final = frozenset({"seq", "count", "sheet", "year"})
DIGESTS: Final = frozenset({"entry", "change", "grants", "recovery", "manifest"})
UNITS: Final = frozenset({"to", "from", "into"})
PEOPLE: Final = frozenset({"reader"})
"""Serials of the unit's sheets."""
TIPLESS: Final = frozenset({"arrange", "hand-over", "recovered"})
"""Officers' acts about no single tip."""
OF_A_TIP: Final = frozenset({"forwarded", "erased"})
"""Observed acts about one."""
_FIELDS = ("v", "site", "unit", "n", "head", "kind", "officer", "serial", "act", "tip", "detail", "own", "hour")

Value = str | int | bytes
Detail = tuple[tuple[str, Value], ...]
"""Name and value of each field, in the order of `DETAILS`; digests as bytes."""


@dataclass(frozen=True, slots=True)
class Own:
    """An officer's act before: its number and the SHA-256 of its record."""

    n: int
    record: bytes


@dataclass(frozen=True, slots=True)
class Act:
    """What one record says. `head` is the SHA-256 of the record before; `hour` a UTC second, a whole hour.

    One that arranges or hands many over names no tip. An observed one names no own act before, and a tip where it was
    passed on to here (`forwarded`) or is erased alone; where it is about nobody, no officer and no serial either.
    """

    site: str
    unit: str
    n: int
    head: bytes
    kind: Kind
    act: str
    hour: int
    officer: str | None = None
    serial: str | None = None
    tip: bytes | None = None
    detail: Detail = ()
    own: Own | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A record as found, its form checked, its signature not yet."""

    act: Act
    body: bytes
    line: bytes
    signature: bytes

    @property
    def digest(self) -> bytes:
        """SHA-256 of the record: what the next one names as its head."""
        return digest(self.body)

    def signed_by(self, verify_key: bytes) -> bool:
        """True where the holder of this key signed it, as this kind of record."""
        return verify(verify_key, self.signature, LABELS[self.act.kind] + self.line)


def digest(body: bytes) -> bytes:
    """SHA-256 of a record's bytes."""
    return hashlib.sha256(body).digest()


def sign_act(act: Act, signer: Signer) -> bytes:
    """The record: a line of JSON and the signature over it. Raises Unusable for what no record may say."""
    line = write_line(act)
    return signed(line, signer.sign(LABELS[act.kind] + line))


def write_line(act: Act) -> bytes:
    """The line that is signed. Raises Unusable for what no record may say."""
    line = _line(act)
    read_line(line)
    return line


def read_record(body: bytes) -> Record:
    """A record whose signature is not checked yet. Raises Unusable for any other form, even of the same meaning."""
    line, signature, rest = split_signed(body)
    if rest:
        raise Unusable("record: something after it")
    return Record(read_line(line), body, line, signature)


def verified(body: bytes, verify_key: bytes) -> Act:
    """What a record says. Raises Tampered unless `verify_key` signed it, Unusable for another form."""
    record = read_record(body)
    if not record.signed_by(verify_key):
        raise Tampered("record: signature")
    return record.act


def _line(act: Act) -> bytes:
    detail = {name: encode_raw(value) if isinstance(value, bytes) else value for name, value in act.detail}
    return encode_line(
        {
            "v": VERSION,
            "site": act.site,
            "unit": act.unit,
            "n": act.n,
            "head": encode_raw(act.head),
            "kind": act.kind,
            "officer": act.officer,
            "serial": act.serial,
            "act": act.act,
            "tip": None if act.tip is None else encode_raw(act.tip),
            "detail": detail,
            "own": None if act.own is None else {"n": act.own.n, "record": encode_raw(act.own.record)},
            "hour": act.hour,
        }
    )


def read_line(line: bytes) -> Act:
    """What an unsigned line says. Raises Unusable where it is not exactly as `write_line` writes it."""
    fields = Fields.parse(line)
    fields.expect(_FIELDS)
    kind, act = _kind(fields.text("kind")), fields.text("act")
    if act not in DETAILS[kind]:
        raise Unusable("record: unknown act")
    found = Act(
        site=fields.shown("site"),
        unit=fields.shown("unit"),
        n=fields.number("n"),
        head=fields.raw("head", DIGEST),
        kind=kind,
        act=act,
        hour=fields.number("hour"),
        officer=fields.maybe_shown("officer"),
        serial=fields.maybe_shown("serial"),
        tip=fields.raw("tip", TIP) if fields.has("tip") else None,
        detail=_detail(fields.part("detail"), DETAILS[kind][act]),
        own=_own(fields.part("own")) if fields.has("own") else None,
    )
    _check(found)
    if _line(found) != line:
        raise Unusable("record: written otherwise")
    return found


def _kind(text: str) -> Kind:
    found = _KINDS.get(text)
    if found is None:
        raise Unusable("record: unknown kind")
    return found


def _detail(fields: Fields, names: tuple[str, ...]) -> Detail:
    fields.expect(names)
    return tuple((name, _value(fields, name)) for name in names)


def _value(fields: Fields, name: str) -> Value:
    if name in NUMBERS:
        return fields.number(name)
    text = fields.shown(name)
    if name in DIGESTS:
        return fields.raw(name, DIGEST)
    if name in UNITS | PEOPLE and text:
        return text
    if text not in WORDS.get(name, ()):
        raise Unusable("record: unknown word")
    return text


def _own(fields: Fields) -> Own:
    fields.expect(("n", "record"))
    return Own(fields.number("n"), fields.raw("record", DIGEST))


def _check(act: Act) -> None:
    if act.n < 1 or act.hour % HOUR or (act.officer is None) != (act.serial is None):
        raise Unusable("record: number, hour or person")
    if act.kind == "officer" and ((act.tip is None) != (act.act in TIPLESS) or not act.serial):
        raise Unusable("record: an officer's act: tip or serial")
    if act.kind == "observed" and ((act.tip is None) == (act.act in OF_A_TIP) or act.own is not None):
        raise Unusable("record: an observed act: tip or own act")
