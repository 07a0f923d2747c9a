"""The desk's API as an officer's browser uses it, and as somebody who should not."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from acts import named
from fluent.runtime import FluentResource
from installation import BOX, UNIT, OfficerKeys
from integration.served import ChatPage, DeskBrowser, Served, b64, serve_product, unb64
from unit.service.pictures import opened, with_secrets
from unit.service.until import until
from websockets.exceptions import InvalidStatus

from bot.edge.http import desk as api
from bot.service.auditing import Trust, verify_export
from bot.service.desk.enrolment import invite
from bot.service.desk.login import FREE_TRIES, SESSION_LIVES
from crypto.acts import read_record
from crypto.sheets import verify_sheet
from crypto.tips import open_media
from storage.errors import Busy
from storage.repositories.enrolments import Enrolment

WORDS = "Có người bán ma túy ở đầu xóm"
LOCALES = Path(__file__).parents[2] / "locales"


def keys_of(language: str) -> set[str]:
    parsed = FluentResource((LOCALES / f"{language}.ftl").read_text("utf-8"))
    return {entry.id.name for entry in parsed.body if hasattr(entry, "id")}


KNOWN = keys_of("vi") & keys_of("en")


def error_of(answer: httpx.Response) -> tuple[int, str]:
    """Status and key; the key stands in both catalogues."""
    key = answer.json()["error"]
    assert key in KNOWN
    return answer.status_code, key


async def test_from_link_to_closed_tip(served: Served, page: ChatPage) -> None:
    async with DeskBrowser(served) as browser:
        told = (await browser.post("enrolment/open", token=served.invitation)).json()
        assert (told["unit"]["code"], told["role"], told["demo"]) == (UNIT, "duty", True)
        enrolled = (await browser.enrol()).json()
        assert (enrolled["officer"], enrolled["state"]) == ("trucban1", "active")
        assert (await browser.login()).status_code == 200
        assert unb64(browser.me["locked"])
        assert browser.me["authority"] == told["authority"]
        await page.file_tip(WORDS)
        (row,) = await browser.tips()
        assert (row["state"], row["entries"], row["news"]) == ("received", 2, False)
        assert row["answerable"] == enrolled["serial"]
        found = await browser.open(row["id"])
        assert found.thread.opening.box == BOX
        assert {reader["recipient"]: reader["opened"] for reader in found.readers} == {
            enrolled["serial"]: True,
            "recovery": False,
        }
        assert (await browser.take(row["id"])).json() == {"answerable": enrolled["serial"]}
        for answer in (
            await browser.write(row["id"], "question", "Mấy giờ?"),
            await browser.write(row["id"], "answer", "Cảm ơn"),
            await browser.write(row["id"], "case", "drug", "classified"),
            await browser.write(row["id"], "case", "Bịa", "false"),
        ):
            assert answer.status_code == 200
        assert await browser.tips() == []
        (closed,) = await browser.tips("all")
        assert (closed["state"], closed["entries"]) == ("closed", 7)


async def test_who_comes_second_seals_again(page: ChatPage, desk: DeskBrowser) -> None:
    await page.file_tip(WORDS)
    (row,) = await desk.tips()
    before = await desk.open(row["id"])
    assert (await desk.file(row["id"], before, "question", "Một")).json() == {"entries": 3}
    late = await desk.file(row["id"], before, "question", "Hai")
    assert (error_of(late), late.json()["entries"]) == ((409, "desk-newer"), 3)
    assert (await desk.write(row["id"], "question", "Hai")).json() == {"entries": 4}
    texts = [entry.text for entry in (await desk.open(row["id"])).thread.entries[1:]]
    assert texts == [WORDS, "Một", "Hai"]


async def test_a_photo_reaches_the_browser_clean(page: ChatPage, desk: DeskBrowser) -> None:
    assert await page.photo(with_secrets("JPEG", 6)) == 204
    await until(lambda: any(said["draft"] for said in page.said))
    await page.press(1)
    await page.press(1)
    (row,) = await desk.tips()
    found = await desk.open(row["id"])
    media = found.thread.entries[1].media
    assert media is not None
    answer = await desk.get(f"blobs/{media.blob}")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert opened(b"".join(open_media([answer.content], media.size, found.identity))).size == (32, 64)


async def test_news_of_the_reporter(page: ChatPage, desk: DeskBrowser, served: Served) -> None:
    receipt = await page.file_tip(WORDS)
    await page.open_tip(receipt)
    await page.text("Xe màu trắng")
    await page.press(1)
    (row,) = await desk.tips()
    assert (row["news"], row["entries"]) == (True, 3)
    await desk.open(row["id"])
    (row,) = await desk.tips()
    assert row["news"] is False


async def test_threads_to_search_are_the_ones_opened_before(page: ChatPage, desk: DeskBrowser, served: Served) -> None:
    await page.file_tip(WORDS)
    (row,) = await desk.tips()
    served.clock.advance(900)
    assert (await desk.get("threads")).json() == {"total": 0, "threads": []}
    entries = (await desk.open(row["id"])).thread.entries
    answer = (await desk.get("threads")).json()
    assert [(one["tip"]["id"], len(one["rest"])) for one in answer["threads"]] == [(row["id"], len(entries) - 1)]
    assert (await desk.get("threads", after=row["id"])).json() == {"total": 1, "threads": []}
    assert error_of(await desk.get("threads", after="x")) == (422, "err-again")


async def test_an_inbox_in_pages(desk: DeskBrowser) -> None:
    answer = (await desk.get("tips", offset=50)).json()
    assert answer == {"total": 0, "unopened": 0, "tips": []}
    for params in ({"offset": -1}, {"offset": 10**30}, {"state": "secret"}, {"only": "secret"}):
        assert error_of(await desk.get("tips", **params)) == (422, "err-again")


TIPS = ("tips", "threads", f"tips/{'A' * 22}", f"blobs/{'0' * 32}", "audit", "audit/file", "audit/checkpoint")
PATHS = ("enrolment/state", "me", f"units/{UNIT}/sheets", *TIPS)


@pytest.mark.parametrize("path", PATHS)
async def test_without_a_session_there_is_nothing(served: Served, path: str) -> None:
    async with DeskBrowser(served) as nobody:
        assert error_of(await nobody.get(path)) == (401, "login-again")
        nobody.client.cookies.set("hopthu_desk", "f" * 64)
        assert error_of(await nobody.get(path)) == (401, "login-again")


@pytest.mark.parametrize("path", TIPS)
async def test_who_has_only_asked_is_shown_no_tip(served: Served, desk: DeskBrowser, path: str) -> None:
    await served.forge("UPDATE officers SET status = 'requested'")
    assert error_of(await desk.get(path)) == (403, "desk-refused")
    assert (await desk.get("enrolment/state")).json() == {"state": "requested"}
    told = (await desk.get("me")).json()
    assert (told["state"], told["stale_numbers"]) == ("requested", 0)
    with pytest.raises(InvalidStatus):
        async with desk.live():
            pass


async def test_another_unit_sees_nothing(served: Served, page: ChatPage, desk: DeskBrowser) -> None:
    await page.file_tip(WORDS)
    (row,) = await desk.tips()
    await served.forge("UPDATE officers SET unit_id = '42'")
    assert await desk.tips("all") == []
    for answer in (
        await desk.get(f"tips/{row['id']}"),
        await desk.post(f"tips/{row['id']}/open", record=b64(b"x")),
        await desk.post(f"tips/{row['id']}/take", seq=2, sealed=b64(b"x"), record=b64(b"x")),
        await desk.post(f"tips/{row['id']}/entries", seq=2, sealed=b64(b"x"), act="answer", record=b64(b"x")),
        await desk.get(f"blobs/{'0' * 32}"),
    ):
        assert error_of(answer) == (404, "desk-no-tip")


async def test_a_session_ends_with_its_shift(served: Served, desk: DeskBrowser) -> None:
    served.clock.advance(SESSION_LIVES - 1)
    assert (await desk.get("me")).status_code == 200
    served.clock.advance(1)
    assert error_of(await desk.get("me")) == (401, "login-again")


async def test_a_log_out_ends_it(desk: DeskBrowser) -> None:
    kept = dict(desk.client.cookies)
    assert (await desk.post("logout")).status_code == 204
    assert dict(desk.client.cookies) == {}
    desk.client.cookies.update(kept)
    assert error_of(await desk.get("me")) == (401, "login-again")


async def test_the_cookie_is_for_the_api_alone(served: Served) -> None:
    async with DeskBrowser(served) as browser:
        cookie = (await browser.enrol()).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/api/v1/desk" in cookie
    assert "secure" not in cookie


async def test_over_https_the_cookie_stays_there(tmp_path: Path) -> None:
    async with (
        serve_product(tmp_path / "data", public_url="https://hopthu.example") as served,
        DeskBrowser(served) as browser,
    ):
        assert "secure" in (await browser.enrol()).headers["set-cookie"].lower()


POSTS = (
    *("enrolment/open", "enrolment", "login/start", "login", "logout"),
    *(f"tips/{'A' * 22}/{act}" for act in ("open", "take", "entries")),
)


@pytest.mark.parametrize("path", POSTS)
async def test_a_form_of_another_site_does_nothing(served: Served, desk: DeskBrowser, path: str) -> None:
    async with httpx.AsyncClient(cookies=desk.client.cookies) as other:
        answer = await other.post(f"{served.address}/api/v1/desk/{path}", json={"token": "x" * 20})
    assert answer.status_code in {403, 422}
    assert (await desk.get("me")).status_code == 200


async def test_wrong_log_ins_are_one_sentence_and_wait(served: Served, desk: DeskBrowser) -> None:
    for account in ("trucban1", "nobody"):
        tries = [await desk.post("login", account=account, auth=b64(os.urandom(32))) for _ in range(FREE_TRIES + 1)]
        assert [error_of(one) for one in tries] == [(401, "login-bad")] * FREE_TRIES + [(429, "login-wait")]
    salts = [(await desk.post("login/start", account=name)).json()["salt"] for name in ("nobody", "nobody", "trucban1")]
    assert salts[0] == salts[1]
    assert {len(unb64(salt)) for salt in salts} == {16}


async def test_a_spent_link(served: Served, desk: DeskBrowser) -> None:
    assert error_of(await desk.post("enrolment/open", token=served.invitation)) == (404, "enrol-link-bad")
    async with DeskBrowser(served, "trucban2") as other:
        assert error_of(await other.enrol()) == (404, "enrol-link-bad")
        assert dict(other.client.cookies) == {}


async def test_a_taken_name(served: Served, desk: DeskBrowser) -> None:
    await served.forge("UPDATE enrolments SET used = 0")
    async with DeskBrowser(served, "trucban1", OfficerKeys()) as other:
        assert error_of(await other.enrol()) == (409, "enrol-account-taken")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"seq": 0, "sealed": "", "act": "answer"},
        {"seq": 2, "sealed": "!", "act": "shout"},
        {"seq": 2, "sealed": b64(b"x"), "act": "state"},
        {"seq": 2, "sealed": b64(b"x"), "act": "case"},
        {"seq": "many", "sealed": 5, "act": None},
    ],
)
async def test_a_malformed_entry_is_refused(page: ChatPage, desk: DeskBrowser, body: dict[str, object]) -> None:
    await page.file_tip(WORDS)
    (row,) = await desk.tips()
    signed = {"record": b64(b"x"), **body}
    assert error_of(await desk.post(f"tips/{row['id']}/entries", **signed)) == (422, "err-again")


@pytest.mark.parametrize("tip", ["short", "A" * 23, "A" * 21 + "!"])
async def test_a_malformed_id_is_refused(desk: DeskBrowser, tip: str) -> None:
    assert error_of(await desk.get(f"tips/{tip}")) == (422, "err-again")
    assert error_of(await desk.get(f"blobs/{tip}")) == (422, "err-again")


@pytest.mark.parametrize("account", ["\x00", "x" * 65])
async def test_a_malformed_account_is_refused(desk: DeskBrowser, account: str) -> None:
    assert error_of(await desk.post("login/start", account=account)) == (422, "err-again")


async def test_sheets_are_handed_out_to_be_checked(served: Served, desk: DeskBrowser) -> None:
    sheets = (await desk.get(f"units/{UNIT}/sheets")).json()["sheets"]
    assert [sheet["n"] for sheet in sheets] == [2, 1]
    newest = verify_sheet(unb64(sheets[0]["body"]), unb64(desk.me["authority"]))
    assert newest.verify_key(desk.me["serial"]) == desk.keys.signer.verify_key
    nowhere = {"code": "nowhere", "name_vi": "nowhere", "name_en": "nowhere"}
    assert (await desk.get("units/nowhere/sheets")).json() == {"unit": nowhere, "sheets": [], "heir": None}


async def test_the_bell_rings_for_an_urgent_tip_at_once(page: ChatPage, desk: DeskBrowser) -> None:
    async with desk.live() as frames:
        assert frames == [{"t": "ping"}]
        await page.text(WORDS)
        await page.press(2)
        await page.press(1)
        await until(lambda: len(frames) > 1)
        assert frames[1:] == [{"t": "tip", "urgent": True}]


async def test_the_bell_waits_for_the_quarter_of_an_hour(
    served: Served, page: ChatPage, desk: DeskBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.service.desk.counter.BELL_EVERY", 0.01)
    async with desk.live() as frames:
        await page.file_tip(WORDS)
        quarter = (int(served.clock()) // 900 + 1) * 900
        served.clock.advance(quarter - 1 - served.clock())
        await page.text("menu")
        assert frames == [{"t": "ping"}]
        served.clock.advance(1)
        await until(lambda: len(frames) > 1)
        assert frames[1:] == [{"t": "tip", "urgent": False}]


async def test_a_second_officer_takes_over_and_says_why(served: Served, page: ChatPage, desk: DeskBrowser) -> None:
    await page.file_tip(WORDS)
    async with colleague(served) as other:
        (early,) = await desk.tips()
        taking = {"seq": 2, "sealed": b64(b"x"), "held_by": desk.me["serial"], "record": b64(b"x")}
        assert error_of(await other.post(f"tips/{early['id']}/take", **taking)) == (403, "desk-badkey")
        async with ChatPage(served) as later:
            receipt = await later.file_tip("Xe tải đổ rác")
        (row,) = [row for row in await other.tips() if row["grant"]]
        held = row["answerable"]
        taker, holder = (desk, other) if held == other.me["serial"] else (other, desk)
        assert (await taker.take(row["id"], "Đ/c nghỉ phép")).json() == {"answerable": taker.me["serial"]}
        lost = await holder.post(f"tips/{row['id']}/take", **{**taking, "seq": 3, "held_by": held})
        assert (error_of(lost), lost.json()["answerable"]) == ((409, "desk-taken-meanwhile"), taker.me["serial"])
        last = (await holder.open(row["id"])).thread.entries[-1]
        assert (last.kind, last.by, last.text) == ("take", taker.me["serial"], "Đ/c nghỉ phép")
    async with ChatPage(served) as reader:
        assert "nghỉ phép" not in "".join(str(said) for said in await reader.open_tip(receipt))


@asynccontextmanager
async def colleague(served: Served) -> AsyncIterator[DeskBrowser]:
    """A second officer of the unit, logged in."""
    token = os.urandom(32).hex()
    invited = Enrolment(UNIT, "duty", "Đ/c B", int(served.clock()) + 3600)
    await served.run(lambda connection: invite(connection, token, invited))
    async with DeskBrowser(served, "trucban2", OfficerKeys()) as other:
        assert (await other.enrol(token)).status_code == 200
        assert (await other.login()).status_code == 200
        yield other


async def test_colleagues_see_where_one_is(served: Served, page: ChatPage, desk: DeskBrowser) -> None:
    async with colleague(served) as other, desk.live() as mine, other.live() as theirs:
        await page.file_tip(WORDS)
        (row,) = await other.tips()
        await desk.tell({"t": "at", "tip": row["id"]})
        here = {"t": "here", "open": {row["id"]: [desk.me["serial"]]}, "changed": []}
        await until(lambda: theirs[-1] == here)
        for noise in ("noise", "{}", '{"t": "at", "tip": "short"}', b"\x00"):
            await desk.tell(noise)
        await desk.tell({"t": "at", "tip": None})
        await until(lambda: theirs[-1] == {"t": "here", "open": {}, "changed": []})
        await other.open(row["id"])
        await until(lambda: mine[-1] == {"t": "here", "open": {}, "changed": [row["id"]]})
        assert theirs[-1]["changed"] == []


async def test_the_log_in_page_is_told_what_this_is(served: Served) -> None:
    async with DeskBrowser(served) as nobody:
        assert (await nobody.get("site")).json() == {"demo": True, "passkeys": None}


async def test_the_bell_pings(desk: DeskBrowser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "PING_EVERY", 0.01)
    async with desk.live() as frames:
        await until(lambda: frames.count({"t": "ping"}) > 3)


async def test_the_bell_ends_with_the_session(
    served: Served, desk: DeskBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.service.desk.counter.BELL_EVERY", 0.01)
    async with desk.live() as frames:
        await desk.post("logout")
        await until(lambda: frames[-1]["t"] == "closed")
        assert frames[-1]["code"] == 4401


async def test_the_bell_is_nobody_elses(served: Served, desk: DeskBrowser, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InvalidStatus):
        async with desk.live(origin="https://evil.example"):
            pass
    async with DeskBrowser(served) as nobody:
        with pytest.raises(InvalidStatus):
            async with nobody.live():
                pass

    async def away(_work: object) -> None:
        raise Busy

    monkeypatch.setattr(served.product.database, "read", away)
    with pytest.raises(InvalidStatus):
        async with desk.live():
            pass


async def test_a_store_that_is_away_is_said(served: Served, desk: DeskBrowser, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(_work: object) -> None:
        raise Busy

    monkeypatch.setattr(served.product.database, "read", away)
    answer = await desk.get("tips")
    assert (error_of(answer), answer.headers["retry-after"]) == ((503, "err-storage"), "2")


async def test_no_deed_without_its_act(page: ChatPage, desk: DeskBrowser) -> None:
    await page.file_tip(WORDS)
    (row,) = await desk.tips()
    tip, taking = row["id"], {"seq": 2, "sealed": b64(b"x"), "held_by": row["answerable"]}
    entry = {"seq": 2, "sealed": b64(b"x"), "act": "answer"}
    assert error_of(await desk.get(f"tips/{tip}")) == (409, "desk-not-opened")
    for path, body in (("open", {}), ("take", taking), ("entries", entry)):
        assert error_of(await desk.post(f"tips/{tip}/{path}", **body)) == (422, "err-again")
        assert error_of(await desk.post(f"tips/{tip}/{path}", record=b64(b"x"), **body)) == (422, "desk-act-unfit")
        other = await desk.sign("case", tip, named(2, b"y", "closed"))
        assert error_of(await desk.post(f"tips/{tip}/{path}", record=other, **body)) == (422, "desk-act-unfit")
    (same,) = await desk.tips()
    assert same == row
    assert [read_record(record).act.act for record in await desk.chain()] == ["sheet", "arrange", "enrol", "login"]


async def test_who_loses_the_race_for_a_number_signs_again(page: ChatPage, desk: DeskBrowser) -> None:
    await page.file_tip(WORDS)
    (row,) = await desk.tips()
    signed = await desk.sign("open", row["id"])
    assert (await desk.post("logout")).status_code == 204
    await desk.login()
    assert error_of(await desk.post(f"tips/{row['id']}/open", record=signed)) == (409, "desk-act-newer")
    assert (await desk.thread(row["id"])).status_code == 200
    acts = [read_record(record).act.act for record in await desk.chain()]
    assert acts == ["sheet", "arrange", "enrol", "login", "logout", "login", "open"]


async def test_the_chain_and_its_file_hold_for_an_outsider(served: Served, page: ChatPage, desk: DeskBrowser) -> None:
    await page.file_tip(WORDS)
    (row,) = await desk.tips()
    await desk.write(row["id"], "question", "Mấy giờ?")
    told = (await desk.get("audit", first=4)).json()
    assert (told["n"], len(told["records"])) == (6, 3)
    answer = await desk.get("audit/file")
    assert answer.headers["content-disposition"] == f'attachment; filename="hopthu-audit-{UNIT}.txt"'
    trust = Trust(unb64(desk.me["authority"]), tuple(unb64(key) for key in told["keys"]))
    found = verify_export(answer.content, trust)
    assert (found.holds, found.records) == (True, 6)
    paper = await desk.get("audit/checkpoint")
    assert paper.headers["content-disposition"] == f'attachment; filename="hopthu-checkpoint-{UNIT}.pdf"'
    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")
    await served.forge("DELETE FROM audit WHERE n = 4")
    found = verify_export((await desk.get("audit/file")).content, trust)
    assert (found.holds, found.at, found.why) == (False, 4, "number")


async def test_a_chain_in_pages(desk: DeskBrowser) -> None:
    assert (await desk.get("audit", first=99)).json()["records"] == []
    assert error_of(await desk.get("audit", first=0)) == (422, "err-again")
