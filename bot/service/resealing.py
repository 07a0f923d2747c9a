"""What lies under the master key is sealed anew under the next one, in one transaction. Running twice does no harm."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.service.addresses import Address
from bot.service.desk.observing import Notebook, Observed
from crypto.errors import SealError
from crypto.subscriptions import SubscriptionKey, number_of
from storage.repositories import subscriptions, units
from storage.repositories.subscriptions import StoredSubscription

WALK = 500
"""Rows read at a time."""


def reseal(connection: Connection, old: SubscriptionKey, new: SubscriptionKey, notebook: Notebook, *, now: int) -> int:
    """Everything of `old` under `new`, how many rows; every unit's audit chain is told of the new key, once."""
    seen = Observed("keys", detail=(("file", "master"),))
    for unit in units.every_unit(connection):
        notebook.leave_once(connection, unit.code, seen, what=f"master key {new.number}", now=now)
    return _reseal_subscriptions(connection, old, new)


def _reseal_subscriptions(connection: Connection, old: SubscriptionKey, new: SubscriptionKey) -> int:
    """Every subscription of `old` under `new`, its random id as it was; how many. One that does not open stays."""
    resealed, after = 0, b""
    while batch := subscriptions.batch(connection, after, WALK):
        for row in batch:
            fresh = _resealed(row, old, new)
            if fresh is not None:
                subscriptions.drop_ids(connection, [row.id])
                subscriptions.put(connection, fresh)
                resealed += 1
        after = batch[-1].key
    return resealed


def _resealed(row: StoredSubscription, old: SubscriptionKey, new: SubscriptionKey) -> StoredSubscription | None:
    try:
        if number_of(row.blob) != old.number:
            return None
        plain = old.open(row.key, row.blob)
    except SealError:
        return None
    address = Address.decode(plain)
    if address is None:
        return None
    key = new.row(address.bot, address.chat)
    return StoredSubscription(key, row.id, new.seal(key, plain))
