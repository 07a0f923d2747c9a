"""First start: what is made, what is kept, what is refused."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.run.config import load_config
from bot.run.foundation import (
    acknowledgements_file,
    audit_keys,
    fake_salts,
    is_real,
    make_site,
    open_acknowledging,
    open_keys,
    open_phones,
    open_site,
    open_subscriptions,
    phones_file,
    read_master,
    subscriptions_file,
    write_subkeys,
)
from bot.run.keyfile import KeyFault, write_private
from crypto.acknowledgements import Received, acknowledge, read_acknowledgement, wrong
from crypto.signing import Signer
from crypto.subscriptions import subscriptions_subkey


def test_a_demonstration_is_made_once_and_opened_again(folder: Path) -> None:
    first, again = open_keys(load_config()), open_keys(load_config())
    assert first.site == again.site
    assert first.site.demo
    assert first.authority is not None
    assert again.authority is not None
    assert first.authority.verify_key == again.authority.verify_key == first.site.authority
    assert first.recovery == again.recovery
    assert not is_real(load_config())


def test_every_key_is_the_owners_alone(folder: Path) -> None:
    open_keys(load_config())
    files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder / "keys").iterdir()}
    derived = ("subscriptions.key", "phones.key", "acknowledgements.key")
    made = ("site.json", "master.key", "demo-authority.key", "demo-recovery.key", *derived)
    assert files == dict.fromkeys(made, 0o600)
    assert stat.S_IMODE((folder / "keys").stat().st_mode) == 0o700


def test_a_real_installation_holds_no_authority() -> None:
    config = load_config()
    site = make_site(config, Signer.generate().verify_key, demo=False)
    keys = open_keys(config)
    assert (keys.site, keys.authority, keys.recovery) == (site, None, None)
    assert is_real(config)
    assert open_site(config) == site


def test_a_master_key_that_is_there_is_kept(folder: Path) -> None:
    config = load_config()
    write_private(config.master_key, b"m" * 32)
    make_site(config, b"a" * 32, demo=False)
    assert read_master(config) == b"m" * 32


def test_the_salts_of_unknown_accounts_are_of_the_master_key_and_the_site() -> None:
    config = load_config()
    site = open_keys(config).site
    found = fake_salts(config, site)
    assert (len(found), fake_salts(config, site)) == (32, found)
    assert found != read_master(config)
    write_private(config.master_key, b"m" * 32)
    assert fake_salts(config, site) != found


@pytest.mark.parametrize("name", ["demo-authority.key", "demo-recovery.key"])
@pytest.mark.parametrize("content", [b"short", b"\xff" * 40])
def test_a_damaged_demonstration_key_is_said(folder: Path, name: str, content: bytes) -> None:
    open_keys(load_config())
    write_private(folder / "keys" / name, content)
    with pytest.raises(KeyFault, match="damaged"):
        open_keys(load_config())


def test_a_master_key_of_another_length_is_said() -> None:
    config = load_config()
    open_keys(config)
    write_private(config.master_key, b"short")
    with pytest.raises(KeyFault, match="damaged"):
        read_master(config)


def test_the_subscriptions_subkey_is_made_with_the_installation(folder: Path) -> None:
    config = load_config()
    site = open_keys(config).site
    subkey = subscriptions_subkey(read_master(config), site.id)
    config.master_key.unlink()
    found = open_subscriptions(config, site)
    assert (found.number, found.secret, found.site) == (1, subkey, site.id)


def test_a_missing_subscriptions_subkey_is_derived_again(folder: Path) -> None:
    config = load_config()
    site = open_keys(config).site
    first = open_subscriptions(config, site)
    subscriptions_file(config).unlink()
    assert open_subscriptions(config, site) == first
    subscriptions_file(config).unlink()
    config.master_key.unlink()
    with pytest.raises(KeyFault):
        open_subscriptions(config, site)


def test_a_worker_without_the_master_key_says_who_makes_the_subkey_that_an_older_version_left_out() -> None:
    config = load_config()
    site = open_keys(config).site
    first, master = open_phones(config, site), config.master_key.read_bytes()
    phones_file(config).unlink()
    config.master_key.unlink()
    with pytest.raises(KeyFault, match=r"phones\.key is missing: start the desk here once"):
        open_phones(config, site)
    write_private(config.master_key, master)
    assert open_phones(config, site) == first


def test_what_signs_acknowledgements_is_vouched_for_and_is_not_the_audit_key(folder: Path) -> None:
    config = load_config()
    site = open_keys(config).site
    audit, known = audit_keys(config, site)
    config.master_key.unlink()
    found = open_acknowledging(config, site)
    said = Received(site.id, demo=True, unit="18118", name="xã", day="2026-11-22", fingerprint=bytes(32))
    assert wrong(read_acknowledgement(acknowledge(said, found).encode()), known) is None
    assert found.signer.verify_key != audit.verify_key
    assert audit.seed not in acknowledgements_file(config).read_bytes()


def test_the_desk_makes_what_signs_acknowledgements_where_an_older_version_left_none() -> None:
    config = load_config()
    site = open_keys(config).site
    first, master = acknowledgements_file(config).read_bytes(), config.master_key.read_bytes()
    acknowledgements_file(config).unlink()
    config.master_key.unlink()
    with pytest.raises(KeyFault, match=r"acknowledgements\.key is missing: start the desk here once"):
        open_acknowledging(config, site)
    write_private(config.master_key, master)
    audit_keys(config, site)
    assert acknowledgements_file(config).read_bytes() == first


def test_under_a_new_master_key_another_one_signs_and_the_old_papers_hold() -> None:
    config = load_config()
    site = open_keys(config).site
    first, _ = open_acknowledging(config, site), audit_keys(config, site)
    write_private(config.master_key, b"m" * 32)
    write_subkeys(config, site)
    second, (_, known) = open_acknowledging(config, site), audit_keys(config, site)
    said = Received(site.id, demo=True, unit="18118", name="xã", day="2026-11-22", fingerprint=bytes(32))
    papers = [read_acknowledgement(acknowledge(said, by).encode()) for by in (first, second)]
    assert papers[0].key != papers[1].key
    assert [wrong(paper, known) for paper in papers] == [None, None]


@pytest.mark.parametrize("content", [b"short", bytes(200)])
def test_a_damaged_acknowledgements_key_is_refused(folder: Path, content: bytes) -> None:
    config = load_config()
    site = open_keys(config).site
    write_private(acknowledgements_file(config), content)
    with pytest.raises(KeyFault, match="damaged"):
        open_acknowledging(config, site)


def test_a_damaged_subscriptions_subkey_is_refused(folder: Path) -> None:
    config = load_config()
    site = open_keys(config).site
    write_private(subscriptions_file(config), b"short")
    with pytest.raises(KeyFault):
        open_subscriptions(config, site)
