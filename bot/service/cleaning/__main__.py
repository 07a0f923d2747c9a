"""The program that cleans one thing: `python -I -m bot.service.cleaning`, started by `bot.service.cleaner`.

In, on standard input: one line of JSON (`kind`, `mime`), then the thing. Out: one line (`mime`, `size`, `seconds`,
`cleaned`), then the clean thing. A file made to break a decoder breaks a process that holds no key, no token and
nobody else's file, and that can open nothing: from the first byte it reads in earnest it may have no new file and no
new connection. All of it lies in its own memory, which `LIMITS` bounds; a memfd would not be counted there.
"""

from __future__ import annotations

import io
import json
import resource
import shutil
import sys
from typing import BinaryIO

from bot.service.cleaning.workshop import clean
from bot.service.errors import NotAccepted

REFUSED = 3
"""Exit code for what cannot be read here."""
LIMITS = {
    resource.RLIMIT_AS: 1024 * 1024 * 1024,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
}
"""What the program may take: memory for the largest picture (850 MB) or film and its copy (600 MB), no file, no core
dump."""
SECONDS: dict[str, int] = {"photo": 30, "voice": 90, "video": 120, "file": 120}
"""Seconds of a processor for what is sent as each kind; a number on the command line stands for all. A photo of the
largest size takes five, the longest film and the longest sound that are coded anew sixty to seventy."""
COPY = 1 << 20
"""Bytes handed on at a time."""


def serve_one(source: BinaryIO, out: BinaryIO, seconds: int | None = None) -> int:
    """Clean the thing on `source` onto `out` within so many seconds of work; the exit code."""
    asked = json.loads(source.readline())
    limit(seconds or SECONDS[asked["kind"]])
    raw = io.BytesIO()
    shutil.copyfileobj(source, raw, COPY)
    raw.seek(0)
    try:
        clean_one = clean(asked["kind"], asked["mime"], raw, close_doors)
    except (NotAccepted, MemoryError):
        return REFUSED
    size = len(clean_one.content)
    told = {"mime": clean_one.mime, "size": size, "seconds": clean_one.seconds, "cleaned": clean_one.cleaned}
    out.write(json.dumps(told).encode() + b"\n")
    out.write(clean_one.content)
    out.flush()
    return 0


def limit(seconds: int) -> None:
    """Bind this process to `LIMITS` and so many seconds; nothing can lift them again."""
    for what, most in {**LIMITS, resource.RLIMIT_CPU: seconds}.items():
        resource.setrlimit(what, (most, most))


def close_doors() -> None:
    """From here on no file and no connection can be opened; those of the two pipes stay."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


if __name__ == "__main__":
    sys.exit(serve_one(sys.stdin.buffer, sys.stdout.buffer, *map(int, sys.argv[1:])))
