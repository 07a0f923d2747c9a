"""The command line as an operator uses it: every command a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import re
import signal
import stat
import subprocess
import sys
import time

import httpx
import pytest
from installation import Clock
from integration.served import DeskBrowser, Served, unb64
from integration.shell import Shell, applied, one_line, sign
from product import COMMAND, Product, free_port

from bench.commands import BENCHES
from crypto.sheets import verify_sheet

COMMANDS = (
    "up", "init", "doctor", "officer invite", "officer list", "officer approve", "officer remove", "unit sheet",
    "officer import", "unit import", "unit export",
    "unit add", "unit find", "unit list", "unit merge", "unit request", "unit wording", "authority create",
    "authority recovery", "authority sign", "authority page", "authority lock", "authority unlock",
    "backup key", "backup file", "backup master", "restore", "keys rotate",
    "box add", "box rename", "box move", "box contact", "box close", "box replace", "box list", "box qr",
    "box coverage", "box import", "box export", "hamlet add", "hamlet rename", "hamlet end", "hamlet board",
    "hamlet list", "hamlet import", "hamlet export", "poster box", "poster unit",
    "unit requests", "authority compare", "authority renew", "authority shorten", "authority merge", "authority sheets",
    "hotline list", "hotline add", "hotline change", "hotline remove", "hotline check", "hotline order",
    "hotline import", "hotline export",
    *(f"{group} history" for group in ("unit", "hamlet", "box", "hotline", "roster", "officer")),
    "audit export", "audit checkpoint", "audit verify", "audit acknowledgement", "audit key",
    "unit recovery create", "unit recovery check", "unit recovery use",
    "unit route", "roster list", "roster show", "roster set", "roster swap",
    "unit retention", "export counts",
    "unit profile", *(f"unit holidays {name}" for name in ("list", "add", "remove", "import", "export", "history")),
    "export register",
    *(f"roster swaps {name}" for name in ("list", "import", "export", "history")),
    "roster import", "roster export",
    "bench all", "bench soak", *(f"bench {name}" for name in BENCHES),
)  # fmt: skip
GROUPS = (
    "officer",
    "unit",
    "unit recovery",
    "unit holidays",
    "export",
    "hotline",
    "roster",
    "roster swaps",
    "box",
    "hamlet",
    "poster",
    "authority",
    "backup",
    "keys",
    "audit",
    "bench",
)
HEAVY = ("aiogram", "fastapi", "sqlalchemy", "cryptography", "PIL", "uvicorn", "typst", "segno", "openpyxl")


@pytest.mark.parametrize(
    "words", [["--help"], ["officer", "--help"], ["up", "--help"], ["poster", "--help"], ["hotline", "--help"]]
)
def test_help_loads_nothing_heavy(shell: Shell, words: list[str]) -> None:
    program = "import sys; from bot.run.main import main\ntry:\n main()\nfinally:\n print(*sys.modules)"
    command = [sys.executable, "-c", program, *words]
    done = subprocess.run(command, env=shell.environment(), capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "typer" in loaded
    assert loaded.isdisjoint(HEAVY)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shows_an_example(shell: Shell, command: str) -> None:
    said = shell.says(*command.split(), "--help")
    assert f"Example: hopthu {command}" in " ".join(said.split())


def test_every_command_is_known_here(shell: Shell) -> None:
    found = set()
    for group in ("", *GROUPS):
        said = shell.says(*group.split(), "--help")
        names = re.findall(r"^│ (\S+) ", said.partition("Commands")[2], re.MULTILINE)
        found |= {f"{group} {name}".strip() for name in names}
    assert found - {*GROUPS} == set(COMMANDS)


TYPED_WRONG = (
    (("fly",), "No such command"),
    (("up", "--port", "eighty"), "Invalid value"),
    (("up", "--port", "70000"), "Invalid value"),
    (("up", "--role", "king"), "is not one of"),
    (("officer", "invite", "18118", "A", "--role", "clerk"), "is not one of"),
    (("init",), "Missing option"),
)


@pytest.mark.parametrize(("words", "said"), TYPED_WRONG)
def test_what_is_typed_wrong_is_said(shell: Shell, words: tuple[str, ...], said: str) -> None:
    done = shell.run(*words)
    assert (done.returncode, said in done.stderr) == (2, True)


async def test_from_init_to_an_officer_who_reads(real: Shell) -> None:
    real.run = real.apart  # type: ignore[method-assign,assignment] # each command a process of its own
    link = real.says("officer", "invite", "18118", "Đ/c A", "--role", "duty").strip()
    product = Product(real.folder, settings=real.settings).start()
    try:
        async with DeskBrowser(at(product)) as browser:
            told = (await browser.post("enrolment/open", token=link.rpartition("=")[2])).json()
            assert (told["name"], told["role"], told["demo"]) == ("Đ/c A", "duty", False)
            enrolled = (await browser.enrol(link.rpartition("=")[2])).json()
            assert enrolled["state"] == "requested"
            (listed,) = json.loads(real.says("officer", "list", "--json"))
            assert (listed["serial"], listed["status"]) == (enrolled["serial"], "requested")
            assert listed["digits"] in real.says("officer", "approve", listed["serial"])
            shown = real.says("authority", "sign", "sheet-request.json", "--key", "usb", "--out", "sheet.txt", "--yes")
            assert listed["digits"] in shown
            assert "1 officer(s)" in real.says("unit", "sheet", "sheet.txt")
            assert (await browser.get("enrolment/state")).json() == {"state": "active"}
            assert (await browser.login()).json()["serial"] == enrolled["serial"]
            assert (await browser.get("tips")).json()["total"] == 0
            assert (await browser.get("me")).json()["stale_numbers"] == 0
            real.says("hotline", "add", "18118", "0239 000 0000", "--role", "Trực ban Công an phường")
            assert (await browser.get("me")).json()["stale_numbers"] == 1
            assert {line for line in real.run("doctor").stdout.splitlines() if line.startswith("BAD")} <= LEFT_TO_DO
            sheets = (await browser.get("units/18118/sheets")).json()["sheets"]
            newest = verify_sheet(unb64(sheets[0]["body"]), unb64(browser.me["authority"]))
            assert newest.recovery is not None
            assert "Shut out" in real.says("officer", "remove", enrolled["serial"])
            assert (await browser.get("me")).status_code == 401
        assert not (real.data / "enrolment-link.txt").exists()
    finally:
        product.stop()


LEFT_TO_DO = {
    "BAD  epoch keys lie in memory, on tmpfs",
    "BAD  the master key lies outside the data folder",
    "BAD  a backup was made",
    "BAD  residents and officers come by https",
}
"""What the doctor still wants of an installation that was just made on a desk."""


def at(product: Product) -> Served:
    return Served(product.address, None, None, Clock(), "")  # type: ignore[arg-type] # over HTTP alone


def test_officers_are_listed_as_a_table_too(real: Shell) -> None:
    assert real.says("officer", "list") == ""
    assert json.loads(real.says("officer", "list", "--json")) == []
    token = real.says("officer", "invite", "18118", "Đ/c A").strip().rpartition("=")[2]
    asyncio.run(applied(real, token))
    serial, status, *_ = real.says("officer", "list").split()
    assert status == "requested"
    assert "Digits to compare" in real.says("officer", "approve", serial)
    sign(real, "sheet-request.json")
    assert real.says("officer", "list").split()[1] == "active"
    assert "Shut out" in real.says("officer", "remove", serial)


@pytest.mark.parametrize(("answer", "code"), [("n\n", 1), ("y\n", 0)])
def test_signing_asks_whether_the_digits_were_compared(real: Shell, answer: str, code: int) -> None:
    token = real.says("officer", "invite", "18118", "Đ/c A").strip().rpartition("=")[2]
    asyncio.run(applied(real, token))
    real.says("officer", "approve", "ab12cd34")
    done = real.run("authority", "sign", "sheet-request.json", "--key", "usb", "--out", "second.txt", typed=answer)
    assert "Were all digits read aloud" in done.stdout + done.stderr
    assert (done.returncode, (real.folder / "second.txt").exists()) == (code, code == 0)


def test_signing_asks_nothing_where_nobody_is_new(real: Shell) -> None:
    real.says("unit", "request", "18118")
    assert "1 signed" in real.says("authority", "sign", "sheet-request.json", "--key", "usb", "--out", "second.txt")


def init(authority: str, unit: str) -> tuple[str, ...]:
    """The words that make an installation."""
    named = ("--name-vi", "a", "--name-en", "b", "--contact", "c")
    return ("init", "--authority", authority, "--unit", unit, *named, "--wording-approved")


REFUSED = (
    (("officer", "invite", "99999", "A"), "there is no such unit here"),
    (("officer", "approve", "nobody"), "there is no request with this serial"),
    (("officer", "remove", "nobody"), "there is no officer with this serial"),
    (("unit", "request", "99999"), "there is no such unit here"),
    (("unit", "sheet", "sheet.txt"), "in force already"),
    (("unit", "sheet", "first.json"), "not signed by the authority"),
    (("unit", "sheet", "nowhere.txt"), "no such file or directory: nowhere.txt"),
    (("authority", "create", "usb"), "holds an authority's key already"),
    (("authority", "recovery", "usb", "18118"), "holds a recovery identity of this unit already"),
    (("authority", "recovery", "nowhere", "18118"), "no such file or directory"),
    (("authority", "sign", "sheet.txt", "--key", "usb", "--out", "x", "--yes"), "no request for a unit sheet"),
    (("authority", "sign", "first.json", "--key", ".", "--out", "x", "--yes"), "there is no authority.key"),
    (
        init("00", "1"),
        "holds an installation already",
    ),
)


def test_what_is_refused_is_one_plain_line(real: Shell) -> None:
    for words, said in REFUSED:
        assert said in one_line(real.run(*words)), words


def test_nothing_is_operated_where_nothing_is_installed(shell: Shell) -> None:
    assert "there is no installation in" in one_line(shell.run("officer", "list"))
    assert not shell.data.exists()


@pytest.mark.parametrize(
    ("authority", "unit", "said"),
    [("zz", "18118", "64 characters"), ("00", "18118", "64 characters"), ("00" * 32, "Nam Hồng", "official one")],
)
def test_an_installation_is_not_made_of_nonsense(shell: Shell, authority: str, unit: str, said: str) -> None:
    words = init(authority, unit)
    assert said in one_line(shell.run(*words))
    assert not (shell.data / "keys" / "site.json").exists()


def test_init_goes_on_after_it_was_broken_off(shell: Shell) -> None:
    words = init("00" * 32, "18118")
    shell.says(*words)
    (shell.data / "keys" / "site.json").unlink()
    assert "belongs to an installation already" in one_line(shell.run(*words))
    for path in shell.data.glob("hopthu.sqlite3*"):
        path.unlink()
    shell.says(*words)


@pytest.mark.parametrize(
    ("words", "settings"),
    [
        (["--host", "0.0.0.0"], {}),
        (["--host", "192.168.0.1"], {}),
        (["--host", "hopthu.example"], {}),
        ([], {"HOPTHU_PUBLIC_URL": "https://hopthu.example"}),
        ([], {"HOPTHU_TELEGRAM_TOKEN": "42:token"}),
    ],
)
def test_a_demonstration_is_not_shown_to_the_world(shell: Shell, words: list[str], settings: dict[str, str]) -> None:
    shell.settings = settings
    said = one_line(shell.apart("up", "--port", str(free_port()), *words))
    assert "this is a demonstration" in said
    assert "HOPTHU_DEMO=1" in said
    assert not shell.data.exists()


def test_a_demonstration_is_shown_if_asked(shell: Shell) -> None:
    settings = {"HOPTHU_DEMO": "1", "HOPTHU_HOST": "0.0.0.0", "HOPTHU_PUBLIC_URL": "https://hopthu.example"}
    product = Product(shell.folder, settings=settings).start()
    try:
        assert "https://hopthu.example/h/tdp4-nhl" in product.log.read_text()
        assert product.enrolment_link().startswith("https://hopthu.example/desk#enrol=")
    finally:
        product.stop()


def test_a_second_start_keeps_everything_and_makes_a_new_link(shell: Shell) -> None:
    product = Product(shell.folder).start()
    first, link = (shell.data / "keys" / "site.json").read_bytes(), product.enrolment_link()
    mode = stat.S_IMODE((shell.data / "enrolment-link.txt").stat().st_mode)
    product.stop()
    product.start()
    again = product.enrolment_link()
    assert ((shell.data / "keys" / "site.json").read_bytes(), mode) == (first, 0o600)
    assert link != again
    tokens = [one.rpartition("=")[2] for one in (link, again)]
    answers = [
        httpx.post(
            f"{product.address}/api/v1/desk/enrolment/open", json={"token": token}, headers={"X-Hopthu": "1"}
        ).status_code
        for token in tokens
    ]
    product.stop()
    assert answers == [200, 200]
    said = product.log.read_text()
    assert "TRÌNH DIỄN" in said
    assert tokens[0] not in said
    assert str(shell.data / "enrolment-link.txt") in said


def test_on_a_terminal_the_link_is_shown_there_alone(shell: Shell) -> None:
    leader, follower = pty.openpty()
    port = str(free_port())
    running = subprocess.Popen(
        [COMMAND, "up", "--port", port], env=shell.environment(), stdin=follower, stdout=follower, stderr=follower
    )
    os.close(follower)
    said, deadline = b"", time.monotonic() + 60
    while b"Ctrl+C" not in said and time.monotonic() < deadline:
        said += os.read(leader, 4096)
    running.send_signal(signal.SIGINT)
    assert running.wait(30) == 0
    os.close(leader)
    assert re.search(rb"/desk#enrol=[0-9a-f]{64}", said)
    assert not (shell.data / "enrolment-link.txt").exists()


def test_a_port_that_is_taken_is_said(shell: Shell) -> None:
    product = Product(shell.folder).start()
    try:
        assert "address already in use" in one_line(shell.apart("up", "--port", str(product.port)))
    finally:
        product.stop()


def test_it_stops_in_good_order(shell: Shell) -> None:
    product = Product(shell.folder).start()
    assert product.process is not None
    process = product.process
    product.stop()
    assert process.returncode == 0
    assert not list(shell.data.glob("*-wal"))


BROKEN = (
    ({"HOPTHU_PORT": "x"}, "HOPTHU_PORT: input should be a valid integer"),
    ({"HOPTHU_DATA_DIR": "/proc/nowhere"}, "/proc/nowhere cannot be made"),
    ({"HOPTHU_DATABASE_URL": "sqlite:////proc/nowhere/x"}, "no such file or directory"),
    ({"HOPTHU_DATABASE_URL": "postgresql+asyncpg://u:hush@127.0.0.1:9/d"}, "the database is busy"),
    ({"HOPTHU_DEMO": "1", "HOPTHU_TELEGRAM_TOKEN": "hush"}, "the messenger does not know this bot"),
    (
        {"HOPTHU_DEMO": "1", "HOPTHU_TELEGRAM_TOKEN": "1:hush", "HOPTHU_TELEGRAM_MODE": "webhook"},
        "a webhook needs a secret",
    ),
)


@pytest.mark.parametrize(("settings", "said"), BROKEN)
def test_a_start_that_cannot_be_is_one_plain_line(shell: Shell, settings: dict[str, str], said: str) -> None:
    shell.settings = settings
    ended = one_line(shell.apart("up", "--port", str(free_port())))
    assert said in ended
    assert "hush" not in ended


def test_a_key_open_to_others_stops_the_start(shell: Shell) -> None:
    Product(shell.folder).start().stop()
    (shell.data / "keys" / "site.json").chmod(0o644)
    assert "site.json can be read by others" in one_line(shell.apart("up", "--port", str(free_port())))


def test_the_doctor_by_the_command_line(shell: Shell) -> None:
    done = shell.run("doctor")
    assert (done.returncode, "no installation in" in done.stdout) == (1, True)
    found = json.loads(shell.run("doctor", "--json").stdout)
    assert any("no installation in" in str(finding) for finding in found)
