"""Commands in the wrong place: by another user than the service's, without a database, with a folder that is none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from integration.shell import Shell, one_line

SERVICE = 54_321
"""A user that is nobody here."""
COMMANDS = (
    ("officer", "list"),
    ("unit", "request", "18118"),
    ("audit", "key"),
    ("backup", "today.hopthu", "--to", "age1pq1"),
    ("keys", "rotate", "--yes"),
    ("restore", "today.hopthu", "--key", "backup.key"),
    ("up", "--port", "0"),
)


@pytest.fixture
def services(real: Shell) -> Shell:
    """A real installation of the service's user, in a folder that this test's user can write to all the same."""
    if os.geteuid() != 0:
        pytest.skip("only root can give files to another user")
    real.says("backup", "key", "--out", "safe")
    (real.folder / "backup.key").write_bytes((real.folder / "safe" / "backup.key").read_bytes())
    for path in (real.data, *real.data.rglob("*")):
        os.chown(path, SERVICE, SERVICE)
    return real


def owners(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_uid for path in folder.rglob("*")}


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_root_is_told_whose_it_is_and_makes_nothing(services: Shell, words: tuple[str, ...]) -> None:
    (services.data / "keys" / "notes.key").unlink()
    before = owners(services.data)
    said = one_line(services.run(*words))
    assert f"{services.data} belongs to another user; run this as {SERVICE}: runuser -u {SERVICE} -- hopthu" in said
    assert owners(services.data) == before


def test_root_sets_nothing_up_in_the_services_folder(shell: Shell) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give files to another user")
    shell.data.mkdir(mode=0o700)
    os.chown(shell.data, SERVICE, SERVICE)
    done = shell.run("init", "--authority", "ab" * 32, "--unit", "18118", "--name-vi", "phường A")
    assert "belongs to another user" in done.stderr
    assert list(shell.data.iterdir()) == []


LOST = (
    ("officer", "list"),
    ("backup", "again.hopthu", "--to", "safe/backup.pub"),
    ("keys", "rotate", "--yes"),
    ("audit", "export", "--unit", "18118", "audit.txt"),
    ("up", "--port", "0"),
)


@pytest.mark.parametrize("words", LOST, ids=lambda words: words[0])
def test_nothing_begins_anew_where_the_database_was_lost(real: Shell, words: tuple[str, ...]) -> None:
    real.says("backup", "key", "--out", "safe")
    for path in real.data.glob("hopthu.sqlite3*"):
        path.unlink()
    assert f"the database {real.data}/hopthu.sqlite3 is missing; restore it" in one_line(real.run(*words))
    assert list(real.data.glob("hopthu.sqlite3*")) == []


@pytest.mark.parametrize("option", ["--out", "--env-file"])
def test_init_makes_nothing_if_it_could_not_hand_it_over(shell: Shell, option: str) -> None:
    answers = (
        "--unit",
        "18118",
        "--name-vi",
        "phường A",
        "--name-en",
        "A ward",
        "--contact",
        "1",
        "--wording-approved",
    )
    said = one_line(shell.run("init", "--authority", "ab" * 32, *answers, option, "nowhere/file"))
    assert f"{shell.folder}/nowhere is no folder that can be written to; name another for file" in said
    assert not shell.data.exists()


def test_half_a_key_of_notes_is_none(real: Shell) -> None:
    (real.data / "keys" / "notes.key").write_bytes(b"{")
    assert "notes.key is damaged" in one_line(real.run("officer", "list"))


def test_a_recovery_identity_is_a_units(shell: Shell) -> None:
    shell.says("authority", "create", "usb", "--open")
    assert "its official one" in one_line(shell.run("authority", "recovery", "usb", "../18118"))
