"""A process that reads: what it gives back, and what its end costs."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.ingest.places import Ground
from factcheck.evidence.isolation.nursery import nursery
from factcheck.evidence.isolation.order import Order
from factcheck.evidence.isolation.reader import Reader
from factcheck.evidence.manifest import read_manifests

MANIFEST = """\
datasets:
  a: {files: a.csv}
  b: {files: b.csv}
  c: {files: c.csv}
  joined: {query: "SELECT b.x, c.y FROM b JOIN c ON b.x = c.x"}
"""


class Fatal(Reader):
    """A reader whose process is killed as soon as it begins with one of `fatal`."""

    fatal: frozenset[str] = frozenset()
    by: signal.Signals = signal.SIGSEGV

    def _begins(self, name: str) -> None:
        super()._begins(name)
        if name in self.fatal:
            os.kill(self._pid, self.by)
            raise EOFError  # as the connection says; a small file might be read before the signal arrives


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "evidence"
    folder.mkdir()
    (folder / "data.yaml").write_text(MANIFEST)
    (folder / "a.csv").write_text("x\n1\n2\n")
    (folder / "b.csv").write_text("x\n1\n2\n3\n")
    (folder / "c.csv").write_text("x,y\n1,u\n3,v\n")
    return tmp_path


@pytest.fixture
def reader(project: Path) -> Iterator[Fatal]:
    sources, problems = read_manifests([project / "evidence"], project)
    assert not problems
    found = Fatal(Order(sources, Ground(project)))
    yield found
    found.close()


def rows(reader: Reader, name: str) -> int:
    return int(reader.run(f'SELECT count(*) FROM "{name}"').one()[0])


def test_datasets_are_loaded_and_asked(reader: Fatal) -> None:
    loaded = reader.load_all({"a", "joined"})
    reader.seal(loaded.paths)
    joined = loaded.datasets["joined"]
    assert isinstance(joined, Dataset)
    assert joined.ledger is not None
    assert joined.ledger.loaded == 2
    assert reader.run('SELECT x, y FROM "joined" ORDER BY x').rows() == [(1, "u"), (3, "v")]
    assert list(reader.schema("a")) == ["x"]


def test_a_crash_costs_one_dataset(reader: Fatal) -> None:
    reader.fatal = frozenset({"b"})
    loaded = reader.load_all({"a", "b", "c"})
    assert isinstance(loaded.datasets["a"], Dataset)
    assert isinstance(loaded.datasets["c"], Dataset)
    error = loaded.datasets["b"]
    assert isinstance(error, EvidenceError)
    assert "crashed the reader (SIGSEGV)" in error.message
    assert (rows(reader, "a"), rows(reader, "c")) == (2, 2)


def test_a_crash_below_a_query_is_laid_to_the_file(reader: Fatal) -> None:
    reader.fatal = frozenset({"c"})
    loaded = reader.load_all({"a", "joined"})
    error = loaded.datasets["joined"]
    assert isinstance(error, EvidenceError)
    assert "it reads dataset 'c', which failed: its files crashed the reader" in error.message
    assert rows(reader, "a") == 2


def test_all_can_crash(reader: Fatal) -> None:
    reader.fatal = frozenset({"a", "b", "c"})
    loaded = reader.load_all({"a", "b", "c"})
    assert all(isinstance(found, EvidenceError) for found in loaded.datasets.values())


def test_memory_is_named(reader: Fatal) -> None:
    reader.fatal, reader.by = frozenset({"a"}), signal.SIGKILL
    error = reader.load_all({"a"}).datasets["a"]
    assert isinstance(error, EvidenceError)
    assert "more memory than there is" in error.message


def test_time_is_limited(project: Path) -> None:
    sources, _ = read_manifests([project / "evidence"], project)
    slow = Reader(Order(sources, Ground(project), reading=0.0))
    error = slow.load_all({"a"}).datasets["a"]
    slow.close()
    assert isinstance(error, EvidenceError)
    assert "took longer than 0 s" in error.message


def test_a_crash_while_asked_names_the_dataset(reader: Fatal) -> None:
    reader.seal(reader.load_all({"a", "b"}).paths)
    reader.run('CREATE TEMP TABLE "scratch:1" AS SELECT * FROM "b"')
    os.kill(reader._pid, signal.SIGSEGV)
    with pytest.raises(EvidenceError, match="SIGSEGV"):
        reader.run('SELECT count(*) FROM "scratch:1"')
    assert list(reader.crashed) == ["b"]
    with pytest.raises(EvidenceError, match="crashed over another question"):
        reader.run('SELECT count(*) FROM "a"')


def test_a_statement_that_fails_is_an_error_and_no_crash(reader: Fatal) -> None:
    reader.load_all({"a"})
    with pytest.raises(EvidenceError, match="nowhere"):
        reader.run("SELECT nowhere FROM a")
    assert rows(reader, "a") == 2
    assert not reader.crashed


def test_a_query_ends_in_time(reader: Fatal) -> None:
    reader.load_all({"a"})
    with pytest.raises(EvidenceError, match="took longer"):
        reader.run("SELECT count(*) FROM range(100000000) r(i), range(1000) s(j) WHERE i % 7 = j", timeout=0.2)


def test_nothing_stays_behind(reader: Fatal) -> None:
    reader.load_all({"a"})
    folder, pid = reader._scratch.path, reader._pid
    assert folder.exists()
    reader.close()
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_reader_whose_parent_vanishes_ends_and_cleans_up(reader: Fatal) -> None:
    reader.load_all({"a"})
    folder, pid = reader._scratch.path, reader._pid
    assert reader._connection is not None
    reader._connection.close()  # as the kernel does when its process dies
    reader._connection = None
    assert nursery().ended(pid) == 0
    deadline = time.monotonic() + 5
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not folder.exists()
