"""Prints one holder's sheet in the layout of `sheet.typ`. The words pass through memory alone."""

from __future__ import annotations

import json
from pathlib import Path

import fontpkg_be_vietnam_pro as fonts
import typst

from bot.service.errors import OurFault
from bot.service.recovery.sets import Sheet
from bot.service.texts import Catalogue
from handlers.values import Language

LAYOUT = Path(__file__).with_name("sheet.typ")
DUTIES = ("seal", "copy", "use", "lost", "keep")
"""What a holder is told to do, in order."""


class SheetPress:
    """Prints sheets in one language; the shares' own words are English by their standard."""

    def __init__(self, texts: Catalogue, language: Language, day: str) -> None:
        """`day` is the day of making, as shown."""
        self._texts = texts
        self._language = language
        self._day = day
        files = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts.ROOT / "files"])
        self._compiler = typst.Compiler(LAYOUT, font_paths=files, ignore_system_fonts=True)

    def pdf(self, sheet: Sheet) -> bytes:
        """One page.

        Raises:
            OurFault: the layout does not take it.
        """
        content = {"content": json.dumps(self._content(sheet), ensure_ascii=False)}
        try:
            made = self._compiler.compile(sys_inputs=content, format="pdf")
        except typst.TypstError:
            raise OurFault("the layout of the recovery sheet does not take what stands on it") from None
        finally:
            self._compiler.compile(sys_inputs={"content": json.dumps(self._empty())}, format="pdf")
        assert isinstance(made, bytes)
        return made

    def _content(self, sheet: Sheet) -> dict[str, object]:
        say = self._say
        threshold = str(sheet.share.threshold)
        return {
            "language": self._language,
            "title": say("recovery-title"),
            "number": say("recovery-number", n=str(sheet.share.place), of=str(sheet.count), threshold=threshold),
            "facts": [
                [say("recovery-unit"), sheet.unit],
                [say("recovery-day"), self._day],
                [say("recovery-mark"), sheet.mark],
                [say("recovery-holder"), sheet.holder or "…" * 24],
            ],
            "warning": say("recovery-warning", threshold=threshold),
            "about": say("recovery-words"),
            "words": list(sheet.share.words),
            "duties": [say(f"recovery-do-{one}") for one in DUTIES],
        }

    def _empty(self) -> dict[str, object]:
        """Nobody's sheet: what the compiler remembers of the last one is its."""
        nothing = dict.fromkeys(("title", "number", "warning", "about"), "")
        return {"language": self._language, **nothing, "facts": [], "words": [], "duties": []}

    def _say(self, key: str, **args: str) -> str:
        return self._texts.say(self._language, key, args)
