"""The list of what a person must have compared before the authority signs, written empty and read filled in.

Nobody is confirmed by a list but by what a person put there: the twenty digits as he heard them, which are compared
here, or a tick beside digits that stand in the list and are still the right ones. Its lines are known by a key, and the
units above by codes, that no spreadsheet takes for a number, and digits are typed in fives: none loses a nought.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.service.authority.requests import Case, digits_of
from bot.service.tables import Column, Fault, Kind, Row, read_table, write_table
from crypto.fingerprint import DIGITS, GROUP

HEARD = tuple(f"heard {n}" for n in range(1, DIGITS // GROUP + 1))
SAME = "same"
TICKS = frozenset({"x", "✓", "✔", "có", "yes", "same", "1"})
COLUMNS = (
    Column("key", ("khóa",), needed=True),
    Column("unit", ("đơn vị",)),
    Column("name", ("tên",)),
    Column("parent", ("đơn vị trên",)),
    Column("account", ("tài khoản",)),
    Column("role", ("vai trò",)),
    Column("what", ("việc",)),
    Column("digits", ("chữ số",)),
    *(Column(name, (f"nghe {name[-1]}",)) for name in HEARD),
    Column(SAME, ("đúng",)),
)


@dataclass(frozen=True, slots=True)
class Line:
    """An officer whose keys nobody has compared, or (`digits` empty) a unit that is new or other than before."""

    key: str
    unit: str
    name: str
    parent: str
    what: str
    account: str = ""
    role: str = ""
    digits: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """Keys of lines that a person confirmed, and what is wrong with rows. Whoever is not named waits."""

    confirmed: frozenset[str]
    faults: tuple[Fault, ...] = ()


def key_of(unit: str, serial: str = "") -> str:
    """How the list names a unit, or an officer of one."""
    return f"{_code(unit)}-{serial}" if serial else _code(unit)


def lines_of(cases: Sequence[Case], report: Callable[[int, int], None] | None = None) -> list[Line]:
    """What is to be compared, unit by unit; `report` is told how many officers' digits are worked out."""
    total, done = sum(len(case.new) for case in cases), 0
    lines: list[Line] = []
    for case in cases:
        sheet = case.sheet
        place = (sheet.unit, sheet.name, sheet.parent or "")
        if case.changed:
            lines.append(Line(key_of(sheet.unit), *place, case.changed))
        for one in case.new:
            key, digits = key_of(sheet.unit, one.serial), digits_of(sheet, one)
            lines.append(Line(key, *place, "new officer", one.officer, one.role, digits))
            done += 1
            if report is not None:
                report(done, total)
    return lines


def write_list(kind: Kind, lines: Iterable[Line], *, digits: bool) -> bytes:
    """The list to fill in; without `digits` only what is heard and typed can confirm anybody."""
    return write_table(kind, COLUMNS, [_cells(line, digits=digits) for line in lines])


def _cells(line: Line, *, digits: bool) -> dict[str, str]:
    return {
        "key": line.key,
        "unit": line.unit,
        "name": line.name,
        "parent": _code(line.parent),
        "account": line.account,
        "role": line.role,
        "what": line.what,
        "digits": line.digits if digits else "",
    }


def judge(lines: Iterable[Line], body: bytes) -> Judged:
    """What the filled-in list confirms of these lines.

    A line that a row contradicts is not confirmed, whatever another row says.

    Raises:
        RowsRefused: the file is no such list.
    """
    known = {line.key: line for line in lines}
    faults: list[Fault] = []
    yes: set[str] = set()
    no: set[str] = set()
    for row in read_table(body, COLUMNS):
        line, before = known.get(row["key"]), len(faults)
        if line is not None and _confirms(line, row, faults):
            yes.add(line.key)
        if line is not None and len(faults) > before:
            no.add(line.key)
    return Judged(frozenset(yes - no), tuple(faults))


def _confirms(line: Line, row: Row, faults: list[Fault]) -> bool:
    heard, tick = [row[name] for name in HEARD], row[SAME].casefold()
    if line.digits and any(heard):
        return _as_heard(line, heard, row, faults)
    if not tick:
        return False
    if tick not in TICKS:
        faults.append(Fault(row.number, "row-tick", SAME))
    elif not line.digits and (row["name"], row["parent"]) != (line.name, _code(line.parent)):
        faults.append(Fault(row.number, "row-list-unit", "name"))
    elif line.digits and not row["digits"]:
        faults.append(Fault(row.number, "row-tick-digits", SAME))
    elif line.digits and row["digits"] != line.digits:
        faults.append(Fault(row.number, "row-list-digits", "digits"))
    else:
        return True
    return False


def _as_heard(line: Line, heard: Sequence[str], row: Row, faults: list[Fault]) -> bool:
    empty = [name for name, group in zip(HEARD, heard, strict=True) if not group]
    if empty:
        faults.append(Fault(row.number, "row-heard-empty", empty[0]))
    elif [group.zfill(GROUP) for group in heard] != line.digits.split():
        faults.append(Fault(row.number, "row-heard-other", HEARD[0]))
    else:
        return True
    return False


def _code(unit: str) -> str:
    """A unit in a cell: 04 and 00004 are two, and a spreadsheet would make 4 of both."""
    return f"u{unit}" if unit else ""
