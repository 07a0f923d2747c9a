"""A conversation: where it stands and what hangs on it, and its one written form.

Owns the state names (FLOWS §2) and `encode`/`decode`. An unknown `v` decodes to None: the conversation restarts gently.
"""

from __future__ import annotations

import json
from binascii import Error as Base64Error
from binascii import a2b_base64, b2a_base64
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from handlers.values import Asked, Category, Language, PartKind, Seek

State = Literal[
    "idle", "collect", "ask", "find", "route", "review", "confirm", "code", "mail", "board", "receipt", "topics"
]
Confirm = Literal["send", "wait", "raw", "erase", "forget", "stop", "access", "proof"]
"""What stands before its act. `wait`: sending was chosen, and happens once no file is on its way any more; `access`: a
button that keeps access was chosen, and comes once the code was typed; `proof`: the signed acknowledgement."""


WEIGHT = 100_000
"""Bytes in which media are weighed, each rounded up."""


@dataclass(frozen=True, slots=True)
class Part:
    """One stored part of a draft; its words lie sealed in a row of their own. `about`: the question it answers.

    `agreed`: False for a file that could not be cleaned until the person agrees to send it as it is. `weight`: bytes of
    its media, in units of `WEIGHT`.
    """

    id: bytes
    kind: PartKind
    about: Asked | None = None
    agreed: bool = True
    weight: int = 0


@dataclass(frozen=True, slots=True)
class OpenMail:
    """A tip opened by its receipt in this chat. `seed` is emptied after 15 minutes of silence and at closing.

    `asked`: this chat is to be told of news on it.
    """

    lookup: bytes
    seed: bytes
    tip: bytes
    opened: int
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What was written and not sent. `target` is set for an addition to an opened tip.

    `told` names hints already given ("urgent", "child", "hint", "route", "offer") and what is still owed: warnings
    ("owe:name:<part>"), the offer to pass over the ward ("staff"); and for which unit sending was asked ("to:<unit>").
    `door`: the unit it goes to, whatever the ward.
    """

    id: bytes
    born: int
    parts: tuple[Part, ...] = ()
    urgent: bool = False
    target: OpenMail | None = None
    told: frozenset[str] = frozenset()
    category: Category | None = None
    door: str | None = None

    @property
    def unagreed(self) -> Part | None:
        """The first part that may not be sent yet."""
        return next((part for part in self.parts if not part.agreed), None)

    @property
    def weight(self) -> int:
        """Bytes of all media, in units of `WEIGHT`."""
        return sum(part.weight for part in self.parts)


@dataclass(frozen=True, slots=True)
class Conversation:
    """One chat's state. A fresh one is `Conversation()`.

    `unit` and `box` are where its tips go; without a unit the ward is not known yet.
    `owed` are catalogue keys of what silence did and the person was not told yet. `since`: the UTC second at which what
    goes on began (0: nothing does); `back`: when the person was last told that the box had been away; `given`: the tip
    whose receipt was told last, for a quarter of an hour in state `receipt`; `receipts`: when the receipts were shown
    that still stand in the chat.
    """

    state: State = "idle"
    language: Language = "vi"
    unit: str | None = None
    box: str | None = None
    confirm: Confirm | None = None
    asking: Asked | None = None
    seek: Seek | None = None
    draft: Draft | None = None
    parked: Draft | None = None
    mail: OpenMail | None = None
    serial: str = ""
    menu: tuple[tuple[int, str], ...] = ()
    greeted: bool = False
    puzzled: int = 0
    touched: int = 0
    sticker_at: int = 0
    tries: tuple[int, ...] = field(default=())
    owed: tuple[str, ...] = ()
    since: int = 0
    back: int = 0
    given: OpenMail | None = None
    receipts: tuple[int, ...] = ()


_VERSION = 2
"""Of the written form. Another one is not read: the conversation starts anew."""
_STATES = frozenset(get_args(State))
_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_READER = json.JSONDecoder()


def encode(conversation: Conversation) -> bytes:
    """Written form, version 2: compact JSON, at most 3,900 bytes with two full drafts and an opened tip."""
    c = conversation
    written = {
        "v": _VERSION,
        "s": c.state,
        "l": c.language,
        "u": c.unit,
        "b": c.box,
        "c": c.confirm,
        "q": c.asking,
        "x": c.seek,
        "d": _write_draft(c.draft),
        "p": _write_draft(c.parked),
        "m": _write_mail(c.mail),
        "n": c.serial,
        "a": [list(item) for item in c.menu],
        "g": c.greeted,
        "z": c.puzzled,
        "t": c.touched,
        "k": c.sticker_at,
        "e": list(c.tries),
        "o": list(c.owed),
        "f": c.since,
        "w": c.back,
        "j": _write_mail(c.given),
        "r": list(c.receipts),
    }
    return _WRITER.encode(written).encode()


def decode(written: bytes) -> Conversation | None:
    """The conversation again, or None if it is of an unknown version or not readable."""
    try:
        values = _READER.decode(written.decode())
        return _read(values) if values["v"] == _VERSION and values["s"] in _STATES else None
    except (ValueError, KeyError, TypeError, IndexError, Base64Error):
        return None


def _read(values: dict[str, Any]) -> Conversation:
    return Conversation(
        state=values["s"],
        language=values["l"],
        unit=values["u"],
        box=values["b"],
        confirm=values["c"],
        asking=values["q"],
        seek=values.get("x"),
        draft=_read_draft(values["d"]),
        parked=_read_draft(values["p"]),
        mail=_read_mail(values["m"]),
        serial=values["n"],
        menu=tuple((number, act) for number, act in values["a"]),
        greeted=values["g"],
        puzzled=values["z"],
        touched=values["t"],
        sticker_at=values["k"],
        tries=tuple(values["e"]),
        owed=tuple(values.get("o", ())),
        since=values.get("f", 0),
        back=values["w"],
        given=_read_mail(values.get("j")),
        receipts=tuple(values.get("r", ())),
    )


_KIND_LETTERS: dict[PartKind, str] = {
    "text": "t",
    "photo": "p",
    "voice": "v",
    "video": "m",
    "file": "f",
    "place": "l",
}
_LETTER_KINDS: dict[str, PartKind] = {letter: kind for kind, letter in _KIND_LETTERS.items()}
_ABOUT_LETTERS: dict[Asked | None, str] = {None: "-", "what": "w", "where": "p", "when": "t", "kind": "k", "who": "o"}
_LETTER_ABOUTS: dict[str, Asked | None] = {letter: about for about, letter in _ABOUT_LETTERS.items()}
_ID = 16
_WEIGHT = 2
"""Bytes of a written weight: up to 6.5 GB."""


def _text(value: bytes) -> str:
    return b2a_base64(value, newline=False).decode()


def _bytes(value: str) -> bytes:
    return a2b_base64(value, strict_mode=True)


def _letter(part: Part) -> str:
    """The kind as a letter; a capital where it is not agreed to."""
    letter = _KIND_LETTERS[part.kind]
    return letter if part.agreed else letter.upper()


def _part(name: bytes, letter: str, about: Asked | None, weight: bytes) -> Part:
    return Part(name, _LETTER_KINDS[letter.lower()], about, letter.islower(), int.from_bytes(weight, "big"))


def _write_draft(draft: Draft | None) -> list[object] | None:
    if draft is None:
        return None
    ids = _text(b"".join(part.id for part in draft.parts))
    kinds = "".join(_letter(part) for part in draft.parts)
    abouts = "".join(_ABOUT_LETTERS[part.about] for part in draft.parts)
    weights = _text(b"".join(part.weight.to_bytes(_WEIGHT, "big") for part in draft.parts)) if draft.weight else ""
    told, target = sorted(draft.told), _write_mail(draft.target)
    written = [_text(draft.id), draft.born, ids, kinds, abouts, draft.urgent, target, told, draft.category, weights]
    return written if draft.door is None else [*written, draft.door]


def _read_draft(written: list[Any] | None) -> Draft | None:
    if written is None:
        return None
    name, born, joined, kinds, abouts, urgent, target, told, category, *added = written
    ids, weights = _bytes(joined), _bytes("".join(added[:1]))
    parts = tuple(
        _part(ids[n * _ID : (n + 1) * _ID], kind, _LETTER_ABOUTS[about], weights[n * _WEIGHT : (n + 1) * _WEIGHT])
        for n, (kind, about) in enumerate(zip(kinds, abouts, strict=True))
    )
    door = added[1] if len(added) > 1 else None
    return Draft(_bytes(name), born, parts, urgent, _read_mail(target), frozenset(told), category, door)


def _write_mail(mail: OpenMail | None) -> list[object] | None:
    if mail is None:
        return None
    return [_text(mail.lookup), _text(mail.seed), _text(mail.tip), mail.opened, mail.asked]


def _read_mail(written: list[Any] | None) -> OpenMail | None:
    if written is None:
        return None
    (*names, opened, asked) = written
    lookup, seed, tip = (_bytes(name) for name in names)
    return OpenMail(lookup, seed, tip, opened, asked)
