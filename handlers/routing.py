"""Which unit receives a draft, by its kind of matter.

Owns that alone: worked out anew whenever it is asked, from the draft's words in memory, and written nowhere.
"""

from __future__ import annotations

from handlers.conversation import Draft
from handlers.records import replace
from handlers.values import Desk

WARD = "ward"
"""Hint of a draft whose writer chose the ward itself."""


def desk_of(draft: Draft | None, desk: Desk) -> Desk:
    """The desk as it is for this draft: another unit's where such matters go there.

    What the reporter chose himself stays, and what is happening now is for whoever is nearest.
    """
    if draft is None or draft.target is not None or draft.urgent or not desk.known:
        return desk
    if draft.door is not None or WARD in draft.told:
        return desk
    for category, door in desk.elsewhere:
        if category == draft.category:
            return replace(desk, receiver=door.unit, receiver_name=door.name, staffed=True, routed=True)
    return desk
