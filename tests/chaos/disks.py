"""A real product on a disk that fails it, in a process of its own; and file systems that are mounted to fail."""

from __future__ import annotations

import asyncio
import io
import random
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from installation import Clock
from integration.served import ChatPage, Served
from PIL import Image
from product import Product

from bot.run.config import load_config
from bot.service.readiness import REMEMBERED
from bot.service.texts import Catalogue

MEGABYTE = 1 << 20
TEXTS = Catalogue(Path(__file__).resolve().parents[2] / "locales")


@dataclass
class Mounted:
    """A file system of our own, filled with ballast."""

    folder: Path

    def fill(self, _: Product | None = None) -> None:
        with (self.folder / "ballast").open("ab", buffering=0) as ballast:
            for size in (MEGABYTE, 4096, 1):
                try:
                    while True:
                        ballast.write(b"\0" * size)
                except OSError:
                    continue

    def make_room(self, _: Product | None = None) -> None:
        (self.folder / "ballast").unlink()


@asynccontextmanager
async def running(
    folder: Path, monkeypatch: pytest.MonkeyPatch, **settings: str
) -> AsyncIterator[tuple[Product, Served]]:
    """The product as people start it, its data in this folder, its log elsewhere."""
    product = Product(folder, settings=settings)
    await asyncio.to_thread(product.start)
    monkeypatch.setenv("HOPTHU_DATA_DIR", str(folder / "data"))
    config = load_config(port=product.port)
    try:
        yield product, Served(product.address, None, config, Clock(time.time()), "")  # type: ignore[arg-type] # over HTTP alone
    finally:
        product.kill()


def photo() -> bytes:
    """Large enough that no rest of a page holds it."""
    out = io.BytesIO()
    Image.frombytes("RGB", (600, 400), random.Random(4).randbytes(3 * 600 * 400)).save(out, "JPEG", quality=90)
    return out.getvalue()


async def is_ready(served: Served) -> bool:
    async with httpx.AsyncClient(timeout=30) as client:
        return (await client.get(f"{served.address}/readyz")).status_code == 200


async def until_ready(served: Served, *, ready: bool) -> None:
    async with asyncio.timeout(30):
        while await is_ready(served) is not ready:  # noqa: ASYNC110 - a disk rings no bell
            await asyncio.sleep(REMEMBERED / 4)


async def refused(page: ChatPage, text: str) -> str:
    """Write something that cannot be kept; what the page is told, and its act's id."""
    act = await page.act(t="text", text=text)
    answer = page.answer(act)
    assert answer is not None
    assert answer["t"] == "error", answer
    assert TEXTS.say("vi", "err-storage", {}) in str(answer)
    return act


def mount(options: str, folder: Path) -> int:
    """A file system in memory; 0 where it may be mounted."""
    return subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "none", str(folder)], check=False, capture_output=True
    ).returncode
