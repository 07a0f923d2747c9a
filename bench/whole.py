"""All benchmarks, each by the command of its own in a process of its own: none leaves its weight to the next.

One that cannot run here (no Chromium, say) is named with its reason, and the others go on.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable

from bench.figures import Measured, read
from bot.run.config import PROJECT

Results = tuple[list[Measured], dict[str, str]]
PROGRAM = (sys.executable, "-c", "from bot.run.main import main; main()", "bench")


def measure_each(names: Iterable[str], *, quick: bool, more: Iterable[tuple[str, ...]] = ()) -> Results:
    """What each benchmark found, and why others found nothing. `more`: further ones with options of their own."""
    asked = [*((name, *(("--quick",) if quick else ())) for name in names), *more]
    found: list[Measured] = []
    failed: dict[str, str] = {}
    for name, *options in asked:
        sys.stderr.write(f"hopthu bench {name} …\n")
        done = subprocess.run(
            [*PROGRAM, name, "--json", *options], cwd=PROJECT, capture_output=True, text=True, check=False
        )
        if done.returncode:
            failed[name] = _last_line(done.stderr)
            sys.stderr.write(f"  {failed[name]}\n")
        else:
            found.append(read(name, json.loads(done.stdout)[name]))
    return found, failed


def _last_line(said: str) -> str:
    return (said.strip().splitlines() or ["it said nothing"])[-1].removeprefix("hopthu: ")
