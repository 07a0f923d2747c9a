"""Plain values the core speaks in, shared by storage and service.

Owns no behaviour beyond construction. Everything is frozen; nothing here knows a database, a key or a messenger.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

Language = Literal["vi", "en"]
ChannelName = Literal["web", "tor", "telegram", "zalo"]
MediaKind = Literal["photo", "voice", "video", "file"]
PartKind = Literal["text", MediaKind, "place"]
TipState = Literal["received", "verify", "need", "closed"]
Status = Literal[
    "received",
    "classified",
    "verifying",
    "investigation",
    "competent",
    "handled",
    "insufficient",
    "suspended",
    "duplicate",
    "false",
    "abusive",
    "closed",
]
"""Where a tip stands at the desk. `investigation`: passed to the investigation police; `competent`: to another body."""
STATUSES: Final = get_args(Status)
Clock = Literal["open", "report", "classify", "notify", "verify", "complex", "extended", "end"]
"""What of a tip is due: first opening, report to the province, classification, notice of receipt, verification, the
longer one of a complex matter, its one extension, notice of the result."""
CLOCKS: Final = get_args(Clock)
SLOW: Final[frozenset[Clock]] = frozenset({"notify", "verify", "complex", "extended", "end"})
"""Clocks of days and months; the others run by the hour."""
Profile = Literal["ordinary", "difficult"]
"""Of a unit: a difficult one is remote or hard to reach."""
PROFILES: Final = get_args(Profile)
Wait = Literal["question", "reply"]
"""What was said last and nobody answered: an officer's question, or words of the reporter."""
WAITS: Final = get_args(Wait)
Speaker = Literal["question", "answer"]
MessageKind = Literal["plain", "card", "code", "paper"]
Category = Literal["drug", "theft", "gambling", "loan", "scam", "home", "child", "traffic", "fight", "other"]
"""Kinds of matter a reporter may choose (FLOWS §4, `cat-*`)."""
Asked = Literal["what", "where", "when", "kind", "who"]
"""Questions asked one at a time, in their order."""
Seek = Literal["tip", "board", "send"]
"""What a ward is looked for: a tip, a board, or a tip that goes at once."""
Hit = Literal["named", "told", "like", "list"]
"""How units were found: the words are a name, hold one among others, are a piece of one; or units were listed."""


@dataclass(frozen=True, slots=True)
class Channel:
    """What a messenger can do, as far as the conversation differs by it (FLOWS §2, PLATFORMS §7)."""

    name: ChannelName
    web: str
    """Address of the resident pages, as shown in texts."""
    megabytes: int
    """Largest file taken here, in MB; the web's own limit is `WEB_MEGABYTES`."""

    deletes: bool = False
    """True where messages can be taken out of the chat again."""
    acknowledges: bool = False
    """True where the signed acknowledgement can be fetched: on our own pages alone."""

    @property
    def is_page(self) -> bool:
        """True where there is no chat address to write back to: our own pages."""
        return self.name in ("web", "tor")

    def limit(self, kind: MediaKind) -> int:
        """Largest of this kind taken here, in MB: photos and recordings have one limit everywhere."""
        return min(self.megabytes, SMALL_MEGABYTES) if kind in ("photo", "voice") else self.megabytes


@dataclass(frozen=True, slots=True)
class Name:
    """A unit's, box's or role's name in each screen language; falls back to Vietnamese."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Line:
    """One catalogue message to show: a Fluent key and its placeables."""

    key: str
    args: tuple[tuple[str, Argument], ...] = ()


Argument = str | int | Name | Line


def line(key: str, **args: Argument) -> Line:
    """`Line` with its placeables as keywords; `-` in a Fluent name is written `_`."""
    return Line(key, tuple((name.replace("_", "-"), value) for name, value in args.items()))


@dataclass(frozen=True, slots=True)
class Choice:
    """A numbered item. `act` is what picking it means to the core; it never leaves the conversation."""

    number: int
    label: Line
    act: str


@dataclass(frozen=True, slots=True)
class Menu:
    """Numbered choices under a message. `serial` makes a press on an older menu recognisable."""

    serial: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Opener:
    """A button under a message that opens a tip for 30 days: its label, and the random token it holds."""

    label: Line
    token: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """One bot message. `kind` lets a page draw it: `code` holds the receipt alone, `card` the draft's state.

    `paper` is the signed acknowledgement: what it says, and last its armour.
    """

    lines: tuple[Line, ...]
    menu: Menu | None = None
    kind: MessageKind = "plain"
    opener: Opener | None = None


@dataclass(frozen=True, slots=True)
class Fresh:
    """Unpredictable bytes that came with a fact; `take(n)` gives its n-th 16-byte id."""

    seed: bytes

    def take(self, n: int) -> bytes:
        """The n-th independent 16-byte id of this fact."""
        return hashlib.sha256(self.seed + n.to_bytes(2, "big")).digest()[:16]


@dataclass(frozen=True, slots=True)
class Media:
    """A photo, recording, film or file already sealed under the draft's key: blob name, clear size in bytes, MIME type.

    `seconds`: how long a recording or film lasts, where known; `cleaned`: False where hidden information stayed in it.
    """

    blob: str
    size: int
    mime: str
    seconds: int | None = None
    cleaned: bool = True


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a tip from here would go now.

    `unit` is what the reporter chose, `receiver` the unit whose keys the tip is sealed to (the nearest with an
    officer on its sheet, else `unit` by its recovery identity). `open` is False when nobody could ever read it.
    `known` is False while which ward is not said yet: then `unit` stands for the installation, and takes no tip.
    `above`: the unit above that has officers, where `unit` receives itself. `others`: there are other wards.
    `elsewhere`: kinds of matters that another unit receives; `routed`: this is such a matter (see `routing`).
    `inspectorate`: beside `above`, who receives what is about the ward's own people. `named`: a box's code was typed.
    """

    unit: str
    name: Name
    receiver: str
    receiver_name: Name
    staffed: bool
    open: bool
    demo: bool
    box: str | None
    box_label: Name | None
    contact: str
    moved: bool = False
    """True when the box asked for is closed and this unit now looks after it."""
    known: bool = True
    above: Door | None = None
    others: bool = False
    elsewhere: tuple[tuple[Category, Door], ...] = ()
    routed: bool = False
    inspectorate: Door | None = None
    named: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """A unit that would receive: its code and name."""

    unit: str
    name: Name


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as it stands in a list: its name, the name at the top above it, and the name it was looked for by, if old.

    `leaf`: a ward or commune, with no unit below.
    """

    unit: str
    name: Name
    above: Name | None = None
    was: Name | None = None
    leaf: bool = True


@dataclass(frozen=True, slots=True)
class Hits:
    """Units that were looked for. `under` is the unit whose wards these are, `more` says that another page follows.

    `desk`: where a tip to the only one would go; of a list, one to `under`, if it has officers of its own. `board`: the
    only one's, where asked for. `split`: the name of before that was meant, where every one of them is a part of it.
    """

    how: Hit
    places: tuple[Place, ...] = ()
    desk: Desk | None = None
    under: Place | None = None
    more: bool = False
    board: Board | None = None
    split: Name | None = None


@dataclass(frozen=True, slots=True)
class Hotline:
    """One number of a board: who answers, the number as shown, its hours, whether it is a national one.

    `unit`: the one above whose number it is, None for the board's own. `tel` is the address that a tap calls; `paid`:
    calling costs more than a call.
    """

    role: Name
    number: str
    hours: Name
    national: bool
    unit: Name | None = None
    tel: str = ""
    paid: bool = False

    @property
    def who(self) -> Name:
        """Who answers, with the unit above whose number it is."""
        if self.unit is None:
            return self.role
        return Name(f"{self.role.vi}, {self.unit.vi}", f"{self.role.en}, {self.unit.en}")


@dataclass(frozen=True, slots=True)
class Board:
    """The numbers of a unit, in order, and the earliest day on which one was last checked ("02/05"), if known."""

    unit: Name
    lines: tuple[Hotline, ...]
    checked: str | None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What an officer wrote to the reporter: a question or an answer, at a UTC second."""

    speaker: Speaker
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A change of a tip's state by an officer, at a UTC second. Shown to the reporter only later (rule 11).

    `at` is the officer's word; `not_before` the server's, where it knows: the earlier of the two shows nothing.
    """

    state: TipState
    at: int
    not_before: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    """A part the reporter sent: the beginning of a text, the length of a recording in seconds (0: not known)."""

    kind: PartKind
    head: str = ""
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The signed acknowledgement of a tip: the unit that received it, its fingerprint's mark, and the signed armour.

    `number` is what shows that the tip is one's own, in groups of four. It stands nowhere in the armour.
    """

    unit: Name
    mark: str
    armour: str
    number: str


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A tip as its reporter may see it, opened with the receipt.

    `day` is the ISO day of sending; `entries` the thread's length when it was read, `marks` and `words` in order,
    `own` the reporter's own later additions as positions among `words` (how many words stood before each); `sent` all
    the reporter's parts, for pages alone.
    """

    tip: bytes
    unit: str
    day: str
    entries: int
    words: tuple[Words, ...]
    marks: tuple[Mark, ...]
    own: tuple[int, ...]
    erased: bool = False
    sent: tuple[Sent, ...] = ()
    asked: bool = False
    """True where this chat is to be told of news on it."""
    acknowledgement: Acknowledgement | None = None
    """If it was asked for."""
    added: tuple[tuple[int, str], ...] = ()
    """What the reporter sent later than the tip: how many words stood before it, and its ISO day; each day once."""
    cut: bool = False
    """True where its end opens with no key that its reporter was given."""


SMALL_MEGABYTES = 20
"""Largest photo and largest recording taken anywhere, in MB."""
WEB_MEGABYTES = 200
"""Largest film or file the web chat takes, in MB."""
MAX_PARTS = 50
"""Parts of one tip (FLOWS, head note)."""
MAX_MEGABYTES = 500
"""Megabytes of all media of one tip (FLOWS, head note)."""
MAX_TEXT = 4000
"""Characters of one text part (FLOWS, head note); longer text is split, never cut."""


def as_mapping(args: tuple[tuple[str, Argument], ...]) -> Mapping[str, Argument]:
    """The placeables of a `Line` by name."""
    return dict(args)
