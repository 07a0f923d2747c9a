"""Boxes, hamlets and posters as an operator has them, by the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import zxingcpp
from integration.shell import Shell, one_line
from PIL import Image


def boxes(shell: Shell, *words: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(shell.says("box", "list", "--json", *words))
    return found


def test_a_box_from_its_making_to_its_end(real: Shell) -> None:
    real.settings["HOPTHU_TELEGRAM_NAME"] = "hopthu_nhl_bot"
    real.settings["HOPTHU_PUBLIC_URL"] = "https://hopthu.example"
    real.settings["HOPTHU_ZALO_OA_ID"] = "579745863508352884"
    said = real.says("box", "add", "18118", "Tổ dân phố 4", "--code", "tdp4", "--place", "Nhà văn hóa")
    assert "https://hopthu.example/h/tdp4" in said
    assert "https://t.me/hopthu_nhl_bot?start=tdp4" in said
    assert "https://zalo.me/579745863508352884, first message: tdp4" in said
    assert "link stays" in real.says("box", "rename", "tdp4", "Tổ 4", "--label-en", "Group 4")
    assert "Cổng chợ" in real.says("box", "move", "tdp4", "--place", "Cổng chợ")
    real.says("box", "contact", "tdp4", "--contact-role", "Tổ trưởng", "--contact-reach", "loa xóm")
    assert "leads to tdp4-moi" in real.says("box", "replace", "tdp4", "tdp4-moi")
    assert "leads to unit 18118" in real.says("box", "close", "tdp4-moi")
    assert "leads to box-18118" in real.says("box", "close", "tdp4-moi", "--successor", "box-18118")
    (hanging,) = boxes(real)
    assert (hanging["code"], hanging["leads_to"]) == ("box-18118", "box-18118")
    found = {box["code"]: box for box in boxes(real, "--all", "--unit", "18118")}
    assert {code: box["leads_to"] for code, box in found.items()} == dict.fromkeys(found, "box-18118")
    assert found["tdp4"]["contact"] == {"role": "Tổ trưởng", "reach": "loa xóm"}
    assert found["tdp4"]["telegram"] == "https://t.me/hopthu_nhl_bot?start=tdp4"
    assert found["tdp4"]["zalo"] == "https://zalo.me/579745863508352884"
    assert "closed, leads to tdp4-moi" in real.says("box", "list", "--all")
    assert "there is no such box" in one_line(real.run("box", "close", "nowhere"))
    assert real.run("box", "move", "tdp4").returncode == 2
    assert real.run("box", "contact", "tdp4").returncode == 2


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_tables_of_boxes_and_hamlets(real: Shell, kind: str) -> None:
    (real.folder / "hamlets.csv").write_text("Mã,Đơn vị,Tên thôn\nto-4,18118,Tổ 4\nto-5,18118,Tổ 5\n", "utf-8")
    (real.folder / "boxes.csv").write_text("unit,label_vi,hamlet\n18118,Tổ 4,to-4\n18118,Tổ 5,Tổ 5\n", "utf-8")
    assert "2 new, 0 changed, 0 as" in real.says("hamlet", "import", "hamlets.csv")
    assert "2 new, 0 changed, 0 as" in real.says("box", "import", "boxes.csv")
    real.says("box", "export", f"all.{kind}")
    real.says("hamlet", "export", f"places.{kind}", "--unit", "18118")
    assert "0 new, 0 changed, 3 as" in real.says("box", "import", f"all.{kind}")
    assert "0 new, 0 changed, 2 as" in real.says("hamlet", "import", f"places.{kind}")
    (real.folder / "boxes.csv").write_text("unit,label_vi,hamlet\n18118,Tổ 6,\n18118,Tổ 7,Tổ 9\n", "utf-8")
    done = real.run("box", "import", "boxes.csv")
    assert (done.returncode, "Row 3: there is no such hamlet in the unit" in done.stderr) == (1, True)
    assert len(boxes(real)) == 3
    assert ".csv or .xlsx" in one_line(real.run("box", "export", "all.pdf"))


def test_what_a_ward_covers(real: Shell) -> None:
    assert "no list of hamlets" in real.says("box", "coverage")
    real.says("hamlet", "add", "18118", "Tổ dân phố 4", "--code", "to-4", "--name-en", "Group 4")
    real.says("hamlet", "add", "18118", "Tổ dân phố 5", "--code", "to-5")
    real.says("box", "move", "box-18118", "--hamlet", "to-4")
    real.says("hamlet", "board", "to-4", "--day", "2026-11-22")
    said = real.says("box", "coverage")
    assert "with both 1: 50 %" in said
    assert "Tổ dân phố 5 (to-5) lacks a box and a board" in said
    assert "Together 1 of 2: 50 %." in said
    (found,) = json.loads(real.says("box", "coverage", "--unit", "18118", "--json"))
    assert (found["percent"], found["lacking"][0]["code"]) == (50.0, "to-5")
    assert "no board" in real.says("hamlet", "board", "to-4", "--gone")
    real.says("hamlet", "rename", "to-4", "Tổ Bốn")
    assert "0 box(es) belong to to-4" in real.says("hamlet", "end", "to-5", "--into", "to-4")
    assert "100 %" not in real.says("box", "coverage")
    assert [one["code"] for one in json.loads(real.says("hamlet", "list", "--json"))] == ["to-4"]
    assert "then to-4" in real.says("hamlet", "list", "--history", "to-5")


def test_codes_and_posters(real: Shell) -> None:
    real.settings["HOPTHU_PUBLIC_URL"] = "https://hopthu.example"
    real.says("box", "qr", "box-18118", "box.png")
    (code,) = zxingcpp.read_barcodes(Image.open(real.folder / "box.png"))
    assert code.text == "https://hopthu.example/h/box-18118"
    assert code.ec_level in ("Q", "H")
    real.says("box", "qr", "box-18118", "box.svg")
    assert (real.folder / "box.svg").read_bytes().startswith(b"<svg")
    assert "no bot is set up" in one_line(real.run("box", "qr", "box-18118", "t.svg", "--telegram"))
    sizes = ("--size", "a4", "--size", "cards", "--bilingual")
    assert "2 printed into posters" in real.says("poster", "box", "box-18118", *sizes)
    assert "1 printed into ward" in real.says("poster", "unit", "18118", "--out", "ward")
    assert "0 printed into ward; 1 were there" in real.says("poster", "unit", "18118", "--out", "ward")
    printed = [path for path in Path(real.folder).rglob("*.pdf") if path.read_bytes().startswith(b"%PDF")]
    assert {path.name for path in printed} == {
        "box-18118-a4-vi-en.pdf", "box-18118-cards-vi-en.pdf", "box-18118-a4.pdf",
    }  # fmt: skip
    assert "there is no such box" in one_line(real.run("poster", "box", "nowhere"))
    assert "there is no such unit" in one_line(real.run("poster", "unit", "99999"))
    assert real.run("poster", "box", "box-18118", "--size", "a0").returncode == 2
