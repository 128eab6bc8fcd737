"""The page of the manual that shows what the simulation found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from benchmarks.soundness.exceptions import EXCEPTIONS
from benchmarks.soundness.promises import EDGE, PROMISES, Result, broken, excepted, name_of, rates, rows

HEAD = """# How often verdicts are right

The promises of [how a verdict is reached](how-a-verdict-is-reached.md) were measured: investigations were simulated
whose truth is known, and put to the engine itself: the claim is read from YAML and bound, the measure finds its region,
the comparator decides. `python -m benchmarks.soundness` does it again and writes this page.

"""

READING = """
Truths lie inside of what is claimed, beside each of its edges, beside each edge of what is still near, and far beyond.
Collections are complete, sampled at random, clustered, weighted, with answers that are missing at random or not, or
in part, by a search that favours one answer.

What is promised:

| | at most |
| --- | --- |
| *supported*, though the claim is not true | 2.5% at its edges on average; 5% of any one claim: counts come in steps |
| *refuted*, though the truth is in the claim or near it | 5% |
| *supported* or *close*, though the truth is not near | 2.5% at the edges on average; 5% of any one claim |
| an interval that misses the truth | 5.5% on average; 5% on either side |
| a worst-case bound (missing values, partial collections) that misses it | never |

A rate breaks a promise if it passes it by more than three standard errors of the simulation. With {draws:,} draws a
rate of 2.5% is known to within {error:.1f} points.

The worst kind of investigation of a row stands behind its average, among those that were drawn at least {enough} times.
`–`: there is no such verdict.

"""


def page(stored: Mapping[str, Any]) -> str:
    results = stored["investigations"]
    draws = stored["made"]["draws"]
    verdicts, investigations = (sum(one[key] for one in results) for key in ("verdicts", "draws"))
    count = f"**{verdicts:,} verdicts** from {investigations:,} simulated investigations of {len(results):,} kinds"
    wrong = broken(results)
    said = "; no promise is broken but for the [exceptions](#exceptions)." if not wrong else f"; {len(wrong)} broken:"
    error = 300 * (0.025 * 0.975 / draws) ** 0.5
    reading = READING.format(draws=draws, error=error, enough=ENOUGH)
    parts = [HEAD, count, said, "\n", *(f"\n- {one}" for one in wrong), reading]
    parts += _table("Worst-case bounds", [one for one in results if one["bounds"]], _bound_line, _BOUND_HEAD)
    parts += _table("Intervals", [one for one in results if not one["bounds"]], _sample_line, _SAMPLE_HEAD)
    return "".join(parts) + _exceptions(results)


ENOUGH = 200  # draws, with fewer of which a rate of one investigation by itself says little

_BOUND_HEAD = ("statistic", "collection", "draws", "verdicts", "truth outside", "wrong verdicts")
_SAMPLE_HEAD = (
    "statistic", "collection", "draws", "verdicts", "coverage", "truth below", "truth above", "false supported",
    "false refuted", "false close",
)  # fmt: skip


def _table(title: str, results: Iterable[Result], line: Any, head: tuple[str, ...]) -> list[str]:
    lines = [f"## {title}\n\n", f"| {' | '.join(head)} |\n", f"| {' | '.join(['---'] * len(head))} |\n"]
    for (family, collection), members in rows(results).items():
        lines.append(f"| {family} | {collection} | {' | '.join(line(members))} |\n")
    return [*lines, "\n"]


def _sums(members: list[Result]) -> tuple[str, str]:
    return f"{sum(one['draws'] for one in members):,}", f"{sum(one['verdicts'] for one in members):,}"


def _bound_line(members: list[Result]) -> tuple[str, ...]:
    wrong = sum(one[name]["worst"][0] for one in members for name in PROMISES)
    return (*_sums(members), f"{sum(one['missed'] for one in members):,}", f"{wrong:,}")


def _sample_line(members: list[Result]) -> tuple[str, ...]:
    missed = [one["missed"] / one["draws"] for one in members]
    worst = max((one["missed"] / one["draws"] for one in _enough(members)), default=None)
    covered = f"{1 - sum(missed) / len(missed):.1%}" + ("" if worst is None else f" ({1 - worst:.1%})")
    cells = [_tail(members, side) for side in ("below", "above")]
    return (*_sums(members), covered, *cells, *(_promise(members, name) for name in EDGE))


def _tail(found: list[Result], side: str) -> str:
    each = [one[side] / one["draws"] for one in found]
    return _with_worst(sum(each) / len(each), [one[side] / one["draws"] for one in _enough(found)])


def _enough(found: list[Result]) -> list[Result]:
    return [one for one in found if one["draws"] >= ENOUGH]


def _with_worst(average: float, each: list[float]) -> str:
    return f"{average:.1%}" + (f" ({max(each):.1%})" if each else "")


def _promise(found: list[Result], name: str) -> str:
    wrong, might = (sum(one[name]["edges"][i] for one in found) for i in (0, 1))
    worst = [one[name]["worst"] for one in _enough(found)]
    return _with_worst(wrong / might, [bad / of for bad, of, _ in worst if of]) if might else "–"


def _exceptions(results: list[Result]) -> str:
    lines = ["## Exceptions\n\n"]
    for exception in EXCEPTIONS:
        members = [one for one in results if excepted(one) is exception]
        worst = [(wrong / of, what, one) for one in members for what, wrong, of in rates(one) if of]
        rate, what, one = max(worst, key=lambda each: each[0])
        lines.append(
            f"- **{exception.family}: {exception.where}.** {exception.why} At most {exception.limit:.0%} in a tail; "
            f"the worst found: {what} in {rate:.1%} ({name_of(one)}).\n"
        )
    return "".join(lines) if EXCEPTIONS else lines[0] + "None.\n"
