"""An officer's phone: the one-time code that links it, and what ends that. The desk makes codes, the worker uses them.

Where notices go lies sealed under a subkey of the master key; a backup holds neither phones nor codes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection

from bot.service.addresses import Address
from bot.service.desk.audit import Ledger
from bot.service.desk.counter import Me
from bot.service.desk.observing import Observed
from bot.service.errors import NotAccepted
from bot.service.families import store_away
from bot.service.transacting import Transacting
from crypto.errors import SealError
from crypto.phones import PhoneKey
from handlers.deskbot import CODE
from handlers.values import Language
from storage.database import Database
from storage.repositories import officers, phones, settings
from storage.repositories.officers import Officer
from storage.repositories.phones import PhoneState, StoredCode, StoredPhone

T = TypeVar("T")
CODE_LIVES = 10 * 60
"""Seconds a code works: long enough to type it."""
BOT = "officers-bot"
"""Setting: the public name of the officers' bot, as the worker that serves it was told."""


def link(connection: Connection, key: PhoneKey, digits: str, *, address: Address, now: int) -> Officer | None:
    """Link the chat that typed a code to the account it was made for; None for a code that is none.

    `address` without its language, which the code knows. An officer's earlier phone is forgotten.
    """
    code = phones.use_code(connection, key.code(digits), now)
    officer = standing(connection, code.serial) if code else None
    if code is None or officer is None:
        return None
    row = key.row(address.bot, address.chat)
    told = Address(address.bot, address.driver, address.chat, code.language)
    phones.put(connection, StoredPhone(officer.serial, row, key.seal(row, told.encode())))
    return officer


def standing(connection: Connection, serial: str) -> Officer | None:
    """The officer of this serial, if he is one still."""
    found = officers.by_serial(connection, serial)
    return found if found is not None and found.status == "active" else None


def address_of(key: PhoneKey, phone: StoredPhone) -> Address | None:
    """Where to write to; None where it cannot be opened, so that the officer has to link his phone again."""
    try:
        return Address.decode(key.open(phone.key, phone.blob))
    except SealError:
        return None


@dataclass(frozen=True, slots=True)
class Mine:
    """How it stands with an officer's own phone; `bot`: the public name of the bot, where one is connected."""

    state: PhoneState
    bot: str | None


@dataclass(frozen=True, slots=True)
class Colleague:
    """How it stands with somebody's phone, as his chief sees it."""

    account: str
    name: str
    state: PhoneState


@dataclass(frozen=True, slots=True)
class Code:
    """A code as it is shown once; works until `expires` (UTC seconds)."""

    digits: str
    expires: int


class PhoneDesk(Transacting):
    """What an officer does about phones at the console."""

    def __init__(
        self,
        *,
        database: Database,
        key: PhoneKey,
        ledger: Ledger,
        clock: Callable[[], float],
        entropy: Callable[[int], bytes],
    ) -> None:
        super().__init__(database, clock)
        self._key = key
        self._ledger = ledger
        self._entropy = entropy

    async def mine(self, me: Me) -> Mine:
        """How it stands with the officer's own phone."""

        def work(connection: Connection) -> Mine:
            name = settings.get(connection, BOT)
            state = phones.states(connection, [me.officer.serial]).get(me.officer.serial, "none")
            return Mine(state, name.decode() if name else None)

        return await self._read(work)

    async def new_code(self, me: Me, language: Language) -> Code:
        """A code for this officer's phone, in place of one made before.

        Raises:
            NotAccepted: `phone-no-bot`, where no bot is connected that would take it.
        """
        digits = f"{int.from_bytes(self._entropy(16), 'big') % 10**CODE:0{CODE}d}"
        code = Code(digits, self._now + CODE_LIVES)

        def work(connection: Connection) -> None:
            if not settings.get(connection, BOT):
                raise NotAccepted("phone-no-bot", status=409)
            stored = StoredCode(self._key.code(digits), me.officer.serial, language, code.expires)
            phones.put_code(connection, stored)

        with store_away():
            await self._database.run(work)
        return code

    async def unlink(self, me: Me) -> None:
        """Forget the officer's phone; nothing where there is none."""
        officer, now = me.officer, self._now

        def work(connection: Connection) -> None:
            if phones.remove(connection, officer.serial):
                self._ledger.observe(connection, officer.unit, Observed("unlink", officer), now=now)

        with store_away():
            await self._database.run(work)

    async def of_unit(self, me: Me) -> tuple[Colleague, ...]:
        """Phones of everybody of the officer's unit: for its chief, who sees who is told of nothing.

        Raises:
            NotAccepted: `desk-refused`, for anybody else.
        """
        if me.officer.role != "chief":
            raise NotAccepted("desk-refused", status=403)
        return await self._read(lambda connection: colleagues(connection, me.officer.unit))


def colleagues(connection: Connection, unit: str) -> tuple[Colleague, ...]:
    """Everybody of a unit who reads its tips, and his phone."""
    active = [one for one in officers.of_unit(connection, unit) if one.status == "active" and one.role != "operator"]
    states = phones.states(connection, _serials(active))
    return tuple(Colleague(one.account, one.name, states.get(one.serial, "none")) for one in active)


def _serials(found: Collection[Officer]) -> list[str]:
    return [one.serial for one in found]
