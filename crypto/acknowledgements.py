"""The signed acknowledgement: that a tip was received, on which day, by which unit. It names nobody and holds no word.

Owns its form, its armour, and what makes one good. It commits to a number that comes out of the receipt's seed: nothing
is stored for it, every tip has one, and only who has the receipt can say it. That there is such a tip is whoever signs
to know.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Literal

from crypto.errors import Unusable
from crypto.labels import VERSION, derive
from crypto.signing import KEY, Signer, verify
from crypto.wire import SIGNATURE, Fields, encode_line, encode_raw, signed, split_signed

KIND = "hopthu-acknowledgement"
NUMBER = 16
"""Bytes of the number: more than a receipt's 73 bits hold."""
FINGERPRINT = 32
LONGEST = 1024 * 1024
"""Bytes of a file that are looked through for an acknowledgement."""
_LABEL = b"hopthu/v1/acknowledgement\n"
_KEY_LABEL = b"hopthu/v1/acknowledgement-key\n"
_NUMBER_LABEL = b"hopthu/v1/acknowledgement-number\n"
_FIELDS = ("v", "kind", "site", "demo", "unit", "name", "day", "fingerprint", "key", "certificate")
_BEGIN, _END = "-----BEGIN HOPTHU ACKNOWLEDGEMENT-----", "-----END HOPTHU ACKNOWLEDGEMENT-----"
_ARMOUR = re.compile(rf"{_BEGIN}\s+([A-Za-z0-9+/=\s]+?)\s+{_END}")
_WIDTH = 64
"""Letters of a line of the armour (RFC 7468)."""

Wrong = Literal["server", "signature", "number"]
"""Why one is not good: no trusted server's key vouches for the one that signed; it was changed; it is another's."""


@dataclass(frozen=True, slots=True)
class Acknowledging:
    """What signs acknowledgements: a key of its own, and the audit key's signature that it is the server's."""

    signer: Signer
    certificate: bytes


@dataclass(frozen=True, slots=True)
class Received:
    """What one says: a tip with this fingerprint came to this unit (code, and name at signing) on this ISO day."""

    site: str
    demo: bool
    unit: str
    name: str
    day: str
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """One as read: nothing in it is believed before `wrong` finds nothing."""

    said: Received
    key: bytes
    certificate: bytes
    line: bytes
    signature: bytes


def number_of(seed: bytes, site: str) -> bytes:
    """The number behind a tip's fingerprint, from its receipt's seed: whoever says it holds the receipt."""
    return derive(seed, site, "acknowledgement", NUMBER)


def fingerprint_of(number: bytes, site: str) -> bytes:
    """The fingerprint that commits to this number."""
    return hashlib.sha256(_NUMBER_LABEL + site.encode() + b"\n" + number).digest()


def acknowledging(secret: bytes, site: str, audit: Signer) -> Acknowledging:
    """The key of this 32-byte secret, vouched for by the server's audit key."""
    signer = Signer.from_seed(secret)
    return Acknowledging(signer, audit.sign(_vouched(site, signer.verify_key)))


def acknowledge(said: Received, by: Acknowledging) -> str:
    """The signed acknowledgement in its armour, to stand in any text. The same every time for the same tip and key."""
    line = encode_line(
        {
            "v": VERSION,
            "kind": KIND,
            "site": said.site,
            "demo": said.demo,
            "unit": said.unit,
            "name": said.name,
            "day": said.day,
            "fingerprint": encode_raw(said.fingerprint),
            "key": encode_raw(by.signer.verify_key),
            "certificate": encode_raw(by.certificate),
        }
    )
    letters = b64encode(signed(line, by.signer.sign(_LABEL + line))).decode()
    return "\n".join((_BEGIN, *(letters[at : at + _WIDTH] for at in range(0, len(letters), _WIDTH)), _END))


def read_acknowledgement(content: bytes) -> Acknowledgement:
    """The one acknowledgement in a text or page. Raises Unusable where there is not exactly one, or it is broken."""
    found = _ARMOUR.findall(content[:LONGEST].decode("utf-8", "replace"))
    if len(found) != 1:
        raise Unusable("acknowledgement: none, or more than one")
    letters = "".join(found[0].split())
    try:
        body = b64decode(letters, validate=True)
    except ValueError as error:
        raise Unusable("acknowledgement: armour") from error
    if b64encode(body).decode() != letters:
        raise Unusable("acknowledgement: armour")
    line, signature, rest = split_signed(body)
    if rest:
        raise Unusable("acknowledgement: longer than it is")
    return _read(line, signature)


def _read(line: bytes, signature: bytes) -> Acknowledgement:
    fields = Fields.parse(line)
    fields.expect(_FIELDS)
    if fields.text("kind") != KIND:
        raise Unusable("acknowledgement: another kind")
    said = Received(
        site=fields.shown("site"),
        demo=fields.flag("demo"),
        unit=fields.shown("unit"),
        name=fields.shown("name"),
        day=fields.day("day"),
        fingerprint=fields.raw("fingerprint", FINGERPRINT),
    )
    return Acknowledgement(said, fields.raw("key", KEY), fields.raw("certificate", SIGNATURE), line, signature)


def wrong(found: Acknowledgement, server: tuple[bytes, ...], number: bytes | None = None) -> Wrong | None:
    """What is wrong with one, by the server's audit keys that are trusted; None if it is good.

    `number`: what somebody says to show that the tip is his.
    """
    vouched = _vouched(found.said.site, found.key)
    if not any(verify(key, found.certificate, vouched) for key in server):
        return "server"
    if not verify(found.key, found.signature, _LABEL + found.line):
        return "signature"
    if number is not None and fingerprint_of(number, found.said.site) != found.said.fingerprint:
        return "number"
    return None


def _vouched(site: str, key: bytes) -> bytes:
    return _KEY_LABEL + site.encode() + b"\n" + key
