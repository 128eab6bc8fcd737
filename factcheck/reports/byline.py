"""Who said it, where and when."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from factcheck.claims.models import Appearance, Claim
from factcheck.reports.amounts import moment
from factcheck.reports.words import say


@dataclass(frozen=True)
class Link:
    """A text with the address behind it, if there is one."""

    text: str
    url: str | None = None


@dataclass(frozen=True)
class Source:
    """One appearance: who and when, then its title with the link and an archived copy."""

    text: str
    links: tuple[Link, ...] = ()


def sources(claim: Claim) -> tuple[Source, ...]:
    """Every appearance of a claim; the claimant stands before the first, unless the publisher is the claimant."""
    if not claim.appearance:
        return (Source(claim.claimant),) if claim.claimant else ()
    return tuple(_source(one, claim.claimant if i == 0 else None, i) for i, one in enumerate(claim.appearance))


def _source(appearance: Appearance, claimant: str | None, index: int) -> Source:
    publisher = appearance.publisher
    if claimant and publisher and claimant != publisher:
        who = f"{claimant} in {publisher}"
    else:
        who = claimant or publisher or ("" if index else "Unknown")
    when = moment(str(appearance.date)) if appearance.date else ""
    title = appearance.title or (_host(appearance.url) if appearance.url else None)
    links = [Link(title, appearance.url)] if title else []
    links += [Link(say("archived"), appearance.archived)] if appearance.archived else []
    return Source(", ".join(filter(None, (who, when))), tuple(links))


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.removeprefix("www.") or url
    except ValueError:
        return url
