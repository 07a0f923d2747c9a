"""What the authority's command makes of requests and of sheets signed before: the page must make the same of them.

Every key is fixed, so that the signed bytes are. `python tests/unit/service/authority_cases.py` writes the file that
the page's tests read.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from unit.crypto.sealing_world import identity, secret, signer  # noqa: E402 - the folders must be on the path first

from bot.service.authority.comparing import lines_of  # noqa: E402
from bot.service.authority.kept import Office, Signed  # noqa: E402
from bot.service.authority.requests import FARTHEST, open_cases, request_file  # noqa: E402
from bot.service.authority.signing import Outcome, Terms, chosen, renew, shorten, sign_cases  # noqa: E402
from crypto.sheets import LIFETIME, Officer, Sheet  # noqa: E402
from crypto.wire import encode_raw  # noqa: E402

FILE = ROOT / "web" / "tests" / "authority" / "cases.json"
SEED = secret("authority of the page")
START, DAY = 1_795_316_827, 24 * 3600
SITE, UNIT, OTHER = "ab12cd34", "18118", "18121"
LONG = (identity("one").recipient, identity("two").recipient, identity("three").recipient)
"""Public keys are long: in the file stands `@` and their place here."""
Json = dict[str, Any]


def line_of(serial: str, account: str, role: str = "duty", key: int = 0) -> Officer:
    return Officer(serial, account, role, LONG[key], signer(account).verify_key, START, None)


FIRST, SECOND, CHIEF = line_of("s-1", "truc1"), line_of("s-2", "truc2"), line_of("s-3", "truong", "chief")
SWAPPED = replace(FIRST, recipient=LONG[1])


def sheet_of(*officers: Officer, unit: str = UNIT, n: int = 1, at: int = START, **changes: object) -> Sheet:
    plain = Sheet(SITE, False, unit, f"xã {unit}", "42", n, at, at + LIFETIME, officers, None)
    return replace(plain, **changes)  # type: ignore[arg-type] # changes of a case


ONCE = (sheet_of(FIRST, SECOND),)
LATER: Json = {"n": 2, "at": START + DAY}
MERGED = sheet_of(FIRST, goes_on_for=(OTHER, "18124"))
ASKED: tuple[tuple[str, Json], ...] = (
    ("a first sheet, compared", {"asked": [sheet_of(FIRST, SECOND)]}),
    ("a first sheet, nobody compared", {"asked": [sheet_of(FIRST, SECOND)], "confirmed": ()}),
    ("the unit is not looked at", {"asked": [sheet_of(FIRST)], "confirmed": ("u18118-s-1",)}),
    ("one of two compared", {"asked": [sheet_of(FIRST, SECOND)], "confirmed": ("u18118", "u18118-s-1")}),
    (
        "one of two compared, the other left out",
        {"asked": [sheet_of(FIRST, SECOND)], "confirmed": ("u18118", "u18118-s-1"), "leave_out": True},
    ),
    ("all of them left out", {"asked": [sheet_of(FIRST)], "confirmed": ("u18118",), "leave_out": True}),
    ("nobody on it", {"asked": [sheet_of()]}),
    ("the same people again", {"kept": ONCE, "asked": [sheet_of(FIRST, SECOND, **LATER)], "confirmed": ()}),
    ("one is new and one has gone", {"kept": ONCE, "asked": [sheet_of(FIRST, CHIEF, **LATER)]}),
    (
        "a known officer's key was swapped",
        {"kept": ONCE, "asked": [sheet_of(SWAPPED, SECOND, **LATER)], "confirmed": ()},
    ),
    ("another name", {"kept": ONCE, "asked": [sheet_of(FIRST, name="xã khác", **LATER)], "confirmed": ()}),
    ("another unit above", {"kept": ONCE, "asked": [sheet_of(FIRST, parent=None, **LATER)], "confirmed": ()}),
    (
        "name and unit above",
        {"kept": (replace(ONCE[0], parent=None),), "asked": [sheet_of(FIRST, name="x", **LATER)], "confirmed": ()},
    ),
    ("answered already", {"kept": ONCE, "asked": [sheet_of(FIRST, SECOND, CHIEF)], "confirmed": ()}),
    ("the same number for others", {"kept": ONCE, "asked": [sheet_of(CHIEF, at=START + 2)]}),
    ("a number far away", {"asked": [sheet_of(FIRST, n=1 + FARTHEST)]}),
    ("the last number that is near", {"asked": [sheet_of(FIRST, n=FARTHEST)]}),
    ("a day to come", {"asked": [sheet_of(FIRST, at=START + 9 * DAY)]}),
    ("a day long over", {"asked": [sheet_of(FIRST, at=START - 100 * DAY)]}),
    ("a demonstration", {"kept": ONCE, "asked": [sheet_of(FIRST, demo=True, **LATER)]}),
    ("another installation", {"kept": ONCE, "asked": [sheet_of(FIRST, SECOND, site="ff00ff00")], "confirmed": ()}),
    ("a foreign recovery identity", {"asked": [sheet_of(FIRST, recovery=LONG[2])]}),
    ("the folder's recovery identity", {"asked": [sheet_of(FIRST)], "recoveries": {UNIT: "three"}}),
    (
        "the recovery identity of the sheet before",
        {"kept": (replace(ONCE[0], recovery=LONG[2]),), "asked": [sheet_of(FIRST, **LATER)]},
    ),
    ("a unit that another goes on for", {"kept": (MERGED,), "asked": [sheet_of(CHIEF, unit=OTHER, **LATER)]}),
    ("a merged unit's people again", {"kept": (MERGED,), "asked": [replace(MERGED, n=2, issued=START + DAY)]}),
    ("going on for others on its own word", {"asked": [MERGED]}),
    ("going on for fewer", {"kept": (MERGED,), "asked": [sheet_of(FIRST, goes_on_for=(OTHER,), **LATER)]}),
    ("two requests for a unit", {"asked": [sheet_of(FIRST), sheet_of(SECOND), sheet_of(FIRST, unit=OTHER)]}),
    ("a unit that is a path", {"asked": [sheet_of(FIRST, unit="../x")]}),
    ("ten and two in order", {"asked": [sheet_of(FIRST, unit=f"{n:05}") for n in range(12)]}),
    ("until a day", {"asked": [sheet_of(FIRST)], "until": START + 30 * DAY}),
    ("until a day too far", {"asked": [sheet_of(FIRST)], "until": START + LIFETIME + 1}),
    ("until a day that is over", {"asked": [sheet_of(FIRST)], "until": START}),
)
TWICE = (sheet_of(FIRST, SECOND), sheet_of(CHIEF, unit=OTHER))
HEIR = sheet_of(FIRST, SECOND, unit="18124", goes_on_for=(UNIT,))
AGAIN: tuple[tuple[str, Json], ...] = (
    ("renewed", {"task": "renew", "now": START + 80 * DAY}),
    ("renewed after a merger", {"task": "renew", "now": START + 80 * DAY, "kept": (*TWICE, HEIR)}),
    ("renewed until a day", {"task": "renew", "now": START + 80 * DAY, "until": START + 120 * DAY}),
    ("renewed for less", {"task": "renew", "now": START + DAY, "until": START + 30 * DAY}),
    ("renewed for too long", {"task": "renew", "now": START + DAY, "until": START + 200 * DAY}),
    ("renewed by a clock that is behind", {"task": "renew", "now": START}),
    ("shortened", {"task": "shorten", "now": START + DAY, "until": START + 10 * DAY}),
    ("without one", {"task": "shorten", "now": START + DAY, "without": ("s-2",)}),
    ("without one, and shortened", {"task": "shorten", "now": START + 2, "until": START + DAY, "without": ("s-3",)}),
    ("without nobody", {"task": "shorten", "now": START + DAY}),
    ("shortened to a day that is over", {"task": "shorten", "now": START + DAY, "until": START + DAY}),
    ("shortened to the same day", {"task": "shorten", "now": START + DAY, "until": START + LIFETIME}),
)


def cases() -> Json:
    """Everything the page's tests read."""
    return {
        "seed": encode_raw(SEED),
        "long": LONG,
        "asked": [_in_folder(_asked, name, given) for name, given in ASKED],
        "again": [_in_folder(_again, name, given) for name, given in AGAIN],
    }


def written() -> str:
    """The same as the file holds it."""
    return json.dumps(cases(), ensure_ascii=False, indent=1) + "\n"


def _in_folder(tell: Callable[[Path, Json], Json], name: str, given: Json) -> Json:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "authority.key").write_bytes(SEED)
        return {"name": name, **tell(Path(folder), given)}


def _asked(folder: Path, given: Json) -> Json:
    kept: Sequence[Sheet] = given.get("kept", ())
    _keep(folder, kept)
    recoveries = {unit: identity(name).encode() for unit, name in given.get("recoveries", {}).items()}
    for unit, written_ in recoveries.items():
        (folder / f"recovery-{unit}.key").write_text(written_ + "\n")
    now = START + 2 * DAY
    files = [(f"request-{n}.json", request_file(sheet)) for n, sheet in enumerate(given["asked"], 1)]
    office = Office(folder, now)
    found, refused = open_cases(office, files)
    keys = sorted(line.key for line in lines_of(found))
    confirmed = sorted(given.get("confirmed", keys))
    terms = Terms(given.get("until"), given.get("leave_out", False))
    outcomes, signed = sign_cases(office, found, frozenset(confirmed), terms)
    return {
        "now": now,
        "kept": [_short(request_file(sheet)) for sheet in kept],
        "recoveries": recoveries,
        "files": [[name, _short(content)] for name, content in files],
        "confirmed": confirmed,
        "until": terms.until,
        "leave_out": terms.leave_out,
        "keys": keys,
        "refused": [[one.file, one.why] for one in refused],
        **_told(outcomes, signed),
    }


def _again(folder: Path, given: Json) -> Json:
    kept = given.get("kept", TWICE)
    _keep(folder, kept)
    office = Office(folder, given["now"])
    sheets, until = chosen(office, ()), given.get("until")
    without = frozenset(given.get("without", ()))
    if given["task"] == "renew":
        outcomes, signed = renew(office, sheets, until)
    else:
        outcomes, signed = shorten(office, sheets, until, without)
    return {
        "task": given["task"],
        "now": given["now"],
        "kept": [_short(request_file(sheet)) for sheet in kept],
        "until": until,
        "without": sorted(without),
        **_told(outcomes, signed),
    }


def _keep(folder: Path, sheets: Sequence[Sheet]) -> None:
    office = Office(folder, START)
    for sheet in sheets:
        office.sign(sheet)


def _told(outcomes: Sequence[Outcome], signed: Sequence[Signed]) -> Json:
    fields = ("unit", "status", "n", "waiting", "left", "why")
    return {
        "outcomes": [{field: getattr(one, field) for field in fields} for one in outcomes],
        "sheets": [hashlib.sha256(one.body).hexdigest() for one in signed],
    }


def _short(content: bytes) -> str:
    text = content.decode()
    for place, key in enumerate(LONG):
        text = text.replace(key, f"@{place}")
    return text


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
