"""Drafts for a reader at a terminal: the claim to paste, what was understood, what was not, and what the data say."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence

from factcheck.draft.drafting import Choice, Draft, sentence_of
from factcheck.draft.writing import as_yaml
from factcheck.reports.amounts import found_text
from factcheck.verdicts.verdict import Outcome

_WOULD = {
    Outcome.SUPPORTED: "the claim as drafted would be supported",
    Outcome.CLOSE: "the claim as drafted would be close",
    Outcome.REFUTED: "the claim as drafted would be refuted",
    Outcome.INCONCLUSIVE: "the claim as drafted would be inconclusive",
    Outcome.UNVERIFIABLE: "the claim as drafted could not be verified",
    Outcome.ERROR: "the claim as drafted could not be evaluated",
}
NOTE = (
    "Drafts are proposals: a person decides whether one is what the sentence says. That the data agree with a draft is "
    "no proof of it."
)


def told(draft: Draft, most: int) -> str:
    """What was drafted from one sentence."""
    return "\n".join(_lines(draft, most)) + "\n"


def article(drafts: Sequence[Draft], most: int) -> str:
    """What was drafted from each sentence of an article, and which sentences were passed over and why."""
    lines = []
    drafted = [draft for draft in drafts if draft.choices]
    for draft in drafted:
        lines += [*_lines(draft, most, note=False), ""]
    passed = [draft for draft in drafts if not draft.choices]
    if passed:
        lines.append("Passed over:")
        for draft in passed:
            lines += _wrapped(f"– {draft.sentence}", "  ", "    ")
            lines += _wrapped(draft.reason or "", "    ", "    ")
        lines.append("")
    lines.append(f"{len(drafted)} of {_counted(len(drafts), 'sentence')} drafted.")
    if drafted:
        lines += _wrapped(NOTE, "", "")
    return "\n".join(lines) + "\n"


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}" + ("" if n == 1 else "s")


def _lines(draft: Draft, most: int, *, note: bool = True) -> Iterator[str]:
    yield from _wrapped(f"“{draft.sentence}”", "", " ")
    yield ""
    if not draft.choices:
        yield from _wrapped(f"Nothing to check: {_small(draft.reason or '')}", "", "")
        return
    if not draft.checkable:
        yield "No data can answer this; the draft says why:"
        yield ""
        yield as_yaml(draft.choices[0].claim).rstrip("\n")
        return
    choices = draft.choices[:most]
    if close := [choice for choice in draft.close if choice in choices]:
        yield from _wrapped(
            f"{_several(len(close) + 1)} drafts lie close together; compare them before you choose.", "", ""
        )
        yield ""
    for place, choice in enumerate(choices, 1):
        yield from _choice(draft, choice, place)
        yield ""
    if note:
        yield from _wrapped(NOTE, "", "")


def _several(n: int) -> str:
    return {2: "Two", 3: "Three", 4: "Four", 5: "Five"}.get(n, str(n))


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _choice(draft: Draft, choice: Choice, place: int) -> Iterator[str]:
    weighed, verdict = choice.weighed, choice.verdict
    assert weighed is not None  # every draft that is checkable was weighed
    assert verdict is not None  # and evaluated
    yield f"{place}. words {weighed.words:.2f}, plausibility {weighed.plausibility or 0:.2f}"
    yield ""
    yield as_yaml(choice.claim).rstrip("\n")
    yield ""
    yield from _wrapped(_data(choice), "   data       ", " " * 14)
    for how in _understood(draft, choice):
        yield from _wrapped(how, "   understood ", " " * 14)
    yield from _wrapped(_missed(draft, choice), "   not used   ", " " * 14)


def _data(choice: Choice) -> str:
    verdict = choice.verdict
    assert verdict is not None
    return f"{found_text(verdict)}; {_WOULD[verdict.outcome]}"


def _understood(draft: Draft, choice: Choice) -> Iterator[str]:
    weighed = choice.weighed
    assert weighed is not None
    reading = weighed.candidate.reading
    yield f"'{sentence_of(draft, sorted(reading.covered))}' is claimed as {_claimed(choice)}" + (
        f"; {reading.how}" if reading.how else ""
    )
    for match in weighed.candidate.matches:
        yield match.how
    if weighed.candidate.denials:
        yield f"'{sentence_of(draft, sorted(weighed.candidate.denials))}' turns a condition round"
    if weighed.candidate.about is not None:
        yield "'about: rows' as nobody says how much of the whole the sample is: the claim is about the rows collected"
    if weighed.about:
        yield f"'{sentence_of(draft, weighed.about)}' is said of the dataset {weighed.candidate.dataset}"


def _claimed(choice: Choice) -> str:
    claimed = choice.claim["claimed"]
    if not isinstance(claimed, dict):
        return str(claimed)
    if claimed.keys() & {"includes", "excludes"}:
        return "; ".join(f"{'not ' if key == 'excludes' else ''}{', '.join(named)}" for key, named in claimed.items())
    return ", ".join(f"{name} {share}" for name, share in claimed.items())


def _missed(draft: Draft, choice: Choice) -> str:
    weighed = choice.weighed
    assert weighed is not None
    parts = []
    if weighed.missed:
        parts.append(", ".join(draft.spoken[at].text for at in weighed.missed))
    if weighed.lost:
        parts.append(f"the negation '{sentence_of(draft, weighed.lost)}', which may turn the meaning round")
    return "; ".join(parts) or "nothing: every telling word is in the claim"


def _wrapped(text: str, first: str, rest: str) -> list[str]:
    width = max(40, min(100, shutil.get_terminal_size((100, 24)).columns))
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
