"""What `connection` says: an address, or the name that factcheck.yaml gives one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from factcheck.text.secrets import PASSWORD, PASSWORD_HINT, has_password, is_address
from factcheck.text.suggest import did_you_mean


@dataclass(frozen=True)
class Complaint:
    """What is wrong with a connection, and what to write instead."""

    message: str
    hint: str
    severity: Literal["error", "warning"] = "error"


def named_connection(written: str, connections: Mapping[str, str]) -> tuple[str, Complaint | None]:
    """The address, and what is wrong with what was written."""
    address = connections.get(written, written)
    if not is_address(address):
        hint = "write postgresql://host/database; the tables of a SQLite or DuckDB file are read with 'files'"
        if "://" not in written and connections:
            hint = did_you_mean(written, connections) or f"factcheck.yaml names {', '.join(sorted(connections))}"
        message = "this is no address of a PostgreSQL database, nor the name of one under connections in factcheck.yaml"
        return address, Complaint(message, hint)
    if written not in connections and has_password(written):
        return address, Complaint(PASSWORD, PASSWORD_HINT, "warning")
    return address, None
