"""Every derived key has its own label. Owns the one HKDF call; must never be called with two uses under one label."""

from __future__ import annotations

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = 1
"""`v` of everything sealed or signed by this version (FORMAT.md)."""


def label(site: str, use: str) -> bytes:
    """The HKDF label of one use at one site: `hopthu/v1/<site>/<use>`."""
    return f"hopthu/v1/{site}/{use}".encode()


def derive(secret: bytes, site: str, use: str, length: int = 32) -> bytes:
    """`length` bytes of HKDF-SHA256 over `secret`, no salt, labelled with site and use."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=label(site, use)).derive(secret)
