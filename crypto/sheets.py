"""Unit sheets: the authority's signed, numbered, expiring list of a unit's officers and keys.

Owns their written form and its check. Must not read a clock: whoever uses a sheet asks `valid_at`. Keys that stand on
no sheet are not to be sealed to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crypto.age import parse_recipient
from crypto.errors import Tampered, Unusable
from crypto.labels import VERSION
from crypto.signing import KEY, Signer, verify
from crypto.wire import Fields, encode_line, encode_raw, signed, split_signed

LIFETIME = 90 * 24 * 3600
"""Longest life of a sheet, in seconds (CRYPTO "Unit sheets")."""
READER_ROLES = frozenset({"duty", "chief"})
"""Roles whose holders get a grant of every tip of their unit."""
_LABEL = b"hopthu/v1/sheet\n"
_FIELDS = ("v", "site", "demo", "unit", "name", "parent", "n", "issued", "expires", "officers", "recovery")
_MERGED = 2
"""`v` of a sheet that goes on for other units; every other is written as it always was."""
_GOES_ON = "goes_on_for"
_OFFICER_FIELDS = ("serial", "officer", "role", "recipient", "signing_key", "from", "to")
_RESERVED_SERIALS = frozenset({"", "reporter", "recovery"})
_KEPT = "recovery-"
"""How the recipient of a recovery identity's grant begins that is kept from before."""


@dataclass(frozen=True, slots=True)
class Officer:
    """One line of a sheet: serial, account name, role, keys, and from when to when (UTC seconds; None: no end)."""

    serial: str
    officer: str
    role: str
    recipient: str
    signing_key: bytes
    valid_from: int
    valid_to: int | None

    def valid_at(self, at: int) -> bool:
        """True where the officer holds the role at this UTC second."""
        return self.valid_from <= at and (self.valid_to is None or at < self.valid_to)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the authority signed. `n` grows by one a sheet; `recovery` is the unit's recovery recipient.

    `goes_on_for`: codes of the units that this one came after, whose officers and tips are its own since.
    """

    site: str
    demo: bool
    unit: str
    name: str
    parent: str | None
    n: int
    issued: int
    expires: int
    officers: tuple[Officer, ...]
    recovery: str | None
    goes_on_for: tuple[str, ...] = ()

    def valid_at(self, at: int) -> bool:
        """True where the sheet may be sealed by at this UTC second."""
        return at < self.expires

    def readers(self, at: int) -> tuple[Officer, ...]:
        """The officers who get a grant at this UTC second."""
        return tuple(one for one in self.officers if one.role in READER_ROLES and one.valid_at(at))

    def verify_key(self, serial: str) -> bytes | None:
        """The signing key of an officer by serial; None where no such serial stands here."""
        return next((one.signing_key for one in self.officers if one.serial == serial), None)


def _officer_fields(officer: Officer) -> dict[str, object]:
    return {
        "serial": officer.serial,
        "officer": officer.officer,
        "role": officer.role,
        "recipient": officer.recipient,
        "signing_key": encode_raw(officer.signing_key),
        "from": officer.valid_from,
        "to": officer.valid_to,
    }


def _sheet_fields(sheet: Sheet) -> dict[str, object]:
    return {
        "v": _MERGED if sheet.goes_on_for else VERSION,
        "site": sheet.site,
        "demo": sheet.demo,
        "unit": sheet.unit,
        "name": sheet.name,
        "parent": sheet.parent,
        "n": sheet.n,
        "issued": sheet.issued,
        "expires": sheet.expires,
        "officers": [_officer_fields(officer) for officer in sheet.officers],
        "recovery": sheet.recovery,
        **({_GOES_ON: list(sheet.goes_on_for)} if sheet.goes_on_for else {}),
    }


def sign_sheet(sheet: Sheet, authority: Signer) -> bytes:
    """The sheet as stored and handed out: a line of JSON and the authority's signature over it.

    Raises Unusable where it says something no sheet may say: a longer life than 90 days, a key that is none, one
    serial twice.
    """
    line = encode_line(_sheet_fields(sheet))
    _read(line)
    return signed(line, authority.sign(_LABEL + line))


def draft_sheet(sheet: Sheet) -> bytes:
    """The sheet unsigned, as it travels to the authority's machine. Raises Unusable for what no sheet may say."""
    line = encode_line(_sheet_fields(sheet))
    _read(line)
    return line


def read_draft(line: bytes) -> Sheet:
    """A sheet nobody has signed yet: to be shown and compared, never to be sealed by. Raises Unusable if malformed."""
    return _read(line.strip())


def verify_sheet(body: bytes, authority_key: bytes) -> Sheet:
    """The sheet, once its signature by the pinned authority is checked.

    Raises Tampered for another signature or a changed byte, Unusable for a signed sheet we cannot use (unknown `v`).
    """
    try:
        line, signature, rest = split_signed(body)
    except Unusable as error:
        raise Tampered("sheet: not signed") from error
    if rest or not verify(authority_key, signature, _LABEL + line):
        raise Tampered("sheet: signature")
    return _read(line)


def newest_sheet(bodies: Iterable[bytes], authority_key: bytes, *, site: str, unit: str, at_least: int = 0) -> Sheet:
    """The sheet with the highest `n` of this unit, every one of `bodies` checked.

    `at_least` is the highest `n` this side has ever used. Raises Tampered where a sheet is not signed, is another
    site's or unit's, or where the newest is older than that.
    """
    sheets = [verify_sheet(body, authority_key) for body in bodies]
    if any((sheet.site, sheet.unit) != (site, unit) for sheet in sheets):
        raise Tampered("sheet: another unit's")
    newest = max(sheets, key=lambda sheet: sheet.n, default=None)
    if newest is None or newest.n < at_least:
        raise Tampered("sheet: older than one already used")
    return newest


def _read_officer(fields: Fields) -> Officer:
    fields.expect(_OFFICER_FIELDS)
    officer = Officer(
        serial=fields.shown("serial"),
        officer=fields.shown("officer"),
        role=fields.shown("role"),
        recipient=fields.text("recipient"),
        signing_key=fields.raw("signing_key", KEY),
        valid_from=fields.number("from"),
        valid_to=fields.maybe_number("to"),
    )
    parse_recipient(officer.recipient)
    if officer.serial in _RESERVED_SERIALS or officer.serial.startswith(_KEPT):
        raise Unusable("sheet: serial")
    return officer


def _read(line: bytes) -> Sheet:
    fields = Fields.parse(line, up_to=_MERGED)
    merged = fields.number("v") == _MERGED
    fields.expect((*_FIELDS, _GOES_ON) if merged else _FIELDS)
    officers = tuple(_read_officer(one) for one in fields.parts("officers"))
    sheet = Sheet(
        site=fields.shown("site"),
        demo=fields.flag("demo"),
        unit=fields.shown("unit"),
        name=fields.shown("name"),
        parent=fields.maybe_shown("parent"),
        n=fields.number("n"),
        issued=fields.number("issued"),
        expires=fields.number("expires"),
        officers=officers,
        recovery=fields.maybe_text("recovery"),
        goes_on_for=fields.every_shown(_GOES_ON) if merged else (),
    )
    if sheet.recovery is not None:
        parse_recipient(sheet.recovery)
    if len({one.serial for one in officers}) != len(officers) or not 0 < sheet.expires - sheet.issued <= LIFETIME:
        raise Unusable("sheet: dates or serials")
    if merged:
        _check_merged(sheet)
    return sheet


def _check_merged(sheet: Sheet) -> None:
    """It goes on for others, each named once, neither for itself nor under one that is no more."""
    olds = sheet.goes_on_for
    if not olds or len({*olds}) != len(olds) or not {"", sheet.unit, sheet.parent}.isdisjoint(olds):
        raise Unusable("sheet: units it goes on for")
