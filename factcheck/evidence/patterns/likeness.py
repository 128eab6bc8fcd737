"""Which of many texts have another that is made of nearly the same words: every one, and no other.

Texts are sets of words. Two are alike if the words that both have are at least a part s of the words that either has
(Jaccard's index). With the words of all sets in one order, rarest first, two sets that are alike share a word among
the first |set| − ⌈s·|set|⌉ + 1 of each; and what the first word that they share leaves behind it in either must still
be enough for what they have to share (prefix and positional filters: Bayardo, Ma & Srikant 2007; Xiao, Wang, Lin &
Yu 2008). Only pairs that pass both are compared, in whole numbers.

A set needs one partner only. Sets that share a rare word are therefore first compared with their next neighbour,
which settles texts made from one template; who is still without a partner is then held against all others.
"""

from __future__ import annotations

from fractions import Fraction

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import Asking
from factcheck.evidence.patterns.wording import words

MOST_PAIRS = 20_000_000  # pairs of texts to be compared, at some millionths of a second each


def alike(asking: Asking, forms: str, similar: Fraction, dataset: str) -> int:
    """Rows whose text has the same words as that of another row, or is alike to another's.

    forms: a table of different texts, `text` in common form and `n` rows with it. A text without words (signs only) is
    like the very same text and no other.
    """
    made = f"SELECT text, n, {words('text')} AS words FROM {forms} WHERE text <> ''"
    with asking.scratch(made) as texts:
        sets = (
            f"SELECT ROW_NUMBER() OVER (ORDER BY words) AS id, words, SUM(n) AS n FROM {texts} "
            "WHERE len(words) > 0 GROUP BY words"
        )
        (wordless,) = asking.rows(f"SELECT SUM(n) FROM {texts} WHERE len(words) = 0 AND n > 1")[0]
        with asking.scratch(sets) as sets_of_words:
            (repeated,) = asking.rows(f"SELECT SUM(n) FROM {sets_of_words} WHERE n > 1")[0]
            return int(wordless or 0) + int(repeated or 0) + _partnered(asking, sets_of_words, similar, dataset)


def _partnered(asking: Asking, sets: str, similar: Fraction, dataset: str) -> int:
    """How many sets of a single row are alike to another set."""
    with asking.scratch(_ranked(sets)) as ranked, asking.scratch(_heads(ranked, similar)) as heads:
        pairs = (
            f"SELECT a.id AS one, b.id AS other FROM (SELECT *, LEAD(id) OVER (PARTITION BY rank ORDER BY size, id) AS "
            f"next FROM {heads}) AS a JOIN {heads} AS b ON a.next = b.id AND a.rank = b.rank "
            f"WHERE (a.single OR b.single) AND {_may_be_alike(similar)}"
        )
        with asking.scratch(_compared(pairs, ranked, similar)) as found:
            settled = f"SELECT one AS id FROM {found} UNION SELECT other FROM {found}"
            with asking.scratch(f"SELECT id FROM {ranked} WHERE single AND id NOT IN ({settled})") as seekers:
                singles, open_ = asking.rows(
                    f"SELECT (SELECT COUNT(*) FROM {ranked} WHERE single), (SELECT COUNT(*) FROM {seekers})"
                )[0]
                return int(singles) - int(open_) + _sought(asking, ranked, heads, seekers, similar, dataset)


def _ranked(sets: str) -> str:
    """Each set as ascending whole numbers that stand for its words, 1 the rarest of all."""
    return (
        f"WITH bag AS (SELECT id, UNNEST(words) AS word FROM {sets}), "
        "rarity AS (SELECT word, ROW_NUMBER() OVER (ORDER BY COUNT(*), word) AS rank FROM bag GROUP BY word), "
        "ranked AS (SELECT id, LIST(rank ORDER BY rank) AS ranks FROM bag JOIN rarity USING (word) GROUP BY id) "
        f"SELECT id, n = 1 AS single, len(ranks) AS size, ranks FROM ranked JOIN {sets} USING (id)"
    )


def _heads(ranked: str, similar: Fraction) -> str:
    """The first words of every set, one row each; `behind` is how many of its words come behind."""
    p, q = similar.numerator, similar.denominator
    first = f"size - ({p} * size + {q - 1}) // {q} + 1"
    return (
        "SELECT id, single, size, rank, size - place AS behind FROM (SELECT id, single, size, "
        f"UNNEST(ranks[1:{first}]) AS rank, UNNEST(range(1, {first} + 1)) AS place FROM {ranked}) AS heads"
    )


def _may_be_alike(similar: Fraction) -> str:
    """The words that `a` and `b` can still share, the common one included, are enough.

    For the first common word that is all they share, for later ones less: a pair that is alike passes at its first.
    """
    p, q = similar.numerator, similar.denominator
    return f"{p + q} * (1 + least(a.behind, b.behind)) >= {p} * (a.size + b.size)"


def _compared(pairs: str, ranked: str, similar: Fraction) -> str:
    """Those of the pairs that are alike: |A ∩ B| / (|A| + |B| − |A ∩ B|) ≥ p/q, multiplied out."""
    p, q = similar.numerator, similar.denominator
    shared = "len(list_filter(a.ranks, lambda rank: list_contains(b.ranks, rank)))"
    return (
        f"SELECT one, other FROM (SELECT DISTINCT one, other FROM ({pairs}) AS pairs) AS pairs "
        f"JOIN {ranked} AS a ON one = a.id JOIN {ranked} AS b ON other = b.id "
        f"WHERE {p + q} * {shared} >= {p} * (a.size + b.size)"
    )


def _sought(asking: Asking, ranked: str, heads: str, seekers: str, similar: Fraction, dataset: str) -> int:
    """How many of the seekers are alike to any other set."""
    sought = f"{heads} AS a JOIN {seekers} AS seekers ON a.id = seekers.id"
    kinds = ("rank", "size", "behind")
    counted = (
        f"WITH one AS (SELECT {', '.join(f'a.{kind}' for kind in kinds)}, COUNT(*) AS n FROM {sought} "
        "GROUP BY 1, 2, 3), "
        f"other AS (SELECT {', '.join(kinds)}, COUNT(*) AS n FROM {heads} GROUP BY 1, 2, 3) "
        f"SELECT SUM(a.n * b.n) FROM one AS a JOIN other AS b ON a.rank = b.rank WHERE {_may_be_alike(similar)}"
    )
    (found,) = asking.rows(counted)[0]
    if (found or 0) > MOST_PAIRS:
        raise EvidenceError(
            f"`similar` would have to compare {int(found):,} pairs of texts, more than {MOST_PAIRS:,}; raise "
            "`similar`, narrow `where`, or leave `similar` out to compare the wording itself",
            dataset,
        )
    pairs = (
        f"SELECT a.id AS one, b.id AS other FROM {sought} JOIN {heads} AS b ON a.rank = b.rank AND a.id <> b.id "
        f"WHERE {_may_be_alike(similar)}"
    )
    return int(asking.rows(f"SELECT COUNT(DISTINCT one) FROM ({_compared(pairs, ranked, similar)}) AS found")[0][0])
