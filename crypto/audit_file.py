"""The file in which an audit chain leaves the desk: a header, the unit's sheets, the records. For anybody to check.

Owns its form. What the header claims of keys is not believed: whoever checks brings the authority's and the server's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crypto.audit import Checks, Misfit, Verdict, beginning, verify_chain
from crypto.errors import SealError, Unusable
from crypto.labels import VERSION
from crypto.sheets import Officer, Sheet, verify_sheet
from crypto.signing import KEY
from crypto.wire import Fields, encode_line, encode_raw

KIND = "hopthu-audit"
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


def write_file(file: AuditFile) -> bytes:
    """The file: one line of JSON, then two lines for each sheet, oldest first, then two for each record."""
    header = {
        "v": VERSION,
        "kind": KIND,
        "site": file.site,
        "unit": file.unit,
        "authority": encode_raw(file.authority),
        "server": [{"key": encode_raw(key)} for key in file.server],
        "sheets": len(file.sheets),
        "records": len(file.records),
    }
    return b"".join((encode_line(header), b"\n", *file.sheets, *file.records))


def read_file(content: bytes) -> AuditFile:
    """The parts of a file. Raises Unusable where it is no such file, is cut, or holds more lines than it says."""
    header, _, rest = content.partition(b"\n")
    fields = Fields.parse(header)
    fields.expect(_FIELDS)
    if fields.text("kind") != KIND:
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
    )
    if write_file(file) != content:
        raise Unusable("audit file: written otherwise")
    return file


def _keys(parts: Sequence[Fields]) -> tuple[bytes, ...]:
    for one in parts:
        one.expect(("key",))
    return tuple(one.raw("key", KEY) for one in parts)


def verify_file(
    file: AuditFile, *, authority: bytes, server: tuple[bytes, ...], seen: tuple[int, str] | None = None
) -> Verdict:
    """How far the file's chain holds under these keys.

    A file that claims other keys, or holds a sheet the authority did not sign for this unit, has its fault at number 0:
    nothing in it can be judged.
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
    return verify_chain(file.records, checks, seen=seen)


def _sheet(body: bytes, authority: bytes) -> Sheet | None:
    try:
        return verify_sheet(body, authority)
    except SealError:
        return None
