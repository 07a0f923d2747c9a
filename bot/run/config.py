"""Settings from the environment (`HOPTHU_*`), and where things lie in the data folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.service.errors import NotAccepted

PROJECT = Path(__file__).resolve().parents[2]
"""The checkout: catalogues and built pages lie in it."""


KINDS = {
    "database_url": ("sqlite:///", "postgresql+asyncpg://"),
    "blob_url": ("file:///", "memory://"),
    "public_url": ("https://", "http://"),
    "telegram_api_base": ("https://", "http://"),
}
"""How the addresses among the settings begin."""


_PLACE = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]]*)(:[0-9]{1,5})?")
"""Host and port of a database's address."""


class Config(BaseSettings):
    """Everything that can be set from outside. With nothing set, a demonstration runs on this machine alone."""

    model_config = SettingsConfigDict(
        env_prefix="HOPTHU_", extra="ignore", hide_input_in_errors=True, env_ignore_empty=True
    )

    data_dir: Path = Path("data")
    ephemeral_dir: Path | None = None
    database_url: str | None = None
    blob_url: str | None = None
    public_url: str | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    demo: bool = False
    master_key_file: Path | None = None
    telegram_token: SecretStr | None = None
    telegram_desk_token: SecretStr | None = None
    telegram_api_base: str = "https://api.telegram.org"
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_webhook_secret: SecretStr | None = None
    telegram_name: str | None = Field(
        default=None, pattern=r"^[A-Za-z][A-Za-z0-9_]{4,31}$", description="The bot's name, for links to it in print."
    )
    zalo_oa_id: str | None = Field(
        default=None, pattern=r"^[0-9]{6,24}$", description="The Zalo account's id, for links to it in print."
    )
    exit_url: str | None = Field(default=None, description="Neutral page that quick exit leads to; the board if unset.")

    @field_validator("database_url", "blob_url", "public_url", "telegram_api_base")
    @classmethod
    def _known_kind(cls, value: str | None, info: ValidationInfo) -> str | None:
        kinds = KINDS[str(info.field_name)]
        if value is not None and not value.startswith(kinds):
            raise ValueError(f"must begin with {' or '.join(kinds)}")
        return value

    @field_validator("database_url")
    @classmethod
    def _has_a_place(cls, value: str | None) -> str | None:
        kind, _, rest = (value or "").partition("://")
        place = re.split("[/?]", rest.rpartition("@")[2], maxsplit=1)[0]
        if kind.startswith("postgresql") and not _PLACE.fullmatch(place):
            raise ValueError("the host and port in it cannot be read")
        return value

    @property
    def keys(self) -> Path:
        """Folder of keys (0700)."""
        return self.data_dir.resolve() / "keys"

    @property
    def master_key(self) -> Path:
        """File of the master key (0600)."""
        return self.master_key_file or self.keys / "master.key"

    @property
    def ephemeral(self) -> Path:
        """Folder of the epoch keys (0700); on a real deployment a tmpfs."""
        return (self.ephemeral_dir or self.data_dir / "ephemeral").resolve()

    @property
    def database(self) -> str:
        """Database address; SQLite in the data folder unless set."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'hopthu.sqlite3'}"

    @property
    def blobs(self) -> str:
        """Address of the store of sealed media."""
        return self.blob_url or f"file://{self.data_dir.resolve() / 'blobs'}"

    @property
    def web(self) -> str:
        """Address of the resident pages as residents see it."""
        return (self.public_url or f"http://{_shown(self.host)}:{self.port}").rstrip("/")

    @property
    def locales(self) -> Path:
        """Folder of the catalogues."""
        return PROJECT / "locales"

    @property
    def pages(self) -> Path:
        """Folder of the built pages."""
        return PROJECT / "web" / "dist"


def load_config(
    *, host: str | None = None, port: int | None = None, answers: Mapping[str, str] | None = None
) -> Config:
    """The settings of the environment; `host`, `port` and `answers` go before them.

    Raises:
        NotAccepted: a setting cannot be used; it is named, its value is not shown.
    """
    changes = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    try:
        return Config(**(answers or {})).model_copy(update=changes)  # type: ignore[arg-type] # as words, like the environment's
    except ValidationError as error:
        found = error.errors(include_input=False)[0]
        setting = f"HOPTHU_{'_'.join(str(part) for part in found['loc']).upper()}"
        reason = found["msg"].removeprefix("Value error, ")
        raise NotAccepted(f"{setting}: {reason[:1].lower()}{reason[1:]}") from None


def _shown(host: str) -> str:
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, never bound
    return f"[{shown}]" if ":" in shown else shown
