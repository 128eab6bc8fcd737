"""Dates and numbers that were read as text are never put in the order of letters: the error says what to state."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from bad_input.desk import Desk

ROWS = "id,day,amount,seen,name\n1,03/04/2021,\"1,234\",2021-03-04,Ann\n2,04/05/2021,17,unknown,Bea\n"
DATES = "the column holds text, which has no order of dates"
NUMBERS = "the column holds text, which has no order of numbers"


@pytest.fixture
def messy(desk: Desk) -> Desk:
    desk.write("evidence/posts.csv", ROWS)
    return desk


REFUSED = {
    "day >= '2021-01-01'": (DATES, "'day' looks like dates"),
    "'01/04/2021' < day": (DATES, "State the format"),
    "day between '01/04/2021' and '30/04/2021'": (DATES, "State the format"),
    "seen > '2021-01-01 10:00'": (DATES, 'nulls: ["unknown"]'),
    "amount > '100'": (NUMBERS, ""),
    "amount <= '1,000'": (NUMBERS, ""),
}
TOLD = ["day = '03/04/2021'", "name < 'B'", "substr(day, 1, 2) < '04'", "seen in ('2021-03-04')"]


def ask(desk: Desk, conditions: Iterable[str]) -> None:
    """One claim for each condition, each over one line of the file."""
    claims = [
        f'  - {{id: c{i}, statement: One., dataset: posts, measure: {{count: rows, that: "{condition}"}}, claimed: one}}'
        for i, condition in enumerate(conditions)
    ]
    desk.write("claims/one.yaml", "\n".join(["claims:", *claims, ""]))


def test_order_of_dates_and_numbers_in_text(messy: Desk) -> None:
    ask(messy, REFUSED)
    errors = messy.refused().split("claims/one.yaml:")[1:]
    assert [error.split(":")[0] for error in errors] == [str(line) for line in range(2, 2 + len(REFUSED))]
    for error, (message, hint) in zip(errors, REFUSED.values(), strict=True):
        assert message in error
        assert hint in error


def test_what_text_can_tell_is_still_told(messy: Desk) -> None:
    ask(messy, TOLD)
    assert [claim["estimate"] for claim in messy.check().claims().values()] == [1] * len(TOLD)
