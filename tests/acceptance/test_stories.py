"""The agreed conversations (FLOWS §3), word for word, over the web chat's socket and over Telegram, in both languages.

A story says what a person writes and which catalogue messages answer, in order; nothing more and nothing less is said.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import pytest
from installation import BOX, Clock, Officer, open_installation
from integration.served import ChatPage, DeskBrowser, Served, serve_product
from teremok import MockBot, MockMessageText, MockUpdate, MockUser
from unit.service.until import until

from bot.edge.drivers.telegram.driver import TelegramDriver
from bot.service.arrivals import Arrival
from bot.service.delivery import Delivery
from bot.service.founding import DEMONSTRATION, NATIONAL
from bot.service.texts import Catalogue
from crypto.receipts import Good, Mistyped, grouped, new_receipt, recognise
from handlers import cards
from handlers.step import OUTAGE
from handlers.values import Channel, ChannelName, Language, Line, Message, Name, line

TEXTS = Catalogue(Path(__file__).resolve().parents[2] / "locales")
WARD = Name(DEMONSTRATION.unit.name_vi, DEMONSTRATION.unit.name_en)
HOUSE = "nha cuoi ngo canh nha van hoa to 4 toi nao cung co thanh nien la ra vao, toi nghi ban ma tuy"
CHILD = "Cháu học lớp 7 ạ. Bạn cháu ở cùng xóm hay bị người lớn trong nhà đánh, tay bầm tím, bạn bảo đừng kể với ai"
KNIFE = "CỨU VỚI nó ngáo đá đang cầm dao đuổi vợ con ngoài đường tổ 11 ngay bây giờ"
HELP = "HELP a man with a knife is chasing his wife and children in group 11 right now"
SOMEONE = MockUser(user_id=77, first_name="Bí", last_name="Mật", username="bimat_77")


def lines_of(message: Message, language: Language) -> list[str]:
    """A core message as a person reads it: its lines, then its numbered choices."""
    shown = TEXTS.show(language, message)
    choices = [f"{choice.number}. {choice.label}" for choice in shown.choices]
    return [piece for text in shown.lines for piece in text.split("\n")] + choices


class Talk(Protocol):
    """A person on one channel. `says` returns the next `count` answers, each as its lines."""

    channel: ChannelName
    web: str
    clock: Clock

    async def opens(self) -> list[list[str]]: ...

    async def says(self, text: str, count: int) -> list[list[str]]: ...


@dataclass
class OnWeb:
    """Somebody at a page, over a real socket; like the page's script it keeps a receipt to itself."""

    page: ChatPage
    served: Served
    language: Language
    channel: ChannelName = "web"

    @property
    def web(self) -> str:
        return self.served.config.web

    @property
    def clock(self) -> Clock:
        return self.served.clock

    async def opens(self) -> list[list[str]]:
        await self.page.join(lang=self.language)
        return self._since(0)

    async def says(self, text: str, count: int) -> list[list[str]]:
        before = len(self.page.said)
        match recognise(text):
            case Good(code=code):
                await self.page.open_tip(code)
            case Mistyped(count=digits):
                await self.page.act(t="typo", count=digits)
            case None:
                await self.page.act(t="text", text=text)
        await until(lambda: len(self.page.said) >= before + count)
        return self._since(before)

    def _since(self, before: int) -> list[list[str]]:
        return [_frame_lines(said) for said in self.page.said[before:]]


def _frame_lines(said: dict[str, object]) -> list[str]:
    menu = said["menu"]
    choices = menu["choices"] if isinstance(menu, dict) else []
    lines = [piece for text in said["text"] for piece in str(text).split("\n")]
    return lines + [f"{choice['n']}. {choice['label']}" for choice in choices]


@dataclass
class OnTelegram:
    """Somebody on teremok's Telegram, through the driver, the engine and the worker."""

    bot: MockBot
    driver: TelegramDriver
    delivery: Delivery
    language: Language
    receive: Callable[[Arrival], Awaitable[object]]
    clock: Clock
    web: str
    channel: ChannelName = "telegram"

    async def opens(self) -> list[list[str]]:
        hello = await self._sends(f"/start {BOX}")
        if self.language == "vi":
            return hello
        return (await self._sends("english"))[1:]

    async def says(self, text: str, count: int) -> list[list[str]]:
        return await self._sends(text)

    async def _sends(self, text: str) -> list[list[str]]:
        before = len(self.bot.requests.send_message)
        arrival = self.driver.parse(MockUpdate(message=MockMessageText(text, user=SOMEONE)))
        assert arrival is not None
        await self.receive(replace(arrival, sent=None))
        while await self.delivery.once():
            pass
        return [str(sent.text).split("\n") for sent in self.bot.requests.send_message[before:]]


@asynccontextmanager
async def on_web(folder: Path, language: Language) -> AsyncIterator[Talk]:
    async with serve_product(folder / "data") as served, DeskBrowser(served) as desk:
        assert (await desk.enrol()).status_code == 200
        page = ChatPage(served)
        yield OnWeb(page, served, language)
        await page.drop()


@asynccontextmanager
async def on_telegram(folder: Path, language: Language) -> AsyncIterator[Talk]:
    async with open_installation(folder) as box:
        await Officer.enrol(box)
        bot = MockBot()
        driver = TelegramDriver("", web=box.config.web, bot=bot)
        delivery = Delivery(
            database=box.ground.database, ring=box.ring, driver=driver, clock=box.clock, jitter=lambda: 0.5
        )
        yield OnTelegram(bot, driver, delivery, language, box.intake.receive, box.clock, box.config.web)


CHANNELS = {"web": on_web, "telegram": on_telegram}


@dataclass(frozen=True)
class Story:
    """One conversation under way: every `says` names what must be answered."""

    talk: Talk
    language: Language

    async def says(self, text: str | dict[Language, str], *expected: Message) -> None:
        words = text if isinstance(text, str) else text[self.language]
        told = await self.talk.says(words, len(expected))
        assert told == [lines_of(message, self.language) for message in expected], words

    def truth(self) -> Line:
        return line("truth", channel=self.talk.channel, web=self.talk.web)

    def home(self) -> cards.Items:
        """The main menu of this channel."""
        return cards.home(Channel(self.talk.channel, self.talk.web, 20))

    def hello(self) -> Message:
        greeting = line("start-hello", unit=WARD, channel=self.talk.channel, web=self.talk.web)
        return cards.message(line("start-demo"), greeting, line("menu-ask"), menu=self.home())

    def back(self) -> Message:
        return cards.message(line("start-back", unit=WARD), line("menu-ask"), menu=self.home())


Begin = Callable[[Language], AbstractAsyncContextManager[Story]]


@pytest.fixture(params=["web", "telegram"])
def story(request: pytest.FixtureRequest, tmp_path: Path) -> Begin:
    """Begins a story on this channel, after the greeting."""

    @asynccontextmanager
    async def begin(language: Language) -> AsyncIterator[Story]:
        async with CHANNELS[request.param](tmp_path, language) as talk:
            story = Story(talk, language)
            hello = (await talk.opens())[-1]
            expected = story.hello() if request.param == "web" or language == "vi" else story.back()
            assert hello == lines_of(expected, language)
            yield story

    return begin


BOTH = pytest.mark.parametrize("language", ["vi", "en"])


def noted(count: int, *hints: Line) -> Message:
    return cards.message(line("draft-card", count=count, unit=WARD), *hints, menu=cards.CARD, kind="card")


def board(page: int) -> Message:
    """One page of the ward's numbers."""
    numbers = [*DEMONSTRATION.numbers, *NATIONAL]
    shown = numbers[page * 4 : page * 4 + 4]
    lines = [
        line("board-line", role=Name(*number.role), number=number.number, hours=Name(*number.hours)) for number in shown
    ]
    more = [f"more:{page + 1}"] if len(numbers) > page * 4 + 4 else []
    return cards.message(line("board-head", unit=WARD), *lines, menu=cards.items(*more, "back"))


@BOTH
async def test_3_1_first_contact_and_the_numbers(story: Begin, language: Language) -> None:
    async with story(language) as told:
        await told.says("3", board(0))
        await told.says("1", board(1))
        await told.says("0", told.back())


@BOTH
async def test_3_5_a_weapon_now(story: Begin, language: Language) -> None:
    async with story(language) as told:
        await told.says({"vi": KNIFE, "en": HELP}, cards.message(line("urgent"), menu=cards.URGENT))


@BOTH
async def test_3_6_a_child(story: Begin, language: Language) -> None:
    async with story(language) as told:
        grade = "I am in grade 7. My friend next door is often beaten by an adult at home, arms bruised"
        await told.says({"vi": CHILD, "en": grade}, cards.message(line("child"), menu=cards.CHILD))
        await told.says({"vi": "ở tổ 8 phường Cam Đường", "en": "in group 8, Cam Đường ward"}, noted(2))


@BOTH
async def test_3_10_changing_channel(story: Begin, language: Language) -> None:
    async with story(language) as told:
        how = cards.message(line("move-how", web=told.talk.web), menu=cards.AFTER_QUESTION)
        await told.says({"vi": "xem tren may tinh duoc khong", "en": "can I read it on a computer"}, how)
        night = {"vi": HOUSE, "en": "strangers every night at the end of the lane"}
        await told.says(night, noted(1))
        stays = cards.message(line("move-draft"), menu=cards.items("send", "review", "back"))
        await told.says({"vi": "chuyển sang web", "en": "move to the web"}, stays)
        await told.says("0", noted(1))


@BOTH
async def test_3_12_the_numbers_by_words(story: Begin, language: Language) -> None:
    async with story(language) as told:
        asked = {"vi": "so dien thoai cong an phuong", "en": "phone number of the ward police"}
        await told.says(asked, board(0))


@BOTH
async def test_3_14_wrong_codes(story: Begin, language: Language) -> None:
    async with story(language) as told:
        unknown = grouped(new_receipt())
        await told.says("2", cards.message(line("code-ask")))
        await told.says("4821 0937 5562 1804 7719", cards.message(line("code-short", count=20)))
        await told.says("4821 0937 5562 1804 7719 3086", cards.message(line("code-typo")))
        for _ in range(5):
            await told.says(unknown, cards.message(line("code-unknown")))
            told.talk.clock.advance(60)
        minutes = cards.message(line("code-slow", minutes=55))
        await told.says(unknown, minutes)


@BOTH
async def test_3_15_too_long(story: Begin, language: Language) -> None:
    async with story(language) as told:
        words = "Tối qua sau chợ có người lạ. " if language == "vi" else "Last night behind the market, men. "
        split = replace(noted(3), lines=(line("draft-split", count=3), *noted(3).lines))
        await told.says((words * 400)[:9000], split)


@BOTH
async def test_3_16_after_an_outage(tmp_path: Path, language: Language) -> None:
    async with on_telegram(tmp_path, language) as talk:
        assert isinstance(talk, OnTelegram)
        await talk.opens()
        await talk.says(HOUSE, 1)
        sent = int(talk.clock())
        talk.clock.advance(OUTAGE)
        arrival = talk.driver.parse(MockUpdate(message=MockMessageText("co 3 nguoi moi den", user=SOMEONE)))
        assert arrival is not None
        await talk.receive(replace(arrival, sent=sent))
        while await talk.delivery.once():
            pass
        told = str(talk.bot.requests.send_message[-1].text).split("\n")
        clock = TEXTS.say(language, "back-up", {"time": "#"}).partition("#")
        assert told[0].startswith(clock[0])
        assert told[1:] == lines_of(noted(2), language)


@BOTH
async def test_3_21_does_anyone_know_it_is_me(story: Begin, language: Language) -> None:
    async with story(language) as told:
        kept = line("privacy", unit=WARD, contact=DEMONSTRATION.unit.contact)
        answer = cards.message(kept, told.truth(), menu=cards.AFTER_QUESTION)
        await told.says({"vi": "co ai biet toi bao khong", "en": "will anyone know it is me"}, answer)


async def test_3_19_an_english_speaker(story: Begin) -> None:
    async with story("en") as told:
        hint = line("draft-hint", missing="place")
        await told.says("my landlord keeps my passport and will not pay", noted(1, hint))
