"""Answers to the core's questions, read in the open transaction.

What takes long (opening a thread) is not done here: `Reading` says what it lacks by raising `Needed`, the engine
makes it outside and tries again. Nothing has been written by then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from bot.service.boards import board
from bot.service.draft_forms import read_media
from bot.service.errors import OurFault
from bot.service.founding import BACKUP_DAYS
from bot.service.site import SheetBook, find_desk
from bot.service.wards import Finder
from crypto.epochs import EpochKey
from crypto.sheets import Sheet
from handlers.questions import (
    HEAD,
    Answer,
    FindBackups,
    FindBoard,
    FindDesk,
    FindMailbox,
    FindUnits,
    ListUnits,
    NearUnits,
    Question,
    ReadHeads,
    SearchBoard,
)
from handlers.values import Asked, Desk, Hits, Mailbox, Name, PartKind
from handlers.wishes import AppendParts, FileTip
from storage.repositories import drafts, settings, threads, units


@dataclass(frozen=True, slots=True)
class Thread:
    """A tip's sealed thread as its receipt finds it: the reporter's grant and every entry in order.

    `unit` is the one it was sealed for, `lies_with` the one whose officers have it now, `holders` those whose officers
    had it when entries were filed. `visible_from` is when its last change of state may be seen. `former`: grants that
    the reporter's came in place of and that are kept until it has proved good, the newest first.
    """

    tip: bytes
    unit: str
    grant: bytes
    entries: tuple[bytes, ...]
    erased: bool
    visible_from: int
    lies_with: str
    holders: frozenset[str]
    former: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenThread:
    """Slow work wanted: open this thread with this seed.

    `signers`: keys of whoever may have written in it, by the unit that had the tip then, and serial. `goes_on_for`:
    the units that the one it lies with goes on for, by its newest sheet. `received_by`: the name of the unit that it
    was sealed for, where an acknowledgement is asked for.
    """

    question: FindMailbox
    thread: Thread
    signers: dict[str, dict[str, bytes]]
    goes_on_for: tuple[str, ...] = ()
    received_by: Name | None = None


@dataclass(frozen=True, slots=True)
class SealedPart:
    """One part of a draft as stored, with the key that opens it."""

    id: bytes
    kind: PartKind
    media: str | None
    blob: bytes
    key: EpochKey
    about: Asked | None = None


@dataclass(frozen=True, slots=True)
class SealSubmission:
    """Slow work wanted: seal these parts for `wish`, a new tip by `sheet` or an addition to `thread`.

    `keys` are all living ones: the bytes of media may lie under an older key than the row that names them.
    `answerable` is the serial of the officer who answers for a new tip at this moment, by the unit's roster.
    """

    wish: FileTip | AppendParts
    draft: bytes
    parts: tuple[SealedPart, ...]
    keys: tuple[EpochKey, ...]
    at: int
    sheet: Sheet | None = None
    thread: Thread | None = None
    answerable: str | None = None


class Needed(Exception):
    """Something slow must be made before this fact can be handled."""

    def __init__(self, work: OpenThread | SealSubmission) -> None:
        super().__init__("slow work is needed first")
        self.work = work


@dataclass(slots=True)
class Made:
    """Slow work already done for a fact."""

    mailboxes: dict[FindMailbox, tuple[int, Mailbox | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """The answerer of one step."""

    connection: Connection
    book: SheetBook
    keys: tuple[EpochKey, ...]
    made: Made
    now: int

    def answer(self, question: Question) -> Answer:
        """The answer to one question."""
        match question:
            case FindDesk(box=box, unit=unit, typed=typed):
                return self._named(typed) or self._desk(box, unit)
            case FindMailbox():
                return self._mailbox(question)
            case FindBoard(unit=unit, words=words):
                return board(self.connection, (words and self._finder.named(words)) or unit, self.now)
            case SearchBoard(words=words):
                code = self._finder.named(words)
                return None if code is None else board(self.connection, code, self.now)
            case FindUnits():
                return self._units(question)
            case ListUnits(under=under, page=page):
                return self._finder.listed(under, page)
            case NearUnits(latitude=latitude, longitude=longitude):
                return self._finder.near(float(latitude), float(longitude))
            case ReadHeads(parts=parts):
                return tuple(self._head(part) for part in parts)
            case FindBackups():
                days = settings.get(self.connection, BACKUP_DAYS)
                return None if days is None else int(days)

    def _units(self, question: FindUnits) -> Hits:
        hits = self._finder.find(question.words)
        if not (question.board and len(hits.places) == 1):
            return hits
        return replace(hits, board=board(self.connection, hits.places[0].unit, self.now))

    @property
    def _finder(self) -> Finder:
        return Finder(self.connection, self.book, self.now)

    def _mailbox(self, question: FindMailbox) -> Mailbox | None:
        thread = find_thread(self.connection, question.lookup)
        if thread is None:
            return None
        ready = self.made.mailboxes.get(question)
        if ready is None or ready[0] != len(thread.entries):
            olds = self.book.goes_on_for(self.connection, thread.lies_with)
            signers = self._signers({thread.unit, thread.lies_with, *thread.holders, *olds})
            name = self.book.name(self.connection, thread.unit) if question.acknowledge else None
            raise Needed(OpenThread(question, thread, signers, olds, name))
        return ready[1]

    def _signers(self, held: set[str]) -> dict[str, dict[str, bytes]]:
        """Signing keys of each unit that had a tip: its officers', and those of one that goes on for it."""
        keys = {unit: self.book.signing_keys(self.connection, unit) for unit in sorted(held)}
        for_whom = {unit: {unit, *self.book.goes_on_for(self.connection, unit)} for unit in held}
        return {
            unit: {serial: key for other in keys if unit in for_whom[other] for serial, key in keys[other].items()}
            for unit in held
        }

    def _named(self, typed: str | None) -> Desk | None:
        """The desk of a box whose code was typed; nothing that was typed is remembered."""
        box = units.find_box(self.connection, typed) if typed else None
        return replace(self._desk(box.code, None), named=True) if box else None

    def _desk(self, box: str | None, unit: str | None) -> Desk:
        """The same for every chat, and remembered for this second: sheets expire."""
        connection, book, now = self.connection, self.book, self.now
        return book.desks.of(connection, now, (box, unit), lambda: find_desk(connection, book, now, box=box, unit=unit))

    def _head(self, part: bytes) -> str:
        found = drafts.by_ids(self.connection, [part])
        match found:
            case (drafts.DraftPart(kind="text") as row,):
                return open_row(row, self.keys)[:HEAD]
            case (drafts.DraftPart(kind="voice") as row,):
                return str(read_media("", open_row(row, self.keys)).seconds or 0)
            case _:
                return ""


def find_thread(connection: Connection, lookup: bytes) -> Thread | None:
    """The thread this lookup id belongs to (exact look-up, the one read of entries in the intake's path)."""
    found = threads.mailbox(connection, lookup)
    if found is None:
        return None
    return Thread(
        found.tip,
        found.unit,
        found.grant,
        found.entries,
        erased=not (found.entries and found.grant),
        visible_from=found.visible_from,
        lies_with=found.lies_with,
        holders=found.holders,
        former=found.former,
    )


def open_row(row: drafts.DraftPart, keys: Sequence[EpochKey]) -> str:
    """What the row of a stored part says: the words of a text, or what `draft_forms` wrote.

    Raises:
        OurFault: its key is gone (a draft outlived its day, which the core does not allow).
    """
    return key_of(row, keys).open_part(row.draft, row.id, row.blob).decode()


def key_of(row: drafts.DraftPart, keys: Sequence[EpochKey]) -> EpochKey:
    """The living key a part was sealed under."""
    return key_numbered(row.epoch, keys)


def key_numbered(epoch: int, keys: Sequence[EpochKey]) -> EpochKey:
    """The living key of this number.

    Raises:
        OurFault: there is none.
    """
    for key in keys:
        if key.number == epoch:
            return key
    raise OurFault("a draft part outlived its key")
