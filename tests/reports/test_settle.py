"""What would settle an open claim: rows, drawn units, missing answers, or nothing of the kind."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement
from factcheck.reports.chance import chance_words
from factcheck.reports.settle import settling
from factcheck.verdicts.combine import combined
from factcheck.verdicts.confidence import Scale, default_table
from factcheck.verdicts.verdict import Finding, Outcome, Verdict

from .build import claim, posts, verdict


def made(found: Measurement, claimed: str, outcome: Outcome = Outcome.INCONCLUSIVE, **fields: Any) -> Verdict:
    spec = claim("x", "x", **({"measure": {"share": "a"}, "claimed": claimed} | fields))
    population = fields.pop("population", None)
    one = verdict(spec, outcome, found, datasets=(posts(completeness="random sample", population=population),))
    return replace(one, finding=Finding(outcome))


def sample(
    p: str, half: str, n: int, missing: int = 0, quantity: Quantity = Quantity.PROPORTION, **more: Any
) -> Measurement:
    """A figure with as much room to either side. Of a share the number that counts goes with it."""
    middle, room, known = Fraction(p), Fraction(half), n - missing
    facts = {"k": middle * known, "n": Fraction(n), "known": Fraction(known)} | more.pop("facts", {})
    facts = facts if quantity is Quantity.PROPORTION else {}
    region = Interval(middle - room, middle + room)
    return Measurement(
        quantity, middle, region, "proportion" if facts else "", n=n, missing=missing, sampled=True, facts=facts, **more
    )


def told(*args: Any, **fields: Any) -> str:
    return " ".join(settling(made(*args, **fields)))


def test_rows_by_the_rule_of_the_calculus() -> None:
    """52 % of 1,000, half to be cleared: 7.84 · 0.52 · 0.48/0.02² = 4,892.2 rows, 3,893 more, told as 3,900."""
    assert told(sample("0.52", "0.031", 1000), "most") == (
        "About 3,900 more posts, drawn in the same way, if what was found stands."
    )


def test_between_two_edges_it_takes_more() -> None:
    """50 % between 45 % and 55 % of which 2 points are near: 7 points to the nearer edge. 10.4976 · 0.25/0.07² = 535.6."""
    assert "About 440 more" in told(sample("0.5", "0.1", 100), "between 45% and 55%")


def test_what_a_design_costs_is_paid_in_rows() -> None:
    """Of 1,000 rows that are worth 500 the variance is twice as large: 2 · 4,892.2 rows, 8,785 more."""
    assert "About 8,800 more posts" in told(sample("0.52", "0.04", 1000, effective_n=500.0), "most")


def test_clusters_are_counted_in_what_was_drawn() -> None:
    """9,785 rows at 10 a respondent are 979 respondents, 879 more than the 100 that there are."""
    found = sample("0.52", "0.04", 1000, effective_n=500.0, facts={"units": 100})
    assert "About 880 more respondents, drawn in the same way" in told(found, "most", cluster="respondent_id")


def test_what_was_drawn_may_have_no_name() -> None:
    found = sample("0.52", "0.04", 1000, effective_n=500.0, facts={"units": 100})
    assert "more units of `lower(author)`" in told(found, "most", cluster="lower(author)")


def test_means_go_by_the_width_of_their_interval() -> None:
    """10 ± 0.98 of 100 rows, at least 9.8 claimed with 0.49 near it (9.31): the standard error is 0.5, and
    (2.8 · 0.5/0.69)² · 100 = 411.7 rows; 312 more, told as 320. For 9.8 itself (2.8 · 0.5/0.2)² · 100 = 4,900."""
    found = sample("10", "0.98", 100, quantity=Quantity.NUMBER)
    assert told(found, "at least 9.8", measure={"mean": "a"}) == (
        "About 320 more posts, drawn in the same way, if what was found stands. "
        "To show the claim true as it stands, and not only near, about 4,800."
    )


def test_an_end_without_bound_has_no_rule() -> None:
    found = replace(sample("10", "1", 100, quantity=Quantity.NUMBER), region=Interval(None, Fraction(11)))
    assert told(found, "at least 9.8", measure={"mean": "a"}) == "A larger sample."


def test_at_the_edge_no_number_of_rows_will_do() -> None:
    assert told(sample("0.5", "0.03", 1000), "most").startswith("No number of rows")


def test_missing_answers_that_cross_the_edge_outdo_any_number_of_rows() -> None:
    """500 of 900 known; the bounds 50 % to 60 % hold 51 %, the edge of what is near 53 %: (500 + u·5/9)/1000 lies above
    from u = 18 on."""
    text = told(sample("5/9", "0.1", 1000, missing=100), "more than 53%")
    assert "No number of rows settles this as long as so many answers are missing." in text
    assert "more than about 18 of the 100 posts whose answer is missing" in text


def test_missing_answers_that_do_not_are_no_hindrance() -> None:
    """600 of 900 known; the worst is 60 %, and half lies ten points below: 7.84 · 0.24/0.1² = 188 rows, fewer than
    there are, so that no number is told."""
    assert told(sample("2/3", "0.2", 1000, missing=100), "most").startswith("A larger sample.")


def test_complete_data_need_answers_and_no_rows() -> None:
    """40 of 80 known; 46 % is still near: (40 + u/2)/100 reaches it from u = 12 on."""
    found = replace(sample("0.5", "0.1", 100, missing=20), sampled=False)
    assert told(found, "more than 48%") == (
        "The answers of about 12 of the 20 posts whose answer is missing, if these answer as the others do."
    )


def test_a_process_has_no_rows_to_draw() -> None:
    assert "from the same process" in told(sample("0.52", "0.031", 1000), "most", about="process")


def sampled(outcome: Outcome, level: str = "95%") -> Verdict:
    return made(sample("0.5", "0.01", 1000), "half", outcome, level=Fraction(level.rstrip("%")) / 100)


def test_how_many_verdicts_may_be_wrong_by_chance() -> None:
    """40 · 0.025 = 1; open and unverifiable ones, and those without chance, do not count."""
    verdicts = [sampled(Outcome.SUPPORTED)] * 20 + [sampled(Outcome.REFUTED)] * 20 + [sampled(Outcome.INCONCLUSIVE)] * 9
    exact = made(replace(sample("0.5", "0", 10), sampled=False), "half", Outcome.SUPPORTED)
    text = chance_words([*verdicts, exact])
    assert text is not None
    assert text.startswith("40 conclusive verdicts")
    assert "About 1 of them may be wrong by chance" in text


@pytest.mark.parametrize(
    ("levels", "wanted"),
    [(["95%", "95%"], "0.05"), (["95%", "99%"], "0.03"), (["80%"] * 100, "10"), (["95%"] * 11, "0.28")],
)
def test_every_verdict_counts_by_its_own_level(levels: list[str], wanted: str) -> None:
    text = chance_words([sampled(Outcome.SUPPORTED, level) for level in levels])
    assert text is not None
    assert f"About {wanted} of them" in text


def test_one_verdict_is_not_many() -> None:
    assert chance_words([sampled(Outcome.SUPPORTED)]) is None
    assert chance_words([]) is None


def test_several_pieces_that_share_the_error_count_as_one_verdict() -> None:
    """Two at 97.5 % of which one is enough err together as one at 95 %: 2 · 0.0125, and with another 0.05."""
    pieces = (sampled(Outcome.SUPPORTED, "97.5%"), sampled(Outcome.REFUTED, "97.5%"))
    shell = replace(pieces[0], claim=pieces[0].claim.model_copy(update={"combine": "any"}))
    whole = combined(shell, pieces, "any", Scale(default_table()))
    text = chance_words([whole, sampled(Outcome.SUPPORTED)])
    assert text is not None
    assert text.startswith("2 conclusive verdicts")
    assert "About 0.05 of them" in text


def test_where_no_interval_is_defined_more_rows_have_none_either() -> None:
    found = replace(sample("0.55", "0.45", 500), method="no-interval", region=Interval(Fraction(0), Fraction(1)))
    assert told(found, "most") == "A complete collection."


def test_what_missing_numbers_leave_open_no_further_rows_close() -> None:
    """Of 100 numbers 20 are missing: their range alone makes the interval wide, and its width gives no rule."""
    found = sample("40", "15", 100, missing=20, quantity=Quantity.NUMBER)
    assert told(found, "about 40", measure={"mean": "a"}) == "A larger sample. The 20 posts whose answer is missing."
    assert told(found, "about 40", measure={"mean": "a"}, missing="ignore").startswith("About ")


def test_rows_left_out_for_want_of_an_answer_are_none_that_are_there() -> None:
    """52 % of the 1,000 that answered, as above: 3,893 more of them, whether 200 others did not or none."""
    found = sample("0.52", "0.031", 1200, missing=200)
    assert "About 3,900 more posts" in told(found, "most", missing="ignore")
