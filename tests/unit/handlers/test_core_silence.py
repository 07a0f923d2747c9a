"""When a draft goes, what silence does while nobody is there, and what is said of it afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest
from unit.handlers.talk import CODE as LOOKUP
from unit.handlers.talk import NOON, Talk, begun, mailbox

from handlers.conversation import Conversation, OpenMail, decode, encode
from handlers.silence import REMIND_SECONDS, lapse, lapse_unheard, reminded
from handlers.start import DRAFT_LONGEST, DRAFT_SECONDS
from handlers.timeline import clock, short_day
from handlers.values import line
from handlers.wishes import DropParts

HOUR = 3600
TIP = "Xe tải đổ rác ở bờ sông, tối nào cũng có."


def written() -> Talk:
    talk = begun(mailboxes={LOOKUP: mailbox()})
    talk.text(TIP)
    return talk


def dropped(talk: Talk) -> set[bytes]:
    return {part for wish in talk.done if isinstance(wish, DropParts) for part in wish.parts}


def unheard(talk: Talk, seconds: int) -> tuple[bytes, ...]:
    """The fixed job looks after so much silence; the parts it erases."""
    after, erased = lapse_unheard(talk.conversation, talk.conversation.touched + seconds)
    assert after.touched == talk.conversation.touched
    talk.conversation = decode(encode(after)) or Conversation()
    for part in erased:
        del talk.stored[part]
    return erased


def test_a_draft_that_is_written_outlives_the_day_of_its_birth() -> None:
    talk = written()
    talk.wait(23 * HOUR).text("Biển số 38A.")
    talk.wait(23 * HOUR).text("Có hai người.")
    assert (talk.parts, dropped(talk)) == (3, set())


def test_two_days_after_its_birth_even_a_draft_in_use_goes() -> None:
    talk = written()
    born, first = talk.conversation.draft.born, set(talk.stored)  # type: ignore[union-attr] # a draft is there
    talk.wait(23 * HOUR).text("Biển số 38A.")
    first |= set(talk.stored)
    talk.wait(23 * HOUR).text("Có hai người.")
    first |= set(talk.stored)
    talk.at = born + DRAFT_LONGEST - 2
    talk.text("alo")
    assert dropped(talk) == set()
    first |= set(talk.stored)
    talk.text(TIP)
    assert dropped(talk) == first
    assert talk.keys[0][0] == "rem-erased"
    assert talk.parts == 1, "what is written now begins a new one"


@pytest.mark.parametrize("age", [0, 23, 40])
def test_the_hour_said_is_the_hour_kept(age: int) -> None:
    """Whatever is said of a waiting draft, the second before it is there, and at that second it is not."""
    talk = written()
    for _ in range(age // 20):
        talk.wait(20 * HOUR).text("Còn nữa.")
    talk.text("menu")
    (said,) = [dict(one.args)["time"] for one in talk.said[0].lines if one.key == "draft-open"]
    draft, touched = talk.conversation.draft, talk.conversation.touched
    assert draft is not None
    due = min(touched + DRAFT_SECONDS, draft.born + DRAFT_LONGEST)
    assert said == f"{clock(due)}, {short_day(due)}", "the hour alone would read as today"
    assert lapse(talk.conversation, due - 1)[1] == ()
    assert lapse(talk.conversation, due)[1] == tuple(part.id for part in draft.parts)


def test_a_parked_draft_of_two_days_goes_alone() -> None:
    talk = written()
    old = set(talk.stored)
    for _ in range(2):
        talk.wait(23 * HOUR).text("menu")
    talk.code()
    talk.text("thêm một ý")
    talk.at = NOON + DRAFT_LONGEST + 60
    talk.text("thêm một ý nữa")
    assert dropped(talk) == old
    assert talk.parts == 2
    assert talk.conversation.parked is None


def test_an_addition_that_goes_by_age_leaves_the_opened_tip_open() -> None:
    mail = OpenMail(LOOKUP, b"s" * 32, b"t" * 16, NOON)
    talk = written()
    draft = replace(talk.conversation.draft, target=mail)  # type: ignore[type-var] # a draft is there
    late = draft.born + DRAFT_LONGEST
    found = replace(talk.conversation, draft=draft, mail=mail, touched=late - 60)
    after, erased, notes = lapse(found, late)
    assert (after.state, after.mail, after.draft) == ("mail", mail, None)
    assert (len(erased), notes) == (1, (line("rem-erased"),))


def test_the_receipt_is_forgotten_while_nobody_writes() -> None:
    talk = written()
    talk.code()
    assert unheard(talk, 15 * 60 - 1) == ()
    assert talk.conversation.mail is not None
    assert unheard(talk, 15 * 60) == ()
    assert talk.conversation.mail is None
    assert talk.conversation.owed == ("mail-closed",)
    talk.wait(HOUR).text("menu")
    assert talk.keys[0][0] == "mail-closed"
    talk.text("menu")
    assert "mail-closed" not in talk.keys[0]
    assert talk.conversation.owed == ()


def test_an_addition_loses_its_key_while_nobody_writes_and_asks_for_the_code_again() -> None:
    talk = begun(mailboxes={LOOKUP: mailbox()})
    talk.code()
    talk.text("thêm một ý")
    unheard(talk, 15 * 60)
    draft = talk.conversation.draft
    assert draft is not None
    assert draft.target is not None
    assert (draft.target.seed, talk.conversation.mail) == (b"", None)
    talk.wait(16 * 60).text("1")
    assert talk.keys == [["code-again"]]


def test_a_draft_erased_while_nobody_writes_is_said_once() -> None:
    talk = written()
    assert len(unheard(talk, DRAFT_SECONDS)) == 1
    assert talk.conversation.draft is None
    talk.wait(DRAFT_SECONDS + HOUR).text("alo")
    assert talk.keys[0][0] == "rem-erased"
    assert dropped(talk) == set()
    talk.text("alo")
    assert "rem-erased" not in talk.keys[0]


@pytest.mark.parametrize("way", [("2",), ("3",), (TIP,), (TIP, "1"), (TIP, "3"), ("quên tôi",), (TIP, "0")])
@pytest.mark.parametrize("minutes", [1, 20, 40, 24 * 60])
def test_looking_in_between_changes_nothing_of_what_is_found(way: tuple[str, ...], minutes: int) -> None:
    talk = begun(mailboxes={LOOKUP: mailbox()})
    talk.text(*way)
    for seen in (talk.conversation, _with_mail(talk)):
        at = seen.touched + minutes * 60
        once, erased, notes = lapse(seen, at)
        looked, gone = seen, ()
        for moment in (5, 15, 16, 30, 31, 24 * 60, 24 * 60 + 1):
            if moment <= minutes:
                looked, more = lapse_unheard(looked, seen.touched + moment * 60)
                gone += more
        twice, rest, said = lapse(looked, at)
        assert (twice, {*gone, *rest}, said) == (once, {*erased}, notes)


def _with_mail(talk: Talk) -> Conversation:
    talk.code()
    talk.text("thêm một ý")
    return talk.conversation


def test_a_draft_is_reminded_of_once() -> None:
    talk = written()
    due = talk.conversation.touched + REMIND_SECONDS
    assert reminded(talk.conversation, due - 1) is None
    told = reminded(talk.conversation, due)
    assert told is not None
    assert replace(told, draft=talk.conversation.draft) == talk.conversation
    assert reminded(told, due + HOUR) is None


@pytest.mark.parametrize("hours", [10, 19, 24])
def test_nobody_is_reminded_at_night_nor_of_what_is_gone(hours: int) -> None:
    """Written at 11:40: ten hours later it is night, nineteen hours later not yet seven."""
    talk = written()
    assert reminded(talk.conversation, talk.conversation.touched + hours * HOUR) is None


def test_without_a_draft_there_is_nothing_to_remind_of() -> None:
    talk = begun()
    assert reminded(talk.conversation, talk.conversation.touched + REMIND_SECONDS) is None


def test_a_conversation_written_before_notes_were_owed_is_read() -> None:
    old = encode(Conversation(touched=NOON)).replace(b',"o":[]', b"")
    assert b'"o"' not in old
    assert decode(old) == Conversation(touched=NOON)
