"""Time and lists as GEXF writes them: spells in the forms of all its versions, moments in their order."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

Spell = tuple[str | None, str | None]  # from, to; None is open
_INTERVAL = re.compile(r"[\[(]\s*([^,;\[\]()]*?)\s*,\s*([^,;\[\]()]*?)\s*[\])]")
_OPEN = ("", "-infinity", "infinity", "-inf", "inf")
SPELL = ("start", "startopen", "end", "endopen", "timestamp", "timestamps", "intervals")


def spells_of(attributes: Mapping[str, str]) -> list[Spell]:
    """When something held: from, to; None is open. All forms that the versions of the format have."""
    if (intervals := attributes.get("intervals")) is not None:
        return [(_given(start), _given(end)) for start, end in _INTERVAL.findall(intervals)]
    if (stamps := attributes.get("timestamps")) is not None:
        return [(stamp, stamp) for stamp in map(str.strip, stamps.strip("<>[] ").split(",")) if stamp]
    if (stamp := attributes.get("timestamp")) is not None:
        return [(_given(stamp), _given(stamp))]
    start = attributes.get("start", attributes.get("startopen"))
    end = attributes.get("end", attributes.get("endopen"))
    return [] if start is None and end is None else [(_given(start), _given(end))]


def _given(moment: str | None) -> str | None:
    return None if moment is None or moment.strip().lower() in _OPEN else moment.strip()


def moment(text: str | None) -> tuple[int, float, str]:
    """Moments in their order: numbers as such, dates as the ISO 8601 text that they are; before all of them None."""
    if text is None:
        return 0, 0.0, ""
    try:
        return 1, float(text), ""
    except ValueError:
        return 2, 0.0, text


def list_of(value: str) -> str:
    """A list as JSON: `[a, b]` as Gephi writes it, else `a|b`, `a;b` or `a,b`."""
    text = value.strip()
    if text.startswith("[") and text.endswith("]"):
        separator, text = ",", text[1:-1]
    else:
        separator = next((mark for mark in "|;," if mark in text), "|")
    items = [item.strip().strip('"') for item in text.split(separator)]
    return json.dumps([item for item in items if item], ensure_ascii=False)
