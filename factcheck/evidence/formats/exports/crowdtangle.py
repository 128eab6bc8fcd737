"""CrowdTangle's CSV of posts on Facebook (pages and groups) and Instagram.

`Post Created` bears its zone, mostly "EST" or "EDT" (seen in published exports); a time without one is lost, for the
zone was a setting of the dashboard. `Page Created` bears none. A Facebook post's `id` is the number at the end of its
URL, an Instagram post's the short code. `Page Admin Top Country` is where most who run a page are, not the page's
readers. Of a group the file names no authors: `author`, `author_id` and `followers` are absent. `Likes` counts the
reaction Like only; `Total Interactions` may be weighted, as its heading then says.
"""

from __future__ import annotations

from dataclasses import replace

from factcheck.evidence.formats.exports.clocks import in_utc, unknown
from factcheck.evidence.formats.presets import (
    INTEGER,
    TEXT,
    UNZONED,
    UTC,
    Preset,
    Way,
    Ways,
    absent,
    among,
    constant,
    doubted,
    ident,
    text,
)

_MOMENT = r"^(\d\d\d\d-\d\d-\d\d \d\d:\d\d:\d\d) +([A-Za-z0-9:+-]+)$"
ADMINS = "It is the country of most who run the page, not that of its readers or of the post."
_FACEBOOK = ("Message",)
_INSTAGRAM = ("Account", "Description")


def _zoned(name: str) -> Ways:
    local, zone = (f"nullif(regexp_extract(trim({{0}}), '{_MOMENT}', {part}), '')" for part in (1, 2))
    return (Way((name,), f"coalesce({in_utc(local, zone)}, {unknown('{0}')})", stated=UTC),)


def _count(*names: str) -> Ways:
    """A number with commas; N/A is no value."""
    stated = replace(INTEGER, thousands=",")
    return tuple(Way((name,), "nullif(trim({0}), 'N/A')", stated=stated) for name in names)


def _posted(pattern: str, *needs: str) -> Way:
    """The part of the post's address that tells it from others; an address without one is kept whole."""
    found = f"nullif(regexp_extract({{0}}, '{pattern}', 1), '')"
    return Way(("URL", *needs), f"coalesce({found}, {{0}})", stated=TEXT, identifies=True)


PRESET = Preset(
    "crowdtangle",
    "CrowdTangle export",
    ("csv",),
    (
        frozenset({"Page Name", "Post Created", "Message", "URL"}),
        frozenset({"Group Name", "Post Created", "Message", "URL"}),
        frozenset({"Account", "Post Created", "Description", "URL"}),
        frozenset({"Page Name", "Facebook Id", "Post Created", "Total Interactions", "URL"}),
    ),
    {
        "id": (
            _posted(r"instagram\.com/(?:[^/]+/)?(?:p|reel|tv)/([^/?]+)", *_INSTAGRAM),
            _posted(r"(?:/|[?&](?:story_fbid|fbid|v)=)(\d+|pfbid\w+)/?(?:[?&#].*)?$", *_FACEBOOK),
            _posted(r"(?:/|[?&](?:story_fbid|fbid|v)=)(\d+|pfbid\w+)/?(?:[?&#].*)?$", "Facebook Id"),
        ),
        "author": text("Page Name") + among(text("User Name"), *_INSTAGRAM) + text("Account"),
        "author_id": absent("Group Name") + ident("Facebook Id"),
        "created_at": _zoned("Post Created"),
        "text": text("Message") + among(text("Description"), *_INSTAGRAM),
        "country": doubted(text("Page Admin Top Country"), ADMINS),
        "likes": _count("Likes"),
        "retweets": _count("Shares"),
        "followers": absent("Group Name") + _count("Followers at Posting"),
        "account_created_at": (Way(("Page Created",), stated=UNZONED),),
        "platform": among(constant("Instagram"), *_INSTAGRAM)
        + among(constant("Facebook"), *_FACEBOOK)
        + among(constant("Facebook"), "Facebook Id"),
    },
)
