"""Signed acknowledgements: the cases behind `crypto/vectors/acknowledgements.json`."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import replace

from unit.crypto.sealing_world import DAY, SITE, STRETCHED, UNIT, secret, signer

from crypto.acknowledgements import (
    Acknowledging,
    Received,
    acknowledge,
    acknowledging,
    fingerprint_of,
    number_of,
)
from crypto.signing import Signer
from crypto.wire import encode_line, encode_raw, signed, split_signed

Json = dict[str, object]
AUDIT = signer("audit")
NUMBER = number_of(STRETCHED.seed, SITE)
SAID = Received(SITE, demo=False, unit=UNIT, name="xã Minh Họa", day=DAY, fingerprint=fingerprint_of(NUMBER, SITE))
BY = acknowledging(secret("acknowledging"), SITE, AUDIT)
GOOD = acknowledge(SAID, BY)
LABEL = b"hopthu/v1/acknowledgement\n"


def _body(armour: str) -> bytes:
    return b64decode("".join(armour.splitlines()[1:-1]))


def _armour(body: bytes) -> str:
    head, *_, foot = GOOD.splitlines()
    return "\n".join((head, b64encode(body).decode(), foot))


def _with(*, by: Signer = BY.signer, **fields: object) -> str:
    """The good one with other fields, signed anew."""
    line, *_ = split_signed(_body(GOOD))
    line = encode_line({name: value for name, value in {**json.loads(line), **fields}.items() if value is not ...})
    return _armour(signed(line, by.sign(LABEL + line)))


def _unsigned(before: bytes, after: bytes) -> str:
    """The good one with other bytes, signed as before."""
    return _armour(_body(GOOD).replace(before, after))


def _cases() -> list[tuple[str, str, str]]:
    """Why, the text, and what comes of reading it."""
    other = Acknowledging(signer("stranger"), BY.certificate)
    nobodys = acknowledging(secret("acknowledging"), SITE, other.signer)
    elsewhere = acknowledging(secret("acknowledging"), "o-dau-khac", AUDIT)
    return [
        ("as it is", GOOD, "good"),
        ("in a page", f"<h1>Giấy</h1>\r\n<pre>{GOOD}</pre>\n".replace("\n", "\r\n"), "good"),
        ("in a letter that moves it in", f"Kính gửi\n  {GOOD.replace(chr(10), chr(10) + '  ')}\n", "good"),
        ("of a demonstration", acknowledge(replace(SAID, demo=True), BY), "good"),
        ("another day", _unsigned(DAY.encode(), b"2026-11-21"), "signature"),
        ("another unit's name", _unsigned(b"Minh", b"Ninh"), "signature"),
        ("signed by somebody else", acknowledge(SAID, other), "server"),
        ("a key vouched for elsewhere", acknowledge(SAID, elsewhere), "server"),
        ("a key nobody vouches for", acknowledge(SAID, nobodys), "server"),
        ("none", "Một tin đã được nhận.", "unusable"),
        ("two", f"{GOOD}\n{GOOD}", "unusable"),
        ("without its end", GOOD.rpartition("\n")[0], "unusable"),
        ("armour with a letter that is none", GOOD.replace("\n", "\n*", 1), "unusable"),
        ("armour without a letter", GOOD.replace("\n", "\nA", 1), "unusable"),
        ("a line more", _armour(_body(GOOD) + b"more\n"), "unusable"),
        ("without a signature", _armour(_body(GOOD).splitlines()[0] + b"\n"), "unusable"),
        ("of a version to come", _with(v=2), "unusable"),
        ("of another kind", _with(kind="hopthu-audit"), "unusable"),
        ("with a field more", _with(more=1), "unusable"),
        ("with a field less", _with(demo=...), "unusable"),
        ("with a day that is none", _with(day="2026-02-30"), "unusable"),
        ("with a short fingerprint", _with(fingerprint=encode_raw(NUMBER)), "unusable"),
        ("with a name that hides what follows", _with(name="xã\u202eMinh"), "unusable"),
    ]  # fmt: skip


def acknowledgements() -> Json:
    """What the file holds."""
    said = {"site": SITE, "unit": UNIT, "name": SAID.name, "day": DAY, "fingerprint": encode_raw(SAID.fingerprint)}
    return {
        "seed": encode_raw(STRETCHED.seed),
        "number": encode_raw(NUMBER),
        "server": encode_raw(AUDIT.verify_key),
        "said": said,
        "cases": [{"why": why, "text": text, "outcome": outcome} for why, text, outcome in _cases()],
    }
