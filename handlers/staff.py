"""Words about the ward's own police (FLOWS §2.1 rule L): somebody may want to pass them over.

Owns the lists, which are data: who and what together, near each other and in one clause. Only suggests; worked out in
memory, and kept nowhere but as an offer still to be made.
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers.folding import BREAK, Heads, Phrases, plain_words, spelt

WHO = (
    "công an phường", "công an xã", "công an khu vực", "cảnh sát khu vực", "công an viên", "trưởng công an",
    "phó công an", "trưởng phó công an", "ông công an", "anh công an", "chú công an", "mấy công an", "cán bộ công an",
    "đồng chí công an", "trực ban công an", "cán bộ phường", "cán bộ xã", "dân phòng",
    "ward police", "ward policeman", "commune police", "local police", "the policeman", "a policeman",
    "police officer", "police chief",
)  # fmt: skip

DOES = (
    "nhận tiền", "ăn tiền", "lấy tiền", "thu tiền", "đòi tiền", "vòi tiền", "làm tiền", "nhận hối lộ", "ăn hối lộ",
    "nhận phong bì", "ăn chia", "chia tiền", "bảo kê", "bao che", "che chở", "chống lưng", "làm ngơ", "tiếp tay",
    "thông đồng", "móc nối", "cấu kết", "câu kết", "bắt tay với", "báo trước cho", "lộ tin", "đánh dân", "đánh người",
    "takes money", "take money", "took money", "takes bribes", "took a bribe", "bribed", "is paid", "are paid",
    "paid off", "protects", "protect", "covers up", "cover up", "covers for", "cover for", "looks away", "look away",
    "turns a blind eye", "turn a blind eye", "warns them", "warn them",
)  # fmt: skip
"""After who: "công an phường nhận tiền"."""

DONE = (
    "đút lót", "hối lộ", "lót tay", "chung chi", "chung tiền cho", "đưa tiền cho", "nộp tiền cho", "đưa phong bì cho",
    "quen với", "người nhà của", "bribes", "bribe", "pays", "pay off",
)  # fmt: skip
"""Before who: "chủ quán đút lót công an phường"."""

ASKED = (
    "bắt", "kiểm tra", "xử lý", "vào cuộc", "điều tra", "xuống", "mời", "giúp", "can thiệp", "check", "arrest",
    "stop", "catch",
)  # fmt: skip
"""Between who and what: then the police are asked to act against it."""

_WHO, _DOES, _DONE, _ASKED = (Phrases(words) for words in (WHO, DOES, DONE, ASKED))
_NAMED = Heads.of(WHO)
_AFTER, _BEFORE = 5, 2
"""Words between who and what they do, and between what is done and to whom."""


def accused(text: str, plain: Sequence[str] | None = None) -> bool:
    """True where a clause says that the ward's police look away, take, or are bribed.

    `plain`: its `plain_words`, where they are known.
    """
    found = plain_words(text) if plain is None else plain
    return _NAMED.may_be_in(found) and any(_in_clause(clause) for clause in spelt(text).split(BREAK))


def _in_clause(clause: str) -> bool:
    for who in _WHO.each(clause):
        after, before = clause[who.end() :], clause[: who.start()]
        if any(_acts(after[: does.start()]) for does in _DOES.each(after)):
            return True
        if any(len(before[done.end() :].split()) <= _BEFORE for done in _DONE.each(before)):
            return True
    return False


def _acts(between: str) -> bool:
    return len(between.split()) <= _AFTER and _ASKED.search(between) is None
