"""Baselines from files, as strictly as claims are read: all errors of all files, each with its file, line or claim."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from factcheck.errors import Problem, SpecError
from factcheck.text.files import shown
from factcheck.verdicts.baseline import FOLDER, Baseline, Block, Recorded
from factcheck.verdicts.baseline_shape import faults, of

_ENDING = ".json"
_CONFLICT = re.compile(r"<{7}(?: |$)|={7}$|>{7}(?: |$)|\|{7}(?: |$)")  # at the beginning of a line
_BEGINNING = re.compile(r'[^"]*"baseline"')  # of a file of a baseline, whatever a merge has put before it
_HINT = "put back the last good version of the file, or delete it and run `factcheck baseline accept`"
_MERGED = "keep one of the two, or delete the file and run `factcheck baseline accept`"
_TWICE = "delete it in one of the two"


def read_folder(folder: Path, root: Path) -> Baseline:
    """All baselines in a folder; SpecError with everything that is wrong in them."""
    names = {path.relative_to(folder): path for path in folder.rglob(f"*{_ENDING}")}
    files = {name.as_posix(): path for name, path in names.items() if not _hidden(name)}
    return _read(dict(sorted(files.items())), root, shown(folder, root))


def read_file(path: Path, root: Path) -> Baseline:
    """One file of a baseline; it has the place that it has in the project's folder, if it lies there."""
    folder, path = (root / FOLDER).absolute(), path.absolute()
    home = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name
    return _read({home: path}, root, shown(path, root))


def is_baseline(path: Path) -> bool:
    """Whether a file is one of a baseline, or was before it was damaged."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            return _BEGINNING.match(file.read(500)) is not None
    except OSError:
        return False


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _read(files: Mapping[str, Path], root: Path, name: str) -> Baseline:
    problems: list[Problem] = []
    found: dict[str, Recorded] = {}
    places: dict[str, tuple[str, Block]] = {}
    for home, path in files.items():
        file = shown(path, root)
        recorded, wrong = _one(path, file)
        problems += wrong
        for id, block in recorded.claims.items():
            first, other = places.setdefault(id, (file, block))
            if other != block:  # the same twice is what somebody leaves who is stopped while claims move
                problems.append(Problem(f"{file}: {first} says something else of the claim '{id}'", hint=_TWICE))
        found[home] = recorded
    if problems:
        raise SpecError(problems)
    return Baseline(found, name)


def _one(path: Path, name: str) -> tuple[Recorded, list[Problem]]:
    """What a file holds, nothing where it has errors."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        if (number := _conflict(text)) is not None:
            raise _Place(number, 1, "a merge has left two versions here", _MERGED)
        found = json.loads(text, parse_constant=_no_number, parse_float=_float, object_pairs_hook=_once)
        json.dumps(found, ensure_ascii=False).encode()
        wrong = list(faults(found))
        return (Recorded() if wrong else of(found)), [Problem(f"{name}: {one}", hint=_HINT) for one in wrong]
    except OSError as error:
        problem = Problem(f"{name} cannot be read: {error.strerror}")
    except _Place as error:
        problem = Problem(f"{name}:{error.line}:{error.column}: {error}", hint=error.hint)
    except json.JSONDecodeError as error:
        problem = Problem(f"{name}:{error.lineno}:{error.colno}: this is no JSON: {error.msg}", hint=_HINT)
    except (ValueError, RecursionError) as error:
        problem = Problem(f"{name}: {_why(error)}", hint=_HINT)
    return Recorded(), [problem]


class _Place(Exception):
    """Something wrong at a place of a file."""

    def __init__(self, line: int, column: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.line, self.column, self.hint = line, column, hint


def _conflict(text: str) -> int | None:
    """The line of the first mark that a merge left."""
    lines = enumerate(text.split("\n"), 1)
    return next((number for number, line in lines if _CONFLICT.match(line.rstrip("\r"))), None)


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """A mapping; of a key that a merge has doubled the first would be lost in silence."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"'{key}' stands twice in one object")
        found[key] = value
    return found


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text} is larger than any number that can be compared")
    return value


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _why(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    if isinstance(error, UnicodeEncodeError):
        return "it holds half a letter (a surrogate without its other half)"
    return "it is too deep" if isinstance(error, RecursionError) else str(error)
