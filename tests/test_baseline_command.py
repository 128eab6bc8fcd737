"""`factcheck baseline` on small projects, as a desk would use it: accept, then change data or claims, then look."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import factcheck
from bad_input.desk import NOW, Desk
from factcheck import baseline_command
from factcheck.cli import main

CLAIMS = """\
claims:
  - id: russia
    statement: Half of the posts came from Russia.
    dataset: posts
    measure: {share: "country = 'Russia'"}
    claimed: half
  - id: total
    statement: There were at most ten posts.
    dataset: posts
    measure: {count: rows}
    claimed: at most 10
  - id: feelings
    statement: The posts were hostile.
    unverifiable: What is hostile is a matter of opinion.
"""
LATER = "2026-11-30"
MORE = b"id,country\n1,Russia\n2,Spain\n3,Spain\n4,Spain\n5,Spain\n"
OTHER_ORDER = b"id,country\n4,Mexico\n3,Ukraine\n2,Russia\n1,Russia\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.write("claims/one.yaml", CLAIMS)
    return desk


@pytest.fixture
def accepted(desk: Desk) -> Desk:
    done = accept(desk)
    assert done.code == 0, done.said
    assert done.out.startswith("There is no baseline yet; it begins with 3 verdicts.\n\nNot in the baseline yet\n")
    assert done.out.splitlines()[-1] == "wrote baselines/one.json"
    return desk


def accept(desk: Desk, *arguments: str, now: str = NOW) -> Any:
    return desk.run("baseline", "accept", "--now", now, "-q", *arguments)


def blocks(desk: Desk, name: str = "one") -> dict[str, Any]:
    claims: dict[str, Any] = json.loads(text(desk, name))["claims"]
    return claims


def states(desk: Desk, name: str = "one") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text(desk, name))["datasets"]["posts"]
    return found


def text(desk: Desk, name: str = "one") -> str:
    return (desk.root / "baselines" / f"{name}.json").read_text(encoding="utf-8")


def diff(desk: Desk, *arguments: str) -> tuple[int, dict[str, Any]]:
    done = desk.run("baseline", "diff", "--format", "json", "-q", *arguments)
    return done.code, json.loads(done.out)


def told(desk: Desk, *arguments: str) -> str:
    """What a command says, without its line breaks."""
    return " ".join(desk.run(*arguments).out.split())


def test_what_is_accepted_is_recorded_as_results_tell_it(accepted: Desk) -> None:
    found = blocks(accepted)
    assert list(found) == ["feelings", "russia", "total"]
    results = accepted.run("check", "--format", "json").claims()
    for id, block in found.items():
        for key in ("statement", "outcome", "direction", "confidence", "rating", "estimate", "low", "high", "n"):
            assert block[key] == results[id][key], (id, key)
        assert block["accepted"] == NOW
    assert found["russia"]["claimed"] == {"text": "half", "reading": results["russia"]["claimed"]["reading"]}
    assert found["russia"]["claim"]["spec"]["measure"] == {"share": "country = 'Russia'"}
    assert "rules" not in found["russia"]["claim"]
    assert found["russia"]["engine"]["method"].startswith("share-")
    assert found["feelings"]["engine"]["method"] is None
    assert found["feelings"]["data"] == {}
    (state,) = states(accepted)
    assert state["rows"] == 4
    assert list(state["columns"]) == ["country"]
    assert found["russia"]["data"]["posts"]["sha256"] == state["sha256"]


def test_the_digest_of_the_file_is_the_one_that_people_can_take(accepted: Desk) -> None:
    import hashlib

    content = (accepted.root / "evidence" / "posts.csv").read_bytes()
    assert states(accepted)[0]["sha256"] == hashlib.sha256(content).hexdigest()


def test_accepting_again_changes_no_byte(accepted: Desk) -> None:
    before = text(accepted)
    done = accept(accepted, now=LATER)
    assert (done.code, done.out.splitlines()[-1]) == (0, "nothing is to be written")
    assert text(accepted) == before
    assert diff(accepted)[1]["changed"] == []
    accepted.write("claims/one.yaml", "# a comment\n" + CLAIMS.replace("  - id: total", "  # another\n  - id: total"))
    assert accept(accepted, now=LATER).out.splitlines()[-1] == "nothing is to be written"
    assert text(accepted) == before


def test_accepting_elsewhere_gives_the_same_bytes(accepted: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = Desk(tmp_path_factory.mktemp("elsewhere"))
    other.write("claims/one.yaml", CLAIMS)
    accept(other)
    assert text(other) == text(accepted)


def test_other_data_are_told_and_fail(accepted: Desk) -> None:
    accepted.write("evidence/posts.csv", MORE)
    code, found = diff(accepted)
    assert code == 1
    assert (found["compared"], found["same"], found["baseline"]) == (3, 2, "baselines")
    russia, total = found["changed"]
    assert (russia["id"], russia["was"], russia["now"]) == ("russia", "supported", "refuted")
    assert russia["since"] == NOW
    assert {"verdict", "estimate", "region"} <= set(russia["what"])
    assert (russia["before"]["estimate"], russia["after"]["estimate"]) == (0.5, 0.2)
    assert (total["was"], total["now"], total["what"]) == ("supported", "supported", ["estimate", "region"])
    said = told(accepted, "baseline", "diff", "-q")
    figures = "2 verdicts as accepted, 1 of them with other figures or confidence; 1 changed (russia)."
    assert f"Beside the baseline: {figures}" in said
    assert "Another verdict russia: Supported on 21 November 2026, now refuted: estimate 50% → 20%" in said
    page = accepted.run("baseline", "diff", "-q", "--format", "markdown").out
    assert "## Another verdict\n\n- `russia`: Supported on 21 November 2026, now refuted: estimate 50% → 20%" in page
    assert accepted.run("baseline", "diff", "-q", "total").code == 0


def test_figures_within_the_verdict_fail_only_strictly(accepted: Desk) -> None:
    accepted.write("evidence/posts.csv", MORE)
    assert diff(accepted, "total")[0] == 0
    assert diff(accepted, "total", "--strict")[0] == 1
    assert accepted.run("check", "--select", "total").code == 0
    assert accepted.run("check", "--select", "total", "--strict").code == 1
    assert accepted.run("check").code == 1


def test_accepting_the_change_shows_it_first_and_makes_it_the_expected(accepted: Desk) -> None:
    accepted.write("evidence/posts.csv", MORE)
    done = accept(accepted, now=LATER)
    assert done.code == 0
    said = " ".join(done.out.split())
    assert said.index("Supported on 21 November 2026, now refuted") < said.index("wrote baselines/one.json")
    found = blocks(accepted)
    assert (found["russia"]["outcome"], found["russia"]["accepted"]) == ("refuted", LATER)
    assert found["feelings"]["accepted"] == NOW
    assert [state["rows"] for state in states(accepted)] == [5]
    assert diff(accepted)[0] == 0


def test_a_part_may_be_accepted_and_the_rest_rests_on_the_older_state(accepted: Desk) -> None:
    before = blocks(accepted)["russia"]
    accepted.write("evidence/posts.csv", MORE)
    assert accept(accepted, "total", now=LATER).code == 0
    assert blocks(accepted)["russia"] == before
    assert [state["rows"] for state in states(accepted)] == [4, 5]
    assert diff(accepted)[0] == 1
    assert accept(accepted, now=LATER).code == 0
    assert [state["rows"] for state in states(accepted)] == [5]


def test_the_same_verdict_on_other_data_is_recorded_anew_and_said(accepted: Desk) -> None:
    accepted.write("evidence/posts.csv", OTHER_ORDER)
    code, found = diff(accepted)
    assert (code, found["changed"], found["same"]) == (0, [], 3)
    done = accept(accepted, "--dry-run", now=LATER)
    assert "The same verdict, recorded anew its data are others: russia, total" in " ".join(done.out.split())
    assert "wrote" not in done.out
    assert [block["accepted"] for block in blocks(accepted).values()] == [NOW] * 3
    accept(accepted, now=LATER)
    assert [block["accepted"] for block in blocks(accepted).values()] == [NOW, LATER, LATER]


def test_another_meaning_of_a_claim_is_recorded_anew(accepted: Desk) -> None:
    accepted.write("claims/one.yaml", CLAIMS.replace("at most 10", "fewer than 20"))
    done = accept(accepted, now=LATER)
    assert "its claim reads otherwise: total" in done.out
    assert blocks(accepted)["total"]["claim"]["spec"]["claimed"] == "fewer than 20"


def test_rules_of_the_project_are_recorded(accepted: Desk) -> None:
    accepted.write("factcheck.yaml", "confidence: {missing: {share: {one: 10%}}}\n")
    assert accept(accepted).code == 0
    rules = {"confidence": {"missing": {"share": {"one": "10%"}}}}
    assert [block["claim"]["rules"] for block in blocks(accepted).values()] == [rules] * 3


def test_new_and_lost_claims_are_told_and_fail_only_strictly(accepted: Desk) -> None:
    accepted.write("claims/one.yaml", CLAIMS.replace("id: total", "id: sum"))
    code, found = diff(accepted)
    assert code == 0
    assert [(one["id"], one["was"], one["now"]) for one in found["changed"]] == [
        ("sum", None, "supported"),
        ("total", "supported", None),
    ]
    assert found["changed"][1]["statement"] == "There were at most ten posts."
    assert diff(accepted, "--strict")[0] == 1
    said = told(accepted, "baseline", "diff", "-q")
    assert "2 verdicts as accepted; 1 not in it yet (sum); 1 claim gone (total)." in said
    assert "Not in the baseline yet sum: Supported; found 4." in said
    assert "The claim total, supported on 21 November 2026, is no longer among the claims." in said
    assert accept(accepted).code == 0
    assert list(blocks(accepted)) == ["feelings", "russia", "sum"]


def test_accepting_some_claims_leaves_those_that_are_gone(accepted: Desk) -> None:
    accepted.write("claims/one.yaml", CLAIMS.replace("id: total", "id: sum"))
    accept(accepted, "sum")
    assert list(blocks(accepted)) == ["feelings", "russia", "sum", "total"]
    assert [one["id"] for one in diff(accepted, "sum")[1]["changed"]] == []
    assert [one["id"] for one in diff(accepted, "tot*")[1]["changed"]] == ["total"]
    done = accept(accepted, "total")
    assert done.code == 0
    assert "1 claim gone (total)" in done.out
    assert list(blocks(accepted)) == ["feelings", "russia", "sum"]


def test_claims_are_named_by_ids_globs_files_and_selections(desk: Desk) -> None:
    desk.write("claims/two.yaml", CLAIMS.replace("id: ", "id: other-"))
    accept(desk, "r*", "other-total")
    assert (list(blocks(desk)), list(blocks(desk, "two"))) == (["russia"], ["other-total"])
    accept(desk, "claims/one.yaml")
    assert (list(blocks(desk)), list(blocks(desk, "two"))) == (["feelings", "russia", "total"], ["other-total"])
    accept(desk, "--select", "file:claims/two.yaml")
    assert list(blocks(desk, "two")) == ["other-feelings", "other-russia", "other-total"]
    accept(desk, "outcome:supported")
    done = accept(desk, "totl")
    assert done.code == 2
    assert "no claim matches 'totl'\n    did you mean 'total'" in done.err
    assert "for the folder, write claims/" in accept(desk, "claims").err


def test_a_file_that_was_not_read_keeps_its_claims(accepted: Desk) -> None:
    accepted.write("claims/two.yaml", CLAIMS.replace("id: ", "id: other-"))
    assert accept(accepted, "claims/two.yaml").code == 0
    assert list(blocks(accepted)) == ["feelings", "russia", "total"]
    accepted.write("claims/two.yaml", CLAIMS.replace("id: ", "id: another-"))
    accept(accepted, "claims/one.yaml")
    assert list(blocks(accepted, "two")) == ["other-feelings", "other-russia", "other-total"]


def test_claims_in_another_folder_are_not_gone_because_nobody_reads_them(accepted: Desk) -> None:
    accepted.write("drafts/🏖.yaml", CLAIMS.replace("id: ", "id: draft-"))
    assert accept(accepted, "drafts/🏖.yaml").code == 0
    assert list(blocks(accepted, "drafts/🏖")) == ["draft-feelings", "draft-russia", "draft-total"]
    assert diff(accepted)[1]["changed"] == []
    assert accept(accepted).out.splitlines()[-1] == "nothing is to be written"
    accepted.write("drafts/🏖.yaml", CLAIMS.replace("id: ", "id: draft-").replace("claimed: half", "claimd: half"))
    assert diff(accepted)[1]["changed"] == []
    (accepted.root / "drafts" / "🏖.yaml").unlink()
    assert [one["id"] for one in diff(accepted)[1]["changed"]] == ["draft-feelings", "draft-russia", "draft-total"]


def test_a_claim_with_an_error_does_not_pass_for_one_that_is_gone(accepted: Desk) -> None:
    before = text(accepted)
    accepted.write("claims/one.yaml", CLAIMS.replace("claimed: at most 10", "claimd: at most 10"))
    for arguments in ((), ("total",), ("claims/one.yaml",), ("tot*", "russia")):
        done = accept(accepted, *arguments)
        assert done.code == 2, arguments
        assert "unknown key 'claimd'" in done.err
    accepted.write("claims/two.yaml", "claims:\n  - id: total" + CLAIMS.split("  - id: total")[1].replace("claimed", "claimd"))
    accepted.write("claims/one.yaml", CLAIMS.split("  - id: total")[0])
    accept(accepted, "claims/one.yaml")
    assert text(accepted) == before


def test_a_renamed_claim_file_takes_its_verdicts_along(accepted: Desk) -> None:
    before = text(accepted)
    (accepted.root / "claims" / "sub").mkdir()
    os.rename(accepted.root / "claims" / "one.yaml", accepted.root / "claims" / "sub" / "élections.yaml")
    code, found = diff(accepted, "--strict")
    assert (code, found["changed"], found["same"]) == (0, [], 3)
    done = accept(accepted, now=LATER)
    assert "russia: now in baselines/sub/élections.json, before in baselines/one.json" in " ".join(done.out.split())
    assert done.out.splitlines()[-2:] == ["removed baselines/one.json", "wrote baselines/sub/élections.json"]
    assert text(accepted, "sub/élections") == before
    assert not (accepted.root / "baselines" / "one.json").exists()


def test_a_claim_that_moves_to_a_file_that_is_not_read_is_not_gone(accepted: Desk) -> None:
    kept, moved = CLAIMS.split("  - id: total")
    accepted.write("claims/one.yaml", kept)
    accepted.write("claims/two.yaml", f"claims:\n  - id: total{moved}")
    accept(accepted, "claims/one.yaml")
    assert list(blocks(accepted)) == ["feelings", "russia", "total"]
    accept(accepted)
    assert (list(blocks(accepted)), list(blocks(accepted, "two"))) == (["russia"], ["feelings", "total"])


def test_what_cannot_be_evaluated_is_never_recorded(accepted: Desk) -> None:
    before = text(accepted)
    (accepted.root / "evidence" / "posts.csv").unlink()
    done = accept(accepted)
    assert done.code == 3
    said = " ".join(done.out.split())
    assert "Not recorded, for they could not be evaluated russia: " in said
    assert "posts.csv" in said
    assert text(accepted) == before
    assert diff(accepted)[0] == 3


def test_a_person_is_asked_before_a_recorded_verdict_is_replaced(
    accepted: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(baseline_command, "_watched", lambda: True)
    monkeypatch.chdir(accepted.root)
    before = text(accepted)
    accepted.write("evidence/posts.csv", MORE)

    def answered(answer: str, *arguments: str) -> Any:
        return CliRunner().invoke(main, ["baseline", "accept", "-q", *arguments], input=answer)

    refused = answered("n\n")
    assert (refused.exit_code, text(accepted)) == (1, before)
    assert "nothing was written" in refused.stderr
    assert answered("", "--dry-run").exit_code == 0
    assert text(accepted) == before
    assert answered("y\n").exit_code == 0
    assert text(accepted) != before
    accepted.write("claims/two.yaml", CLAIMS.replace("id: ", "id: other-"))
    assert answered("").exit_code == 0, "nothing that is recorded would change"
    accepted.write("evidence/posts.csv", OTHER_ORDER)
    assert answered("", "--yes").exit_code == 0


def test_what_somebody_else_accepts_meanwhile_is_not_lost(
    accepted: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(baseline_command, "_watched", lambda: True)
    monkeypatch.chdir(accepted.root)
    accepted.write("evidence/posts.csv", MORE)

    def meanwhile(*_: object, **__: object) -> bool:
        accepted.write("baselines/one.json", text(accepted).replace(f'"accepted": "{NOW}"', '"accepted": "2026-11-22"'))
        return True

    monkeypatch.setattr("click.confirm", meanwhile)
    done = CliRunner().invoke(main, ["baseline", "accept", "-q"])
    assert done.exit_code == 2
    assert "baselines/ has changed since it was read\n    run the command again" in done.stderr
    assert [block["accepted"] for block in blocks(accepted).values()] == ["2026-11-22"] * 3


def test_without_a_baseline_diff_says_how_to_make_one(desk: Desk) -> None:
    for arguments in (("baseline", "diff"), ("check", "--strict")):
        done = desk.run(*arguments)
        assert done.code == 2
        assert "there is nothing to compare with: the project has no baselines/" in done.err
        assert "`factcheck baseline accept` records today's verdicts" in done.err


@pytest.mark.parametrize("command", [("baseline", "diff"), ("baseline", "accept"), ("check",), ("report",)])
def test_a_damaged_baseline_stops_everything_that_rests_on_it(accepted: Desk, command: tuple[str, ...]) -> None:
    whole = text(accepted)
    accepted.write("baselines/one.json", f"<<<<<<< HEAD\n{whole}=======\n{whole}>>>>>>> other\n")
    accepted.write("baselines/two.json", whole[:500])
    done = accepted.run(*command)
    assert done.code == 2
    assert "baselines/one.json:1:1: a merge has left two versions here" in done.err
    assert "baselines/two.json:" in done.err
    assert accepted.root.joinpath("baselines/two.json").read_text(encoding="utf-8") == whole[:500]


def test_check_and_report_go_by_the_baseline_of_the_project(accepted: Desk) -> None:
    assert "Beside the baseline: 3 verdicts as accepted." in accepted.run("check").out
    accepted.write("evidence/posts.csv", MORE)
    done = accepted.run("check", "--format", "json")
    assert done.code == 1
    assert [(one["id"], one["was"], one["now"]) for one in json.loads(done.out)["changed"]] == [
        ("russia", "supported", "refuted"),
        ("total", "supported", "supported"),
    ]
    page = accepted.run("report", "--output", "-")
    assert page.code == 1
    assert "Supported on 21 November 2026, now refuted" in page.out


def test_against_takes_a_baseline_its_folder_and_results(accepted: Desk, tmp_path: Path) -> None:
    accepted.run("check", "--format", "json", "--output", "results.json")
    accepted.write("claims/two.yaml", CLAIMS.replace("id: ", "id: other-"))
    accepted.write("elsewhere/one.json", text(accepted))
    accepted.write("evidence/posts.csv", MORE)
    found = {}
    for against in ("baselines", "baselines/one.json", "elsewhere", "elsewhere/one.json", "results.json"):
        done = accepted.run("check", "--format", "json", "--against", against)
        assert done.code == 1, done.said
        found[against] = {one["id"]: one["was"] for one in json.loads(done.out)["changed"]}
    assert found["baselines/one.json"] == found["elsewhere/one.json"] == {"russia": "supported", "total": "supported"}
    others = {"other-russia": None, "other-total": None, "other-feelings": None}
    for whole in ("baselines", "elsewhere", "results.json"):
        assert found[whole] == {"russia": "supported", "total": "supported"} | others
    accepted.write("empty/keep", "")
    assert "empty holds no accepted verdicts" in accepted.run("check", "--against", "empty").err


def test_a_run_in_python_tells_what_changed_and_why(accepted: Desk) -> None:
    against = accepted.root / "baselines"
    assert factcheck.check(project=accepted.root, against=against).changed == ()
    accepted.write("evidence/posts.csv", MORE)
    run = factcheck.check(project=accepted.root, against=against)
    assert [(one.id, one.was, one.now, one.because) for one in run.changed] == [
        ("russia", "supported", "refuted", "data"),
        ("total", "supported", "supported", "data"),
    ]
    assert run.baseline == "baselines"
    assert factcheck.check(project=accepted.root).changed == ()
    with pytest.raises(factcheck.SpecError, match="does not exist"):
        factcheck.check(project=accepted.root, against="nothing.json")


def test_a_selection_is_held_against_its_own_part_alone(accepted: Desk) -> None:
    accepted.write("claims/one.yaml", CLAIMS.replace("id: total", "id: sum"))
    done = accepted.run("check", "--select", "russia", "--strict", "--format", "json")
    assert (done.code, json.loads(done.out)["changed"]) == (0, [])
    accepted.write("claims/two.yaml", CLAIMS.replace("id: ", "id: other-"))
    done = accepted.run("check", "claims/two.yaml", "--format", "json")
    assert {one["id"] for one in json.loads(done.out)["changed"]} == {"other-russia", "other-total", "other-feelings"}


def test_a_project_without_a_baseline_hears_nothing_of_it(desk: Desk) -> None:
    assert "baseline" not in desk.run("check").said
    (desk.root / "baselines").mkdir()
    assert "baseline" not in desk.run("check").said


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(desk: Desk) -> None:
    (desk.root / "baselines").mkdir(mode=0o500)
    done = accept(desk)
    assert done.code == 2
    assert "cannot be written: Permission denied" in done.err


def test_a_file_in_the_place_of_the_folder_is_told(desk: Desk) -> None:
    desk.write("baselines", "")
    done = accept(desk)
    assert done.code == 2
    assert "cannot be written" in done.err
