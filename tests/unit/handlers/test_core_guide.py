"""One question at a time: the order, what is left out, and what an answer becomes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from unit.handlers.talk import CODE, DESK, TELEGRAM, WEB, Talk, begun, mailbox

from handlers.conversation import Part, decode, encode
from handlers.guide import ORDER
from handlers.silence import STEP_SECONDS
from handlers.values import MAX_PARTS
from handlers.wishes import FileTip, KeepChoice, KeepText

STALL = "quan nuoc dau xom chieu nao cung ghi lo de"


def guided(talk: Talk | None = None) -> Talk:
    """Somebody who wrote one text and asked to be asked."""
    talk = talk or begun()
    talk.text(STALL, "3")
    return talk


def abouts(talk: Talk) -> list[str | None]:
    draft = talk.conversation.draft
    assert draft is not None
    return [part.about for part in draft.parts]


def test_3_3_the_guided_way_by_numbers() -> None:
    talk = guided()
    assert talk.page == [
        [
            'Xảy ra ở đâu? Ghi chỗ dễ nhận ra, ví dụ: "sau chợ, ngõ cạnh nhà văn hóa tổ 4". Không nhớ thì gõ 0.',
            "0. Bỏ qua",
        ]
    ]
    talk.text("dau xom, doi dien cay da")
    assert talk.page[0] == [
        "Xảy ra khi nào?",
        "1. Đang xảy ra",
        "2. Hôm nay, hôm qua",
        "3. Hay lặp lại",
        "4. Đã lâu hơn",
        "0. Bỏ qua",
    ]
    talk.text("3")
    (kept,) = [wish for wish in talk.done if isinstance(wish, KeepChoice)]
    assert talk.stored[kept.part] == "Hay lặp lại"
    assert talk.keys == [["ask-cat"]]
    assert talk.page[0][1:3] == ["1. Ma túy", "2. Trộm cắp, cướp giật"]
    assert talk.page[0][-2:] == ["10. Việc khác", "0. Bỏ qua"]
    talk.text("3")
    assert talk.page[0][0] == "Gửi 3 phần đến Công an phường Nam Hồng Lĩnh?"
    assert abouts(talk) == [None, "where", "when"]
    talk.text("1")
    (filed,) = talk.done
    assert isinstance(filed, FileTip)
    assert filed.draft.category == "gambling"


def test_a_written_form_keeps_the_question_the_tags_and_the_kind() -> None:
    talk = guided()
    talk.text("sau chợ", "2", "1")
    assert (talk.conversation.state, talk.conversation.asking) == ("ask", "who")
    assert decode(encode(talk.conversation)) == talk.conversation


@pytest.mark.parametrize(("kind", "asked"), [("1", "ask-who"), ("2", "ask-who"), ("9", "ask-who"), ("5", None)])
def test_who_is_asked_only_where_it_helps(kind: str, asked: str | None) -> None:
    talk = guided()
    talk.text("0", "0", kind)
    assert talk.keys == [["send-confirm-web"] if asked is None else [asked]]
    if asked:
        talk.text("áo đỏ, xe máy xanh")
        assert (talk.keys, abouts(talk)) == ([["send-confirm-web"]], [None, "who"])


def test_skipping_everything_changes_nothing() -> None:
    talk = guided()
    before = talk.conversation.draft
    talk.text("0", "0", "0")
    assert talk.keys == [["send-confirm-web"]]
    assert before is not None
    assert talk.conversation.draft == replace(before, told=before.told | {"to:nhl"})
    talk.text("0")
    assert talk.keys == [["draft-card"]]


def test_a_photo_alone_is_asked_what_it_is() -> None:
    talk = begun()
    talk.photo()
    talk.text("3")
    assert talk.keys == [["ask-what"]]
    talk.photo()
    assert talk.keys == [["draft-photo", "ask-what"]]
    talk.text("ghi lô đề ở quán nước")
    assert (talk.keys, abouts(talk)) == ([["ask-where"]], [None, "what", "what"])


def test_what_was_answered_is_not_asked_again() -> None:
    talk = guided()
    talk.text("sau chợ", "2", "menu", "1", "3")
    assert talk.keys == [["ask-cat"]]
    talk.text("4", "0", "3")
    assert talk.keys == [["ask-cat"]], "a kind can be chosen anew"
    talk.text("5")
    assert talk.conversation.draft is not None
    assert talk.conversation.draft.category == "scam"


def test_going_on_now_is_the_urgent_way() -> None:
    talk = guided()
    talk.text("sau chợ", "1")
    assert talk.keys == [["urgent", "urgent-set"]]
    assert talk.conversation.draft is not None
    assert talk.conversation.draft.urgent
    talk.text("2", "0", "3")
    assert talk.keys == [["ask-cat"]], "when is known"


@pytest.mark.parametrize("answer", ["12", "nhà số 12", "số 8"])
def test_a_house_number_is_an_answer(answer: str) -> None:
    talk = guided()
    talk.text(answer)
    assert (talk.keys, abouts(talk)) == ([["ask-when"]], [None, "where"])


def test_a_number_that_is_not_offered_is_an_answer() -> None:
    talk = guided()
    talk.text("0", "9")
    assert (talk.keys, abouts(talk)) == ([["ask-cat"]], [None, "when"])


def test_typed_words_answer_every_question() -> None:
    talk = guided()
    for words in ("sau chợ", "tuần trước", "lô đề"):
        talk.text(words)
    assert abouts(talk) == [None, "where", "when", "kind"]
    assert talk.keys == [["send-confirm-web"]]


def test_it_can_be_left_at_any_time() -> None:
    talk = guided()
    talk.text("gửi")
    assert talk.keys == [["send-confirm-web"]]
    talk = guided()
    talk.text("menu")
    assert (talk.conversation.state, talk.conversation.asking) == ("idle", None)
    assert talk.parts == 1


def test_a_press_on_an_older_menu_shows_the_question_again() -> None:
    talk = guided()
    talk.press(1, "zzzz")
    assert (talk.keys, talk.done) == ([["ask-where"]], [])


def test_a_sticker_and_an_empty_text_ask_again() -> None:
    talk = guided()
    talk.text(" ")
    assert talk.keys == [["not-understood", "ask-where"]]


def test_a_photo_answers_and_its_words_are_kept() -> None:
    talk = guided()
    talk.photo("chỗ này")
    assert (talk.keys, abouts(talk)) == ([["draft-photo", "ask-when"]], [None, "where", "where"])


def test_danger_in_an_answer_comes_first() -> None:
    talk = guided()
    talk.text("nó đang cầm dao ở chợ")
    assert talk.keys == [["urgent"]]
    assert (talk.conversation.state, talk.parts) == ("collect", 2)


def test_the_writers_name_in_an_answer_is_asked_about() -> None:
    talk = guided()
    talk.text("tôi là Nguyễn Văn An, nhà sau chợ")
    assert talk.keys == [["warn-name"]]
    talk.text("1", "3")
    assert talk.keys == [["ask-when"]]


def test_a_full_draft_takes_no_chosen_answer() -> None:
    talk = guided()
    draft = talk.conversation.draft
    assert draft is not None
    parts = tuple(Part(n.to_bytes(16, "big"), "text") for n in range(MAX_PARTS))
    full = replace(talk.conversation, draft=replace(draft, parts=parts), asking="when", menu=((3, "when:often"),))
    talk.conversation = full
    talk.text("3")
    assert talk.keys == [["draft-full", "draft-card"]]


def test_half_an_hour_of_silence_leaves_the_questions() -> None:
    talk = guided()
    talk.wait(STEP_SECONDS)
    talk.text("sau chợ")
    assert (talk.keys, abouts(talk)) == ([["draft-card"]], [None, None])


def test_only_a_new_tip_is_asked_about() -> None:
    talk = begun(mailboxes={CODE: mailbox()})
    talk.code()
    talk.text("thêm một ý")
    assert "guide" not in talk.acts


def test_an_answer_in_words_is_kept_as_typed() -> None:
    talk = guided(Talk(TELEGRAM, desk=DESK))
    talk.text("Đầu Xóm, đối diện cây đa")
    assert [wish.text for wish in talk.done if isinstance(wish, KeepText)] == ["Đầu Xóm, đối diện cây đa"]


def test_the_order_is_the_agreed_one() -> None:
    assert ORDER == ("what", "where", "when", "kind", "who")
    assert WEB.is_page


def test_a_place_answers_where() -> None:
    talk = guided()
    talk.place("18.52", "105.7")
    assert (talk.keys, abouts(talk)) == ([["draft-place", "ask-when"]], [None, "where"])
    talk.place("18.53", "105.7")
    assert (talk.keys, abouts(talk)) == ([["draft-place", "ask-when"]], [None, "where", "where"])
    talk.place("91", "105.7")
    assert talk.keys == [["not-understood", "ask-when"]]


def test_a_place_noted_before_is_not_asked_for() -> None:
    talk = begun()
    talk.text(STALL)
    talk.place("18.52", "105.7")
    talk.text("3")
    assert talk.keys == [["ask-when"]]


def test_a_spoken_part_says_what_was_seen() -> None:
    talk = begun()
    talk.media("voice")
    talk.text("3")
    assert talk.keys == [["ask-where"]]
