"""Every YAML block of the manual is what it says it is: a file, or a part of one, without an error in it."""

from __future__ import annotations

from pathlib import Path

import manual
import pytest
from manual import Fence

from factcheck.claims.config import read_config
from factcheck.errors import Problem, SpecError
from factcheck.evaluation import plan
from factcheck.evidence.engines.choice import DUCKDB, Choice
from factcheck.evidence.manifest import read_manifests
from factcheck.pipeline import check
from factcheck.project import Project, open_project

BLOCKS = [fence for page in manual.PAGES for fence in manual.fences(page) if fence.language == "yaml"]
PARTS = [fence for fence in BLOCKS if fence.option("part") is not None]
SPECS = ("yaml", "diff")  # a diff changes the file that its title names
FRAMES = {"table": None}


def place(fence: Fence) -> str:
    return fence.place


def errors(problems: list[Problem] | tuple[Problem, ...]) -> list[str]:
    return [problem.render() for problem in problems if problem.severity == "error"]


def opened(root: Path, *files: str) -> Project:
    """The project with some of its claim files; without names, with all but the example's."""
    named = [root / file for file in files] or sorted((root / "claims").glob("*.yaml"))
    return open_project(root, [path for path in named if path.name != "measures.yaml"])


def planned(root: Path, *files: str) -> list[str]:
    """The errors of claim files, as `validate` finds them; without names, of the page's own."""
    try:
        plan(opened(root, *files))
    except SpecError as error:
        return errors(error.problems)
    return []


@pytest.mark.parametrize("fence", BLOCKS, ids=place)
def test_every_block_says_what_it_is(fence: Fence) -> None:
    assert fence.option("title") or fence.option("part") in manual.PARTS


@pytest.mark.parametrize("fence", PARTS, ids=place)
def test_parts_validate(fence: Fence, tmp_path: Path) -> None:
    root = manual.scratch(tmp_path, fence.page)
    text = manual.completed(fence, fence.option("dataset") or "posts")
    part = fence.option("part") or ""
    if part == "config":
        (root / "factcheck.yaml").write_text(text, encoding="utf-8")
        assert errors(read_config(root)[1]) == []
        assert planned(with_claim(root)) == []
    elif part.startswith("dataset"):
        (root / "example.yaml").write_text(text, encoding="utf-8")
        engine = Choice("postgresql", "postgresql://desk") if fence.option("engine") else DUCKDB
        assert errors(read_manifests([Path("example.yaml")], root, engine=engine)[1]) == []
    else:
        (root / "claims" / "example.yaml").write_text(text, encoding="utf-8")
        assert planned(root) == []
        if gives := fence.option("gives"):
            run = check(opened(root))
            assert ",".join(verdict.outcome.value for verdict in run) == gives


def with_claim(root: Path) -> Path:
    claim = "claims: [{id: a, statement: A., dataset: posts, measure: {count: rows}, claimed: 12}]"
    (root / "claims" / "a.yaml").write_text(claim, encoding="utf-8")
    return root


@pytest.mark.parametrize("page", manual.FOLLOWED)
def test_files_validate(page: str, tmp_path: Path) -> None:
    """Each file of a page, once the files before it are there; blocks marked `wrong` must have an error."""
    root = manual.scratch(tmp_path, page)
    titled = [fence for fence in manual.fences(page) if fence.option("title")]
    for fence in titled:
        if fence.language not in SPECS:
            manual.save(fence, root)
    for number, fence in enumerate(titled):
        if fence.language not in SPECS or fence.option("dataframe") is not None:
            continue
        manual.save(fence, root)
        name = str(fence.option("title"))
        if name.startswith("evidence/"):
            found = errors(read_manifests([Path(name)], root)[1])
        elif name.startswith("claims/"):
            found = planned(root)
        else:
            assert name == "factcheck.yaml", fence.place
            found = errors(read_config(root)[1])
        assert bool(found) == (fence.option("wrong") is not None), f"{fence.place}\n" + "\n".join(found)
        if found and name not in {later.option("title") for later in titled[number + 1 :]}:  # which mend it
            (root / name).unlink()


def test_an_error_in_a_block_would_be_found(tmp_path: Path) -> None:
    root = manual.scratch(tmp_path, "claims.md")
    fence = Fence("claims.md", 1, "yaml", 'part="claim"', "measure: {share: contry = 'Russia'}\nclaimed: 3%\n")
    (root / "claims" / "example.yaml").write_text(manual.completed(fence), encoding="utf-8")
    assert "did you mean 'country'?" in planned(root)[0]
