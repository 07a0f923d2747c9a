"""Commands by another user than the service's: what root would make, the service could not open."""

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
