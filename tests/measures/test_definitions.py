"""What a count or a share of rows would be of the things that they are rows of, and the other way round."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import factcheck
from factcheck.measures.measurement import Definition
from factcheck.verdicts.verdict import Verdict

# Three posts in five rows, of two accounts; a sixth row has no id.
POSTS = "id,author,lang\n1,ana,en\n1,ana,en\n2,ana,\n2,ana,\n3,ben,de\n,ben,en\n"


def checked(
    root: Path,
    measure: str,
    *,
    key: str = "key: id",
    completeness: str = "complete",
    csv: str = POSTS,
    missing: str = "bounds",
) -> Verdict:
    (root / "claims").mkdir()
    (root / "evidence").mkdir()
    (root / "evidence" / "posts.csv").write_text(csv)
    (root / "evidence" / "e.yaml").write_text(
        f"datasets:\n  posts:\n    files: posts.csv\n    completeness: {completeness}\n"
        + (f"    {key}\n" if key else "")
    )
    claimed = "half" if "share" in measure else "four"
    (root / "claims" / "c.yaml").write_text(
        f"claims:\n  - {{id: one, statement: S., dataset: posts, measure: {measure}, claimed: {claimed}, "
        f"missing: {missing}}}\n"
    )
    return factcheck.check(project=root)["one"]


def told(verdict: Verdict) -> list[tuple[str, str, dict[str, Any]]]:
    assert verdict.measurement is not None
    definitions: tuple[Definition, ...] = verdict.measurement.definitions
    return [(one.key, one.used, dict(one.others)) for one in definitions]


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        # The row without an id has none to be counted, as in `count: distinct id`.
        ("{count: rows}", [("count", "rows", {"distinct id": 3})]),
        ("{count: rows, that: lang = 'en'}", [("count", "rows", {"distinct id": 1})]),
        ("{count: rows, that: lang = 'de'}", []),  # no id repeats among these
        ("{count: distinct id}", [("count", "distinct id", {"rows": 6})]),
        ("{count: distinct author}", [("count", "distinct author", {"rows": 6})]),
        ("{share: lang = 'en', among: id is not null}", [("of", "rows", {"distinct id": Fraction(1, 2)})]),
        ("{share: lang = 'en'}", [("of", "rows", {"distinct id": Fraction(1, 2)})]),
        ("{share: lang = 'en', of: distinct author}", [("of", "distinct author", {"rows": Fraction(3, 4)})]),
    ],
)  # fmt: skip
def test_repeated_keys_are_told_beside_rows(tmp_path: Path, measure: str, expected: list[Any]) -> None:
    assert told(checked(tmp_path, measure)) == expected


def test_the_figure_itself_stays_as_it_is(tmp_path: Path) -> None:
    verdict = checked(tmp_path, "{count: rows}")
    assert verdict.estimate == 6
    assert verdict.measurement is not None
    assert (verdict.measurement.n, verdict.measurement.missing) == (6, 0)


@pytest.mark.parametrize("key", ["", "key: [id, author]"])
def test_nothing_is_asked_where_no_single_key_is_known_to_repeat(tmp_path: Path, key: str) -> None:
    assert told(checked(tmp_path, "{count: rows}", key=key)) == []


def test_no_duplicates_no_definition(tmp_path: Path) -> None:
    assert told(checked(tmp_path, "{count: rows}", csv="id,author,lang\n1,ana,en\n2,ben,de\n")) == []


def test_a_sample_scales_rows_only(tmp_path: Path) -> None:
    verdict = checked(tmp_path, "{count: rows}", completeness="random sample\n    sample_fraction: 10%")
    assert told(verdict) == []


@pytest.mark.parametrize("missing", ["bounds", "ignore", "false"])
def test_the_other_choice_gives_what_was_told(tmp_path: Path, missing: str) -> None:
    """Whoever takes the other definition finds the value that was told of it."""
    for name, (measure, other) in enumerate(
        [
            ("{count: rows}", "{count: distinct id}"),
            ("{share: lang = 'en'}", "{share: lang = 'en', of: distinct id}"),
            ("{share: lang = 'en', of: distinct author}", "{share: lang = 'en'}"),
        ]
    ):
        (first := tmp_path / f"{name}-a").mkdir()
        (second := tmp_path / f"{name}-b").mkdir()
        ((_, _, others),) = told(checked(first, measure, missing=missing))
        assert list(others.values()) == [checked(second, other, missing=missing).estimate]


@pytest.mark.parametrize(
    ("period", "expected"),
    [(None, []), ("May 2018", [("edges", "count", {"skip": Fraction(4 * 86_400)})])],
)
def test_edges_are_told_of_only_where_there_are_any(tmp_path: Path, period: str | None, expected: list[Any]) -> None:
    csv = "at\n2018-05-01 00:00:00\n2018-05-05 00:00:00\n"
    measure = "{gap: at}, claimed: four days" + (f", period: {period}" if period else "")
    (tmp_path / "claims").mkdir()
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "posts.csv").write_text(csv)
    (tmp_path / "evidence" / "e.yaml").write_text("datasets: {posts: {files: posts.csv, completeness: complete}}\n")
    claim = f"{{id: one, statement: S., dataset: posts, measure: {measure}}}"
    (tmp_path / "claims" / "c.yaml").write_text(f"claims: [{claim}]\n")
    assert told(factcheck.check(project=tmp_path)["one"]) == expected
