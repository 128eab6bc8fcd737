"""Spark: for data that one machine does not hold. Rows stay there, and only cells travel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from factcheck.errors import EvidenceError
from factcheck.evidence.engines.dialects.translate import Refused, renamed
from factcheck.evidence.engines.names import literal
from factcheck.evidence.engines.scratch import Scratch
from factcheck.evidence.engines.spark_running import Running
from factcheck.evidence.engines.spark_sessions import Opened, open_session
from factcheck.evidence.engines.spark_types import beyond, duckdb_type, kept_type, sent
from factcheck.evidence.manifest_models import DatasetManifest

if TYPE_CHECKING:
    import duckdb
    from pyspark.sql import DataFrame

T = TypeVar("T")

_MOST_SENT = 1 << 30  # bytes of a dataset that may be sent to a cluster that does not share this machine's disk
_AT_ONCE = 256 << 10  # rows of one file that Spark reads
_FORMATS = ("parquet", "delta")


def open_server(master: str | None, settings: Mapping[str, str]) -> Spark:
    """A session of Spark.

    master: `sc://host` is Spark Connect; None is the active session of this process, else `local[*]`; whatever else
    Spark takes as a master. settings: Spark's own, such as spark.executor.memory.

    Raises:
        EvidenceError: if there is none to be had, with what is missing.
    """
    return Spark(open_session(master, settings))


class Spark:
    """A session as a `Server`."""

    def __init__(self, opened: Opened) -> None:
        from factcheck.evidence.engines.dialects.spark import dialect

        self.dialect = dialect()
        self._opened = opened
        self._session = opened.session
        self._run = Running(opened.session)
        self._scratch = Scratch(None)
        self._kept: dict[str, DataFrame] = {}
        self._made: set[str] = set()

    def put(self, relation: str, columns: Mapping[str, str], parquet: Path) -> None:
        kinds = list(columns.values())
        select = ", ".join(f"{sent(f'c{i}', kind)} AS c{i}" for i, kind in enumerate(kinds))
        with _reading() as here:
            _refuse_beyond(here, columns, parquet)
            query = f"SELECT {select} FROM read_parquet({literal(str(parquet))})"
            read = self._from_disk(here, relation, query) if self._opened.local else self._from_memory(here, query)
        casts = [f"CAST(`c{i}` AS {kept_type(kind)}) AS `{_quoted(n)}`" for i, (n, kind) in enumerate(columns.items())]
        self._named(relation, lambda: read().selectExpr(*casts))

    def _from_disk(self, here: duckdb.DuckDBPyConnection, relation: str, query: str) -> Callable[[], DataFrame]:
        path = self._scratch.path / f"put-{len(self._made)}.parquet"
        here.execute(f"COPY ({query}) TO {literal(str(path))} (FORMAT parquet, ROW_GROUP_SIZE {_AT_ONCE})")
        self._made.add(relation)
        return lambda: self._session.read.parquet(str(path))

    def _from_memory(self, here: duckdb.DuckDBPyConnection, query: str) -> Callable[[], DataFrame]:
        """By way of this process, for workers that see no file of ours."""
        table = here.sql(query).to_arrow_table()
        if table.nbytes > _MOST_SENT:
            raise EvidenceError(
                f"{table.nbytes >> 20:,} MB are too much to send to the cluster; put the files where it reads them, "
                "and name that place under files: or table:"
            )
        return lambda: self._session.createDataFrame(table)

    def native(self, relation: str, manifest: DatasetManifest) -> dict[str, str]:
        def look() -> dict[str, str]:
            found = self._lying(manifest)
            types = {f.name: duckdb_type(f.name, f.dataType.simpleString()) for f in found.schema.fields}
            names = [renamed(name, None) for name in types]
            if len(types) != len(found.schema.fields) or len(set(names)) != len(names):
                raise EvidenceError("two columns have names that differ in capital letters only")
            plain = found.toDF(*(f"c{i}" for i in range(len(names))))
            casts = [
                f"CAST(`c{i}` AS {kept_type(kind)}) AS `{_quoted(name)}`"
                for i, (name, kind) in enumerate(zip(names, types.values(), strict=True))
            ]
            plain.selectExpr(*casts).createOrReplaceTempView(_view(relation))
            return types

        return self._run(look)

    def _lying(self, manifest: DatasetManifest) -> DataFrame:
        if manifest.table is not None and not manifest.files:
            return self._session.table(manifest.table)
        shape = manifest.format or "parquet"
        if shape not in _FORMATS:
            raise EvidenceError(f"Spark reads {' and '.join(_FORMATS)} where they lie, not {shape}")
        try:
            if shape == "delta":
                (path,) = manifest.files
                return self._session.read.format("delta").load(path)
            return self._parquet(manifest.files)
        except ValueError as error:
            raise EvidenceError("a Delta table is one folder") from error
        except Exception as error:
            if "DATA_SOURCE_NOT_FOUND" in str(error) or "ClassNotFoundException: delta" in str(error):
                message = "this Spark has no Delta Lake; add its package to the cluster (spark.jars.packages)"
                raise EvidenceError(message) from error
            raise

    def _parquet(self, files: Sequence[str]) -> DataFrame:
        """All columns that any of the files has; EvidenceError where types differ, or Spark would leave out files."""
        try:
            found = self._session.read.option("mergeSchema", "true").parquet(*files)
        except Exception as error:
            if "CANNOT_MERGE_SCHEMAS" in str(error) or "Failed merging schemas" in str(error):
                raise EvidenceError(
                    "a column has one type in some of the files and another in others; name the files that agree"
                ) from error
            raise
        listing = self._session.read.format("binaryFile").option("recursiveFileLookup", "true")
        lying = listing.option("pathGlobFilter", "*.parquet").load(list(files)).select("path").count()
        read = sum(path.endswith(".parquet") for path in found.inputFiles())
        if read < lying:
            raise EvidenceError(
                f"{lying - read:,} of {lying:,} Parquet files lie in folders within, which Spark does not read; name "
                "those folders under files"
            )
        return found

    def view(self, relation: str, sql: str) -> None:
        self._named(relation, lambda: self._session.sql(sql))

    def table(self, relation: str, columns: Mapping[str, str], sql: str, timeout: float | None = None) -> None:
        from pyspark.storagelevel import StorageLevel

        casts = [f"CAST(`{_quoted(name)}` AS {kept_type(kind)}) AS `{_quoted(name)}`" for name, kind in columns.items()]

        def make() -> DataFrame:
            names = [f"`{_quoted(name)}`" for name in columns]
            frame = self._session.sql(f"SELECT {', '.join(casts)} FROM ({sql}) AS made({', '.join(names)})")
            kept = frame.persist(StorageLevel.MEMORY_AND_DISK)
            try:
                kept.count()
            except BaseException:
                kept.unpersist()
                raise
            return kept

        self.drop(relation)
        self._kept[relation] = self._named(relation, make, timeout)

    def _named(self, relation: str, make: Callable[[], DataFrame], timeout: float | None = None) -> DataFrame:
        def work() -> DataFrame:
            frame = make()
            frame.createOrReplaceTempView(_view(relation))
            return frame

        made = self._run(work, timeout)
        self._made.add(relation)
        return made

    def drop(self, relation: str) -> None:
        kept = self._kept.pop(relation, None)

        def forget() -> None:
            if kept is not None:
                kept.unpersist()
            self._session.catalog.dropTempView(relation)

        if kept is not None or relation in self._made:
            self._made.discard(relation)
            self._run(forget)

    def fetch(self, sql: str, take: Callable[[object], T], timeout: float | None) -> T:
        rows: Any = self._run(lambda: self._session.sql(sql).toArrow(), timeout)
        return take(rows)

    def close(self) -> None:
        self._run.end()
        try:
            self._opened.end()
        finally:
            self._scratch.close()


def _quoted(name: str) -> str:
    return name.replace("`", "``")


def _view(relation: str) -> str:
    """A name as Spark reads it where it takes a path of names."""
    return f"`{_quoted(relation)}`"


def _reading() -> duckdb.DuckDBPyConnection:
    import duckdb

    return duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false", "memory_limit": "1GB"})


def _refuse_beyond(here: duckdb.DuckDBPyConnection, columns: Mapping[str, str], parquet: Path) -> None:
    tests = {name: beyond(f"c{i}", kind) for i, (name, kind) in enumerate(columns.items())}
    asked = {name: test for name, test in tests.items() if test is not None}
    if not asked:
        return
    items = ", ".join(f"coalesce(bool_or({test}), FALSE)" for test in asked.values())
    (row,) = here.execute(f"SELECT {items} FROM read_parquet({literal(str(parquet))})").fetchall()
    if wrong := [name for name, found in zip(asked, row, strict=True) if found]:
        raise Refused(
            f"column '{wrong[0]}' holds times without end, or before the year 1 or after 9999, which Spark does not "
            "have; use engine: duckdb"
        )

