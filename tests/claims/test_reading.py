"""Claim files to claims."""

from __future__ import annotations

import time
from fractions import Fraction
from pathlib import Path

import pytest

from factcheck.claims.config import read_config
from factcheck.claims.reading import ClaimSource, read_claims
from factcheck.errors import Place, Problem

Read = tuple[dict[str, ClaimSource], list[Problem]]


def read(root: Path, files: dict[str, str], config: str | None = None) -> Read:
    (root / "claims").mkdir(exist_ok=True)
    for name, text in files.items():
        (root / "claims" / name).write_bytes(text.encode())
    if config is not None:
        (root / "factcheck.yaml").write_text(config)
    source, problems = read_config(root)
    claims, found = read_claims([Path("claims")], root, source.defaults)
    return {claim.id: claim for claim in claims}, problems + found


def claims_of(root: Path, text: str, config: str | None = None) -> dict[str, ClaimSource]:
    claims, problems = read(root, {"a.yaml": text}, config)
    assert [problem.render() for problem in problems] == []
    return claims


def problems_of(root: Path, text: str, config: str | None = None) -> list[str]:
    return [problem.render().split("\n")[0] for problem in read(root, {"a.yaml": text}, config)[1]]


MEXICO = """\
title: Russian bots in Mexico's election?
tags: [mexico, bots]
defaults:
  claimant: Manuel Cossío Ramos
  appearance:
    publisher: CNN Mexico
    date: 2018-05-10
  dataset: mentions
  where: created_at >= '2018-04-10'

claims:
  - id: total
    statement: There were 112 million mentions.
    measure: {count: rows}
    claimed: 112 million
    tags: [size]

  - id: elsewhere
    statement: 263 retweeters have an authority score of 0 or 1.
    dataset: retweets
    measure: {count: rows, that: "authority <= :max"}
    params: {max: 1, name: "1"}
    vary: {max: [0, 1], where: [x = 1, null]}
    claimed: 263

  - id: all-time
    statement: There were 200 million mentions ever.
    where: null
    claimant: null
    appearance: [{publisher: CNN}, {publisher: BBC}]
    measure: {count: rows}
    claimed: 200 million

  - id: state-backed
    statement: The bots were run by the Russian state.
    unverifiable: Attribution needs evidence about the operators.
"""


def test_defaults_are_filled_in(tmp_path: Path) -> None:
    claims = claims_of(tmp_path, MEXICO)
    total = claims["total"].claim
    assert (total.claimant, total.dataset, total.where) == (
        "Manuel Cossío Ramos",
        "mentions",
        "created_at >= '2018-04-10'",
    )
    assert [appearance.publisher for appearance in total.appearance] == ["CNN Mexico"]
    assert (claims["total"].tags, claims["total"].title) == (
        ("mexico", "bots", "size"),
        "Russian bots in Mexico's election?",
    )
    assert (total.level, total.about, total.missing, total.combine) == (
        Fraction(95, 100),
        "population",
        "bounds",
        "agree",
    )


def test_a_default_where_belongs_to_the_default_dataset(tmp_path: Path) -> None:
    assert claims_of(tmp_path, MEXICO)["elsewhere"].claim.where is None


def test_null_removes_and_a_value_replaces_whole(tmp_path: Path) -> None:
    claim = claims_of(tmp_path, MEXICO)["all-time"].claim
    assert (claim.where, claim.claimant, claim.dataset) == (None, None, "mentions")
    assert [(a.publisher, a.date) for a in claim.appearance] == [("CNN", None), ("BBC", None)]


def test_params_tell_a_number_from_a_text(tmp_path: Path) -> None:
    claim = claims_of(tmp_path, MEXICO)["elsewhere"].claim
    assert {name: type(value).__name__ for name, value in claim.params.items()} == {"max": "Plain", "name": "str"}
    assert claim.vary == {"max": ["0", "1"], "where": ["x = 1", None]}


def test_a_claim_may_be_unverifiable(tmp_path: Path) -> None:
    claim = claims_of(tmp_path, MEXICO)["state-backed"].claim
    assert (claim.measure, claim.claimed) == (None, None)
    assert claim.unverifiable == "Attribution needs evidence about the operators."


def test_claims_come_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    one = "claims:\n  - {id: b1, statement: s, unverifiable: u}\n  - {id: a1, statement: s, unverifiable: u}\n"
    claims, problems = read(tmp_path, {"z.yaml": one, "b.yaml": one.replace("1,", "2,")})
    assert problems == []
    assert [(c.id, c.file, c.line) for c in claims.values()] == [
        ("b2", "claims/b.yaml", 2),
        ("a2", "claims/b.yaml", 3),
        ("b1", "claims/z.yaml", 2),
        ("a1", "claims/z.yaml", 3),
    ]


def test_places_point_into_the_claim_or_its_defaults(tmp_path: Path) -> None:
    claims = claims_of(tmp_path, MEXICO)
    assert claims["total"].place("where", offset=11, length=2) == Place(
        "claims/a.yaml", 9, 21, 2, "  where: created_at >= '2018-04-10'"
    )
    elsewhere = claims["elsewhere"]
    assert str(elsewhere.place("measure", "that", offset=10)) == "claims/a.yaml:21:45"
    assert str(elsewhere.key_place("measure", "that")) == "claims/a.yaml:21:28"
    assert str(elsewhere.place("vary", "max", 1)) == "claims/a.yaml:23:21"
    assert str(elsewhere.place("measure", "nothing")) == "claims/a.yaml:21:14"
    assert str(elsewhere.place()) == "claims/a.yaml:18:5"
    assert claims["total"].node_at("where") is not None
    assert claims["all-time"].node_at("where") is None


CHECKS = """\
defaults: {dataset: spaced, where: a = 1}
claims:
  - id: russia-share
    statement: 64% of mentions came from Russia.
    claimed: 64%
    level: 99%
    checks:
      - {measure: {share: country = 'Russia'}}
      - {dataset: joined, measure: {share: country = 'Rusia'}}
      - {dataset: joined, where: b = 1, measure: {share: x}, claimed: 60%, level: 90%}
      - {unverifiable: No data.}
    combine: any
"""


def test_each_check_is_a_claim_with_what_it_does_not_say_filled_in(tmp_path: Path) -> None:
    source = claims_of(tmp_path, CHECKS)["russia-share"]
    assert source.claim.combine == "any"
    parts = [part.claim for part in source.parts]
    assert [(p.id, p.dataset, p.where, p.claimed, p.level) for p in parts] == [
        ("russia-share", "spaced", "a = 1", "64%", Fraction(99, 100)),
        ("russia-share", "joined", None, "64%", Fraction(99, 100)),
        ("russia-share", "joined", "b = 1", "60%", Fraction(9, 10)),
        ("russia-share", "spaced", "a = 1", "64%", Fraction(99, 100)),
    ]
    assert [p.unverifiable for p in parts] == [None, None, None, "No data."]
    assert [(part.index, part.line) for part in source.parts] == [(0, 8), (1, 9), (2, 10), (3, 11)]
    place = source.parts[1].place("measure", "share", offset=11, length=5)
    assert place.excerpt[place.column - 1 :][:5] == "Rusia"
    assert str(source.parts[1].place("claimed")) == "claims/a.yaml:5:14"
    assert source.place("checks", 1, "measure", "share", offset=11, length=5) == place


def test_a_measure_may_stand_once_for_all_checks(tmp_path: Path) -> None:
    text = "claims:\n- {id: a, statement: s, claimed: 1, measure: {count: rows}, checks: [{dataset: x}, {dataset: y}]}"
    parts = claims_of(tmp_path, text)["a"].parts
    assert [(part.claim.dataset, part.claim.measure) for part in parts] == [
        ("x", {"count": "rows"}),
        ("y", {"count": "rows"}),
    ]


def test_a_claims_own_where_holds_for_its_checks(tmp_path: Path) -> None:
    text = "claims:\n- {id: a, statement: s, claimed: 1, where: w, measure: {count: rows}, checks: [{dataset: x}]}"
    assert claims_of(tmp_path, text)["a"].parts[0].claim.where == "w"


# Two layers: factcheck.yaml below, the head of the file above it.
@pytest.mark.parametrize(
    ("config", "head", "own", "where"),
    [
        ("{dataset: x, where: c}", "{}", "", "c"),
        ("{dataset: x, where: c}", "{where: f}", "", "f"),
        ("{dataset: x, where: c}", "{where: null}", "", None),
        ("{dataset: x, where: c}", "{dataset: y}", "", None),
        ("{dataset: x, where: c}", "{dataset: y}", ", dataset: x", "c"),
        ("{dataset: x}", "{where: f}", "", "f"),
        ("{dataset: x, where: c}", "{dataset: y, where: f}", "", "f"),
        ("{dataset: x, where: c}", "{dataset: y, where: f}", ", dataset: x", None),
        ("{dataset: x, where: c}", "{}", ", dataset: null", None),
        ("{dataset: x, where: c}", "{}", ", dataset: x", "c"),
        ("{dataset: x, where: c}", "{}", ", dataset: y, where: o", "o"),
    ],
)
def test_where_through_the_layers(tmp_path: Path, config: str, head: str, own: str, where: str | None) -> None:
    text = f"defaults: {head}\nclaims:\n- {{id: a, statement: s, claimed: 1, measure: {{count: rows}}{own}}}"
    claims = claims_of(tmp_path, text, f"defaults: {config}")
    assert claims["a"].claim.where == where


def test_a_default_from_the_configuration_points_there(tmp_path: Path) -> None:
    text = "claims:\n- {id: a, statement: s, claimed: 1, measure: {count: rows}}"
    claims = claims_of(tmp_path, text, "title: P\ndefaults:\n  level: 99%\n")
    assert str(claims["a"].place("level")) == "factcheck.yaml:3:10"


def test_a_default_where_without_a_dataset_is_not_silently_dropped(tmp_path: Path) -> None:
    text = "defaults: {where: x = 1}\nclaims:\n- {id: a, statement: s, dataset: d, claimed: 1, measure: {count: rows}}"
    assert problems_of(tmp_path, text) == ["claims/a.yaml:1:12: the defaults have a 'where' but no 'dataset'"]


def test_one_way_to_check_in_the_claim_hides_another_in_the_defaults(tmp_path: Path) -> None:
    head = "defaults: {measure: {count: rows}, claimed: 1}\nclaims:\n"
    claims = claims_of(tmp_path, head + "- {id: a, statement: s, unverifiable: u}\n- {id: b, statement: s}")
    assert claims["a"].claim.measure is None
    assert claims["b"].claim.measure == {"count": "rows"}


def claim(fields: str) -> str:
    return f"claims:\n- id: a\n  statement: s\n  claimed: 64%\n  measure: {{count: rows}}\n{fields}"


@pytest.mark.parametrize(
    ("text", "first_line"),
    [
        (claim("  tolerence: 3 points"), "claims/a.yaml:6:3: unknown key 'tolerence' in claim 'a'"),
        (claim("  about: everyone"), "'about' of claim 'a': expected population, rows or process, found 'everyone'"),
        (claim("  missing: true"), "'missing' of claim 'a': expected bounds, ignore or false, found true"),
        (claim("  combine: most"), "'combine' of claim 'a': expected agree, all, any or majority"),
        (claim("  min_n: few"), "'min_n' of claim 'a': expected a whole number"),
        (claim("  level: 95"), "'level' of claim 'a': expected a share, found '95'"),
        (claim("  review: {status: done}"), "'status' of 'review' of claim 'a': expected draft, checked or approved"),
        (claim("  params: [a]"), "'params' of claim 'a': expected a mapping from names to values, found a list"),
        (claim("  params:\n    max:\n"), "claims/a.yaml:7:9: 'max' of 'params' of claim 'a': a value is missing"),
        (claim("  checks: [{measuer: {count: rows}}]"), "unknown key 'measuer' in item 1 of 'checks' of claim 'a'"),
        (claim("  checks: [{id: b}]"), "unknown key 'id' in item 1 of 'checks' of claim 'a'"),
        (claim("  checks: rows"), "'checks' of claim 'a': expected a list, found 'rows'"),
        (claim("  unverifiable: x"), "'measure' of claim 'a': a claim that is unverifiable has no measure"),
        (claim("  timezone: Mexico"), "unknown time zone 'Mexico'"),
        (claim("  n: 0"), "'n' of claim 'a': expected a number above zero"),
        ("claims:\n- id: a\n  statement: s\n  claimed: 1", "claim 'a': it says neither how it is measured nor why"),
        ("claims:\n- id: a\n  statement: s\n  measure: {count: rows}", "claim 'a': it does not say what is claimed"),
        ("claims:\n- id: a\n  statement: s\n  claimed: 1\n  measure: count", "'measure' of claim 'a': expected"),
        ("claims:\n- id: a\n  unverifiable: u", "claims/a.yaml:2:3: claim 'a' has no 'statement'"),
        ("claims:\n- statement: s\n  unverifiable: u", "claims/a.yaml:2:3: the claim on line 2 has no 'id'"),
        ("claims:\n- id: Russia Share\n  statement: s\n  unverifiable: u", "small letters and digits joined"),
        ("claims:\n- just text", "claims/a.yaml:2:3: expected a claim with 'id'"),
        ("claims: text", "claims/a.yaml:1:9: expected a list of claims"),
        ("claims:", "claims/a.yaml:1:1: this claim file has no claims"),
        ("title: x", "claims/a.yaml:1:1: this claim file has no claims"),
        ("claim: []\nclaims: [{id: a, statement: s, unverifiable: u}]", "unknown key 'claim' in this claim file"),
        ("- id: a", "claims/a.yaml:1:1: expected 'claims:' above this list"),
        ("just text", "expected a mapping in this claim file, found 'just text'"),
        ("", "claims/a.yaml is empty"),
        ("defaults: [x]\nclaims: [{id: a, statement: s, unverifiable: u}]", "in the defaults, found a list"),
    ],
)  # fmt: skip
def test_an_error_of_a_claim_is_told_once(tmp_path: Path, text: str, first_line: str) -> None:
    problems = problems_of(tmp_path, text)
    assert len(problems) == 1, problems
    assert first_line in problems[0]


def test_an_id_is_offered(tmp_path: Path) -> None:
    _, problems = read(tmp_path, {"a.yaml": "claims:\n- id: Russia_Share 2\n  statement: s\n  unverifiable: u"})
    assert problems[0].hint == "did you mean 'russia-share-2'?"


def test_an_error_in_the_defaults_is_told_once_not_per_claim(tmp_path: Path) -> None:
    text = "defaults:\n  level: 95\n  datset: x\nclaims:\n" + "".join(
        f"- {{id: c{i}, statement: s, claimed: 1, measure: {{count: rows}}}}\n" for i in range(3)
    )
    problems = problems_of(tmp_path, text)
    assert problems == [
        "claims/a.yaml:3:3: unknown key 'datset' in the defaults",
        "claims/a.yaml:2:10: 'level' of the defaults: expected a share, found '95'",
    ]


def test_a_check_without_a_figure_is_an_error_of_that_check(tmp_path: Path) -> None:
    checks = "  checks:\n  - {measure: {count: rows}, claimed: 1}\n  - {measure: {count: rows}}\n"
    text = "claims:\n- id: a\n  statement: s\n" + checks
    assert problems_of(tmp_path, text) == ["claims/a.yaml:6:5: check 2 of claim 'a': it does not say what is claimed"]


def test_an_id_is_unique_in_the_project(tmp_path: Path) -> None:
    text = "claims:\n- {id: same, statement: s, unverifiable: u}\n"
    claims, problems = read(tmp_path, {"a.yaml": text, "b.yaml": "title: x\n" + text})
    assert [claim.file for claim in claims.values()] == ["claims/a.yaml"]
    assert problems[0].render() == (
        "claims/b.yaml:3:8: claim id 'same' is used twice\n"
        "   3 | - {id: same, statement: s, unverifiable: u}\n"
        "     |        ^^^^ it is already at claims/a.yaml:2:8"
    )


def test_errors_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    files = {"a.yaml": "claims: [", "b.yaml": claim("  tolerence: 1"), "c.yaml": "claims:\n- id: x y\n"}
    _, problems = read(tmp_path, files, "titel: x")
    assert sorted({problem.place.file for problem in problems if problem.place}) == [
        "claims/a.yaml",
        "claims/b.yaml",
        "claims/c.yaml",
        "factcheck.yaml",
    ]


def test_a_claim_with_an_error_is_left_out_and_the_others_are_read(tmp_path: Path) -> None:
    text = claim("  levle: 1") + "\n- {id: b, statement: s, unverifiable: u}"
    claims, problems = read(tmp_path, {"a.yaml": text})
    assert list(claims) == ["b"]
    assert len(problems) == 1


def test_windows_files_and_other_scripts(tmp_path: Path) -> None:
    text = (
        '\ufeffclaims:\r\n- id: доля-россии\r\n  statement: "😀 64%"\r\n  claimed: 64%\r\n'
        "  measure: {share: '\"Страна 😀\" = Rusia'}\r\n"
    )
    source = claims_of(tmp_path, text)["доля-россии"]
    place = source.place("measure", "share", offset=13, length=5)
    assert (place.line, place.excerpt[place.column - 1 :][:5]) == (5, "Rusia")


def test_five_hundred_claims_are_read_in_no_time(tmp_path: Path) -> None:
    one = """\
  - id: claim-{0}
    statement: {0} of a thousand mentions of López Obrador came from accounts that say they are in Russia.
    quote: The words of the claim as they were said in the interview, number {0}, and a few more of them.
    measure:
      share: country = 'Russia' and followers > {0}
      among: country is not null
    params: {{max: {0}}}
    claimed: 64%
    alternatives: [Fans of his, Journalists]
"""
    head = "defaults: {dataset: mentions, where: a > 1, claimant: X, appearance: {publisher: Y}}\nclaims:\n"
    text = head + "".join(one.format(i) for i in range(500))
    assert len(text) > 187_000
    started = time.perf_counter()
    assert len(claims_of(tmp_path, text)) == 500
    assert time.perf_counter() - started < 1.5  # 0.1 s on an idle machine; the promise is 0.3 s
