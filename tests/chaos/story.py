"""A conversation that does everything, act by act, each of which can be asked for again as a messenger would.

Text, photo, place, sending, the answer going out with what it promised, a question, reading by the code, answering,
asking to be told, the evening's notice, a reminder of a draft, being forgotten.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from installation import BOX, START, Installation, Officer, Page, Person, Telegram
from rules.night import small_photo

from bot.service.arrivals import Arrival, CodeGiven, PageOpened, Place, Text
from bot.service.delivery import LEASE, LONGEST_WAIT
from crypto.receipts import stretch

CHAT = 4_171_829_400_000_123
EVENING = START + 7 * 3600 + 52 * 60 + 53
"""18:00:00 of the same day."""
DAY = 24 * 3600
Attempt = Callable[[], Awaitable[object]]


@dataclass
class Act:
    """Something that happens: `ready` says what is asked for, as often as it takes; `again` what makes time pass."""

    name: str
    ready: Callable[[], Attempt]
    again: Callable[[], None] = lambda: None
    job: bool = False
    """True for what the schedule does: it comes round again whatever happened."""
    sends: bool = False
    """True for a job that may show one thing twice."""
    left: str = ""
    """The table in which a fault may leave something for the next day."""


@dataclass
class Story:
    """An installation, somebody on a channel, an officer, and how far they are."""

    box: Installation
    person: Person
    officer: Officer
    code: str = ""
    told: list[str] = field(default_factory=list)

    def arrives(self, name: str, make: Callable[[], Arrival]) -> Act:
        """The same arrival, again and again until it is noted."""

        def ready() -> Attempt:
            arrival = make()
            return lambda: self.box.intake.receive(arrival)

        return Act(name, ready)

    def works(self, name: str, job: Callable[[], Awaitable[object]], *, sends: bool = False, left: str = "") -> Act:
        """A job of the worker, which comes round again after a while."""
        return Act(name, lambda: job, self._later, job=True, sends=sends, left=left)

    def _later(self) -> None:
        self.box.clock.advance(LEASE + LONGEST_WAIT)

    def deliver(self) -> Act:
        return self.works("deliver", self._deliver, sends=True)

    async def _deliver(self) -> None:
        """As the worker's loop, which outlives what goes wrong with one message."""
        while await self.box.delivery.once():
            pass

    async def question(self) -> None:
        """Whose browser was told nothing loads the thread again, and sees whether the question is there."""
        (tip,) = await self.officer.tips()
        if not any(entry.kind == "question" for entry in (await self.officer.open(tip)).thread.entries):
            await self.officer.write(tip, "question", "Xe màu gì?")

    def advance(self, seconds: float) -> Act:
        async def nothing() -> None:
            return

        def ready() -> Attempt:
            self.box.clock.advance(seconds)
            return nothing

        return Act("wait", ready)

    def until(self, moment: float) -> Act:
        async def nothing() -> None:
            return

        def ready() -> Attempt:
            self.box.clock.now = moment
            return nothing

        return Act("wait", ready)

    def officer_asks(self) -> Act:
        """The officer's own act, at the counter."""
        return Act("the officer asks", lambda: self.question)


async def on_telegram(box: Installation) -> tuple[Story, list[Act]]:
    """Somebody on Telegram."""
    me = Telegram(box, CHAT)
    story = Story(box, me, await Officer.enrol(box))
    box.luck.now = 0.0

    def text(words: str) -> Act:
        return story.arrives(words[:12], lambda: me.update(text=words))

    def photo() -> Arrival:
        box.files["photo"] = small_photo()
        file = {"file_id": "photo", "file_size": len(box.files["photo"]), "width": 64, "height": 48}
        return me.update(photo=[file], caption="Ảnh chụp lúc sáng.")

    def code() -> Arrival:
        return me.update(text=story.code)

    place = {"latitude": 18.52, "longitude": 105.7}
    house = box.housekeeping
    return story, [
        text(f"/start {BOX}"),
        story.deliver(),
        text("4"),
        story.deliver(),
        text("menu"),
        text("Xe tải đổ rác xuống sông."),
        story.arrives("photo", photo),
        story.arrives("place", lambda: me.update(location=place)),
        story.deliver(),
        text("1"),
        text("2"),
        story.deliver(),
        text("2"),
        story.deliver(),
        story.officer_asks(),
        story.arrives("code", code),
        story.deliver(),
        text("Xe màu xanh."),
        text("1"),
        text("1"),
        story.deliver(),
        story.works("ladder", box.reminding.look),
        story.until(EVENING),
        story.works("notice", box.notice.run, left="news"),
        story.deliver(),
        text("menu"),
        text("Có người đốt pháo."),
        story.deliver(),
        story.until(START + DAY + 3 * 3600),
        story.works("silences", house.end_silences),
        story.deliver(),
        text("quen toi"),
        text("1"),
        story.deliver(),
        story.works("expire", house.expire),
        story.works("kept", box.kept.expire),
        story.works("sweep", house.sweep),
        story.works("scatter", house.scatter),
        story.works("checkpoint", house.checkpoint),
    ]


async def on_a_page(box: Installation) -> tuple[Story, list[Act]]:
    """Somebody at a page, whose messages wait until the page says that it shows them."""
    me = Page(box)
    story = Story(box, me, await Officer.enrol(box))

    def text(words: str) -> Act:
        return story.arrives(words[:12], lambda: me.arrival(Text(words)))

    def photo() -> Arrival:
        return box.telegram.photo(small_photo())  # type: ignore[return-value] # what comes in an arrival

    def code() -> Arrival:
        stretched = stretch(story.code, box.ground.keys.site.salt)
        return me.arrival(CodeGiven(stretched.lookup, stretched.seed))

    async def shown() -> None:
        waiting = await box.pages.waiting(me.chat, -1)
        story.told += ["\n".join(outgoing.shown.lines) for _, outgoing in waiting]
        if waiting:
            await box.pages.shown(me.chat, waiting[-1][0])

    return story, [
        story.arrives("open", lambda: me.arrival(PageOpened(BOX, "vi", reloaded=False))),
        Act("shown", lambda: shown),
        text("Xe tải đổ rác xuống sông."),
        story.arrives("photo", lambda: me.arrival(photo())),  # type: ignore[arg-type] # as above
        story.arrives("place", lambda: me.arrival(Place("18.52000", "105.70000"))),
        text("1"),
        text("1"),
        Act("shown", lambda: shown),
        story.officer_asks(),
        story.arrives("code", code),
        text("Xe màu xanh."),
        text("1"),
        text("1"),
        Act("shown", lambda: shown),
        text("quen toi"),
        text("1"),
        Act("shown", lambda: shown),
    ]


async def until_done(act: Act, attempt: Attempt, tries: int) -> int:
    """Ask again until it is done; how often it took."""
    for n in range(1, tries + 1):
        (ended,) = await asyncio.gather(asyncio.ensure_future(attempt()), return_exceptions=True)  # type: ignore[arg-type] # a coroutine
        if not isinstance(ended, BaseException):
            return n
        act.again()
    raise AssertionError(f"{act.name} was never done: {ended!r}")
