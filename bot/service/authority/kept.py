"""What the authority has signed, kept in the folder of its key and believed by its signature alone.

One file a sheet, or the archives that the authority's page hands out, unpacked or not.

Owns the answer to "was this compared before?": whoever stands, line for line, on a unit's newest signed sheet. A file
that this authority did not sign stops everything: somebody else wrote into the folder.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from bot.service.authority.keys import Ask, nobody_asked, open_signer, settle
from bot.service.bundles import read_bundle
from bot.service.errors import NotAccepted
from crypto.errors import SealError
from crypto.sheets import Sheet, sign_sheet, verify_sheet

FOLDER = "signed"
HANDED_OUT = "sheets*"
"""How the page's archives begin, and folders they were unpacked to: whoever signed with the page saved them here."""
_PLAIN = re.compile(r"[0-9A-Za-z-]{1,64}")


@dataclass(frozen=True, slots=True)
class Signed:
    """A sheet and its signed form."""

    sheet: Sheet
    body: bytes


class Office:
    """The authority at work: its key, what it has signed, and what its clock says (UTC seconds)."""

    def __init__(self, folder: Path, now: int, ask: Ask = nobody_asked) -> None:
        """Open the folder; `ask` is asked for the passphrase of a locked key.

        Raises:
            NotAccepted: there is no key here, its passphrase is another, or a kept sheet is not of this key.
        """
        self.folder = folder
        self.now = now
        self._signer = open_signer(folder, ask)
        self._newest: dict[tuple[str, str], Signed] = {}
        self._gone: dict[tuple[str, str], Sheet] = {}
        for path in sorted([*folder.glob(f"{FOLDER}/*.txt"), *folder.glob(f"{HANDED_OUT}/*.txt")]):
            self._remember(self._believed(f"{path.parent.name}/{path.name}", path.read_bytes()))
        for path in sorted(folder.glob(f"{HANDED_OUT}.zip")):
            for name, body in read_bundle(path, ".txt"):
                self._remember(self._believed(f"{path.name}/{name}", body))

    def newest(self, site: str, unit: str) -> Signed | None:
        """The newest sheet signed here for a unit of an installation."""
        return self._newest.get((site, unit))

    def every(self) -> tuple[Signed, ...]:
        """The newest sheet of every unit, by unit."""
        return tuple(sorted(self._newest.values(), key=lambda one: (one.sheet.unit, one.sheet.site)))

    def file_of(self, signed: Signed) -> str:
        """What its file is called on the way to the server; of several installations each says which."""
        sheet = signed.sheet
        several = len({site for site, _ in self._newest}) > 1
        return f"sheet-{sheet.site}_{sheet.unit}_{sheet.n}.txt" if several else f"sheet-{sheet.unit}-{sheet.n}.txt"

    def heir(self, site: str, unit: str) -> Sheet | None:
        """The newest sheet that goes on for a unit of an installation: of that unit nothing is signed any more."""
        return self._gone.get((site, unit))

    def sign(self, sheet: Sheet) -> Signed:
        """Sign and keep: what is not on this disk has not been signed.

        Raises:
            NotAccepted: the sheet says what no sheet may say.
        """
        try:
            signed = Signed(sheet, sign_sheet(sheet, self._signer))
        except SealError:
            raise NotAccepted("this sheet cannot be signed: keys, serials or dates are wrong") from None
        folder = self.folder / FOLDER
        folder.mkdir(mode=0o700, exist_ok=True)
        path = folder / f"{sheet.site}_{sheet.unit}_{sheet.n}.txt"  # a site and a unit may hold "-", neither "_"
        draft = path.with_suffix(".new")
        with draft.open("wb") as out:
            out.write(signed.body)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)
        settle(folder)
        self._remember(signed)
        return signed

    def _believed(self, file: str, body: bytes) -> Signed:
        try:
            return Signed(verify_sheet(body, self._signer.verify_key), body)
        except SealError:
            raise NotAccepted(f"{file} beside the key is no sheet of this authority: see why") from None

    def _remember(self, signed: Signed) -> None:
        key = (signed.sheet.site, signed.sheet.unit)
        known = self._newest.get(key)
        if known is None or known.sheet.n < signed.sheet.n:
            self._newest[key] = signed
            self._gone.update({(signed.sheet.site, old): signed.sheet for old in signed.sheet.goes_on_for})


def names_a_file(sheet: Sheet) -> bool:
    """True where installation and unit can stand in a file's name."""
    return bool(_PLAIN.fullmatch(sheet.site) and _PLAIN.fullmatch(sheet.unit))


def gone_on_for(heir: Sheet, unit: str) -> str:
    """Why nothing is signed for a unit any more."""
    return f"unit {heir.unit} goes on for unit {unit}: nothing is signed for that one any more"
