"""Being told of replies, the ordinary notice, the button that keeps access, and the ends of all three, by talking."""

from __future__ import annotations

from dataclasses import replace

import pytest
from unit.handlers.talk import CODE, NHL, SEED, TELEGRAM, WEB, ZALO, Talk, begun, mailbox

from handlers import cards, topics
from handlers import mailbox as opened
from handlers.conversation import OpenMail
from handlers.questions import FindBackups
from handlers.turn import Scene
from handlers.values import Fresh, Mark, line
from handlers.wishes import FileTip, ForgetChat, KeepAccess, StopWriting, Subscribe, TellNews, TellNoMore

TIP = "Tối nào cũng có xe tải đổ rác xuống sông."
NOTIFY_ON = line("notify-on", **{"from": 7, "to": 21})
TIP_ID = b"t" * 16


def promises(talk: Talk) -> list[object]:
    kinds = (Subscribe, StopWriting, TellNews, TellNoMore, KeepAccess)
    return [wish for wish in talk.done if isinstance(wish, kinds)]


def in_mail(**values: object) -> Talk:
    talk = begun(TELEGRAM, mailboxes={CODE: mailbox(**values)})
    talk.code()
    return talk


@pytest.mark.parametrize(("number", "asked"), [("1", False), ("2", True)])
def test_before_sending_one_chooses_whether_to_be_told(number: str, asked: bool) -> None:
    talk = begun(TELEGRAM)
    talk.text(TIP, "1")
    assert talk.keys == [["send-confirm"]]
    assert talk.acts == ["submit-quiet", "submit-tell", "back"]
    talk.text(number)
    assert [type(wish) for wish in talk.done][: 1 + asked] == ([TellNews, FileTip] if asked else [FileTip])
    assert talk.said[0].lines == ((line("done"), NOTIFY_ON) if asked else (line("done"),))


def test_on_zalo_it_is_said_how_long_one_can_be_told() -> None:
    talk = begun(ZALO)
    talk.text(TIP, "1", "2")
    assert talk.keys[0] == ["done", "notify-on", "notify-zalo"]


def test_a_page_and_an_urgent_tip_are_not_asked() -> None:
    page = begun(WEB)
    page.text(TIP, "1")
    assert (page.keys, page.acts) == ([["send-confirm-web"]], ["submit", "back"])
    hurry = begun(TELEGRAM)
    hurry.text(TIP, "2", "gửi")
    assert (hurry.keys, hurry.acts) == ([["send-confirm-web"]], ["submit", "back"])
    hurry.text("1")
    assert promises(hurry) == []


def test_an_addition_is_not_asked_again() -> None:
    talk = in_mail()
    talk.text("Xe màu xanh.", "gửi")
    assert talk.acts == ["submit", "back"]


def test_where_nothing_is_taken_any_more_nothing_is_promised() -> None:
    talk = begun(TELEGRAM)
    talk.text(TIP, "1")
    talk.desk = replace(talk.desk, open=False)
    talk.text("2")
    assert (talk.keys[0][0], talk.done) == ("box-shut", [])


def test_in_the_tip_news_are_asked_for_and_ended() -> None:
    talk = in_mail()
    assert talk.acts == ["timeline", "tell", "forget", "close"]
    talk.text("2")
    assert (talk.said[0].lines, promises(talk)) == ((NOTIFY_ON,), [TellNews(TIP_ID)])
    assert talk.acts[1] == "tell-no-more"
    talk.text("1")
    assert talk.acts[1] == "tell-no-more", "the menu remembers"
    talk.text("2")
    assert (talk.keys, promises(talk)) == ([["notify-off"]], [TellNoMore(TIP_ID)])
    assert talk.acts[1] == "tell"


def test_a_tip_that_was_asked_for_before_says_so() -> None:
    assert in_mail(asked=True).acts[1] == "tell-no-more"


def test_a_closed_tip_has_no_news_to_come() -> None:
    talk = in_mail(marks=(Mark("closed", 1_763_000_000),))
    talk.text("2")
    assert (talk.said[0].lines, promises(talk)) == ((line("mail-next", next=line("next-closed")),), [])


def test_a_tip_erased_meanwhile_is_over() -> None:
    talk = in_mail()
    talk.mailboxes = {}
    talk.text("2")
    assert (talk.keys, promises(talk)) == ([["mail-over"]], [])


def test_a_page_is_offered_none_of_it() -> None:
    talk = begun(WEB, mailboxes={CODE: mailbox()})
    assert "sub" not in talk.acts
    talk.code()
    assert talk.acts == ["timeline", "proof", "forget", "close"]


def scene_without_tip(talk: Talk) -> Scene:
    return Scene(replace(talk.conversation, mail=None), talk.at, talk.channel, Fresh(b"x"), talk.desk)


def test_a_choice_on_a_tip_that_is_not_open_leads_to_the_menu() -> None:
    turn = opened.tell_no_more(scene_without_tip(begun(TELEGRAM)))
    assert turn.conversation.state == "idle"  # type: ignore[union-attr] # no question is asked


def test_a_page_that_names_the_notice_all_the_same_is_shown_the_menu() -> None:
    turn = topics.subscribe(scene_without_tip(begun(WEB)))
    assert (turn.conversation.state, turn.wishes) == ("idle", ())  # type: ignore[union-attr] # no question is asked


def test_3_13_the_notice_is_switched_on_and_off() -> None:
    talk = begun(TELEGRAM)
    assert talk.acts == ["tip", "open", "board", "sub", "help"]
    talk.text("4")
    assert talk.said == [cards.message(line("sub-on", unit=NHL), menu=cards.TOPICS)]
    assert (talk.conversation.state, promises(talk)) == ("topics", [Subscribe()])
    talk.text("1")
    assert (talk.keys, talk.conversation.state, promises(talk)) == ([["sub-off"]], "idle", [StopWriting()])


@pytest.mark.parametrize("word", ["dừng", "dung", "stop", "hủy đăng ký"])
def test_the_word_ends_it_from_the_notices_page_and_from_anywhere(word: str) -> None:
    talk = begun(TELEGRAM)
    talk.text("4", word)
    assert (talk.keys, talk.conversation.state, promises(talk)) == ([["sub-off"]], "idle", [StopWriting()])
    talk.text("alo", word)
    assert (talk.keys, promises(talk)) == ([["sub-off"]], [StopWriting()])


def test_switched_off_beside_a_draft_the_draft_is_named() -> None:
    talk = begun(TELEGRAM)
    talk.text(TIP, "menu", "4", "1")
    assert talk.keys == [["sub-off", "sub-off-draft"]]


def test_stopping_inside_a_tip_is_seen_in_its_menu() -> None:
    talk = in_mail(asked=True)
    talk.text("dừng", "1")
    assert talk.acts[1] == "tell"


def test_asked_whether_the_word_was_meant_it_stops_then() -> None:
    talk = begun(TELEGRAM)
    talk.text(TIP, "dung")
    assert (talk.keys, promises(talk)) == ([["stop-ask"]], [])
    talk.text("1")
    assert promises(talk) == [StopWriting()]


def test_the_notices_page_is_left_by_silence_by_zero_and_by_writing() -> None:
    silent, back, writing = begun(TELEGRAM), begun(TELEGRAM), begun(TELEGRAM)
    for talk in (silent, back, writing):
        talk.text("4")
    silent.wait(31 * 60).text("1")
    assert silent.keys[-1] != ["sub-off"]
    back.text("0")
    assert back.conversation.state == "idle"
    writing.text(TIP)
    assert writing.conversation.state == "collect"


def asked_for_the_code() -> Talk:
    """A chat where the button was chosen a quarter of an hour after sending."""
    talk = begun(TELEGRAM, mailboxes={CODE: mailbox()})
    talk.text(TIP, "1", "1")
    talk.wait(15 * 60).text("2")
    assert (talk.keys[-1], promises(talk)) == (["code-ask"], [])
    return talk


def test_the_button_comes_with_the_code_it_was_asked_with() -> None:
    talk = asked_for_the_code()
    talk.code()
    (kept,) = promises(talk)
    assert isinstance(kept, KeepAccess)
    assert (kept.lookup, kept.seed, len(kept.token)) == (CODE, SEED, 16)
    button, shown = talk.said
    assert button.opener is not None
    assert (button.opener.token, button.opener.label) == (kept.token, line("btn-mailbox"))
    assert (button.lines, shown.lines[0].key) == ((line("access-kept"),), "mail-head")
    assert (talk.conversation.state, talk.conversation.confirm) == ("mail", None)


def test_the_button_is_still_wanted_after_a_wrong_code_and_not_after_something_else() -> None:
    talk = asked_for_the_code()
    talk.code(b"none".ljust(32))
    talk.text("123")
    talk.code()
    assert [type(wish) for wish in promises(talk)] == [KeepAccess]
    talk = asked_for_the_code()
    talk.text("menu", "2")
    talk.code()
    assert promises(talk) == []


def test_beside_the_receipt_the_button_needs_no_code_for_a_quarter_of_an_hour() -> None:
    talk = begun(TELEGRAM)
    talk.text(TIP, "1", "1")
    given = OpenMail(CODE, SEED, TIP_ID, talk.at)
    talk.conversation = replace(talk.conversation, given=given)
    talk.text("2")
    assert [type(wish) for wish in promises(talk)] == [KeepAccess]
    assert talk.acts == ["copied", "menu"]
    assert talk.conversation.given is None


def test_who_leaves_the_receipt_leaves_its_tip() -> None:
    talk = begun(TELEGRAM)
    talk.text(TIP, "1", "1")
    talk.conversation = replace(talk.conversation, given=OpenMail(CODE, SEED, TIP_ID, talk.at))
    talk.text("0")
    assert talk.conversation.given is None


def test_the_button_opens_as_the_code_does() -> None:
    talk = begun(TELEGRAM, mailboxes={CODE: mailbox()})
    talk.kept()
    assert (talk.keys[0][0], talk.conversation.state) == ("mail-head", "mail")


def test_a_button_that_opens_nothing_asks_for_the_code_and_is_not_counted() -> None:
    talk = begun(TELEGRAM)
    for _ in range(7):
        talk.kept(None)
        assert (talk.keys, talk.conversation.state, talk.conversation.tries) == ([["access-gone"]], "code", ())


def test_forgetting_speaks_of_backups_where_their_end_is_laid_down() -> None:
    talk = begun(TELEGRAM)
    talk.text("quên tôi", "1")
    assert (talk.keys, talk.forgotten) == ([["forget-gone"]], True)
    assert FindBackups() in talk.asked
    talk = begun(TELEGRAM, backups=14)
    talk.text("quên tôi", "1")
    assert talk.said[0].lines == (line("forget-done", days=14),)
    assert ForgetChat() in talk.done


def test_being_told_is_remembered_while_sending_waits_for_a_file_and_taken_back_by_the_other_choice() -> None:
    waiting = begun(TELEGRAM)
    waiting.text(TIP, "1")
    waiting.coming = 1
    waiting.text("2")
    assert (waiting.keys, promises(waiting)) == ([["send-wait"]], [])
    waiting.coming = 0
    waiting.text("gửi", "1")
    assert promises(waiting) == [], "asked anew, the other choice was taken"
    again = begun(TELEGRAM)
    again.text(TIP, "1")
    again.coming = 1
    again.text("2")
    again.coming = 0
    again.photo()
    assert promises(again) == [TellNews(None)]
