"""What runs in a reading process: datasets are loaded and described there, and queries on them answered."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import threading
import time
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import duckdb  # noqa: F401  # imported before the fork, so that every child has it at once
import numpy as np  # noqa: F401

from factcheck.errors import EvidenceError
from factcheck.evidence.engines.duckdb import DuckDB, open_engine
from factcheck.evidence.ingest.describe import Describer
from factcheck.evidence.ingest.load import Loader
from factcheck.evidence.isolation.nursery import packed
from factcheck.evidence.isolation.order import Order
from factcheck.evidence.isolation.stored import Stored, copy, store

_EVERY = 0.5  # seconds between two words on how far a statement is
_BESIDE = 1 << 30  # bytes that reading may take beside the engine's own limit


def serve(connection: Connection) -> None:
    """Does what the parent asks, one thing after another."""
    order: Order = connection.recv()
    inbox = _Inbox(connection, order.scratch)
    outbox = _Outbox(connection)
    worker = _Worker(order, outbox)
    while True:
        name, arguments = inbox.next()
        try:
            reply: tuple[str, Any] = ("done", getattr(worker, name)(*arguments))
            data = packed(reply)
        except EvidenceError as error:
            data = packed(("failed", (error.message, error.dataset)))
        except MemoryError:
            data = packed(("failed", ("needs more memory than the limits allow (limits in factcheck.yaml)", None)))
        except Exception:  # noqa: BLE001  # the parent raises it again, as a fault of the program that it is
            data = packed(("broken", traceback.format_exc()))
        outbox.send(data)


class _Outbox:
    """What is sent, by any thread."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    def send(self, data: bytes) -> None:
        with self._lock:
            self._connection.send_bytes(data)


class _Inbox:
    """Requests, read by a thread that notices the parent's end even while the engine computes."""

    def __init__(self, connection: Connection, scratch: Path | None) -> None:
        import queue

        self._requests: queue.SimpleQueue[Any] = queue.SimpleQueue()
        threading.Thread(target=self._read, args=(connection, scratch), daemon=True).start()

    def next(self) -> tuple[str, tuple[Any, ...]]:
        found: tuple[str, tuple[Any, ...]] = self._requests.get()
        return found

    def _read(self, connection: Connection, scratch: Path | None) -> None:
        try:
            while True:
                self._requests.put(connection.recv())
        except (EOFError, OSError):
            if scratch is not None:
                shutil.rmtree(scratch, ignore_errors=True)
            os._exit(0)


class _Worker:
    """The operations; each is a method that the parent names."""

    def __init__(self, order: Order, outbox: _Outbox) -> None:
        self._order = order
        self._outbox = outbox
        self._loader: Loader | None = None
        self._engine: DuckDB | None = None

    def describe(self, name: str) -> Any:
        """A dataset from the heads of its files, and what is wrong with its manifest."""
        order = self._order
        describer = Describer(order.sources, order.ground, order.frames)
        try:
            return describer.get(name), describer.problems
        finally:
            describer.close()

    def load(self, name: str) -> Any:
        """Loads a dataset and what its query reads; the parent hears of each as it begins."""
        found = self._loading.get(name)
        result = self._loading.result
        return found, tuple(result.problems), tuple(result.paths), tuple(result.kept)

    def store(self, name: str, path: Path) -> Any:
        """Writes a loaded dataset away, so that it need not be loaded again."""
        return store(self._opened(), name, path)

    def copy(self, name: str, path: Path) -> bool:
        """Writes the rows of a dataset into a Parquet file."""
        return copy(self._opened(), name, path)

    def restore(self, stored: Stored) -> None:
        """Makes a dataset that was stored."""
        self._opened().execute(stored.create)

    def run(self, sql: str, timeout: float | None) -> Any:
        return self._opened().run(sql, timeout=timeout)

    def digests(self, sql: str, most: list[int], timeout: float | None) -> Any:
        return self._opened().digests(sql, most, timeout=timeout)

    def schema(self, relation: str) -> Any:
        return self._opened().schema(relation)

    def seal(self, paths: tuple[Path, ...]) -> None:
        self._opened().seal(paths)

    @property
    def _loading(self) -> Loader:
        if self._loader is None:
            order = self._order
            self._loader = Loader(
                self._opened(), order.sources, order.ground, order.frames, order.keep_rejects, order.failed, self._begun
            )
        return self._loader

    def _begun(self, name: str) -> None:
        self._outbox.send(packed(("begun", name)))

    def _opened(self) -> DuckDB:
        if self._engine is None:
            order = self._order
            limit = {"memory_limit": order.memory} if order.memory else {}
            self._engine = open_engine(**limit, threads=order.threads, temp_dir=order.scratch)
            _limit_memory(self._engine)
            if order.watched:
                self._engine.watch()
                threading.Thread(target=_watch, args=(self._engine, self._outbox), daemon=True).start()
            if order.ground.opens_stores:
                from factcheck.evidence.stores.front import mount

                mount(self._engine, order.ground.stores)
        return self._engine


def _watch(engine: DuckDB, outbox: _Outbox) -> None:
    """Says how far the running statement is, for as long as there is somebody to hear it."""
    said = None
    with contextlib.suppress(OSError):
        while True:
            time.sleep(_EVERY)
            share = engine.share
            if share is not None and share != said:
                outbox.send(packed(("share", share)))
            said = share


def _limit_memory(engine: DuckDB) -> None:
    """What a file makes a reader in Python or Rust take, the engine's own limit does not see."""
    (allowed,) = engine.run("SELECT current_setting('memory_limit')").one()
    most = int(_bytes(str(allowed)) * 1.25) + _BESIDE
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or hard > most:
        with contextlib.suppress(ValueError, OSError):  # not every system limits it
            resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _bytes(text: str) -> float:
    """`3.7 GiB` as bytes."""
    number, _, unit = text.partition(" ")
    power: int = ("bytes", "KiB", "MiB", "GiB", "TiB").index(unit)
    return float(number) * 2.0 ** (10 * power)
