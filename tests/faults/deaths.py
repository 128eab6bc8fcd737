"""Kills a command, and holds what it leaves to the promise: every file old or new, and the next run as if nothing was."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from factcheck.text.files import UNFINISHED
from tests.faults import projects
from tests.faults.commands import Commands, Death, Ended

_PICTURE = re.compile(r"\]\(([^)\s]+\.svg)\)")
_DATABASES = ("cache.sqlite", "history.sqlite")


@dataclass(frozen=True)
class Undisturbed:
    """What a command leaves when nothing happens to it. states: by file, its contents before, between and after."""

    ended: Ended
    states: Mapping[str, frozenset[bytes | None]]
    after: Mapping[str, bytes]


class Desk:
    """A project that commands are killed in, and a copy of it as it was before."""

    def __init__(self, folder: Path) -> None:
        self.commands = Commands(folder / "said")
        self.project, self._copy = folder / "project", folder / "copy"
        projects.made(self.project, self.commands)
        shutil.copytree(self.project, self._copy)
        self._known: dict[tuple[str, bool], Undisturbed] = {}

    def close(self) -> None:
        self.commands.close()

    def restore(self, *, cold: bool) -> None:
        projects.restored(self.project, self._copy, cold=cold)

    def undisturbed(self, name: str, *, cold: bool) -> Undisturbed:
        if (name, cold) not in self._known:
            self.restore(cold=cold)
            seen = [projects.contents(self.project)]
            if name == "pin":  # datasets of one manifest are pinned one after the other
                for dataset in ("mentions", "sales"):
                    assert self.commands.run(self.project, *projects.COMMANDS[name], dataset).code == 0
                    seen.append(projects.contents(self.project))
                self.restore(cold=cold)
            ended = self.commands.run(self.project, *projects.COMMANDS[name])
            seen.append(projects.contents(self.project))
            names = {file for contents in seen for file in contents}
            states = {file: frozenset(one.get(file) for one in seen) for file in names}
            self._known[name, cold] = Undisturbed(ended, states, seen[-1])
        return self._known[name, cold]

    def kill(self, name: str, death: Death, *, cold: bool) -> Ended:
        """Kills a command in the project as it stands, and holds what is left to the promise."""
        runs = self._runs()
        ended = self.commands.run(self.project, *projects.COMMANDS[name], death=death)
        assert self._runs()[: len(runs)] == runs, "the history has lost a run"
        assert len(self._runs()) <= len(runs) + 1
        assert ended.killed or ended.code == self.undisturbed(name, cold=cold).ended.code, ended
        assert not ended.left, f"processes outlive a killed {name}: {ended.left}"
        self._hold_files(self.undisturbed(name, cold=cold))
        self._hold_pages()
        self._hold_databases()
        return ended

    def finish(self, name: str, *, cold: bool) -> None:
        """The next run: as good as one that nothing happened to, and nothing of the dead is left that anybody sees."""
        undisturbed = self.undisturbed(name, cold=cold)
        ended = self.commands.run(self.project, *projects.COMMANDS[name])
        assert ended.code == undisturbed.ended.code, ended
        assert _said(ended) <= _said(undisturbed.ended), ended
        found = projects.contents(self.project)
        assert found.keys() == undisturbed.after.keys()
        assert not [file for file in found if found[file] != undisturbed.after[file]]
        self._hold_databases()

    def _runs(self) -> list[tuple[object, ...]]:
        """All that the history says of runs; nothing where it has not begun."""
        path = self.project / ".factcheck" / "history.sqlite"
        if not path.exists():
            return []
        with closing(sqlite3.connect(path)) as connection:
            begun = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'runs'").fetchall()
            return connection.execute("SELECT * FROM runs ORDER BY id").fetchall() if begun else []

    def _hold_files(self, undisturbed: Undisturbed) -> None:
        found = projects.contents(self.project)
        for file in sorted({*found, *undisturbed.states}):
            if _is_unfinished(file):
                continue
            assert file in undisturbed.states, f"{file} is neither of before nor of after"
            assert found.get(file) in undisturbed.states[file], f"{file} is neither the old nor the new one"

    def _hold_pages(self) -> None:
        for page in self.project.glob("reports/**/*.md"):
            for picture in _PICTURE.findall(page.read_text(encoding="utf-8")):
                assert (page.parent / picture).is_file(), f"{page.name} shows {picture}, which is not there"

    def _hold_databases(self) -> None:
        for name in _DATABASES:
            path = self.project / ".factcheck" / name
            if path.exists():
                with closing(sqlite3.connect(path)) as connection:
                    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def _is_unfinished(file: str) -> bool:
    name = Path(file).name
    return name.startswith(".") and name.endswith(UNFINISHED)


def _said(ended: Ended) -> set[str]:
    """What a command told besides its results, but for how many old files it removed: the dead may have removed some."""
    return {line for line in ended.stderr.splitlines() if not line.startswith("removed ")}
