"""Claims as tests: why one failed, in words, and how they stand beside what was accepted."""

from __future__ import annotations

from collections.abc import Iterable

from factcheck.reports.changed import change_of
from factcheck.reports.changed import told as told_change
from factcheck.reports.ci import told
from factcheck.reports.escape import plain
from factcheck.reports.junit import facts
from factcheck.reports.locale import integer
from factcheck.reports.results import claim
from factcheck.reports.run import Run
from factcheck.reports.words import outcome_words, say
from factcheck.verdicts.verdict import Outcome, Verdict

ACCEPTED, NONE = "baseline", "none"  # the fact that tells the accepted outcome, or that there is none


def failure(run: Run, verdict: Verdict, strict: bool) -> str | None:
    """Why a claim fails, the reason in the first line; None where it passes.

    It fails where it could not be evaluated and where its verdict is not the one of the baseline; with `strict` where
    anything differs, or where there is nothing to compare with.
    """
    change = change_of(run, verdict)
    if verdict.outcome is Outcome.ERROR:
        return _laid_out(say("test-error", reason=verdict.error or ""), verdict)
    if change is not None and change.was is not None:
        return _failed(told_change(change, verdict), verdict) if change.differs or strict else None
    return _failed(say("test-new"), verdict) if strict and (change is not None or run.since is None) else None


def _failed(reason: str, verdict: Verdict) -> str:
    lines = (say("test-now", now=told(verdict)), say("test-accept", id=verdict.id))
    return _laid_out(reason, verdict, *(f"  {line}" for line in lines))


def _laid_out(reason: str, verdict: Verdict, *lines: str) -> str:
    first = plain(reason).replace("`", "'")
    return "\n".join([first, f"  {say('test-claim', statement=plain(verdict.claim.statement))}", *lines])


def properties(run: Run, verdict: Verdict) -> dict[str, str]:
    """What a test report tells of a claim; `baseline` is the accepted outcome, none where there is none."""
    change = change_of(run, verdict)
    known = run.since is not None and (change is None or change.was is not None)
    accepted = change.was.value if change is not None and change.was is not None else verdict.outcome.value
    found = claim(verdict)["estimate"]
    estimate = {} if found is None else {"estimate": str(found)}
    return {**facts(verdict), **estimate, ACCEPTED: accepted if known else NONE}


def gone(run: Run) -> list[str]:
    """The claims of the baseline that nobody claims any more."""
    from factcheck.reports.changed import gone as sentences

    return [plain(line).replace("`", "'") for line in sentences(run)]


def overview(outcomes: Iterable[str]) -> str:
    """38 claims: 20 supported, 11 refuted."""
    found = list(outcomes)
    counts = {outcome: found.count(outcome.value) for outcome in Outcome}
    parts = [f"{integer(n)} {outcome_words(outcome).word.lower()}" for outcome, n in counts.items() if n]
    if not parts:
        return say("test-none")
    code = "test-overview-one" if len(found) == 1 else "test-overview"
    return say(code, n=integer(len(found)), counts=", ".join(parts))


def unrecorded(count: int) -> str:
    """That claims have no baseline, and how they get one."""
    return say("test-unrecorded-one") if count == 1 else say("test-unrecorded", n=integer(count))
