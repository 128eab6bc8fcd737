"""What happens when a server goes away, takes too long or is interrupted: no wrong verdict, and the rest stands."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import factcheck
from factcheck.errors import EvidenceError
from factcheck.evidence.engines.duckdb import open_engine
from factcheck.evidence.engines.postgresql import PostgreSQL, open_server
from factcheck.evidence.engines.server import Gone
from postgres_cluster import Cluster

pytestmark = pytest.mark.xdist_group("postgresql")

TABLES = """
CREATE TABLE posts (id bigint, "Text" text, likes integer);
INSERT INTO posts SELECT n, CASE WHEN n % 4 = 0 THEN 'Russia' ELSE 'US' END, n FROM generate_series(1, 100) n;
CREATE TABLE patience (seconds double precision);
INSERT INTO patience VALUES (0);
CREATE FUNCTION added() RETURNS bigint LANGUAGE sql VOLATILE AS
$$ INSERT INTO posts VALUES (999, 'US', 0) RETURNING id $$;
CREATE VIEW slow AS SELECT id, likes + CASE WHEN pg_sleep(seconds)::text = '' THEN 0 ELSE 1 END AS likes
FROM patience, (SELECT * FROM posts WHERE id = 1) p;
"""
MANIFESTS = """
datasets:
  posts: {{connection: "{url}", table: posts, completeness: complete}}
  slow: {{connection: "{url}", table: slow, completeness: complete}}
"""
CLAIMS = """
claims:
  - {id: russian, statement: A quarter., dataset: posts, measure: {share: Text = 'Russia'}, claimed: 25%}
  - {id: liked, statement: It is liked., dataset: slow, measure: {count: rows}, where: likes > 0, claimed: 1}
"""
SLEEPING = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND application_name = 'factcheck'"


@pytest.fixture(scope="module")
def database(postgres_server: Cluster) -> str:
    postgres_server.sql("CREATE DATABASE faults TEMPLATE template0")
    postgres_server.sql(TABLES, "faults")
    return postgres_server.database("faults")


@pytest.fixture
def root(tmp_path: Path, database: str, postgres_server: Cluster) -> Iterator[Path]:
    for folder, text in (("claims", CLAIMS), ("evidence", MANIFESTS.format(url=database))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "all.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "factcheck.yaml").write_text(
        f"engine: {{postgresql: '{database}'}}\nlimits: {{timeout: 2 seconds}}\n", encoding="utf-8"
    )
    yield tmp_path
    wait(postgres_server, 0)


def wait(server: Cluster, seconds: float) -> None:
    """How long whoever reads the slow view has to wait."""
    server.sql(f"UPDATE patience SET seconds = {seconds}", "faults")


def when_asleep(server: Cluster, then: str, times: int = 1) -> threading.Thread:
    """Does something to a session of ours as soon as it sleeps."""

    def watch() -> None:
        for _ in range(times):
            end = time.monotonic() + 60
            while not (pid := server.sql(SLEEPING)) and time.monotonic() < end:
                time.sleep(0.02)
            server.sql(then.format(pid=pid.split()[0]), "faults")

    thread = threading.Thread(target=watch)
    thread.start()
    return thread


def test_all_is_well_without_faults(root: Path) -> None:
    run = factcheck.check(project=root)
    assert [(v.id, v.outcome) for v in run] == [("russian", "supported"), ("liked", "supported")]


def test_a_claim_that_takes_too_long_is_an_error_and_the_rest_stands(root: Path, postgres_server: Cluster) -> None:
    wait(postgres_server, 30)
    run = factcheck.check(project=root)
    assert run["russian"].outcome == "supported"
    assert run["liked"].outcome == "error"
    assert "took longer than 2 s" in (run["liked"].error or "")


def test_a_lost_connection_is_made_anew_and_all_is_asked_of_one_session(root: Path, postgres_server: Cluster) -> None:
    (root / "factcheck.yaml").write_text((root / "factcheck.yaml").read_text().replace("2 seconds", "100 seconds"))
    wait(postgres_server, 50)
    end = when_asleep(postgres_server, "UPDATE patience SET seconds = 0; SELECT pg_terminate_backend({pid})")
    run = factcheck.check(project=root)
    end.join()
    assert [(v.id, v.outcome, v.error) for v in run] == [("russian", "supported", None), ("liked", "supported", None)]


@pytest.fixture
def server(database: str) -> Iterator[PostgreSQL]:
    made = open_server(database)
    yield made
    made.close()


def _count(rows: object) -> int:
    engine = open_engine(threads=1)
    try:
        engine.register("answered", rows)
        return int(engine.run("SELECT COUNT(*) FROM answered").one()[0])
    finally:
        engine.close()


def test_what_fails_leaves_the_session_as_it_was(server: PostgreSQL) -> None:
    server.table("kept", {"a": "INTEGER"}, "SELECT * FROM generate_series(1, 5) AS t(a)")
    with pytest.raises(EvidenceError, match="division by zero"):
        server.fetch('SELECT 1 / (a - 3) AS c0 FROM "kept"', _count, 10)
    with pytest.raises(EvidenceError, match=r"took longer than 0\.2 s"):
        server.fetch("SELECT pg_sleep(20)::text AS c0", _count, 0.2)
    assert server.fetch('SELECT a AS c0 FROM "kept"', _count, 10) == 5


def test_nothing_that_is_asked_can_change_the_database(server: PostgreSQL, postgres_server: Cluster) -> None:
    with pytest.raises(EvidenceError, match="read-only transaction"):
        server.fetch("SELECT public.added() AS c0", _count, 10)
    with pytest.raises(EvidenceError, match="read-only transaction"):
        server.table("made", {"a": "BIGINT"}, "SELECT public.added() AS a")
    assert postgres_server.sql("SELECT count(*) FROM posts", "faults") == "100"


def test_a_change_meanwhile_is_not_seen(server: PostgreSQL, postgres_server: Cluster) -> None:
    first = server.fetch("SELECT id AS c0 FROM public.posts", _count, 10)
    postgres_server.sql("INSERT INTO posts VALUES (101, 'US', 0)", "faults")
    try:
        assert server.fetch("SELECT id AS c0 FROM public.posts", _count, 10) == first
    finally:
        postgres_server.sql("DELETE FROM posts WHERE id = 101", "faults")


def test_a_session_that_is_gone_says_so(server: PostgreSQL, postgres_server: Cluster) -> None:
    end = when_asleep(postgres_server, "SELECT pg_terminate_backend({pid})")
    with pytest.raises(Gone):
        server.fetch("SELECT pg_sleep(50)::text AS c0", _count, None)
    end.join()
    with pytest.raises(Gone):
        server.fetch("SELECT 1 AS c0", _count, None)


def test_ctrl_c_ends_the_statement_there_and_nothing_else(server: PostgreSQL, postgres_server: Cluster) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 1.0)
    try:
        started = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            server.fetch("SELECT pg_sleep(50)::text AS c0", _count, None)
        assert time.monotonic() - started < 20
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert postgres_server.sql(SLEEPING) == ""
    assert server.fetch("SELECT 1 AS c0", _count, 10) == 1
