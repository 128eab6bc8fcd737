"""pandas: the columns that are needed, then masks; what is missing is left out of a share's base by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.peers.forms.polars import bare, bracketed, python
from benchmarks.peers.questions import COLUMNS, Condition, Question


def condition(one: Condition) -> str:
    """The condition as a mask; False, not missing, where the column is missing."""
    column, value = f'posts["{one.column}"]', one.value
    if one.op in ("null", "given"):
        return f"{column}.{'notna' if one.op == 'given' else 'isna'}()"
    if one.op in ("true", "false"):
        return f"{column}.eq({one.op.title()})"
    if one.op == "during" and isinstance(value, tuple):
        return f'({column} >= "{value[0]}") & ({column} < "{value[1]}")'
    if one.op == "in" and isinstance(value, tuple):
        return f"{column}.isin({python(value)})"
    operator = "==" if one.op == "=" else one.op
    return f"({column} {operator} {python(value)})"


def all_of(conditions: Iterable[Condition]) -> str:
    return " & ".join(map(condition, conditions))


def lines(one: Question) -> str:
    """The lines that find one figure."""
    base = f"[{bare(all_of(one.base))}]" if one.base else ""
    if one.kind == "count":
        return f'found["{one.id}"] = {bracketed(all_of(one.that))}.sum()\n'
    if one.kind == "mean":
        return f'found["{one.id}"] = posts["{one.column}"]{base}.mean()\n'
    if one.kind == "distinct":
        return f'found["{one.id}"] = posts["{one.column}"]{base}.nunique()\n'
    known, satisfied = _known(one.that[0]), all_of(one.that)
    parts = [part for part in (all_of(one.base), known) if part]
    if not parts:
        return f'found["{one.id}"] = {bracketed(satisfied)}.mean()\n'
    base = bare(" & ".join(parts))
    return f'base = {base}\nfound["{one.id}"] = (base & {satisfied}).sum() / base.sum()\n'


def _known(one: Condition) -> str:
    """The mask of rows for which the condition is known, where not all have a value."""
    missing = one.column in ("country", "followers", "verified") and one.op not in ("null", "given")
    return f'posts["{one.column}"].notna()' if missing else ""


def script(questions: Sequence[Question]) -> dict[str, str]:
    head = f'import pandas as pd\n\nposts = pd.read_parquet("posts.parquet", columns={used(questions)})\nfound = {{}}\n'
    return {"with_pandas.py": head + "".join(map(lines, questions))}


def used(questions: Sequence[Question]) -> str:
    """The columns that the questions need, as a list of Python."""
    needed = {column for one in questions for column in (one.column, *(c.column for c in (*one.that, *one.base)))}
    return python(tuple(column for column in COLUMNS if column in needed))
