"""Answers to the questions asked in turn, from a page and from Telegram: sealed each with the question it answers."""

from __future__ import annotations

from installation import Installation, Officer, Person
from unit.service.pictures import with_secrets

WHAT = "quan nuoc dau xom chieu nao cung ghi lo de"


async def sealed(box: Installation, officer: Officer) -> list[tuple[str, str | None, str | None]]:
    """Kind, words and question of every part of the only tip, as its officer reads them."""
    [tip] = await officer.tips()
    entries = (await officer.open(tip)).thread.entries[1:]
    return [(entry.kind, entry.text, entry.about) for entry in entries]


async def test_each_answer_names_its_question(box: Installation, person: Person) -> None:
    officer = await Officer.enrol(box)
    for words in (WHAT, "3", "sau cho, canh cay da", "3", "giong danh bac", "hai nguoi deo khau trang", "1"):
        await person.text(words)
    assert await sealed(box, officer) == [
        ("text", WHAT, None),
        ("text", "sau cho, canh cay da", "where"),
        ("text", "Hay lặp lại", "when"),
        ("text", "giong danh bac", "cat"),
        ("text", "hai nguoi deo khau trang", None),
    ]


async def test_a_photo_and_a_place_answer_too(box: Installation, person: Person) -> None:
    officer = await Officer.enrol(box)
    await person.photo(with_secrets("JPEG"))
    await person.text("3")
    await person.text(WHAT)
    await person.place("18.52", "105.7")
    for words in ("0", "2", "chay xe do khong bien", "1"):
        await person.text(words)
    assert await sealed(box, officer) == [
        ("photo", None, None),
        ("text", WHAT, "what"),
        ("place", None, "where"),
        ("text", "chay xe do khong bien", "who"),
    ]


async def test_what_is_added_later_answers_none_of_them(box: Installation, person: Person) -> None:
    officer = await Officer.enrol(box)
    code = await person.file_tip(WHAT)
    await person.code(code)
    await person.text("Xe mau do, bien so mo")
    await person.text("1")
    assert [about for _, _, about in await sealed(box, officer)] == [None, None]
