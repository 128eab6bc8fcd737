"""A case with every name, type and figure checked: all that is missing is the data's answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from factcheck.cases.binding import CaseBinder, Notebook, form_of
from factcheck.cases.case import Case
from factcheck.cases.designs import UNSCALED
from factcheck.cases.expressions import Expressions
from factcheck.claims.figures import (
    Claimed,
    CompositionClaim,
    DateClaim,
    FigureError,
    LabelClaim,
    NumberClaim,
    Quantity,
    SetClaim,
    read,
)
from factcheck.claims.figures.quantity import EXAMPLES
from factcheck.claims.figures.vocabulary import ABOUT
from factcheck.errors import Problem
from factcheck.evidence.dataset import Dataset, Family
from factcheck.evidence.expressions import Bound, cautions, params_used
from factcheck.evidence.networks import network_hint
from factcheck.measures import KINDS, kinds_in, named_kind
from factcheck.measures.form import BindError, Measure
from factcheck.measures.measurement import Note
from factcheck.measures.setting import Mode, Setting, check_population, mode_of
from factcheck.text.suggest import did_you_mean
from factcheck.verdicts.coverage import Span

MAX_DAYS = 3_700  # of a claimed period: ten years
OPEN = (Quantity.NUMBER, Quantity.DATE, Quantity.LABEL)  # what a value may turn out to be
NO_FALSE = ("sum", "mean", "median", "quantile", "min", "max", "value", "values", "delay", "gap", "correlation")
SETS_OF_DAYS = frozenset({"peaks"})  # kinds whose value is several days


@dataclass(frozen=True, eq=False)
class BoundCase:
    """A case ready to be asked. `used` are the (dataset, column) pairs it reads, for caveats and the ledger."""

    case: Case
    datasets: tuple[Dataset, ...]
    measure: Measure
    claimed: Claimed
    used: frozenset[tuple[str, str]]
    conditions: tuple[tuple[str, Bound, tuple[str | int, ...]], ...]
    notes: tuple[Note, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=dict)  # by dataset: what the rows hold of their time

    def setting(self, name: str) -> Setting:
        """How the named dataset was collected, for this claim; EvidenceError where its manifest cannot be true."""
        claim = self.case.claim
        dataset = next(dataset for dataset in self.datasets if dataset.name == name)
        # In a table of counts the rows are not the units of the population: `Rows.setting` adds the counts up.
        counted = dataset.counts is not None
        rows = dataset.ledger.loaded if dataset.ledger is not None and not counted else 0
        fraction, population = dataset.sample_fraction, dataset.population
        if claim.about == "process" and population is not None:
            # A process has no end, so that drawing all of a population leaves as much to chance as before.
            fraction, population = fraction or (Fraction(min(rows, population), population) or None), None
        setting = Setting(
            mode_of(dataset, claim.about),
            claim.level,
            claim.missing,
            fraction,
            population,
            rows,
            claim.min_n,
            named(self.claimed),
            claim.timezone or "UTC",
            claim.about == "process",
            dataset.ledger.repeated if dataset.ledger is not None and not counted else 0,
        )
        check_population(name, setting)
        # The rows of a table of counts are added up later, and so is what they leave unseen.
        return setting if counted else setting.of_all(weighted=claim.weight is not None)

    @property
    def sampled(self) -> bool:
        return any(mode_of(dataset, self.case.claim.about) in (Mode.SAMPLE, Mode.PROCESS) for dataset in self.datasets)


def named(claimed: Claimed) -> tuple[str, ...]:
    """The labels that a claim names; days by their ISO text."""
    if isinstance(claimed, CompositionClaim):
        return tuple(claimed.parts)
    if isinstance(claimed, DateClaim):
        return tuple(day.isoformat() for day in (claimed.days() or ())[:MAX_DAYS])
    return tuple(sorted(claimed.members)) if isinstance(claimed, (LabelClaim, SetClaim)) else ()


def build(
    case: Case, datasets: Mapping[str, Dataset], names: Collection[str] = (), expressions: Expressions | None = None
) -> tuple[BoundCase | None, list[Problem]]:
    """Binds a case; every problem found in it comes back with its place.

    `names` are all datasets of the project, of which `datasets` holds those that claims need; `expressions` are those
    that other cases have bound.
    """
    notebook = Notebook(names=tuple(sorted({*names, *datasets})), expressions=expressions or Expressions())
    dataset = _dataset(case, datasets, notebook)
    if dataset is None:
        return None, [*notebook.problems, *check_without_data(case)]
    _check_fields(case, dataset, notebook)
    binder = CaseBinder(case, datasets, dataset, None, notebook)
    if case.claim.where is not None:
        binder.where = binder.at(case.claim.where, ("where",), "condition")
    measure, quantity = _measure(case, binder)
    claimed = None if quantity is None else _read(case, measure, quantity, notebook)
    if measure is None or claimed is None or any(problem.severity == "error" for problem in notebook.problems):
        return None, notebook.problems
    _caution(case, notebook)
    used_datasets = tuple(datasets[name] for name in notebook.datasets)
    bound = BoundCase(case, used_datasets, measure, claimed, frozenset(notebook.used), tuple(notebook.conditions))
    return bound, notebook.problems


def check_without_data(case: Case) -> list[Problem]:
    """What can be said of a measure and its figure when the dataset is not known."""
    notebook = Notebook()
    nothing = Dataset("", {}, "", completeness="complete")
    try:
        form = form_of(case.claim.measure or {}, CaseBinder(case, {}, nothing, None, notebook))
    except BindError:
        return notebook.problems
    if form.reads is not None:
        read_claimed(case, form.reads, notebook)
    return notebook.problems


def _dataset(case: Case, datasets: Mapping[str, Dataset], notebook: Notebook) -> Dataset | None:
    name = case.claim.dataset or _side_dataset(case)
    if name is None:
        hint = f"datasets: {', '.join(notebook.names)}" if notebook.names else "describe one in evidence/"
        place = case.source.place()
        notebook.problems.append(Problem(f"claim '{case.claim.id}' names no dataset", place, hint))
        return None
    dataset = datasets.get(str(name))
    if dataset is None:
        hint = network_hint(str(name), notebook.names) or did_you_mean(str(name), notebook.names)
        hint = hint or f"datasets: {', '.join(notebook.names) or 'none'}"
        notebook.problems.append(Problem(f"unknown dataset '{name}'", case.place("dataset"), hint))
        return None
    if dataset.completeness is None:
        notebook.problems.append(
            Problem(
                f"dataset '{name}' does not say how complete it is, and claim '{case.claim.id}' rests on it",
                dataset.place or case.place("dataset"),
                "add `completeness: complete`, `random sample` or `partial`",
            )
        )
    return dataset


def _caution(case: Case, notebook: Notebook) -> None:
    """Warnings about what is allowed but often not meant."""
    used = {name for text in (case.claim.where, *_texts(case.claim.measure)) if text for name in params_used(text)}
    for name in case.claim.params:
        if name not in used and not case.params:
            hint = did_you_mean(name, used) or f"write :{name} in an expression, or leave it out"
            place = case.source.key_place("params", name)
            notebook.problems.append(Problem(f"the parameter '{name}' is not used", place, hint, "warning"))
    for _, bound, path in notebook.conditions:
        for code, day in cautions(bound):
            if code == "last-day":
                message = f"'<= {day}' ends with the first moment of that day"
                hint = "write < and the next day, or cast the time to a date"
                notebook.problems.append(Problem(message, case.place(*path), hint, "warning"))


def _texts(value: object) -> Iterator[str]:
    """Every text inside a measure."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _side_dataset(case: Case) -> str | None:
    """The dataset of a measure's first side, where the claim itself names none."""
    for side in (case.claim.measure or {}).values():
        if isinstance(side, dict) and "dataset" in side:
            return str(side["dataset"])
    return None


def _check_fields(case: Case, dataset: Dataset, notebook: Notebook) -> None:
    """What is in the language but would change the number without being used is refused, not ignored."""
    claim = case.claim
    if not Setting(Mode.EXACT, claim.level).level < 1:
        notebook.problems.append(Problem("'level' must lie below 100%", case.place("level")))
    kind = named_kind(claim.measure or {})
    if claim.missing == "false" and kind in NO_FALSE:
        hint = "use `missing: ignore`, or state the column's `range` for bounds"
        notebook.problems.append(Problem(f"'missing: false' has no meaning for {kind}", case.place("missing"), hint))
    if dataset.sample_fraction is not None and (what := _unscaled(claim.measure or {}, kind)):
        message = f"`sample_fraction` does not scale {what}: what was sampled is a bound only"
        notebook.problems.append(Problem(message, case.place("measure"), severity="warning"))


def _unscaled(measure: Mapping[str, object], kind: str) -> str:
    """What a sampling fraction leaves as it was found; empty where it scales the figure or turns no share."""
    if kind == "count" and str(measure["count"]).startswith("distinct "):
        return "a count of different values"
    if kind == "delay" and measure.get("take") in ("max", "min"):
        return f"the {'longest' if measure['take'] == 'max' else 'shortest'} delay"
    return kind if kind in UNSCALED else ""


def _measure(case: Case, binder: CaseBinder) -> tuple[Measure | None, Quantity | None]:
    """The bound measure and what its figure is; the latter also where only the binding failed, if the kind tells."""
    assert case.claim.measure is not None  # the claim model asks for it
    try:
        form = form_of(case.claim.measure, binder)
    except BindError:
        return None, None
    try:
        measure = form.bind(binder)
    except BindError:
        return None, form.reads
    return measure, measure.quantity


def _read(case: Case, measure: Measure | None, quantity: Quantity, notebook: Notebook) -> Claimed | None:
    """The figure; before the rows are read a column's kind of value may be open, and then any reading will do."""
    x = getattr(measure, "x", None)
    if isinstance(x, Bound) and x.family is Family.UNKNOWN and quantity in OPEN:
        for other in OPEN if quantity is Quantity.LABEL else OPEN[:2]:
            found = read_claimed(case, other, Notebook())
            if found is not None:
                return found
    return read_claimed(case, quantity, notebook)


def read_claimed(case: Case, quantity: Quantity, notebook: Notebook) -> Claimed | None:
    """The region of values that would make the claim true."""
    claim = case.claim
    measure = claim.measure or {}
    try:
        if isinstance(claim.claimed, str):
            return _warned(_read_text(str(claim.claimed), quantity, claim.tolerance, claim.near), case, notebook)
        part = Quantity.COUNT if measure.get("as") == "count" else Quantity.PROPORTION
        found = read(claim.claimed, quantity, tolerance=claim.tolerance, near=claim.near, part=part)
    except FigureError as error:
        place = case.place(error.field, *error.path, offset=error.offset, length=error.length)
        notebook.problems.append(Problem(error.message, place, _advice(error, measure, quantity)))
        return None
    if isinstance(found, DateClaim) and _is_set(found) and not SETS_OF_DAYS & measure.keys():
        message = "a set of days is claimed, and what is measured is one moment"
        hint = "write a day, May 2017 or 2017-05-03 to 2017-05-07; peaks finds several days"
        notebook.problems.append(Problem(message, case.place("claimed"), hint))
        return None
    return found


def _warned(found: Claimed, case: Case, notebook: Notebook) -> Claimed:
    """The same figure; a warning if it is said to be about nothing, which leaves no room."""
    nothing = isinstance(found, NumberClaim) and found.figure == 0 and found.region.low == found.region.high == 0
    if nothing and found.text.strip().lower().startswith(ABOUT):
        message = f"'{found.text}' is read as exactly 0, because a tenth of nothing is nothing"
        hint = "say how far off is still true, such as tolerance: 0.05"
        notebook.problems.append(Problem(message, case.place("claimed"), hint, "warning"))
    return found


def _advice(error: FigureError, measure: Mapping[str, object], quantity: Quantity) -> str:
    """How such a figure is written, by the kind's own examples where it has some."""
    own = next((KINDS[kind].figures for kind in kinds_in(measure)), ())
    if error.path or error.examples != EXAMPLES[quantity] or not own:
        return error.hint
    return FigureError(error.message, examples=own).hint


def _is_set(claimed: DateClaim) -> bool:
    """Whether several days are named, or days that are left out; a list of one is that one."""
    return claimed.members is not None and not (claimed.mode == "equal" and len(claimed.parts) == 1)


@lru_cache(maxsize=10_000)
def _read_text(text: str, quantity: Quantity, tolerance: str | None, near: str | None) -> Claimed:
    """A figure is read when the names are checked and again when the rows are there; once is enough."""
    return read(text, quantity, tolerance=tolerance, near=near)
