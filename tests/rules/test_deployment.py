"""What is shipped for a server is taken by the programs it is for; the cleaner works under what the units forbid."""

from __future__ import annotations

import ctypes
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from unit.service.pictures import with_secrets
from unit.service.recordings import film

from bench.weights import LEVEL, PICTURES

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "deploy").glob("*.service"))
UNPACKED = ROOT / ".tools" / "nginx"
"""Where `deploy/test-programs.sh` puts an nginx that is only asked."""
NGINX = shutil.which("nginx") or shutil.which("nginx", path=UNPACKED / "usr" / "sbin")
ANALYZE = shutil.which("systemd-analyze")
EXPOSED = 20
"""Tenths of systemd's measure of what a service could reach: 100 is everything, above 20 is more than these need."""
NO_NEW_PRIVILEGES, SET_MDWE, REFUSE_EXEC_GAIN = 38, 65, 1
"""Numbers of prctl(2): what `NoNewPrivileges` and `MemoryDenyWriteExecute` ask of the kernel."""


@pytest.mark.skipif(NGINX is None, reason="no nginx here: deploy/test-programs.sh brings one")
def test_nginx_takes_the_configuration(tmp_path: Path) -> None:
    certify(tmp_path)
    types = next(path for path in (UNPACKED / "etc/nginx/mime.types", Path("/etc/nginx/mime.types")) if path.exists())
    written = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    elsewhere = {"/etc/hopthu/tls": tmp_path, "/run/nginx": tmp_path / "nginx", "/etc/nginx/mime.types": types}
    for old, new in elsewhere.items():
        assert old in written
        written = written.replace(old, str(new))
    unused = "".join(f"{name}_temp_path {tmp_path}/{name};\n" for name in ("fastcgi", "uwsgi", "scgi"))
    file = tmp_path / "nginx.conf"
    file.write_text(written.replace("http {\n", f"http {{\n{unused}", 1))
    done = subprocess.run([str(NGINX), "-t", "-c", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_proxy_packs_what_the_benchmark_counts_as_packed() -> None:
    written = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    places = {"/assets/": ("text/css", "text/javascript"), f"= {PICTURES}": ("image/svg+xml",)}
    for place, types in places.items():
        (found,) = re.findall(rf"location {re.escape(place)} {{([^}}]*)}}", written)
        assert f"gzip on;\n            gzip_comp_level {LEVEL};" in found
        assert all(kind in found for kind in types)
    assert written.count("gzip on;") == len(places)


def certify(folder: Path) -> None:
    """A certificate of the name in the configuration, signed by itself."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string("CN=hopthu.example")
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem))
    plain = serialization.NoEncryption()
    (folder / "privkey.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))


@pytest.mark.skipif(ANALYZE is None, reason="no systemd here")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_takes_the_unit_and_finds_it_tight(unit: Path, tmp_path: Path) -> None:
    copy = tmp_path / unit.name
    copy.write_text(unit.read_text("utf-8").replace("/opt/hopthu/.venv/bin/hopthu", sys.executable))
    done = subprocess.run([str(ANALYZE), "verify", copy], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    tight = [str(ANALYZE), "security", "--offline=true", f"--threshold={EXPOSED}", copy]
    judged = subprocess.run(tight, capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout


def confine() -> None:
    """What the units ask of the kernel for memory and privileges, as far as anybody may ask it."""
    prctl = ctypes.CDLL(None).prctl
    if prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) or prctl(SET_MDWE, REFUSE_EXEC_GAIN, 0, 0, 0):
        os._exit(99)  # a kernel that cannot


@pytest.mark.parametrize(
    ("kind", "raw", "mime"),
    [
        ("photo", with_secrets("JPEG"), "image/jpeg"),
        ("photo", with_secrets("AVIF"), "image/jpeg"),
        ("video", film("mp4", "libx264", "aac"), "video/mp4"),
        ("video", film("avi", "mjpeg", "pcm_s16le"), "video/webm"),
    ],
)
def test_the_cleaner_works_where_no_memory_may_become_a_program(kind: str, raw: bytes, mime: str) -> None:
    asked = json.dumps({"kind": kind, "mime": ""}).encode() + b"\n" + raw
    command = [sys.executable, "-I", "-m", "bot.service.cleaning"]
    done = subprocess.run(command, input=asked, capture_output=True, check=False, env={}, cwd="/", preexec_fn=confine)
    if done.returncode == 99:
        pytest.skip("this kernel cannot refuse it")
    assert json.loads(done.stdout.split(b"\n", 1)[0])["mime"] == mime
