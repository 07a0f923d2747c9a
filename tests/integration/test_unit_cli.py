"""Units at the command line: found, put in, listed, merged."""

from __future__ import annotations

import json

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
