"""The statistics as they are implemented: names and sources of methods, docstrings of functions."""

from __future__ import annotations

import inspect
from importlib import import_module
from importlib.resources import files
from types import FunctionType, ModuleType

import yaml

import factcheck.stats
from generated.markdown import table

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
    """How reports name the methods, with their sources; each once, whatever codes share it."""
    known = yaml.safe_load(files("factcheck.reports").joinpath("words.yaml").read_text(encoding="utf-8"))["methods"]
    rows = dict.fromkeys((entry["name"], entry.get("source", "–")) for entry in known.values())
    return table(["as reports call it", "source"], rows)
