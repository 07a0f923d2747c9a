"""Where errors of storage and sealing become the product's own families, for every use case alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.service.errors import OurFault, OutsideFailed
from crypto.errors import SealError
from storage.errors import Busy, Conflict, Full, StorageError


@contextmanager
def store_away() -> Iterator[None]:
    """Whatever the store refuses may work later."""
    try:
        yield
    except StorageError as error:
        raise OutsideFailed(str(error)) from error


@contextmanager
def in_families() -> Iterator[None]:
    """What may work later, and what is ours: a store that is busy comes back, what is missing or broken does not."""
    try:
        yield
    except (Busy, Full, Conflict) as error:
        raise OutsideFailed(str(error)) from error
    except StorageError as error:
        raise OurFault("something that should be stored here is not") from error
    except SealError as error:
        raise OurFault("something sealed here cannot be opened") from error
