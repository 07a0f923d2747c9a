"""Recovery sheets by the command line: off the server alone, printed, tried out, used."""

from __future__ import annotations

import time
from pathlib import Path

import pikepdf
import pytest
from installation import OfficerKeys
from integration.shell import Shell, one_line

from bot.run import offline
from bot.service.authority.kept import Office
from bot.service.recovery.sets import MISTYPED, Sheet
from crypto.grants import RECOVERY, open_grant, seal_grant
from crypto.hybrid import Identity
from crypto.recovery import Asked, read_given, write_asked
from crypto.sheets import Officer
from crypto.sheets import Sheet as UnitSheet

UNIT, SITE, TIP = "18118", "thu", bytes(range(16))
CREATE = ("unit", "recovery", "create", UNIT, "--key", "usb", "--out")


@pytest.fixture
def printed(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A machine of the authority; the words of every sheet that is printed."""
    shell.settings["HOPTHU_DATA_DIR"] = str(shell.folder / "none")
    shell.says("authority", "create", "usb", "--open")
    words: list[str] = []
    really = offline.print_sheet

    def print_sheet(sheet: Sheet, *, english: bool, now: int) -> bytes:
        words.append(" ".join(sheet.share.words))
        return really(sheet, english=english, now=now)

    monkeypatch.setattr(offline, "print_sheet", print_sheet)
    return words


def write(folder: Path, name: str, lines: list[str]) -> str:
    (folder / name).write_text("\n".join(lines) + "\n", "utf-8")
    return name


def test_sheets_are_one_page_each_and_prove_themselves(shell: Shell, printed: list[str]) -> None:
    said = shell.says(
        *CREATE, "paper", "--threshold", "2", "--shares", "3", "--holder", "a", "--holder", "b", "--holder", "c"
    )
    assert "any 2 of them" in said
    papers = sorted((shell.folder / "paper").iterdir())
    assert [path.name for path in papers] == [f"recovery-{UNIT}-{n}-of-3.pdf" for n in (1, 2, 3)]
    for path in papers:
        with pikepdf.open(path) as pdf:
            assert len(pdf.pages) == 1
    checked = shell.says("unit", "recovery", "check", UNIT, "--key", "usb", typed=f"{printed[0]}\n{printed[2]}\n")
    assert f"2 sheets make the recovery identity {said.split('identity ')[1].split('.')[0]}" in checked
    assert not any(word in checked for word in printed)
    mistyped = printed[1].split()
    mistyped[9] = "zero" if mistyped[9] != "zero" else "yoga"
    typed = "\n".join((" ".join(mistyped), printed[1], printed[0], ""))
    again = shell.run("unit", "recovery", "check", UNIT, "--key", "usb", typed=typed)
    assert (again.returncode, again.stderr.strip()) == (0, MISTYPED)


def test_too_few_sheets_and_sheets_of_two_sets_prove_nothing(shell: Shell, printed: list[str]) -> None:
    shell.says(*CREATE, "paper")
    shell.says(*CREATE, "second", "--again")
    first, second = printed[:5], printed[5:]
    check = ("unit", "recovery", "check", UNIT, "--key", "usb", "--words")
    shell.says(*check, write(shell.folder, "new", second[1:4]))
    for lines, said in (
        (second[:2], "too few"),
        ([*second[:2], first[0]], "another set"),
        (first[:3], "another identity"),
        ([*second[:2], "one two three"], "mistyped"),
        ([second[0], second[0]], "already"),
    ):
        assert said in one_line(shell.run(*check, write(shell.folder, "typed", lines)))
    assert "--again" in one_line(shell.run(*CREATE, "third"))


@pytest.mark.parametrize("command", ["create", "check", "use"])
def test_no_sheet_is_made_or_typed_where_tips_lie(shell: Shell, printed: list[str], command: str) -> None:
    words = {
        "create": (*CREATE, "paper"),
        "check": ("unit", "recovery", "check", UNIT, "--key", "usb"),
        "use": ("unit", "recovery", "use", "asked.txt", "--key", "usb"),
    }[command]
    shell.settings["HOPTHU_DATABASE_URL"] = "postgresql+asyncpg://localhost/hopthu"
    assert "a database is set here" in one_line(shell.run(*words))
    shell.settings["HOPTHU_DATABASE_URL"] = ""
    (shell.folder / "none").mkdir()
    assert "data folder is here" in one_line(shell.run(*words))
    assert not (shell.folder / "paper").exists()
    assert printed == []


def used(shell: Shell, printed: list[str]) -> tuple[OfficerKeys, Identity]:
    """A new chief on a signed sheet, a tip sealed to the recovery identity before, and the console's file."""
    shell.says(*CREATE, "paper")
    keys, key = OfficerKeys(), Identity.generate()
    now = int(time.time())
    office = Office(shell.folder / "usb", now)
    recipient = (shell.folder / "usb" / f"recovery-{UNIT}.txt").read_text().strip()
    line = Officer("c1", "chihuy1", "chief", keys.identity.recipient, keys.signer.verify_key, now - 60, None)
    office.sign(UnitSheet(SITE, False, UNIT, "phường", None, 1, now - 60, now + 86400, (line,), recipient))
    sealed = seal_grant(key, recipient, site=SITE, tip=TIP, unit=UNIT, officer=RECOVERY, serial=RECOVERY)
    (shell.folder / "asked.txt").write_bytes(b"".join(write_asked(Asked(SITE, UNIT, {TIP: sealed}))))
    return keys, key


def test_the_sheets_give_a_new_chief_the_tips_keys(shell: Shell, printed: list[str]) -> None:
    keys, key = used(shell, printed)
    use = ("unit", "recovery", "use", "asked.txt", "--key", "usb", "--words")
    assert "too few" in one_line(shell.run(*use, write(shell.folder, "typed", printed[:2])))
    said = shell.says(*use, write(shell.folder, "typed", printed[1:4]))
    assert "chihuy1 (chief)" in said
    assert "--again" in said
    given = read_given((shell.folder / "recovered.txt").read_bytes())
    found = open_grant(
        given.grants[TIP]["c1"], keys.identity, site=SITE, tip=TIP, unit=UNIT, officer="chihuy1", serial="c1"
    )
    assert found == key
    assert key.encode() not in (shell.folder / "recovered.txt").read_text()
    assert "is there already" in one_line(shell.run(*use, "typed"))


def test_a_file_of_another_installation_or_of_nothing_is_refused(shell: Shell, printed: list[str]) -> None:
    used(shell, printed)
    use = ("unit", "recovery", "use", "other.txt", "--key", "usb")
    (shell.folder / "other.txt").write_bytes(b"".join(write_asked(Asked("khac", UNIT, {TIP: b"x"}))))
    assert "another installation" in one_line(shell.run(*use))
    (shell.folder / "other.txt").write_bytes(b"words of somebody\n")
    assert "cut short" in one_line(shell.run(*use))
    (shell.folder / "other.txt").write_bytes(b"".join(write_asked(Asked(SITE, UNIT, {TIP: b"x"}))))
    assert "open none of these tips" in one_line(shell.run(*use, "--words", write(shell.folder, "typed", printed[:3])))
    assert not (shell.folder / "recovered.txt").exists()
