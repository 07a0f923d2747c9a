"""`hopthu bench posters`: how fast a ward's posters are printed into a folder, each a PDF of its own.

Every poster is another box's: its code, its address and its QR code are drawn anew, as for a province's.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from bench.figures import Figure, Measured, least
from bench.starting import memory
from bot.run.printing import open_press
from bot.service.posters.content import Line, Poster
from bot.service.posters.folder import THREADS, jobs, print_into
from bot.service.posters.sizes import Size
from handlers.values import Name

HOW = (
    "{count} posters on A4 in Vietnamese, each of another box with three numbers of its ward and four of the country, "
    "into a folder on {threads} threads, the press opened once; then the same folder again, in which nothing is to be "
    "printed."
)
COUNT, QUICK = 1_000, 40
WANTED = 16.7
"""Posters a second: a thousand in a minute."""


def measure(quick: bool) -> Measured:
    """Print them."""
    count = QUICK if quick else COUNT
    wanted = jobs([_poster(n) for n in range(count)], [Size.A4], bilingual=False)
    before = memory(os.getpid())
    with tempfile.TemporaryDirectory(prefix="hopthu-bench-") as folder:
        began = time.perf_counter()
        press = open_press()
        print_into(Path(folder), wanted, press, lambda *_: None)
        printed = time.perf_counter()
        print_into(Path(folder), wanted, press, lambda *_: None)
        again = time.perf_counter()
        size = sum(path.stat().st_size for path in Path(folder).glob("*.pdf")) / count
    figures = (
        Figure("posters_per_s", count / (printed - began), "/s", "posters printed, each a file", least(WANTED)),
        Figure("kept_per_s", count / (again - printed), "/s", "posters looked at that are still right"),
        Figure("poster_kb", size / 1e3, "KB", "a poster's file"),
        Figure("memory_mb", memory(os.getpid()) - before, "MB", "growth of memory"),
    )
    return Measured("posters", HOW.format(count=f"{count:,}", threads=THREADS), figures)


def _poster(n: int) -> Poster:
    duty, fire = Name("Trực ban Công an phường", "Ward police duty desk"), Name("Cháy, cứu nạn", "Fire, rescue")
    return Poster(
        code=f"to-dan-pho-{n}-18118",
        unit=Name("phường Nam Hồng Lĩnh", "Nam Hồng Lĩnh ward"),
        label=Name(f"Tổ dân phố {n}", f"Group {n}"),
        address=f"https://hopthu.example/h/to-dan-pho-{n}-18118",
        lines=tuple(Line(duty, f"0239 000 000{digit}") for digit in range(3)),
        short=tuple(Line(fire, number) for number in ("114", "115", "111", "112")),
        tamper="0239 000 0000",
        day="02/11",
    )
