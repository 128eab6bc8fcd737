"""Every command in the manual does what the page says, in a scratch project."""

from __future__ import annotations

from pathlib import Path

import manual
import pytest


@pytest.mark.parametrize("page", manual.FOLLOWED)
def test_commands(page: str, tmp_path: Path) -> None:
    root = manual.scratch(tmp_path, page)
    here = root
    for fence in manual.fences(page):
        if fence.option("title"):
            manual.save(fence, here)
        if fence.language != "console":
            continue
        expected = int(fence.option("exit") or 0)
        last = 0
        for command in manual.commands(fence):
            if command.line.startswith("cd "):
                here = here / command.line.removeprefix("cd ")
                continue
            with manual.within(here):
                printed, last = manual.run(command.line)
            assert manual.agrees(command.output, printed), f"{fence.place}: $ {command.line}\n{printed}"
        assert last == expected, fence.place


def test_a_page_that_shows_something_else_is_found() -> None:
    assert manual.agrees("a\n…\nb", "a\n1\n2\nb")
    assert manual.agrees("found 381.7…; high", "found 381.7 kg; high")
    assert not manual.agrees("a\nb", "a\n1\nb")
    assert not manual.agrees("a", "a\nb")
    assert not manual.agrees("…\nc", "a\nb")


def test_the_pages_hold_commands() -> None:
    """A parser that finds no block would pass everything."""
    lines = [c.line for page in manual.PAGES for f in manual.fences(page) for c in manual.commands(f)]
    assert len(lines) > 15


def test_the_table_of_the_tutorial_is_the_published_one() -> None:
    given = (manual.DOCS / "tutorial" / "elements-by-episode.csv").read_bytes()
    assert given == (manual.ROOT / "evidence/fivethirtyeight/bob-ross__elements-by-episode.csv").read_bytes()
