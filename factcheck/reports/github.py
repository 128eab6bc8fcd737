"""The results as annotations of GitHub's workflows, at the lines of the claims; and the overview for the run's summary.

GitHub shows ten errors, ten warnings and ten notices of a step and drops the rest without a word
(github.com/actions/toolkit, docs/problem-matchers.md), so that the worst come first and a last line tells how many
were left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from factcheck.reports.ci import changed_ids, in_repository, moved, told, worst_first
from factcheck.reports.escape import plain
from factcheck.reports.locale import integer
from factcheck.reports.run import Run, tally
from factcheck.reports.words import outcome_words, say
from factcheck.verdicts.verdict import Outcome, Verdict

MOST = 10  # annotations of a kind
SUMMARY = "GITHUB_STEP_SUMMARY"  # the variable that names the file of the summary
_SUMMARY_BYTES = 1024 * 1024
_KINDS = {
    Outcome.ERROR: "error",
    Outcome.REFUTED: "error",
    Outcome.INCONCLUSIVE: "warning",
    Outcome.UNVERIFIABLE: "notice",
    Outcome.CLOSE: "notice",
}


def render(run: Run) -> str:
    """A line for each annotation, the worst first, then how the claims stand."""
    shown: dict[str, list[str]] = {"error": [], "warning": [], "notice": []}
    left_out = 0
    for kind, line in _annotations(run):
        if len(shown[kind]) < MOST:
            shown[kind].append(line)
        else:
            left_out += 1
    lines = [line for kind in shown.values() for line in kind]
    counts = [f"{integer(n)} {outcome_words(outcome).word.lower()}" for outcome, n in tally(run.verdicts).items() if n]
    told_off = [say("github-left-out", n=integer(left_out))] if left_out else []
    return "\n".join([*lines, say("github-summary", counts=", ".join(counts) or say("no-claims")), *told_off]) + "\n"


def _annotations(run: Run) -> Iterable[tuple[str, str]]:
    """(kind, line) of every claim that an editor should look at, and of every warning."""
    changed = changed_ids(run)
    for verdict in worst_first(run):
        kind = "error" if verdict.id in changed else _KINDS.get(verdict.outcome)
        if kind is not None:
            yield kind, _annotation(run, verdict, kind)
    for problem in run.problems:
        place, where = problem.place, dict[str, object]()
        if place is not None:
            where = {"file": in_repository(run, place.file), "line": place.line, "col": place.column}
        yield "warning", _line("warning", where, f"{problem.message}{f' ({problem.hint})' if problem.hint else ''}")


def _annotation(run: Run, verdict: Verdict, kind: str) -> str:
    where = {"file": in_repository(run, verdict.file), "line": verdict.line, "title": plain(verdict.id)}
    return _line(kind, where, " ".join([f"{plain(verdict.claim.statement)} – {told(verdict)}", *moved(run, verdict)]))


def _line(kind: str, where: Mapping[str, object], message: str) -> str:
    properties = ",".join(f"{name}={_property(value)}" for name, value in where.items())
    return f"::{kind}{' ' if properties else ''}{properties}::{_data(plain(message))}"


def _data(text: object) -> str:
    return str(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: object) -> str:
    return _data(plain(value)).replace(":", "%3A").replace(",", "%2C")


def summarise(run: Run, environ: Mapping[str, str]) -> None:
    """Adds the overview of the claims to the summary of the workflow's run, where there is one."""
    from factcheck.reports.dossier import Options, whole
    from factcheck.reports.markdown import overview

    if not environ.get(SUMMARY):
        return
    path = Path(environ[SUMMARY])
    there = path.stat().st_size if path.exists() else 0
    text = _fitting(overview(whole(run, Options())), _SUMMARY_BYTES - there)
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def _fitting(text: str, room: int) -> str:
    """The text, or as many of its lines as there is room for, and that it is cut."""
    if len(text.encode("utf-8")) <= room:
        return text
    end = f"\n{say('github-cut')}\n"
    kept, size = [], len(end.encode("utf-8"))
    for line in text.splitlines(keepends=True):
        size += len(line.encode("utf-8"))
        if size > room:
            break
        kept.append(line)
    return "".join(kept) + end if kept else ""
