"""A few of the rows behind each number, asked once all is measured: what goes wrong here costs no verdict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from factcheck.cases.build import BoundCase, named
from factcheck.cases.case import Case
from factcheck.cases.times import axis
from factcheck.evidence.dataset import Dataset, Family
from factcheck.evidence.engines.names import identifier, literal
from factcheck.evidence.examples import Choice, Hidden, Sample, Wish
from factcheck.evidence.examples.columns import Holds
from factcheck.evidence.examples.licences import refusal
from factcheck.evidence.examples.veil import Veil, quoted
from factcheck.measures.behind import Behind, behind

_COLUMNS = 6  # of a table that a reader can take in
_FEW = 3  # columns that tell too little of a row, where there are more
_READ = 1000  # characters of a text that are read; what is shown is far shorter
_FAMILIES = (
    Family.BOOLEAN, Family.INTEGER, Family.DECIMAL, Family.DOUBLE,
    Family.TEXT, Family.DATE, Family.TIMESTAMP, Family.LIST,
)  # fmt: skip
_KNOWN = re.compile(r"(?:^| and )not \(\([^()']*\) is null\)")

Row = tuple[Any, ...]


class Rows(Protocol):
    """What can be asked: the rows that a SELECT gives."""

    def rows(self, sql: str) -> list[Row]: ...


def examples(cases: Iterable[BoundCase], evidence: Rows, wish: Wish) -> dict[Case, tuple[Sample, ...]]:
    """Rows of each case, ready to be shown. Claims on the same rows share one query."""
    asked: dict[str, list[Row]] = {}
    return {case.case: tuple(_samples(case, evidence, wish, asked)) for case in cases}


def _samples(case: BoundCase, evidence: Rows, wish: Wish, asked: dict[str, list[Row]]) -> Iterator[Sample]:
    for one in behind(case.measure, named(case.claimed)):
        try:
            sample = _sample(case, one, evidence, wish, asked)
        except Exception:  # noqa: BLE001  # whatever it is, it must not cost the verdicts; the report says so
            title = one.dataset.title or one.dataset.name
            sample = Sample(one.dataset.name, title, refused="examples-failed")
        if sample is not None:
            yield sample


def _sample(
    case: BoundCase, one: Behind, evidence: Rows, wish: Wish, asked: dict[str, list[Row]]
) -> Sample | None:
    dataset = one.dataset
    title = dataset.title or dataset.name
    code, licence = refusal(dataset)
    if code is not None:
        return Sample(dataset.name, title, refused=code, licence=licence)
    veil = Veil(dataset, spoken(case), accounts=wish.accounts, timezone=case.case.claim.timezone)
    shown = columns(case, veil)
    read = list(dict.fromkeys((*shown, *veil.tellers, *veil.naming)))
    sql = select(one, read, wish.most + 1)  # one more tells whether these are all
    if sql not in asked:
        asked[sql] = evidence.rows(sql)
    rows = asked[sql]
    cells = [veil.cells(dict(zip(read, row, strict=True)), shown) for row in rows[: wish.most]]
    told = [i for i in range(len(shown)) if any(row[i] != Hidden("hidden-text") for row in cells)]
    if not cells or not told:
        return None
    head = tuple(_head(veil, shown[i]) for i in told)
    choice: Choice
    choice, by = ("first", "") if one.end is None else (one.end[1], one.end[0].text)
    choice = "all" if len(rows) <= wish.most else choice
    return Sample(
        dataset.name, title, head, tuple(tuple(row[i] for i in told) for row in cells), choice, by, _where(one),
        veil.masked, veil.cleared, veil.unwritten, veil.hours, dataset.synthetic,
    )  # fmt: skip


def _where(one: Behind) -> str:
    """What sets the rows apart, for a reader: the groups, or the condition without what only asks for a known value."""
    if one.by is not None:
        labels = [literal(label) for label in one.labels]
        return f"{one.by.text} = {labels[0]}" if len(labels) == 1 else f"{one.by.text} in ({', '.join(labels)})"
    return "" if one.condition is None else _KNOWN.sub("", one.condition.text)


def select(one: Behind, read: Iterable[str], most: int) -> str:
    """The query. Files keep the order of their rows; of others, and of tables with a key, the first by the key and by
    all that is read, so that the same rows come out whatever the number of threads."""
    dataset = one.dataset
    names = list(read)
    values = ", ".join(_value(dataset, name) for name in names)
    conditions = [] if one.condition is None else [one.condition.sql]
    if one.by is not None:
        conditions.append(f"CAST({one.by.sql} AS VARCHAR) IN ({', '.join(map(literal, one.labels))})")
    where = "".join(f" {word} ({each})" for word, each in zip(_words(), conditions, strict=False))
    order = [] if one.end is None else [f"{one.end[0].sql} {'DESC' if one.end[1] == 'largest' else 'ASC'}"]
    if order or dataset.key or dataset.query is not None:
        keys = [identifier(name) for name in dataset.key if name in dataset.columns]
        order = list(dict.fromkeys((*order, *keys, *map(identifier, names))))
    by = f" ORDER BY {', '.join(order)}" if order else ""
    return f"SELECT {values} FROM {identifier(dataset.relation)}{where}{by} LIMIT {most}"


def _words() -> Iterator[str]:
    yield "WHERE"
    while True:
        yield "AND"


def _value(dataset: Dataset, name: str) -> str:
    column = identifier(name)
    return f"left({column}, {_READ}) AS {column}" if dataset.columns[name].family is Family.TEXT else column


def columns(case: BoundCase, veil: Veil) -> list[str]:
    """The key or who it was, what the claim uses, when it was, and what was written: six at the most."""
    dataset = veil.dataset
    fit = [name for name, column in dataset.columns.items() if column.family in _FAMILIES]
    used = [name for name in fit if (dataset.name, name) in case.used]
    sources = {source for name in used for source in dataset.columns[name].uses}
    who = [name for name in fit if veil.kinds[name] is Holds.ACCOUNT] if veil.people else []
    time = axis(dataset, case.used)
    written = [name for name in fit if veil.kinds[name] is Holds.WRITTEN]
    chosen = [*(name for name in dataset.key if name in fit), *who[:1], *used]
    chosen += [time.name] if time is not None and time.name in fit else []
    chosen += [name for name in written if name in sources or (veil.people and veil.tellers)][:1]
    chosen += [] if veil.people else [*written[:1], *(fit if len(chosen) < _FEW else ())]
    return _in_order(list(dict.fromkeys(chosen))[:_COLUMNS], dataset)


def _in_order(chosen: list[str], dataset: Dataset) -> list[str]:
    """The key, then the columns as the file has them, those that the manifest computes being the last."""
    places = {name: place for place, name in enumerate(dataset.columns)}
    return sorted(chosen, key=lambda name: (name not in dataset.key, places[name]))


def spoken(case: BoundCase) -> frozenset[str]:
    """The words that the claim itself says of values."""
    claim = case.case.claim
    texts = [claim.where or "", *_texts(claim.measure)]
    values = {str(value) for value in claim.params.values()} | {str(value) for value in case.case.params.values()}
    return frozenset().union(*map(quoted, texts)) | frozenset(texts) | values | frozenset(named(case.claimed))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _head(veil: Veil, name: str) -> str:
    column = veil.dataset.columns[name]
    return f"{name} ({veil.clock(column)})" if column.family is Family.TIMESTAMP else name
