"""All tables; importing this registers every one in `metadata`. Owns no behaviour."""

from __future__ import annotations

from storage.tables.audit import Audit, AuditWaiting
from storage.tables.changes import Change
from storage.tables.conversations import Conversation
from storage.tables.drafts import DraftPart
from storage.tables.inbox import Inbox
from storage.tables.ladder import Call, LadderRung
from storage.tables.news import News
from storage.tables.notices import Notice
from storage.tables.officers import Enrolment, Officer, Session
from storage.tables.outbox import Outbox
from storage.tables.passkeys import Passkey
from storage.tables.phones import Phone, PhoneCode
from storage.tables.recoveries import Recovery
from storage.tables.register import Figure, Registered
from storage.tables.replies import KeptButton, ReplyAddress
from storage.tables.rosters import Duty, DutySwap, Holiday, Route
from storage.tables.settings import Setting
from storage.tables.subscriptions import Subscription
from storage.tables.tips import Entry, FormerKey, Grant, Mailbox, StaleKey, Tip, TipBlob
from storage.tables.traces import Trace
from storage.tables.units import Box, Hamlet, Hotline, Sheet, Unit
from storage.types import Base, table_of

metadata = Base.metadata

conversations = table_of(Conversation)
draft_parts = table_of(DraftPart)
inbox = table_of(Inbox)
outbox = table_of(Outbox)
traces = table_of(Trace)
units = table_of(Unit)
boxes = table_of(Box)
hamlets = table_of(Hamlet)
hotlines = table_of(Hotline)
sheets = table_of(Sheet)
duties = table_of(Duty)
duty_swaps = table_of(DutySwap)
holidays = table_of(Holiday)
routes = table_of(Route)
tips = table_of(Tip)
entries = table_of(Entry)
grants = table_of(Grant)
stale_keys = table_of(StaleKey)
former_keys = table_of(FormerKey)
mailboxes = table_of(Mailbox)
tip_blobs = table_of(TipBlob)
officers = table_of(Officer)
enrolments = table_of(Enrolment)
sessions = table_of(Session)
notices = table_of(Notice)
settings = table_of(Setting)
reply_addresses = table_of(ReplyAddress)
kept_buttons = table_of(KeptButton)
subscriptions = table_of(Subscription)
news = table_of(News)
audit = table_of(Audit)
audit_waiting = table_of(AuditWaiting)
changes = table_of(Change)
recoveries = table_of(Recovery)
rungs = table_of(LadderRung)
calls = table_of(Call)
register = table_of(Registered)
figures = table_of(Figure)
phones = table_of(Phone)
phone_codes = table_of(PhoneCode)
passkeys = table_of(Passkey)
