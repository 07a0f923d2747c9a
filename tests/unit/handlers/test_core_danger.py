"""Danger is noticed, and only danger."""

from __future__ import annotations

import pytest

from handlers import danger
from handlers.values import line

NOTHING_TOLD: frozenset[str] = frozenset()
HARMLESS = (
    "danh toi nay ve que",
    "co bom nuoc tuoi rau",
    "thay giao day hoc o xom",
    "dao này tối nào cũng có người lạ đi dạo quanh hồ", "đi dạo ngoài đường thấy họ ghi đề", "Đạo ông nhà tôi nói vậy",
    "người Dao ở bản trên bán hàng không giấy tờ", "Dao Tiền, bản dưới suối, có lò nấu rượu lậu",
    "họ lấy danh nghĩa tôn giáo, đạo lạ, thu tiền bà con", "lập đạo trái phép ở đầu xóm", "đâm cây xanh rồi bỏ chạy",
    "xe tải đâm cây ven đường", "xe máy đâm vào cây đổ cả cột", "nó ngồi chém gió cả ngày ở quán",
    "trẻ con chơi súng nước",
    "bán dao kéo ở chợ không rõ nguồn gốc", "dao phay treo đầu quán", "kẻ đạo chích phá khóa",
    "ke dao tau tron trong xom",
    "cấm đào đất mà họ vẫn đào", "cam dao dat ma ho van dao", "đào ao trái phép cạnh đê",
    "đang đánh bài ăn tiền ở đình",
    "dang danh bac sau cho", "đang đánh lô đề ở quán nước", "dam nguoi tu tap o cong truong", "đám người lạ mặt ở bến",
    "bi dam thanh nien tranh duong", "song bi ban vi xa thai", "cựu chiến binh đạo đức tốt", "hòn đảo có người lạ",
    "bay gio dao nay hay mat trom", "mạng đạo hữu bán thuốc giả", "trộm cừu con trong đêm", "giết mổ lợn lậu lúc sáng",
    "nó cầm đầu đám ghi đề", "vận chuyển dao găm? không, chỉ là dao bếp",
)  # fmt: skip
DANGER = (
    "chồng tôi đang đập phá, đánh tôi",
    "có bom ở chợ",
    "co tieng sung no",
    "help he is hitting me",
    "người nằm bất động ngoài đường",
    "CỨU VỚI nó ngáo đá đang cầm dao đuổi vợ con ngoài đường tổ 11 ngay bây giờ",
    "no dang cam dao duoi vo", "kề dao vào cổ", "hắn có súng", "co sung trong nha", "đang chém nhau ở chợ",
    "chém người ở cầu",
    "cuu voi", "nó đang đánh vợ", "dang danh vo no", "doạ giết cả nhà", "doa giet ca nha", "em ấy định tự tử",
    "đâm người ở quán", "đang đâm nhau", "có người bị bắn", "tưới xăng trước nhà", "bat coc tre o cong truong",
    "a man with a knife", "he has a gun", "she talks of suicide", "HE IS BEATING HER",
)  # fmt: skip
CHILDREN = (
    "cháu bị bố dượng sờ người",
    "em bị thầy giáo sàm sỡ",
    "bố cháu đánh mẹ cháu chảy máu",
    "Cháu học lớp 7 ạ. Bạn cháu ở cùng xóm hay bị người lớn trong nhà đánh, tay bầm tím, bạn bảo đừng kể với ai",
    "tre em bi bo doi o nha tro", "bé gái bị xâm hại", "my friend in grade 7 is often beaten, arms bruised",
    "cháu bé bị đánh, nó đang cầm dao",
)  # fmt: skip


def test_there_are_thirty_harmless_texts() -> None:
    assert len(set(HARMLESS)) >= 30


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_words_raise_no_alarm(text: str) -> None:
    assert danger.alarm(text, NOTHING_TOLD) == ()


@pytest.mark.parametrize("text", DANGER)
def test_danger_is_urgent(text: str) -> None:
    assert danger.alarm(text, NOTHING_TOLD) == (line("urgent"),)


@pytest.mark.parametrize("text", CHILDREN)
def test_a_child_being_hurt_comes_first(text: str) -> None:
    assert danger.alarm(text, NOTHING_TOLD) == (line("child"),)


def test_each_alarm_is_given_once() -> None:
    both = "cháu bé bị đánh, nó đang cầm dao"
    assert danger.alarm(both, frozenset({"child"})) == (line("urgent"),)
    assert danger.alarm(both, frozenset({"child", "urgent"})) == ()


@pytest.mark.parametrize("words", [danger.DANGER, danger.DANGER_MARKED, danger.CHILD, danger.HARM, danger.HARMLESS])
def test_the_lists_name_nothing_twice_and_no_single_knife(words: tuple[str, ...]) -> None:
    assert len(set(words)) == len(words)
    assert "dao" not in words
