"""A person talking to the core in tests: facts in, messages and wishes out, the answers beside."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

from bot.service.bodies import functions
from handlers.conversation import Conversation, decode, encode
from handlers.facts import (
    AnyFact,
    ChoicePressed,
    CodeEntered,
    KeptButtonPressed,
    MediaReceived,
    MediaRefused,
    PartRemoved,
    PlaceReceived,
    Started,
    TextReceived,
)
from handlers.parts import head
from handlers.questions import (
    HEAD,
    Answer,
    FindBackups,
    FindBoard,
    FindDesk,
    FindMailbox,
    FindUnits,
    ListUnits,
    NearUnits,
    Question,
    ReadHeads,
    SearchBoard,
)
from handlers.step import step
from handlers.values import (
    Board,
    Channel,
    Desk,
    Fresh,
    Hits,
    Hotline,
    Line,
    Mailbox,
    Media,
    MediaKind,
    Menu,
    Message,
    Name,
)
from handlers.wishes import (
    AppendParts,
    DropParts,
    FileTip,
    ForgetChat,
    KeepChoice,
    KeepMedia,
    KeepPlace,
    KeepText,
    Outcome,
    Say,
    Wish,
)

NHL = Name("phường Nam Hồng Lĩnh", "Nam Hồng Lĩnh ward")
PROVINCE = Name("tỉnh Hà Tĩnh", "Hà Tĩnh province")
DESK = Desk(
    unit="nhl",
    name=NHL,
    receiver="nhl",
    receiver_name=NHL,
    staffed=True,
    open=True,
    demo=False,
    box="tdp4-nhl",
    box_label=None,
    contact="0239 000 0000",
)
ALWAYS = Name("24/24", "24 h")
DUTY = Hotline(Name("Trực ban Công an phường", "Ward duty desk"), "0239 000 0000", ALWAYS, national=False)
POLICE = Hotline(Name("Cảnh sát", "Police"), "113", ALWAYS, national=True)
CHILDREN = Hotline(Name("Bảo vệ trẻ em", "Child protection"), "111", ALWAYS, national=True)
BOARD = Board(NHL, (DUTY, POLICE, CHILDREN), None)
WEB = Channel("web", "hopthu.example.gov.vn", 200, acknowledges=True)
TELEGRAM = Channel("telegram", "hopthu.example.gov.vn", 20, deletes=True)
ZALO = Channel("zalo", "hopthu.example.gov.vn", 10)
NOON = 1_763_700_000
"""21 November 2025, 11:40 in Vietnam."""
PHOTO = Media("blob", 1000, "image/jpeg")
VOICE = Media("recording", 1000, "audio/ogg", seconds=38)
VIDEO = Media("film", 1000, "video/mp4", seconds=12)
FILE = Media("file", 1000, "application/pdf")
RAW = Media("drawing", 1000, "image/vnd.dwg", cleaned=False)
MEDIA: dict[MediaKind, Media] = {"photo": PHOTO, "voice": VOICE, "video": VIDEO, "file": FILE}
CODE = b"lookup".ljust(32)
SEED = b"seed".ljust(32)


@cache
def bundle(language: str) -> FluentBundle:
    made = FluentBundle([language], functions=functions(language), use_isolating=False)
    text = (Path(__file__).parents[3] / "locales" / f"{language}.ftl").read_text("utf-8")
    made.add_resource(FluentResource(text))
    return made


def render(value: Line | Name | str | int, language: str = "vi") -> str | int:
    match value:
        case Line():
            pattern = bundle(language).get_message(value.key).value
            text, errors = bundle(language).format_pattern(pattern, {k: render(v, language) for k, v in value.args})
            assert not errors, (value, errors)
            return str(text)
        case Name():
            return value.vi if language == "vi" else value.en
        case _:
            return value


def shown(message: Message, language: str = "vi") -> list[str]:
    """A message as its lines of text, numbered choices last."""
    lines = [piece for text in message.lines for piece in str(render(text, language)).split("\n")]
    choices = message.menu.choices if message.menu else ()
    return lines + [f"{choice.number}. {render(choice.label, language)}" for choice in choices]


@dataclass
class Talk:
    """One chat. `at` moves by a second with every fact; `wait` moves it further."""

    channel: Channel = WEB
    desk: Desk = DESK
    board: Board = BOARD
    boxes: dict[str, Desk] = field(default_factory=dict)
    mailboxes: dict[bytes, Mailbox] = field(default_factory=dict)
    units: dict[str, Desk] = field(default_factory=dict)
    boards: dict[str, Board] = field(default_factory=dict)
    """By a unit's code, and by words that name it."""
    hits: dict[str, Hits] = field(default_factory=dict)
    lists: dict[tuple[str | None, int], Hits] = field(default_factory=dict)
    near: Hits = field(default_factory=lambda: Hits("like"))
    """What is near to any place."""
    coming: int = 0
    """Files that are on their way."""
    conversation: Conversation = field(default_factory=Conversation)
    at: int = NOON
    stored: dict[bytes, str] = field(default_factory=dict)
    asked: list[Question] = field(default_factory=list)
    outcome: Outcome = field(default_factory=lambda: Outcome(Conversation()))
    facts: int = 0
    backups: int | None = None

    def moment(self) -> tuple[int, Channel, Fresh]:
        self.at += 1
        self.facts += 1
        return self.at, self.channel, Fresh(self.facts.to_bytes(4, "big"))

    def send(self, fact: AnyFact) -> list[Message]:
        self.asked = []
        self.outcome = step(self.conversation, replace(fact, coming=self.coming), self.answer)
        assert len(self.asked) <= 2, "at most two questions a fact"
        assert decode(encode(self.outcome.conversation)) == self.outcome.conversation
        self.conversation = self.outcome.conversation
        for wish in self.outcome.wishes:
            self._carry_out(wish)
        return self.said

    def _carry_out(self, wish: Wish) -> None:
        match wish:
            case KeepText():
                self.stored[wish.part] = wish.text
            case KeepChoice():
                self.stored[wish.part] = str(render(wish.answer, self.conversation.language))
            case KeepMedia() | KeepPlace():
                self.stored[wish.part] = head(wish)
            case DropParts():
                for part in wish.parts:
                    del self.stored[part]
            case FileTip() | AppendParts():
                for kept in wish.draft.parts:
                    del self.stored[kept.id]

    def _desk(self, question: FindDesk) -> Desk:
        if question.typed in self.boxes:
            return replace(self.boxes[question.typed], named=True)
        return self.boxes.get(question.box or "") or self.units.get(question.unit or "") or self.desk

    def answer(self, question: Question) -> Answer:
        self.asked.append(question)
        match question:
            case FindDesk():
                return self._desk(question)
            case FindMailbox():
                return self.mailboxes.get(question.lookup)
            case FindBoard(unit=unit, words=words):
                return self.boards.get(words) or self.boards.get(unit, self.board)
            case SearchBoard(words=words):
                return self.boards.get(words)
            case FindUnits(words=words, board=board):
                hits = self.hits.get(words, Hits("like"))
                found = self.boards.get(hits.places[0].unit) if len(hits.places) == 1 else None
                return replace(hits, board=found) if board else hits
            case ListUnits(under=under, page=page):
                return self.lists.get((under, page), Hits("list"))
            case NearUnits():
                return self.near
            case FindBackups():
                return self.backups
            case ReadHeads():
                return tuple(self.stored[part][:HEAD] for part in question.parts)

    @property
    def said(self) -> list[Message]:
        """What was just said, without the menus' serials."""
        messages = [wish.message for wish in self.outcome.wishes if isinstance(wish, Say)]
        return [replace(m, menu=m.menu and Menu("", m.menu.choices)) for m in messages]

    @property
    def done(self) -> list[Wish]:
        """The wishes but speech."""
        return [wish for wish in self.outcome.wishes if not isinstance(wish, Say)]

    @property
    def keys(self) -> list[list[str]]:
        """The catalogue keys of what was just said, per message."""
        return [[text.key for text in message.lines] for message in self.said]

    @property
    def acts(self) -> list[str]:
        """The choices under what was just said, in the order shown."""
        return [choice.act for m in self.said for choice in (m.menu.choices if m.menu else ())]

    @property
    def page(self) -> list[list[str]]:
        """What was just said, as the person reads it."""
        return [shown(message, self.outcome.conversation.language) for message in self.said]

    @property
    def parts(self) -> int:
        return 0 if self.conversation.draft is None else len(self.conversation.draft.parts)

    @property
    def forgotten(self) -> bool:
        return any(isinstance(wish, ForgetChat) for wish in self.outcome.wishes)

    def wait(self, seconds: int) -> Talk:
        self.at += seconds
        return self

    def start(self, box: str | None = None, **more: object) -> list[Message]:
        return self.send(Started(*self.moment(), box=box, **more))  # type: ignore[arg-type] # fields of the fact

    def text(self, *texts: str, edited: bool = False) -> list[Message]:
        for text in texts:
            self.send(TextReceived(*self.moment(), text=text, edited=edited))
        return self.said

    def press(self, number: int, serial: str | None = None) -> list[Message]:
        serial = self.conversation.serial if serial is None else serial
        return self.send(ChoicePressed(*self.moment(), serial=serial, number=number))

    def photo(self, caption: str = "", *, answer: bool = True) -> list[Message]:
        return self.media("photo", caption, answer=answer)

    def media(self, kind: MediaKind, caption: str = "", *, answer: bool = True) -> list[Message]:
        """A file of this kind arrived."""
        return self.send(MediaReceived(*self.moment(), kind, MEDIA[kind], caption, answer))

    def raw(self, caption: str = "", *, answer: bool = True) -> list[Message]:
        """A file arrived that cannot be cleaned."""
        return self.send(MediaReceived(*self.moment(), "file", RAW, caption, answer))

    def place(self, latitude: str = "18.52", longitude: str = "105.7") -> list[Message]:
        return self.send(PlaceReceived(*self.moment(), latitude, longitude))

    def refuse(self, reason: str, kind: MediaKind = "file", caption: str = "") -> list[Message]:
        return self.send(MediaRefused(*self.moment(), reason, caption, kind))  # type: ignore[arg-type] # chosen by the test

    def remove(self, part: bytes) -> list[Message]:
        return self.send(PartRemoved(*self.moment(), part=part))

    def code(self, lookup: bytes = CODE) -> list[Message]:
        return self.send(CodeEntered(*self.moment(), lookup=lookup, seed=SEED))

    def kept(self, lookup: bytes | None = CODE) -> list[Message]:
        """Press the button that keeps access; None: it opens nothing any more."""
        return self.send(KeptButtonPressed(*self.moment(), opened=None if lookup is None else (lookup, SEED)))


def mailbox(**values: object) -> Mailbox:
    """A tip sent on 20 November with nothing new."""
    made = Mailbox(tip=b"t" * 16, unit="nhl", day="2025-11-20", entries=1, words=(), marks=(), own=())
    return replace(made, **values)  # type: ignore[arg-type] # fields of the conversation


def begun(channel: Channel = WEB, **values: object) -> Talk:
    """A chat that was greeted."""
    talk = Talk(channel, **values)  # type: ignore[arg-type] # fields of a talk
    talk.start("tdp4-nhl")
    return talk
