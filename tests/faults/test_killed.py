"""A killed command leaves every file old or new, and the next run goes as if nothing had happened.

These are a few points of the many that `python -m benchmarks.faults` tries.
"""

from __future__ import annotations

from pathlib import Path

from depth import draws
from tests.faults import projects
from tests.faults.commands import Death
from tests.faults.deaths import Desk
from tests.faults.points import drawn

POINTS = len(draws(6, 12))
SEED = 7


def test_killed_anywhere_a_command_leaves_whole_files_and_the_next_run_goes_well(desk: Desk) -> None:
    killed = 0
    for number, point in enumerate(drawn(desk, POINTS, SEED)):
        desk.restore(cold=point.cold)
        killed += desk.kill(point.name, point.death, cold=point.cold).killed
        if number % 5 == 0:
            desk.finish(point.name, cold=point.cold)
    assert killed >= POINTS * 0.8  # a moment near the end may come too late


def test_a_page_appears_after_its_pictures_and_they_go_after_it(desk: Desk) -> None:
    """`Desk.kill` looks whether each page has its pictures."""
    steps = desk.undisturbed("report", cold=False).ended.boundaries
    pages = [number for number, step in enumerate(steps, 1) if step.startswith("fsync") and ".c.md" in steps[number - 3]]
    gone = [number for number, step in enumerate(steps, 1) if step.startswith("remove gone-")]
    for number in (pages[0], gone[0]):
        desk.restore(cold=False)
        assert desk.kill("report", Death(boundary=number), cold=False).killed
    desk.finish("report", cold=False)


def test_an_archive_still_knows_what_is_left_of_an_earlier_one(desk: Desk) -> None:
    """It holds what its list names: what a killed run did not remove would otherwise be passed on unseen."""
    steps = desk.undisturbed("archive", cold=False).ended.boundaries
    number = next(number for number, step in enumerate(steps, 1) if step.startswith("remove gone-"))
    desk.restore(cold=False)
    assert desk.kill("archive", Death(boundary=number), cold=False).killed
    assert list(desk.project.rglob("gone-*.svg"))
    desk.finish("archive", cold=False)
    assert not [path for path in Path(desk.project, "reports", "ro-crate").rglob("*") if path.name.startswith("gone-")]


def test_what_a_killed_run_decoded_goes_with_the_next(desk: Desk) -> None:
    steps = desk.undisturbed("pin", cold=True).ended.boundaries
    desk.restore(cold=True)
    assert desk.kill("pin", Death(boundary=len(steps)), cold=True).killed
    assert list(desk.commands.temporary.iterdir())
    desk.finish("pin", cold=True)
    assert not list(desk.commands.temporary.iterdir())


def test_a_claim_that_moves_to_another_file_is_never_accepted_twice_or_lost(desk: Desk) -> None:
    steps = desk.undisturbed("accept", cold=False).ended.boundaries
    number = next(number for number, step in enumerate(steps, 1) if step == "remove b.json")
    desk.restore(cold=False)
    assert desk.kill("accept", Death(boundary=number), cold=False).killed
    assert desk.commands.run(desk.project, *projects.COMMANDS["check"]).code == 1  # what russia's data changed
    (desk.project / "results.json").write_bytes(desk.undisturbed("accept", cold=False).after["results.json"])
    desk.finish("accept", cold=False)
