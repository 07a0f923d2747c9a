"""Units at the command line: found, put in, listed, merged."""

from __future__ import annotations

import json
import stat

from integration.shell import Shell, one_line


def test_a_unit_is_found_before_anything_is_installed(shell: Shell) -> None:
    (found, *_) = json.loads(shell.says("unit", "find", "ddaauj", "lieeu", "--json"))
    assert (found["code"], found["name"], found["province"]) == ("18118", "phường Nam Hồng Lĩnh", "Hà Tĩnh")
    assert found["was"].startswith("phường Đậu Liêu")
    said = shell.says("unit", "find", "son lu")
    assert said.splitlines()[0].startswith("15016  xã Quan Sơn, Thanh Hóa   was: thị trấn Sơn Lư")
    assert "ask for the hamlet" in said
    assert json.loads(shell.says("unit", "find", "qqqq", "--json")) == []
    assert "No unit is named like this" in shell.says("unit", "find", "qqqq")
    assert not shell.data.exists()


def test_a_province_is_put_in_and_wards_of_it_merge(real: Shell) -> None:
    assert real.says("unit", "list").splitlines() == ["18118  phường Nam Hồng Lĩnh"]
    assert "Put in: 69 unit(s); here before: 1." in real.says("unit", "add", "42", "--with-wards")
    assert "Put in: 1 unit(s)" in real.says(
        "unit", "add", "42999", "--name-vi", "phường Mới", "--name-en", "Mới ward", "--parent", "42"
    )
    told = real.run("doctor").stdout
    assert "unit 18118 has an officer who reads its tips" in told
    assert "unit 18115 has an officer" not in told, "it does not receive"
    assert json.loads(real.says("unit", "find", "phường mới", "--json"))[0]["code"] == "42999"
    assert "(18118) goes on from 2027-01-01" in real.says(
        "unit", "merge", "18115", "42999", "--into", "18118", "--on", "2027-01-01"
    )
    listed = {unit["code"]: unit for unit in json.loads(real.says("unit", "list", "--all", "--json"))}
    assert (listed["18115"]["valid_to"], listed["18115"]["successor"]) == ("2027-01-01", "18118")
    assert (listed["18118"]["valid_to"], listed["18118"]["parent"]) == (None, "42")
    assert "until 2027-01-01, then 18118" in real.says("unit", "list", "--all")


def test_what_cannot_be_merged_or_put_in_is_one_plain_line(real: Shell) -> None:
    real.says("unit", "add", "18115")
    for words, said in (
        (("merge", "18118", "--into", "18115"), "nobody could read what is sent to unit 18115"),
        (("merge", "18118", "--into", "18118"), "another one that goes on"),
        (("merge", "99999", "--into", "18118"), "there is no such unit here: 99999"),
        (("add", "99999"), "in no file of the country"),
        (("add", "18115", "--with-wards"), "wants a province's code"),
    ):
        assert said in one_line(real.run("unit", *words)), words
    assert real.run("unit", "merge", "18115", "--into", "18118", "--on", "soon").returncode == 2


def test_units_and_invitations_by_table(real: Shell) -> None:
    (real.folder / "units.csv").write_text("code,parent\n42,\n18115,42\n18118,42\n", "utf-8")
    assert "2 new, 1 changed, 0 as" in real.says("unit", "import", "units.csv")
    assert "Written to all.xlsx" in real.says("unit", "export", "all.xlsx")
    assert "0 new, 0 changed, 3 as" in real.says("unit", "import", "all.xlsx")
    (real.folder / "new.csv").write_text("unit,name,role\n18118,Cán bộ 1,chief\n18115,Cán bộ 2,\n", "utf-8")
    assert "Invited: 2." in real.says("officer", "import", "new.csv", "--out", "links.csv")
    links = real.folder / "links.csv"
    assert stat.S_IMODE(links.stat().st_mode) == 0o600
    assert links.read_text("utf-8-sig").count("/desk#enrol=") == 2
    assert real.run("officer", "import", "new.csv", "--out", "links.csv").returncode == 2
    (real.folder / "new.csv").write_text("unit,name,role\n18118,Cán bộ 1,king\n", "utf-8")
    done = real.run("officer", "import", "new.csv", "--out", "others.csv")
    assert (done.returncode, "Row 2: " in done.stderr) == (1, True)
    assert not (real.folder / "others.csv").exists()
    (real.folder / "units.csv").write_text("code,successor\n18118,18115\n", "utf-8")
    done = real.run("unit", "import", "units.csv")
    assert (done.returncode, "hopthu unit merge" in done.stderr) == (1, True)
