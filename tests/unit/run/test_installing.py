"""`hopthu init` and `up`: an installation that was begun is finished, and a demonstration stays on its machine."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.edge.cli import setup
from bot.run import installing, start
from bot.run.config import load_config
from bot.run.foundation import open_site, site_file
from bot.run.main import app, main
from bot.service import wording
from bot.service.answers import Installed
from bot.service.errors import NotAccepted
from crypto.sheets import read_draft

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
    assert {
        "fine": False,
        "what": f"no installation in {folder}",
        "fix": "run hopthu up, or hopthu init",
        "advice": False,
    } in findings


def test_what_is_installed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = install(
        public_url="https://hopthu.example",
        exit_url="https://weather.example/",
        telegram_token="42:abc",
        backup_days="14",
    )
    said = done.env.read_text()
    assert f"HOPTHU_DATA_DIR='{folder}'\n" in said
    assert "HOPTHU_PUBLIC_URL='https://hopthu.example'\n" in said
    assert "HOPTHU_EPHEMERAL_DIR='/run/hopthu/epochs'\n" in said
    assert "42:abc" not in said
    assert done.telegram is not None
    assert done.telegram.read_text() == "HOPTHU_TELEGRAM_TOKEN='42:abc'\n"
    assert {path.stat().st_mode & 0o077 for path in (done.env, done.telegram, folder, folder / "keys")} == {0}
    sheet = read_draft(done.request.read_bytes())
    assert (sheet.unit, sheet.name, sheet.n, sheet.officers) == ("18118", "phường A", 1, ())
    with sqlite3.connect(folder / "hopthu.sqlite3") as connection:
        settings = dict(connection.execute("SELECT key, value FROM settings").fetchall())
    connection.close()
    assert settings.pop("backup-days") == b"14"
    assert len(settings.pop("edition")) == 16
    assert json.loads(settings.pop("wording-approved"))["digest"] == wording.digest(load_config().locales)
    assert settings == {}
    assert any("master key lies beside the data" in line for line in done.advice)
    assert not (folder / "keys" / "init-begun").exists()


WRONG = (
    ({"authority": "zz"}, "64 characters"),
    ({"authority": "00"}, "64 characters"),
    ({"unit": "123"}, "official one"),
    ({"unit": "phường"}, "official one"),
    ({"name_vi": " "}, "one line"),
    ({"name_en": "a\nb"}, "one line"),
    ({"contact": "x" * 201}, "one line"),
    ({"public_url": "http://hopthu.example"}, "no https address"),
    ({"exit_url": "weather"}, "no https address"),
    ({"public_url": "https://a.example/\nHOPTHU_DEMO=1"}, "no https address"),
    ({"public_url": "https://a.example", "exit_url": "https://a.example/x"}, "somebody else's page"),
    ({"ephemeral_dir": "here"}, "from the root on"),
    ({"database_url": "mysql://x"}, "begins with"),
    ({"telegram_token": "hush"}, "a number, a colon and a secret"),
    ({"backup_days": "0"}, "days are a number"),
    ({"backup_days": "two"}, "days are a number"),
    ({"wording": "no"}, "the unit approves the wording first"),
)


@pytest.mark.parametrize(("changes", "said"), WRONG)
def test_an_answer_that_cannot_be_right_changes_nothing(folder: Path, changes: dict[str, str], said: str) -> None:
    with pytest.raises(NotAccepted, match=said):
        install(**changes)
    assert not folder.exists()


def test_a_folder_that_others_see_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir(mode=0o755)
    with pytest.raises(NotAccepted, match="is open to others"):
        install()
    folder.chmod(0o700)
    with monkeypatch.context() as patch:
        patch.setattr(os, "geteuid", lambda: 54321)
        with pytest.raises(NotAccepted, match="another user"):
            install()
    (folder / "keys").write_text("")
    with pytest.raises(NotAccepted, match="is no folder"):
        install()
    monkeypatch.setenv("HOPTHU_DATA_DIR", "/var/www/hopthu")
    with pytest.raises(NotAccepted, match="a web server shows"):
        install()


def test_what_the_environment_says_is_an_answer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOPTHU_EPHEMERAL_DIR", str(tmp_path / "ram"))
    assert f"HOPTHU_EPHEMERAL_DIR='{tmp_path}/ram'\n" in install().env.read_text()


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str, options: tuple[str, ...] = ()) -> Result:
    """`hopthu init` as somebody at a terminal answers it."""
    monkeypatch.setattr(setup, "is_terminal", lambda: True)
    return CliRunner().invoke(app, ["init", *options], input="".join(f"{line}\n" for line in lines))


def test_on_a_terminal_it_asks_for_what_is_missing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    done = typed(
        monkeypatch, "ab", KEY, "phường A", "A ward", "113", "", "", "", "", "", "14", "y", options=("--unit", "18118")
    )
    assert done.exit_code == 0, done.output
    assert "64 characters" in done.output
    assert "Official code" not in done.output
    assert "hopthu authority sign sheet-request.json --key FOLDER" in done.output
    assert (folder.parent / "sheet-request.json").exists()


def test_a_wording_that_is_not_approved_ends_it_and_it_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    first = typed(monkeypatch, KEY, "18118", "phường A", "A ward", "113", "", "", "", "", "42:hush", "", "n")
    assert isinstance(first.exception, NotAccepted)
    assert "hush" not in (folder / "keys" / "init-begun").read_text()
    with pytest.raises(NotAccepted, match="init was stopped"):
        start.up("all", None, 0)
    second = typed(monkeypatch, "", "y")
    assert second.exit_code == 0, second.output
    assert "Official code" not in second.output
    assert open_site(load_config()).authority.hex() == KEY


def test_elsewhere_half_an_answer_is_refused(folder: Path) -> None:
    done = CliRunner().invoke(app, ["init", "--unit", "18118"])
    assert done.exit_code == 2
    assert all(option in done.output for option in ("--authority", "--name-vi", "--wording-approved"))
    assert "--unit" not in done.output.partition("Missing option")[2]
    assert not folder.exists()


def test_it_says_its_version() -> None:
    done = CliRunner().invoke(app, ["--version"])
    assert (done.exit_code, done.output) == (0, "hopthu 0.1.0\n")
