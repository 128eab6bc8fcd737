"""What an editor would strike out, and what stands there instead."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Bar, Definition, Measurement, Members
from factcheck.reports import markdown
from factcheck.reports.amounts import found_text, parts_text
from factcheck.reports.counted import base_text, counted_sentences
from factcheck.reports.definitions import meaning
from factcheck.reports.found import found_sentences
from factcheck.reports.ranking import ranked
from factcheck.reports.scale import scale
from factcheck.reports.tables import checks, sets
from factcheck.reports.telling import drawn
from factcheck.verdicts.choices import measure_text
from factcheck.verdicts.verdict import Outcome, Verdict

from . import kinds
from .build import FakeRun, claim, count, posts, share, verdict


def made(spec: Any, found: Measurement, **changes: Any) -> Verdict:
    return verdict(spec, Outcome.SUPPORTED, found, **({"datasets": (posts(),)} | changes))


def told(one: Verdict) -> str:
    return " ".join(found_sentences(one))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1, "`score <= 1`"),
        ("2017-05-09", "`score <= '2017-05-09'`"),
        (["a", "b"], "`score <= ('a', 'b')`"),
        ("x" * 50, "`score <= :most`"),  # too long for a sentence: the spec's own name stands
    ],
)
def test_a_condition_is_told_with_the_values_of_its_parameters(value: object, shown: str) -> None:
    spec = claim("x", "x", measure={"share": "score <= :most"}, claimed="10%", params={"most": value, "unused": 3})
    assert shown in told(made(spec, share(1, 10)))


def test_a_cast_and_a_name_that_goes_on_are_no_parameter() -> None:
    text = "at::date = :date and x = :dates"
    spec = claim("x", "x", measure={"share": text}, claimed="10%", params={"date": "2017-05-09"})
    assert "`at::date = '2017-05-09' and x = :dates`" in told(made(spec, share(1, 10)))


def test_a_claim_in_words_is_quoted_and_a_figure_is_not() -> None:
    most = claim("x", "x", measure={"share": "a"}, claimed="most")
    tenth = claim("x", "x", measure={"share": "a"}, claimed="10%")
    assert 'The claim is "most".' in told(made(most, share(6, 10)))
    assert "The claim is 10%." in told(made(tenth, share(1, 10)))


def test_nothing_is_told_as_none() -> None:
    spec = claim("x", "x", measure={"count": "rows", "that": "a"}, claimed="none")
    assert told(made(spec, count(0, "post"))).startswith("No posts satisfy `a`.")
    plain = claim("x", "x", measure={"count": "rows"}, claimed="none", about="rows")
    assert told(made(plain, count(0, "post"))).startswith("Of the rows collected: there are no posts.")


def test_the_rows_themselves_are_not_called_complete_data() -> None:
    spec = claim("x", "x", measure={"count": "rows"}, claimed="4", about="rows")
    part = made(spec, count(4, "post"))
    assert part.measurement is not None
    assert "complete data" not in drawn(part, part.measurement)
    assert "complete data" not in markdown.render(FakeRun((part,)))
    whole = replace(part, datasets=(posts(completeness="complete"),))
    assert whole.measurement is not None
    assert "complete data" in drawn(whole, whole.measurement)


def test_two_sides_are_told_with_their_datasets_and_both_bases() -> None:
    base = kinds.two_datasets()
    assert base.measurement is not None
    found = replace(base.measurement, facts={**base.measurement.facts, "bases": (21_661, 13_819)})
    one = replace(base, measurement=found)
    counted = " ".join(counted_sentences(one))
    assert "The first is counted in “Labour's bots”, the second in “The SNP's bots”." in counted
    assert "The two sides rest on 21,661 posts and 13,819 posts." in counted
    assert base_text(one) == "21,661 posts; 13,819 posts"


def test_two_bases_of_one_dataset_are_both_told() -> None:
    spec = claim("x", "x", measure={"difference": {"share": "a"}, "minus": {"share": "b"}}, claimed="more")
    found = Measurement(Quantity.POINTS, Fraction(1, 2), Interval.point(Fraction(1, 2)), n=240, facts={"bases": (240, 153)})
    assert "The two sides rest on 240 and 153 posts." in counted_sentences(made(spec, found))


def many_sets() -> Verdict:
    texts = tuple(f"account = {i}" for i in range(6))
    spec = claim("x", "x", measure={"overlap": list(texts), "of": "target", "as": "jaccard"}, claimed="most")
    found = Measurement(
        Quantity.PROPORTION, Fraction(7, 18), Interval.point(Fraction(7, 18)), "proportion", n=18,
        facts={"sizes": (12, 12, 13, 12, 12, 12), "sets": texts, "name": "target", "shared": 7, "as": "jaccard"},
        definitions=(Definition("as", "jaccard"),),
    )  # fmt: skip
    return made(spec, found)


def test_many_sets_are_told_by_their_number_and_listed_below() -> None:
    one = many_sets()
    assert told(one).startswith("Six sets of the different values of `target` hold 12 to 13 each; 7 are in all of them.")
    table = sets(one)
    assert table is not None
    assert [len(table.rows), table.rows[0], table.rows[-1]] == [7, ("`account = 0`", "12"), ("In all of them", "7")]
    page = markdown.render(FakeRun((one,)))
    assert "Jaccard's index" in page
    assert "- Base: 18 different values of `target`" in page


def test_parts_of_a_whole_are_not_told_as_things_that_answer() -> None:
    spec = claim("x", "x", measure={"share": "a"}, claimed="most")
    found = Measurement(
        Quantity.PROPORTION, Fraction(1, 50), Interval(Fraction(1, 100), Fraction(51, 100)), "proportion", n=100, missing=50,
        facts={"k": 1, "n": 100, "known": 50},
    )  # fmt: skip
    part = made(spec, found, datasets=(posts(unit="hundredth of the mentions"),))
    assert told(part).startswith("Of 100 hundredths of the mentions the answer is known for 50; of these, 1 satisfies `a`")
    assert told(made(spec, found)).startswith("Of the 50 posts whose answer is known, 1 satisfies `a`")


@pytest.mark.parametrize(
    ("key", "choice", "words"),
    [
        ("count", "distinct tag", "Each different value of `tag` counts once, in however many rows it stands (`count: distinct tag`)"),
        ("of", "rows", "Every row counts, those that repeat the key of another too (`of: rows`)"),
        ("take", "median", "The median is meant, the time that half of the rows take at most (`take: median`)"),
        ("unheard-of", "rows", "`unheard-of: rows`"),
    ],
)
def test_a_definition_is_a_sentence_before_it_is_code(key: str, choice: str, words: str) -> None:
    assert meaning(key, choice) == words


def test_the_place_of_an_extreme_is_told_in_words() -> None:
    spec = claim("x", "x", measure={"per": ["account", "day"], "take": "max"}, claimed="up to 1,000")
    found = Measurement(
        Quantity.COUNT, Fraction(968), Interval.point(968), "post", n=5_492, facts={"where": ("a01, 2017-05-04",)}
    )
    words = "the largest number of posts per account and day"
    assert told(made(spec, found, words=words)).startswith(
        "The largest number of posts per account and day is 968. That is the figure of a01, 4 May 2017."
    )


def test_a_measure_is_written_as_in_the_claim_file() -> None:
    assert measure_text({"per": ["account", "day"], "of": {"count": "rows"}}) == "per: [account, day], of: {count: rows}"


def composition(parts: dict[str, int], **facts: Any) -> Measurement:
    shares = {name: Fraction(n, sum(parts.values())) for name, n in parts.items()}
    return Measurement(Quantity.COMPOSITION, shares, {}, "proportion", n=10, facts=facts)


def test_labels_that_are_figures_are_told_apart_from_what_was_found() -> None:
    assert parts_text({"3": Fraction(1, 6)}, composition({"3": 1}, zone="UTC"), None) == "3:00 16.7%"
    assert parts_text({"0:00-6:00": Fraction(1, 2)}, composition({"a": 1}, zone="UTC"), None) == "0:00-6:00 50%"
    assert parts_text({"2020-04-27": Fraction(1, 2)}, composition({"a": 1}), None) == "27 April 2020: 50%"
    assert parts_text({"Labour": Fraction(1, 2)}, composition({"a": 1}), None) == "Labour 50%"


def test_what_many_pieces_of_evidence_found_does_not_fill_the_overview() -> None:
    names = tuple(f"a user with a long name {i}" for i in range(6))
    spec = claim("x", "x", measure={"top": 6, "by": "user"}, claimed={"includes": ["a user with a long name 1"]})
    found = Measurement(Quantity.SET, names, Members(frozenset(names), frozenset(names)))
    pieces = tuple(made(spec, replace(found, estimate=names[i:] + names[:i])) for i in range(6))
    assert found_text(verdict(spec, Outcome.SUPPORTED, found, checks=pieces)) == "six results"
    few = tuple(made(claim("x", "x", measure={"count": "rows"}, claimed="4"), count(n, "post")) for n in (4, 5))
    assert found_text(replace(few[0], checks=few)) == "4; 5"


def test_one_ranking_shows_all_that_were_looked_for_and_several_show_none() -> None:
    base = kinds.rank()
    assert base.measurement is not None
    other = replace(
        base,
        claim=base.claim.model_copy(update={"measure": {"rank": "Spain", "by": "country"}}),
        measurement=replace(
            base.measurement, estimate=Fraction(4), facts={**base.measurement.facts, "label": "Togo"},
            bars=(*base.measurement.bars[:3], Bar("Togo", Fraction(2))),
        ),
    )  # fmt: skip
    picture = ranked(replace(base, checks=(base, other)))
    assert picture is not None
    assert [line.split()[1:3] for line in picture.split("\n") if line.startswith("→")] == [["3", "Russia"], ["4", "Togo"]]
    elsewhere = replace(other, claim=other.claim.model_copy(update={"where": "lang = 'es'"}))
    assert ranked(replace(base, checks=(base, elsewhere))) is None


def test_pieces_of_evidence_are_told_apart_by_whatever_differs() -> None:
    first = made(claim("x", "x", measure={"count": "rows"}, claimed="4"), count(4, "post"))
    second = made(claim("x", "x", measure={"count": "distinct a"}, claimed="4"), count(4, "post"))
    table = checks(replace(first, checks=(first, second)))
    assert table is not None
    assert [row[1].rpartition("; ")[2] for row in table.rows] == ["`count: rows`", "`count: distinct a`"]


def test_a_bar_that_leads_beyond_the_picture_ends_in_an_arrow() -> None:
    spec = claim("x", "x", measure={"share": "a"}, claimed="most")
    lines = (scale(made(spec, share(46, 100))) or "").split("\n")
    assert lines[0].startswith("claimed")
    assert "► 100%" in lines[0]
    assert "┤" not in lines[0]


@pytest.mark.parametrize(
    ("claimed", "seconds", "ticks"),
    [
        ("more than a day", 527_000, ["0 days", "2 days", "4 days", "6 days"]),
        ("two months", 5_260_000, ["1.5 months", "2 months", "2.5 months"]),
        ("90 minutes", 5_500, ["90 minutes", "92 minutes"]),
        ("more than 1 second", 40_000_000, ["0 months", "6 months", "12 months", "18 months"]),
    ],
)
def test_lengths_of_time_have_round_ticks(claimed: str, seconds: int, ticks: list[str]) -> None:
    spec = claim("x", "x", measure={"gap": "at"}, claimed=claimed)
    found = Measurement(Quantity.DURATION, Fraction(seconds), Interval.point(Fraction(seconds)), n=8)
    shown = (scale(made(spec, found)) or "").split("\n")[-1].split("  ")
    assert [tick.strip() for tick in shown if tick.strip()] == ticks


def test_a_ratio_claimed_as_one_in_eight_is_read_in_percent() -> None:
    spec = claim("x", "x", measure={"ratio": {"count": "rows"}, "to": {"count": "rows"}}, claimed="one in eight")
    found = Measurement(Quantity.RATIO, Fraction(1, 8), Interval.point(Fraction(1, 8)), "ratio", n=8)
    picture = " ".join((scale(made(spec, found)) or "").split())
    assert "times" not in picture
    assert "%" in picture.partition("is read as")[2]
