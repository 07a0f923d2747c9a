"""Files that come back from the offline machine: the cases behind `crypto/vectors/recovered.json`."""

from __future__ import annotations

from unit.crypto.sealing_world import AT, SITE, UNIT, identity, secret, sheet, tip

from crypto.grants import RECOVERY, seal_grant
from crypto.recovery import Asked, Given, recipient_digest, recovered_digest, rewrap, write_asked, write_given
from crypto.wire import encode_raw

Json = dict[str, object]
TIP = tip().tip
BACKUP = identity("recovery")


def _given() -> Given:
    """Two tips' keys for everybody on the sheet."""
    sealed: dict[bytes, bytes] = {}
    for one in (TIP, secret("second")[:16]):
        said = {"officer": RECOVERY, "serial": RECOVERY}
        sealed[one] = seal_grant(identity("tip"), BACKUP.recipient, site=SITE, tip=one, unit=UNIT, **said)
    grants = {one: each for one, each in rewrap(Asked(SITE, UNIT, sealed), BACKUP, sheet(), AT) if each}
    return Given(SITE, UNIT, recipient_digest(BACKUP.recipient), grants)


def recovered() -> Json:
    given = _given()
    body = b"".join(write_given(given)).decode()
    head, *lines = body.splitlines(keepends=True)
    asked = b"".join(write_asked(Asked(SITE, UNIT, {TIP: b"sealed"}))).decode()
    cases = [
        ("two tips", body, "good"),
        ("none", head.replace('"tips":2', '"tips":0'), "good"),
        ("the last line cut off", head + lines[0], "unusable"),
        ("the last end of line cut off", body[:-1], "unusable"),
        ("a line more", body + lines[0], "unusable"),
        ("one tip twice", head + lines[0] * 2, "unusable"),
        ("an empty line behind", body + "\n", "unusable"),
        ("another version", body.replace('"v":1', '"v":2', 1), "unusable"),
        ("the file on its way there", asked, "unusable"),
        ("a field more", body.replace('"kind"', '"more":1,"kind"'), "unusable"),
        ("a grant that is no text", body.replace('"s-1":"', '"s-0":1,"s-1":"', 1), "unusable"),
        ("a grant too large", head + lines[0] + lines[1].replace('"s-1":"', f'"s-1":"{"A" * 24_000}'), "unusable"),
        ("nothing", "", "unusable"),
    ]
    return {
        "tips": {
            encode_raw(one): {serial: encode_raw(sealed) for serial, sealed in each.items()}
            for one, each in given.grants.items()
        },
        "recovery": encode_raw(given.recovery),
        "digest": encode_raw(recovered_digest(given.grants)),
        "cases": [{"why": why, "body": text, "outcome": outcome} for why, text, outcome in cases],
    }
