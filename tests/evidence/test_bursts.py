"""Who acts on the same target within a short time: every way to the figures against all pairs of rows, one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.errors import EvidenceError
from factcheck.evidence.cells import answer
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.engines.duckdb import DuckDB, open_engine
from factcheck.evidence.expressions import Bound, Scope, bind
from factcheck.evidence.patterns import burst_pairs
from factcheck.evidence.patterns.burst_sql import Figures
from factcheck.evidence.patterns.bursts import Acts, Bursts, BurstsAnswer, Counting

SECOND = 1_000_000
LISTED, NARROWED = 1_000_000, -1  # pairs of rows up to which all are kept: everything, nothing
Row = tuple[str | None, str | None, int | None]


def all_pairs(rows: list[Row], within: int, at_least: int, counting: Counting) -> Figures:
    """The definition, word for word, over every two rows."""
    meetings: dict[frozenset[str | None], list[tuple[int, int]]] = defaultdict(list)
    for (i, (a, g, t)), (j, (b, h, u)) in combinations(enumerate(rows), 2):
        if None not in (a, g, t, b, h, u) and g == h and a != b and abs((t or 0) - (u or 0)) <= within:
            meetings[frozenset((a, b))].append((i, j))
    targets = {pair: {rows[i][1] for i, _ in met} for pair, met in meetings.items()}
    counted: dict[Any, Any] = targets if counting == "targets" else meetings
    pairs = [pair for pair in meetings if len(counted[pair]) >= at_least]
    acts = {row for pair in pairs for met in meetings[pair] for row in met}
    return Figures(len(acts), len(pairs), len({account for pair in pairs for account in pair}))


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDB]:
    found = open_engine()
    yield found
    found.close()


def table(engine: DuckDB, rows: list[Row]) -> tuple[Dataset, tuple[Bound, Bound, Bound]]:
    def sql(value: object) -> str:
        return "NULL" if value is None else f"'{value}'" if isinstance(value, str) else str(value)

    values = ", ".join(f"({sql(a)}, {sql(g)}, {sql(t)})" for a, g, t in rows)
    engine.execute(f"CREATE OR REPLACE TABLE acts AS SELECT a::VARCHAR AS a, g::VARCHAR AS g, t::BIGINT AS t FROM (VALUES {values}) v(a, g, t)")  # fmt: skip
    dataset = Dataset("acts", engine.schema("acts"), "acts", completeness="complete")
    scope = Scope(dataset.columns, {}, None, "acts")
    return dataset, (bind("a", scope), bind("g", scope), bind("t", scope))


def ask(engine: DuckDB, rows: list[Row], within: int, at_least: int, counting: Counting, **more: Any) -> BurstsAnswer:
    dataset, columns = table(engine, rows)
    windows = tuple(sorted({within // 2 * SECOND, within * SECOND, 3 * within * SECOND}))
    question = Bursts("acts", *columns, within * SECOND, windows, at_least, counting, **more)
    found = answer(engine, {"acts": dataset}, [question])[question]
    if isinstance(found, EvidenceError):
        raise found
    return found


known = st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz"), st.integers(0, 30))
missing = st.tuples(st.sampled_from(["a", None]), st.sampled_from(["x", None]), st.sampled_from([3, None]))
some = {"max_examples": 25, "deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@settings(**some)  # type: ignore[arg-type]  # a plain dictionary of settings
@given(
    st.lists(known, min_size=1, max_size=40),
    st.integers(0, 4),
    st.integers(1, 3),
    st.sampled_from(["targets", "actions"]),
)
def test_every_way_gives_what_all_pairs_of_rows_give(
    engine: DuckDB, rows: list[Row], within: int, at_least: int, counting: Counting
) -> None:
    wanted = all_pairs(rows, within, at_least, counting)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(burst_pairs, "PART", 5)  # many small parts
        listed = ask(engine, rows, within, at_least, counting, pairs=True, few=LISTED)
        narrowed = ask(engine, rows, within, at_least, counting, pairs=True, few=NARROWED)
    assert listed.within(within * SECOND) == wanted
    assert narrowed.found == ((within * SECOND, wanted),)
    for window, figures in listed.found:
        assert figures == all_pairs(rows, window // SECOND, at_least, counting)
    if at_least > 1:
        assert listed.other == all_pairs(rows, within, at_least, "actions" if counting == "targets" else "targets")
    else:
        nearest = ask(engine, rows, within, at_least, counting, few=NARROWED)
        for window, figures in nearest.found:
            expected = all_pairs(rows, window // SECOND, 1, counting)
            assert figures == Figures(expected.rows, None, expected.accounts)
    # The statements that reports quote give the same.
    assert Figures(*(int(engine.run(sql).one()[0]) for sql in listed.queries)) == wanted


@settings(**some)  # type: ignore[arg-type]  # a plain dictionary of settings
@given(st.data(), st.lists(known, min_size=1, max_size=14), st.lists(missing, max_size=3), st.integers(1, 2))
def test_no_value_for_what_is_missing_leads_out_of_the_bounds(
    engine: DuckDB, data: st.DataObject, rows: list[Row], gaps: list[Row], at_least: int
) -> None:
    gaps = [gap for gap in gaps if None in gap]
    found = ask(engine, [*rows, *gaps], 4, at_least, "targets", pairs=True)
    assert (found.n, found.unknown) == (len(rows) + len(gaps), len(gaps))
    least = found.within(4 * SECOND)
    assert least == all_pairs(rows, 4, at_least, "targets")
    filled: list[Row] = [
        (
            a or data.draw(st.sampled_from("abcdq")),
            g or data.draw(st.sampled_from("xyz")),
            data.draw(st.integers(0, 30)) if t is None else t,
        )
        for a, g, t in gaps
    ]
    truth = all_pairs([*rows, *filled], 4, at_least, "targets")
    m = len(gaps)
    alone = 1 + found.reach + (found.touch if at_least > 1 else 0)
    assert least.rows <= truth.rows <= least.rows + m * alone
    assert least.accounts <= truth.accounts <= least.accounts + m * (1 + found.reach)
    assert least.pairs is not None
    assert truth.pairs is not None
    assert least.pairs <= truth.pairs <= least.pairs + m * found.reach + m * (m - 1) // 2


def test_an_account_that_repeats_itself_is_not_with_another(engine: DuckDB) -> None:
    rows: list[Row] = [("a", "x", 0), ("a", "x", 5), ("b", "x", 100), ("b", "x", 103), ("a", "x", 104)]
    assert ask(engine, rows, 8, 1, "targets").within(8 * SECOND) == Figures(3, None, 2)


def test_acts_that_repeat_in_one_moment_are_all_counted(engine: DuckDB) -> None:
    """Two accounts in turn, a minute apart, each act three times, in no order: each of them is beside the other's."""
    rows: list[Row] = [("ab"[i % 2], "x", 60 * i) for i in range(33)] * 3
    rows = [rows[i * 50 % 99] for i in range(99)]
    assert ask(engine, rows, 60, 1, "targets").within(60 * SECOND) == Figures(99, None, 2)
    assert ask(engine, rows, 60, 1, "targets", pairs=True, few=NARROWED).within(60 * SECOND) == Figures(99, 1, 2)
    crowd = [("abcde"[i * i % 5], "xyz"[i % 3], i % 37) for i in range(3000)]
    wanted = all_pairs(list(crowd), 1, 1, "targets")
    assert ask(engine, list(crowd), 1, 1, "targets").within(SECOND).rows == wanted.rows


def test_two_meetings_on_one_target_are_not_two_targets_after_narrowing(engine: DuckDB) -> None:
    """a and c, b and d are pairs, so that nobody is left out beforehand; a and b meet twice, on y alone, which is not the
    largest target of either."""
    rows: list[Row] = [(who, target, 0) for who, target in ("ax", "cx", "az", "cz", "bv", "dv")]
    rows += [
        ("a", "x", 1),
        ("c", "x", 1),
        ("b", "x", 900),
        ("d", "x", 900),
        ("a", "y", 0),
        ("a", "y", 2),
        ("b", "y", 1),
    ]
    for few in (LISTED, NARROWED):
        assert ask(engine, rows, 4, 2, "targets", pairs=True, few=few).within(4 * SECOND) == Figures(10, 2, 4)
        assert ask(engine, rows, 4, 2, "actions", pairs=True, few=few).within(4 * SECOND) == Figures(13, 3, 4)


def test_an_act_counts_from_the_window_on_that_makes_its_accounts_a_pair(engine: DuckDB) -> None:
    """a and b are a second apart on x and six on y: within four they are no pair, and their act on x counts for none."""
    rows: list[Row] = [("a", "x", 0), ("b", "x", 1), ("a", "y", 0), ("b", "y", 6)]
    found = ask(engine, rows, 4, 2, "targets", pairs=True, few=LISTED)
    assert [(window // SECOND, one.rows) for window, one in found.found] == [(2, 0), (4, 0), (12, 4)]


def test_one_more_act_reaches_to_both_sides(engine: DuckDB) -> None:
    """Between acts that lie twice the time apart, one more would be together with both."""
    rows: list[Row] = [("a", "x", 0), ("b", "x", 8), ("c", "x", 20), ("d", None, 4)]
    found = ask(engine, rows, 4, 1, "targets")
    assert (found.unknown, found.reach, found.within(4 * SECOND).rows) == (1, 2, 0)


def test_a_target_of_one_account_and_gaps(engine: DuckDB) -> None:
    """A row that lacks its account may stand beside the only account of a target: such targets count for the bounds."""
    found = ask(engine, [("a", "x", 1), ("a", "x", 2), ("a", "x", 3), (None, "x", 2)], 4, 1, "targets")
    assert (found.unknown, found.reach, found.acts) == (1, 3, 0)


def test_too_many_pairs_are_refused_with_their_number(engine: DuckDB) -> None:
    crowd: list[Row] = [(f"u{i}", target, 0) for i in range(40) for target in "xy"]
    with pytest.raises(EvidenceError, match=r"780 pairs of rows .* more than can be listed \(700\)"):
        ask(engine, crowd, 1, 2, "targets", pairs=True, few=NARROWED, most=700)
    with pytest.raises(EvidenceError, match="1,560 pairs of rows"):
        ask(engine, crowd, 1, 2, "actions", pairs=True, few=NARROWED, most=700)
    # Rows and accounts that are together at all need no list.
    assert ask(engine, crowd, 1, 1, "targets", few=NARROWED, most=700).within(SECOND) == Figures(80, None, 40)


def test_a_crowded_target_is_not_listed(engine: DuckDB) -> None:
    """Forty accounts share x in one second, and two of them y as well: the pair is found without the 780 of x."""
    rows: list[Row] = [(f"u{i}", "x", 0) for i in range(40)] + [("u1", "y", 9), ("u2", "y", 9), ("u3", "z", 9)]
    found = ask(engine, rows, 1, 2, "targets", pairs=True, few=NARROWED, most=10)
    assert found.within(SECOND) == Figures(4, 1, 2)


def test_moments_of_every_kind(engine: DuckDB) -> None:
    """Timestamps, whole and broken seconds and dates come to microseconds; infinities and NaN are no moments."""
    engine.execute(
        "CREATE OR REPLACE TABLE kinds AS SELECT 'a' || i AS a, 'x' AS g, "
        "TIMESTAMP '1969-12-31 23:59:59.25' + to_milliseconds(500 * i) AS moment, -0.75 + i / 2 AS broken, "
        "DATE '1969-12-31' + i::INTEGER AS day, (-0.75 + i / 2)::DECIMAL(18, 6) AS exact FROM range(3) t(i)"
    )
    engine.execute("INSERT INTO kinds VALUES ('z', 'x', 'infinity', 'nan', 'infinity', NULL)")
    engine.execute("UPDATE kinds SET exact = exact + 1523361600")
    dataset = Dataset("kinds", engine.schema("kinds"), "kinds", completeness="complete")
    scope = Scope(dataset.columns, {}, None, "kinds")
    a, g = bind("a", scope), bind("g", scope)
    for name, within, met in (
        ("moment", 500_000, 3), ("moment", 499_999, 0), ("broken", 500_000, 3), ("broken", 499_999, 0),
        ("day", 86_400 * SECOND, 3), ("day", 86_399 * SECOND, 0), ("exact", 500_000, 3), ("exact", 499_999, 0),
    ):  # fmt: skip
        question = Bursts("kinds", a, g, bind(name, scope), within, (within,))
        found = answer(engine, {"kinds": dataset}, [question])[question]
        assert not isinstance(found, EvidenceError)
        assert (found.n, found.unknown, found.within(within).rows) == (4, 1, met), (name, within)


def test_arrays_for_draws_are_the_same_in_every_run(engine: DuckDB) -> None:
    rows: list[Row] = [("b", "x", 5), ("a", "x", 2), ("a", "y", 1), ("c", "z", 3), ("b", "z", 3), (None, "z", 1)]
    dataset, columns = table(engine, rows)
    question = Acts("acts", *columns)
    found = answer(engine, {"acts": dataset}, [question])[question]
    assert not isinstance(found, EvidenceError)
    told = list(zip(found.targets.tolist(), found.times.tolist(), found.actors.tolist(), strict=True))
    assert [(g, t) for g, t, _ in told] == [(1, SECOND), (1, 4 * SECOND), (2, 2 * SECOND), (2, 2 * SECOND)]
    assert len({a for _, _, a in told}) == 3
