"""Tables of the manual's page on verdicts: confidence, notes, rating scales."""

from __future__ import annotations

import re

import verdict_pictures

from factcheck.reports.thresholds import concern
from factcheck.verdicts.confidence import STEPS, default_table
from factcheck.verdicts.notes import sentences
from factcheck.verdicts.ratings import RatingScale, shipped
from factcheck.verdicts.rules import RATED, Rule
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
    """The scales that come with the program, each with its labels and what they ask for."""
    return "\n\n".join(_scale(name, scale) for name, scale in shipped().items())


def _scale(name: str, scale: RatingScale) -> str:
    title = f"**{code(name)}** – {scale.title}" if scale.title else f"**{code(name)}**"
    if scale.best is not None and scale.worst is not None:
        title += f", {scale.worst:g} (worst) to {scale.best:g} (best)"
    rows = [
        [code(outcome.value), _asks(rule), rule.label, "–" if rule.value is None else f"{rule.value:g}"]
        for outcome in RATED
        for rule in scale.rules[outcome.value]
    ]
    return f"{title}\n\n{table(['outcome', 'where', 'label', 'number'], rows)}"


def _asks(rule: Rule) -> str:
    """What a rule asks of a verdict; nothing for the rule that is left for all others."""
    asked = [
        f"{rule.direction}" if rule.direction else "",
        f"confidence {rule.confidence}" if rule.confidence else "",
        f"off by {rule.times:g} times or more" if rule.times is not None else "",
        f"off by less than {rule.below:g} times" if rule.below is not None else "",
        "there are figures" if rule.figures else "",
    ]
    return ", ".join(filter(None, asked)) or "–"


def pictured() -> str:
    """The claims in the pictures of `how-a-verdict-is-reached.md`."""
    return table(["claim", "true", "found", "verdict", "confidence", "id"], verdict_pictures.rows())
