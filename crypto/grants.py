"""Grants: a tip's private key sealed to one recipient. Owns their written form and the check of every field."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

from crypto.age import open_, seal
from crypto.entries import REPORTER, TIP
from crypto.errors import Unusable
from crypto.hybrid import Identity
from crypto.labels import VERSION
from crypto.tipkeys import TipKey, keys_of
from crypto.wire import GRANT_BUCKET, Fields, check_filling, encode_line, encode_raw, fill

RECOVERY = "recovery"
"""`officer` and `serial` of the grant to a unit's recovery recipient."""
LARGEST = 16 * 1024
"""Bytes of one sealed grant that any program takes: 2,683, with up to ninety keys before it under 10 KiB."""
_FIELDS = ("v", "site", "tip", "unit", "officer", "serial", "key", "by")
_CHANGED = 2
"""`v` of a grant of a tip whose key was changed; every other is written as it always was."""


def explained(sealed_for: str, unit: str, goes_on_for: Collection[str] = ()) -> bool:
    """True where what was sealed for a unit is for a reader of `unit`: his own's, or one's that his own goes on for.

    Who has a tip follows from its thread: the unit of entry 0, then whichever an officer of the one that had it signed
    it over to. So nobody but these writes in it, and nobody else finds it whole.

    `goes_on_for` is to come from the newest signed sheet of his own unit (`Sheet.goes_on_for`), never from a row.
    """
    return sealed_for == unit or sealed_for in goes_on_for


def seal_grant(
    key: Identity, recipient: str, *, site: str, tip: bytes, unit: str, officer: str, serial: str, by: str = REPORTER
) -> bytes:
    """The tip's private key `key` for one recipient.

    `officer` and `serial` name whom it is for: an account and the serial of its sheet entry, or `RECOVERY` or
    `REPORTER` twice. `by` is who made it: `REPORTER` at submission, else an officer's serial. Of a tip whose key was
    changed, a `TipKey` gives the older ones along.
    """
    *older, _ = keys_of(key)
    fields = {
        "v": _CHANGED if older else VERSION,
        "site": site,
        "tip": encode_raw(tip),
        "unit": unit,
        "officer": officer,
        "serial": serial,
        "key": key.encode(),
        "by": by,
        **({"older": [one.encode() for one in older]} if older else {}),
    }
    return seal(fill(encode_line(fields) + b"\n", GRANT_BUCKET), [recipient])


def open_grant(
    sealed: bytes,
    identity: Identity,
    *,
    site: str,
    tip: bytes,
    unit: str,
    officer: str,
    serial: str,
    goes_on_for: Collection[str] = (),
) -> TipKey | None:
    """The tip's private key, with those before it; None where the grant is not addressed to `identity`.

    See `explained` for `goes_on_for`. Raises Unusable where it is broken or says another site, tip, unit, officer or
    serial. That the key belongs to the tip is only known once the first of them opens the tip's entry 0.
    """
    plain = open_(sealed, identity)
    if plain is None:
        return None
    line, mark, filling = plain.partition(b"\n")
    if not mark:
        raise Unusable("grant: shape")
    check_filling(filling, len(plain), GRANT_BUCKET)
    fields = Fields.parse(line, up_to=_CHANGED)
    changed = fields.number("v") == _CHANGED
    fields.expect((*_FIELDS, "older") if changed else _FIELDS)
    said = tuple(fields.text(name) for name in ("site", "officer", "serial"))
    fits = said == (site, officer, serial) and explained(fields.text("unit"), unit, goes_on_for)
    if not fits or fields.raw("tip", TIP) != tip or not fields.text("by"):
        raise Unusable("grant: for something else")
    older = [Identity.parse(one) for one in fields.every_shown("older")] if changed else []
    if changed and not older:
        raise Unusable("grant: a changed key without the one before")
    return TipKey.parse(fields.text("key")).after(older)


def grants_digest(grants: Mapping[str, bytes]) -> bytes:
    """What an act names all grants of one hand-over by: SHA-256 over each in the order of their recipients.

    Of each the recipient (an officer's serial or `RECOVERY`), an end of line, and the SHA-256 of the sealed grant.
    """
    parts = (f"{to}\n".encode() + hashlib.sha256(sealed).digest() for to, sealed in sorted(grants.items()))
    return hashlib.sha256(b"".join(parts)).digest()
