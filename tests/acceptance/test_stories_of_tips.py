"""The agreed conversations (FLOWS §3) that end with a tip, and what comes of it, on both channels in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from installation import START
from stories import BOTH, LANE, Begin, Story, added, beginning, noted

from bot.service.threads import SHOWN
from handlers import cards
from handlers.silence import DRAFT_SECONDS, REMIND_SECONDS
from handlers.values import Language, Line, Message, line

KNIFE = "CỨU VỚI nó ngáo đá đang cầm dao đuổi vợ con ngoài đường tổ 11 ngay bây giờ"
HELP = "HELP a man with a knife is chasing his wife and children in group 11 right now"
CHILD = "Cháu học lớp 7 ạ. Bạn cháu ở cùng xóm hay bị người lớn trong nhà đánh, tay bầm tím, bạn bảo đừng kể với ai"
GRADE = "I am in grade 7. My friend next door is often beaten by an adult at home, arms bruised"
QUESTION = "Những người đó thường đến lúc mấy giờ, đi xe gì?"
ANSWER = {
    "vi": "tam 9 gio den 11 gio, toan xe may, co cai xe den bien Ha Tinh",
    "en": "about 9 to 11, all motorbikes, one black with a Ha Tinh plate",
}
MORE = {"vi": "biển số 38A, xe màu đỏ", "en": "the plate begins with 38A, a red motorbike"}
HOUR, DAY = 3600, 24 * 3600


@pytest.fixture(params=["web", "telegram"])
def story(request: pytest.FixtureRequest, tmp_path: Path) -> Begin:
    """Begins a story on this channel, after the greeting."""
    return beginning(request.param, tmp_path)


def mailbox(told: Story, status: str, *news: Line, sent: tuple[str, ...], asked: bool = False) -> Message:
    """An opened tip of 22 November. A page alone says what is next, and folds what was `sent`."""
    head = line("mail-head", day="22/11", status=line(f"st-{status}"))
    menu = cards.mail(told.talk.channel, asked=asked)
    if not told.is_page:
        return cards.message(head, *news, line("mail-ask"), menu=menu)
    following = line("mail-next", next=line(f"next-{status}"))
    parts = (line("review-item", kind="text", n=n, head=text[:SHOWN], seconds=0) for n, text in enumerate(sent, 1))
    return cards.message(head, following, *news, line("page-mail-sent"), *parts, line("mail-ask"), menu=menu)


@BOTH
async def test_3_2_the_shortest_path(story: Begin, language: Language) -> None:
    """What follows on the page, four digits typed, is the page's own: `test_one_message_and_two_taps` in a browser."""
    async with story(language) as told:
        await told.says(LANE, noted(1))
        await told.says("1", told.confirm(1))
        await told.sends_off(cards.message(line("done")), *told.following(line("done-next")))
        [_, entry] = await told.talk.desk.reads()
        assert (entry.kind, entry.text) == ("text", LANE[language])
        assert not await told.talk.desk.urgent()
        if not told.is_page:
            await told.says("1", told.back(line("code-cleared")))


@BOTH
async def test_3_5_a_weapon_now(story: Begin, language: Language) -> None:
    async with story(language) as told:
        await told.says({"vi": KNIFE, "en": HELP}, cards.message(line("urgent"), menu=cards.URGENT))
        await told.sends_off(cards.message(line("done-urgent", notified="yes")), *told.following())
        [_, entry] = await told.talk.desk.reads()
        assert entry.text == {"vi": KNIFE, "en": HELP}[language]
        assert await told.talk.desk.urgent()


@BOTH
async def test_3_6_a_child(story: Begin, language: Language) -> None:
    async with story(language) as told:
        await told.says({"vi": CHILD, "en": GRADE}, cards.message(line("child"), menu=cards.CHILD))
        await told.says({"vi": "ở tổ 8, sau chợ", "en": "in group 8, behind the market"}, noted(2))
        await told.says("1", told.confirm(2))
        await told.sends_off(cards.message(line("done")), *told.following(line("done-next")))
        assert len(await told.talk.desk.reads()) == 3


@BOTH
async def test_3_8_looking_by_code_nothing_new(story: Begin, language: Language) -> None:
    async with story(language) as told:
        code = await told.files(LANE)
        await told.talk.desk.writes("case", "drug", "classified")
        told.told(await told.talk.passes(START // DAY * DAY + 2 * DAY + 2 * HOUR - START))
        await told.says("menu", told.back())
        await told.says("2", cards.message(line("code-ask")))
        nothing = line("mail-nothing", day="23/11")
        await told.says(code, mailbox(told, "verify", nothing, sent=(LANE[language],)))
        await told.says("4", cards.message(line("mail-closed")))


@BOTH
async def test_3_8_messages_asked_for_and_ended(story: Begin, language: Language) -> None:
    """A page has no chat to write to, and is not offered it."""
    async with story(language) as told:
        code = await told.files(LANE)
        nothing = line("mail-nothing", day="22/11")
        await told.says(code, mailbox(told, "received", nothing, sent=(LANE[language],)))
        if told.is_page:
            return
        asked, other = (cards.mail(told.talk.channel, asked=asked) for asked in (True, False))
        await told.says("2", cards.message(line("notify-on", **{"from": 7, "to": 21}), menu=asked))
        await told.says("2", cards.message(line("notify-off"), menu=other))


@BOTH
async def test_3_9_answering_an_officers_question(story: Begin, language: Language) -> None:
    async with story(language) as told:
        code = await told.files(LANE)
        await told.talk.desk.writes("question", QUESTION)
        news = (line("mail-question", text=QUESTION), line("mail-free"))
        await told.says(code.replace(" ", ""), mailbox(told, "need", *news, sent=(LANE[language],)))
        await told.says(ANSWER, added(1))
        await told.says("1", cards.message(line("done-more")))
        assert (await told.talk.desk.reads())[-1].text == ANSWER[language]


@BOTH
async def test_3_17_a_draft_left_and_a_return(story: Begin, language: Language) -> None:
    async with story(language) as told:
        told.told(await told.talk.passes(5 * HOUR + 3 * 60))  # it is 15:10
        await told.says(LANE, noted(1))
        await told.says(MORE, noted(2))
        told.told(await told.talk.passes(REMIND_SECONDS - 1))
        reminder = () if told.is_page else (cards.message(line("rem-draft")),)
        told.told(await told.talk.passes(1), *reminder)
        told.told(await told.talk.passes(DRAFT_SECONDS - REMIND_SECONDS - 1))
        told.told(await told.talk.passes(1))
        await told.says({"vi": "chao", "en": "hi"}, told.back(line("rem-erased")))


@BOTH
async def test_3_17_a_draft_taken_up_again_after_the_reminder(story: Begin, language: Language) -> None:
    async with story(language) as told:
        await told.says(LANE, noted(1))
        reminder = () if told.is_page else (cards.message(line("rem-draft")),)
        told.told(await told.talk.passes(REMIND_SECONDS), *reminder)
        await told.says(MORE, noted(2))
        await told.says("1", told.confirm(2))
        await told.sends_off(cards.message(line("done")), *told.following(line("done-next")))
        assert len(await told.talk.desk.reads()) == 3


@BOTH
async def test_3_17_a_return_after_days(story: Begin, language: Language) -> None:
    """After three days the box knows nothing of the chat: whoever comes back is greeted as at first."""
    async with story(language) as told:
        await told.says(LANE, noted(1))
        for _ in range(4):
            await told.talk.passes(DAY)
        hello = Story(told.talk, "vi")
        await hello.says("chao", hello.hello())
