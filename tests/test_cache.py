"""A second check: what may be taken from the first, and what never may."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from factcheck.cli import main
from factcheck.evidence.isolation.nursery import Nursery

CLAIMS = """
claims:
  - id: russia
    statement: 60% of mentions came from Russia.
    dataset: mentions
    measure: {share: country = 'Russia'}
    claimed: 60%
  - id: median
    statement: The median was 3.
    dataset: mentions
    measure: {median: n}
    claimed: 3
  - id: few
    statement: Three are small.
    dataset: small
    measure: {count: rows}
    claimed: 3
"""
MANIFEST = """
datasets:
  mentions: {files: mentions.csv, completeness: complete}
  small: {query: SELECT * FROM mentions WHERE n < 4, completeness: complete}
"""
ROWS = "country,n\nRussia,1\nRussia,2\nRussia,3\nUkraine,4\nUkraine,5\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "claims").mkdir()
    (tmp_path / "evidence").mkdir()
    (tmp_path / "claims" / "a.yaml").write_text(CLAIMS)
    (tmp_path / "evidence" / "a.yaml").write_text(MANIFEST)
    (tmp_path / "evidence" / "mentions.csv").write_text(ROWS)
    return tmp_path


def check(project: Path, *arguments: str, code: int = 0) -> dict[str, dict[str, Any]]:
    """The claims by id."""
    command = ["check", "--project", str(project), "--format", "json", "--now", "2026-01-02", *arguments]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == code, result.output
    return {claim["id"]: claim for claim in json.loads(result.stdout)["claims"]}


def estimates(found: dict[str, dict[str, Any]]) -> list[Any]:
    return [found[id]["estimate"] for id in ("russia", "median", "few")]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that were begun to read or ask."""
    begun: list[int] = []
    child = Nursery.child

    def counted(self: Nursery) -> Any:
        found = child(self)
        begun.append(found[1])
        return found

    monkeypatch.setattr(Nursery, "child", counted)
    return begun


def test_an_unchanged_project_is_neither_read_nor_asked(project: Path, asked: list[int]) -> None:
    first = check(project)
    assert asked
    assert estimates(first) == [0.6, 3, 3]
    asked.clear()
    assert check(project) == first
    assert not asked
    assert check(project, "--no-cache") == first
    assert asked


def test_an_edited_figure_asks_nothing_and_an_edited_condition_reads_no_file(
    project: Path, asked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    check(project)
    asked.clear()
    claims = project / "claims" / "a.yaml"
    claims.write_text(CLAIMS.replace("claimed: 60%", "claimed: 70%"))
    assert check(project)["russia"]["outcome"] == "refuted"
    assert not asked
    claims.write_text(CLAIMS.replace("country = 'Russia'", "n > 1"))
    opened: list[str] = []
    run = sys.modules["factcheck.evidence.isolation.reader"].Reader._ask  # type: ignore[attr-defined]

    def listened(self: Any, name: str, *arguments: Any, **options: Any) -> Any:
        opened.append(name)
        return run(self, name, *arguments, **options)

    monkeypatch.setattr("factcheck.evidence.isolation.reader.Reader._ask", listened)
    assert check(project)["russia"]["estimate"] == 0.8
    assert {"restore", "run"} <= set(opened)
    assert not {"load", "describe"} & set(opened)


def test_data_of_the_same_size_and_time_are_read_anew(project: Path) -> None:
    first = check(project)
    data = project / "evidence" / "mentions.csv"
    state = data.stat()
    data.write_text(ROWS.replace("Ukraine,5", "Russia,,5").replace("Russia,,5", "Russia,55"))
    os.utime(data, ns=(state.st_atime_ns, state.st_mtime_ns))
    after = data.stat()
    assert (after.st_size, after.st_mtime_ns, after.st_ino) == (state.st_size, state.st_mtime_ns, state.st_ino)
    second = check(project)
    assert (first["russia"]["estimate"], second["russia"]["estimate"]) == (0.6, 0.8)
    data.write_text(ROWS)
    os.utime(data, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert check(project) == first


@pytest.mark.parametrize(
    ("before", "after"),
    [("completeness: complete}\n  small", "completeness: partial}\n  small"), ("n < 4", "n < 3"),
     ("files: mentions.csv", "files: mentions.csv, drop: n = 1"), ("files: mentions.csv", "files: '*.csv'")],
)  # fmt: skip
def test_another_manifest_is_another_dataset(before: str, after: str, project: Path) -> None:
    check(project)
    assert before in MANIFEST
    (project / "evidence" / "more.csv").write_text("country,n\nRussia,9\n")
    (project / "evidence" / "a.yaml").write_text(MANIFEST.replace(before, after))
    assert check(project) == check(project, "--no-cache")


def test_a_file_that_appears_or_goes_is_noticed(project: Path) -> None:
    (project / "evidence" / "a.yaml").write_text(MANIFEST.replace("mentions.csv", "men*.csv"))
    assert check(project)["russia"]["n"] == 5
    more = project / "evidence" / "mention-of-more.csv"
    more.write_text("country,n\nRussia,9\n")
    assert check(project)["russia"]["n"] == 6
    more.unlink()
    assert check(project)["russia"]["n"] == 5
    (project / "evidence" / "mentions.csv").unlink()
    assert check(project, code=3)["russia"]["error"] is not None


def test_the_rules_of_the_project_count(project: Path) -> None:
    assert check(project)["russia"]["rating"] == "True"
    (project / "factcheck.yaml").write_text("rating: five-point\n")
    assert check(project) == check(project, "--no-cache")


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("claims/b.yaml", "claims:\n  - {id: b, statement: x, dataset: mentions, measure: {count: rows}, claimd: 3}\n"),
        ("claims/b.yaml", "claims: [\n"),
        ("evidence/b.yaml", "datasets:\n  other: {fils: mentions.csv}\n"),
        ("evidence/b.yaml", "datasets:\n  mentions: {files: mentions.csv}\n"),
        ("factcheck.yaml", "title: [\n"),
    ],
)
def test_a_file_with_nothing_but_errors_stops_a_kept_run_too(file: str, text: str, project: Path) -> None:
    check(project)
    (project / file).write_text(text)
    told = [
        CliRunner().invoke(main, ["check", "--project", str(project), *more]) for more in ((), (), ("--no-cache",))
    ]
    assert [result.exit_code for result in told] == [2, 2, 2]
    assert len({result.stderr for result in told}) == 1


def test_a_warning_of_a_file_is_told_by_a_kept_run_too(project: Path) -> None:
    check(project)
    (project / "claims" / "b.yaml").write_text("")
    told = [
        CliRunner().invoke(main, ["check", "--project", str(project), *more]) for more in ((), (), ("--no-cache",))
    ]
    assert len({result.stderr for result in told}) == 1
    assert "claims/b.yaml" in told[0].stderr


def test_errors_are_not_kept(project: Path) -> None:
    from factcheck.errors import EvidenceError

    def refused(*_: Any, **__: Any) -> Any:
        raise EvidenceError("the engine is not at hand")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("factcheck.evidence.isolation.reader.Reader.run", refused)
        failed = check(project, code=3)
        assert {claim["outcome"] for claim in failed.values()} == {"error"}
    assert estimates(check(project)) == [0.6, 3, 3]


def test_another_program_believes_nothing_of_it(project: Path, asked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    check(project)
    asked.clear()
    monkeypatch.setattr("factcheck.program.whole", lambda: "another")
    check(project)
    assert asked


def _kept(project: Path) -> sqlite3.Connection:
    return sqlite3.connect(project / ".factcheck" / "cache.sqlite")


def _forget(project: Path, *kinds: str) -> None:
    connection = _kept(project)
    connection.executemany("DELETE FROM kept WHERE kind = ?", [(kind,) for kind in kinds])
    connection.commit()
    connection.close()


def test_each_layer_gives_the_same_verdicts(project: Path) -> None:
    first = check(project)
    for kinds in (("run",), ("run", "measured"), ("run", "measured", "answer"), ("run", "dataset")):
        _forget(project, *kinds)
        assert check(project) == first, kinds


@pytest.mark.parametrize("damage", ["gone", "cut", "other"])
def test_a_damaged_table_is_read_from_its_files(damage: str, project: Path) -> None:
    first = check(project)
    _forget(project, "run", "measured", "answer")
    for table in (project / ".factcheck" / "tables").iterdir():
        if damage == "gone":
            table.unlink()
        elif damage == "cut":
            table.write_bytes(table.read_bytes()[:-20])
        else:  # a good table of other rows
            import duckdb

            duckdb.execute(f"COPY (SELECT 'Ukraine' AS c0, 1::BIGINT AS c1 FROM range(5)) TO '{table}' (FORMAT parquet)")
    assert check(project) == first


def test_rejected_records_are_written_every_time(project: Path) -> None:
    (project / "evidence" / "mentions.csv").write_text(ROWS + "Russia,6,7,8\n")
    for _ in range(2):
        folder = project / "rejects"
        check(project, "--keep-rejects", str(folder))
        (file,) = folder.iterdir()
        assert "Russia,6,7,8" in file.read_text()
        file.unlink()


def test_a_folder_that_cannot_be_written_costs_no_verdict(project: Path) -> None:
    (project / ".factcheck").write_text("a file where the folder would be")
    command = ["check", "--project", str(project), "--format", "json"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0
    assert len(json.loads(result.stdout)["claims"]) == 3
    assert ".factcheck cannot be written" in result.stderr


def test_a_limit_of_nothing_keeps_nothing(project: Path) -> None:
    (project / "factcheck.yaml").write_text("limits: {cache: 0MB}\n")
    check(project)
    assert not list((project / ".factcheck").glob("cache*"))


def test_the_command_tells_and_clears(project: Path) -> None:
    check(project)
    told = CliRunner().invoke(main, ["cache", "--project", str(project)])
    assert told.exit_code == 0
    assert "of at most 2.1 GB" in told.stdout
    assert not told.stdout.startswith("0 ")
    cleared = CliRunner().invoke(main, ["cache", "--project", str(project), "clear"])
    assert cleared.exit_code == 0
    assert cleared.stdout.startswith("freed ")
    told = CliRunner().invoke(main, ["cache", "--project", str(project)])
    assert told.stdout.startswith("0 entries, 0 bytes")


def test_frames_in_memory_are_never_kept(project: Path) -> None:
    import pandas as pd

    from factcheck import api, pipeline
    from factcheck.project import open_project
    from factcheck.store.cache import Cache

    for n, share in ((6, 0.5), (4, 0.75)):
        frame = pd.DataFrame({"country": ["Russia"] * 3 + ["Ukraine"] * (n - 3), "n": range(n)})
        opened = open_project(project, frames=("mentions",))
        run = pipeline.check(opened, select="russia", frames={"mentions": frame}, cache=Cache(project))
        assert float(run["russia"].estimate) == share
    assert api  # the library itself keeps nothing unless it is asked to


def test_eight_at_once_agree(project: Path) -> None:
    command = [sys.executable, "-c", "from factcheck.cli import main; main()", "check", "--project", str(project)]
    command += ["--format", "json", "--now", "2026-01-02"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(8)]
    told = [run.communicate() for run in runs]
    assert {run.returncode for run in runs} == {0}
    assert len({out for out, _ in told}) == 1
    assert {error for _, error in told} == {b""}


def test_a_dataset_can_be_had_as_it_once_was(project: Path) -> None:
    from factcheck import pipeline
    from factcheck.cases.kept import Kept
    from factcheck.evidence.ingest.places import Ground
    from factcheck.evidence.prints import Prints
    from factcheck.project import open_project
    from factcheck.store.cache import Cache

    def opened() -> tuple[Any, Any, Any]:
        found = open_project(project)
        prints = Prints(found.manifests, Ground(project))
        cache = Cache(project)
        return found, prints, cache

    first = check(project)
    _, prints, _ = opened()
    old = prints.of_all(["mentions", "small"])
    (project / "evidence" / "mentions.csv").write_text("country,n\nUkraine,1\n")
    changed = check(project)
    assert estimates(changed) == [0, 1, 1]
    again, prints, cache = opened()
    kept = Kept(cache, again.manifests, prints, str(project))
    then = {name: read for name, one in old.items() if (read := kept.earlier(name, one.content, one.described))}
    assert then.keys() == {"mentions", "small"}
    run = pipeline.check(again, cache=cache, instead=then)
    assert [float(run[id].estimate) for id in ("russia", "median", "few")] == estimates(first)
    assert check(project) == changed  # and nothing of it is taken for today's
    for table in (project / ".factcheck" / "tables").iterdir():
        table.unlink()
    assert kept.earlier("mentions", old["mentions"].content, old["mentions"].described) is None


def test_a_file_that_changes_while_it_is_read_is_told_and_nothing_is_kept(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = project / "evidence" / "mentions.csv"
    load = sys.modules["factcheck.evidence.isolation.reader"].Reader.load_all  # type: ignore[attr-defined]

    def changing(self: Any, names: Any) -> Any:
        data.write_text("country,n\nUkraine,1\n")  # after its digest was taken
        return load(self, names)

    with monkeypatch.context() as patched:
        patched.setattr("factcheck.evidence.isolation.reader.Reader.load_all", changing)
        result = CliRunner().invoke(main, ["check", "--project", str(project)])
    assert "evidence/mentions.csv changed while it was read" in result.stderr
    data.write_text(ROWS)
    assert estimates(check(project)) == [0.6, 3, 3]  # not what the file held for a moment


@pytest.mark.parametrize("command", [["cache"], ["cache", "clear"]])
def test_outside_of_a_project_the_cache_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, command)
    assert (result.exit_code, isinstance(result.exception, SystemExit)) == (2, True)
    assert "is in no project" in result.stderr


def test_a_file_that_comes_while_others_are_read_is_told_and_nothing_is_kept(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "evidence" / "a.yaml").write_text(MANIFEST.replace("files: mentions.csv", "files: m*.csv"))
    late = project / "evidence" / "more.csv"
    load = sys.modules["factcheck.evidence.isolation.reader"].Reader.load_all  # type: ignore[attr-defined]

    def coming(self: Any, names: Any) -> Any:
        late.write_text(ROWS)
        return load(self, names)

    with monkeypatch.context() as patched:
        patched.setattr("factcheck.evidence.isolation.reader.Reader.load_all", coming)
        result = CliRunner().invoke(main, ["check", "--project", str(project)])
    assert "evidence/more.csv changed while it was read" in result.stderr
    late.unlink()
    assert check(project)["russia"]["n"] == 5  # not the ten rows that it was for a moment
