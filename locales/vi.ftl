### Hòm thư: tiếng Việt. Mọi chữ ở dạng NFC. Số thứ tự của lựa chọn do chương trình thêm (choice).

choice = { $n }. { $label }

## 1. Bắt đầu

truth =
    { $channel ->
        [telegram] Telegram biết tài khoản của bà con và đọc được tin nhắn này. Muốn kín hơn, dùng trang web: { $web }
        [zalo] Zalo biết tài khoản của bà con và giữ tin nhắn này. Hòm thư không xóa được tin trên Zalo. Muốn kín hơn, dùng trang web: { $web }
        [tor] Bà con đang vào qua Tor: máy chủ không thấy địa chỉ mạng của bà con. Trang này không lưu gì vào máy.
       *[web] Trang này không lưu gì vào máy của bà con. Nhà mạng vẫn biết máy này có mở trang; lịch sử trình duyệt có thể còn ghi.
    }
start-hello =
    Đây là Hòm thư của { POLICE($unit) }. Máy trả lời tự động, cán bộ đọc sau.
    Có người đang gặp nguy hiểm: gọi 113. Hòm thư không thay cho 113.
    Máy chủ đọc tin trong chốc lát rồi khóa lại. Không hỏi và không lưu họ tên, số điện thoại, địa chỉ mạng. Xin đừng ghi tên mình trong tin.
    { truth }
    Xin báo đúng điều mình thấy, mình biết. Cố ý báo sai sẽ bị xử lý theo pháp luật.
    Gửi xong, bà con nhận mã 24 số để xem trả lời. Mất mã thì không ai cấp lại được.
start-short =
    Hòm thư của { POLICE($unit) }. Máy trả lời tự động, cán bộ đọc sau.
    Có người đang gặp nguy hiểm: gọi 113.
    Máy chủ đọc tin trong chốc lát rồi khóa lại. Không hỏi và không lưu họ tên, số điện thoại, địa chỉ mạng.
    { truth }
start-back = Hòm thư của { POLICE($unit) }. Có người đang gặp nguy hiểm: gọi 113.
start-nobox = Hòm thư tố giác tội phạm. Máy trả lời tự động, cán bộ đọc sau. Có người đang gặp nguy hiểm: gọi 113. Máy chủ đọc tin trong chốc lát rồi khóa lại.
start-movedbox = Hòm thư này nay do { POLICE($unit) } phụ trách.
start-demo = TRÌNH DIỄN. Tin gửi ở đây không đến công an.
menu-ask = Bà con chọn số, hoặc cứ viết, gửi ảnh, ghi âm luôn.
help =
    Muốn báo tin: cứ viết, gửi ảnh hoặc ghi âm.
    Muốn xem trả lời: nhập mã 24 số.
    Lúc nào cũng gõ được: "menu", "xóa", "dừng", "quên tôi", "riêng tư", "113", "english".
privacy =
    Giữ, có khóa: nội dung bà con gửi, loại việc, hòm thư. Giữ, không khóa: đơn vị nhận, mức gấp, tình trạng, giờ nhận.
    Không giữ: họ tên, số điện thoại, địa chỉ mạng, tên tài khoản.
    Máy chủ đọc tin trong chốc lát để khóa lại. Sau đó chỉ mở được bằng mã của bà con, khóa của cán bộ, khóa dự phòng của đơn vị.
    Tin chưa gửi tự xóa sau 24 giờ không viết thêm, chậm nhất sau 48 giờ. Tin đã gửi được giữ theo quy định của đơn vị.
    Nơi chịu trách nhiệm: { POLICE($unit) }. Hỏi thêm hoặc khiếu nại: { $contact }.

## 2. Ghi tin

tip-ask = Bà con thấy gì, nghe gì? Cứ viết, gửi ảnh hoặc ghi âm, bao nhiêu lần cũng được.
draft-card =
    Đã ghi { $count } phần. CHƯA GỬI. Nơi nhận: { POLICE($unit) }.
    Viết tiếp, gửi thêm ảnh, ghi âm; hoặc chọn số:
draft-card-more =
    Đã ghi { $count } phần bổ sung. CHƯA GỬI.
    Viết tiếp, hoặc chọn số:
draft-hint =
    { $missing ->
        [place] Nên ghi thêm: chuyện ở chỗ nào?
        [time] Nên ghi thêm: hay xảy ra lúc nào?
       *[what] Nên ghi thêm: bà con thấy gì, nghe gì?
    }
draft-vague = Tin chưa đủ để kiểm tra. Xin cho biết: ở đâu, khi nào, bà con tận mắt thấy gì? Nếu chưa chắc, cứ ghi "tôi nghi là".
draft-photo =
    { $cleaned ->
        [yes] Đã ghi ảnh, đã bỏ thông tin ẩn trong ảnh (nơi chụp, loại máy). Người và vật trong ảnh vẫn nhìn thấy.
       *[no] Đã ghi ảnh. Người và vật trong ảnh vẫn nhìn thấy.
    }
draft-voice = Đã ghi giọng nói, { $seconds } giây. Giọng có thể bị nhận ra. Nếu ngại, bỏ phần này rồi nhờ người khác nói hộ, hoặc viết.
draft-video =
    { $cleaned ->
        [yes] Đã ghi video, đã bỏ thông tin ẩn trong video (nơi quay, loại máy). Người, vật và giọng nói trong video vẫn nhận ra được.
       *[no] Đã ghi video. Người, vật và giọng nói trong video vẫn nhận ra được.
    }
draft-file = Đã ghi tệp. Tên tệp không được giữ.
draft-place = Đã ghi vị trí. Bà con có thể bỏ ở mục xem lại.
draft-edited = Bà con vừa sửa tin nhắn cũ. Hòm thư ghi bản mới thành phần { $n }. Phần cũ còn đó; muốn bỏ, chọn xem lại.
draft-split = Tin dài, Hòm thư chia thành { $count } phần. Không mất chữ nào.
draft-full = Tin này đã đủ { $max } phần. Xin gửi đi trước, rồi dùng mã để gửi thêm.
draft-heavy = Tin này đã đủ { $max } MB ảnh, ghi âm, video và tệp. Xin gửi đi trước, rồi dùng mã để gửi thêm.
draft-open = Bà con có tin đang ghi dở, { $count } phần, chưa gửi. Tự xóa lúc { $time }.
review-head = Tin đang có:
review-item =
    { $kind ->
        [photo] { $n }. Ảnh
        [voice] { $n }. Ghi âm, { $seconds } giây
        [video] { $n }. Video
        [file] { $n }. Tệp
        [place] { $n }. Vị trí
       *[text] { $n }. Chữ: "{ $head }…"
    }
review-ask = Muốn bỏ phần nào, gõ số của phần đó. Gõ 0 để quay lại. Gõ "xóa" để xóa hết.
review-removed = Đã bỏ phần { $n }. Còn { $count } phần.
erase-ask = Xóa cả { $count } phần chưa gửi?
erase-done = Đã xóa hết phần chưa gửi. Công an chưa nhận được gì.
erase-done-zalo = Đã xóa khỏi Hòm thư. Tin nhắn trên Zalo bà con tự xóa: nhấn giữ tin nhắn, chọn Xóa.
erase-none = Không có tin nào đang ghi dở. Tin đã gửi thì mở bằng mã 24 số.

## 3. Hỏi từng câu

ask-cat = Chuyện thuộc loại nào? Không rõ thì gõ 0.
ask-what = Bà con thấy gì, nghe gì? Viết, gửi ảnh hoặc ghi âm đều được.
ask-where = Xảy ra ở đâu? Ghi chỗ dễ nhận ra, ví dụ: "sau chợ, ngõ cạnh nhà văn hóa tổ 4". Không nhớ thì gõ 0.
ask-when = Xảy ra khi nào?
ask-who = Người đó có đặc điểm gì, đi xe gì? Không biết thì gõ 0.
cat-drug = Ma túy
cat-theft = Trộm cắp, cướp giật
cat-gambling = Cờ bạc, lô đề
cat-loan = Cho vay nặng lãi
cat-scam = Lừa đảo qua mạng
cat-home = Bạo lực gia đình
cat-child = Xâm hại trẻ em
cat-traffic = Mua bán người
cat-fight = Gây rối, đánh nhau
cat-other = Việc khác
when-now = Đang xảy ra
when-today = Hôm nay, hôm qua
when-often = Hay lặp lại
when-past = Đã lâu hơn

## 4. Nơi nhận

find-ask = Chuyện ở phường, xã nào? Gõ tên, viết không dấu hay tên cũ đều được.
find-many = Có nhiều nơi giống tên này. Bà con chọn số, hoặc gõ thêm tên tỉnh:
find-item = { $n }. { $unit }, { $province }
find-was = { $old } (cũ), nay là { $unit }, { $province }.
find-split = { $old } (cũ) nay chia thành nhiều nơi. Chuyện ở thôn, tổ nào?
find-none = Chưa tìm thấy "{ $query }". Xin gõ lại tên phường, xã kèm tên tỉnh. Không nhớ thì gõ 0, rồi chọn tỉnh.
find-pin-ask = Dùng vị trí này để tìm phường, xã gần nhất? Vị trí chỉ dùng cho lần tìm này, làm tròn khoảng 1 km.
find-near = Phường, xã gần vị trí này nhất. Bà con chọn số, hoặc gõ tên:
find-near-none = Gần vị trí này chưa có nơi nào nhận tin ở đây. Xin gõ tên phường, xã. Không nhớ thì gõ 0, rồi chọn tỉnh.
route-ask = Tin này gửi đến đâu?
route-offer = Nếu chuyện liên quan đến người của công an phường, xã, bà con có thể gửi thẳng lên trên. Công an phường, xã sẽ không thấy tin này.
route-done = Nơi nhận: { $target }. { POLICE($unit) } không thấy tin này.
route-none = { $unit } chưa có cán bộ nhận tin ở đây. Tin sẽ đến { $target }.
route-kind = Chuyện loại này do { $target } nhận.
find-noted = Đã ghi { $count } phần. CHƯA GỬI.
find-top = Chuyện ở tỉnh, thành phố nào? Chọn số, hoặc gõ tên phường, xã:
find-within = Chuyện ở phường, xã nào của { $unit }? Chọn số, hoặc gõ tên:
find-place = { $unit }, { $province }
find-name = { $unit }

## 5. Gấp, trẻ em, tên mình

urgent =
    GỌI NGAY 113 nếu có người đang gặp nguy hiểm. Gọi miễn phí, cả ngày đêm.
    Tránh ra chỗ an toàn trước. Không gọi được thì nhắn tiếp ở đây.
    Gọi 113 thì người nghe thấy số máy. Hòm thư không có người trực liên tục để đọc ngay.
urgent-set = Đã ghi "đang xảy ra". Gửi ngay thì Hòm thư báo cán bộ trực.
child =
    Báo như thế này là đúng. Người bị hại không có lỗi.
    Gọi 111 để được giúp: miễn phí, cả ngày đêm. Đang bị đánh, bị đe dọa: gọi 113.
    Không gọi được thì nhắn tiếp ở đây. Xin cho biết: chuyện ở đâu?
warn-name =
    { $what ->
        [phone] Phần { $n } có một số điện thoại. Nếu là số của bà con, nên bỏ.
        [address] Phần { $n } hình như có địa chỉ nhà của bà con.
       *[name] Phần { $n } hình như có tên của bà con.
    }
contact-refused = Hòm thư không nhận danh thiếp, để không giữ tên và số điện thoại của ai.

## 6. Gửi và mã

send-confirm =
    Gửi { $count } phần đến { POLICE($unit) }?
    Xin báo đúng điều mình biết. Cố ý báo sai sẽ bị xử lý theo pháp luật.
    Nếu muốn được nhắn khi có trả lời, Hòm thư giữ kín địa chỉ cuộc trò chuyện này nhiều nhất 30 ngày.
send-confirm-web =
    Gửi { $count } phần đến { POLICE($unit) }?
    Xin báo đúng điều mình biết. Cố ý báo sai sẽ bị xử lý theo pháp luật.
send-wait = Đang nhận nốt tệp. Xong sẽ có dòng "Đã tiếp nhận".
send-changed = Nơi nhận vừa đổi, tin chưa gửi.
done =
    ĐÃ TIẾP NHẬN tin báo. Mã tra cứu ở tin nhắn dưới.
    Ghi mã ra giấy hoặc giữ lại. Ai có mã thì đọc được tin. Mất mã thì không ai cấp lại được.
done-more = ĐÃ TIẾP NHẬN phần bổ sung. Mã cũ vẫn dùng được.
done-urgent =
    { $notified ->
        [yes] ĐÃ TIẾP NHẬN. Hòm thư đang báo cán bộ trực. Nguy hiểm thì vẫn gọi 113. Mã tra cứu ở tin nhắn dưới.
       *[no] ĐÃ TIẾP NHẬN. Chưa báo được cán bộ trực. Nguy hiểm thì gọi 113. Mã tra cứu ở tin nhắn dưới.
    }
done-next =
    Cán bộ có thể hỏi thêm; bà con nhập mã để xem.
    Nếu bà con không để lại tên thì sẽ không có giấy mời và cũng không có văn bản trả lời.
done-cleared = Hòm thư đang xóa các tin nhắn của tin báo khỏi cuộc trò chuyện này. Còn sót thì bà con tự xóa. Telegram có thể giữ bản riêng.
done-zalo = Hòm thư không xóa được tin trên Zalo. Dùng chung máy thì bà con tự xóa cuộc trò chuyện, sau khi ghi mã.
code-line = { $code }
code-gone = Tin nhắn có mã tự xóa sau 24 giờ.
code-cleared = Hòm thư đang xóa tin nhắn có mã.
clear-left = Có tin nhắn Hòm thư không xóa được. Xin bà con tự xóa: nhấn giữ tin nhắn, chọn Xóa.
code-check = Gõ 4 số cuối của mã, để chắc là bà con đã ghi lại.
code-check-ok = Đúng rồi. Bà con có thể đóng trang.
code-check-bad = Chưa đúng. Xin so lại 4 số cuối với mã ở trên.

## 7. Mở bằng mã

code-ask = Nhập mã 24 số. Có dấu cách hay không đều được.
code-short = Mã có 24 số. Bà con mới nhập { $count } số. Xin nhập lại cả mã.
code-typo = Mã có số bị sai. Xin so lại từng nhóm 4 số.
code-half = Nếu đây là mã để mở tin thì còn thiếu: mã có 24 số. Xin nhập lại cả mã.
code-unknown = Không mở được bằng mã này. Xin so lại với mã đã ghi.
code-slow = Nhập sai nhiều lần. Xin thử lại sau { $minutes } phút.
mail-head = Tin gửi ngày { $day }. { $status }.
mail-question = Cán bộ hỏi: { $text }
mail-answer = Cán bộ trả lời: { $text }
mail-free = Bà con không bắt buộc trả lời.
mail-nothing = Chưa có gì mới từ { $day }. Xin quay lại sau; tin vẫn được giữ.
mail-ask = Bà con viết trả lời luôn, hoặc chọn số:
mail-ask-closed = Bà con chọn số. Cần thì vẫn viết thêm được.
mail-closed = Đã đóng. Hòm thư không còn nhớ mã này.
mail-timeline-line = { $day }: { $status }
mail-timeline-more = Bà con gửi thêm
mail-next = Tiếp theo: { $next }
mail-proof-ask =
    Giấy xác nhận ghi: đơn vị nào nhận một tin, ngày nào. Không ghi tên ai, không ghi nội dung.
    Giữ giấy này có thể cho người khác biết bà con đã báo tin. Bà con vẫn muốn lấy?
mail-proof = Một tin có dấu kiểm sau đây được { $unit } nhận ngày { $day }. Giấy này không ghi tên ai.
mail-proof-mark = Dấu kiểm: { $mark }
mail-proof-check = Máy chủ Hòm thư đã ký phần dưới đây. Kiểm tra bằng lệnh: hopthu audit acknowledgement
mail-proof-armour = { $armour }
mail-proof-number = Số riêng của tin này: { $number }. Chỉ người gửi tin, hay ai được người ấy cho biết, mới nói đúng số này. Đừng ghi lên giấy; mở lại bằng mã sẽ thấy.
mail-cut = Phần sau của hộp thư này chưa mở được: cán bộ đổi khóa mà khóa mới không mở được. Phần trước vẫn đọc được. Bà con cứ nhắn tiếp ở đây, cán bộ sẽ đổi lại khóa.
mail-over = Tin này đã kết thúc và nội dung đã xóa theo quy định. Có chuyện mới thì gửi tin mới.
notify-on = Sẽ nhắn ở đây khi có gì mới, từ { $from } giờ đến { $to } giờ, nhiều nhất một lần mỗi ngày. Lời nhắn có thể không đến; bà con vẫn nên tự mở bằng mã. Gõ "dừng" để thôi.
notify-off = Đã thôi nhắn. Địa chỉ cuộc trò chuyện này đã xóa khỏi tin.
notify-zalo = Zalo chỉ cho nhắn trong 7 ngày kể từ lần cuối bà con nhắn. Sau đó bà con tự mở bằng mã.
move-how = Muốn xem ở máy hay ứng dụng khác: mở { $web }, chọn "Mở tin đã gửi", nhập mã 24 số.
move-draft = Tin chưa gửi không chuyển sang chỗ khác được. Gửi phần đã có, rồi dùng mã để gửi thêm.
forget-ask = Quên tôi: xóa phần chưa gửi, đăng ký, và địa chỉ cuộc trò chuyện này. Tin ĐÃ GỬI vẫn ở công an và vẫn mở được bằng mã.
forget-done = Đã quên. Hòm thư không còn giữ gì về cuộc trò chuyện này. Bản sao dự phòng hết hạn sau { $days } ngày.

## 8. Trạng thái

st-received = Đã tiếp nhận
st-classify = Đang phân loại
st-need = Cần bổ sung thông tin
st-verify = Đang kiểm tra, xác minh
st-province = Đã chuyển Cơ quan điều tra
st-other = Đã chuyển cơ quan có thẩm quyền
st-extended = Gia hạn xác minh
st-handled = Đã xử lý
st-nobasis = Không đủ căn cứ xử lý
st-suspended = Tạm đình chỉ giải quyết
st-duplicate = Trùng với tin đã có
st-closed = Đã kết thúc

## 9. Số điện thoại và tuyên truyền

board-head = Số cần gọi, { $unit }. Gọi thì người nghe thấy số máy của bà con.
board-line = { $role }: { $number } ({ $hours })
board-line-short = { $role }: { $number }
board-line-paid = { $role }: { $number } ({ $hours }, mất phí)
board-line-paid-short = { $role }: { $number } (mất phí)
board-stale = Số này kiểm tra lần cuối ngày { $day }, có thể đã đổi.
board-none = { $unit } chưa đăng số riêng. Các số chung:
sub-on = Đã bật. Bà con sẽ nhận tin tuyên truyền của { $unit }. Gõ "dừng" để thôi.
sub-topics = Chọn số để bật hoặc tắt từng mục:
sub-off = Đã dừng. Hòm thư không tự nhắn nữa. Một tin đang trên đường có thể vẫn đến.
sub-off-draft = Tin đang ghi dở vẫn còn. Muốn xóa, gõ "xóa".
stop-ask = Bà con muốn dừng nhận tin tuyên truyền, hay chữ này là nội dung tin?
sub-foot = Gõ "dừng" để không nhận nữa.

## 10. Không hiểu, lỗi, gián đoạn

not-understood = Hòm thư chưa hiểu. Bà con chọn số, hoặc gõ "menu".
no-number = Không có số { $n } trong các mục. Nếu đó là nội dung tin, xin viết kèm vài chữ.
sticker = Hòm thư không đọc được hình dán. Bà con viết chữ, gửi ảnh hoặc ghi âm.
unsupported-zalo = Zalo không chuyển loại này cho Hòm thư. Xin gửi ở trang web { $web }, hoặc gọi 113 nếu gấp.
too-big = Tệp này quá lớn. Ở đây nhận đến { $here } MB, trang web nhận đến { $web-limit } MB: { $web }
media-bad = Không đọc được tệp này nên không ghi. Các phần khác vẫn còn. Xin thử gửi lại hoặc kể bằng lời.
media-raw = Loại tệp này không làm sạch được, có thể còn tên người tạo hoặc nơi tạo. Vẫn gửi?
too-fast = Hòm thư đang ghi, xin đợi một chút. Không mất tin nào đã có dòng "Đã ghi".
err-again = Máy bị vướng, chưa ghi được tin vừa rồi. Xin gửi lại. Các phần đã ghi vẫn còn.
err-storage = Hòm thư đang không ghi được. Chưa có gì được gửi. Xin thử lại sau, hoặc gọi 113 nếu gấp.
back-up = Hòm thư vừa gián đoạn, nay chạy lại. Tin nhắn lúc { $time } đã được ghi. Tin nào không có dòng "Đã ghi" thì xin gửi lại.
group = Đây là nhóm, nhiều người đọc được. Hòm thư không nhận tin trong nhóm. Xin nhắn riêng: { $link }
lang-done = Đã đổi sang tiếng Việt.
lang-other = Hòm thư có tiếng Việt và tiếng Anh. Bà con có thể ghi âm bằng tiếng của mình.

## 11. Nhắc người báo tin

rem-draft = Hòm thư có nội dung mới.
rem-erased = Phần đang làm dở đã xóa vì quá 24 giờ. Chưa có gì được gửi.
rem-news = Hòm thư có nội dung mới.

## 12. Thông báo cho cán bộ (không có nội dung, luôn một dạng)

off-notice = Hòm thư: có việc cần xem. Mở bàn làm việc: { $desk }
off-digest = Hòm thư { $day }. Chưa mở: { $unread }. Đang xử lý: { $open }. Sắp đến hạn: { $soon }. Quá hạn: { $late }.
off-taken = Đã ghi: đồng chí nhận lúc { $time }.
off-passed = Đã chuyển cho người trực tiếp theo.
off-no-reply-here = Không trả lời tin báo ở đây. Mở bàn làm việc: { $desk }
off-linked = Đã nối máy này với tài khoản cán bộ. Ở đây chỉ có thông báo, không có nội dung tin.
off-link-bad = Mã nối không đúng hoặc đã hết hạn. Lấy mã mới ở bàn làm việc.
off-none = Không có thông báo nào đang chờ đồng chí.
off-desk = Bàn làm việc: { $desk }
off-duty = Trực hôm nay, { $day }:
off-duty-watch = { $start }–{ $end } giờ: { $who }
off-stranger = Đây là kênh thông báo nội bộ, không nhận tin báo; ai có mã nối thì gõ mã vào đây.
btn-off-taken = Đã nhận
btn-off-busy = Bận, chuyển trực
btn-off-desk = Mở bàn làm việc
btn-off-duty = Trực hôm nay

## 13. Bàn làm việc

desk-waiting = Chờ người báo tin mở lại hòm thư
desk-undelivered = Chưa chuyển được
desk-empty = Không có tin chờ xử lý.
desk-locked = Đã khóa vì để yên 10 phút. Nhập mật khẩu để mở tiếp.
desk-badkey = Không mở được tin này bằng khóa trên máy này. Xin báo chỉ huy cấp lại quyền.
desk-tampered = Chuỗi nội dung không khớp dấu kiểm. Không dùng làm căn cứ; báo ngay người quản trị.
desk-cut = Khóa mới của tin này không mở được trên máy này: đang đọc bằng khóa trước, phần sau đó chưa mở được. Ai đã đổi khóa, xem ở Nhật ký.
desk-cut-mend = Đổi lại khóa
desk-offline = Mất kết nối. Nội dung đã mở vẫn xem được; chưa gửi được gì.
desk-ask-tip = Hỏi điều kiểm tra được: ở đâu, khi nào, thấy gì. Không hỏi tên, số điện thoại, nơi ở.
desk-ask-warn = Câu hỏi này hình như hỏi về người báo tin. Vẫn gửi?
desk-no-links = Lời gửi người báo tin không được có đường dẫn, số điện thoại, tên tài khoản.

## 14. Trang web

web-offline = Mất mạng. Chữ đang viết còn trong trang này. Xin đừng đóng trang.
web-online = Đã có mạng. Đang gửi nốt.
web-queued = Chờ mạng
web-saved = Đã ghi
web-exit-note = Thoát nhanh xóa phần đang viết và rời trang. Không xóa được lịch sử trình duyệt.
web-mic-denied = Trình duyệt chưa cho dùng micro. Bà con có thể viết, hoặc bật micro trong cài đặt.
web-reload = Trang vừa tải lại nên bắt đầu từ đầu. Phần chưa gửi đã bỏ; tin đã gửi vẫn mở được bằng mã.
web-expired = Trang để lâu nên phần chưa gửi đã xóa. Xin bắt đầu lại.
poster-title =
    HÒM THƯ
    TỐ GIÁC TỘI PHẠM
poster-unit = { POLICE($unit, begun: "yes") }
poster-danger = Nguy hiểm: gọi
poster-scan = 1. Quét
poster-write = 2. Viết, nói, gửi ảnh
poster-keep = 3. Giữ mã 24 số
poster-nameless = Không hỏi họ tên
poster-never = Công an không bao giờ hỏi tiền, mã OTP, mật khẩu qua hòm thư này.
poster-zalo = Zalo: { $page }, gõ { $code }
poster-tamper = Thấy mã QR bị dán đè, xin báo số { $number }.
poster-tamper-here = Thấy mã QR bị dán đè, xin gõ địa chỉ ở trên và báo đơn vị này.
poster-stamp = Dấu đơn vị
poster-checked = Kiểm tra { $day }
size-under = dưới 1 KB
size-kb = { $n } KB
size-mb = { $n } MB

## 15. Nút

btn-tip = Gửi tin báo
btn-open = Mở tin đã gửi
btn-board = Số điện thoại cần gọi
btn-sub = Nhận tin tuyên truyền
btn-help = Trợ giúp, English
btn-send = Gửi tin
btn-now = Đang xảy ra ngay lúc này
btn-guide = Hỏi tôi từng câu
btn-review = Xem lại, bỏ bớt, xóa
btn-route = Đổi nơi nhận
btn-send-quiet = Gửi, tôi tự xem bằng mã
btn-send-notify = Gửi, và nhắn tôi khi có trả lời
btn-send-now = Gửi khẩn ngay
btn-back = Quay lại
btn-skip = Bỏ qua
btn-erase-yes = Xóa hết
btn-keep = Giữ nguyên
btn-drop = Bỏ phần này, tôi gửi lại
btn-ward = { POLICE($unit, begun: "yes") }
btn-parent = { $parent }, không qua công an phường, xã
btn-inspect = Thanh tra công an
btn-other-unit = Phường, xã khác
btn-mailbox = Mở hòm thư của tin này
btn-copy = Chép mã
btn-copied = Tôi đã ghi mã
btn-keep-access = Giữ nút mở nhanh trong khung chat này
btn-timeline = Diễn biến
btn-notify = Nhắn tôi khi có gì mới
btn-notify-off = Thôi nhắn tôi
btn-proof = Lấy giấy xác nhận
btn-proof-yes = Lấy giấy
btn-forget = Quên tôi
btn-close = Đóng
btn-call = Gọi { $number }
btn-more = Xem thêm
btn-photo = Ảnh, tệp
btn-mic = Bấm để nói
btn-mic-stop = Xong
btn-exit = Thoát nhanh
btn-sealed = Gửi kín trên web
btn-yes = Đồng ý
btn-no = Không
btn-stop = Dừng nhận
btn-content = Là nội dung tin
btn-taken = Đã nhận
btn-busy = Bận, chuyển trực
btn-desk = Mở bàn làm việc

## 16. Thêm cho cuộc trò chuyện

next-received = chờ cán bộ đọc tin
next-verify = khi có gì mới, xem được bằng mã
next-need = bà con viết thêm, nếu muốn
next-closed = không còn bước nào; có chuyện mới thì gửi tin mới
box-shut = Hòm thư này lúc này chưa nhận tin mới. Cần gấp, bà con gọi các số sau:
route-empty = Nơi này chưa có cán bộ nhận tin. Tin gửi đi được khóa và giữ, chờ đến khi có.
urgent-set-none = Đã ghi "đang xảy ra". Ở đây chưa có cán bộ trực; nguy hiểm thì gọi 113.
done-next-none =
    Nơi này chưa có cán bộ nhận tin. Tin được khóa và giữ; bà con nhập mã để xem khi có trả lời.
    Nếu bà con không để lại tên thì sẽ không có giấy mời và cũng không có văn bản trả lời.
code-again = Sau 15 phút Hòm thư không còn nhớ mã. Phần bổ sung vẫn còn, chưa gửi. Xin nhập lại mã 24 số.
draft-two = Bà con đang ghi dở hai tin. Xin gửi hoặc xóa tin này trước, rồi nhập lại mã.
mail-withheld = Có một lời của cán bộ không hiện ở đây, vì có đường dẫn, tên tài khoản hoặc dãy số dài.
forget-gone = Đã quên. Hòm thư không còn giữ gì về cuộc trò chuyện này.
access-kept = Nút dưới đây mở hòm thư của tin này trong 30 ngày. Ai cầm máy này cũng mở được. Muốn bỏ nút, gõ "quên tôi".
access-gone = Nút này không còn mở được gì. Xin nhập mã 24 số.
too-big-here = Tệp này quá lớn. Ở đây nhận đến { $here } MB.

## 17. Trang của bà con (page-*)

page-title = Hòm thư
page-title-of = Hòm thư { $unit }
page-box = Hòm thư
page-nounit = Hòm thư tố giác tội phạm
page-former = { $old } (cũ), nay là { $unit }.
page-danger = Nguy hiểm: gọi
page-doors = Việc cần làm
page-write-now = Viết luôn ở đây
page-write = Viết ở đây
page-add = Ghi vào tin
page-truth = Điều cần biết
page-keeps = Hòm thư giữ gì, không giữ gì
page-channels = Nhắn qua ứng dụng khác
page-zalo-knows = Zalo biết tài khoản của bà con và giữ tin nhắn này.
page-telegram-knows = Telegram biết tài khoản của bà con và đọc được tin nhắn này.
page-menu = Các mục chính
page-find-list = Chọn từ danh sách
page-large = Chữ to
page-large-off = Chữ thường
page-language = English
page-home = Về trang đầu
page-noscript = Trình duyệt này đang tắt JavaScript nên chưa nhắn ở đây được. Bà con gọi 113, hoặc xem số cần gọi.
page-connecting = Đang nối…
page-log = Cuộc trò chuyện
page-choices = Chọn một mục
page-box-says = Hòm thư:
page-own-part = Phần { $n }:
page-own = Bà con:
page-photo-part = Ảnh
page-part-voice = Ghi âm, { $seconds } giây
page-part-sound = Tệp âm thanh, { $size }
page-part-video = Video, { $size }
page-part-file = Tệp, { $size }
page-going = Đang gửi { $percent } %
page-turn = Chờ đến lượt
page-stop = Thôi gửi
page-stop-part = Thôi gửi phần { $n }
page-add-photo = Ảnh
page-add-video = Video
page-add-file = Tệp khác
page-add-place = Vị trí
page-add-place-how = được xem trước
page-add-cleaned = Máy chủ bỏ thông tin ẩn trong ảnh và tệp khi làm được. Người, vật và giọng nói vẫn nhận ra được.
page-limit = đến { $limit } MB
page-into-tip = Thêm vào tin
page-not-loaded = Chưa mở được mục này vì mất mạng. Có mạng thì bà con bấm lại.
page-voice-asking = Trình duyệt có hỏi thì bà con cho phép dùng micro.
page-voice-running = Đang ghi âm
page-voice-known = Giọng có thể bị nhận ra. Nếu ngại, bà con viết, hoặc nhờ người khác nói hộ.
page-voice-play = Nghe lại
page-voice-pause = Dừng nghe
page-voice-full = Đã đến 20 MB nên ghi âm dừng lại.
page-voice-none = Máy này không ghi âm được. Bà con có thể viết.
page-place-how = Máy sẽ tìm chỗ bà con đang đứng. Chỉ nên thêm khi chuyện xảy ra ngay ở đây.
page-place-known = Hãng làm điện thoại hoặc trình duyệt có thể biết máy này vừa tìm vị trí.
page-place-ask = Tìm vị trí
page-place-asking = Đang tìm vị trí. Trình duyệt có hỏi thì bà con cho phép.
page-place-near = Sai lệch chừng { $metres } mét.
page-place-denied = Trình duyệt chưa cho xem vị trí. Bà con có thể tả chỗ đó bằng lời.
page-place-none = Không tìm được vị trí. Bà con có thể tả chỗ đó bằng lời.
page-place-use = Gửi vị trí này
page-unsent = CHƯA GỬI
page-received = ĐÃ TIẾP NHẬN
page-parts = { $count } phần
page-erased-at = Tự xóa lúc { $time } mai
page-sent = Đã tiếp nhận
page-noting = Đang ghi…
page-failed = Chưa ghi được.
page-again = Gửi lại
page-remove = Bỏ
page-remove-part = Bỏ phần { $n }
page-code-name = Mã tra cứu
page-code-groups = Mã tra cứu, sáu nhóm bốn số
page-code-keep = Ghi mã ra giấy hoặc giữ lại. Ai có mã thì đọc được tin. Mất mã thì không ai cấp lại được.
page-code-copied = Đã chép mã. Chép vào chỗ chỉ mình bà con xem được.
page-code-nocopy = Máy này không cho chép. Xin ghi mã ra giấy.
page-code-sure = Bà con đã ghi mã chưa? Đóng rồi thì không xem lại được.
page-code-stay = Xem lại mã
page-code-closed = ĐÃ TIẾP NHẬN. Mã đã đóng, không còn trên trang này.
page-code-typed = Mã 24 số
page-code-long = Mã có 24 số. Bà con nhập { $count } số.
page-code-four = Bà con gõ 4 số cuối của mã vào ô, rồi bấm nút lần nữa.
page-code-opening = Đang mở…
page-mail-sent = Phần đã gửi
page-paper = Giấy xác nhận
page-paper-signed = Phần máy chủ đã ký
page-paper-keep = Lưu giấy vào máy
page-paper-kept = Giấy nằm trong tệp giay.html, mục Tải xuống. Máy dùng chung thì xóa tệp đó.
page-board = Số cần gọi
page-call = Gọi
page-call-of = Gọi { $role }, { $number }
page-paid = mất phí
page-national = Số chung cả nước
page-caller = Gọi thì người nghe thấy số máy của bà con.
page-copy-of = Đang mất mạng. Đây là bản lưu ngày { $day }.
page-copy-kept = Trang số điện thoại này đã lưu vào máy, để mở được khi mất mạng. Không trang nào khác được lưu.
page-copy-drop = Xóa bản lưu
page-copy-dropped = Đã xóa bản lưu trên máy này. Mở lại trang thì máy lưu lại.
page-offline = Mất mạng.
page-lost = Không có trang này
page-lost-how = Đường dẫn gõ chưa đúng, hoặc trang không còn. Bà con về trang đầu để gửi tin hoặc xem số điện thoại.
page-broken = Hòm thư đang vướng
page-broken-how = Trang chưa mở được. Xin thử lại sau ít phút, hoặc gọi 113 nếu gấp.
page-kept-head = Tin bà con gửi
page-kept-code = Mã 24 số
page-kept-code-text =
    Mã do máy tạo khi bà con gửi tin, chỉ hiện một lần. Hòm thư không giữ mã, nên mất mã thì không ai cấp lại được.
    Khi bà con nhập mã ở trang web, mã không rời máy của bà con: trang tính ra khóa rồi chỉ gửi khóa đó.
page-kept-here = Trang này và máy của bà con
page-kept-board = Riêng trang số điện thoại được lưu vào máy, để mở được khi mất mạng; cuối trang đó có nút xóa. Giấy xác nhận chỉ nằm trong máy nếu bà con lấy về.

## 20. Bảng nhập từ tệp (row-*)
## Mỗi câu nói một chỗ sai, không kèm số dòng và không bao giờ nhắc lại chữ trong ô; row-at thêm số dòng.

row-refused = { $rows } dòng sai, nên chưa nhập gì:
row-at = Dòng { $row }: { $what }
row-more = … và { $count } chỗ sai khác
row-file-large = tệp lớn hơn { $megabytes } MB
row-file-many = bảng có hơn { $most } dòng
row-file-long = trang tính kéo dài quá dòng { $most }: xin xóa phần thừa ở dưới
row-file-text = tệp không phải chữ UTF-8: trong bảng tính, chọn “CSV UTF-8” hoặc XLSX
row-file-csv = tệp không phải CSV: có ô quá dài, hoặc thiếu dấu ngoặc kép đóng
row-book-broken = tệp không phải bảng XLSX, hoặc đã hỏng
row-book-large = bảng XLSX giải nén ra quá lớn: chỉ giữ một trang tính, bỏ hình ảnh
row-header = dòng 1 phải ghi tên các cột; cột thứ { $place } không phải một trong: { $names }
row-header-lacks = dòng 1 phải ghi tên các cột, mỗi tên một lần: { $names }
row-empty = thiếu { $column }
row-long = { $column } dài quá { $most } chữ
row-formula = { $column } là công thức: xin ghi thẳng giá trị
row-error = { $column } báo lỗi thay vì có giá trị
row-neither = { $column } không phải chữ hay số
row-unnamed = ô thứ { $place } không nằm trong cột nào có tên
row-twice = trùng với dòng { $other }
row-code = mã gồm 1 đến 64 chữ không dấu, chữ số, _ và -
row-no-unit = ở đây không có đơn vị này
row-unit-ended = đơn vị này hiện không còn hoạt động
row-yes-no = { $column } phải là có hoặc không
row-day = { $column } không phải ngày: ghi 2026-05-02 hoặc 02/05/2026
row-retention = { $column } phải từ { $least } đến { $most } ngày, hoặc để trống
row-future = { $column } là ngày chưa tới
row-no-number = không có số này trên bảng của đơn vị, hoặc là số của cả nước
row-number-there = số này đã có trên bảng của đơn vị
row-no-box = không có hòm thư thay thế này
row-box-case = mã chỉ khác mã của một hòm thư khác ở chữ hoa, chữ thường
row-box-unit = hòm thư ở nguyên đơn vị của mình, vì cán bộ ở đó phụ trách: xin thay bằng hòm thư của đơn vị kia
row-box-open = chỉ hòm thư đã đóng mới có hòm thư thay thế
row-box-circle = các hòm thư đã đóng dẫn vòng về nhau
row-box-chain = hơn { $most } hòm thư đã đóng dẫn nối nhau
row-no-hamlet = đơn vị không có thôn, tổ này
row-hamlet-ended = thôn, tổ này không còn nữa
row-hamlet-unit = thôn, tổ ở nguyên đơn vị của mình: xin kết thúc ở đây rồi lập ở đơn vị kia
row-kind = loại phải là công an, lãnh đạo hoặc khác
row-person = chức danh có tên người: chỉ ghi chức danh, trừ khi người đó đã đồng ý (dòng lệnh: --named)
row-tel-letters = số có lẫn chữ: số máy lẻ ghi cạnh chức danh
row-tel-signs = số có dấu lạ: mỗi dòng một số
row-tel-foreign = số nước ngoài: bảng chỉ ghi số của Việt Nam
row-tel-digits = số có quá nhiều chữ số: mỗi dòng một số
row-tel-police = số của ngành công an phải đủ mười chữ số: 069 và bảy số nữa
row-tel-old-mobile = số di động từ trước năm 2018: nay bắt đầu bằng 03, 05, 07 hoặc 08, đủ mười chữ số
row-tel-old-area = mã vùng từ trước năm 2017: nay số cố định bắt đầu bằng 02
row-tel-area = không có mã vùng này
row-tel-landline = số cố định phải đủ mười một chữ số, kể cả mã vùng
row-tel-mobile = số di động phải đủ mười chữ số
row-tel-free = sau 1800 hoặc 1900 phải có bốn đến sáu chữ số
row-tel-zero = số mất số 0 ở đầu: trong bảng tính, đặt cột này là văn bản
row-tel-no-area = số thiếu mã vùng
row-tel-none = không phải số điện thoại của Việt Nam
row-weekday = { $column } không phải ngày trực: ghi T2 đến CN, T2-T6, cả tuần hoặc lễ
row-hour = { $column } không phải giờ tròn, từ 0 đến 24
row-swap-self = người trực thay phải là người khác
row-day-range = { $column } đã qua, hoặc còn hơn hai năm nữa
row-no-account = đơn vị không có tài khoản này
row-scope = đơn vị ở dòng này ngoài phạm vi được giao
row-tick = { $column } không trống cũng không phải dấu x
row-tick-digits = dấu x chỉ tính khi có chữ số bên cạnh: xin gõ các chữ số đã nghe
row-heard-empty = thiếu { $column }: phải so đủ hai mươi chữ số
row-heard-other = không phải chữ số của khóa này: xin nghe lại; nếu vẫn khác thì không ký
row-list-unit = đơn vị ở dòng này có tên khác với đề nghị
row-list-digits = đây không phải chữ số của đề nghị: xin lập danh sách mới
row-unit-code = mã đơn vị chỉ gồm chữ không dấu và chữ số
row-unit-life = { $column } của đơn vị đã có chỉ đổi khi sáp nhập: hopthu unit merge
row-unit-circle = các đơn vị dẫn vòng về nhau, hoặc hơn { $most } đơn vị nối nhau
row-unit-open = chỉ đơn vị đã kết thúc mới có đơn vị thay thế
row-unit-days = đơn vị kết thúc trước khi bắt đầu
row-route-kind = không có loại việc này: ghi như trên màn hình, ví dụ “ma túy”
row-sheet-none = không phải danh sách do người ký của nơi này ký
row-sheet-elsewhere = danh sách này ký cho máy chủ khác
row-sheet-unit = ở đây không có đơn vị của danh sách này
row-sheet-expired = danh sách đã hết hạn: xin tạo đề nghị mới
row-sheet-over = đơn vị này đã có đơn vị khác tiếp tục
row-sheet-old = đã có danh sách số này hoặc mới hơn
row-sheet-merger = danh sách sáp nhập này không hợp với các đơn vị ở đây: nhận bằng lệnh trên máy chủ để biết rõ
row-sheet-locks = nhận xong thì { $tips } tin chưa đóng không cán bộ nào mở được nữa, trừ khi dùng khóa dự phòng
row-sheet-self = danh sách này đưa đồng chí ra khỏi đơn vị: xin để người khác nhận
row-role = vai trò phải là trực ban, chỉ huy hoặc quản trị

## 21. Bàn làm việc: các trang (desk-*, login-*, enrol-*)

desk-title = Bàn làm việc
desk-tips = Tin báo
desk-roster = Trực ban
desk-units = Đơn vị
desk-boxes = Hòm thư
desk-hotlines = Danh bạ
desk-officers = Cán bộ
desk-phone = Điện thoại
phone-about = Khi có việc, điện thoại đã nối nhận một dòng thông báo. Trong đó không có nội dung tin.
phone-messenger = Telegram biết tài khoản nào nhận thông báo và lúc nào.
phone-state-none = Chưa nối điện thoại nào.
phone-state-linked = Đã nối điện thoại của đồng chí.
phone-state-lost = Điện thoại đã chặn kênh thông báo hoặc xóa tài khoản. Hiện không nhận được thông báo nào.
phone-no-bot = Chưa có kênh thông báo. Đề nghị người quản trị nối kênh.
phone-get = Lấy mã nối
phone-again = Lấy mã khác
phone-other = Nối điện thoại khác
phone-unlink = Thôi nối
phone-code = Mã nối
phone-type = Trên điện thoại, mở Telegram, tìm @{ $bot }, gõ mã này:
phone-until = Dùng một lần, đến { $time }.
phone-unit = Điện thoại của đơn vị
phone-col-who = Cán bộ
phone-col-phone = Điện thoại
phone-is-none = chưa nối
phone-is-linked = đã nối
phone-is-lost = mất liên lạc
desk-demo = TRÌNH DIỄN
desk-skip = Đến nội dung
desk-other-language = English
desk-again = Thử lại
desk-cancel = Thôi
desk-loading = Đang tải…
desk-opening = Đang mở khóa tin…
desk-lock = Khóa
desk-online = Đã nối
desk-joining = Đang nối…
desk-away = Mất kết nối
desk-bell = Có { $count } việc mới
desk-failed = Chưa làm được việc này. Xin thử lại.
desk-unreached = Không nối được với máy chủ. Xin thử lại sau ít phút.
desk-unsent = Chưa gửi được. Chữ đang viết vẫn còn; xin gửi lại.
desk-no-tip = Không có tin này, hoặc tin không thuộc đơn vị.
desk-refused = Máy chủ không nhận việc này. Xin tải lại trang.
desk-newer = Có người vừa ghi thêm vào tin. Xem lại rồi bấm gửi lần nữa.
desk-only-recovery = Gửi trước khi có cán bộ nhận; chỉ khóa dự phòng của đơn vị mở được.
desk-keys-failed = Khóa trên máy này không làm được việc đó. Khóa lại rồi đăng nhập lại.
desk-me = Tôi
desk-nobody = Chưa ai
desk-someone = Cán bộ khác
desk-role-duty = Trực ban
desk-role-chief = Chỉ huy
desk-role-operator = Quản trị
desk-filter = Lọc
desk-filter-all = Tất cả
desk-filter-urgent = Gấp
desk-filter-late = Quá hạn
desk-filter-soon = Sắp đến hạn
desk-filter-erasing = Sắp xóa
desk-filter-mine = Của tôi
desk-filter-closed = Cả tin đã kết thúc
desk-search = Tìm trong tin đã mở
desk-search-hint = Tìm trong tin đã mở ( / )
desk-none-fit = Không có tin nào khớp với phần lọc hoặc chữ tìm.
desk-found = { $count } tin khớp, trong { $among } tin đã mở
desk-found-more = { $count } tin khớp, trong { $among } tin đã mở. Hiện { $most } tin đầu; gõ thêm chữ để lọc.
desk-found-reading = Mới đọc lại { $read } / { $of } tin đã mở, tìm có thể chưa thấy hết.
desk-unopened = tin chưa ai mở: { $count }
desk-col-tag = Dấu
desk-col-number = Số
desk-col-box = Hòm thư
desk-col-kind = Loại việc
desk-col-age = Đã qua
desk-col-due = Thời hạn
desk-col-state = Trạng thái
desk-col-who = Phân công
desk-observed = máy chủ ghi, không có chữ ký
desk-tag-urgent = GẤP
desk-tag-news = Có trả lời
desk-tag-late = Quá hạn
desk-tag-soon = Sắp đến hạn
desk-due-in-minute = { $what } trong { $count } phút
desk-due-in-hour = { $what } trong { $count } giờ
desk-due-in-day = { $what } trong { $count } ngày
desk-due-over-minute = { $what }, quá { $count } phút
desk-due-over-hour = { $what }, quá { $count } giờ
desk-due-over-day = { $what }, quá { $count } ngày
desk-due-urgent = tin gấp
desk-due-house = hạn của đơn vị
desk-due-law = hạn theo quy định
desk-clock-open = Mở
desk-clock-report = Báo tỉnh
desk-clock-classify = Phân loại
desk-clock-notify = Thông báo tiếp nhận
desk-clock-verify = Xác minh xong
desk-clock-complex = Xác minh xong
desk-clock-extended = Xác minh xong
desk-clock-end = Thông báo kết quả
desk-why-open = Hạn của đơn vị: 30 phút với tin gấp, 8 giờ với tin khác.
desk-why-report = Báo cáo Thủ trưởng Cơ quan CSĐT Công an tỉnh trong 12 giờ, 24 giờ ở địa bàn khó khăn (HD 11/HD-BCA-V03).
desk-why-classify = Phân loại trong 24 giờ, 48 giờ ở địa bàn khó khăn (TTLT 01/2017).
desk-why-notify = Thông báo việc tiếp nhận trong 3 ngày làm việc (TTLT 01/2017, Điều 14).
desk-why-verify = Kiểm tra, xác minh trong 20 ngày (BLTTHS, Điều 147).
desk-why-complex = Vụ việc phức tạp: không quá 2 tháng (BLTTHS, Điều 147).
desk-why-extended = Đã gia hạn một lần, không quá 2 tháng (BLTTHS, Điều 147).
desk-erases = Sẽ xóa { $day }
desk-why-erases = Đã đến hạn lưu. Muốn giữ: chỉ huy chọn "Giữ lại, không xóa".
desk-held = Được giữ lại, không xóa
desk-why-end = Thông báo kết quả trong 3 ngày làm việc (TTLT 01/2017, Điều 14).
desk-due-answer = Xem trả lời
desk-touched = Đồng nghiệp vừa ghi vào tin này.
desk-touched-show = Xem
desk-open-by = đang mở bởi { $names }
desk-tag-fresh = Chưa mở
desk-no-box = Không qua hòm thư
desk-no-kind = Chưa rõ loại
desk-age-minute =
    { $count ->
        [0] vừa xong
       *[other] { $count } phút
    }
desk-age-hour =
    { $count ->
        [0] trong giờ này
       *[other] { $count } giờ
    }
desk-age-day = { $count } ngày
desk-page = { $from }–{ $to } / { $total }
desk-page-next = Sau
desk-page-back = Trước
desk-reporter = Người báo tin
desk-about-cat = loại việc
desk-about-what = thấy gì, nghe gì
desk-about-where = ở đâu
desk-about-when = khi nào
desk-about-who = đặc điểm người, xe
desk-signed-question = { $name } hỏi, đã ký
desk-signed-answer = { $name } trả lời, đã ký
desk-unsigned = { $name }, dấu ký không đúng
desk-part-unsound = Không khớp dấu kiểm
desk-part-unreadable = Không đọc được phần này.
desk-part-shut = Phần này niêm bằng một khóa không mở được ở đây.
desk-state-set = { $name } đổi trạng thái: { $state }
desk-took = { $name } nhận tin
desk-took-over = { $name } nhận thay: { $reason }
desk-voice = Ghi âm { $n }
desk-video = Phim { $n }
desk-file = Tệp { $n }
desk-place = Địa điểm { $n }
desk-media-open = Mở
desk-media-opening = Đang mở… { $done } %
desk-media-bad = Không mở được phần này. Khóa, dấu kiểm hoặc định dạng không đúng.
desk-media-unplayed = Trình duyệt này không phát được phần này. Tải về rồi mở bằng chương trình khác.
desk-media-raw = Chưa làm sạch: tệp có thể mang mã độc, hoặc cho biết ai đã gửi.
desk-file-warn = Tải về máy là đưa ra ngoài lớp khóa. Chỉ mở trên máy không nối mạng, xong thì xóa.
desk-file-get = Tải về ({ $size })
desk-play = Phát
desk-pause = Dừng
desk-seek = Tua
desk-speed = Tốc độ { $speed }
desk-at = { $at } trên { $length }
desk-place-coordinates = Vĩ độ, kinh độ
desk-place-copy = Chép tọa độ
desk-place-copied = Đã chép
desk-place-sketch = Phác họa vị trí: điểm ở giữa, bắc ở trên, thước { $metres } m
desk-place-north = B
desk-place-no-map = Không tải bản đồ, để không máy chủ nào biết chỗ này.
desk-photo = Ảnh { $n }
desk-photo-opening = Đang mở…
desk-photo-less = Ảnh { $n }, thu nhỏ
desk-photo-bad = Không mở được ảnh này.
desk-next = Việc tiếp theo
desk-next-take = Chưa ai nhận tin này
desk-next-take-urgent = Tin gấp, chưa ai nhận
desk-next-work = Đọc, hỏi thêm hoặc trả lời
desk-next-closed = Tin đã kết thúc
desk-next-tampered = Báo ngay người quản trị
desk-next-cut = Đổi lại khóa của tin
desk-next-badkey = Xin chỉ huy cấp lại quyền
desk-next-only-recovery = Báo người giữ khóa dự phòng
desk-take = Nhận việc
desk-take-over = Nhận thay { $name }
desk-take-why = Vì sao nhận thay?
desk-take-hint = Ví dụ: hết ca, nghỉ phép, được giao lại
desk-take-sealed = Lý do được khóa trong tin, cán bộ của đơn vị đọc được. Người báo tin không được cho xem.
desk-take-yes = Nhận thay
desk-taken-meanwhile = Đồng nghiệp vừa nhận tin này. Xem lại rồi hãy nhận thay.
desk-taken-by = { $name } vừa nhận tin này. Xem lại rồi hãy nhận thay.
desk-forward = Chuyển đơn vị khác
desk-export = Xuất
desk-book = Xuất sổ
desk-from = Chuyển từ { $unit }
desk-state = Trạng thái
desk-state-go = Chọn: { $what }
desk-state-seen = Người báo tin sẽ thấy: { $state }, từ 18 giờ ngày { $day }.
desk-state-shown = Người báo tin thấy như vậy, từ 18 giờ ngày { $day }.
desk-state-now = Người báo tin đang thấy: { $state }.
desk-case-received = Đã tiếp nhận
desk-case-classified = Đã phân loại
desk-case-verifying = Đang kiểm tra, xác minh
desk-case-investigation = Đã chuyển Cơ quan điều tra
desk-case-competent = Đã chuyển cơ quan có thẩm quyền
desk-case-handled = Đã xử lý
desk-case-insufficient = Không đủ căn cứ xử lý
desk-case-suspended = Tạm đình chỉ giải quyết
desk-case-duplicate = Trùng với tin đã có
desk-case-false = Tin sai sự thật
desk-case-abusive = Tin quấy rối
desk-case-closed = Kết thúc
desk-case-report = Đã báo cáo Công an tỉnh
desk-case-notify = Đã thông báo bằng văn bản
desk-case-complex = Vụ việc phức tạp
desk-case-extend = Gia hạn xác minh
desk-case-hold = Giữ lại, không xóa
desk-case-release = Thôi giữ lại
desk-case-settle = Không cần trả lời thêm
desk-case-set = { $name }: { $what }
desk-case-set-why = { $name }: { $what } ({ $why })
desk-duplicate = Trùng với tin đã có
desk-not-now = Việc này không làm được với tin lúc này. Xin xem lại tin.
desk-chief-only = Việc này do chỉ huy làm.
desk-register = Số sổ
desk-received = Lúc nhận
desk-received-hour = { $day }, { $hour } giờ
desk-received-minute = { $day }, { $time }
desk-readers = Ai đọc được: { $count } người
desk-reader = { $name }, { $role }
desk-reader-recovery = Khóa dự phòng của đơn vị
desk-reader-former = Khóa dự phòng có từ trước khi chuyển tin hoặc đổi khóa
desk-reader-shares = người ký danh sách giữ
desk-reader-gone = Người không còn trong danh sách
desk-reader-opened = đã mở
desk-reader-unopened = chưa mở
desk-sheet-until = Danh sách khóa có hiệu lực đến { $day }.
desk-readers-who = Người đọc được
desk-readers-since = Từ ngày
desk-readers-through = Nhận khóa từ đâu
desk-readers-opened = Đã mở chưa
desk-through-ask = Khóa từ đâu
desk-through-came = có từ khi tin đến
desk-through-given = { $names } cho
desk-through-handed = { $names } bàn giao
desk-through-shares = khóa dự phòng mở lại
desk-through-paper = niêm cùng tin
desk-through-unknown = không thấy trong nhật ký
desk-readers-how = Ai có tên ở đây giữ khóa riêng của tin này. Nội dung đã mở thì không thu lại được.
desk-readers-lacking = Chưa đọc được: { $names }. Họ vào danh sách sau khi tin được gửi, hoặc khóa đã được thu lại.
desk-give = Cho thêm
desk-take-back = Thu lại
desk-hands = Bàn giao khóa
desk-hands-due = { $count } tin cần khóa mới, vì có người đã thôi đọc.
desk-hands-due-go = Đổi khóa
desk-history = Lịch sử
desk-history-received = Hòm thư nhận tin
desk-history-reporter = Người báo tin gửi
desk-history-question = { $name } hỏi
desk-history-identity = { $name } hỏi về người báo tin, đã xác nhận
desk-history-answer = { $name } trả lời
desk-history-state = { $name } đổi trạng thái: { $state }
desk-history-take = { $name } nhận tin
desk-history-take-over = { $name } nhận thay: { $reason }
desk-history-forward = { $name } chuyển tin đến { $unit }: { $reason }
desk-history-rekey = { $name } đổi khóa của tin
desk-history-give = { $name } cho { $reader } đọc tin
desk-history-take-back = { $name } thu lại khóa của { $reader }
desk-history-opened = { $name } mở tin
desk-history-assigned = Phân công cho { $name }
desk-history-signed = đã ký
desk-sheet-none = Đơn vị chưa có danh sách khóa được ký. Chỉ xem được, chưa gửi được gì.
desk-sheet-forged = Danh sách khóa của đơn vị không đúng chữ ký. Dừng lại; báo ngay người quản trị.
desk-sheet-older = Máy chủ đưa danh sách khóa cũ hơn bản đã thấy. Dừng lại; báo ngay người quản trị.
desk-sheet-expired = Danh sách khóa của đơn vị đã hết hạn. Chỉ xem được; xin báo chỉ huy ký danh sách mới.
desk-sheet-soon = Danh sách khóa của đơn vị hết hạn ngày { $day }, còn { $days } ngày. Xin báo chỉ huy ký danh sách mới.
desk-numbers-stale = Bảng số của đơn vị: { $count } số đã hơn nửa năm chưa ai gọi thử. Xin gọi thử, rồi ghi ở Danh bạ.
desk-act-question = Hỏi thêm
desk-act-answer = Trả lời
desk-hint-question = Viết câu hỏi…
desk-hint-answer = Viết trả lời…
desk-answer-tip = Nói điều người báo tin cần biết. Không nêu tên ai, không nêu chi tiết vụ việc.
desk-send = Gửi
desk-send-anyway = Vẫn gửi
desk-sending = Đang gửi…
desk-not-opened = Tin này chưa được mở. Tải lại trang rồi mở lại.
desk-clock = Đồng hồ máy này không đúng. Chỉnh lại ngày giờ rồi làm lại.
desk-act-newer = Nhiều người cùng làm một lúc. Xin làm lại.
desk-act-unfit = Máy chủ không nhận chữ ký của việc này. Tải lại trang rồi làm lại.
desk-rows = Có chỗ sai; chưa ghi gì.
desk-take-kind = Loại lý do, ghi vào nhật ký
desk-log-reason-shift = Đổi ca
desk-log-reason-absent = Người phụ trách vắng
desk-log-reason-asked = Chỉ huy phân công
desk-log-reason-other = Lý do khác
desk-access = Khóa của mình
desk-recovery-used = Phiếu khóa dự phòng của đơn vị đã được dùng. Xin lập bộ mới, rồi ký danh sách khóa mới.
desk-log = Nhật ký
desk-log-reading = Đang kiểm tra chuỗi…
desk-log-empty = Chưa có việc nào được ghi.
desk-log-good = Chuỗi khớp đến số { $n }, niêm { $day }.
desk-log-number = Số { $n }
desk-log-head = Dấu cuối: { $head }
desk-log-broken = Không khớp từ số { $n }: { $why }
desk-log-why-shape = dòng hỏng
desk-log-why-place = dòng của nơi khác
desk-log-why-number = thiếu hoặc thừa dòng
desk-log-why-head = không nối với dòng trước
desk-log-why-signer = người ký không có trong danh sách
desk-log-why-signature = sai chữ ký
desk-log-why-own = thiếu việc trước của chính người ký
desk-log-why-withheld = dòng bị giấu không có lý do
desk-log-why-shorter = chuỗi ngắn hơn bản máy này đã thấy
desk-log-why-differs = khác bản máy này đã thấy
desk-log-withheld = Không hiện { $count } dòng về tin của đơn vị trước khi nhập mà đồng chí không giữ khóa; chuỗi vẫn kiểm tra được.
desk-log-observed = máy chủ ghi
desk-log-col-n = Số
desk-log-col-when = Lúc
desk-log-col-who = Ai
desk-log-col-act = Việc
desk-log-col-tip = Tin
desk-log-col-why = Ghi chú
desk-log-all = Tất cả
desk-log-more = Xem thêm
desk-log-file = Tải để kiểm tra
desk-log-checkpoint = In dấu niêm
desk-log-unit = Nhật ký của
desk-log-own = Đơn vị mình
desk-log-count = { $count } lần liền
desk-log-sheet = số { $n }
desk-log-act-open = Mở tin lần đầu
desk-log-act-take = Nhận việc
desk-log-act-take-over = Nhận thay
desk-log-act-question = Hỏi thêm
desk-log-act-ask-identity = Hỏi về người báo tin
desk-log-act-answer = Trả lời
desk-log-act-state = Đổi trạng thái
desk-log-act-forward = Chuyển đơn vị khác
desk-log-act-give = Cho đọc tin
desk-log-act-hand-over = Bàn giao khóa nhiều tin
desk-log-act-take-back = Thu lại khóa
desk-log-act-rekey = Đổi khóa của tin
desk-log-act-case = Xử lý tin
desk-log-act-export = Xuất tin ra tệp
desk-log-purpose-inspection = để thanh tra, kiểm tra
desk-log-purpose-report = để báo cáo
desk-log-purpose-file = để đưa vào hồ sơ vụ việc
desk-log-purpose-other = để việc khác
desk-log-act-login = Đăng nhập
desk-log-act-login-failed = Đăng nhập sai
desk-log-act-logout = Khóa, đăng xuất
desk-log-act-enrol = Ghi danh
desk-log-act-invite = Cấp liên kết ghi danh
desk-log-act-remove = Gỡ cán bộ
desk-log-act-sheet = Nhận danh sách khóa
desk-log-act-merge = Nhập vào đơn vị khác
desk-log-act-keys = Máy chủ đổi khóa
desk-log-act-arrange = Sửa dữ liệu đơn vị
desk-log-list-units = Đơn vị
desk-log-list-hamlets = Thôn, tổ
desk-log-list-boxes = Hòm thư
desk-log-list-hotlines = Danh bạ
desk-log-list-roster = Trực ban
desk-log-list-swaps = Đổi ca trực
desk-log-list-holidays = Ngày nghỉ
desk-log-list-officers = Cán bộ
desk-log-act-recovered = Dùng khóa dự phòng
desk-log-act-passkey = Thêm khóa máy
desk-log-act-passkey-off = Gỡ khóa máy
desk-log-act-forwarded = Nhận tin chuyển đến
desk-log-act-acknowledged = Đã nhận việc được gọi
desk-log-act-passed-duty = Bận, chuyển trực
desk-log-tips = { $count } tin
desk-log-act-register = Xuất sổ tiếp nhận
desk-log-register = năm { $year }
desk-log-act-erased = Xóa tin hết hạn lưu
desk-log-erased = { $count } phần
desk-log-act-link = Nối điện thoại nhận thông báo
desk-log-act-unlink = Thôi nối điện thoại
desk-log-forward = đến { $unit }
desk-log-give = cho { $name }
desk-log-hand-over = cho { $name }
desk-log-take-back = của { $name }
desk-log-forwarded = từ { $unit }
desk-log-merge = vào { $unit }
desk-log-file-master = khóa chủ
desk-log-file-audit = khóa ký nhật ký
desk-keys = Phím tắt
desk-key-move = Xuống, lên một tin
desk-key-open = Mở tin
desk-key-search = Tìm
desk-key-write = Viết
desk-key-due = Tới tin sắp đến hạn tiếp theo
desk-key-back = Về danh sách
desk-key-help = Xem bảng này
org-no-row = Không có dòng này, hoặc không thuộc đơn vị.
org-bad-invite = Không mời được người này. Xem lại đơn vị, tên và vai trò.
org-last-key = Chưa gỡ được: số tin chỉ đồng chí này mở được đã khác. Xin tải lại rồi xem lại.
org-last-reader = Chưa gỡ được: gỡ xong thì không còn ai đọc tin báo của đơn vị này. Trước hết cần có người khác trong danh sách đã ký.
org-bad-merge = Không sáp nhập được như vậy. Xem lại đơn vị kết thúc, đơn vị tiếp nhận và ngày.
org-bad-posters = Không in được: chưa có hòm thư đang dùng, hoặc máy chủ chưa có địa chỉ https.
org-many-posters = Nhiều áp phích quá cho một lần in. Xin chọn từng phường, xã.
org-busy = Máy chủ đang bận việc khác. Xin thử lại sau một phút.
desk-changed = Người khác vừa sửa phần này. Bản mới nhất đã hiện, phần đang gõ vẫn còn: xem lại rồi lưu.
org-bad-swap = Không đổi ca được như vậy. Xem lại ngày (từ hôm nay, trong hai năm) và hai người.
org-bad-holiday = Không ghi được ngày nghỉ như vậy. Xem lại ngày: từ hôm nay, trong hai năm, mỗi lần không quá 31 ngày.
org-bad-hamlet-end = Không kết thúc được như vậy. Nơi nối tiếp phải là thôn, tổ khác của cùng đơn vị.
login-title = Mở bàn làm việc
login-account = Tên tài khoản
login-passkey = Dùng khóa máy
passkey-bad = Khóa máy này không mở được. Xin dùng mật khẩu.
passkey-unable = Trình duyệt hoặc khóa này không giữ được khóa máy. Xin dùng mật khẩu.
passkey-no-address = Khóa máy cần địa chỉ https có tên miền. Bàn làm việc này chưa có.
passkey-taken = Máy này đã có khóa máy của tài khoản.
passkey-many = Đã đủ số khóa máy. Xin gỡ bớt một khóa.
passkey-gone = Khóa máy này đã được gỡ.
passkey-elsewhere = Máy này chưa biết tài khoản. Xin đăng nhập bằng mật khẩu và 24 từ một lần.
login-passphrase = Mật khẩu (năm từ)
login-show = Hiện
login-hide = Ẩn
login-open = Mở khóa
login-opening = Đang mở khóa, chừng 1 giây.
login-bad = Tên tài khoản hoặc mật khẩu không đúng.
login-wait = Thử quá nhiều lần. Xin đợi một phút rồi thử lại.
login-again = Phiên làm việc đã hết. Nhập mật khẩu để mở tiếp.
login-locked-now = Đã khóa. Nhập mật khẩu để mở tiếp.
login-authority = Người ký danh sách không còn là người cũ. Không đăng nhập; báo ngay người quản trị.
login-blob = Mật khẩu đúng nhưng khóa lưu ở máy chủ không mở được. Xin báo người quản trị.
login-lost = Quên mật khẩu hoặc mất 24 từ
login-lost-how = Không ai mở lại được khóa cũ. Xin gặp chỉ huy đơn vị: nhận liên kết ghi danh mới, đọc 20 số cho người ký danh sách. Sau đó một người cùng đơn vị đang đọc được tin vào mục Bàn giao khóa và bàn giao lại cho đồng chí.
login-words-title = Máy này chưa có khóa
login-words-why = Mật khẩu đúng, nhưng máy này chưa từng dùng tài khoản này. Nhập 24 từ đã chép khi ghi danh.
login-words-label = 24 từ khôi phục, theo đúng thứ tự
login-words-count = { $count } / { $of } từ
login-words-unknown = Không có từ “{ $word }” trong danh sách. Xem lại trên giấy.
login-words-go = Mở khóa trên máy này
login-words-wrong = Các từ này không mở được khóa. Xem lại từng từ và thứ tự.
enrol-title = Ghi danh cán bộ
enrol-step = Ghi danh cán bộ, bước { $step }/{ $of }
enrol-opening = Đang xem liên kết…
enrol-to-login = Tới trang đăng nhập
enrol-link-cut = Liên kết ghi danh bị thiếu. Mở lại đúng cả liên kết đã nhận.
enrol-link-bad = Liên kết ghi danh đã dùng hoặc đã hết hạn. Xin người quản trị cấp liên kết mới.
enrol-clock = Đồng hồ máy này không đúng. Chỉnh lại ngày giờ rồi mở lại liên kết.
enrol-old-browser = Trình duyệt này quá cũ hoặc trang không mở qua https. Dùng Chrome, Edge hoặc Firefox bản mới.
enrol-link = Liên kết này dành cho
enrol-officer = Cán bộ
enrol-unit = Đơn vị
enrol-role = Vai trò
enrol-until = Dùng được đến
enrol-until-at = { $time } ngày { $day }
enrol-need = Cần chừng năm phút, giấy bút, và không có ai nhìn màn hình.
enrol-not-me = Không phải tên mình thì dừng lại và báo người đã gửi liên kết.
enrol-begin = Đúng là tôi, bắt đầu
enrol-phrase = Đặt tên và học năm từ
enrol-account-rule = Chữ thường không dấu, số, dấu chấm, gạch ngang; từ 2 đến 32 ký tự.
enrol-phrase-label = Mật khẩu của đồng chí
enrol-phrase-why = Máy tự chọn năm từ để không ai đoán được. Gõ có dấu hay không dấu đều được.
enrol-phrase-next = Tôi đã nhớ
enrol-phrase-other = Đổi năm từ khác
enrol-repeat = Gõ lại năm từ
enrol-repeat-label = Mật khẩu vừa học
enrol-repeat-next = Tạo khóa
enrol-repeat-back = Xem lại năm từ
enrol-repeat-wrong = Chưa khớp. Gõ lại, hoặc xem lại năm từ.
enrol-making = Đang tạo khóa
enrol-making-why = Khóa được tạo ngay trên máy này, chừng một giây. Máy chủ không thấy khóa đã mở.
enrol-keys-failed = Máy này không tạo được khóa. Xin đóng bớt chương trình rồi thử lại.
enrol-words = Chép 24 từ khôi phục ra giấy
enrol-words-why = Đổi máy hoặc xóa trình duyệt thì cần 24 từ này. Chỉ hiện một lần, không ai cấp lại được.
enrol-words-keep = Cất giấy chỗ kín, tách khỏi mật khẩu. Không chụp ảnh, không gửi qua mạng.
enrol-words-next = Tôi đã chép
enrol-check = Kiểm tra bản chép
enrol-check-word = Từ số { $n }
enrol-check-next = Tiếp
enrol-check-back = Xem lại 24 từ
enrol-check-wrong = Chưa đúng. Đếm lại trên giấy, hoặc xem lại 24 từ.
enrol-unsent = Chưa gửi được vì không nối được máy chủ. Bấm lại để gửi.
enrol-name = Chọn tên khác
enrol-name-next = Gửi lại
enrol-account-bad = Tên tài khoản có ký tự không dùng được. Chọn tên khác; các khóa vẫn giữ nguyên.
enrol-account-taken = Tên tài khoản này đã có người dùng. Chọn tên khác; các khóa vẫn giữ nguyên.
enrol-digits = Đọc 20 số này cho người duyệt nghe
enrol-digits-label = Dấu khóa, bốn nhóm năm số
enrol-digits-how = Qua điện thoại hoặc tại chỗ. Đúng từng số thì danh sách mới được ký.
enrol-digits-demo = Đang trình diễn: danh sách được ký ngay, không cần đọc cho ai.
enrol-digits-next = Đã đọc, đúng cả 20 số
enrol-digits-differ = Có số không đúng
enrol-digits-stop = Dừng lại: khóa có thể đã bị tráo. Đóng trang và báo ngay người quản trị.
enrol-waiting = Đang chờ duyệt
enrol-waiting-how = Khi danh sách mới được ký, trang tự mở. Có thể đóng trang; quay lại bằng mật khẩu.
enrol-waiting-close = Đóng, quay lại sau
enrol-other-key = Danh sách đã ký ghi khóa khác với khóa của đồng chí. Dừng lại; báo ngay người duyệt.

## 22. Trang của người ký danh sách, trên máy không nối mạng (auth-*)

auth-title = Ký danh sách khóa
auth-other-language = English
auth-key-open = Khóa ký đang mở
auth-step = Bước { $step }/{ $of }
auth-next = Tiếp
auth-busy = Đang làm
auth-busy-folder = Đang đọc thư mục…
auth-busy-digits = Đang tính chữ số: { $done }/{ $of } cán bộ
auth-busy-signing = Đang ký: { $done }/{ $of }
auth-failed = Máy này chưa làm được việc đó. Xin đóng trang, mở lại rồi làm lại.
auth-open = Mở thư mục có khóa ký
auth-open-how = Chọn thư mục có tệp { $file }. Khóa chỉ nằm trong bộ nhớ của trang này, đóng trang là hết.
auth-open-choose = Chọn thư mục
auth-open-asks = Trình duyệt có thể hỏi có “tải lên” không. Các tệp chỉ vào trang này, không đi đâu cả.
auth-online = Máy này hình như đang nối mạng. Nên rút mạng trước khi mở khóa.
auth-today = Ngày trên máy này: { $day }. Sai thì chỉnh lại đồng hồ trước khi ký.
auth-make-first = Chưa có khóa ký?
auth-make-why = Mỗi hệ thống cần một khóa ký, tạo một lần rồi giữ mãi.
auth-make = Tạo khóa ký mới
auth-make-how = Trang tạo khóa, khóa lại bằng năm từ rồi đưa ra tệp { $file }. Lưu tệp vào một thư mục riêng trên thẻ nhớ.
auth-make-public = Phần công khai của khóa, cần khi cài đặt máy chủ (hopthu init). Ai xem cũng được.
auth-make-keep = Chép thư mục có { $file } sang một chỗ an toàn thứ hai. Không đưa lên máy chủ. Còn bản nào trong mục Tải về thì xóa đi.
auth-make-done = Đã lưu, mở thư mục
auth-unlock = Nhập mật khẩu của khóa
auth-unlock-label = Năm từ của khóa ký
auth-unlock-how = Gõ có dấu hay không dấu đều được.
auth-unlock-go = Mở khóa
auth-lock = Đặt mật khẩu cho khóa
auth-lock-why = Tệp khóa này chưa có mật khẩu: ai lấy được tệp là ký được.
auth-lock-how = Trang khóa tệp { $file } bằng năm từ. Từ nay muốn mở phải có cả tệp lẫn năm từ.
auth-lock-keep = Chép tệp { $file } vừa lưu đè lên tệp cũ trong thư mục có khóa. Xóa mọi bản cũ ở chỗ khác, cả trong mục Tải về. Rồi mở lại thư mục.
auth-words = Năm từ làm mật khẩu
auth-words-keep = Chép năm từ ra giấy, cất riêng, không để cùng tệp khóa. Quên thì không ai mở lại được.
auth-words-again = Gõ lại năm từ
auth-words-save = Khóa và lưu { $file }
auth-task = Chọn việc cần làm
auth-key-public = Khóa ký
auth-kept = Đã ký trước đây
auth-kept-count = { $count } đơn vị
auth-kept-none = chưa có danh sách nào
auth-requests = Ký yêu cầu mới
auth-requests-how = Tệp yêu cầu lấy từ máy chủ (hopthu unit requests): một tệp ZIP, hoặc nhiều tệp .json.
auth-requests-choose = Chọn tệp yêu cầu
auth-renew = Gia hạn
auth-renew-how = Ký lại cho chính những người ấy, lâu nhất 90 ngày nữa. Không cần yêu cầu, không phải so lại chữ số.
auth-renew-choose = Chọn đơn vị để gia hạn
auth-shorten = Rút ngắn
auth-shorten-how = Ký lại để danh sách hết hạn sớm hơn, hoặc bỏ người ra khỏi danh sách.
auth-shorten-choose = Chọn đơn vị để rút ngắn
auth-close-key = Xong, đóng khóa ký
auth-refused = Tệp không nhận: { $count }
auth-compare = So chữ số
auth-compare-how = Gọi từng cán bộ, nghe đọc 20 số trên màn hình của họ. Đúng từng số mới bấm Khớp.
auth-compare-none = Không có ai phải so: mọi người đều đã có trong danh sách ký trước đây.
auth-compared = Đã xem { $said }/{ $of }.
auth-compared-other = Không khớp: { $count }.
auth-compare-later = Ai chưa so thì đơn vị ấy chờ; có thể ký tiếp sau.
auth-next-unit = Đơn vị tiếp theo
auth-unit-done = đã ký trước đây, sẽ đưa ra lại
auth-unit-other = có chỗ không khớp
auth-unit-left = còn { $count } mục phải xem
auth-unit-compared = đã xem đủ
auth-unit-known = không có gì mới
auth-unit-about = Danh sách số { $n }, hệ thống { $site }.
auth-unit-demo = Bản TRÌNH DIỄN, không dùng thật.
auth-unit-name = { $name }, mã { $unit }.
auth-unit-parent = Đơn vị trên: { $parent }.
auth-unit-top = Không có đơn vị trên.
auth-unit-right = Đúng là đơn vị này
auth-unit-wrong = Không đúng
auth-unit-wrong-told = Đơn vị này sẽ không được ký. Hỏi lại người quản trị máy chủ.
auth-first = danh sách đầu tiên của đơn vị này
auth-name-was = tên trước đây là { $was }
auth-parent-was = đơn vị trên trước đây là { $was }
auth-parent-none = trước đây không có đơn vị trên
auth-role-duty = Trực ban
auth-role-chief = Chỉ huy
auth-role-investigator = Điều tra viên
auth-role-operator = Quản trị
auth-from = Từ ngày { $day }.
auth-until = Đến hết ngày { $day }.
auth-digits = 20 số của { $name }, bốn nhóm năm số
auth-same = Khớp
auth-other = Không khớp
auth-other-told = Người này sẽ không được ký. Nghe đọc lại; vẫn khác thì khóa có thể đã bị tráo, báo ngay người quản trị.
auth-goes-on = Đơn vị này tiếp nối: { $units }.
auth-known = Như danh sách trước, không phải so lại: { $names }.
auth-gone = Không còn trong danh sách: { $names }.
auth-ended = Đã hết thời hạn vai trò: { $names }.
auth-nobody = Danh sách không có ai.
auth-choose-renew = Đã chọn sẵn những đơn vị còn dưới { $days } ngày.
auth-choose-shorten = Chọn đơn vị; ai rời đơn vị thì đánh dấu ngay dưới tên đơn vị.
auth-choose-newest = Trang này chỉ biết những danh sách lưu cạnh khóa. Trên máy chủ đã có số mới hơn thì dừng lại: chép danh sách ấy vào thư mục có khóa trước.
auth-find = Tìm theo mã hoặc tên
auth-find-none = Không có đơn vị nào khớp.
auth-chosen = Đã chọn { $count }/{ $of } đơn vị
auth-choose-shown = Chọn tất cả đang hiện
auth-choose-none = Bỏ chọn
auth-sheet-about = số { $n }, { $count } cán bộ, đến hết ngày { $day }
auth-sheet-newest = Bản mới nhất biết ở đây: số { $n }, ký ngày { $day }.
auth-sheet-holds = Có { $count } cán bộ, đến hết ngày { $day }
auth-days = (còn { $count } ngày)
auth-over = (đã hết hạn)
auth-leaving = Ai ra khỏi danh sách?
auth-dates = Đến ngày nào
auth-dates-requests = Để trống thì đúng như yêu cầu, thường là 90 ngày. Chọn ngày nếu muốn sớm hơn.
auth-dates-renew = Để trống thì thêm 90 ngày kể từ hôm nay. Chọn ngày nếu muốn sớm hơn.
auth-dates-shorten = Chọn ngày hết hạn mới. Chỉ bỏ người thì để trống được.
auth-last-day = Ngày cuối cùng
auth-last-day-is = Còn dùng được { $count } ngày kể từ hôm nay.
auth-leave-out = Đơn vị còn người chưa so hoặc không khớp: vẫn ký, không có tên những người ấy
auth-summary = Xem lại rồi ký
auth-summary-how = Chỉ những gì ghi dưới đây được ký.
auth-summary-none = Không có danh sách nào để ký.
auth-plans-ready = Sẽ ký: { $count }
auth-plans-already = Đã ký trước đây, đưa ra lại: { $count }
auth-plans-waiting = Còn chờ: { $count }
auth-plans-refused = Không ký: { $count }
auth-not-compared = chưa so hoặc không khớp: { $names }
auth-sign = Ký { $count } danh sách
auth-hand-out = Đưa ra lại
auth-out = Lấy danh sách đã ký
auth-out-how = Đã ký xong. Số danh sách: { $count }.
auth-out-save = Lưu tệp ZIP
auth-out-keep = Lưu ngay trong thư mục có khóa ký. Lần sau trang và lệnh đọc ở đó xem ai đã được so.
auth-out-check = Chọn lại tệp vừa lưu, để trang đọc xem đã đủ chưa.
auth-out-check-choose = Chọn tệp vừa lưu
auth-out-take = Mang một bản sang máy chủ:
auth-out-unsaved = Chưa đọc lại bản đã lưu. Đóng trang bây giờ thì có thể phải ký lại.
auth-out-saved = Đã đọc lại bản đã lưu, đủ cả. Số danh sách: { $count }.
auth-out-single = Lưu từng tệp
auth-out-more = Làm việc khác
auth-no-request = tệp này không phải là yêu cầu ký danh sách
auth-no-several = nhiều tệp cùng hỏi cho đơn vị này: chỉ để lại một
auth-no-demo = ghi là bản trình diễn mà danh sách trước không phải, hoặc ngược lại
auth-no-gone-on = đơn vị { $heir } đã tiếp nối đơn vị { $unit }: không ký gì cho đơn vị đó nữa
auth-no-goes-on = ghi tiếp nối các đơn vị khác với danh sách trước: chỉ lệnh hopthu authority merge mới ghi điều đó
auth-no-day = ghi ngày mà đồng hồ máy này chưa tới: xem lại đồng hồ cả hai máy
auth-no-old = đã quá cũ, ký xong cũng hết hạn: lấy yêu cầu mới từ máy chủ
auth-no-number = hỏi số { $n }, mà số { $before } đã ký ở đây: đưa danh sách đó vào máy chủ, rồi lấy yêu cầu mới
auth-no-far = hỏi số { $n }, quá xa số { $before }: có gì không ổn trên máy chủ
auth-no-recovery =
    ghi một khóa dự phòng mà thư mục này không biết: ai giữ khóa đó sẽ đọc được mọi tin của đơn vị; nếu là khóa của mình,
    đặt khóa đó, hoặc danh sách mới nhất của đơn vị trong signed/, vào thư mục này
auth-no-recovery-damaged = khóa dự phòng của đơn vị trong thư mục này bị hỏng
auth-no-key = không có authority.key trong thư mục này
auth-no-one-key = thư mục này có nhiều tệp authority.key: chọn đúng thư mục của một khóa
auth-no-key-damaged = tệp authority.key trong thư mục này bị hỏng
auth-no-passphrase = năm từ chưa đúng, hoặc tệp authority.key bị hỏng
auth-no-saved = còn thiếu { $count } danh sách vừa ký: chọn đúng tệp, hoặc lưu lại
auth-no-foreign = { $file } cạnh khóa không phải là danh sách do khóa này ký: xem vì sao
auth-no-sheet = không ký được danh sách này: khóa, số hiệu hoặc ngày bị sai
auth-no-90 = danh sách không thể hết hạn trước ngày của nó, hoặc sống quá 90 ngày
auth-no-longer = danh sách đang có đã dùng được lâu như thế rồi
auth-no-shorter = ngày đó đã qua, hoặc không sớm hơn hạn của danh sách đang có
auth-no-officers = không ai trong số này có trong danh sách của đơn vị
auth-no-clock = đồng hồ máy này chậm hơn danh sách đang có: chỉnh lại
auth-no-change = chọn ngày, hoặc quay lại đánh dấu ai ra khỏi danh sách
auth-no-such-day = không có ngày này
auth-no-file = trong { $file } không có tệp nào tên kết thúc bằng { $ending }
auth-no-many = có quá 10000 tệp
auth-no-large = tệp { $file } quá lớn
auth-no-archive = tệp nén { $file } bị hỏng hoặc bị khóa
auth-no-read = trình duyệt không đọc được tệp: chọn lại
auth-no-browser = trình duyệt này quá cũ: dùng Chrome, Edge hoặc Firefox bản mới

## 23. Bàn làm việc: đơn vị, hòm thư, trực ban, danh bạ, cán bộ (org-*)

org-list-units = Đơn vị
org-list-boxes = Hòm thư
org-list-hamlets = Thôn, tổ dân phố
org-list-hotlines = Danh bạ
org-list-roster = Ca trực
org-list-swaps = Đổi ca
org-list-holidays = Ngày nghỉ
org-list-officers = Cán bộ
org-new-units = Thêm đơn vị
org-new-boxes = Thêm hòm thư
org-new-hamlets = Thêm thôn, tổ
org-new-hotlines = Thêm số
org-new-roster = Thêm ca trực
org-new-swaps = Đổi ca một ngày
org-new-holidays = Thêm ngày nghỉ
org-new-officers = Mời cán bộ
org-empty-units = Không có đơn vị nào bên dưới.
org-empty-boxes = Chưa có hòm thư nào ở đây.
org-empty-hamlets = Chưa có danh sách thôn, tổ dân phố.
org-empty-hotlines = Bảng này chưa có số nào.
org-empty-roster = Chưa xếp lịch trực: tin đến thì báo cho chỉ huy.
org-empty-swaps = Không có ca nào được đổi.
org-empty-holidays = Chưa có ngày nghỉ nào.
org-empty-officers = Chưa có cán bộ nào ở đây.
org-import-file = Nhập từ tệp
org-none-fit = Không có dòng nào khớp với chữ lọc.
org-figure-boxes = { $done }/{ $of } tổ có hòm thư
org-figure-boards = { $done }/{ $of } tổ có bảng số
org-figure-no-hamlets = Chưa có danh sách tổ để tính
org-figure-units = { $count } đơn vị
org-figure-stale =
    { $count ->
        [0] Mọi số đã gọi kiểm tra
       *[other] { $count } số cần gọi kiểm tra
    }
org-figure-locked = { $count } tin chưa đóng không cán bộ nào mở được
org-figure-waiting =
    { $count ->
        [0] Không ai chờ duyệt
       *[other] { $count } người chờ duyệt
    }
org-filter = Lọc
org-filter-hint = Lọc ( / )
org-past-units = Cả đơn vị đã kết thúc
org-past-boxes = Cả hòm thư đã đóng
org-past-officers = Cả người đã gỡ
org-past-swaps = Cả ngày đã qua
org-past-holidays = Cả ngày đã qua
org-past = đã kết thúc
org-tree = Các đơn vị
org-yes = có
org-no = không
org-none = Không
org-optional = (không bắt buộc)
org-add = Thêm
org-added = Đã thêm.
org-save = Lưu
org-saved = Đã lưu.
org-fault = Không nhận được: { $column }
org-col-unit = Đơn vị
org-col-code = Mã
org-col-boxes-code = Mã liên kết
org-col-hamlet = Thôn, tổ
org-col-label = Nhãn
org-col-label-vi = Nhãn
org-col-label-en = Nhãn tiếng Anh
org-col-place = Nơi treo
org-col-contact-role = Người phụ trách
org-col-contact-reach = Cách liên hệ
org-col-closed = Đã đóng
org-col-successor = Thay bằng
org-col-state = Tình trạng
org-col-name = Tên
org-col-name-vi = Tên
org-col-name-en = Tên tiếng Anh
org-col-board = Ngày thấy bảng số
org-col-parent = Đơn vị trên
org-col-contact = Điện thoại
org-col-retention = Số ngày lưu tin đã kết thúc
org-col-hold = Tạm giữ, không xóa tin nào
org-col-valid-from = Từ ngày
org-col-valid-to = Đến ngày
org-col-number = Số máy
org-col-role = Ai nghe
org-col-role-vi = Ai nghe
org-col-role-en = Ai nghe, tiếng Anh
org-col-officers-role = Vai trò
org-col-hours = Giờ nghe
org-col-hours-vi = Giờ nghe
org-col-hours-en = Giờ nghe, tiếng Anh
org-col-kind = Loại
org-col-checked = Ngày gọi kiểm tra
org-col-day = Ngày
org-col-span = Giờ
org-col-from = Từ
org-col-to = Đến
org-col-officer = Cán bộ, tài khoản
org-col-account = Tài khoản
org-col-serial = Số hiệu
org-col-status = Tình trạng
org-col-digits = 20 số
org-box-open = Đang dùng
org-box-closed = Đã đóng
org-box-leads = Đã đóng, dẫn sang { $code }
org-box-links = Đường vào hòm thư
org-box-web = Trang web
org-box-telegram = Telegram
org-box-zalo = Zalo, tin nhắn đầu tiên gõ: { $code }
org-box-qr = Mã QR của hòm thư { $code }
org-box-qr-get = Tải mã QR
org-box-end = Đóng hòm thư này
org-box-ask = Đóng hòm thư? Mã QR và liên kết cũ vẫn mở được, và dẫn sang nơi chọn dưới đây.
org-box-next = Mã cũ dẫn sang
org-box-to-unit = Đơn vị, không qua hòm thư nào
org-box-yes = Đóng hòm thư
org-box-ended = Đã đóng hòm thư.
org-box-hang = Dùng lại hòm thư này
org-box-again = Hòm thư lại đang dùng.
org-lacks-box = { $count } tổ chưa có hòm thư
org-lacks-box-one = { $name } chưa có hòm thư
org-lacks-box-add = Thêm
org-lacks-board = { $count } tổ chưa thấy bảng số
org-lacks-board-one = { $name } chưa thấy bảng số
org-lacks-board-add = Hôm nay đã thấy treo
org-copy = Chép
org-copy-of = Chép: { $what }
org-copied = Đã chép.
org-copy-not = Trình duyệt không cho chép. Xin bôi đen rồi chép.
org-posters = In áp phích
org-posters-how = Mỗi hòm thư đang dùng của đơn vị có một trang, trong một tệp PDF.
org-poster-size = Cỡ giấy
org-size-a4 = A4, treo tường
org-size-a3 = A3, treo tường lớn
org-size-a5 = A5, phát tay
org-size-cards = Thẻ móc khóa, mười thẻ một tờ A4
org-poster-bare = { $count } đơn vị chưa có số điện thoại: áp phích chỉ ghi tên đơn vị để báo mã bị dán đè. Thêm số ở Danh bạ.
org-poster-both = Hai thứ tiếng: Việt và Anh
org-poster-get = Tải PDF
org-poster-printing = Đang làm tệp PDF…
org-import = Nhập
org-import-how = Chọn tệp CSV hoặc XLSX. Có một dòng sai thì không dòng nào được ghi; cột không có trong tệp giữ nguyên.
org-import-columns = Cột: { $columns }.
org-import-roster = Tệp thay cả lịch tuần của mỗi đơn vị có tên trong đó.
org-file = Tệp
org-import-go = Nhập tệp này
org-importing = Đang nhập…
org-taken = Mới { $new }, đổi { $changed }, như cũ { $same } dòng.
org-rows-wrong = { $rows } dòng sai. Chưa ghi dòng nào.
org-file-wrong = Tệp này không dùng được. Chưa ghi dòng nào.
org-export = Xuất
org-export-how = Bảng của đơn vị đang xem. Sửa trong bảng tính rồi nhập lại được.
org-export-as = Tải { $kind }
org-day-mon = thứ Hai
org-day-tue = thứ Ba
org-day-wed = thứ Tư
org-day-thu = thứ Năm
org-day-fri = thứ Sáu
org-day-sat = thứ Bảy
org-day-sun = Chủ nhật
org-day-holiday = ngày lễ
org-hour = { $hour } giờ
org-span = { $from }–{ $to } giờ
org-span-next = { $from }–{ $to } giờ hôm sau
org-hours = { $span } giờ
org-week = Tuần trực
org-week-before = Tuần trước
org-week-this = Tuần này
org-week-after = Tuần sau
org-nobody = chưa có ai
org-gaps = { $count } khoảng giờ chưa có ai trực
org-gaps-none = Giờ nào trong tuần cũng có người trực.
org-gap = { $span } giờ { $day } chưa có ai → { $to }
org-duty-end = Bỏ ca này
org-duty-ask = Bỏ ca này khỏi mọi tuần?
org-duty-yes = Bỏ ca
org-duty-gone = Đã bỏ ca trực.
org-number-end = Bỏ số này
org-number-ask = Bỏ số này khỏi bảng?
org-number-yes = Bỏ số
org-number-gone = Đã bỏ số khỏi bảng.
org-tel-rule = Di động 10 số, máy bàn 11 số kể cả mã vùng, 069 của công an, 1800, 1900, hoặc số ngắn như 113.
org-tel-is = { $shown }: { $kind }
org-tel-kind-short = số ngắn
org-tel-kind-mobile = di động
org-tel-kind-landline = máy bàn
org-tel-kind-network = mạng của ngành
org-tel-kind-free = miễn phí
org-tel-kind-paid = mất phí
org-tel-mobile = Di động: 10 số. Đã có { $digits }.
org-tel-landline = Máy bàn: 11 số, kể cả mã vùng. Đã có { $digits }.
org-tel-network = Số của công an: 069 và 7 số nữa. Đã có { $digits }.
org-tel-free = 1800 và 4 đến 6 số nữa. Đã có { $digits }.
org-tel-paid = 1900 và 4 đến 6 số nữa, người gọi mất phí. Đã có { $digits }.
org-kind-police = Công an
org-kind-leaders = Lãnh đạo
org-kind-other = Khác
org-kind-by-role = Theo người nghe
org-national = Cả nước
org-number-of = Của { $unit }
org-number-stale = Cần gọi thử
org-called-today = Đã gọi kiểm tra hôm nay
org-called = Đã ghi: hôm nay gọi { $number }, đúng người nghe.
org-call = Gọi
org-board = Xem bảng số
org-board-line = Bà con thấy như sau
org-board-open = Mở trang bảng số của bà con
org-status-requested = Chờ duyệt
org-status-active = Trong danh sách
org-status-removed = Đã gỡ
org-waiting = { $count } người chờ duyệt
org-waiting-how = So 20 số với chính người đó, qua điện thoại hoặc gặp mặt: gõ các số nghe được. Khớp thì người đó có trong đề nghị lần tới.
org-digits = 20 số của khóa người này dùng
org-invite = Mời cán bộ
org-invite-name = Tên hiện trên bàn làm việc
org-invite-go = Tạo liên kết
org-invited = Liên kết ghi danh của { $name }, dùng một lần, trước { $time } ngày { $day }.
org-invited-once = Liên kết chỉ hiện lần này. Đưa tận tay người được mời; ai mở trước thì ghi danh được.
org-link = Liên kết ghi danh
org-role-duty = Đọc và trả lời tin báo. Xem lịch trực, hòm thư, danh bạ.
org-role-chief = Đọc tin báo. Sửa đơn vị, hòm thư, lịch trực, danh bạ, cán bộ của đơn vị mình và đơn vị dưới.
org-role-operator = Không đọc được tin báo nào. Sửa đơn vị, hòm thư, lịch trực, danh bạ, cán bộ.
org-remove = Gỡ cán bộ này
org-remove-ask = Gỡ { $name }? Người này không đăng nhập được nữa. Tin mới vẫn khóa cho người này đến khi có danh sách ký mới.
org-remove-sole = Còn { $count } tin chưa đóng chỉ người này mở được: gỡ xong thì không cán bộ nào mở được nữa, trừ khi dùng khóa dự phòng của đơn vị.
org-remove-yes = Gỡ cán bộ
org-removed = Đã gỡ. Xin báo người ký danh sách hôm nay.
org-unit-staffed = Có người đọc
org-unit-sheet = Có người đọc, danh sách còn { $days } ngày
org-unit-nobody = Chưa ai đọc ở đây
org-unit-ended = Kết thúc ngày { $day }
org-unit-merged = Nay là { $unit }, từ { $day }
org-merge = Sáp nhập vào đơn vị khác
org-merge-into = Đơn vị tiếp tục
org-merge-choose = Chọn đơn vị
org-merge-when = Từ ngày
org-merge-next = Xem lại
org-merge-ask = { $old } kết thúc từ { $day }. Liên kết, hòm thư, bảng số dẫn sang { $into }. Không hoàn lại được.
org-merge-yes = Sáp nhập
org-merged = Đã ghi việc sáp nhập.
org-history-none = Chưa có thay đổi nào được ghi.
org-by-command = lệnh trên máy chủ
org-gone = đã bỏ
org-became = { $column }: { $text }
org-choose = Chọn
org-now = Bản mới nhất
org-now-gone = Dòng này đã được bỏ.
org-leave-ask = Phần vừa sửa chưa lưu. Bỏ đi?
org-leave-links = Bảng liên kết chưa tải về. Đóng lại là mất. Bỏ đi?
org-leave-yes = Bỏ đi
org-leave-no = Ở lại
org-col-order = Thứ tự
org-col-instead = Trực thay
org-col-swaps-officer = Người nghỉ
org-col-working = Làm bù
org-off = Nghỉ
org-worked = Làm bù
org-off-day = Nghỉ: { $name }
org-worked-day = Làm bù: { $name }
org-order = Sắp thứ tự
org-order-roster = Nhiều người cùng trực: người đứng trên được báo trước và chịu trách nhiệm.
org-order-hotlines = Bà con thấy bảng số theo thứ tự này.
org-order-few = Đơn vị này có chưa đến hai dòng: không có gì để sắp.
org-up = Lên: { $what }
org-down = Xuống: { $what }
org-order-save = Lưu thứ tự
org-ordered = Đã lưu thứ tự.
org-swap-how = Trong ngày này, mọi ca bắt đầu của người nghỉ do người trực thay đảm nhận. Lịch tuần giữ nguyên.
org-swap-off = Người nghỉ
org-swap-on = Người trực thay
org-swap-go = Ghi đổi ca
org-swapped = Đã ghi đổi ca.
org-swap-undo = Bỏ đổi ca
org-unswapped = Đã bỏ đổi ca. Ngày đó theo lịch tuần.
org-holiday-how = Ai có ca “ngày lễ” thì trực trong những ngày này, ở { $unit } và các đơn vị bên dưới.
org-holiday-first = Từ ngày
org-holiday-last = Đến hết ngày
org-holiday-name = Tên ngày nghỉ, nếu có
org-holiday-working = Làm bù thay ngày khác
org-holiday-go = Ghi ngày nghỉ
org-holiday-added = Đã ghi ngày nghỉ.
org-holiday-unnamed = ngày nghỉ
org-holiday-undo = Bỏ ngày nghỉ
org-holiday-gone = Đã bỏ ngày nghỉ.
org-hamlet-end = Kết thúc thôn, tổ này
org-hamlet-ask = Kết thúc { $name }? Hòm thư ở đó vẫn dùng, và thuộc nơi chọn dưới đây.
org-hamlet-into = Nơi nối tiếp
org-hamlet-none = Không có
org-hamlet-yes = Kết thúc
org-hamlet-ended = Đã kết thúc { $name }.
org-invite-many = Mời theo bảng
org-invite-many-how = Chọn tệp CSV hoặc XLSX có cột unit (đơn vị), name (tên), role (vai trò: trực ban, chỉ huy, quản trị; để trống là trực ban). Có một dòng sai thì không mời ai. Mỗi lần không quá 200 người.
org-invite-many-go = Tạo liên kết cho cả bảng
org-invited-many = Đã tạo { $count } liên kết ghi danh, mỗi liên kết dùng một lần, trước { $time } ngày { $day }.
org-invited-many-once = Liên kết chỉ có lúc này. Tải bảng về, đưa tận tay từng người, rồi xóa tệp.
org-invited-get = Tải bảng liên kết
org-list-routes = Chuyển theo loại việc
org-list-sheets = Danh sách đã ký
org-new-routes = Thêm nơi chuyển
org-empty-routes = Chưa loại việc nào được chuyển đi nơi khác.
org-empty-sheets = Chưa có đơn vị nào cần danh sách.
org-figure-approved = { $count } người chờ ký
org-figure-asking =
    { $count ->
        [0] Chưa đơn vị nào cần danh sách mới
       *[other] { $count } đơn vị cần danh sách mới
    }
org-col-category = Loại việc
org-col-target = Chuyển đến
org-col-n = Danh sách số
org-col-until = Hết hạn
org-col-officers = Số người
org-col-new = Sẽ thêm
org-col-leaving = Sẽ bỏ
org-status-approved = Đã khớp 20 số, chờ ký
org-heard = 20 số vừa nghe đọc
org-heard-typed = Đã gõ { $typed }/{ $of } số
org-approve = So và duyệt
org-approved = { $name } khớp 20 số, có trong đề nghị lần tới.
org-other-digits = Không khớp. Xin nghe lại từng số. Vẫn khác thì không duyệt: gỡ người này rồi mời lại.
org-no-requests = Chưa đơn vị nào ở đây cần danh sách mới.
org-route-staff = Về cán bộ của đơn vị
org-route-stays = Vẫn ở lại: nơi nhận là chính đơn vị, hoặc chưa có người đọc
org-route-goes = { $unit } nhận
org-route-end = Bỏ nơi chuyển này
org-route-ask = Bỏ nơi chuyển này? Loại việc ấy theo đơn vị cấp trên; cấp trên không nói gì thì ở lại.
org-route-yes = Bỏ
org-route-gone = Đã bỏ nơi chuyển.
org-sheet-days = Còn { $days } ngày
org-sheet-none = Chưa có danh sách
org-sheet-over = Đã hết hạn
org-sheet-missing = Thiếu danh sách mới nhất: xin nhận lại
org-sheet-asks = Cần danh sách mới
org-sheet-ask = Tạo đề nghị
org-sheet-ask-how = Một tệp gồm đề nghị của { $unit } và các đơn vị bên dưới. Có mặt: nơi có người đã khớp 20 số, có người đã gỡ, hoặc danh sách còn dưới 30 ngày.
org-sheet-ask-then = Mang tệp sang máy của người ký. Nơi đó so lại 20 số của từng người mới rồi ký. Tệp chỉ có tên đơn vị, tài khoản và khóa công khai.
org-sheet-get = Tải tệp đề nghị
org-sheet-bring = Nhận danh sách đã ký
org-sheet-bring-how = Chọn các tệp danh sách, hoặc tệp ZIP, mang từ máy của người ký về.
org-sheet-bring-go = Nhận
org-sheet-brought = Đã xong { $done }/{ $of } danh sách.
org-sheets-brought = Đã đọc các danh sách vừa nhận.
org-sheet-taken = { $unit }: danh sách số { $n } có hiệu lực, { $count } người.
org-sheet-already = { $unit }: danh sách số { $n } đã có hiệu lực từ trước.
org-sheet-out = Ra khỏi danh sách: { $names }
org-sheet-ended = Tiếp tục việc của { $unit }.
org-sheet-all-the-same = Vẫn nhận
org-sheet-no-file = Trong đó không có danh sách nào (.txt).
org-sheet-archive = Tệp ZIP hỏng, có khóa, hoặc quá lớn.
org-sheets-past = Các danh sách đã ký
org-sheet-past = Số { $n }, { $from } đến hết { $to }
org-sheet-came = Thêm: { $names }
org-sheet-left = Bỏ: { $names }
org-sheet-next = Danh sách lần tới
org-sheet-adds = Thêm { $name }, { $role }
org-sheet-drops = Bỏ { $name }
org-sheet-same = Vẫn những người ấy
org-sheet-uncompared = { $count } người còn chờ so 20 số, chưa có trong đề nghị
org-status-removed-listed = Đã gỡ, còn trong danh sách đã ký
org-history-term = Lịch sử giữ 5 năm rồi xóa; về cán bộ, ca trực, đổi ca: 2 năm.
org-chain-good = Khớp nhật ký, số { $n }
org-chain-bad = Không khớp nhật ký
org-chain-unread = Chưa đối chiếu được với nhật ký
org-chain-other = Ghi trong nhật ký của { $unit }

## 24. Bàn làm việc: chuyển tin sang đơn vị khác (forward-*)

forward-title = Chuyển tin sang đơn vị khác
forward-to = Đơn vị nhận
forward-find = Gõ tên đơn vị
forward-none = Không thấy đơn vị nào có người đọc. Xin gõ tên khác.
forward-passed = Người báo tin không gửi cho { $unit }. Không chuyển tin này đến đó.
forward-why = Vì sao chuyển?
forward-hint = Ví dụ: việc xảy ra ở địa bàn của đơn vị đó
forward-sealed = Lý do được khóa trong tin, cán bộ hai đơn vị đọc được. Người báo tin không được cho xem.
forward-sure = Chuyển tin { $number } đến { $unit }?
forward-means-gone = Đơn vị mình không mở được tin này nữa. Nội dung đã đọc thì vẫn biết.
forward-means-log = Việc chuyển được ký, và ghi vào nhật ký của hai đơn vị.
forward-means-quiet = Người báo tin không thấy gì thay đổi. Họ vẫn gửi thêm và nhận trả lời được.
forward-go-choose = Tiếp tục
forward-go-sure = Chuyển tin
forward-go-gone = Về danh sách
forward-back = Quay lại
forward-going = Đang chuyển…
forward-done = Đã chuyển đến { $unit }. Tin không còn trong danh sách của đơn vị.
forward-failed = Chưa chuyển được. Xin thử lại.
forward-nobody = Chưa chuyển được: đơn vị này chưa có danh sách khóa dùng được.
forward-passed-over = Người báo tin không gửi cho đơn vị này. Không chuyển đến đó được.
forward-sheet = Danh sách khóa của đơn vị nhận vừa thay đổi. Xin thử lại.
forward-closed = Tin đã đóng, không chuyển được nữa.
forward-gone = Tin không còn ở đơn vị này. Xin xem nhật ký.

## 25. Bàn làm việc: bàn giao khóa (hands-*)

hands-over = Bàn giao cho người khác
hands-over-how = Người nhận đọc được mọi tin mà đồng chí đang đọc được. Mật khẩu thì không đưa cho ai.
hands-to = Người nhận
hands-choose = Chọn một người
hands-nobody = Danh sách không có ai khác đọc tin
hands-everybody = Ai trong danh sách cũng đọc được rồi
hands-digits = Nghe { $name } đọc 20 số của mình, so từng số:
hands-lacking =
    { $count ->
        [0] { $name } mở được mọi tin mà đồng chí mở được.
       *[other] { $name } chưa mở được { $count } tin mà đồng chí mở được.
    }
hands-go = Bàn giao { $count } tin
hands-go-on = Làm tiếp, còn { $count } tin
hands-progress-of = Đã làm đến đâu
hands-progress = { $done } / { $of }, còn chừng { $seconds } giây
hands-running = { $done } / { $of }
hands-paused = Đã dừng ở { $done } / { $of }. Phần đã làm vẫn còn.
hands-done = Xong: { $done } tin.
hands-broken = Dừng ở { $done } / { $of }. { $why } Phần đã làm vẫn còn, bấm lại để làm tiếp.
hands-pause = Tạm dừng
hands-leave = Có thể đóng trang. Lần sau làm tiếp từ chỗ này.
hands-failures = { $count } tin chưa làm được
hands-why-badkey = khóa của đồng chí không mở được
hands-why-tampered = nội dung không khớp chữ ký
hands-why-passed-over = người báo tin không gửi cho người này
hands-why-passed-unknown = chưa rõ người này có thuộc đơn vị mà người báo tin tránh hay không
hands-why-stranger = có người giữ khóa mà nhật ký không ghi ai đã trao, hoặc đã bị thu lại; chỉ huy thu lại khóa ấy rồi làm lại
hands-why-unnamed = có thêm người đọc, xin xem lại tên rồi làm tiếp
hands-why-changed = vừa có thay đổi, xin làm lại
hands-new = Khóa mới sau khi có người thôi đọc
hands-new-how = Người đã thôi đọc vẫn giữ khóa cũ. Đổi khóa thì từ đó về sau họ không mở được gì. Người báo tin và người còn đọc không phải làm gì.
hands-stale =
    { $count ->
        [0] Không có tin nào cần khóa mới.
       *[other] { $count } tin cần khóa mới.
    }
hands-new-go = Đổi khóa { $count } tin
hands-lost = Quên mật khẩu, máy mới
hands-lost-how = Máy mới: đăng nhập rồi nhập 24 từ đã chép. Quên mật khẩu hoặc mất 24 từ: ghi danh lại, chờ danh sách mới, rồi một người đang đọc được bàn giao lại ở trang này.
hands-give = Cho thêm người đọc tin này
hands-give-go = Cho đọc
hands-take = Thu lại khóa
hands-take-sure = Thu lại khóa của { $name }?
hands-take-known = Nội dung đã mở thì người ấy vẫn biết.
hands-take-new = Sau đó xin đổi khóa của tin ở mục Bàn giao khóa, để phần mới người ấy không mở được.
hands-take-go = Thu lại
hands-log = Việc này được ký, và ghi vào nhật ký.
hands-cut-how = Tin đi tiếp bằng một khóa khác. Phần không mở được vẫn còn, nhưng để riêng ra.
hands-readers = Người đọc tiếp: { $names }.
hands-failed = Chưa làm được. Xin thử lại.
hands-off-sheet = Người này không có trong danh sách khóa đang dùng của đơn vị.
hands-badkey = Khóa của đồng chí không mở được tin này.
hands-passed-over = Người báo tin không gửi cho người này.
hands-passed-unknown = Chưa rõ người này có thuộc đơn vị mà người báo tin tránh hay không. Xin thử lại sau.
hands-stranger = Có người giữ khóa mà nhật ký không ghi ai đã trao, hoặc đã bị thu lại. Chỉ huy thu lại khóa ấy rồi làm lại.
hands-changed = Vừa có thay đổi ở tin này. Xin xem lại rồi làm tiếp.
hands-last = Không thu được: không còn ai khác đọc được tin này. Xin cho người khác đọc trước.
hands-chief = Chỉ huy đơn vị mới thu lại được khóa của người khác.

## 26. Phiếu giữ khóa dự phòng, in trên máy không nối mạng (recovery-*)

recovery-title = Phiếu giữ khóa dự phòng
recovery-number = Phiếu số { $n } trong bộ { $of } phiếu. Cần { $threshold } phiếu cùng bộ để dùng khóa.
recovery-unit = Mã đơn vị
recovery-day = Lập ngày
recovery-mark = Dấu của khóa
recovery-holder = Nơi giữ, người giữ
recovery-warning = Ai gom đủ { $threshold } phiếu thì đọc được mọi tin báo của đơn vị.
recovery-words = Các từ dưới đây là tiếng Anh, theo chuẩn quốc tế SLIP-39. Đọc theo số, hết cột này sang cột kia. Gõ lại đúng từng chữ cái, đúng thứ tự.
recovery-do-seal = Cất trong phong bì niêm phong, ở nơi có khóa. Mỗi phiếu một người giữ, một nơi.
recovery-do-copy = Không chụp ảnh, không chép vào máy, không đọc qua điện thoại.
recovery-do-use = Khi không còn cán bộ nào mở được tin: mang phiếu đến máy của người ký danh sách, máy không nối mạng. Chỉ gõ các từ ở đó.
recovery-do-lost = Phiếu mất, hoặc có người khác đã xem: báo ngay người ký danh sách để lập bộ mới.
recovery-do-keep = Có bộ mới vẫn giữ phiếu này: tin gửi trước đó chỉ bộ này mở được.

## 27. Bàn làm việc: khóa (keys-*)

keys-passkeys = Khóa máy
keys-passkeys-what = Khóa máy là vân tay, mã mở máy hoặc khóa USB. Dùng thay mật khẩu trên máy đã ghi danh hoặc đã nhập 24 từ.
keys-passkeys-none = Chưa có khóa máy nào.
keys-passkey = Khóa máy { $n }, thêm ngày { $day }
keys-passkey-remove = Gỡ
keys-passphrase = Mật khẩu, để thêm khóa máy
keys-passkey-add = Thêm khóa máy
keys-busy = Đang làm, chừng vài giây
keys-recovery = Khóa dự phòng của đơn vị
keys-recovery-what = Dùng khi tin gửi trước đây không mở được nữa, và không đồng nghiệp nào cấp lại được. Cần đủ số phiếu giữ khóa.
keys-step-ask = Tải tệp của những tin mình chưa mở được. Trong tệp chỉ có khóa đã niêm, không có nội dung.
keys-step-use = Mang tệp và các phiếu đến máy không nối mạng của người ký danh sách. Ở đó niêm lại khóa cho cán bộ trong danh sách mới nhất.
keys-step-bring = Nhập tệp nhận về ở đây.
keys-ask = Tải tệp
keys-bring = Nhập tệp nhận về
keys-saved = Đã tải tệp.
keys-coming = Đang nhận khóa: { $done } trong { $of } tin
keys-come = Đã nhận khóa của { $tips } tin. Xin lập bộ phiếu mới.
keys-recovery-log = Việc này được ký và ghi vào nhật ký. Mọi chỉ huy của đơn vị đều thấy.
keys-nothing-shut = Không có tin nào cần đến khóa dự phòng.
keys-sheet-newer = Danh sách khóa đã đổi từ khi niêm lại. Xin tải tệp và dùng phiếu lại.
keys-file-bad = Tệp này không phải tệp nhận về, hoặc bị thiếu.
keys-file-foreign = Tệp này là của đơn vị khác.
keys-no-identity = Khóa trong tệp không phải của đơn vị: không danh sách khóa nào ghi khóa khôi phục ấy.
keys-unproven = Khóa trong tệp không mở được tin trên máy này. Chưa nhận khóa nào của phần này; xin dùng phiếu lại.

## 28. Bàn làm việc: xử lý một tin (case-*)

case-means-classified = Tin được phân loại; từ đây tính thời hạn kiểm tra, xác minh.
case-means-verifying = Bắt đầu hoặc làm tiếp việc kiểm tra, xác minh. Nếu làm lại, thời hạn tính từ bây giờ.
case-means-investigation = Hồ sơ đã chuyển Cơ quan CSĐT. Thời hạn xác minh ở đơn vị dừng lại.
case-means-competent = Hồ sơ đã chuyển cơ quan khác. Thời hạn xác minh ở đơn vị dừng lại.
case-means-handled = Đã khởi tố hoặc xử phạt hành chính. Còn phải thông báo kết quả.
case-means-insufficient = Không khởi tố, hoặc không có vi phạm. Còn phải thông báo kết quả.
case-means-suspended = Việc giải quyết tạm dừng, thời hạn xác minh dừng lại. Chưa thông báo tiếp nhận thì vẫn phải thông báo.
case-means-duplicate = Tin này được xem cùng tin đã có. Ghi số sổ của tin đó.
case-means-false = Nội dung đã kiểm tra và không có thật. Được đếm chung theo tháng, không ghi theo người nào.
case-means-abusive = Tin chỉ để quấy rối. Được đếm chung theo tháng, không ghi theo người nào.
case-means-closed = Sau khi kết thúc không hỏi và trả lời được nữa. Chỉ huy mở lại được.
case-means-report = Đã báo cáo và đề xuất với Thủ trưởng Cơ quan CSĐT Công an tỉnh.
case-means-notify = Đã gửi văn bản cho Viện kiểm sát. Người báo tin ẩn danh được trả lời qua hòm thư.
case-means-complex = Vụ việc phức tạp hoặc ở nhiều nơi: thời hạn xác minh là 2 tháng.
case-means-extend = Viện kiểm sát gia hạn một lần, thêm không quá 2 tháng.
case-means-hold = Tin được giữ lại quá hạn lưu, đến khi thôi giữ. Dùng khi tòa án, viện kiểm sát, thanh tra cần.
case-means-release = Tin không còn được giữ. Hết hạn lưu thì xóa; cán bộ được báo trước 72 giờ.
case-means-settle = Lời nhắn đến sau không cần trả lời. Tin không bị giữ lại vì lời nhắn đó nữa.
case-seen-same = Người báo tin không thấy gì thay đổi.
case-kind = Loại việc
case-kind-choose = Chọn loại việc
case-kind-counted = Được đếm theo đơn vị và tháng; trong tin được niêm phong.
case-of = Số sổ của tin đã có
case-why = Lý do
case-sure = { $what }: chắc chắn chứ?
case-go = Ghi vào tin
case-go-sure = Đúng, ghi vào tin

## 31. Bàn làm việc: xuất sổ tiếp nhận (book-*)

book-title = Xuất sổ tiếp nhận
book-what = Số thứ tự, giờ nhận, người tiếp nhận, phân loại, thời hạn, kết quả. Nội dung tin không nằm trong sổ.
book-year = Năm
book-go-xlsx = Tải bảng tính
book-go-pdf = Tải PDF để in
book-log = Nhật ký ghi ai xuất, để làm gì.
book-done = Đã lưu trên máy này.
book-close = Đóng

## 30. Bàn làm việc: xuất một tin ra tệp (export-*)

export-title = Xuất tin ra tệp
export-what = Máy này đóng gói cả tin vào một tệp ZIP: từng phần đã niêm, bản đọc PDF đã niêm, khóa riêng của tin và hướng dẫn cách mở.
export-means-out = Ai có tệp và năm chữ mở tệp đều đọc được cả tin, kể cả khi sau này khóa của cán bộ bị thu lại.
export-means-words = Năm chữ chỉ hiện một lần. Giao năm chữ riêng, không gửi cùng tệp.
export-means-log = Nhật ký ghi ai xuất, để làm gì. Người báo tin không thấy.
export-purpose = Xuất để làm gì
export-choose = Chọn một
export-go = Ký và xuất
export-going = Đang đóng gói…
export-coming = Đang lấy tệp kèm theo: { $come } / { $all }
export-failed = Chưa xuất được. Chưa có gì ra khỏi bàn làm việc. Xin thử lại.
export-large = Tệp kèm theo lớn quá 512 MB, trình duyệt không gói được. Xin lưu từng tệp.
export-saved = Đã ký vào nhật ký. Tệp { $file } đã lưu trên máy này.
export-words = Chép năm chữ này ra giấy rồi mới đóng:
export-words-how = Gõ đúng như trên: không dấu, có gạch nối.
export-print-warn = Bản để in không khóa: ai mở máy này đều đọc được. In xong thì xóa.
export-print = Lưu bản PDF để in
export-close = Tôi đã chép, đóng
export-doc-title = Tin báo { $number }
export-doc-received = Nhận
export-doc-hour = { $hour } giờ, { $day }
export-doc-box = Hòm thư
export-doc-kind = Loại việc do người báo chọn
export-doc-status = Trạng thái
export-doc-by = Người xuất
export-doc-purpose = Xuất
export-doc-made = Lúc
export-doc-warn = Người báo tin ẩn danh. Nội dung chưa chắc là sự thật và có thể nêu tên người khác: chỉ người có trách nhiệm được đọc.
export-doc-file = Tệp kèm theo: { $file } ({ $mime })
export-how = CÁCH ĐỌC TỆP NÀY
    { "" }
    Trong tệp có gì
    000.age, 001.age …: từng phần của tin, nguyên như máy chủ giữ. 003-tep.age là ảnh, ghi âm, phim hoặc tệp của phần 003.
    ban-doc.pdf.age: cả tin, để đọc và in.
    khoa.age: khóa riêng của tin này, nằm sau năm chữ đã hiện một lần khi xuất. Không mở được tin nào khác.
    manifest.json: mã SHA-256, người viết và ngày của từng tệp; ai xuất, để làm gì; nhật ký đến số nào.
    { "" }
    Cách mở
    1. Cài công cụ age, bản 1.3 trở lên: https://age-encryption.org
    2. Giải nén rồi mở dòng lệnh trong thư mục đó.
    3. age -d -i khoa.age -o ban-doc.pdf ban-doc.pdf.age
       Công cụ hỏi năm chữ: gõ không dấu, gạch nối giữa các chữ.
    4. Từng phần cũng vậy: age -d -i khoa.age -o 001.txt 001.age
       Dòng đầu là nội dung, dòng sau là chữ ký, sau đó là khoảng trống cho đủ cỡ.
    5. Tệp kèm theo: phần sau là số 0 cho đủ cỡ; manifest.json ghi cỡ thật (content.bytes).
       age -d -i khoa.age 003-tep.age | head -c CỠ > tep
    { "" }
    Cách kiểm tra
    sha256sum của từng tệp phải như trong manifest.json. Nhật ký của đơn vị có một dòng "export" mang mã SHA-256 của manifest.json, do người xuất ký: hopthu audit verify.
    Mỗi phần nêu mã SHA-256 của phần trước (prev) và có chữ ký Ed25519 của người viết trên "hopthu/v1/entry", xuống dòng, rồi dòng đầu. Khóa của người báo tin nằm trong 000; khóa của cán bộ nằm trong danh sách khóa của đơn vị.
    { "" }
    Xin giữ kín. Ai cầm tệp và năm chữ đều đọc được tin.

## 29. Sổ tiếp nhận (register-*)

register-title = SỔ TIẾP NHẬN TIN BÁO NĂM { $year }
register-unit = Công an { $unit }
register-n = Số thứ tự
register-received = Ngày giờ tiếp nhận
register-source = Nguồn tin
register-officer = Người tiếp nhận
register-content = Nội dung
register-class = Phân loại
register-due = Thời hạn
register-result = Kết quả
register-ended = Ngày kết thúc
register-box = Hòm thư tố giác
register-sealed = Niêm phong, xem tại bàn làm việc
register-classified = Đã phân loại
register-unclassified = Chưa phân loại
register-gone = Đã chuyển { $unit }
register-erased = Đã xóa khi hết hạn lưu

# Dấu niêm nhật ký, in ra giấy.
checkpoint-title = DẤU NIÊM NHẬT KÝ
checkpoint-unit = Đơn vị
checkpoint-day = Ngày
checkpoint-number = Đến số
checkpoint-head = Dấu cuối
checkpoint-about = Dấu này tính từ mọi việc cán bộ đã ký trong nhật ký hòm thư đến số nói trên. Dấu không cho biết nội dung tin báo nào.
checkpoint-check = Ký, rồi giữ tờ này ngoài máy chủ. Sau này ai có tệp nhật ký cũng kiểm tra được: sửa, bớt hay cắt một dòng đến số đó là dấu không còn khớp.
checkpoint-file = tệp-nhật-ký.txt
checkpoint-chief = Chỉ huy đơn vị
checkpoint-keeper = Người giữ
