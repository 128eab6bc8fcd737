"""Verdicts as ClaimReview (schema.org, in JSON-LD), which fact-check search engines, archives and language models read.

A verdict on synthetic evidence says nothing about the world and is not exported, nor is an error. What the evidence
leaves open has a label but no number, since a number would place it on the scale. Each is a file of its own, and its
address is the claim's place in the HTML report. Google wants one a page (its rule since 2021): a page of a claim alone
(`--single`) holds its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from factcheck.claims.models import Appearance, Claim
from factcheck.errors import Problem, SpecError
from factcheck.evidence.dataset import Dataset
from factcheck.reports.ci import told
from factcheck.reports.dossier import Dossier, File, Options, beside, target
from factcheck.reports.escape import address, anchor, plain
from factcheck.reports.nouns import things
from factcheck.reports.rating import rating_text
from factcheck.reports.results import text as encoded
from factcheck.reports.run import Run, in_utc
from factcheck.reports.words import outcome_words, say
from factcheck.verdicts.verdict import Outcome, Verdict

SUFFIX = ".claimreview.json"
_CONTEXT = "https://schema.org"
_MISSING = "ClaimReview needs the address at which the reports will be published"
_HINT = "give it with --base-url, for example --base-url https://example.org/checks/"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ID = re.compile(r"[0-9a-f]{64}")
_SPDX = re.compile(r"CC0-1\.0|CC-BY(-NC)?(-SA|-ND)?-[1-4]\.0|(PDDL|ODbL|ODC-By)-1\.0|MIT|Apache-2\.0|OGL-UK-3\.0")


def text(dossier: Dossier, options: Options) -> str:
    """All verdicts of a dossier in one graph; of a claim alone its review."""
    _need_address(options)
    if dossier.alone and len(dossier.verdicts) == 1 and published(dossier.verdicts[0]):
        return _written(claim_review(dossier.verdicts[0], dossier, options))
    graph = [_review(verdict, dossier, options) for verdict in dossier.verdicts if published(verdict)]
    return _written({"@context": _CONTEXT, "@graph": graph})


def files(dossiers: Sequence[Dossier], options: Options) -> list[File]:
    """A file for each claim."""
    _need_address(options)
    return [
        File(_path(dossier, verdict), _written(claim_review(verdict, dossier, options)))
        for dossier in dossiers
        for verdict in dossier.verdicts
        if published(verdict)
    ]


def _path(dossier: Dossier, verdict: Verdict) -> PurePosixPath:
    """A file for each claim in the folder that is named like the report; of a claim alone beside its page."""
    return beside(dossier, SUFFIX) if dossier.alone else dossier.path / f"{anchor(verdict.id)}{SUFFIX}"


def _need_address(options: Options) -> None:
    if options.base_url is None:
        raise SpecError(Problem(_MISSING, hint=_HINT))


def published(verdict: Verdict) -> bool:
    """Whether a verdict says anything about the world."""
    return verdict.outcome is not Outcome.ERROR and not verdict.synthetic


def embedded(dossier: Dossier, options: Options) -> str | None:
    """What stands in the page of a single claim; None without an address. It cannot end its script element."""
    if options.base_url is None or not dossier.alone or not all(map(published, dossier.verdicts)):
        return None
    review = claim_review(dossier.verdicts[0], dossier, options)
    return _written(review).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").strip()


def claim_review(verdict: Verdict, dossier: Dossier, options: Options) -> dict[str, Any]:
    """One ClaimReview with its context."""
    return {"@context": _CONTEXT, **_review(verdict, dossier, options)}


def _review(verdict: Verdict, dossier: Dossier, options: Options) -> dict[str, Any]:
    run, claim = dossier.run, verdict.claim
    return known(
        {
            "@type": "ClaimReview",
            "url": _address(dossier, verdict, options),
            "claimReviewed": plain(claim.statement),
            "datePublished": in_utc(run.started).date().isoformat(),
            "inLanguage": "en",
            "author": _publisher(run),
            "reviewRating": _rating(verdict),
            "reviewBody": told(verdict),
            "itemReviewed": _claim(verdict),
            "isBasedOn": [_evidence(dataset) for dataset in verdict.datasets],
        }
    )


def _address(dossier: Dossier, verdict: Verdict, options: Options) -> str:
    """The place of the claim in the HTML report, or the page that it has alone."""
    path = dossier.path if dossier.alone else target(verdict.file)
    page = options.address(path.with_name(f"{path.name}.html")) or ""
    return page if dossier.alone else f"{page}#{quote(anchor(verdict.id))}"


def left_out(verdicts: Sequence[Verdict]) -> str | None:
    """What a person has to be told of verdicts that are not exported."""
    absent = sum(not published(verdict) for verdict in verdicts)
    return say("review-left-out", claims=things(absent, "claim")) if absent else None


def _publisher(run: Run) -> dict[str, Any] | None:
    if run.publisher is None:
        return None
    one = run.publisher
    return known(
        {"@type": "Organization", "name": plain(one.name), "url": _url(one.url), "logo": _url(one.logo)}
    )


def _rating(verdict: Verdict) -> dict[str, Any]:
    """The label, which is all that is ever shown; a number only where the scale has one."""
    label = rating_text(verdict) or outcome_words(verdict.outcome).word
    found: dict[str, Any] = {"@type": "Rating", "alternateName": label}
    if verdict.score is None:
        return found
    score = verdict.score
    ends = {"ratingValue": score.value, "bestRating": score.best, "worstRating": score.worst}
    return {**found, **{key: int(value) if value == int(value) else value for key, value in ends.items()}}


def _claim(verdict: Verdict) -> dict[str, Any]:
    """The claim as it was made: by whom, when, where."""
    spec = verdict.claim
    dated = sorted(spec.appearance, key=lambda one: _day(one.date) or "9")  # those without a day come last
    works = [_work(one) for one in dated]
    days = [day for one in dated if (day := _day(one.date))]
    return known(
        {
            "@type": "Claim",
            "text": plain(spec.quote or spec.statement),
            "author": _claimant(spec),
            "datePublished": days[0] if days else None,
            "firstAppearance": works[0] if works else None,
            "appearance": works[1:],
        }
    )


def _claimant(spec: Claim) -> dict[str, Any] | None:
    """Who made the claim. That somebody publishes tells an organisation; anybody else is taken for a person."""
    if spec.claimant is None:
        return None
    publishes = any(one.publisher == spec.claimant for one in spec.appearance)
    return {"@type": "Organization" if publishes else "Person", "name": plain(spec.claimant)}


def _work(one: Appearance) -> dict[str, Any]:
    return known(
        {
            "@type": "CreativeWork",
            "url": _url(one.url),
            "headline": plain(one.title) if one.title else None,
            "publisher": {"@type": "Organization", "name": plain(one.publisher)} if one.publisher else None,
            "datePublished": _day(one.date),
            "archivedAt": _url(one.archived),
        }
    )


def _evidence(dataset: Dataset) -> dict[str, Any]:
    """A dataset behind the verdict, its files by their sha256."""
    digests = [f"sha256:{file.sha256}" for file in dataset.files if file.sha256 and _ID.fullmatch(file.sha256)]
    return known(
        {
            "@type": "Dataset",
            "name": plain(dataset.title or dataset.name),
            "url": _url(dataset.source_url),
            "license": licence_of(dataset.licence),
            "creator": {"@type": "Organization", "name": plain(dataset.collected.by)} if dataset.collected.by else None,
            "identifier": digests,
        }
    )


def licence_of(licence: str | None) -> Any:
    """The address of a licence that has one by its SPDX id, else a work of that name."""
    if not licence:
        return None
    text = plain(licence)
    known = _SPDX.fullmatch(text)
    return f"https://spdx.org/licenses/{text}" if known else {"@type": "CreativeWork", "name": text}


def _day(spoken: object) -> str | None:
    """A day that is written as one; "last spring" has no place in JSON-LD."""
    written = str(spoken or "")
    if not _DAY.fullmatch(written):
        return None
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        return None


def _url(url: str | None) -> str | None:
    return address(url) if url else None


def known(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of a node without those that are not known."""
    return {key: value for key, value in fields.items() if value not in (None, [], "")}


def _written(node: dict[str, Any]) -> str:
    return encoded(json.dumps(node, ensure_ascii=False, allow_nan=False, indent=2)) + "\n"
