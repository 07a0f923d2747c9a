"""Sealing what is submitted, before its transaction: every part is opened and sealed afresh, all ids are new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone

from bot.service.draft_forms import read_media, read_place
from bot.service.errors import OurFault
from bot.service.media_sealing import seal_afresh
from bot.service.queues import filing
from bot.service.reading import (
    Needed,
    Reading,
    SealedPart,
    SealSubmission,
    Thread,
    find_thread,
    key_numbered,
    key_of,
)
from bot.service.rosters.standing import answerable
from bot.service.site import Site
from bot.service.threads import key_of as key_of_thread
from crypto.contents import TIMED, Media
from crypto.entries import About, Place, digest
from crypto.epochs import epoch_of
from crypto.hybrid import Identity
from crypto.receipts import Stretched, grouped, new_receipt, reporter_signer, stretch
from crypto.sheets import Sheet
from crypto.tips import Answered, Attachment, Part, Said, SealedTip, TipSeal, append, seal_media
from handlers.clocks import MINUTE, opening_due, told_from
from handlers.timeline import EAST
from handlers.values import Asked, MediaKind
from handlers.values import Media as DraftMedia
from handlers.wishes import AppendParts, FileTip
from storage.blobs import Blobs
from storage.repositories import drafts
from storage.repositories.notices import Notice
from storage.repositories.threads import Addition as NewEntries
from storage.repositories.tips import NewTip, StoredBlob

HOUR = 3600
_ABOUT: dict[Asked, About] = {"kind": "cat", "what": "what", "where": "where", "when": "when", "who": "who"}
"""The conversation's questions as entries name them."""


@dataclass(frozen=True, slots=True)
class NewSubmission:
    """A sealed new tip, the draft it was made of, and its receipt as the reporter is shown it."""

    wish: FileTip
    sheet: Sheet
    row: NewTip
    receipt: str
    seed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Addition:
    """Sealed further entries of an opened tip. `former`: under a key of before, as the newest opens nothing."""

    wish: AppendParts
    entries: NewEntries
    notice: Notice
    former: bool
    receipt: str = ""


Submission = NewSubmission | Addition


class Submissions:
    """Seals drafts, in a queue of its own: no look-up ever stands before one that is sent."""

    def __init__(self, *, site: Site, blobs: Blobs, entropy: Callable[[int], bytes]) -> None:
        self._site = site
        self._blobs = blobs
        self._entropy = entropy
        self._filing = filing()

    def require(
        self,
        reading: Reading,
        wish: FileTip | AppendParts,
        made: Submission | None,
        fresh: Sequence[drafts.DraftPart] = (),
    ) -> None:
        """Pass if `made` is this very submission, sealed for what the database says now.

        `fresh`: parts of the draft that the same step stores.

        Raises:
            Needed: it must be sealed (again).
        """
        if isinstance(wish, FileTip):
            self._require_tip(reading, wish, made, fresh)
        else:
            self._require_addition(reading, wish, made, fresh)

    def _require_tip(
        self, reading: Reading, wish: FileTip, made: Submission | None, fresh: Sequence[drafts.DraftPart]
    ) -> None:
        sheet = reading.book.newest(reading.connection, wish.receiver, reading.now)
        if sheet is None:
            raise OurFault("a tip was to go where nobody can read it")
        if not (isinstance(made, NewSubmission) and made.wish == wish and made.sheet == sheet):
            who = answerable(reading.connection, reading.book, sheet, reading.now)
            raise Needed(replace(_wanted(reading, wish, fresh, sheet=sheet), answerable=who))

    def _require_addition(
        self, reading: Reading, wish: AppendParts, made: Submission | None, fresh: Sequence[drafts.DraftPart]
    ) -> None:
        thread = find_thread(reading.connection, wish.mail.lookup)
        if thread is None:
            raise OurFault("an addition to a tip that is gone")
        now = (len(thread.entries), thread.lies_with)
        if not (isinstance(made, Addition) and made.wish == wish and (made.entries.seq, made.notice.unit) == now):
            raise Needed(_wanted(reading, wish, fresh, thread=thread))

    async def seal(self, work: SealSubmission) -> Submission:
        """Do it; media go to the blob store here, under random names that nothing refers to before the commit."""
        match work:
            case SealSubmission(wish=FileTip() as wish, sheet=Sheet() as sheet):
                return await self._tip(work, wish, sheet)
            case SealSubmission(wish=AppendParts() as wish, thread=Thread() as thread):
                return await self._addition(work, wish, thread)
        raise OurFault("a submission without its place")

    async def _tip(self, work: SealSubmission, wish: FileTip, sheet: Sheet) -> NewSubmission:
        code, seal = new_receipt(), TipSeal.begin(self._site.id)
        parts, blobs = await self._parts(work, seal)

        def finish() -> tuple[Stretched, SealedTip]:
            stretched = stretch(code, self._site.salt)
            return stretched, seal.finish(
                sheet=sheet,
                box=wish.box,
                category=wish.draft.category,
                parts=parts,
                day=day_of(work.at),
                at=work.at,
                seed=stretched.seed,
                passed=wish.passed,
            )

        stretched, sealed = await self._filing.run(finish)
        urgent = wish.draft.urgent
        received = work.at - work.at % (MINUTE if urgent else HOUR)
        row = NewTip(
            id=sealed.tip,
            unit=sheet.unit,
            urgent=urgent,
            received=received,
            entries=sealed.entries,
            grants=sealed.grants,
            lookup=stretched.lookup,
            mailbox=sealed.reporter_grant,
            answerable=work.answerable,
            blobs=blobs,
            notices=[self._notice(sheet.unit, sealed.tip, "tip", work.at, urgent=urgent)],
            due=opening_due(received, urgent=urgent),
        )
        return NewSubmission(wish, sheet, row, grouped(code), stretched.seed)

    async def _addition(self, work: SealSubmission, wish: AppendParts, thread: Thread) -> Addition:
        key = await self._filing.run(lambda: key_of_thread(self._site, thread, wish.mail.seed))
        identity = key.identity
        parts, blobs = await self._parts(work, identity)
        place = Place(self._site.id, thread.tip, len(thread.entries), digest(thread.entries[-1]))
        signer = reporter_signer(wish.mail.seed, self._site.id)
        sealed = await self._filing.run(
            lambda: append(identity, place, parts=parts, day=day_of(work.at), signer=signer)
        )
        entries = NewEntries(place.seq, sealed, blobs, news=True)
        notice = self._notice(thread.lies_with, thread.tip, "news", work.at, urgent=wish.draft.urgent)
        return Addition(wish, entries, notice, former=key.former)

    def _notice(self, unit: str, tip: bytes, kind: str, now: int, *, urgent: bool) -> Notice:
        due = told_from(now, urgent=urgent)
        return Notice(self._entropy(16), unit, tip, "tip" if kind == "tip" else "news", due)

    async def _parts(self, work: SealSubmission, key: TipSeal | Identity) -> tuple[list[Part], list[StoredBlob]]:
        parts: list[Part] = []
        blobs: list[StoredBlob] = []
        for part in work.parts:
            plain = part.key.open_part(work.draft, part.id, part.blob).decode()
            said: Said = plain
            match part:
                case SealedPart(kind="place"):
                    said = read_place(plain)
                case SealedPart(kind="photo" | "voice" | "video" | "file" as kind, media=str(name)):
                    media, stored = await self._media(work, kind, read_media(name, plain), key)
                    said = Attachment(kind, media)
                    blobs.append(stored)
            parts.append(said if part.about is None else Answered(said, _ABOUT[part.about]))
        return parts, blobs

    async def _media(
        self, work: SealSubmission, kind: MediaKind, media: DraftMedia, key: TipSeal | Identity
    ) -> tuple[Media, StoredBlob]:
        old, new = bytes.fromhex(media.blob), self._entropy(16).hex()

        def sealing(first: bytes, chunks: Iterable[bytes]) -> Iterator[bytes]:
            epoch = key_numbered(epoch_of(first), work.keys)
            yield from seal_media(epoch.open_part_stream(old, old, chunks), media.size, key.recipient)

        async with self._filing.place():
            fresh = await seal_afresh(self._blobs, media.blob, new, sealing)
        seconds = (media.seconds or 0) if kind in TIMED else None
        said = Media(media.mime, media.size, new, fresh.sha256, seconds, media.cleaned)
        return said, StoredBlob(new, fresh.size)


def _wanted(
    reading: Reading,
    wish: FileTip | AppendParts,
    fresh: Sequence[drafts.DraftPart],
    *,
    sheet: Sheet | None = None,
    thread: Thread | None = None,
) -> SealSubmission:
    parts = _parts(reading, wish, fresh)
    return SealSubmission(wish, wish.draft.id, parts, reading.keys, reading.now, sheet=sheet, thread=thread)


def _parts(reading: Reading, wish: FileTip | AppendParts, fresh: Sequence[drafts.DraftPart]) -> tuple[SealedPart, ...]:
    wanted = [part.id for part in wish.draft.parts]
    stored = {row.id: row for row in (*drafts.by_ids(reading.connection, wanted), *fresh)}
    rows = tuple(stored[part] for part in wanted if part in stored)
    abouts = [part.about for part in wish.draft.parts]
    if len(rows) != len(wanted) or wish.draft.unagreed is not None:
        raise OurFault("a draft names a part that is not stored, or may not be sent")
    return tuple(
        SealedPart(row.id, row.kind, row.media, row.blob, key_of(row, reading.keys), about)
        for row, about in zip(rows, abouts, strict=True)
    )


def day_of(at: int) -> str:
    """The ISO day in Vietnam of a UTC second."""
    return datetime.fromtimestamp(at, timezone(timedelta(seconds=EAST))).date().isoformat()
