"""A project whose factcheck.yaml names an engine elsewhere, from its files to its verdicts."""

from __future__ import annotations

import json
from datetime import datetime
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import factcheck
from factcheck import cli, packages
from factcheck.errors import EvidenceError, SpecError
from factcheck.evidence.engines.choice import Choice
from factcheck.project import open_project
from tests.evidence.engines.loopback import Loopback

NOW = datetime(2026, 11, 21)
CLAIMS = """
defaults: {dataset: posts}
claims:
  - {id: share, statement: 60% came from Russia., measure: {share: country = 'Russia'}, claimed: 60%}
  - {id: days, statement: Three days., measure: {count: distinct day}, claimed: 3}
  - {id: median, statement: The median was 4., measure: {median: likes}, claimed: 4}
  - {id: top, statement: Russia came first., measure: {rank: Russia, by: country}, claimed: first}
  - {id: sum, statement: 25 likes., measure: {sum: likes}, claimed: 25}
"""
MANIFEST = """
datasets:
  posts: {completeness: complete, unit: post, %s}
  russian: {completeness: complete, unit: post, query: SELECT * FROM posts WHERE country = 'Russia'}
"""
ROWS = [("Russia", "2018-04-10", 4), ("Russia", "2018-04-10", 9), ("Russia", "2018-04-11", 2),
        ("Peru", "2018-04-12", 4), ("Chile", "2018-04-12", 6)]  # fmt: skip


def project(root: Path, engine: str, where: str) -> Path:
    for folder in ("claims", "evidence"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "factcheck.yaml").write_text(f"engine: {engine}\n")
    (root / "claims/a.yaml").write_text(CLAIMS)
    (root / "evidence/posts.yaml").write_text(MANIFEST % where)
    lines = ["country,day,likes", *(f"{country},{day},{likes}" for country, day, likes in ROWS)]
    (root / "evidence/posts.csv").write_text("\n".join(lines) + "\n")
    return root


def results(root: Path) -> list[dict[str, Any]]:
    claims: list[dict[str, Any]] = factcheck.check(project=root, now=NOW).to_dict()["claims"]
    return claims


class Servers:
    """What each opening of the engine gives: those that wait, from the front, then plain ones."""

    def __init__(self) -> None:
        self.waiting: list[Loopback] = []
        self.opened: list[Loopback] = []

    def open(self) -> Loopback:
        self.opened.append(self.waiting.pop(0) if self.waiting else Loopback())
        return self.opened[-1]


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> Servers:
    found = Servers()
    monkeypatch.setattr(Choice, "open", lambda choice: found.open())
    return found


def test_the_verdicts_are_those_of_duckdb(tmp_path: Path, servers: Servers) -> None:
    here = results(project(tmp_path / "here", "duckdb", "files: posts.csv"))
    there = results(project(tmp_path / "there", "{spark: local}", "files: posts.csv"))
    assert there == here
    assert [claim["outcome"] for claim in here] == ["supported"] * 5
    assert servers.opened[0].asked
    assert servers.opened[0].closed


def test_a_table_of_the_engine_stays_where_it_is(tmp_path: Path, servers: Servers) -> None:
    server = Loopback()
    values = ", ".join(f"({c!r}, DATE '{d}', {n})" for c, d, n in ROWS)
    server.engine.execute(f"CREATE TABLE lake AS SELECT * FROM (VALUES {values}) AS t(country, day, likes)")
    servers.waiting.append(server)
    root = project(tmp_path, "{spark: local}", "table: lake")
    claims = (root / "claims/a.yaml").read_text()
    of_query = "  - {id: ru, statement: Three., dataset: russian, measure: {count: rows}, claimed: 3}\n"
    (root / "claims/a.yaml").write_text(claims + of_query)
    found = factcheck.check(project=root, now=NOW)
    assert [verdict.outcome.value for verdict in found] == ["supported"] * 6
    assert found["share"].measurement is not None
    assert found["share"].measurement.n == 5


def test_an_address_outside_of_what_the_project_opens_is_not_read(tmp_path: Path, servers: Servers) -> None:
    root = project(tmp_path, "{spark: local}", "files: 's3a://elsewhere/posts/*.parquet'")
    with pytest.raises(SpecError, match="evidence_roots"):
        results(root)


def test_a_lost_session_is_asked_anew_from_the_beginning(tmp_path: Path, servers: Servers) -> None:
    servers.waiting.append(Loopback(gone_after=2))
    there = results(project(tmp_path / "there", "{spark: local}", "files: posts.csv"))
    assert there == results(project(tmp_path / "here", "duckdb", "files: posts.csv"))
    assert len(servers.opened) == 2
    assert all(server.closed for server in servers.opened)


def test_a_session_lost_twice_costs_the_claims_that_were_left(tmp_path: Path, servers: Servers) -> None:
    servers.waiting.extend([Loopback(gone_after=2), Loopback(gone_after=2)])
    found = results(project(tmp_path, "{spark: local}", "files: posts.csv"))
    assert len(servers.opened) == 2
    errors = [claim["error"] for claim in found if claim["outcome"] == "error"]
    assert errors
    assert all("connection to the engine was lost" in error for error in errors)


def test_rows_that_were_kept_and_are_lost_are_read_anew(tmp_path: Path, servers: Servers) -> None:
    root = project(tmp_path, "{spark: local}", "files: posts.csv")
    command = ["check", "--format", "json", "--now", "2026-11-21", "--project", str(root)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
        first = CliRunner().invoke(cli.main, command)
        kept = list((root / ".factcheck").rglob("*.parquet"))
        assert kept
        for path in kept:
            path.write_bytes(b"no longer what it was")
        claims = root / "claims/a.yaml"
        claims.write_text(claims.read_text().replace("claimed: 25", "claimed: 50"))
        again = CliRunner().invoke(cli.main, command)
    assert first.exit_code == 0
    before, after = (json.loads(one.output)["claims"] for one in (first, again))
    assert [claim["estimate"] for claim in after] == [claim["estimate"] for claim in before]
    assert after[-1]["outcome"] == "refuted"


def test_an_archive_holds_the_manifest_of_a_table_of_the_engine(tmp_path: Path, servers: Servers) -> None:
    server = Loopback()
    values = ", ".join(f"({c!r}, DATE '{d}', {n})" for c, d, n in ROWS)
    server.engine.execute(f"CREATE TABLE lake AS SELECT * FROM (VALUES {values}) AS t(country, day, likes)")
    servers.waiting.append(server)
    root = project(tmp_path, "{spark: local}", "table: lake")
    run = factcheck.check(project=root, now=NOW)
    run.report(tmp_path / "archive", "rocrate")
    assert list((tmp_path / "archive").rglob("evidence/posts.yaml"))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("sparc", "expected the name of an engine"),
        ("{spark: {memory: 2}}", "'spark' cannot be an engine written like this"),
        ("{postgresql: desk}", "no address of a PostgreSQL database"),
        ("{mysql: x}", "'mysql' cannot be an engine"),
    ],
)
def test_an_engine_that_cannot_be_is_told_with_its_place(tmp_path: Path, written: str, said: str) -> None:
    found = open_project(project(tmp_path, written, "files: posts.csv")).problems
    (problem,) = [p for p in found if said in p.message]
    assert problem.place is not None
    assert problem.place.file == "factcheck.yaml"
    assert problem.hint


def offer(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    points = [EntryPoint("desk", value, packages.ENGINES)]
    monkeypatch.setattr(packages, "entry_points", lambda group: points if group == packages.ENGINES else [])


def open_desk(address: str | None, settings: dict[str, str]) -> Loopback:
    server = Loopback()
    values = ", ".join(f"({c!r}, DATE '{d}', {n})" for c, d, n in ROWS)
    server.engine.execute(f"CREATE TABLE {settings['schema']}_{address} AS FROM (VALUES {values}) AS t(country, day, likes)")
    return server


def test_an_engine_of_another_package_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, f"{__name__}:open_desk")
    engine = "{desk: {address: lake, settings: {schema: news}}}"
    claims = results(project(tmp_path, engine, "table: news_lake"))
    assert [claim["outcome"] for claim in claims] == ["supported"] * 5


@pytest.mark.parametrize("value", ["no_such_module:open", f"{__name__}:no_such_function"])
def test_a_broken_package_with_an_engine_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    offer(monkeypatch, value)
    with pytest.raises(EvidenceError, match=r"the engine 'desk' of the package .* cannot be used"):
        results(project(tmp_path, "desk", "table: lake"))


def test_an_engine_whose_name_is_misspelt_is_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, f"{__name__}:open_desk")
    (problem,) = [p for p in open_project(project(tmp_path, "{desc: lake}", "table: lake")).problems if "engine" in p.message]
    assert "did you mean 'desk'" in problem.hint


def test_the_entry_point_has_one_name() -> None:
    assert packages.ENGINES == "factcheck.engines"


def test_a_table_needs_an_engine_that_has_it(tmp_path: Path) -> None:
    found = open_project(project(tmp_path, "duckdb", "table: lake")).problems
    assert any("needs the 'files' or the 'connection'" in problem.message for problem in found)
