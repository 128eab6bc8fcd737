"""`weight` and `cluster`: bound to a dataset, and refused where a kind of measure would not heed them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from factcheck.errors import Problem
from factcheck.measures.design import Design
from factcheck.measures.form import BindError, Expectation, Form
from factcheck.measures.setting import Mode, mode_of

if TYPE_CHECKING:
    from factcheck.cases.binding import CaseBinder
    from factcheck.evidence.expressions import Bound

# Of a sample these kinds give bounds only, so that it does not matter how the rows were drawn.
UNSCALED = (
    "min", "max", "per", "values", "first", "last", "gap", "overlap", "duplicates", "network", "cascade",
    "coordination",
)  # fmt: skip

# Of these the bound of a sample is a limit all the same, for rows that were drawn each by itself.
LIMITED = ("duplicates",)


def design_of(binder: CaseBinder) -> Design | None:
    """The claim's `weight` and `cluster`, bound to the binder's dataset; rows that stand for counts have neither.

    None also where nothing hangs on them: a cluster alone changes an interval only, and not every claim has one.
    """
    claim, counts = binder.case.claim, binder.dataset.counts
    if claim.weight is None and claim.cluster is None:
        return None
    if counts is not None:
        key = "cluster" if claim.weight is None else "weight"
        message = f"'{key}' has no meaning for a dataset whose rows stand for counts (`counts: {counts}`)"
        binder.notebook.problems.append(Problem(message, binder.case.place(key)))
        return None
    weight = None if claim.weight is None else _bound(binder, claim.weight, "weight", "number")
    cluster = None if claim.cluster is None else _bound(binder, claim.cluster, "cluster", "any")
    mode = mode_of(binder.dataset, claim.about)
    return Design(weight, cluster) if weight is not None or mode in (Mode.SAMPLE, Mode.PROCESS) else None


def _bound(binder: CaseBinder, text: str, key: str, expect: Expectation) -> Bound:
    """A key of the claim, which holds for the dataset of each side of its measure."""
    problems = binder.notebook.problems
    before = len(problems)
    found = binder.at(text, (key,), expect)
    if len(binder.prefix) > 1:
        hint = f"`{key}` holds for both sides; compare datasets that have it, or write `{key}: null`"
        problems[before:] = [replace(problem, hint=f"{problem.hint}; {hint}") for problem in problems[before:]]
    return found


def check_design(form: type[Form], binder: CaseBinder) -> None:
    """Refuses what would change the figure or its interval and is not used: never ignored in silence."""
    claim = binder.case.claim
    if form.weighs:
        return
    if claim.weight is not None:
        _refuse(binder, "weight", form.kind, "the figure would be wrong without it")
    elif claim.cluster is not None and _draws_an_interval(form, binder):
        _refuse(binder, "cluster", form.kind, "the interval would be too narrow without it")


def check_weight(form: Form, binder: CaseBinder) -> None:
    """Refuses a weight where the kind heeds it, but not for what is asked of it here."""
    claim = binder.case.claim
    if claim.weight is None or not binder.dataset.name:
        return
    why = form.weightless(mode_of(binder.dataset, claim.about) if len(binder.prefix) == 1 else None)
    if why:
        _refuse(binder, "weight", why, "each counts once, whatever its row weighs")


def _draws_an_interval(form: type[Form], binder: CaseBinder) -> bool:
    mode = mode_of(binder.dataset, binder.case.claim.about)
    limited = form.kind not in UNSCALED or form.kind in LIMITED
    return mode is Mode.PROCESS or (mode is Mode.SAMPLE and limited)


def _refuse(binder: CaseBinder, key: str, kind: str, why: str) -> None:
    hint = f"write `{key}: null` in claim '{binder.case.claim.id}', ask for another kind, or make it unverifiable"
    binder.notebook.problems.append(
        Problem(f"'{key}' is not available for {kind}; {why}", binder.case.place(key), hint)
    )
    raise BindError(key)
