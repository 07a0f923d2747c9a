"""Messages to send. A lane (one chat) gives out one message at a time, in order of `n`.

A message that was given up (`failed`) no longer holds its lane back; every other unsent one does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    FromClause,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from storage.statements import Statement, placed, places
from storage.tables import outbox as table

Driver = Literal["web", "telegram", "desk"]
"""Who delivers: a page's own process, the residents' bot, the officers' bot."""

_ADD = Statement(insert(table))
_ONE = and_(table.c.lane == bindparam("the_lane"), table.c.n == bindparam("the_n"))
_DONE = Statement(delete(table).where(_ONE))
_CLAIM = Statement(
    update(table).where(_ONE).values(state=literal_column("'claimed'"), claimed_until=bindparam("until"))
)
_COLUMNS = (table.c.lane, table.c.n, table.c.epoch, table.c.driver, table.c.blob, table.c.due, table.c.attempts)
_OF = table.c.lane.in_(bindparam("lanes", expanding=True))
_PENDING = select(*_COLUMNS).where(_OF, table.c.state == "waiting", table.c.n > bindparam("after")).order_by(table.c.n)
_REMOVE = delete(table).where(_OF)
_LAST = select(func.max(table.c.n)).where(_OF)

_FREE = or_(
    and_(table.c.state == "waiting", table.c.due <= bindparam("now")),
    and_(table.c.state == "claimed", table.c.claimed_until <= bindparam("now")),
)


def _unsent(row: FromClause) -> ColumnElement[bool]:
    """The rows of the partial index: databases see that only where its own words stand."""
    return and_(row.c.driver == bindparam("of"), row.c.state != literal_column("'failed'"))


def _heads() -> CTE:
    """The first unsent message of every lane, and when it may leave: two steps in the index for each lane.

    What lies behind a lane's first is never looked at, so that one chat's backlog costs no other chat anything.
    """
    lane, head = table.alias("following"), table.alias("head")
    following = select(lane.c.lane).where(_unsent(lane)).order_by(lane.c.lane).limit(1)
    walk = select(following.scalar_subquery().label("lane")).cte("walk", recursive=True)
    onward = following.where(lane.c.lane > walk.c.lane).scalar_subquery()
    walk = walk.union_all(select(onward).where(walk.c.lane.is_not(None)))
    first = select(head.c.n).where(_unsent(head), head.c.lane == walk.c.lane).order_by(head.c.n).limit(1)
    leaves = first.with_only_columns(case((head.c.state == "waiting", head.c.due), else_=head.c.claimed_until))
    found = first.scalar_subquery().label("n"), leaves.scalar_subquery().label("leaves")
    return select(walk.c.lane, *found).cte("heads")


_HEADS = _heads()
_CLAIMABLE = (
    select(*_COLUMNS)
    .join(_HEADS, and_(table.c.lane == _HEADS.c.lane, table.c.n == _HEADS.c.n))
    .where(_HEADS.c.leaves <= bindparam("now"), _FREE)
    .order_by(table.c.due)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=table)
)
_NEXT_DUE = select(func.min(_HEADS.c.leaves))


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A sealed message: its lane and place in it, when it may leave, how often sending failed."""

    lane: bytes
    n: int
    epoch: int
    driver: Driver
    blob: bytes
    due: int
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many messages are in each state, and the earliest `due` of an unsent one."""

    waiting: int
    claimed: int
    failed: int
    oldest_due: int | None


def add(connection: Connection, rows: Sequence[Outgoing]) -> None:
    """Queue messages. A place in a lane already taken is a `Conflict` that undoes the transaction."""
    if rows:
        _ADD.run_each(connection, [_row(message) for message in rows])


def _row(message: Outgoing) -> dict[str, object]:
    return {
        "lane": message.lane,
        "n": message.n,
        "epoch": message.epoch,
        "driver": message.driver,
        "blob": message.blob,
        "due": message.due,
        "attempts": message.attempts,
        "state": "waiting",
        "claimed_until": 0,
    }


def claim(connection: Connection, driver: Driver, now: int, *, limit: int, lease: int) -> tuple[Outgoing, ...]:
    """Up to `limit` messages to send now, the first unsent one of each lane, kept from others for `lease` seconds.

    Rows another worker is claiming at this moment are skipped. One whose lease ran out is given out again.
    """
    asked = {"of": driver, "now": now, "most": limit}
    claimed = tuple(Outgoing(*row) for row in connection.execute(_CLAIMABLE, asked))
    if claimed:
        marks = [{"the_lane": message.lane, "the_n": message.n, "until": now + lease} for message in claimed]
        _CLAIM.run_each(connection, marks)
    return claimed


def next_due(connection: Connection, driver: Driver) -> int | None:
    """The earliest moment at which the first unsent message of a lane may leave; None if nothing waits."""
    return connection.execute(_NEXT_DUE, {"of": driver}).scalar()


def done(connection: Connection, lane: bytes, n: int) -> bool:
    """Erase a message that was sent; False if it was not there any more: the chat was forgotten meanwhile."""
    return _DONE.run(connection, {"the_lane": lane, "the_n": n}) > 0


def is_there(connection: Connection, lane: bytes, n: int) -> bool:
    """True while a message is there, in whatever state."""
    return connection.execute(select(table.c.n).where(table.c.lane == lane, table.c.n == n)).first() is not None


def put_instead(connection: Connection, lane: bytes, n: int, blob: bytes, *, due: int) -> None:
    """Another message in the place of this one, due at `due`; nothing if it is not there any more."""
    placed = update(table).where(table.c.lane == lane, table.c.n == n)
    connection.execute(placed.values(blob=blob, due=due, attempts=0, state="waiting", claimed_until=0))


def release(connection: Connection, driver: Driver, *, but: Collection[bytes] = ()) -> None:
    """Give back every claim of this driver but in these lanes: who claimed the others is known to be gone."""
    others = (_unsent(table), table.c.state == "claimed", table.c.lane.not_in(but))
    connection.execute(update(table).where(*others).values(state="waiting", claimed_until=0), {"of": driver})


def retry(connection: Connection, lane: bytes, n: int, *, due: int, attempts: int) -> None:
    """Give a message back, to be sent not before `due`; it has been tried `attempts` times."""
    again = update(table).where(table.c.lane == lane, table.c.n == n)
    connection.execute(again.values(state="waiting", due=due, attempts=attempts, claimed_until=0))


def fail(connection: Connection, lane: bytes, n: int) -> None:
    """Give a message up. It stays, counted, until its epoch is purged, and holds nothing back."""
    connection.execute(update(table).where(table.c.lane == lane, table.c.n == n).values(state="failed"))


def pending(connection: Connection, lanes: Sequence[bytes], after: int = -1) -> tuple[Outgoing, ...]:
    """Every waiting message of a chat, by all its lanes, behind `after`, in order: what a page must be shown."""
    return tuple(Outgoing(*row) for row in connection.execute(_PENDING, {"lanes": list(lanes), "after": after}))


@lru_cache(maxsize=16)
def _ack(count: int) -> Statement:
    return Statement(delete(table).where(table.c.lane.in_(places(count)), table.c.n <= bindparam("upto")))


def ack(connection: Connection, lanes: Sequence[bytes], n: int) -> None:
    """Erase a chat's messages, by all its lanes, up to and including `n`: the page has them."""
    _ack(len(lanes)).run(connection, {**placed(lanes), "upto": n})


@lru_cache(maxsize=16)
def _waiting(count: int) -> Statement:
    unsent = table.c.state == literal_column("'waiting'")
    return Statement(select(func.count()).where(table.c.lane.in_(places(count)), unsent))


def waiting(connection: Connection, lanes: Sequence[bytes]) -> int:
    """How many messages of a chat wait, by all its lanes."""
    found = _waiting(len(lanes)).first(connection, placed(lanes))
    return 0 if found is None else int(found[0])


def hasten(connection: Connection, lanes: Sequence[bytes], now: int) -> None:
    """What waits in these lanes to be tried again later may leave now."""
    waits = (table.c.lane.in_(list(lanes)), table.c.state == "waiting", table.c.due > now)
    connection.execute(update(table).where(*waits).values(due=now))


def last(connection: Connection, lanes: Sequence[bytes]) -> int:
    """The highest place taken in a chat's lanes, 0 if none is: what was queued last may outlive the chat's own row."""
    return connection.execute(_LAST, {"lanes": list(lanes)}).scalar() or 0


def remove_lanes(connection: Connection, lanes: Sequence[bytes]) -> None:
    """Erase everything waiting for these lanes: the chat is forgotten."""
    connection.execute(_REMOVE, {"lanes": list(lanes)})


def backlog(connection: Connection) -> Backlog:
    """Counts by state and the oldest unsent moment, for metrics and `doctor`."""
    rows = connection.execute(select(table.c.state, func.count(), func.min(table.c.due)).group_by(table.c.state))
    counts: dict[str, int] = {}
    oldest: Mapping[str, int] = {}
    for state, count, due in rows:
        counts[state] = count
        oldest = {**oldest, state: due}
    unsent = [due for state, due in oldest.items() if state != "failed"]
    return Backlog(
        counts.get("waiting", 0), counts.get("claimed", 0), counts.get("failed", 0), min(unsent, default=None)
    )
