"""Failures of what lies below, as the product's own families: for the one line a command ends with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.edge.http.pages import PagesNotBuilt
from bot.service.errors import OurFault, OutsideFailed
from crypto.errors import SealError
from storage.errors import StorageError


@contextmanager
def plainly() -> Iterator[None]:
    """Whatever is known to go wrong comes out as a `HopthuError` in plain words.

    Raises:
        OutsideFailed: the database, a file or the network.
        OurFault: something sealed or signed cannot be used.
    """
    try:
        yield
    except StorageError as error:
        raise OutsideFailed(f"{error}; look at HOPTHU_DATABASE_URL, the disk and the server") from error
    except SealError as error:
        raise OurFault(f"a key or a signed file cannot be used: {error}") from error
    except PagesNotBuilt as error:
        raise OutsideFailed("the pages for browsers are not built; run make setup") from error
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        raise OutsideFailed(f"{(error.strerror or 'the system refused').lower()}{where}") from error
