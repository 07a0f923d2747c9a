"""Labels keep uses and sites apart."""

from __future__ import annotations

from crypto.labels import derive, label


def test_the_label_is_the_written_one() -> None:
    assert label("thu-nghiem", "receipt-identity") == b"hopthu/v1/thu-nghiem/receipt-identity"


def test_every_use_site_and_secret_gives_another_key() -> None:
    made = {
        derive(secret, site, use) for secret in (bytes(32), b"\1" * 32) for site in ("a", "b") for use in ("one", "two")
    }
    assert len(made) == 8
    assert {len(key) for key in made} == {32}
    assert len(derive(bytes(32), "a", "one", 64)) == 64
