"""The officers' bot in the composition root: what it is built of, where its token is set.

It runs where messages leave: the desk may stand in a network that reaches nobody.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from bot.run.foundation import notes_key, open_phones
from bot.service.calling import Calling, forget_name
from bot.service.delivery import Delivery
from bot.service.desk.audit import Ledger
from bot.service.desk.observing import Notebook
from bot.service.desk.phones import PhoneDesk
from bot.service.deskbot import QUEUE, BeforePhones, Calls, OfficersBot, Post
from bot.service.keyring import EpochRing
from storage.senders import open_senders

if TYPE_CHECKING:
    from bot.run.app import Ground, Product


def open_phone_desk(ground: Ground, ledger: Ledger) -> PhoneDesk:
    """Where officers link the phones that are told of notices."""
    return PhoneDesk(
        database=ground.database,
        key=open_phones(ground.config, ground.keys.site),
        ledger=ledger,
        clock=ground.clock,
        entropy=ground.entropy,
    )


def connect(
    ground: Ground, product: Product, ring: EpochRing, *, calls: Calls, bell: Callable[[], None]
) -> Callable[[], None]:
    """Connect the officers' bot, if there is one; what tells officers that they are called: the bell, and their phones.

    Where there is none any more, the console is told so at the start.

    Raises:
        BotRejected: the token does not have a token's form.
        KeyFault: the key of officers' phones cannot be used.
        OurFault: a webhook without a secret.
    """
    config, database = ground.config, ground.database
    if config.telegram_desk_token is None:
        product.beside.append(partial(forget_name, database))
        return bell
    from bot.run import telegram  # noqa: PLC0415 - see the head of that file

    def now() -> int:
        return int(ground.clock())

    driver = telegram.open_driver(config, config.telegram_desk_token.get_secret_value(), telegram.OFFICERS)
    key = open_phones(config, ground.keys.site)
    notebook = Notebook(ground.keys.site.id, notes_key(config), ground.entropy)
    post, desk = Post(ring, ground.texts, now), f"{config.web}/desk"
    senders = open_senders(config.database, QUEUE)
    delivery = Delivery(
        database=database,
        ring=ring,
        driver=driver,
        clock=ground.clock,
        jitter=random.random,
        senders=senders,
        before=BeforePhones(database=database, key=key, notebook=notebook, now=now),
    )
    officers = OfficersBot(
        database=database,
        post=post,
        key=key,
        book=ground.book,
        calls=calls,
        notebook=notebook,
        driver=driver,
        desk=desk,
        wake=delivery.wake,
    )
    calling = Calling(
        database=database, post=post, key=key, desk=desk, name=lambda: driver.username, told=delivery.wake
    )
    doors, beside = telegram.open_door(config, driver, telegram.OFFICERS, officers.receive)
    product.doors.update(doors)
    product.beside += [delivery.run, calling.run, beside]
    product.closing += [driver.close, senders.leave]

    def told() -> None:
        bell()
        calling.wake()

    return told
