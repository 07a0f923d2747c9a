"""What must hold whatever is said: a ledger of what the box acknowledged, kept beside it by who was told so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fuzz.sentences import keys
from installation import BOX, Installation, Officer, Page, Person

from bot.service.arrivals import Arrival
from bot.service.chats import open_chat
from bot.service.intake import Noted
from bot.service.outgoing import Outgoing
from crypto.entries import Entry
from handlers.confirm import parts_of
from handlers.conversation import Conversation

DAY = 24 * 3600
GIVES_UP = frozenset(
    (
        "erase-done",
        "review-removed",
        "forget-done",
        "forget-gone",
        "rem-erased",
        "draft-dropped",
        "web-reload",
        "media-raw",
    )
)
"""Messages after which parts that were noted may be gone."""
FORGOTTEN = frozenset(("forget-done", "forget-gone"))
UNKNOWN = None
"""A part whose words the model does not foresee: a chosen answer, a word asked about."""


@dataclass
class Tip:
    """A tip that was acknowledged: the receipt its reporter was shown, and what it must hold."""

    receipt: str
    parts: list[str | None]


@dataclass
class Ledger:
    """What was noted of whom, and what was filed."""

    box: Installation
    tips: list[Tip] = field(default_factory=list)
    noted: dict[bytes, str | None] = field(default_factory=dict)
    arrivals: list[tuple[Person, Arrival]] = field(default_factory=list)

    async def does(self, person: Person, arrival: Arrival, content: Sequence[str | None] = ()) -> list[Outgoing]:
        """One act, and everything that must hold after it. `content`: what its parts say, if it becomes parts."""
        before, filed = await self.conversation(person, arrival), await self._filed()
        noted = await self.box.intake.receive(arrival)
        said, after = await person.news(), await self.conversation(person, arrival)
        self.arrivals.append((person, arrival))
        told = {key for out in said for line in out.shown.lines for key in self._known(line)}
        if _left(arrival) or told & FORGOTTEN:
            self.box.clock.advance(1)  # a chat's numbers begin anew with the second
        self._note(noted, content)
        await self._count(before, noted, said, filed)
        kept = set(parts_of(after))
        gone = [part for part in (*parts_of(before), *noted.parts) if part not in kept]
        assert not gone or told & GIVES_UP or await self._filed() != filed or _left(arrival) or self._over(before), gone
        return said

    def _known(self, line: str) -> frozenset[str]:
        found = keys(line)
        assert found, f"said, and in no catalogue: {line!r}"
        return found

    def _note(self, noted: Noted, content: Sequence[str | None]) -> None:
        assert not noted.repeated
        assert len(set(noted.parts) | set(self.noted)) == len(noted.parts) + len(self.noted), "no id comes up twice"
        foreseen = list(content) if len(content) == len(noted.parts) else [UNKNOWN] * len(noted.parts)
        self.noted.update(zip(noted.parts, foreseen, strict=True))

    async def _count(
        self, before: Conversation, noted: Noted, said: Sequence[Outgoing], filed: tuple[int, int]
    ) -> None:
        """A receipt was shown if and only if a tip was filed; then it holds the whole draft."""
        codes = [out.shown.lines[0].replace(" ", "") for out in said if out.shown.kind == "code"]
        tips, _ = await self._filed()
        assert len(codes) == tips - filed[0] <= 1
        if codes and before.draft is not None:
            assert codes[0] not in [tip.receipt for tip in self.tips], "receipts are unique"
            ids = [part.id for part in before.draft.parts] + list(noted.parts)
            self.tips.append(Tip(codes[0], [self.noted[part] for part in ids]))

    def _over(self, before: Conversation) -> bool:
        """A draft is erased a day after it was begun, said or not."""
        drafts = (draft for draft in (before.draft, before.parked) if draft is not None)
        return any(draft.born + DAY <= self.box.clock() for draft in drafts)

    async def conversation(self, person: Person, arrival: Arrival) -> Conversation:
        """Where the person's chat stands, as only the running process can read it."""
        living = self.box.ring.living(int(self.box.clock()))
        return await self.box.run(lambda connection: open_chat(connection, living, arrival).conversation)

    async def _filed(self) -> tuple[int, int]:
        """How many tips and entries there are."""
        [(tips,)], [(entries,)] = (
            await self.box.rows("SELECT count(*) FROM tips"),
            await self.box.rows("SELECT count(*) FROM entries"),
        )
        return tips, entries

    async def repeats(self, choice: int) -> None:
        """An earlier arrival comes once more, as long as it is remembered: nothing happens."""
        if self.arrivals:
            person, arrival = self.arrivals[choice % len(self.arrivals)]
            before = await self._filed(), await self.conversation(person, arrival)
            assert (await self.box.intake.receive(arrival)).repeated
            assert await person.news() == []
            assert (await self._filed(), await self.conversation(person, arrival)) == before

    async def judge(self, officer: Officer) -> None:
        """Everything acknowledged is there, once, and opens: for the officer and by its receipt."""
        found = {tip: (await officer.open(tip)).thread.entries[1:] for tip in await officer.tips()}
        assert len(found) == len(self.tips)
        threads = [_own(entries) for entries in found.values()]
        for tip in self.tips:
            [fits] = [n for n, thread in enumerate(threads) if _fits(tip.parts, thread)][:1] or [None]
            assert fits is not None, (tip.parts, threads)
            del threads[fits]
            page = Page(self.box)
            await page.open(BOX)
            said = await page.code(tip.receipt)
            assert any("mail-ask" in keys(line) for out in said for line in out.shown.lines), said


def _left(arrival: Arrival) -> bool:
    return type(arrival.content).__name__ == "Gone" or "reloaded=True" in repr(arrival.content)


def _own(entries: Sequence[Entry]) -> list[str]:
    """What the reporter sent, in order; of what is no text its kind."""
    return [entry.text or entry.kind for entry in entries if entry.by == "reporter"]


def _fits(parts: Sequence[str | None], thread: Sequence[str]) -> bool:
    """The thread begins with these parts; what the model did not foresee may be anything."""
    return len(thread) >= len(parts) and all(part in (UNKNOWN, said) for part, said in zip(parts, thread, strict=False))
