"""Builds the desk beside the counter, where the organisation is arranged and keys change, and the console's routes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fastapi import APIRouter

from bot.edge.http import books, checkpoints, desk, keys, organisation, passkeys, phones, recovery, resident
from bot.edge.http.pages import Pages
from bot.run.config import Config
from bot.run.foundation import challenge_key
from bot.run.officersbot import open_phone_desk
from bot.service.boxes.addresses import Addresses
from bot.service.checkpoints.desk import Checkpoints
from bot.service.desk.audit import Ledger
from bot.service.desk.books import Books
from bot.service.desk.counter import Counter
from bot.service.desk.keydesk import KeyDesk
from bot.service.desk.passkeys import party_of
from bot.service.organisation.desk import OrganisationDesk

if TYPE_CHECKING:
    from bot.run.app import Ground
    from bot.service.posters.press import Press


def console(ground: Ground, counter: Counter, ledger: Ledger, pages: Pages) -> list[APIRouter]:
    """Every route of the console; its acts go into these chains."""
    secure = ground.config.web.startswith("https:")
    changes = open_keydesk(ground, ledger)
    return [
        desk.router(counter, changes, secure=secure),
        recovery.router(counter, changes),
        organisation.router(open_organisation(ground, ledger), counter),
        keys.router(counter),
        books.router(open_books(ground, ledger), counter),
        passkeys.router(counter, changes, secure=secure),
        checkpoints.router(counter, open_checkpoints(ground)),
        phones.router(open_phone_desk(ground, ledger), counter),
        resident.desk_router(pages),
    ]


def open_books(ground: Ground, ledger: Ledger) -> Books:
    """Where register books are taken out, in the Vietnamese of offices."""

    def say(key: str, args: Mapping[str, str]) -> str:
        return ground.texts.say("vi", key, args)

    return Books(database=ground.database, ledger=ledger, clock=ground.clock, say=say)


def open_organisation(ground: Ground, ledger: Ledger) -> OrganisationDesk:
    """Where officers arrange the organisation; its acts go into these chains."""
    return OrganisationDesk(
        database=ground.database,
        book=ground.book,
        ledger=ledger,
        site=ground.keys.site,
        clock=ground.clock,
        entropy=ground.entropy,
        links=Addresses(ground.config.web, ground.config.telegram_name, ground.config.zalo_oa_id),
        open_press=lambda: _press(ground.config),
    )


def _press(config: Config) -> Press:
    from bot.run.printing import open_press  # noqa: PLC0415 - what prints is loaded when something is printed

    return open_press(config)


def open_checkpoints(ground: Ground) -> Checkpoints:
    """Where checkpoints of the audit chains are printed."""
    return Checkpoints(
        database=ground.database, book=ground.book, site=ground.keys.site, texts=ground.texts, clock=ground.clock
    )


def open_keydesk(ground: Ground, ledger: Ledger) -> KeyDesk:
    """Where keys of officers and units change; its acts go into these chains."""
    return KeyDesk(
        database=ground.database,
        site=ground.keys.site,
        book=ground.book,
        ledger=ledger,
        clock=ground.clock,
        entropy=ground.entropy,
        party=party_of(ground.config.web),
        challenges=challenge_key(ground.config, ground.keys.site),
        throttle=ground.throttle,
    )
