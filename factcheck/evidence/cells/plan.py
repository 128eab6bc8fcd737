"""From questions to axes: which atoms there are, where each finds its truth, and what every question needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from factcheck.evidence.asks import Ask
from factcheck.evidence.cells.axes import Axis, steps_axis, truth_axis
from factcheck.evidence.cells.cut import Atom, Literal, Program, Test, cut
from factcheck.evidence.cells.dictionary import Few, few_valued, values_axis
from factcheck.evidence.cells.direct import source
from factcheck.evidence.cells.evaluate import By
from factcheck.evidence.cells.group import WHOLE, Needs
from factcheck.evidence.cells.literals import Point, points
from factcheck.evidence.cells.session import Session
from factcheck.evidence.cells.texts import plan_texts, text_tests
from factcheck.evidence.dataset import Dataset, Family
from factcheck.evidence.expressions import Bound

# A text column that only a few conditions name is not worth a pass over its values.
_FEW_ATOMS = 2
# Fewer conditions on a text column are asked as they are.
_MANY_TESTS = 3
_LABELLED = (Family.TEXT, Family.INTEGER, Family.DATE, Family.TIMESTAMP, Family.BOOLEAN)


@dataclass
class Plan:
    """`axes` by name, the axis (`home`) of each atom, and each question's parts."""

    axes: dict[str, Axis] = field(default_factory=dict)
    home: dict[str, str] = field(default_factory=dict)
    parts: dict[Ask, tuple[Program | None, tuple[By, ...]]] = field(default_factory=dict)
    beyond: list[Ask] = field(default_factory=list)  # labels with too many values for cells
    present: dict[str, list[Any]] = field(default_factory=dict)  # values of columns that were seen whole
    layers: list[str] = field(default_factory=list)  # new columns that axes rest on, each over those before
    _needs: dict[Ask, Needs] = field(default_factory=dict, repr=False)

    def needs(self, ask: Ask) -> Needs:
        """What must be told apart on which axis; kept, since planning asks for it more than once."""
        found = self._needs.get(ask)
        if found is None:
            found = self._needs[ask] = self._needed(ask)
        return found

    def _needed(self, ask: Ask) -> Needs:
        base, bys = self.parts[ask]
        found: dict[str, set[str]] = {}
        for part in (base, *bys):
            if isinstance(part, str):
                found.setdefault(part, set()).add(WHOLE)
            elif part is not None:
                for step in part:
                    if isinstance(step, Atom):
                        found.setdefault(self.home[step.key], set()).add(step.key)
        return {name: frozenset([WHOLE]) if WHOLE in atoms else frozenset(atoms) for name, atoms in found.items()}

    def whole(self, ask: Ask) -> None:
        """Keep a question's conditions uncut: each is one axis of three classes, however long it is."""
        base, bys = self.parts[ask]
        uncut = [_uncut(bound, part) for bound, part in zip((ask.base, *ask.by), (base, *bys), strict=True)]
        for part in uncut:
            if isinstance(part, tuple):
                self.add(truth_axis(part[0]), [part[0].key]) if isinstance(part[0], Atom) else None
        self._needs.pop(ask, None)
        first = uncut[0]
        self.parts[ask] = (first if isinstance(first, tuple) else None, tuple(by for by in uncut[1:] if by is not None))

    def relation(self, dataset: Dataset) -> str:
        """What the axes' SQL can be asked of: the rows, with the new columns."""
        found = source(dataset)
        for layer in self.layers:
            found = f"(SELECT *, {layer} FROM {found}) AS prepared"
        return found

    def add(self, axis: Axis, atoms: Iterable[str]) -> None:
        self.axes[axis.name] = axis
        for key in atoms:
            self.home[key] = axis.name


def _uncut(bound: Bound | None, part: By | None) -> By | None:
    return part if bound is None or isinstance(part, str) else (atom_of(bound),)


def atom_of(bound: Bound) -> Atom:
    # Its own key: the same text may also be an atom that has its place on another axis.
    return Atom(f"whole {bound.sql}", bound.columns, None, bound.tree)


def make_plan(session: Session, dataset: Dataset, asks: list[Ask], sample: str) -> Plan:
    plan = Plan()
    programs = _programs(asks)
    atoms = {step.key: step for program in programs.values() for step in program if isinstance(step, Atom)}
    labels = {by.sql: by for ask in asks for by in ask.by if by.family is not Family.BOOLEAN}
    columns = _by_column(dataset, atoms)
    tests = [(a.test, dataset.columns[name]) for name, mine in columns.items() for a in mine if a.test is not None]
    places = points(session, tests)
    few = few_valued(session, sample, _candidates(dataset, columns, labels, places))
    _values_axes(session, dataset, plan, few, columns)
    _text_axes(session, dataset, plan, atoms, sample)
    _other_axes(dataset, plan, columns, atoms, places)
    for ask in asks:
        if all(by.family is Family.BOOLEAN or by.sql in plan.axes for by in ask.by):
            base = None if ask.base is None else programs[ask.base.sql]
            bys = tuple(programs[by.sql] if by.family is Family.BOOLEAN else by.sql for by in ask.by)
            plan.parts[ask] = (base, bys)
        else:
            plan.beyond.append(ask)
    return plan


def _programs(asks: list[Ask]) -> dict[str, Program]:
    programs: dict[str, Program] = {}
    for ask in asks:
        for bound in (ask.base, *ask.by):
            if bound is not None and bound.family is Family.BOOLEAN and bound.sql not in programs:
                programs[bound.sql] = cut(bound)
    return programs


def _by_column(dataset: Dataset, atoms: dict[str, Atom]) -> dict[str, list[Atom]]:
    """The atoms that rest on a single column, by its name."""
    columns: dict[str, list[Atom]] = {}
    for found in atoms.values():
        if len(found.columns) == 1:
            (name,) = found.columns
            if name in dataset.columns:
                columns.setdefault(name, []).append(found)
    return columns


def _candidates(
    dataset: Dataset, columns: dict[str, list[Atom]], labels: dict[str, Bound], places: dict[tuple[str, Literal], Point]
) -> list[Few]:
    """Expressions whose values would make a good axis, if they are few."""
    found = {by.sql: _few(dataset, by) for by in labels.values() if by.family in _LABELLED}
    for name, atoms in columns.items():
        column = dataset.columns[name]
        # A boolean has no more values than the truth of a condition on it.
        wanted = len(atoms) > _FEW_ATOMS and not all(_placed(a, places) for a in atoms)
        if column.family in _LABELLED and (wanted or column.family is Family.BOOLEAN):
            sql = '"' + name.replace('"', '""') + '"'
            found.setdefault(sql, Few(sql, name, column.family))
    columns_seen: dict[str, Few] = {}
    for few in found.values():
        columns_seen.setdefault(few.column or few.sql, few)
    return list(columns_seen.values())


def _few(dataset: Dataset, by: Bound) -> Few:
    from sqlglot import exp

    tree = by.tree
    while isinstance(tree, exp.Paren):
        tree = tree.this
    name = tree.name if isinstance(tree, exp.Column) and tree.name in dataset.columns else None
    return Few(by.sql, name, by.family)


def _placed(found: Atom, places: dict[tuple[str, Literal], Point]) -> bool:
    """True where all literals of an atom have a place in its column's order."""
    test = found.test
    return test is not None and all((test.column, value) in places for value in test.literals)


def _values_axes(
    session: Session, dataset: Dataset, plan: Plan, few: list[Few], columns: dict[str, list[Atom]]
) -> None:
    for one in few:
        atoms = columns.get(one.column, []) if one.column is not None else []
        axis = values_axis(session, dataset, one, atoms)
        if axis is None:
            continue
        plan.add(axis, [a.key for a in atoms])
        if one.column is not None:
            plan.present[one.column] = [label for label in axis.labels or [] if label is not None]


def _text_axes(session: Session, dataset: Dataset, plan: Plan, atoms: dict[str, Atom], sample: str) -> None:
    if session.far:
        return  # its small letters and regular expressions need not be those of DuckDB
    left = [atom for key, atom in atoms.items() if key not in plan.home]
    for i, (column, tests) in enumerate(text_tests(left, dataset).items()):
        names = f"texts {i}: "
        if len(tests) < _MANY_TESTS or any(name.startswith(names) for name in dataset.columns):
            continue
        found = plan_texts(session, column, tests, sample, names)
        if found is not None:
            plan.layers += found.layers
            for axis, keys in found.axes:
                plan.add(axis, keys)


def _other_axes(
    dataset: Dataset, plan: Plan, columns: dict[str, list[Atom]], atoms: dict[str, Atom],
    places: dict[tuple[str, Literal], Point],
) -> None:  # fmt: skip
    for name, mine in columns.items():
        tests: dict[str, Test] = {
            a.key: a.test for a in mine if a.test is not None and a.key not in plan.home and _placed(a, places)
        }
        if tests:
            plan.add(steps_axis(dataset.columns[name], tests, places), tests)
    for key, found in atoms.items():
        if key not in plan.home:
            plan.add(truth_axis(found), [key])
