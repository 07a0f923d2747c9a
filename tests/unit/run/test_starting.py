"""What a start prepares and what it says, in each role."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.run import start
from bot.run.app import Product
from bot.run.config import Config, load_config
from bot.run.foundation import make_site
from bot.service.errors import NotAccepted
from crypto.signing import Signer
from storage.migrate import upgrade


@pytest.fixture(autouse=True)
def served(monkeypatch: pytest.MonkeyPatch) -> list[Product]:
    """Nothing listens and no log is set up; a product is ready at once."""
    found: list[Product] = []

    def ready_at_once(product: Product, _config: Config, ready: Callable[[], None]) -> None:
        found.append(product)
        ready()

    monkeypatch.setattr(start, "serve", ready_at_once)
    monkeypatch.setattr(start, "configure", lambda: None)
    return found


ROLES = {
    "all": ("Residents:", "Officers:", "Enrol"),
    "desk": ("Officers:", "Enrol"),
    "intake": ("Residents:",),
    "worker": (),
}


@pytest.mark.parametrize("role", ROLES)
def test_what_each_role_says(
    folder: Path, served: list[Product], capsys: pytest.CaptureFixture[str], role: str
) -> None:
    start.up(role, None, 9000)
    said = capsys.readouterr().out
    assert {word for word in ("Residents:", "Officers:", "Enrol") if word in said} == set(ROLES[role])
    assert ("DEMONSTRATION" in said, f"Data:       {folder}" in said, len(served)) == (True, True, 1)
    assert (folder / "enrolment-link.txt").exists() == ("Enrol" in ROLES[role])


def test_a_link_goes_to_a_private_file_and_never_to_a_log(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start.up("all", None, None)
    link = (folder / "enrolment-link.txt").read_text().strip()
    assert link.startswith("http://127.0.0.1:8080/desk#enrol=")
    assert link.rpartition("=")[2] not in capsys.readouterr().out
    assert stat.S_IMODE((folder / "enrolment-link.txt").stat().st_mode) == 0o600


def test_on_a_terminal_it_is_shown(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "_is_terminal", lambda: True)
    start.up("all", None, None)
    assert "/desk#enrol=" in capsys.readouterr().out
    assert not (folder / "enrolment-link.txt").exists()


def test_a_real_installation_invites_nobody_by_itself(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_site(load_config(), Signer.generate().verify_key, demo=False)
    upgrade(load_config().database)
    start.up("all", "127.0.0.1", None)
    said = capsys.readouterr().out
    assert ("DEMONSTRATION" in said, "Enrol" in said) == (False, False)
    assert "Residents:  http://127.0.0.1:8080/\n" in said


def test_a_role_nobody_plays(served: list[Product]) -> None:
    with pytest.raises(NotAccepted, match="no such role"):
        start.up("king", None, None)
    assert served == []


@pytest.mark.parametrize(
    ("host", "local"),
    [("localhost", True), ("127.0.0.1", True), ("::1", True), ("127.9.9.9", True), ("0.0.0.0", False), ("x.vn", False)],
)
def test_which_addresses_are_of_this_machine(host: str, local: bool) -> None:
    assert start._is_local(host) is local


def test_a_real_installation_may_be_reached_from_outside(folder: Path, served: list[Product]) -> None:
    make_site(load_config(), Signer.generate().verify_key, demo=False)
    upgrade(load_config().database)
    start.up("desk", "0.0.0.0", None)
    assert len(served) == 1
