"""A small network: every node as a dot, its links as lines, communities or components side by side.

Each group is a disc of its own, the largest first, its nodes laid out as the seeds of a sunflower are (Vogel 1979), the
best linked in the middle. That shows what belongs together, is the same on every machine, and names nobody.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from factcheck.measures.measurement import Sketch
from factcheck.reports.locale import integer
from factcheck.reports.nouns import things
from factcheck.reports.pictures.picture import Picture
from factcheck.reports.pictures.theme import CLAIMED, DOUBT, FOUND, INK, MUTED, OTHER, WIDTH, Rows, specification
from factcheck.reports.words import listed, say
from factcheck.verdicts.verdict import Verdict

_HEIGHT = 300  # pixels
_APART = 10.0  # between neighbours in a disc, before all is made to fit
_GOLDEN = math.pi * (3 - math.sqrt(5))
_LOOKS = (
    ("circle", CLAIMED), ("square", FOUND), ("triangle-up", OTHER), ("diamond", DOUBT), ("triangle-down", INK),
)  # fmt: skip
_REST = ("circle", MUTED)
_TOLD = 4  # groups whose size the text alternative tells


def pictures(verdict: Verdict) -> tuple[Picture, ...]:
    """At most one, for networks whose links are few."""
    found = verdict.measurement
    if found is None or found.unmeasurable is not None or found.sketch is None:
        return ()
    sketch = found.sketch
    title = say(f"picture-network-{sketch.what}")
    return (Picture("network", title, _told(sketch), None, lambda: _spec(sketch)),)


def _told(sketch: Sketch) -> str:
    sizes = sorted(Counter(sketch.groups).values(), reverse=True)
    size = {"nodes": things(sketch.nodes, "node"), "links": things(len(sketch.edges), "link")}
    if len(sizes) == 1:
        return say(f"picture-network-{sketch.what}-one", **size)
    more = [say("picture-days-more", n=integer(len(sizes) - _TOLD))] if len(sizes) > _TOLD else []
    told = listed([*map(integer, sizes[:_TOLD]), *more])
    return say(f"picture-network-{sketch.what}-told", groups=integer(len(sizes)), sizes=told, **size)


def _spec(sketch: Sketch) -> dict[str, Any]:
    places = placed(sketch)
    degree = Counter(end for edge in sketch.edges for end in edge)
    order = [group for group, _ in ranked(sketch)]
    lines: Rows = []
    for a, b in sketch.edges:
        at = len(lines)
        lines += [
            {"i": at, "x": places[a][0], "y": places[a][1]},
            {"i": at + 1, "x": places[b][0], "y": places[b][1]},
            {"i": at + 2, "x": None, "y": None},
        ]
    data: dict[str, Rows] = {
        "frame": [{"x": 0, "y": 0}, {"x": WIDTH, "y": _HEIGHT}],
        "links": lines,
        "nodes": [
            {"x": x, "y": y, "look": min(order.index(sketch.groups[i]), len(_LOOKS)), "size": 14 + 6 * degree[i] ** 0.5}
            for i, (x, y) in enumerate(places)
        ],
    }
    return specification(_chart, data, height=_HEIGHT, left=8, right=8, top=8, bottom=8)


def ranked(sketch: Sketch) -> list[tuple[int, list[int]]]:
    """The groups with their nodes, the largest group first, in each the best linked node first."""
    degree = Counter(end for edge in sketch.edges for end in edge)
    members: dict[int, list[int]] = {}
    for node, group in enumerate(sketch.groups):
        members.setdefault(group, []).append(node)
    ordered = sorted(members.items(), key=lambda pair: (-len(pair[1]), pair[1][0]))
    return [(group, sorted(nodes, key=lambda node: (-degree[node], node))) for group, nodes in ordered]


def placed(sketch: Sketch) -> list[tuple[float, float]]:
    """Where each node lies, in tenths of a pixel, inside of the picture."""
    discs = [(nodes, _APART * math.sqrt(len(nodes))) for _, nodes in ranked(sketch)]
    raw: dict[int, tuple[float, float]] = {}
    for (nodes, _), (x, y) in zip(discs, _centres([radius for _, radius in discs]), strict=True):
        for i, node in enumerate(nodes):
            r, turn = _APART * 0.8 * math.sqrt(i), i * _GOLDEN
            raw[node] = (x + r * math.cos(turn), y + r * math.sin(turn))
    return _fitted([raw[node] for node in range(sketch.nodes)])


def _centres(radii: list[float]) -> list[tuple[float, float]]:
    """Discs side by side in rows about as wide as the picture is."""
    total = sum((2 * radius + _APART) ** 2 for radius in radii)
    width = max(math.sqrt(total * WIDTH / _HEIGHT), 2 * radii[0] + _APART)
    centres: list[tuple[float, float]] = []
    x, y, row = 0.0, 0.0, 0.0
    for radius in radii:
        side = 2 * radius + _APART
        if x and x + side > width * 1.05:
            x, y, row = 0.0, y + row, 0.0
        centres.append((x + side / 2, y + side / 2))
        x, row = x + side, max(row, side)
    return centres


def _fitted(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    span = max((max(xs) - min(xs)) / (WIDTH - 16), (max(ys) - min(ys)) / _HEIGHT, 0.25)
    left = (WIDTH - (max(xs) - min(xs)) / span) / 2
    top = (_HEIGHT - (max(ys) - min(ys)) / span) / 2
    return [(round((x - min(xs)) / span + left, 1), round((y - min(ys)) / span + top, 1)) for x, y in points]


def _chart() -> Any:
    import altair as alt

    x = alt.X("x:Q", axis=None, scale=alt.Scale(nice=False, zero=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(nice=False, zero=False, reverse=True))
    links = alt.Chart(alt.NamedData("links")).mark_line(
        color=MUTED, strokeWidth=0.7, opacity=0.5, invalid="break-paths-filter-domains"
    )
    nodes = alt.Chart(alt.NamedData("nodes"))
    size = alt.Size("size:Q", scale=None, legend=None)
    return alt.layer(
        alt.Chart(alt.NamedData("frame")).mark_point(opacity=0).encode(x=x, y=y),
        links.encode(x=x, y=y, order="i:Q"),
        *(
            nodes.transform_filter(f"datum.look === {look}")
            .mark_point(filled=True, shape=shape, color=colour, opacity=1)
            .encode(x=x, y=y, size=size)
            for look, (shape, colour) in enumerate((*_LOOKS, _REST))
        ),
    )
