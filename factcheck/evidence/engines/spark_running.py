"""Work of a Spark session in a thread of its own, so that a time limit or Ctrl-C need not wait for it."""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from factcheck.errors import EvidenceError
from factcheck.evidence.engines.server import Gone

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

T = TypeVar("T")

_LONGEST = 300
_PATIENCE = 10.0  # seconds until work that was cancelled is no longer waited for
_GONE = (
    "SparkContext was shut down", "stopped SparkContext", "Connection refused", "StatusCode.UNAVAILABLE",
    "SparkContext or SparkSession should be created first", "Answer from Java side is empty", "INVALID_HANDLE",
    "failed to connect to all addresses", "Connection reset by peer", "SESSION_CHANGED", "SESSION_CLOSED",
    "error while sending or receiving", "An error occurred while trying to connect to the Java server",
)  # fmt: skip
_CLASS = re.compile(r"^(?:\[[A-Z_.0-9]+\] |[\w.$]+(?:Exception|Error): )+")


class Running:
    """One piece of work after the other."""

    def __init__(self, session: SparkSession) -> None:
        self._session = session
        self._tags = count(1)
        self._queue = self._started()

    def __call__(self, work: Callable[[], T], timeout: float | None = None) -> T:
        """What `work` returns.

        Raises:
            EvidenceError: if it fails, in words for people, or takes longer than `timeout` seconds.
            Gone: if there is no session any more.
        """
        tag, result = f"factcheck-{next(self._tags)}", _Result()
        self._queue.put((tag, work, result))
        try:
            in_time = _wait(result.done, timeout)
        except BaseException:  # Ctrl-C leaves at once; what runs there ends by itself
            threading.Thread(target=self._interrupt, args=(tag,), daemon=True).start()
            self._queue = self._started()
            raise
        if not in_time:
            self._interrupt(tag)
            if not result.done.wait(_PATIENCE):
                self._queue = self._started()
            raise EvidenceError(f"the query took longer than {timeout:g} s")
        if result.error is not None:
            raise _told(result.error) from result.error
        found: T = result.value
        return found

    def end(self) -> None:
        self._queue.put(None)

    def _started(self) -> queue.SimpleQueue[Any]:
        waiting: queue.SimpleQueue[Any] = queue.SimpleQueue()
        threading.Thread(target=self._serve, args=(waiting,), name="factcheck-spark", daemon=True).start()
        return waiting

    def _serve(self, waiting: queue.SimpleQueue[Any]) -> None:
        context = getattr(self._session, "_sc", None)  # Spark Connect has none here, and sees to it itself
        if context is not None:  # without it a task goes on until it looks whether it is still wanted
            context.setLocalProperty("spark.job.interruptOnCancel", "true")
        while (given := waiting.get()) is not None:
            tag, work, result = given
            try:
                self._session.addTag(tag)
                try:
                    result.value = work()
                finally:
                    self._session.removeTag(tag)
            except BaseException as error:  # noqa: BLE001 - it is raised where the work was asked for
                result.error = error
            result.done.set()

    def _interrupt(self, tag: str) -> None:
        try:
            self._session.interruptTag(tag)
        except Exception:  # noqa: BLE001 - the session may be gone, and nothing is left to stop
            return


class _Result:
    def __init__(self) -> None:
        self.done = threading.Event()
        self.value: Any = None
        self.error: BaseException | None = None


def _wait(done: threading.Event, timeout: float | None) -> bool:
    """Whether it is done within the time; Ctrl-C is heard meanwhile."""
    deadline = None if timeout is None else time.monotonic() + timeout
    while not done.wait(0.5 if deadline is None else max(0.0, min(0.5, deadline - time.monotonic()))):
        if deadline is not None and time.monotonic() >= deadline:
            return False
    return True


def _told(error: BaseException) -> Exception:
    if isinstance(error, EvidenceError | Gone):
        return error
    text = str(error)
    if isinstance(error, ConnectionError | EOFError) or any(mark in text for mark in _GONE):
        return Gone()
    return EvidenceError(plain(error))


def plain(error: BaseException) -> str:
    """Spark's message without its class, its trace and its advice to authors of SQL."""
    text = str(error)
    if "OutOfMemoryError" in text:
        return "Spark needs more memory than it has (spark.driver.memory, spark.executor.memory)"
    if "maxResultSize" in text:
        return "more rows would have to travel than spark.driver.maxResultSize allows"
    if "Cancelled" in text or "OPERATION_CANCELED" in text or "cancelled" in text.split("\n")[0]:
        return "the query was interrupted"
    found = re.search(r"\[[A-Z_.0-9]+\] [^\n]+", text)
    text = found[0] if found else next((line for line in text.splitlines() if line.strip()), type(error).__name__)
    text = re.split(r" If necessary set | To (?:return NULL|tolerate)| Use `try_| SQLSTATE:", text)[0]
    text = " ".join(_CLASS.sub("", text).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
