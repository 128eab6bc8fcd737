"""Every kind of measure heeds a weight and a cluster, or refuses them by name; none leaves them out in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import factcheck
from factcheck import SpecError
from factcheck.cases.designs import UNSCALED
from factcheck.measures import KINDS
from factcheck.measures.measurement import Measurement

SIDES = "{share: said = 'yes', among: sex = 'f'}", "{share: said = 'yes', among: sex = 'm'}"
COUNTS = "{count: rows, that: said = 'yes'}", "{count: rows, that: said = 'no'}"
MEANS = "{mean: x, among: sex = 'f'}", "{mean: x, among: sex = 'm'}"
# What is asked, by a name of it whose first word is the kind; with a figure that may be claimed of it.
ASKED = {
    "count": ("{count: rows, that: said = 'yes'}", "100"),
    "count distinct": ("{count: distinct said}", "3"),
    "count columns": ("{count: columns}", "7"),
    "share": ("{share: said = 'yes'}", "half"),
    "share distinct": ("{share: said = 'yes', of: distinct sex}", "half"),
    "share of a sum": ("{share: said = 'yes', of: sum x}", "half"),
    "sum": ("{sum: x}", "1000"),
    "mean": ("{mean: x}", "10"),
    "median": ("{median: x}", "10"),
    "min": ("{min: x}", "10"),
    "max": ("{max: x}", "10"),
    "quantile": ("{quantile: x, q: 0.9}", "10"),
    "value": ("{value: x, among: n = 3}", "10"),
    "values": ("{values: said}", "[yes, no]"),
    "ratio": (f"{{ratio: {SIDES[0]}, to: {SIDES[1]}}}", "2"),
    "ratio of counts": (f"{{ratio: {COUNTS[0]}, to: {COUNTS[1]}}}", "2"),
    "ratio of means": (f"{{ratio: {MEANS[0]}, to: {MEANS[1]}}}", "2"),
    "ratio of sums": ("{ratio: {sum: x, among: sex = 'f'}, to: {sum: x, among: sex = 'm'}}", "2"),
    "ratio of distinct": ("{ratio: {count: distinct said}, to: {count: distinct sex}}", "2"),
    "ratio of shares of distinct": (
        "{ratio: {share: said = 'yes', of: distinct sex}, to: {share: said = 'no', of: distinct sex}}", "2",
    ),
    "ratio of maxima": ("{ratio: {max: x}, to: {min: x}}", "2"),
    "difference": (f"{{difference: {SIDES[0]}, minus: {SIDES[1]}}}", "2 points"),
    "difference of counts": (f"{{difference: {COUNTS[0]}, minus: {COUNTS[1]}}}", "20"),
    "difference of means": (f"{{difference: {MEANS[0]}, minus: {MEANS[1]}}}", "2"),
    "difference of medians": ("{difference: {median: x, among: sex = 'f'}, minus: {median: x, among: sex = 'm'}}", "2"),
    "difference of unlike": ("{difference: {mean: x}, minus: {median: x}}", "2"),
    "rank": ("{rank: 'no', by: said}", "first"),
    "rank by": ("{rank: 'no', by: said, of: {mean: x}}", "first"),
    "top": ("{top: 1, by: said}", "'yes'"),
    "top by": ("{top: 1, by: said, of: {count: distinct sex}}", "'yes'"),
    "composition": ("{composition: said}", "{'yes': 50%}"),
    "composition counted": ("{composition: said, as: count}", "{'yes': 500}"),
    "per": ("{per: [sex, day], time: at, take: max}", "10"),
    "peaks": ("{peaks: at, per: day}", "[2020-01-05]"),
    "trend": ("{trend: at, per: day}", "rising"),
    "first": ("{first: at}", "2020-01-05"),
    "last": ("{last: at}", "2020-01-05"),
    "cascade": ("{cascade: secondary_share, link: {from: n, to: parent}}", "half"),
    "overlap": ("{overlap: [said = 'yes', sex = 'f'], of: who, as: count}", "10"),
    "correlation": ("{correlation: [x, n]}", "more than 0.5"),
    "duplicates": ("{duplicates: share, text: said}", "half"),
    "network": ("{network: edges, link: {from: n, to: parent}}", "10"),
    "delay": ("{delay: {from: at, to: later}, take: max}", "a day"),
    "hours": ("{hours: at}", "{9: 10%}"),
    "gap": ("{gap: at}", "a day"),
    "coordination": ("{coordination: share, actor: who, target: said, time: at}", "half"),
    "rate": ("{rate: {count: rows}, during: hour(at) < 6, versus: hour(at) > 5, time: at}", "2"),
    "sql": ("{sql: SELECT count(*) FROM t}", "10"),
}  # fmt: skip
WEIGHED = {
    "count", "share", "share of a sum", "sum", "mean", "median", "quantile", "ratio", "ratio of counts", "ratio of means",
    "ratio of sums", "difference", "difference of counts", "difference of means", "difference of medians",
    "difference of unlike", "rank", "top", "composition", "composition counted", "hours",
}  # fmt: skip
# Of a sample they bound what they are asked for, or state what is no matter of chance.
BOUNDED = {"count distinct", "share of a sum", "count columns", "ratio of distinct", "ratio of shares of distinct", "ratio of maxima"}
KEYS = "about: population"
Measured = Callable[[str, str], Measurement]


def rows() -> dict[str, Any]:
    """Sixty people with eight rows each, who agree with themselves; the weights `w` and `v` pull different ways."""
    rng = np.random.default_rng(20261126)
    people, each = 60, 8
    who = np.repeat(np.arange(people), each)
    n = len(who)
    leaning = np.repeat(rng.random(people), each)
    said = np.where(leaning + rng.normal(0, 0.2, n) > 0.45, "yes", "no")
    at = np.datetime64("2020-01-01T00:00:00") + np.sort(rng.integers(0, 40 * 86_400, n)).astype("timedelta64[s]")
    return {
        "n": np.arange(n), "parent": np.maximum(np.arange(n) - rng.integers(1, 5, n), 0), "who": who,
        "sex": np.where(rng.random(n) < 0.5, "f", "m"), "said": said, "x": 10 + 5 * leaning + rng.normal(0, 1, n),
        "at": at, "later": at + np.timedelta64(1, "h"),
        "w": np.where(said == "yes", 4.0, 1.0) * np.where(leaning > 0.8, 3, 1), "v": np.where(said == "yes", 1.0, 4.0),
    }  # fmt: skip


def checked(root: Path, names: Iterable[str], keys: str, more: str = "") -> dict[str, Measurement]:
    """The measurements of claims on a random sample; SpecError where a measure refuses the keys. `more` are claims."""
    import pandas as pd

    for folder in ("claims", "evidence"):
        (root / folder).mkdir(exist_ok=True)
    manifest = "datasets:\n  t:\n    completeness: random sample\n    population: 100000\n"
    (root / "evidence" / "t.yaml").write_text(manifest, encoding="utf-8")
    ids = {name.replace(" ", "-"): name for name in names}
    lines = [
        f"  - {{id: {id}, statement: S., dataset: t, measure: {ASKED[name][0]}, claimed: {ASKED[name][1]}, {keys}}}\n"
        for id, name in ids.items()
    ]
    (root / "claims" / "a.yaml").write_text("claims:\n" + "".join([*lines, more]), encoding="utf-8")
    found = {}
    for verdict in factcheck.check(project=root, data={"t": pd.DataFrame(rows())}):
        assert verdict.error is None, verdict.error
        assert verdict.measurement is not None
        found[ids[verdict.id]] = verdict.measurement
    return found


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    """What the measures that take some keys come to, all asked together and once."""
    known: dict[str, dict[str, Measurement]] = {}

    def measure(name: str, keys: str) -> Measurement:
        if keys not in known:
            root = tmp_path_factory.mktemp("designs")
            known[keys] = checked(root, [one for one in ASKED if refusal(root, one, keys) is None], keys)
        return known[keys][name]

    return measure


def refusal(root: Path, name: str, keys: str) -> str | None:
    """What is said of a measure that refuses the keys; a claim that has an error stands below, so that no row is read."""
    try:
        checked(root, [name], keys, "  - {id: wrong, statement: S., dataset: t, measure: {count: nothing}, claimed: 1}\n")
    except SpecError as error:
        told = [problem.render() for problem in error.problems if "nothing" not in problem.message]
        return "\n".join(told) or None
    raise AssertionError("a claim with an error was checked")


def test_every_kind_is_asked() -> None:
    assert {name.split()[0] for name in ASKED} == set(KINDS)


@pytest.mark.parametrize("name", ASKED)
def test_a_weight_changes_the_figure_or_is_refused(name: str, measured: Measured, tmp_path: Path) -> None:
    if name not in WEIGHED:
        told = refusal(tmp_path, name, "weight: w")
        assert told is not None, "the weight was taken, and left out"
        assert "'weight'" in told
        assert "claims/a.yaml:2" in told
        assert "`weight: null`" in told
        return
    first, second = (measured(name, f"weight: {w}") for w in ("w", "v"))
    assert first.unmeasurable is None
    assert first.estimate != second.estimate or first.region != second.region
    if isinstance(first.estimate, Fraction) and name != "rank":
        assert first.estimate != second.estimate
    assert first.effective_n is not None or name in BOUNDED
    assert "weighted" in {note.code for note in first.notes}


@pytest.mark.parametrize("name", ASKED)
def test_a_cluster_changes_the_interval_or_is_refused(name: str, measured: Measured, tmp_path: Path) -> None:
    kind = name.split()[0]
    told = refusal(tmp_path, name, "cluster: who")
    if told is not None:
        assert "'cluster'" in told
        assert "claims/a.yaml:2" in told
        return
    alone, together = measured(name, "cluster: n"), measured(name, "cluster: who")
    if kind in UNSCALED or name in BOUNDED:
        assert together.region == alone.region
        return
    if name.startswith("share distinct"):
        return  # of values that were drawn along with others no interval is known, whatever was drawn
    assert together.effective_n is not None or "clustered" in {note.code for note in together.notes}
    assert together.region != alone.region or together.effective_n != alone.effective_n
    assert together.estimate == alone.estimate
