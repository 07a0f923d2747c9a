"""What a real installation is made of: the answers `hopthu init` takes, and whether each can be right.

Owns the plain reasons. Asks nobody, writes nothing, and calls no one: a token is judged by its form alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.service.errors import NotAccepted

UNIT_CODE = re.compile(r"[0-9]{2}|[0-9]{5}")
"""Official codes: five digits of a ward or commune, two of a province."""
AUTHORITY = re.compile(r"[0-9a-fA-F]{64}")
TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
"""A bot's token as @BotFather writes it: number, colon, secret."""
LONGEST_NAME, MOST_DAYS = 200, 3650
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Question:
    """One answer: its name (and option), how it is asked for, and its check. `default` None: it must be given."""

    name: str
    asked: str
    check: Callable[[str], None]
    default: str | None = None
    setting: str | None = None
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Installed:
    """What was made: files to look at and to carry, and what would be better."""

    folder: Path
    env: Path
    telegram: Path | None
    request: Path
    advice: tuple[str, ...]


def _authority(text: str) -> None:
    if not AUTHORITY.fullmatch(text):
        raise NotAccepted("the authority's public key is the 64 characters that hopthu authority create printed")


def _unit(text: str) -> None:
    if not UNIT_CODE.fullmatch(text):
        raise NotAccepted("the unit's code is its official one: five digits, a province's two")


def _words(text: str) -> None:
    if not text.strip() or len(text) > LONGEST_NAME or not text.isprintable():
        raise NotAccepted(f"a name or contact is one line of 1 to {LONGEST_NAME} letters")


def _https(text: str) -> None:
    found = urlsplit(text)
    if found.scheme != "https" or not found.hostname or "'" in text or not text.isprintable():
        raise NotAccepted("this is no https address")


def _optional_https(text: str) -> None:
    if text:
        _https(text)


def _folder(text: str) -> None:
    if not text.startswith("/") or "'" in text or not text.isprintable():
        raise NotAccepted("a folder is named from the root on, as in /run/hopthu/epochs")


def _database(text: str) -> None:
    if text and (not text.startswith(("sqlite:///", "postgresql+asyncpg://")) or "'" in text or not text.isprintable()):
        raise NotAccepted("the database's address begins with postgresql+asyncpg:// or sqlite:///")


def _token(text: str) -> None:
    if text and not TOKEN.fullmatch(text):
        raise NotAccepted("a bot's token is a number, a colon and a secret; copy it from @BotFather")


def _days(text: str) -> None:
    if text and not (text.isdecimal() and 0 < int(text) <= MOST_DAYS):
        raise NotAccepted(f"days are a number from 1 to {MOST_DAYS}, or nothing")


def _wording(text: str) -> None:
    if text != YES:
        raise NotAccepted(
            "the unit approves the wording first: let it read locales/vi.ftl and locales/en.ftl, then run this again"
        )


QUESTIONS = (
    Question("authority", "Authority's public key (hopthu authority create printed it)", _authority),
    Question("unit", "Official code of the unit (five digits)", _unit),
    Question("name_vi", 'Its name in Vietnamese, e.g. "phường Nam Hồng Lĩnh"', _words),
    Question("name_en", 'Its name in English, e.g. "Nam Hồng Lĩnh ward"', _words),
    Question("contact", "Telephone for questions and complaints", _words),
    Question("public_url", "Address residents see (https)", _optional_https, default="", setting="PUBLIC_URL"),
    Question(
        "exit_url",
        "Neutral page that quick exit leads to (https, somebody else's; empty: the board of numbers)",
        _optional_https,
        default="",
        setting="EXIT_URL",
    ),
    Question(
        "database_url", "Database (empty: SQLite in the data folder)", _database, default="", setting="DATABASE_URL"
    ),
    Question(
        "ephemeral_dir",
        "Folder of the keys that live three days, on tmpfs",
        _folder,
        default="/run/hopthu/epochs",
        setting="EPHEMERAL_DIR",
    ),
    Question(
        "telegram_token",
        "Telegram bot's token (empty: no bot)",
        _token,
        default="",
        setting="TELEGRAM_TOKEN",
        secret=True,
    ),
    Question("backup_days", "Days that backups are kept, as residents are told (empty: not said)", _days, default=""),
    Question("wording", "Has the unit read and approved the wording in locales/?", _wording),
)
"""In the order they are asked."""


def missing(answers: Mapping[str, str]) -> list[str]:
    """Names of answers that must be given and are not."""
    return [one.name for one in QUESTIONS if one.default is None and not answers.get(one.name)]


def checked(answers: Mapping[str, str]) -> dict[str, str]:
    """Every answer, defaults filled in, each found to be possible.

    Raises:
        NotAccepted: one of them cannot be right, or quick exit leads back here.
    """
    whole = {one.name: answers.get(one.name) or one.default or "" for one in QUESTIONS}
    for one in QUESTIONS:
        one.check(whole[one.name])
    here, there = urlsplit(whole["public_url"]).hostname, urlsplit(whole["exit_url"]).hostname
    if there and there == here:
        raise NotAccepted("quick exit must lead to somebody else's page, not back to this one")
    return whole


def env_lines(answers: Mapping[str, str], *, secret: bool) -> str:
    """The settings among the answers, as systemd and a shell read them: the secret ones, or the others."""
    named = [(one, answers[one.name]) for one in QUESTIONS if one.setting and one.secret == secret]
    return "".join(f"HOPTHU_{one.setting}='{value}'\n" for one, value in named if value)
