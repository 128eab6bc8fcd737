"""What the forms for other programs share: a verdict in one line of text, how grave it is, where its claim stands."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from factcheck.reports.changed import change_of
from factcheck.reports.changed import told as told_change
from factcheck.reports.escape import plain
from factcheck.reports.found import found_sentences
from factcheck.reports.headline import headline
from factcheck.reports.run import Run
from factcheck.verdicts.verdict import Outcome, Verdict

# Worst first: what could not be checked, then what is wrong, then what nobody can tell.
GRAVITY = (
    Outcome.ERROR, Outcome.REFUTED, Outcome.INCONCLUSIVE, Outcome.UNVERIFIABLE, Outcome.CLOSE, Outcome.SUPPORTED,
)  # fmt: skip


def told(verdict: Verdict) -> str:
    """The headline and what was found, as one line without markup."""
    return plain(" ".join([f"{headline(verdict)}.", *found_sentences(verdict)])).replace("`", "'")


def changed_ids(run: Run) -> frozenset[str]:
    """The claims whose verdict is not what it was."""
    return frozenset(change.id for change in run.changed if change.differs)


def moved(run: Run, verdict: Verdict) -> list[str]:
    """What the verdict was and why it is another one, as one line without markup; nothing where it is not."""
    change = change_of(run, verdict)
    if change is None or not change.differs:
        return []
    return [plain(told_change(change, verdict)).replace("`", "'")]


def worst_first(run: Run) -> list[Verdict]:
    """Errors, then verdicts that changed, then the others by gravity, each in the order of the files."""
    changed = changed_ids(run)

    def gravity(verdict: Verdict) -> int:
        if verdict.outcome is Outcome.ERROR:
            return 0
        return 1 if verdict.id in changed else 2 + GRAVITY.index(verdict.outcome)

    return sorted(run.verdicts, key=gravity)


def by_file(verdicts: Sequence[Verdict]) -> dict[str, list[Verdict]]:
    """The verdicts of each claim file."""
    files: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        files.setdefault(verdict.file, []).append(verdict)
    return files


def in_repository(run: Run, file: str, environ: Mapping[str, str] = os.environ) -> str:
    """A file of the project as the repository names it, where the project is a folder of one; else as it is."""
    root = run.root.resolve()
    top = Path(environ["GITHUB_WORKSPACE"]).resolve() if environ.get("GITHUB_WORKSPACE") else _top(root)
    if top is None or not root.is_relative_to(top):
        return file
    return (PurePosixPath(root.relative_to(top).as_posix()) / file).as_posix()


def _top(folder: Path) -> Path | None:
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), None)
