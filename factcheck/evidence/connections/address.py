"""Where a PostgreSQL database is, and how to reach it without showing a password to anyone.

Secrets come from the environment: `${NAME}` in an address, or what libpq itself looks at (PGPASSWORD, ~/.pgpass).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urlencode

from factcheck.errors import EvidenceError

_VARIABLE = re.compile(r"\$\{(\w+)\}")
_PARTS = re.compile(
    r"postgres(?:ql)?://(?:(?P<user>[^:@/?#\s]*)(?::(?P<password>[^@/?#\s]*))?@)?(?P<hosts>[^@/?#\s]*)"
    r"(?:/(?P<database>[^/?#\s]*))?(?:\?(?P<query>[^#\s]*))?",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:\[[0-9a-f:.%]*\]|[^:\[\],]*)(?::\d{1,5})?", re.IGNORECASE)
_BAD_PERCENT = re.compile(r"%(?![0-9a-f]{2})", re.IGNORECASE)
_PATIENCE = 10  # seconds for a connection to come about
_HIDDEN = "•••"


@dataclass(frozen=True)
class Address:
    """A database; `uri` holds the secrets, `host` is what people are told."""

    uri: str = field(repr=False)
    host: str
    secrets: tuple[str, ...] = field(repr=False)

    def scrubbed(self, text: str) -> str:
        """The text without the secrets, however they are written in it."""
        for secret in sorted(self.secrets, key=len, reverse=True):
            text = text.replace(secret, _HIDDEN)
        return text


def address_of(written: str, environment: Mapping[str, str]) -> Address:
    """The address with its variables replaced; EvidenceError where one is not set, or where it cannot be an address."""
    whole = _VARIABLE.fullmatch(written.strip())
    text = _value(whole[1], environment) if whole else _filled(written.strip(), environment)
    parts = _PARTS.fullmatch(text)
    if parts is None or _BAD_PERCENT.search(text) or not all(map(_HOST.fullmatch, parts["hosts"].split(","))):
        # What stands in it is not repeated: some of it may be a password.
        raise EvidenceError(
            "its connection is no address such as postgresql://user:${PASSWORD}@host:5432/database; "
            "in a user, password or database write % : / ? # @ and blanks as %25 %3A %2F %3F %23 %40 %20"
        )
    query = dict(parse_qsl(parts["query"] or "", keep_blank_values=True))
    secrets = [environment.get("PGPASSWORD"), query.get("password"), query.get("sslpassword")]
    secrets += [parts["password"], unquote(parts["password"] or "")]
    missing = {"connect_timeout": str(_PATIENCE)} if "PGCONNECT_TIMEOUT" not in environment else {}
    added = {k: v for k, v in (missing | {"application_name": "factcheck"}).items() if k not in query}
    uri = text + ("&" if parts["query"] else "" if text.endswith("?") else "?") + urlencode(added)
    host = unquote(parts["hosts"]) or query.get("host") or environment.get("PGHOST") or ""
    shown = host if host and not host.startswith("/") else "this computer"
    return Address(uri if added else text, shown, tuple({s for s in secrets if s}))


def _filled(written: str, environment: Mapping[str, str]) -> str:
    """Variables replaced by what they hold, encoded so that a password may hold any character; hosts as they are."""
    scheme, mark, rest = written.partition("://")
    login, at, place = rest.rpartition("@")
    hosts, slash, path = place.partition("/")
    pieces = [_encoded(login, environment), at, _plain(hosts, environment), slash, _encoded(path, environment)]
    return scheme + mark + "".join(pieces)


def _encoded(text: str, environment: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda found: quote(_value(found[1], environment), safe=""), text)


def _plain(text: str, environment: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda found: _value(found[1], environment), text)


def _value(name: str, environment: Mapping[str, str]) -> str:
    value = environment.get(name)
    if not value:
        raise EvidenceError(
            f"its connection needs the environment variable {name}, which is not set; "
            f"set it where factcheck is run, for example export {name}=…"
        )
    return value
