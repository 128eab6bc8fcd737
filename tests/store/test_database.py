import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck.store.database import Newer, opened, read_only, transaction

FIRST = "CREATE TABLE runs (id INTEGER PRIMARY KEY, note TEXT);\nCREATE INDEX notes ON runs (note);"
SECOND = "ALTER TABLE runs ADD COLUMN more TEXT DEFAULT 'none';"


def test_a_later_schema_keeps_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    first = opened(path, [FIRST])
    with transaction(first):
        first.execute("INSERT INTO runs (note) VALUES ('kept')")
    first.close()
    second = opened(path, [FIRST, SECOND])
    assert second.execute("SELECT note, more FROM runs").fetchall() == [("kept", "none")]
    second.close()
    with pytest.raises(Newer, match="newer version"):
        opened(path, [FIRST])
    with pytest.raises(Newer, match="newer version"):
        read_only(path, [FIRST])


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    connection = opened(tmp_path / "a.sqlite", [FIRST])

    def twice() -> None:
        with transaction(connection):
            connection.execute("INSERT INTO runs (id) VALUES (1)")
            connection.execute("INSERT INTO runs (id) VALUES (1)")

    with pytest.raises(sqlite3.IntegrityError):
        twice()
    assert connection.execute("SELECT count(*) FROM runs").fetchone() == (0,)
    connection.close()


def test_reading_makes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with pytest.raises(sqlite3.Error):
        read_only(path, [FIRST])
    assert not path.exists()
    opened(path, [FIRST]).close()
    reader = read_only(path, [FIRST])
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("INSERT INTO runs (note) VALUES ('no')")
    reader.close()


def test_many_processes_make_and_fill_one_database(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    code = (
        "import sys; from pathlib import Path; from factcheck.store.database import opened, transaction\n"
        f"db = opened(Path({str(path)!r}), [{FIRST!r}])\n"
        "for n in range(20):\n"
        "    with transaction(db):\n"
        "        db.execute('INSERT INTO runs (note) VALUES (?)', (f'{sys.argv[1]}-{n}',))\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(i)], stderr=subprocess.PIPE) for i in range(8)]
    said = [writer.communicate()[1].decode() for writer in writers]
    assert said == [""] * 8
    connection = opened(path, [FIRST])
    assert connection.execute("SELECT count(DISTINCT note) FROM runs").fetchone() == (160,)
    connection.close()
