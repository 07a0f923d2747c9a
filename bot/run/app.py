"""The composition root: every object built once and handed to the next by name."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI

from bot.edge.http import chat, resident, server
from bot.edge.http.bodies import App
from bot.edge.http.pages import Pages, read_built
from bot.run import fixedjobs
from bot.run.belief import shared
from bot.run.config import Config
from bot.run.desks import console
from bot.run.drawerfile import FileDrawers
from bot.run.foundation import (
    Keyring,
    audit_keys,
    erased_file,
    fake_salts,
    floors_file,
    notes_key,
    open_acknowledging,
    open_keys,
    open_subscriptions,
)
from bot.run.keyfile import FileErasedIds, FileFloors, FileRing
from bot.run.steady import SteadyClock
from bot.service.access import KeptButtons
from bot.service.arrival_facts import FactMaker
from bot.service.arrivals import Arrival
from bot.service.cleaner import Cleaner, CleanerApart
from bot.service.delivery import IDLE, Delivery
from bot.service.desk.audit import Ledger
from bot.service.desk.counter import Counter
from bot.service.desk.login import Throttle
from bot.service.directory import Directory
from bot.service.effects.apply import Effects
from bot.service.endings import EndingWatch
from bot.service.errands import Errands, Stores
from bot.service.housekeeping import Housekeeping, KeptKeeping
from bot.service.intake import Intake
from bot.service.keyring import EpochRing
from bot.service.ordinary import OrdinaryNotice
from bot.service.outgoing import Told, driver_of
from bot.service.pagechats import PageChats
from bot.service.readiness import Readiness
from bot.service.reminding import Reminding
from bot.service.replies import Replies
from bot.service.retaining import Retaining
from bot.service.site import SheetBook
from bot.service.submissions import Submissions
from bot.service.subscriptions import Subscriptions
from bot.service.texts import Catalogue
from bot.service.threads import Threads
from bot.service.uploads import Uploads
from bot.service.wards import read_country
from storage.blobs import Blobs, open_blobs
from storage.database import Database, open_database
from storage.senders import open_senders

if TYPE_CHECKING:
    from bot.edge.drivers.telegram.bot import TelegramBot

Role = str
ROLES = ("all", "intake", "worker", "desk")
_CHANCE = random.SystemRandom().random
"""Draws who gets the ordinary notice: nobody may foresee it."""
IDLE_APART = 1.0
"""Seconds between a worker's looks at the outbox when nobody in its own process can wake it."""


@dataclass(slots=True)
class Product:
    """What runs: the HTTP application and its doors, what runs beside it, fixed jobs, and how to let go."""

    app: FastAPI
    database: Database
    beside: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    housekeeping: Housekeeping | None = None
    endings: EndingWatch | None = None
    kept: KeptKeeping | None = None
    notice: OrdinaryNotice | None = None
    reminding: Reminding | None = None
    retaining: Retaining | None = None
    closing: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    doors: dict[str, App] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ground:
    """What every role stands on."""

    config: Config
    keys: Keyring
    database: Database
    blobs: Blobs
    book: SheetBook
    texts: Catalogue
    clock: Callable[[], float]
    entropy: Callable[[int], bytes]
    throttle: Throttle = field(default_factory=Throttle)
    """Wrong tries of passphrases, wherever one is asked for."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """Reply addresses and kept buttons, with the drawers of both."""

    drawers: FileDrawers
    replies: Replies
    buttons: KeptButtons


def build(config: Config, role: Role, *, clock: Callable[[], float] | None = None) -> Product:
    """The product in one role, or in all of them. `clock`: another than the machine's.

    Raises:
        KeyFault: a key file cannot be used.
        PagesNotBuilt: the pages were not built.
    """
    ground = lay_ground(config, clock=clock or _clock(config, role))
    routers: list[APIRouter] = []
    product = Product(FastAPI(), ground.database)
    pages = _pages(ground)
    counter = open_counter(ground) if role in ("all", "desk") else None
    if role in ("all", "intake", "worker"):
        ring = FileRing(config.ephemeral, ground.entropy)
        bell = counter.ring if counter is not None else _no_bell
        routers += _residents(ground, product, pages, ring=ring, bell=bell, role=role)
    if counter is not None:
        routers += console(ground, counter, open_ledger(ground), pages)
    product.app = server.build(
        routers,
        doors=product.doors,
        pages=config.pages,
        ready=Readiness(ground.database, time.monotonic, ground.entropy),
        wrong=lambda request, status: resident.wrong_page(pages, request, status, exit_url=config.exit_url),
    )
    product.closing.append(ground.database.close)
    return product


def _clock(config: Config, role: Role) -> SteadyClock:
    """The desk destroys nothing by the clock and does not have the folder."""
    return SteadyClock(shared=None if role == "desk" else shared(config.ephemeral))


def lay_ground(
    config: Config, *, clock: Callable[[], float] = time.time, entropy: Callable[[int], bytes] = os.urandom
) -> Ground:
    """What every role stands on, for this installation.

    Raises:
        KeyFault: a key file cannot be used.
    """
    keys = open_keys(config)
    book = SheetBook(keys.site, FileFloors(floors_file(config)))
    database, blobs = open_database(config.database), open_blobs(config.blobs)
    return Ground(config, keys, database, blobs, book, Catalogue(config.locales), clock, entropy)


def _pages(ground: Ground) -> Pages:
    def words(language: str) -> Callable[..., str]:
        shown = "en" if language == "en" else "vi"
        return lambda key, **args: ground.texts.say("en" if shown == "en" else "vi", key, args)

    return Pages(read_built(ground.config.pages), words)


def open_ledger(ground: Ground) -> Ledger:
    """The audit chains, with the server's key, made out of the master key."""
    signer, audit_public = audit_keys(ground.config, ground.keys.site)
    return Ledger(
        site=ground.keys.site,
        book=ground.book,
        signer=signer,
        keys=audit_public,
        notes=notes_key(ground.config),
    )


def open_counter(ground: Ground) -> Counter:
    """The desk's counter. It alone needs the master key.

    Raises:
        KeyFault: the master key cannot be used.
    """
    return Counter(
        database=ground.database,
        blobs=ground.blobs,
        site=ground.keys.site,
        book=ground.book,
        clock=ground.clock,
        entropy=ground.entropy,
        authority=ground.keys.authority,
        fake_salts=fake_salts(ground.config, ground.keys.site),
        ledger=open_ledger(ground),
        throttle=ground.throttle,
    )


def open_keeping(ground: Ground) -> Keeping:
    """What is kept for longer than an epoch where a reporter asked for it, and its keys.

    Raises:
        KeyFault: the folder of the drawers cannot be used.
    """
    database, clock, entropy = ground.database, ground.clock, ground.entropy
    drawers = FileDrawers(ground.config.ephemeral / "drawers", entropy)
    replies = Replies(database=database, drawers=drawers, clock=clock, entropy=entropy)
    return Keeping(drawers, replies, KeptButtons(database=database, drawers=drawers, clock=clock))


def open_stores(ground: Ground, keeping: Keeping) -> Stores:
    """The same with the subscriptions, for the worker: of the master key it has their subkey alone.

    Raises:
        KeyFault: the subkey cannot be used.
    """
    subscriptions = Subscriptions(
        database=ground.database,
        key=open_subscriptions(ground.config, ground.keys.site),
        erased=FileErasedIds(erased_file(ground.config)),
        entropy=ground.entropy,
    )
    return Stores(keeping.replies, keeping.buttons, subscriptions)


def _nobody() -> None:
    """Nobody delivers here."""


def _no_bell() -> None:
    """The desk runs elsewhere and looks by itself."""


def _residents(
    ground: Ground, product: Product, pages: Pages, *, ring: EpochRing, bell: Callable[[], None], role: Role
) -> list[APIRouter]:
    config = ground.config
    driver = _telegram(config)
    if role in ("all", "worker"):
        fixedjobs.wire(ground, product, ring=ring, bell=bell)
    keeping, delivery, stores = open_keeping(ground), None, None
    if role in ("all", "worker"):
        stores = open_stores(ground, keeping)
        product.kept = KeptKeeping(stores=stores, drawers=keeping.drawers)
    if driver is not None:
        senders = open_senders(config.database, driver_of(driver.name))
        product.closing += [driver.close, senders.leave]
        delivery = Delivery(
            database=ground.database,
            ring=ring,
            driver=driver,
            clock=ground.clock,
            jitter=random.random,
            idle=IDLE if role == "all" else IDLE_APART,
            senders=senders,
            before=None if stores is None else open_errands(ground, ring, stores),
        )
        if role in ("all", "worker"):
            product.beside.append(delivery.run)
    if stores is not None:
        product.notice = open_notice(ground, ring, stores, wake=delivery.wake if delivery is not None else _nobody)
    if role == "worker":
        return []
    page_chats = PageChats(database=ground.database, ring=ring, clock=ground.clock)
    intake = open_intake(ground, ring, page_chats, keeping=keeping, delivery=delivery, bell=bell)
    door = chat.ChatDoor(intake=intake, pages=page_chats, site=ground.keys.site, texts=ground.texts, web=config.web)
    directory = Directory(database=ground.database, book=ground.book, clock=ground.clock)
    pages_door = resident.ResidentDoor(
        pages=pages,
        directory=directory,
        clock=ground.clock,
        web=config.web,
        exit_url=config.exit_url,
        telegram=lambda: _link(driver),
    )
    product.beside.append(lambda: read_country(ground.database, int(ground.clock())))
    routers = [chat.router(door), resident.router(pages_door)]
    if driver is not None:
        _telegram_in(config, product, driver, intake)
    return routers


def open_errands(ground: Ground, ring: EpochRing, stores: Stores) -> Errands:
    """What the worker does before a message is shown."""
    return Errands(database=ground.database, ring=ring, stores=stores, clock=ground.clock)


def open_notice(
    ground: Ground,
    ring: EpochRing,
    stores: Stores,
    *,
    wake: Callable[[], None],
    chance: Callable[[], float] = _CHANCE,
) -> OrdinaryNotice:
    """The daily job of the ordinary notice; `wake` tells whoever delivers."""
    return OrdinaryNotice(
        database=ground.database,
        ring=ring,
        stores=stores,
        texts=ground.texts,
        clock=ground.clock,
        chance=chance,
        wake=wake,
    )


def open_intake(
    ground: Ground,
    ring: EpochRing,
    pages: PageChats,
    *,
    keeping: Keeping,
    delivery: Delivery | None,
    bell: Callable[[], None],
    cleaner: Cleaner | None = None,
) -> Intake:
    """The engine; what it commits wakes the pages, the messenger's delivery and the desk's bell.

    Photos are cleaned in processes of their own unless another `cleaner` is given.
    """
    site = ground.keys.site

    def wake(channel: str, chat_id: str, said: tuple[Told, ...] | None) -> None:
        if channel == "web":
            pages.wake(chat_id, said)
        elif delivery is not None:
            delivery.wake()

    uploads = Uploads(blobs=ground.blobs, ring=ring, cleaner=cleaner or CleanerApart(), entropy=ground.entropy)
    return Intake(
        database=ground.database,
        blobs=ground.blobs,
        ring=ring,
        book=ground.book,
        facts=FactMaker(uploads=uploads, buttons=keeping.buttons, salt=site.salt, entropy=ground.entropy),
        submissions=Submissions(site=site, blobs=ground.blobs, entropy=ground.entropy),
        threads=Threads(site, open_acknowledging(ground.config, site)),
        replies=keeping.replies,
        effects=Effects(ground.texts, ground.book),
        clock=ground.clock,
        wake=wake,
        filed=bell,
    )


def _telegram(config: Config) -> TelegramBot | None:
    if config.telegram_token is None:
        return None
    from bot.run import telegram  # noqa: PLC0415 - see the head of that file

    return telegram.open_driver(config, config.telegram_token.get_secret_value(), telegram.RESIDENTS)


def _link(driver: TelegramBot | None) -> str | None:
    return f"https://t.me/{driver.username}" if driver is not None and driver.username else None


def _telegram_in(config: Config, product: Product, driver: TelegramBot, intake: Intake) -> None:
    from bot.run import telegram  # noqa: PLC0415 - see the head of that file

    async def receive(arrival: Arrival) -> None:
        await intake.receive(arrival)

    doors, beside = telegram.open_door(config, driver, telegram.RESIDENTS, receive, coming=intake.coming)
    product.doors.update(doors)
    product.beside.append(beside)
