"""What is done with boxes, one at a time: made, named, moved, closed, replaced. Each is one act in one transaction.

A box is never erased: what was sent through it names it by its code, and its link leads on to the one after it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace as changed

from sqlalchemy import Connection

from bot.service.boxes.addresses import Addresses, qr_png, qr_svg
from bot.service.boxes.rules import Around, Sketch, around, circles, drawn, reasons
from bot.service.errors import NotAccepted
from bot.service.naming import code_of, tidy
from bot.service.tables import refuse
from storage.repositories import boxes
from storage.repositories.units import Box

__all__ = ["Box", "Sketch", "add", "change", "close", "every", "leads_to", "picture", "replace"]

NO_BOX = "there is no such box"
IS_CLOSED = "this box is closed"


def add(connection: Connection, sketch: Sketch, now: int) -> Box:
    """Make a box; without a code it gets that of its label.

    Raises:
        NotAccepted: it cannot be so, or there is one of this code already.
    """
    there = around(connection, now)
    unit, label = tidy(sketch.unit or ""), tidy(sketch.label_vi or "")
    code = tidy(sketch.code) if sketch.code else code_of(label, unit)
    if code in there.boxes:
        raise NotAccepted("there is a box of this code already: choose another with --code")
    box = Box(code, unit, label, tidy(sketch.label_en or "") or label)
    return _write(connection, drawn(box, sketch, there), there)


def change(connection: Connection, code: str, sketch: Sketch, now: int) -> Box:
    """Call it otherwise, hang it elsewhere in its unit, or say who looks after it; its link stays.

    Raises:
        NotAccepted: there is no such box, it cannot be so, or it is closed and shall hang elsewhere.
    """
    there = around(connection, now)
    box = _there(there, code)
    if box.closed and (sketch.place, sketch.hamlet) != (None, None):
        raise NotAccepted(IS_CLOSED)
    return _write(connection, drawn(box, sketch, there), there)


def close(connection: Connection, code: str, successor: str | None, now: int) -> Box:
    """Take it down; its link leads to the successor, or to its unit where there is none.

    Closing again lets the successor be named or changed later.

    Raises:
        NotAccepted: there is no such box or successor, or closed boxes would lead in a circle.
    """
    there = around(connection, now)
    return _write(connection, changed(_there(there, code), closed=True, successor=successor), there)


def replace(connection: Connection, code: str, sketch: Sketch, now: int) -> Box:
    """Hang a new box, with a code of its own, in the place of this one, whose link leads to it from now on.

    In another unit it takes over what the box is called, but no hamlet and nobody who looked after it.

    Raises:
        NotAccepted: there is no such box, it is closed, or the new one cannot be so.
    """
    there = around(connection, now)
    old = _there(there, code)
    if old.closed:
        raise NotAccepted(IS_CLOSED)
    if not sketch.code:
        raise NotAccepted("the box that takes its place needs a code of its own")
    if sketch.code in there.boxes:
        raise NotAccepted("there is a box of this code already: to lead on to it, close this one onto it")
    fresh = changed(old, code=tidy(sketch.code))
    if sketch.unit and sketch.unit != old.unit:
        fresh = changed(fresh, unit=tidy(sketch.unit), hamlet=None, contact_role="", contact_reach="")
    fresh = _write(connection, drawn(fresh, sketch, there), there)
    with_it = changed(there, boxes={**there.boxes, fresh.code: fresh})
    _write(connection, changed(old, closed=True, successor=fresh.code), with_it)
    return fresh


def every(connection: Connection, unit: str | None = None, *, closed: bool = False) -> tuple[Box, ...]:
    """The boxes that hang, by unit and code; `closed`: those too that do not."""
    return tuple(box for box in boxes.every(connection, unit) if closed or not box.closed)


def picture(connection: Connection, code: str, links: Addresses, *, name: str, chat: bool) -> bytes:
    """The QR code of a box as a file of this name: of its page, or (`chat`) of the bot.

    Raises:
        NotAccepted: there is no such box, no bot is set up here, or the name says no kind of picture.
    """
    box = _there(around(connection, 0), code)
    address = links.chat(box.code) if chat else links.page(box.code)
    if address is None:
        raise NotAccepted("no bot is set up here: HOPTHU_TELEGRAM_NAME names it")
    match name.lower().rpartition(".")[2]:
        case "svg":
            return qr_svg(address)
        case "png":
            return qr_png(address)
        case _:
            raise NotAccepted("the file's name must end with .svg or .png")


def leads_to(code: str, among: Iterable[Box]) -> Box | None:
    """The open box that the link of this one leads to; None where it leads to its unit alone."""
    found = {box.code: box for box in among}
    passed: set[str] = set()
    while code in found and found[code].closed and code not in passed:
        passed.add(code)
        code = found[code].successor or ""
    box = found.get(code)
    return box if box is not None and not box.closed else None


def _there(there: Around, code: str) -> Box:
    if code not in there.boxes:
        raise NotAccepted(NO_BOX)
    return there.boxes[code]


def _write(connection: Connection, box: Box, there: Around) -> Box:
    refuse([*reasons(box, there)])
    before, after = circles(there.boxes), circles({**there.boxes, box.code: box})
    refuse([why for code, why in after.items() if code not in before])
    is_new = box.code not in there.boxes
    boxes.write(connection, new=(box,) if is_new else (), changed=() if is_new else (box,))
    return box
