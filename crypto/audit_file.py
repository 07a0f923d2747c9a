"""The file in which an audit chain leaves the desk: a header, the unit's sheets, the records, a digest of it all.

Owns its form. What the header claims of keys is not believed: whoever checks brings the authority's and the server's.
The digest is no proof of who wrote the file: it finds the byte that changed where no signature lies over it, in the
digest that stands for a last record which is withheld.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from crypto.audit import Checks, Mark, Misfit, Verdict, beginning, verify_chain
from crypto.errors import SealError, Unusable
from crypto.sheets import Officer, Sheet, verify_sheet
from crypto.signing import KEY
from crypto.wire import Fields, encode_line, encode_raw

KIND = "hopthu-audit"
FORM = 2
"""The `v` of the header: files of form 1 had no digest at their end."""
LAST_LINE = 44
"""Bytes of the last line: 32 bytes in base64url, a line end."""
_FIELDS = ("v", "kind", "site", "unit", "authority", "server", "sheets", "records")


@dataclass(frozen=True, slots=True)
class AuditFile:
    """A chain with all that is needed to check it. `authority` and `server` are what the file claims, no more."""

    site: str
    unit: str
    authority: bytes
    server: tuple[bytes, ...]
    sheets: tuple[bytes, ...]
    records: tuple[bytes, ...]
    intact: bool = True
    """Whether its last line is the digest of what stands before."""


def write_file(file: AuditFile) -> bytes:
    """The file: a line of JSON, two lines for each sheet, oldest first, two for each record, the digest of all this."""
    header = {
        "v": FORM,
        "kind": KIND,
        "site": file.site,
        "unit": file.unit,
        "authority": encode_raw(file.authority),
        "server": [{"key": encode_raw(key)} for key in file.server],
        "sheets": len(file.sheets),
        "records": len(file.records),
    }
    before = b"".join((encode_line(header), b"\n", *file.sheets, *file.records))
    return before + _last_line(before)


def _last_line(before: bytes) -> bytes:
    return encode_raw(hashlib.sha256(before).digest()).encode() + b"\n"


def read_file(content: bytes) -> AuditFile:
    """The parts of a file. Raises Unusable where it is no such file, is cut, or holds more lines than it says."""
    before, end = content[:-LAST_LINE], content[-LAST_LINE:]
    header, _, rest = before.partition(b"\n")
    fields = Fields.parse(header, up_to=FORM)
    fields.expect(_FIELDS)
    if fields.text("kind") != KIND or fields.number("v") != FORM:
        raise Unusable("audit file: another kind")
    sheets, records = fields.number("sheets"), fields.number("records")
    lines = rest.split(b"\n")
    if lines.pop() or len(lines) != 2 * (sheets + records):
        raise Unusable("audit file: cut, or longer than it says")
    bodies = [b"%b\n%b\n" % pair for pair in zip(lines[::2], lines[1::2], strict=True)]
    file = AuditFile(
        site=fields.shown("site"),
        unit=fields.shown("unit"),
        authority=fields.raw("authority", KEY),
        server=_keys(fields.parts("server")),
        sheets=tuple(bodies[:sheets]),
        records=tuple(bodies[sheets:]),
        intact=end == _last_line(before),
    )
    if write_file(file)[:-LAST_LINE] != before:
        raise Unusable("audit file: written otherwise")
    return file


def _keys(parts: Sequence[Fields]) -> tuple[bytes, ...]:
    for one in parts:
        one.expect(("key",))
    return tuple(one.raw("key", KEY) for one in parts)


def verify_file(file: AuditFile, *, authority: bytes, server: tuple[bytes, ...], seen: Mark | None = None) -> Verdict:
    """How far the file's chain holds under these keys.

    A file that claims other keys, or holds a sheet the authority did not sign for this unit, has its fault at number 0:
    nothing in it can be judged. So has one that is not as it was written, where no record shows which byte changed.
    """
    nowhere = beginning(file.site, file.unit)
    if file.authority != authority or not set(file.server) <= set(server):
        return Verdict(nowhere, Misfit(0, "keys"))
    lines: dict[str, Officer] = {}
    withholds = False
    for body in file.sheets:
        sheet = _sheet(body, authority)
        if sheet is None or (sheet.site, sheet.unit) != (file.site, file.unit):
            return Verdict(nowhere, Misfit(0, "sheet"))
        lines.update({line.serial: line for line in sheet.officers})
        withholds = bool(sheet.goes_on_for)
    checks = Checks(file.site, file.unit, lines.get, server, withholds=withholds)
    found = verify_chain(file.records, checks, seen=seen)
    return found if file.intact or found.fault else Verdict(found.point, Misfit(0, "digest"))


def _sheet(body: bytes, authority: bytes) -> Sheet | None:
    try:
        return verify_sheet(body, authority)
    except SealError:
        return None
