"""What officers do with a tip, by the table of `handlers/cases.py`: one signed act and one sealed entry each time.

Owns that nothing outside the table is done, and what becomes public of it and when. A reason is in the entry alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.service.desk import casework, clocks
from bot.service.desk.audit import Deed, Signed
from bot.service.errors import NotAccepted
from crypto.entries import digest
from handlers.cases import Act, Case, after, allowed, public
from handlers.roster import day_of
from handlers.timeline import public_at
from handlers.values import Category
from storage.repositories import news, register, tips
from storage.repositories.officers import Officer
from storage.repositories.tips import StoredTip

COUNTED = frozenset({"duplicate", "false", "abusive"})
"""Acts that are counted by unit and month, as kinds of matters are."""


@dataclass(frozen=True, slots=True)
class Done:
    """An act and the officer's entry that says so. `kind`: of what kind of matter it is, where it is classified."""

    entry: casework.NewEntry
    act: Act
    kind: Category | None = None


def act_on(connection: Connection, officer: Officer, tip: bytes, done: Done, *, act: Signed) -> int:
    """The tip stands as the act says from now on; the thread's length after it.

    Raises:
        NotAccepted: no such tip, no grant, or the act does not fit; it cannot be done as the tip stands
            (`desk-not-now`), or by a chief alone (`desk-chief-only`); no kind of matter, or one too many.
        Newer: someone wrote meanwhile, seal again.
    """
    found = tips.find(connection, officer.unit, tip)
    if found is None:
        raise NotAccepted("desk-no-tip", status=404)
    case = clocks.case_of(connection, found)
    _check(case, officer, done)
    length = casework.append(connection, officer, tip, done.entry)
    detail = (("seq", done.entry.seq), ("entry", digest(done.entry.sealed)), ("case", done.act))
    act.take_in(connection, officer, Deed(("case",), tip, detail))
    clocks.set_case(connection, found, after(case, done.act, clocks.moment(act.now, urgent=found.urgent)))
    _publish(connection, found, done, now=act.now)
    for kind in (done.kind, done.act if done.act in COUNTED else None):
        if kind is not None:
            register.count(connection, officer.unit, day_of(act.now).isoformat()[:7], kind)
    clocks.set_clock(connection, officer.unit, tip)
    return length


def _check(case: Case, officer: Officer, done: Done) -> None:
    rule = allowed(case).get(done.act)
    if rule is None:
        raise NotAccepted("desk-not-now", status=409)
    if rule.chief and officer.role != "chief":
        raise NotAccepted("desk-chief-only", status=403)
    if (done.act == "classified") != (done.kind is not None):
        raise NotAccepted("desk-refused", status=422)


def _publish(connection: Connection, tip: StoredTip, done: Done, *, now: int) -> None:
    """Where the coarse state becomes another the reporter may see it late, and is told then if he asked (rule 11)."""
    state = public(done.act, tip.state)
    if state != tip.state:
        tips.set_state(connection, tip.unit, tip.id, state=state, visible_from=public_at(now))
        news.add(connection, news.News(done.entry.news, tip.id, public_at(now)))
