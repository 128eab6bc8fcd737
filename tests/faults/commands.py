"""Runs commands of factcheck as processes of their own, and ends them where and when a test wants.

A process that has everything imported forks each of them: what is killed is the command, seldom Python as it starts.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.faults.boundaries import Boundaries, descendants, kill, lives

_AT_ONCE = (
    "duckdb", "altair", "vl_convert", "rich", "factcheck.accepting", "factcheck.pipeline", "factcheck.recording",
    "factcheck.evaluated", "factcheck.cases.asking", "factcheck.cases.build", "factcheck.cases.judging",
    "factcheck.reports.html", "factcheck.reports.markdown", "factcheck.reports.terminal", "factcheck.reports.rocrate",
    "factcheck.verdicts.history_writing", "factcheck.store.cache",
)  # fmt: skip
PATIENCE = 15.0  # seconds in which what a killed command began must have ended by itself
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Death:
    """When a command is killed: at the boundary of that number, else after so many seconds; `whole`: with its readers."""

    boundary: int | None = None
    seconds: float | None = None
    whole: bool = True


@dataclass(frozen=True)
class Ended:
    """How a command ended. boundaries: those it reached; left: the processes that outlived a killed one."""

    code: int
    seconds: float
    stdout: str
    stderr: str
    boundaries: tuple[str, ...]
    left: tuple[int, ...]

    @property
    def killed(self) -> bool:
        return self.code == -9


class Commands:
    """The process that forks. `folder` is for what commands say, and for their temporary files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.temporary = folder / "tmp"
        self.temporary.mkdir(parents=True)
        environment = os.environ | {"TMPDIR": str(self.temporary), "XDG_STATE_HOME": str(folder / "state")}
        environment["OPENBLAS_NUM_THREADS"] = "1"  # a process with threads of its own cannot be forked safely
        environment.pop("FACTCHECK_CACHE_KEY", None)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.commands"], cwd=ROOT, env=environment, text=True, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self._number = 0

    def run(self, project: Path, *arguments: str, death: Death | None = None) -> Ended:
        death = death or Death()
        self._number += 1
        out, err, log = (self.folder / f"{self._number}.{name}" for name in ("out", "err", "log"))
        wish = {
            "arguments": arguments, "project": str(project), "state": str(self.folder / "state"), "out": str(out),
            "err": str(err), "log": str(log), "boundary": death.boundary, "seconds": death.seconds,
            "whole": death.whole,
        }  # fmt: skip
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(wish) + "\n")
        self._process.stdin.flush()
        said = json.loads(self._process.stdout.readline())
        texts = [path.read_text(encoding="utf-8") for path in (out, err, log)]
        for path in (out, err, log):
            path.unlink()
        return Ended(said["code"], said["seconds"], *texts[:2], tuple(texts[2].splitlines()), tuple(said["left"]))

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()


def _serve() -> None:
    """The life of the process that forks: a wish a line."""
    for name in _AT_ONCE:
        import_module(name)  # not begun before the fork, only imported
    from factcheck.cli import main

    for line in sys.stdin:
        wish = json.loads(line)
        began = time.monotonic()
        pid = os.fork()
        if pid == 0:
            _become(wish, main)
        code, below = _outlived(pid, wish, began)
        seconds = time.monotonic() - began
        sys.stdout.write(json.dumps({"code": code, "seconds": seconds, "left": _left(below)}) + "\n")
        sys.stdout.flush()


def _become(wish: dict[str, Any], main: Any) -> None:
    """The command, in the forked process; it ends there."""
    import atexit

    os.setsid()
    os.chdir(wish["project"])
    for path, handle in ((wish["out"], 1), (wish["err"], 2)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), handle)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    watched = [Path(wish["project"]), Path(wish["state"])]
    Boundaries(watched, Path(wish["log"]), wish["boundary"], wish["whole"]).watch()
    code: int | str | None = 99
    try:
        main(wish["arguments"], prog_name="factcheck")
    except SystemExit as end:
        code = end.code
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        atexit._run_exitfuncs()
        os._exit(code if isinstance(code, int) else 0)


def _outlived(pid: int, wish: dict[str, Any], began: float) -> tuple[int, list[int]]:
    """Waits for the end, kills when it is time; the exit code, and what was last seen below the command."""
    below: list[int] = []
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status), below
        below = descendants(pid) or below
        if wish["seconds"] is not None and time.monotonic() - began >= wish["seconds"]:
            kill(pid, wish["whole"])
            wish["seconds"] = None
        time.sleep(0.005)


def _left(pids: list[int]) -> list[int]:
    """Those that do not end within `PATIENCE`."""
    until = time.monotonic() + PATIENCE
    while (left := [pid for pid in pids if lives(pid)]) and time.monotonic() < until:
        time.sleep(0.01)
    return left


if __name__ == "__main__":
    _serve()
