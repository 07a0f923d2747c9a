"""From one server to another by files alone: key pair, backup, a machine that is empty, restore."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from integration.shell import Shell, one_line

from bot.edge.cli import backups

KEY = ("--key", "safe/backup.key")


@pytest.fixture
def saved(real: Shell) -> Shell:
    """A real installation, backed up; the shell then stands before an empty machine."""
    assert "Keep it, and a copy of it, off every server" in real.says("backup", "key", "--out", "safe")
    said = real.says("backup", "today.hopthu", "--to", "safe/backup.pub")
    assert "0 tips" in said
    assert "It holds no chat and no key" in said
    real.says("backup", "master", "master.hopthu")
    real.settings["HOPTHU_DATA_DIR"] = str(real.folder / "second")
    return real


def authority(shell: Shell) -> str:
    site = (shell.data / "keys" / "site.json").read_text()
    found = re.search(r'"authority": "([0-9a-f]{64})"', site)
    assert found is not None
    return found[1]


def test_an_empty_machine_becomes_the_installation(saved: Shell) -> None:
    public = authority(saved)
    said = saved.says("restore", "today.hopthu", *KEY, "--authority", public, "--master", "master.hopthu")
    assert "Unit 18118: newest sheet here is number 1" in said
    assert "take in every newer sheet" in said
    second = saved.folder / "second" / "keys"
    for name in ("site.json", "master.key", "sheet-numbers.json"):
        assert (second / name).read_bytes() == (saved.data / "keys" / name).read_bytes()
    assert saved.says("officer", "list") == ""
    assert "Request written" in saved.says("unit", "request", "18118")


def test_the_private_key_may_be_typed_from_paper(saved: Shell) -> None:
    typed = (saved.folder / "safe" / "backup.key").read_text().lower()
    words = ("restore", "today.hopthu", "--authority", authority(saved), "--master", "master.hopthu")
    assert "Restored" in saved.says(*words, typed=typed)


def test_the_private_key_is_shown_once_and_on_a_terminal_alone(shell: Shell) -> None:
    assert "on a terminal alone" in one_line(shell.run("backup", "key"))
    shell.monkeypatch.setattr(backups, "is_terminal", lambda: True)
    said = shell.says("backup", "key")
    assert len(re.findall(r"AGE-SECRET-KEY-PQ-1[0-9A-Z]+", said)) == 1
    assert re.search(r"^age1pq1[0-9a-z]{1900,}$", said, re.MULTILINE)
    assert list(shell.folder.iterdir()) == []


REFUSED = (
    (("backup", "again.hopthu"), "there is no installation in"),
    (("restore", "today.hopthu", *KEY), "name the authority with --authority"),
    (("restore", "today.hopthu", *KEY, "--authority", "00" * 32), "of another authority"),
    (("restore", "today.hopthu", "--key", "first.json"), "no private key"),
    (("restore", "master.hopthu", *KEY), "damaged"),
    (("restore", "nowhere.hopthu", *KEY), "no such file or directory: nowhere.hopthu"),
)


def test_what_is_refused_is_one_plain_line_and_changes_nothing(saved: Shell) -> None:
    for words, said in REFUSED:
        assert said in one_line(saved.run(*words)), words
    assert not (saved.folder / "second").exists()


def test_a_backup_is_not_written_over(real: Shell) -> None:
    Path(real.folder / "mine").write_text("mine")
    real.says("backup", "key", "--out", "safe")
    assert "is there already" in one_line(real.run("backup", "mine", "--to", "safe/backup.pub"))
    assert (real.folder / "mine").read_text() == "mine"
    assert real.run("backup").returncode == 2
    assert real.run("restore").returncode == 2
