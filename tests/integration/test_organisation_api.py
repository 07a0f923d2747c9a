"""The organisation's API as a console uses it; an operator who is shown no tip; and who should see nothing at all."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import httpx
import pytest
from installation import BOX, UNIT
from integration.served import ChatPage, DeskBrowser, Served, b64
from integration.test_desk_api import TIPS, error_of

from bot.service.desk.enrolment import LINK_LIVES, invite
from bot.service.organisation.lists import View, told_as
from storage.repositories.enrolments import Enrolment

BASE = "organisation"
LISTS = ("units", "hamlets", "boxes", "hotlines", "roster", "swaps", "holidays", "officers", "routes", "sheets")
READS = (
    *(f"{BASE}/{name}" for name in LISTS),
    *(f"{BASE}/{name}/file" for name in LISTS),
    *(f"{BASE}/{name}/history?key=x" for name in LISTS),
    f"{BASE}/units/tree",
    f"{BASE}/routes/targets",
    f"{BASE}/sheets/requests?unit={UNIT}",
    f"{BASE}/sheets/past?unit={UNIT}",
    f"{BASE}/roster/week?unit={UNIT}&from=2026-11-23",
    f"{BASE}/coverage?unit={UNIT}",
    f"{BASE}/boxes/{BOX}/qr.svg",
    f"{BASE}/posters?unit={UNIT}",
)
WAYS = (
    "officers/invite",
    "officers/import",
    "officers/remove",
    "officers/approve",
    "sheets/take",
    "routes/end",
    "units/merge",
    "hamlets/end",
    "swaps/change",
    "holidays/change",
)
WRITES = tuple(f"{BASE}/{way}" for way in (*LISTS, *WAYS))


@asynccontextmanager
async def somebody(served: Served, account: str, role: str) -> AsyncIterator[DeskBrowser]:
    """An officer of the ward in this role, enrolled and logged in."""
    token, ends = os.urandom(32).hex(), int(served.clock()) + LINK_LIVES
    await served.run(lambda c: invite(c, token, Enrolment(UNIT, role, f"Đ/c {account}", ends)))
    async with DeskBrowser(served, account) as browser:
        assert (await browser.enrol(token)).status_code == 200
        assert (await browser.login()).status_code == 200
        yield browser


async def sends(browser: DeskBrowser, path: str, what: bytes) -> httpx.Response:
    """Sign a change of a list and send it, as the console does."""
    name = told_as(cast("View", path.partition("/")[0]))
    detail = (("list", name), ("change", hashlib.sha256(what).digest()))
    record = await browser.sign("arrange", None, detail)
    return await browser.post(f"{BASE}/{path}", record=record, what=b64(what))


@pytest.fixture
async def chief(served: Served) -> AsyncIterator[DeskBrowser]:
    async with somebody(served, "truong", "chief") as found:
        yield found


@pytest.fixture
async def operator(served: Served) -> AsyncIterator[DeskBrowser]:
    async with somebody(served, "quantri", "operator") as found:
        yield found


async def listed(browser: DeskBrowser, name: str, **asked: Any) -> dict[str, Any]:
    answer = await browser.get(f"{BASE}/{name}", **asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_list_as_the_console_reads_it(chief: DeskBrowser) -> None:
    found = await listed(chief, "boxes", unit=UNIT, q="to dan", offset=0, past=False)
    assert (found["total"], found["may_change"]) == (1, True)
    assert found["columns"][:4] == ["code", "unit", "hamlet", "label_vi"]
    (row,) = found["rows"]
    assert (row["key"], row["unit"], row["cells"]["label_vi"]) == (BOX, UNIT, "Tổ dân phố 4")
    assert set(row["more"]) == {"web", "telegram", "zalo", "leads_to"}
    assert found["summary"] == {"hamlets": 0, "with_box": 0, "with_board": 0, "bare": 0}
    assert set((await listed(chief, "units"))["rows"][0]["more"]) == {
        "staffed", "sheet_days", "successor", "valid_from", "valid_to", "parents",
    }  # fmt: skip
    assert set((await listed(chief, "hotlines"))["rows"][0]["more"]) == {"inherited_from", "stale", "tel"}
    assert set((await listed(chief, "officers"))["rows"][0]["more"]) == {
        "status", "digits", "role", "listed", "removable", "sole",
    }  # fmt: skip


async def test_a_change_is_signed_taken_in_and_remembered(chief: DeskBrowser) -> None:
    answer = await sends(chief, "boxes", f"unit,label_vi,code\n{UNIT},Tổ 9,to-9\n".encode())
    assert answer.json() == {"new": 1, "changed": 0, "same": 0}
    told = (await chief.get(f"{BASE}/boxes/history", key="to-9")).json()["changes"]
    assert [(one["by"], one["cells"]["label_vi"], one["hour"] % 3600) for one in told] == [("Đ/c truong", "Tổ 9", 0)]
    wrong = await sends(chief, "boxes", f"unit,label_vi,code\n{UNIT},Tổ 8,to-8\n99999,Tổ 7,to-7\n".encode())
    assert error_of(wrong) == (422, "desk-rows")
    assert wrong.json()["faults"] == [{"row": 3, "column": "unit", "key": "row-scope", "args": {}}]
    lost = await chief.post(f"{BASE}/boxes", record=b64(b"x"), what=b64(b"y"))
    assert error_of(lost)[0] == 422
    assert (await listed(chief, "boxes"))["total"] == 2


async def test_files_codes_and_posters(chief: DeskBrowser) -> None:
    csv = await chief.get(f"{BASE}/boxes/file", unit=UNIT, kind="csv")
    assert csv.headers["content-type"] == "text/csv; charset=utf-8"
    assert BOX in csv.text
    xlsx = await chief.get(f"{BASE}/boxes/file", unit=UNIT, kind="xlsx")
    assert xlsx.content.startswith(b"PK")
    code = await chief.get(f"{BASE}/boxes/{BOX}/qr.svg")
    assert (code.headers["content-type"], code.text[:4]) == ("image/svg+xml", "<svg")
    poster = await chief.get(f"{BASE}/posters", unit=UNIT, size="a5", both=True, box=BOX)
    assert (poster.headers["content-type"], poster.content[:5]) == ("application/pdf", b"%PDF-")
    assert error_of(await chief.get(f"{BASE}/posters", unit=UNIT, size="a9")) == (422, "err-again")


async def test_a_week_a_tree_and_what_lacks(chief: DeskBrowser) -> None:
    days = (await chief.get(f"{BASE}/roster/week", unit=UNIT, **{"from": "2026-11-23"})).json()["days"]
    assert (len(days), days[0]["day"], days[0]["shifts"]) == (7, "2026-11-23", [])
    assert days[0]["gaps"] == [{"from": "00:00", "to": "24:00", "goes_to": "Đ/c truong"}]
    (unit,) = (await chief.get(f"{BASE}/units/tree")).json()["units"]
    assert (unit["code"], unit["past"]) == (UNIT, False)
    await sends(chief, "hamlets", f"unit,name_vi,code\n{UNIT},Tổ 9,to-9\n".encode())
    covered = (await chief.get(f"{BASE}/coverage", unit=UNIT)).json()
    assert (covered["hamlets"], covered["with_box"]) == (1, 0)
    (lacks,) = covered["lacking"]
    assert (lacks["unit"], lacks["hamlet"], lacks["name"], lacks["box"], lacks["board"]) == (
        UNIT, "to-9", "Tổ 9", True, True,
    )  # fmt: skip


async def test_an_invitation_by_the_console_enrols(served: Served, chief: DeskBrowser) -> None:
    what = json.dumps({"unit": UNIT, "name": "Đ/c mới", "role": "duty"}).encode()
    made = (await sends(chief, "officers/invite", what)).json()
    assert made["expires"] == int(served.clock()) + LINK_LIVES
    async with DeskBrowser(served, "moi") as newcomer:
        assert (await newcomer.enrol(made["link"].rpartition("=")[2])).json()["state"] == "active"
        serial = (await newcomer.login()).json()["serial"]
        gone = await sends(chief, "officers/remove", json.dumps({"serial": serial}).encode())
        assert gone.json() == {}
        assert error_of(await newcomer.get("me")) == (401, "login-again")
    assert error_of(await sends(chief, "officers/remove", b"words")) == (422, "err-again")


async def test_a_merger_that_cannot_be(chief: DeskBrowser) -> None:
    what = json.dumps({"olds": [UNIT], "into": UNIT, "when": "2027-01-01"}).encode()
    assert error_of(await sends(chief, "units/merge", what)) == (422, "org-bad-merge")


OPEN_TO_ALL = {
    *("enrolment", "enrolment/open", "enrolment/state", "login", "login/start", "logout", "me", "site"),
    *("login/passkey", "login/passkey/start", "passkeys", "passkeys/start", "passkeys/remove"),
}
FOR_THE_UNIT = {"units/{code}/sheets", "audit", "audit/file", "audit/checkpoint"}


async def test_every_route_of_casework_refuses_an_operator(operator: DeskBrowser) -> None:
    """Those that come later too: what is not named here as no casework is refused."""
    base = "/api/v1/desk/"
    document = (await operator.client.get(f"{operator.served.address}/api/v1/openapi.json")).json()
    paths = {path.removeprefix(base): kinds for path, kinds in document["paths"].items() if path.startswith(base)}
    casework = {path for path in paths if not path.startswith(BASE)} - OPEN_TO_ALL - FOR_THE_UNIT
    assert {"tips", "threads", "blobs/{name}", "tips/{tip}/entries"} <= casework
    for path in sorted(casework):
        said = path.replace("{tip}", "A" * 22).replace("{name}", "0" * 32)
        for kind in paths[path]:
            answer = await operator.client.request(kind, said, json={} if kind == "post" else None)
            assert error_of(answer) == (403, "desk-refused"), (kind, path)


async def test_an_operator_is_shown_no_tip_at_all(served: Served, page: ChatPage, operator: DeskBrowser) -> None:
    assert operator.me["role"] == "operator"
    async with somebody(served, "truc", "duty") as duty:
        await page.file_tip("Có người bán ma túy ở đầu xóm")
        (row,) = await duty.tips()
        opened = await duty.open(row["id"])
        media = "0" * 32
        for path in (*(one for one in TIPS if not one.startswith("audit")), f"tips/{row['id']}", f"blobs/{media}"):
            assert error_of(await operator.get(path)) == (403, "desk-refused"), path
        for act, body in (
            ("open", {"record": b64(b"x")}),
            ("entries", {"seq": 2, "sealed": b64(b"x"), "act": "answer", "record": b64(b"x")}),
            ("take", {"seq": 2, "sealed": b64(b"x"), "record": b64(b"x")}),
        ):
            assert error_of(await operator.post(f"tips/{row['id']}/{act}", **body)) == (403, "desk-refused"), act
        assert operator.me["serial"] not in {reader["recipient"] for reader in opened.readers}
        async with duty.live(), operator.live() as frames:
            await duty.tell({"t": "at", "tip": row["id"]})
            await operator.tell({"t": "at", "tip": row["id"]})
            assert (await operator.get("me")).status_code == 200
            assert frames == [{"t": "ping"}], "who has which tip open is no matter of his"
    assert len(await operator.chain()) > 0, "the log of his unit he reads"
    assert (await operator.get("audit/file")).status_code == 200
    assert error_of(await sends(operator, "boxes", b"words")) == (422, "desk-rows")


@pytest.mark.parametrize("path", READS)
async def test_without_a_session_there_is_nothing(served: Served, path: str) -> None:
    async with DeskBrowser(served) as nobody:
        assert error_of(await nobody.client.get(path)) == (401, "login-again")


@pytest.mark.parametrize("path", WRITES)
async def test_without_a_session_nothing_is_changed(served: Served, path: str) -> None:
    async with DeskBrowser(served) as nobody:
        assert error_of(await nobody.post(path, record=b64(b"x"), what=b64(b"x"))) == (401, "login-again")


async def test_who_is_on_no_sheet_sees_and_changes_no_list(served: Served, desk: DeskBrowser) -> None:
    await served.forge("UPDATE officers SET status = 'requested'")
    for path in READS:
        assert error_of(await desk.client.get(path)) == (403, "desk-refused"), path
    for path in WRITES:
        assert error_of(await desk.post(path, record=b64(b"x"), what=b64(b"x"))) == (403, "desk-refused"), path


@pytest.mark.parametrize("path", WRITES)
async def test_a_form_of_another_site_changes_nothing(served: Served, desk: DeskBrowser, path: str) -> None:
    async with httpx.AsyncClient(cookies=desk.client.cookies) as other:
        body = {"record": b64(b"x"), "what": b64(b"x")}
        answer = await other.post(f"{served.address}/api/v1/desk/{path}", json=body)
    assert error_of(answer) == (403, "desk-refused")


@pytest.mark.parametrize("body", [{}, {"record": "!", "what": 5}, {"record": b64(b"x")}, {"what": b64(b"x" * 700_001)}])
async def test_a_malformed_change_is_refused(desk: DeskBrowser, body: dict[str, object]) -> None:
    assert error_of(await desk.post(f"{BASE}/boxes", **body)) == (422, "err-again")


@pytest.mark.parametrize(
    "path",
    [
        "tips", "boxes/file?kind=pdf", "boxes?offset=-1", "boxes/history", "roster/week",
        f"roster/week?unit={UNIT}&from=9999-12-31", f"roster/week?unit={UNIT}&from=0001-01-01",
    ],
)  # fmt: skip
async def test_what_is_no_list_is_refused(desk: DeskBrowser, path: str) -> None:
    assert error_of(await desk.client.get(f"{BASE}/{path}")) == (422, "err-again")


async def test_of_two_editors_of_a_board_the_later_is_told(chief: DeskBrowser) -> None:
    table = f"unit,number,role_vi\n{UNIT},0239 000 0009,Trạm y tế\n".encode()
    seen = (await listed(chief, "hotlines"))["seen"]
    assert set(seen) == {UNIT}
    for said, status in ((seen, 200), (seen, 409)):
        record = await chief.sign("arrange", None, (("list", "hotlines"), ("change", hashlib.sha256(table).digest())))
        answer = await chief.post(f"{BASE}/hotlines", record=record, what=b64(table), seen=said)
        assert answer.status_code == status
    assert error_of(answer) == (409, "desk-changed")


async def test_single_days_and_an_ended_hamlet(served: Served, chief: DeskBrowser) -> None:
    async with somebody(served, "truc", "duty") as duty:
        said = {"unit": UNIT, "day": "2026-11-30", "officer": "truc", "instead": "truong"}
        assert (await sends(chief, "swaps/change", json.dumps(said).encode())).json() == {}
        feast = {"unit": UNIT, "first": "2027-02-05", "last": "2027-02-06", "name": "Tết"}
        assert (await sends(chief, "holidays/change", json.dumps(feast).encode())).json() == {}
        (swap,) = (await listed(duty, "swaps"))["rows"]
        assert swap["more"]["names"] == {"truc": "Đ/c truc", "truong": "Đ/c truong"}
        feasts = (await listed(duty, "holidays"))["rows"]
        assert [(one["cells"]["day"], one["more"]["inherited_from"]) for one in feasts] == [
            ("2027-02-05", None),
            ("2027-02-06", None),
        ]
        (day, *_) = (await duty.get(f"{BASE}/roster/week", **{"unit": UNIT, "from": "2027-02-05"})).json()["days"]
        assert (day["feast"], day["working"]) == ("Tết", False)
        again = await sends(chief, "swaps/change", json.dumps({**said, "instead": "nobody"}).encode())
        assert (error_of(again), again.json()["faults"][0]["key"]) == ((422, "desk-rows"), "row-no-account")
        long = json.dumps({**feast, "name": "x" * 101}).encode()
        assert error_of(await sends(chief, "holidays/change", long)) == (422, "err-again")
    await sends(chief, "hamlets", f"unit,name_vi,code\n{UNIT},Tổ 7,to-7\n".encode())
    ending = json.dumps({"code": "to-7"}).encode()
    assert (await sends(chief, "hamlets/end", ending)).json() == {}
    assert error_of(await sends(chief, "hamlets/end", ending)) == (404, "org-no-row")
    assert error_of(await sends(chief, "hamlets/end", b'{"code": 7}')) == (422, "err-again")


async def test_a_table_invites(served: Served, chief: DeskBrowser) -> None:
    made = (await sends(chief, "officers/import", f"unit,name,role\n{UNIT},Đ/c B,chief\n".encode())).json()["links"]
    assert [(one["unit"], one["name"], one["role"]) for one in made] == [(UNIT, "Đ/c B", "chief")]
    async with DeskBrowser(served, "ba") as newcomer:
        assert (await newcomer.enrol(made[0]["link"].rpartition("=")[2])).status_code == 200
    wrong = await sends(chief, "officers/import", f"unit,name\n99,Đ/c B\n{UNIT},Đ/c C\n".encode())
    assert (error_of(wrong), [one["row"] for one in wrong.json()["faults"]]) == ((422, "desk-rows"), [2])


@pytest.mark.parametrize("path", ["records", "file"])
async def test_of_logs_besides_his_own_a_chief_reads_those_of_units_that_became_his_alone(
    chief: DeskBrowser, path: str
) -> None:
    assert (await chief.get(f"{BASE}/logs")).json() == {"units": []}
    for unit in (UNIT, "18115", "nowhere"):
        assert error_of(await chief.get(f"{BASE}/logs/{path}", unit=unit)) == (403, "desk-refused")
