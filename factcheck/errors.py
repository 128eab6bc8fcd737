"""What can go wrong, and who has to act.

    FactcheckError            everything factcheck raises on purpose
    ├── SpecError             the claim files, manifests, configuration or call are wrong (exit 2);
    │                         carries every Problem found, not only the first
    │   └── TemplateError     a project's own template cannot be used: reports alone suffer from it
    ├── EvidenceError         evidence could not be read or queried (exit 3): an error on the
    │                         claims that rest on it, never a verdict, and the other claims go on
    ├── StatisticsError       a statistic was given impossible input; names the argument and its value
    ├── FigureError           a claimed figure that cannot be read (claims.figures); becomes a Problem of a SpecError
    └── ExpressionError       an expression that cannot be read (evidence.expressions); becomes a Problem likewise
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Place:
    """Where in a file something stands. `line` and `column` count from 1."""

    file: str
    line: int
    column: int
    length: int = 1
    excerpt: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Problem:
    """One thing a person has to mend, with where it stands and what would be right."""

    message: str
    place: Place | None = None
    hint: str = ""
    severity: Literal["error", "warning"] = "error"

    def render(self) -> str:
        """The problem as it is printed: `file:line:column: message`, the line, a caret and the hint."""
        warning = "warning: " if self.severity == "warning" else ""
        if self.place is None:
            return f"{warning}{self.message}" + (f"\n    {self.hint}" if self.hint else "")
        head = f"{self.place}: {warning}{self.message}"
        if not self.place.excerpt:
            return head + (f"\n    {self.hint}" if self.hint else "")
        number = str(self.place.line)
        gutter = " " * len(number)
        # A tab in the excerpt must keep its width, or the caret would stand under the wrong letter.
        lead = "".join("\t" if c == "\t" else " " for c in self.place.excerpt[: self.place.column - 1])
        carets = "^" * max(1, min(self.place.length, len(self.place.excerpt) - self.place.column + 1))
        pointer = f"   {gutter} | {lead}{carets} {self.hint}".rstrip()
        return f"{head}\n   {number} | {self.place.excerpt}\n{pointer}"


class FactcheckError(Exception):
    """Everything factcheck raises on purpose."""


class SpecError(FactcheckError):
    """Claim files, manifests, configuration or the call are wrong."""

    def __init__(self, problems: list[Problem] | tuple[Problem, ...] | Problem) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(problem.render() for problem in self.problems))


class TemplateError(SpecError):
    """A template of the project is wrong; the claims were evaluated."""


class EvidenceError(FactcheckError):
    """Evidence could not be read or queried."""

    def __init__(self, message: str, dataset: str | None = None) -> None:
        self.message = message
        self.dataset = dataset
        super().__init__(f"dataset '{dataset}': {message}" if dataset else message)


class StatisticsError(FactcheckError, ValueError):
    """A statistic was given impossible input."""
