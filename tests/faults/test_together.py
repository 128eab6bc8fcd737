"""Eight processes in one project at once: the same verdicts, and not a word about locks."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults import projects
from tests.faults.deaths import Desk

TOGETHER = 8
ROUNDS = 2
_CODE = """
import os, sys
from factcheck.cli import main
import {modules}
for number in range({count}):
    if os.fork() == 0:
        for handle, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(f"{{sys.argv[1]}}/{{number}}.{{name}}", os.O_WRONLY | os.O_CREAT), handle)
        commands = {commands}
        code = 99
        try:
            main(commands[number % len(commands)], prog_name="factcheck")
        except SystemExit as end:
            code = end.code
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            with open(f"{{sys.argv[1]}}/{{number}}.code", "w") as file:
                file.write(str(code))
            import atexit
            atexit._run_exitfuncs()
            os._exit(0)
for _ in range({count}):
    os.wait()
"""
CHECK = ("check", *projects.NOW, "--format", "json")
MIXED = (CHECK, projects.COMMANDS["report"], projects.COMMANDS["accept"], CHECK)


def together(project: Path, folder: Path, commands: Sequence[Sequence[str]]) -> list[tuple[int, str, str]]:
    """The exit code, the results and the messages of eight processes, which begin their commands at the same time."""
    folder.mkdir()
    code = _CODE.format(modules="factcheck.pipeline, duckdb", count=TOGETHER, commands=[*map(list, commands)])
    # One thread of arithmetic: a process with threads of its own cannot be forked safely.
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    subprocess.run([sys.executable, "-c", code, str(folder)], cwd=project, env=environment, check=True)
    said = []
    for number in range(TOGETHER):
        code_, out, err = ((folder / f"{number}.{name}").read_text("utf-8") for name in ("code", "out", "err"))
        said.append((int(code_), out, err))
    return said


@pytest.fixture
def project(desk: Desk) -> Path:
    """Without a baseline, so that the exit code is 0, and with nothing kept."""
    desk.restore(cold=True)
    shutil.rmtree(desk.project / "baselines")
    return desk.project


def test_eight_checks_of_a_cold_project_agree(project: Path, tmp_path: Path) -> None:
    for number in range(ROUNDS):
        shutil.rmtree(project / ".factcheck", ignore_errors=True)
        said = together(project, tmp_path / f"{number}", [CHECK])
        assert {code for code, _, _ in said} == {0}, said
        assert len({out for _, out, _ in said}) == 1
        assert '"russia"' in said[0][1]
        assert {err for _, _, err in said} == {""}
        with closing(sqlite3.connect(project / ".factcheck" / "history.sqlite")) as history:
            assert history.execute("SELECT count(*) FROM runs").fetchone() == (TOGETHER,)


def test_checks_reports_and_baselines_at_once_leave_what_each_leaves_alone(
    project: Path, tmp_path: Path, desk: Desk
) -> None:
    for name in ("accept", "report"):  # one after the other, undisturbed
        assert desk.commands.run(project, *projects.COMMANDS[name]).code == 0
    alone = projects.contents(project)
    verdicts = desk.commands.run(project, "check", *projects.NOW, "--format", "json", "--no-cache").stdout
    desk.restore(cold=True)
    shutil.rmtree(project / "baselines")
    said = together(project, tmp_path / "together", MIXED)
    accepting = [number for number in range(TOGETHER) if MIXED[number % len(MIXED)] == projects.COMMANDS["accept"]]
    assert 0 in {said[number][0] for number in accepting}
    for number, (code, _, err) in enumerate(said):
        if number in accepting and code == 2:  # it would have replaced what the other has just accepted
            assert err.startswith("baselines/ has changed since it was read\n    run the command again\n")
            continue
        assert code == 0, said
        assert not [line for line in err.splitlines() if not line.startswith("removed ")], said
    assert projects.contents(project).keys() == alone.keys()
    assert projects.contents(project)["baselines/a.json"] == alone["baselines/a.json"]
    assert projects.contents(project)["baselines/c.json"] == alone["baselines/c.json"]
    assert desk.commands.run(project, "check", *projects.NOW, "--format", "json").stdout == verdicts
    assert desk.commands.run(project, *projects.COMMANDS["report"]).code == 0
    assert projects.contents(project) == alone
