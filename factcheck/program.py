"""What this program is: its version, its code, its libraries, and the method of each kind of measure."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from factcheck.packages import ENGINES, FORMATS, MEASURES
from factcheck.text.canonical import digest

_PACKAGE = Path(__file__).parent
# Whose next version may compute another number from the same rows.
_LIBRARIES = ("duckdb", "numpy", "scipy", "sqlglot", "pydantic", "pyarrow", "python-calamine", "graspologic-native")
_EXTENSIONS = (MEASURES, FORMATS, ENGINES)
# The rooms in which a number becomes an estimate and an estimate a verdict.
_METHOD = ("factcheck.measures", "factcheck.stats", "factcheck.verdicts", "factcheck.claims.figures",
           "factcheck.claims.regions", "factcheck.evidence.patterns")  # fmt: skip
_NAME = re.compile(r"[A-Za-z0-9._-]+")  # of a requirement
_SHORT = 12  # hexadecimal digits that tell two methods apart


@cache
def libraries() -> dict[str, str]:
    """The versions of the libraries that compute, and of packages that extend this one."""
    found = {name: version for name in _LIBRARIES if (version := _version(name)) is not None}
    for group in _EXTENSIONS:
        for point in metadata.entry_points(group=group):
            if point.dist is not None:
                found[point.dist.name] = point.dist.version
    return dict(sorted(found.items()))


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


@cache
def code() -> str:
    """The sha256 of all that the package consists of: another version under the same number is another program."""
    hashed = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*")):
        if path.suffix in (".py", ".yaml", ".txt", ".tsv"):
            data = path.read_bytes()
            hashed.update(f"{path.relative_to(_PACKAGE).as_posix()}\0{len(data)}\0".encode())
            hashed.update(data)
    return hashed.hexdigest()


@cache
def whole() -> str:
    """The sha256 of everything that an answer may depend on besides claims and data."""
    return digest({"code": code(), "foreign": _foreign(), "libraries": _all_libraries(), "python": sys.version})


def _all_libraries() -> dict[str, str]:
    """Those that compute and those that read files, whichever of them are installed."""
    try:
        required = metadata.requires("factcheck-engine") or []
    except metadata.PackageNotFoundError:  # run from a copy of the code
        required = []
    used = [one for one in required if "extra == 'dev'" not in one.replace('"', "'")]
    names = {"tzdata"} | {found.group() for one in used if (found := _NAME.match(one)) is not None}
    return libraries() | {name: version for name in sorted(names) if (version := _version(name)) is not None}


def _foreign() -> dict[str, str]:
    """The code of measures and formats of other packages, which may be under work as ours may."""
    found = {}
    for group in _EXTENSIONS:
        for point in metadata.entry_points(group=group):
            top = point.module.partition(".")[0]
            spec = importlib.util.find_spec(top)
            if spec is None:
                continue
            folders = [Path(folder) for folder in spec.submodule_search_locations or ()]
            files = sorted(path for folder in folders for path in folder.rglob("*.py")) or [Path(spec.origin or "")]
            hashed = [hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file()]
            found[top] = digest(hashed)
    return found


@cache
def method(kind: str) -> str:
    """The version of a kind's method: short digest of the code that turns its answers into a verdict.

    Comments, docstrings and layout do not count. A kind of another package has the version of that package.
    """
    from factcheck.measures import KINDS

    module = KINDS[kind].__module__ if kind in KINDS else ""
    if not module.startswith("factcheck."):
        return libraries().get(module.partition(".")[0], module)
    found = {name: _bare(name) for name in _reached(module)} | {
        name: _bare(name) for name in _reached("factcheck.verdicts.compare") | _reached("factcheck.verdicts.confidence")
    }
    return digest(found)[:_SHORT]


def _reached(module: str) -> frozenset[str]:
    """The module and all of the method's rooms that it imports, however far."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name not in seen and _file(name) is not None:
            seen.add(name)
            waiting += [one for one in _imports(name) if one.startswith(_METHOD)]
    return frozenset(seen)


def _file(module: str) -> Path | None:
    path = _PACKAGE.parent.joinpath(*module.split("."))
    return next((one for one in (path.with_suffix(".py"), path / "__init__.py") if one.is_file()), None)


@cache
def _imports(module: str) -> tuple[str, ...]:
    return tuple(_named(_tree(module)))


def _named(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)  # where what is imported is a module


@cache
def _tree(module: str) -> ast.Module:
    path = _file(module)
    return ast.parse(path.read_bytes() if path is not None else b"")


@cache
def _bare(module: str) -> str:
    """The code of a module without docstrings, comments and layout."""
    tree = _tree(module)
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and ast.get_docstring(node, clean=False) is not None
        ):
            node.body[0] = ast.Pass()
    return ast.dump(tree)
