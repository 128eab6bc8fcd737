"""The handle on a reading process: datasets loaded there, questions answered there, crashes turned into errors."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from factcheck.errors import EvidenceError, Problem
from factcheck.evidence.dataset import Column, Dataset
from factcheck.evidence.engines.digests import Digest
from factcheck.evidence.engines.frame import Frame
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.engines.scratch import Scratch
from factcheck.evidence.ingest.load import Loaded
from factcheck.evidence.ingest.pin import sha256
from factcheck.evidence.isolation.nursery import nursery, packed
from factcheck.evidence.isolation.order import Order
from factcheck.evidence.isolation.stored import Stored

READING = 900.0  # seconds that one dataset may take where factcheck.yaml says nothing


class Crashed(Exception):
    """The process has ended in the middle of its work; `how` says in words what ended it."""

    def __init__(self, how: str) -> None:
        self.how = how
        super().__init__(how)


class Reader:
    """A process that reads. After `seal` it is an engine to ask: schema, run, close.

    `crashed` names the datasets that it died over while it was asked, with the reason: what was asked of others then
    has failed too, and is to be asked anew without those. `lost` names datasets that were stored and can no longer be
    had from there: they are to be read anew.
    """

    gone = False

    def __init__(self, order: Order) -> None:
        self.heard: Callable[[float], None] = lambda _: None  # the share of a statement that is done
        self.begun: Callable[[str], None] = lambda _: None  # the dataset that is being read
        self._scratch = Scratch(None)
        self._order = order
        self._failed = dict(order.failed)
        self._reading = READING if order.reading is None else order.reading
        self._connection: Connection | None = None
        self._pid = 0
        self._known: set[str] = set()  # datasets that questions may name
        self._made: dict[str, set[str]] = {}  # scratch tables, and the datasets that they were made from
        self._begun = ""
        self._loaded: list[str] = []
        self._waiting: dict[str, Stored] = {}  # datasets that are made only when a question names them
        self._allowed: tuple[str | Path, ...] | None = None  # files that may be reached after sealing
        self.crashed: dict[str, str] = {}
        self.lost: set[str] = set()

    def describe(self, name: str) -> tuple[Dataset | EvidenceError, list[Problem]]:
        """A dataset from the heads of its files."""
        try:
            found, problems = self._ask("describe", name, limit=self._reading)
        except Crashed as crash:
            return EvidenceError(crash.how, name), []
        return found, list(problems)

    def load_all(self, names: Collection[str]) -> Loaded:
        """The named datasets and what their queries read; one that ends the process is an error, the others go on."""
        loaded = Loaded()
        for name in sorted(names):
            self._load(name, loaded)
        self._known |= {name for name, found in loaded.datasets.items() if isinstance(found, Dataset)}
        return loaded

    def store(self, name: str, path: Path) -> Stored | None:
        """Writes a loaded dataset away; None where that cannot be done."""
        try:
            found: Stored | None = self._ask("store", name, path)
        except EvidenceError:
            return None
        except Crashed:
            self._again(self._loaded)
            return None
        return found

    def copy(self, name: str, path: Path) -> bool:
        """Writes the rows of a dataset into a Parquet file; False where its types cannot be."""
        done: bool = self._answered("copy", identifier(name), name, path)
        return done

    def expect(self, stored: Mapping[str, Stored]) -> None:
        """Datasets that are had from where they were stored, once a question names them."""
        self._waiting |= stored
        self._known |= stored.keys()

    def _load(self, name: str, loaded: Loaded) -> None:
        while name not in self._failed:  # each crash adds one
            self._begun = name
            try:
                found, problems, paths, kept = self._ask("load", name, limit=self._reading)
            except Crashed as crash:
                self._failed[self._begun] = crash.how
                # What was loaded before went with the process.
                self._again([earlier for earlier in loaded.datasets if earlier not in self._failed])
                continue
            loaded.datasets[name] = found
            self._loaded.append(name)
            loaded.problems = list(dict.fromkeys([*loaded.problems, *problems]))
            loaded.paths = list(dict.fromkeys([*loaded.paths, *paths]))
            loaded.kept = list(dict.fromkeys([*loaded.kept, *kept]))
            return
        loaded.datasets[name] = EvidenceError(self._failed[name], name)

    def _begins(self, name: str) -> None:
        """The process says which dataset it begins, so that its end can be laid to that one."""
        self._begun = name
        self.begun(name)

    def _again(self, names: Iterable[str]) -> None:
        for name in names:
            try:
                self._ask("load", name, limit=self._reading)
            except Crashed as crash:
                self._failed[name] = crash.how

    def seal(self, paths: Iterable[str | Path] = ()) -> None:
        """Nothing outside but `paths`, and what is still to be had from where it was stored, can be reached now."""
        self._allowed = (*paths, *(path for stored in self._waiting.values() for path in stored.paths))
        if self._connection is not None:
            self._ask("seal", self._allowed)

    def schema(self, relation: str) -> dict[str, Column]:
        found: dict[str, Column] = self._ask("schema", relation)
        return found

    def run(self, sql: str, *, timeout: float | None = None) -> Frame:
        """The whole result of one statement. Once the process has died, nothing more is answered."""
        found: Frame = self._answered("run", sql, sql, timeout)
        self._remember(sql)
        return found

    def look(self, sql: str, *, timeout: float | None = None) -> Frame:
        """A statement that no verdict rests on, asked where the rows are nearest."""
        return self.run(sql, timeout=timeout)

    def digests(self, sql: str, most: Sequence[int], *, timeout: float | None = None) -> list[Digest]:
        found: list[Digest] = self._answered("digests", sql, sql, list(most), timeout)
        return found

    def _answered(self, name: str, sql: str, *arguments: object) -> Any:
        if self.crashed:
            raise EvidenceError("the engine has crashed over another question")
        self._restore(sql)
        try:
            return self._ask(name, *arguments)
        except Crashed as crash:
            blamed = self._named_in(sql) or self._known or {""}
            self.crashed = dict.fromkeys(sorted(blamed), crash.how)
            raise EvidenceError(crash.how) from crash

    def _restore(self, sql: str) -> None:
        """Makes the stored datasets that a statement names."""
        if self._connection is None and self._allowed is not None:
            self._connected()
            self._ask("seal", self._allowed)
        for name in sorted(self._named_in(sql) & self._waiting.keys()):
            stored = self._waiting[name]
            try:
                if stored.file is not None and sha256(stored.file) != stored.sha256:
                    raise EvidenceError("what was stored of it has changed")
                self._ask("restore", stored)
            except (Crashed, EvidenceError) as error:
                self.lost.add(name)
                raise EvidenceError("what was stored of it is lost", name) from error
            del self._waiting[name]

    def _remember(self, sql: str) -> None:
        """Which datasets a scratch table comes from, so that a crash over it can be laid to them."""
        if sql.startswith("CREATE "):
            head, _, select = sql.partition(" AS ")
            self._made[head.split(" TABLE ")[-1].strip()] = self._named_in(select)

    def _named_in(self, sql: str) -> set[str]:
        named = {name for name in self._known if identifier(name) in sql}
        return named.union(*(origins for table, origins in self._made.items() if table in sql))

    def close(self) -> None:
        """Ends the process, whatever it is doing."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            self._kill()
        self._scratch.close()

    def _kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        if nursery().alive:
            nursery().ended(self._pid)

    def _ask(self, name: str, *arguments: object, limit: float | None = None) -> Any:
        connection = self._connected()
        until = None if limit is None else time.monotonic() + limit
        try:
            connection.send_bytes(packed((name, arguments)))
            while True:
                if until is not None and not connection.poll(max(0.0, until - time.monotonic())):
                    self._drop()
                    raise Crashed(f"reading it took longer than {limit:g} s (limits in factcheck.yaml)")
                word, value = pickle.loads(connection.recv_bytes())  # from our own process
                if word == "share":
                    self.heard(value)
                elif word == "begun":
                    self._begins(value)
                else:
                    break
        except (EOFError, ConnectionError) as error:
            raise Crashed(self._post_mortem()) from error
        if word == "failed":
            raise EvidenceError(*value)
        if word == "broken" and limit is not None:
            # One file that a reader was not made for must not cost the claims on all the others.
            said = value.strip().splitlines()[-1]
            raise Crashed(f"reading it failed by a fault of factcheck, which please report: {said}")
        if word == "broken":
            raise RuntimeError(f"asking failed:\n{value}")
        return value

    def _connected(self) -> Connection:
        if self._connection is None:
            order = replace(self._order, scratch=self._scratch.path, failed=dict(self._failed))
            self._connection, self._pid = nursery().child()
            self._connection.send_bytes(packed(order))
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            self._kill()

    def _post_mortem(self) -> str:
        """Why the process ended, in words."""
        code = nursery().ended(self._pid)
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if code == -signal.SIGKILL:
            return "reading it took more memory than there is, and was stopped"
        name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return f"its files crashed the reader ({name}): they are damaged, or made to do harm"
