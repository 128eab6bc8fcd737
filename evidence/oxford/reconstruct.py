"""Makes the row-level reconstructions for the British investigation: python -m evidence.oxford.reconstruct [FOLDER]

The article prints figures about accounts that a newspaper had tracked down, and no rows. So that methods that need rows
can be shown at work, this script invents rows whose sums match what is printed. Nothing in them was collected, and
nothing can be learned from them about anybody: whatever the article does not print is a choice made here.

Matched, because the article prints it: up to 1,000 posts a day; more than 5,000 retweets and more than 4,000 likes of
one account in its first nine days; eight digits at the end of every handle; many retweets to an original post; accounts
made shortly before.

Invented: all else, the number of accounts, their days of creation and every time among them. Handles have more than the
15 characters that Twitter allows, so that no account can bear them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from evidence.reconstruction import Dice, Row, main, save

SEED = 20170602  # the day on which the article appeared
ACCOUNTS, POSTING = 24, 6
WEEK, WEEK_DAYS = datetime(2017, 5, 1), 7
BUSIEST = ("a01", 3, 968)  # account, day of the week from 0, posts
RETWEETS_IN_100 = 97

BUSY_ACCOUNT, BUSY_CREATED = "a07", datetime(2017, 5, 13, 9, 20)
FIRST_DAYS, LATER_DAYS = 9, 4
FIRST = {"retweet": 5_214, "like": 4_163, "post": 121}
LATER = {"retweet": 640, "like": 522, "post": 17}


def make(folder: Path) -> None:
    tables = {
        "accounts": (("account", "handle", "created_at"), accounts),
        "posts": (("account", "posted_at", "kind"), posts),
        "first-days": (("account", "done_at", "action"), first_days),
    }
    for number, (title, (columns, rows)) in enumerate(tables.items()):
        save(folder / f"reconstruction-{title}.csv", columns, rows(Dice(SEED + number)))


def accounts(dice: Dice) -> Iterator[Row]:
    """Accounts with eight digits at the end; those that post in the week of the study were made before it."""
    for number in range(1, ACCOUNTS + 1):
        account = f"a{number:02}"
        if account == BUSY_ACCOUNT:
            created = BUSY_CREATED
        elif number <= POSTING:
            created = dice.moment(datetime(2017, 4, 20), datetime(2017, 5, 1))
        else:
            created = dice.moment(datetime(2017, 5, 1), datetime(2017, 5, 26))
        yield account, f"ExampleAccount{dice.between(10_000_000, 99_999_999)}", created


def posts(dice: Dice) -> Iterator[Row]:
    """Posts of six accounts in a week, nearly all of them retweets; one day of one account has the most."""
    for number in range(1, POSTING + 1):
        account, usual = f"a{number:02}", dice.between(60, 200)
        for day in range(WEEK_DAYS):
            count = BUSIEST[2] if (account, day) == BUSIEST[:2] else dice.between(usual // 2, usual * 3 // 2)
            for moment in day_times(dice, WEEK + timedelta(days=day), count):
                yield account, moment, "retweet" if dice.chance(RETWEETS_IN_100 / 100) else "original"


def day_times(dice: Dice, day: datetime, count: int) -> list[datetime]:
    """Between 6:00 and 22:00 UTC it is the same day in London, so that no day hangs on a time zone."""
    return sorted(dice.moment(day + timedelta(hours=6), day + timedelta(hours=22)) for _ in range(count))


def first_days(dice: Dice) -> Iterator[Row]:
    """What one account did in its first nine days, the day of its creation being the first, and in four more.

    Days are London's, which begin an hour before those of UTC in summer.
    """
    later = datetime(2017, 5, 12, 23) + timedelta(days=FIRST_DAYS)
    for counts, start, end in (
        (FIRST, BUSY_CREATED, later),
        (LATER, later, later + timedelta(days=LATER_DAYS)),
    ):
        actions = dice.shuffled(action for action, count in counts.items() for _ in range(count))
        moments = sorted(dice.moment(start, end) for _ in actions)
        yield from ((BUSY_ACCOUNT, moment, action) for moment, action in zip(moments, actions, strict=True))


if __name__ == "__main__":
    main(make, __file__)
