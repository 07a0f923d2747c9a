"""Opening a tip by its receipt: its state, the officer's words, its timeline.

Owns what is shown of an opened tip, wrong codes and their limit. Writing in it is `intake`'s, sending `confirm`'s.
"""

from __future__ import annotations

from collections.abc import Generator

from handlers import cards, start
from handlers import timeline as seen
from handlers.conversation import Conversation, Draft, OpenMail
from handlers.facts import CodeEntered, CodeMistyped, KeptButtonPressed, TextReceived
from handlers.numbers import count_digits
from handlers.questions import Answer, FindMailbox, Question, ask
from handlers.records import replace
from handlers.turn import Flow, Scene, Turn, settle
from handlers.values import Line, Mailbox, Message, Opener, Words, line
from handlers.wishes import KeepAccess, TellNews, TellNoMore
from handlers.wording import fit_for_reporter

TRIES = 5
"""Codes that open nothing, allowed in an hour (FLOWS §3.14)."""
_HOUR = 3600
_DIGITS = 24
_TOKEN_ID = 65_535
"""The last of a fact's fresh ids: the token of a button. Parts are numbered from the first ones on."""


def waits_for_codes(conversation: Conversation, at: int) -> int:
    """Seconds from `at` until this chat's codes are looked at again; 0: they are."""
    late = [tried for tried in conversation.tries if tried > at - _HOUR]
    return late[-TRIES] + _HOUR - at if len(late) >= TRIES else 0


def ask_code(scene: Scene, above: tuple[Line, ...] = ()) -> Turn:
    """Ask for the receipt. A draft waits beside; a tip that was open is closed."""
    return _at_code(start.leave_mail(scene.conversation), *above, line("code-ask"))


def mistyped(scene: Scene, fact: CodeMistyped) -> Turn:
    """A long number that is no receipt: what is wrong with it."""
    return _wrong(scene, fact.count)


def digits(scene: Scene, fact: TextReceived) -> Turn | None:
    """Fewer digits than a receipt has, or more; None for anything else."""
    count = count_digits(fact.text)
    return None if count is None else _wrong(scene, count)


def _wrong(scene: Scene, count: int) -> Turn:
    wrong = line("code-short", count=count) if count < _DIGITS else line("code-typo")
    return _at_code(start.leave_mail(scene.conversation), wrong)


def _at_code(conversation: Conversation, *lines: Line) -> Turn:
    waits = conversation.confirm if _keeps_access(conversation) else None
    return Turn(replace(conversation, state="code", confirm=waits, menu=()), (cards.message(*lines),))


def _keeps_access(conversation: Conversation) -> bool:
    """True while the code is asked for so that a button in this chat will open its tip."""
    return conversation.state == "code" and conversation.confirm == "access"


def entered(scene: Scene, fact: CodeEntered) -> Generator[Question, Answer, Turn]:
    """A receipt: open its tip, or say that it opens nothing. Five that open nothing, and the rest of the hour waits."""
    tries = tuple(tried for tried in scene.conversation.tries if tried > scene.at - _HOUR)
    conversation = start.leave_mail(replace(scene.conversation, tries=tries))
    if wait := waits_for_codes(scene.conversation, scene.at):
        return _at_code(conversation, line("code-slow", minutes=-(-wait // 60)))
    mailbox = yield from ask(FindMailbox(fact.lookup, fact.seed))
    if mailbox is None:
        return _at_code(replace(conversation, tries=(*tries, scene.at)), line("code-unknown"))
    if mailbox.erased:
        return start.resume(scene, conversation, line("mail-over"))
    mail = OpenMail(fact.lookup, fact.seed, mailbox.tip, scene.at, mailbox.asked)
    beside = _beside(replace(scene.conversation, tries=tries, mail=mail), mail)
    if beside is None:
        return start.resume(scene, replace(conversation, mail=None), line("draft-two"))
    turn = _shown(scene, beside, mailbox, writing=True)
    if not _keeps_access(scene.conversation):
        return turn
    button, wish = kept_button(scene, mail)
    return replace(turn, messages=(button, *turn.messages), wishes=(wish,))


def kept_pressed(scene: Scene, fact: KeptButtonPressed) -> Flow:
    """The button that keeps access: as the receipt it stands for, without being counted where it opens nothing."""
    if fact.opened is None:
        return _at_code(start.leave_mail(scene.conversation), line("access-gone"))
    return entered(scene, CodeEntered(fact.at, fact.channel, fact.fresh, *fact.opened))


def tell(scene: Scene) -> Generator[Question, Answer, Turn]:
    """Be told of news here. A tip that is closed has none to come."""
    mailbox = yield from read(scene)
    mail = scene.conversation.mail
    if mailbox is None or mail is None:
        return (yield from settle(gone(scene)))
    if seen.public_state(mailbox, scene.at) == "closed":
        return _asked(scene, mail, line("mail-next", next=line("next-closed")))
    return replace(
        _asked(scene, replace(mail, asked=True), *notify_on(scene)),
        wishes=(TellNews(mail.tip),),
    )


def tell_no_more(scene: Scene) -> Flow:
    """Be told no more of news on this tip."""
    mail = scene.conversation.mail
    if mail is None:
        return start.home(scene)
    return replace(_asked(scene, replace(mail, asked=False), line("notify-off")), wishes=(TellNoMore(mail.tip),))


def notify_on(scene: Scene) -> tuple[Line, ...]:
    """That the box will write here on news, and when."""
    told = line("notify-on", **{"from": seen.WAKING.start, "to": seen.WAKING.stop})
    return (told, *((line("notify-zalo"),) if scene.channel.name == "zalo" else ()))


def kept_button(scene: Scene, mail: OpenMail, menu: cards.Items = ()) -> tuple[Message, KeepAccess]:
    """The message with the button that opens this tip, and the wish that it does. It holds a token, never the code."""
    token = scene.fresh.take(_TOKEN_ID)
    shown = cards.message(line("access-kept"), menu=menu)
    return replace(shown, opener=Opener(line("btn-mailbox"), token)), KeepAccess(token, mail.lookup, mail.seed)


def _asked(scene: Scene, mail: OpenMail, *said: Line) -> Turn:
    """A word on the opened tip, and its menu again."""
    menu = cards.mail(scene.channel, asked=mail.asked)
    return Turn(replace(scene.conversation, state="mail", mail=mail), (cards.message(*said, menu=menu),))


def view(scene: Scene) -> Generator[Question, Answer, Turn]:
    """The opened tip again, for reading."""
    mailbox = yield from read(scene)
    if mailbox is None:
        return (yield from settle(gone(scene)))
    return _shown(scene, scene.conversation, mailbox, writing=False)


def timeline(scene: Scene) -> Generator[Question, Answer, Turn]:
    """What happened so far, in order, and what comes next."""
    mailbox = yield from read(scene)
    if mailbox is None:
        return (yield from settle(gone(scene)))
    sent = line("mail-timeline-line", day=seen.sent_day(mailbox), status=line("st-received"))
    events = tuple(_event(event) for event in seen.timeline(mailbox, scene.at))
    following = line("mail-next", next=line(f"next-{seen.public_state(mailbox, scene.at)}"))
    shown = cards.message(sent, *events, following, asks(scene, mailbox), menu=menu(scene, scene.conversation))
    return Turn(replace(scene.conversation, state="mail", confirm=None), (shown,))


def asks(scene: Scene, mailbox: Mailbox) -> Line:
    """What can be done here: on a closed tip nobody waits for an answer, though more can be added."""
    return line("mail-ask-closed" if seen.public_state(mailbox, scene.at) == "closed" else "mail-ask")


def menu(scene: Scene, conversation: Conversation) -> cards.Items:
    """The choices under an opened tip."""
    return cards.mail(scene.channel, asked=conversation.mail is not None and conversation.mail.asked)


def read(scene: Scene, *, acknowledge: bool = False) -> Generator[Question, Answer, Mailbox | None]:
    """The opened tip as it is now; None if it was closed here or erased by rule meanwhile."""
    mail = scene.conversation.mail
    mailbox = None if mail is None else (yield from ask(FindMailbox(mail.lookup, mail.seed, acknowledge)))
    return None if mailbox is None or mailbox.erased else mailbox


def gone(scene: Scene) -> Flow:
    """The tip that was open is there no more, or not open any more."""
    if scene.conversation.mail is None:
        return start.home(scene)
    return start.resume(scene, start.leave_mail(scene.conversation), line("mail-over"))


def close(scene: Scene) -> Turn:
    """The receipt is forgotten, also for a begun addition; what waited is offered again."""
    conversation = replace(scene.conversation, draft=start.without_key(scene.conversation.draft))
    return start.resume(scene, start.leave_mail(conversation), line("mail-closed"))


def _beside(conversation: Conversation, mail: OpenMail) -> Conversation | None:
    """Drafts around an opened tip: its own addition active, any other parked; None if there is no room for both."""
    draft, parked = conversation.draft, conversation.parked
    if _adds_to(draft, mail):
        return replace(conversation, draft=_aimed(draft, mail))
    if _adds_to(parked, mail):
        return replace(conversation, draft=_aimed(parked, mail), parked=start.without_key(draft))
    if draft is None:
        return conversation
    if parked is None:
        return replace(conversation, draft=None, parked=start.without_key(draft))
    return None


def _adds_to(draft: Draft | None, mail: OpenMail) -> bool:
    return draft is not None and draft.target is not None and draft.target.tip == mail.tip


def _aimed(draft: Draft | None, mail: OpenMail) -> Draft | None:
    return draft and replace(draft, target=mail)


def _shown(scene: Scene, conversation: Conversation, mailbox: Mailbox, *, writing: bool) -> Turn:
    """The tip's state and news; with an unsent addition its card, unless the person went back to read."""
    status = line(f"st-{seen.public_state(mailbox, scene.at)}")
    following, sent = _on_page(scene, mailbox)
    cut = (line("mail-cut"),) if mailbox.cut else ()
    head = (line("mail-head", day=seen.sent_day(mailbox), status=status), *following, *cut, *_news(mailbox, scene.at))
    draft = conversation.draft
    conversation = replace(conversation, confirm=None)
    if draft is not None and writing:
        return Turn(replace(conversation, state="collect"), (cards.draft_card(draft, scene.desk, head),))
    waiting = () if draft is None else (start.draft_open(draft, scene.at),)
    shown = cards.message(*head, *sent, *waiting, asks(scene, mailbox), menu=menu(scene, conversation))
    return Turn(replace(conversation, state="mail"), (shown,))


def _on_page(scene: Scene, mailbox: Mailbox) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """What pages alone show: what comes next, and what was sent, which they fold. Messengers repeat nobody's words."""
    if not scene.channel.is_page or not mailbox.sent:
        return (), ()
    following = line("mail-next", next=line(f"next-{seen.public_state(mailbox, scene.at)}"))
    sent = tuple(
        line("review-item", kind=one.kind, n=n, head=one.head, seconds=one.seconds)
        for n, one in enumerate(mailbox.sent, 1)
    )
    return (following,), (line("page-mail-sent"), *sent)


def _news(mailbox: Mailbox, at: int) -> tuple[Line, ...]:
    news = seen.news(mailbox)
    if not news:
        return (line("mail-nothing", day=seen.last_day(mailbox, at)),)
    asked = any(words.speaker == "question" for words in news)
    return (*(_words(words) for words in news), *((line("mail-free"),) if asked else ()))


def _words(words: Words) -> Line:
    """An officer's words, unless they hold what may not be shown."""
    if not fit_for_reporter(words.text):
        return line("mail-withheld")
    return line("mail-question" if words.speaker == "question" else "mail-answer", text=words.text)


def _event(event: seen.Event) -> Line:
    match event.what:
        case Words() as words:
            status = _words(words)
        case "more":
            status = line("mail-timeline-more")
        case state:
            status = line(f"st-{state}")
    return line("mail-timeline-line", day=seen.short_day(event.at), status=status)
