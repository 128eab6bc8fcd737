"""Checks a measure's names and types against its dataset, noting every problem where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from factcheck.cases.case import Case
from factcheck.cases.designs import check_design, check_weight, design_of
from factcheck.cases.expressions import Expressions
from factcheck.errors import EvidenceError, Place, Problem
from factcheck.evidence.dataset import Dataset, Family
from factcheck.evidence.expressions import Bound, ExpressionError, Scope, Select, bind_column, bind_select
from factcheck.evidence.networks import network_hint
from factcheck.measures import KINDS, kinds_in
from factcheck.measures.design import Design
from factcheck.measures.foreign import foreign_form, foreign_kind, foreign_kinds
from factcheck.measures.form import BindError, Expectation, Form, Measure
from factcheck.text.nodes import Mapping as MappingNode
from factcheck.text.suggest import did_you_mean
from factcheck.text.validate import validate

SIDE_KEYS = ("dataset", "where")
_INSTEAD = {
    **dict.fromkeys(("average", "avg"), "mean"),
    **dict.fromkeys(("percent", "percentage", "proportion", "fraction"), "share"),
    **dict.fromkeys(("number", "rows"), "count"),
    **dict.fromkeys(("total",), "sum"),
    **dict.fromkeys(("percentile",), "quantile"),
}


def undecided(case: Case, dataset: str, place: Place) -> Problem:
    """The problem of a dataset that does not say how complete it is."""
    return Problem(
        f"dataset '{dataset}' does not say how complete it is, and claim '{case.claim.id}' rests on it",
        place,
        "add `completeness: complete`, `random sample` or `partial`",
    )


@dataclass
class Notebook:
    """What binding one case leaves behind: problems, the columns used, the conditions with their places."""

    problems: list[Problem] = field(default_factory=list)
    used: set[tuple[str, str]] = field(default_factory=set)
    conditions: list[tuple[str, Bound, tuple[str | int, ...]]] = field(default_factory=list)
    datasets: list[str] = field(default_factory=list)
    params: set[str] = field(default_factory=set)
    names: tuple[str, ...] = ()  # every dataset of the project, for hints
    expressions: Expressions = field(default_factory=Expressions)  # that other cases of the run have bound


class CaseBinder:
    """Binds the expressions of one measure (or of a side of it) to one dataset."""

    def __init__(
        self,
        case: Case,
        datasets: Mapping[str, Dataset],
        dataset: Dataset,
        where: Bound | None,
        notebook: Notebook,
        prefix: tuple[str | int, ...] = ("measure",),
    ) -> None:
        self.case = case
        self.datasets = datasets
        self.dataset = dataset
        self.where = where
        self.notebook = notebook
        self.prefix = prefix
        if dataset.name not in notebook.datasets:
            notebook.datasets.append(dataset.name)

    @property
    def timezone(self) -> str:
        """The clock on which periods are told: the claim's, else that of the time columns if they agree, else UTC."""
        if self.case.claim.timezone is not None:
            return self.case.claim.timezone
        zones = {column.timezone for column in self.dataset.columns.values() if column.timezone}
        return zones.pop() if len(zones) == 1 else "UTC"

    @property
    def period(self) -> str | None:
        return self.case.claim.period

    @cached_property
    def design(self) -> Design | None:
        return design_of(self)

    @property
    def labels(self) -> tuple[str, ...]:
        claimed = self.case.claim.claimed
        return tuple(map(str, claimed)) if isinstance(claimed, Mapping) else ()

    @property
    def scope(self) -> Scope:
        return Scope(self.dataset.columns, self.case.claim.params, self.case.claim.timezone, self.dataset.name)

    def expression(self, text: str, *path: str | int, expect: Expectation = "any") -> Bound:
        return self.at(text, (*self.prefix, *path), expect)

    def at(self, text: str, path: tuple[str | int, ...], expect: Expectation) -> Bound:
        """Binds the text that stands at a path of the claim.

        After an error a stand-in is returned, so that the rest of the measure is checked in the same run; a case with
        problems is never asked.
        """
        try:
            bound = self.notebook.expressions.bind(text, self.scope, expect)
        except ExpressionError as error:
            self._note(error, text, path)
            return stand_in(text)
        self._use(bound)
        self.notebook.conditions.append((self.dataset.name, bound, path))
        return bound

    def column(self, text: str, *path: str | int) -> Bound:
        try:
            bound = bind_column(text, self.scope)
        except ExpressionError as error:
            self._note(error, text, (*self.prefix, *path))
            return stand_in(text)
        self._use(bound)
        return bound

    def select(self, text: str, *path: str | int) -> Select:
        try:
            select = bind_select(
                text,
                {name: dataset.columns for name, dataset in self.datasets.items()},
                relations={name: dataset.relation for name, dataset in self.datasets.items()},
                params=self.case.claim.params,
                timezone=self.case.claim.timezone,
            )
        except ExpressionError as error:
            self._note(error, text, (*self.prefix, *path))
            raise BindError(error.message) from None
        self.notebook.used |= {*select.chosen_by, *(o for column in select.outputs or () for o in column.origins)}
        for name in select.datasets:
            self._rests_on(self.datasets[name], *path)
            if name not in self.notebook.datasets:
                self.notebook.datasets.append(name)
        return select

    def _rests_on(self, dataset: Dataset, *path: str | int) -> None:
        """Without its completeness nothing can be concluded from a dataset; the claim's own is checked before."""
        if dataset.completeness is None and dataset.name != self.dataset.name:
            place = dataset.place or self.case.place(*self.prefix, *path)
            self.notebook.problems.append(undecided(self.case, dataset.name, place))

    def inner(self, measure: Mapping[str, Any], *path: str | int) -> Measure:
        """A side of a ratio or difference: a measure that may name its own dataset and `where`."""
        own = {key: measure[key] for key in SIDE_KEYS if key in measure}
        dataset = self._named(str(own["dataset"]), *path, "dataset") if "dataset" in own else self.dataset
        child = CaseBinder(self.case, self.datasets, dataset, None, self.notebook, (*self.prefix, *path))
        child.where = self._where(child, own)
        rest = {key: value for key, value in measure.items() if key not in SIDE_KEYS}
        return bind_measure(rest, child, skip=SIDE_KEYS)

    def other(self, name: str, *path: str | int) -> CaseBinder:
        """A binder for another dataset, which the value at `path` names; no `where` holds there."""
        return CaseBinder(
            self.case, self.datasets, self._named(name, *path), None, self.notebook, (*self.prefix, *path)
        )

    def _named(self, name: str, *path: str | int) -> Dataset:
        found = self.datasets.get(name)
        if found is None:
            names = self.notebook.names
            hint = network_hint(name, names) or did_you_mean(name, names)
            raise self.fail(f"unknown dataset '{name}'", *path, hint=hint)
        self._rests_on(found, *path)
        return found

    def _where(self, child: CaseBinder, own: Mapping[str, Any]) -> Bound | None:
        if "where" in own:
            text = own["where"]
            return None if text is None else child.at(str(text), (*child.prefix, "where"), "condition")
        text = self.case.claim.where
        if child.dataset.name == self.dataset.name:
            return self.where
        # A default `where` belongs to the default dataset; the claim's own restricts everything.
        if text is None or self.case.where_is_default:
            return None
        return child.at(text, ("where",), "condition")

    def fail(self, message: str, *path: str | int, hint: str = "") -> BindError:
        self.notebook.problems.append(Problem(message, self.case.place(*self.prefix, *path), hint))
        return BindError(message)

    def fail_at_key(self, message: str, key: str, hint: str = "") -> BindError:
        """As `fail`, pointing at a key of the measure instead of its value."""
        place = self.case.source.key_place(*_written(self), key)
        self.notebook.problems.append(Problem(message, place, hint))
        return BindError(message)

    def _use(self, bound: Bound) -> None:
        self.notebook.used |= {(self.dataset.name, column) for column in bound.columns}

    def _note(self, error: ExpressionError, text: str, path: tuple[str | int, ...]) -> None:
        # `of: distinct x` and `count: distinct x` hold the expression behind a word of their own.
        node = self.case.source.node_at(*path)
        value = getattr(node, "value", None)
        shift = value.find(text) if isinstance(value, str) and isinstance(text, str) else -1
        if error.offset is None or shift < 0:
            place = self.case.place(*path)
        else:
            place = self.case.place(*path, offset=error.offset + shift, length=error.length)
        self.notebook.problems.append(Problem(error.message, place, self._why(error, text) or error.hint))

    def _why(self, error: ExpressionError, text: str) -> str:
        """Why a column is not of the type that a claim expects, where reading the file has told."""
        if error.code != "type" or self.dataset.ledger is None:
            return ""
        said = [note.text for note in self.dataset.ledger.notes if note.column is not None and note.column in text]
        return said[0] if said else ""


def stand_in(text: str) -> Bound:
    """What takes the place of an expression that has an error."""
    from sqlglot import exp

    return Bound("NULL", Family.UNKNOWN, frozenset(), text, exp.Null())


def bind_measure(measure: Mapping[str, Any], binder: CaseBinder, skip: tuple[str, ...] = ()) -> Measure:
    """The form of a measure's kind, validated where it was written and bound."""
    return form_of(measure, binder, skip).bind(binder)


def form_of(measure: Mapping[str, Any], binder: CaseBinder, skip: tuple[str, ...] = ()) -> Form:
    """The YAML form of a measure; an unknown companion is noted and the rest is read all the same."""
    kind = kind_of(measure, binder)
    node = binder.case.source.node_at(*_written(binder))
    if not isinstance(node, MappingNode):
        raise binder.fail("expected a mapping such as {count: rows}")
    known = _form(kind, binder)
    check_design(known, binder)
    form, problems = validate(known, node, f"the measure of claim '{binder.case.claim.id}'", elsewhere=skip)
    if form is not None:
        check_weight(form, binder)
        return form
    binder.notebook.problems.extend(problems)
    names = {field.alias or name for name, field in known.model_fields.items()}
    try:
        return known.model_validate({key: value for key, value in measure.items() if key in names})
    except ValueError:
        raise BindError(kind) from None  # a companion itself is wrong, and that is noted already


def _form(kind: str, binder: CaseBinder) -> type[Form]:
    """The class behind a kind: ours, or that of an installed package."""
    if kind in KINDS:
        return KINDS[kind]
    try:
        return foreign_form(kind)
    except EvidenceError as error:
        raise binder.fail_at_key(error.message, kind) from error


def kind_of(measure: Mapping[str, Any], binder: CaseBinder) -> str:
    """The one kind that a measure names."""
    known = kinds_in(measure)
    if len(known) > 1:
        message = f"two kinds in one measure: '{known[0]}' and '{known[1]}'"
        raise binder.fail_at_key(message, known[1], "a measure has one kind")
    if known:
        return known[0]
    foreign = foreign_kind(measure)
    if foreign is not None:
        return foreign
    companions = {field for form in KINDS.values() for field in form.model_fields} - set(KINDS)
    words = [key for key in measure if key not in companions] or list(measure)
    meant = _INSTEAD.get(str(words[0]).lower()) if words else None
    named = (*KINDS, *foreign_kinds())
    hint = f"did you mean '{meant}'?" if meant else did_you_mean(str(words[0]), named) if words else ""
    hint = hint or f"a measure is one of {', '.join(named)}"
    if not measure:
        raise binder.fail("a measure is empty", hint=hint)
    raise binder.fail_at_key(f"unknown kind of measure '{words[0]}'", str(words[0]), hint)


def _written(binder: CaseBinder) -> tuple[str | int, ...]:
    path = binder.prefix
    if path and path[0] in binder.case.written:
        return (*binder.case.written[str(path[0])], *path[1:])
    return path
