"""Draws the pictures of `how-a-verdict-is-reached.md` from what the engine says of the shipped examples.

`python docs/verdict_pictures.py` writes them into `docs/verdict-pictures/`; with `--check` it only tells what is stale.
A picture has its own ground and follows the reader's choice of light or dark.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from html import escape
from pathlib import Path

from factcheck.claims.figures import Quantity, describe, read
from factcheck.claims.figures.readings import NumberClaim
from factcheck.claims.regions import Interval
from factcheck.pipeline import check
from factcheck.project import open_project
from factcheck.verdicts.verdict import Verdict

ROOT = Path(__file__).parents[1]
TARGET = Path(__file__).with_name("verdict-pictures")
FILES = ("bob-ross", "crowdtangle", "flying-etiquette", "oxford-2017", "swansea-2018")
# The claims in each picture, from the top, with the words above each.
PICTURES: Mapping[str, Sequence[tuple[str, str]]] = {
    "outcomes": (
        ("conifer", "“53% of the paintings show a conifer.”"),
        ("deciduous", "“57% of the paintings show a deciduous tree.”"),
        ("beach", "“9% of Ross’s paintings show a beach.”"),
    ),
    "missing": (("labour-tweets-positive", "“Most tweets with a Labour hashtag were positive.”"),),
    "sample": (
        ("reclining-rude", "“41% of the respondents find reclining rude.”"),
        ("reclining-rude-minority", "“Fewer than half of air travellers find reclining rude.”"),
    ),
    "witnesses": (
        ("keyword-hashtag-posts", "“Most posts hold a hashtag.” – {n} posts as witnesses"),
        ("keyword-hashtag-pages", "“Most posts hold a hashtag.” – the pages behind them as witnesses"),
    ),
    "partial": (("one-in-eight", "“As many as one in eight tweets come from automated accounts.”"),),
}
WORDINGS = ("64%", "about 64%", "nearly 64%", "just over 64%", "at least 64%", "up to 64%", "most")

WIDTH, LEFT, RIGHT = 720, 24, 696
WORDS = {"supported": "✓ supported", "close": "≈ close", "refuted": "✗ refuted", "inconclusive": "? inconclusive"}
STYLE = (
    "text{font:14px system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;fill:#1b1f24}.s{font-size:12px;fill:#57606a}"
    ".w{font-weight:600}.g{fill:#fff;stroke:#d0d7de}.x{stroke:#8c959f}.a{fill:#9ecbff}.n{fill:#ddeeff}.t{fill:#0969da}"
    ".m{stroke:#1b1f24;stroke-width:3;fill:none}.d{fill:#1b1f24}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.s{fill:#9198a1}.g{fill:#161b22;stroke:#30363d}"
    ".x{stroke:#6e7681}.a{fill:#1f5fa8}.n{fill:#14304f}.t{fill:#79c0ff}.m{stroke:#e6edf3}.d{fill:#e6edf3}}"
)


@dataclass(frozen=True)
class Scale:
    """Shares from `low` to `high` across the picture."""

    low: float
    high: float

    def x(self, value: Fraction | float | None, *, end: float) -> float:
        """Where a value lies; without one, at an end of the scale."""
        if value is None:
            return end
        share = (float(value) - self.low) / (self.high - self.low)
        return LEFT + max(0.0, min(1.0, share)) * (RIGHT - LEFT)


@cache
def verdicts() -> dict[str, Verdict]:
    """What the engine says of the claims, by their ids."""
    project = open_project(ROOT, [ROOT / f"claims/{name}.yaml" for name in FILES])
    ids = [name for rows in PICTURES.values() for name, _ in rows]
    return {verdict.id: verdict for verdict in check(project, select=",".join(ids))}


def rows() -> list[list[str]]:
    """The same as a table: claim, what makes it true, what the data allow, verdict, confidence, and where it stands."""
    told = []
    for verdict in verdicts().values():
        claimed, measured = _numbers(verdict)
        true = describe(claimed.region, Quantity.PROPORTION)
        sure = verdict.confidence or "–"
        told.append([verdict.claim.statement, true, _says(measured), verdict.outcome.value, sure, f"`{verdict.id}`"])
    return told


def _numbers(verdict: Verdict) -> tuple[NumberClaim, Interval]:
    assert isinstance(verdict.claimed, NumberClaim)  # all of them claim shares
    assert verdict.measurement is not None
    assert isinstance(verdict.measurement.region, Interval)
    return verdict.claimed, verdict.measurement.region


def pictures() -> dict[str, str]:
    """Every picture by its file's name."""
    found = verdicts()
    drawn = {f"{name}.svg": _verdicts([(found[id], words) for id, words in rows]) for name, rows in PICTURES.items()}
    return drawn | {"wording.svg": _wordings()}


def _verdicts(rows: Sequence[tuple[Verdict, str]]) -> str:
    parts: list[str] = []
    y = 16
    for verdict, words in rows:
        claimed, region = _numbers(verdict)
        n = verdict.measurement.n if verdict.measurement is not None else 0
        parts += _head(y, words.format(n=f"{n:,}"), WORDS[verdict.outcome.value])
        scale = _scale([claimed.region, claimed.near, region])
        parts += _bands(y + 26, scale, claimed)
        parts += _found(y + 26, scale, region, verdict.estimate)
        y += 96
    return _page(y, parts, _told([(verdict, words) for verdict, words in rows]))


def _wordings() -> str:
    parts, scale, y = [], Scale(0.4, 0.8), 14
    for text in WORDINGS:
        claimed = read(text, Quantity.PROPORTION)
        assert isinstance(claimed, NumberClaim)
        parts.append(f'<text class="w" x="24" y="{y + 20}">{escape(text)}</text>')
        parts += _bands(y + 4, scale, claimed, left=170)
        y += 62
    return _page(y + 4, parts, "; ".join(f"{text}: {_claimed(text)}" for text in WORDINGS))


def _claimed(text: str) -> str:
    claimed = read(text, Quantity.PROPORTION)
    assert isinstance(claimed, NumberClaim)
    return f"true: {describe(claimed.region, Quantity.PROPORTION)}"


def _scale(regions: Sequence[Interval]) -> Scale:
    """From a little below to a little above all ends, within 0 and 1."""
    ends = [float(end) for region in regions for end in (region.low, region.high) if end is not None]
    low, high = min(ends), max(ends)
    if any(region.low is None for region in regions):
        low = max(0.0, low - 0.3)
    if any(region.high is None for region in regions):
        high = min(1.0, high + 0.3)
    room = max(0.02, (high - low) * 0.12)
    return Scale(max(0.0, low - room), min(1.0, high + room))


def _head(y: int, words: str, outcome: str) -> list[str]:
    return [
        f'<text x="24" y="{y + 14}">{escape(words)}</text>',
        f'<text class="w" x="696" y="{y + 14}" text-anchor="end">{outcome}</text>',
    ]


def _bands(y: int, scale: Scale, claimed: NumberClaim, left: int = 0) -> list[str]:
    """A, and A′ around it, on a line; what it says below."""

    def at(value: Fraction | None, end: float) -> float:
        x = scale.x(value, end=end)
        return round(x if not left else left + (x - LEFT) * (RIGHT - left) / (RIGHT - LEFT), 1)

    start = left or LEFT
    near, true = ((at(one.low, LEFT), at(one.high, RIGHT)) for one in (claimed.near, claimed.region))
    says = f"true: {describe(claimed.region, Quantity.PROPORTION)}"
    return [
        f'<rect class="n" x="{near[0]}" y="{y}" width="{_wide(near)}" height="26"/>',
        f'<rect class="a" x="{true[0]}" y="{y}" width="{_wide(true)}" height="26"/>',
        f'<path class="x" d="M{start} {y + 26}H{RIGHT}"/>',
        f'<text class="s" x="{start}" y="{y + 42}">{escape(says)}</text>',
    ]


def _wide(ends: tuple[float, float]) -> float:
    return round(max(2.0, ends[1] - ends[0]), 1)


def _found(y: int, scale: Scale, region: Interval, estimate: object) -> list[str]:
    """M: a dot, a line from end to end, or one that goes on."""
    low, high = round(scale.x(region.low, end=LEFT), 1), round(scale.x(region.high, end=RIGHT), 1)
    middle = y + 13
    parts = [f'<text class="s" x="{RIGHT}" y="{y + 42}" text-anchor="end">{escape(_says(region))}</text>']
    if region.is_point:
        return [*parts, f'<circle class="d" cx="{low}" cy="{middle}" r="6"/>']
    head = f"M{high - 8} {middle - 6}L{high} {middle}L{high - 8} {middle + 6}" if region.high is None else ""
    caps = f"M{low} {middle - 7}v14" + ("" if region.high is None else f"M{high} {middle - 7}v14")
    parts.append(f'<path class="m" d="M{low} {middle}H{high}{caps}{head}"/>')
    if isinstance(estimate, Fraction) and region.high is not None:
        parts.append(f'<circle class="d" cx="{round(scale.x(estimate, end=LEFT), 1)}" cy="{middle}" r="5"/>')
    return parts


def _says(region: Interval) -> str:
    low, high = (f"{float(100 * (end or 0)):.1f}%" for end in (region.low, region.high))
    if region.is_point:
        return f"found {low}"
    return f"the data allow at least {low}" if region.high is None else f"the data allow {low} to {high}"


def _told(rows: Sequence[tuple[Verdict, str]]) -> str:
    """The picture in words, for those who do not see it."""
    return " ".join(f"{words.split(' – ')[0]} {WORDS[verdict.outcome.value][2:]}." for verdict, words in rows)


def _page(height: int, parts: Sequence[str], told: str) -> str:
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img">\n<title>{escape(told)}</title>\n<style>{STYLE}</style>\n'
        f'<rect class="g" x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="8"/>\n{body}\n</svg>\n'
    )


def stale() -> Iterator[tuple[Path, str]]:
    """The pictures that are not as they should be, with what they should be."""
    for name, text in pictures().items():
        path = TARGET / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield path, text


def main(arguments: Sequence[str]) -> int:
    found = list(stale())
    for path, text in found:
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{'stale' if '--check' in arguments else 'written'}: {path.name}\n")
    return 1 if found and "--check" in arguments else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
