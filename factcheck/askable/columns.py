"""Which columns of a dataset a claim may well be about, from what its profile tells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from factcheck.draft.known import TEXTS
from factcheck.reports.escape import plain

_ADDRESS = re.compile(r"https?://|www\.|\S+[/\\]\S+$")
_NUMBERED = re.compile(r"(?i)(^|[_\s-])(id|ids|key|index|row|no|nr|code|lat|lon|latitude|longitude)$|[a-z]I[Dd]s?$")
_WEIGHT = re.compile(r"(?i)(^|[_\s.-])(weights?|weighting|wts?|wgts?|pweights?)$")
# Values that say that there is no answer: of "those whose answer is known" they are none, though they are not missing.
_NO_ANSWER = re.compile(
    r"(?i)(don.?t know|dk|refus(ed|al)( to (answer|say))?|no (answer|response|reply)|unknown|missing|skipped"
    r"|not (known|stated|asked|answered|applicable|available)|n/?a|(prefer|rather) not( to)? (say|answer))\W*"
)
_WHEN = ("year", "time", "date")
_MOST_GROUPS = 2_000  # different values of a column that rows are grouped by
_LONGEST = 60  # letters of a value in a claim that is read aloud


@dataclass(frozen=True)
class Facts:
    """What a profile tells of a column: its type, how many rows and different values, and the commonest ones."""

    name: str
    type: str
    rows: int
    missing: int
    distinct: int
    common: tuple[tuple[Any, int], ...]
    span: Mapping[str, Any] | None
    histogram: Mapping[str, Any] | None
    unit: str | None
    computed: bool

    @property
    def known(self) -> int:
        """Rows with a value."""
        return self.rows - self.missing

    @property
    def is_flag(self) -> bool:
        """Whether it says yes or no: truth values, or numbers that are 0 or 1."""
        values = {value for value, _ in self.common}
        return self.distinct == 2 and (self.type == "boolean" or (self.is_number and values == {0, 1}))

    @property
    def is_number(self) -> bool:
        return self.type in ("integer", "decimal", "double")

    @property
    def is_quantity(self) -> bool:
        """Whether its numbers measure something: not ids, codes, years, or a few values of a scale."""
        few = self.distinct < 8
        ids = self.type == "integer" and self.distinct == self.rows and self.unit is None
        when = any(word in self.name.lower() for word in _WHEN)
        return self.is_number and not few and not ids and not when and not _NUMBERED.search(self.name)

    @property
    def is_group(self) -> bool:
        """Whether its values are labels that several rows share."""
        label = self.type == "text" and self.name.lower() not in TEXTS
        some = 2 <= self.distinct <= min(_MOST_GROUPS, self.known // 2)
        return label and some and self._is_short and not self._has_no_answers

    @property
    def is_weight(self) -> bool:
        """Whether it is named as the weights of a survey are."""
        return self.is_number and _WEIGHT.search(self.name) is not None

    @property
    def _has_no_answers(self) -> bool:
        return any(_NO_ANSWER.fullmatch(str(value).strip()) for value, _ in self.common)

    @property
    def is_name(self) -> bool:
        """Whether its values tell who or what a row is of, so that one counts how many there are."""
        counted = self.type in ("text", "integer") and 10 <= self.distinct < self.known
        return counted and not self.is_quantity and self._is_short

    @property
    def _is_short(self) -> bool:
        """Whether its values can be read aloud: no long texts, no addresses, nothing that cannot be seen."""
        values = [str(value) for value, _ in self.common]
        return all(v.strip() and v == plain(v) and len(v) <= _LONGEST and not _ADDRESS.match(v) for v in values)


def facts(told: Mapping[str, Any]) -> tuple[Facts, ...]:
    """The columns of a profile, in their order."""
    rows = told["ledger"]["loaded"]
    return tuple(_facts(column, told["details"][column["name"]], rows) for column in told["columns"])


def _facts(column: Mapping[str, Any], details: Mapping[str, Any], rows: int) -> Facts:
    common: Sequence[Sequence[Any]] = column["common"]
    return Facts(
        column["name"], column["type"], rows, column["missing"], column["distinct"],
        tuple((value, count) for value, count in common), details["span"], details["histogram"],
        details["unit"], details["expr"] is not None,
    )  # fmt: skip


def telling(columns: Sequence[Facts]) -> list[Facts]:
    """The columns that labels come from, the most telling first: few values missing, and neither one that all have
    nor as many as there are rows.
    """
    return sorted((one for one in columns if one.is_group), key=lambda one: (_untold(one), columns.index(one)))


def _untold(one: Facts) -> float:
    largest = one.common[0][1] / one.known
    return round(one.missing / one.rows + abs(largest - 0.35) + (0.3 if one.distinct > 200 else 0.0), 1)
