"""The cases of measures as one project a file, to be checked on DuckDB and on another engine.

Datasets and claims get names of their own, so that many cases fit into one project. What a case expects is tested where
the cases are (`tests/measures`); here it is only asked whether two engines come to the same.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import factcheck
from factcheck import SpecError
from factcheck.measures import KINDS
from measures.cases import CaseSpec, read_cases

FILES = sorted((Path(__file__).parents[1] / "measures").glob("*.yaml"))
FEW = 2  # cases of a file; all with FACTCHECK_ALL_CASES
_CONFIG = "factcheck.yaml"
_PASSING = ("started", "run", "seconds", "statements", "engine", "program")  # what differs from run to run


def cases_of(path: Path) -> list[CaseSpec]:
    """Cases about files that can be checked; evenly from the whole of the file."""
    cases = [case for case in read_cases(path) if "spec_error" not in case.expect]
    cases = [case for case in cases if not case.frames and case.config is None]
    return cases if os.environ.get("FACTCHECK_ALL_CASES") else cases[:: max(1, len(cases) // FEW)]


def write(cases: Iterable[CaseSpec], root: Path) -> dict[str, str]:
    """The project; returns the name of the case of each file of claims."""
    (root / "claims").mkdir(parents=True)
    (root / "evidence").mkdir()
    written = {}
    for number, case in enumerate(cases):
        names = {Path(name).stem for name in case.files} | set(re.findall(r"^  ([\w.-]+):$", case.manifests, re.MULTILINE))
        for name, text in case.files.items():
            stem, _, ending = name.partition(".")
            path = root / "evidence" / f"{stem}x{number}.{ending}"
            path.write_text(_renamed(text, names, number), encoding="utf-8")
        for folder, text in (("claims", case.claims), ("evidence", case.manifests)):
            text = _numbered(_renamed(text, names, number), case.ids, number)
            (root / folder / f"case-{number}.yaml").write_text(text, encoding="utf-8")
        written[f"case-{number}.yaml"] = case.name
    return written


def _numbered(text: str, ids: Iterable[str], number: int) -> str:
    """Claims by ids of their own, also where others name them."""
    text = re.sub(r"^( +(?:- )?id: )(\S+)$", rf"\g<1>\g<2>-{number}", text, flags=re.MULTILINE)
    for name in set(ids) - KINDS.keys() - {"case", "process", "rows", "population", "sample"}:
        text = re.sub(rf"(?<=[\[ ]){re.escape(name)}(?=[,\]}}]|$)", f"{name}-{number}", text, flags=re.MULTILINE)
    return text


def _renamed(text: str, names: Iterable[str], number: int) -> str:
    for name in sorted(names, key=len, reverse=True):
        # Not the words of a manifest that a dataset may be called like: `random sample`, `population: 400`.
        named = rf"(?<![\w.-])(?<!random ){re.escape(name)}(?=\.csv\b|(?![\w.-]|: \d))"
        text = re.sub(named, f"{name}x{number}", text)
    return text


def valid(root: Path, written: dict[str, str]) -> factcheck.Run:
    """Checks the project, without cases that mean something else once their datasets are called otherwise."""
    while True:
        try:
            return factcheck.check(project=root)
        except SpecError as error:
            guilty = {name for name in written if name in str(error)}
            if not guilty:
                raise
            for name in guilty:
                for folder in ("claims", "evidence"):
                    (root / folder / name).unlink(missing_ok=True)
                del written[name]


def on(engine: str, root: Path) -> factcheck.Run:
    """Checks the project on an engine, as factcheck.yaml names it."""
    (root / _CONFIG).write_text(f"engine: {engine}\n", encoding="utf-8")
    try:
        return factcheck.check(project=root)
    finally:
        (root / _CONFIG).unlink()


def differences(ours: factcheck.Run, theirs: factcheck.Run, refusable: str = "") -> tuple[list[str], list[str]]:
    """What differs between the verdicts, a line a claim; and the claims that the other engine said it cannot check."""
    lines, refused = [], []
    for claim, other in zip(ours.to_dict()["claims"], theirs.to_dict()["claims"], strict=True):
        found = next(_apart(claim, other, claim["id"]), None)
        if found is None:
            continue
        told = str(other.get("error") or "")
        (refused if refusable and refusable in repr(other) and refusable not in repr(claim) else lines).append(
            f"{found}  {told}"[:600]
        )
    return lines, refused


def _apart(a: Any, b: Any, where: str) -> Any:
    if isinstance(a, dict) and isinstance(b, dict):
        for key in [*a, *(key for key in b if key not in a)]:
            if key not in _PASSING:
                yield from _apart(a.get(key), b.get(key), f"{where}.{key}")
    elif isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        for i, (x, y) in enumerate(zip(a, b, strict=True)):
            yield from _apart(x, y, f"{where}[{i}]")
    elif a != b or type(a) is not type(b):
        yield f"{where}: {str(a)[:150]} ≠ {str(b)[:150]}"
