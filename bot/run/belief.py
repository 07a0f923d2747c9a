"""What the product believes of the machine's clock, in one small file that the roles of a machine share.

Roles that disagreed about the time would destroy each other's keys. It holds no secret and counts for one run of the
machine.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from bot.run.keyfile import KeyFault, read_private_json, write_private

BOOT = Path("/proc/sys/kernel/random/boot_id")
"""Linux's name for this run of the machine, random(4)."""


@dataclass(frozen=True, slots=True)
class Belief:
    """How far ahead of the steady clock the time is held to be, in seconds.

    `leapt`, of a leap that is not believed yet: how far ahead it went, and when it was noticed by the steady clock.
    """

    ahead: float
    leapt: tuple[float, float] | None = None


class Shared(Protocol):
    """Where a belief is kept for the other roles, and for one that starts again."""

    def read(self) -> Belief | None:
        """What was kept last in this run of the machine, if anything."""

    def keep(self, belief: Belief) -> None:
        """Keep it, as well as can be."""


class Alone:
    """Nobody shares it: a role without the folder, or a machine that does not name its runs."""

    def read(self) -> Belief | None:
        """Nothing was kept."""
        return None

    def keep(self, belief: Belief) -> None:
        """Nowhere to keep it."""


class FileBelief:
    """The belief in a file. `boot` names this run of the machine: what another run kept is not read."""

    def __init__(self, path: Path, boot: str) -> None:
        self._path = path
        self._boot = boot

    def read(self) -> Belief | None:
        """See `Shared.read`. A file that cannot be read is as good as none."""
        with suppress(KeyFault, KeyError, TypeError, ValueError):
            found = read_private_json(self._path)
            if found["boot"] == self._boot:
                leapt = found["leapt"]
                return Belief(float(found["ahead"]), (float(leapt[0]), float(leapt[1])) if leapt else None)
        return None

    def keep(self, belief: Belief) -> None:
        """See `Shared.keep`. Without room for it time goes on all the same."""
        with suppress(KeyFault):
            write_private(self._path, json.dumps({"boot": self._boot, **asdict(belief)}).encode())


def shared(folder: Path) -> Shared:
    """The machine's belief, beside the keys that die by it."""
    try:
        return FileBelief(folder / "clock.json", BOOT.read_text("ascii").strip())
    except OSError:
        return Alone()
