"""Opening a thread with its receipt: every check of the format made, then only what a reporter may see."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import cast

import structlog

from bot.service.errors import NotAccepted
from bot.service.reading import OpenThread, Thread
from bot.service.site import Site
from crypto.acknowledgements import (
    Acknowledging,
    Received,
    acknowledge,
    fingerprint_of,
    number_of,
)
from crypto.audit import in_groups, short
from crypto.entries import REPORTER, Entry
from crypto.errors import SealError
from crypto.grants import open_grant
from crypto.hybrid import Identity
from crypto.receipts import reporter_identity
from crypto.tipkeys import TipKey, Unlocking
from crypto.tips import Thread as Opened
from crypto.tips import open_thread
from handlers.cases import Act, public
from handlers.values import Acknowledgement, Mailbox, Mark, Sent, TipState, Words

log = structlog.get_logger(__name__)
SHOWN = 300
"""Characters of each text that its sender is shown again: enough to know it by."""
LATEST = 4_102_444_800
"""2100-01-01T00:00Z. An officer's clock says when he wrote; later than this it says nothing, and no calendar ends."""


class Threads:
    """Opens threads for their reporters, outside any transaction, and signs that they were received."""

    def __init__(self, site: Site, by: Acknowledging) -> None:
        self._site = site
        self._by = by

    async def open(self, work: OpenThread) -> Mailbox | None:
        """The mailbox; None if this seed opens nothing here, or the thread does not match its check marks."""
        return await asyncio.to_thread(self._open, work)

    def _open(self, work: OpenThread) -> Mailbox | None:
        thread, site = work.thread, self._site
        try:
            key = key_of(site, thread, work.question.seed) if thread.grant else None
            if thread.erased or key is None:
                return Mailbox(thread.tip, thread.unit, "", 0, (), (), (), erased=True)
            mine = (work.signers.get(unit, {}) for unit in (thread.lies_with, *work.goes_on_for))
            own = {serial: key for keys in mine for serial, key in keys.items()}
            opened = open_thread(
                thread.entries,
                key.identity,
                own.get,
                site=site.id,
                tip=thread.tip,
                unit=thread.lies_with,
                goes_on_for=work.goes_on_for,
                elsewhere=lambda unit, serial: work.signers.get(unit, {}).get(serial),
                former=key.former,
            )
        except NotAccepted:
            return None
        except SealError:
            log.error("thread_does_not_match_its_check_marks")
            return None
        return self._acknowledged(work, _mailbox(thread, opened))

    def _acknowledged(self, work: OpenThread, mailbox: Mailbox) -> Mailbox:
        """With its acknowledgement, where that was asked for: of the day and unit that the thread itself says."""
        if work.received_by is None:
            return mailbox
        site, unit = self._site, work.received_by
        number = number_of(work.question.seed, site.id)
        fingerprint = fingerprint_of(number, site.id)
        said = Received(site.id, site.demo, mailbox.unit, unit.vi, mailbox.day, fingerprint)
        made = Acknowledgement(unit, short(fingerprint), acknowledge(said, self._by), in_groups(number))
        return replace(mailbox, acknowledgement=made)


@dataclass(frozen=True, slots=True)
class ReporterKey:
    """A tip's key out of a grant of its reporter. `former`: one of before, as the newest opens nothing."""

    identity: TipKey
    former: bool


def key_of(site: Site, thread: Thread, seed: bytes) -> ReporterKey:
    """The tip's key out of the reporter's grant, or where that is not the key in force, out of the newest before it.

    Raises:
        NotAccepted: the seed is not this thread's.
        SealError: every grant is broken.
    """
    reporter, broken = reporter_identity(seed, site.id), None
    found: list[ReporterKey] = []
    for at, grant in enumerate((thread.grant, *thread.former)):
        try:
            key = _opened(site, thread, grant, reporter)
        except SealError as error:
            broken = error
        else:
            found += [] if key is None else [ReporterKey(key, former=at > 0)]
    if not found:
        raise broken or NotAccepted("code-unknown")
    return next((one for one in found if not thread.former or _is_good(one, thread)), found[0])


def _is_good(key: ReporterKey, thread: Thread) -> bool:
    """True where the newest of its keys came into force in the thread: what does not fit was changed since.

    Of keys that know of no change: where nothing but that fits, and of the grant that stands nothing is shut.
    """
    keys = Unlocking(key.identity)
    try:
        for seq, sealed in enumerate(thread.entries):
            keys.open(sealed, seq)
    except SealError:
        return keys.changed
    return keys.changed or (keys.newest if key.former else keys.ended)


def _opened(site: Site, thread: Thread, grant: bytes, reporter: Identity) -> TipKey | None:
    return open_grant(
        grant, reporter, site=site.id, tip=thread.tip, unit=thread.unit, officer=REPORTER, serial=REPORTER
    )


def _mailbox(thread: Thread, opened: Opened) -> Mailbox:
    entries = opened.entries
    words: list[Words] = []
    marks: list[Mark] = []
    own: list[int] = []
    added: list[tuple[int, str]] = []
    first_parts, day = True, entries[0].day or ""
    for entry in entries[1:]:
        if entry.by == REPORTER:
            if not first_parts:
                own.append(len(words))
            if not first_parts or entry.day != day:
                added.append((len(words), entry.day or day))
            continue
        first_parts = False
        if entry.kind in ("take", "forward", "rekey"):
            continue
        if entry.kind == "state":
            marks.append(Mark(_state(entry.text), _at(entry)))
        elif entry.kind == "case":
            marks += _shown(entry, marks[-1].state if marks else "received")
        else:
            words.append(Words("question" if entry.kind == "question" else "answer", entry.text or "", _at(entry)))
    if marks:
        marks[-1] = replace(marks[-1], not_before=thread.visible_from)
    sent = tuple(_sent(entry) for entry in entries[1:] if entry.by == REPORTER)
    read = Mailbox(thread.tip, thread.unit, day, opened.length, tuple(words), tuple(marks), tuple(own), sent=sent)
    return replace(read, added=tuple(dict.fromkeys(added)), cut=opened.shut is not None)


def _at(entry: Entry) -> int:
    return min(entry.at or 0, LATEST)


def _sent(entry: Entry) -> Sent:
    head = " ".join((entry.text or "").split())[:SHOWN].rstrip()
    match entry.kind:
        case "photo" | "voice" | "video" | "file" | "place" as kind:
            return Sent(kind, head, (entry.media.seconds if entry.media else None) or 0)
        case _:
            return Sent("text", head)


def _shown(entry: Entry, before: TipState) -> list[Mark]:
    """What a reporter is shown of an act: the coarse state it led to, where that is another (rule 11)."""
    state = public(cast("Act", entry.case), before)
    return [] if state == before else [Mark(state, _at(entry))]


def _state(text: str | None) -> TipState:
    match text:
        case "verify" | "need" | "closed":
            return text
        case _:
            return "received"
