"""The doctor: a good installation is well, and whatever is broken is named."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from installation import Clock, Officer, Page, open_installation

from bot.run import backing, doctor
from bot.run.checks import inside, keys, machine, reach
from bot.run.checks.finding import Finding
from bot.run.config import Config, load_config
from bot.run.foundation import init_begun, make_site, restore_begun, rotation_begun
from bot.run.keyfile import write_private
from bot.service import wording
from bot.service.desk.ladder import RAN
from bot.service.endings import SOON
from crypto.hybrid import Identity
from crypto.sheets import LIFETIME
from crypto.signing import Signer
from storage.migrate import upgrade


@dataclass
class Report:
    """What the doctor said."""

    code: int
    text: str

    def bad(self) -> list[str]:
        return self.lines("BAD")

    def tips(self) -> list[str]:
        return self.lines("TIP")

    def lines(self, mark: str) -> list[str]:
        return [line.removeprefix(f"{mark}  ") for line in self.text.splitlines() if line.startswith(mark)]


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
    monkeypatch.setattr(time, "time", clock)
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
    assert report.text.count("→") == len(report.bad()) + len(report.tips())


def test_an_old_sheet_and_one_that_is_over(
    good: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "time", Clock(Clock().now + LIFETIME - SOON + 1))
    report = examine(capsys)
    assert report.bad() == ["the sheet of unit 18118 is good for weeks"]
    assert "it ends in 14 days" in report.text
    monkeypatch.setattr(time, "time", Clock(Clock().now + LIFETIME))
    report = examine(capsys)
    assert report.bad() == [
        "unit 18118 has an officer who reads its tips",
        "the sheet of unit 18118 is good for weeks",
    ]
    assert "no sheet in force" in report.text
    assert "it has run out" in report.text


def test_a_clock_that_is_wrong(good: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", Clock(1000))
    assert "the clock shows a believable day" in examine(capsys).bad()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"TELEGRAM_TOKEN": "no token"}, "the residents' Telegram token has a token's form"),
        ({"TELEGRAM_DESK_TOKEN": "no token"}, "the officers' Telegram token has a token's form"),
        ({"TELEGRAM_TOKEN": "42:x", "TELEGRAM_DESK_TOKEN": "42:y"}, "residents and officers have bots of their own"),
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


@pytest.fixture(autouse=True)
def quiet_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine with everything as it should be, whatever the one under test is like; its folder of such facts."""
    facts = tmp_path / "machine"
    facts.mkdir()
    (facts / "mounts").write_text(f"tmpfs {tmp_path}/ram tmpfs rw 0 0\n/dev/sda1 / ext4 rw 0 0\n")
    (facts / "swaps").write_text("Filename Type Size Used Priority\n")
    for name in ("mounts", "swaps"):
        monkeypatch.setattr(machine, name.upper(), facts / name)
    monkeypatch.setattr(reach, "PROXY", facts / "nginx.conf")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (0, 0))
    for name in reach.PROXIES:
        monkeypatch.delenv(name, raising=False)
    return facts


@pytest.fixture
def real(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A real installation as the runbook has it, backed up."""
    for name, value in {
        "MASTER_KEY_FILE": str(tmp_path / "etc" / "master.key"),
        "EPHEMERAL_DIR": str(tmp_path / "ram" / "epochs"),
        "PUBLIC_URL": "https://hopthu.example",
    }.items():
        monkeypatch.setenv(f"HOPTHU_{name}", value)
    make_site(load_config(), Signer.generate().verify_key, demo=False)
    upgrade(load_config().database)
    backing.back_up(tmp_path / "today", Identity.generate().recipient, lambda *_: None)
    (tmp_path / "today").unlink()
    content = {"v": 1, "day": "2026-11-20", "digest": wording.digest(load_config().locales)}
    lay_down(folder, "wording-approved", json.dumps(content).encode())
    return folder


def test_a_real_one_is_well_too(real: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    report = examine(capsys)
    assert (report.code, report.bad(), report.tips()) == (0, [], [])
    assert not os.path.lexists(tmp_path / "ram")


MISPLACED = {
    "EPHEMERAL_DIR": ("data/ephemeral", "epoch keys lie outside the data folder"),
    "MASTER_KEY_FILE": ("data/keys/master.key", "the master key lies outside the data folder"),
}


@pytest.mark.parametrize("name", MISPLACED)
def test_a_real_ones_keys_lie_where_its_data_do_not(
    real: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    place, said = MISPLACED[name]
    write_private(tmp_path / "data/keys/master.key", b"m" * 32)
    monkeypatch.setenv(f"HOPTHU_{name}", str(tmp_path / place))
    report = examine(capsys)
    assert (report.code, said in report.bad()) == (1, True)


def test_epoch_keys_on_a_disk_are_told(real: Path, capsys: pytest.CaptureFixture[str], quiet_machine: Path) -> None:
    (quiet_machine / "mounts").write_text("/dev/sda1 / ext4 rw 0 0\n")
    assert examine(capsys).bad() == ["epoch keys lie in memory, on tmpfs"]


def test_where_the_system_does_not_tell_nothing_is_said(
    real: Path, capsys: pytest.CaptureFixture[str], quiet_machine: Path
) -> None:
    for name in ("mounts", "swaps"):
        (quiet_machine / name).unlink()
    assert examine(capsys).code == 0


def test_the_nearest_mount_counts(quiet_machine: Path) -> None:
    (quiet_machine / "mounts").write_text("x / ext4 rw\nx /run tmpfs rw\nx /run/a\\040b ext4 rw\nodd\n")
    found = [machine.file_system(Path(place)) for place in ("/var", "/run/hopthu", "/run/a b/c", "/runs")]
    assert found == ["ext4", "tmpfs", "ext4", "ext4"]


def test_swap_and_core_dumps_are_advised_against(
    real: Path, capsys: pytest.CaptureFixture[str], quiet_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (quiet_machine / "swaps").write_text("Filename\n/swapfile file 100 0 -2\n")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    report = examine(capsys)
    assert report.code == 0
    assert report.tips() == ["the machine does not swap", "a crash writes no memory to a disk"]


def test_a_full_disk_is_told(good: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1 << 40, 1 << 40, 5 << 20))
    assert examine(capsys).bad() == ["free where the data lies: 5 MiB"]


def test_backups_that_are_old_or_none(
    real: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    later = time.time() + 5 * 24 * 3600
    with monkeypatch.context() as patch:
        patch.setattr(time, "time", lambda: later)
        assert examine(capsys).bad() == ["the last backup is 5 days old"]
    (real / "keys" / "backup.json").write_text("{")
    assert "backup.json is damaged" in examine(capsys).bad()[0]
    (real / "keys" / "backup.json").unlink()
    assert examine(capsys).bad() == ["a backup was made"]


def test_backups_kept_longer_than_people_are_told(
    real: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first.hopthu", tmp_path / "second.hopthu"
    backing.back_up(first, None, lambda *_: None)
    later = time.time() + 15 * 24 * 3600
    monkeypatch.setattr(time, "time", lambda: later)
    backing.back_up(second, None, lambda *_: None)
    assert examine(capsys).code == 0, "nobody is told of any days"
    lay_down(real, "backup-days", b"14")
    report = examine(capsys)
    assert report.bad() == ["no backup made here lies longer than the 14 days people are told"]
    assert f"erase {first}, and every copy" in report.text
    assert str(second) not in report.text
    first.unlink()
    assert examine(capsys).code == 0
    backing.back_up(tmp_path / "third.hopthu", None, lambda *_: None)
    assert str(first) not in (real / "keys" / "backup.json").read_text()


def test_texts_that_changed_since_they_were_approved(
    real: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert examine(capsys).tips() == []
    locales = shutil.copytree(load_config().locales, tmp_path / "locales")
    (locales / "vi.ftl").write_text((locales / "vi.ftl").read_text("utf-8") + "moi = Mới\n", "utf-8")
    monkeypatch.setattr(Config, "locales", property(lambda _: locales))
    report = examine(capsys)
    assert (report.code, len(report.tips())) == (0, 1)
    assert report.tips()[0].startswith("the wording is what the unit approved on 20")
    assert "hopthu unit wording --approved" in report.text
    lay_down(real, "wording-approved", b"words")
    assert examine(capsys).tips() == ["the unit's approval is noted"]


def lay_down(data: Path, key: str, value: bytes) -> None:
    with sqlite3.connect(data / "hopthu.sqlite3") as connection:
        connection.execute("DELETE FROM settings WHERE key = ?", (key,))
        connection.execute("INSERT INTO settings (key, value) VALUES (?, ?)", (key, value))
    connection.close()


@pytest.mark.parametrize("begun", [init_begun, restore_begun, rotation_begun])
def test_what_was_broken_off_is_told(
    good: Path, capsys: pytest.CaptureFixture[str], begun: Callable[[Config], Path]
) -> None:
    write_private(begun(load_config()), b"")
    (line,) = examine(capsys).bad()
    assert "came to its end" in line


def test_another_users_folder_is_told(
    good: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    assert len([line for line in examine(capsys).bad() if "belongs to whoever runs this" in line]) == 2


def bad(findings: Iterable[Finding]) -> list[str]:
    return [finding.what for finding in findings if not finding.fine]


REACHED = (
    ({"public_url": "http://hopthu.example"}, True, ["residents and officers come by https"]),
    ({"public_url": "http://hopthu.example"}, False, []),
    ({"exit_url": "https://weather.example/"}, False, []),
    ({"exit_url": "http://weather.example/"}, False, ["quick exit leads to a page of somebody else's"]),
    ({"exit_url": "weather"}, False, ["quick exit leads to a page of somebody else's"]),
    (
        {"exit_url": "https://hopthu.example/so", "public_url": "https://hopthu.example"},
        True,
        ["quick exit leads to a page of somebody else's"],
    ),
    (
        {
            "telegram_token": "42:x",
            "telegram_mode": "webhook",
            "public_url": "https://hopthu.example",
            "telegram_webhook_secret": "no spaces",
        },
        True,
        ["officers are told on their phones", "the webhook has a public address and a secret"],
    ),
)


@pytest.mark.parametrize(("settings", "is_real", "said"), REACHED)
def test_ways_in_that_are_wrong(settings: dict[str, str], is_real: bool, said: list[str]) -> None:
    assert bad(reach.findings(Config(**settings), real=is_real)) == said  # type: ignore[arg-type] # settings by name


def test_a_proxy_on_the_way_out_is_advised_against(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert bad(reach.findings(Config(), real=False)) == []
    found = [one for one in reach.findings(Config(telegram_token="42:x"), real=False) if not one.fine]  # type: ignore[arg-type] # pydantic reads it from text
    assert [one.advice for one in found] == [True, True]
    assert {one.what for one in found} == {
        "officers are told on their phones",
        "nobody stands between the product and Telegram",
    }


def test_a_proxy_that_keeps_who_came_is_told(quiet_machine: Path) -> None:
    ours = (Path(__file__).parents[3] / "deploy" / "nginx.conf").read_text()
    file = quiet_machine / "nginx.conf"
    for content, fine in (
        (ours, True),
        (ours.replace("access_log off;", "access_log /var/log/nginx/access.log;"), False),
        (ours.replace("proxy_buffering off;", "# proxy_buffering off;"), False),
        (ours.replace('X-Real-IP ""', "X-Real-IP $remote_addr"), False),
        (f"# once $remote_addr stood here\n{ours}", True),
    ):
        file.write_text(content)
        assert (bad(reach.findings(Config(), real=False)) == []) is fine


def forge(data: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(data / "hopthu.sqlite3") as connection:
        connection.execute(statement, values)
    connection.close()


def test_a_sheet_that_was_taken_away_is_told(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    forge(good, "DELETE FROM sheets WHERE n = 2")
    assert "unit 18118 has the newest sheet seen here" in examine(capsys).bad()


async def test_open_tips_whose_readers_left_are_counted(
    folder: Path, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with open_installation(folder, clock=Clock()) as box:
        page = Page(box)
        await page.open()
        await page.file_tip("Có người bán ma túy")
    forge(good, "UPDATE grants SET recipient = 'another' WHERE recipient != 'recovery'")
    report = await asyncio.to_thread(examine, capsys)
    assert report.bad() == ["somebody who is let in has a key to every open tip"]
    assert "1 open tip(s) have none" in report.text


def test_nobody_on_duty_is_told(
    good: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    chief = inside.SheetBook.receiver

    def without_duty(*arguments: object, **named: object) -> object:
        found = chief(*arguments, **named)  # type: ignore[arg-type] # arguments of the check
        assert found is not None
        lines = tuple(replace(line, role="chief") for line in found.sheet.officers)
        return replace(found, sheet=replace(found.sheet, officers=lines))

    monkeypatch.setattr(inside.SheetBook, "receiver", without_duty)
    assert examine(capsys).bad() == ["somebody is on duty for unit 18118"]


def test_a_clock_behind_the_newest_sheet(
    good: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "time", Clock(Clock().now - 7 * 24 * 3600))
    assert "the clock is not behind unit 18118's sheet" in examine(capsys).bad()


def test_a_crowd_of_waiting_messages(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(good / "hopthu.sqlite3") as connection:
        rows = [(b"l" * 32, n, 1, "telegram", b"b", 0, 0, "waiting", 0) for n in range(inside.CROWD + 1)]
        connection.executemany("INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.close()
    assert examine(capsys).bad() == ["no crowd of messages waits"]


def test_reminders_that_nobody_looks_at(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(good / "hopthu.sqlite3") as connection:
        connection.execute("INSERT INTO rungs VALUES (?, '18118', 'open', 9, 0, 9)", (bytes(16),))
        connection.commit()
        assert examine(capsys).bad() == ["reminders to officers go out when they are due"]
        ran = b"%010d" % (Clock().now - inside.LADDER_WAITS + 60)
        connection.execute("INSERT INTO settings VALUES (?, ?)", (RAN, ran))
        connection.commit()
        assert examine(capsys).bad() == []
    connection.close()


def test_a_database_that_is_careless_or_open(
    good: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inside, "careless_settings", lambda _: ("secure_delete",))
    report = examine(capsys)
    assert report.bad() == ["the database overwrites what is erased and survives a power cut"]
    assert "it refused: secure_delete" in report.text
    (good / "hopthu.sqlite3").chmod(0o644)
    assert "hopthu.sqlite3 is closed to others" in examine(capsys).bad()[0]


def test_a_servers_log_that_listens(
    good: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inside, "loud_settings", lambda _: ("log_statement",))
    assert examine(capsys).bad() == ["the database server's log holds no statement of ours"]


def test_is_it_real(folder: Path) -> None:
    assert not keys.is_real(load_config())
