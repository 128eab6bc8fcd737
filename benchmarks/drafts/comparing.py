"""Whether conditions hold for the same rows, and expressions have the same values: asked of the data.

Each question is a claim itself, that no row differs, so that what a condition means is what the claim language makes of
it. All questions of a set of sentences are asked in one run over the project.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml

import factcheck
from benchmarks.drafts.forms import Form, Part

Pair = tuple[Part, Part]
_QUOTED = re.compile(r'"[^"]+"')


class Comparisons:
    """Answers to the questions whether two parts of claims are the same, once `ask` has asked them."""

    def __init__(self) -> None:
        self._same: dict[Pair, bool] = {}

    def ask(self, pairs: Iterable[tuple[Form, Form]], root: Path) -> None:
        """Asks for all parts of these forms that are not written alike, in the project at `root`."""
        found = dict.fromkeys(parts for one, other in pairs for parts in _parts(one, other))
        wanted = [parts for parts in found if parts not in self._same and not _alike(parts)]
        self._same |= _answers(wanted, root)

    def same(self, one: Form, other: Form) -> bool:
        """Whether two forms ask the same; KeyError where that was not asked."""
        if one.key != other.key:
            return False
        return all(_alike(parts) or self._same[parts] for parts in _parts(one, other))


def _parts(one: Form, other: Form) -> list[Pair]:
    """The parts to compare, in a fixed order of the two; none where the forms differ anyway."""
    if one.key != other.key:
        return []
    return [
        (first, second) if str(first) <= str(second) else (second, first)
        for first, second in zip(one.parts, other.parts, strict=True)
    ]


def _alike(parts: Pair) -> bool:
    first, second = parts
    return first.dataset == second.dataset and _named(first) == _named(second)


def _named(part: Part) -> str:
    """The text of a part; of one that is a quoted name alone the name, because a column may be named either way."""
    return part.text if part.base is None or not _QUOTED.fullmatch(part.text) else part.text[1:-1]


def _answers(pairs: Sequence[Pair], root: Path) -> dict[Pair, bool]:
    """Where a part cannot be read, the whole run refuses: then halves are asked, until it stands alone."""
    if not pairs:
        return {}
    claims = [_claim(number, one, other) for number, (one, other) in enumerate(pairs)]
    path = root / "claims" / "compare.yaml"
    path.write_text(yaml.safe_dump({"claims": claims}, sort_keys=False, allow_unicode=True, width=10**6), "utf-8")
    try:
        run = factcheck.check(path, project=root)
    except factcheck.SpecError:
        if len(pairs) == 1:
            return {pairs[0]: False}
        middle = len(pairs) // 2
        return _answers(pairs[:middle], root) | _answers(pairs[middle:], root)
    finally:
        path.unlink(missing_ok=True)
    return {pair: run[f"same-{number}"].estimate == 0 for number, pair in enumerate(pairs)}


def _claim(number: int, one: Part, other: Part) -> dict[str, object]:
    """The claim that the two differ in no row: a row for which a condition is unknown is none that it means."""
    if one.base is None:
        different = f"coalesce(({one.text}), 1 = 0) <> coalesce(({other.text}), 1 = 0)"
    else:
        different = f"({one.base}) and ({one.text}) is distinct from ({other.text})"
    return {
        "id": f"same-{number}", "statement": "No row differs.", "dataset": one.dataset, "about": "rows",
        "measure": {"count": "rows", "that": different}, "claimed": "none",
    }  # fmt: skip
