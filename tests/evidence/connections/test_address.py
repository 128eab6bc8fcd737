"""Addresses of databases: variables, odd passwords, and what is told of them."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest

from factcheck.errors import EvidenceError
from factcheck.evidence.connections.address import address_of

ODD = "a/b@c:d?e#f%g ü"


def test_a_password_from_the_environment_may_hold_any_character() -> None:
    found = address_of("postgresql://ana:${PW}@db.example:5433/desk", {"PW": ODD})
    parts = urlsplit(found.uri)
    assert (parts.hostname, parts.port, parts.path) == ("db.example", 5433, "/desk")
    assert unquote(parts.password or "") == ODD
    assert found.host == "db.example:5433"
    assert found.scrubbed(f"wrong: {ODD} or {parts.password}") == "wrong: ••• or •••"
    assert ODD not in repr(found)
    assert (parts.password or "") not in repr(found)


def test_an_address_may_come_whole_from_the_environment() -> None:
    found = address_of("${DESK}", {"DESK": "postgresql://ana:pw@db/desk?sslmode=require", "PGPASSWORD": "other"})
    assert found.uri == "postgresql://ana:pw@db/desk?sslmode=require&connect_timeout=10&application_name=factcheck"
    assert set(found.secrets) == {"pw", "other"}


def test_what_was_stated_is_left() -> None:
    found = address_of("postgresql:///desk?host=/run/pg&connect_timeout=3&application_name=x", {})
    assert found.uri == "postgresql:///desk?host=/run/pg&connect_timeout=3&application_name=x"
    assert found.host == "this computer"
    assert address_of("postgresql:///desk", {"PGHOST": "db.example"}).host == "db.example"


@pytest.mark.parametrize("environment", [{}, {"PW": ""}])
def test_a_variable_that_is_not_set_is_named(environment: dict[str, str]) -> None:
    with pytest.raises(EvidenceError, match="needs the environment variable PW, which is not set"):
        address_of("postgresql://ana:${PW}@db/desk", environment)


@pytest.mark.parametrize(
    "written",
    [
        "postgresql://ana:ge/heim@db/desk",
        "postgresql://ana:ge@heim@db/desk",
        "postgresql://ana:ge%heim@db/desk",
        "postgresql://ana:ge heim@db/desk",
        "postgresql://ana:heim#@db/desk",
        "postgresql://db:heim/desk",
        "host=db password=heim",
    ],
)
def test_what_is_no_address_is_not_repeated(written: str) -> None:
    with pytest.raises(EvidenceError) as caught:
        address_of(written, {})
    assert "heim" not in str(caught.value)
    assert "%2F" in str(caught.value)
