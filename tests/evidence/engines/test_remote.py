"""The way to an engine elsewhere and back, with DuckDB itself at the other end."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Column
from factcheck.evidence.engines.dialects import Dialect, Refused, renamed, translated
from factcheck.evidence.engines.dialects.common import PLAIN
from factcheck.evidence.engines.remote import Remote
from factcheck.evidence.engines.types import family
from tests.evidence.engines.loopback import Loopback

TYPES = {"Country": "VARCHAR", "id": "HUGEINT", "share": "DECIMAL(9,4)", "x": "DOUBLE", "at": "TIMESTAMP"}
LARGE = 2**70


@pytest.fixture
def there(tmp_path: Path) -> Iterator[tuple[Remote, Loopback]]:
    path = tmp_path / "posts.parquet"
    first = f"('Ж', '{LARGE}', 0.1000, 'nan'::DOUBLE, TIMESTAMP '1969-12-31 23:59:59.000001')"
    rows = f"{first}, (NULL, NULL, NULL, NULL, NULL)"
    with duckdb.connect() as made:
        made.execute(f"COPY (SELECT * FROM (VALUES {rows}) AS t(c0, c1, c2, c3, c4)) TO '{path}' (FORMAT parquet)")
    server = Loopback()
    remote = Remote(server)
    remote.put("posts", {name: Column(name, kind, family(kind)) for name, kind in TYPES.items()}, path)
    yield remote, server
    remote.close()


def test_values_come_back_as_duckdb_would_give_them(there: tuple[Remote, Loopback]) -> None:
    frame = there[0].run('SELECT "Country", id, share, x, "at", COUNT(*) OVER () FROM "posts" ORDER BY id')
    assert frame.types == ["VARCHAR", "HUGEINT", "DECIMAL(9,4)", "DOUBLE", "TIMESTAMP", "BIGINT"]
    first, second = frame.rows()
    assert first[:3] == ("Ж", LARGE, Decimal("0.1000"))
    assert first[3] != first[3]
    assert first[4].isoformat() == "1969-12-31T23:59:59.000001"
    assert second == (None, None, None, None, None, 2)


def test_what_names_no_data_is_not_sent(there: tuple[Remote, Loopback]) -> None:
    assert there[0].run("SELECT CAST('2018-04-10' AS TIMESTAMP), 1 + 1").one()[1] == 2
    assert there[1].asked == []


def test_a_column_may_have_the_name_of_a_dataset(there: tuple[Remote, Loopback]) -> None:
    assert there[0].run('SELECT "posts" FROM (VALUES (3)) AS t("posts")').one() == (3,)
    assert there[1].asked == []


@pytest.mark.parametrize("written", ["posts", "POSTS", '"Posts"'])
def test_a_dataset_may_be_named_without_quotes_and_in_capitals(there: tuple[Remote, Loopback], written: str) -> None:
    assert there[0].run(f"SELECT COUNT(*) FROM {written}").one() == (2,)


def test_few_rows_at_hand_are_evaluated_here(there: tuple[Remote, Loopback]) -> None:
    remote, server = there
    with remote.at_hand('SELECT DISTINCT "Country" AS value FROM "posts"') as seen:
        asked = len(server.asked)
        found = remote.run(f"SELECT value, HASH(value) FROM {seen} ORDER BY value").rows()
    assert [row[0] for row in found] == ["Ж", None]
    assert asked == 1
    assert len(server.asked) == 1


def test_a_scratch_table_is_there_and_goes(there: tuple[Remote, Loopback]) -> None:
    remote, server = there
    remote.run('CREATE TEMP TABLE "scratch:1" AS SELECT id AS a, COUNT(*) AS n FROM "posts" GROUP BY 1')
    assert remote.run('SELECT SUM(n) FROM "scratch:1"').one() == (2,)
    remote.run('DROP TABLE IF EXISTS "scratch:1"')
    with pytest.raises(EvidenceError, match="scratch:1"):
        remote.run('SELECT SUM(n) FROM "scratch:1"')
    assert "scratch:1" not in str(server.engine.run("SELECT table_name FROM information_schema.tables").rows())


def test_what_is_wrong_is_said_in_duckdbs_words_before_anything_is_sent(there: tuple[Remote, Loopback]) -> None:
    with pytest.raises(EvidenceError, match="contry"):
        there[0].run('SELECT COUNT("contry") FROM "posts"')
    assert there[1].asked == []


def test_once_the_session_is_lost_nothing_more_is_answered(tmp_path: Path) -> None:
    with duckdb.connect() as made:
        made.execute(f"COPY (SELECT 1 AS c0) TO '{tmp_path / 'one.parquet'}' (FORMAT parquet)")
    remote = Remote(Loopback(gone_after=1))
    remote.put("one", {"a": Column("a", "INTEGER", family("INTEGER"))}, tmp_path / "one.parquet")
    assert remote.run('SELECT a FROM "one"').one() == (1,)
    for _ in range(2):
        with pytest.raises(EvidenceError, match="connection to the engine was lost"):
            remote.run('SELECT a + 1 FROM "one"')
    assert remote.gone
    assert remote.run("SELECT 2").one() == (2,)
    remote.close()


def test_what_has_no_rule_is_refused_by_name_and_not_sent() -> None:
    poor = Dialect("postgres", "PostgreSQL", {}, PLAIN, lambda kind: None, 63)
    with pytest.raises(Refused, match="the function enum_code"):
        translated("SELECT enum_code(a) FROM t", poor, {"t": {"a": "VARCHAR"}})
    with pytest.raises(Refused, match=r"PostgreSQL cannot do `.*a.* LIKE"):
        translated("SELECT COUNT(CASE WHEN a LIKE a THEN a END) FROM t", poor, {"t": {"a": "VARCHAR"}})


def test_long_names_stay_apart() -> None:
    stem = "Wie häufig haben Sie im vergangenen Jahr Nachrichten in sozialen Netzwerken gelesen — "
    first, second = renamed(stem + "täglich", 63), renamed(stem + "nie", 63)
    assert first != second
    assert max(len(first.encode()), len(second.encode())) <= 63
    assert renamed("Country", None) == renamed("COUNTRY", 63) == "country"
    assert renamed("Ж", 63) == "Ж"
