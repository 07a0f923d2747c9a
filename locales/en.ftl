### Tip box: English. Plain words. Numbers of choices are added by the program (choice).

choice = { $n }. { $label }

## 1. Start

truth =
    { $channel ->
        [telegram] Telegram knows your account and can read this message. For more privacy use the web page: { $web }
        [zalo] Zalo knows your account and keeps this message. The box cannot delete messages on Zalo. For more privacy use the web page: { $web }
        [tor] You came through Tor: the server does not see your network address. This page saves nothing on your device.
       *[web] This page saves nothing on your device. Your network still knows that this device opened it; browser history may still list it.
    }
start-hello =
    This is the tip box of the { POLICE($unit) }. It answers automatically; officers read later.
    Someone in danger: call 113. This box does not replace 113.
    The server reads a tip for a moment, then locks it. It does not ask for or keep your name, phone number or network address. Please do not write your name in the tip.
    { truth }
    Report truthfully what you saw or know. Knowingly false reports are punished by law.
    After sending you get a 24-digit code to read the reply. Nobody can reissue a lost code.
start-short =
    Tip box of the { POLICE($unit) }. It answers automatically; officers read later.
    Someone in danger: call 113.
    The server reads a tip for a moment, then locks it. It does not ask for or keep your name, phone number or network address.
    { truth }
start-back = Tip box of the { POLICE($unit) }. Someone in danger: call 113.
start-nobox = Crime tip box. It answers automatically; officers read later. Someone in danger: call 113.
start-movedbox = This box is now looked after by the { POLICE($unit) }.
start-demo = DEMONSTRATION. Tips sent here do not reach the police.
menu-ask = Pick a number, or just write, send a photo or a voice note.
help =
    To report: just write, send a photo or a voice note.
    To read a reply: enter the 24-digit code.
    Words that always work: "menu", "erase", "stop", "forget me", "privacy", "113", "tiếng việt".
privacy =
    Kept locked: what you send, the kind of matter, the box. Kept unlocked: receiving unit, how urgent, status, hour received.
    Not kept: your name, phone number, network address, account name.
    The server reads the tip for a moment in order to lock it. After that only your code, officers' keys and the unit's reserve key open it.
    An unsent tip is erased after 24 quiet hours, after 48 at the latest. A sent tip is kept as the unit's rules say.
    Responsible: { POLICE($unit) }. Questions or complaints: { $contact }.

## 2. Writing a tip

tip-ask = What did you see or hear? Write, send photos or voice notes, as many as you like.
draft-card =
    { $count ->
        [one] { $count } part noted. NOT SENT. To: { POLICE($unit) }.
       *[other] { $count } parts noted. NOT SENT. To: { POLICE($unit) }.
    }
    Go on writing, add a photo or voice note; or pick a number:
draft-card-more =
    { $count ->
        [one] { $count } added part noted. NOT SENT.
       *[other] { $count } added parts noted. NOT SENT.
    }
    Go on writing, or pick a number:
draft-hint =
    { $missing ->
        [place] It helps to add: where is it?
        [time] It helps to add: when does it happen?
       *[what] It helps to add: what did you see or hear?
    }
draft-vague = There is not enough to check yet. Where, when, and what did you see yourself? If unsure, write "I suspect".
draft-photo =
    { $cleaned ->
        [yes] Photo noted; hidden data removed (place taken, kind of phone). People and things in it can still be seen.
       *[no] Photo noted. People and things in it can still be seen.
    }
draft-voice = Voice note kept, { $seconds } seconds. A voice can be recognised. If that worries you, remove it and ask someone else to speak, or write.
draft-video =
    { $cleaned ->
        [yes] Video noted; hidden data removed (place taken, kind of phone). People, things and voices in it can still be recognised.
       *[no] Video noted. People, things and voices in it can still be recognised.
    }
draft-file = File noted. Its name was not kept.
draft-place = Place noted. You can remove it under review.
draft-edited = You edited an old message. The new version is part { $n }. The old part is still there; to remove it, choose review.
draft-split = Long text: the box split it into { $count } parts. Nothing was cut.
draft-full = This tip has { $max } parts, the most it can hold. Send it first, then add more with the code.
draft-heavy = This tip holds { $max } MB of photos, recordings, films and files, the most it can. Send it first, then add more with the code.
draft-open =
    { $count ->
        [one] You have an unsent tip with { $count } part. It is erased at { $time }.
       *[other] You have an unsent tip with { $count } parts. It is erased at { $time }.
    }
review-head = The tip so far:
review-item =
    { $kind ->
        [photo] { $n }. Photo
        [voice] { $n }. Voice note, { $seconds } seconds
        [video] { $n }. Video
        [file] { $n }. File
        [place] { $n }. Place
       *[text] { $n }. Text: "{ $head }…"
    }
review-ask = To remove a part, type its number. Type 0 to go back. Type "erase" to erase everything.
review-removed = Part { $n } removed. Parts left: { $count }.
erase-ask = Erase everything not yet sent? Parts: { $count }.
erase-done = Everything unsent is erased. The police received nothing.
erase-done-zalo = Erased from the box. Please delete the messages on Zalo yourself: press and hold a message, choose Delete.
erase-none = There is no unsent tip. A sent tip opens with its 24-digit code.

## 3. One question at a time

ask-cat = What kind of matter is it? If unsure, type 0.
ask-what = What did you see or hear? Writing, photos or voice notes are all fine.
ask-where = Where is it? Name something easy to find, like "behind the market, lane beside the group 4 culture house". If you do not remember, type 0.
ask-when = When does it happen?
ask-who = What does the person look like, what vehicle? If you do not know, type 0.
cat-drug = Drugs
cat-theft = Theft, robbery
cat-gambling = Gambling
cat-loan = Loan sharks
cat-scam = Online fraud
cat-home = Violence at home
cat-child = Child abuse
cat-traffic = Human trafficking
cat-fight = Disorder, fighting
cat-other = Something else
when-now = Happening now
when-today = Today or yesterday
when-often = Again and again
when-past = Longer ago

## 4. Who receives it

find-ask = Which ward or commune is it in? Type the name, without accents or the old name if you like.
find-many = Several places have a name like this. Pick a number, or add the province:
find-item = { $n }. { $unit }, { $province }
find-was = { $old } (old name) is now { $unit }, { $province }.
find-split = { $old } (old name) is now split. Which hamlet or group is it in?
find-none = "{ $query }" was not found. Type the ward or commune again with its province. If you do not know, type 0 and pick the province.
find-pin-ask = Use this place to find the nearest ward? It is used for this search alone, rounded to about 1 km.
find-near = Wards nearest to this place. Pick a number, or type a name:
find-near-none = No place near there takes tips here. Type the ward or commune. If you do not know, type 0 and pick the province.
route-ask = Where should this tip go?
route-offer = If this is about someone in the ward police, you can send it straight to the level above. The ward police will not see it.
route-done = To: { $target }. The { POLICE($unit) } will not see this tip.
route-none = { $unit } has no officer receiving tips here yet. The tip will go to { $target }.
route-kind = Matters of this kind are received by: { $target }.
find-noted =
    { $count ->
        [one] { $count } part noted. NOT SENT.
       *[other] { $count } parts noted. NOT SENT.
    }
find-top = Which province or city is it in? Pick a number, or type the ward or commune:
find-within = Which ward or commune of { $unit }? Pick a number, or type its name:
find-place = { $unit }, { $province }
find-name = { $unit }

## 5. Urgent, children, own name

urgent =
    CALL 113 NOW if someone is in danger. Free, day and night.
    Get to a safe place first. If you cannot call, keep writing here.
    When you call 113 they see your number. Nobody watches this box all the time.
urgent-set = Marked "happening now". If you send it now, the box notifies the duty officer.
child =
    Telling is the right thing to do. The person being hurt is not to blame.
    Call 111 for help: free, day and night. Being hit or threatened now: call 113.
    If calling is not possible, keep writing here. Please say: where is it?
warn-name =
    { $what ->
        [phone] Part { $n } has a phone number. If it is your own, it is better to remove it.
        [address] Part { $n } seems to have your home address.
       *[name] Part { $n } seems to have your name.
    }
contact-refused = The box does not take contact cards, so that it keeps nobody's name or number.

## 6. Sending and the code

send-confirm =
    { $count ->
        [one] Send { $count } part to the { POLICE($unit) }?
       *[other] Send { $count } parts to the { POLICE($unit) }?
    }
    Report truthfully. Knowingly false reports are punished by law.
    If you want a message when there is a reply, the box keeps this chat's address, locked, for at most 30 days.
send-confirm-web =
    { $count ->
        [one] Send { $count } part to the { POLICE($unit) }?
       *[other] Send { $count } parts to the { POLICE($unit) }?
    }
    Report truthfully. Knowingly false reports are punished by law.
send-wait = Still receiving a file. "Received" appears when it is done.
send-changed = Who receives it has just changed; nothing was sent.
done =
    TIP RECEIVED. Your code is in the next message.
    Write it down or keep it. Whoever has the code can read the tip. Nobody can reissue a lost code.
done-more = ADDED PART RECEIVED. The same code still works.
done-urgent =
    { $notified ->
        [yes] RECEIVED. The box is notifying the duty officer. In danger, still call 113. Your code is in the next message.
       *[no] RECEIVED. No duty officer could be notified. In danger, call 113. Your code is in the next message.
    }
done-next =
    An officer may ask more; enter the code to see it.
    As you left no name, there will be no summons and no written answer.
done-cleared = The box is deleting the messages of this tip from this chat. Delete any that remain. Telegram may keep its own copy.
done-zalo = The box cannot delete messages on Zalo. On a shared phone, delete this chat yourself after noting the code.
code-line = { $code }
code-gone = The message with the code is deleted after 24 hours.
code-cleared = The box is deleting the message with the code.
clear-left = Some messages could not be deleted. Please delete them yourself: press and hold a message, choose Delete.
code-check = Type the last 4 digits of the code, to be sure you noted it.
code-check-ok = Correct. You may close the page.
code-check-bad = Not the same. Compare the last 4 digits with the code above.

## 7. Opening by code

code-ask = Enter the 24-digit code, with or without spaces.
code-short = The code has 24 digits. You entered { $count }. Please enter the whole code.
code-typo = One of the digits is wrong. Compare each group of four.
code-half = If this is the code of a tip, it is not complete: a code has 24 digits. Please type the whole code.
code-unknown = This code opens nothing. Compare it with the one you noted.
code-slow = Too many wrong codes. Try again in { $minutes } minutes.
mail-head = Tip sent on { $day }. { $status }.
mail-question = The officer asks: { $text }
mail-answer = The officer answers: { $text }
mail-free = You do not have to answer.
mail-nothing = Nothing new since { $day }. Please look again later; the tip is still kept.
mail-ask = Write your answer now, or pick a number:
mail-ask-closed = Pick a number. You can still add to it if you need to.
mail-closed = Closed. The box no longer remembers this code.
mail-timeline-line = { $day }: { $status }
mail-timeline-more = You sent more
mail-next = Next: { $next }
mail-proof-ask =
    The statement says which unit received a tip, and on which day. It names nobody and tells nothing of the tip.
    Keeping it may show others that you reported. Do you still want it?
mail-proof = A tip with this fingerprint was received by { $unit } on { $day }. This statement names nobody.
mail-proof-mark = Fingerprint: { $mark }
mail-proof-check = The box's server signed what stands below. To check it: hopthu audit acknowledgement
mail-proof-armour = { $armour }
mail-proof-number = This tip's own number: { $number }. Only the sender, or whoever was told it, can say it. Do not write it on the statement; open the tip again to see it.
mail-cut = The rest of this mailbox does not open yet: an officer changed its key, and the new one does not work. What came before can be read. You can go on writing here; the key will be changed again.
mail-over = This tip is closed and its content was erased by rule. For something new, send a new tip.
notify-on = You will get a message here when there is something new, from { $from }:00 to { $to }:00, at most one a day. It may fail to come, so look with the code too. Type "stop" to end it.
notify-off = No more messages. This chat's address was erased from the tip.
notify-zalo = Zalo allows messages only for 7 days after you last wrote. After that, open the tip with the code.
move-how = To read it on another device or app: open { $web }, choose "Open a sent tip", enter the 24-digit code.
move-draft = An unsent tip cannot be moved. Send what you have, then use the code to add more.
forget-ask = Forget me: erase what is unsent, the subscription and this chat's address. A tip ALREADY SENT stays with the police and still opens with its code.
forget-done = Forgotten. The box keeps nothing about this chat. Backup copies expire after { $days } days.

## 8. Status

st-received = Received
st-classify = Being classified
st-need = More information needed
st-verify = Being checked
st-province = Passed to the investigation police
st-other = Passed to the competent body
st-extended = Checking extended
st-handled = Handled
st-nobasis = Not enough grounds
st-suspended = Suspended
st-duplicate = Same as an earlier tip
st-closed = Closed

## 9. Numbers and awareness

board-head = Numbers to call, { $unit }. The person you call sees your number.
board-line = { $role }: { $number } ({ $hours })
board-line-short = { $role }: { $number }
board-line-paid = { $role }: { $number } ({ $hours }, paid call)
board-line-paid-short = { $role }: { $number } (paid call)
board-stale = Last checked on { $day }; it may have changed.
board-none = { $unit } has no numbers of its own yet. General numbers:
sub-on = On. You will get awareness messages from { $unit }. Type "stop" to end them.
sub-topics = Pick a number to turn a topic on or off:
sub-off = Stopped. The box will not write first any more. One message already on its way may still arrive.
sub-off-draft = Your unsent tip is still here. To erase it, type "erase".
stop-ask = Do you want to stop awareness messages, or is this word part of the tip?
sub-foot = Type "stop" to receive no more.

## 10. Not understood, errors, outages

not-understood = The box did not understand. Pick a number, or type "menu".
no-number = There is no choice { $n }. If it is part of the tip, please add a few words.
sticker = The box cannot read stickers. Please write, or send a photo or a voice note.
unsupported-zalo = Zalo does not pass this kind of message to the box. Use the web page { $web }, or call 113 if urgent.
too-big = This file is too big. The limit here is { $here } MB, on the web page { $web-limit } MB: { $web }
media-bad = This file could not be read and was not noted. The other parts are kept. Try again or describe it in words.
media-raw = This kind of file cannot be cleaned; it may hold the maker's name or place. Send it anyway?
too-fast = The box is busy noting; please wait a moment. Nothing marked "noted" is lost.
err-again = Something went wrong and the last message was not noted. Please send it again. Earlier parts are kept.
err-storage = The box cannot save right now. Nothing was sent. Try again later, or call 113 if urgent.
back-up = The box was down and is back. Your message of { $time } is noted. Please resend any message that was not marked "noted".
group = This is a group that many can read. The box takes no tips in groups. Write privately: { $link }
lang-done = Changed to English.
lang-other = The box has Vietnamese and English. You may send a voice note in your own language.

## 11. Reminders to the reporter

rem-draft = The box has something new.
rem-erased = The unfinished part was erased after 24 hours. Nothing was sent.
rem-news = The box has something new.

## 12. Notices to officers (no content, always one shape)

off-notice = Tip box: something to look at. Open the desk: { $desk }
off-digest = Tip box { $day }. Unopened: { $unread }. Open: { $open }. Due soon: { $soon }. Overdue: { $late }.
off-taken = Noted: taken by you at { $time }.
off-passed = Passed to the next officer on duty.
off-no-reply-here = Do not answer tips here. Open the desk: { $desk }
off-linked = This device is linked to your officer account. Only notices come here, never tip content.
off-link-bad = The link code is wrong or expired. Get a new one at the desk.
off-none = No notice is waiting for you.
off-desk = The desk: { $desk }
off-duty = On duty today, { $day }:
off-duty-watch = { $start }–{ $end } h: { $who }
off-stranger = This is a channel for internal notices and takes no tips; whoever has a link code can type it here.
btn-off-taken = Taken
btn-off-busy = Busy, pass on
btn-off-desk = Open the desk
btn-off-duty = On duty today

## 13. Desk

desk-waiting = Waiting for the reporter to open the box again
desk-undelivered = Not delivered
desk-empty = No tips waiting.
desk-locked = Locked after 10 idle minutes. Enter your passphrase to go on.
desk-badkey = The key on this device does not open this tip. Ask your chief to give access again.
desk-tampered = The thread does not match its check marks. Do not rely on it; tell the operator at once.
desk-cut = This tip's new key does not open it on this device: it is read with the key before, and what came after stays shut. Who changed the key is in the log.
desk-cut-mend = Change the key again
desk-offline = Connection lost. What you opened can still be read; nothing can be sent.
desk-ask-tip = Ask what can be checked: where, when, what was seen. Do not ask for name, phone or home.
desk-ask-warn = This question seems to be about the reporter. Send anyway?
desk-no-links = Words to a reporter may hold no link, phone number or account name.

## 14. Web pages

web-offline = No network. What you wrote is still in this page. Please do not close it.
web-online = Back online. Sending the rest.
web-queued = Waiting for network
web-saved = Noted
web-exit-note = Quick exit erases what you are writing and leaves. It cannot clear browser history.
web-mic-denied = The browser does not allow the microphone. You can write, or allow it in settings.
web-reload = The page was reloaded and starts anew. The unsent part is gone; a sent tip still opens with its code.
web-expired = The page was idle too long and the unsent part was erased. Please start again.
poster-title = Crime tip box
poster-unit = { POLICE($unit, begun: "yes") }
poster-danger = In danger: call
poster-scan = 1. Scan
poster-write = 2. Write, speak, send photos
poster-keep = 3. Keep the 24-digit code
poster-nameless = No name is asked
poster-never = The police never ask for money, OTP codes or passwords through this box.
poster-zalo = Zalo: { $page }, type { $code }
poster-tamper = If a sticker covers the QR code, please report it to { $number }.
poster-tamper-here = If a sticker covers the QR code, type the address above and tell this unit.
poster-stamp = Unit's stamp
poster-checked = Checked { $day }
size-under = under 1 KB
size-kb = { $n } KB
size-mb = { $n } MB

## 15. Buttons

btn-tip = Send a tip
btn-open = Open a sent tip
btn-board = Numbers to call
btn-sub = Awareness messages
btn-help = Help, Tiếng Việt
btn-send = Send the tip
btn-now = Happening right now
btn-guide = Ask me step by step
btn-review = Review, remove, erase
btn-route = Change who receives it
btn-send-quiet = Send, I will look with the code
btn-send-notify = Send, and message me on a reply
btn-send-now = Send urgently now
btn-back = Back
btn-skip = Skip
btn-erase-yes = Erase all
btn-keep = Keep it
btn-drop = Remove it, I will write again
btn-ward = { POLICE($unit, begun: "yes") }
btn-parent = { $parent }, not through the ward police
btn-inspect = Police inspectorate
btn-other-unit = Another ward or commune
btn-mailbox = Open this tip's box
btn-copy = Copy the code
btn-copied = I have noted the code
btn-keep-access = Keep a quick-open button in this chat
btn-timeline = What happened so far
btn-notify = Message me when there is news
btn-notify-off = Stop messaging me
btn-proof = Get the statement of receipt
btn-proof-yes = Get it
btn-forget = Forget me
btn-close = Close
btn-call = Call { $number }
btn-more = Show more
btn-photo = Photo, file
btn-mic = Tap to speak
btn-mic-stop = Done
btn-exit = Quick exit
btn-sealed = Sealed box on the web
btn-yes = Agree
btn-no = No
btn-stop = Stop messages
btn-content = It is part of the tip
btn-taken = Taken
btn-busy = Busy, pass on
btn-desk = Open the desk

## 16. Added for the conversation

next-received = an officer has still to read it
next-verify = anything new can be read with the code
next-need = you may write more, if you wish
next-closed = nothing more; for something new, send a new tip
box-shut = This box takes no new tips at present. If it is urgent, call one of these numbers:
route-empty = No officer receives tips here yet. A tip sent now is locked and kept until there is one.
urgent-set-none = Marked "happening now". There is no duty officer here yet; in danger, call 113.
done-next-none =
    No officer receives tips here yet. The tip is locked and kept; enter the code to see a reply when there is one.
    As you left no name, there will be no summons and no written answer.
code-again = After 15 minutes the box no longer remembers the code. The added part is kept, not sent. Please enter the 24-digit code again.
draft-two = You have two unsent tips. Send or erase this one first, then enter the code again.
mail-withheld = One message of an officer is not shown here, because it holds a link, an account name or a long number.
forget-gone = Forgotten. The box keeps nothing about this chat.
access-kept = The button below opens this tip's box for 30 days. Whoever holds this phone can open it. To end it, type "forget me".
access-gone = This button opens nothing any more. Please enter the 24-digit code.
too-big-here = This file is too big. The limit here is { $here } MB.

## 17. Residents' pages (page-*)

page-title = Tip box
page-title-of = Tip box, { $unit }
page-box = Tip box
page-nounit = Crime tip box
page-former = Formerly { $old }, now { $unit }.
page-danger = In danger: call
page-doors = What to do
page-write-now = Just write here
page-write = Write here
page-add = Add to the tip
page-truth = What to know
page-keeps = What the box keeps and does not keep
page-channels = Write through another app
page-zalo-knows = Zalo knows your account and keeps this message.
page-telegram-knows = Telegram knows your account and can read this message.
page-menu = Main menu
page-find-list = Pick from a list
page-large = Large text
page-large-off = Normal text
page-language = Tiếng Việt
page-home = Back to the first page
page-noscript = JavaScript is off in this browser, so you cannot write here yet. Call 113, or see the numbers to call.
page-connecting = Connecting…
page-log = Conversation
page-choices = Pick one
page-box-says = Tip box:
page-own-part = Part { $n }:
page-own = You:
page-photo-part = Photo
page-part-voice = Voice, { $seconds } seconds
page-part-sound = Sound file, { $size }
page-part-video = Video, { $size }
page-part-file = File, { $size }
page-going = Sending { $percent } %
page-turn = Waiting its turn
page-stop = Stop sending
page-stop-part = Stop sending part { $n }
page-add-photo = Photo
page-add-video = Video
page-add-file = Another file
page-add-place = Place
page-add-place-how = you see it first
page-add-cleaned = The server removes hidden details from photos and files where it can. People, things and voices can still be recognised.
page-limit = up to { $limit } MB
page-into-tip = Add to the tip
page-not-loaded = This did not open as there is no network. Tap again when you are back online.
page-voice-asking = If the browser asks, allow the microphone.
page-voice-running = Recording
page-voice-known = A voice can be recognised. If you worry, write, or have somebody else speak.
page-voice-play = Play
page-voice-pause = Stop playing
page-voice-full = The recording stopped as it reached 20 MB.
page-voice-none = This device cannot record. You can write.
page-place-how = The device will look for where you are now. Add it only if this is where it happens.
page-place-known = The maker of the phone or browser may know that this device just looked for its place.
page-place-ask = Find the place
page-place-asking = Looking for the place. If the browser asks, allow it.
page-place-near = Off by about { $metres } metres.
page-place-denied = The browser does not allow the place. You can describe it in words.
page-place-none = No place was found. You can describe it in words.
page-place-use = Send this place
page-unsent = NOT SENT
page-received = RECEIVED
page-parts =
    { $count ->
        [one] { $count } part
       *[other] { $count } parts
    }
page-erased-at = Erased { $time } tomorrow
page-sent = Received
page-noting = Being noted…
page-failed = Not noted.
page-again = Try again
page-remove = Remove
page-remove-part = Remove part { $n }
page-code-name = Your code
page-code-groups = Your code, six groups of four digits
page-code-keep = Write it down or keep it. Whoever has the code can read the tip. Nobody can reissue a lost code.
page-code-copied = Copied. Keep it where only you can see it.
page-code-nocopy = This device does not allow copying. Please write the code down.
page-code-sure = Have you noted the code? Once closed it cannot be shown again.
page-code-stay = Show the code
page-code-closed = RECEIVED. The code is closed and no longer on this page.
page-code-typed = 24-digit code
page-code-long = A code has 24 digits. You typed { $count }.
page-code-four = Type the last 4 digits of the code in the field, then press the button again.
page-code-opening = Opening…
page-mail-sent = Parts sent
page-paper = Statement of receipt
page-paper-signed = What the server signed
page-paper-keep = Save it on this device
page-paper-kept = It is the file giay.html among your downloads. Delete it if others use this device.
page-board = Numbers to call
page-call = Call
page-call-of = Call { $role }, { $number }
page-paid = paid call
page-national = National numbers
page-caller = The person you call sees your number.
page-copy-of = No network. This copy is from { $day }.
page-copy-kept = This page of numbers is saved on your device, so that it opens without network. No other page is saved.
page-copy-drop = Erase the saved copy
page-copy-dropped = The copy on this device is erased. Opening the page again saves it again.
page-offline = No network.
page-lost = There is no such page
page-lost-how = The address is not right, or the page is gone. Go to the first page to send a tip or see the numbers.
page-broken = The box is stuck
page-broken-how = The page did not open. Try again in a few minutes, or call 113 if it is urgent.
page-kept-head = What you send
page-kept-code = The 24-digit code
page-kept-code-text =
    The code is made when you send a tip and is shown once. The box does not keep it, so nobody can reissue a lost code.
    When you enter the code on this site it does not leave your device: the page works out a key and sends only that.
page-kept-here = This page and your device
page-kept-board = Only the page of numbers is saved on your device, so that it opens without network; it ends with a button that erases it. A statement of receipt is on it only if you save one.

## 20. Tables brought as files (row-*)
## Each sentence tells one fault, without the row's number and never what stands in the cell; row-at puts the number before it.

row-refused =
    { $rows ->
        [one] One row is wrong, so nothing was taken in:
       *[other] { $rows } rows are wrong, so nothing was taken in:
    }
row-at = Row { $row }: { $what }
row-more = … and { $count } more
row-file-large = the file is larger than { $megabytes } MB
row-file-many = there are more than { $most } rows
row-file-long = the sheet goes on below row { $most }: delete what stands there
row-file-text = this is no UTF-8 text: in the spreadsheet choose “CSV UTF-8” or XLSX
row-file-csv = this is no CSV: a cell is too long, or a quotation mark is not closed
row-book-broken = this is no XLSX workbook, or a broken one
row-book-large = the workbook unpacks to too much: keep one sheet, without pictures
row-header = row 1 must name the columns; column { $place } is none of: { $names }
row-header-lacks = row 1 must name the columns, each once: { $names }
row-empty = { $column } is empty
row-long = { $column } is longer than { $most } characters
row-formula = { $column } holds a formula: put its value there
row-error = { $column } holds an error instead of a value
row-neither = { $column } holds neither text nor a number
row-unnamed = cell { $place } stands in no named column
row-twice = the same stands in row { $other }
row-code = a code is 1 to 64 letters without marks, digits, _ and -
row-no-unit = there is no such unit here
row-unit-ended = this unit is not there now
row-yes-no = { $column } says neither yes nor no
row-day = { $column } is no day: write 2026-05-02 or 02/05/2026
row-retention = { $column } must be { $least } to { $most } days, or empty
row-future = { $column } lies in the future
row-no-number = the unit's board has no such number of its own
row-number-there = this number is on the unit's board already
row-no-box = there is no such box to lead to
row-box-case = another box's code differs from it by capital letters alone
row-box-unit = a box stays with its unit, whose officers know it: replace it by one of the other unit
row-box-open = only a closed box has one after it
row-box-circle = closed boxes would lead in a circle
row-box-chain = more than { $most } closed boxes would lead one to the other
row-no-hamlet = there is no such hamlet in the unit
row-hamlet-ended = this hamlet is no more
row-hamlet-unit = a hamlet stays with its unit: end it, and make one there
row-kind = kind is none of police, leaders, other
row-person = the role names a person: say the role alone, unless that person has agreed (by command: --named)
row-tel-letters = the number holds letters: an extension belongs beside the role
row-tel-signs = the number holds signs that no number has: one number in each row
row-tel-foreign = the number is foreign: a board holds numbers of Viet Nam
row-tel-digits = the number has too many digits: one number in each row
row-tel-police = the number has not ten digits as a police line has: 069 and seven more
row-tel-old-mobile = the number is a mobile of before 2018: they begin with 03, 05, 07 or 08 now, with ten digits
row-tel-old-area = the number has an area code of before 2017: landlines begin with 02 now
row-tel-area = the number has an area code that there is not
row-tel-landline = the number has not eleven digits as a landline has with its area code
row-tel-mobile = the number has not ten digits as a mobile has
row-tel-free = the number has not four to six digits behind 1800 or 1900
row-tel-zero = the number lost its first 0: in the spreadsheet make the column text
row-tel-no-area = the number lacks its area code
row-tel-none = this is no number of Viet Nam
row-weekday = { $column } is no day of duty: write mon to sun, mon-fri, all or holiday
row-hour = { $column } is no whole hour, 0 to 24
row-swap-self = somebody else must stand in
row-day-range = { $column } is over, or more than two years ahead
row-no-account = there is no such account in this unit
row-scope = this unit is not yours to change
row-tick = { $column } is neither empty nor an x
row-tick-digits = an x counts only beside digits: type the digits as heard
row-heard-empty = { $column } is empty: all twenty digits are compared
row-heard-other = these are not the digits of the officer's keys: hear them again; if they stay other, do not sign
row-list-unit = this row's unit is called otherwise than the request's
row-list-digits = these are not the digits of the request: write a new list
row-unit-code = a unit's code is letters without marks and digits
row-unit-life = { $column } of a unit that is here changes by a merger alone: hopthu unit merge
row-unit-circle = units would lead in a circle, or more than { $most } one to the other
row-unit-open = only a unit that ends has one after it
row-unit-days = the unit ends before it begins
row-route-kind = there is no such kind of matter: write it as on screen, "ma túy" for drugs
row-sheet-none = this is no list signed by the authority of this installation
row-sheet-elsewhere = this list is signed for another installation
row-sheet-unit = the unit of this list is not here
row-sheet-expired = this list is over: make a new request
row-sheet-over = another unit goes on for this one
row-sheet-old = a list of this number or a newer one is in force
row-sheet-merger = this list does not fit the units here: take it in by command on the server to learn more
row-sheet-locks = by it { $tips } open tips could be opened by no officer any more, but with the reserve key
row-sheet-self = this list takes you off the unit: let somebody else take it in
row-role = role is none of duty, chief, operator

## 21. The desk's pages (desk-*, login-*, enrol-*)

desk-title = Desk
desk-tips = Tips
desk-roster = Roster
desk-units = Units
desk-boxes = Boxes
desk-hotlines = Numbers
desk-officers = Officers
desk-phone = Phone
phone-about = When there is something to do, a linked phone gets one line. It holds nothing of a tip.
phone-messenger = Telegram knows which account gets notices, and when.
phone-state-none = No phone is linked.
phone-state-linked = Your phone is linked.
phone-state-lost = The phone has blocked the channel, or its account is gone. It gets no notices now.
phone-no-bot = No channel for notices is connected. Ask the operator to connect one.
phone-get = Get a link code
phone-again = Get another code
phone-other = Link another phone
phone-unlink = Unlink
phone-code = Link code
phone-type = On the phone, open Telegram, find @{ $bot }, type this code:
phone-until = Works once, until { $time }.
phone-unit = Phones of the unit
phone-col-who = Officer
phone-col-phone = Phone
phone-is-none = not linked
phone-is-linked = linked
phone-is-lost = out of reach
desk-demo = DEMONSTRATION
desk-skip = Skip to content
desk-other-language = Tiếng Việt
desk-again = Try again
desk-cancel = Cancel
desk-loading = Loading…
desk-opening = Unlocking the tip…
desk-lock = Lock
desk-online = Connected
desk-joining = Connecting…
desk-away = Connection lost
desk-bell = { $count } new
desk-failed = That did not work. Please try again.
desk-unreached = The server cannot be reached. Please try again in a few minutes.
desk-unsent = Not sent. Your words are still here; please send again.
desk-no-tip = There is no such tip, or it is not of this unit.
desk-refused = The server does not take this. Please reload the page.
desk-newer = Somebody has just added to the tip. Look at it, then send again.
desk-only-recovery = Sent before an officer could receive it; only the unit’s recovery key opens it.
desk-keys-failed = The key on this device could not do that. Lock the desk and log in again.
desk-me = Me
desk-nobody = Nobody
desk-someone = Another officer
desk-role-duty = Duty officer
desk-role-chief = Chief
desk-role-operator = Operator
desk-filter = Filter
desk-filter-all = All
desk-filter-urgent = Urgent
desk-filter-late = Overdue
desk-filter-soon = Due soon
desk-filter-erasing = To be erased
desk-filter-mine = Mine
desk-filter-closed = Closed ones too
desk-search = Search opened tips
desk-search-hint = Search opened tips ( / )
desk-none-fit = No tip fits this filter or search.
desk-found = { $count } tips fit, of { $among } opened
desk-found-more = { $count } tips fit, of { $among } opened. The first { $most } are shown; type more to narrow it.
desk-found-reading = Only { $read } of { $of } opened tips have been read again yet; the search may not find all.
desk-unopened = tips nobody has opened: { $count }
desk-col-tag = Mark
desk-col-number = No.
desk-col-box = Box
desk-col-kind = Kind
desk-col-age = Age
desk-col-due = Due
desk-col-state = State
desk-col-who = Taken by
desk-observed = noted by the server, not signed
desk-tag-urgent = URGENT
desk-tag-news = Replied
desk-tag-late = Overdue
desk-tag-soon = Due soon
desk-due-in-minute = { $count ->
    [one] { $what } within a minute
   *[other] { $what } within { $count } minutes
  }
desk-due-in-hour = { $count ->
    [one] { $what } within an hour
   *[other] { $what } within { $count } hours
  }
desk-due-in-day = { $count ->
    [one] { $what } within a day
   *[other] { $what } within { $count } days
  }
desk-due-over-minute = { $count ->
    [one] { $what }, over by a minute
   *[other] { $what }, over by { $count } minutes
  }
desk-due-over-hour = { $count ->
    [one] { $what }, over by an hour
   *[other] { $what }, over by { $count } hours
  }
desk-due-over-day = { $count ->
    [one] { $what }, over by a day
   *[other] { $what }, over by { $count } days
  }
desk-due-urgent = urgent
desk-due-house = the unit's own term
desk-due-law = by regulation
desk-clock-open = Open
desk-clock-report = Report to the province
desk-clock-classify = Classify
desk-clock-notify = Notify of receipt
desk-clock-verify = End the check
desk-clock-complex = End the check
desk-clock-extended = End the check
desk-clock-end = Notify of the result
desk-why-open = The unit's own term: 30 minutes if urgent, 8 hours otherwise.
desk-why-report = Report to the head of the provincial investigation police within 12 hours, 24 in a difficult area (HD 11/HD-BCA-V03).
desk-why-classify = Classify within 24 hours, 48 in a difficult area (TTLT 01/2017).
desk-why-notify = Notify of receipt within 3 working days (TTLT 01/2017, article 14).
desk-why-verify = Check within 20 days (Criminal Procedure Code, article 147).
desk-why-complex = A complex matter: 2 months at most (Criminal Procedure Code, article 147).
desk-why-extended = Extended once, by 2 months at most (Criminal Procedure Code, article 147).
desk-erases = To be erased { $day }
desk-why-erases = Kept for long enough. To keep it, a chief chooses “Kept from erasure”.
desk-held = Kept from erasure
desk-why-end = Notify of the result within 3 working days (TTLT 01/2017, article 14).
desk-due-answer = Read the answer
desk-touched = A colleague has just written in this tip.
desk-touched-show = Look
desk-open-by = open now: { $names }
desk-tag-fresh = Not opened
desk-no-box = No box
desk-no-kind = Kind unknown
desk-age-minute =
    { $count ->
        [0] just now
       *[other] { $count } min
    }
desk-age-hour =
    { $count ->
        [0] this hour
       *[other] { $count } h
    }
desk-age-day = { $count } d
desk-page = { $from }–{ $to } / { $total }
desk-page-next = Next
desk-page-back = Back
desk-reporter = Reporter
desk-about-cat = kind of matter
desk-about-what = what was seen or heard
desk-about-where = where
desk-about-when = when
desk-about-who = person, vehicle
desk-signed-question = { $name } asked, signed
desk-signed-answer = { $name } answered, signed
desk-unsigned = { $name }, signature wrong
desk-part-unsound = Does not match its check mark
desk-part-unreadable = This part cannot be read.
desk-part-shut = This part is sealed under a key that does not open it here.
desk-state-set = { $name } changed the state: { $state }
desk-took = { $name } took the tip
desk-took-over = { $name } took over: { $reason }
desk-voice = Recording { $n }
desk-video = Video { $n }
desk-file = File { $n }
desk-place = Place { $n }
desk-media-open = Open
desk-media-opening = Opening… { $done } %
desk-media-bad = This part does not open. Key, check mark or format is not right.
desk-media-unplayed = This browser cannot play it. Download it and open it with another program.
desk-media-raw = Not cleaned: the file may hold harmful code, or tell who sent it.
desk-file-warn = To download is to take it out of the lock. Open it only on a machine without network, then erase it.
desk-file-get = Download ({ $size })
desk-play = Play
desk-pause = Pause
desk-seek = Seek
desk-speed = Speed { $speed }
desk-at = { $at } of { $length }
desk-place-coordinates = Latitude, longitude
desk-place-copy = Copy the coordinates
desk-place-copied = Copied
desk-place-sketch = Sketch of the place: the point in the middle, north above, scale { $metres } m
desk-place-north = N
desk-place-no-map = No map is loaded, so that no server learns of this place.
desk-photo = Photo { $n }
desk-photo-opening = Opening…
desk-photo-less = Photo { $n }, smaller
desk-photo-bad = This photo cannot be opened.
desk-next = Next
desk-next-take = Nobody has taken this tip
desk-next-take-urgent = Urgent, nobody has taken it
desk-next-work = Read, ask or answer
desk-next-closed = The tip is closed
desk-next-tampered = Tell the operator at once
desk-next-cut = Change the tip's key again
desk-next-badkey = Ask your chief for access
desk-next-only-recovery = Tell whoever holds the recovery key
desk-take = Take it
desk-take-over = Take over from { $name }
desk-take-why = Why do you take over?
desk-take-hint = For example: end of shift, leave, reassigned
desk-take-sealed = The reason is locked into the tip, for the unit's officers. The reporter is not shown it.
desk-take-yes = Take over
desk-taken-meanwhile = A colleague has just taken this tip. Look again before you take over.
desk-taken-by = { $name } has just taken this tip. Look again before you take over.
desk-forward = Pass on to another unit
desk-export = Take out
desk-book = Register book
desk-from = Passed on from { $unit }
desk-state = State
desk-state-go = Choose: { $what }
desk-state-seen = The reporter will see: { $state }, from 18:00 on { $day }.
desk-state-shown = The reporter sees it so, from 18:00 on { $day }.
desk-state-now = The reporter sees now: { $state }.
desk-case-received = Received
desk-case-classified = Classified
desk-case-verifying = Being checked
desk-case-investigation = Passed to the investigation police
desk-case-competent = Passed to a competent body
desk-case-handled = Handled
desk-case-insufficient = Not enough grounds
desk-case-suspended = Suspended
desk-case-duplicate = Duplicate of another tip
desk-case-false = Untrue
desk-case-abusive = Harassment
desk-case-closed = Closed
desk-case-report = Reported to the province
desk-case-notify = Notified in writing
desk-case-complex = Complex matter
desk-case-extend = Checking extended
desk-case-hold = Kept from erasure
desk-case-release = No longer kept from erasure
desk-case-settle = No answer needed
desk-case-set = { $name }: { $what }
desk-case-set-why = { $name }: { $what } ({ $why })
desk-duplicate = Duplicate of another tip
desk-not-now = This cannot be done with the tip as it stands. Please look at it again.
desk-chief-only = A chief does this.
desk-register = Register number
desk-received = Received
desk-received-hour = { $day }, { $hour }:00
desk-received-minute = { $day }, { $time }
desk-readers = Who can read: { $count }
desk-reader = { $name }, { $role }
desk-reader-recovery = The unit's recovery key
desk-reader-former = Recovery key of before the tip was passed on or its key changed
desk-reader-shares = held by whoever signs the list
desk-reader-gone = Someone no longer on the list
desk-reader-opened = opened
desk-reader-unopened = not opened
desk-sheet-until = The list of keys is valid until { $day }.
desk-readers-who = Who can read
desk-readers-since = Since
desk-readers-through = Key from
desk-through-ask = Where keys came from
desk-through-came = sealed as the tip came
desk-through-given = given by { $names }
desk-through-handed = handed over by { $names }
desk-through-shares = the recovery shares
desk-through-paper = sealed with the tip
desk-through-unknown = not in the log
desk-readers-opened = Opened
desk-readers-how = Whoever stands here holds a key of his own to this tip. What was opened cannot be taken back.
desk-readers-lacking = Cannot read it: { $names }. They joined the list after the tip was sent, or their key was taken back.
desk-give = Give access
desk-take-back = Take back
desk-hands = Hand over keys
desk-hands-due =
    { $count ->
        [one] One tip needs a new key, as somebody reads it no more.
       *[other] { $count } tips need a new key, as somebody reads them no more.
    }
desk-hands-due-go = Change keys
desk-history = History
desk-history-received = The box received the tip
desk-history-reporter = The reporter sent
desk-history-question = { $name } asked
desk-history-identity = { $name } asked about the reporter, confirmed
desk-history-answer = { $name } answered
desk-history-state = { $name } changed the state: { $state }
desk-history-take = { $name } took the tip
desk-history-take-over = { $name } took over: { $reason }
desk-history-forward = { $name } passed the tip on to { $unit }: { $reason }
desk-history-rekey = { $name } changed the tip's key
desk-history-give = { $name } gave { $reader } access
desk-history-take-back = { $name } took back { $reader }'s key
desk-history-opened = { $name } opened the tip
desk-history-assigned = Assigned to { $name }
desk-history-signed = signed
desk-sheet-none = The unit has no signed list of keys yet. You can read, but send nothing.
desk-sheet-forged = The unit's list of keys is wrongly signed. Stop; tell the operator at once.
desk-sheet-older = The server shows an older list of keys than before. Stop; tell the operator at once.
desk-sheet-expired = The unit's list of keys has expired. You can read only; ask your chief for a new list.
desk-sheet-soon = The unit's list of keys ends on { $day } (days left: { $days }). Ask your chief for a new list.
desk-numbers-stale = The unit's board: { $count } number(s) that nobody has called for half a year. Please call them, then note it under Numbers.
desk-act-question = Ask
desk-act-answer = Answer
desk-hint-question = Write a question…
desk-hint-answer = Write an answer…
desk-answer-tip = Say what the reporter needs to know. Name nobody and give no details of the case.
desk-send = Send
desk-send-anyway = Send anyway
desk-sending = Sending…
desk-not-opened = This tip has not been opened. Load the page again, then open it.
desk-clock = The clock of this machine is wrong. Set date and time, then try again.
desk-act-newer = Several people acted at once. Please try again.
desk-act-unfit = The server does not take the signature of this act. Load the page again, then try again.
desk-rows = Something is wrong; nothing was written.
desk-take-kind = Kind of reason, for the log
desk-log-reason-shift = Change of shift
desk-log-reason-absent = The officer in charge is away
desk-log-reason-asked = Assigned by the chief
desk-log-reason-other = Another reason
desk-access = Own keys
desk-recovery-used = The unit's recovery sheets were used. Please have new ones made, and a new list of keys signed.
desk-log = Log
desk-log-reading = The chain is being checked…
desk-log-empty = Nothing has been recorded yet.
desk-log-good = The chain holds up to number { $n }, of { $day }.
desk-log-number = No. { $n }
desk-log-head = Last mark: { $head }
desk-log-broken = It does not hold from number { $n }: { $why }
desk-log-why-shape = damaged line
desk-log-why-place = a line of another place
desk-log-why-number = a line is missing or too many
desk-log-why-head = does not follow the line before
desk-log-why-signer = the signer is on no list
desk-log-why-signature = wrong signature
desk-log-why-own = the signer's own act before is missing
desk-log-why-withheld = a line is hidden without a reason
desk-log-why-shorter = shorter than this machine has seen it
desk-log-why-differs = other than this machine has seen it
desk-log-withheld =
    { $count ->
        [one] One line about a tip from before the merger that you hold no key to is not shown; the chain is checked all the same.
       *[other] { $count } lines about tips from before the merger that you hold no key to are not shown; the chain is checked all the same.
    }
desk-log-observed = seen by the server
desk-log-col-n = Number
desk-log-col-when = When
desk-log-col-who = Who
desk-log-col-act = Act
desk-log-col-tip = Tip
desk-log-col-why = Note
desk-log-all = All
desk-log-more = Show more
desk-log-file = Download to verify
desk-log-checkpoint = Print a checkpoint
desk-log-unit = Log of
desk-log-own = My unit
desk-log-count = { $count } times in a row
desk-log-sheet = number { $n }
desk-log-act-open = First opened
desk-log-act-take = Taken
desk-log-act-take-over = Taken over
desk-log-act-question = Asked
desk-log-act-ask-identity = Asked about the reporter
desk-log-act-answer = Answered
desk-log-act-state = State changed
desk-log-act-forward = Passed on
desk-log-act-give = Give access
desk-log-act-hand-over = Hand over keys of many tips
desk-log-act-take-back = Take back a key
desk-log-act-rekey = Change the tip's key
desk-log-act-case = Act on a tip
desk-log-act-export = Took a tip out
desk-log-purpose-inspection = for an inspection
desk-log-purpose-report = for a report to superiors
desk-log-purpose-file = for the case file
desk-log-purpose-other = for something else
desk-log-act-login = Logged in
desk-log-act-login-failed = Wrong log-in
desk-log-act-logout = Locked, logged out
desk-log-act-enrol = Enrolled
desk-log-act-invite = Enrolment link made
desk-log-act-remove = Officer removed
desk-log-act-sheet = Unit sheet taken in
desk-log-act-merge = Merged into another unit
desk-log-act-keys = Server changed its key
desk-log-act-arrange = Changed the unit’s data
desk-log-list-units = Units
desk-log-list-hamlets = Hamlets
desk-log-list-boxes = Boxes
desk-log-list-hotlines = Numbers
desk-log-list-roster = Duty roster
desk-log-list-swaps = Swaps
desk-log-list-holidays = Holidays
desk-log-list-officers = Officers
desk-log-act-recovered = Used the recovery key
desk-log-act-passkey = Added a passkey
desk-log-act-passkey-off = Removed a passkey
desk-log-act-forwarded = Came from another unit
desk-log-act-acknowledged = Took what he was called to
desk-log-act-passed-duty = Busy, passed on
desk-log-tips = { $count ->
    [one] one tip
   *[other] { $count } tips
}
desk-log-act-register = Take out the register
desk-log-register = of { $year }
desk-log-act-erased = Erased: kept for long enough
desk-log-erased = { $count ->
        [one] { $count } part
       *[other] { $count } parts
    }
desk-log-act-link = Phone for notices linked
desk-log-act-unlink = Phone no longer linked
desk-log-forward = to { $unit }
desk-log-give = for { $name }
desk-log-hand-over = for { $name }
desk-log-take-back = of { $name }
desk-log-forwarded = from { $unit }
desk-log-merge = into { $unit }
desk-log-file-master = master key
desk-log-file-audit = key that signs the log
desk-keys = Keys
desk-key-move = One tip down, up
desk-key-open = Open the tip
desk-key-search = Search
desk-key-write = Write
desk-key-due = Next tip that is due
desk-key-back = Back to the list
desk-key-help = Show this table
org-no-row = There is no such row, or it is not of your unit.
org-bad-invite = This person cannot be invited. Look at unit, name and role again.
org-last-key = Not removed: the number of tips that only this officer can open has changed. Please reload and look again.
org-last-reader = Not removed: nobody would be left to read this unit's tips. First somebody else must be on the signed list.
org-bad-merge = They cannot be merged so. Look at the units that end, the one that goes on, and the day.
org-bad-posters = Not printed: no box is in use there, or the server has no https address yet.
org-many-posters = Too many posters for one print. Please choose one ward at a time.
org-busy = The server is busy with other requests. Please try again in a minute.
desk-changed = Somebody else has just changed this. The newest is shown and what was typed is still here: look, then save again.
org-bad-swap = This swap cannot be. Look at the day (from today on, within two years) and at both people.
org-bad-holiday = These holidays cannot be. Look at the days: from today on, within two years, 31 at most at once.
org-bad-hamlet-end = It cannot end so. What goes on for it must be another hamlet of the same unit.
login-title = Open the desk
login-account = Account
login-passkey = Use a passkey
passkey-bad = This passkey does not open it. Please use the passphrase.
passkey-unable = This browser or key cannot hold such a passkey. Please use the passphrase.
passkey-no-address = Passkeys need an https address with a name. This desk has none yet.
passkey-taken = This machine has a passkey of the account already.
passkey-many = There are as many passkeys as can be. Please remove one.
passkey-gone = This passkey was removed already.
passkey-elsewhere = This machine does not know the account. Please log in by passphrase and 24 words once.
login-passphrase = Passphrase (five words)
login-show = Show
login-hide = Hide
login-open = Unlock
login-opening = Unlocking, about a second.
login-bad = The account or the passphrase is wrong.
login-wait = Too many tries. Please wait a minute and try again.
login-again = The session has ended. Enter your passphrase to go on.
login-locked-now = Locked. Enter your passphrase to go on.
login-authority = The list is no longer signed by the same authority. Do not log in; tell the operator at once.
login-blob = The passphrase is right but the key kept on the server does not open. Tell the operator.
login-lost = Forgot the passphrase or lost the 24 words
login-lost-how = Nobody can open the old key again. See your chief: take a new enrolment link, and read your 20 digits to whoever signs the list. Then a colleague who can read the tips hands their keys over to you, under Hand over keys.
login-words-title = This device has no key yet
login-words-why = The passphrase is right, but this device has never held this account. Enter the 24 words from enrolment.
login-words-label = The 24 recovery words, in order
login-words-count = { $count } / { $of } words
login-words-unknown = The word “{ $word }” is not in the list. Look at your paper again.
login-words-go = Unlock on this device
login-words-wrong = These words do not open the key. Check each word and the order.
enrol-title = Officer's enrolment
enrol-step = Officer's enrolment, step { $step }/{ $of }
enrol-opening = Looking at the link…
enrol-to-login = To the log-in page
enrol-link-cut = The enrolment link is cut short. Open the whole link you were given.
enrol-link-bad = The enrolment link is used or expired. Ask the operator for a new one.
enrol-clock = The clock of this device is wrong. Set date and time, then open the link again.
enrol-old-browser = This browser is too old, or the page is not on https. Use a new Chrome, Edge or Firefox.
enrol-link = This link is for
enrol-officer = Officer
enrol-unit = Unit
enrol-role = Role
enrol-until = Valid until
enrol-until-at = { $time } on { $day }
enrol-need = You need five minutes, pen and paper, and nobody watching the screen.
enrol-not-me = If this is not you, stop and tell whoever sent the link.
enrol-begin = This is me, begin
enrol-phrase = Choose a name, learn five words
enrol-account-rule = Small letters without marks, digits, dots, dashes; 2 to 32 characters.
enrol-phrase-label = Your passphrase
enrol-phrase-why = The device chose five words that nobody can guess. Type them with or without marks.
enrol-phrase-next = I remember them
enrol-phrase-other = Five other words
enrol-repeat = Type the five words again
enrol-repeat-label = The passphrase you just learned
enrol-repeat-next = Make the keys
enrol-repeat-back = See the five words again
enrol-repeat-wrong = Not the same. Type again, or look at the five words.
enrol-making = Making your keys
enrol-making-why = The keys are made on this device, in about a second. The server never sees them unlocked.
enrol-keys-failed = This device could not make the keys. Close some programs and try again.
enrol-words = Copy 24 recovery words onto paper
enrol-words-why = A new device or a cleared browser needs these 24 words. They show once; nobody can reissue them.
enrol-words-keep = Keep the paper hidden, away from the passphrase. Take no photo and send it over no network.
enrol-words-next = I have copied them
enrol-check = Check your copy
enrol-check-word = Word number { $n }
enrol-check-next = Next
enrol-check-back = See the 24 words again
enrol-check-wrong = Not right. Count again on paper, or look at the 24 words.
enrol-unsent = Not sent, the server cannot be reached. Press again to send.
enrol-name = Choose another name
enrol-name-next = Send again
enrol-account-bad = The account name holds a character that cannot be used. Choose another; the keys stay.
enrol-account-taken = Somebody uses this account name. Choose another; the keys stay as they are.
enrol-digits = Read these 20 digits to whoever approves
enrol-digits-label = Key mark, four groups of five digits
enrol-digits-how = By phone or in person. The new list is signed only if every digit is right.
enrol-digits-demo = Demonstration: the list is signed at once, there is nobody to read to.
enrol-digits-next = Read, all 20 digits are right
enrol-digits-differ = A digit is different
enrol-digits-stop = Stop: the key may have been swapped. Close the page and tell the operator at once.
enrol-waiting = Waiting for approval
enrol-waiting-how = When the new list is signed, this page goes on by itself. You may close it; come back with your passphrase.
enrol-waiting-close = Close, come back later
enrol-other-key = The signed list holds another key than yours. Stop; tell whoever approves at once.

## 22. The authority's page, on a machine without network (auth-*)

auth-title = Signing lists of keys
auth-other-language = Tiếng Việt
auth-key-open = Signing key is open
auth-step = Step { $step } of { $of }
auth-next = Next
auth-busy = Working
auth-busy-folder = Reading the folder…
auth-busy-digits = Working out digits: officer { $done } of { $of }
auth-busy-signing = Signing: { $done } of { $of }
auth-failed = This machine could not do that. Close the page, open it again and start over.
auth-open = Open the folder of the signing key
auth-open-how = Choose the folder that holds { $file }. The key stays in this page's memory alone and is gone when you close it.
auth-open-choose = Choose the folder
auth-open-asks = The browser may ask whether to “upload”. The files come into this page only and go nowhere.
auth-online = This machine seems to be on a network. Better unplug it before you open the key.
auth-today = The day on this machine: { $day }. If it is wrong, set the clock before you sign.
auth-make-first = No signing key yet?
auth-make-why = Each installation needs one signing key, made once and kept for good.
auth-make = Make a new signing key
auth-make-how = The page makes the key, locks it with five words and hands out the file { $file }. Save it into a folder of its own on a stick.
auth-make-public = The key's public part, for setting up the server (hopthu init). Anybody may see it.
auth-make-keep = Copy the folder with { $file } to a second safe place. Never onto a server. Delete what is left of it among the downloads.
auth-make-done = Saved, open the folder
auth-unlock = Type the key's passphrase
auth-unlock-label = The signing key's five words
auth-unlock-how = With or without marks.
auth-unlock-go = Unlock
auth-lock = Lock the key with a passphrase
auth-lock-why = This key's file has no passphrase: whoever gets the file can sign.
auth-lock-how = The page locks the file { $file } with five words. From now on it takes both, file and words, to open it.
auth-lock-keep = Put the { $file } you just saved over the old one in the folder of the key. Delete every older copy elsewhere, and among the downloads. Then open the folder again.
auth-words = Five words, the passphrase
auth-words-keep = Copy the five words onto paper and keep it apart from the key's file. If they are forgotten, nobody can open it.
auth-words-again = Type the five words again
auth-words-save = Lock and save { $file }
auth-task = Choose what to do
auth-key-public = Signing key
auth-kept = Signed before
auth-kept-count = { $count ->
    [one] { $count } unit
   *[other] { $count } units
  }
auth-kept-none = nothing yet
auth-requests = Sign new requests
auth-requests-how = Request files from the server (hopthu unit requests): one ZIP archive, or several .json files.
auth-requests-choose = Choose request files
auth-renew = Renew
auth-renew-how = Sign again for the same people, 90 days more at most. No request is needed and nobody is compared again.
auth-renew-choose = Choose units to renew
auth-shorten = Shorten
auth-shorten-how = Sign again so that lists end earlier, or without officers who leave.
auth-shorten-choose = Choose units to shorten
auth-close-key = Done, close the signing key
auth-refused = Files not taken: { $count }
auth-compare = Compare digits
auth-compare-how = Call each officer and hear the 20 digits on his screen. Press Same only if every digit is right.
auth-compare-none = Nobody is to be compared: all of them stand on lists that were signed before.
auth-compared = Looked at { $said } of { $of }.
auth-compared-other = Not the same: { $count }.
auth-compare-later = A unit waits while somebody of it is not compared; it can be signed later.
auth-next-unit = Next unit
auth-unit-done = signed before, will be handed out again
auth-unit-other = something is not the same
auth-unit-left = still to look at: { $count }
auth-unit-compared = all looked at
auth-unit-known = nothing new
auth-unit-about = List number { $n }, installation { $site }.
auth-unit-demo = A DEMONSTRATION, not for real use.
auth-unit-name = { $name }, code { $unit }.
auth-unit-parent = Unit above: { $parent }.
auth-unit-top = No unit above.
auth-unit-right = This is the unit
auth-unit-wrong = Not right
auth-unit-wrong-told = This unit will not be signed. Ask whoever runs the server.
auth-first = first sheet of this unit
auth-name-was = name was { $was }
auth-parent-was = parent was { $was }
auth-parent-none = parent was none
auth-role-duty = Duty officer
auth-role-chief = Chief
auth-role-investigator = Investigator
auth-role-operator = Operator
auth-from = From { $day }.
auth-until = Until the end of { $day }.
auth-digits = 20 digits of { $name }, four groups of five
auth-same = Same
auth-other = Not the same
auth-other-told = This officer will not be signed. Hear the digits again; if they stay other, the key may have been swapped, tell the operator at once.
auth-goes-on = This unit goes on for: { $units }.
auth-known = As on the list before, not to be compared again: { $names }.
auth-gone = Not on the list any more: { $names }.
auth-ended = Time in the role is over: { $names }.
auth-nobody = Nobody is on the list.
auth-choose-renew = Units with less than { $days } days left are chosen already.
auth-choose-shorten = Choose units; tick whoever leaves below the unit's name.
auth-choose-newest = This page knows only the sheets kept beside the key. If the server has a higher number, stop: copy that sheet into the folder of the key first.
auth-find = Find by code or name
auth-find-none = No unit fits.
auth-chosen = Chosen: { $count } of { $of }
auth-choose-shown = Choose all shown
auth-choose-none = Choose none
auth-sheet-about = number { $n }, officers: { $count }, until the end of { $day }
auth-sheet-newest = Newest sheet known here: number { $n }, of { $day }.
auth-sheet-holds = Officers: { $count }, until the end of { $day }
auth-days = (days left: { $count })
auth-over = (over)
auth-leaving = Who leaves the list?
auth-dates = Until which day
auth-dates-requests = Left empty it is as requested, mostly 90 days. Choose a day to end earlier.
auth-dates-renew = Left empty it is 90 days from today. Choose a day to end earlier.
auth-dates-shorten = Choose the new last day. It may stay empty if officers only leave.
auth-last-day = Last day
auth-last-day-is = Good for this many days from today: { $count }.
auth-leave-out = Units with officers not compared or not the same: sign them without these officers
auth-summary = Look once more, then sign
auth-summary-how = What stands here is signed, and nothing else.
auth-summary-none = There is nothing to sign.
auth-plans-ready = To be signed: { $count }
auth-plans-already = Signed before, handed out again: { $count }
auth-plans-waiting = Waiting: { $count }
auth-plans-refused = Not signed: { $count }
auth-not-compared = not compared, or not the same: { $names }
auth-sign = { $count ->
    [one] Sign { $count } list
   *[other] Sign { $count } lists
  }
auth-hand-out = Hand out again
auth-out = Take the signed lists
auth-out-how = Signing is done. Lists: { $count }.
auth-out-save = Save the ZIP archive
auth-out-keep = Save it right in the folder of the key. There page and command see next time who was compared.
auth-out-check = Choose the saved file again: the page reads whether everything is in it.
auth-out-check-choose = Choose the saved file
auth-out-take = Take a copy to the server:
auth-out-unsaved = What was saved has not been read back yet. If you close the page now, you may have to sign again.
auth-out-saved = What was saved was read back and is complete. Sheets: { $count }.
auth-out-single = Save single files
auth-out-more = Do something else
auth-no-request = this file is no request for a unit sheet
auth-no-several = several of these files ask for this unit: leave one
auth-no-demo = says that it is a demonstration's and the sheet before not, or the other way round
auth-no-gone-on = unit { $heir } goes on for unit { $unit }: nothing is signed for that one any more
auth-no-goes-on = goes on for other units than the sheet before: only hopthu authority merge says so
auth-no-day = is of a day that this machine's clock has not reached: look at both clocks
auth-no-old = is too old, its sheet would be over already: have a new request written
auth-no-number = asks for number { $n }, and number { $before } was signed here: take that sheet in, write a new request
auth-no-far = asks for number { $n }, far beyond number { $before }: something is wrong on the server
auth-no-recovery = names a recovery identity that this folder does not know: whoever holds it would read every tip of the unit; if it is yours, put its key, or the unit's newest sheet under signed/, into this folder
auth-no-recovery-damaged = the unit's recovery identity in this folder is damaged
auth-no-key = there is no authority.key in this folder
auth-no-one-key = this folder holds several files authority.key: choose the folder of one key
auth-no-key-damaged = the authority.key in this folder is damaged
auth-no-passphrase = these are not the five words, or the authority.key is damaged
auth-no-saved = { $count } of the signed sheets are lacking: choose the right file, or save again
auth-no-foreign = { $file } beside the key is no sheet of this authority: see why
auth-no-sheet = this sheet cannot be signed: keys, serials or dates are wrong
auth-no-90 = no sheet ends before its day or lives longer than 90 days
auth-no-longer = the sheet in hand is good for as long already
auth-no-shorter = that day is over, or not before the end of the sheet in hand
auth-no-officers = none of these officers is on this unit's sheet
auth-no-clock = this machine's clock is behind the sheet in hand: set it
auth-no-change = choose a day, or go back and tick who leaves
auth-no-such-day = there is no such day
auth-no-file = no file in { $file } ends with { $ending }
auth-no-many = there are more than 10000 files
auth-no-large = the file { $file } is too large
auth-no-archive = the archive { $file } is broken, or locked
auth-no-read = the browser cannot read the file: choose it again
auth-no-browser = this browser is too old: use a new Chrome, Edge or Firefox

## 23. The desk: units, boxes, roster, hotlines, officers (org-*)

org-list-units = Units
org-list-boxes = Boxes
org-list-hamlets = Hamlets, groups
org-list-hotlines = Numbers
org-list-roster = Duties
org-list-swaps = Swaps
org-list-holidays = Holidays
org-list-officers = Officers
org-new-units = Add a unit
org-new-boxes = Add a box
org-new-hamlets = Add a hamlet
org-new-hotlines = Add a number
org-new-roster = Add a duty
org-new-swaps = Swap a day
org-new-holidays = Add holidays
org-new-officers = Invite an officer
org-empty-units = There is no unit under this one.
org-empty-boxes = No box hangs here yet.
org-empty-hamlets = There is no list of hamlets yet.
org-empty-hotlines = There is no number on this board yet.
org-empty-roster = No duties yet: whatever comes is told to the chief.
org-empty-swaps = No duty is swapped.
org-empty-holidays = There are no holidays yet.
org-empty-officers = There is no officer here yet.
org-import-file = Import from a file
org-none-fit = No row fits the filter.
org-figure-boxes = { $done }/{ $of } hamlets with a box
org-figure-boards = { $done }/{ $of } hamlets with a board of numbers
org-figure-no-hamlets = No list of hamlets to count by
org-figure-units =
    { $count ->
        [one] One unit
       *[other] { $count } units
    }
org-figure-stale =
    { $count ->
        [0] Every number was called to check
        [one] One number wants calling
       *[other] { $count } numbers want calling
    }
org-figure-locked =
    { $count ->
        [one] one open tip that no officer can open
       *[other] { $count } open tips that no officer can open
    }
org-figure-waiting =
    { $count ->
        [0] Nobody waits for approval
        [one] One waits for approval
       *[other] { $count } wait for approval
    }
org-filter = Filter
org-filter-hint = Filter ( / )
org-past-units = Ended units too
org-past-boxes = Closed boxes too
org-past-officers = Removed ones too
org-past-swaps = Past days too
org-past-holidays = Past days too
org-past = ended
org-tree = Units
org-yes = yes
org-no = no
org-none = None
org-optional = (optional)
org-add = Add
org-added = Added.
org-save = Save
org-saved = Saved.
org-fault = Not accepted: { $column }
org-col-unit = Unit
org-col-code = Code
org-col-boxes-code = Link code
org-col-hamlet = Hamlet
org-col-label = Label
org-col-label-vi = Label, Vietnamese
org-col-label-en = Label, English
org-col-place = Place
org-col-contact-role = Looked after by
org-col-contact-reach = How to reach them
org-col-closed = Closed
org-col-successor = Replaced by
org-col-state = State
org-col-name = Name
org-col-name-vi = Name, Vietnamese
org-col-name-en = Name, English
org-col-board = Board seen on
org-col-parent = Unit above
org-col-contact = Telephone
org-col-retention = Days that decided tips are kept
org-col-hold = Erase nothing for now
org-col-valid-from = From
org-col-valid-to = Until
org-col-number = Number
org-col-role = Who answers
org-col-role-vi = Who answers, Vietnamese
org-col-role-en = Who answers, English
org-col-officers-role = Role
org-col-hours = Hours
org-col-hours-vi = Hours, Vietnamese
org-col-hours-en = Hours, English
org-col-kind = Kind
org-col-checked = Called on
org-col-day = Day
org-col-span = Hours
org-col-from = From
org-col-to = To
org-col-officer = Officer, account
org-col-account = Account
org-col-serial = Serial
org-col-status = State
org-col-digits = 20 digits
org-box-open = In use
org-box-closed = Closed
org-box-leads = Closed, leads to { $code }
org-box-links = Ways into the box
org-box-web = Web page
org-box-telegram = Telegram
org-box-zalo = Zalo; the first message there: { $code }
org-box-qr = QR code of the box { $code }
org-box-qr-get = Save the QR code
org-box-end = Close this box
org-box-ask = Close the box? Its old code and link still open, and lead to what is chosen below.
org-box-next = The old code leads to
org-box-to-unit = The unit, through no box
org-box-yes = Close the box
org-box-ended = The box is closed.
org-box-hang = Use this box again
org-box-again = The box is in use again.
org-lacks-box =
    { $count ->
        [one] One hamlet without a box
       *[other] { $count } hamlets without a box
    }
org-lacks-box-one = { $name } has no box
org-lacks-box-add = Add
org-lacks-board =
    { $count ->
        [one] One hamlet where no board was seen
       *[other] { $count } hamlets where no board was seen
    }
org-lacks-board-one = { $name }: no board was seen
org-lacks-board-add = Seen today
org-copy = Copy
org-copy-of = Copy: { $what }
org-copied = Copied.
org-copy-not = The browser does not let us copy. Please select it and copy.
org-posters = Print posters
org-posters-how = Every box in use of this unit has a page, in one PDF file.
org-poster-size = Paper
org-size-a4 = A4, for a wall
org-size-a3 = A3, for a large wall
org-size-a5 = A5, to hand out
org-size-cards = Key-ring cards, ten on an A4 sheet
org-poster-bare = { $count ->
    [one] One unit has
   *[other] { $count } units have
} no number: posters give its name alone, to tell of a covered code. Add one under Numbers.
org-poster-both = In both languages, Vietnamese and English
org-poster-get = Save the PDF
org-poster-printing = The PDF is being made…
org-import = Import
org-import-how = Choose a CSV or XLSX file. If one row is wrong, none is written; columns that are not in it stay.
org-import-columns = Columns: { $columns }.
org-import-roster = The file replaces the whole week of each unit that it names.
org-file = File
org-import-go = Import this file
org-importing = Importing…
org-taken = New { $new }, changed { $changed }, as before { $same }.
org-rows-wrong =
    { $rows ->
        [one] One row is wrong. Nothing was written.
       *[other] { $rows } rows are wrong. Nothing was written.
    }
org-file-wrong = This file cannot be used. Nothing was written.
org-export = Export
org-export-how = The table of this unit. It can be changed in a spreadsheet and imported again.
org-export-as = Save { $kind }
org-day-mon = Monday
org-day-tue = Tuesday
org-day-wed = Wednesday
org-day-thu = Thursday
org-day-fri = Friday
org-day-sat = Saturday
org-day-sun = Sunday
org-day-holiday = holidays
org-hour = { $hour } h
org-span = { $from }–{ $to } h
org-span-next = { $from }–{ $to } h next day
org-hours = { $span } h
org-week = Week of duties
org-week-before = Week before
org-week-this = This week
org-week-after = Week after
org-nobody = nobody yet
org-gaps =
    { $count ->
        [one] One stretch of hours without anybody
       *[other] { $count } stretches of hours without anybody
    }
org-gaps-none = Somebody is on duty at every hour of the week.
org-gap = { $day }, { $span } h: nobody yet → { $to }
org-duty-end = Take this duty out
org-duty-ask = Take this duty out of every week?
org-duty-yes = Take it out
org-duty-gone = The duty is taken out.
org-number-end = Take this number off
org-number-ask = Take this number off the board?
org-number-yes = Take it off
org-number-gone = The number is off the board.
org-tel-rule = Mobile 10 digits, landline 11 with its area code, 069 of the police, 1800, 1900, or a short number like 113.
org-tel-is = { $shown }: { $kind }
org-tel-kind-short = short number
org-tel-kind-mobile = mobile
org-tel-kind-landline = landline
org-tel-kind-network = line of the authorities
org-tel-kind-free = free of charge
org-tel-kind-paid = costs money
org-tel-mobile = Mobile: 10 digits. There are { $digits }.
org-tel-landline = Landline: 11 digits with its area code. There are { $digits }.
org-tel-network = Police line: 069 and 7 more digits. There are { $digits }.
org-tel-free = 1800 and 4 to 6 more digits. There are { $digits }.
org-tel-paid = 1900 and 4 to 6 more digits; callers pay. There are { $digits }.
org-kind-police = Police
org-kind-leaders = Leaders
org-kind-other = Other
org-kind-by-role = As who answers
org-national = The whole country
org-number-of = Of { $unit }
org-number-stale = Wants calling
org-called-today = Called today to check
org-called = Noted: { $number } was called today and answered as said.
org-call = Call
org-board = See the board
org-board-line = People see this
org-board-open = Open the board's page as people see it
org-status-requested = Waits for approval
org-status-active = On the sheet
org-status-removed = Removed
org-waiting =
    { $count ->
        [one] One waits for approval
       *[other] { $count } wait for approval
    }
org-waiting-how = Compare the 20 digits with that person, by telephone or face to face: type what you hear. If they fit, the next request has this person.
org-digits = 20 digits of the keys this person uses
org-invite = Invite an officer
org-invite-name = Name shown at the desk
org-invite-go = Make the link
org-invited = Enrolment link of { $name }, to be used once, before { $time } on { $day }.
org-invited-once = The link is shown this once. Hand it to the person invited; whoever opens it first can enrol.
org-link = Enrolment link
org-role-duty = Reads and answers tips. Sees duties, boxes, numbers.
org-role-chief = Reads tips. Changes units, boxes, duties, numbers and officers of this unit and those under it.
org-role-operator = Can read no tip. Changes units, boxes, duties, numbers and officers.
org-remove = Remove this officer
org-remove-ask = Remove { $name }? There is no log-in for this person any more. New tips go on being sealed to this person until the next signed list.
org-remove-sole =
    { $count ->
        [one] One open tip can be opened by this person alone: once removed, no officer can open it any more, but with the unit’s recovery key.
       *[other] { $count } open tips can be opened by this person alone: once removed, no officer can open them any more, but with the unit’s recovery key.
    }
org-remove-yes = Remove the officer
org-removed = Removed. Please tell whoever signs the list today.
org-unit-staffed = Somebody reads here
org-unit-sheet =
    { $days ->
        [one] Somebody reads here; one day of the list is left
       *[other] Somebody reads here; { $days } days of the list are left
    }
org-unit-nobody = Nobody reads here yet
org-unit-ended = Ended on { $day }
org-unit-merged = Is { $unit } now, from { $day }
org-merge = Merge into another unit
org-merge-into = The unit that goes on
org-merge-choose = Choose a unit
org-merge-when = From
org-merge-next = Look again
org-merge-ask = { $old } ends on { $day }. Links, boxes and numbers lead to { $into }. This cannot be undone.
org-merge-yes = Merge
org-merged = The merger is noted.
org-history-none = No change was noted yet.
org-by-command = a command on the server
org-gone = taken out
org-became = { $column }: { $text }
org-choose = Choose
org-now = The newest
org-now-gone = This row was taken off.
org-leave-ask = What was just changed is not saved. Discard it?
org-leave-links = The table of links was not saved. Closed, it is gone. Discard it?
org-leave-yes = Discard
org-leave-no = Stay
org-col-order = Place
org-col-instead = Stands in
org-col-swaps-officer = Away
org-col-working = Worked
org-off = Off
org-worked = Worked
org-off-day = Off: { $name }
org-worked-day = Worked: { $name }
org-order = Put in order
org-order-roster = Of several on duty at once the one above is told first and answers.
org-order-hotlines = People see the board in this order.
org-order-few = This unit has fewer than two rows: nothing to put in order.
org-up = Up: { $what }
org-down = Down: { $what }
org-order-save = Save the order
org-ordered = The order is saved.
org-swap-how = Whatever begins on this day and is of the one who is away, the other one takes over. The week stays as it is.
org-swap-off = Away
org-swap-on = Stands in
org-swap-go = Note the swap
org-swapped = The swap is noted.
org-swap-undo = Take back the swap
org-unswapped = The swap is taken back. That day is as the week says.
org-holiday-how = Whoever stands on “holidays” stands on these days, in { $unit } and the units below.
org-holiday-first = From
org-holiday-last = To the end of
org-holiday-name = What it is called, if anything
org-holiday-working = Worked instead of another day
org-holiday-go = Note the holidays
org-holiday-added = The holidays are noted.
org-holiday-unnamed = holiday
org-holiday-undo = Take off the holiday
org-holiday-gone = It is no holiday any more.
org-hamlet-end = End this hamlet
org-hamlet-ask = End { $name }? Its boxes hang on, and belong to what is chosen below.
org-hamlet-into = Goes on as
org-hamlet-none = Nothing
org-hamlet-yes = End it
org-hamlet-ended = { $name } has ended.
org-invite-many = Invite by table
org-invite-many-how = Choose a CSV or XLSX file with the columns unit, name, role (duty, chief, operator; empty means duty). If one row is wrong, nobody is invited. 200 people at most at once.
org-invite-many-go = Make links for the table
org-invited-many = Enrolment links made: { $count }, each to be used once, before { $time } on { $day }.
org-invited-many-once = The links are there this once. Save the table, hand each person their own, then delete the file.
org-invited-get = Save the table of links
org-list-routes = Sent on by kind
org-list-sheets = Signed lists
org-new-routes = Add a receiver
org-empty-routes = No kind of matter is sent elsewhere yet.
org-empty-sheets = No unit needs a list yet.
org-figure-approved = { $count } to be signed
org-figure-asking =
    { $count ->
        [0] No unit needs a new list
        [one] One unit needs a new list
       *[other] { $count } units need a new list
    }
org-col-category = Kind of matter
org-col-target = Goes to
org-col-n = List number
org-col-until = Ends
org-col-officers = People
org-col-new = To come
org-col-leaving = To leave
org-status-approved = 20 digits fit, to be signed
org-heard = The 20 digits just read to you
org-heard-typed = { $typed } of { $of } digits
org-approve = Compare and approve
org-approved = The 20 digits of { $name } fit. The next request has them.
org-other-digits = They do not fit. Hear each digit again. If they still differ, do not approve: remove this person and invite again.
org-no-requests = No unit here needs a new list.
org-route-staff = About the unit's own officers
org-route-stays = Stays: it names the unit itself, or nobody reads there
org-route-goes = { $unit } receives it
org-route-end = Take this back
org-route-ask = Take this back? This kind then goes as the unit above says; if it says nothing, it stays.
org-route-yes = Take back
org-route-gone = Taken back.
org-sheet-days =
    { $days ->
        [one] One day left
       *[other] { $days } days left
    }
org-sheet-none = No list yet
org-sheet-over = Over
org-sheet-missing = The newest list is missing: take it in again
org-sheet-asks = Needs a new list
org-sheet-ask = Make requests
org-sheet-ask-how = One file with the requests of { $unit } and the units below it: where digits fit, somebody was removed, or under 30 days are left.
org-sheet-ask-then = Carry the file to the machine of whoever signs. There everybody new is compared again, then signed. It holds unit names, accounts and public keys only.
org-sheet-get = Download the requests
org-sheet-bring = Take signed lists in
org-sheet-bring-how = Choose the files of lists, or the ZIP file, brought from the machine of whoever signs.
org-sheet-bring-go = Take in
org-sheet-brought = { $done } of { $of } lists done.
org-sheets-brought = The lists were read.
org-sheet-taken = { $unit }: list { $n } is in force, people: { $count }.
org-sheet-already = { $unit }: list { $n } was in force already.
org-sheet-out = Off the list: { $names }
org-sheet-ended = It goes on for { $unit }.
org-sheet-all-the-same = Take it in all the same
org-sheet-no-file = There is no list (.txt) in it.
org-sheet-archive = The ZIP file is broken, locked or too large.
org-sheets-past = Lists that were signed
org-sheet-past = Number { $n }, { $from } to { $to }
org-sheet-came = Came: { $names }
org-sheet-left = Left: { $names }
org-sheet-next = The next list
org-sheet-adds = Adds { $name }, { $role }
org-sheet-drops = Drops { $name }
org-sheet-same = The same people
org-sheet-uncompared =
    { $count ->
        [one] One more waits whose digits were not compared, and is not asked for
       *[other] { $count } more wait whose digits were not compared, and are not asked for
    }
org-status-removed-listed = Removed, still on the signed sheet
org-history-term = Changes are kept for 5 years, then erased; those of officers, duties and swaps for 2.
org-chain-good = Agrees with the log, number { $n }
org-chain-bad = Does not agree with the log
org-chain-unread = Could not be compared with the log
org-chain-other = Told in the log of { $unit }

## 24. Officers' desk: passing a tip on to another unit (forward-*)

forward-title = Pass the tip on to another unit
forward-to = Unit that receives it
forward-find = Type the unit's name
forward-none = No such unit that somebody reads for. Please type another name.
forward-passed = The reporter did not send it to { $unit }. It is not passed on to there.
forward-why = Why do you pass it on?
forward-hint = For example: it happened in that unit's area
forward-sealed = The reason is locked into the tip, for the officers of both units. The reporter is not shown it.
forward-sure = Pass tip { $number } on to { $unit }?
forward-means-gone = Your unit cannot open this tip any more. What was read stays known.
forward-means-log = This is signed, and noted in the logs of both units.
forward-means-quiet = The reporter sees no change. They can still add to it and get answers.
forward-go-choose = Go on
forward-go-sure = Pass on
forward-go-gone = To the list
forward-back = Back
forward-going = Passing on…
forward-done = Passed on to { $unit }. The tip is no longer in your unit's list.
forward-failed = Not passed on. Please try again.
forward-nobody = Not passed on: this unit has no list of keys that can be used.
forward-passed-over = The reporter did not send it to this unit. It cannot be passed on to there.
forward-sheet = The receiving unit's list of keys has just changed. Please try again.
forward-closed = The tip is closed and cannot be passed on.
forward-gone = The tip is no longer with this unit. Please look at the log.

## 25. Officers' desk: keys change hands (hands-*)

hands-over = Hand over to somebody
hands-over-how = Whoever receives can read every tip that you can read. Passphrases are given to nobody.
hands-to = Who receives
hands-choose = Choose somebody
hands-nobody = Nobody else on the list reads tips
hands-everybody = Everybody on the list can read it already
hands-digits = Have { $name } read out their 20 digits, and compare each:
hands-lacking =
    { $count ->
        [0] { $name } can open every tip that you can open.
        [one] { $name } cannot open one tip that you can open.
       *[other] { $name } cannot open { $count } tips that you can open.
    }
hands-go =
    { $count ->
        [one] Hand over one tip
       *[other] Hand over { $count } tips
    }
hands-go-on = Go on, { $count } left
hands-progress-of = How far it is
hands-progress = { $done } / { $of }, about { $seconds } seconds left
hands-running = { $done } / { $of }
hands-paused = Paused at { $done } / { $of }. What is done stays done.
hands-done =
    { $done ->
        [one] Done: one tip.
       *[other] Done: { $done } tips.
    }
hands-broken = Stopped at { $done } / { $of }. { $why } What is done stays done; press again to go on.
hands-pause = Pause
hands-leave = The page may be closed. Next time it goes on from here.
hands-failures =
    { $count ->
        [one] One tip is left
       *[other] { $count } tips are left
    }
hands-why-badkey = your key does not open it
hands-why-tampered = what it says does not match its signatures
hands-why-passed-over = the reporter did not send it to this person
hands-why-passed-unknown = not known whether this person is of the unit that the reporter passed over
hands-why-stranger = somebody holds a key that the log does not show as given, or shows as taken back; a chief takes it back, then do it again
hands-why-unnamed = there is one reader more, look at the names and go on
hands-why-changed = it has just changed, do it again
hands-new = New keys once somebody reads no more
hands-new-how = Whoever reads no more still holds the old key. Under a new key they open nothing that comes after it. The reporter and those who read on have nothing to do.
hands-stale =
    { $count ->
        [0] No tip needs a new key.
        [one] One tip needs a new key.
       *[other] { $count } tips need a new key.
    }
hands-new-go =
    { $count ->
        [one] Change the key of one tip
       *[other] Change the keys of { $count } tips
    }
hands-lost = Forgotten passphrase, new device
hands-lost-how = New device: log in, then enter the 24 words you copied. Forgotten passphrase or lost words: enrol again, wait for the new list, then somebody who can read hands over to you on this page.
hands-give = One more reader of this tip
hands-give-go = Give access
hands-take = Take a key back
hands-take-sure = Take back { $name }'s key?
hands-take-known = What was opened stays known to them.
hands-take-new = Change the tip's key afterwards, under Hand over keys, so that they open nothing new.
hands-take-go = Take back
hands-log = This is signed, and noted in the log.
hands-cut-how = The tip goes on under another key. What does not open stays, but is set aside.
hands-readers = Who reads on: { $names }.
hands-failed = Not done. Please try again.
hands-off-sheet = This person is not on the unit's list of keys in force.
hands-badkey = Your key does not open this tip.
hands-passed-over = The reporter did not send it to this person.
hands-passed-unknown = It is not known whether this person is of the unit that the reporter passed over. Please try again later.
hands-stranger = Somebody holds a key that the log does not show as given, or shows as taken back. A chief takes it back; then do it again.
hands-changed = This tip has just changed. Please look at it again, then go on.
hands-last = Not taken back: nobody else can read this tip. Give somebody access first.
hands-chief = Only the unit's chief takes back the key of somebody else.

## 26. Sheets of a unit's recovery identity, printed on a machine off the network (recovery-*)

recovery-title = Sheet of the recovery key
recovery-number = Sheet { $n } of { $of }. { $threshold } sheets of the set are needed to use the key.
recovery-unit = Unit's code
recovery-day = Made on
recovery-mark = Mark of the key
recovery-holder = Kept where, by whom
recovery-warning = Whoever brings { $threshold } sheets together can read every tip of the unit.
recovery-words = The words below are English, by the international standard SLIP-39. Read them by their numbers, one column after the other. Type every letter as it stands, in this order.
recovery-do-seal = Keep it in a sealed envelope, under lock. Each sheet with another person, in another place.
recovery-do-copy = Take no photo, copy it into no machine, read it over no telephone.
recovery-do-use = When no officer can open tips any more, bring it to the machine of whoever signs the lists. That one is off the network: type the words there alone.
recovery-do-lost = If it is lost, or somebody else saw it, tell whoever signs the lists at once: a new set is made.
recovery-do-keep = Keep this sheet when there is a new set: it alone opens what was sent before.

## 27. Officers' desk: keys (keys-*)

keys-passkeys = Passkeys
keys-passkeys-what = A passkey is a fingerprint, the code that opens this machine, or a USB key. It stands for the passphrase where this account was enrolled or restored.
keys-passkeys-none = There is no passkey yet.
keys-passkey = Passkey { $n }, added on { $day }
keys-passkey-remove = Remove
keys-passphrase = Passphrase, to add a passkey
keys-passkey-add = Add a passkey
keys-busy = Working, a few seconds
keys-recovery = The unit's recovery key
keys-recovery-what = For tips that cannot be opened any more, where no colleague can give access again. Enough recovery sheets are needed.
keys-step-ask = Save the file of the tips you cannot open. It holds sealed keys alone, and no content.
keys-step-use = Take it, with the sheets, to the signer's machine, which is off the network. There the keys are sealed to the officers on the newest list.
keys-step-bring = Bring the file in that you get back.
keys-ask = Save the file
keys-bring = Bring the file in
keys-saved = The file is saved.
keys-coming = Taking keys in: { $done } of { $of } tips
keys-come = The keys of { $tips } tips are in. Please have new sheets made.
keys-recovery-log = This is signed and noted in the log. Every chief of the unit sees it.
keys-nothing-shut = No tip needs the recovery key.
keys-sheet-newer = The list of keys has changed since. Please save the file and use the sheets again.
keys-file-bad = This is not the file that comes back, or it is cut short.
keys-file-foreign = This file is another unit's.
keys-no-identity = The keys in this file are not the unit's: no list of keys names that recovery key.
keys-unproven = A key in this file does not open its tip on this device. None of this part was taken in; please use the sheets again.

## 28. Officers' desk: an act on a tip (case-*)

case-means-classified = The tip is classified; the time for checking runs.
case-means-verifying = The check begins or goes on. Where it begins anew, its time runs from now.
case-means-investigation = The file went to the investigation police. The time for checking stops here.
case-means-competent = The file went to another body. The time for checking stops here.
case-means-handled = Prosecuted or fined. The result is still to be notified.
case-means-insufficient = No prosecution, or no offence. The result is still to be notified.
case-means-suspended = Work on it rests, and the time for checking with it. A receipt not yet notified still has to be.
case-means-duplicate = It is read together with the other tip. Give the register number of that one.
case-means-false = It was checked and is not true. Counted by month alone, by no person.
case-means-abusive = It was sent to harass. Counted by month alone, by no person.
case-means-closed = After that nothing can be asked or answered. A chief can take it up again.
case-means-report = Reported and proposed to the head of the provincial investigation police.
case-means-notify = The prosecutors were written to. An anonymous reporter is answered through the box.
case-means-complex = Complex or in many places: 2 months to check it.
case-means-extend = The prosecutors extend it once, by 2 months at most.
case-means-hold = It is kept beyond its term until that is lifted: for a court, prosecutors or an inspection.
case-means-release = It is no longer kept. Once its term is over it is erased; officers are warned 72 hours before.
case-means-settle = What was said late needs no answer, and keeps the tip no longer.
case-seen-same = The reporter sees no change.
case-kind = Kind of matter
case-kind-choose = Choose the kind
case-kind-counted = Counted by unit and month; with the tip it is sealed.
case-of = Register number of the other tip
case-why = Reason
case-sure = { $what }: are you sure?
case-go = Note it
case-go-sure = Yes, note it

## 31. Officers' desk: the register book (book-*)

book-title = Take out the register book
book-what = Number, hour received, who received it, class, terms, result. What tips say is not in it.
book-year = Year
book-go-xlsx = Save as a table
book-go-pdf = Save the PDF to print
book-log = The log tells who took it out and what for.
book-done = Saved on this machine.
book-close = Close

## 30. Officers' desk: one tip as a file (export-*)

export-title = Take the tip out
export-what = This machine packs the whole tip into a ZIP file: each sealed part, a sealed PDF to read, the tip's own key, and how to open it.
export-means-out = Whoever has the file and its five words reads the whole tip, even after officers' keys are taken back.
export-means-words = The five words show once. Hand them over by another way than the file.
export-means-log = The log tells who took it out and what for. The reporter sees nothing of it.
export-purpose = What for
export-choose = Choose one
export-go = Sign and take out
export-going = Packing…
export-coming = Fetching attachments: { $come } / { $all }
export-failed = It could not be taken out. Nothing left the desk. Please try again.
export-large = The attachments are more than 512 MB, too much for a browser to pack. Save them one by one.
export-saved = Signed in the log. { $file } was saved on this machine.
export-words = Copy these five words on paper before you close:
export-words-how = Type them as they stand: no marks, with hyphens.
export-print-warn = The copy to print is not locked: whoever opens this machine can read it. Delete it once printed.
export-print = Save the PDF to print
export-close = I copied them, close
export-doc-title = Tip { $number }
export-doc-received = Received
export-doc-hour = { $hour }:00, { $day }
export-doc-box = Box
export-doc-kind = Kind chosen by the reporter
export-doc-status = State
export-doc-by = Taken out by
export-doc-purpose = Taken out
export-doc-made = At
export-doc-warn = The reporter is anonymous. What it says may not be true and may name others: for those responsible alone.
export-doc-file = Attachment: { $file } ({ $mime })
export-how = HOW TO READ THIS FILE
    { "" }
    What is in it
    000.age, 001.age …: each part of the tip as the server keeps it. 003-tep.age is the photo, recording, film or file of part 003.
    ban-doc.pdf.age: the whole tip, to read and print.
    khoa.age: the key of this tip alone, behind the five words shown once when it was taken out. It opens no other tip.
    manifest.json: SHA-256, author and day of each file; who took it out and what for; how far the log went.
    { "" }
    To open it
    1. Install the age tool, version 1.3 or newer: https://age-encryption.org
    2. Unpack the archive and open a command line in its folder.
    3. age -d -i khoa.age -o ban-doc.pdf ban-doc.pdf.age
       The tool asks for the five words: no marks, hyphens between them.
    4. Each part likewise: age -d -i khoa.age -o 001.txt 001.age
       The first line is the content, the second its signature, the rest is filling.
    5. Attachments end in zeros as filling; manifest.json has the real size (content.bytes).
       age -d -i khoa.age 003-tep.age | head -c SIZE > file
    { "" }
    To check it
    sha256sum of each file must be as in manifest.json. The unit's log has a line "export", signed by whoever took it out: it names the SHA-256 of manifest.json. Check the log by hopthu audit verify.
    Each part names the SHA-256 of the one before: prev. Its second line is an Ed25519 signature over "hopthu/v1/entry", a line end, and the first line. The reporter's key is in 000; officers' keys are on the unit's sheets.
    { "" }
    Keep it safe. Whoever has the file and the five words reads the tip.

## 29. Register book (register-*)

register-title = REGISTER OF TIPS OF { $year }
register-unit = Police of { $unit }
register-n = No.
register-received = Received
register-source = Source
register-officer = Received by
register-content = Content
register-class = Classification
register-due = Due
register-result = Result
register-ended = Ended
register-box = Tip box
register-sealed = Sealed, to be read at the desk
register-classified = Classified
register-unclassified = Not classified yet
register-gone = Passed on to { $unit }
register-erased = Erased once its term was over

# A checkpoint of the log, on paper.
checkpoint-title = CHECKPOINT OF THE LOG
checkpoint-unit = Unit
checkpoint-day = Day
checkpoint-number = Up to number
checkpoint-head = Last mark
checkpoint-about = This mark comes of all that officers signed in the box's log up to this number. It tells nothing of any tip.
checkpoint-check = Sign this sheet and keep it away from the server. Whoever has the log's file can check it later: once a line up to that number is changed, dropped or cut, the mark fits no more.
checkpoint-file = log-file.txt
checkpoint-chief = Chief of the unit
checkpoint-keeper = Kept by
