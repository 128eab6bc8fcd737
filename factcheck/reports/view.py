"""A run as a page shows it: every text ready, nothing left to compute. Templates only lay it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from factcheck import __version__
from factcheck.claims.models import Review
from factcheck.errors import Problem
from factcheck.reports.amounts import claimed_text, found_text, moment
from factcheck.reports.byline import Source, sources
from factcheck.reports.chance import chance_words
from factcheck.reports.changed import banner, change_of, flag, gone, told
from factcheck.reports.counted import counted_sentences
from factcheck.reports.definitions import used
from factcheck.reports.details import Details, details
from factcheck.reports.dossier import Dossier, Options
from factcheck.reports.escape import anchor
from factcheck.reports.examples import ExamplesView, examples
from factcheck.reports.found import found_sentences
from factcheck.reports.headline import headline
from factcheck.reports.history import Past, Story, past
from factcheck.reports.locale import integer, language
from factcheck.reports.pictures import Picture, pictures
from factcheck.reports.rating import is_conclusion, rating_text
from factcheck.reports.run import in_utc, tally
from factcheck.reports.settle import settling
from factcheck.reports.tables import (
    Table,
    checks,
    composition,
    elements,
    same_outcome,
    sets,
    variants,
)
from factcheck.reports.telling import stop
from factcheck.reports.thresholds import override_words
from factcheck.reports.trust import Concern, concerns, confidence_words, remarks, rule_words, variant_words
from factcheck.reports.words import counted, outcome_words, say
from factcheck.verdicts.changes import Change
from factcheck.verdicts.verdict import Outcome, Verdict


@dataclass(frozen=True)
class ClaimView:
    """One claim: the seven steps of a report in the order in which they are read."""

    number: int
    anchor: str
    statement: str
    quote: str | None
    sources: tuple[Source, ...]
    outcome: str
    symbol: str
    outcome_word: str
    direction: str | None
    headline: str
    found: tuple[str, ...]
    rating: str | None  # a label
    conclusion: str | None  # or a sentence
    synthetic: bool
    marks: tuple[str, ...]  # what a reader of the overview must see beside the verdict
    claimed_cell: str
    found_cell: str
    pictures: tuple[Picture, ...]
    tables: tuple[Table, ...]
    confidence: str | None
    confidence_words: str
    concerns: tuple[Concern, ...]
    remarks: tuple[str, ...]
    variant_words: str
    variants: Table | None
    rule_words: str
    checks: Table | None
    counted_title: str
    counted: tuple[str, ...]
    definitions: tuple[str, ...]
    alternatives: tuple[str, ...]
    notes: tuple[str, ...]
    response: str | None
    review: str | None
    changed: str | None  # since earlier results
    flag: str | None  # that an approved check has another verdict now
    settling: tuple[str, ...]
    details: Details
    examples: tuple[ExamplesView, ...] = ()  # rows behind the number
    past: Past | None = None  # earlier verdicts, where they were asked for


@dataclass(frozen=True)
class OutcomeView:
    """An outcome by its code and its word."""

    code: str
    word: str


@dataclass(frozen=True)
class PageView:
    """A dossier: what stands above the claims, and the claims."""

    title: str
    alone: bool  # the page of a single claim, which needs no overview
    checked_on: str
    summary: str
    synthetic: str | None
    gone: tuple[str, ...]  # claims of earlier results that nobody claims any more
    chance: str | None
    thresholds: tuple[str, ...]
    warnings: tuple[str, ...]
    flags: tuple[str, ...]  # what an editor has to look at before anything else
    outcomes: tuple[OutcomeView, ...]  # those that occur
    claims: tuple[ClaimView, ...]
    language: str
    address: str | None = None  # where the page will be published


def page(dossier: Dossier, options: Options) -> PageView:  # addresses in it need base_url
    """The page of a dossier."""
    run, shown, stories = dossier.run, dossier.verdicts, options.history
    number = f"{counted(len(shown), capital=True)} {'claim' if len(shown) == 1 else 'claims'}"
    today = in_utc(run.started).date()
    return PageView(
        dossier.title or say("title", claims=number),
        dossier.alone,
        say("checked-on", date=today.isoformat(), version=__version__),
        _summary(shown),
        _banner(shown),
        gone(run) if options.single is None else (),
        chance_words(shown),
        override_words(run.thresholds),
        _warnings(run.problems, shown),
        banner(run, shown),
        tuple(OutcomeView(one.value, outcome_words(one).word) for one, n in tally(shown).items() if n),
        tuple(
            claim_view(i, verdict, change_of(run, verdict), today, stories.get(verdict.id))
            for i, verdict in enumerate(shown, 1)
        ),
        language(),
    )


def _summary(verdicts: Sequence[Verdict]) -> str:
    """3 claims · 1 refuted, 1 inconclusive, 1 unverifiable."""
    if not verdicts:
        return say("no-claims").rstrip(".")
    number = f"{integer(len(verdicts))} {'claim' if len(verdicts) == 1 else 'claims'}"
    parts = [f"{integer(n)} {outcome_words(outcome).word.lower()}" for outcome, n in tally(verdicts).items() if n]
    return f"{number} · {', '.join(parts)}"


def _banner(verdicts: Sequence[Verdict]) -> str | None:
    made_up = sum(verdict.synthetic for verdict in verdicts)
    if not made_up:
        return None
    if made_up == len(verdicts):
        claims, rest = ("The claim", "rests") if made_up == 1 else ("All claims", "rest")
    else:
        claims = f"{counted(made_up, capital=True)} of the {integer(len(verdicts))} claims"
        rest = "rests" if made_up == 1 else "rest"
    return say("synthetic-banner", claims=claims, rest=rest)


def _warnings(problems: Sequence[Problem], verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    """The warnings that stand in the files of the claims shown, or in none."""
    files = {verdict.file for verdict in verdicts}
    claims = {PurePosixPath(file).parts[:1] for file in files}
    shown = []
    for problem in problems:
        place = problem.place
        elsewhere = place is not None and place.file not in files and PurePosixPath(place.file).parts[:1] in claims
        if not elsewhere:
            head = f"{place.file}, line {place.line}: " if place is not None else ""
            hint = f" ({problem.hint})" if problem.hint else ""
            shown.append(f"{head}{problem.message}{hint}")
    return tuple(dict.fromkeys(shown))


def claim_view(
    number: int,
    verdict: Verdict,
    change: Change | None = None,
    day: date | None = None,
    story: Story | None = None,
) -> ClaimView:
    """What a report says of one claim; `day` is that of a correction."""
    claim, words = verdict.claim, outcome_words(verdict.outcome)
    rating = None if verdict.synthetic else rating_text(verdict)  # it is for what was found in the world
    return ClaimView(
        number,
        anchor(verdict.id),
        str(claim.statement),
        claim.quote if claim.quote != claim.statement else None,
        sources(claim),
        verdict.outcome.value,
        words.symbol,
        words.word,
        verdict.finding.direction,
        headline(verdict),
        found_sentences(verdict),
        rating if rating is not None and not is_conclusion(rating) else None,
        rating if rating is not None and is_conclusion(rating) else None,
        verdict.synthetic,
        _marks(verdict, change),
        claimed_text(verdict.claimed),
        found_text(verdict),
        pictures(verdict),
        tuple(filter(None, (elements(verdict), composition(verdict), sets(verdict)))),
        verdict.confidence,
        confidence_words(verdict),
        concerns(verdict),
        remarks(verdict),
        variant_words(verdict),
        None if same_outcome(verdict) else variants(verdict),
        rule_words(verdict),
        checks(verdict),
        say("to-count" if verdict.outcome is Outcome.UNVERIFIABLE else "what-was-counted"),
        counted_sentences(verdict),
        tuple(f"{told}." for told in used(verdict)),
        tuple(claim.alternatives),
        tuple(claim.notes),
        claim.response,
        _review(claim.review),
        None if change is None else told(change, verdict, day),
        flag(change, verdict),
        settling(verdict),
        details(verdict),
        examples(verdict),
        None if story is None else past(story),
    )


def _marks(verdict: Verdict, change: Change | None) -> tuple[str, ...]:
    """What nobody may overlook, in a few words."""
    marks = {
        "synthetic-short": verdict.synthetic,
        "draft-short": verdict.claim.review is not None and verdict.claim.review.status == "draft",
        "approved-changed-short": flag(change, verdict) is not None,
    }
    return tuple(say(code) for code, holds in marks.items() if holds)


def _review(review: Review | None) -> str | None:
    """Who looked at the check, when, and what was found."""
    if review is None:
        return None
    by, day = (f" by {review.by}" if review.by else ""), (f", {moment(review.day)}" if review.day else "")
    head = say(f"review-{review.status}", by=by, day=day)
    return f"{head}: {review.note}" if review.note else stop(head)
