"""Makes the row-level reconstructions for the Mexican investigation: python -m evidence.mexico.reconstruct [FOLDER]

DFRLab printed figures and pictures, and no rows. So that methods that need rows can be shown at work, this script
invents rows whose sums match what is printed. Nothing in them was collected, and nothing can be learned from them
about anybody: whatever DFRLab did not print is a choice made here.

Matched, because the article prints it: the numbers of mentions of the hashtags (4, 11, 21, 856), the four spikes, 697
retweets, about 18% of them from outside the Spanish-speaking world with Kazakhstan, Russia and Uzbekistan first, 263
accounts with a score of 0 or 1, six accounts, five languages, half of the mentions abroad from the United States.

Invented: all else. Names are the word "name" and a number; handles have more than the 15 characters that Twitter
allows, so that no account can bear them; posts are a word and a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from evidence.reconstruction import Dice, Row, main, name, save

SEED = 20180527  # the day on which the article appeared

HASHTAGS = {"#MuereElPri": 4, "#YoVoyConLopezObrador": 11, "#LopezObrador2018": 21}
# 1,000 mentions that name a place abroad. The article gives half to the United States, names four small clusters, and
# says that Russia and Ukraine are not among the first ten; their order and size, and the other countries, are invented.
ABROAD = {
    "United States": 500, "United Kingdom": 74, "Canada": 66, "India": 58, "Venezuela": 52,
    "another country, no. 6": 44, "another country, no. 7": 38, "another country, no. 8": 33,
    "another country, no. 9": 29, "another country, no. 10": 26, "another country, no. 11": 23,
    "another country, no. 12": 20, "Russia": 15, "another country, no. 14": 12, "Ukraine": 10,
}  # fmt: skip

YEAR_FROM, YEAR_DAYS, YEAR_POSTS = date(2017, 5, 10), 365, 856
SPIKES = {
    date(2017, 6, 5): 46, date(2017, 12, 11): 41, date(2018, 1, 1): 33, date(2018, 1, 2): 38, date(2018, 4, 22): 52,
}  # fmt: skip

ROOT = "green-party-post"
RETWEETS, FIRST, LOW_SCORES, FIRST_LOW = 697, 210, 263, 11
FIRST_MINUTES, LAST_MINUTES = 90, 600
CYRILLIC_LOW, CYRILLIC_OTHER = 121, 14
# 125 of 697 are 17.9%.
NOT_SPANISH_SPEAKING = {
    "Kazakhstan": 41, "Russia": 33, "Uzbekistan": 22,
    "another country, no. 4": 12, "another country, no. 5": 9, "another country, no. 6": 8,
}  # fmt: skip
PLACED_IN_SPANISH = {"Mexico": 214, "Venezuela": 71, "Spain": 12, "Colombia": 9, "Argentina": 7}

SIX = tuple(f"example_botnet_{number:02}" for number in range(1, 7))
HIGH_PROFILE = ("rock journalist", "lifestyle magazine", "tourism mascot", "insurance executive")
LANGUAGES = {"English": 31, "Russian": 24, "Spanish": 22, "Japanese": 9, "Arabic": 4}
SUBJECTS = {
    "English": "cars no.", "Russian": "заработок №", "Spanish": "terremoto n.º", "Japanese": "マスコット・",
    "Arabic": "خبر رقم",
}  # fmt: skip
CLUSTERS = {"post A": 236, "post B": 412, "post C": 655, "post D": 1_130, "post E": 2_480}


def make(folder: Path) -> None:
    tables = {
        "abroad": (("mention", "country"), abroad),
        "hashtag-mentions": (("mention", "hashtag", "handle", "name", "country", "russian_share"), hashtag_mentions),
        "viva-morena": (("post", "posted_at", "language", "country"), viva_morena),
        "retweets": (("retweet", "parent", "minutes", "handle", "name", "country", "authority"), retweets),
        "six-accounts": (("account", "retweeted", "posted_at"), six_accounts),
        "five-languages": (("post", "posted_at", "language", "text"), five_languages),
        "clusters": (("account", "retweeted_post"), clusters),
    }
    for number, (title, (columns, rows)) in enumerate(tables.items()):
        save(folder / f"reconstruction-{title}.csv", columns, rows(Dice(SEED + number)))


# The tables


def abroad(dice: Dice) -> Iterator[Row]:
    """Mentions of the name that give a place outside Mexico."""
    countries = dice.shuffled(spread(ABROAD))
    return ((f"m{number:04}", country) for number, country in enumerate(countries, 1))


def hashtag_mentions(dice: Dice) -> Iterator[Row]:
    """36 mentions, none by an account with a Cyrillic name, a Russian place, or mostly Russian posts."""
    for number, hashtag in enumerate(spread(HASHTAGS), 1):
        country = dice.pick(("Mexico", "Mexico", "Mexico", "Spain", ""))
        yield f"h{number:02}", hashtag, person(number), name("Latin", number), country, dice.below(5) / 100


def viva_morena(dice: Dice) -> Iterator[Row]:
    """856 posts of a year: one or two a day, and many on the spikes."""
    posts = 0
    for day, count in sorted(daily_counts(dice).items()):
        # Between 8:00 and 16:59 in Mexico City it is the same day in UTC, so that no day hangs on a time zone.
        seconds = sorted(dice.below(9 * 3600) + 14 * 3600 for _ in range(count))
        for second in seconds:
            posts += 1
            moment = datetime(day.year, day.month, day.day) + timedelta(seconds=second)
            language = "Spanish" if dice.chance(0.97) else "English"
            yield f"v{posts:03}", moment, language, dice.pick(("Mexico", "Mexico", "Mexico", "Spain", ""))


def daily_counts(dice: Dice) -> dict[date, int]:
    days = [YEAR_FROM + timedelta(days=number) for number in range(YEAR_DAYS)]
    quiet = [day for day in days if day not in SPIKES]
    counts = dict.fromkeys(quiet, 0) | SPIKES
    for _ in range(YEAR_POSTS - sum(SPIKES.values())):
        counts[dice.pick(quiet)] += 1
    return counts


def retweets(dice: Dice) -> Iterator[Row]:
    """697 retweets: first people who see the post with one another, then accounts that retweet the post alone."""
    moments = [*sorted(dice.below(FIRST_MINUTES) + 1 for _ in range(FIRST))]
    moments += sorted(dice.below(LAST_MINUTES - FIRST_MINUTES) + FIRST_MINUTES + 1 for _ in range(RETWEETS - FIRST))
    low = [*flags(dice, FIRST, FIRST_LOW), *flags(dice, RETWEETS - FIRST, LOW_SCORES - FIRST_LOW)]
    cyrillic = cyrillic_names(dice, low)
    countries = places(dice, cyrillic)
    for number in range(1, RETWEETS + 1):
        index = number - 1
        parent = first_parent(dice, number) if number <= FIRST else ROOT
        handle = generated(dice) if low[index] else person(number)
        shown = name("Cyrillic", number) if cyrillic[index] else name("Latin", number)
        yield f"r{number:03}", parent, moments[index], handle, shown, countries[index], authority(dice, low[index])


def first_parent(dice: Dice, number: int) -> str:
    """Whom one of the first retweeters had the post from: the party, or an earlier retweeter, seldom a late one."""
    if number == 1 or dice.chance(0.35):
        return ROOT
    return f"r{1 + dice.below(1 + dice.below(number - 1)):03}"


def cyrillic_names(dice: Dice, low: Sequence[bool]) -> list[bool]:
    in_low = iter(flags(dice, LOW_SCORES, CYRILLIC_LOW))
    in_rest = iter(flags(dice, RETWEETS - LOW_SCORES, CYRILLIC_OTHER))
    return [next(in_low) if is_low else next(in_rest) for is_low in low]


def places(dice: Dice, cyrillic: Sequence[bool]) -> list[str]:
    """Countries as the accounts state them, empty for most; those with a Cyrillic name take the eastern ones first."""
    elsewhere = dice.shuffled(spread(NOT_SPANISH_SPEAKING))
    others = spread(PLACED_IN_SPANISH)
    empty = RETWEETS - len(elsewhere) - len(others)
    rest = dice.shuffled([*others, *[""] * empty])
    order = sorted(range(RETWEETS), key=lambda index: (not cyrillic[index], dice.below(RETWEETS)))
    chosen = dict(zip(order[: len(elsewhere)], elsewhere, strict=True))
    return [chosen[index] if index in chosen else rest.pop() for index in range(RETWEETS)]


def authority(dice: Dice, low: bool) -> int:
    """Of the low scores about two thirds are 0; the others lie between 2 and 8."""
    if low:
        return int(dice.chance(0.36))
    return 2 + dice.below(4) + dice.below(4)


def six_accounts(dice: Dice) -> Iterator[Row]:
    """Six accounts' retweets: four users often, seven of eight others now and then, and one that nobody else has."""
    start = datetime(2018, 5, 1)
    for account in SIX:
        users = [user for user in HIGH_PROFILE for _ in range(9 + dice.below(4))]
        shared = dice.shuffled(range(1, 9))[:7]
        users += [f"shared user {number}" for number in shared for _ in range(2 + dice.below(4))]
        users.append(f"user of {account} alone")
        for user in dice.shuffled(users):
            yield account, user, start + timedelta(seconds=dice.below(23 * 86_400))


def five_languages(dice: Dice) -> Iterator[Row]:
    """What one account retweeted in a month, in five languages."""
    languages = dice.shuffled(spread(LANGUAGES))
    seconds = sorted(dice.below(30 * 86_400) for _ in languages)
    for number, (language, second) in enumerate(zip(languages, seconds, strict=True), 1):
        moment = datetime(2018, 4, 24) + timedelta(seconds=second)
        yield f"l{number:02}", moment, language, f"{SUBJECTS[language]}{number}"


def clusters(dice: Dice) -> Iterator[Row]:
    """Which account boosted which of five posts; some accounts serve two of them."""
    accounts = sum(CLUSTERS.values()) * 4 // 5
    for post, size in CLUSTERS.items():
        chosen = dice.shuffled(range(accounts))[:size]
        yield from ((f"example_account_{number:04}", post) for number in sorted(chosen))


# What they are made of


def spread(counts: dict[str, int]) -> list[str]:
    return [label for label, count in counts.items() for _ in range(count)]


def flags(dice: Dice, length: int, true: int) -> list[bool]:
    return dice.shuffled([number < true for number in range(length)])


def person(number: int) -> str:
    return f"example_person_{number:04}"


def generated(dice: Dice) -> str:
    return f"{dice.handle()}000"


if __name__ == "__main__":
    main(make, __file__)
