"""`pytest claims/`: claims as tests, in a process of its own as people run it."""

from __future__ import annotations

import gzip
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from factcheck.verdicts.history_reading import history

pytest_plugins = ["pytester"]

MANIFEST = "datasets: {posts: {files: posts.csv, completeness: complete}}\n"
CLAIMS = """
tags: [posts]
claims:
  - id: two-rows
    statement: There are two posts.
    dataset: posts
    measure: {count: rows}
    claimed: 2
    tags: [skip, social media, кириллица, "a:b"]
  - id: half-liked
    statement: Half of the posts were liked.
    dataset: posts
    measure: {share: likes > 0}
    claimed: half
    tags: [liked-ones]
"""


def write(root: Path, file: str, text: str) -> Path:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def make(root: Path) -> Path:
    write(root, "evidence/posts.yaml", MANIFEST)
    write(root, "evidence/posts.csv", "id,likes\n1,0\n2,5\n")
    write(root, "claims/posts.yaml", CLAIMS)
    return root


@pytest.fixture
def project(pytester: pytest.Pytester) -> Path:
    return make(pytester.path)


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    # What reads assertions again is of no use here, and would read all of factcheck where no byte code may be kept.
    return pytester.runpytest_subprocess("--assert=plain", "--strict-markers", "-W", "error", *arguments)


def grown(project: Path) -> None:
    """A third post, which nobody liked: the count changes its verdict, the share too."""
    write(project, "evidence/posts.csv", "id,likes\n1,0\n2,5\n3,0\n")


def test_claims_pass_without_a_baseline_and_the_summary_says_so_once(
    pytester: pytest.Pytester, project: Path
) -> None:
    result = run(pytester, "claims", "-v")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["claims/posts.yaml::two-rows PASSED*", "claims/posts.yaml::half-liked PASSED*"])
    assert "2 claims: 2 supported" in result.stdout.lines
    assert sum("2 claims have no accepted verdict" in line for line in result.stdout.lines) == 1


def test_a_verdict_that_left_its_baseline_fails_in_words(pytester: pytest.Pytester, project: Path) -> None:
    accepted = run(pytester, "claims", "--factcheck-accept")
    accepted.assert_outcomes(passed=2)
    accepted.stdout.fnmatch_lines(["recorded in baselines/posts.json"])
    accepted.stdout.no_fnmatch_line("*no accepted verdict*")
    grown(project)
    result = run(pytester, "claims")
    result.assert_outcomes(failed=2)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(
        [
            "Supported on *, now refuted: estimate 2*→ 3*",
            "  claim: There are two posts.",
            "  today: Refuted*",
            "  if today's verdict is right: factcheck baseline accept two-rows",
            "2 claims: 2 refuted",
            "FAILED claims/posts.yaml::two-rows - Failed: Supported on *",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*nodes.py*")


def test_accepting_a_selection_records_no_other_claim(pytester: pytest.Pytester, project: Path) -> None:
    run(pytester, "claims", "--factcheck-accept", "-k", "two-rows").assert_outcomes(passed=1, deselected=1)
    assert [*json.loads((project / "baselines/posts.json").read_text())["claims"]] == ["two-rows"]
    before = (project / "baselines/posts.json").read_bytes()
    grown(project)
    run(pytester, "claims/posts.yaml::half-liked", "--factcheck-accept").assert_outcomes(passed=1)
    run(pytester, "claims").assert_outcomes(passed=1, failed=1)
    assert (project / "baselines/posts.json").read_bytes() != before


def test_strict_fails_at_figures_and_at_claims_not_accepted(pytester: pytest.Pytester, project: Path) -> None:
    fresh = run(pytester, "claims", "--factcheck-strict")
    fresh.assert_outcomes(failed=2)
    fresh.stdout.fnmatch_lines(["No verdict on this claim has been accepted yet."])
    loose = CLAIMS.replace("claimed: half", "claimed: at most half").replace("claimed: 2", "claimed: at least 2")
    write(project, "claims/posts.yaml", loose)
    run(pytester, "claims", "--factcheck-accept", "--factcheck-strict").assert_outcomes(passed=2)
    grown(project)
    run(pytester, "claims").assert_outcomes(passed=2)
    moved = run(pytester, "claims", "--factcheck-strict")
    moved.assert_outcomes(failed=2)
    moved.stdout.fnmatch_lines(["Still supported, but not as on *"])


def test_a_claim_that_is_gone_is_told_and_fails_a_strict_run(pytester: pytest.Pytester, project: Path) -> None:
    run(pytester, "claims", "--factcheck-accept").assert_outcomes(passed=2)
    write(project, "claims/posts.yaml", CLAIMS.split("  - id: half-liked")[0])
    told = "The claim 'half-liked', supported on *, is no longer among the claims."
    relaxed, strict = run(pytester, "claims"), run(pytester, "claims", "--factcheck-strict")
    for result in (relaxed, strict):
        result.assert_outcomes(passed=1)
        result.stdout.fnmatch_lines([told])
    assert (relaxed.ret, strict.ret) == (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)
    run(pytester, "claims", "--factcheck-accept").stdout.fnmatch_lines(["no longer recorded*: half-liked"])
    assert run(pytester, "claims", "--factcheck-strict").ret == pytest.ExitCode.OK


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (("-k", "half"), {"half-liked"}),
        (("-m", "liked-ones"), {"half-liked"}),
        (("-m", "posts and not liked-ones"), {"two-rows"}),
        (("-m", "social_media"), {"two-rows"}),
        (("-m", "кириллица"), {"two-rows"}),
        (("-m", "a_b"), {"two-rows"}),
        (("-m", "tag_skip"), {"two-rows"}),  # as a marker, skip would leave the claim out
        (("-m", "factcheck"), {"half-liked", "two-rows"}),
    ],
)
def test_selecting(pytester: pytest.Pytester, project: Path, arguments: tuple[str, ...], ids: set[str]) -> None:
    result = run(pytester, "--collect-only", "-q", *arguments)
    assert {line.rpartition("::")[2] for line in result.stdout.lines if "::" in line} == ids


def test_workers_come_to_the_same_outcomes_and_evaluate_once(pytester: pytest.Pytester, project: Path) -> None:
    write(project, "claims/more.yaml", CLAIMS.replace("two-rows", "two-more").replace("half-liked", "half-more"))
    run(pytester, "claims", "-n", "2", "--factcheck-accept").assert_outcomes(passed=4)
    recorded = [json.loads((project / f"baselines/{name}.json").read_text())["claims"] for name in ("posts", "more")]
    assert [sorted(one) for one in recorded] == [["half-liked", "two-rows"], ["half-more", "two-more"]]
    grown(project)
    write(
        project,
        "conftest.py",
        """
        import pathlib
        import factcheck.running as running
        whole = running.evaluated
        def counted(*a, **k):
            with (pathlib.Path(__file__).parent / "evaluations").open("a") as file:
                file.write("x")
            return whole(*a, **k)
        running.evaluated = counted
        """.replace("\n        ", "\n"),
    )
    parallel = run(pytester, "claims", "-n", "2")
    parallel.assert_outcomes(failed=4)
    parallel.stdout.fnmatch_lines(["4 claims: 4 refuted"])
    assert (project / "evaluations").read_text() == "x"
    run(pytester, "claims").assert_outcomes(failed=4)


def test_runs_are_in_the_history_and_collecting_alone_is_not(pytester: pytest.Pytester, project: Path) -> None:
    run(pytester, "claims", "--collect-only", "-q")
    with history(project) as kept:
        assert kept is None or not kept.runs()
    run(pytester, "claims", "--factcheck-accept")
    grown(project)
    run(pytester, "claims", "-n", "2", "-k", "two-rows")
    with history(project) as kept:
        assert kept is not None
        runs = [(one.run.command, one.run.selection, one.record.figures["outcome"]) for one in kept.of("two-rows")]
        assert runs == [("pytest", None, "supported"), ("pytest", "two-rows", "refuted")]
        assert [one.run.selection for one in kept.of("half-liked")] == [None]


def test_errors_in_specs_are_told_at_their_place(pytester: pytest.Pytester, project: Path) -> None:
    write(project, "claims/wrong.yaml", CLAIMS.replace("two-rows", "other").replace("dataset: posts", "datset: posts"))
    result = run(pytester, "claims")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["claims/wrong.yaml:6:5: unknown key 'datset'*", "*did you mean 'dataset'?"])
    result.stdout.no_fnmatch_line("*nodes.py*")
    on = run(pytester, "claims", "--continue-on-collection-errors")
    on.assert_outcomes(errors=1, passed=2)


def test_an_error_in_a_manifest_is_told_once(pytester: pytest.Pytester, project: Path) -> None:
    write(project, "claims/more.yaml", CLAIMS.replace("two-rows", "two-more").replace("half-liked", "half-more"))
    write(project, "evidence/posts.yaml", MANIFEST.replace("completeness", "compleeteness"))
    result = run(pytester, "claims")
    result.assert_outcomes(errors=1)
    assert sum("did you mean 'completeness'?" in line for line in result.stdout.lines) == 1


def test_a_broken_baseline_is_an_error_of_the_project(pytester: pytest.Pytester, project: Path) -> None:
    write(project, "baselines/posts.json", '{"baseline": 1, "claims":')
    result = run(pytester, "claims")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["baselines/posts.json:1:*: this is no JSON*"])


def test_a_claim_whose_evidence_fails_fails_with_the_reason(pytester: pytest.Pytester, project: Path) -> None:
    rows = "id,likes\n" + "".join(f"{i * 7919 % 100_003},1\n" for i in range(60_000))
    (project / "evidence/posts.csv.gz").write_bytes(gzip.compress(rows.encode())[:-4000])
    write(project, "evidence/posts.yaml", MANIFEST.replace("posts.csv", "posts.csv.gz"))
    write(project, "evidence/other.yaml", MANIFEST.replace("posts", "other"))
    write(project, "evidence/other.csv", "id\n1\n")
    other = CLAIMS.split("  - id: half-liked")[0].replace("two-rows", "one").replace("dataset: posts", "dataset: other")
    write(project, "claims/other.yaml", other.replace("claimed: 2", "claimed: 1"))
    result = run(pytester, "claims", "--factcheck-accept")
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(["This claim could not be evaluated: *posts*"])
    assert not (project / "baselines/posts.json").exists()


def test_against_other_results(pytester: pytest.Pytester, project: Path) -> None:
    run(pytester, "claims", "--factcheck-accept")
    (project / "baselines").rename(project / "march")
    grown(project)
    run(pytester, "claims").assert_outcomes(passed=2)
    run(pytester, "claims", "--factcheck-against", "march").assert_outcomes(failed=2)
    missing = run(pytester, "claims", "--factcheck-against", "april")
    missing.assert_outcomes(errors=1)
    missing.stdout.fnmatch_lines(["*april*"])
    both = run(pytester, "claims", "--factcheck-against", "march", "--factcheck-accept")
    assert both.ret == pytest.ExitCode.USAGE_ERROR


def test_files_of_other_people_are_left_alone(pytester: pytest.Pytester) -> None:
    """A folder called claims may be an insurer's; nothing heavy is imported for it."""
    write(pytester.path, "tests/claims/car.yaml", "claims: [{number: 1}]\n")
    write(pytester.path, "settings.yml", "a: 1\n")
    write(
        pytester.path,
        "test_it.py",
        "import sys\ndef test_it():\n    assert not {'pydantic', 'duckdb', 'numpy', 'click', 'yaml'} & {*sys.modules}\n",
    )
    result = run(pytester)
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*factcheck ====*")
    write(pytester.path, "tests/claims/fleet.yaml", "number: 1\n")
    (pytester.path / "tests/claims/car.yaml").unlink()
    assert run(pytester, "test_it.py", "tests/claims").parseoutcomes() == {"passed": 1}  # named, and no claims in it


def test_claims_beside_other_tests(pytester: pytest.Pytester, project: Path) -> None:
    write(project, "test_it.py", "def test_it(request):\n    request.node.user_properties.append(('claim', 'mine'))\n")
    write(project, "claims/.hidden.yaml", "nothing")
    result = run(pytester, "--junitxml=out.xml", "-o", "junit_family=xunit1")
    result.assert_outcomes(passed=3)
    assert "2 claims: 2 supported" in result.stdout.lines
    assert run(pytester, "-m", "not factcheck").parseoutcomes()["passed"] == 1
    case = ET.parse(project / "out.xml").getroot().find(".//testcase[@name='half-liked']")
    assert case is not None
    assert case.get("file") == "claims/posts.yaml"
    assert "id: half-liked" in CLAIMS.split("\n")[int(case.get("line") or 0)]  # where an editor jumps to; from 0
    found = {one.get("name"): one.get("value") for one in case.iter("property")}
    assert {"claim": "half-liked", "outcome": "supported", "estimate": "0.5", "baseline": "none"}.items() <= found.items()


def test_from_a_subfolder_and_for_a_file_outside_claims(
    pytester: pytest.Pytester, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project, "drafts/new.yaml", CLAIMS.replace("two-rows", "drafted").split("  - id: half-liked")[0])
    (project / "sub").mkdir()
    assert run(pytester, "drafts").parseoutcomes() == {}
    monkeypatch.chdir(project / "sub")
    run(pytester, "../claims", "../drafts/new.yaml").assert_outcomes(passed=3)


def test_several_projects(pytester: pytest.Pytester) -> None:
    for name in ("one", "two"):
        make(pytester.path / name)
    run(pytester, "--factcheck-accept").assert_outcomes(passed=4)
    grown(pytester.path / "two")
    result = run(pytester)
    result.assert_outcomes(passed=2, failed=2)
    result.stdout.fnmatch_lines(["FAILED two/claims/posts.yaml::two-rows*", "FAILED two/claims/posts.yaml::half-liked*"])


def test_ids_in_any_script(pytester: pytest.Pytester, project: Path) -> None:
    write(project, "claims/mexiko.yaml", CLAIMS.replace("two-rows", "муэре-прi").split("  - id: half-liked")[0])
    result = run(pytester, "claims/mexiko.yaml::муэре-прi", "-v")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["claims/mexiko.yaml::муэре-прi PASSED*"])


def test_warnings_about_specs_are_told_and_cost_nothing(pytester: pytest.Pytester, project: Path) -> None:
    twice = CLAIMS.replace("measure: {count: rows}", "measure: {count: rows}\n    quantity: posts", 1)
    again = twice.split("  - id: half-liked")[0].replace("two-rows", "three-rows").replace("claimed: 2", "claimed: 3")
    write(project, "claims/again.yaml", again)
    write(project, "claims/posts.yaml", twice)
    result = run(pytester, "claims")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["claims/*.yaml:*: warning: *says 3 *says 2 *"])
    run(pytester, "claims", "--disable-warnings").stdout.no_fnmatch_line("*warning: *")
