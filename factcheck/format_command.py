"""The command `fmt`."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from factcheck.console import CHANGED, OK, WRONG, Command, write_file

_WHOLE = ("claims", "evidence")


@click.command("fmt", cls=Command)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--project", "folder", type=click.Path(path_type=Path), help="The project folder.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file is not in the usual layout.")
@click.option("--diff", is_flag=True, help="Write nothing; print what would change.")
@click.option("--quiet", "-q", is_flag=True, help="Errors only.")
def fmt(paths: tuple[Path, ...], folder: Path | None, check: bool, diff: bool, quiet: bool) -> None:
    """Bring claim files, manifests and factcheck.yaml into one layout.

    Comments, quotes and meaning stay; keys take the order of the language. Without PATHS, all files of the project.
    """
    from factcheck.errors import Problem, SpecError

    problems: list[Problem] = []
    changed, files = 0, _files(paths, folder)
    for path, name in files:
        try:
            old, new = _both(path, name)
        except SpecError as error:
            problems += error.problems
            continue
        if old == new.encode():
            continue
        changed += 1
        if diff:
            _show(old, new, name)
        if not (check or diff):
            write_file(path, new)
        if not (quiet or diff):
            click.echo(f"{name} {'would change' if check else 'formatted'}")
    for problem in problems:
        click.echo(problem.render(), err=True)
    if problems:
        click.echo("\nWhat has an error was left as it is.", err=True)
        click.get_current_context().exit(WRONG)
    if not quiet and not changed:
        click.echo(f"{len(files)} {'file is' if len(files) == 1 else 'files are'} in the usual layout.", err=diff)
    click.get_current_context().exit(CHANGED if check and changed else OK)


def _files(paths: tuple[Path, ...], folder: Path | None) -> list[tuple[Path, str]]:
    """Each file once with its name; SpecError for a path that cannot be followed."""
    from factcheck.errors import Problem, SpecError
    from factcheck.running import root_of
    from factcheck.text.files import CONFIG, yaml_files

    root = root_of(folder, paths)
    named = [path.absolute() for path in paths]
    found, problems = yaml_files(named or [root / part for part in (*_WHOLE, CONFIG) if (root / part).exists()], root)
    if not found and not problems:
        problems = [Problem(f"{root} has no claim files, manifests or factcheck.yaml")]
    if problems:
        raise SpecError(problems)
    return found


def _both(path: Path, name: str) -> tuple[bytes, str]:
    """What a file holds, and what it would hold."""
    from factcheck.errors import SpecError
    from factcheck.formatting.formatting import formatted
    from factcheck.text.yaml import read_yaml

    _, problems = read_yaml(path, name)  # which says why, where a file is too long or cannot be read
    if problems:
        raise SpecError(problems)
    old = path.read_bytes()
    return old, formatted(old, name)


def _show(old: bytes, new: str, name: str) -> None:
    before, after = (text.splitlines(keepends=True) for text in (old.decode("utf-8-sig"), new))
    for line in difflib.unified_diff(before, after, name, f"{name} (formatted)"):
        click.echo(line.rstrip("\r\n"))
