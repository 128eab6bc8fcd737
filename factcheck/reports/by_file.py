"""How many claims had which outcome, of all and of each claim file: what a terminal tells of very many."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.console import Console
from rich.text import Text

from factcheck.reports.escape import plain
from factcheck.reports.locale import integer
from factcheck.reports.run import tally
from factcheck.reports.words import outcome_words, say
from factcheck.verdicts.verdict import Outcome, Verdict

MOST = 1_000  # claims that are told one by one
_MOST_ERRORS = 40
STYLES = {
    Outcome.SUPPORTED: "green",
    Outcome.CLOSE: "yellow",
    Outcome.REFUTED: "red",
    Outcome.INCONCLUSIVE: "cyan",
    Outcome.UNVERIFIABLE: "magenta",
    Outcome.ERROR: "bold red",
}


def counted(verdicts: Sequence[Verdict], before: str = "") -> Text:
    """100 claims: 63 supported, 30 refuted, 7 inconclusive."""
    text = Text(f"{before}{integer(len(verdicts))} {'claim' if len(verdicts) == 1 else 'claims'}: ")
    for i, (outcome, n) in enumerate((outcome, n) for outcome, n in tally(verdicts).items() if n):
        text.append(f"{', ' if i else ''}{integer(n)} ")
        text.append(outcome_words(outcome).word.lower(), style=STYLES[outcome])
    return text


def by_file(console: Console, verdicts: Sequence[Verdict], draw: Callable[[Sequence[Verdict]], None]) -> None:
    """A line for each claim file, then the claims that failed, which `draw` shows, and how to see the others."""
    files: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        files.setdefault(verdict.file, []).append(verdict)
    for file, mine in files.items():
        console.print(counted(mine, f"{plain(file)}: "), overflow="fold")
    failed = [verdict for verdict in verdicts if verdict.outcome is Outcome.ERROR]
    if failed:
        console.print()
        draw(failed[:_MOST_ERRORS])
    if len(failed) > _MOST_ERRORS:
        console.print(Text(say("changes-more", n=integer(len(failed) - _MOST_ERRORS))))
    told = say("files-told", n=integer(MOST), file=plain(next(iter(files)))).replace("`", "")
    console.print()
    console.print(Text(told, overflow="fold"))
