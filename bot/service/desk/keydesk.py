"""Where keys of units and officers change, as the desk's API calls it: one transaction each, errors of one family."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from bot.service.desk import recovering
from bot.service.desk.audit import Ledger, Signed
from bot.service.desk.counter import Me
from bot.service.desk.enrolment import digest
from bot.service.desk.login import Throttle, check, open_session
from bot.service.desk.observing import Observed
from bot.service.desk.passkeys import MOST, Answer, Challenges, Made, Party, bad, name_of, verified_answer, verified_new
from bot.service.errors import NotAccepted
from bot.service.site import SheetBook, Site
from bot.service.transacting import Transacting
from crypto.acts import HOUR
from crypto.recovery import Asked
from storage.database import Database
from storage.repositories import officers, passkeys, sessions

T = TypeVar("T")
LOGIN = "login"
"""What a challenge is for that opens a session; one for a new passkey is for its officer's serial."""


class KeyDesk(Transacting):
    """Beside the counter, which says who asks."""

    def __init__(
        self,
        *,
        database: Database,
        site: Site,
        book: SheetBook,
        ledger: Ledger,
        clock: Callable[[], float],
        entropy: Callable[[int], bytes],
        party: Party | None,
        challenges: bytes,
        throttle: Throttle,
    ) -> None:
        """`party`: None where browsers make no passkeys; `challenges`: the key of theirs, the same in every process.

        `throttle`: the one of log-in, so that a proof of the passphrase is tried nowhere beside it.
        """
        super().__init__(database, clock)
        self._site = site
        self._book = book
        self._ledger = ledger
        self._entropy = entropy
        self._party = party
        self._challenges = Challenges(challenges, entropy)
        self._throttle = throttle

    async def shut_tips(self, me: Me) -> Asked:
        """The unit's tips that this chief has no key to, as sealed to the recovery identity."""
        return await self._read(lambda connection: recovering.asked(connection, me.officer, self._site))

    async def recover(self, me: Me, found: recovering.Recovered, record: bytes) -> None:
        """Take in keys that the recovery shares gave, by a chief's signed act."""
        act = Signed(record, self._ledger, self._now)
        await self._run(lambda store: recovering.recover(store, me.officer, found, act=act, book=self._book))

    async def recovery_used(self, me: Me) -> bool:
        """True where the recovery identity of the newest sheet was put together once; only chiefs are told."""
        if me.officer.role != "chief":
            return False
        unit = me.officer.unit
        return await self._read(lambda store: recovering.is_used_up(store, self._book, unit, self._now))

    @property
    def party(self) -> Party | None:
        """Who browsers make passkeys for; None where they make none."""
        return self._party

    def login_challenge(self) -> bytes:
        """What a passkey is to answer to open a session."""
        return self._challenges.issue(LOGIN, self._milliseconds)

    def new_challenge(self, me: Me) -> bytes:
        """What a new passkey of this officer is to answer."""
        return self._challenges.issue(me.officer.serial, self._milliseconds)

    async def login(self, answer: Answer) -> tuple[str, bytes]:
        """Open a session; its token, and the officer's keys locked under what this passkey derives.

        Raises:
            NotAccepted: `passkey-bad` for whatever is wrong.
        """
        issued = self._challenges.issued(LOGIN, answer.challenge, self._milliseconds)
        kept = await self._read(lambda connection: passkeys.find(connection, name_of(answer.id)))
        if kept is None or kept.spent >= issued:
            raise bad()
        counter = verified_answer(answer, self._known_party, public_key=kept.public_key, counter=kept.counter)

        def work(connection: Connection) -> str:
            officer = officers.by_serial(connection, kept.serial)
            if officer is None or officer.status == "removed":
                raise bad()
            if not passkeys.answered(connection, kept, counter=counter, issued=issued):
                raise bad()
            self._observe(connection, "login", officer)
            return open_session(connection, officer.serial, self._now, self._entropy)

        return await self._run(work), kept.locked

    async def passkeys(self, me: Me) -> tuple[passkeys.Passkey, ...]:
        """The officer's own."""
        return await self._read(lambda connection: passkeys.of(connection, me.officer.serial))

    async def add_passkey(self, me: Me, made: Made, *, locked: bytes, auth: bytes) -> None:
        """Keep a new passkey of the officer, who proves his passphrase with it: a session alone adds none.

        Raises:
            NotAccepted: `login-bad` for another passphrase, `login-wait`; `passkey-bad`, or why no more is taken.
        """
        serial, account = me.officer.serial, me.officer.account
        self._challenges.issued(serial, made.challenge, self._milliseconds)
        self._throttle.begin(account, self._now)
        public_key, counter = verified_new(made, self._known_party)
        hour = self._now // HOUR * HOUR
        new = passkeys.Passkey(name_of(made.id), serial, public_key, counter, 0, hour, locked)

        def work(connection: Connection) -> None:
            found = check(connection, account, auth)
            if found is None or found.serial != serial:
                raise NotAccepted("login-bad", status=403)
            if len(passkeys.of(connection, serial)) >= MOST:
                raise NotAccepted("passkey-many", status=409)
            if passkeys.find(connection, new.id) is not None:
                raise NotAccepted("passkey-taken", status=409)
            passkeys.add(connection, new)
            self._observe(connection, "passkey", me.officer)

        await self._run(work)
        self._throttle.right(account)

    async def remove_passkey(self, me: Me, id_: bytes) -> None:
        """Forget one of the officer's passkeys: it opens no session any more, and all but this one are closed.

        Whoever has that device may have opened one of them.

        Raises:
            NotAccepted: he has no such one.
        """

        def work(connection: Connection) -> None:
            if not passkeys.remove(connection, me.officer.serial, id_):
                raise NotAccepted("passkey-gone", status=404)
            sessions.end_others(connection, me.officer.serial, keep=digest(me.token))
            self._observe(connection, "passkey-off", me.officer)

        await self._run(work)

    def _observe(self, connection: Connection, what: str, officer: officers.Officer) -> None:
        self._ledger.observe(connection, officer.unit, Observed(what, officer), now=self._now)

    @property
    def _known_party(self) -> Party:
        if self._party is None:
            raise bad()
        return self._party

    @property
    def _milliseconds(self) -> int:
        return int(self._clock() * 1000)
