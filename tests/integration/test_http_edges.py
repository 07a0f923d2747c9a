"""What every answer carries, what is answered to nobody, and each role for itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import httpx
import pytest
from installation import UNIT
from integration.served import ChatPage, DeskBrowser, Served, fresh, serve_product
from unit.service.until import until

from bot.edge.http.bodies import LARGEST
from bot.edge.http.pages import PAGE_HEADERS
from bot.service import readiness
from storage.errors import Busy

ROUTES = (
    "/", "/h/tdp4-nhl", "/chat", f"/so/{UNIT}", "/rieng-tu", "/desk", "/healthz", "/readyz", "/metrics",
    "/pictograms.svg", "/api/v1/openapi.json", "/api/v1/desk/me", "/nowhere", "/assets/nowhere.js", "/desk.html",
    "/manifest.json", "/api/v1/chat/media", "/so/copy.js",
)  # fmt: skip


async def get(served: Served, path: str, **headers: str) -> httpx.Response:
    async with httpx.AsyncClient(timeout=60) as client:
        return await client.get(served.address + path, headers=headers)


@pytest.mark.parametrize("path", ROUTES)
async def test_every_answer_has_its_headers(served: Served, path: str) -> None:
    answer = await get(served, path)
    missing = {name for name in PAGE_HEADERS if name.lower() not in answer.headers}
    assert missing == set()


async def test_a_fault_of_ours_has_them_too(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.service.directory.Directory.place", broken)
    answer = await get(served, "/")
    assert (answer.status_code, answer.json()) == (500, {"error": "err-again"})
    assert {name for name in PAGE_HEADERS if name.lower() not in answer.headers} == set()


ORGANISATION = (
    "units/tree", "roster/week", "coverage", "boxes/{code}/qr.svg", "posters", "officers/invite", "officers/remove",
    "officers/import", "hamlets/end", "swaps/change", "holidays/change", "logs", "logs/records",
    "logs/file", "units/merge", "officers/approve", "sheets/requests", "sheets/take", "sheets/past", "routes/end",
    "routes/targets", "{name}", "{name}/file", "{name}/history",
)  # fmt: skip
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


async def test_a_browser_is_shown_a_page_where_there_is_none(served: Served) -> None:
    answer = await get(served, "/nowhere?lang=en", **BROWSER)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "tel:113" in answer.text
    assert '<html lang="en"' in answer.text
    assert (await get(served, "/api/v1/nowhere", **BROWSER)).json() == {"error": "err-again"}
    assert (await get(served, "/assets/nowhere.js", **BROWSER)).json() == {"error": "err-again"}


async def test_a_browser_is_shown_a_page_while_the_store_is_away(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_work: object) -> None:
        raise Busy

    monkeypatch.setattr(served.product.database, "read", away)
    answer = await get(served, "/", **BROWSER)
    assert answer.status_code == 503
    assert "tel:113" in answer.text


async def test_the_boards_worker_lies_under_boards(served: Served) -> None:
    answer = await get(served, "/so/copy.js")
    assert answer.status_code == 200
    assert "javascript" in answer.headers["content-type"]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/nowhere", "/desk.html", "/manifest.json", "/.hidden", "/../pyproject.toml", "/docs"]
)
async def test_what_is_not_there_is_said_as_json(served: Served, path: str) -> None:
    answer = await get(served, path)
    assert (answer.status_code, answer.json()) == (404, {"error": "err-again"})


async def test_another_method_is_said_as_json(served: Served) -> None:
    answer = await get(served, "/api/v1/chat/leave")
    assert (answer.status_code, answer.json()) == (405, {"error": "err-again"})


async def test_files_beside_the_pages_are_served(served: Served) -> None:
    answer = await get(served, "/pictograms.svg")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    again = await get(served, "/pictograms.svg", **{"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "query", ["?lang=en", "?lang=xx", "?chu=to", "?chu=something", "?h=%00%2F..", "?h=" + "x" * 500]
)
async def test_a_bent_link_still_shows_a_page(served: Served, query: str) -> None:
    for path in ("/", "/chat", f"/so/{UNIT}", "/so/99999", "/h/nowhere"):
        answer = await get(served, path + query)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")


async def test_nothing_is_set_in_a_residents_browser(served: Served) -> None:
    for path in ("/", "/h/tdp4-nhl", "/chat", f"/so/{UNIT}", "/rieng-tu"):
        assert "set-cookie" not in (await get(served, path)).headers


async def test_metrics_are_for_this_machine_alone(served: Served) -> None:
    assert "python_info" in (await get(served, "/metrics")).text
    for headers in (
        {"Host": "hopthu.example"},
        {"X-Forwarded-For": "1.2.3.4"},
        {"X-Real-IP": "1.2.3.4"},
        {"Via": "1.1 proxy"},
        {"Forwarded": "for=1.2.3.4"},
    ):
        assert (await get(served, "/metrics", **headers)).status_code == 404


async def test_the_openapi_document_lists_the_api(served: Served) -> None:
    paths = (await get(served, "/api/v1/openapi.json")).json()["paths"]
    assert set(paths) == {
        "/api/v1/chat/media",
        "/api/v1/chat/leave",
        *(
            f"/api/v1/desk/{path}"
            for path in (
                "enrolment", "enrolment/open", "enrolment/state", "login", "login/start", "logout", "me", "site",
                "tips", "tips/{tip}", "tips/{tip}/entries", "tips/{tip}/open", "tips/{tip}/take", "blobs/{name}",
                "threads", "units/{code}/sheets", "audit", "audit/file", "neighbours", "tips/{tip}/forward",
                "keys/due", "keys/hand-over", "keys/lacking", "keys/stale", "recovery", "passkeys", "audit/checkpoint",
                "passkeys/start", "passkeys/remove", "login/passkey", "login/passkey/start",
                "tips/{tip}/case", "tips/{tip}/export", "tips/{tip}/give", "tips/{tip}/rekey", "tips/{tip}/take-back",
                "register", "phone", "phone/code", "phone/unlink", "phones",
                *(f"organisation/{path}" for path in ORGANISATION),
            )
        ),
    }  # fmt: skip
    assert "requestBody" in paths["/api/v1/chat/media"]["post"]


async def test_ready_while_the_store_answers(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(_work: object) -> None:
        raise Busy

    assert (await get(served, "/readyz")).text == "ready\n"
    monkeypatch.setattr(readiness, "REMEMBERED", 0)
    monkeypatch.setattr(served.product.database, "run", away)
    answer = await get(served, "/readyz")
    assert (answer.status_code, answer.text) == (503, "not ready\n")
    assert (await get(served, "/healthz")).status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/desk/login", "/api/v1/desk/enrolment", "/api/v1/chat/leave"])
@pytest.mark.parametrize("said", [True, False])
async def test_a_body_has_its_limit(served: Served, path: str, said: bool) -> None:
    async def chunks() -> object:
        for _ in range(3):
            yield bytes(LARGEST // 2)

    content = bytes(LARGEST + 1) if said else chunks()
    async with httpx.AsyncClient(timeout=60) as client:
        headers = {"X-Hopthu": "1", "Content-Type": "application/json"}
        answer = await client.post(served.address + path, content=content, headers=headers)  # type: ignore[arg-type] # content of any kind
    assert (answer.status_code, answer.json()) == (413, {"error": "err-again"})


async def test_the_desk_runs_without_epoch_keys(tmp_path: Path) -> None:
    async with serve_product(tmp_path / "data"):
        pass
    shutil.rmtree(tmp_path / "data" / "ephemeral")
    async with serve_product(tmp_path / "data", role="desk") as desk:
        assert not desk.config.ephemeral.exists()
        assert (await get(desk, "/desk")).status_code == 200
        assert (await get(desk, "/chat")).status_code == 404
        async with DeskBrowser(desk) as browser:
            assert (await browser.enrol()).status_code == 200
            assert (await browser.get("tips")).json()["total"] == 0
        assert not desk.config.ephemeral.exists()


async def test_the_internet_side_runs_without_the_master_key(tmp_path: Path) -> None:
    async with serve_product(tmp_path / "data"):
        pass
    (tmp_path / "data" / "keys" / "master.key").unlink()
    async with serve_product(tmp_path / "data", role="intake") as intake:
        assert (await get(intake, "/desk")).status_code == 404
        assert (await get(intake, "/api/v1/desk/me")).status_code == 404
        async with ChatPage(intake) as page:
            await page.file_tip()


async def test_roles_apart_work_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.service.desk.counter.BELL_EVERY", 0.01)
    async with (
        serve_product(tmp_path / "data", role="desk") as desk,
        serve_product(tmp_path / "data", role="intake", clock=desk.clock) as intake,
        serve_product(tmp_path / "data", role="worker", clock=desk.clock) as worker,
        DeskBrowser(desk) as browser,
    ):
        assert (await get(worker, "/healthz")).status_code == 200
        assert (await get(worker, "/chat")).status_code == 404
        await browser.enrol()
        await browser.login()
        async with browser.live() as frames, ChatPage(intake) as page:
            await page.text("Có người bán ma túy ở đầu xóm")
            await page.press(2)
            await page.press(1)
            await until(lambda: {"t": "tip", "urgent": True} in frames)
            (row,) = await browser.tips()
            assert (await browser.write(row["id"], "question", "Mấy giờ?")).status_code == 200
            said = await page.open_tip(page.receipt())
            assert "Mấy giờ?" in "\n".join(said[-1]["text"])


async def test_a_page_on_tor_is_told_so(served: Served) -> None:
    clear, onion = await get(served, "/rieng-tu"), await get(served, "/rieng-tu", Host="abc.onion")
    assert clear.text != onion.text
    async with httpx.AsyncClient(timeout=60) as client:
        headers = {"Host": "abc.onion", "X-Hopthu-Session": fresh(), "X-Hopthu-Id": fresh(), "X-Hopthu-Kind": "photo"}
        answer = await client.post(f"{served.address}/api/v1/chat/media", content=b"x", headers=headers)
    assert answer.status_code == 422
