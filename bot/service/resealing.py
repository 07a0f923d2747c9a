"""What lies under the master key is sealed anew under the next one, in one transaction. Running twice does no harm."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.service.addresses import Address
from bot.service.desk.observing import Notebook, Observed
from crypto.errors import SealError
from crypto.phones import PhoneKey
from crypto.subscriptions import AddressKey, SubscriptionKey, number_of
from storage.repositories import phones, subscriptions, units
from storage.repositories.phones import StoredPhone
from storage.repositories.subscriptions import StoredSubscription

WALK = 500
"""Rows read at a time."""


@dataclass(frozen=True, slots=True)
class Subkeys:
    """What is derived of one master key for rows."""

    subscriptions: SubscriptionKey
    phones: PhoneKey


def reseal(connection: Connection, old: Subkeys, new: Subkeys, notebook: Notebook, *, now: int) -> int:
    """Everything of `old` under `new`, how many rows; every unit's audit chain is told of the new key, once."""
    seen = Observed("keys", detail=(("file", "master"),))
    number = new.subscriptions.number
    for unit in units.every_unit(connection):
        notebook.leave_once(connection, unit.code, seen, what=f"master key {number}", now=now)
    subscribed = _reseal_subscriptions(connection, old.subscriptions, new.subscriptions)
    return subscribed + _reseal_phones(connection, old.phones, new.phones)


def _reseal_subscriptions(connection: Connection, old: SubscriptionKey, new: SubscriptionKey) -> int:
    """Every subscription of `old` under `new`, its random id as it was; how many. One that does not open stays."""
    resealed, after = 0, b""
    while batch := subscriptions.batch(connection, after, WALK):
        for row in batch:
            fresh = _resealed(row.key, row.blob, old, new)
            if fresh is not None:
                subscriptions.drop_ids(connection, [row.id])
                subscriptions.put(connection, StoredSubscription(fresh[0], row.id, fresh[1]))
                resealed += 1
        after = batch[-1].key
    return resealed


def _reseal_phones(connection: Connection, old: PhoneKey, new: PhoneKey) -> int:
    resealed = 0
    for phone in phones.every(connection):
        fresh = _resealed(phone.key, phone.blob, old, new)
        if fresh is not None:
            phones.put(connection, StoredPhone(phone.serial, *fresh))
            resealed += 1
    return resealed


def _resealed(key: bytes, blob: bytes, old: AddressKey, new: AddressKey) -> tuple[bytes, bytes] | None:
    """A row's new key and address; None for one that is no address of the old key's."""
    try:
        if number_of(blob) != old.number:
            return None
        plain = old.open(key, blob)
    except SealError:
        return None
    address = Address.decode(plain)
    if address is None:
        return None
    row = new.row(address.bot, address.chat)
    return row, new.seal(row, plain)
