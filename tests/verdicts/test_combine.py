"""Several pieces of evidence: what each of them remarks is told, and what each rests on."""

from __future__ import annotations

from fractions import Fraction

from factcheck.verdicts.combine import combined
from factcheck.verdicts.confidence import Scale, default_table
from factcheck.verdicts.verdict import Outcome
from tests.reports.build import claim, count, note, verdict


def test_what_every_piece_of_evidence_remarks_is_told_once() -> None:
    spec = claim("x", "x", measure={"count": "rows"}, claimed="4")
    shared = note("dataset-caveat", "collection", text="Deleted posts are missing.")
    notes = [note("unknown-rows", "missing data", rows=rows, share=Fraction(1)) for rows in (96_900, 217_000)]
    checks = tuple(
        verdict(spec, Outcome.INCONCLUSIVE, count(4, "post"), notes=(shared, own), used=frozenset({("posts", name)}))
        for own, name in zip(notes, ("a", "b"), strict=True)
    )
    whole = combined(checks[0], checks, "agree", Scale(default_table()))
    assert [one for one in whole.notes if one.code != "checks-differ"] == [shared, *notes]
    assert whole.used == {("posts", "a"), ("posts", "b")}
