"""Answering many `Ask`s of one dataset together: plan, one pass for the codes, one grouping per group of questions."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import Aggregate, Answer, Ask
from factcheck.evidence.cells.direct import direct_sql, source
from factcheck.evidence.cells.evaluate import Reader, read
from factcheck.evidence.cells.group import Group, Needs, bound, merge, united
from factcheck.evidence.cells.isolate import fails, guilty
from factcheck.evidence.cells.plan import Plan, make_plan
from factcheck.evidence.cells.run import Totals
from factcheck.evidence.cells.scan import group_cells, mergeable, narrow_sql
from factcheck.evidence.cells.session import WRITING, Session
from factcheck.evidence.cells.words import BITS, Word, pack
from factcheck.evidence.dataset import Dataset, Family


@dataclass(frozen=True)
class Limits:
    """`cells`: most cells of a group; `summed`: the same where numbers are summed; `inline`: most groups that
    read the data themselves instead of a narrow copy; `alone`: most questions answered by their own queries."""

    cells: int = 1 << 22
    summed: int = 1 << 16
    inline: int = 1
    alone: int = 3


@dataclass(frozen=True)
class Together:
    """What came of it: answers, the questions left for their own queries, and a line per group for people."""

    answers: dict[Ask, Answer]
    left: list[Ask]
    story: list[str]
    present: dict[str, list[Any]]


def answer_together(session: Session, totals: Totals, asks: list[Ask], sample: str, limits: Limits) -> Together:
    dataset = totals.dataset
    fit = [ask for ask in asks if all(mergeable(aggregate) for aggregate in ask.aggregates)]
    plan = make_plan(session, dataset, fit, sample)
    groups = plan_groups(plan, totals.rows, limits)
    chosen = {ask for group in groups for ask in group.members}
    found: dict[Ask, Answer] = {}
    session.steps.expect(WRITING + len(groups) + session.later)
    scales = _scales(session, dataset, [ask for ask in fit if ask in chosen])
    try:
        _run(session, dataset, plan, groups, limits, scales, found)
    except EvidenceError:
        groups = _innocent(session, dataset, plan, groups)
        _run(session, dataset, plan, groups, limits, scales, found)
    story = [_told(dataset, group) for group in groups]
    left = [ask for ask in asks if ask not in found]
    return Together(found, left, story, plan.present)


def _told(dataset: Dataset, group: Group) -> str:
    return f"{dataset.name}: {len(group.members)} questions over {', '.join(sorted(group.needs)) or 'all rows'}"


def _run(
    session: Session, dataset: Dataset, plan: Plan, groups: list[Group], limits: Limits,
    scales: dict[Aggregate, int], found: dict[Ask, Answer],
) -> None:  # fmt: skip
    """Answers every group; a group that fails alone leaves its questions to their own queries."""
    with _codes(session, dataset, plan, groups, limits) as (relation, words, xs):
        for group in groups:
            try:
                _answer_group(session, dataset, plan, group, relation, words, xs, scales, found)
            except EvidenceError:
                if len(groups) <= limits.inline:
                    raise


def _innocent(session: Session, dataset: Dataset, plan: Plan, groups: list[Group]) -> list[Group]:
    """The groups without the questions that rest on an axis or a number that cannot be computed."""
    axes = [plan.axes[name] for name in sorted({name for group in groups for name in group.needs})]
    bad = guilty(session, plan.relation(dataset), axes)
    kept: list[Group] = []
    for group in groups:
        members = [
            ask
            for ask in group.members
            if isinstance(ask, Ask)
            and not bad & plan.needs(ask).keys()
            and not any(fails(session, source(dataset), aggregate.x.sql) for aggregate in ask.aggregates)
        ]
        needs: Needs = {}
        for ask in members:
            needs = united(needs, plan.needs(ask))
        if members:
            kept.append(Group(needs, list(members), group.bound))
    return kept


def plan_groups(plan: Plan, rows: int, limits: Limits) -> list[Group]:
    """Questions that only count rows apart from those that sum: their tables are wider."""
    cap = min(limits.cells, max(1 << 14, rows))
    groups: list[Group] = []
    for aggregated, limit in ((False, cap), (True, min(cap, limits.summed))):
        mine = [ask for ask in plan.parts if bool(ask.aggregates) is aggregated]
        needs: dict[Hashable, Needs] = {}
        for ask in mine:
            need = plan.needs(ask)
            if bound(plan.axes, need, {}) > limit:
                plan.whole(ask)
                need = plan.needs(ask)
            needs[ask] = need
        made, _ = merge(plan.axes, needs, limit)
        groups += made
    return groups


def _scales(session: Session, dataset: Dataset, asks: list[Ask]) -> dict[Aggregate, int]:
    """Decimal places of every summed DECIMAL: the sum travels as an integer."""
    sums = list(dict.fromkeys(a for ask in asks for a in ask.aggregates if a.x.family is Family.DECIMAL))
    if not sums:
        return {}
    items = ", ".join(f"SUM({aggregate.x.sql})" for aggregate in sums)
    kinds = [str(row[1]) for row in session.rows(f"DESCRIBE SELECT {items} FROM {source(dataset)}")]
    return {aggregate: int(kind.rstrip(")").split(",")[1]) for aggregate, kind in zip(sums, kinds, strict=True)}


@contextmanager
def _codes(
    session: Session, dataset: Dataset, plan: Plan, groups: list[Group], limits: Limits
) -> Iterator[tuple[str, list[Word], dict[str, str]]]:
    """The relation to group, the words of codes in it, and the names of the summed numbers."""
    axes = [plan.axes[name] for name in sorted({name for group in groups for name in group.needs})]
    members = [ask for group in groups for ask in group.members if isinstance(ask, Ask)]
    summed = list(dict.fromkeys(a.x.sql for ask in members for a in ask.aggregates))
    # What is read once needs no packing, and another engine may have other words for shifting bits.
    inline = len(groups) <= limits.inline
    words = pack(axes, 0 if inline or session.far else BITS)
    xs = {x: f"x{i}" for i, x in enumerate(summed)}
    select = narrow_sql(plan.relation(dataset), words, xs)
    if not words and not summed:
        yield source(dataset), words, xs
    elif inline:
        yield f"({select}) AS codes", words, xs
    else:
        with session.scratch(select) as table:
            yield table, words, xs


def _answer_group(
    session: Session, dataset: Dataset, plan: Plan, group: Group, relation: str, words: list[Word],
    xs: dict[str, str], scales: dict[Aggregate, int], found: dict[Ask, Answer],
) -> None:  # fmt: skip
    members = [ask for ask in group.members if isinstance(ask, Ask)]
    aggregates = dict.fromkeys(a for ask in members for a in ask.aggregates)
    figures = {aggregate: xs[aggregate.x.sql] for aggregate in aggregates}
    reader = Reader(group_cells(session, relation, group, words, plan.axes, figures), plan.home)
    for ask in members:
        base, bys = plan.parts[ask]
        labels, n, values, aside, rows = read(reader, base, bys, ask.aggregates, list(plan.needs(ask)), scales)
        found[ask] = Answer(labels, n, values, aside, rows, direct_sql(ask, dataset))
