"""Stretching receipts and nothing else: the rate that whole tips are held against."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor

from crypto.receipts import new_receipt, stretch

_SALT = 16


def rate(threads: int, seconds: float) -> float:
    """Receipts stretched a second by so many threads side by side, as the product stretches them."""
    salt = os.urandom(_SALT)
    began = time.perf_counter()

    def work() -> int:
        done = 0
        while time.perf_counter() - began < seconds:
            stretch(new_receipt(), salt)
            done += 1
        return done

    with ThreadPoolExecutor(threads) as pool:
        done = sum(running.result() for running in [pool.submit(work) for _ in range(threads)])
    return done / (time.perf_counter() - began)
