"""A server under measurement is ready when it says so, and ends with its context."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench.serving import free_port, said, serving
from bot.service.errors import OutsideFailed

pytestmark = pytest.mark.enable_socket

ANSWERING = """
import http.server, os, sys

class Asked(http.server.BaseHTTPRequestHandler):
    asked = 0

    def do_GET(self):
        Asked.asked += 1
        self.send_response(200 if self.path == "/readyz" and Asked.asked > 2 else 503)
        self.end_headers()

print(os.environ["HOPTHU_SAID"], os.environ.get("HOPTHU_PORT"), flush=True)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Asked).serve_forever()
"""
DYING = "import sys; sys.exit('first\\nno room left')"


def test_it_is_waited_for_until_it_is_ready_and_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOPTHU_PORT", "an installation's")
    port = free_port()
    command = [sys.executable, "-c", ANSWERING, str(port)]
    with serving(command, port, tmp_path, {"HOPTHU_SAID": "mine"}) as (process, _):
        assert process.poll() is None
        assert said(tmp_path).read_text().startswith("mine None\n")
    assert process.poll() is not None


def test_one_that_does_not_start_is_an_error_that_says_its_last_words(tmp_path: Path) -> None:
    with (
        pytest.raises(OutsideFailed, match="no room left"),
        serving([sys.executable, "-c", DYING], free_port(), tmp_path, {}),
    ):
        raise AssertionError
