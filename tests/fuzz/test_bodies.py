"""Every other address of the API with bent bodies, parameters and headers, with and without an officer's session."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

import httpx
from fuzz.corpus import sample
from fuzz.mutating import WORDS, Mutator
from fuzz.world import World, open_world
from integration.served import DeskBrowser, fresh

SHARE = 0.15
"""Of all mutations."""
FILES = 12
"""Largest share of files among them, one in so many: each is cleaned in a process of its own."""
MEDIA = "/api/v1/chat/media"
LOGOUT = "/api/v1/desk/logout"


async def test_bent_bodies(tmp_path: Path, mutations: int, first: int) -> None:
    async with open_world(tmp_path / "data", Random(first)) as world, DeskBrowser(world.served) as desk:
        document = (await world.client.get("/api/v1/openapi.json")).json()
        assert (await desk.enrol()).status_code == 200
        assert (await desk.login()).status_code == 200
        statuses: Counter[int] = Counter()
        for n in range(int(mutations * SHARE)):
            statuses[await _asked(world, document, f"{first}:{n}", desk.client.cookies)] += 1
        assert statuses[200] + statuses[204] > 0
        assert {status for status in statuses if status >= 500} == set()
        assert (await desk.get("me")).status_code == 200
        await world.still_works()
        world.judge()


async def _asked(world: World, document: Any, seed: str, cookies: httpx.Cookies) -> int:
    luck = Random(seed)
    mutator = Mutator(luck, ("id", "token", "account", "record", "seq", "sealed"))
    path, method = luck.choice(
        [(path, method) for path, methods in document["paths"].items() for method in methods if path != MEDIA]
        + ([(MEDIA, "post")] if luck.randrange(FILES) == 0 else [])
    )
    about = document["paths"][path][method]
    known = luck.random() < 0.7 and path != LOGOUT
    sent = _request(about, path, mutator, document)
    sent["headers"]["x-hopthu"] = "1" if luck.random() < 0.95 else "x"
    if known:
        sent["headers"]["cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    try:
        answer = await world.client.request(method, **sent)
    except Exception as error:
        error.add_note(f"{method} {path} of seed {seed}: {str(sent)[:400]}")
        raise
    assert answer.status_code < 500, (seed, method, path, str(sent)[:400])
    return answer.status_code


def _request(about: Any, path: str, mutator: Mutator, document: Any) -> dict[str, Any]:
    luck = mutator.luck
    query: dict[str, str] = {}
    headers = {"content-type": luck.choice(("application/json", "application/json", "text/plain", "image/jpeg", "x"))}
    for one in about.get("parameters", []):
        value = str(sample(one.get("schema", {}), document, luck))
        value = luck.choice(WORDS)[:3_000] if luck.random() < 0.4 else value
        match one["in"]:
            case "path":
                path = path.replace("{" + one["name"] + "}", quote(value.encode("utf-8", "replace"), safe=""))
            case "query":
                query[one["name"]] = value.encode("utf-8", "replace").decode()
            case _:
                headers[one["name"]] = "".join(letter for letter in value if " " <= letter <= "~")
    if "x-hopthu-session" in headers and luck.random() < 0.7:
        headers |= {"x-hopthu-session": fresh(), "x-hopthu-id": fresh(), "x-hopthu-kind": "file"}
    return {"url": path, "params": query, "headers": headers, "content": _body(about, mutator, document)}


def _body(about: Any, mutator: Mutator, document: Any) -> bytes:
    contents = about.get("requestBody", {}).get("content", {})
    if "application/json" not in contents:
        return mutator.flipped(b"%PDF-1.7\n1 0 obj") if contents else b""
    honest = sample(contents["application/json"].get("schema", {}), document, mutator.luck)
    if mutator.luck.random() < 0.1:
        return json.dumps(honest).encode()
    return mutator.spelt(mutator.bent(honest))
