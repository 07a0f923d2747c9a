"""The agreed conversations (FLOWS §3) about who receives a tip, where there are several wards."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

import pytest
from country import BESIDE, NAMES, PROVINCE, WARD, Country, desk_of
from sqlalchemy import Connection
from stories import BOTH, Story
from talks import CHANNELS, OnTelegram, OnWeb, Talk
from unit.service.pictures import with_secrets
from unit.service.recordings import sound

from bot.run.foundation import open_keys
from crypto.tips import Thread
from handlers import cards, confirm, doors
from handlers.conversation import Conversation, Draft
from handlers.values import Language, Line, Message, line
from storage.repositories.units import Unit

T = TypeVar("T")

KNIFE = {"vi": "nó đang cầm dao đuổi vợ con ngoài đường", "en": "a man with a knife is chasing his wife"}
CHILD = {
    "vi": "Cháu học lớp 7 ạ. Bạn cháu ở cùng xóm hay bị người lớn trong nhà đánh, tay bầm tím, bạn bảo đừng kể với ai",
    "en": "I am in grade 7. My friend next door is often beaten by an adult at home, arms bruised",
}
BRIBE = {
    "vi": "ong cong an phuong nhan tien cua quan karaoke nen khong ai dam noi",
    "en": "the ward policeman takes money from the karaoke bar so nobody dares speak",
}


@dataclass(frozen=True)
class DoorStory(Story):
    """A story among several wards; `country` opens what the others receive."""

    country: Country

    async def received(self, unit: Unit) -> list[Thread]:
        """What this unit's officer reads."""
        return await run_on(self.talk)(lambda connection: self.country.opened(connection, unit))

    def card(self, count: int, unit: Unit = WARD, *, above: tuple[Line, ...] = ()) -> Message:
        shown = line("draft-card", count=count, unit=NAMES[unit.code])
        return cards.message(*above, shown, menu=cards.CARD_DOORS, kind="card")

    def asked(self, count: int, unit: Unit) -> Message:
        """The question before sending to this unit."""
        key, menu = ("send-confirm-web", confirm.SUBMIT) if self.is_page else ("send-confirm", confirm.SUBMIT_OR_TELL)
        return cards.message(line(key, count=count, unit=NAMES[unit.code]), menu=menu)

    def greeted(self, *lines: Line) -> Message:
        """What is said first where somebody begins without a greeting; later, or on a page, these lines alone."""
        return cards.message(*(() if self.is_page or self.language == "en" else self.nobox()), *lines)

    def alarmed(self, alarm: str, *lines: Line, menu: cards.Items) -> Message:
        """An alarm, in the same way: nothing but the truth of this channel comes with it."""
        demo, _, truth = self.nobox()
        first = not (self.is_page or self.language == "en")
        greeting = (demo, line(alarm), truth) if first else (line(alarm),)
        return cards.message(*greeting, *lines, menu=menu)

    def nobox(self) -> tuple[Line, ...]:
        """The greeting where no ward is known."""
        return line("start-demo"), line("start-nobox"), self.truth()


class Begin(Protocol):
    """Begins a story without a box, or at the ward's."""

    def __call__(self, language: Language, *, box: bool) -> AbstractAsyncContextManager[DoorStory]: ...


@pytest.fixture(params=["web", "telegram"])
def wards(request: pytest.FixtureRequest, tmp_path: Path) -> Begin:
    """Begins a story on this channel."""

    @asynccontextmanager
    async def begin(language: Language, *, box: bool) -> AsyncIterator[DoorStory]:
        async with CHANNELS[request.param](tmp_path, language) as talk:
            story = DoorStory(talk, language, await found(talk))
            await opened(story, box=box)
            yield story

    return begin


async def opened(story: DoorStory, *, box: bool) -> None:
    """A page is opened; on Telegram a box's code is, or somebody just begins to write."""
    talk = story.talk
    if box:
        await talk.opens()
    elif isinstance(talk, OnWeb):
        talk.page.box = None
        hello = cards.message(*story.nobox(), line("menu-ask"), menu=story.home())
        story.told(await talk.opens(), hello)
    elif story.language == "en":
        await talk.says("english", 2)


def run_on(talk: Talk) -> Callable[[Callable[[Connection], T]], Awaitable[T]]:
    """Runs work on this talk's database."""
    assert isinstance(talk, OnWeb | OnTelegram)
    return talk.served.run if isinstance(talk, OnWeb) else talk.box.run


async def found(talk: OnWeb | OnTelegram) -> Country:
    """Several wards where there was one."""
    keys = open_keys(talk.served.config if isinstance(talk, OnWeb) else talk.box.config)
    assert keys.authority is not None
    authority, country, now = keys.authority, Country(keys.site.id), int(talk.clock())
    await run_on(talk)(lambda connection: country.found(connection, authority, now))
    return country


@BOTH
async def test_3_4_photo_first_then_voice(wards: Begin, language: Language) -> None:
    async with wards(language, box=False) as told:
        noted = told.greeted(line("draft-photo", cleaned="yes"), line("find-ask"))
        told.told(await told.talk.sends("photo", with_secrets("JPEG"), "image/jpeg", 1), noted)
        voice = cards.message(line("draft-voice", seconds=38), line("find-ask"))
        recording = sound("ogg", "libopus", seconds=38)
        told.told(await told.talk.sends("voice", recording, "audio/ogg", 1), voice)
        await told.says("nam hong linh", told.card(2))
        listed = [
            line("review-head"),
            line("review-item", kind="photo", n=1, head="", seconds=0),
            line("review-item", kind="voice", n=2, head="", seconds=38),
            line("review-ask"),
        ]
        await told.says("4", cards.message(*listed))
        await told.says("2", told.card(1, above=(line("review-removed", n=2, count=1),)))
        await told.says("1", told.asked(1, WARD))
        await told.sends_off(cards.message(line("done")), *told.following(line("done-next")))
        assert [entry.kind for entry in await told.talk.desk.reads()] == ["opening", "photo"]


@BOTH
async def test_3_5_a_weapon_where_no_ward_is_known(wards: Begin, language: Language) -> None:
    """Nothing is asked but the ward, inside the alarm; sent without it, the tip is the province's."""
    async with wards(language, box=False) as told:
        await told.says(KNIFE, told.alarmed("urgent", line("find-ask"), menu=cards.URGENT))
        received = cards.message(line("done-urgent", notified="yes"))
        await told.sends_off(received, *(() if told.is_page else told.following()))
        [thread] = await told.received(PROVINCE)
        assert (thread.opening.unit, thread.opening.box) == (PROVINCE.code, None)
        assert thread.entries[1].text == KNIFE[language]


@BOTH
async def test_3_6_a_child_says_where(wards: Begin, language: Language) -> None:
    async with wards(language, box=False) as told:
        await told.says(CHILD, told.alarmed("child", menu=cards.CHILD))
        where = {"vi": "ở tổ 8 phường Bắc Hồng Lĩnh", "en": "in group 8, Bắc Hồng Lĩnh ward"}
        await told.says(where, told.card(2, BESIDE))
        await told.says("1", told.asked(2, BESIDE))
        await told.sends_off(cards.message(line("done")), *told.following(line("done-next")))
        [thread] = await told.received(BESIDE)
        assert [entry.text for entry in thread.entries[1:]] == [CHILD[language], where[language]]


@BOTH
async def test_3_7_passing_over_the_ward(wards: Begin, language: Language) -> None:
    async with wards(language, box=True) as told:
        ward, province = desk_of(WARD), desk_of(PROVINCE)
        [offer] = doors.offer(Conversation(), ward).messages
        await told.says(BRIBE, offer)
        await told.says("1", told.card(1, PROVINCE, above=(doors.passed(ward, province),)))
        await told.says("1", told.asked(1, PROVINCE))
        await told.sends_off(cards.message(line("done")), *told.following(line("done-next")))
        [thread] = await told.received(PROVINCE)
        assert (thread.opening.unit, thread.opening.box) == (PROVINCE.code, None)
        assert thread.entries[1].text == BRIBE[language]


@BOTH
async def test_another_door_is_chosen_and_left_again(wards: Begin, language: Language) -> None:
    async with wards(language, box=True) as told:
        stall = {"vi": "quan nuoc dau xom chieu nao cung ghi lo de", "en": "a stall by the market every afternoon"}
        await told.says(stall, told.card(1))
        draft = Draft(b"", 0)
        [asked] = doors.choose(Conversation(draft=draft), desk_of(WARD)).messages
        await told.says("5", asked)
        await told.says("3", cards.message(line("find-ask")))
        await told.says("bac hong linh", told.card(1, BESIDE))
        await told.says("5", doors.choose(Conversation(draft=draft), desk_of(BESIDE)).messages[0])
        await told.says("0", told.card(1, BESIDE))


@BOTH
async def test_3_12_the_numbers_of_a_ward_by_words(wards: Begin, language: Language) -> None:
    async with wards(language, box=True) as told:
        asked = {
            "vi": "so dien thoai cong an phuong bac hong linh",
            "en": "phone number of Bắc Hồng Lĩnh ward police",
        }
        [[head, *_]] = await told.talk.says(asked[language], 1)
        assert NAMES[BESIDE.code].vi in head if language == "vi" else NAMES[BESIDE.code].en in head
