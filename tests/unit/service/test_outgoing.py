"""What lies sealed in the outbox comes out as it went in."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.service.outgoing import DraftView, Outgoing, draft_view
from bot.service.texts import Shown, ShownChoice
from handlers.conversation import Conversation, Draft, Part

words = st.text(max_size=20)
choices = st.builds(ShownChoice, st.integers(0, 99), words, words)
shown = st.builds(
    Shown,
    st.lists(words, max_size=3).map(tuple),
    st.lists(choices, max_size=3).map(tuple),
    words,
    st.sampled_from(["plain", "card", "code"]),
)
drafts = st.builds(DraftView, st.lists(words, max_size=3).map(tuple), st.booleans())
outgoing = st.builds(Outgoing, words, shown, words, st.none() | drafts, st.booleans(), st.sampled_from(["vi", "en"]))


@given(outgoing)
def test_round_trip(message: Outgoing) -> None:
    assert Outgoing.decode(message.encode()) == message


def test_an_unknown_version_is_none() -> None:
    written = json.loads(Outgoing("1", Shown((), (), "", "plain"), "idle").encode())
    assert Outgoing.decode(json.dumps({**written, "v": 2}).encode()) is None
    del written["v"]
    assert Outgoing.decode(json.dumps(written).encode()) is None


def test_rows_written_before_they_named_their_language_are_vietnamese() -> None:
    written = json.loads(Outgoing("1", Shown((), (), "", "plain"), "idle", language="en").encode())
    del written["language"]
    decoded = Outgoing.decode(json.dumps(written).encode())
    assert decoded is not None
    assert decoded.language == "vi"


def test_what_a_page_draws_of_a_draft() -> None:
    draft = Draft(b"d" * 16, 0, (Part(b"\x01" * 16, "text"),), urgent=True)
    assert draft_view(Conversation(draft=draft)) == DraftView(("01" * 16,), urgent=True)
    assert draft_view(Conversation(draft=Draft(b"d" * 16, 0))) is None
    assert draft_view(Conversation()) is None
