"""Whether what a row holds can still be read by everybody, as far as the dataset tells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from factcheck.evidence.dataset import Dataset
from factcheck.evidence.examples.rules import listed, pattern, spelt

State = Literal["public", "gone", "unknown"]


def tellers(dataset: Dataset) -> list[str]:
    """The columns that say whether a post is still there."""
    return [name for name in dataset.columns if pattern("availability").search(spelt(name))]


def state(values: Mapping[str, Any], dataset: Dataset) -> State:
    """What all such columns say of a row together: public only where none says otherwise or leaves it open."""
    told = [_one(name, value, dataset) for name, value in values.items()]
    if "gone" in told:
        return "gone"
    return "public" if told and "unknown" not in told else "unknown"


def erased(text: str) -> bool:
    """Whether a text only says that there is none any more: [deleted]."""
    return pattern("erased").match(text) is not None


def _one(name: str, value: Any, dataset: Dataset) -> State:
    if dataset.columns[name].family.is_time:
        return "public" if value is None else "gone"
    if value is None:
        return "unknown"
    good = pattern("says_available").search(spelt(name)) is not None
    if isinstance(value, date):
        return "gone"
    word = str(value).strip().lower().removesuffix(".0")
    yes = word in ("true", "yes", "1", "t", "y")
    no = word in ("false", "no", "0", "f", "n")
    if yes or no:
        return "public" if yes == good else "gone"
    if word in listed("gone"):
        return "gone"
    return "public" if word in listed("present") else "unknown"
