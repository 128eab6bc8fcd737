"""Claim files and claims as pytest sees them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from factcheck import pytest_plugin
from factcheck.text.files import shown

# What makes pytest or a common plugin act, or means something else to -m: a tag only names.
_TAKEN = frozenset(
    {
        "skip", "skipif", "xfail", "parametrize", "parameterize", "parametrise", "parameterise", "usefixtures",
        "filterwarnings", "tryfirst", "trylast", "xdist_group", "timeout", "flaky", "asyncio", "anyio", "trio",
        "django_db", "repeat", "order", "first", "second", "last", "dependency", "depends", "benchmark", "hypothesis",
        "no_cover", "and", "or", "not", "True", "False", "None", "factcheck",
    }
)  # fmt: skip
_NO_MARKER = re.compile(r"[^\w.+-]+")  # what an expression of -m cannot hold


class ClaimFile(pytest.File):
    """A claim file of a project."""

    root: Path  # of the project
    name_there: str  # of the file, in the project

    @classmethod
    def of(cls, parent: pytest.Collector, path: Path, root: Path) -> ClaimFile:
        node: ClaimFile = cls.from_parent(parent, path=path)
        node.root, node.name_there = root, shown(path, root)
        return node

    def collect(self) -> Iterator[ClaimItem]:
        read = self.read()
        if problems := read["problems"].get(self.name_there):
            raise self.CollectError("\n".join(problems))
        general = self.config.stash.setdefault(_TOLD, set())
        if read["general"] and str(self.root) not in general:  # what is wrong with the project is said once
            general.add(str(self.root))
            raise self.CollectError("\n".join(read["general"]))
        for claim in read["claims"].get(self.name_there, ()):
            yield ClaimItem.of(self, claim)

    def read(self) -> Any:
        """What the claim files of the project hold, and what is wrong in them."""
        file = None if self.name_there.startswith("claims/") else self.name_there

        def read() -> Any:  # a worker that finds it read needs nothing of what reading needs
            from factcheck.pytest_plugin.checking import read

            return read(self.root, file, _against(self.config))

        return pytest_plugin.shared(self.config).once("read", f"{self.root}\0{file or ''}", read)


class ClaimItem(pytest.Item):
    """A claim: passes where its verdict is the one that was accepted, or none was."""

    parent: ClaimFile
    line: int

    @classmethod
    def of(cls, parent: ClaimFile, claim: Any) -> ClaimItem:
        item: ClaimItem = cls.from_parent(parent, name=claim["id"])
        item.line = claim["line"]
        item.add_marker(pytest_plugin.MARKER)
        for name in dict.fromkeys(map(_marker, claim["tags"])):
            parent.config.addinivalue_line("markers", f"{name}: a tag of claims.")
            item.add_marker(name)
        return item

    def reportinfo(self) -> tuple[os.PathLike[str], int, str]:
        return self.path, self.line - 1, self.name

    def runtest(self) -> None:
        found = self._checked()["claims"].get(self.name)
        self.user_properties.append(("claim", self.name))
        if found is None:
            pytest.fail(_why_none(self._checked(), self.parent.name_there), pytrace=False)
        self.user_properties.extend(found["facts"].items())
        if found["failure"] is not None:
            pytest.fail(found["failure"], pytrace=False)

    def _checked(self) -> Any:
        """The verdicts of all claims of the project that were selected: they are evaluated together, once."""
        root, config = self.parent.root, self.config

        def check() -> Any:
            from factcheck.pytest_plugin.checking import Wish, check

            mine = [one for one in self.session.items if isinstance(one, ClaimItem) and one.parent.root == root]
            mine = mine if self in mine else [*mine, self]
            files = {one.parent.name_there: one.parent.read() for one in mine}
            strict, accept = config.getoption("factcheck_strict"), config.getoption("factcheck_accept")
            return check(root, files, {one.name for one in mine}, Wish(strict, accept, _against(config)))

        return pytest_plugin.shared(config).once("checked", str(root), check)


_TOLD = pytest.StashKey[set[str]]()


def _marker(tag: str) -> str:
    """The marker of a tag: its own word, an underscore for what -m cannot hold."""
    name = _NO_MARKER.sub("_", tag.strip())
    return f"tag_{name}" if name in _TAKEN or name.startswith("_") else name


def _against(config: pytest.Config) -> Path | None:
    given = config.getoption("factcheck_against")
    return None if given is None else config.invocation_params.dir / given


def _why_none(checked: Any, file: str) -> str:
    """Why a claim has no verdict: what is wrong in its own file, or the first thing that is wrong elsewhere."""
    return str(checked["problems"].get(file) or checked["problems"].get("") or "factcheck did not evaluate this claim")
