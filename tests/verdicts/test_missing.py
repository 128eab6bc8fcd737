"""What is said of missing values: how much of the verdict hangs on them, with the figures at both ends."""

from __future__ import annotations

from pathlib import Path

import factcheck
from factcheck.verdicts.notes import sentence


def told(root: Path, rows: str, measure: str, claimed: str, manifest: str = "completeness: complete") -> list[str]:
    """The notes on missing values of a verdict, as an editor reads them."""
    for folder in ("claims", "evidence"):
        (root / folder).mkdir()
    (root / "evidence" / "posts.csv").write_text(rows, encoding="utf-8")
    (root / "evidence" / "posts.yaml").write_text(f"datasets:\n  posts: {{files: posts.csv, {manifest}}}\n")
    claim = f"{{id: one, statement: s, dataset: posts, measure: {{{measure}}}, claimed: {claimed}}}"
    (root / "claims" / "one.yaml").write_text(f"claims:\n  - {claim}\n")
    (verdict,) = factcheck.check(project=root)
    return [sentence(note) for note in verdict.notes if note.domain == "missing data"]


def countries(russia: int, other: int, unknown: int) -> str:
    return "id,country\n" + "1,Russia\n" * russia + "1,Mexico\n" * other + "1,\n" * unknown


def test_a_verdict_that_survives_says_so(tmp_path: Path) -> None:
    notes = told(tmp_path, countries(70, 23, 7), "share: country = 'Russia'", "most")
    assert notes == [
        "For 7 rows (7%) it is not known whether they count. The region holds every answer that they could give.",
        "Whatever the missing values are, the verdict stands.",
    ]


def test_a_verdict_that_does_not_tells_both_ends(tmp_path: Path) -> None:
    notes = told(tmp_path, countries(61, 32, 7), "share: country = 'Russia'", "68%")
    assert notes[-1] == (
        "If none of the unknown rows counted it would be 61%, if all did 68%: the verdict would be refuted at one end and "
        "supported at the other."
    )


def test_a_claim_between_both_ends(tmp_path: Path) -> None:
    notes = told(tmp_path, countries(50, 20, 30), "share: country = 'Russia'", "65%")
    assert "50%, if all did 80%: the verdict would be refuted at either end, and another only between." in notes[-1]


def test_a_sample_that_leaves_the_claim_open_at_either_end(tmp_path: Path) -> None:
    notes = told(tmp_path, countries(50, 49, 1), "share: country = 'Russia'", "most", "completeness: random sample")
    assert notes[-1].endswith("at either end the sample alone would leave the claim open.")


def test_numbers_that_have_a_range(tmp_path: Path) -> None:
    rows = "id,likes\n1,2\n2,4\n3,\n"
    manifest = "completeness: complete, columns: {likes: {range: [0, 9]}}"
    notes = told(tmp_path, rows, "mean: likes", "at least 3", manifest)
    assert notes[-1] == (
        "Whatever the missing values are, the figure lies between 2 and 5: the verdict would be refuted at the lower end and "
        "supported at the upper."
    )


def test_numbers_without_a_range(tmp_path: Path) -> None:
    notes = told(tmp_path, "id,likes\n1,2\n2,\n", "sum: likes", "at least 2")
    assert notes[-1] == (
        "Nothing says how large or small the missing values may be, so that the figure has no end on either side."
    )


def test_a_sample_of_numbers_that_have_no_range_tells_why_it_has_no_end(tmp_path: Path) -> None:
    rows = "id,likes\n" + "".join(f"{i},{i}\n" for i in range(80)) + "1,\n" * 20
    notes = told(tmp_path, rows, "mean: likes", "about 40", "completeness: random sample")
    assert notes == [
        "Nothing says how large or small the missing values may be, so that the figure has no end on either side."
    ]


def test_a_sample_in_a_table_of_counts_tells_no_end_that_is_unknown(tmp_path: Path) -> None:
    manifest = "completeness: random sample, population: 28900, counts: posts"
    notes = told(tmp_path, "kind,posts\nbot,62\nhuman,318\n,20\n", "count: rows, that: kind = 'bot'", "more than 5000", manifest)
    assert "unknown, if all did unknown" not in " ".join(notes)
