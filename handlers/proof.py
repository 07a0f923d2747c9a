"""The signed acknowledgement of an opened tip: a warning first, then the paper and the number that goes with it.

Owns these two steps and their words. Offered on our own pages alone: in a messenger it would stand in the account's
history. Nothing is kept of it, here or anywhere.
"""

from __future__ import annotations

from collections.abc import Generator

from handlers import cards, mailbox
from handlers import timeline as seen
from handlers.questions import Answer, Question
from handlers.records import replace
from handlers.turn import Flow, Scene, Turn, settle
from handlers.values import Acknowledgement, Line, Mailbox, Message, line

TAKE = cards.items("proof-yes", "back")


def ask(scene: Scene, above: tuple[Line, ...] = ()) -> Flow:
    """Before it is made: what it says, and whom it may endanger."""
    question = cards.message(*above, line("mail-proof-ask"), menu=TAKE)
    return Turn(replace(scene.conversation, state="confirm", confirm="proof"), (question,))


def take(scene: Scene) -> Generator[Question, Answer, Turn]:
    """The paper, then its number and the tip's menu again. A tip that was closed or erased meanwhile has none."""
    found = yield from mailbox.read(scene, acknowledge=True)
    if found is None:
        return (yield from settle(mailbox.gone(scene)))
    paper = found.acknowledgement
    conversation = replace(scene.conversation, state="mail", confirm=None)
    told = () if paper is None else (line("mail-proof-number", number=paper.number),)
    menu = cards.message(*told, mailbox.asks(scene, found), menu=mailbox.menu(scene, conversation))
    return Turn(conversation, (menu,) if paper is None else (_paper(scene, found, paper), menu))


def _paper(scene: Scene, found: Mailbox, paper: Acknowledgement) -> Message:
    demo = (line("start-demo"),) if scene.desk.demo else ()
    said = line("mail-proof", unit=paper.unit, day=seen.full_day(found))
    mark, check = line("mail-proof-mark", mark=paper.mark), line("mail-proof-check")
    return cards.message(*demo, said, mark, check, line("mail-proof-armour", armour=paper.armour), kind="paper")
