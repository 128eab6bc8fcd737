"""The specification curve: what every defensible way to count gives, sorted, and which choices each one takes.

After Simonsohn, Simmons and Nelson, "Specification curve analysis" (Nature Human Behaviour 4, 2020). The claimed
region is a band; the outcome is told by shape and colour; the claim as it stands is marked. Of many ways some are
drawn, evenly along the sorted row, the ends and the claim's own always among them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.reports.amounts import end_text
from factcheck.reports.escape import plain
from factcheck.reports.line import DRAWN, Axis, axis_over, claimed_region, ticks
from factcheck.reports.locale import integer
from factcheck.reports.pictures.marks import above, keyed
from factcheck.reports.pictures.marks import key as _key
from factcheck.reports.pictures.picture import Picture
from factcheck.reports.pictures.scale import stretch
from factcheck.reports.pictures.theme import (
    CLAIMED,
    FAINT,
    FOUND,
    INK,
    LETTER,
    MUTED,
    OTHER,
    WIDTH,
    Rows,
    cut,
    specification,
)
from factcheck.reports.words import outcome_words, say
from factcheck.verdicts.choices import at, same_choice
from factcheck.verdicts.variants import Combination, all_combinations
from factcheck.verdicts.verdict import Outcome, Verdict

_HIGH, _ROW = 120, 34  # pixels of the curve, and of each choice below it
_MOST = 60  # ways that are drawn
_APART = 40  # up to so many ways each has a mark of its own; more make stretches
_KEPT = 16  # letters before the place where long labels differ
_ROWS = 12  # choices that are drawn
_FEWEST = 3  # ways that make a picture, unless they disagree
_RIGHT = 14
_ABOVE = 16  # pixels for the figure on the highest line
_BLOCK = 7  # pixels: half a mark of a choice
_BAND = "M-1,-0.5H1V0.5H-1Z"  # a mark of the key, as SVG has it
_LOOKS = {
    Outcome.SUPPORTED: ("circle", OTHER),
    Outcome.CLOSE: ("diamond", OTHER),
    Outcome.REFUTED: ("square", FOUND),
    Outcome.INCONCLUSIVE: ("triangle-up", MUTED),
}


@dataclass(frozen=True)
class Way:
    """One way to count: its choices, what it gives, and whether the claim stands as it is."""

    choices: Combination
    outcome: Outcome
    value: Fraction
    region: Interval

    @property
    def written(self) -> bool:
        return self.choices.written


def pictures(verdict: Verdict) -> tuple[Picture, ...]:
    """At most one, where there are several ways to a figure that lies on a line."""
    found, claimed = verdict.measurement, claimed_region(verdict.claimed)
    if found is None or claimed is None or found.quantity not in DRAWN - {Quantity.DATE}:
        return ()
    every = all_combinations(verdict, verdict.variants)
    ways = sorted(_ways(every, found.quantity), key=lambda way: way.value)
    if len(ways) < 2 or (len(ways) < _FEWEST and len({way.outcome for way in ways}) == 1):
        return ()
    alt = _told(verdict, ways, len(every) - len(ways))
    return (Picture("choices", say("picture-choices"), alt, None, lambda: _spec(verdict, ways, claimed)),)


def _ways(every: Sequence[Combination], quantity: Quantity) -> list[Way]:
    """Those that came to a figure of the same kind, for a certain outcome."""
    ways = []
    for one in every:
        found = one.verdict.measurement
        if found is None or found.quantity is not quantity or one.verdict.outcome not in _LOOKS:
            continue
        if isinstance(found.estimate, Fraction) and isinstance(found.region, Interval):
            ways.append(Way(one, one.verdict.outcome, found.estimate, found.region))
    return ways


def _told(verdict: Verdict, ways: Sequence[Way], without: int) -> str:
    assert verdict.measurement is not None
    assert verdict.claimed is not None
    quantity = verdict.measurement.quantity
    n = Counter(way.outcome for way in ways)
    outcomes = ", ".join(f"{integer(n[one])} {outcome_words(one).word.lower()}" for one in _LOOKS if n[one])
    low, high = (end_text(way.value, quantity, verdict.claimed) for way in (ways[0], ways[-1]))
    code = "picture-choices-alike" if low == high else "picture-choices-told"
    told = [say(code, n=integer(len(ways)), low=low, high=high, outcomes=outcomes)]
    own = next((way for way in ways if way.written), None)
    if own is not None:
        figure = end_text(own.value, quantity, verdict.claimed)
        told.append(say("picture-choices-own", figure=figure, claimed=cut(verdict.claimed.text, 60)))
    if len(ways) > _MOST:
        told.append(say("picture-choices-thinned", n=integer(len(_thinned(ways)))))
    if without:
        told.append(say("picture-choices-none", n=integer(without)))
    return " ".join(told)


def _thinned(ways: Sequence[Way]) -> list[Way]:
    if len(ways) <= _MOST:
        return list(ways)
    last = len(ways) - 1
    kept = {last * i // (_MOST - 1) for i in range(_MOST)}
    return [way for i, way in enumerate(ways) if i in kept or way.written]


def _spec(verdict: Verdict, ways: Sequence[Way], claimed: Interval) -> dict[str, Any]:
    assert verdict.measurement is not None
    quantity, shown = verdict.measurement.quantity, _thinned(ways)
    axis = axis_over([claimed, *(way.region for way in ways)], [way.value for way in ways], quantity)
    figures = [(value, text) for value, text in ticks(axis, quantity, "") if axis.low <= value <= axis.high]
    kinds = [outcome for outcome in _LOOKS if any(way.outcome is outcome for way in ways)]
    taken = _taken(verdict, shown)
    height = _HIGH + 8 + _ROW * len(taken)
    key = [(outcome_words(one).word.lower(), *_LOOKS[one]) for one in kinds]
    key += [(say("picture-claimed"), _BAND, CLAIMED)]
    key += [(say("picture-own"), _BAND, MUTED) for way in shown if way.written]
    data: dict[str, Rows] = {
        "frame": _frame(axis, len(shown), max((len(text) for _, text in figures), default=0) * LETTER + 8),
        "ticks": [{"y": float(value), "label": text} for value, text in figures],
        "key": keyed(key),
        "claim": [stretch(claimed, axis)],
        "own": [{"x": i - 0.5, "x2": i + 0.5} for i, way in enumerate(shown) if way.written],
        "regions": [{"x": i, **stretch(way.region, axis)} for i, way in enumerate(shown) if not way.region.is_point],
        "ways": [{"x": i, "y": float(way.value), **_look(way)} for i, way in enumerate(shown)],
        "names": [{"down": _down(i) - 12, "label": label} for i, (label, _) in enumerate(taken)],
        "lines": [{"down": _down(i), "x": 0, "x2": len(shown) - 1} for i in range(len(taken))],
        "taken": [{"down": _down(i), **run} for i, (_, marks) in enumerate(taken) for run in _runs(marks, len(shown))],
    }  # fmt: skip
    return specification(_chart, data, height=height, right=_RIGHT, top=above(data["key"]), bottom=6)


def _frame(axis: Axis, n: int, label: float) -> Rows:
    """The corners of the curve; the figures of its axis stand before the first way."""
    before = label * n / (WIDTH - _RIGHT - label)
    return [{"x": -0.5 - before, "y": float(axis.low)}, {"x": n - 0.5, "y": float(axis.high)}]


def _look(way: Way) -> dict[str, str]:
    shape, colour = _LOOKS[way.outcome]
    return {"shape": shape, "colour": colour}


def _down(row: int) -> int:
    """Where the marks of a choice lie, in pixels from the top."""
    return _HIGH + 8 + _ROW * row + 24


def _taken(verdict: Verdict, ways: Sequence[Way]) -> list[tuple[str, list[bool]]]:
    """Each choice that is not the same everywhere, and which ways take it."""
    rows: list[tuple[str, list[bool]]] = []
    for name in ways[0].choices.choices:
        values: list[Any] = []
        for way in ways:
            value = way.choices.choices[name]
            if not any(same_choice(name, value, known) for known in values):
                values.append(value)
        if len(values) < 2:
            continue
        told = [at(name, value, verdict.claim.where, others=values) for value in values]
        labels = _told_apart([plain(one).replace("`", "") for one in told])
        for label, value in zip(labels, values, strict=True):
            rows.append((label, [same_choice(name, way.choices.choices[name], value) for way in ways]))
    return rows[:_ROWS]


def _told_apart(labels: list[str]) -> list[str]:
    """Labels as long as there is room; of long ones that begin alike the part in which they differ."""
    most = int(WIDTH / LETTER)
    columns = enumerate(zip(*labels, strict=False))
    alike = next((i for i, letters in columns if len(set(letters)) > 1), min(map(len, labels)))
    if max(map(len, labels)) > most and alike > _KEPT:
        labels = [f"…{label[alike - _KEPT :]}" for label in labels]
    return [cut(label, most) for label in labels]


def _runs(marks: Sequence[bool], n: int) -> Rows:
    """The marked places: one by one, or as stretches where they are many."""
    runs: Rows = []
    half = min(0.4, _BLOCK * n / WIDTH)
    for i, marked in enumerate(marks):
        if marked and n > _APART and i and marks[i - 1]:
            runs[-1]["x2"] = i + half
        elif marked:
            runs.append({"x": i - half, "x2": i + half})
    return runs


def _chart() -> Any:
    import altair as alt

    x = alt.X("x:Q", axis=None, scale=alt.Scale(nice=False, zero=False))
    value = alt.Scale(nice=False, zero=False, range=[_HIGH, _ABOVE])
    y, low = alt.Y("y:Q", axis=None, scale=value), alt.Y("low:Q", axis=None, scale=value)
    down = alt.Y("down:Q", axis=None, scale=None)
    drawn = {name: alt.Chart(alt.NamedData(name)) for name in
             ("frame", "ticks", "claim", "own", "regions", "ways", "names", "lines", "taken")}  # fmt: skip
    look = {"color": alt.Color("colour:N", scale=None), "shape": alt.Shape("shape:N", scale=None)}
    curve = alt.layer(
        drawn["frame"].mark_point(opacity=0).encode(x=x, y=y),
        drawn["ticks"].mark_rule(color=FAINT).encode(y=y),
        drawn["claim"].mark_rect(color=CLAIMED, opacity=0.2).encode(y=low, y2="high:Q"),
        drawn["claim"].mark_rule(color=CLAIMED, strokeWidth=2).encode(y=low),
        drawn["claim"].mark_rule(color=CLAIMED, strokeWidth=2).encode(y=alt.Y("high:Q", axis=None, scale=value)),
        drawn["ticks"].mark_text(align="left", baseline="bottom", color=MUTED).encode(
            x=alt.value(0), y=y, text="label:N"
        ),
        drawn["own"].mark_rect(color=MUTED, opacity=0.2).encode(
            x=x, x2="x2:Q", y=alt.value(0), y2=alt.value(alt.ExprRef("height"))
        ),
        drawn["regions"].mark_rule(color=MUTED).encode(x=x, y=low, y2="high:Q"),
        drawn["ways"].mark_point(filled=True, size=50, opacity=1).encode(x=x, y=y, **look),
    )
    matrix = alt.layer(
        drawn["names"].mark_text(align="left", color=INK).encode(x=alt.value(0), y=down, text="label:N"),
        drawn["lines"].mark_rule(color=FAINT).encode(x=x, x2="x2:Q", y=down),
        drawn["taken"].mark_rule(color=INK, strokeWidth=8).encode(x=x, x2="x2:Q", y=down),
    )
    return alt.layer(*_key(), curve, matrix).resolve_scale(y="independent")
