"""Settings: what is set, what follows from it, and what cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.run.config import PROJECT, Config, load_config
from bot.service.errors import NotAccepted


def test_with_nothing_set_everything_lies_in_the_data_folder(folder: Path) -> None:
    config = load_config()
    assert (config.keys, config.master_key) == (folder / "keys", folder / "keys" / "master.key")
    assert (config.ephemeral, config.database) == (folder / "ephemeral", f"sqlite:///{folder}/hopthu.sqlite3")
    assert (config.blobs, config.web) == (f"file://{folder}/blobs", "http://127.0.0.1:8080")
    assert (config.locales, config.pages) == (PROJECT / "locales", PROJECT / "web" / "dist")


def test_what_is_set_goes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = {
        "EPHEMERAL_DIR": str(tmp_path / "ram"),
        "MASTER_KEY_FILE": str(tmp_path / "m.key"),
        "DATABASE_URL": "postgresql+asyncpg://u@h/d",
        "BLOB_URL": "memory://",
        "PUBLIC_URL": "https://hopthu.example/",
        "TELEGRAM_TOKEN": "",
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"HOPTHU_{name}", value)
    config = load_config()
    assert (config.ephemeral, config.master_key) == (tmp_path / "ram", tmp_path / "m.key")
    assert (config.database, config.blobs) == ("postgresql+asyncpg://u@h/d", "memory://")
    assert (config.web, config.telegram_token) == ("https://hopthu.example", None)


@pytest.mark.parametrize(
    ("host", "shown"), [("0.0.0.0", "127.0.0.1"), ("::", "127.0.0.1"), ("::1", "[::1]"), ("10.0.0.2", "10.0.0.2")]
)
def test_the_address_as_shown(host: str, shown: str) -> None:
    assert load_config(host=host, port=9000).web == f"http://{shown}:9000"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "eighty", "HOPTHU_PORT: input should be a valid integer"),
        ("PORT", "70000", "HOPTHU_PORT: input should be less than or equal to 65535"),
        ("TELEGRAM_MODE", "carrier", "HOPTHU_TELEGRAM_MODE: input should be 'polling' or 'webhook'"),
        ("DATABASE_URL", "mysql://root:secret@h/d", "HOPTHU_DATABASE_URL: must begin with sqlite:///"),
        ("DATABASE_URL", "postgresql+asyncpg://u:secret@h:5x/d", "HOPTHU_DATABASE_URL: the host and port in it"),
        ("DATABASE_URL", "postgresql+asyncpg://u:secret@[::1/d", "HOPTHU_DATABASE_URL: the host and port in it"),
        ("BLOB_URL", "s3://secret", "HOPTHU_BLOB_URL: must begin with file:///"),
        ("PUBLIC_URL", "hopthu.example", "HOPTHU_PUBLIC_URL: must begin with https://"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(f"HOPTHU_{name}", value)
    with pytest.raises(NotAccepted) as told:
        load_config()
    assert str(told.value).startswith(said)
    assert "secret" not in str(told.value)


def test_a_token_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOPTHU_TELEGRAM_TOKEN", "42:hush")
    assert "hush" not in repr(Config())


@pytest.mark.parametrize("name", ["@hopthu_bot", "hopthu bot", "bot", "https://t.me/hopthu_bot"])
def test_a_bots_name_is_a_name_alone(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("HOPTHU_TELEGRAM_NAME", name)
    with pytest.raises(NotAccepted) as told:
        load_config()
    assert str(told.value).startswith("HOPTHU_TELEGRAM_NAME: ")
    monkeypatch.setenv("HOPTHU_TELEGRAM_NAME", "hopthu_nhl_bot")
    assert load_config().telegram_name == "hopthu_nhl_bot"


@pytest.mark.parametrize("account", ["https://zalo.me/579745863508352884", "congan", "12"])
def test_a_zalo_accounts_id_is_a_number_alone(monkeypatch: pytest.MonkeyPatch, account: str) -> None:
    monkeypatch.setenv("HOPTHU_ZALO_OA_ID", account)
    with pytest.raises(NotAccepted) as told:
        load_config()
    assert str(told.value).startswith("HOPTHU_ZALO_OA_ID: ")
    monkeypatch.setenv("HOPTHU_ZALO_OA_ID", "579745863508352884")
    assert load_config().zalo_oa_id == "579745863508352884"
