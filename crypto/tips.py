"""A whole tip: sealing it at submission, adding to it, and opening its thread with every check.

Owns the order of things. Sealing has two steps, because media must be sealed to the tip's key before the entries that
name them: `TipSeal.begin(site)`, then `finish`. No clock is read; days and seconds come as arguments.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

from crypto.age import open_stream, seal_stream
from crypto.contents import Coordinates, Media, MediaKind
from crypto.entries import (
    REPORTER,
    TIP,
    About,
    Entry,
    Opening,
    Place,
    digest,
    first_prev,
    seal_entry,
)
from crypto.errors import Tampered, Unusable
from crypto.grants import RECOVERY, explained, seal_grant
from crypto.hybrid import Identity
from crypto.receipts import reporter_identity, reporter_signer
from crypto.sheets import Sheet
from crypto.signing import Signer
from crypto.tail import zeros
from crypto.tipkeys import Unlocking
from crypto.wire import MEDIA_BUCKET, bucket


@dataclass(frozen=True, slots=True)
class Attachment:
    """Media already sealed with `seal_media`, and which kind they are."""

    kind: MediaKind
    media: Media


Said = str | Attachment | Coordinates
"""What a reporter sends: words, media, or a place."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a reporter sends in answer to one of the questions asked in turn."""

    said: Said
    about: About


Part = Said | Answered


@dataclass(frozen=True, slots=True)
class SealedTip:
    """A tip ready to be stored. `grants` is by officer's serial, or `recovery`; `recipient` is never to be stored."""

    tip: bytes
    entries: tuple[bytes, ...]
    grants: dict[str, bytes]
    reporter_grant: bytes
    recipient: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread whose every check mark held. `head` is the digest of its last sealed entry: the next one's `prev`.

    `length` counts what is shut too, which is not among `entries`; `shut`: from that place on it is cut.
    """

    tip: bytes
    opening: Opening
    entries: tuple[Entry, ...]
    head: bytes
    length: int
    shut: int | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader remembers of a thread: how many entries it had, and the digest of the last of them."""

    count: int
    head: bytes


class TipSeal:
    """A tip being sealed. Its key exists from `begin` on, so that media can be sealed to `recipient` first."""

    def __init__(self, site: str, tip: bytes, identity: Identity) -> None:
        self.site = site
        self.tip = tip
        self._identity = identity

    @classmethod
    def begin(cls, site: str) -> Self:
        """A new tip id and key pair from the operating system's randomness."""
        return cls(site, os.urandom(TIP), Identity.generate())

    @property
    def recipient(self) -> str:
        """The tip's public key, for `seal_media`."""
        return self._identity.recipient

    def finish(
        self,
        *,
        sheet: Sheet,
        box: str | None,
        category: str | None,
        parts: Sequence[Part],
        day: str,
        at: int,
        seed: bytes,
        passed: str | None = None,
    ) -> SealedTip:
        """Entries and grants of a tip to the unit of `sheet`, which the caller took from `newest_sheet`.

        `day` is the reporter's ISO day, `at` the UTC second that says which officers hold their role, `seed` the
        receipt's; `passed` is the unit that the reporter passed over. Raises Unusable for an expired sheet or another
        site's, and where nobody could ever read the tip.
        """
        if sheet.site != self.site or not sheet.valid_at(at):
            raise Unusable("sheet: expired or another site's")
        grants = seal_grants(self._identity, sheet, at, tip=self.tip)
        if not grants:
            raise Unusable("sheet: nobody to seal to")
        reporter = reporter_identity(seed, self.site)
        signer = reporter_signer(seed, self.site)
        opening = Opening(sheet.unit, box, category, reporter.recipient, signer.verify_key, sheet.n, passed)
        return SealedTip(
            tip=self.tip,
            entries=self._entries(opening, parts, day, signer),
            grants=grants,
            reporter_grant=seal_grant(
                self._identity,
                reporter.recipient,
                site=self.site,
                tip=self.tip,
                unit=sheet.unit,
                officer=REPORTER,
                serial=REPORTER,
            ),
            recipient=self.recipient,
        )

    def _entries(self, opening: Opening, parts: Sequence[Part], day: str, signer: Signer) -> tuple[bytes, ...]:
        place = Place(self.site, self.tip, 0, first_prev(self.tip, self.recipient))
        entry = Entry(place, "opening", REPORTER, day=day, opening=opening)
        first = seal_entry(entry, signer, self.recipient)
        after = Place(self.site, self.tip, 1, digest(first))
        return (first, *append(self._identity, after, parts=parts, day=day, signer=signer))


def seal_grants(key: Identity, sheet: Sheet, at: int, *, tip: bytes, by: str = REPORTER) -> dict[str, bytes]:
    """A tip's key for everybody who reads by this sheet at this UTC second, by officer's serial or `recovery`.

    `by` is who makes them: `REPORTER` at submission, else an officer's serial.
    """
    readers = {one.serial: (one.recipient, one.officer) for one in sheet.readers(at)}
    if sheet.recovery is not None:
        readers[RECOVERY] = (sheet.recovery, RECOVERY)
    return {
        serial: seal_grant(
            key, recipient, site=sheet.site, tip=tip, unit=sheet.unit, officer=officer, serial=serial, by=by
        )
        for serial, (recipient, officer) in readers.items()
    }


def seal_tip(
    *,
    site: str,
    sheet: Sheet,
    box: str | None,
    category: str | None,
    parts: Sequence[str],
    day: str,
    at: int,
    seed: bytes,
) -> SealedTip:
    """A tip of words alone, in one step. See `TipSeal.finish`."""
    return TipSeal.begin(site).finish(sheet=sheet, box=box, category=category, parts=parts, day=day, at=at, seed=seed)


def append(identity: Identity, after: Place, *, parts: Sequence[Part], day: str, signer: Signer) -> list[bytes]:
    """Further entries of the reporter, sealed one after the other from the place `after` on.

    `identity` is the tip's key out of one's own grant, `after` what `next_place` says of the opened thread, `signer`
    the `reporter_signer` of the receipt. Who loses the race for a number seals again.
    """
    sealed: list[bytes] = []
    for part in parts:
        sealed.append(seal_entry(_entry_of(part, after, day), signer, identity.recipient))
        after = Place(after.site, after.tip, after.seq + 1, digest(sealed[-1]))
    return sealed


def _entry_of(part: Part, place: Place, day: str) -> Entry:
    if isinstance(part, Answered):
        return replace(_entry_of(part.said, place, day), about=part.about)
    if isinstance(part, Attachment):
        return Entry(place, part.kind, REPORTER, day=day, media=part.media)
    if isinstance(part, Coordinates):
        return Entry(place, "place", REPORTER, day=day, coordinates=part)
    return Entry(place, "text", REPORTER, day=day, text=part)


def next_place(thread: Thread) -> Place:
    """The place of the next entry of an opened thread."""
    first = thread.entries[0].place
    return Place(first.site, first.tip, thread.length, thread.head)


def open_thread(
    sealed: Sequence[bytes],
    identity: Identity,
    verify_keys: Callable[[str], bytes | None],
    *,
    site: str,
    tip: bytes,
    unit: str,
    goes_on_for: Collection[str] = (),
    seen: Seen | None = None,
    elsewhere: Callable[[str, str], bytes | None] = lambda _unit, _serial: None,
    former: bool = False,
) -> Thread:
    """The whole thread, entry 0 first, every check made: number, `prev`, signature, site, tip, unit (see `explained`).

    `identity` comes out of one's own grant: a `TipKey` where the tip's key was changed. `verify_keys` gives an
    officer's signing key by serial, None for a serial on no sheet of `unit`; `elsewhere` the same by unit and serial,
    for units that had the tip before. The reporter's own key stands in entry 0. `seen` is what this reader remembers: a
    thread that has become shorter or other is refused. `former`: the key may be one before those of the thread's end,
    which then is cut. Raises Tampered for all of that.
    """
    keys = Unlocking(identity)
    prev, entries, opening, holder = first_prev(tip, keys.first.recipient), list[Entry](), None, ""
    for seq, one in enumerate(sealed):
        opened = keys.open(one, seq)
        if opened is not None:
            if opened.entry.place != Place(site, tip, seq, prev):
                raise Tampered("thread: entry out of place")
            entry = opened.entry
            if entry.opening is not None:
                opening, holder = entry.opening, entry.opening.unit
            officer = verify_keys(entry.by) if explained(holder, unit, goes_on_for) else elsewhere(holder, entry.by)
            entries.append(opened.verified(opening.verify_key if opening and entry.by == REPORTER else officer))
            holder = entry.to or holder
            if seen is not None and entry.instead is not None and entry.instead < seen.count <= seq:
                raise Tampered("thread: what was read is set aside")
        prev = digest(one)
        if seen is not None and seen.count == seq + 1 and seen.head != prev:
            raise Tampered("thread: other than before")
    fits = opening is not None and explained(holder, unit, goes_on_for)
    ended = keys.newest if former else keys.ended
    if opening is None or not (fits and ended) or (seen is not None and seen.count > len(sealed)):
        raise Tampered("thread: cut short, or another unit's")
    return Thread(tip, opening, tuple(entries), prev, len(sealed), keys.shut)


def seal_media(chunks: Iterable[bytes], size: int, recipient: str) -> Iterator[bytes]:
    """Media of `size` bytes sealed to the tip's key in constant memory, filled with zeros to 64 KiB × 2^k.

    Raises Unusable at the end where the chunks were not `size` bytes.
    """
    return seal_stream(_filled(chunks, size), [recipient])


def _filled(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    left = size
    for chunk in chunks:
        left -= len(chunk)
        yield chunk
    if left:
        raise Unusable("media: another size than said")
    yield from zeros(bucket(size, MEDIA_BUCKET) - size)


def open_media(chunks: Iterable[bytes], size: int, identity: Identity) -> Iterator[bytes]:
    """The `size` bytes of media without the zeros after them. Use nothing of it before the iterator has ended."""
    position = 0
    for plain in open_stream(chunks, identity):
        content = plain[: max(size - position, 0)]
        position += len(plain)
        if plain[len(content) :].strip(b"\0"):
            raise Unusable("media: filling")
        if content:
            yield content
    if position != bucket(size, MEDIA_BUCKET):
        raise Unusable("media: another size than said")
