"""Earlier results, as `check --format json` wrote them, to compare a run with; read as strictly as any other file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from factcheck.errors import Problem, SpecError
from factcheck.text.suggest import did_you_mean
from factcheck.verdicts.verdict import Outcome

SCHEMA = 1
_HINT = "it takes a file that `factcheck check --format json --output FILE` wrote"
_KEYS = ("statement", "direction", "confidence", "rating", "claimed", "estimate", "low", "high", "unit", "datasets")


@dataclass(frozen=True)
class Earlier:
    """The results of an earlier run: when it was, by which version, and its claims by id, as JSON has them.

    accepted: when each verdict was accepted, where they come from a baseline.
    """

    started: datetime
    version: str
    claims: Mapping[str, Mapping[str, Any]]
    accepted: Mapping[str, datetime] = field(default_factory=dict)

    def since(self, id: str) -> datetime:
        """From when on a claim has the verdict that it has here."""
        return self.accepted.get(id, self.started)


def read(path: Path) -> Earlier:
    """The results in a file; SpecError where it cannot be read or is something else."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        found = json.loads(text, parse_constant=_no_number)
    except FileNotFoundError:
        siblings = [one.name for one in path.parent.iterdir()] if path.parent.is_dir() else []
        raise SpecError(Problem(f"{path} does not exist", hint=did_you_mean(path.name, siblings))) from None
    except OSError as error:
        raise SpecError(Problem(f"{path} cannot be read: {error.strerror}", hint=_HINT)) from error
    except json.JSONDecodeError as error:
        raise SpecError(
            Problem(f"{path}:{error.lineno}:{error.colno}: this is no JSON: {error.msg}", hint=_HINT)
        ) from error
    except (ValueError, RecursionError) as error:
        raise SpecError(Problem(f"{path} holds no earlier results: {_why(error)}", hint=_HINT)) from error
    try:
        return _results(found)
    except (KeyError, TypeError, ValueError) as error:
        raise SpecError(Problem(f"{path} holds no earlier results: {_why(error)}", hint=_HINT)) from error


def _results(found: Any) -> Earlier:
    if not isinstance(found, dict):
        raise TypeError("it is no object")
    if found["schema"] != SCHEMA:
        raise ValueError(f"its form is {found['schema']!r}, this version of factcheck reads {SCHEMA}")
    started = datetime.fromisoformat(found["started"])
    if started.tzinfo is None:
        raise ValueError("'started' has no time zone")
    if not isinstance(found["claims"], list):
        raise TypeError("'claims' is no list")
    claims: dict[str, Mapping[str, Any]] = {}
    for number, claim in enumerate(found["claims"], 1):
        id = _claim(claim, number)
        if id in claims:
            raise ValueError(f"it has the claim '{id}' twice")
        claims[id] = claim
    return Earlier(started.astimezone(UTC), str(found["factcheck"]), claims)


def _claim(claim: Any, number: int) -> str:
    """The id of a claim that has all that is compared."""
    if not isinstance(claim, dict) or not isinstance(claim.get("id"), str):
        raise TypeError(f"claim {number} has no id")
    id: str = claim["id"]
    if lacking := [key for key in _KEYS if key not in claim]:
        raise ValueError(f"the claim '{id}' has no '{lacking[0]}'")
    if claim.get("outcome") not in tuple(Outcome):
        raise ValueError(f"the claim '{id}' has the outcome {claim.get('outcome')!r}")
    if not isinstance(claim["claimed"], dict | None):
        raise TypeError(f"what the claim '{id}' claimed is no object")
    for key in ("low", "high"):
        if isinstance(claim[key], bool) or not isinstance(claim[key], int | float | None):
            raise TypeError(f"'{key}' of the claim '{id}' is no number")
    if None not in (claim["low"], claim["high"]) and claim["low"] > claim["high"]:
        raise ValueError(f"'low' of the claim '{id}' is above 'high'")
    return id


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _why(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    if isinstance(error, RecursionError):
        return "it is too deep"
    return f"it has no {error}" if isinstance(error, KeyError) else str(error)
