"""What a page's first use brings over the network: HTML as it is served, all else as deploy/nginx.conf packs it.

The build names every script that comes with another in the page, and the console's key worker in its manifest. Pieces
that a script loads when they are first needed are no part of it, nor are fonts.
"""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from urllib.request import urlopen

from bench.serving import product
from bot.run.config import PROJECT

NAMED = re.compile(r"<(?:script|link)[^>]*? (?:src|href)=\"(/[^\"]+)\"")
"""What a page names that comes with it."""
FONTS = (".woff2",)
PICTURES = "/pictograms.svg"
"""What scripts draw with."""
LEVEL = 6
"""Of gzip, for built files: the proxy's. Pages themselves travel as they are."""


def resident_and_console(folder: Path) -> tuple[float, float]:
    """KB of the chat until a person can write, and of the desk until an officer who has logged in can work."""
    manifest = json.loads((PROJECT / "web" / "dist" / "manifest.json").read_text("utf-8"))
    workers = [f"/{name}" for name in manifest["desk.html"].get("assets", ()) if name.endswith(".js")]
    with product(folder) as server:
        return _weight(server.address, "/chat", []), _weight(server.address, "/desk", workers)


def _weight(address: str, page: str, more: list[str]) -> float:
    html = _fetched(address + page)
    named = [path for path in NAMED.findall(html.decode()) if not path.endswith(FONTS)]
    files = [_fetched(address + path) for path in dict.fromkeys((*named, PICTURES, *more))]
    return (len(html) + sum(len(gzip.compress(content, LEVEL)) for content in files)) / 1024


def _fetched(address: str) -> bytes:
    with urlopen(address, timeout=60) as answer:  # noqa: S310 - our own, on this machine
        content: bytes = answer.read()
        return content
