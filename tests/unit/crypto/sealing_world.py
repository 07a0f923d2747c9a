"""A small made-up world with fixed keys: an authority, officers, a unit sheet, a reporter. For tests and vectors."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from crypto.age import Identity, seal
from crypto.contents import Media
from crypto.entries import Entry, Place
from crypto.receipts import Stretched, reporter_signer
from crypto.sheets import Officer, Sheet, sign_sheet
from crypto.signing import Signer
from crypto.tips import Attachment, Part, SealedTip, TipSeal, seal_media
from crypto.wire import ENTRY_BUCKET, encode_line, fill, signed

SITE = "thu-nghiem"
UNIT = "xa-minh-hoa"
DAY = "2026-11-22"
AT = 1_795_300_000
SHEET_LIFE = 30 * 24 * 3600


def secret(name: str) -> bytes:
    """A fixed 32-byte secret of that name."""
    return hashlib.sha256(b"sealing world: " + name.encode()).digest()


def identity(name: str) -> Identity:
    return Identity.from_seed(secret(name + " identity"))


def signer(name: str) -> Signer:
    return Signer.from_seed(secret(name + " signer"))


AUTHORITY = signer("authority")
STRETCHED = Stretched(secret("lookup"), secret("seed"))
REPORTER_SIGNER = reporter_signer(STRETCHED.seed, SITE)
VERIFY = {"s-1": signer("duty").verify_key, "s-2": signer("chief").verify_key}


def officer(serial: str, name: str, role: str) -> Officer:
    return Officer(serial, name, role, identity(name).recipient, signer(name).verify_key, AT - 86400, None)


def sheet(**changes: object) -> Sheet:
    """The unit's sheet, with some fields changed."""
    plain = Sheet(
        site=SITE,
        demo=True,
        unit=UNIT,
        name="Xã Minh Hoạ",
        parent=None,
        n=3,
        issued=AT - 3600,
        expires=AT + SHEET_LIFE,
        officers=(
            officer("s-1", "duty", "duty"),
            officer("s-2", "chief", "chief"),
            officer("s-3", "clerk", "investigator"),
        ),
        recovery=identity("recovery").recipient,
    )
    return replace(plain, **changes)


def sheet_body(**changes: object) -> bytes:
    return sign_sheet(sheet(**changes), AUTHORITY)


PHOTO = b"\xff\xd8" + bytes(range(256)) * 12


def sealed_photo(begun: TipSeal) -> tuple[bytes, Attachment]:
    """The photo sealed to the tip, and what its entry says of it."""
    blob = b"".join(seal_media([PHOTO], len(PHOTO), begun.recipient))
    media = Media("image/jpeg", len(PHOTO), "0123456789abcdef0123456789abcdef", hashlib.sha256(blob).digest())
    return blob, Attachment("photo", media)


def begin() -> TipSeal:
    """A tip whose id and key are always the same."""
    return TipSeal(SITE, secret("tip")[:16], identity("tip"))


def tip(*parts: Part, begun: TipSeal | None = None) -> SealedTip:
    """A sealed tip of these parts, fixed in all but its nonces."""
    return (begun or begin()).finish(
        sheet=sheet(),
        box="hop-3",
        category="ma-tuy",
        parts=parts,
        day=DAY,
        at=AT,
        seed=STRETCHED.seed,
    )


def officer_entry(place: Place, kind: str, text: str, serial: str = "s-1", at: int = AT) -> Entry:
    return Entry(place, kind, serial, at=at, text=text)  # type: ignore[arg-type]  # wrong kinds are tried on purpose


def seal_fields(fields: dict[str, object], key: Signer, recipient: str, smallest: int = ENTRY_BUCKET) -> bytes:
    """An entry with any fields whatever, properly signed, filled and sealed: what a dishonest writer could make."""
    line = encode_line(fields)
    return seal(fill(signed(line, key.sign(b"hopthu/v1/entry\n" + line)), smallest), [recipient])


def sign_fields(fields: dict[str, object], key: Signer) -> bytes:
    """A sheet with any fields whatever, properly signed."""
    line = encode_line(fields)
    return signed(line, key.sign(b"hopthu/v1/sheet\n" + line))
