"""What every driver promises, whatever the messenger."""

from __future__ import annotations

import traceback

import pytest

from bot.service.arrivals import Rendered, RenderedChoice, RenderedOpener
from bot.service.delivery_errors import DeliveryError, Refused, RetryLater, Unreachable
from bot.service.errors import OutsideFailed

CARD = Rendered(
    "Đã ghi 1 phần. CHƯA GỬI.",
    (RenderedChoice(1, "Gửi tin", "s1"), RenderedChoice(0, "Quay lại", "s1")),
    "card",
)
NUMBERED = "Đã ghi 1 phần. CHƯA GỬI.\n1. Gửi tin\n0. Quay lại"


def test_says_what_it_can_do(bench):
    can = bench.driver.capabilities
    assert (can.text_limit, can.buttons, can.reply_hours) == (4096, True, None)
    assert can.delete
    assert bench.driver.channel.deletes == can.delete
    assert bench.driver.name == "telegram"


async def test_a_message_is_shown_as_written(bench):
    await bench.driver.send("77", Rendered("Bà con thấy gì? <b>*_`[x](y)"))
    assert bench.seen() == [("77", "Bà con thấy gì? <b>*_`[x](y)", ())]


async def test_every_choice_stands_numbered_in_text_and_on_a_button(bench):
    await bench.driver.send("77", CARD)
    assert bench.seen() == [("77", NUMBERED, ("1. Gửi tin", "0. Quay lại"))]


async def test_a_button_that_keeps_access_stands_under_the_text_and_has_no_number(bench):
    opener = RenderedOpener("Mở hòm thư của tin này", bytes(range(16)))
    await bench.driver.send("77", Rendered("Nút dưới đây", CARD.choices[:1], opener=opener))
    ((_, text, labels),) = bench.seen()
    assert text == "Nút dưới đây\n1. Gửi tin"
    assert labels == ("Mở hòm thư của tin này", "1. Gửi tin")


async def test_a_code_stands_alone(bench):
    await bench.driver.send("77", Rendered("4821 0937 5562 1804 7719 3068", kind="code"))
    assert bench.seen() == [("77", "4821 0937 5562 1804 7719 3068", ())]


@pytest.mark.parametrize("filler", ["Câu dài vừa phải. ", "dòng\n", "liền", "😀", "ạ b\n\n"])
async def test_a_long_text_is_cut_and_never_lost(bench, filler):
    text = filler * (9000 // len(filler))
    await bench.driver.send("77", Rendered(text, CARD.choices))
    pieces = [shown[1] for shown in bench.seen()]
    assert "".join(pieces) == f"{text}\n1. Gửi tin\n0. Quay lại"
    assert all(len(piece.encode("utf-16-le")) // 2 <= 4096 for piece in pieces)
    assert [bool(shown[2]) for shown in bench.seen()] == [False] * (len(pieces) - 1) + [True]


async def test_an_empty_message_is_refused(bench):
    with pytest.raises(Refused):
        await bench.driver.send("77", Rendered("  \n "))
    assert bench.seen() == []


@pytest.mark.parametrize("error", [RetryLater(7), RetryLater(), Unreachable(), Refused()])
async def test_failures_have_one_meaning_everywhere(bench, error):
    bench.fail(error)
    with pytest.raises(DeliveryError) as raised:
        await bench.driver.send("7700112233", Rendered("lời của bà con"))
    assert type(raised.value) is type(error)
    assert getattr(raised.value, "seconds", None) == getattr(error, "seconds", None)


async def test_a_failure_holds_nobodys_words(bench):
    chat, words = (
        str(int("77") * 10**8),
        "lời của bà con".upper(),
    )  # as the source lines of a traceback do not hold them
    bench.fail(RetryLater(7))
    with pytest.raises(DeliveryError) as raised:
        await bench.driver.send(chat, Rendered(words))
    assert raised.value.__context__ is None
    told = "".join(traceback.format_exception(raised.value)) + repr(raised.value)
    assert chat not in told
    assert words not in told


async def test_after_a_failure_the_same_call_works(bench):
    bench.fail(RetryLater(7))
    with pytest.raises(OutsideFailed):
        await bench.driver.send("77", CARD)
    await bench.driver.send("77", CARD)
    assert bench.seen()[-1] == ("77", NUMBERED, ("1. Gửi tin", "0. Quay lại"))


async def test_leaves_a_group(bench):
    await bench.driver.leave("-100200")
    assert bench.left() == ["-100200"]


async def test_leaving_waits_where_the_messenger_asks(bench):
    bench.fail(RetryLater(7))
    with pytest.raises(RetryLater):
        await bench.driver.leave("-100200")


async def shown(bench, *texts):
    """Messages as they stand in a chat; their ids."""
    return tuple([name for text in texts for name in await bench.driver.send("77", Rendered(text))])


async def test_each_message_shown_has_an_id(bench):
    ids = await shown(bench, "một", "hai")
    assert len(set(ids)) == 2
    assert len(await bench.driver.send("77", Rendered("dòng\n" * 2000))) == 3


async def test_what_was_shown_can_be_deleted(bench):
    one, two, three = await shown(bench, "một", "hai", "ba")
    assert await bench.driver.delete("77", (one, three)) == ()
    assert bench.standing("77") in (["hai"], None)
    assert await bench.driver.delete("77", (two,)) == ()


async def test_deleting_again_is_deleting(bench):
    ids = await shown(bench, "một", "hai")
    for _ in range(2):
        assert await bench.driver.delete("77", ids) == ()
    assert await bench.driver.delete("77", ()) == ()


async def test_what_cannot_be_deleted_is_named(bench):
    ids = await shown(bench, "cũ", "mới")
    bench.stick(ids[0])
    assert await bench.driver.delete("77", ids) == (ids[0],)
    assert bench.standing("77") in (["cũ"], None)


async def test_any_number_can_be_deleted(bench):
    ids = await shown(bench, *(str(n) for n in range(230)))
    assert await bench.driver.delete("77", ids) == ()
    assert bench.standing("77") in ([], None)


@pytest.mark.parametrize("error", [RetryLater(7), RetryLater(), Unreachable()])
async def test_deleting_fails_as_sending_does(bench, error):
    ids = await shown(bench, "một")
    bench.fail(error)
    with pytest.raises(DeliveryError) as raised:
        await bench.driver.delete("77", ids)
    assert type(raised.value) is type(error)
    assert getattr(raised.value, "seconds", None) == getattr(error, "seconds", None)
