"""How a session with a PostgreSQL server is set up, and what its errors say to people, without secrets."""

from __future__ import annotations

import re

from factcheck.evidence.connections.address import Address

MINUTES = 10  # that one statement may take
READ_ONLY = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
TIMEOUT = f"SET LOCAL statement_timeout = '{MINUTES}min'"
SETTINGS = (
    "SET LOCAL lock_timeout = '30s'",
    "SET LOCAL row_security = off",  # an error where a policy would hide rows, instead of fewer rows
    "SET LOCAL client_encoding = 'UTF8'",
    "SET LOCAL TimeZone = 'UTC'",
    "SET LOCAL DateStyle = 'ISO'",
    "SET LOCAL IntervalStyle = 'postgres'",
    "SET LOCAL extra_float_digits = 1",
)
ABOUT = (
    "SELECT current_database()::text AS name, current_setting('server_version') AS version, "
    "current_setting('server_encoding') AS encoding, "
    "to_char(transaction_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS began"
)
_SECRETS = "secrets come from the environment, as PGPASSWORD or as ${NAME} in the connection"
_ADVICE = {
    "password authentication failed": _SECRETS,
    "no password supplied": _SECRETS,
    "row-level security": "ask for a user that may see every row of it",
}
# What the driver or the server adds for those who wrote the SQL.
_ADDED = re.compile(r"[\s.]+(?:LINE \d+:|HINT:|CONTEXT:|SQLSTATE:?)\s.*")


def cause(address: Address, message: str) -> str:
    """What went wrong, as the server or the network says it, in one line."""
    text = " ".join(address.scrubbed(message).split())
    _, found, rest = text.partition("[libpq] ")
    text = (rest if found else text).removeprefix("Failed to connect: ")
    _, found, rest = text.partition("ERROR: ")
    return _ADDED.sub("", rest).strip() if found else text


def said(address: Address, message: str) -> str:
    """An error of the driver or the server while a table is read."""
    text = cause(address, message)
    if "statement timeout" in text:
        return f"the database on {address.host} took longer than {MINUTES} minutes; read a smaller table or view"
    advice = next((f"; {advice}" for words, advice in _ADVICE.items() if words in text), "")
    return f"the database on {address.host} cannot be read: {text}{advice}"
