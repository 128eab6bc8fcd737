"""Text of a figure to tokens: numbers, words and signs, each with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

MAX_TEXT: Final = 500
MAX_DIGITS: Final = 30

_ALIKE: Final = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2018\u2019\u02bc\uff07", "'"),
    **dict.fromkeys("\t\n\r\x0b\x0c", " "),
    "\N{MULTIPLICATION SIGN}": "x",
    "≈": "~",
    "∼": "~",
    "\ufe6a": "%",
}
# No pattern below repeats a repetition, so each is linear in the length of the text.
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:\.\d+)?(?![\d'])(?![.,]\d)")
_DIGITS = re.compile(r"\d+(?:[.,']\d+)*|\.\d+")
_EXPONENT = re.compile(r"e[+-]?\d{1,3}(?!\w)")
_GROUPED = tuple(re.compile(rf"[1-9]\d{{0,2}}(?:{sep}\d{{3}})+(?:\.\d+)?") for sep in (",", "'", " "))
_INDIAN = re.compile(r"[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?")  # 12,34,567
_DOTTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}")  # 1.234.567: two points can only group
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+")


@dataclass(frozen=True)
class Token:
    """A piece of the text, normalised; `glued` when no space stands before it."""

    kind: Literal["number", "fraction", "word", "sign"]
    text: str
    start: int
    end: int
    glued: bool


class ScanError(ValueError):
    """A character or number that no reading can use."""

    def __init__(self, message: str, start: int, end: int, instead: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message, self.start, self.end, self.instead = message, start, end, instead


@dataclass(frozen=True)
class Digits:
    """A number written in digits; `step` is the unit of the last digit written."""

    value: Fraction
    step: Fraction
    decimal: bool


def normalise(text: str) -> str:
    """The text with look-alike characters unified and in lower case, character for character."""
    return "".join(_same(char) for char in text)


def _same(char: str) -> str:
    if char in _ALIKE:
        return _ALIKE[char]
    if unicodedata.category(char) == "Zs":
        return " "
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(int(digit))
    if "\uff01" <= char <= "\uff5e":  # full-width forms of ASCII
        char = chr(ord(char) - 0xFEE0)
    lower = char.lower()
    return lower if len(lower) == 1 else char


def tokens(text: str) -> list[Token]:
    """The tokens of a normalised text."""
    found: list[Token] = []
    at, glued = 0, False
    while at < len(text):
        if text[at] == " ":
            at, glued = at + 1, False
            continue
        token = _token(text, at, glued)
        found.append(token)
        at, glued = token.end, True
    return found


def _token(text: str, at: int, glued: bool) -> Token:
    char = text[at]
    if char.isascii() and (char.isdigit() or (char == "." and text[at + 1 : at + 2].isdigit())):
        end = _number_end(text, at)
        return Token("number", text[at:end], at, end, glued)
    if is_letter(char):
        end = at + 1
        while end < len(text) and (is_letter(text[end]) or _is_inner_apostrophe(text, end)):
            end += 1
        return Token("word", text[at:end], at, end, glued)
    if vulgar(char) is not None:
        return Token("fraction", char, at, at + 1, glued)
    if unicodedata.category(char) in {"Cf", "Cc", "Co", "Cn", "Cs"}:
        raise ScanError(f"an invisible character, U+{ord(char):04X}, stands here", at, at + 1)
    end = at + 2 if text[at : at + 2] in {">=", "<="} else at + 1
    return Token("sign", text[at:end], at, end, glued)


def _number_end(text: str, at: int) -> int:
    match = _SPACED.match(text, at) or _DIGITS.match(text, at)
    end = match.end() if match else at + 1
    exponent = _EXPONENT.match(text, end)
    return exponent.end() if exponent else end


def is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LM"


def _is_inner_apostrophe(text: str, at: int) -> bool:
    return text[at] == "'" and at + 1 < len(text) and is_letter(text[at + 1])


def vulgar(char: str) -> Fraction | None:
    """½ as 1/2; None for any other character (² is no digit of a number either)."""
    if not unicodedata.decomposition(char).startswith("<fraction>"):
        return None
    value = unicodedata.numeric(char, None)
    return None if value is None else Fraction(value).limit_denominator(10)


def digits(token: Token) -> Digits:
    """The value of a number token; separators must group as people group."""
    mantissa, _, exponent = token.text.partition("e")
    written = sum(char.isdigit() for char in mantissa)
    if written > MAX_DIGITS or abs(int(exponent or 0)) > MAX_DIGITS:
        raise ScanError(f"a number of more than {MAX_DIGITS} digits is not read", token.start, token.end)
    plain = _ungrouped(mantissa)
    if plain is None:
        message = f"'{token.text}' is not grouped as a number is: a comma separates thousands, a point decimals"
        raise ScanError(message, token.start, token.end, _regrouped(mantissa))
    places = len(plain.partition(".")[2])
    power = int(exponent or 0)
    scale = Fraction(10) ** power
    return Digits(Fraction(plain) * scale, Fraction(10) ** (power - places), places > 0 or power < 0)


def _ungrouped(mantissa: str) -> str | None:
    if _PLAIN.fullmatch(mantissa):
        return f"0{mantissa}" if mantissa.startswith(".") else mantissa
    if any(pattern.fullmatch(mantissa) for pattern in (*_GROUPED, _INDIAN)):
        return re.sub("[,' ]", "", mantissa)
    return mantissa.replace(".", "") if _DOTTED.fullmatch(mantissa) else None


def _regrouped(mantissa: str) -> tuple[str, ...]:
    """The spelling that was probably meant: 39,7 as 39.7; 1,0000 as 10,000."""
    whole, comma, rest = mantissa.partition(",")
    if comma and whole.isdigit() and rest.isdigit() and (len(rest) < 3 or whole.startswith("0")):
        return (f"{whole}.{rest}",)
    return (f"{int(re.sub('[^0-9]', '', mantissa)):,}",) if "." not in mantissa else ()
