"""The statistics as they are implemented: names and sources of methods, docstrings of functions."""

from __future__ import annotations

import inspect
import json
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from types import FunctionType, ModuleType

import yaml

import factcheck.stats
from generated.markdown import code, table

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests/stats"
CHECKED = Path(__file__).with_name("checked.yaml")
SOUNDNESS = ROOT / "benchmarks/soundness/results.json"
ENOUGH = 200  # draws of an investigation, with fewer of which its own rate says little

# Modules whose functions make intervals, in the order of the page; the others only help them.
MODULES = (
    "proportion",
    "bounds",
    "counts",
    "difference",
    "mean",
    "total",
    "quantile",
    "composition",
    "ranks",
    "shares",
    "means",
    "weighted_quantile",
    "mover",
    "designed_pairs",
    "designed_ranks",
    "power",
    "rates",
    "silences",
    "peaks",
    "trend",
    "overlap",
    "copies",
    "correlation",
    "correlation_intervals",
    "correlation_bounds",
    "coordination",
    "graphs",
    "leiden",
    "rewiring",
    "grim",
)


def public(module: ModuleType) -> dict[str, FunctionType]:
    """The functions that a module defines for others."""
    return {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, FunctionType) and not name.startswith("_") and value.__module__ == module.__name__
    }


def functions() -> str:
    """A section a module, with the docstring of every public function."""
    return "\n\n".join(_section(name) for name in MODULES)


def _section(name: str) -> str:
    module = import_module(f"{factcheck.stats.__name__}.{name}")
    entries = [f"- **`{function}`** {_told(value)}" for function, value in public(module).items()]
    return f"#### {name}\n\n{_text(module)}\n\n" + "\n".join(entries)


def _told(value: object) -> str:
    paragraphs = _text(value).split("\n\n")
    return "– " + "\n\n  ".join(" ".join(part.split()) for part in paragraphs)


def _text(value: object) -> str:
    text = inspect.getdoc(value) or ""
    return text.replace("*", "\\*").replace("_", "\\_") if "`" not in text else text.replace("*", "\\*")


def methods() -> str:
    """How reports name the methods, with their sources, and how often their intervals held in the simulation."""
    known = yaml.safe_load(files("factcheck.reports").joinpath("words.yaml").read_text(encoding="utf-8"))["methods"]
    held = _held()
    rows = [[code(key), entry["name"], entry.get("source", "–"), held.get(key, "–")] for key, entry in known.items()]
    return table(["method", "as reports call it", "source", "coverage"], rows)


def _held() -> dict[str, str]:
    """By method: the share of simulated samples whose interval held the truth, and that of the worst investigation."""
    found: dict[str, list[tuple[int, int]]] = {}
    for one in json.loads(SOUNDNESS.read_text(encoding="utf-8"))["investigations"]:
        if not one["bounds"] and one["draws"] >= ENOUGH:
            for method in {part.strip().split(", Bonf")[0] for name in one["methods"] for part in name.split(";")}:
                found.setdefault(method.lower(), []).append((one["missed"], one["draws"]))
    return {method: _share(pairs) for method, pairs in found.items()}


def _share(pairs: list[tuple[int, int]]) -> str:
    missed, draws = (sum(pair[i] for pair in pairs) for i in (0, 1))
    return f"{1 - missed / draws:.1%} ({1 - max(m / d for m, d in pairs):.1%})"


def checked() -> str:
    """What each module is held against; ValueError where a test no longer has the words that are quoted from it."""
    told = yaml.safe_load(CHECKED.read_text(encoding="utf-8"))
    rows = []
    for module, entries in told.items():
        test = TESTS / (f"test_stats_{module}.py" if module != "grim" else "test_grim.py")
        text = " ".join(test.read_text(encoding="utf-8").split())
        for entry in entries:
            if " ".join(entry["quoted"].split()) not in text:
                raise ValueError(f"{test.name} does not say {entry['quoted']!r}")
            rows.append([entry["what"], entry["by"], entry["source"], code(f"tests/stats/{test.name}")])
    return table(["what", "held against", "source", "where"], rows)
