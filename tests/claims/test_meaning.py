from pathlib import Path

from factcheck.claims.meaning import fingerprint, meaning, reading
from factcheck.claims.reading import ClaimSource, read_claims, read_text

HEAD = "claims:\n"
CLAIM = """
- id: share
  statement: 64% of mentions came from Russia.
  dataset: mentions
  where: country <> ''
  measure: {share: country = 'Russia', missing: null}
  claimed: 64%
"""


def one(text: str) -> ClaimSource:
    (claim,), problems = read_text(HEAD + text, "claims/a.yaml")
    assert not problems
    return claim


def same(text: str, other: str) -> bool:
    return fingerprint(one(text), {}) == fingerprint(one(other), {})


def test_comments_order_and_place_are_no_meaning() -> None:
    other = """
# what CNN said


- claimed: "64%"   # as spoken
  measure:
    missing: ~
    share: country = 'Russia'
  dataset: 'mentions'
  id: share
  statement: >
    64% of mentions
    came from Russia.
  where: country <> ''
"""
    assert same(CLAIM, other)


def test_what_only_readers_see_is_no_meaning() -> None:
    told = "  tags: [mexico]\n  review: {by: A. Editor, date: 2026-01-02, status: approved}\n  response: None came.\n"
    assert same(CLAIM, CLAIM + told)


def test_figure_condition_and_sentence_are_meaning() -> None:
    for before, after in (("64%\n", "65%\n"), ("<> ''", "= 'x'"), ("mentions came", "posts came"), ("share: ", "count: ")):
        assert not same(CLAIM, CLAIM.replace(before, after)), after
    assert not same(CLAIM, CLAIM + "  near: 2 points\n")


def test_a_parameter_in_quotes_is_text() -> None:
    assert not same(CLAIM + "  params: {most: 1}\n", CLAIM + '  params: {most: "1"}\n')


def test_rules_of_the_project_belong_to_it() -> None:
    assert fingerprint(one(CLAIM), {"rating": "five-point"}) != fingerprint(one(CLAIM), {})


def test_defaults_are_part_of_the_claim() -> None:
    (inherited,), _ = read_text(
        "defaults: {dataset: mentions, where: country <> ''}\nclaims:\n"
        "- {id: share, statement: 64% of mentions came from Russia., claimed: 64%, "
        "measure: {share: country = 'Russia', missing: null}}\n", "claims/a.yaml",
    )  # fmt: skip
    assert meaning(inherited) == meaning(one(CLAIM))


def test_every_worked_claim_can_be_read_back_from_its_meaning() -> None:
    root = Path(__file__).parents[2]
    claims, _ = read_claims([root / "claims"], root)
    assert len(claims) > 150
    for claim in claims:
        again = reading(claim.id, meaning(claim), claim.file)
        assert again is not None
        assert meaning(again) == meaning(claim)
        for key in ("dataset", "where", "measure", "claimed", "params", "vary", "level", "missing", "about", "combine"):
            assert getattr(again.claim, key) == getattr(claim.claim, key), (claim.id, key)
        assert [part.claim.measure for part in again.parts] == [part.claim.measure for part in claim.parts]


def test_what_is_no_claim_any_more_has_no_reading() -> None:
    assert reading("a", {"statement": "Something.", "invented": "key"}, "claims/a.yaml") is None
