"""Words that work in every state (FLOWS §2.1, rules E to N2), and short questions about the box itself.

Owns the words, which are data, and the answers given in place. A command is a whole message; a question is short and
asked with no draft open. Anything else is content.
"""

from __future__ import annotations

from collections.abc import Callable, Generator

from handlers import cards, confirm, hotlines, intake, start, topics
from handlers.facts import TextReceived
from handlers.folding import BREAK, Phrases, bare, spelt
from handlers.present import present
from handlers.questions import Answer, Question
from handlers.records import replace
from handlers.turn import Flow, Scene, Turn, after, settle
from handlers.values import Language, Line, line
from handlers.wishes import StopWriting

Handler = Callable[[Scene], Flow]

_QUESTION_WORDS = 10
"""A longer text is a tip, not a question about the box."""
_PHONE_DIGITS = 6
_LONGEST = 200
"""Characters; a longer message is content without looking."""
_WORD = 16
"""Characters kept of a word that may be a command or content."""
_MOVE_MENU = cards.items("send", "review", "back")


def rule(scene: Scene, fact: TextReceived) -> Flow | None:
    """The answer to a command or a question about the box; None for anything else."""
    if len(fact.text) > _LONGEST:
        return None
    command = bare(fact.text)
    if command == "dung" and (scene.conversation.draft is not None or scene.conversation.state == "confirm"):
        return confirm.ask_stop(scene, fact.text.strip()[:_WORD])
    for pattern, handler in _COMMANDS:
        if pattern.fullmatch(command):
            return handler(scene)
    if scene.conversation.draft is not None:
        return move_draft(scene) if _MOVE.fullmatch(command) else None
    return None if intake.alarming(scene, fact.text) else _question(scene, fact)


def _question(scene: Scene, fact: TextReceived) -> Flow | None:
    if scene.conversation.state in ("idle", "board") and _CALLED.fullmatch(bare(fact.text)):
        return hotlines.called(scene)
    words = spelt(fact.text)
    count = sum(word != BREAK for word in words.split())
    if count > _QUESTION_WORDS or sum(letter.isdecimal() for letter in fact.text) >= _PHONE_DIGITS:
        return None
    asked = "?" in fact.text or _ASKING.search(words) is not None
    questions = _QUESTIONS if asked else ()
    found = next((handler(scene) for pattern, handler in questions if pattern.search(words)), None)
    return found or (hotlines.asked(scene, fact.text) if _NUMBERS.search(words) else None)


def in_place(scene: Scene, *lines: Line) -> Turn:
    """An answer that changes nothing; the menu of the moment stands under it, unless it names places."""
    conversation = scene.conversation
    resting = cards.AFTER_QUESTION if scene.desk.open else cards.home(scene.channel, shut=True)
    named = any(act.partition(":")[0] in cards.NAMED for _, act in conversation.menu)
    menu = resting if conversation.state == "idle" else () if named else conversation.menu
    return Turn(conversation, (cards.message(*lines, menu=menu),))


def stop(scene: Scene) -> Flow:
    """The word "dừng": the box will not write first."""
    if scene.conversation.confirm == "stop":
        return stop_chosen(scene)
    if scene.conversation.state == "topics":
        return topics.stop(scene)
    draft = (line("sub-off-draft"),) if scene.conversation.draft is not None else ()
    stopped = topics.untold(scene.conversation)
    return Turn(stopped, (cards.message(line("sub-off"), *draft),), (StopWriting(),))


def stop_chosen(scene: Scene) -> Flow:
    """The word "dừng" was meant, not a part of the tip."""
    stopped = replace(scene, conversation=topics.untold(scene.conversation))
    return after((StopWriting(),), _on_top(confirm.back(stopped), line("sub-off")))


def erase(scene: Scene) -> Flow:
    """The word "xóa": what it means depends on what there is."""
    if scene.conversation.draft is None and scene.conversation.state == "mail":
        return confirm.ask_forget(scene)
    return confirm.ask_erase(scene)


def call(scene: Scene) -> Turn:
    """The text "113": the number first; nothing is noted."""
    truth = () if scene.conversation.greeted else (start.truth(scene),)
    return Turn(scene.conversation, (cards.message(line("urgent"), *truth),), greets=True)


def help_(scene: Scene) -> Turn:
    """What one can write here."""
    return in_place(scene, line("help"))


def privacy(scene: Scene) -> Turn:
    """What is kept and what is not, and what this channel knows."""
    kept = line("privacy", unit=scene.desk.name, contact=scene.desk.contact)
    return in_place(scene, kept, start.truth(scene))


def move_how(scene: Scene) -> Turn:
    """How to read a tip elsewhere."""
    return in_place(scene, line("move-how", web=scene.channel.web))


def move_draft(scene: Scene) -> Turn:
    """An unsent tip stays where it is written."""
    shown = cards.message(line("move-draft"), menu=_MOVE_MENU)
    return Turn(replace(scene.conversation, state="collect", confirm=None), (shown,))


def other_language(scene: Scene) -> Turn:
    """Which languages there are."""
    return in_place(scene, line("lang-other"))


def english(scene: Scene) -> Flow:
    """From now on in English."""
    return _in_language(scene, "en")


def vietnamese(scene: Scene) -> Flow:
    """From now on in Vietnamese."""
    return _in_language(scene, "vi")


def _in_language(scene: Scene, language: Language) -> Generator[Question, Answer, Turn]:
    scene = replace(scene, conversation=replace(scene.conversation, language=language))
    turn = yield from settle(present(scene))
    return replace(turn, messages=(cards.message(line("lang-done")), *turn.messages))


def _on_top(flow: Flow, said: Line) -> Generator[Question, Answer, Turn]:
    turn = yield from settle(flow)
    return replace(turn, messages=(cards.message(said), *turn.messages))


_MOVE = Phrases(("chuyển sang web", "chuyển qua web", "chuyển sang máy tính", "move to the web", "move to web"))

_COMMANDS: tuple[tuple[Phrases, Handler], ...] = (
    (Phrases(("dừng",), marked=True), stop),
    (Phrases(("dung", "stop", "hủy đăng ký", "unsubscribe")), stop),
    (Phrases(("hủy",), marked=True), erase),
    (Phrases(("xóa", "xóa hết", "erase", "delete", "cancel")), erase),
    (Phrases(("quên tôi", "forget me")), confirm.ask_forget),
    (Phrases(("113", "gọi 113", "call 113", "cấp cứu")), call),
    (Phrases(("gửi", "gửi tin", "send", "send the tip")), confirm.ask_send_typed),
    (Phrases(("menu", "start", "trang chủ", "home")), start.home),
    (Phrases(("english", "tiếng anh", "in english")), english),
    (Phrases(("tiếng việt", "vietnamese")), vietnamese),
    (Phrases(("help", "trợ giúp", "hướng dẫn")), help_),
    (Phrases(("riêng tư", "privacy")), privacy),
    (Phrases(("số điện thoại", "sđt", "phone number", "numbers")), hotlines.show),
)
"""Whole messages. The first that fits counts."""

_ASKING = Phrases(
    ("không", "được", "sao", "nào", "gì", "how", "can", "could", "do", "does", "is", "will", "what", "which", "please")
)
"""Without one of these a short text is a tip: "two men who speak English"."""
_ENGLISH = ("speak english", "english please", "nói tiếng anh")
_WHO_KNOWS = (
    "ai biết tôi", "biết tôi là ai", "biết là tôi", "có ai biết không", "có lộ không", "có bị lộ", "lộ danh tính",
    "lộ tên", "lộ thông tin", "có giữ kín không", "có ẩn danh không", "anyone know", "know it is me", "know who i am",
    "is it anonymous", "is this anonymous", "stay anonymous",
)  # fmt: skip
_ELSEWHERE = (
    "xem trên máy", "mở trên máy", "xem ở máy", "mở ở máy", "xem máy khác", "máy khác được không", "máy tính được",
    "xem qua web", "xem trên web", "gửi qua web", "dùng máy tính", "on a computer", "on another phone",
    "on another device", "on the web",
)  # fmt: skip
_LANGUAGES = (
    "tiếng mường", "tiếng thái", "tiếng mông", "tiếng hmông", "tiếng dao", "tiếng tày", "tiếng nùng", "tiếng khmer",
    "tiếng dân tộc", "tiếng trung", "tiếng hoa", "my language", "other languages",
)  # fmt: skip
_NUMBERS = Phrases((
    "số điện thoại công an", "số điện thoại phường", "số điện thoại xã", "số điện thoại nào", "số điện thoại cần gọi",
    "số công an", "sđt công an", "số nóng", "đường dây nóng", "phone number of", "phone numbers", "hotline", "hotlines",
    "numbers to call",
))  # fmt: skip

_CALLED = Phrases(tuple(f"{verb}{number}" for number in ("111", "112", "114", "115") for verb in ("", "gọi ", "call ")))
"""Whole messages where nothing is being told or answered: there "115" may be the number of a house."""

_QUESTIONS: tuple[tuple[Phrases, Handler], ...] = (
    (Phrases(_ENGLISH), english),
    (Phrases(_WHO_KNOWS), privacy),
    (Phrases(_ELSEWHERE), move_how),
    (Phrases(_LANGUAGES), other_language),
)
"""Parts of a short message with no draft open. The first that fits counts; then numbers, also without being asked."""
