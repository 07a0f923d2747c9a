"""`hopthu … history`: what became of a row, as whoever works on the machine reads it."""

from __future__ import annotations

import json

from integration.shell import Shell, one_line


def test_every_list_says_what_became_of_a_row(real: Shell) -> None:
    real.says("box", "add", "18118", "Tổ dân phố 4", "--code", "tdp4", "--contact-reach", "0239 000 0009")
    real.says("box", "rename", "tdp4", "Tổ 4")
    first, second = real.says("box", "history", "tdp4").splitlines()
    assert "label_vi Tổ 4" in first
    assert "by command" in second
    assert "label_vi Tổ dân phố 4" in second
    assert "0239" not in first + second
    told = json.loads(real.says("box", "history", "tdp4", "--json"))
    assert [(one["by"], one["cells"]["label_vi"], one["hour"] % 3600) for one in told] == [
        (None, "Tổ 4", 0),
        (None, "Tổ dân phố 4", 0),
    ]
    real.says("hotline", "add", "18118", "0239 000 0005", "--role", "Trực ban Công an phường")
    real.says("hotline", "remove", "18118", "0239 000 0005")
    gone, put = real.says("hotline", "history", "18118/0239 000 0005").splitlines()
    assert gone.endswith("taken off")
    assert "Trực ban" in put
    real.says("hamlet", "add", "18118", "Tổ dân phố 4", "--code", "to-4")
    assert "Tổ dân phố 4" in real.says("hamlet", "history", "to-4")
    real.says("unit", "add", "18115")
    assert "by command" in real.says("unit", "history", "18115")
    for group in ("unit", "roster", "roster swaps", "unit holidays", "officer"):
        assert "no change of it was noted here" in one_line(real.run(*group.split(), "history", "nowhere"))


def test_an_operator_is_invited_as_others_are(real: Shell) -> None:
    assert "#enrol=" in real.says("officer", "invite", "18118", "Đ/c K", "--role", "operator")
