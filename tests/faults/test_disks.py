"""A full disk or one that nobody may write to: verdicts all the same, a clear error for the rest, and nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.text.files import UNFINISHED
from tests.faults import projects
from tests.faults.commands import Ended
from tests.faults.deaths import Desk
from tests.faults.disks import READ_ONLY, Trial, namespace, tried

pytestmark = pytest.mark.xdist_group("disks")  # what they share takes half a minute

CHECK = ("check", *projects.NOW)
INIT = ("init", "fresh")
REASONS = {0: "No space left on device", READ_ONLY: "Read-only file system"}
_DISKS = (0, READ_ONLY)

# What the error must name, of each command that has to write.
WRITING = {
    projects.COMMANDS["check"]: "results.json",
    projects.COMMANDS["report"]: "reports/a/russia-scale.svg",
    projects.COMMANDS["accept"]: "baselines/",
    projects.COMMANDS["pin"]: "evidence/all.yaml",
    INIT: "fresh",
}
HALFWAY = {
    Trial(INIT, 8 << 10): "fresh/evidence/",
    Trial(projects.COMMANDS["report"], 16 << 10): "reports/a.",
}
READING = [Trial(CHECK, free, kept) for free in _DISKS for kept in (False, True)]
HISTORY = [Trial(("history", "russia"), free, kept=True) for free in _DISKS]
TRIALS = [*(Trial(one, free) for free in _DISKS for one in WRITING), *HALFWAY, *READING, *HISTORY]


@pytest.fixture(scope="module")
def found(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> dict[Trial, tuple[Ended, Path]]:
    if namespace() is None:
        pytest.skip("this machine lets nobody mount a small disk")
    desk.restore(cold=False)
    return dict(zip(TRIALS, tried(desk.project, tmp_path_factory.mktemp("disks"), TRIALS), strict=True))


@pytest.fixture
def before(desk: Desk) -> dict[str, bytes]:
    desk.restore(cold=False)
    return projects.contents(desk.project)


@pytest.mark.parametrize("free", _DISKS)
@pytest.mark.parametrize("arguments", WRITING, ids=" ".join)
def test_what_cannot_be_written_is_named_and_nothing_is_lost(
    found: dict[Trial, tuple[Ended, Path]], before: dict[str, bytes], arguments: tuple[str, ...], free: int
) -> None:
    ended, after = found[Trial(arguments, free)]
    assert ended.code == 2, ended
    errors = [line for line in ended.stderr.splitlines() if line.startswith("error: ")]
    assert len(errors) == 1, ended
    assert WRITING[arguments] in errors[0]
    assert errors[0].endswith(f"cannot be written: {REASONS[free]}")
    assert projects.contents(after) == before


@pytest.mark.parametrize("trial", HALFWAY, ids=lambda trial: trial.arguments[0])
def test_a_disk_that_fills_halfway_leaves_whole_files(
    found: dict[Trial, tuple[Ended, Path]], desk: Desk, before: dict[str, bytes], trial: Trial
) -> None:
    ended, after = found[trial]
    assert ended.code == 2, ended
    assert HALFWAY[trial] in ended.stderr
    left = projects.contents(after)
    assert not [name for name in left if name.endswith(UNFINISHED)]
    if trial.arguments == INIT:
        assert left == before
    else:
        states = desk.undisturbed("report", cold=True).states
        assert left != before
        assert all(left.get(name) in states[name] for name in {*left, *before})


@pytest.mark.parametrize("trial", READING, ids=lambda trial: f"{REASONS[trial.free]} {trial.kept}")
def test_a_check_gives_its_verdicts_and_says_what_it_could_not_keep(
    found: dict[Trial, tuple[Ended, Path]], before: dict[str, bytes], trial: Trial
) -> None:
    ended, after = found[trial]
    assert ended.code == 1, ended  # the verdict on russia is another than the accepted one
    assert "✗ refuted  russia" in ended.stdout
    why = REASONS[trial.free]
    assert ended.stderr.splitlines() == [
        f"nothing is kept for the next run: .factcheck cannot be written: {why}",
        f"this run is not in the history: .factcheck/history.sqlite cannot be written: {why}",
    ]
    assert projects.contents(after) == before


@pytest.mark.parametrize("trial", HISTORY, ids=lambda trial: REASONS[trial.free])
def test_the_history_can_be_read(found: dict[Trial, tuple[Ended, Path]], trial: Trial) -> None:
    ended, _ = found[trial]
    # What is tried here has another key than the runs that were recorded.
    stranger = "this history was begun by another user or on another machine; that it is true cannot be proven here\n"
    assert (ended.code, ended.stderr) == (0, stranger), ended
    assert "60%" in ended.stdout


def test_an_interrupted_init_is_completed_and_a_whole_one_refused(desk: Desk, tmp_path: Path) -> None:
    assert desk.commands.run(tmp_path, "init").code == 0
    whole = projects.everything(tmp_path)
    (tmp_path / "README.md").unlink()
    assert desk.commands.run(tmp_path, "init").code == 0
    assert projects.everything(tmp_path) == whole
    for change in (None, "other"):
        if change is not None:
            (tmp_path / "README.md").unlink()
            (tmp_path / "factcheck.yaml").write_text(change) if (tmp_path / "factcheck.yaml").exists() else None
            (tmp_path / "claims" / "bob-ross.yaml").write_text(change)
        left = projects.everything(tmp_path)
        refused = desk.commands.run(tmp_path, "init")
        assert refused.code == 2
        assert "exists already; nothing was written" in refused.stderr
        assert projects.everything(tmp_path) == left
