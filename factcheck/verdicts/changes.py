"""What differs from an earlier run, claim by claim; why only where that is proven."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from factcheck.verdicts.earlier import Earlier
from factcheck.verdicts.verdict import Outcome

if TYPE_CHECKING:
    from factcheck.verdicts.reasons import Reasons

Because = Literal["claim", "data", "engine"]
COMPARED = ("outcome", "direction", "confidence", "rating", "estimate", "low", "high", "unit")
_SAME = 1e-12  # of a number: doubles that were added in another order


@dataclass(frozen=True)
class Change:
    """One claim that is not as it was at `since`.

    was, now: the outcomes; None where the claim is new, or gone. because: what changed the verdict, None where that is
    not known. differing: which of `COMPARED` differ. before: the claim as the earlier results have it. reasons: all
    that is known of why; None where nobody looked.
    """

    id: str
    was: Outcome | None
    now: Outcome | None
    since: datetime
    because: Because | None = None
    differing: tuple[str, ...] = ()
    before: Mapping[str, Any] | None = None
    reasons: Reasons | None = None

    @property
    def differs(self) -> bool:
        """Whether the verdict itself is another one."""
        return self.was is not None and self.now is not None and self.was is not self.now


def changes(
    earlier: Earlier, claims: Iterable[Mapping[str, Any]], version: str, gone: Collection[str] = ()
) -> tuple[Change, ...]:
    """The claims, as results in JSON have them, that differ from earlier ones, in their order; then those of `gone`.

    version: of the program that came to `claims`. gone: ids that nobody claims any more.
    """
    found = [_change(earlier, now, version) for now in claims]
    lost = [
        Change(id, Outcome(was["outcome"]), None, earlier.since(id), before=was)
        for id, was in earlier.claims.items()
        if id in gone
    ]
    return (*filter(None, found), *lost)


def _change(earlier: Earlier, now: Mapping[str, Any], version: str) -> Change | None:
    was, outcome = earlier.claims.get(now["id"]), Outcome(now["outcome"])
    if was is None:
        return Change(now["id"], None, outcome, earlier.started)
    differing = tuple(key for key in COMPARED if not alike(was.get(key), now[key]))
    if not differing:
        return None
    anew = now["id"] not in earlier.accepted and _claimed_anew(was, now, earlier.version == version)
    because: Because | None = "claim" if anew else None
    return Change(now["id"], Outcome(was["outcome"]), outcome, earlier.since(now["id"]), because, differing, was)


def _claimed_anew(was: Mapping[str, Any], now: Mapping[str, Any], same_version: bool) -> bool:
    """Whether the claim itself is another: its sentence, its figure, or the data that it names.

    How a figure is read may also change with the program. A claim that could not be evaluated, then or now, shows
    neither its figure nor its data.
    """
    if was["statement"] != now["statement"]:
        return True
    if was["claimed"] is None or now["claimed"] is None:
        return False
    keys = ("text", "reading") if same_version else ("text",)
    return was["datasets"] != now["datasets"] or any(was["claimed"].get(key) != now["claimed"][key] for key in keys)


def alike(was: Any, now: Any) -> bool:
    """Whether two values in JSON are the same, numbers but for the last digits of a double."""
    if isinstance(was, bool) or isinstance(now, bool):
        return was is now
    if isinstance(was, int) and isinstance(now, int):
        return was == now
    if isinstance(was, int | float) and isinstance(now, int | float):
        return math.isclose(was, now, rel_tol=_SAME)
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        return was.keys() == now.keys() and all(alike(was[key], now[key]) for key in was)
    if _is_list(was) and _is_list(now):
        return len(was) == len(now) and all(map(alike, was, now))
    return bool(was == now)


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)
