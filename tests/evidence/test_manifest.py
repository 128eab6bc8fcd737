"""Dataset manifests."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from factcheck.errors import Problem
from factcheck.evidence.manifest import ManifestSource, read_manifests


def read(
    root: Path, files: dict[str, str], **options: tuple[str, ...]
) -> tuple[dict[str, ManifestSource], list[Problem]]:
    (root / "evidence").mkdir(exist_ok=True)
    for name, text in files.items():
        (root / "evidence" / name).write_bytes(text.encode())
    return read_manifests([Path("evidence")], root, **options)


def sources_of(root: Path, text: str) -> dict[str, ManifestSource]:
    sources, problems = read(root, {"m.yaml": text})
    assert [problem.render() for problem in problems] == []
    return sources


MEXICO = """\
datasets:
  lopez-obrador-mentions:
    title: Mentions of "Lopez Obrador" on all platforms
    files: mexico/mentions-*.parquet
    format: parquet
    unit: post
    represents: every public post that names him
    key: post_id
    on_duplicate: drop
    columns:
      country: {from: geo.country, caveat: Self-declared by the account; easily altered.}
      created_at: {type: timestamp, format: "%d/%m/%Y %H:%M", timezone: UTC}
      bio: {missing: none}
      impressions: {unit: impressions, range: [0, null], synonyms: [views], title: Reach, description: How many saw it.}
      low_score: {expr: authority <= 1}
      "Post URL": {type: text}
      Страна 😀: {caveat: По словам владельца.}
    completeness: random sample
    sample_fraction: 1%
    population: 217000
    counts: mentions
    collected: {by: DFRLab, with: Sysomos, date: 2018-05-24, from: 2018-04-10, to: 2018-05-09, platforms: [Twitter, X]}
    synthetic: false
    caveats: [Deleted and suspended accounts are missing.]
    source: {title: Report, url: https://example.org}
    licence: CC-BY-4.0
    sha256: 9F2C0000000000000000000000000000000000000000000000000000000000aa
  reports-2017:
    files: [twitter/removal-1.csv, twitter/removal-2.csv]
    read: {delimiter: ",", header: 2, skip: 0, encoding: windows-1252, nulls: ["", "-"], thousands: ",", names: [a, b]}
    drop: Country = 'TOTAL'
    sha256: {a.csv: 9f2c0000000000000000000000000000000000000000000000000000000000aa}
  located:
    query: SELECT m.*, a.followers FROM mentions m JOIN accounts a USING (author)
  warehouse-posts:
    connection: postgresql://db
    table: posts
  name with spaces:
    files: x.tsv
    read: {delimiter: tab, header: none, decimal: ",", quote: "'", sheet: 1}
    key: [a, b]
"""


def test_every_field_of_the_manual(tmp_path: Path) -> None:
    sources = sources_of(tmp_path, MEXICO)
    assert list(sources)[-1] == "name with spaces"
    mentions = sources["lopez-obrador-mentions"]
    model = mentions.model
    assert (model.files, model.key, model.on_duplicate) == (("mexico/mentions-*.parquet",), ("post_id",), "drop")
    assert (model.sample_fraction, model.population) == (Fraction(1, 100), 217000)
    assert (model.completeness, model.synthetic, model.counts) == ("random sample", False, "mentions")
    assert (model.columns["country"].from_, model.columns["bio"].missing) == (("geo.country",), "none")
    assert model.columns["impressions"].range == (Fraction(0), None)
    assert model.columns["impressions"].synonyms == ("views",)
    assert model.columns["low_score"].expr == "authority <= 1"
    assert (model.columns["created_at"].type, model.columns["created_at"].format) == ("timestamp", "%d/%m/%Y %H:%M")
    assert (model.collected.with_, model.collected.from_, model.collected.to) == ("Sysomos", "2018-04-10", "2018-05-09")
    assert (model.source.title, model.source.url) == ("Report", "https://example.org")
    assert isinstance(model.sha256, str)
    assert model.sha256.startswith("9f2c")
    assert (mentions.file, mentions.folder, mentions.line) == ("evidence/m.yaml", "evidence", 2)


def test_read_options(tmp_path: Path) -> None:
    sources = sources_of(tmp_path, MEXICO)
    options = sources["reports-2017"].model.read
    assert (options.delimiter, options.header, options.skip, options.encoding) == (",", 2, 0, ("windows-1252",))
    assert (options.nulls, options.thousands, options.names) == (("", "-"), ",", ("a", "b"))
    options = sources["name with spaces"].model.read
    assert (options.delimiter, options.header, options.decimal, options.quote, options.sheet) == (
        "\t",
        0,
        ",",
        "'",
        "1",
    )
    assert sources["located"].model.read.header is None
    assert isinstance(sources["reports-2017"].model.sha256, dict)


def test_places(tmp_path: Path) -> None:
    source = sources_of(tmp_path, MEXICO)["lopez-obrador-mentions"]
    assert str(source.place()) == "evidence/m.yaml:2:3"
    assert str(source.place("columns", "low_score", "expr", offset=10, length=2)) == "evidence/m.yaml:15:35"
    assert str(source.key_place("columns", "Post URL")) == "evidence/m.yaml:16:7"
    assert str(source.place("columns", "Страна 😀", "caveat")) == "evidence/m.yaml:17:26"
    assert str(source.place("files", 0)) == "evidence/m.yaml:4:12"


def test_windows_line_ends(tmp_path: Path) -> None:
    source = sources_of(tmp_path, "\ufeff" + MEXICO.replace("\n", "\r\n"))["lopez-obrador-mentions"]
    assert str(source.place("columns", "low_score", "expr", offset=10, length=2)) == "evidence/m.yaml:15:35"


def dataset(fields: str) -> str:
    return "datasets:\n  d:\n    files: x.csv\n" + "".join(f"    {line}\n" for line in fields.split("\n"))


@pytest.mark.parametrize(
    ("text", "first_line"),
    [
        (dataset("completenes: partial"), "evidence/m.yaml:4:5: unknown key 'completenes' in dataset 'd'"),
        (dataset("completeness: sample"), "expected complete, random sample or partial, found 'sample'"),
        (dataset("columns: {a: {tpye: text}}"), "unknown key 'tpye' in 'a' of 'columns' of dataset 'd'"),
        (dataset("columns: {a: {type: string}}"), "'type' of 'a' of 'columns' of dataset 'd': unknown type 'string'"),
        (dataset("columns: {a: {type: txt}}"), "expected text, integer, decimal"),
        (dataset("columns: {a: {missing: unknown}}"), "expected none, found 'unknown'"),
        (dataset("columns: {a: {range: 5}}"), "the lowest and the highest value"),
        (dataset("columns: {a: {range: [5, 1]}}"), "the lowest value is above the highest"),
        (dataset("columns: {a: {range: [x, 1]}}"), "expected a number, found 'x'"),
        (dataset("columns: {a: {from: b, expr: c}}"), "a column has either 'from' or 'expr'"),
        (dataset("columns: {a: {timezone: Mars}}"), "unknown time zone 'Mars'"),
        (dataset("columns:\n  a:\n  b: {type: text}"), "'a' of 'columns' of dataset 'd' has no value"),
        (dataset("query: SELECT 1"), "a dataset has either files or query"),
        ("datasets:\n  d: {query: SELECT 1, table: t}", "a table needs the 'files' or the 'connection'"),
        ("datasets:\n  d: {connection: 'postgresql://h/d', table: t, format: csv}", "'format' is for files"),
        ("datasets:\n  d: {connection: 'postgresql://h/d', table: t, read: {skip: 1}}", "'read' is for files"),
        ("datasets:\n  d: {connection: 'mysql://h/d', table: t}", "this is no address of a PostgreSQL database"),
        (dataset("completeness: complete\nsample_fraction: 1%"), "contradicts completeness: complete"),
        (dataset("sample_fraction: 1"), "expected a share, found '1'"),
        (dataset("population: many"), "expected a whole number"),
        (dataset("synthetic: no"), "expected true or false, found 'no'"),
        (dataset("on_duplicate: remove"), "expected keep, drop or error"),
        (dataset("sha256: abc"), "expected 64 hexadecimal digits, found 'abc'"),
        (dataset("collected: {from: 10/04/2018}"), "expected a date such as 2018-05-10"),
        (dataset("read: {delimiter: '||'}"), "expected one character, found '||'"),
        (dataset("read: {header: yes}"), "the number of header rows or none"),
        (dataset("read: {header: true}"), "the number of header rows or none, found true"),
        (dataset("read: {nulls: [null, NA]}"), "expected texts such as"),
        ("datasets:\n  d: {title: x}", "evidence/m.yaml:2:3: dataset 'd' does not say where its rows are"),
        ("datasets:\n  d: {connection: x}", "a connection needs the 'table'"),
        ("datasets:\n  d:\n", "evidence/m.yaml:2:3: dataset 'd' is empty"),
        ("datasets:\n  d: x.csv\n", "expected a mapping in dataset 'd', found 'x.csv'"),
        ("dataset: {}\ndatasets: {d: {files: x}}", "unknown key 'dataset' in this manifest"),
        ("datasets: [a]", "expected a mapping, found a list"),
        ("datasets:", "this manifest has no datasets"),
        ("", "evidence/m.yaml is empty"),
        ("datasets: {d: {files: x.csv}, D: {files: y.csv}}", "dataset name 'D' differs from 'd' only in case"),
    ],
)
def test_an_error_is_told_once(tmp_path: Path, text: str, first_line: str) -> None:
    _, problems = read(tmp_path, {"m.yaml": text})
    assert len(problems) == 1, [problem.render() for problem in problems]
    assert first_line in problems[0].render().split("\n")[0]
    assert problems[0].severity == "error"


def test_a_wrong_type_word_names_the_right_one(tmp_path: Path) -> None:
    _, problems = read(tmp_path, {"m.yaml": dataset("columns: {a: {type: datetime}}")})
    assert problems[0].hint == "did you mean 'timestamp'?"


def test_names_are_unique_in_the_project(tmp_path: Path) -> None:
    text = "datasets:\n  posts: {files: x.csv}\n"
    sources, problems = read(tmp_path, {"a.yaml": text, "b.yaml": text})
    assert [source.file for source in sources.values()] == ["evidence/a.yaml"]
    assert problems[0].message == "dataset name 'posts' is used twice"
    assert problems[0].hint == "it is already at evidence/a.yaml:2:3"


def test_one_wrong_dataset_spoils_no_other(tmp_path: Path) -> None:
    sources, problems = read(tmp_path, {"m.yaml": "datasets:\n  a: {flies: x}\n  b: {files: x}\n"})
    assert (list(sources), len(problems)) == (["b"], 1)


def test_data_in_memory_need_no_files(tmp_path: Path) -> None:
    text = "datasets:\n  posts: {completeness: partial}\n"
    assert len(read(tmp_path, {"m.yaml": text})[1]) == 1
    sources, problems = read(tmp_path, {"m.yaml": text}, frames=("posts",))
    assert (list(sources), problems) == (["posts"], [])


def test_a_source_may_be_a_link_or_a_title(tmp_path: Path) -> None:
    assert sources_of(tmp_path, dataset("source: https://example.org"))["d"].model.source.url == "https://example.org"
    assert sources_of(tmp_path, dataset("source: A report"))["d"].model.source.title == "A report"


@pytest.mark.parametrize(
    ("fields", "warns"),
    [
        ("completeness: complete\nunit: respondent", True),
        ("completeness: complete\nunit: respondent\nrepresents: every adult", True),
        ("completeness: complete\nunit: households", True),
        ("completeness: complete\nunit: person\nrepresents: everybody whom the police killed in 2015", False),
        ("completeness: complete\ncaveats: Deleted accounts are missing.", True),
        ("completeness: complete\ncaveats: [Fine., Posts of March were not collected.]", True),
        ("completeness: partial\nunit: respondent\ncaveats: Some are missing.", False),
        ("completeness: complete\nunit: post\ncaveats: Country is self-declared.", False),
    ],
)
def test_a_doubtful_complete_is_a_warning_and_the_dataset_stays(tmp_path: Path, fields: str, warns: bool) -> None:
    sources, problems = read(tmp_path, {"m.yaml": dataset(fields)})
    assert list(sources) == ["d"]
    assert [problem.severity for problem in problems] == (["warning"] if warns else [])
    if warns:
        assert "'partial'" in problems[0].hint
        assert "'random sample'" in problems[0].hint


def test_several_names_of_a_column_and_several_encodings(tmp_path: Path) -> None:
    columns = "{orders: {from: [court orders, 2016]}, country: {}}"
    text = f"datasets: {{d: {{files: d.csv, read: {{encoding: [utf-8, mac-roman]}}, columns: {columns}}}}}"
    model = sources_of(tmp_path, text)["d"].model
    assert model.read.encoding == ("utf-8", "mac-roman")
    assert model.columns["orders"].origins("orders") == ("court orders", "2016")
    assert model.columns["country"].origins("country") == ("country",)
