"""The workflow of a tip as one table: status × act, who may, whether a reason is typed, which clocks run on.

Owns what an officer may do next; nothing outside the table is possible. What the reporter sees of a status is the
coarse one of four (DESIGN rule 11); what is due when is the business of deadlines.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal, cast, get_args

from handlers.deadlines import Running
from handlers.values import STATUSES, Clock, Status, TipState, Wait

Step = Literal["report", "notify", "complex", "extend", "hold", "release", "settle"]
"""What is done without a new status: reported to the province, notified, found complex, extended once; kept from
erasure, kept so no longer; what was said last needs no answer."""
STEPS: Final = get_args(Step)
Act = Status | Step
"""An act is called by the status it leads to, or by its step."""
ACTS: Final = (*STATUSES, *STEPS)

PUBLIC: Final[dict[Status, TipState]] = {
    "received": "received",
    "classified": "verify",
    "verifying": "verify",
    "investigation": "verify",
    "competent": "verify",
    "suspended": "verify",
    "handled": "closed",
    "insufficient": "closed",
    "duplicate": "closed",
    "false": "closed",
    "abusive": "closed",
    "closed": "closed",
}
"""What the reporter sees of each, late."""
DECIDED: Final = frozenset({"handled", "insufficient"})
"""Its result is notified."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One cell of the table: whether a chief alone may, and whether a reason must be typed."""

    chief: bool = False
    reason: bool = False


_FREE, _REASON, _CHIEF = Rule(), Rule(reason=True), Rule(chief=True, reason=True)
_ASIDE: Final[dict[Act, Rule]] = {"duplicate": _REASON, "false": _REASON, "abusive": _REASON}
_AWAY: Final[dict[Act, Rule]] = {"investigation": _FREE, "competent": _REASON}
_NOTICES: Final[dict[Act, Rule]] = {"report": _FREE, "notify": _FREE}
_LONGER: Final[dict[Act, Rule]] = {"complex": _REASON, "extend": _CHIEF}
_AGAIN: Final[dict[Act, Rule]] = {"verifying": _CHIEF}
_KEEPING: Final[dict[Act, Rule]] = {"hold": _CHIEF, "release": _CHIEF}
"""Of every status: what a court or an inspection may ask for is kept, whatever the term."""
_SAID: Final[dict[Act, Rule]] = {"settle": _REASON}
"""Of what is decided: words that came late would keep it for ever."""

_WAYS: Final[dict[Status, dict[Act, Rule]]] = {
    "received": {"classified": _FREE, **_AWAY, **_ASIDE, **_NOTICES},
    "classified": {
        "verifying": _FREE,
        **_AWAY,
        "handled": _FREE,
        "insufficient": _REASON,
        **_ASIDE,
        **_NOTICES,
        **_LONGER,
    },
    "verifying": {
        **_AWAY,
        "handled": _FREE,
        "insufficient": _REASON,
        "suspended": _REASON,
        **_ASIDE,
        **_NOTICES,
        **_LONGER,
    },
    "investigation": {
        "verifying": _REASON,
        "handled": _FREE,
        "insufficient": _REASON,
        "suspended": _REASON,
        "notify": _FREE,
        "closed": _FREE,
    },
    "competent": {"verifying": _REASON, "handled": _FREE, "notify": _FREE, "closed": _FREE},
    "suspended": {"verifying": _REASON, "notify": _FREE, "closed": _CHIEF},
    "handled": {"notify": _FREE, "closed": _FREE, **_AGAIN},
    "insufficient": {"notify": _FREE, "closed": _FREE, **_AGAIN},
    "duplicate": {"closed": _FREE, **_AGAIN},
    "false": {"closed": _FREE, **_AGAIN},
    "abusive": {"closed": _FREE, **_AGAIN},
    "closed": dict(_AGAIN),
}
TABLE: Final[dict[Status, dict[Act, Rule]]] = {
    status: {**ways, **(_SAID if PUBLIC[status] == "closed" else {}), **_KEEPING} for status, ways in _WAYS.items()
}
"""Everything that may be done. What is not here is refused."""


@dataclass(frozen=True, slots=True)
class Case:
    """How a tip stands: the clear facts that acts change and deadlines follow from. Times are UTC seconds.

    `since`: when its unit got it, or it was taken up again; `ended`: when it was decided. `notified`: of what is to be
    notified now, receipt or result. `opened`: somebody of the unit has read it. `held`: nothing erases it. `waits`:
    what was said last and is not answered.
    """

    status: Status
    urgent: bool
    since: int
    opened: bool = False
    reported: bool = False
    notified: bool = False
    complex: bool = False
    extended: bool = False
    ended: int | None = None
    held: bool = False
    waits: Wait | None = None


def allowed(case: Case) -> dict[Act, Rule]:
    """What may be done with a tip as it stands: the table's row without what is done already."""
    over: set[Act] = {"extend"} if not case.complex or case.extended else set()
    done: tuple[tuple[Act, bool], ...] = (
        ("report", case.reported),
        ("notify", case.notified),
        ("complex", case.complex),
        ("hold", case.held),
        ("release", not case.held),
        ("settle", case.waits is None),
    )
    over |= {act for act, is_done in done if is_done}
    return {act: rule for act, rule in TABLE[case.status].items() if act not in over}


def after(case: Case, act: Act, at: int) -> Case:
    """How it stands once this act, which is allowed, is done at this UTC second (cut to the hour by the caller)."""
    stepped = _stepped(case, act)
    if stepped is not None:
        return stepped
    status = cast("Status", act)
    case = replace(case, waits=None) if PUBLIC[status] == "closed" else case
    if status in DECIDED:
        return replace(case, status=status, ended=at, notified=False)
    if status == "verifying":
        return _taken_up(case, at)
    if status == "closed":
        return replace(case, status=status, ended=case.ended or at)
    return replace(case, status=status, ended=at if PUBLIC[status] == "closed" else None)


def _stepped(case: Case, act: Act) -> Case | None:
    """After a step; None where the act is none."""
    match act:
        case "report":
            return replace(case, reported=True)
        case "notify":
            return replace(case, notified=True)
        case "complex":
            return replace(case, complex=True)
        case "extend":
            return replace(case, extended=True)
        case "hold" | "release":
            return replace(case, held=act == "hold")
        case "settle":
            return replace(case, waits=None)
    return None


def _taken_up(case: Case, at: int) -> Case:
    """Verified from now on. Opened again, a tip's terms begin anew; after a suspension that of verifying alone."""
    taken = replace(case, status="verifying", ended=None)
    if PUBLIC[case.status] == "closed":
        return replace(taken, since=at, reported=True, notified=True, complex=False, extended=False)
    return replace(taken, since=at) if case.status == "suspended" else taken


def passed_on(case: Case, at: int) -> Case:
    """How it stands with the unit it was passed to at this UTC second: as one that it just got; a hold goes with it.

    The terms run for the body that receives it, from when it does (BLTTHS 2015 Đ.145, 147).
    """
    return Case("received", case.urgent, at, held=case.held, waits=case.waits)


def public(act: Act, before: TipState) -> TipState:
    """What a reporter may see after this act, late; a step changes nothing of it."""
    match act:
        case "report" | "notify" | "complex" | "extend" | "hold" | "release" | "settle":
            return before
    return PUBLIC[act]


def running(case: Case) -> Running:
    """What its deadlines follow from."""
    return Running(clocks_of(case), case.urgent, case.since, case.ended)


def clocks_of(case: Case) -> frozenset[Clock]:
    """The clocks that run: a status lets them, and what they ask for is not done.

    Until it is decided, verification; none while it lies with another body or is suspended, where its decision is not
    ours, but the notice of its receipt stays due.
    """
    status, found = case.status, set[Clock]()
    if PUBLIC[status] != "closed" and not case.opened:
        found.add("open")
    if status in ("received", "classified", "verifying"):
        found.add("extended" if case.extended else "complex" if case.complex else "verify")
        found |= set() if case.reported else {"report"}
    if status == "received":
        found.add("classify")
    if PUBLIC[status] != "closed" and not case.notified:
        found.add("notify")
    if status in DECIDED and not case.notified:
        found.add("end")
    return frozenset(found)
