"""Ctrl-C in the middle of whatever takes long, and what a terminal is told meanwhile."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from bad_input.desk import ENVIRONMENT, Desk, command

# Every account on both of two targets, within an hour: a minute's pairs are many.
SHARES = """
    SELECT 'a' || (i // 2) AS actor, 't' || (i % 2) AS target,
        TIMESTAMP '2021-01-01' + to_microseconds(CAST(hash(i) % 3600000000 AS BIGINT)) AS t
    FROM range(3000000) r(i)
"""
WIDE = "SELECT hash(i)::VARCHAR AS a, hash(i + 1)::VARCHAR AS b, hash(i + 2) % 1000 AS c FROM range(3000000) r(i)"
BIG = "SELECT i AS id, (i * 7919) % 1000003 AS h FROM range(2000000) r(i)"
# Four billion groups: none of them fits into memory for long.
GROUPS = "SELECT count(*) FROM (SELECT a.id, b.h FROM data a JOIN data b ON a.h % 1000 = b.h % 1000 GROUP BY ALL)"
# Minutes of work, so that a run that reads fast is still at it.
LONG = "SELECT count(*) FROM data a, data b WHERE length(a.a || b.b) % 7 = 3"
COORDINATION = "{coordination: accounts, actor: actor, target: target, time: t, within: 60 seconds, at_least: 2}"



def laid(desk: Desk, rows: str, suffix: str, measure: str) -> None:
    file = desk.root / f"evidence/data.{suffix}"
    options = "FORMAT parquet" if suffix == "parquet" else "FORMAT csv, HEADER"
    duckdb.sql(f"COPY ({rows}) TO '{file}' ({options})")
    desk.manifest({"files": file.name, "completeness": "complete"}, "data")
    desk.write("factcheck.yaml", "limits: {memory: 300MB, timeout: 600}")
    desk.claim(f"dataset: data\nmeasure: {measure}\nclaimed: '4'")


def sql(text: str) -> str:
    return json.dumps({"sql": text})


# Rows, the kind of file, the measure, and the files in the scratch folder that show that the work has begun.
WORK = {
    "reading": (WIDE, "csv", sql(LONG), "*"),
    "a grouping that spills": (BIG, "parquet", sql(GROUPS), "*/*/*/*.tmp"),
    "a search for coordination": (SHARES, "parquet", COORDINATION, "*"),
}


def descendants(pid: int) -> list[int]:
    """The processes that a process has started, and those that these have."""
    found, parents = [], {pid}
    while parents:
        mine = []
        for entry in Path("/proc").iterdir():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split() if entry.name.isdigit() else []
            except OSError:
                continue
            if fields and int(fields[1]) in parents:
                mine.append(int(entry.name))
        found += mine
        parents = set(mine)
    return sorted(found)


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def busy_children(pid: int, begun: Callable[[], bool]) -> list[int]:
    """The processes of a check once the same ones have been there for two seconds: the work is under way."""
    before: list[int] = []
    since, end = time.monotonic(), time.monotonic() + 180
    while time.monotonic() < end:
        now = descendants(pid)
        if now != before or len(now) < 2 or not begun():  # the nursery, and the process that reads
            since, before = time.monotonic(), now
        elif time.monotonic() - since > 2:
            return now
        time.sleep(0.1)
    raise AssertionError(f"nothing is under way: {before}")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see what processes there are")
@pytest.mark.parametrize("work", WORK)
def test_ctrl_c_leaves_nothing_behind(desk: Desk, work: str, tmp_path: Path) -> None:
    rows, suffix, measure, sign = WORK[work]
    laid(desk, rows, suffix, measure)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with checking(desk, "--format", "json", environment={"TMPDIR": str(scratch)}, stderr=subprocess.PIPE) as process:
        children = busy_children(process.pid, lambda: any(scratch.glob(sign)))
        assert process.poll() is None
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert time.monotonic() - started < 40  # one second, on a machine that has nothing else to do
        assert (process.returncode, out, err.decode().strip()) == (130, b"", "stopped")
    for _ in range(200):
        if not any(map(running, children)):
            break
        time.sleep(0.05)
    assert not any(map(running, children))
    assert not list(scratch.iterdir())


@contextmanager
def checking(
    desk: Desk, *arguments: str, environment: dict[str, str], stderr: int
) -> Iterator[subprocess.Popen[bytes]]:
    """A check in a process of its own, which does not outlive a test that fails."""
    process = subprocess.Popen(
        command("check", "--no-cache", *arguments),
        cwd=desk.root, env=ENVIRONMENT | environment,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stderr,
    )  # fmt: skip
    with process:
        try:
            yield process
        finally:
            process.kill()


def seen_on_a_terminal(desk: Desk, *arguments: str, until: str) -> str:
    """What a check writes to a terminal on standard error until it has said `until`; the check is then stopped."""
    ours, theirs = pty.openpty()
    with checking(desk, *arguments, environment={"TERM": "xterm", "COLUMNS": "120"}, stderr=theirs) as process:
        os.close(theirs)
        said, end = "", time.monotonic() + 120
        while time.monotonic() < end and not re.search(until, said):
            if select.select([ours], [], [], 0.5)[0]:
                try:
                    said += os.read(ours, 4096).decode(errors="replace")
                except OSError:  # the other side has gone
                    break
        process.send_signal(signal.SIGINT)
        process.wait(60)
    os.close(ours)
    return said


def test_a_terminal_is_told_what_is_done_and_how_much_is_left(desk: Desk) -> None:
    laid(desk, BIG, "parquet", sql("SELECT count(*) FROM data a, data b WHERE (a.h * b.h) % 7 = 3"))
    wanted = r"asking data: \d+% done"
    assert re.search(wanted, seen_on_a_terminal(desk, until=wanted))


def test_who_wants_quiet_is_told_nothing(desk: Desk) -> None:
    desk.claim("measure: {count: rows}")
    assert seen_on_a_terminal(desk, "--quiet", until="$^") == ""
    assert desk.spawn("check", "--no-cache").stderr == b""
