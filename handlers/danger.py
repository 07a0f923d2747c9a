"""Words that mean someone is in danger now, and words of a child being hurt (FLOWS §2.1 rules H, I, J).

Owns the lists, which are data: phrases, never single words that also mean something harmless. Only suggests; whether
a tip is urgent stays the person's choice.
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers.folding import Heads, Phrases, plain_words, spelt
from handlers.values import Line, line

HARMLESS = (
    "chém gió", "súng nước", "súng đồ chơi", "súng nhựa", "súng phun", "súng bắn keo", "súng bắn đinh", "súng bắn nước",
    "đào đất", "đào ao", "đào mương", "đào giếng", "đào tạo", "đào hầm", "đào móng", "đào đường", "đào tẩu", "đào cây",
    "đạo tặc", "đạo chích", "đạo văn", "đạo đức", "dao gọt", "dao cạo",
    "đánh bài", "đánh bạc", "đánh cờ", "đánh lô", "đánh đề", "đánh số", "đánh đàn", "đánh cầu", "đánh bóng",
    "đánh răng", "đánh cá", "đánh bắt", "đánh máy", "đánh giá", "đánh dấu", "đánh tá lả", "đánh phỏm", "đánh chắn",
    "đánh xóc đĩa", "đánh liêng", "đánh ba cây", "đánh tổ tôm", "đánh bi a", "đánh trống", "đánh chữ", "đánh vần",
    "đánh golf", "đánh tennis", "đánh chuông", "đánh thuế", "đánh xe", "đánh giày", "danh sách", "danh dự", "danh bạ",
    "đâm cây", "đâm vào cây", "đâm chồi", "đâm cột điện", "đâm vào cột",
    "giết mổ", "giết lợn", "giết gà", "giết chó", "giết trâu", "giết bò", "giết thời gian",
)  # fmt: skip
"""Taken out of a text before anything below is looked for."""

DANGER = (
    "cầm dao", "kề dao", "vác dao", "rút dao", "xách dao", "cầm mã tấu", "vác mã tấu", "vác kiếm", "cầm búa", "vác búa",
    "cầm rìu", "cầm phóng lợn",
    "tiếng súng", "nằm bất động", "đánh chảy máu", "có súng", "cầm súng", "chĩa súng", "rút súng", "mang súng",
    "ôm bom", "ném lựu đạn",
    "chém người", "chém nhau", "đang chém", "đòi chém", "dọa chém", "bị chém", "chém chết", "đâm nhau", "đâm chết",
    "đánh chết", "cứu với", "cứu tôi", "cứu em", "cứu cháu", "cứu mẹ", "cứu người",
    "đang đánh", "đang bị đánh", "đang đập phá", "dọa giết", "đòi giết", "sắp giết", "đang giết", "giết chết", "bóp cổ",
    "định tự tử", "muốn tự tử", "đòi tự tử", "dọa tự tử", "sắp tự tử", "định nhảy cầu", "đòi nhảy cầu",
    "đòi đốt nhà", "đang đốt nhà", "dọa đốt nhà", "tưới xăng", "đổ xăng vào nhà", "tạt a xít", "tạt axit",
    "đang cướp", "bị cướp", "bắt cóc", "đang hiếp", "bị nhốt", "đang ngáo",
    "with a knife", "has a knife", "has a gun", "with a gun", "is shooting", "shots fired", "is beating",
    "is hitting", "a bomb",
    "being beaten now", "is stabbing", "was stabbed", "threatens to kill", "threatening to kill", "going to kill",
    "wants to kill", "will kill me", "kill himself", "kill herself", "kill myself", "suicide", "kidnapped",
    "set fire to the house",
)  # fmt: skip
"""Found as written and typed without marks."""

DANGER_MARKED = (
    "giơ dao", "vung dao", "mang dao", "dùng dao", "cầm kiếm", "nổ súng", "có mìn", "cứu con", "đâm người", "đang đâm",
    "đòi đâm", "dọa đâm", "bị đâm", "bị bắn", "bắn chết", "bắn người", "có bom", "đặt bom", "đánh tôi", "đánh vợ",
    "đánh mẹ",
)  # fmt: skip
"""Found only with their marks: without them "dam nguoi" is as often "đám người", "bi ban" "bị bẩn"."""

CHILD = (
    "học lớp", "lớp 1", "lớp 2", "lớp 3", "lớp 4", "lớp 5", "lớp 6", "lớp 7", "lớp 8", "lớp 9",
    "trẻ em", "trẻ con", "trẻ nhỏ", "em bé", "bé gái", "bé trai", "cháu bé", "đứa bé", "đứa trẻ", "đứa nhỏ", "cháu nhỏ",
    "học sinh", "bạn cháu", "con riêng", "bố cháu", "mẹ cháu",
    "cha dượng", "bố dượng", "dượng cháu", "thầy giáo", "trẻ vị thành niên", "bé 5 tuổi", "cháu gái", "cháu trai",
    "grade", "child", "children", "kid", "kids", "little girl", "little boy", "pupil", "schoolgirl", "schoolboy",
)  # fmt: skip

HARM = (
    "bị đánh", "hay đánh", "đánh đập", "đánh con", "đánh cháu", "đánh em", "đánh bạn", "bầm tím", "bạo hành",
    "hành hạ", "xâm hại", "lạm dụng", "dâm ô", "hiếp dâm", "bị hiếp", "sờ mó", "sờ soạng", "sờ người", "đánh mẹ",
    "chảy máu", "sàm sỡ", "cưỡng bức",
    "bỏ đói", "bị nhốt", "bóc lột", "bắt đi ăn xin", "đánh chết", "đòi giết", "dọa giết", "bắt cóc", "bị trói",
    "beaten", "bruised", "bruises", "abused", "abuse", "molested", "raped", "hit by", "hits him", "hits her",
    "starved", "locked up", "touches her", "touches him",
)  # fmt: skip

_HARMLESS, _DANGER, _CHILD, _HARM = (Phrases(words) for words in (HARMLESS, DANGER, CHILD, HARM))
_DANGER_MARKED = Phrases(DANGER_MARKED, marked=True)
_ALARMING = Heads.of(DANGER, DANGER_MARKED, HARM)
"""What nearly every text is without."""


def alarm(text: str, told: frozenset[str], plain: Sequence[str] | None = None) -> tuple[Line, ...]:
    """What must be said first: `child` before `urgent`, each once per draft; nothing for harmless text.

    `plain`: its `plain_words`, where they are known.
    """
    if not _ALARMING.may_be_in(plain_words(text) if plain is None else plain):
        return ()
    words = _HARMLESS.without(spelt(text))
    if "child" not in told and _CHILD.search(words) and _HARM.search(words):
        return (line("child"),)
    in_danger = _DANGER.search(words) or _DANGER_MARKED.search(words)
    return (line("urgent"),) if in_danger and "urgent" not in told else ()
