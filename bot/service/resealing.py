"""What lies under the master key is sealed anew under the next one, in one transaction. Running twice does no harm."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.service.addresses import Address
from crypto.errors import SealError
from crypto.subscriptions import SubscriptionKey, number_of
from storage.repositories import subscriptions
from storage.repositories.subscriptions import StoredSubscription

WALK = 500
"""Rows read at a time."""


def reseal_subscriptions(connection: Connection, old: SubscriptionKey, new: SubscriptionKey) -> int:
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
