"""CooRTweet's table of shares: who shared which object, in which post, when (Righetti & Balluff)."""

from __future__ import annotations

from factcheck.evidence.formats.presets import Preset, ident, moment

PRESET = Preset(
    "coortweet",
    "CooRTweet table of shares",
    ("csv", "parquet"),
    (frozenset({"object_id", "account_id", "content_id", "timestamp_share"}),),
    {
        "id": ident("content_id"),
        "author_id": ident("account_id"),
        "created_at": moment("timestamp_share", format="unix"),
    },
    key="",  # a post that holds several links has a row for each
)
