"""The benchmark beside other tools: queries by hand find what factcheck finds; the page is what was measured."""

from __future__ import annotations

import json
import math
import runpy
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

import factcheck
from benchmarks import coordination as generated
from benchmarks.cells import posts
from benchmarks.peers import page, timing
from benchmarks.peers.coordination import CLAIM, MANIFEST
from benchmarks.peers.forms import claims, pandas, sql
from benchmarks.peers.processes import run
from benchmarks.peers.questions import COLUMNS, Question, questions
from benchmarks.peers.reading import Reading, Time, at_most, onward
from benchmarks.peers.store import RESULTS, Store
from benchmarks.peers.tools import put

ROWS, ASKED = 4_000, 60
HERE = Path(timing.__file__).parent
Figures = dict[str, float | None]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return posts.make(ROWS, tmp_path_factory.mktemp("posts"))


@pytest.fixture(scope="module")
def asked() -> list[Question]:
    return questions(ASKED)


@pytest.fixture(scope="module")
def ours(data: Path, asked: list[Question], tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """factcheck's own figures, from the claim file that the benchmark writes."""
    root = put(claims.project(asked), data, tmp_path_factory.mktemp("project") / "p")
    found = factcheck.check(project=root)
    assert [verdict.error for verdict in found if verdict.error] == []
    return {verdict.claim.id: _plain(verdict.estimate) for verdict in found}


def _plain(value: object) -> float | None:
    number = None if value is None else float(value)  # type: ignore[arg-type]  # a number of any kind
    return None if number is None or math.isnan(number) else number


def differing(theirs: Figures, ours: Figures) -> dict[str, tuple[float | None, float | None]]:
    return {id: (theirs[id], ours[id]) for id in ours if not timing.same(theirs[id], ours[id])}


@pytest.mark.parametrize("way", [sql.fused, sql.where, sql.case])
def test_queries_by_hand(way: object, data: Path, asked: list[Question], ours: Figures, tmp_path: Path) -> None:
    folder = put(way(asked), data, tmp_path / "sql")  # type: ignore[operator]  # one of three functions
    (text,) = (path.read_text(encoding="utf-8") for path in folder.glob("*.sql"))
    found: Figures = {}
    with duckdb.connect() as connection:
        for statement in text.replace("'posts.parquet'", f"'{folder}/posts.parquet'").split(";\n")[:-1]:
            result = connection.execute(statement)
            names = [column[0] for column in result.description]
            found |= dict(zip(names, map(_plain, result.fetchall()[0]), strict=True))
    assert differing(found, ours) == {}


def test_pandas_by_hand(
    data: Path, asked: list[Question], ours: Figures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(put(pandas.script(asked), data, tmp_path / "pandas"))
    found = runpy.run_path("with_pandas.py")["found"]
    assert differing({id: _plain(value) for id, value in found.items()}, ours) == {}


def test_a_wrong_figure_would_be_found(ours: Figures) -> None:
    wrong = {**ours, "c004": (ours["c004"] or 0) + 1}
    assert list(differing(wrong, ours)) == ["c004"]


def test_questions_are_different_and_the_first_of_more(asked: list[Question]) -> None:
    many = questions(500)
    assert many[:ASKED] == asked
    assert len({(one.kind, one.column, one.that, one.base) for one in many}) == 500
    used = {c.column for one in many for c in (*one.that, *one.base)} | {one.column for one in many if one.column}
    assert used == set(COLUMNS)


@pytest.mark.parametrize("least", [1, 2])
def test_the_method_of_coortweet(least: int, tmp_path: Path) -> None:
    """Every account taken in, it finds the pairs that factcheck finds; its own default never more."""
    rows, seconds = 3_000, 60
    shares = tmp_path / "s.parquet"
    numbered = f"SELECT target, actor, CAST(epoch(t) AS BIGINT) AS t FROM ({generated.skewed(rows, rows)})"
    content = "'p' || ROW_NUMBER() OVER (ORDER BY t, target, actor) AS content"
    duckdb.execute(f"COPY (SELECT *, {content} FROM ({numbered})) TO '{shares}' (FORMAT parquet)")
    method = put({}, shares, tmp_path / "method", "shares.parquet")
    command = [sys.executable, str(HERE / "run/coortweet.py"), "pandas", str(seconds), str(least)]
    told = subprocess.run(command, cwd=method, capture_output=True, text=True, check=True).stdout
    theirs = json.loads(told.strip().splitlines()[-1])["figures"]
    text = "".join(
        CLAIM.format(id=f"{what}{name}", what=what, within=seconds, at_least=times)
        for name, times in (("", 1), ("-above", math.floor(theirs["threshold"]) + 1))
        for what in ("pairs", "accounts")
    )
    files = {
        "claims/a.yaml": f"defaults: {{dataset: shares}}\nclaims:\n{text}", "evidence/a.yaml": MANIFEST,
    }  # fmt: skip
    found = factcheck.check(project=put(files, shares, tmp_path / "ours", "shares.parquet"))
    mine = {verdict.claim.id: verdict.estimate for verdict in found}
    assert theirs["pairs"] > 20
    if least == 1:
        assert {name: theirs[name] for name in mine} == mine
    else:
        assert all(theirs[name] <= figure for name, figure in mine.items())


def test_the_page_shows_what_was_found() -> None:
    stored = json.loads(RESULTS.read_text(encoding="utf-8"))
    stale = [path.name for path, text in page.files(stored).items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run `python -m benchmarks.peers --page`"


def test_what_the_page_says_in_words_was_found() -> None:
    """Its explanations are written by hand; a later version of a tool may behave otherwise."""
    stored = json.loads(RESULTS.read_text(encoding="utf-8"))
    found = {(one["tool"], one["case"]): one for one in stored["mishaps"]}
    others = {tool for tool, _ in found if tool != "factcheck"}
    assert len(others) >= 8
    for tool in others:
        assert (found[tool, "value"]["figure"], found[tool, "value"]["said"]) == (0, ""), tool
        assert found[tool, "column"]["figure"] is None, tool
    assert "did you mean 'Russia'?" in found["factcheck", "value"]["said"]
    assert found["gx", "base"]["passed"] is True
    together = {tool: round(one["figure"] + one["other"], 6) for (tool, case), one in found.items() if case == "holes"}
    assert {tool for tool, whole in together.items() if whole == 0.9} == {"fused", "where", "case", "soda", "pointblank"}
    assert found["pandas", "holes"]["figure"] == found["fused", "holes"]["figure"]
    assert found["streaming", "holes"]["figure"] == found["gx", "holes"]["figure"]
    low, high = found["factcheck", "holes"]["region"]
    assert all(low <= one["figure"] <= high for (_, case), one in found.items() if case == "holes")
    once = [one for one in stored["coordination"] if one["least"] == 1 and "figures" in one]
    for world in {one["world"] for one in once}:
        figures = [{name: int(value) for name, value in one["figures"].items()} for one in once if one["world"] == world]
        assert all(one == figures[0] for one in figures), world


def test_nothing_else_lies_beside_the_page() -> None:
    stored = json.loads(RESULTS.read_text(encoding="utf-8"))
    made = set(page.files(stored))
    assert {path for folder in (page.FOLDER, page.WRITTEN) for path in folder.rglob("*") if path.is_file()} <= made


def test_carrying_on() -> None:
    """Along a line, or as it grew where that was faster; a plan is more careful."""
    assert onward([(10, 1.0), (50, 2.0)], 500) == pytest.approx(2 + 450 / 40)
    assert at_most([(10, 1.0), (50, 2.0)], 500) == pytest.approx(20.0)
    assert onward([(10, 1.0), (50, 25.0)], 500) == pytest.approx(2500.0)  # 5 times as many, 25 times as long
    assert onward([(10, 2.0), (50, 1.0)], 500) == 1.0  # chance: no run is shorter for being larger
    assert (onward([(1, 1.0)], 100), at_most([(1, 1.0)], 100)) == (1.0, pytest.approx(10.0))
    cells = [{"tool": "gx", "rows": 1_000, "claims": n, "clock": n * 1.0} for n in (1, 10)]
    cells.append({"tool": "gx", "rows": 5_000, "claims": 1, "clock": 2.0})
    reading = Reading({"times": cells})
    assert reading.time("gx", 1_000, 10) == Time(10.0, True)
    assert reading.time("gx", 5_000, 10) == Time(50.0, False)  # in proportion to the rows


def test_a_run_that_is_too_slow_or_too_large_is_stopped(tmp_path: Path) -> None:
    start = time.monotonic()
    slow = run([sys.executable, "-c", "import time; time.sleep(60)"], tmp_path, 0.5, 5_000)
    large = run([sys.executable, "-c", "x = bytearray(b'x') * 300_000_000; input()"], tmp_path, 60, 150)
    assert slow.stopped == "too slow"
    assert str(large.stopped).startswith("more than")
    assert time.monotonic() - start < 50


def test_what_a_run_tells_is_kept(tmp_path: Path) -> None:
    ran = run([sys.executable, "-c", "print('noise'); print('{\"figures\": {\"a\": 1}}')"], tmp_path, 60, 5_000)
    assert (ran.code, ran.stopped, ran.told) == (0, None, {"figures": {"a": 1}})
    store = Store(tmp_path / "r.json")
    store.add(store.times, {"tool": "gx", "rows": 1, "claims": 1, "clock": 2.0})
    again = Store(tmp_path / "r.json")
    assert again.measured("gx", 1, 1) == {"tool": "gx", "rows": 1, "claims": 1, "clock": 2.0}
    again.forget(["gx"], ["times"])
    assert again.cell("gx", 1, 1) is None
