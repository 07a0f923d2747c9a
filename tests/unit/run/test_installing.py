"""`hopthu init` and `up`: an installation that was begun is finished, and a demonstration stays on its machine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.run import installing, start
from bot.run.config import load_config
from bot.run.foundation import open_site, site_file
from bot.run.main import app, main
from bot.service.answers import Installed
from bot.service.errors import NotAccepted

KEY = "ab" * 32


class Stopped(Exception):
    """The process ends here."""


ANSWERS = {
    "authority": KEY,
    "unit": "18118",
    "name_vi": "phường A",
    "name_en": "A ward",
    "contact": "113",
    "wording": "yes",
}


def install(**changes: str) -> Installed:
    request = load_config().data_dir.with_name("request.json")
    return installing.install({**ANSWERS, **changes}, env=None, request=request)


@pytest.fixture
def half(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation that stopped between its tables and its keys."""

    def stop(*_: object, **__: object) -> None:
        raise Stopped

    with monkeypatch.context() as patch:
        patch.setattr(installing, "make_site", stop)
        with pytest.raises(Stopped):
            install()
    assert not site_file(load_config()).exists()
    return folder


def test_an_init_that_was_stopped_is_finished_by_the_next(half: Path) -> None:
    install()
    assert open_site(load_config()).authority.hex() == KEY
    assert not (half / "keys" / "init-begun").exists()
    with pytest.raises(NotAccepted, match="holds an installation already"):
        install()


def test_what_was_begun_for_another_unit_is_not_taken_up(half: Path) -> None:
    with pytest.raises(NotAccepted, match="belongs to an installation already"):
        install(unit="18119")


def test_half_an_installation_becomes_no_demonstration(half: Path) -> None:
    with pytest.raises(NotAccepted, match="stopped before its end"):
        start.up("all", None, 0)


def test_anothers_database_is_refused(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOPTHU_DATABASE_URL", f"sqlite:///{tmp_path / 'shared.sqlite3'}")
    install()
    monkeypatch.setenv("HOPTHU_DATA_DIR", str(tmp_path / "second"))
    with pytest.raises(NotAccepted, match="belongs to an installation already"):
        install()


@pytest.mark.parametrize(
    ("settings", "refused"),
    [
        ({}, False),
        ({"TELEGRAM_TOKEN": "42:x"}, True),
        ({"TELEGRAM_TOKEN": "42:x", "DEMO": "1"}, False),
        ({"TELEGRAM_TOKEN": "42:x", "TELEGRAM_API_BASE": "http://127.0.0.1:9"}, False),
        ({"PUBLIC_URL": "https://hopthu.example"}, True),
    ],
)
def test_a_demonstration_is_public_only_on_purpose(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], refused: bool
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"HOPTHU_{name}", value)
    try:
        start._refuse_public_demonstration(load_config())
    except NotAccepted:
        assert refused
    else:
        assert not refused


@pytest.mark.parametrize(
    "arguments", [["up", "--role", "everything"], ["officer", "invite", "18118", "A", "--role", "boss"]]
)
def test_a_role_that_is_none_is_a_wrong_command(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["hopthu", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2


def test_the_doctor_answers_in_json(folder: Path) -> None:
    result = CliRunner().invoke(app, ["doctor", "--json"])
    findings = json.loads(result.stdout)
    assert result.exit_code == 1
    assert {"fine": False, "what": f"no installation in {folder}", "fix": "run hopthu up, or hopthu init"} in findings
