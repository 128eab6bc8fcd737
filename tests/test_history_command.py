"""The history from the command line: runs are recorded as a person makes them, and told as a person reads them."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sqlite3
import sys
from pathlib import Path

import pytest

from bad_input.desk import Desk

CLAIMS = """\
claims:
  - id: russia
    statement: Half of the posts came from Russia.
    dataset: posts
    measure: {share: "country = 'Russia'"}
    claimed: half
  - id: total
    statement: There were four posts.
    dataset: posts
    measure: {count: rows}
    claimed: "4"
"""
MORE = b"id,country\n1,Russia\n2,Spain\n3,Spain\n4,Spain\n5,Spain\n"
DATABASE = ".factcheck/history.sqlite"


@pytest.fixture
def desk(tmp_path) -> Desk:
    desk = Desk(tmp_path)
    desk.write("claims/one.yaml", CLAIMS)
    checked(desk, "2026-11-20")
    return desk


def checked(desk: Desk, day: str, *more: str, code: int = 0) -> str:
    done = desk.run("check", "-q", "--now", day, *more)
    assert done.code == code, done.said
    return done.err


def history(desk: Desk, *arguments: str) -> str:
    done = desk.run("history", *arguments)
    assert done.code == 0, done.said
    return done.out


def told(desk: Desk, claim: str, *more: str) -> list[list[str]]:
    """The cells of the table in Markdown, below its head."""
    lines = [line for line in history(desk, claim, "--format", "markdown", *more).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def as_json(desk: Desk, claim: str) -> list[dict[str, object]]:
    return json.loads(history(desk, claim, "--format", "json"))["history"]


def test_data_that_change_are_told_and_checks_without_change_are_one_line(desk: Desk) -> None:
    for day in ("2026-11-21", "2026-11-22"):
        checked(desk, day)
    desk.write("evidence/posts.csv", MORE)
    checked(desk, "2026-11-23")
    first, quiet, last = told(desk, "russia")
    assert first == ["20 November 2026", "✓ supported", "50%", "high", "first check"]
    assert quiet[-1] == "unchanged in 2 checks until 22 November 2026"
    assert last[:4] == ["23 November 2026", "✗ refuted", "20%", "high"]
    assert last[-1].startswith("verdict, direction")
    assert last[-1].endswith(", because the data changed")
    assert len(told(desk, "russia", "--all")) == 4
    rows = as_json(desk, "russia")
    assert [row["because"] for row in rows] == [None, None, None, "data"]
    assert [row["differs"] for row in rows] == [[], [], [], ["data"]]
    assert [row["estimate"] for row in rows] == [0.5, 0.5, 0.5, 0.2]


def test_a_claim_that_was_edited_is_told_with_its_figures(desk: Desk) -> None:
    desk.write("claims/one.yaml", CLAIMS.replace("claimed: half", "claimed: 60%"))
    checked(desk, "2026-11-21")
    assert "the figure claimed (half → 60%)" in told(desk, "russia")[-1][-1]
    assert as_json(desk, "russia")[-1]["because"] == "claim"
    assert told(desk, "total")[-1][-1] == "unchanged in 1 check until 21 November 2026"


def test_data_that_change_without_moving_anything_are_not_hidden(desk: Desk) -> None:
    desk.write("evidence/posts.csv", (desk.root / "evidence/posts.csv").read_bytes().replace(b"bob", b"rob"))
    checked(desk, "2026-11-21")
    assert told(desk, "russia")[-1][-1] == "the data changed, the findings did not"


def test_comments_and_other_claims_change_nothing(desk: Desk) -> None:
    desk.write("claims/one.yaml", "# a remark\n" + CLAIMS.replace("There were four", "We found four"))
    checked(desk, "2026-11-21")
    assert told(desk, "russia")[-1][-1] == "unchanged in 1 check until 21 November 2026"


def test_a_claim_that_was_renamed_leads_to_its_old_name(desk: Desk) -> None:
    desk.write("claims/one.yaml", CLAIMS.replace("id: russia", "id: from-russia"))
    checked(desk, "2026-11-21")
    assert told(desk, "russia")[-1][-1] == "no longer among the claims on 21 November 2026"
    assert "the same claim was called 'russia'" in history(desk, "from-russia")
    assert "no longer among the claims" in re.sub(r"\s+", " ", history(desk))


def test_a_part_of_the_claims_does_not_make_the_others_gone(desk: Desk) -> None:
    checked(desk, "2026-11-21", "--select", "total")
    assert [row["whole"] for row in as_json(desk, "total")] == [True, False]
    assert "no longer" not in history(desk, "russia")


def test_evidence_that_fails_is_told_and_blamed_on_nothing(desk: Desk) -> None:
    content = (desk.root / "evidence/posts.csv").read_bytes()
    desk.write("evidence/posts.csv", b"\xff\xfe\x00")
    checked(desk, "2026-11-21", code=3)
    desk.write("evidence/posts.csv", content)
    checked(desk, "2026-11-22")
    _, failed, again = told(desk, "russia")
    assert failed[-1].startswith("could not be checked: ")
    assert again[-1] == "could be checked again"
    assert [row["because"] for row in as_json(desk, "russia")] == [None, None, None]


def test_bars_have_a_gap_where_nothing_was_measured_and_a_plain_form(desk: Desk) -> None:
    content = (desk.root / "evidence/posts.csv").read_bytes()
    desk.write("evidence/posts.csv", MORE)
    checked(desk, "2026-11-21")
    desk.write("evidence/posts.csv", b"\xff\xfe\x00")
    checked(desk, "2026-11-22", code=3)
    desk.write("evidence/posts.csv", content)
    checked(desk, "2026-11-23")
    assert "Estimate in 4 checks: █▁ █  claimed: █" in history(desk, "russia")
    plain = desk.spawn("history", "russia", PYTHONIOENCODING="ascii").stdout.decode("ascii")
    assert "Estimate in 4 checks: @. @  claimed: @" in plain
    assert "+ supported" in plain


def test_the_list_has_every_claim(desk: Desk) -> None:
    desk.write("evidence/posts.csv", MORE)
    checked(desk, "2026-11-23")
    checked(desk, "2026-11-24")
    claims = json.loads(history(desk, "--format", "json"))["claims"]
    assert [(one["id"], one["checks"], one["changed"][:10], one["last"][:10]) for one in claims] == [
        ("russia", 3, "2026-11-23", "2026-11-24"),
        ("total", 3, "2026-11-23", "2026-11-24"),
    ]
    assert [one["checks"] for one in json.loads(history(desk, "--format", "json", "--since", "2026-11-24"))["claims"]] == [1, 1]


def test_since_leaves_out_what_was_before_but_compares_with_it(desk: Desk) -> None:
    desk.write("evidence/posts.csv", MORE)
    checked(desk, "2026-11-23")
    (row,) = told(desk, "russia", "--since", "2026-11-21")
    assert "because the data changed" in row[-1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("rusia",), "did you mean 'russia'?"),
        (("russia", "total"), "name one claim"),
        (("russia", "--since", "yesterday"), "is no date; write 2026-11-21"),
        (("russia", "--since", "2027-01-01"), "the last check is of 2026-11-20"),
        (("--since", "2027-01-01"), "nothing was checked since 2027-01-01"),
        (("export", "--format", "markdown"), "written as json or csv"),
        (("--", "export"), "no claim called 'export'"),
    ],
)
def test_what_cannot_be_told_is_said(desk: Desk, arguments: tuple[str, ...], said: str) -> None:
    done = desk.run("history", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_there_may_be_no_history_yet(tmp_path: Path) -> None:
    done = Desk(tmp_path).run("history")
    assert done.code == 2
    assert "there is no history yet" in done.err
    assert not (tmp_path / ".factcheck").exists()


def test_a_claim_called_export_and_the_export(desk: Desk) -> None:
    desk.write("claims/one.yaml", CLAIMS.replace("id: total", "id: export"))
    checked(desk, "2026-11-21")
    rows = json.loads(history(desk, "export"))["rows"]
    assert [(row["run"], row["id"]) for row in rows] == [(1, "russia"), (1, "total"), (2, "export"), (2, "russia")]
    assert "There were four posts." in history(desk, "--", "export")
    table = list(csv.DictReader(io.StringIO(history(desk, "export", "--format", "csv"))))
    assert [(row["run"], row["id"]) for row in table] == [(str(row["run"]), row["id"]) for row in rows]


def test_an_export_tells_nothing_of_the_machine(desk: Desk) -> None:
    desk.run("check", "-q", str(desk.root / "claims/one.yaml"))
    desk.run("report", "-q", "--single", "total")
    text = history(desk, "export")
    assert str(desk.root) not in text
    assert os.uname().nodename not in text
    found = {(row["run"], row["command"], row["selection"], *row["paths"], row["whole"]) for row in json.loads(text)["rows"]}
    assert found == {
        (1, "check", None, True),
        (2, "check", None, "claims/one.yaml", False),
        (3, "report", "total", False),
    }


def test_hostile_text_is_harmless(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    statement = '"\\e[31m=cmd|<script>alert(1)</script> | x `"'
    desk.claim(f"statement: {statement}\nmeasure: {{count: rows}}\nclaimed: '4'")
    checked(desk, "2026-11-20")
    for arguments in (("one",), ("one", "--format", "markdown"), ("--format", "csv"), ("export", "--format", "csv")):
        text = history(desk, *arguments)
        assert "\x1b" not in text
    assert "<script>" not in history(desk, "one", "--format", "markdown")
    page = desk.run("report", "-q", "--history", "--format", "html", "--output", "-").out
    assert "<script>alert" not in page


def test_a_report_tells_the_past_only_where_it_is_asked_to(desk: Desk) -> None:
    desk.write("evidence/posts.csv", MORE)
    checked(desk, "2026-11-23")
    for form in ("markdown", "html"):
        arguments = ("report", "-q", "--now", "2026-11-24", "--format", form, "--output", "-")
        plain = desk.run(*arguments).out
        assert "Past verdicts" not in plain
        assert plain == desk.run(*arguments).out
        page = desk.run(*arguments, "--history").out
        assert page.count("first check") == 2
        assert "because the data changed" in page
        assert "unchanged in" in page


def test_explain_and_python_record_nothing(desk: Desk) -> None:
    import factcheck

    desk.run("explain", "russia")
    factcheck.check(desk.root / "claims/one.yaml")
    assert len(as_json(desk, "russia")) == 1


def test_a_damaged_history_costs_no_verdict(desk: Desk) -> None:
    desk.write(DATABASE, b"damaged " * 1000)
    done = desk.run("history", "russia")
    assert done.code == 2
    assert "damaged" in done.err
    done = desk.run("check", "--now", "2026-11-21", "--format", "json")
    assert done.code == 0
    assert json.loads(done.out)["summary"]["supported"] == 2
    (line,) = done.err.splitlines()
    assert re.fullmatch(r"the history was damaged; it is \.factcheck/history\.sqlite\.damaged-\S+ now, and a new one begins", line)
    assert len(as_json(desk, "russia")) == 1


def test_a_newer_history_costs_no_verdict_and_is_left_alone(desk: Desk) -> None:
    with sqlite3.connect(desk.root / DATABASE) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    done = desk.run("check", "--now", "2026-11-21")
    assert done.code == 0
    assert "this run is not in the history" in done.err
    assert "newer version of factcheck" in done.err
    assert "newer version of factcheck" in desk.run("history").err
    assert not list((desk.root / ".factcheck").glob("*.damaged-*"))


def test_a_history_that_cannot_be_written_costs_no_verdict(tmp_path: Path) -> None:
    """A folder stands where the database would: so it is refused to a superuser too."""
    desk = Desk(tmp_path)
    desk.write("claims/one.yaml", CLAIMS)
    (tmp_path / DATABASE).mkdir(parents=True)
    done = desk.run("check", "--format", "json")
    assert done.code == 0
    assert [line for line in done.err.splitlines() if "not in the history" in line]
    assert desk.run("check", "--quiet", "--format", "json").err == ""


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unwritable to the superuser")
def test_a_history_in_a_folder_that_cannot_be_written_is_still_read(desk: Desk) -> None:
    folder = desk.root / ".factcheck"
    folder.chmod(0o555)
    try:
        assert "first check" in history(desk, "russia")
        assert desk.run("check").code == 0
    finally:
        folder.chmod(0o755)


def test_help_needs_no_database() -> None:
    import subprocess

    code = "import sys; from factcheck.cli import main; assert 'sqlite3' not in sys.modules, 'loaded'"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_a_history_that_came_with_the_project_is_told_to_be_another_users(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    anothers = "begun by another user or on another machine"
    assert anothers not in desk.run("history").err
    monkeypatch.delenv("FACTCHECK_CACHE_KEY", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("another")))
    checked(desk, "2026-11-21")  # which does not make the history one's own
    for command in (("history",), ("history", "total"), ("report", "--history", "--now", "2026-11-22")):
        done = desk.run(*command)
        assert done.code == 0, done.said
        assert anothers in done.err, command
    (desk.root / DATABASE).unlink()
    checked(desk, "2026-11-23")
    assert anothers not in desk.run("history").err
