"""First start: folders, keys, what the installation is; in a demonstration also its authority and recovery identity."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.run.config import Config
from bot.run.keyfile import (
    KeyFault,
    private_folder,
    read_private,
    read_private_json,
    read_site,
    write_private,
    write_site,
)
from bot.run.masterkey import read_masters
from bot.service.site import Site
from crypto.acknowledgements import Acknowledging, acknowledging
from crypto.errors import SealError
from crypto.hybrid import Identity
from crypto.labels import derive
from crypto.phones import PhoneKey, phones_subkey
from crypto.signing import Signer
from crypto.subscriptions import AddressKey, SubscriptionKey, subscriptions_subkey
from crypto.wire import SIGNATURE

K = TypeVar("K", bound=AddressKey)
MASTER, SITE_ID, SALT = 32, 8, 16
_NUMBER = 4


@dataclass(frozen=True, slots=True)
class Keyring:
    """What lies in the key folder. `authority` and `recovery` are there in a demonstration alone."""

    site: Site
    authority: Signer | None
    recovery: Identity | None


def _beside_the_keys(name: str) -> Callable[[Config], Path]:
    """Where an installation has the file of this name: in its key folder."""
    return lambda config: config.keys / name


site_file = _beside_the_keys("site.json")
"""The file that says what this installation is."""
floors_file = _beside_the_keys("sheet-numbers.json")
"""The file of the highest sheet numbers seen."""
subscriptions_file = _beside_the_keys("subscriptions.key")
"""The subscriptions' subkey: its master key's number, then 32 bytes. Intake and worker have no more of it than this and
the next two."""
phones_file = _beside_the_keys("phones.key")
"""The subkey of officers' phones, in the same form."""
acknowledgements_file = _beside_the_keys("acknowledgements.key")
"""What signs acknowledgements: the seed of a signing key that opens nothing, and the audit key's word for it."""
erased_file = _beside_the_keys("erased-subscriptions")
"""Random ids of erased subscriptions, for restoring an older backup."""
audit_keys_file = _beside_the_keys("audit-keys.json")
"""The file of the server's public audit keys."""
notes_file = _beside_the_keys("notes.key")
"""The key that marks what commands leave for the audit chain."""
init_begun = _beside_the_keys("init-begun")
"""The file that stands while `init` is under way: whoever finds it may take that up again, and nothing else."""
restore_begun = _beside_the_keys("restore-begun")
"""The file that stands while `restore` is under way; the next try clears what it left."""
rotation_begun = _beside_the_keys("rotation-begun")
"""The file that stands while `keys rotate` is under way; the next try goes on."""


def is_real(config: Config) -> bool:
    """True if `hopthu init` made this installation."""
    path = site_file(config)
    return path.exists() and not open_site(config).demo


def address_file(config: Config) -> Path:
    """Where the address of the running desk is noted, for commands that print links to it."""
    return config.data_dir.resolve() / "address.txt"


def open_site(config: Config) -> Site:
    """What the installation is.

    Raises:
        KeyFault: its file cannot be used.
    """
    return read_site(site_file(config))


def open_keys(config: Config) -> Keyring:
    """The installation's keys; a demonstration's are made if there are none.

    Raises:
        KeyFault: a key file cannot be used.
    """
    if not site_file(config).exists():
        _make_demonstration(config)
    site = open_site(config)
    if not site.demo:
        return Keyring(site, None, None)
    try:
        authority = Signer.from_seed(read_private(config.keys / "demo-authority.key"))
        recovery = Identity.parse(read_private(config.keys / "demo-recovery.key").decode("ascii").strip())
    except (SealError, UnicodeDecodeError):
        raise KeyFault(f"a demonstration key in {config.keys} is damaged") from None
    return Keyring(site, authority, recovery)


def read_master(config: Config) -> bytes:
    """The master key in force. The intake role never asks for it.

    Raises:
        KeyFault: its file cannot be used.
    """
    return read_masters(config.master_key)[0].secret


def fake_salts(config: Config, site: Site) -> bytes:
    """The key of unknown accounts' salts: the same after every start and in every process of the desk.

    Raises:
        KeyFault: the master key cannot be used.
    """
    return derive(read_master(config), site.id, "fake-salt")


def challenge_key(config: Config, site: Site) -> bytes:
    """The key of what passkeys are asked to answer: the same in every process of the desk.

    Raises:
        KeyFault: the master key cannot be used.
    """
    return derive(read_master(config), site.id, "passkey-challenge")


def open_subscriptions(config: Config, site: Site) -> SubscriptionKey:
    """The subscriptions' subkey; derived from the master key if its file is not there yet.

    Raises:
        KeyFault: neither can be used.
    """
    return _subkey(config, site, subscriptions_file(config), SubscriptionKey)


def open_phones(config: Config, site: Site) -> PhoneKey:
    """The subkey of officers' phones; as `open_subscriptions`."""
    return _subkey(config, site, phones_file(config), PhoneKey)


def _subkey(config: Config, site: Site, path: Path, kind: type[K]) -> K:
    if not path.exists():
        _derive(config, site, path)
    content = read_private(path)
    try:
        return kind(int.from_bytes(content[:_NUMBER], "big"), content[_NUMBER:], site.id)
    except SealError:
        raise KeyFault(f"{path} is damaged") from None


def write_subkeys(config: Config, site: Site) -> None:
    """Derive the subkeys from the master key in force.

    Raises:
        KeyFault: the master key cannot be used, or a file not written.
    """
    master = read_masters(config.master_key)[0]
    for path, subkey in ((subscriptions_file(config), subscriptions_subkey), (phones_file(config), phones_subkey)):
        write_private(path, master.number.to_bytes(_NUMBER, "big") + subkey(master.secret, site.id))
    secret, audit = (derive(master.secret, site.id, use) for use in ("acknowledging", "audit"))
    vouched = acknowledging(secret, site.id, Signer.from_seed(audit))
    write_private(acknowledgements_file(config), secret + vouched.certificate)


def _derive(config: Config, site: Site, missing: Path) -> None:
    """Where a version that knew no such key left none: whoever has the master key makes it, the desk at its start."""
    try:
        write_subkeys(config, site)
    except KeyFault as error:
        raise KeyFault(f"{missing} is missing: start the desk here once, which makes it of the master key") from error


def open_acknowledging(config: Config, site: Site) -> Acknowledging:
    """What signs acknowledgements; derived from the master key if its file is not there yet.

    Raises:
        KeyFault: neither can be used.
    """
    path = acknowledgements_file(config)
    if not path.exists():
        _derive(config, site, path)
    content = read_private(path)
    if len(content) != MASTER + SIGNATURE:
        raise KeyFault(f"{path} is damaged")
    return Acknowledging(Signer.from_seed(content[:MASTER]), content[MASTER:])


def audit_keys(config: Config, site: Site) -> tuple[Signer, tuple[bytes, ...]]:
    """The server's audit key out of the master key, and every public one it has had, this one noted among them.

    Raises:
        KeyFault: a key file cannot be used.
    """
    signer = Signer.from_seed(derive(read_master(config), site.id, "audit"))
    if not acknowledgements_file(config).exists():
        write_subkeys(config, site)
    known = known_audit_keys(config)
    if signer.verify_key not in known:
        known = (*known, signer.verify_key)
        write_private(audit_keys_file(config), json.dumps({"v": 1, "keys": [key.hex() for key in known]}).encode())
    return signer, known


def known_audit_keys(config: Config) -> tuple[bytes, ...]:
    """The public audit keys the server has had, oldest first.

    Raises:
        KeyFault: their file cannot be used.
    """
    path = audit_keys_file(config)
    if not path.exists():
        return ()
    try:
        return tuple(bytes.fromhex(key) for key in read_private_json(path)["keys"])
    except (KeyError, TypeError, ValueError):
        raise KeyFault(f"{path} is damaged") from None


def notes_key(config: Config) -> bytes:
    """The key that marks what commands leave for the audit chain; made where there is none.

    Raises:
        KeyFault: its file cannot be used.
    """
    path = notes_file(config)
    if not path.exists():
        write_private(path, os.urandom(MASTER))
    found = read_private(path)
    if len(found) != MASTER:
        raise KeyFault(f"{path} is damaged")
    return found


def make_site(config: Config, authority: bytes, *, demo: bool) -> Site:
    """A new installation's identity and master key. The file that makes it one is written last."""
    private_folder(config.data_dir)
    private_folder(config.keys)
    if not config.master_key.exists():
        write_private(config.master_key, os.urandom(MASTER))
    site = Site(os.urandom(SITE_ID).hex(), os.urandom(SALT), demo=demo, authority=authority)
    write_subkeys(config, site)
    write_site(site_file(config), site)
    return site


def _make_demonstration(config: Config) -> None:
    authority, recovery = Signer.generate(), Identity.generate()
    private_folder(config.data_dir)
    write_private(config.keys / "demo-authority.key", authority.seed)
    write_private(config.keys / "demo-recovery.key", recovery.encode().encode() + b"\n")
    make_site(config, authority.verify_key, demo=True)
