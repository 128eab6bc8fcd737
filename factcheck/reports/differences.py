"""What differs from a baseline, sorted by what it means for a desk, and told in one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from factcheck.reports.escape import plain
from factcheck.reports.locale import integer
from factcheck.reports.run import Run
from factcheck.reports.words import say
from factcheck.verdicts.changes import Change

_NAMES = 5  # ids that the line tells of a kind


@dataclass(frozen=True)
class Differences:
    """The claims that are not as they were accepted. same: how many verdicts are, whatever their figures."""

    verdicts: tuple[Change, ...]
    figures: tuple[Change, ...]
    new: tuple[Change, ...]
    gone: tuple[Change, ...]
    same: int

    @property
    def moved(self) -> tuple[Change, ...]:
        """Those that were accepted as something else and are still claimed."""
        return self.verdicts + self.figures


def differences(run: Run) -> Differences:
    """What differs from the baseline that a run was held against."""
    verdicts = tuple(one for one in run.changed if one.differs)
    new = tuple(one for one in run.changed if one.was is None)
    gone = tuple(one for one in run.changed if one.now is None)
    figures = tuple(one for one in run.changed if one not in (*verdicts, *new, *gone))
    return Differences(verdicts, figures, new, gone, len(run.verdicts) - len(verdicts) - len(new))


def beside(run: Run) -> str:
    """Beside the baseline: 11 verdicts as accepted, 1 changed (russia), 1 claim gone (total)."""
    found = differences(run)
    parts = [say("baseline-same-one") if found.same == 1 else say("baseline-same", n=integer(found.same))]
    if found.figures:
        parts[0] += f", {say('baseline-figures', n=integer(len(found.figures)))}"
    for code, changes in (("baseline-changed", found.verdicts), ("baseline-new", found.new)):
        if changes:
            parts.append(say(code, n=integer(len(changes)), names=_names(changes)))
    if len(found.gone) == 1:
        parts.append(say("baseline-gone-one", names=_names(found.gone)))
    elif found.gone:
        parts.append(say("baseline-gone", n=integer(len(found.gone)), names=_names(found.gone)))
    return say("baseline-line", parts="; ".join(parts))


def _names(changes: Iterable[Change]) -> str:
    return named([change.id for change in changes])


def named(claims: Iterable[str]) -> str:
    """The first ids of some claims, and how many more there are."""
    ids = [plain(id) for id in claims]
    names = ", ".join(ids[:_NAMES])
    return say("baseline-names-more", names=names, n=integer(len(ids) - _NAMES)) if len(ids) > _NAMES else names
