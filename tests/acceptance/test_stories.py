"""The agreed conversations (FLOWS §3), word for word, over the web chat's socket and over Telegram, in both languages.

A story says what a person writes and which catalogue messages answer, in order; nothing more and nothing less is said.
Those that end with a tip, and what comes of it, stand in `test_stories_of_tips`; docs/ACCEPTANCE.md lists them all.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from stories import BOTH, LANE, WARD, Begin, Story, beginning, board, noted
from talks import CHANNELS, TEXTS, OnTelegram

from bot.service.founding import DEMONSTRATION
from crypto.receipts import grouped, new_receipt
from handlers import cards, confirm
from handlers.step import OUTAGE
from handlers.values import Language, line


@pytest.fixture(params=["web", "telegram"])
def story(request: pytest.FixtureRequest, tmp_path: Path) -> Begin:
    """Begins a story on this channel, after the greeting."""
    return beginning(request.param, tmp_path)


@pytest.fixture
def chat(tmp_path: Path) -> Begin:
    """Begins a story that only a messenger can tell."""
    return beginning("telegram", tmp_path)


@BOTH
async def test_3_1_first_contact_and_the_numbers(story: Begin, language: Language) -> None:
    async with story(language) as told:
        await told.says("3", board(0))
        await told.says("1", board(1))
        await told.says("0", told.back())


@BOTH
async def test_3_10_changing_channel(story: Begin, language: Language) -> None:
    async with story(language) as told:
        how = cards.message(line("move-how", web=told.talk.channel.web), menu=cards.AFTER_QUESTION)
        await told.says({"vi": "xem tren may tinh duoc khong", "en": "can I read it on a computer"}, how)
        await told.says(LANE, noted(1))
        stays = cards.message(line("move-draft"), menu=cards.items("send", "review", "back"))
        await told.says({"vi": "chuyển sang web", "en": "move to the web"}, stays)
        await told.says("0", noted(1))


@BOTH
async def test_3_11_forget_me(story: Begin, language: Language) -> None:
    async with story(language) as told:
        await told.talk.lays_down("backup-days", b"14")
        await told.says(LANE, noted(1))
        asked = cards.message(line("forget-ask"), menu=confirm.FORGET)
        await told.says({"vi": "quen toi", "en": "forget me"}, asked)
        await told.says("0", noted(1))
        await told.says({"vi": "quen toi", "en": "forget me"}, asked)
        await told.says("1", cards.message(line("forget-done", days=14)))


@BOTH
async def test_3_12_the_numbers_by_words(story: Begin, language: Language) -> None:
    async with story(language) as told:
        asked = {"vi": "so dien thoai cong an phuong", "en": "phone number of the ward police"}
        await told.says(asked, board(0))


@pytest.mark.parametrize(("language", "days", "word"), [("vi", 14, "dung"), ("en", 1, "stop")])
async def test_3_13_the_ordinary_notice(chat: Begin, language: Language, days: int, word: str) -> None:
    """A week or two later nothing is known of a chat any more, and its language is Vietnamese again."""
    async with chat(language) as told:
        assert isinstance(told.talk, OnTelegram)
        await told.says("4", cards.message(line("sub-on", unit=WARD), menu=cards.TOPICS))
        told.told(await told.talk.passes(days * 24 * 3600 + 8 * 3600))
        told.told(await told.talk.is_drawn(), cards.message(line("rem-news")))
        anew = (line("start-demo"), told.short()) if days > 2 else ()
        await told.says(word, cards.message(*anew, line("sub-off")))
        told.told(await told.talk.passes(7 * 24 * 3600))
        told.told(await told.talk.is_drawn())


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
        await told.says((words * 400)[:9000], noted(3, above=(line("draft-split", count=3),)))


@BOTH
async def test_3_15_too_big_and_broken(chat: Begin, language: Language) -> None:
    """On a page the page itself says it, before a byte is sent: `test_attachments` in a browser."""
    async with chat(language) as told:
        assert isinstance(told.talk, OnTelegram)
        film = {"file_id": "film", "file_size": 60_000_000, "mime_type": "video/mp4", "duration": 60}
        big = line("too-big", here=20, web_limit=200, web=told.talk.channel.web)
        told.told(await told.talk.brings(video=film), cards.message(big))
        paper = await told.talk.sends("file", b"%PDF-1.4 half a", "application/pdf", 1)
        told.told(paper, cards.message(line("media-bad")))


@BOTH
async def test_3_15_a_file_of_a_kind_unknown(story: Begin, language: Language) -> None:
    async with story(language) as told:
        raw = await told.talk.sends("file", b"AC1027" + bytes(64), "image/vnd.dwg", 1)
        assert [len(message) for message in raw] == [3]
        assert raw[0][0] == TEXTS.say(language, "media-raw")
        await told.says("1", noted(1, above=(line("draft-file"),)))


@BOTH
async def test_3_16_after_an_outage(chat: Begin, language: Language) -> None:
    """On a page the strips say it: `test_a_lost_network_loses_and_doubles_nothing` in a browser."""
    async with chat(language) as told:
        assert isinstance(told.talk, OnTelegram)
        await told.says(LANE, noted(1))
        sent = int(told.talk.clock())
        told.talk.clock.advance(OUTAGE)
        words = {"vi": "co 3 nguoi moi den", "en": "three people just came"}[language]
        back = noted(2, above=(line("back-up", time="10:07"),))
        told.told(await told.talk.says(words, 1, sent=sent), back)


@BOTH
async def test_3_18_a_group(chat: Begin, language: Language) -> None:
    async with chat("vi") as told:
        assert isinstance(told.talk, OnTelegram)
        group = {"id": -100, "type": "supergroup", "title": "Xóm 4"}
        added = {"chat": group, "new_chat_member": {"status": "member"}}
        group_told = cards.message(line("group", link=told.talk.channel.web))
        told.told(await told.talk.arrives(my_chat_member=added), group_told)


@BOTH
async def test_3_18_a_contact_and_a_sticker(chat: Begin, language: Language) -> None:
    async with chat(language) as told:
        assert isinstance(told.talk, OnTelegram)
        contact = {"phone_number": "0900000000", "first_name": "X"}
        told.told(await told.talk.brings(contact=contact), cards.message(line("contact-refused")))
        told.told(await told.talk.brings(sticker={"file_id": "s"}), cards.message(line("sticker")))
        told.told(await told.talk.brings(sticker={"file_id": "s"}))


@BOTH
async def test_3_18_own_name(story: Begin, language: Language) -> None:
    async with story(language) as told:
        own = {
            "vi": "toi la Nguyen Van X nha so 12 to 4, so 0900000000, toi thay co nguoi la",
            "en": "I am Nguyen Van X, house 12 group 4, phone 0900000000, I saw strangers",
        }
        warned = cards.message(line("warn-name", what="name", n=1), menu=cards.items("keep", "drop:00"))
        await told.says(own, warned)
        gone = cards.message(line("review-removed", n=1, count=0), line("tip-ask"))
        await told.says("2", gone)


@pytest.mark.parametrize("channel", ["web", "telegram"])
async def test_3_19_an_english_speaker(channel: str, tmp_path: Path) -> None:
    async with CHANNELS[channel](tmp_path, "vi") as talk:
        told = Story(talk, "en")
        if told.is_page:
            await talk.opens()
        demo, *greeting = told.hello().lines
        done = cards.message(line("lang-done")) if told.is_page else cards.message(demo, line("lang-done"))
        first = told.back() if told.is_page else cards.message(*greeting, menu=told.home())
        await told.says("hello, do you speak english?", done, first)
        hint = line("draft-hint", missing="place")
        await told.says("my landlord keeps my passport and will not pay", noted(1, hint))


@BOTH
async def test_3_21_does_anyone_know_it_is_me(story: Begin, language: Language) -> None:
    async with story(language) as told:
        kept = line("privacy", unit=WARD, contact=DEMONSTRATION.unit.contact)
        answer = cards.message(kept, told.truth(), menu=cards.AFTER_QUESTION)
        await told.says({"vi": "co ai biet toi bao khong", "en": "will anyone know it is me"}, answer)
        await told.says("0", told.back())
