"""`factcheck data`: readable, harmless, and nothing left untold."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
import yaml
from rich.cells import cell_len

from factcheck.cases.opening import opened
from factcheck.datasets import pin, show
from factcheck.evidence.profile import profile
from factcheck.project import open_evidence
from factcheck.reports.columns import _share
from factcheck.reports.datasets import listing, one
from factcheck.reports.sparks import merged, spark

MANIFEST = """
datasets:
  mentions:
    title: Mentions of the candidate
    files: mentions.csv
    unit: post
    represents: every public post that names the candidate
    key: id
    completeness: partial
    drop: country = 'TOTAL'
    columns:
      country: {caveat: Self-declared by the account.}
      n: {type: integer, unit: views}
      abroad: {expr: country <> 'Mexico'}
    collected: {by: The desk, with: a search page, date: 2018-05-24, from: 2018-04-10, to: 2018-05-09, platforms: [X, Y]}
    caveats: [Deleted accounts are missing.]
    source: {title: Search of 24 May, url: "https://example.org/search"}
    licence: CC0-1.0
  lands:
    completeness: partial
    query: SELECT country AS land FROM mentions
"""
ROWS = [
    "id,country,n,day",
    *(f"{i},{'Mexico' if i % 4 else 'Russia'},{i},2018-05-{1 + i % 9:02d}" for i in range(1, 41)),
    "7,Mexico,n/a,2018-05-01",
    ",TOTAL,40,",
    *["short"] * 12,
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "m.yaml").write_text(MANIFEST, encoding="utf-8")
    (tmp_path / "evidence" / "mentions.csv").write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    return tmp_path


def shown(root: Path, monkeypatch: pytest.MonkeyPatch, name: str | None = "mentions") -> str:
    monkeypatch.setenv("COLUMNS", "80")
    return show(open_evidence(root), name)


def test_everything_that_is_known_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = " ".join(shown(root, monkeypatch).split())
    for told in (
        "mentions – Mentions of the candidate",
        "represents every public post that names the candidate",
        "54 records = 41 loaded + 12 rejected + 1 dropped; 1 duplicate",
        "a row is one post",
        "by The desk with a search page on 24 May 2018; covers 10 April 2018 to 9 May 2018; from X and Y",
        "Search of 24 May https://example.org/search",
        "licence CC0-1.0",
        "Deleted accounts are missing.",
        "not pinned",
        "rejected evidence/mentions.csv:44: expected 4 columns, found 1",
        "… and 2 more rejected; --keep-rejects DIR writes them all",
        "dropped 1 record by the rule country = 'TOTAL'",
        "lost 1 value of n, which cannot be read as integer, such as 'n/a'",
        "country text 2 different, none missing",
        "Mexico 75.6% · Russia 24.4%",
        "n integer, views 40 different, 2.4% missing",
        "1 to 40 |",
        "1 to 9 May 2018, by day |",
        "computed: country <> 'Mexico'",
        "made from country",
        "caveat: Self-declared by the account.",
    ):
        assert told in text, told


def test_no_line_is_wider_than_the_terminal(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = open_evidence(root)
    with opened(project, ["mentions"], {}) as evidence:
        dataset = evidence.known["mentions"]
        found = profile(evidence.engine, dataset, root)
    for width in (40, 60, 80, 100, 300):
        monkeypatch.setenv("COLUMNS", str(width))
        for text in (one(found, dataset, "terminal"), listing(list(project.manifests.values()), "terminal")):
            assert max(map(cell_len, text.split("\n"))) <= min(width, 100)


def test_nothing_from_data_reaches_the_terminal_as_an_order(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trick = "\x1b[31mred\u202egnp\u2066\x07"
    rows = "\n".join([f"a,{trick}", f"1,{trick}", f"{trick},2"])
    (root / "evidence" / "mentions.csv").write_text(rows + "\n", encoding="utf-8")
    (root / "evidence" / "m.yaml").write_text(
        'datasets:\n  mentions: {files: mentions.csv, completeness: partial, title: "\\e[2Jtitle\\u202E"}\n',
        encoding="utf-8",
    )
    for text in (shown(root, monkeypatch), shown(root, monkeypatch, None)):
        assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"]


def test_colour_only_where_it_is_wanted(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in show(open_evidence(root), "mentions", color=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in show(open_evidence(root), "mentions", color=True)


def test_the_list(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(root, monkeypatch, None)
    assert "mentions – Mentions of the candidate\n    partial; mentions.csv\n    evidence/m.yaml:3\n" in text
    assert "lands\n    partial; made by a query\n" in text
    assert text.endswith("2 datasets; `factcheck data NAME` tells all about one.\n")
    listed = json.loads(show(open_evidence(root), None, "json"))["datasets"]
    assert [entry["dataset"] for entry in listed] == ["lands", "mentions"]


def test_a_file_that_has_changed_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pin(open_evidence(root), ["mentions"])
    assert "as pinned" in shown(root, monkeypatch)
    with (root / "evidence" / "mentions.csv").open("a") as file:
        file.write("99,Chile,1,2018-05-01\n")
    assert "CHANGED since it was pinned" in " ".join(shown(root, monkeypatch).split())


def test_the_json_keeps_the_form_of_the_contract(root: Path) -> None:
    found = json.loads(show(open_evidence(root), "mentions", "json"))
    assert list(found)[:5] == ["dataset", "format", "files", "ledger", "rejects"]
    assert list(found["ledger"]) == ["records", "loaded", "rejected", "dropped", "duplicates"]
    assert list(found["columns"][0]) == [
        "name", "type", "missing", "lost", "distinct", "min", "max", "common", "caveat",
    ]  # fmt: skip
    assert len(found["rejects"]) == 12
    assert found["lost_examples"] == {"n": ["n/a"]}
    assert found["about"]["collected"]["platforms"] == ["X", "Y"]


def test_rejects_are_kept_where_wanted(root: Path, tmp_path: Path) -> None:
    told: list[str] = []
    show(open_evidence(root), "lands", keep_rejects=tmp_path / "out", tell=told.append)
    assert told == [f"wrote 12 rejected records to {tmp_path / 'out' / 'mentions.rejects.csv'}"]


@pytest.mark.parametrize(
    ("counts", "bars"),
    [
        ([1, 2, 3, 4, 5, 6, 7, 8], "▁▂▃▄▅▆▇█"),
        ([0, 1, 1_000_000], " ▁█"),  # one of a million is seen, and none is not
        ([5, 5], "██"),
        ([], ""),
    ],
)
def test_a_sparkline(counts: list[int], bars: str) -> None:
    assert spark(counts) == bars


def test_neighbours_are_added_up_where_there_is_no_room() -> None:
    assert merged([1, 2, 3, 4, 5], 2) == [6, 9]
    assert spark([1, 0, 0, 3], most=2, simple=True) == "-@"


@pytest.mark.parametrize(
    ("count", "rows", "text"),
    [
        (0, 10, "0%"),
        (10, 10, "100%"),
        (9_999, 10_000, "99.9%"),
        (1, 10_000, "<0.1%"),
        (1, 1_000, "0.1%"),
        (1, 3, "33.3%"),
    ],
)
def test_a_share_is_whole_only_where_it_is(count: int, rows: int, text: str) -> None:
    assert _share(count, rows) == text


def test_a_time_whose_zone_nobody_knows_is_shown_as_it_stands_in_the_export(tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    folder.mkdir()
    rows = "5,1,t,a,2021-03-01 08:00:00 UTC\n6,2,t,b,2021-03-02 08:00:00\n7,3,t,c,? 2021\n"
    (folder / "d.csv").write_text("URL,Facebook Id,Message,Page Name,Post Created\n" + rows)
    (folder / "m.yaml").write_text("datasets: {d: {files: d.csv, format: crowdtangle}}\n")
    text = " ".join(show(open_evidence(tmp_path), "d", "terminal").split())
    assert (
        "lost 2 values of created_at, which cannot be read as timestamp, or whose time zone is not known for certain, "
        "such as '2021-03-02 08:00:00', '? 2021'"
    ) in text


def test_a_project_without_datasets_is_told_how_to_describe_one() -> None:
    told = listing([], "terminal")
    assert told.startswith("This project has no datasets; describe one in evidence/")
    line = told.partition(" with the line ")[2]
    assert yaml.safe_load(line) == {"datasets": {"posts": {"files": "posts.csv"}}}
