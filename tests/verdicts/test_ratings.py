"""Rating scales: every verdict has a label, numbers only where they mean something, and a faulty scale is refused."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from factcheck.errors import SpecError
from factcheck.evaluation import plan
from factcheck.project import open_project
from factcheck.reports.rating import rating_text
from factcheck.verdicts.ratings import LABELLED, scale_of, shipped
from factcheck.verdicts.verdict import Finding, Outcome, Score, Verdict
from tests.reports import build, gallery
from tests.reports.gallery import OUTCOMES

FACTORS = (None, Fraction(11, 10), Fraction(5), Fraction(1000))


def every_verdict() -> list[Verdict]:
    """All combinations that a rule may ask for."""
    base = gallery.beach()
    return [
        replace(base, finding=Finding(Outcome(outcome), direction=direction, factor=factor), confidence=confidence)
        for outcome, direction, confidence, factor in product(
            LABELLED, (None, "overstated", "understated"), (None, "high", "moderate", "low"), FACTORS
        )
    ]


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_scale_has_a_label_for_every_verdict(name: str) -> None:
    scale = shipped()[name]
    for verdict in every_verdict():
        label, score = scale.label(verdict), scale.score(verdict)
        assert label
        if not verdict.outcome.conclusive:
            assert score is None
        elif scale.best is not None:
            assert score is not None
            assert score.worst <= score.value <= score.best
    assert scale.label(gallery.failed()) is None


@pytest.mark.parametrize("name", shipped())
def test_what_is_true_is_never_rated_below_what_is_close_or_false(name: str) -> None:
    """Of one confidence."""
    scale = shipped()[name]
    if scale.best is None:
        return
    base = gallery.beach()
    for confidence in ("high", "moderate", "low"):
        scores = [
            scale.score(replace(base, finding=Finding(outcome, factor=factor), confidence=confidence))
            for outcome, factor in (
                (Outcome.SUPPORTED, None), (Outcome.CLOSE, Fraction(11, 10)), (Outcome.REFUTED, Fraction(2)),
            )
        ]  # fmt: skip
        values = [score.value for score in scores if score is not None]
        assert len(values) == 3
        assert values == sorted(values, reverse=True)


@pytest.mark.parametrize(
    ("name", "finding", "confidence", "label", "value"),
    [
        ("plain", Finding(Outcome.REFUTED), "low", "False", None),
        ("five-point", Finding(Outcome.REFUTED), "high", "False", 1),
        ("five-point", Finding(Outcome.REFUTED, factor=Fraction(105, 100)), "low", "Half true", 3),
        ("five-point", Finding(Outcome.REFUTED, factor=Fraction(3, 2)), "high", "False", 1),
        ("five-point", Finding(Outcome.REFUTED, factor=Fraction(7, 5)), "high", "Mostly false", 2),
        ("five-point", Finding(Outcome.REFUTED), "low", "Mostly false", 2),
        ("five-point", Finding(Outcome.CLOSE), "low", "Half true", 3),
        ("truth-o-meter-like", Finding(Outcome.REFUTED, factor=Fraction(30)), "high", "Absurdly false", 1),
        ("truth-o-meter-like", Finding(Outcome.REFUTED, factor=Fraction(30)), "low", "Mostly false", 3),
        ("pinocchio-like", Finding(Outcome.SUPPORTED), "high", "No long nose", 5),
        ("pinocchio-like", Finding(Outcome.REFUTED, factor=Fraction(5)), "high", "Four long noses", 1),
    ],
)
def test_scales_rate_as_they_say(
    name: str, finding: Finding, confidence: str, label: str, value: float | None
) -> None:
    scale, verdict = shipped()[name], replace(gallery.beach(), finding=finding, confidence=confidence)
    assert scale.label(verdict) == label
    score = scale.score(verdict)
    assert (None if score is None else score.value) == value


def test_nothing_where_there_was_to_be_something_is_off_without_bound() -> None:
    spec = build.claim("half", "Half.", measure={"share": "a"}, claimed="50%")
    none = build.verdict(spec, Outcome.REFUTED, build.share(0, 100), confidence="high")
    assert none.finding.factor is None
    assert shipped()["truth-o-meter-like"].label(none) == "Absurdly false"
    assert shipped()["five-point"].label(none) == "False"


def test_a_written_conclusion_tells_the_figures_where_there_are_any() -> None:
    scale = shipped()["full-fact-like"]
    told = {
        verdict.id: rating_text(replace(verdict, rating=scale.label(verdict)))
        for verdict in (make() for make in OUTCOMES)
    }
    assert told["beach"] == "This is too high. The claim is 9%; the data show 7.1%."
    assert told["tags"] == "This is close, but a little too high. The claim is 3,224; the data show 3,221."
    assert told["mentions-total"] == "The evidence does not settle whether this is right."
    assert told["state-backed"] == "This cannot be checked with the evidence at hand."
    assert all(scale.score(make()) is None for make in OUTCOMES)


def test_a_figure_that_holds_braces_itself_stays_as_it_is() -> None:
    base = gallery.beach()
    assert base.claimed is not None
    verdict = replace(base, claimed=replace(base.claimed, text="{found}"), rating="{claimed} – {found}")
    assert rating_text(verdict) == "{found} – 7.1%"


OWN: dict[str, Any] = {
    "best": 3,
    "worst": 1,
    "labels": {
        "supported": {"label": "Right", "value": 3},
        "close": [{"direction": "overstated", "label": "A bit much", "value": 2}, {"label": "Nearly", "value": 2}],
        "refuted": {"label": "Wrong", "value": 1},
        "inconclusive": "Open",
        "unverifiable": "Open",
    },
}


def own(**labels: Any) -> dict[str, Any]:
    return {**OWN, "labels": {**OWN["labels"], **labels}}


def test_a_newsrooms_own_scale() -> None:
    scale, problems = scale_of(OWN)
    assert problems == []
    base = gallery.beach()
    close = replace(base, finding=Finding(Outcome.CLOSE, direction="overstated"))
    assert (scale.label(close), scale.score(close)) == ("A bit much", Score(2, 3, 1))
    assert scale.label(replace(base, finding=Finding(Outcome.CLOSE))) == "Nearly"
    plain, problems = scale_of(dict.fromkeys(LABELLED, "x"))
    assert (problems, plain.label(base)) == ([], "x")


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({"labels": {}}, "the rating scale in factcheck.yaml has no label for 'supported'"),
        ({"lables": {}}, "'lables' in the rating scale is no outcome"),
        ({**OWN, "bets": 1}, "a rating scale has no 'bets'"),
        (own(suported="x"), "'suported' in the rating scale is no outcome"),
        (own(close=[]), "the rating scale has no label for some verdicts that are 'close'"),
        (own(close=[{"confidence": "low", "label": "x", "value": 2}]), "has no label for some verdicts that are 'close'"),
        (own(close="{claimed}, not {found}"), "has no label for some verdicts that are 'close'"),
        (own(close=["x", "y"]), "the label 'y' for 'close' is never used"),
        (own(close={"lable": "x"}), "a rule of a rating scale has no 'lable'"),
        (own(close={"value": 2}), "the rating scale has no label for 'close'"),
        (own(close=[{"direction": "over", "label": "x"}, "y"]), "'over' is no direction"),
        (own(close=[{"confidence": "hihg", "label": "x"}, "y"]), "'hihg' is no confidence"),
        (own(close={"label": "x"}), "the label 'x' has no 'value', and others of the scale have"),
        (own(close=[{"times": -3, "label": "x", "value": 2}, {"label": "y", "value": 2}]), "'times' must be above 1"),
        (own(close=[{"below": 1, "label": "x", "value": 2}, {"label": "y", "value": 2}]), "'below' must be above 1"),
        (own(close={"label": "x", "value": 4}), "the value 4 lies outside of the scale, 1 to 3"),
        (own(close={"label": "x", "value": "two"}), "'value' in a rating scale must be a number, found 'two'"),
        (own(close={"label": "x", "value": float("nan")}), "'value' in a rating scale must be a number"),
        (own(close={"label": "x", "value": True}), "'value' in a rating scale must be a number"),
        (own(inconclusive={"label": "x", "value": 2}), "a claim that is inconclusive cannot have a number"),
        (own(close="{foudn}"), "a label cannot hold '{foudn}'"),
        (own(close=""), "the rating scale has no label for 'close'"),
        ({**OWN, "worst": 0}, "the worst rating must be 1 or more"),
        ({**OWN, "best": 1}, "the best rating must be above the worst"),
        ({**OWN, "best": "three"}, "a rating scale with numbers needs 'best', a number"),
        ({"labels": OWN["labels"]}, "a rating scale with values needs 'best' and 'worst'"),
    ],
)
def test_a_faulty_scale_is_refused(written: dict[str, Any], message: str) -> None:
    _, problems = scale_of(written)
    assert any(message in problem.message for problem in problems), [problem.message for problem in problems]


def test_the_fault_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "a.yaml").write_text("claims: [{id: a, statement: A, unverifiable: because}]", encoding="utf-8")
    text = yaml.safe_dump({"rating": own(refuted={"label": "x", "value": 9})}, sort_keys=False)
    (tmp_path / "factcheck.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SpecError) as fault:
        plan(open_project(tmp_path, []))
    (problem,) = fault.value.problems
    assert problem.place is not None
    assert text.splitlines()[problem.place.line - 1].strip() == "refuted:"
