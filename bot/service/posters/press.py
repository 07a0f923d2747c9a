"""Prints posters: their content into the layout of `poster.typ`, by Typst, without the network and its own fonts.

Owns sizes, fonts and the pictograms; what stands on a poster is `content`'s. A press may print on several threads.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal
from xml.etree import ElementTree as ET

import fontpkg_be_vietnam_pro as fonts
import typst

from bot.service.boxes.addresses import qr_svg, typed
from bot.service.errors import OurFault
from bot.service.posters.content import Line, Poster
from bot.service.posters.sizes import Size
from bot.service.texts import Catalogue
from handlers.values import Language, Name

SetUp = Mapping[str, Any]
"""Pages that are ready to be printed: the same, the same print."""
LAYOUT = Path(__file__).with_name("poster.typ")
MOSS = "#0F5C4A"
"""Colour of the pictograms: the pages' own."""
WORDS = {name: f"poster-{name}" for name in ("title", "danger", "scan", "write", "keep", "nameless", "never", "stamp")}
PICTOGRAMS = ("scan", "write", "code", "lock")
CHECKED_BY_HAND = "…… / …… / ………"
"""Where no day is known one is written."""
LANGUAGES: tuple[Language, Language] = ("vi", "en")
PIXELS = 144
_SVG = "{http://www.w3.org/2000/svg}"
_TOGETHER = (("mã OTP", "mã\N{NO-BREAK SPACE}OTP"), ("mật khẩu", "mật\N{NO-BREAK SPACE}khẩu"))
"""Words that no line end shall part."""


class Press:
    """Prints in the languages of a catalogue, with the pictograms of a sprite."""

    def __init__(self, texts: Catalogue, sprite: Path) -> None:
        self._texts = texts
        self._fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts.ROOT / "files"]
        )
        self._pictograms = pictograms(sprite)
        self._words = {**{name: self._both(key) for name, key in WORDS.items()}, "caller": self._both("page-caller")}
        self._own = threading.local()

    def set_up(self, posters: Sequence[Poster], size: Size, *, bilingual: bool) -> SetUp:
        """All that stands on these pages but the drawn codes, which follow from their addresses."""
        return {
            "title": " ".join(self._texts.say("vi", "poster-title").split()),
            "size": size.value,
            "languages": len(LANGUAGES) if bilingual else 1,
            "words": {**self._words, "title": [self._texts.say(one, "poster-title").split("\n") for one in LANGUAGES]},
            "pictograms": self._pictograms,
            "posters": [self._page(poster) for poster in posters],
        }

    def pdf(self, content: SetUp) -> bytes:
        """The pages that `set_up` made, one each.

        Raises:
            OurFault: the layout cannot take them.
        """
        return self._print(content, "pdf")[0]

    def png(self, content: SetUp, pixels: int = PIXELS) -> list[bytes]:
        """The pages as pictures of so many pixels an inch.

        Raises:
            OurFault: the layout cannot take them.
        """
        return self._print(content, "png", pixels)

    def _print(self, content: SetUp, kind: Literal["pdf", "png"], pixels: int = PIXELS) -> list[bytes]:
        compiler = getattr(self._own, "compiler", None)
        if compiler is None:
            compiler = self._own.compiler = typst.Compiler(LAYOUT, font_paths=self._fonts, ignore_system_fonts=True)
        pages = [{**page, "qr": qr_svg(page["link"], quiet=0).decode()} for page in content["posters"]]
        whole = {"content": json.dumps({**content, "posters": pages}, ensure_ascii=False)}
        try:
            made = compiler.compile(sys_inputs=whole, format=kind, ppi=float(pixels))
        except typst.TypstError as error:
            raise OurFault("the layout of the poster does not take what stands on it") from error
        return made if isinstance(made, list) else [made or b""]

    def _page(self, poster: Poster) -> Mapping[str, Any]:
        unit = [self._texts.say(one, "poster-unit", {"unit": poster.unit}) for one in LANGUAGES]
        label = [poster.label.vi, poster.label.en]
        checked = poster.day or CHECKED_BY_HAND
        address = typed(poster.address)
        host, _, path = address.partition("/")
        return {
            "unit": unit,
            "label": label if poster.label.vi else None,
            "second": " · ".join(dict.fromkeys(word for word in (unit[1], label[1]) if word)),
            "demo": self._both("start-demo") if poster.demo else None,
            "link": poster.address,
            "address": address,
            "address_lines": [host, f"/{path}"] if path else [host],
            "zalo": self._both("poster-zalo", page=typed(poster.zalo), code=poster.code) if poster.zalo else None,
            "own": [_row(line) for line in poster.lines],
            "short": [_row(line) for line in poster.short],
            "tamper": self._tamper(poster),
            "checked": self._both("poster-checked", day=_whole(checked)),
        }

    def _tamper(self, poster: Poster) -> list[str]:
        if poster.tamper is not None:
            return self._both("poster-tamper", number=_whole(poster.tamper))
        return self._both("poster-tamper-here")

    def _both(self, key: str, **args: str) -> list[str]:
        return [_kept_together(self._texts.say(language, key, args)) for language in LANGUAGES]


def digest(content: SetUp) -> str:
    """What is printed and how, in short: as long as it is the same, a file need not be printed again."""
    return hashlib.sha256(LAYOUT.read_bytes() + json.dumps(content).encode()).hexdigest()


def pictograms(sprite: Path) -> dict[str, str]:
    """The pictograms of a poster as pictures of their own, out of the sprite that the pages draw theirs from.

    Raises:
        OurFault: one of them is not in it.
    """
    ET.register_namespace("", _SVG.strip("{}"))
    found = {one.get("id"): one for one in ET.parse(sprite).getroot().iter(f"{_SVG}symbol")}  # noqa: S314 - our own file
    if not found.keys() >= {*PICTOGRAMS}:
        raise OurFault("a pictogram of the poster is missing from the sprite")
    return {name: _drawn(found[name]) for name in PICTOGRAMS}


def _drawn(symbol: ET.Element) -> str:
    look = {
        "viewBox": "0 0 24 24", "fill": "none", "stroke": MOSS, "stroke-width": "2", "stroke-linecap": "round",
        "stroke-linejoin": "round",
    }  # fmt: skip
    picture = ET.Element(f"{_SVG}svg", look)
    picture.extend(list(symbol))
    return ET.tostring(picture, "unicode")


def _row(line: Line) -> Mapping[str, Any]:
    return {"role": _names(line.role), "number": _whole(line.number)}


def _names(name: Name) -> list[str]:
    return [name.vi, name.en]


def _whole(number: str) -> str:
    return number.replace(" ", "\N{NO-BREAK SPACE}")


def _kept_together(text: str) -> str:
    for words, whole in _TOGETHER:
        text = text.replace(words, whole)
    return text
