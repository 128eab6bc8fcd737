"""The pages on measures, formats and engines of one's own can be followed to the letter, from an empty folder to passing
tests."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import invalidate_caches
from pathlib import Path

import manual
import pytest

from factcheck.evidence.isolation import nursery


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder; what is imported from it is forgotten afterwards."""
    root = tmp_path / "project"
    root.mkdir()
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(nursery, "_nursery", None)  # the process that reads files knows what was there when it began
    before = set(sys.modules)
    yield root
    nursery.nursery().close()
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "") or "").startswith(str(root)):
            del sys.modules[name]


def install(root: Path) -> None:
    """What `pip install -e .` makes of the folder: its modules can be imported, and its entry points are known."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = root.parent / "site" / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir(parents=True)
    told = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (info / "METADATA").write_text(told, encoding="utf-8")
    lines = [
        line
        for group, points in project["entry-points"].items()
        for line in (f"[{group}]", *(f"{name} = {value}" for name, value in points.items()))
    ]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.path[:0] = [str(root), str(info.parent)]
    invalidate_caches()


class Passed:
    """Counts the tests of an inner run that passed."""

    def __init__(self) -> None:
        self.number = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.number += report.when == "call" and report.passed


def run_tests(root: Path) -> str:
    counted = Passed()
    options = ["-q", "-W", "error", "-p", "no:cacheprovider", "-p", "no:xdist", f"--rootdir={root}", "-c", "pyproject.toml"]
    code = pytest.main([*options, str(root / "tests")], plugins=[counted])
    assert code == 0, "the page's own tests fail"
    return f"{counted.number} passed"


@pytest.mark.parametrize("page", manual.EXTENDING)
def test_a_page_can_be_followed(page: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    did = []
    for fence in manual.fences(page):
        if fence.option("append") is not None:
            path = place / str(fence.option("title"))
            path.write_text(path.read_text(encoding="utf-8") + "\n\n" + fence.text, encoding="utf-8")
        elif fence.option("title"):
            manual.save(fence, place)
        if fence.language != "console":
            continue
        for command in manual.commands(fence):
            did.append(command.line)
            with manual.within(place):
                if command.line == "pip install -e .":
                    install(place)
                elif command.line == "pytest tests":
                    assert run_tests(place) == command.output, fence.place
                elif command.line.startswith("python "):
                    monkeypatch.setattr(sys, "argv", command.line.split()[1:])
                    exec(compile(Path(sys.argv[0]).read_text(encoding="utf-8"), sys.argv[0], "exec"), {})
                else:
                    printed, _ = manual.run(command.line)
                    assert manual.agrees(command.output, printed), f"{fence.place}: $ {command.line}\n{printed}"
    assert did[0] == "pip install -e ."
    assert did[-1] == "pytest tests"


@pytest.mark.parametrize("page", manual.EXTENDING)
def test_files_of_a_page_are_typed_and_tidy(page: str) -> None:
    """What people copy has no line that the house would not take."""
    for fence in manual.fences(page):
        if fence.language == "python":
            assert max(map(len, fence.text.splitlines())) <= 120, fence.place
            assert not re.search(r"\t| $", fence.text, re.MULTILINE), fence.place
