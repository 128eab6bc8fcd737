"""`factcheck init`: a small project with real data that `factcheck check` runs at once."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

from factcheck.errors import Problem, SpecError


def start(folder: Path) -> list[Path]:
    """Copies the starter project into a folder and returns the paths written; never overwrites a file."""
    template = files("factcheck").joinpath("templates", "init")
    with as_file(template) as source:
        wanted = [(file, folder / file.relative_to(source)) for file in sorted(_files(source))]
        standing = [target for _, target in wanted if target.exists()]
        if standing:
            raise SpecError([Problem(f"{path} exists already; nothing was written") for path in standing])
        if folder.exists() and not folder.is_dir():
            raise SpecError(Problem(f"{folder} is a file"))
        for file, target in wanted:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    return [target for _, target in wanted]


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path
