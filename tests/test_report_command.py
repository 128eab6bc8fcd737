"""`factcheck report` as an editor uses it: one claim, several forms, the browser, and watching while writing."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest

from bad_input.desk import ENVIRONMENT, NOW, Desk, command

CLAIMS = """\
title: Who posted?
claims:
  - id: russia-share
    statement: Half of the posts came from Russia.
    dataset: posts
    measure: {share: "country = 'Russia'"}
    claimed: half
  - id: posts-total
    statement: There were nine posts.
    dataset: posts
    measure: {count: rows}
    claimed: nine
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.write("claims/who.yaml", CLAIMS)
    return desk


def names(desk: Desk) -> set[str]:
    folder = desk.root / "reports"
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_several_forms_come_from_one_evaluation(desk: Desk) -> None:
    done = desk.run("report", "--format", "markdown", "--format", "html")
    assert done.code == 0
    assert done.out.splitlines() == [
        "reports/who.md, with 2 pictures",
        "reports/who.html",
    ]
    assert names(desk) == {"who.md", "who.html", "who/russia-share-scale.svg", "who/posts-total-scale.svg"}


def test_one_claim_has_a_page_of_its_own_and_is_evaluated_alone(desk: Desk) -> None:
    desk.write("evidence/broken.csv", b"\xff\xfe\x00")
    desk.manifest({"files": "absent.csv", "completeness": "complete"}, "absent")
    text = CLAIMS + "  - {id: lost, statement: x, dataset: absent, measure: {count: rows}, claimed: '1'}\n"
    desk.write("claims/who.yaml", text)
    done = desk.run("report", "--single", "russia-share", "--format", "html")
    assert done.code == 0, done.err  # the other claim's evidence is not even opened
    assert names(desk) == {"russia-share.html"}
    page = (desk.root / "reports/russia-share.html").read_text(encoding="utf-8")
    assert "Half of the posts came from Russia." in page
    assert "nine posts" not in page


def test_the_page_of_a_claim_that_is_called_like_its_file_replaces_no_report_of_the_file(desk: Desk) -> None:
    desk.write("claims/who.yaml", CLAIMS.replace("id: russia-share", "id: who"))
    desk.run("report")
    before = {name: (desk.root / "reports" / name).read_bytes() for name in names(desk)}
    done = desk.run("report", "--single", "who")
    assert done.out.splitlines() == ["reports/who/who.md, with 1 picture"]
    assert names(desk) == before.keys() | {"who/who.md", "who/who/who-scale.svg"}
    assert before == {name: (desk.root / "reports" / name).read_bytes() for name in before}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--single", "rusia-share"], "no claim is called 'rusia-share'\n    did you mean 'russia-share'?"),
        (["--single", "*"], "no claim is called '*'"),
        (["--single", "tag:x"], "no claim is called 'tag:x'"),
        (["--single", "russia-share", "--select", "posts-total"], "leave out --select"),
        (["--format", "html", "--format", "markdown", "--output", "x.html"], "--output takes one form"),
        (["--format", "markdown", "--open"], "add --format html"),
        (["--open", "--output", "-"], "--open needs a file"),
        (["--watch", "--output", "-"], "--watch needs a file"),
        (["--base-url", "example.org"], "is no web address"),
        (["--base-url", "javascript:alert(1)"], "is no web address"),
        (["--format", "pdf"], "'pdf' is not one of"),
    ],
)
def test_what_cannot_be_is_told_before_anything_is_written(desk: Desk, arguments: list[str], said: str) -> None:
    done = desk.run("report", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert not (desk.root / "reports").exists()


def test_pictures_of_claims_that_are_gone_go_and_those_of_people_stay(desk: Desk) -> None:
    desk.run("report")
    mine = {
        "reports/who/photo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "reports/who/russia-share-scale.svg.bak": "kept",
        "reports/elsewhere/old.svg": (desk.root / "reports/who/russia-share-scale.svg").read_text(encoding="utf-8"),
    }
    for name, content in mine.items():
        desk.write(name, content)
    desk.write("claims/who.yaml", CLAIMS.split("  - id: posts-total")[0])
    done = desk.run("report")
    assert "removed 1 file of earlier reports that none holds now" in done.err
    assert names(desk) == {"who.md", "who/russia-share-scale.svg", *(name.removeprefix("reports/") for name in mine)}


def test_two_claim_files_that_would_share_a_report_are_an_error(desk: Desk) -> None:
    desk.write("claims/who.yml", CLAIMS.replace("id: ", "id: other-"))
    done = desk.run("report")
    assert done.code == 2
    assert "claims/who.yaml and claims/who.yml would have the same report" in done.err
    assert not (desk.root / "reports").exists()


def test_a_folder_that_cannot_be_written_is_a_plain_error(desk: Desk) -> None:
    desk.write("reports", "a file where the folder should be")
    done = desk.run("report", "--format", "html")
    assert done.code == 2
    assert done.err.startswith("error: ")
    assert "cannot be written" in done.err
    assert (desk.root / "reports").read_text(encoding="utf-8") == "a file where the folder should be"


def test_a_fault_in_a_template_is_told_with_its_place_and_nothing_is_written(desk: Desk) -> None:
    desk.write("templates/report.html.j2", "<p>\n  {{ page.titel }}</p>")
    done = desk.run("report", "--format", "markdown", "--format", "html")
    assert (done.code, done.out) == (2, "")
    assert "templates/report.html.j2:2:11: this template cannot be used" in done.err
    assert "nothing was written" in done.err
    assert not (desk.root / "reports").exists()


def test_without_a_screen_the_report_is_named_and_the_run_is_fine(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    done = desk.run("report", "--open")
    assert done.code == 0
    assert f"no browser could be opened; the report is {desk.root}/reports/who.html" in done.err


def test_the_report_is_opened_in_the_browser(desk: Desk, tmp_path: Path) -> None:
    desk.write("claims/also.yaml", CLAIMS.replace("id: ", "id: other-"))
    browser = desk.write("browser", f'#!/bin/sh\necho "$1" >> {tmp_path}/opened\n')
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    done = desk.spawn("report", "--open", BROWSER=str(browser))
    assert done.returncode == 0
    assert "1 more lies beside it" in done.stderr.decode()
    wait_for(lambda: (tmp_path / "opened").exists())
    assert (tmp_path / "opened").read_text(encoding="utf-8") == f"file://{desk.root}/reports/also.html\n"


class Watcher:
    """`factcheck report --watch` in a process of its own, and what it has said so far."""

    def __init__(self, desk: Desk, *arguments: str) -> None:
        run = command("report", "--watch", "--now", NOW, *arguments)
        self.process = subprocess.Popen(
            run, cwd=desk.root, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
        )
        self.lines: list[str] = []
        self.listener = Thread(target=self._listen, daemon=True)
        self.listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as said:
            self.lines.extend(said)

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.listener.join()

    def rounds(self) -> int:
        return sum(line.startswith("watching for changes") for line in self.lines)

    def after(self, change: Callable[[], object]) -> str:
        """What it says from a change until it watches again."""
        before, said = self.rounds(), len(self.lines)
        change()
        wait_for(lambda: self.rounds() > before)
        return "".join(self.lines[said:])


def wait_for(condition: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.05)


@pytest.fixture
def watch(desk: Desk) -> Iterator[Callable[..., Watcher]]:
    started: list[Watcher] = []

    def begin(*arguments: str) -> Watcher:
        watcher = Watcher(desk, *arguments)
        started.append(watcher)
        wait_for(lambda: watcher.rounds() == 1 or watcher.process.poll() is not None)
        return watcher

    yield begin
    for watcher in started:
        watcher.end()


def test_watching_writes_anew_after_each_change_and_survives_mistakes(
    desk: Desk, watch: Callable[..., Watcher]
) -> None:
    watcher = watch()
    report = desk.root / "reports/who.md"
    assert "| nine |" in report.read_text(encoding="utf-8")
    said = watcher.after(lambda: desk.write("claims/who.yaml", CLAIMS.replace("claimed: nine", "claimed: eleven")))
    assert "changed: claims/who.yaml\n" in said
    assert "reports/who.md, with 2 pictures" in said
    assert "| eleven |" in report.read_text(encoding="utf-8")

    kept = report.read_bytes()
    said = watcher.after(lambda: desk.write("claims/who.yaml", CLAIMS.replace("statement:", "statement", 1)))
    assert "claims/who.yaml:" in said
    assert "nothing was evaluated" in said
    assert report.read_bytes() == kept

    said = watcher.after(lambda: desk.write("claims/who.yaml", CLAIMS))
    assert "| nine |" in report.read_text(encoding="utf-8")
    said = watcher.after(lambda: desk.write("evidence/posts.csv", b"id,country\n1,Russia\n"))
    assert "changed: evidence/posts.csv" in said
    assert "There is 1 row" in report.read_text(encoding="utf-8")
    said = watcher.after(lambda: desk.write("templates/report.md.j2", "Mine: {{ page.title }}\n"))
    assert report.read_text(encoding="utf-8") == "Mine: Who posted?\n"


def test_watching_looks_away_from_reports_and_hidden_files(desk: Desk, watch: Callable[..., Watcher]) -> None:
    watcher = watch("--single", "russia-share", "--output", "out.md")
    assert (desk.root / "out.md").exists()
    for name in ("reports/x.yaml", ".git/config.yaml", "claims/.who.yaml.swp", "claims/who.yaml~", "notes.txt", "out.md"):
        desk.write(name, "x")
    said = watcher.after(lambda: desk.write("claims/who.yaml", CLAIMS + "\n"))
    assert watcher.rounds() == 2
    assert "changed: claims/who.yaml\n" in said


def test_ctrl_c_ends_watching_at_once(watch: Callable[..., Watcher]) -> None:
    watcher = watch()
    began = time.monotonic()
    os.kill(watcher.process.pid, signal.SIGINT)
    assert watcher.process.wait(10) == 130
    assert time.monotonic() - began < 3
    wait_for(lambda: watcher.lines[-1:] == ["stopped\n"])
