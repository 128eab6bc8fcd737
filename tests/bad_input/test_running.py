"""The command as a process: limits, Ctrl-C, closed pipes, odd locales, no pandas, and the same bytes every time."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from bad_input.desk import ENVIRONMENT, NOW, Desk, command

COUNT = "measure: {count: rows}"
# Minutes of work: an inequality join of two million rows with themselves, in which the engine heeds no signal at first.
DEAF = "SELECT count(*) FROM big a, big b WHERE a.h + b.h = 17 AND a.w < b.w"
LONG = "SELECT count(*) FROM big a, big b WHERE (a.h * b.h) % 7 = 3"
LARGE = "SELECT count(*) FROM (SELECT DISTINCT a.w || b.w AS k, a.id, b.h FROM big a JOIN big b ON a.id = b.h)"


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A desk with a dataset on which a query can take long."""
    path = desk.root / "evidence/big.parquet"
    rows = "SELECT i AS id, (i * 7919) % 1000003 AS h, 'w' || (i % 977) AS w FROM range(2000000) t(i)"
    duckdb.sql(f"COPY ({rows}) TO '{path}'")
    desk.manifest({"files": "big.parquet", "completeness": "complete"}, "big")
    return desk


def ask(desk: Desk, sql: str) -> None:
    claims = [
        {"id": "heavy", "statement": "x", "dataset": "big", "measure": {"sql": sql}, "claimed": "4"},
        {"id": "light", "statement": "x", "dataset": "posts", "measure": {"count": "rows"}, "claimed": "4"},
        {"id": "middling", "statement": "x", "dataset": "big", "measure": {"share": "h >= 0"}, "claimed": "100%"},
    ]
    desk.write("claims/one.yaml", json.dumps({"claims": claims}))


@pytest.mark.parametrize(
    ("sql", "limit", "said"),
    [
        (LONG, "timeout: 1", "dataset 'big': the query took longer than 1 s"),
        (LARGE, "memory: 100MB", "needs more memory or temporary disk space than the limits allow"),
    ],
)
def test_a_query_beyond_its_limits_spoils_no_other(busy: Desk, sql: str, limit: str, said: str) -> None:
    ask(busy, sql)
    busy.write("factcheck.yaml", f"limits: {{{limit}}}")
    started = time.monotonic()
    done = busy.check()
    assert time.monotonic() - started < 60
    assert done.code == 3
    found = done.claims()
    assert said in found["heavy"]["error"]
    assert [found[name]["outcome"] for name in ("heavy", "light", "middling")] == ["error", "supported", "supported"]


@pytest.mark.parametrize("sql", [LONG, DEAF])
def test_ctrl_c_leaves_at_once(busy: Desk, sql: str, tmp_path: Path) -> None:
    ask(busy, sql)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    process = subprocess.Popen(
        command("check", "--format", "json", "--output", "out.json"),
        cwd=busy.root, env=ENVIRONMENT | {"TMPDIR": str(scratch)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    for _ in range(600):
        if any(scratch.iterdir()):
            break
        time.sleep(0.05)
    time.sleep(2.5)  # into the query
    started = time.monotonic()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert time.monotonic() - started < 8
    assert process.returncode == 130
    assert out == b""
    assert err.decode().strip() == "stopped"
    assert not (busy.root / "out.json").exists()
    assert not list(scratch.iterdir())


def shell(desk: Desk, line: str) -> subprocess.CompletedProcess[str]:
    """A shell in which `factcheck` is the command."""
    python = f"\"{sys.executable}\" -W error -c 'from factcheck.cli import main; main()'"
    script = f'factcheck() {{ {python} "$@"; }}; {line}'
    return subprocess.run(["bash", "-c", script], cwd=desk.root, env=ENVIRONMENT, capture_output=True, text=True)


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize("form", ["json", "terminal"])
@pytest.mark.parametrize(
    ("pipe", "code"),
    [("| head -c 5 > /dev/null; exit ${PIPESTATUS[0]}", 0), (">&-", 0), ("> /dev/full", 2)],
)
def test_a_reader_that_has_gone(desk: Desk, form: str, pipe: str, code: int) -> None:
    desk.claim(COUNT)
    done = shell(desk, f"factcheck check --quiet --format {form} {pipe}")
    assert done.returncode == code, done.stderr
    assert done.stderr == ("" if code == 0 else "error: standard output cannot be written: No space left on device\n")


@pytest.mark.parametrize(
    "options",
    [
        ("check", "--output", "/proc/none/out.json"),
        ("check", "--output", "claims"),
        ("report", "--output", "/proc/1/none/out.md"),
    ],
)
def test_output_that_cannot_be_written(desk: Desk, options: tuple[str, ...]) -> None:
    desk.claim(COUNT)
    done = desk.run(*options)
    assert done.code == 2
    assert f"error: {options[-1]} cannot be written: " in done.err


def test_reports_that_cannot_be_written(desk: Desk) -> None:
    desk.claim(COUNT)
    desk.write("reports", "a file where a folder should be")
    done = desk.run("report")
    assert done.code == 2
    assert "cannot be written" in done.err


def test_colours(desk: Desk) -> None:
    desk.claim(COUNT)
    assert b"\x1b[" in desk.spawn("check", FORCE_COLOR="1").stdout
    assert b"\x1b[" not in desk.spawn("check", FORCE_COLOR="1", NO_COLOR="1").stdout
    assert b"\x1b[" not in desk.spawn("check", "--no-color", FORCE_COLOR="1").stdout
    for words in (("check",), ("data",), ("data", "posts"), ("explain", "one"), ("report", "--output", "-")):
        assert b"\x1b[" not in desk.spawn(*words).stdout, words


PLAIN = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.parametrize(
    ("words", "locale"),
    [
        *((words, PLAIN) for words in (("check",), ("report", "--output", "-"), ("explain", "one"), ("data", "posts"))),
        (("check", "--format", "json"), {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}),
        (("check",), {"LC_ALL": "C"}),
        (("check",), {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}),
    ],
)
def test_a_locale_without_unicode(desk: Desk, words: tuple[str, ...], locale: dict[str, str]) -> None:
    desk.write("evidence/posts.csv", "id,страна\n1,Россия\n2,😀\n3,a\n4,b\n")
    desk.claim("statement: Жанна 😀 – “x”\nmeasure: {count: rows, that: \"страна <> 'Ж'\"}")
    done = desk.spawn(*words, **locale)
    assert done.returncode == 0, done.stderr
    assert b"rror" not in done.stderr


def varied(desk: Desk) -> None:
    """Claims that go through every way of asking and of resampling."""
    path = desk.root / "evidence/big.parquet"
    rows = (
        "SELECT i AS id, TIMESTAMP '2018-01-01' + interval (i) minute AS t, i / 3 AS x, 'w' || (i % 17) AS w, "
        "(i % 9)::DECIMAL(10, 2) AS d, 123456789012345678901234567890::HUGEINT + i AS h FROM range(20000) r(i)"
    )
    duckdb.sql(f"COPY ({rows}) TO '{path}'")
    desk.manifest({"files": "big.parquet", "completeness": "random sample", "sample_fraction": "1%"}, "big")
    desk.write("evidence/lines.jsonl", '{"id": 1, "t": "2018-05-01T10:00:00Z", "tags": ["a"]}\n')
    desk.manifest({"files": "lines.jsonl", "completeness": "complete"}, "lines")
    measures = [
        ("posts", {"count": "rows"}, "4"), ("posts", {"values": "country"}, ["Russia"]),
        ("posts", {"sql": "SELECT avg(likes) FROM posts"}, "8.75"), ("lines", {"max": "t"}, "2018"),
        ("big", {"share": "w = 'w3'"}, "6%"), ("big", {"mean": "x"}, "3,300"), ("big", {"median": "x"}, "3,300"),
        ("big", {"top": 3, "by": "w"}, ["w1", "w2", "w3"]), ("big", {"composition": "w"}, {"w1": "6%", "w2": "6%"}),
        ("big", {"per": "day", "time": "t", "take": "max"}, "1,440"), ("big", {"sum": "d"}, "8,000,000"),
        ("big", {"max": "h"}, "3"), ("big", {"rank": "w3", "by": "w"}, "first"), ("big", {"count": "distinct w"}, "17"),
        ("big", {"ratio": {"count": "rows", "that": "w = 'w1'"}, "to": {"count": "rows", "that": "w = 'w2'"}}, "twice"),
    ]  # fmt: skip
    claims = [
        {"id": f"c{i}", "statement": "x", "dataset": dataset, "measure": measure, "claimed": claimed}
        for i, (dataset, measure, claimed) in enumerate(measures)
    ]
    desk.write("claims/one.yaml", json.dumps({"claims": claims}))


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """An environment, inherited by processes that read files, in which pandas and pyarrow are not to be had."""
    for name in ("pandas", "pyarrow"):
        (tmp_path / f"bare/{name}").mkdir(parents=True)
        (tmp_path / f"bare/{name}/__init__.py").write_text("raise ImportError('not installed')\n")
    return {**ENVIRONMENT, "PYTHONPATH": str(tmp_path / "bare")}


def without(desk: Desk, bare: dict[str, str], *arguments: str) -> str:
    start = "from factcheck.cli import main; main()"
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", start, *arguments], cwd=desk.root, env=bare, capture_output=True
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.decode()


def test_without_pandas_and_pyarrow(desk: Desk, bare: dict[str, str]) -> None:
    varied(desk)
    arguments = ["check", "--format", "json", "--now", NOW, "--quiet"]
    assert without(desk, bare, *arguments) == desk.spawn(*arguments).stdout.decode()


def test_rejects_are_told_without_pandas(desk: Desk, bare: dict[str, str]) -> None:
    """Why a record is rejected is a label of an enum to the engine, which it hands over through pandas."""
    desk.write("evidence/towns.csv", "town,people\nArl,5\nBrig\nCham,7\n")
    desk.manifest({"files": "towns.csv", "completeness": "complete"}, "towns")
    told = without(desk, bare, "data", "towns", "--no-color")
    assert "3 records = 2 loaded + 1 rejected + 0 dropped; 0 duplicates" in told
    assert "rejected evidence/towns.csv:3: expected 2 columns, found 1" in told


FORMS = [("check", "--format", "json"), ("check",), ("report", "--output", "-")]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_bytes_every_time(desk: Desk, form: tuple[str, ...]) -> None:
    varied(desk)
    first = desk.spawn(*form, "--now", NOW)
    assert first.returncode == 0
    for options, environment in (
        (("--jobs", "1"), {"PYTHONHASHSEED": "1"}),
        (("--jobs", "2"), {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"}),
    ):
        assert desk.spawn(*form, "--now", NOW, *options, **environment).stdout == first.stdout, (options, environment)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_bytes_whatever_the_order_on_the_disk(tmp_path: Path, form: tuple[str, ...]) -> None:
    """Files are found in the order in which they were made, unless somebody sorts them."""
    said = []
    for folder, order in (("a", [1, 2, 3]), ("b", [3, 1, 2])):
        desk = Desk(tmp_path / folder / "same")
        for number in order:
            desk.write(f"evidence/part-{number}.csv", f"id,g\n{number},g{number}\n{number}9,g{number}\n")
            text = desk.claim(f"id: c{number}\nclaimed: g1\nmeasure: {{top: 1, by: g}}").read_text()
            os.unlink(desk.root / "claims/one.yaml")
            desk.write(f"claims/c{number}.yaml", text)
        desk.manifest({"files": "part-*.csv", "completeness": "complete"})
        said.append(desk.run(*form, "--now", NOW).out)
    assert said[0] == said[1]
    assert "g1" in said[0]
