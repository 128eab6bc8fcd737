import contextlib
import os
import pickle
import sqlite3
import stat
from pathlib import Path

import pytest

from factcheck.store.cache import Cache, clear
from factcheck.store.secret import VARIABLE, secret

TABLE = "7" * 64  # the name of a table


@pytest.fixture(autouse=True)
def _own_key(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))


def put(root: Path, key: str, value: object, limit: int | None = None) -> Cache:
    cache = Cache(root, limit)
    cache.put("answer", key, value)
    cache.commit()
    assert cache.trouble is None
    return cache


def test_what_was_kept_is_there_in_the_next_run(tmp_path: Path) -> None:
    put(tmp_path, "a", {"n": 1}).close()
    assert Cache(tmp_path).get("a") == {"n": 1}
    assert Cache(tmp_path).get_all(["a", "b"]) == {"a": {"n": 1}}
    assert (tmp_path / ".factcheck" / ".gitignore").read_text().endswith("*\n")


def test_nothing_is_written_before_commit(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("answer", "a", 1)
    assert cache.get("a") is None
    assert not (tmp_path / ".factcheck").exists()


def test_the_cache_of_a_stranger_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a", 1).close()
    monkeypatch.setenv(VARIABLE, "another user's")
    assert Cache(tmp_path).get("a") is None


class Trap:
    """What would run a program where it is unpickled."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (os.environ["TRAP"],)


def test_a_forged_entry_is_never_unpickled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a", 1).close()
    monkeypatch.setenv("TRAP", str(tmp_path / "sprung"))
    connection = sqlite3.connect(tmp_path / ".factcheck" / "cache.sqlite")
    connection.execute("UPDATE kept SET value = ?", (pickle.dumps(Trap()),))
    connection.commit()
    connection.close()
    assert Cache(tmp_path).get("a") is None
    assert not (tmp_path / "sprung").exists()


def test_an_entry_under_another_key_is_not_believed(tmp_path: Path) -> None:
    put(tmp_path, "a", "supported").close()
    connection = sqlite3.connect(tmp_path / ".factcheck" / "cache.sqlite")
    connection.execute("UPDATE kept SET key = 'b'")
    connection.commit()
    connection.close()
    assert Cache(tmp_path).get("b") is None


def test_the_key_is_the_users_alone_and_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = secret()
    assert first is not None
    assert secret() == first
    path = Path(os.environ["XDG_STATE_HOME"]) / "factcheck" / "cache-key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_bytes(b"half")  # from a disk that was full
    second = secret()
    assert second is not None
    assert len(second) == 32
    assert second != first
    monkeypatch.setenv("XDG_STATE_HOME", str(path))  # a file, no folder
    assert secret() is None
    assert Cache(tmp_path).trouble is not None


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    for name in ("old", "used", "new"):
        cache = Cache(tmp_path, limit=2_700)
        if name == "new":
            assert cache.get("used") is not None
        cache.put("answer", name, os.urandom(1_000))
        cache.commit()
        cache.close()
    assert Cache(tmp_path).get_all(["old", "used", "new"]).keys() == {"used", "new"}


def test_a_table_goes_with_its_entry(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=1_000)
    table = cache.table(TABLE)
    assert table is not None
    table.write_bytes(b"x" * 900)
    cache.put("dataset", TABLE, "read", table)
    cache.commit()
    assert table.exists()
    cache.put("answer", "a", os.urandom(500))
    cache.commit()
    assert not table.exists()
    assert cache.get("a") is not None


def test_a_table_that_nobody_names_goes_in_time(tmp_path: Path) -> None:
    cache = put(tmp_path, "a", 1)
    table = cache.table(TABLE)
    assert table is not None
    fresh = table.with_name(f"{'f' * 64}.parquet")
    for path in (table, fresh):
        path.write_bytes(b"x")
    os.utime(table, (0, 0))
    cache.put("answer", "b", 1)
    cache.commit()
    assert (table.exists(), fresh.exists()) == (False, True)  # another run may be about to name it


@pytest.mark.parametrize("damage", [b"no database at all, but text that is longer than a header" * 99, b"SQLite format 3\0" + b"\xff" * 9000])
def test_a_damaged_cache_is_made_anew(damage: bytes, tmp_path: Path) -> None:
    put(tmp_path, "a", 1).close()
    for ending in ("-wal", "-shm"):
        (tmp_path / ".factcheck" / f"cache.sqlite{ending}").unlink(missing_ok=True)
    (tmp_path / ".factcheck" / "cache.sqlite").write_bytes(damage)
    cache = Cache(tmp_path)
    assert cache.get("a") is None
    cache.put("answer", "a", 2)
    cache.commit()
    cache.close()
    assert Cache(tmp_path).get("a") == 2


def test_clearing_frees_everything(tmp_path: Path) -> None:
    cache = put(tmp_path, "a", os.urandom(5_000))
    table = cache.table(TABLE)
    assert table is not None
    table.write_bytes(b"x" * 700)
    cache.close()
    assert clear(tmp_path) > 5_700
    assert Cache(tmp_path).get("a") is None
    assert Cache(tmp_path).size() == (0, 0)
    assert clear(tmp_path) == 0


def test_what_is_too_large_is_not_kept(tmp_path: Path) -> None:
    from dataclasses import dataclass

    import numpy as np

    @dataclass
    class Found:
        links: object

    cache = Cache(tmp_path)
    for name, found in (("a", Found(np.zeros(9 << 20))), ("b", Found((np.zeros(9 << 20),))), ("c", Found(0))):
        cache.put("answer", name, found.links)
    assert cache._new.keys() == {"c"}
    cache.put("answer", "d", Found(np.zeros(9 << 20)))
    assert cache._new.keys() == {"c"}


def test_nothing_is_removed_that_an_entry_only_says_is_a_table(tmp_path: Path) -> None:
    put(tmp_path, "a", os.urandom(500)).close()
    other = tmp_path / "other.txt"
    other.write_text("of the user")
    connection = sqlite3.connect(tmp_path / ".factcheck" / "cache.sqlite")
    connection.execute("UPDATE kept SET file = '../../other.txt', used = 0, bytes = 999999")
    connection.commit()
    connection.close()
    put(tmp_path, "b", 1, limit=1_000).close()
    assert Cache(tmp_path).get("a") is None
    assert other.read_text() == "of the user"


@pytest.mark.parametrize("link", [".factcheck", ".factcheck/tables"])
def test_what_a_link_leads_to_is_left_alone(link: str, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    for folder in (elsewhere, elsewhere / "tables"):
        folder.mkdir()
        for name in ("own.txt", f"{TABLE}.parquet", "cache.sqlite"):
            (folder / name).write_text("of the user")
            os.utime(folder / name, (0, 0))
    project = tmp_path / "project"
    (project / link).parent.mkdir(parents=True)
    (project / link).symlink_to(elsewhere)
    cache = Cache(project)
    cache.put("answer", "a", 1)
    cache.commit()
    assert cache.table(TABLE) is None
    assert cache.trouble is not None
    assert "it is a link" in cache.trouble
    cache.close()
    with contextlib.suppress(OSError):
        clear(project)
    assert {path.read_text() for path in elsewhere.rglob("*.*")} == {"of the user"}
    assert len(list(elsewhere.rglob("*.*"))) == 6


def test_a_database_that_is_a_link_is_not_opened(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE own (a)")
    connection.close()
    before = other.read_bytes()
    (tmp_path / ".factcheck").mkdir()
    (tmp_path / ".factcheck" / "cache.sqlite").symlink_to(other)
    cache = Cache(tmp_path)
    cache.put("answer", "a", 1)
    cache.commit()
    assert cache.trouble is not None
    assert "it is a link" in cache.trouble
    assert other.read_bytes() == before
    assert {path.name for path in tmp_path.glob("other*")} == {"other.sqlite"}
