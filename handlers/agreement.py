"""A file whose kind cannot be cleaned: it is kept, and goes along only once the person agrees.

Owns the question and its two answers. Until it is answered nothing of the draft can be sent; the file stays meanwhile,
unagreed, through every silence. That nothing is sent without the answer is `confirm`'s to keep.
"""

from __future__ import annotations

from handlers import confirm, intake, review
from handlers.conversation import Conversation
from handlers.facts import TextReceived
from handlers.numbers import is_yes
from handlers.records import replace
from handlers.turn import Flow, Scene, after
from handlers.values import Line, line
from handlers.wishes import DropParts


def view(scene: Scene, above: tuple[Line, ...] = ()) -> Flow:
    """The question before an act again: this one, or another of `confirm`'s."""
    if scene.conversation.confirm != "raw":
        return confirm.view(scene, above)
    _, then = _asked(scene.conversation)
    return intake.ask_raw(scene, scene.conversation, above, then)


def add_text(scene: Scene, fact: TextReceived) -> Flow | None:
    """A yes in words agrees; anything else is `confirm`'s."""
    if scene.conversation.confirm == "raw" and is_yes(fact.text) and not fact.edited:
        return agree(scene, ":".join(_asked(scene.conversation)))
    return confirm.add_text(scene, fact)


def agree(scene: Scene, argument: str) -> Flow:
    """The file goes along when the tip is sent; then what the person was about to do."""
    part, _, then = argument.partition(":")
    draft = intake.open_draft(scene.conversation)
    parts = tuple(replace(kept, agreed=kept.agreed or kept.id.hex() == part) for kept in draft.parts)
    return _go_on(scene, replace(scene.conversation, draft=replace(draft, parts=parts)), then, line("draft-file"))


def refuse(scene: Scene, argument: str) -> Flow:
    """The file is erased; then what the person was about to do, if anything is left to send."""
    part, _, then = argument.partition(":")
    draft = intake.open_draft(scene.conversation)
    gone = tuple(kept.id for kept in draft.parts if kept.id.hex() == part)
    left = tuple(kept for kept in draft.parts if kept.id not in gone)
    conversation = replace(scene.conversation, draft=replace(draft, parts=left) if left else None)
    told = () if not gone else (review.removed(draft, gone[0]),)
    flow = _go_on(scene, conversation, then if left else "", *told)
    return after((DropParts(gone),), flow) if gone else flow


def _go_on(scene: Scene, conversation: Conversation, then: str, *told: Line) -> Flow:
    scene = replace(scene, conversation=conversation)
    if conversation.draft is not None and conversation.draft.unagreed is not None:
        return intake.ask_raw(scene, conversation, told, then)
    if then == "send-now":
        return confirm.send_now(scene)
    return confirm.ask_send(scene, told) if then == "send" else intake.card(scene, conversation, told)


def _asked(conversation: Conversation) -> tuple[str, str]:
    """Which part is asked about, in hex, and what waits for the answer."""
    act = next((act for _, act in conversation.menu if act.startswith("agree:")), "agree::")
    _, part, then = act.split(":")
    return part, then
