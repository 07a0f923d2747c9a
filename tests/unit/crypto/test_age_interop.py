"""Files written by us opened by others, and theirs by us: `age-encryption` in Node, the `age` tool where new enough."""

from __future__ import annotations

import re
import shutil
import subprocess
from base64 import b64decode, b64encode
from pathlib import Path

import pytest
from unit.crypto.node_world import run_node

from crypto.age import Identity, open_, seal, seal_stream

LENGTHS = (0, 1, 65_535, 65_536, 65_537)
NEEDED = (1, 3)
_OPEN = """
import { Decrypter, identityToRecipient } from "age-encryption";
let text = ""; for await (const chunk of process.stdin) text += chunk;
const { identity, files } = JSON.parse(text), opened = [];
for (const file of files) {
  const decrypter = new Decrypter(); decrypter.addIdentity(identity);
  opened.push(Buffer.from(await decrypter.decrypt(Buffer.from(file, "base64"))).toString("base64"));
}
process.stdout.write(JSON.stringify({ recipient: await identityToRecipient(identity), opened }));
"""
_SEAL = """
import { Encrypter } from "age-encryption";
let text = ""; for await (const chunk of process.stdin) text += chunk;
const { recipients, plains } = JSON.parse(text), sealed = [];
for (const plain of plains) {
  const encrypter = new Encrypter(); for (const one of recipients) encrypter.addRecipient(one);
  sealed.push(Buffer.from(await encrypter.encrypt(Buffer.from(plain, "base64"))).toString("base64"));
}
process.stdout.write(JSON.stringify(sealed));
"""


def _plain(length: int) -> bytes:
    return bytes(at * 31 % 251 for at in range(length))


def test_the_browsers_library_opens_what_we_seal() -> None:
    identity, other = Identity.generate(), Identity.generate()
    files = [b"".join(seal_stream([_plain(length)], [other.recipient, identity.recipient])) for length in LENGTHS]
    given = {"identity": identity.encode(), "files": [b64encode(file).decode() for file in files]}
    answer = run_node(_OPEN, given, "age-encryption")
    assert isinstance(answer, dict)
    assert answer["recipient"] == identity.recipient
    assert [b64decode(one) for one in answer["opened"]] == [_plain(length) for length in LENGTHS]


def test_we_open_what_the_browsers_library_seals() -> None:
    identity, other = Identity.generate(), Identity.generate()
    plains = [b64encode(_plain(length)).decode() for length in LENGTHS]
    given = {"recipients": [identity.recipient, other.recipient], "plains": plains}
    answer = run_node(_SEAL, given, "age-encryption")
    assert isinstance(answer, list)
    for one in (identity, other):
        assert [open_(b64decode(file), one) for file in answer] == [_plain(length) for length in LENGTHS]


def _age_tool() -> str:
    found = shutil.which("age")
    if found is None:
        pytest.skip("the age tool is not installed")
    said = subprocess.run([found, "--version"], stdout=subprocess.PIPE, check=True).stdout.decode()
    version = re.search(r"(\d+)\.(\d+)", said)
    if version is None or (int(version[1]), int(version[2])) < NEEDED:
        pytest.skip("the age tool is older than 1.3, which brought hybrid keys")
    return found


def test_the_age_tool_opens_what_we_seal(tmp_path: Path) -> None:
    tool, identity = _age_tool(), Identity.generate()
    key = tmp_path / "key"
    key.write_text(identity.encode() + "\n")
    for length in LENGTHS:
        sealed = seal(_plain(length), [identity.recipient])
        done = subprocess.run([tool, "-d", "-i", key], input=sealed, stdout=subprocess.PIPE, check=True)
        assert done.stdout == _plain(length)


def test_we_open_what_the_age_tool_seals() -> None:
    tool, identity = _age_tool(), Identity.generate()
    for length in LENGTHS:
        done = subprocess.run(
            [tool, "-r", identity.recipient], input=_plain(length), stdout=subprocess.PIPE, check=True
        )
        assert open_(done.stdout, identity) == _plain(length)
