"""Every kind of part from a page and from Telegram to an officer: what is said, what is kept, what is sealed."""

from __future__ import annotations

import pytest
from installation import Installation, Officer, Person, words_in
from unit.service.papers import paper
from unit.service.pictures import SECRET, with_secrets
from unit.service.recordings import film, sound

from bot.service.draft_forms import read_media
from crypto.contents import Coordinates
from crypto.tips import open_media
from handlers.values import Media, MediaKind

VOICE = sound("ogg", "libopus", seconds=3)
FILM = film("mp4", "libx264", "aac")
DRAWING = b"AC1027" + b"\0\1\2\3" * 64 + SECRET.encode()
"""A kind that nothing here can clean."""
SENT: dict[str, tuple[MediaKind, bytes, str, str]] = {
    "photo": ("photo", with_secrets("JPEG"), "image/jpeg", "Đã ghi ảnh, đã bỏ thông tin ẩn"),
    "voice": ("voice", VOICE, "audio/ogg", "Đã ghi giọng nói, 3 giây."),
    "video": ("video", FILM, "video/mp4", "Đã ghi video, đã bỏ thông tin ẩn"),
    "file": ("file", paper(), "application/pdf", "Đã ghi tệp. Tên tệp không được giữ."),
}


async def opened(box: Installation, officer: Officer) -> tuple[list[object], list[bytes]]:
    """Kinds and details of the newest tip's entries, and what its blobs hold."""
    [tip] = await officer.tips()
    found = await officer.open(tip)
    entries = found.thread.entries[1:]
    blobs = []
    for entry in entries:
        if entry.media is not None:
            sealed = [chunk async for chunk in box.ground.blobs.get(entry.media.blob)]
            blobs.append(b"".join(open_media(sealed, entry.media.size, found.identity)))
    return list(entries), blobs


@pytest.mark.parametrize("kind", SENT)
async def test_each_is_said_noted_listed_and_sealed(box: Installation, person: Person, kind: str) -> None:
    officer = await Officer.enrol(box)
    sent, content, mime, said = SENT[kind]
    assert said in words_in(await person.file(sent, content, mime))
    listed = words_in(await person.text("4"))
    assert {"photo": "1. Ảnh", "voice": "1. Ghi âm, 3 giây", "video": "1. Video", "file": "1. Tệp"}[kind] in listed
    await person.text("0")
    await person.text("1")
    assert "ĐÃ TIẾP NHẬN" in words_in(await person.text("1"))
    [entry], [plain] = await opened(box, officer)
    assert (entry.kind, entry.media.cleaned) == (kind, True)
    assert entry.media.seconds == {"voice": 3, "video": 2}.get(kind)
    assert SECRET.encode() not in plain
    assert len(plain) == entry.media.size > 0
    assert len(box.ground.blobs.names()) == 1


async def test_a_place_is_sealed_as_it_was_rounded(box: Installation, person: Person) -> None:
    officer = await Officer.enrol(box)
    assert "Đã ghi vị trí." in words_in(await person.place("18.3456784", "105.9012349"))
    await person.text("1")
    await person.text("1")
    [entry], _ = await opened(box, officer)
    assert (entry.kind, entry.coordinates) == ("place", Coordinates("18.34568", "105.90123"))


async def test_what_cannot_be_cleaned_goes_along_only_after_a_yes(box: Installation, person: Person) -> None:
    officer = await Officer.enrol(box)
    await person.text("Bản vẽ căn nhà đó ở cạnh chợ, tối qua tôi thấy")
    asked = words_in(await person.file("file", DRAWING, "image/vnd.dwg"))
    assert asked.startswith("Loại tệp này không làm sạch được")
    await person.text("0")
    assert "Vẫn gửi?" in words_in(await person.text("gửi"))
    await person.text("1")
    await person.text("1")
    [words, drawing], [plain] = await opened(box, officer)
    assert (words.kind, drawing.kind, drawing.media.cleaned) == ("text", "file", False)
    assert plain == DRAWING


async def test_a_no_leaves_neither_row_nor_blob(box: Installation, person: Person) -> None:
    await person.file("file", DRAWING, "image/vnd.dwg")
    assert len(box.ground.blobs.names()) == 1
    await person.text("2")
    assert box.ground.blobs.names() == ()
    assert await box.rows("SELECT id FROM draft_parts") == []


async def test_a_recording_taken_out_leaves_no_blob(box: Installation, person: Person) -> None:
    await person.file("voice", VOICE, "audio/ogg")
    await person.text("4")
    assert "Đã bỏ phần 1." in words_in(await person.text("1"))
    assert box.ground.blobs.names() == ()


async def test_an_addition_holds_every_kind(box: Installation, person: Person) -> None:
    officer = await Officer.enrol(box)
    receipt = await person.file_tip("Đêm qua ở ngõ 5 cạnh chợ có tiếng cãi nhau to")
    await person.code(receipt)
    for kind, content, mime, _ in SENT.values():
        await person.file(kind, content, mime)
    await person.place("18.5", "105.7")
    assert "ĐÃ TIẾP NHẬN phần bổ sung" in words_in(await person.text("1"))
    entries, plain = await opened(box, officer)
    assert [entry.kind for entry in entries] == ["text", *SENT, "place"]
    assert len(plain) == len(SENT)


def test_a_photo_noted_before_there_were_other_kinds_is_read() -> None:
    old = read_media("ab", "1000 image/jpeg")
    assert old == Media("ab", 1000, "image/jpeg")
