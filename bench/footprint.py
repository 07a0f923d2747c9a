"""`hopthu bench footprint`: what the product weighs, and how soon it is there, against what it stands on.

A process is held against one that only imports the same libraries: every third-party module that is loaded in the
product when it is ready, in the order it was loaded, asked of the product itself.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median

from bench.figures import Figure, Measured, most
from bench.starting import TELEGRAM, Start, ended, libraries, started, stood
from bench.weights import resident_and_console

HOW = (
    "Pages: HTML as it is and every style, picture and script it needs, gzip, with the key worker and one catalogue;"
    " apart are fonts, answers of the API and what is loaded when first needed (recording, places, uploads, typed "
    "codes; at the desk the other language, the words of a recovery, the log and the organisation). Processes start in "
    "turns, {rounds} times, "
    "medians of the ratios: `hopthu --help` against `python -c 'import aiogram'`; `hopthu up` on its second start, "
    "from exec to the first 200 of /readyz, and its resident memory (VmRSS) idle after that, against a bare Python "
    "that imports the same third-party modules ({modules}, asked of the product when ready). `telegram_…`: the same "
    "with a bot that polls a closed address."
)
IMPORT_AIOGRAM = (sys.executable, "-c", "import aiogram")
HELP = (sys.executable, "-c", "from bot.run.main import main; main()", "--help")
ROUNDS, QUICK = 9, 1


def measure(quick: bool) -> Measured:
    """Start everything, in turns. Raises `OutsideFailed` where the product does not start."""
    rounds = QUICK if quick else ROUNDS
    with tempfile.TemporaryDirectory(prefix="hopthu-bench-") as folder:
        helped = [(ended(HELP), ended(IMPORT_AIOGRAM)) for _ in range(rounds)]
        modules, plain = _pairs(Path(folder) / "plain", rounds, {})
        resident, console = resident_and_console(Path(folder))
        bot = [] if quick else _pairs(Path(folder) / "bot", rounds, TELEGRAM)[1]
    figures = (
        Figure("resident_kb", resident, "KB", "what a resident's chat loads until it is usable", most(45)),
        Figure("console_kb", console, "KB", "what the officers' desk loads until it is usable", most(130)),
        Figure("help_ratio", median(a / b for a, b in helped), "", "`hopthu --help` ÷ `import aiogram`", most(0.15)),
        *_process("", "", plain),
        *(_process("telegram_", ", with Telegram", bot) if bot else ()),
        Figure("help_ms", 1000 * median(a for a, _ in helped), "ms", "`hopthu --help`"),
    )
    return Measured("footprint", HOW.format(rounds=rounds, modules=modules), figures)


def _process(name: str, kind: str, pairs: list[tuple[Start, Start]]) -> tuple[Figure, ...]:
    ready = median(ours.seconds / bare.seconds for ours, bare in pairs)
    memory = median(ours.memory / bare.memory for ours, bare in pairs)
    seconds, megabytes = median(ours.seconds for ours, _ in pairs), median(ours.memory for ours, _ in pairs)
    return (
        Figure(f"{name}ready_ratio", ready, "", f"start until ready ÷ import of its libraries{kind}", most(1.3)),
        Figure(f"{name}rss_ratio", memory, "", f"idle memory ÷ that of its libraries{kind}", most(1.25)),
        Figure(f"{name}ready_ms", 1000 * seconds, "ms", f"exec to ready{kind}"),
        Figure(f"{name}rss_mb", megabytes, "MB", f"idle memory{kind}"),
    )


def _pairs(folder: Path, rounds: int, settings: dict[str, str]) -> tuple[int, list[tuple[Start, Start]]]:
    """How many modules there are, and the product's starts each beside that of its libraries."""
    folder.mkdir()
    modules = libraries(folder, settings)
    return len(modules), [(started(folder, settings), stood(folder, modules)) for _ in range(rounds)]
