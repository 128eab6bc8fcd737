"""ClaimReview: what schema.org and Google ask for, nothing that the evidence does not say."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import pytest

from factcheck.claims.config import Publisher
from factcheck.errors import SpecError
from factcheck.reports import claimreview, html
from factcheck.reports.dossier import Dossier, Options
from factcheck.verdicts.ratings import shipped
from factcheck.verdicts.verdict import Outcome, Verdict

from . import circumstances, gallery
from .build import FakeRun
from .gallery import OUTCOMES
from .hostile import HOSTILE, hostile
from .test_markdown import EXPECTED

OPTIONS = Options("https://example.org/checks")
DESK = Publisher(name="The Example Times", url="https://example.org/", logo="https://example.org/logo.png")


def rated(verdict: Verdict, scale: str = "five-point") -> Verdict:
    known = shipped()[scale]
    return replace(verdict, rating=known.label(verdict), score=known.score(verdict))


def dossier(*verdicts: Verdict, publisher: Publisher | None = DESK) -> Dossier:
    run = FakeRun(verdicts, "Checked", publisher=publisher)
    return Dossier(run, verdicts, run.title, PurePosixPath("uk/bots"))


def reviews(*verdicts: Verdict, **options: Any) -> list[dict[str, Any]]:
    """The reviews as files have them."""
    files = claimreview.files([dossier(*verdicts, **options)], OPTIONS)
    return [json.loads(file.content) for file in files]


# Properties and their ranges as schema.org 29 defines them for the types used (schema.org/ClaimReview and so on).
URL, TEXT, DAY, NUMBER = "URL", "Text", "Date", "Number"
AGENT = {"Organization", "Person"}
SHAPES: dict[str, dict[str, set[str]]] = {
    "ClaimReview": {
        "url": {URL}, "claimReviewed": {TEXT}, "datePublished": {DAY}, "inLanguage": {TEXT}, "author": AGENT,
        "reviewRating": {"Rating"}, "reviewBody": {TEXT}, "itemReviewed": {"Claim", "CreativeWork"},
        "isBasedOn": {"Dataset", "CreativeWork", URL},
    },
    "Rating": {"alternateName": {TEXT}, "ratingValue": {NUMBER}, "bestRating": {NUMBER}, "worstRating": {NUMBER}},
    "Claim": {
        "text": {TEXT}, "author": AGENT, "datePublished": {DAY}, "firstAppearance": {"CreativeWork"},
        "appearance": {"CreativeWork"},
    },
    "CreativeWork": {
        "url": {URL}, "headline": {TEXT}, "publisher": AGENT, "datePublished": {DAY}, "archivedAt": {URL}, "name": {TEXT},
    },
    "Dataset": {
        "name": {TEXT}, "url": {URL}, "license": {URL, "CreativeWork"}, "creator": AGENT, "identifier": {TEXT},
    },
    "Organization": {"name": {TEXT}, "url": {URL}, "logo": {URL}},
    "Person": {"name": {TEXT}},
}  # fmt: skip


def check(node: dict[str, Any]) -> None:
    shape = SHAPES[node["@type"]]
    for key, value in node.items():
        if key in ("@context", "@type"):
            continue
        for one in value if isinstance(value, list) else [value]:
            assert kinds(one) & shape[key], (node["@type"], key, one)
            if isinstance(one, dict):
                check(one)


def kinds(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {value["@type"]}
    if isinstance(value, (int, float)):
        return {NUMBER}
    found = {TEXT} if value else set()
    if re.fullmatch(r"https?://[^\s<>\"]+", value):
        found.add(URL)
    return found | ({DAY} if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else set())


@pytest.mark.parametrize("scale", shipped())
def test_every_review_has_the_shape_of_its_type_and_what_google_requires(scale: str) -> None:
    made = [rated(make(), scale) for make in OUTCOMES] + [hostile()]
    found = reviews(*made)
    assert len(found) == len(made) - 2  # one is an error, one rests on synthetic evidence
    for review in found:
        assert review["@context"] == "https://schema.org"
        check(review)
        assert {"url", "claimReviewed", "reviewRating", "author", "itemReviewed"} <= set(review)
        assert review["url"].startswith("https://example.org/checks/examples.html#")
        assert review["reviewRating"]["alternateName"]


def test_only_what_has_a_place_on_the_scale_has_a_number() -> None:
    for verdict in (rated(make()) for make in OUTCOMES if make().outcome is not Outcome.ERROR):
        (review,) = reviews(verdict)
        rating = review["reviewRating"]
        assert ("ratingValue" in rating) is verdict.outcome.conclusive
        if verdict.outcome.conclusive:
            assert 1 <= rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
            assert rating["worstRating"] < rating["bestRating"]
    (plain,) = reviews(rated(gallery.beach(), "plain"))
    assert plain["reviewRating"] == {"@type": "Rating", "alternateName": "False"}


def test_the_claim_is_told_as_it_was_made() -> None:
    (review,) = reviews(rated(gallery.beach()))
    claim = review["itemReviewed"]
    assert claim["datePublished"] == "2014-04-14"
    assert claim["firstAppearance"]["url"].startswith("https://fivethirtyeight.com/")
    assert review["claimReviewed"] == "9 percent of Bob Ross's paintings contain a beach."
    assert "False" not in review["claimReviewed"]
    assert review["author"] == {"@type": "Organization", "name": "The Example Times", "url": "https://example.org/", "logo": "https://example.org/logo.png"}
    (nameless,) = reviews(rated(gallery.beach()), publisher=None)
    assert "author" not in nameless


def test_a_day_that_is_only_spoken_is_left_out() -> None:
    base = gallery.beach()
    appearance = tuple(one.model_copy(update={"date": "last spring"}) for one in base.claim.appearance)
    (review,) = reviews(replace(base, claim=base.claim.model_copy(update={"appearance": appearance})))
    assert "datePublished" not in review["itemReviewed"]


def test_what_says_nothing_about_the_world_is_no_review() -> None:
    assert reviews(circumstances.synthetic(), gallery.failed()) == []
    told = claimreview.left_out((circumstances.synthetic(), gallery.failed(), gallery.beach()))
    assert told == "not exported as ClaimReview: 2 claims on synthetic evidence or without a verdict"
    assert claimreview.left_out((gallery.beach(),)) is None


def test_the_address_leads_to_the_claim_in_its_report() -> None:
    page = dossier(gallery.beach())
    (file,) = claimreview.files([replace(page, path=PurePosixPath("examples"))], OPTIONS)
    url = json.loads(file.content)["url"]
    (report,) = html.files([replace(page, path=PurePosixPath("examples"))], OPTIONS)
    assert url == f"https://example.org/checks/{report.path}#beach"
    assert 'id="beach"' in str(report.content)


def test_the_first_appearance_is_the_earliest_that_is_known() -> None:
    base = gallery.beach()
    later = base.claim.appearance[0].model_copy(update={"date": "2015-01-01", "publisher": "Later"})
    vague = later.model_copy(update={"date": "last spring", "publisher": "Vague"})
    appearance = (vague, later, *base.claim.appearance)
    (review,) = reviews(replace(base, claim=base.claim.model_copy(update={"appearance": appearance})))
    claim = review["itemReviewed"]
    assert claim["firstAppearance"]["datePublished"] == claim["datePublished"] == "2014-04-14"
    assert [one["publisher"]["name"] for one in claim["appearance"]] == ["Later", "Vague"]


def test_without_an_address_it_is_refused() -> None:
    with pytest.raises(SpecError, match="ClaimReview needs the address"):
        claimreview.text(dossier(gallery.beach()), Options())
    for bad in ("example.org", "javascript:alert(1)", "https://example.org/?a=b", "ftp://example.org", "https://a@b.org"):
        with pytest.raises(SpecError, match="is no web address"):
            claimreview.text(dossier(gallery.beach()), Options(bad))


def test_the_form_is_as_it_was_read() -> None:
    found = claimreview.text(dossier(*(rated(make()) for make in OUTCOMES)), OPTIONS)
    path = EXPECTED / "outcomes.claimreview.json"
    if os.environ.get("FACTCHECK_WRITE_EXPECTED"):
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


def test_the_page_of_a_claim_holds_its_review_and_cannot_be_left_by_it() -> None:
    base = rated(gallery.beach())
    bad = replace(base, claim=base.claim.model_copy(update={"statement": HOSTILE}))
    one = replace(dossier(bad), alone=True, path=PurePosixPath("uk/beach"))
    (file,) = html.files([one], OPTIONS)
    text = str(file.content)
    (inner,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    review = json.loads(inner)
    assert review["url"] == "https://example.org/checks/uk/beach.html"
    assert f'<link rel="canonical" href="{review["url"]}">' in text
    assert "<" not in inner
    assert "ld+json" not in html.text(dossier(base), OPTIONS)
