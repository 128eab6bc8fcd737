"""Makes the row-level reconstructions for the British election of 2017: python -m evidence.swansea.reconstruct [FOLDER]

The Independent printed figures of a study, and no rows. So that methods that need rows can be shown at work, this
script invents rows that agree with what is printed. Nothing in them was collected.

Matched, because The Independent prints it: more than a million posts for Labour and fewer than 388,000 for the
Conservatives, other parties behind; a sample of 1%; 21,448 tweets in the 30 days before the vote; about 80% of the
automated accounts younger than the call of the snap election on 18 April 2017; names of 15 letters and digits; more
activity on the days of the manifesto, the bombing and the debates; retweets in unison. Matched, because The Sunday
Times prints it: of the tweets that take a view, nine in ten are for Labour or against the Conservatives.

Invented: all else, above all how many accounts there are, how many carry such a name, how much livelier the key days
are, and how many retweets fall together.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from evidence.reconstruction import Dice, main, save

SEED = 20170608  # the day of the vote
VOTE, CALLED = datetime(2017, 6, 8), date(2017, 4, 18)
WINDOW = (datetime(2017, 5, 9), VOTE)  # the thirty days before the vote

# Posts in a sample of one in a hundred, by the party they support.
SAMPLED = {"Labour": 10_420, "Conservative": 3_610, "SNP": 1_450, "Liberal Democrats": 1_120, "UKIP": 980}
# The two months before the vote and the two after it; half of the posts fall into the last four weeks before it.
LONG, BUSY = (datetime(2017, 4, 8), datetime(2017, 8, 8)), (datetime(2017, 5, 11), VOTE + timedelta(days=1))

IN_WINDOW, ON_THE_DAY, BEFORE, IN_RUSSIAN = 21_448, 812, 1_630, 2_240
PARTIES = {"Labour": 0.47, "Conservative": 0.31}  # the others carry no hashtag of these two
# For, against, no view; what is left was not rated.
TONES = {"Labour": (0.686, 0.076, 0.213), "Conservative": (0.071, 0.655, 0.246), "": (0.2, 0.2, 0.575)}

BOTS, YOUNG, ON_THE_CALL, RANDOM_NAMES = 1_000, 803, 9, 634
KEY_DAYS = [date(2017, 5, 18), date(2017, 5, 22), date(2017, 5, 29), date(2017, 5, 31), date(2017, 6, 2)]
RETWEETS, TARGETS = {"bots": 9_000, "others": 9_000}, 400
LIVELIER = {"bots": 2.6, "others": 1.5}  # on a key day, against another day
TOGETHER, CREW = 0.7, 6  # the part of the bots' retweets that is made in bursts, and how many bots act together
Line = tuple[object, ...]


def make(folder: Path) -> None:
    dice = Dice(SEED)
    save(folder / "reconstruction-sample.csv.gz", ("post", "created_at", "party"), sample(dice))
    tweets = sorted(russian_tweets(dice), key=lambda tweet: str(tweet[0]))
    save(
        folder / "reconstruction-tweets.csv.gz",
        ("created_at", "language", "hashtag", "tone"),
        tweets,
    )
    bots = list(accounts(dice))
    save(folder / "reconstruction-bots.csv", ("account", "created_on"), bots)
    retweets = [*bot_retweets(dice, [str(bot[0]) for bot in bots]), *other_retweets(dice)]
    save(
        folder / "reconstruction-retweets.csv.gz",
        ("kind", "account", "target", "created_at"),
        sorted(retweets, key=lambda retweet: (str(retweet[3]), str(retweet[1]))),
    )


def sample(dice: Dice) -> Iterator[Line]:
    parties = dice.shuffled(party for party, n in SAMPLED.items() for _ in range(n))
    for number, party in enumerate(parties, 1):
        yield f"s{number:05d}", dice.moment(*(BUSY if dice.chance(0.5) else LONG)), party


def russian_tweets(dice: Dice) -> Iterator[Line]:
    day = timedelta(days=1)
    for count, start, end, language in (
        (IN_WINDOW, *WINDOW, "en"),
        (ON_THE_DAY, VOTE, VOTE + day, "en"),
        (BEFORE, datetime(2017, 4, 8), WINDOW[0], "en"),
        (IN_RUSSIAN, datetime(2017, 4, 8), VOTE + day, "ru"),
    ):
        for _ in range(count):
            hashtag = dice.one_of(PARTIES)
            yield dice.moment(start, end), language, hashtag, tone(dice, hashtag)


def tone(dice: Dice, hashtag: str) -> str:
    return dice.one_of(dict(zip(("positive", "negative", "neutral"), TONES[hashtag], strict=True)))


def accounts(dice: Dice) -> Iterator[Line]:
    """Handles of 15 letters and digits, or with more signs than Twitter allows, so that nobody can bear them."""
    last = WINDOW[1].date()
    young = [CALLED + timedelta(days=dice.between(1, (last - CALLED).days - 1)) for _ in range(YOUNG)]
    old = [date(2012, 1, 1) + timedelta(days=dice.below(1_933)) for _ in range(BOTS - YOUNG - ON_THE_CALL)]
    random_names = dice.shuffled(range(BOTS))[:RANDOM_NAMES]
    handles = {number: dice.handle() for number in sorted(random_names)}
    for number, created in enumerate(dice.shuffled([*young, *old, *[CALLED] * ON_THE_CALL])):
        yield handles.get(number, f"made_up_account_{number:04d}"), created


def days(kind: str) -> list[date]:
    """The days of the window, key days as often as they are livelier (in tenths)."""
    every = [WINDOW[0].date() + timedelta(days=n) for n in range((WINDOW[1] - WINDOW[0]).days)]
    return [day for day in every for _ in range(round(10 * LIVELIER[kind]) if day in KEY_DAYS else 10)]


def moment(dice: Dice, kind: str) -> datetime:
    return datetime.combine(dice.pick(days(kind)), datetime.min.time()) + timedelta(seconds=dice.below(86_400))


def target(dice: Dice) -> str:
    return f"tweet-{dice.below(TARGETS):03d}"


def bot_retweets(dice: Dice, bots: list[str]) -> Iterator[Line]:
    """Bursts of three to six accounts of one crew within 45 seconds, and the rest by chance."""
    crews = [bots[start : start + CREW] for start in range(0, len(bots), CREW)]
    left = round(RETWEETS["bots"] * TOGETHER)
    while left > 0:
        acting = dice.shuffled(dice.pick(crews))[: min(left, dice.between(3, CREW))]
        start, tweet = moment(dice, "bots"), target(dice)
        for bot in acting:
            yield "bot", bot, tweet, start + timedelta(seconds=dice.below(45))
        left -= len(acting)
    for _ in range(RETWEETS["bots"] - round(RETWEETS["bots"] * TOGETHER)):
        yield "bot", dice.pick(bots), target(dice), moment(dice, "bots")


def other_retweets(dice: Dice) -> Iterator[Line]:
    for _ in range(RETWEETS["others"]):
        yield "other", f"made_up_reader_{dice.below(6_000):04d}", target(dice), moment(dice, "others")


if __name__ == "__main__":
    main(make, __file__)
