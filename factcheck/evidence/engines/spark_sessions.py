"""Where a Spark session comes from, and how it is set for the time that it is asked."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from factcheck.errors import EvidenceError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

DEFAULT = "local[*]"

# What the translation relies on, in every session.
MEANING = {
    "spark.sql.ansi.enabled": "true",  # an overflow is an error, and nothing is NULL because it could not be computed
    "spark.sql.ansi.doubleQuotedIdentifiers": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.caseSensitive": "false",
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",  # places are never rounded away to make room
    "spark.sql.parser.quotedRegexColumnNames": "false",
    "spark.sql.parser.escapedStringLiterals": "false",
    "spark.sql.groupByOrdinal": "true",
    "spark.sql.orderByOrdinal": "true",
    "spark.sql.legacy.exponentLiteralAsDecimal.enabled": "false",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
}
# What a session of our own has beside it.
_OWN = {
    "spark.app.name": "factcheck",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.memory": "1g",
    "spark.driver.maxResultSize": "1g",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.adaptive.coalescePartitions.enabled": "true",
    "spark.log.level": "OFF",
    "spark.eventLog.enabled": "false",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.driver.extraJavaOptions": "-Xss8m",  # long conditions are deep trees
}
_INSTALL = "pip install 'factcheck-engine[spark]'"


@dataclass(frozen=True)
class Opened:
    """A session, how it is given back, and whether all of it runs on this machine's disks (`local`)."""

    session: SparkSession
    end: Callable[[], None]
    local: bool


def open_session(master: str | None, settings: Mapping[str, str]) -> Opened:
    """The active session of this process if no master is named, one of Spark Connect for sc://…, else a new one."""
    _require_pyspark()
    from pyspark.logger import PySparkLogger

    PySparkLogger.getLogger("SQLQueryContextLogger").addFilter(_silent)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyspark warns of versions of pandas that nothing here uses
        if master is not None and master.startswith("sc://"):
            return _connected(master, settings)
        active = _active()
        if active is None:
            return _own(master or DEFAULT, settings)
        if master is not None and master != active.conf.get("spark.master", ""):
            raise EvidenceError(f"this process has a Spark session already, and it is not one of {master}")
        return _borrowed(active, settings)


def _silent(_: logging.LogRecord) -> bool:
    """Whether a record of what failed goes to standard error: it is told as an error of the claim."""
    return False


def _require_pyspark() -> None:
    try:
        for name in ("pyarrow", "pyspark"):
            import_module(name)
    except ImportError as error:
        raise EvidenceError(f"engine: spark needs pyspark and pyarrow: {_INSTALL}") from error


def _active() -> SparkSession | None:
    from pyspark.sql import SparkSession

    return SparkSession.getActiveSession()


def _borrowed(session: SparkSession, settings: Mapping[str, str]) -> Opened:
    """Somebody else's session, whose settings are put back as they were."""
    before = {name: session.conf.get(name, None) for name in (*MEANING, *settings)}

    def back() -> None:
        for name, value in before.items():
            if value is None:
                session.conf.unset(name)
            else:
                session.conf.set(name, value)

    try:
        _set(session, settings)
    except EvidenceError:
        back()
        raise
    return Opened(session, back, _is_local(session.conf.get("spark.master", "") or ""))


def _set(session: SparkSession, settings: Mapping[str, str]) -> None:
    for name, value in {**settings, **MEANING}.items():
        try:
            session.conf.set(name, value)
        except Exception as error:  # of the kind that the form of the session has
            raise EvidenceError(f"Spark does not take the setting {name}: {str(error).splitlines()[0]}") from error


def _is_local(master: str) -> bool:
    return master == "local" or master.startswith("local[")


def _connected(url: str, settings: Mapping[str, str]) -> Opened:
    try:
        for name in ("grpc", "grpc_status"):
            import_module(name)
    except ImportError as error:
        raise EvidenceError("Spark Connect needs grpcio: pip install 'factcheck-engine[spark-connect]'") from error
    from pyspark.sql import SparkSession

    try:
        session = SparkSession.builder.remote(url).create()
        session.version  # noqa: B018 - nothing is asked before
    except Exception as error:
        raise EvidenceError(f"no Spark answers at this address: {str(error).splitlines()[0][:200]}") from error
    _set(session, settings)
    return Opened(session, session.stop, local=False)


def _own(master: str, settings: Mapping[str, str]) -> Opened:
    """A session with a Java process of its own, which says nothing on our screen and ends with it."""
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java") is None and not (home and os.path.exists(f"{home}/bin/java")):
        raise EvidenceError("engine: spark needs Java 17 or 21 (Debian: apt install openjdk-17-jre-headless)")
    from pyspark import SparkConf, SparkContext, java_gateway
    from pyspark.sql import SparkSession

    conf = SparkConf(loadDefaults=False)
    conf.setMaster(master)
    for name, value in {**_OWN, **_near(master), **settings, **MEANING}.items():
        conf.set(name, value)
    with _plain_interrupts():
        try:
            launch: Callable[..., Any] = java_gateway.launch_gateway
            gateway = launch(conf, {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL})
        except Exception as error:
            raise EvidenceError("Java did not start; engine: spark needs Java 17 or 21") from error
        try:
            session = SparkSession(SparkContext(conf=conf, gateway=gateway))
        except Exception as error:
            _end_java(gateway)
            raise EvidenceError(f"no session of Spark with master {master}: {_first_line(error)}") from error

    def end() -> None:
        try:
            session.stop()
        finally:
            _end_java(gateway)

    return Opened(session, end, _is_local(master))


def _first_line(error: Exception) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[-1 if len(lines) == 1 else 1][:200].strip(": ") if lines else type(error).__name__


def _near(master: str) -> dict[str, str]:
    """On this machine nothing needs to be heard by others."""
    if not master.startswith("local"):
        return {}
    memory = {"spark.executor.memory": "768m"} if master.startswith("local-cluster") else {}
    return {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", **memory}


def _end_java(gateway: Any) -> None:
    from pyspark import SparkContext

    process = getattr(gateway, "proc", None)
    try:
        gateway.shutdown()
    finally:
        SparkContext._gateway = None
        SparkContext._jvm = None
        if process is not None:
            process.stdin.close()  # it ends when nobody holds the other side
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def _plain_interrupts() -> Iterator[None]:
    """Ctrl-C stays what it is in this process; pyspark would make of it a call that may wait."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
