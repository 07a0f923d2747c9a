"""Words that mean someone is in danger now, and words of a child being hurt (FLOWS §2.1 rules H, I, J).

Owns the lists, which are data: phrases, never single words that also mean something harmless. Only suggests; whether
a tip is urgent stays the person's choice.
"""

from __future__ import annotations

from handlers.folding import BREAK, phrases, spelt
from handlers.values import Line, line

HARMLESS = (
    "chém gió", "súng nước", "súng đồ chơi", "súng nhựa", "súng phun", "súng bắn keo", "súng bắn đinh", "súng săn cũ",
    "đào đất", "đào ao", "đào mương", "đào giếng", "đào tạo", "đào hầm", "đào móng",
    "đánh bài", "đánh bạc", "đánh cờ", "đánh lô", "đánh đề", "đánh số", "đánh đàn", "đánh cầu", "đánh bóng",
    "đánh răng", "đánh cá", "đánh bắt", "đánh máy", "đánh giá", "đánh dấu", "đánh tá lả", "đánh phỏm", "đánh chắn",
    "đánh xóc đĩa", "đánh liêng", "đánh ba cây", "đánh tổ tôm", "đánh bi a", "đánh trống", "đánh chữ", "đánh vần",
    "đánh golf", "đánh tennis", "đánh chuông", "danh sách", "đánh thuế", "danh dự", "đánh xe",
    "đâm cây", "đâm vào cây", "đâm chồi", "đâm hoa", "đâm cột điện",
    "đốt nhà táng", "cầm dao gọt", "cầm dao phay đi chợ", "kill time",
)  # fmt: skip
"""Taken out of a text before anything below is looked for."""

DANGER = (
    "cầm dao", "kề dao", "vác dao", "rút dao", "vung dao", "giơ dao", "dùng dao", "mang dao", "xách dao", "dao đuổi",
    "cầm mã tấu", "vác mã tấu", "cầm kiếm", "vác kiếm", "cầm búa", "vác búa", "cầm rìu", "cầm phóng lợn",
    "có súng", "cầm súng", "chĩa súng", "nổ súng", "rút súng", "mang súng", "ôm bom", "có mìn", "ném lựu đạn",
    "chém người", "chém nhau", "đang chém", "đòi chém", "dọa chém", "đâm người", "đâm nhau", "đang đâm", "đòi đâm",
    "bị đâm", "bị chém", "bị bắn", "đâm chết", "chém chết", "đánh chết", "bắn chết",
    "cứu với", "cứu tôi", "cứu em", "cứu cháu", "cứu con", "cứu mẹ", "cứu người",
    "đang đánh", "đang bị đánh", "dọa giết", "đòi giết", "sắp giết", "đang giết", "giết chết", "bóp cổ",
    "định tự tử", "muốn tự tử", "đòi tự tử", "dọa tự tử", "sắp tự tử", "định nhảy cầu", "đòi nhảy cầu",
    "đòi đốt nhà", "đang đốt nhà", "dọa đốt nhà", "tưới xăng", "đổ xăng vào nhà", "tạt a xít", "tạt axit",
    "đang cướp", "bị cướp", "bắt cóc", "đang hiếp", "bị nhốt", "đang ngáo", "ngáo đá đang",
    "with a knife", "has a knife", "has a gun", "with a gun", "is shooting", "shots fired", "is beating",
    "being beaten now", "is stabbing", "was stabbed", "threatens to kill", "threatening to kill", "going to kill",
    "wants to kill", "will kill me", "kill himself", "kill herself", "kill myself", "suicide", "kidnapped",
    "set fire to the house",
)  # fmt: skip

CHILD = (
    "học lớp", "lớp 1", "lớp 2", "lớp 3", "lớp 4", "lớp 5", "lớp 6", "lớp 7", "lớp 8", "lớp 9",
    "trẻ em", "trẻ con", "trẻ nhỏ", "em bé", "bé gái", "bé trai", "cháu bé", "đứa bé", "đứa trẻ", "đứa nhỏ", "cháu nhỏ",
    "học sinh", "bạn cháu", "con riêng", "trẻ vị thành niên", "bé 5 tuổi", "cháu gái", "cháu trai",
    "grade", "child", "children", "kid", "kids", "little girl", "little boy", "pupil", "schoolgirl", "schoolboy",
)  # fmt: skip

HARM = (
    "bị đánh", "hay đánh", "đánh đập", "đánh con", "đánh cháu", "đánh em", "đánh bạn", "bầm tím", "bạo hành",
    "hành hạ", "xâm hại", "lạm dụng", "dâm ô", "hiếp dâm", "bị hiếp", "sờ mó", "sờ soạng", "sàm sỡ", "cưỡng bức",
    "bỏ đói", "bị nhốt", "bóc lột", "bắt đi ăn xin", "đánh chết", "đòi giết", "dọa giết", "bắt cóc", "bị trói",
    "beaten", "bruised", "bruises", "abused", "abuse", "molested", "raped", "hit by", "hits him", "hits her",
    "starved", "locked up", "touches her", "touches him",
)  # fmt: skip

_HARMLESS, _DANGER, _CHILD, _HARM = (phrases(words) for words in (HARMLESS, DANGER, CHILD, HARM))


def alarm(text: str, told: frozenset[str]) -> tuple[Line, ...]:
    """What must be said first: `child` before `urgent`, each once per draft; nothing for harmless text."""
    words = _HARMLESS.sub(BREAK, spelt(text))
    if _CHILD.search(words) and _HARM.search(words) and "child" not in told:
        return (line("child"),)
    return (line("urgent"),) if _DANGER.search(words) and "urgent" not in told else ()
