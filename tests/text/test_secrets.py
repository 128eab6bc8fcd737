"""Passwords are found wherever they stand, and replaced without moving what stands behind them."""

from __future__ import annotations

import pytest

from factcheck.text.secrets import has_password, is_address, masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://ana:geheim@db/desk", "postgresql://ana:••••••@db/desk"),
        ("connection: 'postgres://ana:a/b@c@db/desk', table: x", "connection: 'postgres://ana:•••••@db/desk', table: x"),
        ("{connection: postgresql://:pw@db/desk}", "{connection: postgresql://:••@db/desk}"),
        ("postgresql://db/desk?user=ana&password=geheim&sslmode=require", "postgresql://db/desk?user=ana&password=••••••&sslmode=require"),
        ("connection: postgresql://ana:hun ter@db/desk", "connection: postgresql://ana:•••••••@db/desk"),
        ("mysql://ana:geheim@db", "mysql://ana:••••••@db"),
        ("postgresql://ana:${DESK_PASSWORD}@db/desk", "postgresql://ana:${DESK_PASSWORD}@db/desk"),
        ("postgresql://ana@db:5432/desk", "postgresql://ana@db:5432/desk"),
        ("url: https://example.org:8080/a@b", "url: https://example.org:8080/a@b"),
        ("statement: He said a:b@c.", "statement: He said a:b@c."),
    ],
)  # fmt: skip
def test_masked(text: str, shown: str) -> None:
    assert masked(text) == shown
    assert len(masked(text)) == len(text)


def test_a_variable_is_no_password() -> None:
    assert not has_password("postgresql://ana:${DESK_PASSWORD}@db/desk")
    assert has_password("postgresql://ana:x${DESK_PASSWORD}@db/desk")


def test_what_is_an_address() -> None:
    assert is_address("postgresql://db/desk")
    assert is_address("${DESK_DATABASE}")
    assert not is_address("desk")
    assert not is_address("mysql://db/desk")
