"""Tables of the manual's page on verdicts: confidence, notes, rating scales."""

from __future__ import annotations

import re
from collections.abc import Callable

from factcheck.verdicts.confidence import default_table
from factcheck.verdicts.notes import sentences
from factcheck.verdicts.ratings import RATED, shipped
from generated.markdown import code, table


def _percent(value: float) -> str:
    return f"{100 * value:g}%"


def _always(_: float) -> str:
    return ""


# What each threshold means; `{}` is its figure.
WORDS: dict[tuple[str, str], tuple[str, Callable[[float], str]]] = {
    ("imprecision", "effective_n"): ("fewer than {} (independent) rows in a sample", "{:g}".format),
    ("imprecision", "degrees"): ("fewer than {} degrees of freedom of the variance", "{:g}".format),
    ("imprecision", "share_width"): ("a share's interval is at least {} points wide", lambda v: f"{100 * v:g}"),
    ("imprecision", "relative_width"): ("another interval is wider than {} of the estimate", _percent),
    ("imprecision", "level"): ("the outcome would change at a level of {}", _percent),
    ("missing", "share"): (
        "more than {} of the rows were ignored, counted as false, or set aside by `among`",
        _percent,
    ),
    ("indirectness", "caveat"): ("a column that was used has a `caveat`", _always),
    ("indirectness", "reported"): ("the data are a table typed off a publication", _always),
    ("indirectness", "synthetic"): ("the data are invented or reconstructed (`synthetic: true`)", _always),
    ("indirectness", "own"): ("the evidence comes from the place where the claim appeared", _always),
    ("indirectness", "misspelt"): ("a condition names a value that no row has, beside one spelt much like it", _always),
    ("inconsistency", "differs"): ("a variant or a check has another outcome", _always),
    ("inconsistency", "contradicts"): ("one of them supports the claim and one refutes it", _always),
    ("coverage", "covered"): ("less than {} of the claimed period or platforms are covered", _percent),
    ("coverage", "late_days"): ("collected more than {} days after the end of the claimed period", "{:g}".format),
    ("collection", "faults"): ("more than {} of the records are duplicates, rejects or have lost values", _percent),
    ("collection", "changed"): ("a file has changed since it was pinned", _always),
    ("collection", "ruined"): ("a column that was used holds values that its maker has damaged", _always),
    ("collection", "sums"): ("a row of the data is the sum of others, and is counted among them", _always),
    ("collection", "partial_rows"): ("a partial collection, and a claim `about: rows`", _always),
}


def confidence() -> str:
    """Every threshold. KeyError for one without words."""
    rows = []
    for domain, keys in default_table().items():
        for key, steps in keys.items():
            words, told = WORDS[domain, key]
            cells = [words.format(told(steps[step])) if step in steps else "–" for step in ("one", "two")]
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
