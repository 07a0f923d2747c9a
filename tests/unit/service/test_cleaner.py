"""Things cleaned in a process of their own: what goes in, what is believed, what it may do."""

from __future__ import annotations

import asyncio
import io
import json
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from unit.service.papers import paper
from unit.service.pictures import SECRET, opened, with_secrets
from unit.service.recordings import film, sound
from unit.service.until import until

from bot.service.cleaner import Cleaner, CleanerApart, CleanerHere
from bot.service.cleaning import __main__ as program
from bot.service.errors import NotAccepted, OutsideFailed
from handlers.values import MediaKind

CASES: list[tuple[MediaKind, bytes, str, int | None]] = [
    ("photo", with_secrets("WEBP", 6), "image/jpeg", None),
    ("voice", sound("ogg", "libopus"), "audio/webm", 2),
    ("voice", sound("wav", "pcm_s16le"), "audio/webm", 2),
    ("video", film("mp4", "libx264", "aac"), "video/mp4", 2),
    ("file", paper(), "application/pdf", None),
    ("file", "Xe tải đổ rác".encode("utf-16"), "text/plain;charset=utf-8", None),
]


async def stream(content: bytes, size: int = 1000) -> AsyncIterator[bytes]:
    for at in range(0, len(content), size):
        yield content[at : at + size]


async def cleaned(cleaner: Cleaner, kind: MediaKind, raw: bytes, mime: str = "") -> tuple[bytes, str, int | None, bool]:
    async with cleaner.clean(kind, mime, stream(raw)) as clean:
        content = b"".join([chunk async for chunk in clean.chunks])
        assert len(content) == clean.size
        return content, clean.mime, clean.seconds, clean.cleaned


@pytest.mark.parametrize("cleaner", [CleanerApart(), CleanerHere()], ids=["apart", "here"])
@pytest.mark.parametrize(("kind", "raw", "mime", "seconds"), CASES)
async def test_every_kind_comes_out_clean(
    cleaner: Cleaner, kind: MediaKind, raw: bytes, mime: str, seconds: int | None
) -> None:
    content, *rest = await cleaned(cleaner, kind, raw)
    assert rest == [mime, seconds, True]
    assert SECRET.encode() not in content


async def test_what_cannot_be_cleaned_comes_back_as_it_was() -> None:
    raw = b"PK\x03\x04" + bytes(300_000)
    for cleaner in (CleanerApart(), CleanerHere()):
        assert await cleaned(cleaner, "file", raw, "application/zip") == (raw, "application/zip", None, False)


@pytest.mark.parametrize("cleaner", [CleanerApart(), CleanerHere()], ids=["apart", "here"])
async def test_what_cannot_be_read_is_refused(cleaner: Cleaner) -> None:
    with pytest.raises(NotAccepted) as refused:
        await cleaned(cleaner, "photo", b"no picture" * 100_000)
    assert (refused.value.key, refused.value.status) == ("media-bad", 422)


def says(mime: str = "image/jpeg", size: int = 1, then: str = "") -> str:
    """A program that says this of a thing, whatever it was."""
    told = json.dumps({"mime": mime, "size": size, "seconds": None, "cleaned": True})
    return f"import sys; print({told!r}, flush=True); {then}"


LIES = {
    "breaks": "import os; os.abort()",
    "says nothing": "import sys; sys.stdin.read()",
    "refuses": "import sys; sys.exit(3)",
    "does not read": "pass",
    "says something else": "print('hello')",
    "says too much": "print('x' * 100_000)",
    "says what no reader gets to the bottom of": "print('[' * 50_000)",
    "says a page": says("text/html", then="print()"),
    "says nothing is left": says(size=0),
    "promises more": says(size=9),
    "promises what no cleaning gives": says(size=21_000_000),
    "lasts for ever": says().replace("null", "360001"),
    "gives more": says(then="sys.stdout.write('xyz')"),
    "ends badly": says(then="sys.stdout.write('x'); sys.exit(1)"),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
async def test_a_process_that_breaks_or_lies_means_an_unreadable_thing(lie: str) -> None:
    cleaner = CleanerApart((sys.executable, "-I", "-c", lie))
    with pytest.raises(NotAccepted) as refused:
        await cleaned(cleaner, "photo", bytes(200_000))
    assert refused.value.key == "media-bad"


@pytest.mark.parametrize("begins", ["pass", says(size=9)], ids=["before it says", "after it said"])
async def test_a_process_that_hangs_is_ended(begins: str) -> None:
    with pytest.raises(NotAccepted):
        await cleaned(
            CleanerApart((sys.executable, "-I", "-c", begins + "\nwhile True: pass"), within=0.5), "photo", b"x"
        )


async def test_no_process_to_be_had_is_outside() -> None:
    with pytest.raises(OutsideFailed):
        await cleaned(CleanerApart(("/nowhere/at/all",)), "photo", b"x")


async def test_a_thing_that_comes_only_in_part_is_not_cleaned() -> None:
    async def torn() -> AsyncIterator[bytes]:
        yield sound("ogg", "libopus")
        raise OutsideFailed("torn")

    with pytest.raises(OutsideFailed, match="torn"):
        async with CleanerApart().clean("voice", "", torn()):
            pytest.fail("cleaned")


async def test_nobody_who_gives_up_leaves_a_process() -> None:
    async def slow() -> AsyncIterator[bytes]:
        yield b"x"
        await asyncio.Event().wait()

    async def whole() -> None:
        async with CleanerApart().clean("photo", "", slow()):
            pytest.fail("cleaned")

    others = _children()
    task = asyncio.create_task(whole())
    await until(lambda: bool(_children() - others))
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert not _children() - others


async def test_who_stops_reading_half_way_leaves_no_process_and_waits_for_none() -> None:
    much = says(size=20_000_000, then="sys.stdout.write('x' * 20_000_000)")
    cleaner, others, waited = CleanerApart((sys.executable, "-I", "-c", much)), _children(), Counter[str]()

    def stuck() -> bool:
        """It cannot say more, as nobody takes what it said."""
        (child,) = _children() - others
        state = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0]
        waited[state] += 1
        return waited["S"] > 20

    async def store() -> None:
        async with asyncio.timeout(30), cleaner.clean("photo", "", stream(b"x")):
            await until(stuck)
            raise OutsideFailed("the disk is full")

    with pytest.raises(OutsideFailed, match="the disk is full"):
        await store()
    assert not _children() - others


def _children() -> set[str]:
    return set(Path(f"/proc/self/task/{_thread()}/children").read_text().split())


def _thread() -> str:
    return Path("/proc/thread-self").readlink().name


async def test_the_program_sees_no_setting_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOPTHU_TELEGRAM_TOKEN", "1:secret")
    look = "import os; sys.stdout.write(str(sorted(n for n in os.environ if n.startswith('HOPTHU'))))"
    show = says(size=2, then=look)
    assert (await cleaned(CleanerApart((sys.executable, "-I", "-c", show)), "photo", b"x"))[0] == b"[]"


# The program itself.


def asked(kind: MediaKind, raw: bytes) -> bytes:
    return json.dumps({"kind": kind, "mime": ""}).encode() + b"\n" + raw


def test_the_program_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)
    out = io.BytesIO()
    assert program.serve_one(io.BytesIO(asked("photo", with_secrets("JPEG"))), out) == 0
    said, content = out.getvalue().split(b"\n", maxsplit=1)
    assert json.loads(said) == {"mime": "image/jpeg", "size": len(content), "seconds": None, "cleaned": True}
    assert opened(content).size == (64, 32)
    assert program.serve_one(io.BytesIO(asked("photo", b"no picture")), io.BytesIO()) == program.REFUSED


def test_the_program_binds_itself_to_its_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    bound: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(resource, "setrlimit", bound.__setitem__)
    program.limit(30)
    program.close_doors()
    most = {**program.LIMITS, resource.RLIMIT_CPU: 30, resource.RLIMIT_NOFILE: 0}
    assert bound == {what: (value, value) for what, value in most.items()}
    assert bound[resource.RLIMIT_FSIZE] == (0, 0)


DOORS = """
import io, socket, sys
from bot.service.cleaning import __main__ as program, workshop
def prying(raw):
    tried = []
    for open_door in (lambda: open("/etc/passwd"), lambda: open("/tmp/x", "w"), socket.socket):
        try: open_door(); tried.append("open")
        except OSError as error: tried.append(error.errno)
    sys.stderr.write(str(tried))
    raise SystemExit(0)
workshop.workshop = lambda family: prying
program.serve_one(sys.stdin.buffer, sys.stdout.buffer)
"""


def test_a_file_that_took_the_program_over_can_open_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-c", DOORS], input=asked("photo", with_secrets("PNG")), capture_output=True, check=False
    )
    assert done.stderr == b"[24, 24, 24]"


def test_the_program_as_it_runs() -> None:
    command = [sys.executable, "-I", "-m", "bot.service.cleaning"]
    refused = subprocess.run(
        command, input=asked("photo", b"no picture"), capture_output=True, check=False, env={}, cwd="/"
    )
    assert (refused.returncode, refused.stdout, refused.stderr) == (program.REFUSED, b"", b"")
