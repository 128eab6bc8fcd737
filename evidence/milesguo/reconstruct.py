"""Makes the row-level reconstructions for the #MilesGuo network: python -m evidence.milesguo.reconstruct [FOLDER]

Bellingcat printed figures and pictures of a network, and no rows. So that methods that need rows can be shown at work,
this script invents a network that agrees with what is printed. No account, post or link in it was collected.

Matched, because the article prints it: 2,504 accounts, 8,714 directed interactions, clusters, 25 April to 3 May 2020;
52, 97, 109 and 151 accounts created on 27 to 30 April; 200 to 1,000 likes and retweets on average for posts of
brand-new accounts; names mostly in Cyrillic letters; posters and amplifiers; a post on Guo and one on Musk and
cryptocurrency that the same accounts retweeted.

Invented: all else. Above all the hours: nothing is printed on them, and the network's are drawn evenly from day and
night, so that no pattern in them is a finding. The hashtag for comparison is made up as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import quoteattr

from evidence.reconstruction import Dice, main, name, save

SEED = 20200505  # the day on which the article appeared
ACCOUNTS, INTERACTIONS, CLUSTERS, POSTERS = 2_504, 8_714, 23, 62
FIRST_DAY, DAYS = date(2020, 4, 25), 9
CREATED = {
    date(2020, 4, 25): 31, date(2020, 4, 26): 44, date(2020, 4, 27): 52, date(2020, 4, 28): 97, date(2020, 4, 29): 109,
    date(2020, 4, 30): 151, date(2020, 5, 1): 88, date(2020, 5, 2): 61, date(2020, 5, 3): 19,
}  # fmt: skip
ACTIVITY = (0.07, 0.08, 0.1, 0.12, 0.13, 0.16, 0.14, 0.12, 0.08)  # the part of the retweets that each day has
SCRIPTS = {"Cyrillic": 0.62, "Han": 0.2, "Latin": 0.16, "Common": 0.02}
WITHIN = 0.86  # the part of the links that stays inside a cluster
BOTH = 34  # amplifiers that also post
GUO, MUSK_ONLY = 88, 27  # retweeters of the one post, and those of the other post alone
OTHERS = 240  # posts by accounts that are no part of it, with followers of their own
CONTROL, CONTROL_ACCOUNTS = 8_520, 3_100
CONTROL_SCRIPTS = {"Han": 0.71, "Latin": 0.26, "Common": 0.02, "Cyrillic": 0.01}
# How lively an hour of the day is, from midnight to 23, where people live between Hong Kong and Taipei.
AWAKE = (5, 3, 2, 1, 1, 2, 4, 7, 9, 9, 9, 10, 12, 11, 9, 9, 9, 9, 10, 12, 14, 15, 13, 9)
Line = tuple[object, ...]


@dataclass(frozen=True)
class Account:
    number: int
    name: str
    cluster: int
    poster: bool
    created: date
    followers: int
    following: int

    @property
    def id(self) -> str:
        return f"account-{self.number:04d}"


def make(folder: Path) -> None:
    dice = Dice(SEED)
    accounts = list(members(dice))
    links = list(interactions(dice, accounts))
    (folder / "reconstruction-network.gexf").write_text(gexf(accounts, links), encoding="utf-8")
    save(
        folder / "reconstruction-accounts.csv",
        ("account", "name", "created_on", "followers", "following"),
        ((a.id, a.name, a.created, a.followers, a.following) for a in accounts),
    )
    save(
        folder / "reconstruction-activity.csv.gz",
        ("account", "name", "kind", "created_at", "of_account"),
        sorted(activity(dice, accounts, links), key=lambda line: (str(line[3]), str(line[0]))),
    )
    save(folder / "reconstruction-posts.csv", ("post", "followers", "likes", "retweets"), posts(dice, accounts))
    save(folder / "reconstruction-two-posts.csv", ("account", "post"), two_posts(dice, accounts))
    save(
        folder / "reconstruction-control.csv.gz",
        ("account", "name", "created_at"),
        sorted(control(dice), key=lambda line: (str(line[2]), str(line[0]))),
    )


def members(dice: Dice) -> Iterator[Account]:
    """Posters first; every cluster has two or three of them."""
    young = [day for day, n in CREATED.items() for _ in range(n)]
    old = [date(2019, 8, 1) + timedelta(days=dice.below(268)) for _ in range(ACCOUNTS - len(young))]
    for number, created in enumerate(dice.shuffled([*young, *old])):
        poster = number < POSTERS
        cluster = number % CLUSTERS if poster else dice.below(CLUSTERS)
        script = dice.one_of(SCRIPTS)
        followers = dice.below(12) if poster else dice.below(40)
        yield Account(number, name(script, number), cluster, poster, created, followers, dice.below(60))


def interactions(dice: Dice, accounts: Sequence[Account]) -> Iterator[tuple[Account, Account]]:
    """Who retweeted whom: every account at least once, most of them inside their cluster, no pair twice."""
    posters = [account for account in accounts if account.poster]
    near = {n: [account for account in posters if account.cluster == n] for n in range(CLUSTERS)}
    amplifiers = [account for account in accounts if not account.poster]
    seen: set[tuple[int, int]] = set()

    def link(source: Account) -> Iterator[tuple[Account, Account]]:
        target = dice.pick(near[source.cluster] if dice.chance(WITHIN) else posters)
        if target is not source and (source.number, target.number) not in seen:
            seen.add((source.number, target.number))
            yield source, target

    for account in accounts:
        while not any(pair[0] == account.number for pair in seen):
            yield from link(account) if not account.poster else first_of(dice, account, amplifiers, seen)
    while len(seen) < INTERACTIONS:
        yield from link(dice.pick(amplifiers))


def first_of(
    dice: Dice, poster: Account, amplifiers: Sequence[Account], seen: set[tuple[int, int]]
) -> Iterator[tuple[Account, Account]]:
    """A poster mentions one amplifier of its cluster."""
    target = dice.pick([account for account in amplifiers if account.cluster == poster.cluster])
    seen.add((poster.number, target.number))
    yield poster, target


def gexf(accounts: Sequence[Account], links: Iterable[tuple[Account, Account]]) -> str:
    """The network as Gephi writes it."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
        '<meta lastmodifieddate="2020-05-05"><creator>reconstruct.py</creator>'
        "<description>Reconstruction: no account and no link is real.</description></meta>",
        '<graph defaultedgetype="directed" mode="static">',
        '<attributes class="node" mode="static">',
        '<attribute id="m" title="Modularity Class" type="integer"/>',
        "</attributes>",
        "<nodes>",
        *(
            f'<node id="{a.id}" label={quoteattr(a.name)}>'
            f'<attvalues><attvalue for="m" value="{a.cluster}"/></attvalues></node>'
            for a in accounts
        ),
        "</nodes>",
        "<edges>",
        *(f'<edge id="{n}" source="{a.id}" target="{b.id}"/>' for n, (a, b) in enumerate(links)),
        "</edges>",
        "</graph>",
        "</gexf>",
    ]
    return "\n".join(lines) + "\n"


def activity(dice: Dice, accounts: Sequence[Account], links: Iterable[tuple[Account, Account]]) -> Iterator[Line]:
    """A retweet for each link from an amplifier, and posts of the posters and of a few amplifiers."""
    for source, target in links:
        if not source.poster:
            yield source.id, source.name, "retweet", around_the_clock(dice), target.id
    amplifiers = [account for account in accounts if not account.poster]
    for account in [*accounts[:POSTERS], *dice.shuffled(amplifiers)[:BOTH]]:
        for _ in range(dice.between(1, 3)):
            yield account.id, account.name, "post", around_the_clock(dice), None


def day(dice: Dice) -> date:
    shares = {str(n): share for n, share in enumerate(ACTIVITY)}
    return FIRST_DAY + timedelta(days=int(dice.one_of(shares)))


def around_the_clock(dice: Dice) -> datetime:
    """UTC, evenly over the day."""
    return datetime.combine(day(dice), datetime.min.time()) + timedelta(seconds=dice.below(86_400))


def posts(dice: Dice, accounts: Sequence[Account]) -> Iterator[Line]:
    """Posts of posters, amplified; and posts of others, with more followers and less echo."""
    number = 0
    for account in accounts[:POSTERS]:
        for _ in range(dice.between(1, 4)):
            number += 1
            yield f"post-{number:03d}", account.followers, dice.between(60, 520), dice.between(40, 460)
    for _ in range(OTHERS):
        number += 1
        followers = dice.between(60, 4_000)
        yield f"post-{number:03d}", followers, dice.below(followers // 80 + 3), dice.below(followers // 200 + 2)


def two_posts(dice: Dice, accounts: Sequence[Account]) -> Iterator[Line]:
    both = dice.shuffled(account.id for account in accounts if not account.poster)
    for account in sorted(both[:GUO]):
        yield account, "on Guo"
    for account in sorted(both[: GUO + MUSK_ONLY]):
        yield account, "on Musk and cryptocurrency"


def control(dice: Dice) -> Iterator[Line]:
    """A hashtag of like size that people use: asleep at night, names in the scripts of the place."""
    hours = [hour for hour, weight in enumerate(AWAKE) for _ in range(weight)]
    names = [dice.one_of(CONTROL_SCRIPTS) for _ in range(CONTROL_ACCOUNTS)]
    for _ in range(CONTROL):
        number = dice.below(CONTROL_ACCOUNTS)
        local = datetime.combine(FIRST_DAY + timedelta(days=dice.below(DAYS)), datetime.min.time())
        local += timedelta(hours=dice.pick(hours), seconds=dice.below(3_600))
        yield f"other-{number:04d}", name(names[number], number), local - timedelta(hours=8)


if __name__ == "__main__":
    main(make, __file__)
