"""The authority's page: one file that does what `hopthu authority` does, in a browser without network.

It cannot prove itself: whoever carries it compares its SHA-256 with the one printed where it was written.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from bot.service.errors import NotAccepted

FILE = "authority.html"


def write_page(built: Path, out: Path) -> str:
    """Copy the page out of the folder of built pages; its SHA-256 in hex, as `sha256sum` prints it.

    Raises:
        NotAccepted: it is not built, or `out` is there already.
    """
    try:
        content = (built / FILE).read_bytes()
    except FileNotFoundError:
        raise NotAccepted("the page is not built: make setup") from None
    try:
        with out.open("xb") as written:
            written.write(content)
    except FileExistsError:
        raise NotAccepted(f"{out} is there already; move it away, or give another name") from None
    return hashlib.sha256(content).hexdigest()
