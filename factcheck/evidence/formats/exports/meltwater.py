"""Meltwater's CSV, older and newer headings, also in UTF-16 with tabs.

The times are on the clock of the account that exported them, which the file does not name (only Meltwater's API
writes UTC): without a `timezone` in the manifest they are read as UTC, and a notice says so. `Hit Sentence` is the
sentence that matched, of a tweet the whole text. `Tweet Id` is wrapped in quotes against spreadsheets. `Source` is
the platform of a social post, the outlet of an article.
"""

from __future__ import annotations

from factcheck.evidence.formats.exports.clocks import unknown
from factcheck.evidence.formats.exports.lists import addresses
from factcheck.evidence.formats.presets import TEXT, UNZONED, Preset, Way, Ways, number, separated, text

_DAY = ("%d-%b-%y", "%d-%b-%Y", "%Y-%m-%d")  # the short year first: %Y takes 18 for the year 18
_TIME = ("%I:%M %p", "%I:%M%p", "%H:%M", "%H:%M:%S", "%I:%M:%S %p")
_BOTH = tuple(f"{day} {time}" for day in _DAY for time in _TIME)


def _read(cell: str, formats: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{format}'" for format in formats)
    return f"strftime(try_strptime({cell}, [{listed}]), '%Y-%m-%d %H:%M:%S')"


def _apart(day: str) -> Way:
    """A day and, in a column of its own, the time; the day may hold the time already."""
    joined = _read("trim({0}) || ' ' || trim({1})", _BOTH)
    return _clocked((day, "Time"), f"coalesce({joined}, {_read('trim({0})', _BOTH)}, {unknown('{0}')})")


def _clocked(needs: tuple[str, ...], sql: str) -> Way:
    return Way(needs, sql, stated=UNZONED)


def _quoted(name: str) -> Ways:
    return (Way((name,), """nullif(trim({0}, ' "'''), '')""", stated=TEXT, identifies=True),)


def _handle(*names: str) -> Ways:
    return tuple(Way((name,), "regexp_replace(trim({0}), '^@', '')", stated=TEXT) for name in names)


PRESET = Preset(
    "meltwater",
    "Meltwater export",
    ("csv",),
    (
        frozenset({"Date", "Hit Sentence", "Influencer", "Reach", "Sentiment", "Input Name"}),
        frozenset({"Date", "Hit Sentence", "Author Name", "Reach", "Sentiment", "Input Name", "Document ID"}),
    ),
    {
        "id": _quoted("Tweet Id"),
        "author": _handle("Influencer", "Author Handle", "Author Name"),
        "author_id": _quoted("Twitter Id"),
        "created_at": (
            _apart("Alternate Date Format"),
            _apart("Date"),
            _clocked(("Date",), f"coalesce({_read('trim({0})', _BOTH)}, {unknown('{0}')})"),
        ),
        "text": text("Hit Sentence"),
        "language": text("Language"),
        "country": text("Country"),
        "hashtags": separated("Hashtags", by=";", strip="#"),
        "urls": addresses("Links"),
        "likes": number("Likes", thousands=","),
        "retweets": number("Reposts", thousands=","),
        "followers": number("Twitter Followers", thousands=","),
        "following": number("Twitter Following", thousands=","),
        "platform": text("Source", "Source Name"),
    },
)
