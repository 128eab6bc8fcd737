"""The tables of coordination: what each way takes, and where the figures differ."""

from __future__ import annotations

from benchmarks.peers.reading import Results
from benchmarks.peers.store import Cell
from benchmarks.peers.tables import seconds, table

NAMES = {"pandas": "CooRTweet's method, pandas", "polars": "CooRTweet's method, Polars", "factcheck": "factcheck check"}
FIGURES = {
    "pairs": "pairs", "accounts": "accounts", "pairs-above": "pairs above the threshold",
    "accounts-above": "accounts above it",
}  # fmt: skip


def coordination(results: Results) -> str:
    """Time, memory and figures with every account taken in."""
    lines = []
    for one in results["coordination"]:
        if one["least"] == 1:
            lines.append([one["world"], NAMES[one["tool"]], *_cost(one), *_figures(one)])
    return table(["shares", "", "seconds", "of the processor", "MB", *FIGURES.values()], lines)


def _cost(one: Cell) -> list[str]:
    if "stopped" in one:
        return [one["stopped"], "–", "–"]
    return [seconds(one["clock"]), seconds(one["cpu"]) if "cpu" in one else "–", f"{one['peak']:,}"]


def _figures(one: Cell) -> list[str]:
    return ["–" if "stopped" in one else f"{one['figures'][name]:,}" for name in FIGURES]


def differences(results: Results) -> str:
    """What differs between factcheck and the method, with all accounts and with CooRTweet's own default."""
    lines = []
    for world in dict.fromkeys(one["world"] for one in results["coordination"]):
        ours = _one(results, "factcheck", world, 1)
        for least in (1, 2):
            theirs = _one(results, "pandas", world, least) or _one(results, "polars", world, least)
            if ours is None or theirs is None:
                continue
            told = [
                f"{words} {theirs[name]:,}, factcheck {ours[name]:,}"
                for name, words in FIGURES.items()
                if theirs[name] != ours[name]
            ]
            lines.append([world, f"`min_participation = {least}`", "; ".join(told) or "the same"])
    return table(["shares", "CooRTweet", "figures"], lines)


def _one(results: Results, tool: str, world: str, least: int) -> dict[str, float] | None:
    wanted = (tool, world, least)
    found = [one for one in results["coordination"] if (one["tool"], one["world"], one["least"]) == wanted]
    return found[0]["figures"] if found and "figures" in found[0] else None
