"""The audit chain's proof: a chain of every kind of act, in which no byte, no record and no row it vouches for changes
without `hopthu audit verify` finding it.

What each check finds, and who: a file by anybody (bytes, records, other units' records); a cut end by whoever noted a
mark; rows by the operator's `--here`.
"""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from chained import ENDED, Lived, live
from installation import UNIT
from integration.shell import Shell
from unit.service.organisation_world import OTHER, PROVINCE

from bot.edge.cli.audit import verified
from bot.service.auditing import Finding, verify_export
from bot.service.errors import NotAccepted
from crypto.acts import DETAILS, digest, read_record
from crypto.audit import short
from crypto.audit_file import read_file, write_file

CHANGES = 1_000
SEED = 20_261_123


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    return asyncio.run(live(tmp_path_factory.mktemp("lived") / "data"))


def refused(lived: Lived, path: Path) -> bool:
    """True where the command would not say that the file holds."""
    try:
        return not verified(path, lived.trust).holds
    except NotAccepted:
        return True


def test_every_kind_of_act_there_is_stands_in_the_chains(lived: Lived) -> None:
    assert lived.kinds() == {(kind, act) for kind, acts in DETAILS.items() for act in acts}
    for unit, content in lived.files.items():
        found = verify_export(content, lived.trust)
        assert (found.holds, found.unit, found.withheld) == (True, unit, 0)


def test_a_thousand_changed_bytes_are_a_thousand_found(lived: Lived, tmp_path: Path) -> None:
    chance, path = random.Random(SEED), tmp_path / "audit.txt"
    missed = []
    for n in range(CHANGES):
        content = bytearray(lived.files[UNIT if n % 4 else (OTHER, PROVINCE, ENDED)[n // 4 % 3]])
        at, other = chance.randrange(len(content)), chance.randrange(1, 256)
        content[at] ^= other
        path.write_bytes(content)
        if not refused(lived, path):
            missed.append((n, at, other))
    assert missed == []


def test_the_command_as_a_process_says_so_too(lived: Lived, shell: Shell) -> None:
    keys = ["--authority", lived.trust.authority.hex()]
    keys += [word for key in lived.trust.server for word in ("--server", key.hex())]
    (shell.folder / "whole.txt").write_bytes(lived.files[UNIT])
    assert shell.apart("audit", "verify", "whole.txt", *keys).returncode == 0
    chance = random.Random(SEED)
    for n in range(3):
        content = bytearray(lived.files[UNIT])
        content[chance.randrange(len(content))] ^= 1
        (shell.folder / f"{n}.txt").write_bytes(content)
        done = shell.apart("audit", "verify", f"{n}.txt", *keys)
        assert done.returncode in (1, 2), done


def rewritten(lived: Lived, change: Callable[[list[bytes]], list[bytes]]) -> Finding:
    """What is found of the ward's file, written anew with these records: header and digest fit them."""
    file = read_file(lived.files[UNIT])
    return verify_export(write_file(replace(file, records=tuple(change(list(file.records))))), lived.trust)


def _without(at: int, rows: list[bytes]) -> list[bytes]:
    return rows[:at] + rows[at + 1 :]


def _with(at: int, one: bytes, rows: list[bytes]) -> list[bytes]:
    return [*rows[:at], one, *rows[at:]]


def test_a_record_of_each_kind_that_is_deleted_is_missed(lived: Lived) -> None:
    records = read_file(lived.files[UNIT]).records
    last_of = {read_record(body).act.act: at for at, body in enumerate(records[:-1])}
    for at in last_of.values():
        found = rewritten(lived, partial(_without, at))
        assert (found.holds, found.at) == (False, at + 1)


def test_two_records_that_changed_places_are_found(lived: Lived) -> None:
    chance, length = random.Random(SEED), len(read_file(lived.files[UNIT]).records)
    for _ in range(50):
        one, other = sorted(chance.sample(range(length), 2))

        def swapped(rows: list[bytes], one: int = one, other: int = other) -> list[bytes]:
            rows[one], rows[other] = rows[other], rows[one]
            return rows

        assert rewritten(lived, swapped).at == one + 1


def test_records_of_another_unit_do_not_fit_in(lived: Lived) -> None:
    theirs = read_file(lived.files[OTHER]).records
    length = len(read_file(lived.files[UNIT]).records)
    for at in range(0, length, 7):
        found = rewritten(lived, partial(_with, at, theirs[at % len(theirs)]))
        assert (found.holds, found.at, found.why) == (False, at + 1, "place")


@pytest.mark.parametrize("cut", [1, 2, 10])
def test_a_cut_end_holds_for_whoever_noted_nothing_and_for_nobody_else(lived: Lived, tmp_path: Path, cut: int) -> None:
    file = read_file(lived.files[UNIT])
    head = digest(file.records[-1])
    path = tmp_path / "cut.txt"
    path.write_bytes(write_file(replace(file, records=file.records[:-cut])))
    assert verified(path, lived.trust).holds
    for noted in (f"{len(file.records)}:{short(head)}", short(head), f"hopthu:{UNIT}:{len(file.records)}:{head.hex()}"):
        found = verified(path, lived.trust, noted)
        assert (found.holds, found.why) == (False, "elsewhere" if noted == short(head) else "shorter")


def test_a_mark_is_of_one_unit(lived: Lived, tmp_path: Path) -> None:
    path = tmp_path / "other.txt"
    path.write_bytes(lived.files[OTHER])
    with pytest.raises(NotAccepted, match="another unit"):
        verified(path, lived.trust, f"hopthu:{UNIT}:3:{'0' * 64}")


# Rows of the database.


@pytest.fixture
def here(lived: Lived, shell: Shell) -> Shell:
    """A copy of the installation to forge rows of."""
    shutil.copytree(lived.folder, shell.data)
    return shell


def found_in(here: Shell, *statements: str) -> set[str]:
    """What the command finds after somebody with write access to the database did this."""
    with sqlite3.connect(here.data / "hopthu.sqlite3") as database:
        for statement in statements:
            assert database.execute(statement).rowcount > 0, statement
    database.close()
    done = here.run("audit", "verify", "--here", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == (1 if found else 0), done
    return {one["what"] for one in found}


def test_what_nobody_forged_fits(here: Shell) -> None:
    assert found_in(here) == set()
    assert here.says("audit", "verify", "--here") == "Every chain here holds, and the rows are as they tell.\n"


OPENED = "(SELECT tip FROM grants WHERE opened LIMIT 1)"
FORGED = {
    "a record deleted": ("DELETE FROM audit WHERE unit_id = '18118' AND n = 20", "chain"),
    "a record changed": (
        "UPDATE audit SET body = CAST(replace(CAST(body AS TEXT), 'hour', 'houx') AS BLOB) WHERE n = 20",
        "chain",
    ),
    "the last records cut": ("DELETE FROM audit WHERE unit_id = '18118' AND n > 20", "stands"),
    "a tip deleted": (f"DELETE FROM tips WHERE id = {OPENED}", "gone"),
    "a tip moved": ("UPDATE tips SET unit_id = '42' WHERE status = 'handled'", "unit"),
    "a status set": ("UPDATE tips SET status = 'closed' WHERE status = 'duplicate'", "stands"),
    "a status taken back": ("UPDATE tips SET status = 'received' WHERE status = 'handled'", "stands"),
    "a notice made out of nothing": ("UPDATE tips SET notified = 1 WHERE status = 'received'", "stands"),
    "a longer term": ("UPDATE tips SET complex = 1 WHERE status = 'duplicate'", "stands"),
    "a hold lifted": ("UPDATE tips SET held = 0 WHERE held", "stands"),
    "an entry deleted": ("DELETE FROM entries WHERE seq = 3", "entry-gone"),
    "an entry changed": ("UPDATE entries SET sealed = zeroblob(64) WHERE seq = 3", "entry"),
    "the last entries cut": ("DELETE FROM entries WHERE seq = (SELECT max(seq) FROM entries)", "thread"),
    "an entry added": (
        "INSERT INTO entries SELECT tip, max(seq) + 1, unit_id, sealed FROM entries GROUP BY tip",
        "thread",
    ),
    "a key for a stranger": (
        f"INSERT INTO grants SELECT tip, 'abad1dea0000', unit_id, sealed, 0 FROM grants WHERE tip = {OPENED} LIMIT 1",
        "nobody",
    ),
    "a sheet deleted": ("DELETE FROM sheets WHERE unit_id = '18118' AND n = 3", "sheet"),
    "a sheet changed": (
        "UPDATE sheets SET body = CAST(replace(CAST(body AS TEXT), 'chief', 'chiex') AS BLOB) WHERE unit_id = '42'",
        "sheet",
    ),
    "the sheet of a merger deleted": ("DELETE FROM sheets WHERE unit_id = '42'", "heir"),
    "who was shut out let in": ("UPDATE officers SET status = 'active' WHERE status = 'removed'", "officer"),
    "a box renamed": ("UPDATE boxes SET label_vi = 'Nhà khác' WHERE code = 'nvh-2'", "row"),
    "a box deleted": ("DELETE FROM boxes WHERE code = 'nvh-2'", "row"),
    "a holiday deleted": ("DELETE FROM holidays", "row"),
    "a history rewritten": ("UPDATE changes SET change = zeroblob(32) WHERE list = 'boxes'", "change"),
    "a history's cells": ("UPDATE changes SET cells = NULL WHERE list = 'boxes'", "row"),
}


@pytest.mark.parametrize("how", FORGED)
def test_a_row_that_was_forged_is_found(here: Shell, how: str) -> None:
    statement, what = FORGED[how]
    assert what in found_in(here, statement)


def test_a_key_given_back_after_it_was_taken_is_found(here: Shell, lived: Lived) -> None:
    acts = [read_record(one).act for one in read_file(lived.files[UNIT]).records]
    back = [act for act in acts if act.act == "take-back"][-1]
    assert back.tip is not None
    reader = str(dict(back.detail)["reader"])
    forged = (
        f"INSERT INTO grants SELECT tip, '{reader}', unit_id, sealed, 0 FROM grants"
        f" WHERE tip = x'{back.tip.hex()}' AND recipient <> 'recovery' LIMIT 1"
    )
    assert found_in(here, forged) == {"taken-back"}


@pytest.mark.parametrize("act", ["give", "rekey", "forward"])
def test_keys_that_an_act_named_cannot_be_others(here: Shell, lived: Lived, act: str) -> None:
    acts = [read_record(one).act for one in read_file(lived.files[UNIT]).records]
    tip = [one.tip for one in acts if one.act == act and one.tip][-1].hex()
    whose = f"tip = x'{tip}' AND recipient NOT LIKE 'recovery%'"
    assert found_in(here, f"UPDATE grants SET sealed = zeroblob(3000) WHERE {whose}") == {"keys"}
