from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from factcheck.text.canonical import canonical, digest


def test_order_does_not_count_and_value_does() -> None:
    assert digest({"a": 1, "b": [1, 2]}) == digest({"b": (1, 2), "a": 1})
    assert digest({"a": [1, 2]}) != digest({"a": [2, 1]})
    assert digest(frozenset({"x", "y", "z"})) == digest(["x", "y", "z"])


@pytest.mark.parametrize(("one", "other"), [(1, "1"), (True, 1), (None, "null"), (0.1, Fraction(1, 10)),
                                            (date(2026, 1, 2), "2026-01-02"), (date(2026, 1, 2), datetime(2026, 1, 2))])  # fmt: skip
def test_values_of_other_kinds_differ(one: object, other: object) -> None:
    assert canonical(one) != canonical(other)


def test_equal_numbers_are_one() -> None:
    assert canonical(1) == canonical(1.0) == canonical(Decimal("1.00")) == canonical(Fraction(2, 2))
    assert canonical(0.5) == canonical(Decimal("0.50")) == canonical(Fraction(1, 2))


def test_sha256_of_the_text() -> None:
    # printf '{"a":1}' | sha256sum
    assert digest({"a": 1}) == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"


def test_what_has_no_text_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        canonical(object())
