"""A run beside an earlier one, from the command line: what a person is told, and the exit code."""

from __future__ import annotations

import json

import pytest

from bad_input.desk import NOW, Desk

CLAIMS = """\
claims:
  - id: russia
    statement: Half of the posts came from Russia.
    dataset: posts
    measure: {share: "country = 'Russia'"}
    claimed: half
    review: {status: approved, by: A. Editor, on: 2026-11-20}
  - id: total
    statement: There were four posts.
    dataset: posts
    measure: {count: rows}
    claimed: "4"
"""
MORE = b"id,country\n1,Russia\n2,Spain\n3,Spain\n4,Spain\n5,Spain\n"


@pytest.fixture
def desk(tmp_path) -> Desk:
    desk = Desk(tmp_path)
    desk.write("claims/one.yaml", CLAIMS)
    done = desk.run("check", "--format", "json", "--output", "before.json", "--now", NOW)
    assert done.code == 0, done.said
    return desk


def changed(desk: Desk, *arguments: str) -> tuple[int, list[dict[str, object]]]:
    done = desk.run("check", "--format", "json", "--against", "before.json", *arguments)
    return done.code, json.loads(done.out)["changed"]


def test_nothing_changed(desk: Desk) -> None:
    assert changed(desk) == (0, [])
    page = desk.run("report", "--against", "before.json", "--output", "-").out
    assert "What changed" not in page


def test_other_data_change_a_verdict_and_nobody_guesses_why(desk: Desk) -> None:
    desk.write("evidence/posts.csv", MORE)
    assert changed(desk) == (
        1,
        [
            {"id": "russia", "was": "supported", "now": "refuted", "because": None},
            {"id": "total", "was": "supported", "now": "refuted", "because": None},
        ],
    )
    done = desk.run("check", "--against", "before.json")
    assert done.code == 1
    said = " ".join(done.out.split())
    assert "One approved check has another verdict than before: russia. Look at it again" in said
    assert "russia: Supported on 21 November 2026, now refuted: estimate 50% → 20%; rating True → False." in said
    assert "total: Supported on 21 November 2026, now refuted: estimate 4 → 5" in said
    for form in ("github", "junit"):
        told = desk.run("check", "--against", "before.json", "--format", form).out
        assert "Supported on 21 November 2026, now refuted: estimate 4 → 5" in told


def test_a_rating_with_figures_is_told_with_its_figures(desk: Desk) -> None:
    rating = 'rating: {supported: Right, close: Near, refuted: ["{claimed}? {found}!", Wrong], inconclusive: Open, '
    desk.write("factcheck.yaml", rating + "unverifiable: Not checkable}\n")
    desk.write("evidence/posts.csv", MORE)
    page = desk.run("report", "--against", "before.json", "--output", "-").out
    assert "estimate 50% → 20%; rating True → half? 20%!." in page
    assert "{claimed}" not in page


def test_an_approved_check_is_flagged_at_the_claim_in_the_overview_and_on_top(desk: Desk) -> None:
    desk.write("evidence/posts.csv", MORE)
    done = desk.run("report", "--against", "before.json", "--output", "-")
    assert done.code == 1
    top, _, rest = done.out.partition("| |")
    overview, _, claim = rest.partition("<a id=")
    assert "> **⚠ One approved check has another verdict than before: russia." in top
    assert overview.count("(approved, but the verdict has changed)") == 1
    assert "**What changed.** Supported on 21 November 2026, now refuted: estimate 50% → 20%" in claim
    assert "This check was approved by A. Editor (20 November 2026), but its verdict is not the one of" in claim
    assert "Approved by A. Editor, 20 November 2026." in claim
    html = desk.run("report", "--against", "before.json", "--format", "html", "--output", "-").out
    for text in ("One approved check has another verdict", "approved, but the verdict has changed", "50% → 20%"):
        assert text in html


def test_another_claim_is_proven_to_be_the_reason(desk: Desk) -> None:
    desk.write("claims/one.yaml", CLAIMS.replace("claimed: half", "claimed: 60%"))
    assert changed(desk) == (1, [{"id": "russia", "was": "supported", "now": "refuted", "because": "claim"}])


def test_other_figures_with_the_same_verdict_are_told_and_are_no_failure(desk: Desk) -> None:
    desk.write("claims/one.yaml", CLAIMS.replace("claimed: half", "claimed: at least 40%"))
    desk.run("check", "--format", "json", "--output", "before.json", "--now", NOW)
    desk.write("evidence/posts.csv", b"id,country\n1,Russia\n2,Russia\n3,Russia\n4,Spain\n")
    assert changed(desk) == (0, [{"id": "russia", "was": "supported", "now": "supported", "because": None}])
    page = desk.run("report", "--against", "before.json", "--output", "-").out
    assert "**What changed.** Still supported, but not as on 21 November 2026: estimate 50% → 75%." in page
    assert "⚠" not in page


def test_new_and_lost_claims_are_told(desk: Desk) -> None:
    desk.write("claims/one.yaml", CLAIMS.replace("id: total", "id: sum"))
    code, found = changed(desk)
    assert code == 0
    assert found == [
        {"id": "sum", "was": None, "now": "supported", "because": None},
        {"id": "total", "was": "supported", "now": None, "because": None},
    ]
    page = desk.run("report", "--against", "before.json", "--output", "-").out
    assert "The claim `total`, supported on 21 November 2026, is no longer among the claims." in page
    assert "The results of 21 November 2026 do not have this claim." in page


def test_a_claim_that_was_not_asked_for_is_not_gone(desk: Desk) -> None:
    desk.write("claims/two.yaml", CLAIMS.replace("id: ", "id: other-"))
    assert changed(desk, "--select", "total") == (0, [])
    assert changed(desk, "claims/two.yaml")[1] == [
        {"id": id, "was": None, "now": "supported", "because": None} for id in ("other-russia", "other-total")
    ]


def test_an_error_is_told_and_is_no_other_verdict(desk: Desk) -> None:
    desk.write("evidence/posts.csv", b"")
    code, found = changed(desk)
    assert code == 3
    assert [change["now"] for change in found] == ["error", "error"]


def test_a_file_that_is_none_is_told_before_anything_is_read(desk: Desk) -> None:
    desk.write("before.json", "[]")
    for name in ("check", "report"):
        done = desk.run(name, "--against", "before.json")
        assert (done.code, done.out) == (2, "")
        assert "before.json holds no earlier results: it is no object" in done.err


def test_an_approval_without_a_name_or_a_day_is_a_warning(desk: Desk) -> None:
    desk.write("claims/one.yaml", CLAIMS.replace(", by: A. Editor, on: 2026-11-20", ""))
    done = desk.run("validate")
    assert done.code == 0
    assert "claims/one.yaml:7:13: warning: the review of claim 'russia' approves without 'by' and 'date'" in done.err
    desk.write("claims/one.yaml", CLAIMS.replace("by: A. Editor, on:", "by: A. Editor, date: 2026-11-20, on:"))
    done = desk.run("validate")
    assert done.code == 2
    assert "'date' and 'on' are the same" in done.err


def test_a_draft_says_so_in_the_overview_and_at_the_claim(desk: Desk) -> None:
    desk.write("claims/one.yaml", CLAIMS.replace("status: approved", "status: draft"))
    page = desk.run("report", "--output", "-").out
    assert "✓ **Supported** (draft, not yet checked)" in page
    assert "**Review of this check.** Draft by A. Editor, 20 November 2026 – not yet checked." in page
