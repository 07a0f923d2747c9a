"""The doctor: a good installation is well, and whatever is broken is named."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest
from installation import Clock, Officer, open_installation

from bot.run import doctor
from bot.run.config import load_config
from bot.run.foundation import make_site
from bot.run.keyfile import write_private
from crypto.sheets import LIFETIME
from crypto.signing import Signer
from storage.migrate import upgrade


@dataclass
class Report:
    """What the doctor said."""

    code: int
    text: str

    def bad(self) -> list[str]:
        return [line.removeprefix("BAD  ") for line in self.text.splitlines() if line.startswith("BAD")]


def examine(capsys: pytest.CaptureFixture[str]) -> Report:
    code = doctor.main()
    return Report(code, capsys.readouterr().out)


@pytest.fixture
async def good(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A demonstration with an officer, some days old."""
    clock = Clock()
    async with open_installation(folder, clock=clock) as box:
        await Officer.enrol(box)
        box.ring.living(int(clock()))
    monkeypatch.setattr(doctor.time, "time", clock)
    return folder


def test_all_is_well(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(good.rglob("*"))
    report = examine(capsys)
    assert (report.code, report.bad()) == (0, [])
    assert "messages waiting 0, given up 0" in report.text
    assert sorted(good.rglob("*")) == before


def test_nothing_is_installed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = examine(capsys)
    assert (report.code, report.bad()) == (1, [f"no installation in {folder}"])
    assert "run hopthu up, or hopthu init" in report.text
    assert not folder.exists()


def damage(path: Path, content: bytes = b"x") -> None:
    write_private(path, content)


def give_up(data: Path) -> None:
    with sqlite3.connect(data / "hopthu.sqlite3") as connection:
        row = (b"l" * 32, 1, 1, "telegram", b"b", 0, 0, "failed", 0)
        connection.execute("INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    connection.close()


BROKEN = {
    "keys open to others": (lambda data: (data / "keys").chmod(0o755), "keys is closed to others"),
    "epoch keys open": (lambda data: (data / "ephemeral").chmod(0o750), "ephemeral is closed to others"),
    "site open": (lambda data: (data / "keys/site.json").chmod(0o644), "site.json can be read by others"),
    "site damaged": (lambda data: damage(data / "keys/site.json"), "site.json is damaged"),
    "no master key": (lambda data: (data / "keys/master.key").unlink(), "master.key cannot be read"),
    "half a master key": (lambda data: damage(data / "keys/master.key"), "master.key is damaged"),
    "an epoch open": (lambda data: next((data / "ephemeral").glob("*.epoch")).chmod(0o640), "can be read by others"),
    "floors damaged": (lambda data: damage(data / "keys/sheet-numbers.json"), "sheet-numbers.json is damaged"),
    "no database": (lambda data: (data / "hopthu.sqlite3").unlink(), "hopthu.sqlite3 is missing"),
    "no tables": (lambda data: (data / "hopthu.sqlite3").write_bytes(b""), "the database: "),
    "no database at all": (lambda data: (data / "hopthu.sqlite3").write_bytes(b"x" * 5000), "the database: "),
    "given up": (give_up, "given up 1"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_named(good: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    breaks, said = BROKEN[name]
    breaks(good)
    report = examine(capsys)
    assert report.code == 1
    assert any(said in line for line in report.bad()), report.text
    assert report.text.count("→") == len(report.bad())


def test_an_old_sheet_and_one_that_is_over(
    good: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor.time, "time", Clock(Clock().now + LIFETIME - doctor.SOON + 1))
    assert examine(capsys).bad() == ["the sheet of unit 18118 is good for weeks"]
    monkeypatch.setattr(doctor.time, "time", Clock(Clock().now + LIFETIME))
    report = examine(capsys)
    assert report.bad() == ["unit 18118 has an officer who reads its tips"]
    assert "no sheet in force" in report.text


def test_a_clock_that_is_wrong(good: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.time, "time", Clock(1000))
    assert "the clock shows a believable day" in examine(capsys).bad()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"TELEGRAM_TOKEN": "no token"}, "the Telegram token has a token's form"),
        ({"TELEGRAM_TOKEN": "42:x", "TELEGRAM_MODE": "webhook"}, "the webhook has a public address and a secret"),
    ],
)
def test_a_bot_that_cannot_work(
    good: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    settings: dict[str, str],
    said: str,
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"HOPTHU_{name}", value)
    assert examine(capsys).bad() == [said]


def test_a_bot_that_can(good: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOPTHU_TELEGRAM_TOKEN", "42:x")
    assert examine(capsys).code == 0


def test_pages_that_are_not_built(
    good: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("bot.run.config.PROJECT", tmp_path)
    assert examine(capsys).bad() == ["the pages for browsers are not built"]


def test_a_real_installation_keeps_its_epoch_keys_elsewhere(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make_site(load_config(), Signer.generate().verify_key, demo=False)
    upgrade(load_config().database)
    assert examine(capsys).bad() == ["epoch keys lie outside the data folder"]
    monkeypatch.setenv("HOPTHU_EPHEMERAL_DIR", str(tmp_path / "ram"))
    assert examine(capsys).code == 0
    assert not os.path.lexists(tmp_path / "ram")
