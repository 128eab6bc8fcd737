"""JSON Lines, Parquet, DataFrames, and datasets made from others."""

from __future__ import annotations

import datetime
import gzip
from decimal import Decimal

import duckdb
import pandas as pd
import pytest
import zstandard

from factcheck.evidence.dataset import Dataset, Family
from factcheck.evidence.engines.names import identifier

from .desk import Desk


def test_json_lines_keep_ids_late_keys_and_nested_values(desk: Desk) -> None:
    late = "".join(f'{{"id": {i}, "a": 1}}\n' for i in range(5000))
    desk.write(
        "d.jsonl",
        late
        + '{"id": 9223372036854775807, "geo": {"country": "RU", "at": {"lat": 1.5}}, "tags": ["x", "y"], "late": 3}\n'
        + '{"id": -1, "a": 2.5, "when": "2018-05-10T12:00:00+02:00", "flag": true, "zip": "007", "mixed": 1}\n'
        + '{"id": -2, "mixed": "x", "geo": null}\n',
    )
    found = desk.load("d: {files: d.jsonl, columns: {country: {from: geo.country}, lat: {from: geo.at.lat}}}")
    families = {c.name: c.family for c in found.columns.values()}
    assert families["id"] is Family.INTEGER
    assert families["a"] is Family.DECIMAL
    assert families["late"] is Family.INTEGER
    assert families["when"] is Family.TIMESTAMP
    assert families["zip"] is Family.TEXT
    assert families["mixed"] is Family.TEXT
    assert families["tags"] is Family.LIST
    assert desk.rows(found, "country, lat, tags, late", "WHERE id = 9223372036854775807") == [
        ("RU", Decimal("1.5"), ["x", "y"], 3)
    ]
    assert desk.rows(found, '"when", flag, zip', "WHERE id = -1") == [(datetime.datetime(2018, 5, 10, 10), True, "007")]


def test_parts_of_nested_values_are_known_before_any_row_is_read(desk: Desk) -> None:
    desk.write("d.jsonl", '{"geo": null, "a.b": 1}\n{"geo": {"at": {"lat": 1.5}, "country": "RU"}}\n')
    described = desk.describe("d: {files: d.jsonl, columns: {country: {from: geo.country}, lat: {from: geo.at.lat}}}")
    assert isinstance(found := described["d"], Dataset)
    assert list(found.columns) == ["geo", "a.b", "country", "lat"]
    desk.describe("d: {files: d.jsonl, columns: {country: {from: geo.contry}}}")
    (problem,) = desk.problems
    assert (problem.message, problem.hint) == ("the data have no column 'geo.contry'", "did you mean 'geo.country'?")


def test_json_ids_beyond_64_bits_stay_text(desk: Desk) -> None:
    desk.write("d.jsonl", '{"id": 12345678901234567890123}\n{"id": 5}\n')
    found = desk.load("d: {files: d.jsonl}")
    assert desk.rows(found, order="ORDER BY id") == [("12345678901234567890123",), ("5",)]


def test_bad_json_lines_are_rejected_with_their_line(desk: Desk) -> None:
    data = b'{"a": 1}\n\n{bad\n[1, 2]\n"text"\n{"a": 2}\n{"a": 3'
    for name, packed in (
        ("d.jsonl", data),
        ("d.ndjson", data.replace(b"\n", b"\r\n")),
        ("d.jsonl.gz", gzip.compress(data)),
        ("d.jsonl.zst", zstandard.compress(data)),
    ):
        desk.write(name, packed)
        found = desk.load(f"d: {{files: {name}}}")
        assert found.ledger is not None
        assert (found.ledger.records, found.ledger.loaded, found.ledger.rejected) == (6, 2, 4)
        assert [(r.line, r.reason) for r in found.ledger.rejects] == [
            (3, "not valid JSON"),
            (4, "not a JSON object"),
            (5, "not a JSON object"),
            (7, "not valid JSON"),
        ]


def test_json_with_a_control_character_in_a_line(desk: Desk) -> None:
    desk.write("d.jsonl", b'{"a": "x"}\n{"a": "y\x01z"}\n{"a": "w"}\n')
    found = desk.load("d: {files: d.jsonl}")
    assert found.ledger is not None
    assert (found.ledger.records, found.ledger.loaded, found.ledger.rejected) == (3, 2, 1)


def test_json_keys_that_differ_in_case(desk: Desk) -> None:
    desk.write("d.jsonl", '{"ID": 1, "id": 2}\n')
    found = desk.load("d: {files: d.jsonl}")
    assert [str(v) for v in desk.rows(found)[0]] == ["1", "2"]


def test_json_objects_without_keys_hide_no_parts_of_others(desk: Desk) -> None:
    desk.write("d.jsonl", '{"geo": {}}\n{}\n{"geo": {"country": "RU"}}\n')
    found = desk.load("d: {files: d.jsonl, columns: {country: {from: geo.country}}}")
    assert desk.rows(found, "country", "ORDER BY 1") == [("RU",), (None,), (None,)]


@pytest.mark.parametrize("data", ["", "[1]\n", "{bad\n"])
def test_json_without_an_object(desk: Desk, data: str) -> None:
    desk.write("d.jsonl", data)
    assert "evidence/d.jsonl" in desk.fails("d: {files: d.jsonl}")


def parquet(desk: Desk, name: str, select: str) -> None:
    path = desk.write(name, b"")
    desk.engine.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")


def test_parquet_stays_a_view_and_is_readable_after_the_seal(desk: Desk) -> None:
    parquet(desk, "d.parquet", "SELECT i AS id, 'x' || i AS name FROM range(1000) r(i)")
    loaded = desk.load_all("d: {files: d.parquet, key: id}")
    desk.engine.seal(loaded.paths)
    found = loaded.datasets["d"]
    assert isinstance(found, Dataset)
    assert found.ledger is not None
    assert (found.ledger.records, found.ledger.loaded, found.ledger.duplicates) == (1000, 1000, 0)
    assert desk.rows(found, "count(*), max(id)") == [(1000, 999)]
    kinds = desk.engine.run("SELECT table_type FROM information_schema.tables WHERE table_name = 'd'").rows()
    assert kinds == [("VIEW",)]


def test_parquet_may_have_a_column_named_as_the_engine_numbers_rows(desk: Desk) -> None:
    numbered = "SELECT i AS file_row_number, 'x' || i % 3 AS name FROM range(100000) r(i)"
    parquet(desk, "d.parquet", numbered)
    found = desk.load("d: {files: d.parquet}")
    assert desk.rows(found, "sum(file_row_number), count(DISTINCT name)") == [(4_999_950_000, 3)]


def test_parquet_types_become_ours(desk: Desk) -> None:
    parquet(
        desk,
        "d.parquet",
        "SELECT TIMESTAMPTZ '2018-01-01 12:00+02' AS z, TIMESTAMP '2018-07-01 12:00' AS local, "
        "'2018-05-10' AS day, {'country': 'RU', 'n': 5} AS geo, 99999999999999999999::DECIMAL(38,0) AS big, "
        "'00000000-0000-0000-0000-000000000001'::UUID AS u, 'no number' AS n",
    )
    found = desk.load(
        """
        d:
          files: d.parquet
          columns:
            local: {timezone: Europe/Berlin}
            day: {type: date}
            n: {type: integer}
            country: {from: geo.country}
            both: {expr: country = 'RU' and day = '2018-05-10'}
        """
    )
    assert desk.rows(found, 'z, "local", "day", big, u, n, country, "both"') == [
        (
            datetime.datetime(2018, 1, 1, 10),
            datetime.datetime(2018, 7, 1, 10),
            datetime.date(2018, 5, 10),
            Decimal(99999999999999999999),
            "00000000-0000-0000-0000-000000000001",
            None,
            "RU",
            True,
        )
    ]
    assert found.ledger is not None
    assert found.ledger.lost == {"n": 1}


def test_parquet_drop_and_duplicates(desk: Desk) -> None:
    parquet(desk, "d.parquet", "SELECT i % 8 AS id, i AS n FROM range(10) r(i)")
    found = desk.load("d: {files: d.parquet, key: id, on_duplicate: drop, drop: n = 0}")
    assert found.ledger is not None
    assert (found.ledger.records, found.ledger.loaded, found.ledger.dropped) == (10, 8, 2)
    viewed = desk.load("e: {files: d.parquet, key: id, drop: n = 0}", "e")
    assert viewed.ledger is not None
    assert (viewed.ledger.loaded, viewed.ledger.dropped, viewed.ledger.duplicates) == (9, 1, 1)


def test_parquet_files_must_agree(desk: Desk) -> None:
    parquet(desk, "p/1.parquet", "SELECT 1 AS a, 'x' AS b")
    parquet(desk, "p/2.parquet", "SELECT 'y' AS b, 5::BIGINT AS a")
    assert desk.rows(desk.load("d: {files: p/*.parquet}"), "a, b", "ORDER BY a") == [(1, "x"), (5, "y")]
    parquet(desk, "q/1.parquet", "SELECT 1 AS a")
    parquet(desk, "q/2.parquet", "SELECT 'x' AS a")
    assert "column 'a' is VARCHAR in evidence/q/2.parquet" in desk.fails("d: {files: q/*.parquet}")
    parquet(desk, "r/1.parquet", "SELECT 1 AS a")
    parquet(desk, "r/2.parquet", "SELECT 1 AS b")
    assert "has no column 'a'" in desk.fails("d: {files: r/*.parquet}")


@pytest.mark.parametrize("keep", [0, 3, 100, -1])
def test_a_damaged_parquet_is_an_error_in_plain_words(desk: Desk, keep: int) -> None:
    parquet(desk, "d.parquet", "SELECT i AS id FROM range(1000) r(i)")
    path = desk.root / "evidence" / "d.parquet"
    path.write_bytes(path.read_bytes()[:keep])
    assert "evidence/d.parquet is no complete Parquet file" in desk.fails("d: {files: d.parquet}")


def test_parquet_text_that_is_not_nfc(desk: Desk) -> None:
    parquet(desk, "d.parquet", "SELECT CASE WHEN i % 2 = 0 THEN 'e' || chr(769) ELSE 'é' END AS t FROM range(100) r(i)")
    assert desk.rows(desk.load("d: {files: d.parquet}"), "t, count(*)", "GROUP BY 1") == [("é", 100)]


def test_dataframes_without_a_manifest(desk: Desk) -> None:
    desk.frames["posts"] = pd.DataFrame(
        {
            "id": pd.array([2**60 + 1, None, 5], dtype="Int64"),
            "text": ["a", None, "e\u0301"],
            "share": [0.5, float("nan"), 1.5],
            "at": pd.to_datetime(["2018-01-01 12:00+02:00", None, "2018-01-02 12:00+02:00"], utc=False),
            "kind": pd.Categorical(["x", "y", None]),
            "flag": [True, None, False],
            "big": [2**70, None, 1],
        },
        index=[7, 8, 9],
    )
    found = desk.load("other: {files: nothing.csv}", "posts")
    assert list(found.columns) == ["id", "text", "share", "at", "kind", "flag", "big"]
    assert desk.rows(found, order="ORDER BY id NULLS LAST") == [
        (5, "é", 1.5, datetime.datetime(2018, 1, 2, 10), None, False, "1"),
        (2**60 + 1, "a", 0.5, datetime.datetime(2018, 1, 1, 10), "x", True, str(2**70)),
        (None, None, None, None, "y", None, None),
    ]
    assert found.completeness == "complete"


def test_a_dataframe_with_a_manifest(desk: Desk) -> None:
    desk.frames["posts"] = pd.DataFrame({"score": [0, 2], "day": ["03/04/2018", "x"]})
    found = desk.load(
        'posts: {completeness: complete, columns: {low: {expr: score <= 1}, day: {type: date, format: "%d/%m/%Y"}}}',
        "posts",
    )
    assert desk.rows(found, "low, day", "ORDER BY score") == [(True, datetime.date(2018, 4, 3)), (False, None)]
    assert found.ledger is not None
    assert found.ledger.lost == {"day": 1}
    assert found.completeness == "complete"


@pytest.mark.parametrize(
    ("frame", "part"),
    [
        (pd.DataFrame({"id": [2.0**60, float("nan")]}), "'id'"),
        (pd.DataFrame({"mix": ["a", 1]}), "'mix' mixes int and str"),
        (pd.DataFrame([[1, 2]], columns=["a", "A"]), "'a'"),
        (pd.DataFrame(), "no columns"),
    ],
)
def test_dataframes_that_are_refused(desk: Desk, frame: pd.DataFrame, part: str) -> None:
    desk.frames["posts"] = frame
    assert part in desk.fails("other: {files: nothing.csv}", "posts")


TWO = """
    posts:
      files: posts.csv
      completeness: complete
      synthetic: true
      caveats: [Deleted posts are missing.]
      columns: {author: {caveat: Names change.}}
    accounts: {files: accounts.csv, completeness: partial, caveats: [Only large accounts.]}
"""


def test_a_query_inherits_what_limits_its_sources(desk: Desk) -> None:
    desk.write("posts.csv", "author,n\na,1\nb,2\n")
    desk.write("accounts.csv", "author,followers\na,10\n")
    found = desk.load(
        TWO + '    d: {query: "SELECT p.author, p.n, a.followers FROM posts p JOIN accounts a USING (author)"}\n'
    )
    assert desk.rows(found) == [("a", 1, 10)]
    assert found.completeness == "partial"
    assert found.synthetic
    assert found.caveats == ("Deleted posts are missing.", "Only large accounts.")
    assert found.reads == ("posts", "accounts")
    assert found.columns["followers"].family is Family.INTEGER


def test_queries_of_queries_in_any_order_and_in_a_circle(desk: Desk) -> None:
    desk.write("posts.csv", "a\n1\n2\n")
    found = desk.load(
        "a1: {query: SELECT a + 1 AS a FROM b1}\nb1: {query: SELECT a * 10 AS a FROM posts}\nposts: {files: posts.csv}",
        "a1",
    )
    assert desk.rows(found, order="ORDER BY a") == [(11,), (21,)]
    desk.fails("x: {query: SELECT * FROM y}\ny: {query: SELECT * FROM z}\nz: {query: SELECT * FROM x}", "x")
    assert any("x → y → z → x" in problem.message for problem in desk.problems)


def test_a_query_that_reads_a_file_is_refused(desk: Desk) -> None:
    desk.write("posts.csv", "a\n1\n")
    for query in ("SELECT * FROM 'posts.csv'", "SELECT * FROM read_csv('posts.csv')", "SELECT * FROM elsewhere"):
        desk.fails(f'd: {{query: "{query}"}}\nposts: {{files: posts.csv}}')
        assert desk.problems, query


def test_one_broken_dataset_does_not_stop_the_others(desk: Desk) -> None:
    desk.write("good.csv", "a\n1\n")
    desk.write("bad.csv", b"a\n\xff\n")
    loaded = desk.load_all(
        "good: {files: good.csv}\nbad: {files: bad.csv}\nrest: {query: SELECT * FROM bad}\ngone: {files: god.csv}"
    )
    assert isinstance(loaded.datasets["good"], Dataset)
    assert "0xff" in str(loaded.datasets["bad"])
    assert "reads dataset 'bad', which failed" in str(loaded.datasets["rest"])
    assert "did you mean 'good.csv'" in str(loaded.datasets["gone"])
    names = desk.engine.run("SELECT table_name FROM information_schema.tables").values(0)
    assert names == ["good"]


def test_dataset_names_of_any_kind(desk: Desk) -> None:
    desk.write("d.csv", "a\n1\n")
    for name in ("Моя таблица", "select", "a-b", "it's", 'say "x"', "pg_enum"):
        found = desk.load(
            f"{identifier(name)}: {{files: d.csv}}" if '"' not in name else "'say \"x\"': {files: d.csv}", name
        )
        assert desk.rows(found) == [(1,)]


def test_a_line_that_says_a_key_twice_is_rejected(desk: Desk) -> None:
    """Readers of JSON take the first value or the last; which is meant, nobody knows."""
    desk.write("d.jsonl", '{"a": 1, "b": 2}\n{"a": null, "a": 7}\n[1]\n{"b": 3, "a": 4}\n')
    dataset = desk.load("d: {files: d.jsonl}")
    ledger = dataset.ledger
    assert ledger is not None
    assert (ledger.records, ledger.loaded, ledger.rejected) == (4, 2, 2)
    assert [(r.line, r.reason) for r in ledger.rejects] == [(2, "a key is there twice"), (3, "not a JSON object")]
    assert desk.rows(dataset, "a, b", "ORDER BY a") == [(1, 2), (4, 3)]


def test_objects_too_deep_and_too_wide_are_refused(desk: Desk) -> None:
    """Neither may take the reader down, nor hold it for minutes."""
    desk.write("deep.jsonl", '{"a":' * 30_000 + "1" + "}" * 30_000 + '\n{"a": 1}\n')
    assert "too deep in one another" in desk.fails("d: {files: deep.jsonl}")
    desk.write("wide.jsonl", "{" + ", ".join(f'"k{i}": {i}' for i in range(20_000)) + "}\n")
    assert "more than 16,384 keys" in desk.fails("d: {files: wide.jsonl}")
    desk.describe("d: {files: wide.jsonl}\ne: {files: deep.jsonl}")


def test_times_with_and_without_a_zone_are_not_one_column(desk: Desk) -> None:
    for name, kind in (("a", "TIMESTAMP"), ("b", "TIMESTAMPTZ")):
        path = str(desk.write(f"{name}.parquet", ""))
        duckdb.sql(f"SELECT {kind} '2018-05-10 10:00:00' AS t").write_parquet(path)
    said = desk.fails('d: {files: "*.parquet"}')
    assert said.startswith("column 't' is TIMESTAMP WITH TIME ZONE in evidence/b.parquet and TIMESTAMP in")


def test_rounded_ids_in_parquet_are_refused(desk: Desk) -> None:
    path = str(desk.write("d.parquet", ""))
    columns = "'o' AS object_id, 'a' AS account_id, 1.2345e18::DOUBLE AS content_id, 1525910400 AS timestamp_share"
    duckdb.sql(f"SELECT {columns}").write_parquet(path)
    assert "identifiers that a spreadsheet has rounded" in desk.fails("d: {files: d.parquet}")


LAST = "2018-05-10 23:59:59.999999999"  # of a day, as pandas writes its end


def test_the_last_nanosecond_of_a_day_stays_in_it(desk: Desk) -> None:
    """A cast to microseconds rounds it up to the next day's midnight; before 1970 as after."""
    values = ", ".join(f"(TIMESTAMP_NS '{text}')" for text in (LAST, LAST.replace("2018", "1918")))
    parquet(desk, "d.parquet", f'SELECT * FROM (VALUES {values}, (NULL)) AS t("at")')
    ends = [datetime.datetime(year, 5, 10, 23, 59, 59, 999999) for year in (2018, 1918)]
    assert desk.rows(desk.load("d: {files: d.parquet}"), '"at"') == [(ends[0],), (ends[1],), (None,)]
    desk.frames["posts"] = pd.DataFrame({"at": pd.to_datetime([LAST, None])})
    assert desk.rows(desk.load("other: {files: nothing.csv}", "posts"), '"at"') == [(ends[0],), (None,)]
