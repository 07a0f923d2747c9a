"""The conversation's table is total: each state × fact pair is handled, settled before, or listed as refused."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from unit.handlers.talk import Talk, begun

from handlers import cards
from handlers.table import ACTS, BEFORE, FACTS, REFUSED, STATES, TABLE, diagram

ARCHITECTURE = Path(__file__).parents[2] / "ARCHITECTURE.md"


def test_every_pair_is_handled_or_refused() -> None:
    before = {(state, fact) for state, fact in product(STATES, BEFORE)}
    assert set(TABLE) | before | REFUSED == set(product(STATES, FACTS))
    assert not set(TABLE) & REFUSED
    assert not set(TABLE) & before


def test_every_choice_of_a_menu_does_something_and_has_a_label() -> None:
    assert set(ACTS) == set(cards.LABELS) | cards.SPELT | cards.NAMED


def test_a_refused_fact_asks_again_and_changes_nothing_else() -> None:
    talk = begun()
    talk.text("2")
    found = talk.conversation
    talk.press(1)
    assert talk.keys == [["not-understood", "code-ask"]]
    assert (talk.conversation.state, talk.conversation.draft) == (found.state, found.draft)
    talk.press(1)
    assert talk.keys == [["start-back", "menu-ask"]]


def test_the_diagram_draws_every_state_and_every_line_once() -> None:
    lines = diagram().splitlines()
    assert lines[0] == "stateDiagram-v2"
    drawn = [line.strip().split(":")[0] for line in lines if "-->" in line]
    assert len(drawn) == len(set(drawn))
    assert {name for line in drawn for name in line.split(" --> ")} == {"[*]", "any", *STATES}


def test_the_page_on_architecture_shows_the_present_table() -> None:
    if ARCHITECTURE.exists():
        assert diagram() in ARCHITECTURE.read_text("utf-8")


def test_a_greeting_asks_one_question_only() -> None:
    talk = Talk()
    talk.start()
    assert len(talk.asked) == 1
