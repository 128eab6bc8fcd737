"""Passwords in what people write: found, and never shown."""

from __future__ import annotations

import re

# Up to the last @ before a quote: a password may hold a blank, a slash or an @ that should have been encoded.
_IN_ADDRESS = re.compile(r"(?!https?://)(?<![a-z])([a-z][a-z0-9+.-]*://[^\s:/@'\"]*:)([^'\"\n]+)(?=@)", re.IGNORECASE)
_AS_PARAMETER = re.compile(r"(\b(?:ssl)?password\s*=\s*)([^\s&'\",}]+)", re.IGNORECASE)
_VARIABLES = re.compile(r"(?:\$\{\w+\})+")
_ADDRESS = re.compile(r"postgres(?:ql)?://|\$\{\w+\}", re.IGNORECASE)

PASSWORD = "a password stands in this file, where everyone sees it who gets the file"
PASSWORD_HINT = "write ${NAME} in its place, and put it into the environment variable NAME"


def masked(text: str) -> str:
    """The text with dots in the place of every password, as many as it has characters."""
    for pattern in (_IN_ADDRESS, _AS_PARAMETER):
        text = pattern.sub(_dots, text)
    return text


def _dots(found: re.Match[str]) -> str:
    return found[0] if _VARIABLES.fullmatch(found[2]) else found[1] + "•" * len(found[2])


def has_password(connection: str) -> bool:
    """True where a password stands in it, rather than the name of a variable that holds one: `${DESK_PASSWORD}`."""
    return masked(connection) != connection


def is_address(connection: str) -> bool:
    """Whether it is the address of a database (or a variable that holds one) rather than a name for it."""
    return _ADDRESS.match(connection) is not None
