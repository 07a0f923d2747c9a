"""What a first text does not say yet: where, when, what was seen (FLOWS `draft-hint`, `draft-vague`).

Owns the word lists. One gentle line at most, once per draft; the text is never judged or changed.
"""

from __future__ import annotations

from handlers.folding import Phrases, spelt
from handlers.numbers import count_digits
from handlers.values import Language, Line, line

PLACE_VI = (
    "ở", "tại", "ngõ", "ngách", "hẻm", "kiệt", "tổ", "xóm", "thôn", "ấp", "bản", "buôn", "làng", "khu", "phố", "đường",
    "quốc lộ", "quán", "chợ", "cạnh", "gần", "sau", "trước cổng", "cổng", "trường", "phường", "xã", "cầu", "bến",
    "nhà văn hóa", "nhà số", "số nhà", "cuối", "đầu", "đối diện", "bãi", "đồng", "đập", "hồ", "ao", "công viên",
)  # fmt: skip

PLACE_EN = (
    "house", "lane", "road", "street", "market", "near", "behind", "beside", "next to", "across", "corner", "village",
    "hamlet", "group", "ward", "bridge", "school", "shop", "stall", "cafe", "hotel", "alley", "bar",
)  # fmt: skip

TIME_VI = (
    "hôm", "tối", "sáng", "trưa", "chiều", "đêm", "khuya", "giờ", "ngày", "tuần", "tháng", "lúc", "vừa", "đang",
    "bây giờ", "mới", "hay", "thường", "mỗi", "nay", "qua", "khi", "hồi", "vừa rồi",
)  # fmt: skip

TIME_EN = (
    "now", "today", "tonight", "yesterday", "morning", "noon", "afternoon", "evening", "night", "nights", "day", "days",
    "daily", "every", "week", "weeks", "month", "months", "often", "always", "when", "last", "just", "o'clock", "am",
    "pm",
)  # fmt: skip

ANGER = (
    "ghét", "tao", "khốn nạn", "mất dạy", "chó má", "đồ khốn", "bắt thằng", "bắt con", "bắt nó", "cho nó chết",
    "hate", "bastard", "scum", "arrest him",
)  # fmt: skip

_PLACE = {"vi": Phrases(PLACE_VI), "en": Phrases(PLACE_EN)}
_TIME = {"vi": Phrases(TIME_VI), "en": Phrases(TIME_EN)}
_ANGER = Phrases(ANGER)
_HALF = range(12, 20)
"""Digits of half a receipt up to what is recognised as a mistyped one. A telephone number has fewer."""


def missing(text: str, language: Language) -> tuple[Line, ...]:
    """One hint for a first text: only digits, only anger, no place, no time; nothing if it says both.

    The words are those of the conversation's language: "to" is a place in Vietnamese typed without marks.
    """
    if count_digits(text) in _HALF:
        return (line("code-half"),)
    words = spelt(text)
    place, time = _PLACE[language].search(words), _TIME[language].search(words)
    if not place and not time and _ANGER.search(words):
        return (line("draft-vague"),)
    if not place:
        return (line("draft-hint", missing="place"),)
    return () if time else (line("draft-hint", missing="time"),)
