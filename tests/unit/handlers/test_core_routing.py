"""Kinds of matters that another unit receives: who is named, who gets the tip, and what the reporter may choose."""

from __future__ import annotations

from dataclasses import replace

import pytest
from unit.handlers.talk import DESK, NHL, PROVINCE, Talk
from unit.handlers.wards import OVER, WARD, wards

from handlers.conversation import Draft
from handlers.routing import desk_of
from handlers.values import Desk, Door, Name, line
from handlers.wishes import FileTip

TIP = "tối qua ở chợ có người phá khóa"
CHILDREN = Door("pc", Name("phòng Bảo vệ trẻ em", "Child protection office"))
ELSEWHERE = (("child", CHILDREN), ("drug", Door("ht", PROVINCE)))
ROUTED = replace(DESK, elsewhere=ELSEWHERE)
SAID = line("route-kind", target=line("btn-ward", unit=CHILDREN.name))
KIND = {"drug": 1, "theft": 2, "child": 7}


def told(kind: str, desk: Desk = ROUTED) -> Talk:
    """A tip of this kind, at the question before it is sent."""
    talk = Talk(desk=desk)
    talk.start()
    talk.text(TIP, "3", "ở chợ", "2", str(KIND[kind]))
    if talk.conversation.state == "ask":
        talk.text("0")
    assert (talk.conversation.state, talk.conversation.confirm) == ("confirm", "send")
    return talk


def filed(talk: Talk) -> FileTip:
    (wish,) = (wish for wish in talk.done if isinstance(wish, FileTip))
    return wish


def test_before_sending_it_is_said_who_receives_such_matters() -> None:
    talk = told("child")
    assert talk.said[-1].lines == (SAID, line("send-confirm-web", count=3, unit=CHILDREN.name))
    talk.text("0")
    assert talk.said[-1].lines == (SAID, line("draft-card", count=3, unit=CHILDREN.name))


def test_the_tip_goes_there_with_its_box_sealed_in_it() -> None:
    talk = told("child")
    talk.text("1")
    assert (filed(talk).unit, filed(talk).receiver, filed(talk).box) == ("nhl", "pc", "tdp4-nhl")


def test_other_kinds_stay() -> None:
    talk = told("theft")
    assert talk.said[-1].lines == (line("send-confirm-web", count=3, unit=NHL),)
    talk.text("1")
    assert filed(talk).receiver == "nhl"


def test_the_receipt_speaks_of_who_receives_it() -> None:
    talk = told("child", replace(ROUTED, staffed=False))
    talk.text("1")
    assert "done-next" in [key for keys in talk.keys for key in keys]


def test_the_reporter_may_keep_it_with_the_ward() -> None:
    talk = told("child")
    talk.text("0", "5")
    assert talk.keys[0][0] == "route-ask"
    talk.text("1")
    assert talk.said[-1].lines[-1] == line("draft-card", count=3, unit=NHL)
    talk.text("1", "1")
    assert filed(talk).receiver == "nhl"


@pytest.mark.parametrize(
    "draft",
    [
        None,
        Draft(b"d", 0),
        Draft(b"d", 0, category="theft"),
        Draft(b"d", 0, category="child", urgent=True),
        Draft(b"d", 0, category="child", door="ht"),
        Draft(b"d", 0, category="child", told=frozenset({"ward"})),
    ],
    ids=["no draft", "no kind", "another kind", "happening now", "ward passed over", "ward chosen"],
)
def test_what_goes_where_it_went(draft: Draft | None) -> None:
    assert desk_of(draft, ROUTED) == ROUTED


def test_what_passes_over_a_ward_never_comes_back_to_it() -> None:
    talk = wards()
    talk.start("nhl-1")
    talk.text(TIP, "5", "2", "1")
    talk.units["ht"] = replace(OVER, unit="nhl", name=NHL, receiver="nhl", receiver_name=NHL, above=WARD.above)
    talk.text("1")
    assert [wish for wish in talk.done if isinstance(wish, FileTip)] == []
    assert talk.keys[0][0] == "route-ask"
