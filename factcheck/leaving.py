"""Leaving at once when Ctrl-C is pressed, even while an engine computes and listens to nobody."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STOPPED = 130  # as every program that Ctrl-C has ended; 1 would say that a verdict has changed
GRACE = 1.0  # seconds in which an engine may stop of its own accord

TEMPORARY: set[Path] = set()  # folders that must not stay behind


@contextmanager
def promptly() -> Iterator[None]:
    """While this lasts, Ctrl-C ends the process after `GRACE` seconds at the latest.

    Python tells of a signal between two of its own steps, and DuckDB between two of its; sorting for an inequality
    join can take half a minute. A thread of its own hears of the signal at once, from the byte that Python's handler
    in C writes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    over = threading.Event()
    threading.Thread(target=_watch, args=(reading, over), daemon=True).start()
    try:
        yield
    finally:
        over.set()
        signal.set_wakeup_fd(before, warn_on_full_buffer=False)
        os.close(writing)


def _watch(reading: int, over: threading.Event) -> None:
    while said := os.read(reading, 1):
        if said[0] == signal.SIGINT and not over.wait(GRACE):
            os.write(2, b"stopped\n")
            for folder in TEMPORARY:
                shutil.rmtree(folder, ignore_errors=True)
            os._exit(STOPPED)
    os.close(reading)
