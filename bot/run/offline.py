"""What commands of a machine without an installation need: that there is none here, and a press for recovery sheets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.run.config import PROJECT, load_config
from bot.service.errors import NotAccepted
from bot.service.recovery.paper import SheetPress
from bot.service.recovery.sets import Sheet
from bot.service.texts import Catalogue

VIETNAM = timedelta(hours=7)


def require_offline() -> None:
    """See that nobody's tips lie on this machine: neither a database is set, nor is there a data folder.

    Raises:
        NotAccepted: it is an installation's machine.
    """
    config = load_config()
    if config.database_url is not None:
        raise NotAccepted(
            "a database is set here (HOPTHU_DATABASE_URL): recovery sheets belong on a machine without one"
        )
    if config.data_dir.exists():
        raise NotAccepted("an installation's data folder is here: recovery sheets belong on a machine without one")


def print_sheet(sheet: Sheet, *, english: bool, now: int) -> bytes:
    """One holder's sheet as PDF, dated by this UTC second in Vietnam."""
    day = (datetime.fromtimestamp(now, UTC) + VIETNAM).strftime("%d/%m/%Y")
    return SheetPress(Catalogue(PROJECT / "locales"), "en" if english else "vi", day).pdf(sheet)
