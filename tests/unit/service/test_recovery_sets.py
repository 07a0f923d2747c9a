"""Recovery identities on paper: what is made lies on paper alone, and comes together from its own sheets alone."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.service.authority.keys import make_recovery, recovery_of
from bot.service.errors import NotAccepted
from bot.service.recovery.sets import Gathering, Plan, Sheet, make, mark_of
from crypto.hybrid import Identity

UNIT = "18118"


class Paper:
    """What would be printed."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []

    def __call__(self, sheet: Sheet) -> bytes:
        self.sheets.append(sheet)
        return b"%PDF " + str(sheet.share.place).encode()

    @property
    def words(self) -> list[str]:
        return [" ".join(sheet.share.words) for sheet in self.sheets]


def made(folder: Path, out: str = "paper", *, again: bool = False, threshold: int = 3, count: int = 5) -> Paper:
    paper = Paper()
    make(folder, Plan(UNIT, threshold, count, again=again), folder / out, paper)
    return paper


def gathered(words: list[str]) -> Identity:
    found = Gathering()
    for one in words:
        found.add(one)
    return found.identity()


def test_any_three_of_five_sheets_are_the_identity_of_the_folder(tmp_path: Path) -> None:
    words = made(tmp_path).words
    for some in (words[:3], words[2:], [words[4], words[0], words[2]], words):
        assert gathered(some).recipient == recovery_of(tmp_path, UNIT)
    with pytest.raises(NotAccepted, match="too few"):
        gathered(words[:2])


def test_sheets_are_their_owners_and_the_secret_lies_nowhere(tmp_path: Path) -> None:
    paper = made(tmp_path)
    secret = gathered(paper.words[:3])
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.name for path in files} == {
        f"recovery-{UNIT}.txt", *(f"recovery-{UNIT}-{n}-of-5.pdf" for n in range(1, 6)),
    }  # fmt: skip
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "paper").stat().st_mode) == 0o700
    for path in files:
        content = path.read_bytes()
        assert secret.seed not in content
        assert secret.encode().encode() not in content
        assert not any(words.encode() in content for words in paper.words)


def test_each_sheet_says_which_it_is(tmp_path: Path) -> None:
    paper = Paper()
    mark = make(tmp_path, Plan(UNIT, 2, 3, holders=("a", "b", "c")), tmp_path / "paper", paper)
    assert [(one.share.place, one.holder, one.count, one.mark) for one in paper.sheets] == [
        (1, "a", 3, mark), (2, "b", 3, mark), (3, "c", 3, mark),
    ]  # fmt: skip
    assert mark == mark_of(recovery_of(tmp_path, UNIT) or "")
    assert repr(paper.sheets[0].share) == "Share(…)"


def test_another_set_is_made_only_when_asked_for_and_does_not_mix(tmp_path: Path) -> None:
    first = made(tmp_path).words
    with pytest.raises(NotAccepted, match="--again"):
        made(tmp_path, "second")
    second = made(tmp_path, "second", again=True).words
    assert gathered(second[:3]).recipient == recovery_of(tmp_path, UNIT) != gathered(first[:3]).recipient
    with pytest.raises(NotAccepted, match="another set"):
        gathered([first[0], second[1], second[2]])


def test_an_identity_that_lies_in_the_folder_as_a_file_is_split(tmp_path: Path) -> None:
    whole = make_recovery(tmp_path, UNIT)
    assert gathered(made(tmp_path).words[:3]).recipient == whole == recovery_of(tmp_path, UNIT)
    other = made(tmp_path, "second", again=True).words
    assert gathered(other[:3]).recipient == recovery_of(tmp_path, UNIT) != whole


def test_a_sheet_mistyped_or_typed_twice_is_said_and_does_not_count(tmp_path: Path) -> None:
    words = made(tmp_path).words
    found = Gathering()
    assert found.lacking == 1
    found.add(f"  {words[0].upper()}\n")
    assert (found.count, found.lacking) == (1, 2)
    wrong = words[1].split()
    wrong[5], wrong[6] = wrong[6], "academic" if wrong[5] != "academic" else "acid"
    for typed, said in ((" ".join(wrong), "mistyped"), ("", "mistyped"), ("năm từ", "mistyped"), (words[0], "already")):
        with pytest.raises(NotAccepted, match=said) as refused:
            found.add(typed)
        assert not set(str(refused.value).split()) & set(wrong)
    assert (found.count, found.lacking) == (1, 2)


@pytest.mark.parametrize(("threshold", "count"), [(1, 5), (4, 3), (3, 17), (0, 0)])
def test_numbers_that_make_no_set(tmp_path: Path, threshold: int, count: int) -> None:
    with pytest.raises(NotAccepted, match="between 2 and 16"):
        made(tmp_path, threshold=threshold, count=count)
    assert not (tmp_path / "paper").exists()


def test_nothing_is_printed_over_and_no_other_folder_is_written(tmp_path: Path) -> None:
    paper = tmp_path / "paper"
    paper.mkdir()
    (paper / "kept.pdf").write_bytes(b"kept")
    with pytest.raises(NotAccepted, match="not empty"):
        made(tmp_path)
    with pytest.raises(NotAccepted, match="no such folder"):
        made(tmp_path / "nowhere")
    with pytest.raises(NotAccepted, match="as many holders"):
        make(tmp_path, Plan(UNIT, 2, 3, holders=("a",)), tmp_path / "new", Paper())
    with pytest.raises(NotAccepted, match="official one"):
        make(tmp_path, Plan("../x", 2, 3), tmp_path / "new", Paper())
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["kept.pdf"]


def test_a_public_part_that_is_damaged_is_said(tmp_path: Path) -> None:
    made(tmp_path)
    (tmp_path / f"recovery-{UNIT}.txt").write_text("age1pq1nothing\n")
    with pytest.raises(NotAccepted, match="damaged"):
        recovery_of(tmp_path, UNIT)
