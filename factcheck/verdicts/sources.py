"""Whether evidence comes from where the claim was made."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, urlencode, urlsplit

from factcheck.claims.models import Appearance, Claim
from factcheck.evidence.dataset import Dataset

# An archive puts the address that it copied behind its own: web.archive.org/web/20180510120000/https://example.org.
_ARCHIVE = re.compile(
    r"^(?:web\.)?archive\.(?:org|ph|today|is|li|md|vn|fo)/(?:web/)?(?:[\d.-]{4,18}(?:[a-z]{2}_)?/)?", re.I
)
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:/{1,2}", re.I)
_TRACKING = re.compile(r"^(?:utm_.*|fbclid|gclid|mc_[ce]id|igshid)$", re.I)


def own_source(claim: Claim, dataset: Dataset) -> bool:
    """Whether the `source` of the dataset is an appearance of the claim: by its address, without one by its title."""
    return any(_is_source(appearance, dataset) for appearance in claim.appearance)


def _is_source(appearance: Appearance, dataset: Dataset) -> bool:
    addresses = {address(url) for url in (appearance.url, appearance.archived) if url}
    if dataset.source_url is not None and addresses:
        return address(dataset.source_url) in addresses
    title = plain(dataset.source_title or "")
    if not title:
        return False
    # A publisher says where; that it is this piece only a title tells, unless neither side names any piece.
    named = appearance.title or (appearance.publisher if not addresses and dataset.source_url is None else None)
    return title == plain(named or "")


def address(url: str) -> str:
    """An address without what does not change the page: http or https, www, a last slash, a fragment, an archive."""
    bare = _SCHEME.sub("", url.strip())
    if archived := _ARCHIVE.match(bare):
        inner = bare[archived.end() :]
        if _SCHEME.match(inner) or re.match(r"^(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:/|$)", inner):
            return address(inner)
    parts = urlsplit(f"//{bare}")
    host = (parts.hostname or "").removeprefix("www.")
    kept = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(key)]
    return f"{host}{parts.path.rstrip('/')}" + (f"?{urlencode(kept)}" if kept else "")


def plain(text: str) -> str:
    """A title by its letters and digits alone: quotation marks, dashes and capitals are set differently everywhere."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))
