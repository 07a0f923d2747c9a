"""Many units' sheets by the command line: from who waits on the server, over the comparing, back to the server."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import time
import zipfile

import pytest
from installation import OfficerKeys
from integration.shell import Shell, one_line

from bot.service.authority.comparing import HEARD
from bot.service.desk import enrolment
from storage.database import open_database
from storage.repositories import units
from storage.repositories.enrolments import Enrolment
from storage.repositories.units import Unit

WARDS = {"18118": "phường Nam Hồng Lĩnh", "18121": "xã Lộc Hà", "18124": "xã Can Lộc"}
DAY = 24 * 3600
Rows = dict[str, dict[str, str]]


async def many(shell: Shell) -> None:
    """Three units, and an officer who waits in each."""
    database = open_database(f"sqlite:///{shell.data}/hopthu.sqlite3")
    now = int(time.time())
    for code, name in WARDS.items():
        unit = Unit(code, name, name, None, 0)
        await database.run(lambda connection, unit=unit: units.put_unit(connection, unit))  # type: ignore[misc] # bound by its default
        enrolled = Enrolment(code, "duty", f"Đ/c {code}", now + 60)
        token, application = os.urandom(32).hex(), OfficerKeys().application(f"truc{code}")
        await database.run(lambda c, t=token, e=enrolled: enrolment.invite(c, t, e))  # type: ignore[misc] # bound by its defaults
        await database.run(
            lambda c, t=token, a=application, s=f"s{code}": enrolment.apply(c, t, a, serial=s, now=now)  # type: ignore[misc] # bound by its defaults
        )
    await database.close()


@pytest.fixture
def province(real: Shell) -> Shell:
    asyncio.run(many(real))
    return real


def listed(shell: Shell, name: str = "compare.csv") -> Rows:
    text = (shell.folder / name).read_text("utf-8-sig")
    return {row["key"]: row for row in csv.DictReader(io.StringIO(text))}


def fill_in(shell: Shell, rows: Rows, name: str = "compare.csv") -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, next(iter(rows.values())).keys())
    writer.writeheader()
    writer.writerows(rows.values())
    (shell.folder / name).write_text(out.getvalue(), "utf-8")


def heard(shell: Shell) -> dict[str, dict[str, str]]:
    """What each officer reads aloud: the server's list is his screen here."""
    waiting = json.loads(shell.says("officer", "list", "--waiting", "--json"))
    return {f"u{one['unit']}-{one['serial']}": dict(zip(HEARD, one["digits"].split(), strict=True)) for one in waiting}


@pytest.mark.parametrize("bundle", ["requests", "requests.zip"])
def test_from_who_waits_to_who_is_in(province: Shell, bundle: str) -> None:
    assert "3 request(s)" in province.says("unit", "requests", bundle)
    province.settings["HOPTHU_DATA_DIR"] = "/nonexistent/authority/has/no/database"
    said = province.says("authority", "compare", bundle, "--key", "usb", "--out", "compare.csv")
    assert "3 officer(s) and 2 unit(s) to compare" in said
    rows = listed(province)
    del province.settings["HOPTHU_DATA_DIR"]
    for key, groups in heard(province).items():
        rows[key] |= groups
    rows["u18121"]["same"] = rows["u18124"]["same"] = "x"
    fill_in(province, rows)
    signing = ("authority", "sign", bundle, "--key", "usb", "--list", "compare.csv", "--out", "sheets")
    said = province.says(*signing)
    assert "3 signed, 0 signed before, 0 waiting, 0 refused." in said
    assert "3 signed before" in province.says(*signing)
    said = province.says("unit", "sheet", "sheets")
    assert said.count("is in force, 1 officer(s)") == 3
    assert province.says("unit", "sheet", "sheets").count("was in force already") == 3
    assert province.says("officer", "list", "--waiting") == ""
    assert [one["status"] for one in json.loads(province.says("officer", "list", "--json"))] == ["active"] * 3


def test_one_wrong_digit_stops_its_unit_alone(province: Shell) -> None:
    province.says("unit", "requests", "requests")
    province.says("authority", "compare", "requests", "--key", "usb", "--out", "compare.csv")
    rows, groups = listed(province), heard(province)
    groups["u18121-s18121"]["heard 3"] = "00000"
    for key in groups:
        rows[key] |= groups[key]
    rows["u18121"]["same"] = "x"
    fill_in(province, rows)
    done = province.run(
        "authority", "sign", "requests", "--key", "usb", "--list", "compare.csv", "--out", "sheets", "--json"
    )
    assert done.returncode == 1
    assert "Row 4: " in done.stderr
    assert "these are not the digits of the officer's keys" in done.stderr
    told = {one["unit"]: one for one in json.loads(done.stdout)}
    assert {unit: one["status"] for unit, one in told.items()} == {
        "18118": "signed", "18121": "waiting", "18124": "waiting",
    }  # fmt: skip
    assert told["18121"]["waiting"] == ["truc18121"]
    assert told["18124"]["why"] == "first sheet of this unit"
    assert [path.name for path in (province.folder / "sheets").iterdir()] == ["sheet-18118-2.txt"]


def test_many_are_never_signed_by_a_yes(province: Shell) -> None:
    province.says("unit", "requests", "requests.zip")
    said = one_line(province.run("authority", "sign", "requests.zip", "--key", "usb", "--out", "x", "--yes"))
    assert "--yes is for one request" in said
    done = province.run("authority", "sign", "requests.zip", "--key", "usb", "--out", "x")
    assert (done.returncode, "0 signed, 0 signed before, 3 waiting" in done.stdout) == (1, True)
    assert not (province.folder / "x").exists()


def test_a_list_that_was_filled_in_is_not_written_over(province: Shell) -> None:
    province.says("unit", "requests", "requests")
    comparing = ("authority", "compare", "requests", "--key", "usb")
    province.says(*comparing)
    assert "is there already" in one_line(province.run(*comparing))
    assert "is there already and not empty" in one_line(province.run("unit", "requests", "requests"))
    assert "must end with .csv or .xlsx" in one_line(province.run(*comparing, "--out", "list.txt"))


def test_the_list_as_json_has_the_digits(province: Shell) -> None:
    province.says("unit", "requests", "requests")
    said = json.loads(province.says("authority", "compare", "requests", "--key", "usb", "--json"))
    shown = {one["key"]: one["digits"].split() for one in said if one["digits"]}
    assert shown == {key: list(groups.values()) for key, groups in heard(province).items()}


def test_what_is_no_request_is_told_apart(province: Shell) -> None:
    told = json.loads(province.says("unit", "requests", "requests.zip", "--json"))
    assert {one["unit"]: one["new"] for one in told} == {code: [f"truc{code}"] for code in WARDS}
    with zipfile.ZipFile(province.folder / "requests.zip", "a") as packed:
        packed.writestr("bad.json", b"{}")
    done = province.run("authority", "compare", "requests.zip", "--key", "usb")
    assert (done.returncode, "bad.json: this file is no request" in done.stderr) == (1, True)
    done = province.run("authority", "sign", "requests.zip", "--key", "usb", "--out", "x")
    assert "bad.json" in done.stdout
    assert "3 waiting, 1 refused" in done.stdout


def test_sheets_come_all_or_none_if_asked(province: Shell) -> None:
    province.says("unit", "request", "18118")
    province.says("authority", "sign", "sheet-request.json", "--key", "usb", "--out", "second.txt")
    (province.folder / "bad.txt").write_text("x")
    done = province.run("unit", "sheet", "second.txt", "bad.txt", "--all", "--json")
    assert done.returncode == 1
    assert [one["status"] for one in json.loads(done.stdout)] == ["held", "refused"]
    done = province.run("unit", "sheet", "second.txt", "bad.txt")
    assert done.returncode == 1
    assert "second.txt: sheet 2 of unit 18118 is in force" in done.stdout
    assert "bad.txt: refused: this sheet is not signed" in done.stdout


def at(shell: Shell, days: float) -> None:
    """Both machines' clocks go forward."""
    now = time.time() + days * DAY
    shell.monkeypatch.setattr(time, "time", lambda: now)


def test_renewing_and_shortening_what_was_signed_before(province: Shell) -> None:
    (one,) = json.loads(province.says("authority", "sheets", "--key", "usb", "--json"))
    assert (one["unit"], one["n"]) == ("18118", 1)
    assert one["days"] in (89, 90)  # whether a second has passed since
    at(province, 1)
    assert "0 signed" in province.says("authority", "renew", "--key", "usb", "--out", "new")
    at(province, 80)
    assert "until" in province.says("authority", "sheets", "--key", "usb", "--ending", "14")
    assert "1 signed" in province.says("authority", "renew", "--key", "usb", "--out", "new")
    assert (province.folder / "new" / "sheet-18118-2.txt").exists()
    assert "is in force" in province.says("unit", "sheet", "new")
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 5 * DAY))
    at(province, 0.001)
    said = province.says("authority", "shorten", "18118", "--key", "usb", "--out", "short.zip", "--until", day)
    assert f"number 3, 0 officer(s), until {day}" in said
    assert "is in force" in province.says("unit", "sheet", "short.zip")
    done = province.run("doctor")
    assert "the sheet of unit 18118 is good for weeks" in done.stdout
    assert "it ends in " in done.stdout
    done = province.run("authority", "shorten", "18118", "--key", "usb", "--out", "x", "--until", "tomorrow")
    assert (done.returncode, "a day is written like" in done.stderr) == (2, True)


def test_the_folder_of_the_key_stays_closed(province: Shell) -> None:
    folder = province.folder / "usb" / "signed"
    assert folder.stat().st_mode & 0o077 == 0
    assert len(list(folder.iterdir())) == 1


def test_units_that_merge_go_on_with_their_officers(province: Shell) -> None:
    province.says("unit", "requests", "requests.zip")
    province.says("authority", "compare", "requests.zip", "--key", "usb", "--digits", "--out", "compare.csv")
    fill_in(province, {key: {**row, "same": "x"} for key, row in listed(province).items()})
    signing = ("authority", "sign", "requests.zip", "--key", "usb", "--list", "compare.csv", "--out", "first")
    province.says(*signing)
    province.says("unit", "sheet", "first")
    at(province, 1)
    merging = ("authority", "merge", "18118", "18121", "--into", "18200", "--key", "usb", "--out", "sheets")
    assert "say what it is called" in one_line(province.run(*merging, "--yes"))
    assert "no recovery identity in common" in one_line(province.run(*merging, "--name", "xã Mới", "--yes"))
    province.says("authority", "recovery", "usb", "18200")
    said = province.says(*merging, "--name", "xã Mới", typed="y\n")
    assert "goes on for:\n  18118, 18121" in said
    assert "truc18118 (duty)" in said
    assert "1 signed" in said
    assert "no such unit here" in one_line(province.run("unit", "sheet", "sheets"))
    province.says("unit", "add", "18200", "--name-vi", "xã Mới", "--name-en", "Mới commune")
    told = province.says("unit", "sheet", "sheets")
    assert "It goes on for 18118, 18121" in told
    officers = {one["account"]: one["unit"] for one in json.loads(province.says("officer", "list", "--json"))}
    assert officers == {"truc18118": "18200", "truc18121": "18200", "truc18124": "18124"}
    assert "until" in province.says("unit", "list", "--all")
    assert "goes on for 18118, 18121" in province.says("authority", "sheets", "--key", "usb")
    assert "another unit goes on" in one_line(province.run("unit", "request", "18118", "--out", "x.json"))
    assert "unit 18200 goes on for unit 18118" in one_line(
        province.run("authority", "renew", "18118", "--key", "usb", "--out", "again")
    )
    assert "what is sent to unit 18118 goes to the one after it" in province.run("doctor").stdout


def test_a_key_is_locked_under_words_and_opened_again(real: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    key, listing = real.folder / "usb" / "authority.key", ("authority", "sheets", "--key", "usb")
    before = key.read_bytes()
    monkeypatch.setattr("crypto.passphrases.new_passphrase", lambda: "đèn ấm áp công ruộng")
    done = real.run("authority", "lock", "usb", typed="den am ap cong dong\n")
    assert (done.returncode, "these are other words: the key is as it was" in done.stderr) == (1, True)
    assert key.read_bytes() == before
    assert "đèn ấm áp công ruộng" in real.says("authority", "lock", "usb", typed="den am ap CONG ruong\n")
    assert (len(key.read_bytes()), key.stat().st_mode & 0o777) == (77, 0o600)
    assert real.says(*listing, typed="den am ap cong ruong\n").startswith("18118")
    assert "the passphrase is another" in real.run(*listing, typed="den am ap cong dong\n").stderr
    real.says("authority", "unlock", "usb", typed="đèn ấm áp công ruộng\n")
    assert key.read_bytes() == before
    assert sorted(path.name for path in key.parent.iterdir()) == ["authority.key", "recovery-18118.key", "signed"]
