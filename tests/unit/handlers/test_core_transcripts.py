"""The agreed conversations, fact by fact, without the menu items that are not built."""

from __future__ import annotations

from dataclasses import replace

from unit.handlers.talk import BOARD, CODE, DUTY, NHL, PHOTO, TELEGRAM, WEB, ZALO, Talk, begun, mailbox

from handlers import cards
from handlers.cards import message
from handlers.facts import ContactReceived, GroupSeen, StickerReceived
from handlers.values import Mark, Message, Words, line
from handlers.wishes import RECEIPT, AppendParts, DropParts, FileTip, ForgetChat, KeepMedia, KeepText, LeaveGroup

WEB_SITE = "hopthu.example.gov.vn"
HOUSE = "nha cuoi ngo canh nha van hoa to 4 toi nao cung co thanh nien la ra vao, toi nghi ban ma tuy"
KNIFE = "CỨU VỚI nó ngáo đá đang cầm dao đuổi vợ con ngoài đường tổ 11 ngay bây giờ"
CHILD = "Cháu học lớp 7 ạ. Bạn cháu ở cùng xóm hay bị người lớn trong nhà đánh, tay bầm tím, bạn bảo đừng kể với ai"
DAY = 24 * 3600
OPENED = 1_763_600_000


def hello(channel: str) -> Message:
    greeting = line("start-hello", unit=NHL, channel=channel, web=WEB_SITE)
    return message(greeting, line("menu-ask"), menu=cards.home(WEB if channel == "web" else TELEGRAM))


def card(count: int) -> Message:
    return message(line("draft-card", count=count, unit=NHL), menu=cards.CARD, kind="card")


def more_card(count: int) -> Message:
    return message(line("draft-card-more", count=count), menu=cards.CARD_MORE, kind="card")


def code() -> Message:
    return message(line("code-line", code=RECEIPT), kind="code")


def confirm(count: int) -> Message:
    return message(line("send-confirm-web", count=count, unit=NHL), menu=((1, "submit"), (0, "back")))


def confirm_chat(count: int) -> Message:
    menu = ((1, "submit-quiet"), (2, "submit-tell"), (0, "back"))
    return message(line("send-confirm", count=count, unit=NHL), menu=menu)


def test_3_1_first_contact_through_the_code_of_a_box() -> None:
    talk = Talk(TELEGRAM)
    assert talk.start("tdp4-nhl") == [hello("telegram")]
    assert talk.page[0][-5:] == [
        "1. Gửi tin báo",
        "2. Mở tin đã gửi",
        "3. Số điện thoại cần gọi",
        "4. Nhận tin tuyên truyền",
        "5. Trợ giúp, English",
    ]
    talk.text("3")
    assert talk.page == [
        [
            "Số cần gọi, phường Nam Hồng Lĩnh. Gọi thì người nghe thấy số máy của bà con.",
            "Trực ban Công an phường: 0239 000 0000 (24/24)",
            "Cảnh sát: 113 (24/24)",
            "Bảo vệ trẻ em: 111 (24/24)",
            "0. Quay lại",
        ]
    ]
    assert talk.text("0") == [message(line("start-back", unit=NHL), line("menu-ask"), menu=cards.home(talk.channel))]


def test_3_2_shortest_path_is_one_message_and_two_taps() -> None:
    talk = begun()
    assert talk.text(HOUSE) == [card(1)]
    (kept,) = talk.done
    draft = talk.conversation.draft
    assert draft is not None
    assert kept == KeepText(draft.id, draft.parts[0].id, HOUSE)
    assert talk.text("1") == [confirm(1)]
    assert talk.text("1") == [message(line("done")), code(), message(line("done-next"))]
    assert talk.done == [FileTip("nhl", "nhl", "tdp4-nhl", draft=replace(draft, told=frozenset({"hint", "route"})))]
    assert (talk.conversation.state, talk.conversation.draft) == ("idle", None)
    assert talk.stored == {}


def test_3_4_photo_first() -> None:
    talk = Talk(TELEGRAM)
    talk.photo()
    assert talk.keys == [["start-short", "draft-photo", "draft-card"]]
    assert isinstance(talk.done[0], KeepMedia)
    assert talk.done[0].media == PHOTO
    talk.text("có người phá khóa ở chợ tối qua", "4")
    assert talk.keys == [["review-head", "review-item", "review-item", "review-ask"]]
    assert talk.page[0][1:3] == ["1. Ảnh", '2. Chữ: "có người phá khóa ở chợ…"']
    talk.text("2")
    assert talk.page[0][:2] == [
        "Đã bỏ phần 2. Còn 1 phần.",
        "Đã ghi 1 phần. CHƯA GỬI. Nơi nhận: Công an phường Nam Hồng Lĩnh.",
    ]


def test_3_5_a_weapon_now() -> None:
    talk = Talk(ZALO)
    truth = line("truth", channel="zalo", web=WEB_SITE)
    assert talk.text(KNIFE) == [message(line("urgent"), truth, menu=cards.URGENT)]
    assert talk.text("1") == [message(line("done-urgent", notified="yes")), code()]
    (filed,) = talk.done
    assert isinstance(filed, FileTip)
    assert filed.draft.urgent


def test_3_6_a_child() -> None:
    talk = Talk(ZALO)
    truth = line("truth", channel="zalo", web=WEB_SITE)
    assert talk.text(CHILD) == [message(line("child"), truth, menu=cards.CHILD)]
    assert talk.text("ở tổ 8 phường Cam Đường") == [card(2)]
    assert talk.text("1") == [confirm_chat(2)]
    assert talk.text("1") == [
        message(line("done")),
        code(),
        message(line("done-next"), line("done-zalo"), menu=cards.RECEIPT),
    ]


def test_3_8_looking_by_code_nothing_new() -> None:
    talk = begun(mailboxes={CODE: mailbox(marks=(Mark("verify", OPENED - DAY),))})
    assert talk.text("2") == [message(line("code-ask"))]
    head = line("mail-head", day="20/11", status=line("st-verify"))
    nothing = line("mail-nothing", day="20/11")
    assert talk.code() == [message(head, nothing, line("mail-ask"), menu=cards.mail(talk.channel, asked=False))]
    assert talk.page[0][0] == "Tin gửi ngày 20/11. Đang kiểm tra, xác minh."
    assert talk.text("4") == [message(line("mail-closed"))]
    assert talk.conversation.mail is None


def test_3_9_answering_an_officers_question() -> None:
    question = Words("question", "Những người đó thường đến lúc mấy giờ, đi xe gì?", OPENED)
    talk = begun(mailboxes={CODE: mailbox(words=(question,))})
    talk.code()
    assert talk.page == [
        [
            "Tin gửi ngày 20/11. Cần bổ sung thông tin.",
            "Cán bộ hỏi: Những người đó thường đến lúc mấy giờ, đi xe gì?",
            "Bà con không bắt buộc trả lời.",
            "Bà con viết trả lời luôn, hoặc chọn số:",
            "1. Diễn biến",
            "2. Lấy giấy xác nhận",
            "3. Quên tôi",
            "4. Đóng",
        ]
    ]
    assert talk.text("tam 9 gio den 11 gio, toan xe may") == [more_card(1)]
    draft, mail = talk.conversation.draft, talk.conversation.mail
    assert draft is not None
    assert mail is not None
    assert draft.target == mail
    assert talk.text("1") == [message(line("done-more"))]
    assert talk.done == [AppendParts(mail, draft)]
    assert (talk.conversation.state, talk.conversation.draft, talk.conversation.mail) == ("idle", None, None)


def test_3_10_changing_channel() -> None:
    talk = begun()
    talk.text("xem tren may tinh duoc khong")
    assert talk.said == [message(line("move-how", web=WEB_SITE), menu=cards.AFTER_QUESTION)]
    talk.text(HOUSE, "chuyển sang web")
    assert talk.said == [message(line("move-draft"), menu=cards.items("send", "review", "back"))]
    assert talk.text("0") == [card(1)]


def test_3_11_forget_me() -> None:
    talk = begun()
    talk.text(HOUSE, "quen toi")
    part = next(iter(talk.stored))
    assert talk.said == [message(line("forget-ask"), menu=cards.items("forget-yes", "back"))]
    assert talk.text("1") == [message(line("forget-gone"))]
    assert talk.done == [DropParts((part,)), ForgetChat()]
    assert talk.conversation == Talk().conversation


def test_3_12_hotlines_by_words() -> None:
    many = replace(BOARD, lines=(DUTY,) * 6, checked="02/05")
    talk = begun(board=many)
    talk.text("so dien thoai cong an phuong nam hong linh")
    assert talk.keys == [["board-head", *["board-line"] * 4, "board-stale"]]
    assert talk.page[0][-3:] == ["Số này kiểm tra lần cuối ngày 02/05, có thể đã đổi.", "1. Xem thêm", "0. Quay lại"]
    talk.text("một")
    assert talk.keys == [["board-head", "board-line", "board-line", "board-stale"]]


def test_3_14_wrong_code() -> None:
    talk = begun()
    talk.text("2")
    assert talk.text("4821 0937 5562 1804 7719") == [message(line("code-short", count=20))]
    assert talk.text("4821 0937 5562 1804 7719 30861") == [message(line("code-typo"))]
    for _ in range(5):
        assert talk.code() == [message(line("code-unknown"))]
    talk.wait(18 * 60)
    assert talk.code() == [message(line("code-slow", minutes=42))]
    assert len(talk.asked) == 1
    talk.wait(42 * 60)
    assert talk.code() == [message(line("code-unknown"))]


def test_3_15_too_long_and_too_big() -> None:
    talk = begun(TELEGRAM)
    talk.text("a" * 9000)
    assert talk.keys == [["draft-split", "draft-card", "draft-hint"]]
    assert [len(wish.text) for wish in talk.done if isinstance(wish, KeepText)] == [4000, 4000, 1000]
    assert talk.refuse("big") == [message(line("too-big", here=20, web_limit=200, web=WEB_SITE))]
    assert talk.refuse("bad") == [message(line("media-bad"))]
    assert talk.parts == 3
    assert talk.text("1") == [confirm_chat(3)]


def test_3_17_return_after_days() -> None:
    talk = begun()
    talk.text(HOUSE)
    talk.wait(DAY).text("chao")
    assert talk.keys == [["rem-erased", "start-back", "menu-ask"]]
    assert isinstance(talk.done[0], DropParts)
    assert talk.stored == {}


def test_3_18_group_contact_sticker() -> None:
    talk = Talk(TELEGRAM)
    before = talk.conversation
    link = "t.me/hopthu_nhl_bot"
    assert talk.send(GroupSeen(*talk.moment(), link=link)) == [message(line("group", link=link))]
    assert talk.done == [LeaveGroup()]
    assert talk.conversation == before
    talk.start()
    assert talk.send(ContactReceived(*talk.moment())) == [message(line("contact-refused"))]
    assert talk.send(StickerReceived(*talk.moment())) == [message(line("sticker"))]
    assert talk.send(StickerReceived(*talk.moment())) == []
    assert talk.wait(300).send(StickerReceived(*talk.moment())) == [message(line("sticker"))]


def test_3_18_own_name() -> None:
    talk = begun()
    talk.text("toi la Nguyen Van X nha so 12 to 4, so 0900000000, toi thay...")
    part = next(iter(talk.stored))
    assert talk.said == [
        message(line("warn-name", what="name", n=1), menu=cards.items("keep", f"drop:{part.hex()}")),
    ]
    assert talk.text("2") == [message(line("review-removed", n=1, count=0), line("tip-ask"))]
    assert talk.done == [DropParts((part,))]


def test_3_19_english_speaker() -> None:
    talk = Talk(TELEGRAM)
    talk.text("hello, do you speak english?")
    assert talk.said == [message(line("lang-done")), hello("telegram")]
    assert talk.page[0] == ["Changed to English."]
    hint = line("draft-hint", missing="place")
    noted = line("draft-card", count=1, unit=NHL)
    assert talk.text("my landlord keeps my passport and will not pay") == [
        message(noted, hint, menu=cards.CARD, kind="card")
    ]
    assert talk.page[0][0] == "1 part noted. NOT SENT. To: police of Nam Hồng Lĩnh ward."
    assert talk.page[0][-4:] == [
        "1. Send the tip",
        "2. Happening right now",
        "3. Ask me step by step",
        "4. Review, remove, erase",
    ]


def test_3_21_does_anyone_know_it_is_me() -> None:
    talk = begun(TELEGRAM)
    talk.text("co ai biet toi bao khong")
    privacy = line("privacy", unit=NHL, contact="0239 000 0000")
    truth = line("truth", channel="telegram", web=WEB_SITE)
    assert talk.said == [message(privacy, truth, menu=cards.AFTER_QUESTION)]
    assert talk.text("0") == [message(line("start-back", unit=NHL), line("menu-ask"), menu=cards.home(talk.channel))]


def test_every_sentence_of_a_conversation_renders_in_both_languages() -> None:
    for language in ("vi", "en"):
        talk = Talk(WEB)
        talk.start("tdp4-nhl", language=language)
        for text in ("help", "riêng tư", "3", "0", HOUSE, "2", "0", "3", "0", "1", "0", "xóa", "1"):
            talk.text(text)
            assert all(line for page in talk.page for line in page)
