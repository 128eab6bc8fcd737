"""Tables of the manual's page on verdicts: confidence, notes, rating scales."""

from __future__ import annotations

import re

from factcheck.reports.thresholds import concern
from factcheck.verdicts.confidence import STEPS, default_table
from factcheck.verdicts.notes import sentences
from factcheck.verdicts.ratings import RATED, shipped
from generated.markdown import code, table


def confidence() -> str:
    """Every threshold. KeyError for one without words."""
    rows = []
    for domain, keys in default_table().items():
        for key, steps in keys.items():
            cells = [concern(domain, key, steps[step]) if step in steps else "–" for step in STEPS]
            rows.append([domain, code(key), *cells])
    return table(["domain", "key", "−1 (`one`)", "−2 (`two`)"], rows)


def notes() -> str:
    """Every sentence by its code; what is filled in stands in italics."""
    rows = [[code(key), re.sub(r"\{(\w+)(?::(\w+))?\}", _fact, text.strip())] for key, text in sentences().items()]
    return table(["code", "sentence"], rows)


def _fact(match: re.Match[str]) -> str:
    name, noun = match[1], match[2]
    return f"*{name}*" if noun in (None, "and") else f"*N* {noun}s"


def scales() -> str:
    """The scales that come with the program."""
    found = shipped()
    rows = [[code(outcome.value), *(scale.labels[outcome.value] for scale in found.values())] for outcome in RATED]
    return table(["outcome", *(f"scale {code(name)}" for name in found)], rows)
