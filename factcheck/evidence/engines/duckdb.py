"""DuckDB, embedded: the default engine."""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Column
from factcheck.evidence.engines.digests import Digest, digested
from factcheck.evidence.engines.frame import Frame, empty
from factcheck.evidence.engines.names import identifier, literal
from factcheck.evidence.engines.scratch import Scratch
from factcheck.evidence.engines.types import family

_LONGEST_MESSAGE = 300
_BATCH = 2_048  # rows that are in memory while a result is digested
_LOSSY = ("HUGEINT", "UHUGEINT")  # numpy knows no such integers: DuckDB would hand them over as doubles


# With it a process stays well below 2 GB whatever the size of its files: beyond it the engine writes to disk.
MEMORY = "1200MB"


def open_engine(
    memory_limit: str = MEMORY, threads: int | None = None, temp_dir: str | Path | None = None, temp_limit: str = "50GB"
) -> DuckDB:
    """A DuckDB in memory that spills into `temp_dir` past `memory_limit`; it never downloads an extension.

    Every session runs in UTC: columns hold naive UTC times. The text of queries never reaches a Python variable.
    """
    scratch = Scratch(temp_dir)
    settings: dict[str, Any] = {
        "temp_directory": str(scratch.path / "spill"),
        "memory_limit": memory_limit,
        "max_temp_directory_size": temp_limit,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allow_community_extensions": "false",
        "python_enable_replacements": "false",
    }
    if threads is not None:
        settings["threads"] = str(threads)
    try:
        connection = duckdb.connect(":memory:", config=settings)
        connection.execute("SET TimeZone='UTC'")
        if connection.execute("SELECT current_setting('enable_progress_bar')").fetchall() != [(False,)]:
            # It would write to standard output, into the results. In a notebook without widgets it is off, and DuckDB
            # takes no setting of it.
            connection.execute("SET enable_progress_bar=false")
    except duckdb.Error as error:
        scratch.close()
        raise EvidenceError(f"the engine does not start: {plain(error)}") from error
    return DuckDB(connection, scratch)


class DuckDB:
    """One connection. Not to be shared between threads; `interrupt` may be called from any."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, scratch: Scratch) -> None:
        self._connection = connection
        self._scratch = scratch
        self._lock = threading.Lock()
        self._names = 0
        self._fault: Callable[[], str | None] = lambda: None
        self._running = 0  # counts up with every query, so that a late timer cannot hit the next one

    def schema(self, relation: str) -> dict[str, Column]:
        """The columns of a table or view, in order."""
        return self.describe(f"FROM {identifier(relation)}")

    def describe(self, select: str) -> dict[str, Column]:
        """The columns that a SELECT would return; nothing is read but the heads of files."""
        frame = self.run(f"DESCRIBE {select}")
        names, types = frame.values(0), frame.values(1)
        return {name: Column(name, kind, family(kind)) for name, kind in zip(names, types, strict=True)}

    def run(self, sql: str, *, timeout: float | None = None) -> Frame:
        """The whole result of one statement. Doubles come as they are: NaN and infinities are values."""
        with self._plainly(timeout):
            relation = self._connection.sql(sql)
            return empty() if relation is None else _fetch(relation)

    def stream(self, sql: str) -> object:
        """The rows of a SELECT as an object with `__arrow_c_stream__`, not yet computed."""
        with self._plainly(None):
            return self._connection.sql(sql)

    def digests(self, sql: str, most: Sequence[int], *, timeout: float | None = None) -> list[Digest]:
        """The digests of a result that holds texts alone, fetched and forgotten some rows at a time."""
        with self._plainly(timeout):
            fetched = self._connection.execute(sql)
            return digested(iter(lambda: fetched.fetchmany(_BATCH), []), most)

    def execute(self, sql: str, *, timeout: float | None = None) -> None:
        """Run a statement whose result is not wanted (DDL, settings)."""
        with self._plainly(timeout):
            self._connection.execute(sql).fetchall()

    def register(self, name: str, frame: object) -> None:
        """Make a pandas DataFrame readable under a name; nothing is copied."""
        with self._plainly(None):
            self._connection.register(name, frame)

    def unregister(self, name: str) -> None:
        self._connection.unregister(name)

    def mount(self, filesystem: Any, fault: Callable[[], str | None]) -> None:
        """Make files of another file system (fsspec's) readable; `fault` tells in words what went wrong with one."""
        with self._plainly(None):
            self._connection.register_filesystem(filesystem)
        self._fault = fault

    def watch(self) -> None:
        """From now on `share` tells how far statements are. To be called before `seal`."""
        self.execute("SET enable_progress_bar_print=false")
        self.execute("SET enable_progress_bar=true")

    @property
    def share(self) -> float | None:
        """How much of the running statement is done, from 0 to 1, as far as the engine knows; from any thread."""
        percent = self._connection.query_progress()
        return percent / 100 if percent >= 0 else None

    def interrupt(self) -> None:
        """Stop the running query; it raises EvidenceError."""
        self._connection.interrupt()

    def seal(self, paths: Iterable[str | Path] = ()) -> None:
        """After ingest: nothing outside but `paths` (Parquet behind views) can be reached, and no setting changed."""
        allowed = ", ".join(literal(str(path)) for path in paths)
        self.execute(f"SET allowed_paths=[{allowed}]")
        with contextlib.suppress(EvidenceError):  # a DuckDB that does not know this keeps to its default
            self.execute("SET allowed_configs=['perfect_ht_threshold']")  # how it groups, never what it finds
        self.execute("SET enable_external_access=false")
        self.execute("SET lock_configuration=true")

    def fresh_name(self) -> str:
        """A name that no dataset has, for what is only needed for a while."""
        self._names += 1
        return f"_factcheck_{self._names}"

    @property
    def scratch(self) -> Path:
        """A folder that goes with the engine."""
        return self._scratch.path

    def close(self) -> None:
        self._connection.close()
        self._scratch.close()

    @contextmanager
    def _plainly(self, timeout: float | None) -> Iterator[None]:
        """Run under a time limit, and turn the engine's exceptions into plain words."""
        late = threading.Event()
        self._fault()  # one of an earlier query, which it could do without, is none of this one
        timer = self._start_timer(timeout, late)
        try:
            yield
        except duckdb.InterruptException as error:
            spent = f"took longer than {timeout:g} s" if late.is_set() else "was interrupted"
            raise EvidenceError(f"the query {spent}") from error
        except duckdb.Error as error:
            fault = self._fault()
            if late.is_set():  # a query that is stopped while Python reads for it fails in a way of its own
                raise EvidenceError(f"the query took longer than {timeout:g} s") from error
            raise EvidenceError(fault or plain(error)) from error
        except RuntimeError as error:
            # How DuckDB reports Ctrl-C that arrives while it fetches; anything else is a fault of the program.
            if str(error) != "Query interrupted":
                raise
            if late.is_set():
                raise EvidenceError(f"the query took longer than {timeout:g} s") from error
            raise KeyboardInterrupt from error
        finally:
            with self._lock:
                self._running += 1
            if timer is not None:
                timer.cancel()

    def _start_timer(self, timeout: float | None, late: threading.Event) -> threading.Timer | None:
        if timeout is None:
            return None
        started = self._running

        def stop() -> None:
            with self._lock:
                if self._running == started:
                    late.set()
                    self._connection.interrupt()

        timer = threading.Timer(timeout, stop)
        timer.daemon = True
        timer.start()
        return timer


def plain(error: Exception) -> str:
    """An engine's message without its class, its echo of the SQL and its advice to SQL authors."""
    text = str(error)
    if "Maximum line size" in text:
        return "it has a line that is too long to be a record"
    if isinstance(error, duckdb.OutOfMemoryException):
        return "needs more memory or temporary disk space than the limits allow (limits in factcheck.yaml)"
    text = re.split(r"\n\s*(?:LINE \d+:|Possible (?:fixes|solutions)|Candidate)", text)[0]
    text = re.sub(r"^(?:[A-Z][A-Za-z-]*(?: (?:of|[A-Z][a-z]+))*) Error: ", "", text)
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_MESSAGE else text[: _LONGEST_MESSAGE - 1] + "…"


def _fetch(relation: duckdb.DuckDBPyRelation) -> Frame:
    names, types = list(relation.columns), [str(kind) for kind in relation.types]
    exact = _exact_columns(types)
    if exact is None:
        arrays = list(relation.fetchnumpy().values())
        pairs = [_pair(array) for array in arrays]
    else:
        relation = relation.project(", ".join(f"{sql} AS c{i}" for i, sql in enumerate(exact)))
        pairs = _rejoin(types, [_pair(array) for array in relation.fetchnumpy().values()])
    return Frame(names, types, [pair[0] for pair in pairs], [pair[1] for pair in pairs])


def _is_decimal(kind: str) -> bool:
    return kind.startswith("DECIMAL") and not kind.endswith("]")  # a list of decimals is fetched as it is


def _is_enum(kind: str) -> bool:
    return kind.startswith("ENUM(") and not kind.endswith("]")  # DuckDB hands them over through pandas, or not at all


def _exact_columns(types: list[str]) -> list[str] | None:
    """Expressions that carry every column through numpy without rounding; None where they all pass as they are."""
    if not any(kind in _LOSSY or _is_decimal(kind) or _is_enum(kind) for kind in types):
        return None
    columns: list[str] = []
    for i, kind in enumerate(types, start=1):
        if kind in _LOSSY:
            narrow = f"TRY_CAST(#{i} AS BIGINT)"
            columns += [narrow, f"CASE WHEN {narrow} IS NULL THEN #{i}::VARCHAR END"]
        else:
            columns.append(f"#{i}::VARCHAR" if _is_decimal(kind) or _is_enum(kind) else f"#{i}")
    return columns


Pair = tuple[NDArray[Any], NDArray[np.bool_]]


def _rejoin(types: list[str], pairs: list[Pair]) -> list[Pair]:
    """Undo `_exact_columns`: wide integers from their two columns, decimals from their text."""
    rest = iter(pairs)
    joined: list[Pair] = []
    for kind in types:
        values, nulls = next(rest)
        if kind in _LOSSY:
            joined.append(_wide((values, nulls), next(rest)))
        elif _is_decimal(kind):
            decimals = [None if gone else Decimal(v) for v, gone in zip(values, nulls, strict=True)]
            joined.append((_objects(decimals), nulls))
        else:
            joined.append((values, nulls))
    return joined


def _wide(narrow: Pair, text: Pair) -> Pair:
    if text[1].all():
        return narrow
    values = narrow[0].tolist()
    for at in np.flatnonzero(~text[1]).tolist():
        values[at] = int(text[0][at])
    return _objects(values), narrow[1] & text[1]


def _objects(values: list[Any]) -> NDArray[Any]:
    array = np.empty(len(values), object)
    array[:] = values
    return array


def _pair(array: NDArray[Any]) -> Pair:
    if isinstance(array, np.ma.MaskedArray):
        return np.asarray(array.data), np.ma.getmaskarray(array)
    return array, np.zeros(len(array), np.bool_)
