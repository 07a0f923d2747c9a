"""The agreed conversations (FLOWS §3) as they are told in tests: what a person writes, and which messages answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from talks import CHANNELS, Said, Talk, lines_of

from bot.service.founding import DEMONSTRATION, NATIONAL
from crypto.receipts import Good, grouped, recognise
from handlers import cards, confirm
from handlers.values import Language, Line, Message, Name, line

WARD = Name(DEMONSTRATION.unit.name_vi, DEMONSTRATION.unit.name_en)
HOUSE = "nha cuoi ngo canh nha van hoa to 4 toi nao cung co thanh nien la ra vao, toi nghi ban ma tuy"
STRANGERS = "strangers in and out every night of the house at the end of the lane by the group 4 culture house"
LANE = {"vi": HOUSE, "en": STRANGERS}
BOTH = pytest.mark.parametrize("language", ["vi", "en"])
Words = str | dict[Language, str]


@dataclass(frozen=True)
class Story:
    """One conversation under way: every `says` names what must be answered, and nothing more is."""

    talk: Talk
    language: Language

    async def says(self, words: Words, *expected: Message) -> None:
        text = words if isinstance(words, str) else words[self.language]
        self.told(await self.talk.says(text, len(expected)), *expected)

    def told(self, told: Said, *expected: Message) -> None:
        """These messages were said, and no other."""
        wanted = [lines_of(message, self.language) for message in expected]
        assert told == wanted, (told, wanted)

    async def sends_off(self, *expected: Message, number: str = "1") -> str:
        """Chooses to send: the first of these is said, then the code alone in its message, then the rest. The code."""
        received, *rest = expected
        done, [code], *after = await self.talk.says(number, len(expected) + 1)
        self.told([done, *after], received, *rest)
        found = recognise(code)
        assert isinstance(found, Good)
        assert code == grouped(found.code)
        return code

    @property
    def is_page(self) -> bool:
        return self.talk.channel.is_page

    def truth(self) -> Line:
        return line("truth", channel=self.talk.channel.name, web=self.talk.channel.web)

    def home(self) -> cards.Items:
        """The main menu of this channel."""
        return cards.home(self.talk.channel)

    def hello(self, *above: Line) -> Message:
        greeting = line("start-hello", unit=WARD, channel=self.talk.channel.name, web=self.talk.channel.web)
        return cards.message(line("start-demo"), *above, greeting, line("menu-ask"), menu=self.home())

    def short(self) -> Line:
        """The greeting above a reply to whoever did not begin with one."""
        return line("start-short", unit=WARD, channel=self.talk.channel.name, web=self.talk.channel.web)

    def back(self, *above: Line) -> Message:
        return cards.message(*above, line("start-back", unit=WARD), line("menu-ask"), menu=self.home())

    def confirm(self, count: int) -> Message:
        """The question before sending."""
        key, menu = ("send-confirm-web", confirm.SUBMIT) if self.is_page else ("send-confirm", confirm.SUBMIT_OR_TELL)
        return cards.message(line(key, count=count, unit=WARD), menu=menu)

    def following(self, *lines: Line) -> tuple[Message, ...]:
        """What is said after the code: `lines`, and on a messenger what becomes of the chat."""
        if self.is_page:
            return (cards.message(*lines),) if lines else ()
        return (cards.message(*lines, line("done-cleared"), line("code-gone"), menu=cards.RECEIPT),)

    async def files(self, *texts: Words) -> str:
        """A tip of these texts is written and sent, each answered as it should be; its code."""
        for n, words in enumerate(texts, 1):
            await self.says(words, noted(n))
        await self.says("1", self.confirm(len(texts)))
        return await self.sends_off(cards.message(line("done")), *self.following(line("done-next")))


Begin = Callable[[Language], AbstractAsyncContextManager[Story]]


def beginning(channel: str, folder: Path) -> Begin:
    """Begins a story on this channel, after the greeting."""

    @asynccontextmanager
    async def begin(language: Language) -> AsyncIterator[Story]:
        async with CHANNELS[channel](folder, language) as talk:
            story = Story(talk, language)
            hello = (await talk.opens())[-1]
            expected = story.hello() if story.is_page or language == "vi" else story.back()
            assert hello == lines_of(expected, language)
            yield story

    return begin


def noted(count: int, *hints: Line, above: tuple[Line, ...] = ()) -> Message:
    """The draft's card."""
    return cards.message(*above, line("draft-card", count=count, unit=WARD), *hints, menu=cards.CARD, kind="card")


def added(count: int) -> Message:
    """The card of an addition to an opened tip."""
    return cards.message(line("draft-card-more", count=count), menu=cards.CARD_MORE, kind="card")


def board(page: int) -> Message:
    """One page of the ward's numbers."""
    numbers = [*DEMONSTRATION.numbers, *NATIONAL]
    shown = numbers[page * 4 : page * 4 + 4]
    lines = [
        line("board-line", role=Name(*number.role), number=number.number, hours=Name(*number.hours)) for number in shown
    ]
    more = [f"more:{page + 1}"] if len(numbers) > page * 4 + 4 else []
    return cards.message(line("board-head", unit=WARD), *lines, menu=cards.items(*more, "back"))
