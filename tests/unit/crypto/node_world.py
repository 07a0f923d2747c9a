"""Asking Node: the public vectors of the age format, and `age-encryption` as the other end of an exchange."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
WEB = ROOT / "web"
_LOCAL_PROGRAMS = ROOT / ".tools" / "bin"


def node_program() -> str:
    """The Node that the project's own set-up uses."""
    path = f"{_LOCAL_PROGRAMS}{os.pathsep}{os.environ.get('PATH', '')}"
    found = shutil.which("node", path=path)
    assert found is not None, "Node is missing: run `make setup` first"
    return found


def run_node(script: str, given: object, *packages: str) -> object:
    """What `script` prints as JSON; it finds what it was given as JSON on its standard input."""
    for package in packages:
        assert (WEB / "node_modules" / package).is_dir(), f"web/node_modules/{package} is missing: run `npm ci` in web/"
    done = subprocess.run(
        [node_program(), "--input-type=module", "-e", script],
        input=json.dumps(given).encode(),
        stdout=subprocess.PIPE,
        cwd=WEB,
        check=True,
        timeout=120,
    )
    return json.loads(done.stdout)
