"""What Spark does beside answering: time limits, lost workers, rows that lie there, somebody else's session."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Column
from factcheck.evidence.engines import spark_sessions
from factcheck.evidence.engines.dialects import Refused
from factcheck.evidence.engines.remote import Remote
from factcheck.evidence.engines.spark import open_server
from factcheck.evidence.engines.types import family
from factcheck.evidence.manifest_models import DatasetManifest

from .spark_cluster import missing, workers

pytestmark = pytest.mark.xdist_group("spark")

SLOW = 'SELECT COUNT(*) FROM "many" AS a JOIN "many" AS b ON a.n % 7 = b.n % 7 WHERE (a.n * 31 + b.n) % 11 = 3'


def put(engine: Remote, name: str, columns: Mapping[str, str], select: str, folder: Path) -> None:
    path = folder / f"{name}.parquet"
    with duckdb.connect() as made:
        made.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
    engine.put(name, {n: Column(n, kind, family(kind)) for n, kind in columns.items()}, path)


@pytest.fixture
def many(spark: Remote, tmp_path: Path) -> Remote:
    put(spark, "many", {"n": "BIGINT"}, "SELECT r AS c0 FROM range(20000) AS t(r)", tmp_path)
    return spark


def test_a_query_that_takes_too_long_is_ended_and_the_next_one_answered(many: Remote) -> None:
    start = time.monotonic()
    with pytest.raises(EvidenceError, match=r"took longer than 0\.5 s"):
        many.run(SLOW, timeout=0.5)
    assert time.monotonic() - start < 30
    assert many.run('SELECT COUNT(*) FROM "many"').one() == (20_000,)


def test_a_worker_killed_in_the_middle_changes_no_number(many: Remote) -> None:
    known = many.run(SLOW).one()
    at_work = workers()
    assert len(at_work) == 2

    def kill() -> None:
        time.sleep(0.3)
        os.kill(at_work[0], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    answers = [many.run(SLOW).one()]
    killer.join()
    answers.append(many.run(SLOW).one())
    assert answers == [known, known]
    assert at_work[0] not in workers()


def test_a_kept_table_is_the_same_after_a_worker_is_lost(many: Remote) -> None:
    many.run('CREATE TEMP TABLE "scratch:1" AS SELECT n % 100 AS g, COUNT(*) AS c FROM "many" GROUP BY 1')
    before = many.run('SELECT SUM(g * c), SUM(c) FROM "scratch:1"').one()
    for worker in workers():
        os.kill(worker, signal.SIGKILL)
    assert many.run('SELECT SUM(g * c), SUM(c) FROM "scratch:1"').one() == before
    many.run('DROP TABLE IF EXISTS "scratch:1"')
    with pytest.raises(EvidenceError):
        many.run('SELECT * FROM "scratch:1"')


def test_rows_that_lie_there(spark: Remote, tmp_path: Path) -> None:
    path = tmp_path / "posts.parquet"
    with duckdb.connect() as made:
        select = "SELECT 'a' AS \"Name\", 3::UTINYINT AS n, TIMESTAMP '2018-04-10 12:00:00' AS at, ['x'] AS tags, 1.5 AS d"
        made.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
    types = spark.native("posts", DatasetManifest(files=(str(path),)))
    assert types == {"Name": "VARCHAR", "n": "SMALLINT", "at": "TIMESTAMP", "tags": "VARCHAR[]", "d": "DECIMAL(2,1)"}
    sql = 'SELECT "Name", n, CAST("at" AS VARCHAR), LIST_CONTAINS(tags, \'x\'), d FROM "posts"'
    assert [str(v) for v in spark.run(sql).one()] == ["a", "3", "2018-04-10 12:00:00", "True", "1.5"]


def test_a_type_that_cannot_be_asked_is_named(spark: Remote, tmp_path: Path) -> None:
    path = tmp_path / "nested.parquet"
    with duckdb.connect() as made:
        made.execute(f"COPY (SELECT {{'lat': 1, 'lon': 2}} AS place) TO '{path}' (FORMAT parquet)")
    with pytest.raises(EvidenceError, match="column 'place' has the type struct<"):
        spark.native("nested", DatasetManifest(files=(str(path),)))


@pytest.mark.parametrize(
    ("file", "select", "said"),
    [
        ("b.parquet", "SELECT 2 AS id, 'q' AS word", None),
        ("b.parquet", "SELECT 3000000000 AS id", "one type in some of the files and another in others"),
        ("within/b.parquet", "SELECT 2 AS id", "1 of 2 Parquet files lie in folders within"),
    ],
)
def test_no_column_and_no_file_is_passed_over(
    spark: Remote, tmp_path: Path, file: str, select: str, said: str | None
) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    for name, rows in (("a.parquet", "SELECT 1 AS id"), (file, select)):
        with duckdb.connect() as made:
            made.execute(f"COPY ({rows}) TO '{tmp_path / name}' (FORMAT parquet)")
    manifest = DatasetManifest(files=(f"file://{tmp_path}/",))
    if said is not None:
        with pytest.raises(EvidenceError, match=said):
            spark.native("several", manifest)
        return
    assert spark.native("several", manifest) == {"id": "INTEGER", "word": "VARCHAR"}
    assert spark.run('SELECT id, word FROM "several" ORDER BY id').rows() == [(1, None), (2, "q")]


def test_without_its_jar_delta_is_said_to_be_missing(spark: Remote, tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="no Delta Lake"):
        spark.native("posts", DatasetManifest(files=(str(tmp_path),), format="delta"))


@pytest.mark.parametrize("value", ["infinity", "0001-01-01 (BC)"])
def test_times_that_spark_has_not_are_refused(spark: Remote, tmp_path: Path, value: str) -> None:
    with pytest.raises(Refused, match="column 'at'"):
        put(spark, "endless", {"at": "TIMESTAMP"}, f"SELECT '{value}'::TIMESTAMP AS c0", tmp_path)


def test_wide_integers_and_enumerations(spark: Remote, tmp_path: Path) -> None:
    types = {"h": "HUGEINT", "e": "ENUM('a', 'b')", "t": "TIME", "none": '"NULL"'}
    select = "SELECT '18446744073709551616' AS c0, 'b' AS c1, '12:30:00.5' AS c2, NULL::VARCHAR AS c3"
    put(spark, "odd", types, select, tmp_path)
    found = spark.run("SELECT h + 1, e = 'b', t > CAST('12:30:00' AS TIME), none IS NULL FROM \"odd\"").one()
    assert found == (2**64 + 1, True, True, True)
    with pytest.raises(Refused, match="order"):
        put(spark, "ordered", {"e": "ENUM('b', 'a')"}, "SELECT 'b' AS c0", tmp_path)


def test_somebody_elses_session_is_left_as_it_was(spark: Remote) -> None:
    from pyspark.sql import SparkSession

    session = SparkSession.getActiveSession()
    assert session is not None
    session.conf.set("spark.sql.session.timeZone", "Asia/Tokyo")
    session.conf.unset("spark.sql.decimalOperations.allowPrecisionLoss")
    try:
        session.sql("SELECT 1 AS a, TIMESTAMP_NTZ'2018-04-10 12:00:00' AS at").createOrReplaceTempView("theirs")
        engine = Remote(open_server(None, {"spark.sql.shuffle.partitions": "3"}))
        assert engine.native("posts", DatasetManifest(table="theirs")) == {"a": "INTEGER", "at": "TIMESTAMP"}
        assert engine.run('SELECT EPOCH_US("at") FROM "posts"').one() == (1_523_361_600_000_000,)
        assert session.conf.get("spark.sql.session.timeZone") == "UTC"
        engine.close()
        assert session.conf.get("spark.sql.session.timeZone") == "Asia/Tokyo"
        assert session.conf.get("spark.sql.shuffle.partitions") == "2"
        assert session.sql("SELECT a FROM theirs").collect()[0].a == 1
    finally:
        for name, value in spark_sessions.MEANING.items():
            session.conf.set(name, value)


def test_another_master_than_that_of_the_session_there_is(spark: Remote) -> None:
    with pytest.raises(EvidenceError, match="has a Spark session already"):
        open_server("spark://elsewhere:7077", {})


def _asked_again_and_again(engine: Remote) -> None:
    while True:
        engine.run(SLOW)


def test_ctrl_c_leaves_at_once(many: Remote) -> None:
    threading.Timer(1.0, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        _asked_again_and_again(many)
    assert time.monotonic() - start < 20
    assert many.run('SELECT COUNT(*) FROM "many"').one() == (20_000,)


def test_what_is_missing_is_said_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    if missing() is not None:
        pytest.skip(str(missing()))
    monkeypatch.setattr(spark_sessions, "_active", lambda: None)
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(EvidenceError, match="openjdk-17-jre-headless"):
        open_server("local[1]", {})
    monkeypatch.setattr(spark_sessions, "import_module", _no_module)
    with pytest.raises(EvidenceError, match=r"pip install 'factcheck-engine\[spark\]'"):
        open_server("local[1]", {})


def _no_module(name: str) -> None:
    raise ImportError(name)
