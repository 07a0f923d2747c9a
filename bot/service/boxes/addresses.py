"""Where a box is reached: the addresses its QR codes hold, and the code itself as a picture.

Owns how an address is shown to be typed. A messenger that is not set up here has no address.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from urllib.parse import urlsplit

import segno

from handlers.folding import BOX_CODE

LEVEL = "q"
"""Error level of every QR code: a quarter of it may be torn or covered. A logo is never laid over it."""
QUIET = 4
"""Modules of white around the code, as its standard wants."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where this installation is reached: the pages, the bot by its name on Telegram, the account by its id on Zalo."""

    web: str
    telegram: str | None = None
    zalo: str | None = None

    def page(self, box: str) -> str:
        """The address of a box's page."""
        return f"{self.web}/h/{box}"

    def chat(self, box: str) -> str | None:
        """What opens the bot on Telegram with this box."""
        return f"https://t.me/{self.telegram}?start={box}" if self.telegram else None

    def account(self, box: str) -> str | None:
        """The account's page on Zalo. No link there carries a box: its code, if it can be, is typed first."""
        return f"https://zalo.me/{self.zalo}" if self.zalo and BOX_CODE.fullmatch(box) else None

    def board(self, unit: str) -> str:
        """The address of a unit's board of numbers."""
        return f"{self.web}/so/{unit}"


def typed(address: str) -> str:
    """An address as people type it: without what a browser adds by itself."""
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}{f'?{parts.query}' if parts.query else ''}"


def qr(address: str) -> segno.QRCode:
    """The QR code of an address, as small as its error level allows."""
    return segno.make_qr(address, error=LEVEL, boost_error=True)


def qr_svg(address: str, *, quiet: int = QUIET) -> bytes:
    """The QR code as an SVG that grows to any size."""
    kept = io.BytesIO()
    qr(address).save(kept, kind="svg", border=quiet, xmldecl=False, svgclass=None, lineclass=None, omitsize=True)
    return kept.getvalue()


def qr_png(address: str, *, scale: int = 10) -> bytes:
    """The QR code as a PNG of so many pixels a module."""
    kept = io.BytesIO()
    qr(address).save(kept, kind="png", border=QUIET, scale=scale)
    return kept.getvalue()
