"""A database that may only be read, under a real product: a clear sentence, nothing lost that was acknowledged.

Modes do not hold root back, so files are made immutable, which holds for everybody. What SQLite shares in memory
(`-shm`) is left as it is: writing to such a page of an immutable file ends a process.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from chaos.disks import refused, running, until_ready
from integration.served import ChatPage
from product import COMMAND, PROJECT, Product, free_port
from unit.service.until import until

TIP = "Xe tải đổ rác xuống sông."
NAME = "hopthu.sqlite3"


@contextmanager
def immutable(*paths: Path) -> Iterator[None]:
    """Nobody writes to these, nor makes or removes a file in them, whoever has them open."""
    with ExitStack() as stack:
        for path in paths:
            if subprocess.run(["chattr", "+i", path], check=False, capture_output=True).returncode:
                pytest.skip("nobody may make a file immutable here")
            stack.callback(subprocess.run, ["chattr", "-i", path], check=True)
        yield


async def files(page: ChatPage) -> None:
    """What was written goes out."""
    for _ in range(2):
        await page.text("1")
    await until(lambda: any(said["kind"] == "code" for said in page.said))


async def test_a_database_that_turns_read_only_is_said_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    async with running(tmp_path, monkeypatch) as (_, served):
        async with ChatPage(served) as before:
            receipt = await before.file_tip(TIP)
        async with ChatPage(served) as page:
            await page.text("Viết dở.")
            with immutable(data / NAME, data / f"{NAME}-wal"):
                act = await refused(page, TIP)
                await until_ready(served, ready=False)
            await until_ready(served, ready=True)
            said = len(page.said)
            await page.send({"t": "text", "id": act, "text": TIP})
            await until(lambda: len(page.said) > said)
            await files(page)
            for code in (receipt, page.receipt()):
                async with ChatPage(served) as reader:
                    assert (await reader.open_tip(code))[-1]["state"] == "mail"


@pytest.mark.parametrize(
    "parts", [lambda data: [data / NAME], lambda data: [data]], ids=["the file", "the folder it lies in"]
)
async def test_a_start_on_what_may_only_be_read_is_one_sentence_and_the_next_is_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: Callable[[Path], list[Path]]
) -> None:
    async with running(tmp_path, monkeypatch) as (product, served):
        async with ChatPage(served) as page:
            receipt = await page.file_tip(TIP)
        product.stop()
    with immutable(*parts(tmp_path / "data")):
        ended = started_in_vain(product)
    assert ended.returncode == 1
    (said,) = ended.stderr.strip().splitlines()
    assert NAME in said or "cannot write" in said
    async with running(tmp_path, monkeypatch) as (_, served), ChatPage(served) as reader:
        assert (await reader.open_tip(receipt))[-1]["state"] == "mail"


def started_in_vain(product: Product) -> subprocess.CompletedProcess[str]:
    """A start that ends by itself."""
    command = [COMMAND, "up", "--port", str(free_port())]
    return subprocess.run(
        command, cwd=PROJECT, env=product.environment(), capture_output=True, text=True, check=False, timeout=120
    )
