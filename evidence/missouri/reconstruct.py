"""Makes the rows for the account that changed sides: python -m evidence.missouri.reconstruct [FOLDER]

The article shows pictures of an account's tweets and prints a few dates. So that methods that need rows can be shown at
work, this script invents tweets, replies and followed accounts that agree with what is printed. No row is real.

Matched, because the article prints it: for Trump up to 16 December 2015, for Sanders from 15 January 2016; silent in
February and March, with a tweet on 7 April; a tweet that others answered at once, a week later, and two months after
it; followed accounts that part by date into one side's and the other's.

Invented: all else, above all how many tweets and accounts there are, and the clock times.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from evidence.reconstruction import Dice, main, save

SEED = 2016
LAST_TRUMP, FIRST_SANDERS = datetime(2015, 12, 16, 21, 14), datetime(2016, 1, 15, 16, 40)
LAST_BEFORE, FIRST_AFTER = datetime(2016, 1, 31, 19, 5), datetime(2016, 4, 7, 15, 22)
# From, to, whom the tweets support, and how many there are beside those at the ends; some support nobody.
STRETCHES = [
    (datetime(2015, 8, 17, 12), LAST_TRUMP, "Trump", 284),
    (datetime(2015, 8, 17, 12), datetime(2015, 12, 10), "", 41),
    (FIRST_SANDERS, LAST_BEFORE, "Sanders", 33),
    (FIRST_AFTER, datetime(2016, 5, 20), "Sanders", 96),
    (FIRST_AFTER, datetime(2016, 5, 20), "", 12),
]
# Minutes from a tweet of the account to the answers of other accounts. The first is the tweet that the article shows.
ANSWERS = [(55, 7 * 1_440 + 130, 61 * 1_440 + 25), (12, 8 * 1_440 + 610), (34, 6 * 1_440 + 45, 6 * 1_440 + 300)]
FOLLOWED = [
    (date(2015, 8, 17), date(2015, 12, 16), "Trump", 231),
    (date(2015, 8, 17), date(2015, 12, 16), "", 9),
    (date(2016, 1, 15), date(2016, 5, 20), "Sanders", 148),
    (date(2016, 1, 15), date(2016, 5, 20), "", 5),
]
Line = tuple[object, ...]


def make(folder: Path) -> None:
    dice = Dice(SEED)
    save(folder / "reconstruction-tweets.csv", ("tweet", "created_at", "supports"), tweets(dice))
    save(folder / "reconstruction-answers.csv", ("tweet", "answer", "tweeted_at", "answered_at"), answers())
    save(folder / "reconstruction-followed.csv", ("account", "followed_on", "side"), followed(dice))


def tweets(dice: Dice) -> Iterator[Line]:
    ends = [(LAST_TRUMP, "Trump"), (FIRST_SANDERS, "Sanders"), (LAST_BEFORE, "Sanders"), (FIRST_AFTER, "Sanders")]
    drawn = [(dice.moment(start, end), side) for start, end, side, n in STRETCHES for _ in range(n)]
    for number, (moment, side) in enumerate(sorted([*ends, *drawn]), 1):
        yield f"tweet-{number:03d}", moment, side


def answers() -> Iterator[Line]:
    for number, minutes in enumerate(ANSWERS):
        tweeted = FIRST_SANDERS + timedelta(days=4 * number, minutes=3)
        for answer, delay in enumerate(minutes, 1):
            yield f"tweet {number + 1}", answer, tweeted, tweeted + timedelta(minutes=delay)


def followed(dice: Dice) -> Iterator[Line]:
    drawn = [
        (first + timedelta(days=dice.below((last - first).days + 1)), side)
        for first, last, side, n in FOLLOWED
        for _ in range(n)
    ]
    for number, (day, side) in enumerate(sorted(drawn), 1):
        yield f"account-{number:03d}", day, side


if __name__ == "__main__":
    main(make, __file__)
