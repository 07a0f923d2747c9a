"""Long walks through the conversation: nothing raises, nothing is lost, nothing is sent or erased by accident."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.handlers.talk import CODE, DESK, TELEGRAM, WEB, ZALO, Talk, mailbox
from unit.handlers.wards import TOPS, WITHIN, wards

from handlers.conversation import Conversation, Draft, State, decode, encode
from handlers.facts import CodeMistyped, ContactReceived, GroupSeen, Left, Started, StickerReceived, TextReceived
from handlers.table import ACTS, BY_WORD, STATES, TABLE
from handlers.values import Channel, Mark, Words, line
from handlers.wishes import AppendParts, DropParts, FileTip, ForgetChat, Keep, KeepChoice

OTHER = b"other".ljust(32)
GONE = b"gone".ljust(32)
MINUTES = (0, 1, 16, 31, 23 * 60, 25 * 60)
TEXTS = (
    "0", "1", "2", "3", "4", "7", "12", "số 1", "chọn 2", "một", "hai", "có", "ok", "không", "đúng", "dung", "dừng",
    "Huy", "hủy", "xóa", "quên tôi", "menu", "gửi", "113", "help", "english", "tiếng việt", "riêng tư",
    "chuyển sang web", "alo", "chào", "số điện thoại công an phường", "có ai biết tôi không",
    "tiếng mường được không", "", " ", "\u200b",
    "có người cầm dao ở chợ", "cháu bé bị đánh bầm tím", "tôi là Nguyễn Văn An, tối qua", "tôi ghét nó", "😀" * 200,
    "cam duong", "ở tổ 8 phường Cam Đường", "hoa binh", "ha tinh", "công an phường nhận tiền của quán",
    "4821 0937", "tối qua ở chợ có người phá khóa", "a" * 8001, "nó ở 12 ngõ 3, gọi 0912 345 678",
)  # fmt: skip

Walk = list[tuple[str, object]]


@st.composite
def moves(draw: st.DrawFn) -> Walk:
    kinds = st.one_of(
        st.tuples(st.just("text"), st.sampled_from(TEXTS)),
        st.tuples(st.just("edited"), st.sampled_from(TEXTS)),
        st.tuples(st.just("press"), st.integers(0, 10)),
        st.tuples(st.just("old press"), st.integers(0, 3)),
        st.tuples(st.just("choose"), st.integers(0, 10)),
        st.tuples(st.just("photo"), st.sampled_from(("", "ở chợ", "nó đang cầm dao"))),
        st.tuples(st.just("album"), st.just("")),
        st.tuples(st.just("media"), st.sampled_from(("voice", "video", "file"))),
        st.tuples(st.just("raw"), st.sampled_from(("", "nó đang cầm dao"))),
        st.tuples(st.just("coming"), st.sampled_from(("", "1", "11"))),
        st.tuples(st.just("place"), st.sampled_from(("18.52", "-0.000001", "91"))),
        st.tuples(st.just("code"), st.sampled_from((CODE, OTHER, GONE, b"none".ljust(32)))),
        st.tuples(st.just("kept"), st.sampled_from((CODE, OTHER, GONE, None))),
        st.tuples(st.just("mistyped"), st.sampled_from((20, 24, 28))),
        st.tuples(st.just("refuse"), st.sampled_from(("big", "bad"))),
        st.tuples(st.just("remove"), st.integers(0, 3)),
        st.tuples(st.just("fact"), st.sampled_from((Started, StickerReceived, ContactReceived))),
        st.tuples(st.just("wait"), st.sampled_from(MINUTES)),
    )
    return draw(st.lists(kinds, min_size=1, max_size=30))


def part_ids(draft: Draft | None) -> set[bytes]:
    return set() if draft is None else {part.id for part in draft.parts}


def held(conversation: Conversation) -> set[bytes]:
    return part_ids(conversation.draft) | part_ids(conversation.parked)


def attach(talk: Talk, kind: str, what: str) -> None:
    match kind:
        case "media":
            talk.media(what)  # type: ignore[arg-type] # chosen by the test
        case "place":
            talk.place(what)
        case "raw":
            talk.raw(what)
        case "coming":
            talk.coming = len(what)
        case _:
            talk.photo(what, answer=kind == "photo")


def go(talk: Talk, kind: str, value: object) -> None:
    match kind, value:
        case "text" | "edited", str(text):
            talk.text(text, edited=kind == "edited")
        case "press" | "old press", int(number):
            talk.press(number, "zzzz" if kind == "old press" else None)
        case "choose", int(n):
            menu = talk.conversation.menu
            talk.press(menu[n % len(menu)][0] if menu else 0)
        case "photo" | "album" | "media" | "place" | "raw" | "coming", str(what):
            attach(talk, kind, what)
        case "code" | "kept", bytes() | None as lookup:
            talk.code(lookup) if kind == "code" and lookup else talk.kept(lookup)
        case "mistyped", int(count):
            talk.send(CodeMistyped(*talk.moment(), count=count))
        case "refuse", str(reason):
            talk.refuse(reason)
        case "remove", int(n):
            parts = sorted(held(talk.conversation))
            talk.remove(parts[n] if n < len(parts) else b"x" * 16)
        case "fact", type() as fact:
            talk.send(fact(*talk.moment()))
        case _:
            talk.wait(int(str(value)) * 60)


def check(talk: Talk, before: Conversation, stale: bool) -> None:
    after, wishes = talk.conversation, talk.done
    kept = {wish.part for wish in wishes if isinstance(wish, Keep | KeepChoice)}
    dropped = {part for wish in wishes if isinstance(wish, DropParts) for part in wish.parts}
    sent = {part for wish in wishes if isinstance(wish, (FileTip, AppendParts)) for part in part_ids(wish.draft)}
    assert held(before) | kept == held(after) | dropped | sent
    assert not held(after) & (dropped | sent)
    assert held(after) == set(talk.stored)
    if sent:
        acts = {act.partition(":")[0] for _, act in before.menu}
        assert (
            acts & {"send", "submit", "submit-quiet", "submit-tell", "send-now", "agree", "refuse"}
            or before.confirm == "wait"
            or before.seek == "send"
        )
        assert talk.coming == 0
    assert all(wish.draft.unagreed is None for wish in wishes if isinstance(wish, FileTip | AppendParts))
    if stale:
        assert (kept, sent) == (set(), set())
    if after.mail is None and after.draft is not None and after.draft.target is not None and after.state == "mail":
        pytest.fail("inside a tip that is closed")
    assert {act.partition(":")[0] for _, act in after.menu} <= set(ACTS)
    assert (after.state == "confirm") == (after.confirm is not None)
    assert (after.state == "ask") == (after.asking is not None)
    assert (after.state == "find") == (after.seek is not None)
    assert after.state != "route" or after.draft is not None
    assert after.state != "mail" or after.mail is not None
    assert len(encode(after)) <= 3900


def world(channel: int, staffed: bool, demo: bool) -> Talk:
    asked = Words("question", "Mấy giờ?", 1_763_650_000)
    boxes = {
        CODE: mailbox(words=(asked,), marks=(Mark("verify", 1_763_500_000),)),
        OTHER: mailbox(tip=b"o" * 16, words=(asked,), own=(1,)),
        GONE: mailbox(tip=b"g" * 16, erased=True),
    }
    desk = replace(DESK, staffed=staffed, demo=demo)
    return Talk((WEB, TELEGRAM, ZALO)[channel], desk=desk, mailboxes=boxes)


def several(channel: int, *, tops: bool) -> Talk:
    """The same where there are several wards, under one province or under several."""
    talk = wards((WEB, TELEGRAM, ZALO)[channel], tops=TOPS if tops else WITHIN)
    talk.mailboxes = world(channel, staffed=True, demo=False).mailboxes
    return talk


@settings(max_examples=200, deadline=None, derandomize=True)
@given(moves(), st.integers(0, 2), st.booleans(), st.booleans())
def test_no_walk_raises_or_loses_a_part(walk: Walk, channel: int, staffed: bool, demo: bool) -> None:
    talk = world(channel, staffed, demo)
    for kind, value in walk:
        before, facts = talk.conversation, talk.facts
        go(talk, kind, value)
        if talk.facts > facts:
            check(talk, before, stale=kind == "old press")


@settings(max_examples=200, deadline=None, derandomize=True)
@given(moves(), st.integers(0, 2), st.booleans(), st.sampled_from((None, "nhl-1", "cd-1")))
def test_no_walk_among_several_wards_sends_to_none(walk: Walk, channel: int, tops: bool, box: str | None) -> None:
    talk = several(channel, tops=tops)
    for n, (kind, value) in enumerate(walk):
        before, facts = talk.conversation, talk.facts
        if box is not None and n == len(walk) // 2:
            talk.start(box)
        else:
            go(talk, kind, value)
        if talk.facts > facts:
            check(talk, before, stale=kind == "old press" and n != len(walk) // 2)
        filed = [wish for wish in talk.done if isinstance(wish, FileTip)]
        assert all(wish.unit == (wish.draft.door or before.unit or talk.conversation.unit) for wish in filed)
        assert all(wish.box is None for wish in filed if wish.draft.door)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(moves())
def test_a_box_that_takes_nothing_files_nothing(walk: Walk) -> None:
    talk = world(0, staffed=True, demo=False)
    talk.desk = replace(DESK, open=False)
    for kind, value in walk:
        go(talk, kind, value)
        assert not [wish for wish in talk.done if isinstance(wish, FileTip)]
        assert talk.conversation.draft is None or talk.conversation.draft.target is not None


def at_each_state(channel: Channel | None = None) -> dict[State, Talk]:
    """A chat brought to every state, with a draft of two parts where there can be one; then on this channel."""
    ways: dict[State, tuple[str, ...]] = {
        "idle": ("menu",),
        "collect": (),
        "review": ("4",),
        "ask": ("3",),
        "confirm": ("1",),
        "code": ("menu", "2"),
        "board": ("menu", "3"),
    }
    talks: dict[State, Talk] = {}
    for state, way in ways.items():
        talk = world(0, staffed=True, demo=False)
        talk.start()
        talk.text("tối qua ở chợ có người phá khóa", "sáng nay lại có", *way)
        talks[state] = talk
    talks["receipt"] = world(1, staffed=True, demo=False)
    talks["receipt"].text("tối qua ở chợ có người phá khóa", "1", "1")
    talks["topics"] = world(1, staffed=True, demo=False)
    talks["topics"].text("tối qua ở chợ có người phá khóa", "sáng nay lại có", "menu", "4")
    for state, box, way in (("find", None, ()), ("route", "nhl-1", ("5",))):
        talks[state] = several(1, tops=True)
        talks[state].start(box)
        talks[state].text("tối qua ở chợ có người phá khóa")
        talks[state].photo()
        talks[state].text(*way)
    talks["mail"] = world(0, staffed=True, demo=False)
    talks["mail"].start()
    talks["mail"].code()
    for talk in talks.values():
        talk.channel = channel or talk.channel
    return talks


def test_each_state_can_be_reached() -> None:
    assert {state: talk.conversation.state for state, talk in at_each_state().items()} == {s: s for s in STATES}


HARMLESS = ("sticker", "contact", "", "😀" * 200, "edited", "đúng", "dung", "Huy", "12", "typo")


def test_there_are_twelve_states_and_ten_odd_things() -> None:
    assert len(list(product(STATES, HARMLESS))) == 120


@pytest.mark.parametrize("channel", [WEB, TELEGRAM], ids=lambda channel: channel.name)
@pytest.mark.parametrize(("state", "what"), list(product(STATES, HARMLESS)))
def test_nothing_odd_sends_or_erases(state: State, what: str, channel: Channel) -> None:
    talk = at_each_state(channel)[state]
    before = held(talk.conversation)
    match what:
        case "sticker":
            talk.send(StickerReceived(*talk.moment()))
        case "contact":
            talk.send(ContactReceived(*talk.moment()))
        case "typo":
            talk.send(CodeMistyped(*talk.moment(), count=24))
        case "edited":
            talk.text("tối qua ở chợ", edited=True)
        case _:
            talk.text(what)
    assert talk.said, "a fitting sentence each time"
    assert not [wish for wish in talk.done if isinstance(wish, (FileTip, AppendParts, ForgetChat))]
    assert [wish for wish in talk.done if isinstance(wish, DropParts)] == []
    assert before <= held(talk.conversation)


def test_walks_follow_the_table() -> None:
    """Moves not in the table do not happen: every text, number and photo, from every state."""
    for state, text in product(STATES, TEXTS):
        talk = at_each_state()[state]
        menu = dict(talk.conversation.menu)
        talk.text(text)
        allowed = {state, *BY_WORD, *TABLE[state, TextReceived].to}
        for act in menu.values():
            allowed |= set(ACTS[act.partition(":")[0]].to)
        assert talk.conversation.state in allowed, (state, text)


def test_leaving_forgets_everything_and_says_nothing() -> None:
    talk = at_each_state()["confirm"]
    parts = tuple(talk.stored)
    assert talk.send(Left(*talk.moment())) == []
    assert talk.done == [DropParts(parts), ForgetChat()]
    assert talk.conversation == Conversation()


def test_a_group_changes_no_conversation() -> None:
    for talk in at_each_state().values():
        before = talk.conversation
        talk.send(GroupSeen(*talk.moment(), link="t.me/x"))
        assert talk.conversation == before
        assert talk.keys == [["group"]]


def test_an_unknown_version_or_broken_writing_starts_anew() -> None:
    written = encode(Conversation())
    assert decode(written) == Conversation()
    for broken in (
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"v":2}',
        written.replace(b'"idle"', b'"gone"'),
        b"\xff",
        b'{"v":1,"s":"idle"}',
    ):
        assert decode(broken) is None


def test_the_written_form_stays_small() -> None:
    talk = world(0, staffed=True, demo=True)
    talk.start("t" * 64)
    for n in range(50):
        talk.text(f"phần {n} ở chợ tối qua")
    talk.code()
    for n in range(50):
        talk.text(f"phần {n}")
    talk.text("dung" + "." * 100)
    assert talk.conversation.parked is not None
    assert len(talk.conversation.parked.parts) == talk.parts == 50
    assert talk.keys == [["stop-ask"]]
    talk.conversation = replace(talk.conversation, tries=(talk.at,) * 5)
    assert len(encode(talk.conversation)) <= 3900


def test_the_written_form_of_files_stays_small() -> None:
    talk = world(0, staffed=True, demo=True)
    talk.start("t" * 64)
    for _ in range(50):
        talk.media("file")
    talk.code()
    for _ in range(50):
        talk.media("file")
    assert talk.conversation.parked is not None
    assert len(talk.conversation.parked.parts) == talk.parts == 50
    talk.conversation = replace(talk.conversation, tries=(talk.at,) * 5)
    assert len(encode(talk.conversation)) <= 3900


def test_a_stale_button_shows_the_present_card_and_does_nothing() -> None:
    talk = at_each_state()["confirm"]
    before = talk.conversation
    talk.press(1, "0000")
    assert talk.done == []
    assert talk.keys == [["send-confirm-web"]]
    assert replace(talk.conversation, serial="", touched=0) == replace(before, serial="", touched=0)
    assert talk.said[0].lines[0] == line("send-confirm-web", count=2, unit=DESK.name)
