"""The engine: one arrival, one transaction, then the workers are woken.

`receive` returns only after the commit. Nothing leaves before it; a repeat of an arrival changes nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy import Connection

from bot.service.arrival_facts import FactMaker, is_code
from bot.service.arrivals import Arrival, Gone, Group, Incoming
from bot.service.chats import open_chat
from bot.service.coming import Coming
from bot.service.effects.apply import Effects
from bot.service.effects.drafts import row_of
from bot.service.errors import NotAccepted, OurFault
from bot.service.families import in_families
from bot.service.keyring import EpochRing
from bot.service.outgoing import Told
from bot.service.pagechats import trim
from bot.service.reading import Made, Needed, OpenThread, Reading, SealSubmission
from bot.service.replies import Replies
from bot.service.site import SheetBook
from bot.service.submissions import Submission, Submissions
from bot.service.threads import Threads
from bot.service.turns import Turns
from handlers.facts import AnyFact, MediaReceived
from handlers.mailbox import waits_for_codes
from handlers.records import replace
from handlers.step import OUTAGE, step
from handlers.values import Line, Mailbox, Message
from handlers.wishes import AppendParts, FileTip, Keep, KeepMedia, Outcome, Say
from storage.blobs import Blobs
from storage.database import Database
from storage.errors import Conflict, StorageError
from storage.repositories import inbox, outbox

ROUNDS = 8
"""How often one fact may ask for more slow work before we are wrong: a step asks at most twice, a race repeats it."""


@dataclass(frozen=True, slots=True)
class GivenUp(Arrival):
    """An arrival that was tried and given up: its chat is told so, and the arrival counts as handled."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What became of an arrival: whether it was a repeat, and the draft parts it added."""

    repeated: bool
    parts: tuple[bytes, ...] = ()


@dataclass(slots=True)
class Slow:
    """Slow work done so far for one fact."""

    made: Made = field(default_factory=Made)
    submission: Submission | None = None


@dataclass(frozen=True, slots=True)
class Handled:
    """The result of a committed step, with media that nothing refers to any more. `filed`: officers have news.

    `said`: of a page, all that waits for it; None if more may wait than this step said.
    """

    noted: Noted
    loose: tuple[str, ...] = ()
    filed: bool = False
    said: tuple[Told, ...] | None = None


Wake = Callable[[str, str, tuple[Told, ...] | None], None]
"""Called after a commit with the bot, the chat, and what alone waits for a page; None if more may wait."""


class Intake:
    """Takes in what arrives from any driver. After a commit `wake` is called, and `filed` if something was filed."""

    def __init__(
        self,
        *,
        database: Database,
        blobs: Blobs,
        ring: EpochRing,
        book: SheetBook,
        facts: FactMaker,
        submissions: Submissions,
        threads: Threads,
        replies: Replies,
        effects: Effects,
        clock: Callable[[], float],
        wake: Wake,
        filed: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._blobs = blobs
        self._ring = ring
        self._book = book
        self._facts = facts
        self._submissions = submissions
        self._threads = threads
        self._replies = replies
        self._effects = effects
        self._clock = clock
        self._wake = wake
        self._filed = filed
        self._turns = Turns()
        self.coming = Coming()
        """Which chats have files on their way; drivers tell it before they hand a file over."""

    async def receive(self, arrival: Arrival) -> Noted:
        """Handle one arrival durably.

        Raises:
            NotAccepted: it cannot be taken here. For a page alone: a messenger's chat is told so.
            OutsideFailed: it was not stored; the sender should send it again.
            OurFault: it was not stored, and sending it again would not help.
        """
        now = int(self._clock())
        with in_families():
            if isinstance(arrival, GivenUp):
                return await self._answer(arrival, "err-again", now)
            try:
                return await self._take(arrival, now)
            except NotAccepted as refused:
                if arrival.channel.is_page:
                    raise
                return await self._answer(arrival, refused.key, now)

    async def _take(self, arrival: Arrival, now: int) -> Noted:
        if is_code(arrival.content):
            return await self._take_code(arrival, now)
        if not isinstance(arrival.content, Incoming):
            return await self._step(arrival, await self._facts.fact(arrival, now))
        with self.coming.one(arrival):
            return await self._take_file(arrival, arrival.content, now)

    async def _take_code(self, arrival: Arrival, now: int) -> Noted:
        """Stretching costs as much as ten messages: not for a repeat, and not for a chat that guessed too often.

        All of it in the chat's turn, so that codes sent at once are counted one after the other.
        """
        async with self._turns.of(arrival.bot, arrival.chat):
            if await self._was_seen(arrival, now):
                return Noted(repeated=True)
            keys = self._ring.living(now)
            chat = await self._database.run(lambda connection: open_chat(connection, keys, arrival))
            waits = waits_for_codes(chat.conversation, now)
            fact = self._facts.unstretched(arrival.channel, now) if waits else await self._facts.fact(arrival, now)
            handled = await self._in_turn(arrival, fact)
        return await self._committed(arrival, handled)

    async def _take_file(self, arrival: Arrival, incoming: Incoming, now: int) -> Noted:
        if await self._was_seen(arrival, now):
            return Noted(repeated=True)
        try:
            fact = await self._facts.fact(arrival, now)
        except NotAccepted as refused:
            await self._lost(arrival, self._facts.refused(arrival.channel, incoming, now, refused.key))
            raise
        here_at_once = arrival.sent is None or now - arrival.sent < OUTAGE  # what takes long here is no outage
        arrival = replace(arrival, sent=None) if here_at_once else arrival
        return await self._step(arrival, replace(fact, at=int(self._clock())))

    async def _step(self, arrival: Arrival, fact: AnyFact) -> Noted:
        async with self._turns.of(arrival.bot, arrival.chat):
            handled = await self._in_turn(arrival, fact)
        return await self._committed(arrival, handled)

    async def _in_turn(self, arrival: Arrival, fact: AnyFact) -> Handled:
        return await self._commit(arrival, replace(fact, sent=arrival.sent, coming=self.coming.beside(arrival)))

    async def _lost(self, arrival: Arrival, fact: AnyFact) -> None:
        """A page is told of its file where it sent it; a conversation that waits for the file is told as well."""
        keys = self._ring.living(fact.at)
        found = await self._database.run(lambda connection: open_chat(connection, keys, arrival).conversation)
        if found.confirm == "wait":
            await self._step(replace(arrival, update=f"{arrival.update}:lost"), fact)

    async def _answer(self, arrival: Arrival, key: str, now: int) -> Noted:
        """Say this one catalogue message, and change nothing else. Groups, and who has left, are told nothing."""
        if isinstance(arrival.content, Group | Gone):
            return Noted(repeated=False)
        say = Say(Message((Line(key),)))

        def work(connection: Connection) -> Handled:
            keys = self._ring.living(now)
            replays = [key.replay(arrival.bot, arrival.update) for key in keys]
            if inbox.seen(connection, replays):
                return Handled(Noted(repeated=True))
            inbox.add(connection, replays[0], keys[0].number)
            chat = open_chat(connection, keys, arrival)
            told = Outcome(chat.conversation, (say,))
            self._effects.apply(connection, now, chat=chat, outcome=told, submission=None, came=arrival.message)
            return Handled(Noted(repeated=False))

        async with self._turns.of(arrival.bot, arrival.chat):
            handled = await self._database.run(work)
        return await self._committed(arrival, handled)

    async def _committed(self, arrival: Arrival, handled: Handled) -> Noted:
        self._wake(arrival.bot, arrival.chat, handled.said)
        if handled.filed:
            self._filed()
        await self._erase(handled.loose)
        return handled.noted

    async def _was_seen(self, arrival: Arrival, now: int) -> bool:
        """A look before a file is fetched, cleaned and sealed once more; what counts is the look in the step."""
        replays = [key.replay(arrival.bot, arrival.update) for key in self._ring.living(now)]
        return await self._database.read(lambda connection: inbox.seen(connection, replays))

    async def _erase(self, blobs: tuple[str, ...]) -> None:
        """Best effort: what stays is swept after a day.

        Only after a commit. Where one failed nobody knows whether it happened: a connection may be lost in it.
        """
        for name in blobs:
            with suppress(StorageError):
                await self._blobs.delete(name)

    async def _commit(self, arrival: Arrival, fact: AnyFact) -> Handled:
        slow = Slow()
        lost: Exception = OurFault("a fact never had all the slow work it needed")
        for _ in range(ROUNDS):
            try:
                result = await self._database.run(lambda connection: self.handle(connection, arrival, fact, slow))
            except Conflict as error:
                lost = error  # somebody else was first: what is there now is read again, and sealed on top of it
                continue
            if isinstance(result, Handled):
                return result
            await self._make(arrival, result, slow)
        raise lost

    async def _make(self, arrival: Arrival, work: OpenThread | SealSubmission, slow: Slow) -> None:
        match work:
            case OpenThread(question=question):
                slow.made.mailboxes[question] = (len(work.thread.entries), await self._opened(arrival, work))
            case SealSubmission():
                if work.sheet is not None:
                    await asyncio.to_thread(self._book.take_in, work.sheet)
                slow.submission = await self._submissions.seal(work)

    async def _opened(self, arrival: Arrival, work: OpenThread) -> Mailbox | None:
        async with self._facts.lookups.place():
            mailbox = await self._threads.open(work)
            if mailbox is None or arrival.channel.is_page:
                return mailbox
            return replace(mailbox, asked=await self._replies.asked(arrival.bot, arrival.chat, mailbox.tip))

    def handle(
        self, connection: Connection, arrival: Arrival, fact: AnyFact, slow: Slow
    ) -> Handled | OpenThread | SealSubmission:
        """The whole step in one open transaction; slow work that is lacking is returned before anything is written."""
        keys = self._ring.living(fact.at)
        replays = [key.replay(arrival.bot, arrival.update) for key in keys]
        if inbox.seen(connection, replays):
            return Handled(Noted(repeated=True), _media_of(fact))
        chat = open_chat(connection, keys, arrival)
        reading = Reading(connection, self._book, keys, slow.made, fact.at)
        try:
            outcome = step(chat.conversation, fact, reading.answer)
            filed = [wish for wish in outcome.wishes if isinstance(wish, FileTip | AppendParts)]
            fresh = [row_of(chat.key, wish) for wish in outcome.wishes if filed and isinstance(wish, Keep)]
            for wish in filed:
                self._submissions.require(reading, wish, slow.submission, fresh)
        except Needed as needed:
            return needed.work
        inbox.add(connection, replays[0], keys[0].number)
        if arrival.shown is not None:
            outbox.ack(connection, chat.lanes, arrival.shown)
        done = self._effects.apply(
            connection,
            fact.at,
            chat=chat,
            outcome=outcome,
            submission=slow.submission,
            came=None if isinstance(arrival.content, Group) else arrival.message,
        )
        alone = arrival.channel.is_page and trim(connection, keys, chat.lanes) == len(done.said)
        unkept = () if any(isinstance(wish, KeepMedia) for wish in outcome.wishes) else _media_of(fact)
        noted = Noted(repeated=False, parts=done.kept)
        return Handled(noted, (*done.loose, *unkept), bool(filed), done.said if alone else None)


def _media_of(fact: AnyFact) -> tuple[str, ...]:
    """The blob that came with this fact, if any."""
    return (fact.media.blob,) if isinstance(fact, MediaReceived) else ()
