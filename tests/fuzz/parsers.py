"""Everything that reads bytes from outside, with honest examples of each. Nothing that was changed may open.

Of errors only the family of sealing may come out; what opens is one of the examples, byte for byte. What lies inside
something sealed is reached by sealing what is fed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from crypto import acts, audit_file, bech32, entries, epochs, grants, header, sheets
from crypto.age import Identity, open_, seal
from crypto.contents import Coordinates
from crypto.drawers import Drawer
from crypto.errors import SealError
from crypto.reader import ByteReader
from crypto.receipts import Good, recognise
from crypto.signing import Signer
from crypto.subscriptions import SubscriptionKey
from crypto.wire import Fields, decode_raw, split_signed

VECTORS = Path(__file__).resolve().parents[2] / "crypto" / "vectors"
SITE, TIP, ROW = "thu-nghiem", bytes(16), bytes(range(16))
KEY, SIGNER = Identity.from_seed(bytes(range(32))), Signer.from_seed(bytes(range(1, 33)))
EPOCH, DRAWER = epochs.EpochKey(7, 0, bytes(range(2, 34)), SITE), Drawer(ROW, bytes(range(3, 35)), SITE)
SUBSCRIPTION = SubscriptionKey(1, bytes(range(4, 36)), SITE)
PLACE = entries.Place(SITE, TIP, 1, bytes(32))


@dataclass(frozen=True)
class Parser:
    """One reader and what it honestly reads. `sealed`: nothing else may open."""

    read: Callable[[bytes], object]
    honest: tuple[bytes, ...]
    sealed: bool = True

    def fed(self, fed: bytes) -> None:
        """Read it; anything but an honest refusal is a fault."""
        with suppress(SealError):
            found = self.read(fed)
            assert not self.sealed or found is None or fed in self.honest, "something changed was opened"


def _entries() -> Iterator[entries.Entry]:
    yield entries.Entry(PLACE, "text", "reporter", day="2026-11-22", text="Xe tải đổ rác.")
    yield entries.Entry(PLACE, "place", "reporter", day="2026-11-22", coordinates=Coordinates("18.52000", "105.70000"))
    yield entries.Entry(PLACE, "question", "s-1", at=1_795_316_820, text="Xe màu gì?")


def _entry(sealed: bytes) -> object:
    opened = entries.open_entry(sealed, KEY)
    return opened and opened.verified(SIGNER.verify_key)


def _grant(sealed: bytes) -> object:
    return grants.open_grant(sealed, KEY, site=SITE, tip=TIP, unit="u", officer="o", serial="s")


def _inside(read: Callable[[bytes], object]) -> Callable[[bytes], object]:
    return lambda plain: read(seal(plain, [KEY.recipient]))


def _text(read: Callable[[str], object]) -> Callable[[bytes], object]:
    return lambda fed: read(fed.decode("utf-8", "surrogateescape"))


def _sheet() -> sheets.Sheet:
    officer = sheets.Officer("s-1", "trucban1", "duty", KEY.recipient, SIGNER.verify_key, 0, None)
    return sheets.Sheet(SITE, True, "18118", "phường A", None, 1, 0, 86_400, (officer,), KEY.recipient)


def _code(fed: str) -> object:
    found = recognise(fed)
    assert not isinstance(found, Good) or recognise(found.code) == found
    return found


def _parsers() -> dict[str, Parser]:
    written = tuple(entries.seal_entry(entry, SIGNER, KEY.recipient) for entry in _entries())
    inside = tuple(open_(sealed, KEY) or b"" for sealed in written)
    lines = tuple(split_signed(plain)[0] for plain in inside)
    granted = grants.seal_grant(KEY, KEY.recipient, site=SITE, tip=TIP, unit="u", officer="o", serial="s")
    chain = decode_raw(json.loads((VECTORS / "audit.json").read_text("utf-8"))["file"])
    records = audit_file.read_file(chain).records
    signed, draft = sheets.sign_sheet(_sheet(), SIGNER), sheets.draft_sheet(_sheet())
    return {
        "header": Parser(lambda fed: header.read_header(ByteReader((fed,))), written, sealed=False),
        "file": Parser(lambda fed: open_(fed, KEY), (*written, granted)),
        "entry": Parser(_entry, written),
        "inside an entry": Parser(_inside(_entry), inside),
        "line of an entry": Parser(lambda fed: entries._read(fed), lines, sealed=False),  # noqa: PLW0108 - see its name
        "grant": Parser(_grant, (granted,)),
        "inside a grant": Parser(_inside(_grant), (open_(granted, KEY) or b"",), sealed=False),
        "sheet": Parser(lambda fed: sheets.verify_sheet(fed, SIGNER.verify_key), (signed,)),
        "draft of a sheet": Parser(sheets.read_draft, (draft,), sealed=False),
        "record": Parser(acts.read_record, records, sealed=False),
        "line of a record": Parser(acts.read_line, tuple(split_signed(one)[0] for one in records), sealed=False),
        "audit file": Parser(audit_file.read_file, (chain,), sealed=False),
        "fields": Parser(Fields.parse, lines, sealed=False),
        "recipient": Parser(_text(bech32.decode), (KEY.recipient.encode(),), sealed=False),
        "identity": Parser(_text(Identity.parse), (KEY.encode().encode(),)),
        "receipt": Parser(_text(_code), (b"4821 0937 5562 1804 7719 3068",), sealed=False),
        "state": Parser(lambda fed: EPOCH.open_state(bytes(32), fed), (EPOCH.seal_state(bytes(32), b"x" * 99),)),
        "address": Parser(DRAWER.open_address, (DRAWER.seal_address(b"y" * 99),)),
        "subscription": Parser(lambda fed: SUBSCRIPTION.open(ROW, fed), (SUBSCRIPTION.seal(ROW, b"z"),)),
    }


PARSERS = _parsers()
"""Every one by its name."""
IN_ORDER = tuple(PARSERS.values())


def fed(data: bytes) -> None:
    """The first byte says which one is fed the rest."""
    if data:
        IN_ORDER[data[0] % len(IN_ORDER)].fed(bytes(data[1:]))


def corpus() -> Iterator[bytes]:
    """Every honest example, as `fed` takes it."""
    for number, parser in enumerate(IN_ORDER):
        yield from (bytes([number]) + one for one in parser.honest)
