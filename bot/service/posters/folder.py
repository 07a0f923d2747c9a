"""Many posters into a folder, each a file of its own: what is there already and still right is not printed again.

Broken off, by the power too, the same command goes on: a file counts once it is noted, and only as it was noted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from bot.service.posters.content import Poster
from bot.service.posters.press import Press, digest
from bot.service.posters.sizes import Size

NOTED = "posters.txt"
"""File in the folder that notes of each poster what it was printed from, its content's digest, and its name."""
PARTS = 3
THREADS = 2
"""Printing side by side: a page takes a core for some hundredths of a second."""


@dataclass(frozen=True, slots=True)
class Job:
    """A poster in one size."""

    poster: Poster
    size: Size
    bilingual: bool

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{self.poster.code}-{self.size.value}{'-vi-en' if self.bilingual else ''}.pdf"


@dataclass(frozen=True, slots=True)
class Printed:
    """How many files were printed, and how many were there and still right."""

    new: int
    kept: int


def jobs(posters: Sequence[Poster], sizes: Sequence[Size], *, bilingual: bool) -> list[Job]:
    """Every poster in every size, each once."""
    return [Job(poster, size, bilingual) for poster in posters for size in dict.fromkeys(sizes)]


def print_into(
    folder: Path, wanted: Sequence[Job], press: Press, report: Callable[[int, int], None], *, threads: int = THREADS
) -> Printed:
    """Print what is not there yet, or was printed from something else; `report` is told how much of how much is done.

    Raises:
        OSError: the folder cannot be written.
        OurFault: a poster cannot be printed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    noted = _noted(folder)

    def one(job: Job) -> tuple[str, bool]:
        content = press.set_up([job.poster], job.size, bilingual=job.bilingual)
        seal, file = digest(content), folder / job.name
        if file.exists() and noted.get(job.name) == (seal, _sum(file.read_bytes())):
            return "", False
        body = press.pdf(content)
        part = folder / f".{job.name}.part"
        part.write_bytes(body)
        part.replace(file)
        return f"{seal} {_sum(body)} {job.name}\n", True

    new = 0
    with ThreadPoolExecutor(threads) as pool, (folder / NOTED).open("a", encoding="ascii") as notes:
        running = [pool.submit(one, job) for job in wanted]
        try:
            for done, ended in enumerate(as_completed(running), start=1):
                line, fresh = ended.result()
                notes.write(line)
                notes.flush()
                new += fresh
                report(done, len(wanted))
        finally:
            pool.shutdown(cancel_futures=True)
    return Printed(new, len(wanted) - new)


def _noted(folder: Path) -> dict[str, tuple[str, str]]:
    """What each file was printed from and what it held then, by its name: the last line on it counts."""
    path = folder / NOTED
    if not path.exists():
        return {}
    lines = [line.split(" ", 2) for line in path.read_text("ascii", "replace").splitlines()]
    return {line[2]: (line[0], line[1]) for line in lines if len(line) == PARTS}


def _sum(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
