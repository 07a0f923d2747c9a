"""Feeds the parsers for so many seconds, in a process of its own: guided by what was reached where atheris is at hand.

    python tests/fuzz/feed.py FOLDER SECONDS SEED

Where it is not, by chance alone. A fault, an input that takes five seconds or a gigabyte ends it with an error.
"""

from __future__ import annotations

import resource
import signal
import sys
import time
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

LARGEST = 80_000
"""Bytes of an input: more than a chunk of a file, and a header of the largest size."""
ONE_TAKES = 5
"""Seconds."""
MEGABYTES = 1_024


def main() -> None:
    """See the head of this file."""
    folder, seconds, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    try:
        import atheris  # noqa: PLC0415 - where it is at hand
    except ImportError:
        _by_chance(seconds, Random(seed))
        return
    with atheris.instrument_imports(include=["crypto"]):
        from fuzz import parsers  # noqa: PLC0415 - instrumented as it is loaded
    for number, one in enumerate(parsers.corpus()):
        (folder / f"honest-{number}").write_bytes(one)
    limits = (
        f"-max_len={LARGEST}",
        f"-timeout={ONE_TAKES}",
        f"-rss_limit_mb={MEGABYTES}",
        f"-max_total_time={seconds}",
    )
    atheris.Setup([sys.argv[0], str(folder), f"-seed={seed}", "-print_final_stats=1", *limits], parsers.fed)
    atheris.Fuzz()


def _by_chance(seconds: int, luck: Random) -> None:
    from fuzz import parsers  # noqa: PLC0415 - beside the other import of it
    from fuzz.mutating import Mutator  # noqa: PLC0415 - needed here alone

    mutator, honest = Mutator(luck), list(parsers.corpus())
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 21,) * 2)
    end, runs = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        one = luck.choice(honest)
        bent = one[:1] + luck.choice((mutator.flipped, mutator.cut, mutator.spliced))(one[1:])
        signal.alarm(ONE_TAKES)
        parsers.fed(bent)
        runs += 1
    sys.stdout.write(f"stat::number_of_executed_units: {runs}\n")


if __name__ == "__main__":
    main()
