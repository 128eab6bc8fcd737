"""One small export of each kind, for what must hold of all of them."""

from __future__ import annotations

from . import tables as t
from . import (
    test_brandwatch,
    test_coortweet,
    test_crowdtangle,
    test_four_cat,
    test_meltwater,
    test_tags,
    test_twint,
    test_x_archive,
)
from .tables import table

INSTAGRAM = {
    "Account": "Ana", "User Name": "ana_invented", "Post Created": "2021-05-10 09:08:07 EDT", "Likes": "1,500",
    "URL": "https://www.instagram.com/p/CAbc/", "Description": "One", "Followers at Posting": "12,000",
}  # fmt: skip
CORE = {"id": "1", "thread_id": "1", "author": "ana", "body": "One", "timestamp": "2020-05-03 08:11:12"}

# Each under its name: the format, and the file.
SAMPLES: dict[str, tuple[str, str]] = {
    "twint": ("twint", table(t.TWINT, test_twint.WINTER, test_twint.SUMMER)),
    "twint, tabs": ("twint", table(t.TWINT, test_twint.WINTER, test_twint.SUMMER, delimiter="\t")),
    "tags": ("tags", table(t.TAGS, test_tags.TWEET, test_tags.TWEET)),
    "4cat, twitter": ("4cat", table(t.FOUR_CAT_TWITTER, test_four_cat.TWEET)),
    "4cat, tiktok": ("4cat", table(t.FOUR_CAT_TIKTOK, CORE)),
    "4cat, telegram": ("4cat", table(t.FOUR_CAT_TELEGRAM, CORE)),
    "4cat, bluesky": ("4cat", table(t.FOUR_CAT_BLUESKY, CORE)),
    "4cat, instagram": ("4cat", table(t.FOUR_CAT_INSTAGRAM, CORE)),
    "4cat, crowdtangle": ("4cat", table(t.FOUR_CAT_CROWDTANGLE, CORE)),
    "crowdtangle": ("crowdtangle", table(t.CROWDTANGLE, test_crowdtangle.POST)),
    "crowdtangle, instagram": ("crowdtangle", table(t.CROWDTANGLE_INSTAGRAM, INSTAGRAM)),
    "x-archive": ("x-archive", table(t.X_ARCHIVE, test_x_archive.TWEET)),
    "meltwater": ("meltwater", table(t.MELTWATER, test_meltwater.TWEET)),
    "meltwater, later": ("meltwater", table(t.MELTWATER_LATER, {"Date": "10-May-2024", "Time": "03:15 PM"})),
    "brandwatch": ("brandwatch", t.PREAMBLE + table(t.BRANDWATCH, test_brandwatch.TWEET, test_brandwatch.ARTICLE)),
    "brandwatch, bare": ("brandwatch", table(t.BRANDWATCH, test_brandwatch.TWEET)),
    "coortweet": ("coortweet", table(t.COORTWEET, test_coortweet.SHARE)),
}
