"""Five claims that are true of a dataset, as varied as its columns allow."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from factcheck.askable.columns import facts
from factcheck.askable.kinds import Question, questions
from factcheck.draft.evaluating import evaluated
from factcheck.draft.writing import as_yaml
from factcheck.evidence.dataset import Dataset
from factcheck.text.unique import unique
from factcheck.verdicts.verdict import Outcome, Verdict

if TYPE_CHECKING:
    from factcheck.cases.evidence import Evidence

Spec = Mapping[str, Any]  # a claim as YAML has it
MOST = 5
_NO_SLUG = re.compile(r"[^a-z0-9]+")


def askable(evidence: Evidence, dataset: Dataset, told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Up to five complete claims that the engine has found true of the dataset, `told` being its profile.

    None of a dataset whose completeness is not stated: no claim can be made of it.
    """
    if dataset.completeness is None or not told["ledger"]["loaded"]:
        return []
    asked = _named(dataset, questions(dataset, facts(told)))
    first = _verdicts(evidence, [_claim(dataset, id, one, one.claimed) for id, one in asked.items()])
    figures = {id: figure for id, verdict in first.items() if (figure := _figure(asked[id], verdict)) is not None}
    claims = {id: _claim(dataset, id, asked[id], figure) for id, figure in figures.items()}
    second = _verdicts(evidence, list(claims.values()))
    true = [id for id in claims if id in second and second[id].outcome is Outcome.SUPPORTED and _is_visible(claims[id])]
    return [claims[id] for id in _varied(true, asked)]


def _verdicts(evidence: Evidence, claims: Sequence[Spec]) -> dict[str, Verdict]:
    """The verdicts by id, of the claims that could be measured."""
    found = evaluated(claims, evidence, evidence.known)
    return {verdict.id: verdict for verdict in found if isinstance(verdict, Verdict)}


def written(claims: Iterable[Spec]) -> str:
    """The claims as a claim file has them."""
    return "claims:\n" + "".join(as_yaml(claim) for claim in claims)


def _named(dataset: Dataset, asked: Iterable[Question]) -> dict[str, Question]:
    """The questions by an id for each claim."""
    found: dict[str, Question] = {}
    for one in asked:
        found[unique(_slug(f"{dataset.name} {one.kind} {one.column}"), found)] = one
    return found


def _slug(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return _NO_SLUG.sub("-", plain).strip("-")[:60].strip("-") or "claim"


def _claim(dataset: Dataset, id: str, asked: Question, figure: str) -> dict[str, Any]:
    # What is known of some rows says nothing of the others: the claim is about the rows.
    about = {} if dataset.completeness == "complete" else {"about": "rows"}
    statement = asked.statement.replace("{figure}", figure)
    statement = statement[:1].upper() + statement[1:]
    return {"id": id, "statement": statement, "dataset": dataset.name, **asked.fields, **about, "claimed": figure}


def _figure(asked: Question, verdict: Verdict) -> str | None:
    """What was found, as one would claim it; None where it would be a dull thing to say."""
    found = verdict.estimate
    if asked.kind in ("share", "among", "flag", "threshold"):
        return None if found is None or found in (0, 1) else _percent(Fraction(found))
    if asked.kind == "top":
        members = list(found) if isinstance(found, (list, tuple, set, frozenset)) else [found]
        return str(members[0]) if len(members) == 1 and members[0] is not None else None
    if asked.kind == "rank":
        return "second" if found == 2 else None
    if asked.kind == "trend":
        return None if not found else "rising" if found > 0 else "falling"  # which the second look has to support
    return None if not found or isinstance(found, str) else _number(Fraction(found))


def _percent(share: Fraction) -> str:
    percent = float(share) * 100
    return f"{percent:.0f}%" if 1 <= percent <= 99 else f"{percent:.1f}%"


def _number(found: Fraction) -> str:
    if found.denominator == 1:
        return f"{int(found):,}"
    places = next((n for n in range(1, 6) if abs(found) >= Fraction(10) ** (2 - n)), 6)
    return f"{Decimal(found.numerator) / Decimal(found.denominator):,.{places}f}"


def _is_visible(claim: Spec) -> bool:
    """Whether all of it can be seen: what is copied is what was read."""
    return all(line.isprintable() for line in as_yaml(claim).split("\n"))


def _varied(true: list[str], asked: Mapping[str, Question]) -> list[str]:
    """One of each kind, in the order of the kinds, before a second of any; of a kind the one about another column."""
    kinds = list(dict.fromkeys(asked[id].kind for id in true))
    chosen: list[str] = []
    for id in (id for _ in true for kind in kinds if (id := _next(kind, true, chosen, asked)) is not None):
        if len(chosen) == MOST:
            break
        chosen.append(id)
    return chosen


def _next(kind: str, true: list[str], chosen: list[str], asked: Mapping[str, Question]) -> str | None:
    left = [id for id in true if id not in chosen and asked[id].kind == kind]
    columns = [asked[id].column for id in chosen]
    return min(left, key=lambda id: columns.count(asked[id].column), default=None)
