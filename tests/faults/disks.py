"""Runs commands in a project on a small disk of its own that is full, nearly full or read-only.

`python -m tests.faults.disks WISH.json` in a mount namespace of its own, so that nobody else sees the disk. After each
run what is on the disk is copied out.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from tests.faults.commands import ROOT, Commands, Ended

_SIZE = "8m"
_FILLING = ".filling"
READ_ONLY = -1


@dataclass(frozen=True)
class Trial:
    """A command, and how many bytes are free on its disk; `READ_ONLY` for a disk that nobody may write to."""

    arguments: tuple[str, ...]
    free: int
    kept: bool = False  # whether there is what an earlier run kept


@cache
def namespace() -> tuple[str, ...] | None:
    """The command that runs another where it may mount disks; None where this machine lets nobody do that."""
    for command in (("unshare", "--mount"), ("unshare", "--mount", "--map-root-user")):
        with tempfile.TemporaryDirectory() as folder:
            try:
                tried = subprocess.run([*command, *_mount(Path(folder))], capture_output=True, check=False)
            except OSError:
                return None
        if tried.returncode == 0:
            return command
    return None


def _mount(disk: Path) -> list[str]:
    return ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(disk)]


def tried(project: Path, folder: Path, trials: Sequence[Trial]) -> list[tuple[Ended, Path]]:
    """How each trial in a copy of the project ended, and what was on the disk afterwards."""
    command = namespace()
    assert command is not None
    wish = {"project": str(project), "folder": str(folder), "trials": [asdict(trial) for trial in trials]}
    (folder / "wish.json").write_text(json.dumps(wish))
    inside = [*command, sys.executable, "-m", "tests.faults.disks", str(folder / "wish.json")]
    done = subprocess.run(inside, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    ended = [Ended(**one) for one in json.loads(done.stdout)]
    return [(one, folder / f"after-{number}") for number, one in enumerate(ended)]


def _main(wish: Path) -> None:
    asked = json.loads(wish.read_text())
    project, folder = Path(asked["project"]), Path(asked["folder"])
    disk = folder / "disk"
    disk.mkdir()
    commands = Commands(folder / "said")
    found = []
    for number, trial in enumerate(asked["trials"]):
        subprocess.run(_mount(disk), check=True)
        shutil.copytree(project, disk, dirs_exist_ok=True)
        if not trial["kept"]:
            shutil.rmtree(disk / ".factcheck", ignore_errors=True)
        _limit(disk, trial["free"])
        found.append(asdict(commands.run(disk, *trial["arguments"])))
        shutil.copytree(disk, folder / f"after-{number}", ignore=shutil.ignore_patterns(_FILLING))
        subprocess.run(["umount", "--lazy", disk], check=True)
    commands.close()
    sys.stdout.write(json.dumps(found))


def _limit(disk: Path, free: int) -> None:
    if free == READ_ONLY:
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        return
    room = os.statvfs(disk)
    (disk / _FILLING).write_bytes(b"x" * (room.f_bavail * room.f_frsize - free))


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
