"""Claim files to claims: defaults filled in, every field still pointing to where it was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from factcheck.claims.inheritance import Inherited
from factcheck.claims.models import Claim, Defaults, Head
from factcheck.errors import Place, Problem
from factcheck.text.files import yaml_files
from factcheck.text.nodes import Mapping, Node, Scalar, Sequence, descend, is_null, node_at, place_at
from factcheck.text.validate import validate
from factcheck.text.yaml import parse, read_yaml


@dataclass(frozen=True, eq=False)
class ClaimSource:
    """A claim with its defaults filled in, and where each part of it stands."""

    claim: Claim
    file: str  # relative to the project, with forward slashes
    line: int
    node: Mapping  # the claim's own entries and those it inherits
    title: str | None = None  # of the file
    file_tags: tuple[str, ...] = ()
    parts: tuple[ClaimSource, ...] = ()  # one for each of `checks`; empty where there are none
    index: int | None = None  # which of `checks` this is; None for the claim itself

    @property
    def id(self) -> str:
        return self.claim.id

    @property
    def tags(self) -> tuple[str, ...]:
        """The claim's tags and those of its file."""
        return tuple(dict.fromkeys((*self.file_tags, *self.claim.tags)))

    def node_at(self, *path: str | int) -> Node | None:
        """The node at `path` in the claim or its defaults, None where the claim does not say it."""
        return node_at(self.node, path)

    def place(self, *path: str | int, offset: int = 0, length: int | None = None) -> Place:
        """Where the value at `path` stands (or the nearest value above it), or part of its text.

        `offset` counts characters of the value; without `length` the mark runs to the value's end.
        """
        return place_at(self.node, path, offset, length)

    def key_place(self, *path: str | int) -> Place:
        """Where the key of the value at `path` stands, for errors about the key itself."""
        node, key = descend(self.node, path)
        return (key or node).place()


def read_claims(
    paths: Iterable[Path], project_root: Path, config_defaults: Mapping | None = None
) -> tuple[list[ClaimSource], list[Problem]]:
    """The claims of all files (folders are searched), in sorted order of files, and every problem found.

    A claim with a problem is not among the claims; `config_defaults` is `ConfigSource.defaults`.
    """
    files, problems = yaml_files(paths, project_root)
    reader = _Reader(config_defaults)
    for path, name in files:
        node, found = read_yaml(path, name)
        reader.problems.extend(found)
        if node is not None:
            reader.file(node)
        elif not found:
            reader.problems.append(Problem(f"{name} is empty", hint="expected 'claims:' and a list of claims"))
    return reader.claims, problems + _once(reader.problems)


def read_text(text: str, name: str) -> tuple[list[ClaimSource], list[Problem]]:
    """The claims of a claim file that is given as text, shown as `name`; no defaults but its own."""
    node, problems = parse(text, name)
    reader = _Reader(None)
    if node is not None:
        reader.file(node)
    return reader.claims, problems + _once(reader.problems)


class _Reader:
    """Collects the claims and problems of several files."""

    def __init__(self, config_defaults: Mapping | None) -> None:
        self.config = config_defaults
        self.claims: list[ClaimSource] = []
        self.problems: list[Problem] = []
        self._places: dict[str, Place] = {}

    def file(self, node: Node) -> None:
        if isinstance(node, Sequence):
            self.problems.append(Problem("expected 'claims:' above this list", node.place()))
            return
        head, problems = validate(Head, node, "this claim file", elsewhere=("defaults", "claims"))
        self.problems.extend(problems)
        if not isinstance(node, Mapping):
            return
        inherited = self._inherited(node.get("defaults"))
        for item in self._items(node):
            if source := self._claim(item, inherited, head or Head.model_construct()):
                self.claims.append(source)

    def _inherited(self, defaults: Node | None) -> Inherited:
        if defaults is not None and not is_null(defaults):
            self.problems.extend(validate(Defaults, defaults, "the defaults")[1])
        own = defaults if isinstance(defaults, Mapping) else None
        inherited, problem = Inherited.of(self.config, own)
        if problem:
            self.problems.append(problem)
        return inherited

    def _items(self, node: Mapping) -> Iterator[Mapping]:
        claims = node.get("claims")
        if claims is None or is_null(claims):
            place = node.key("claims").place() if "claims" in node else node.place()
            self.problems.append(Problem("this claim file has no claims", place, "expected 'claims:' and a list"))
            return
        if not isinstance(claims, Sequence):
            self.problems.append(Problem("expected a list of claims", claims.place(), "each begins with '- id:'"))
            return
        for item in claims.items:
            if isinstance(item, Mapping):
                yield item
            else:
                self.problems.append(Problem("expected a claim with 'id', 'statement', …", item.place()))

    def _claim(self, own: Mapping, inherited: Inherited, head: Head) -> ClaimSource | None:
        what = _name(own)
        node = own.replaced(inherited.fill(own.entries))
        claim, problems = validate(Claim, node, what)
        self.problems.extend(problems)
        if not self._is_new(own) or claim is None:
            return None
        self._signed(claim, node)
        common = (own.source.name, own.source.line_of(own.start))
        checks = descend(node, ("checks",))[0]
        parts: list[ClaimSource] = []
        for index, check in enumerate(checks.items if isinstance(checks, Sequence) and claim.checks else ()):
            if not isinstance(check, Mapping):
                continue
            merged = check.replaced(inherited.fill(own.entries, check.entries))
            part, problems = validate(Claim, merged, f"check {index + 1} of {what}")
            self.problems.extend(problems)
            if part is None:
                return None
            line = check.source.line_of(check.start)
            parts.append(ClaimSource(part, common[0], line, merged, head.title, head.tags, index=index))
        return ClaimSource(claim, *common, node, head.title, head.tags, tuple(parts))

    def _signed(self, claim: Claim, node: Mapping) -> None:
        """A review that approves says who and when, or nobody can be asked."""
        review = claim.review
        if review is not None and review.status == "approved" and None in (review.by, review.day):
            lacking = " and ".join(key for key, value in (("by", review.by), ("date", review.day)) if value is None)
            place = place_at(node, ("review",))
            message = f"the review of claim '{claim.id}' approves without '{lacking}'".replace(" and ", "' and '")
            self.problems.append(Problem(message, place, "say who approved it and when", "warning"))

    def _is_new(self, own: Mapping) -> bool:
        node = own.get("id")
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            return False
        first = self._places.setdefault(node.value, place := node.place())
        if first is not place:
            self.problems.append(Problem(f"claim id '{node.value}' is used twice", place, f"it is already at {first}"))
        return first is place


def _name(own: Mapping) -> str:
    """How errors call a claim: by its id, or by its line where it has none."""
    node = own.get("id")
    if isinstance(node, Scalar) and isinstance(node.value, str) and node.value:
        return f"claim '{node.value}'"
    return f"the claim on line {own.source.line_of(own.start)}"


def _once(problems: list[Problem]) -> list[Problem]:
    """What a default does wrong is said once, not for every claim that inherits it."""
    kept: dict[object, Problem] = {}
    for problem in problems:
        kept.setdefault(problem.place or problem.message, problem)
    return list(kept.values())
