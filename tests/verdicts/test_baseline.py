"""Baselines as files: what is written can be read, what is damaged is told, what is not touched stays."""

from __future__ import annotations

import contextlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.errors import SpecError
from factcheck.text.files import write_atomic
from factcheck.verdicts.baseline import Baseline, Block, Column, Recorded, Rested, State, place, used_digest
from factcheck.verdicts.baseline_making import Made, renewed, unchanged
from factcheck.verdicts.baseline_reading import is_baseline, read_file, read_folder
from factcheck.verdicts.baseline_writing import render, write

SHA = "42045c8b8aaa8296095d6b294927fb9d0f73a57259f59b560c375844c0fe01cf"
OTHER = "79ce5efde76ef343c9d375b8deb46dff689cbb7cf24fc522aa9d33cb0257e2e1"
SAID = "36a63d1251b5eefec70933b03ce87b18330413f7671380638e41bba7a6d11aa0"
DAY = date(2026, 11, 21)
FIGURES: dict[str, Any] = {
    "statement": "9% of Ross's paintings show a beach.",
    "outcome": "refuted",
    "direction": "overstated",
    "confidence": "high",
    "rating": "False",
    "claimed": {"text": "9%", "reading": "what rounds to 9%"},
    "estimate": 0.07086614173228346,
    "low": 0.07,
    "high": None,
    "unit": "proportion",
    "n": 381,
    "missing": 0,
}


def block(sha: str | None = SHA, columns: str | None = OTHER, day: date = DAY, **figures: Any) -> Block:
    rested = {"bob-ross": Rested(sha, SAID, columns)}
    return Block(FIGURES | figures, day, SHA, {"claimed": "9%"}, rested, "0.1.0", "share-79ce5efde76e")


def state(sha: str | None = SHA, rows: int = 403, **columns: str) -> State:
    described = {name: Column(digest, {"0": 376, "1": 27}) for name, digest in (columns or {"BEACH": OTHER}).items()}
    return State(sha, SAID, rows, described)


def recorded(*blocks: Block, states: tuple[State, ...] = (state(),)) -> Recorded:
    return Recorded({f"claim-{n}": one for n, one in enumerate(blocks, 1)}, {"bob-ross": states})


def written(tmp_path: Path, text: str, name: str = "one.json") -> Path:
    path = tmp_path / "baselines" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def refused(tmp_path: Path) -> str:
    with pytest.raises(SpecError) as caught:
        read_folder(tmp_path / "baselines", tmp_path)
    return str(caught.value)


def test_a_file_is_laid_out_for_review(tmp_path: Path) -> None:
    assert render(recorded(block())).splitlines()[:10] == [
        "{",
        '  "baseline": 1,',
        '  "claims": {',
        '    "claim-1": {',
        '      "statement": "9% of Ross\'s paintings show a beach.",',
        '      "outcome": "refuted",',
        '      "direction": "overstated",',
        '      "confidence": "high",',
        '      "rating": "False",',
        '      "claimed": {"text": "9%", "reading": "what rounds to 9%"},',
    ]
    assert '"values": {"0": 376, "1": 27}\n' in render(recorded(block()))


def test_one_changed_figure_is_one_changed_line() -> None:
    was, now = (render(recorded(block(estimate=estimate))).splitlines() for estimate in (0.25, 0.5))
    assert len(was) == len(now)
    assert [(a, b) for a, b in zip(was, now, strict=True) if a != b] == [
        ('      "estimate": 0.25,', '      "estimate": 0.5,')
    ]


TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
ESTIMATES = VALUES.filter(lambda value: not isinstance(value, str))  # a text has no range
NUMBERS = st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
MAYBE = st.none() | TEXTS
CLAIMED = st.none() | st.fixed_dictionaries({"text": TEXTS, "reading": TEXTS})
BLOCKS = st.builds(
    lambda figures, day, spec, rules, method: Block(
        FIGURES | figures, day, SHA, spec, {"bob-ross": Rested(SHA, SAID, None)}, "0.1.0", method, rules
    ),
    st.fixed_dictionaries(
        {"statement": TEXTS, "claimed": CLAIMED, "estimate": ESTIMATES, "low": NUMBERS, "unit": MAYBE, "rating": MAYBE}
    ),
    st.dates(),
    st.dictionaries(TEXTS, VALUES, max_size=3),
    st.dictionaries(TEXTS, VALUES, max_size=2),
    MAYBE,
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(TEXTS, BLOCKS, max_size=3), st.dictionaries(TEXTS, st.integers(0), max_size=4))
def test_what_is_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, blocks: dict[str, Block], values: dict[str, int]
) -> None:
    root = tmp_path_factory.mktemp("project")
    states = (State(SHA, SAID, 4, {"BEACH": Column(OTHER, values)}),)
    whole = Recorded(dict(sorted(blocks.items())), {"bob-ross": states})
    text = render(whole)
    written(root, text)
    found = read_folder(root / "baselines", root).files["one.json"]
    assert found == whole
    assert render(found) == text


def test_files_are_written_where_their_claims_stand(tmp_path: Path) -> None:
    assert place("claims/sub/🏖 beach.yaml") == "sub/🏖 beach.json"
    assert place("other/claims.yml") == "other/claims.json"
    folder = tmp_path / "baselines"
    files = {"sub/🏖 beach.json": recorded(block())}
    assert write(Baseline({}), Baseline(files), folder) == ["sub/🏖 beach.json"]
    assert read_folder(folder, tmp_path).files == files


def test_a_file_that_says_the_same_is_not_touched_however_it_is_laid_out(tmp_path: Path) -> None:
    text = json.dumps(json.loads(render(recorded(block()))), indent=4)
    path = written(tmp_path, text)
    before = read_folder(tmp_path / "baselines", tmp_path)
    assert write(before, renewed(before, {}), tmp_path / "baselines") == []
    assert path.read_text(encoding="utf-8") == text


def test_a_file_without_claims_goes(tmp_path: Path) -> None:
    path = written(tmp_path, render(recorded(block())))
    before = read_folder(tmp_path / "baselines", tmp_path)
    assert write(before, renewed(before, {}, {"claim-1"}), tmp_path / "baselines") == ["one.json"]
    assert not path.exists()


def accepted(before: Baseline, **blocks: tuple[str, Block, State]) -> Baseline:
    today = {id.replace("_", "-"): Made(home, one, {"bob-ross": of}) for id, (home, one, of) in blocks.items()}
    return renewed(before, today)


def test_a_block_that_differs_in_its_day_alone_stays() -> None:
    later = date(2026, 11, 30)
    before = Baseline({"one.json": recorded(block())})
    again = accepted(before, claim_1=("one.json", block(day=later, estimate=0.0708661417322834601), state()))
    assert again == before
    other = accepted(before, claim_1=("one.json", block(day=later, estimate=0.08), state()))
    found = other.block("claim-1")
    assert found is not None
    assert (found.accepted, found.figures["estimate"]) == (later, 0.08)
    for differing in (block(n=382), block(sha=OTHER), block(columns=SHA), block(claimed=None)):
        assert not unchanged(block(), differing)


def test_two_states_stay_while_claims_rest_on_both() -> None:
    before = Baseline({"one.json": recorded(block(), block())})
    new = state(OTHER, 404)
    half = accepted(before, claim_1=("one.json", block(OTHER), new))
    assert half.files["one.json"].datasets["bob-ross"] == (state(), new)
    whole = accepted(half, claim_2=("one.json", block(OTHER), new))
    assert whole.files["one.json"].datasets["bob-ross"] == (new,)


def test_columns_of_one_state_are_put_together() -> None:
    before = Baseline({"one.json": recorded(block(), block())})
    after = accepted(before, claim_1=("one.json", block(), state(GUEST=SAID)))
    (only,) = after.files["one.json"].datasets["bob-ross"]
    assert sorted(only.columns) == ["BEACH", "GUEST"]


def test_rows_that_lie_in_no_file_may_have_two_states_under_one_name() -> None:
    """A database has no fingerprint of its content: only what was in it tells its states apart."""
    before = Baseline({"one.json": recorded(block(None), block(None), states=(state(None),))})
    after = accepted(before, claim_1=("one.json", block(None), state(None, BEACH=SAID)))
    assert [one.columns["BEACH"].sha256 for one in after.files["one.json"].datasets["bob-ross"]] == [OTHER, SAID]


def test_a_block_moves_with_its_claim() -> None:
    before = Baseline({"one.json": recorded(block(), block())})
    after = accepted(before, claim_1=("two.json", block(), state()))
    assert (before.home("claim-1"), after.home("claim-1"), after.home("claim-2")) == ("one.json", "two.json", "one.json")
    assert after.block("claim-1") == before.block("claim-1")
    assert after.files["two.json"].datasets["bob-ross"] == (state(),)


def test_the_columns_that_were_used_have_one_digest() -> None:
    columns = {"BEACH": SHA, "GUEST": OTHER}
    assert used_digest(403, columns, ["GUEST", "BEACH"]) == used_digest(403, columns, ["BEACH", "GUEST"])
    assert used_digest(403, columns, ["BEACH"]) != used_digest(403, columns, ["BEACH", "GUEST"])
    assert used_digest(403, columns, []) != used_digest(404, columns, [])
    assert used_digest(403, columns, ["BEACH", "LAKE"]) is None


def damaged(path: tuple[str, ...], value: Any, *, gone: bool = False) -> str:
    """The text of a file with one value another, or left out."""
    whole = json.loads(render(recorded(block())))
    inner = whole
    for key in path[:-1]:
        inner = inner[int(key) if isinstance(inner, list) else key]
    if gone:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return json.dumps(whole)


CLAIM = ("claims", "claim-1")
STATE = ("datasets", "bob-ross", "0")


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ((*CLAIM, "outcome"), "wrong", "the claim 'claim-1': 'outcome': expected one of supported, close, refuted"),
        ((*CLAIM, "outcome"), "error", "expected one of supported, close"),
        ((*CLAIM, "outcome"), ["supported"], "expected one of supported, close"),
        ((*CLAIM, "low"), "7%", "the claim 'claim-1': 'low': expected a number, or null, found \"7%\""),
        ((*CLAIM, "n"), True, "'n': expected a number, or null, found true"),
        ((*CLAIM, "accepted"), "yesterday", "'accepted': expected a day such as 2026-11-21, found \"yesterday\""),
        ((*CLAIM, "accepted"), "20261121", "expected a day such as 2026-11-21"),
        ((*CLAIM, "acceptd"), "2026-11-21", "the claim 'claim-1': unknown key 'acceptd'; did you mean 'accepted'?"),
        ((*CLAIM, "claimed"), "9%", "'claimed': expected an object in {}, found \"9%\""),
        ((*CLAIM, "claim", "sha256"), "abc", "expected a sha256 of 64 hexadecimal digits, found \"abc\""),
        ((*CLAIM, "claim", "spec"), [], "'spec': expected an object in {}, found []"),
        ((*CLAIM, "data", "bob-ross", "sha256"), OTHER, "what it says of the dataset 'bob-ross' is not among the states"),
        ((*CLAIM, "engine", "method"), 3, "'engine': 'method': expected text, or null, found 3"),
        ((*STATE, "rows"), -1, "the dataset 'bob-ross': 'rows': expected a whole number from 0 on, found -1"),
        ((*STATE, "columns", "BEACH", "values"), {"0": "many"}, "the column 'BEACH': 'values': the value '0': expected"),
        (("datasets", "bob-ross"), {}, "the dataset 'bob-ross': expected a list in [], found {}"),
        (("claims",), [], "'claims': expected an object in {}, found []"),
        ((*CLAIM, "high"), 0.01, "the claim 'claim-1': 'low' is 0.07, above 'high', which is 0.01"),
        ((*CLAIM, "estimate"), "2018-05-01", "'estimate' is no number, so 'low' and 'high' must be null"),
        (("baseline",), 2, "its form is 2, this version of factcheck reads 1"),
        (("baseline",), True, "'baseline': expected the number 1, found true"),
    ],
)
def test_damage_is_told_with_file_and_claim_and_what_was_expected(
    tmp_path: Path, path: tuple[str, ...], value: Any, said: str
) -> None:
    written(tmp_path, damaged(path, value))
    told = refused(tmp_path)
    assert said in told
    assert told.startswith("baselines/one.json: ")
    assert "put back the last good version of the file, or delete it" in told


def test_what_is_lacking_is_named(tmp_path: Path) -> None:
    written(tmp_path, damaged((*CLAIM, "estimate"), None, gone=True))
    assert "baselines/one.json: 'claims': the claim 'claim-1': it has no 'estimate'" in refused(tmp_path)
    written(tmp_path, damaged(("datasets",), None, gone=True))
    assert "baselines/one.json: it has no 'datasets'" in refused(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "baselines/one.json:1:1: this is no JSON: Expecting value"),
        ("{}", "baselines/one.json: this is no baseline: it has no 'baseline'"),
        ("[]", "baselines/one.json: expected an object in {}, found []"),
        ("null", "expected an object in {}, found null"),
        (render(recorded(block()))[:300], "baselines/one.json:11:7: this is no JSON: Unterminated string"),
        ('{"baseline": 1, "claims": {"a": {}, "a": {}}, "datasets": {}}', "'a' stands twice in one object"),
        ('{"baseline": NaN}', "NaN is no number"),
        ('{"baseline": 1e999}', "1e999 is larger than any number"),
        ('{"baseline": "\\ud83d"}', "it holds half a letter"),
        ("[" * 100_000, "it is too deep"),
        (render(recorded(block())).replace('      "estimate"', '<<<<<<< HEAD\n      "estimate"'), "one.json:11:1: a merge has left two"),
        ("{\r\n=======\r\n}", "baselines/one.json:2:1: a merge has left two versions here"),
    ],
)
def test_what_is_no_baseline_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    written(tmp_path, text)
    assert said in refused(tmp_path)


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    path = written(tmp_path, "")
    path.write_bytes(b"\xff\xfe{}")
    assert "baselines/one.json: it is not UTF-8" in refused(tmp_path)
    path.unlink()
    path.mkdir()
    assert "baselines/one.json cannot be read: Is a directory" in refused(tmp_path)


def test_all_errors_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    written(tmp_path, damaged((*CLAIM, "low"), "7%"), "a.json")
    written(tmp_path, damaged((*CLAIM, "unit"), 3), "sub/b.json")
    told = refused(tmp_path)
    assert "baselines/a.json: " in told
    assert "baselines/sub/b.json: " in told


def test_two_files_that_say_something_else_of_a_claim_are_told(tmp_path: Path) -> None:
    written(tmp_path, render(recorded(block())), "a.json")
    written(tmp_path, render(recorded(block(estimate=0.25))), "b.json")
    assert "baselines/b.json: baselines/a.json says something else of the claim 'claim-1'" in refused(tmp_path)


def test_whoever_is_stopped_while_claims_move_loses_none_and_is_not_stuck(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "baselines"
    before = Baseline({"b.json": recorded(block(), block())})
    moving = {"claim_1": ("a.json", block(OTHER, estimate=0.5), state(OTHER)), "claim_2": ("c.json", block(), state())}
    after = accepted(before, **moving)
    for allowed in range(6):
        for path in folder.glob("*.json"):
            path.unlink()
        write(Baseline({}), before, folder)
        left = [allowed]

        def failing(path: Path, text: str, left: list[int] = left) -> None:
            if not left[0]:
                raise OSError(28, "No space left on device", str(path))
            left[0] -= 1
            write_atomic(path, text)

        monkeypatch.setattr("factcheck.verdicts.baseline_writing.write_atomic", failing)
        with contextlib.suppress(OSError):
            write(before, after, folder)
        monkeypatch.setattr("factcheck.verdicts.baseline_writing.write_atomic", write_atomic)
        found = read_folder(folder, tmp_path)
        assert {id for _, id, _ in found} == {"claim-1", "claim-2"}
        write(found, accepted(found, **moving), folder)
        assert read_folder(folder, tmp_path).files == {home: one for home, one in after.files.items() if one.claims}


def test_a_baseline_is_told_from_results_even_when_it_is_damaged(tmp_path: Path) -> None:
    good = render(recorded(block()))
    assert is_baseline(written(tmp_path, good))
    assert is_baseline(written(tmp_path, f"\ufeff{good[:40]}"))
    assert is_baseline(written(tmp_path, f"<<<<<<< HEAD\n{good}"))
    assert not is_baseline(written(tmp_path, '{"factcheck": "0.1.0", "schema": 1, "claims": []}'))
    assert not is_baseline(tmp_path / "nothing.json")
    path = written(tmp_path, good)
    assert read_file(path, tmp_path).files.keys() == {"one.json"}


def test_hidden_files_are_left_alone(tmp_path: Path) -> None:
    written(tmp_path, "{", ".one.json.abc.tmp")
    written(tmp_path, "{", ".hidden.json")
    written(tmp_path, "{", ".kept/one.json")
    assert read_folder(tmp_path / "baselines", tmp_path).files == {}
