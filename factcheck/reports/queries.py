"""The queries of a verdict as a page prints them: helpers as they were called, and none longer than a screen."""

from __future__ import annotations

from functools import cache

from factcheck.evidence.dataset import Column, Family
from factcheck.evidence.expressions import Scope, bind
from factcheck.reports.locale import integer
from factcheck.reports.words import say

MOST = 3_000  # characters of a query; a longer one is cut
_LONG = ("script", "is_random_handle")  # helpers of one text whose SQL is longer than a line
_ARGUMENT = "factcheck argument"


def printed(query: str) -> str:
    """The query with long helpers folded back into their calls, which a remark explains; cut where it is still long."""
    remarks = []
    for helper in _LONG:
        shown = _folded(query, helper)
        if shown != query:
            query = shown
            remarks.append(say("query-folded", helper=f"{helper}(…)"))
    if len(query) > MOST:
        remarks.append(say("query-cut", most=integer(MOST), all=integer(len(query))))
        query = f"{query[:MOST].rstrip()} …"
    return "\n".join([*(f"-- {remark}" for remark in remarks), query])


def _folded(query: str, helper: str) -> str:
    """`script("name")` in the place of all that it stands for, whatever its argument is."""
    parts = _parts(helper)
    at = query.find(parts[0])
    while at >= 0:
        begins = at + len(parts[0])
        argument = query[begins : max(begins, query.find(parts[1], begins))]
        whole, call = argument.join(parts), f"{helper}({argument})"
        if argument and query.startswith(whole, at):
            query = query[:at] + call + query[at + len(whole) :]
        at = query.find(parts[0], at + 1)
    return query


@cache
def _parts(helper: str) -> tuple[str, ...]:
    """The SQL of a helper between the places where its argument stands."""
    column = {_ARGUMENT: Column(_ARGUMENT, "VARCHAR", Family.TEXT)}
    return tuple(bind(f'{helper}("{_ARGUMENT}")', Scope(column)).sql.split(f'"{_ARGUMENT}"'))
