"""The exports of tools: their canonical columns, from the presets that make them and the words of their modules."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from types import ModuleType

from factcheck.evidence.formats import EXPORTS
from factcheck.evidence.formats.presets import CANONICAL, Preset, Way, Ways
from generated.markdown import code, table

BY_HAND = ("twarc", "twarc-csv")  # their sections are written by hand


def _module(name: str) -> ModuleType:
    return import_module(f"factcheck.evidence.formats.{EXPORTS[name]}")


def presets() -> dict[str, Preset]:
    """Every export by its name."""
    return {name: _module(name).PRESET for name in EXPORTS}


def canonical() -> str:
    """Each canonical column, and the formats that have it."""
    known = presets()
    rows = []
    for column, words in CANONICAL.items():
        having = [name for name, preset in known.items() if not all(w.absent for w in preset.columns.get(column, ()))]
        rows.append([code(column), words, "all" if len(having) == len(known) else ", ".join(map(code, having))])
    return table(["column", "what it holds", "formats that have it"], rows)


def sections() -> str:
    """A section for each format: what its module says of it, and what each canonical column is made from."""
    return "\n\n".join(_section(name, preset) for name, preset in presets().items() if name not in BY_HAND)


def _section(name: str, preset: Preset) -> str:
    columns = [[code(c), _ways(preset.columns[c])] for c in CANONICAL if c in preset.columns]
    told = " or ".join(", ".join(map(code, sorted(sign, key=str.casefold))) for sign in preset.signs)
    words = inspect.cleandoc(_module(name).__doc__ or "")
    return f"### {name}\n\n{words}\n\nTold by the headings {told}.\n\n{table(['column', 'made from'], columns)}"


def _ways(ways: Ways) -> str:
    return "; else ".join(map(_way, ways))


def _way(way: Way) -> str:
    used = [need for place, need in enumerate(way.needs) if f"{{{place}}}" in way.sql]
    others = _listed([need for need in way.needs if need not in used])
    if way.absent:
        return f"none, where the file has {_listed(way.needs)}"
    constant = re.fullmatch(r"'([^']*)'", way.sql)
    made = constant[1] if constant else _listed(used) + _form(way)
    return f"{made}, where the file has {others}" if others else made


def _form(way: Way) -> str:
    """How the text is read, where it says more than the column's type."""
    if way.stated is None:
        return ""
    if way.stated.format == "unix":
        return ", seconds since 1970"
    if way.stated.format is not None:
        return f", written {code(way.stated.format)}"
    if way.stated.unzoned:
        return ", on a clock that the file does not name"
    return f", {code(way.stated.thousands)} between thousands" if way.stated.thousands else ""


def _listed(names: tuple[str, ...] | list[str]) -> str:
    return " and ".join(map(code, names))
