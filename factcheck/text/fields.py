"""The kinds of value that models are made of, read from text the way people write them.

Every kind says in plain words what it expected. In the models they stand as `Text`, `TextList`, `WholeNumber`, …
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from factcheck.text.secrets import masked
from factcheck.text.suggest import did_you_mean

ONE_OR_LIST = "x-one-or-list"  # marks a field that takes one mapping or a list of them, for its JSON Schema
_WHOLE = re.compile(r"\d{1,3}(?:[,_ ]\d{3})+|\d{1,18}")
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d{1,30})(?:\.\d{1,30})?|-?\.\d{1,30}")
_SHARE = re.compile(r"(\d{1,30}(?:\.\d{1,30})?|\.\d{1,30})\s*(%|per ?cent)?")
_ISO_FORMS = {4: "%Y", 7: "%Y-%m", 10: "%Y-%m-%d", 16: "%Y-%m-%d %H:%M", 19: "%Y-%m-%d %H:%M:%S"}
_SECONDS = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s*(s|sec|seconds?|min|minutes?|h|hours?)?")
_UNITS = {"s": 1, "m": 60, "h": 3600}
_MEMORY = re.compile(r"\d{1,6}(?:\.\d{1,3})?\s*[KMGT]i?B", re.IGNORECASE)


def wrong(
    message: str, hint: str = "", *, key: str | None = None, offset: int = 0, length: int | None = None
) -> PydanticCustomError:
    """The error of a validator in a model: `key` names the field at fault where the whole model is judged."""
    context = {"message": message, "hint": hint, "key": key, "offset": offset, "length": length}
    return PydanticCustomError("wrong", "{message}", context)


def found(value: object) -> str:
    """A value as an error names it."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    text = masked(str(value).strip())
    return f"'{text if len(text) <= 60 else text[:57] + '…'}'"


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        raise wrong(f"expected text, found {found(value)}", f'quote this: "{found(value)}"')
    if not isinstance(value, str):
        raise wrong(f"expected text, found {found(value)}")
    if not value.strip():
        raise wrong("expected text, found an empty one")
    return value.rstrip()


def _text_list(value: Any) -> Any:
    return (value,) if isinstance(value, str) else _items(value, "text or a list of texts")


def _items(value: Any, expected: str) -> Any:
    if not isinstance(value, list | tuple):
        raise wrong(f"expected {expected}, found {found(value)}")
    return value


def one_or_list(value: Any) -> Any:
    """A lone mapping is a list of one."""
    return (value,) if isinstance(value, dict) else _items(value, "a mapping or a list of mappings")


def _flag(value: Any) -> Any:
    if not isinstance(value, bool):
        raise wrong(f"expected true or false, found {found(value)}")
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str) or not _WHOLE.fullmatch(value.strip()):
        raise wrong(f"expected a whole number, found {found(value)}", "write it in digits: 217000")
    return int(re.sub(r"[,_ ]", "", value.strip()))


def _positive(value: Any) -> Any:
    number = _whole(value)
    if number < 1:
        raise wrong(f"expected a number above zero, found {found(value)}")
    return number


def number(value: Any) -> Fraction | None:
    """An exact number from its text; None stays None (a side without bound)."""
    if value is None or (isinstance(value, int | Fraction | Decimal) and not isinstance(value, bool)):
        return None if value is None else Fraction(value)
    if not isinstance(value, str) or not _NUMBER.fullmatch(value.strip()):
        raise wrong(f"expected a number, found {found(value)}")
    return Fraction(value.strip().replace(",", ""))


def _share(value: Any) -> Any:
    if isinstance(value, Fraction):
        return value
    match = _SHARE.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    if not match:
        raise wrong(f"expected a share such as 95%, found {found(value)}")
    share = Fraction(match[1]) / (100 if match[2] else 1)
    if not match[2] and share >= 1:
        raise wrong(f"expected a share, found {found(value)}", f"did you mean '{match[1]}%'?" if share <= 100 else "")
    if not 0 < share <= 1:
        raise wrong(f"expected a share between 0% and 100%, found {found(value)}")
    return share


def _level(value: Any) -> Any:
    level = _share(value)
    if not Fraction(1, 2) <= level < 1:
        raise wrong(f"expected a level from 50% to below 100%, found {found(value)}", "the usual level is 95%")
    return level


def _timezone(value: Any) -> Any:
    from zoneinfo import ZoneInfo, available_timezones

    name = _text(value)
    try:
        ZoneInfo(name)
    except (OSError, ValueError) as error:  # ZoneInfoNotFoundError is a KeyError, a folder's name an OSError
        raise wrong(f"unknown time zone {found(value)}", did_you_mean(name, available_timezones())) from error
    except KeyError as error:
        hint = did_you_mean(name, sorted(available_timezones())) or "write it as Europe/Madrid or UTC"
        raise wrong(f"unknown time zone {found(value)}", hint) from error
    return name


def _iso_date(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    text = value.strip().replace("T", " ") if isinstance(value, str) else ""
    try:
        datetime.strptime(text, _ISO_FORMS.get(len(text), "%Y-%m-%d"))
    except ValueError as error:
        raise wrong(f"expected a date such as 2018-05-10, found {found(value)}") from error
    return text


def _duration(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    match = _SECONDS.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    if not match or float(match[1]) <= 0:
        raise wrong(f"expected a time such as 60 seconds, found {found(value)}")
    return float(match[1]) * _UNITS[(match[2] or "s")[0]]


def _memory(value: Any) -> Any:
    if not isinstance(value, str) or not _MEMORY.fullmatch(value.strip()):
        raise wrong(f"expected an amount of memory such as 2GB, found {found(value)}")
    return value.strip()


def bytes_of(memory: str) -> int:
    """An amount of memory in bytes: 2GB are 2,000,000,000, 2GiB are 2 × 2³⁰."""
    unit = memory.strip().lower().lstrip("0123456789. ")
    base = 1024 if "i" in unit else 1000
    return int(Decimal(memory.strip()[: -len(unit)].strip()) * base ** (1 + "kmgt".index(unit[0])))


_SPOKEN = {"type": ["string", "number"]}

Text = Annotated[str, BeforeValidator(_text), WithJsonSchema(_SPOKEN)]
Spoken = Annotated[str, BeforeValidator(_text), WithJsonSchema(_SPOKEN)]  # text that may look like a number
TextList = Annotated[
    tuple[Spoken, ...],
    BeforeValidator(_text_list),
    WithJsonSchema({"type": [*_SPOKEN["type"], "array"], "items": _SPOKEN}),
]
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": "boolean"})]
_DIGITS = {"type": ["integer", "string"]}
WholeNumber = Annotated[int, BeforeValidator(_whole), WithJsonSchema({**_DIGITS, "minimum": 0})]
PositiveNumber = Annotated[int, BeforeValidator(_positive), WithJsonSchema({**_DIGITS, "minimum": 1})]
Share = Annotated[Fraction, BeforeValidator(_share), WithJsonSchema(_SPOKEN)]
Level = Annotated[Fraction, BeforeValidator(_level), WithJsonSchema(_SPOKEN)]
TimeZone = Annotated[str, BeforeValidator(_timezone), WithJsonSchema({"type": "string"})]
IsoDate = Annotated[str, BeforeValidator(_iso_date), WithJsonSchema(_SPOKEN)]
Seconds = Annotated[float, BeforeValidator(_duration), WithJsonSchema(_SPOKEN)]
Memory = Annotated[str, BeforeValidator(_memory), WithJsonSchema({"type": "string"})]
