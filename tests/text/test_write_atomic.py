"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import threading
from pathlib import Path

import pytest

from factcheck.text.files import UNFINISHED, write_atomic


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "reports" / "uk" / "bots.md"
    write_atomic(path, "Zahlen – числа\n")
    assert path.read_text(encoding="utf-8") == "Zahlen – числа\n"
    write_atomic(path, b"\x00\xff")
    assert path.read_bytes() == b"\x00\xff"
    assert os.listdir(path.parent) == ["bots.md"]


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    write_atomic(tmp_path / "a", "one\ntwo\r\n")
    assert (tmp_path / "a").read_bytes() == b"one\ntwo\r\n"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_run_that_dies_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    path = tmp_path / "report.md"
    path.write_text("old", encoding="utf-8")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", die) if step == "fsync" else monkeypatch.setattr(Path, "replace", die)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["report.md"]


def test_permissions_are_kept_and_new_files_get_the_usual_ones(tmp_path: Path) -> None:
    old, new, plain = tmp_path / "old", tmp_path / "new", tmp_path / "plain"
    old.write_text("x", encoding="utf-8")
    old.chmod(0o640)
    plain.write_text("x", encoding="utf-8")
    write_atomic(old, "y")
    write_atomic(new, "y")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert new.stat().st_mode == plain.stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    write_atomic(link, "new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OSError, match="file"):
        write_atomic(tmp_path / "file" / "report.md", "x")


def test_what_a_dead_run_left_is_removed_and_what_a_living_one_writes_is_not(tmp_path: Path) -> None:
    dead, living, other = (tmp_path / name for name in (f".a.dead{UNFINISHED}", f".a.living{UNFINISHED}", ".a.tmp"))
    for path in (dead, living, other):
        path.write_text("half", encoding="utf-8")
    with living.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        write_atomic(tmp_path / "b", "whole")
        assert sorted(os.listdir(tmp_path)) == sorted([".a.tmp", living.name, "b"])
    write_atomic(tmp_path / "b", "whole")
    assert sorted(os.listdir(tmp_path)) == [".a.tmp", "b"]


def test_writers_of_one_folder_do_not_sweep_away_one_another(tmp_path: Path) -> None:
    failed = []

    def work(name: str) -> None:
        try:
            for number in range(100):
                write_atomic(tmp_path / name, f"{number}")
        except OSError as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("a", "a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert sorted(os.listdir(tmp_path)) == ["a", "b", "c"]
    assert {path.read_text() for path in tmp_path.iterdir()} == {"99"}


def test_an_error_names_the_file_that_was_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text("old", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as caught:
        write_atomic(tmp_path / "a", "new")
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, str(tmp_path / "a"))
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]
    with pytest.raises(FileExistsError, match=r"'.*/a/b'"):
        write_atomic(tmp_path / "a" / "b", "new")


def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    write_atomic(pipe, "whole")
    reader.join()
    assert read == ["whole"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("letter", ["a", "д", "字", "🦖"])
def test_the_longest_names_can_be_written(tmp_path: Path, letter: str) -> None:
    name = letter * (255 // len(letter.encode()))
    write_atomic(tmp_path / name, "x")
    assert os.listdir(tmp_path) == [name]
