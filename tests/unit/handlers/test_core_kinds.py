"""Every kind of part: what is said of it, how it is listed, and what a place may be."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from unit.handlers.talk import NOON, TELEGRAM, VIDEO, Talk, begun

from handlers.conversation import Draft, Part, decode, encode
from handlers.facts import MediaReceived, PlaceReceived
from handlers.parts import rounded
from handlers.values import Fresh, MediaKind, line
from handlers.wishes import DropParts, FileTip, KeepMedia, KeepPlace, KeepText

TIP = "Đêm qua ở ngõ 5 cạnh chợ có tiếng cãi nhau to"
NOTED = {
    "photo": line("draft-photo", cleaned="yes"),
    "voice": line("draft-voice", seconds=38),
    "video": line("draft-video", cleaned="yes"),
    "file": line("draft-file"),
}


def drafting() -> Talk:
    """A chat with one text noted."""
    talk = begun()
    talk.text(TIP)
    return talk


def parts(talk: Talk) -> tuple[Part, ...]:
    draft = talk.conversation.draft
    return () if draft is None else draft.parts


def kinds(talk: Talk) -> list[str]:
    return [part.kind for part in parts(talk)]


@pytest.mark.parametrize("kind", NOTED)
def test_any_file_begins_a_tip(kind: MediaKind) -> None:
    talk = Talk(TELEGRAM)
    (card,) = talk.media(kind)
    assert card.kind == "card"
    assert card.lines[1] == NOTED[kind]
    assert [type(wish) for wish in talk.done] == [KeepMedia]
    assert kinds(talk) == [kind]


@pytest.mark.parametrize("kind", NOTED)
def test_words_under_a_file_are_a_part_of_their_own(kind: MediaKind) -> None:
    talk = drafting()
    talk.media(kind, "Xe 38A-123.45")
    assert [type(wish) for wish in talk.done] == [KeepMedia, KeepText]
    assert kinds(talk) == ["text", kind, "text"]


def test_a_place_is_noted_to_a_metre() -> None:
    talk = drafting()
    talk.place("18.5200049", "-0.000001")
    assert talk.keys == [["draft-place", "draft-card"]]
    (kept,) = talk.done
    assert isinstance(kept, KeepPlace)
    assert (kept.latitude, kept.longitude) == ("18.52000", "0.00000")


def test_the_list_tells_the_kinds_apart() -> None:
    talk = drafting()
    for kind in NOTED:
        talk.media(kind)
    talk.place()
    (listed,) = talk.text("4")
    items = [dict(one.args) for one in listed.lines if one.key == "review-item"]
    assert [item["kind"] for item in items] == ["text", *NOTED, "place"]
    assert [item["seconds"] for item in items] == [0, 0, 38, 0, 0, 0]
    assert items[0]["head"] == TIP[:24].rstrip()


def test_in_the_list_a_file_and_a_place_are_added_and_a_number_takes_one_out() -> None:
    talk = drafting()
    talk.text("4")
    (listed,) = talk.media("voice")
    assert [dict(one.args)["seconds"] for one in listed.lines if one.key == "review-item"] == [0, 38]
    talk.place()
    assert talk.keys == [["draft-place", "review-head", *["review-item"] * 3, "review-ask"]]
    voice = parts(talk)[1]
    talk.text("2")
    assert talk.done == [DropParts((voice.id,))]
    assert kinds(talk) == ["text", "place"]


def test_before_sending_a_place_is_added_and_asked_again() -> None:
    talk = drafting()
    talk.text("1")
    talk.place()
    assert talk.keys == [["draft-place", "send-confirm-web"]]
    talk.text("1")
    filed = next(wish for wish in talk.done if isinstance(wish, FileTip))
    assert [part.kind for part in filed.draft.parts] == ["text", "place"]


@pytest.mark.parametrize(("words", "question"), [("xóa", "erase-ask"), ("quên tôi", "forget-ask")])
def test_before_erasing_nothing_is_taken(words: str, question: str) -> None:
    talk = drafting()
    talk.text(words)
    talk.place()
    assert (talk.keys, talk.done) == ([["not-understood", question]], [])


def test_a_place_beside_the_question_whether_to_stop_is_a_part() -> None:
    talk = drafting()
    talk.text("dung")
    talk.place()
    assert talk.keys == [["draft-place", "draft-card"]]


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [("90.00001", "0"), ("0", "-180.1"), ("", "0"), ("nan", "0"), ("1e1", "0"), ("٩", "0"), ("1,5", "2"), ("1.", "2")],
)
def test_what_is_nowhere_is_not_understood(latitude: str, longitude: str) -> None:
    talk = drafting()
    talk.place(latitude, longitude)
    assert talk.keys == [["not-understood", "draft-card"]]
    assert talk.done == []


def test_the_ends_of_the_earth_are_places() -> None:
    place = PlaceReceived(NOON, TELEGRAM, Fresh(b""), "-90", "180.000000")
    found = rounded(place)
    assert found is not None
    assert (found.latitude, found.longitude) == ("-90.00000", "180.00000")


def test_an_album_of_films_is_answered_once() -> None:
    talk = drafting()
    talk.media("video")
    assert talk.media("video", answer=False) == []
    assert kinds(talk) == ["text", "video", "video"]


def test_a_tip_holds_five_hundred_megabytes() -> None:
    talk = drafting()
    film = replace(VIDEO, size=200_000_000)
    for _ in range(2):
        talk.send(MediaReceived(*talk.moment(), "video", film))
    talk.send(MediaReceived(*talk.moment(), "video", film, "xe 38A ở chợ"))
    assert (talk.keys[0][0], kinds(talk)) == ("draft-heavy", ["text", "video", "video", "text"])
    assert [type(wish) for wish in talk.done] == [KeepText]
    talk.send(MediaReceived(*talk.moment(), "video", film))
    assert (talk.keys, talk.done) == ([["draft-heavy"]], [])
    talk.media("photo")
    assert kinds(talk)[-1] == "photo"
    talk.text("4", "2")
    talk.send(MediaReceived(*talk.moment(), "video", film))
    assert kinds(talk)[-1] == "video"


def test_a_draft_written_before_parts_had_a_weight_is_read() -> None:
    talk = drafting()
    talk.media("file")
    written = json.loads(encode(talk.conversation))
    del written["d"][9:]
    assert decode(json.dumps(written).encode()) == replace(
        talk.conversation, draft=replace(_draft(talk), parts=tuple(replace(part, weight=0) for part in parts(talk)))
    )


def _draft(talk: Talk) -> Draft:
    assert talk.conversation.draft is not None
    return talk.conversation.draft
