"""What an expression may see, and what is said when it cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from factcheck.errors import FactcheckError
from factcheck.evidence.dataset import Column

Expected = Literal["condition", "number", "time", "text", "any", "column"]


class ExpressionError(FactcheckError):
    """An expression cannot be read. `offset` counts characters of its text from 0; None where no place is to blame."""

    def __init__(
        self, message: str, hint: str = "", offset: int | None = None, length: int = 1, code: str = "syntax"
    ) -> None:
        self.message = message
        self.hint = hint
        self.offset = offset
        self.length = length
        self.code = code
        super().__init__(f"{message} ({hint})" if hint else message)


@dataclass(frozen=True)
class Scope:
    """The columns and params that an expression may name, and the clock on which it reads times.

    `timezone` is the claim's; None takes each column's own, else UTC. Columns hold naive UTC.
    """

    columns: Mapping[str, Column]
    params: Mapping[str, object] = field(default_factory=dict)
    timezone: str | None = None
    dataset: str = ""


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """A hint that names near spellings, or nothing."""
    from factcheck.text.suggest import did_you_mean as hint

    return hint(word, candidates)
