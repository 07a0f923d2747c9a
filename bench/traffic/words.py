"""Updates as Telegram posts them: bodies of JSON with what people write, made beforehand."""

from __future__ import annotations

import json
import random

LENGTH = 360
"""Characters of a message: what a person tells in one go."""
SENTENCES = (
    "Tối qua nhà bên cạnh có nhiều xe lạ ra vào đến gần sáng.",
    "Mấy hôm nay thấy hai thanh niên đứng ở đầu ngõ mời chào học sinh.",
    "Họ giấu đồ trong bụi cây phía sau nhà văn hóa rồi quay lại lấy.",
    "Bà con trong xóm lo lắm nhưng không ai dám nói ra.",
    "Xe tải chở đất chạy suốt đêm, đường làng hỏng hết.",
    "Có người đi thu tiền từng nhà, bảo là đóng góp mà không có giấy tờ gì.",
    "Quán ở góc chợ tối nào cũng tụ tập chơi ăn tiền rất đông.",
    "Mong các anh về kiểm tra giúp, chúng tôi cảm ơn nhiều.",
)
"""Nothing in them is a command, a number of the menu, a danger that rings, or anybody's own name."""


def texts(count: int, seed: int, length: int = LENGTH) -> list[str]:
    """So many texts of `length` characters, no two alike but by chance."""
    chance = random.Random(seed)  # noqa: S311 - the same words in every run
    made = []
    for _ in range(count):
        words = " ".join(chance.choices(SENTENCES, k=2 + length // 40))
        made.append(words[:length].strip().ljust(length, "."))
    return made


def update(number: int, chat: int, text: str, at: int) -> bytes:
    """One text message as posted; everything but ASCII is escaped, as Telegram does."""
    person = {"id": chat, "is_bot": False, "first_name": "Bí Mật", "username": f"bimat{chat}", "language_code": "vi"}
    place = {"id": chat, "first_name": "Bí Mật", "username": f"bimat{chat}", "type": "private"}
    message = {"message_id": number, "from": person, "chat": place, "date": at, "text": text}
    return json.dumps({"update_id": number, "message": message}, separators=(",", ":")).encode()
