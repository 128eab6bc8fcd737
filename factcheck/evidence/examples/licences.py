"""Whether the rows of a dataset may be shown to others."""

from __future__ import annotations

import re
from functools import cache

from factcheck.evidence.dataset import Dataset
from factcheck.evidence.examples.rules import rules


def refusal(dataset: Dataset) -> tuple[str | None, str | None]:
    """(code, licence): why rows must not be shown, or (None, None). A query's rows are those of all its sources."""
    for source in dataset.made_from:
        code, licence = refusal(source)
        if code is not None:
            return code, licence
    if dataset.licence is None:
        own = dataset.synthetic or bool(dataset.made_from)
        return (None, None) if own else ("examples-no-licence", None)
    return (None, None) if allows(dataset.licence) else ("examples-licence", dataset.licence)


@cache
def allows(licence: str) -> bool:
    """Whether a licence is one of those listed: CC-BY-4.0, the MIT licence, ODbL …"""
    text = licence.casefold().replace("licence ouverte", "etalab")
    if "://" not in text:
        text = re.sub(r"\b(the|licen[cs]e|licensed|version)\b|\bv(?=\d)", " ", text)
    text = " ".join(re.findall("[a-z0-9]+", text))
    return any(re.fullmatch(allowed, text) for allowed in rules()["licences"])
