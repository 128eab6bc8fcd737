"""Asking a store again where that is safe: reading changes nothing there. A few times, and never for long."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

CONNECTING, ANSWERING = 10.0, 30.0  # seconds for a connection to come about, and between two parts of an answer
PAUSES = (0.5, 1.0, 2.0)  # seconds before each further try


class Passing(Exception):
    """It may go well the next time: a connection lost, a store too busy. `why` is in words, without secrets."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class Refused(Exception):
    """It will not go well the next time either."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def patiently(ask: Callable[[], T], sleep: Callable[[float], None] = time.sleep) -> T:
    """The answer; `Passing` where the last try fails too, `Refused` at once."""
    for pause in PAUSES:
        try:
            return ask()
        except Passing:
            sleep(pause)
    return ask()


def of_status(status: int) -> Exception:
    """What an HTTP status that is no success means."""
    if status in (408, 425, 429) or status >= 500:
        busy = "is asked too often" if status == 429 else "has trouble of its own"
        return Passing(f"the store {busy} (it answered {status})")
    if status == 412:
        return Refused("it was changed while it was read: check again")
    if status == 404:
        return Refused("there is no such object (the store answered 404)")
    if status in (401, 403):
        return Refused(f"access is denied (the store answered {status})")
    if status == 416:
        return Refused("it is shorter than the store said before: it was changed while it was read")
    return Refused(f"the store answered {status}")
